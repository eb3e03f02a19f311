#include "detect/parse/profile.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "detect/parse/gunzip.h"
#include "profile.pb-c.h"
#include "schema/message.h"
#include "support/failure.h"

/* A profile that is being read: the file's tables by number, and the stacks so
 * far, by what tells two of them apart. */
struct reading {
    const Profile__File *file;
    GHashTable *functions, *locations, *mappings; /* id → message of the file */
    GHashTable *stacks;                           /* key → struct profile_stack * */
    profile_t *profile;
    gsize frames; /* read so far */
};

static void frame_free(void *frame)
{
    yard__frame__free_unpacked(frame, NULL);
}

static void stack_free(void *data)
{
    struct profile_stack *stack = data;
    g_free(stack->key);
    g_ptr_array_unref(stack->frames);
    g_free(stack->values);
    g_free(stack);
}

static profile_t *profile_new(const char *name)
{
    profile_t *profile = g_new(profile_t, 1);
    profile->name = g_strdup(name);
    profile->types = g_ptr_array_new_with_free_func(g_free);
    profile->stacks = g_ptr_array_new_with_free_func(stack_free);
    return profile;
}

void profile_free(profile_t *profile)
{
    if (profile == NULL)
        return;
    g_free(profile->name);
    g_ptr_array_unref(profile->types);
    g_ptr_array_unref(profile->stacks);
    g_free(profile);
}

int profile_type(const profile_t *profile, const char *type)
{
    for (guint i = 0; i < profile->types->len; i++)
        if (strcmp(profile->types->pdata[i], type) == 0)
            return (int)i;
    return -1;
}

/* ---- Stacks, told apart by function, file and line ------------------------------- */

static void key_add(GString *key, const Yard__Frame *frame, guint64 address)
{
    g_string_append_printf(key, "%s\t%s\t%u\t%" G_GINT64_MODIFIER "x\n",
                           frame->function ? frame->function : "", frame->file ? frame->file : "",
                           frame->line, address);
}

/* The stack of KEY in PROFILE, with FRAMES if it is the first of its kind: Go
 * writes a stack once for each size class. STACKS is the profile's index. */
static struct profile_stack *stack_of(GHashTable *stacks, profile_t *profile, const char *key,
                                      GPtrArray *frames)
{
    struct profile_stack *stack = g_hash_table_lookup(stacks, key);
    if (stack != NULL)
        return stack;
    stack = g_new(struct profile_stack, 1);
    stack->key = g_strdup(key);
    stack->frames = g_ptr_array_ref(frames);
    stack->values = g_new0(gint64, profile->types->len);
    g_ptr_array_add(profile->stacks, stack);
    g_hash_table_insert(stacks, stack->key, stack);
    return stack;
}

static bool add_values(const profile_t *profile, struct profile_stack *stack, const gint64 *values,
                       GError **error)
{
    for (guint i = 0; i < profile->types->len; i++)
        if (__builtin_add_overflow(stack->values[i], values[i], &stack->values[i]))
            return fail(error, EXIT_INFRASTRUCTURE, "%s: is damaged: the values overflow",
                        profile->name);
    return true;
}

/* ---- The file's tables -------------------------------------------------------------- */

/* String number INDEX, as valid UTF-8; "" where the file says nothing. */
static bool string_at(const struct reading *reading, gint64 index, char **text, GError **error)
{
    const Profile__File *file = reading->file;
    if (index < 0 || (guint64)index >= file->n_string_table)
        return fail(
            error, EXIT_INFRASTRUCTURE,
            "%s: is damaged or cut short: it has %zu strings and uses number %" G_GINT64_FORMAT,
            reading->profile->name, file->n_string_table, index);
    *text = g_utf8_make_valid(file->string_table[index], -1);
    return true;
}

static bool table_add(const struct reading *reading, GHashTable *table, const char *kind,
                      guint64 *id, void *message, GError **error)
{
    if (*id == 0 || !g_hash_table_insert(table, id, message))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s: is damaged: %s number %" G_GUINT64_FORMAT " is %s", reading->profile->name,
                    kind, *id, *id == 0 ? "not allowed" : "there twice");
    return true;
}

static bool fill_tables(const struct reading *reading, GError **error)
{
    const Profile__File *file = reading->file;
    for (size_t i = 0; i < file->n_function; i++)
        if (!table_add(reading, reading->functions, "function", &file->function[i]->id,
                       file->function[i], error))
            return false;
    for (size_t i = 0; i < file->n_location; i++)
        if (!table_add(reading, reading->locations, "location", &file->location[i]->id,
                       file->location[i], error))
            return false;
    for (size_t i = 0; i < file->n_mapping; i++)
        if (!table_add(reading, reading->mappings, "mapping", &file->mapping[i]->id,
                       file->mapping[i], error))
            return false;
    return true;
}

