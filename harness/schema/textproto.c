#include "schema/textproto.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support/failure.h"
#include "support/nearest.h"

/* ---- What protoc complains of ---------------------------------------------- */

/* TYPE itself or what it is made of, as long as TAKE does not answer. */
static const void *search_types(const ProtobufCMessageDescriptor *type,
                                const void *(*take)(const ProtobufCMessageDescriptor *,
                                                    const char *),
                                const char *name)
{
    const void *found = take(type, name);
    for (unsigned i = 0; found == NULL && i < type->n_fields; i++)
        if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
            found = search_types(type->fields[i].descriptor, take, name);
    return found;
}

static const void *take_type(const ProtobufCMessageDescriptor *type, const char *name)
{
    return strcmp(type->name, name) == 0 ? type : NULL;
}

static const void *take_enum_of_field(const ProtobufCMessageDescriptor *type, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(type, name);
    return field && field->type == PROTOBUF_C_TYPE_ENUM ? field->descriptor : NULL;
}

/* MEANT, or all of WORDS if nothing is near. */
static char *advice(const char *word, GPtrArray *words, const char *all)
{
    g_autofree char *near = nearest_words(word, (const char *const *)words->pdata, words->len);
    if (*near != '\0')
        return g_steal_pointer(&near);
    g_ptr_array_add(words, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)words->pdata);
    return g_strdup_printf("; %s: %s", all, list);
}

static char *unknown_field(const ProtobufCMessageDescriptor *root, const char *message)
{
    g_auto(GStrv) quoted = g_strsplit(message, "\"", 5); /* …"TYPE"…"FIELD"… */
    const ProtobufCMessageDescriptor *type = search_types(root, take_type, quoted[1]);
    if (type == NULL)
        return g_strdup(message);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (unsigned i = 0; i < type->n_fields; i++)
        g_ptr_array_add(names, (gpointer)type->fields[i].name);
    g_autofree char *rest = advice(quoted[3], names, "the fields are");
    return g_strdup_printf("no field is called '%s'%s", quoted[3], rest);
}

static char *unknown_word(const ProtobufCMessageDescriptor *root, const char *message)
{
    g_auto(GStrv) quoted = g_strsplit(message, "\"", 5); /* …"VALUE"…"FIELD"… */
    const ProtobufCEnumDescriptor *words = search_types(root, take_enum_of_field, quoted[3]);
    if (words == NULL)
        return g_strdup(message);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (unsigned i = 0; i < words->n_values; i++)
        g_ptr_array_add(names, (gpointer)words->values[i].name);
    g_autofree char *list = advice(quoted[1], names, "the words are");
    return g_strdup_printf("'%s' is no %s%s", quoted[1], quoted[3], list);
}

/* protoc's complaints that need another place and other words. */
static const struct complaint {
    const char *pattern;
    guint token; /* which part between quotes stands in the text */
    char *(*say)(const ProtobufCMessageDescriptor *root, const char *message);
} complaints[] = {
    {"Message type \"*\" has no field named \"*\".", 3, unknown_field},
    {"Unknown enumeration value of \"*\" for field \"*\".", 1, unknown_word},
    {"Non-repeated field \"*\" is specified multiple times.", 1, NULL},
};

static bool fail_complaint(GError **error, const char *path, const char *text, gsize offset,
                           const char *message, const ProtobufCMessageDescriptor *type)
{
    for (guint i = 0; i < G_N_ELEMENTS(complaints); i++) {
        const struct complaint *complaint = &complaints[i];
        if (!g_pattern_match_simple(complaint->pattern, message))
            continue;
        g_auto(GStrv) quoted = g_strsplit(message, "\"", -1);
        g_autofree char *words =
            complaint->say ? complaint->say(type, message)
                           : g_strdup_printf("'%s' is given twice", quoted[complaint->token]);
        return text_fail_at(error, path, text,
                            text_token_before(text, offset, quoted[complaint->token]), words);
    }
    g_autofree char *words = g_strdup(message);
    g_strchomp(words);
    words[0] = g_ascii_tolower(words[0]);
    gsize length = strlen(words);
    if (length > 0 && words[length - 1] == '.')
        words[length - 1] = '\0';
    return text_fail_at(error, path, text, offset, words);
}

/* Its first complaint is the only one that counts: the others follow from it. */
static bool fail_complaints(GError **error, const char *path, const char *text, const char *grumble,
                            const ProtobufCMessageDescriptor *type)
{
    g_auto(GStrv) lines = g_strsplit(grumble, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        guint row, column;
        int length = 0;
        if (sscanf(*line, "input:%u:%u: %n", &row, &column, &length) == 2 && length > 0)
            return fail_complaint(error, path, text, text_offset(text, row, column), *line + length,
                                  type);
    }
    return fail(error, EXIT_INFRASTRUCTURE, "protoc could not compile %s: %s", path, grumble);
}

