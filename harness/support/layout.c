#include "support/layout.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <string.h>

#include "support/failure.h"

/* ---- What is kept ---- */

static void member_free(gpointer data)
{
    struct layout_member *member = data;
    g_free(member->name);
    g_free(member);
}

static void layout_free(gpointer data)
{
    struct layout *layout = data;
    g_ptr_array_unref(layout->members);
    g_ptr_array_unref(layout->units);
    g_free(layout);
}

static struct layout *layout_new(gint64 size)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->size = size;
    layout->members = g_ptr_array_new_with_free_func(member_free);
    layout->units = g_ptr_array_new_with_free_func(g_free);
    return layout;
}

static bool layout_equal(const struct layout *a, const struct layout *b)
{
    if (a->size != b->size || a->members->len != b->members->len)
        return false;
    for (guint i = 0; i < a->members->len; i++) {
        const struct layout_member *first = g_ptr_array_index(a->members, i);
        const struct layout_member *second = g_ptr_array_index(b->members, i);
        if (first->place != second->place || strcmp(first->name, second->name) != 0)
            return false;
    }
    return true;
}

static void type_free(gpointer data)
{
    struct layout_type *type = data;
    g_free(type->name);
    g_free(type->header);
    g_ptr_array_unref(type->layouts);
    g_free(type);
}

void layouts_free(layouts_t *layouts)
{
    g_ptr_array_unref(layouts->types);
    g_free(layouts);
}

/* ---- Debug information ---- */

struct reader {
    layouts_t *layouts;
    GHashTable *known; /* "HEADER: NAME" → struct layout_type *, owned by layouts */
    const char *unit;  /* the compile unit under way */
    const char *bare;  /* the last module without debug information, or NULL */
};

static gint64 number_of(Dwarf_Die *die, unsigned attribute)
{
    Dwarf_Attribute found;
    Dwarf_Sword number;
    return dwarf_attr(die, attribute, &found) && dwarf_formsdata(&found, &number) == 0 ? number : 0;
}

/* A bit field's place is in bits. */
static gint64 place_of(Dwarf_Die *die)
{
    if (dwarf_tag(die) == DW_TAG_enumerator)
        return number_of(die, DW_AT_const_value);
    return number_of(die, dwarf_hasattr(die, DW_AT_data_bit_offset) ? DW_AT_data_bit_offset
                                                                    : DW_AT_data_member_location);
}

static struct layout *layout_of(Dwarf_Die *die)
{
    struct layout *layout = layout_new(dwarf_bytesize(die));
    Dwarf_Die part;
    for (int end = dwarf_child(die, &part); end == 0; end = dwarf_siblingof(&part, &part)) {
        int tag = dwarf_tag(&part);
        if (tag != DW_TAG_member && tag != DW_TAG_enumerator)
            continue;
        struct layout_member *member = g_new0(struct layout_member, 1);
        const char *name = dwarf_diename(&part);
        member->name = g_strdup(name ? name : "");
        member->place = place_of(&part);
        g_ptr_array_add(layout->members, member);
    }
    return layout;
}

static const char *word_of_tag(int tag)
{
    switch (tag) {
    case DW_TAG_structure_type:
        return "struct ";
    case DW_TAG_union_type:
        return "union ";
    case DW_TAG_enumeration_type:
        return "enum ";
    default:
        return NULL;
    }
}

/* Of a typedef the type that has no name but this one, in *TYPE; of a type itself. NULL if
 * DIE names nothing that has a layout. Free with g_free. */
static char *name_of(Dwarf_Die *die, Dwarf_Die *type)
{
    const char *name = dwarf_diename(die), *word = word_of_tag(dwarf_tag(die));
    Dwarf_Attribute attribute;
    *type = *die;
    if (word != NULL)
        return name ? g_strconcat(word, name, NULL) : NULL;
    if (dwarf_tag(die) != DW_TAG_typedef || !dwarf_attr(die, DW_AT_type, &attribute) ||
        !dwarf_formref_die(&attribute, type))
        return NULL;
    return word_of_tag(dwarf_tag(type)) && !dwarf_diename(type) ? g_strdup(name) : NULL;
}

/* The file name of the header that declares DIE; NULL if the source file does itself. Free
 * with g_free. */