/* Number ID of TABLE, or NULL and ERROR. */
static void *table_get(const struct reading *reading, GHashTable *table, const char *kind,
                       guint64 id, GError **error)
{
    void *message = g_hash_table_lookup(table, &id);
    if (message == NULL)
        fail(error, EXIT_INFRASTRUCTURE,
             "%s: is damaged or cut short: %s number %" G_GUINT64_FORMAT " is missing",
             reading->profile->name, kind, id);
    return message;
}

static bool fill_types(const struct reading *reading, GError **error)
{
    const Profile__File *file = reading->file;
    if (file->n_sample_type == 0)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s: is no pprof profile: it names no type of sample", reading->profile->name);
    for (size_t i = 0; i < file->n_sample_type; i++) {
        char *type;
        if (!string_at(reading, file->sample_type[i]->type, &type, error))
            return false;
        g_ptr_array_add(reading->profile->types, type);
    }
    return true;
}

/* ---- Samples ------------------------------------------------------------------------- */

/* Takes FRAME over. ADDRESS tells frames without a name apart. */
static bool add_frame(struct reading *reading, Yard__Frame *frame, guint64 address,
                      GPtrArray *frames, GString *key, GError **error)
{
    g_ptr_array_add(frames, frame);
    key_add(key, frame, address);
    if (++reading->frames <= PROFILE_FRAMES_MAX)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "%s: has more than %u frames", reading->profile->name,
                PROFILE_FRAMES_MAX);
}

static bool add_line(struct reading *reading, const Profile__Line *line, const char *module,
                     GPtrArray *frames, GString *key, GError **error)
{
    const Profile__Function *function =
        table_get(reading, reading->functions, "function", line->function_id, error);
    if (function == NULL)
        return false;
    g_autofree char *name = NULL;
    g_autofree char *file = NULL;
    if (!string_at(reading, function->name, &name, error) ||
        !string_at(reading, function->filename, &file, error))
        return false;
    if (line->line < 0 || line->line > G_MAXINT32)
        return fail(error, EXIT_INFRASTRUCTURE, "%s: is damaged: %s is at line %" G_GINT64_FORMAT,
                    reading->profile->name, name, line->line);
    Yard__Frame *frame =
        frame_new(*name ? name : NULL, *file ? file : NULL, (guint)line->line, module);
    return add_frame(reading, frame, 0, frames, key, error);
}

static bool module_of(const struct reading *reading, const Profile__Location *location,
                      char **module, GError **error)
{
    *module = NULL;
    if (location->mapping_id == 0)
        return true;
    const Profile__Mapping *mapping =
        table_get(reading, reading->mappings, "mapping", location->mapping_id, error);
    return mapping != NULL && string_at(reading, mapping->filename, module, error);
}

static bool add_location(struct reading *reading, guint64 id, GPtrArray *frames, GString *key,
                         GError **error)
{
    const Profile__Location *location =
        table_get(reading, reading->locations, "location", id, error);
    g_autofree char *module = NULL;
    if (location == NULL || !module_of(reading, location, &module, error))
        return false;
    if (location->n_line == 0) /* code without symbols, such as the C half of cgo */
        return add_frame(reading, frame_new(NULL, NULL, 0, module), location->address, frames, key,
                         error);
    for (size_t i = 0; i < location->n_line; i++)
        if (!add_line(reading, location->line[i], module, frames, key, error))
            return false;
    return true;
}

static bool add_sample(struct reading *reading, const Profile__Sample *sample, GError **error)
{
    profile_t *profile = reading->profile;
    if (sample->n_value != profile->types->len)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s: is damaged: a sample has %zu values for %u types", profile->name,
                    sample->n_value, profile->types->len);
    for (size_t i = 0; i < sample->n_value; i++)
        if (sample->value[i] < 0)
            return fail(error, EXIT_INFRASTRUCTURE, "%s: is damaged: a sample counts below zero",
                        profile->name);
    g_autoptr(GPtrArray) frames = g_ptr_array_new_with_free_func(frame_free);
    g_autoptr(GString) key = g_string_new(NULL);
    for (size_t i = 0; i < sample->n_location_id; i++)
        if (!add_location(reading, sample->location_id[i], frames, key, error))
            return false;
    struct profile_stack *stack = stack_of(reading->stacks, profile, key->str, frames);
    return add_values(profile, stack, sample->value, error);
}