/* ---- Running it --------------------------------------------------------------- */

static void redirect(gpointer data)
{
    const int *files = data;
    dup2(files[0], STDIN_FILENO);
    dup2(files[1], STDOUT_FILENO);
}

/* A file in memory that holds TEXT, at its beginning. */
static int memory_file(const char *name, const char *text, GError **error)
{
    int file = memfd_create(name, MFD_CLOEXEC);
    gsize length = strlen(text);
    if (file >= 0 && pwrite(file, text, length, 0) == (gssize)length)
        return file;
    fail_errno(error, "cannot make a file in memory");
    if (file >= 0)
        close(file);
    return -1;
}

static bool spawn_protoc(char **argv, int files[2], char **grumble, int *status, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, redirect,
                     files, NULL, grumble, status, &cause))
        return true;
    if (g_error_matches(cause, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "protoc is not installed; 'make setup' installs it (Debian's package is "
                    "protobuf-compiler)");
    return fail(error, EXIT_INFRASTRUCTURE, "cannot run protoc: %s", cause->message);
}

/* Unpacks what protoc wrote. */
static ProtobufCMessage *unpack(int file, const ProtobufCMessageDescriptor *type)
{
    g_autoptr(GMappedFile) bytes = g_mapped_file_new_from_fd(file, false, NULL);
    if (bytes == NULL)
        return NULL;
    return protobuf_c_message_unpack(type, NULL, g_mapped_file_get_length(bytes),
                                     (const guint8 *)g_mapped_file_get_contents(bytes));
}

/* Escapes such as "\xff" pass protoc, with a grumble; nobody after it expects them. */
static bool check_strings(GError **error, const char *path, const char *text, const char *grumble)
{
    const char *field = strstr(grumble, "String field '");
    if (field == NULL)
        return true;
    g_auto(GStrv) quoted = g_strsplit(field, "'", 3);
    const char *dot = strrchr(quoted[1], '.');
    struct text_place place = {.field = dot ? dot + 1 : quoted[1]};
    return text_fail(error, path, text, &place, "%s is not UTF-8", place.field);
}

static ProtobufCMessage *run_protoc(const char *path, const char *text, const char *schema,
                                    int files[2], const ProtobufCMessageDescriptor *type,
                                    GError **error)
{
    g_autofree char *folder = g_path_get_dirname(schema);
    g_autofree char *include = g_strconcat("--proto_path=", folder, NULL);
    g_autofree char *encode = g_strconcat("--encode=", type->name, NULL);
    g_autofree char *file = g_path_get_basename(schema);
    char *argv[] = {"protoc", include, encode, file, NULL};
    g_autofree char *grumble = NULL;
    int status;
    if (!spawn_protoc(argv, files, &grumble, &status, error))
        return NULL;
    if (status != 0) {
        fail_complaints(error, path, text, grumble, type);
        return NULL;
    }
    if (!check_strings(error, path, text, grumble))
        return NULL;
    ProtobufCMessage *message = unpack(files[1], type);
    if (message == NULL)
        fail(error, EXIT_INFRASTRUCTURE, "protoc wrote no %s for %s: %s", type->name, path,
             grumble);
    return message;
}

static ProtobufCMessage *parse(const char *path, const char *text, const char *schema,
                               const ProtobufCMessageDescriptor *type, GError **error)
{
    int files[2] = {memory_file("text", text, error), -1};
    if (files[0] < 0)
        return NULL;
    files[1] = memory_file("message", "", error);
    ProtobufCMessage *message = NULL;
    if (files[1] >= 0) {
        message = run_protoc(path, text, schema, files, type, error);
        close(files[1]);
    }
    close(files[0]);
    return message;
}

ProtobufCMessage *textproto_read(const char *path, const char *schema,
                                 const ProtobufCMessageDescriptor *type, char **text,
                                 GError **error)
{
    g_autofree char *contents = NULL;
    gsize length;
    g_autoptr(GError) cause = NULL;
    const char *end;
    ProtobufCMessage *message = NULL;
    if (!g_file_get_contents(path, &contents, &length, &cause))
        fail(error, EXIT_USAGE, "%s:1:1: cannot read it: %s", path, cause->message);
    else if (!g_utf8_validate(contents, (gssize)length, &end))
        text_fail_at(error, path, contents, (gsize)(end - contents), "this byte is not UTF-8 text");
    else
        message = parse(path, contents, schema, type, error);
    if (message != NULL && text != NULL)
        *text = g_steal_pointer(&contents);
    return message;
}