static char *header_of(Dwarf_Die *die, const char *unit)
{
    const char *file = dwarf_decl_file(die);
    g_autofree char *header = file ? g_path_get_basename(file) : NULL;
    g_autofree char *source = g_path_get_basename(unit);
    return g_strcmp0(header, source) == 0 ? NULL : g_steal_pointer(&header);
}

static struct layout_type *type_of(struct reader *reader, const char *name, const char *header)
{
    g_autofree char *key = g_strdup_printf("%s: %s", header, name);
    struct layout_type *type = g_hash_table_lookup(reader->known, key);
    if (type != NULL)
        return type;
    type = g_new0(struct layout_type, 1);
    type->name = g_strdup(name);
    type->header = g_strdup(header);
    type->layouts = g_ptr_array_new_with_free_func(layout_free);
    g_ptr_array_add(reader->layouts->types, type);
    g_hash_table_insert(reader->known, g_steal_pointer(&key), type);
    return type;
}

/* Takes LAYOUT over. */
static void note(struct reader *reader, struct layout_type *type, struct layout *layout)
{
    struct layout *known = NULL;
    for (guint i = 0; i < type->layouts->len && known == NULL; i++)
        if (layout_equal(g_ptr_array_index(type->layouts, i), layout))
            known = g_ptr_array_index(type->layouts, i);
    if (known == NULL)
        g_ptr_array_add(type->layouts, known = layout);
    else
        layout_free(layout);
    if (!g_ptr_array_find_with_equal_func(known->units, reader->unit, g_str_equal, NULL))
        g_ptr_array_add(known->units, g_strdup(reader->unit));
}

static void read_unit(struct reader *reader, Dwarf_Die *unit)
{
    const char *name = dwarf_diename(unit);
    reader->unit = name ? name : "(a compile unit without a name)";
    reader->layouts->units++;
    Dwarf_Die die, type;
    for (int end = dwarf_child(unit, &die); end == 0; end = dwarf_siblingof(&die, &die)) {
        g_autofree char *found = name_of(&die, &type);
        g_autofree char *header = found ? header_of(&die, reader->unit) : NULL;
        if (header != NULL && !dwarf_hasattr(&type, DW_AT_declaration))
            note(reader, type_of(reader, found, header), layout_of(&type));
    }
}

static int read_module(Dwfl_Module *module, void **own, const char *name, Dwarf_Addr start,
                       void *data)
{
    (void)own;
    (void)start;
    struct reader *reader = data;
    guint before = reader->layouts->units;
    Dwarf_Addr bias;
    for (Dwarf_Die *unit = NULL; (unit = dwfl_module_nextcu(module, unit, &bias)) != NULL;)
        read_unit(reader, unit);
    if (reader->layouts->units == before)
        reader->bare = name;
    return DWARF_CB_OK;
}

static bool read_file(struct reader *reader, const char *path, GError **error)
{
    static const Dwfl_Callbacks callbacks = {
        .find_elf = dwfl_build_id_find_elf,
        .find_debuginfo = dwfl_standard_find_debuginfo,
        .section_address = dwfl_offline_section_address,
    };
    Dwfl *session = dwfl_begin(&callbacks);
    dwfl_report_begin(session);
    bool fine = dwfl_report_offline(session, path, path, -1) != NULL;
    if (!fine)
        fail(error, EXIT_USAGE, "cannot read %s: %s", path, dwfl_errmsg(-1));
    dwfl_report_end(session, NULL, NULL);
    reader->bare = NULL;
    if (fine)
        dwfl_getmodules(session, read_module, reader, 0);
    if (fine && reader->bare != NULL)
        fine = fail(error, EXIT_USAGE, "%s has no debug information (compile it with -g)",
                    reader->bare);
    dwfl_end(session);
    return fine;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    const struct layout_type *const *first = a, *const *second = b;
    return strcmp((*first)->name, (*second)->name);
}

layouts_t *layouts_read(char *const *files, GError **error)
{
    layouts_t *layouts = g_new0(layouts_t, 1);
    layouts->types = g_ptr_array_new_with_free_func(type_free);
    struct reader reader = {.layouts = layouts,
                            .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    bool fine = true;
    for (; fine && *files != NULL; files++)
        fine = read_file(&reader, *files, error);
    g_hash_table_unref(reader.known);
    g_ptr_array_sort(layouts->types, by_name);
    if (fine)
        return layouts;
    layouts_free(layouts);
    return NULL;
}