static bool read_samples(struct reading *reading, GError **error)
{
    if (!fill_types(reading, error) || !fill_tables(reading, error))
        return false;
    for (size_t i = 0; i < reading->file->n_sample; i++)
        if (!add_sample(reading, reading->file->sample[i], error))
            return false;
    return true;
}

static profile_t *read_file(const char *name, const Profile__File *file, GError **error)
{
    g_autoptr(GHashTable) functions = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) locations = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) mappings = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) stacks = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(profile_t) profile = profile_new(name);
    struct reading reading = {file, functions, locations, mappings, stacks, profile, 0};
    return read_samples(&reading, error) ? g_steal_pointer(&profile) : NULL;
}

/* ---- From bytes ------------------------------------------------------------------------ */

profile_t *profile_parse(const char *name, const guint8 *bytes, gsize size, GError **error)
{
    g_autoptr(GByteArray) unpacked = NULL;
    if (size == 0) {
        fail(error, EXIT_INFRASTRUCTURE, "%s: is empty: no profile was written", name);
        return NULL;
    }
    if (gzip_begins(bytes, size)) {
        unpacked = gunzip(bytes, size, PROFILE_SIZE_MAX, error);
        if (unpacked == NULL) {
            g_prefix_error(error, "%s: ", name);
            return NULL;
        }
        bytes = unpacked->data;
        size = unpacked->len;
    }
    Profile__File *file = profile__file__unpack(NULL, size, bytes);
    if (file == NULL) {
        fail(error, EXIT_INFRASTRUCTURE, "%s: is no pprof profile, or is damaged", name);
        return NULL;
    }
    profile_t *profile = read_file(name, file, error);
    profile__file__free_unpacked(file, NULL);
    return profile;
}

profile_t *profile_read(const char *path, GError **error)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        if (errno == ENOENT)
            fail(error, EXIT_INFRASTRUCTURE, "%s: no profile was written", path);
        else
            fail_errno(error, "%s", path);
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_size > PROFILE_SIZE_MAX) {
        fail(error, EXIT_INFRASTRUCTURE, "%s: %s", path,
             S_ISREG(status.st_mode) ? "is too large for a profile" : "is no file");
        return NULL;
    }
    g_autofree char *bytes = NULL;
    gsize size;
    GError *why = NULL;
    if (!g_file_get_contents(path, &bytes, &size, &why)) {
        fail(error, EXIT_INFRASTRUCTURE, "%s", why->message);
        g_error_free(why);
        return NULL;
    }
    return profile_parse(path, (const guint8 *)bytes, size, error);
}

/* ---- Differences ------------------------------------------------------------------------ */

static bool same_types(const profile_t *base, const profile_t *last)
{
    bool same = base->types->len == last->types->len;
    for (guint i = 0; same && i < base->types->len; i++)
        same = strcmp(base->types->pdata[i], last->types->pdata[i]) == 0;
    return same;
}

/* No value is below zero when read, so none overflows when negated. */
static bool subtract(GHashTable *stacks, profile_t *difference, const profile_t *base,
                     GError **error)
{
    guint types = base->types->len;
    g_autofree gint64 *negative = g_new(gint64, types);
    for (guint i = 0; i < base->stacks->len; i++) {
        const struct profile_stack *stack = base->stacks->pdata[i];
        for (guint type = 0; type < types; type++)
            negative[type] = -stack->values[type];
        struct profile_stack *sum = stack_of(stacks, difference, stack->key, stack->frames);
        if (!add_values(difference, sum, negative, error))
            return false;
    }
    return true;
}

profile_t *profile_difference(const profile_t *base, const profile_t *last, GError **error)
{
    if (!same_types(base, last)) {
        fail(error, EXIT_INFRASTRUCTURE, "%s and %s are not profiles of one kind", base->name,
             last->name);
        return NULL;
    }
    g_autoptr(GHashTable) stacks = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(profile_t) difference = profile_new(last->name);
    for (guint i = 0; i < last->types->len; i++)
        g_ptr_array_add(difference->types, g_strdup(last->types->pdata[i]));
    for (guint i = 0; i < last->stacks->len; i++) {
        const struct profile_stack *stack = last->stacks->pdata[i];
        struct profile_stack *sum = stack_of(stacks, difference, stack->key, stack->frames);
        if (!add_values(difference, sum, stack->values, error))
            return NULL;
    }
    return subtract(stacks, difference, base, error) ? g_steal_pointer(&difference) : NULL;
}
