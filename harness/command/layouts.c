/* leakyard layouts: do the parts of a program agree on what its structs look like? */
#include <stdio.h>

#include "command/command.h"
#include "support/layout.h"

static error_t parse(int key, char *argument, struct argp_state *state)
{
    GPtrArray *files = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        g_ptr_array_add(files, argument);
        return 0;
    case ARGP_KEY_END:
        if (files->len == 0)
            argp_error(state, "name a program, a library, an object or an archive");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .parser = parse,
    .args_doc = "FILE…",
    .doc = "Compares the debug information of every compile unit in FILE, and names each struct, "
           "union and enumeration on whose size, members or offsets they disagree.\v"
           "Several files are taken for parts of one program: objects and archives, before they "
           "are linked. Compared is what headers of one file name declare, whichever folder they "
           "were found in; what a source file defines itself is its own. A linker sees names "
           "alone, and warns of none of this.\n\n"
           "Behind each member stands its offset in bytes (of a bit field: in bits), behind each "
           "enumerator its value.\n\n"
           "Exit code: 0 all agree, 1 some do not, 2 a file can't be read or has no debug "
           "information.\n\n"
           "Example: leakyard layouts build/plain/leaky/linkage/struct-size",
};

static void print_names(const GPtrArray *units)
{
    for (guint i = 0; i < units->len; i++)
        printf("%s%s", i ? ", " : "    in ", (char *)g_ptr_array_index(units, i));
    putchar('\n');
}

static void print_layout(const struct layout *layout)
{
    printf("  %" G_GINT64_FORMAT " bytes:", layout->size);
    for (guint i = 0; i < layout->members->len; i++) {
        const struct layout_member *member = g_ptr_array_index(layout->members, i);
        printf("%s %s %" G_GINT64_FORMAT, i ? "," : "", *member->name ? member->name : "(unnamed)",
               member->place);
    }
    putchar('\n');
    print_names(layout->units);
}

/* How many disagree. */
static guint print_disagreements(const layouts_t *layouts)
{
    guint count = 0;
    for (guint i = 0; i < layouts->types->len; i++) {
        const struct layout_type *type = g_ptr_array_index(layouts->types, i);
        if (type->layouts->len < 2)
            continue;
        count++;
        printf("%s, of %s\n", type->name, type->header);
        for (guint k = 0; k < type->layouts->len; k++)
            print_layout(g_ptr_array_index(type->layouts, k));
    }
    if (count == 0)
        printf("%u compile units agree on %u types.\n", layouts->units, layouts->types->len);
    return count;
}

static int run_layouts(int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    command_parse(&argp, argc, argv, files);
    g_ptr_array_add(files, NULL);
    g_autoptr(layouts_t) layouts = layouts_read((char *const *)files->pdata, error);
    if (layouts == NULL)
        return EXIT_USAGE;
    return print_disagreements(layouts) > 0 ? EXIT_DIFFERS : EXIT_AS_EXPECTED;
}

static const struct command layouts_command = {
    .name = "layouts",
    .summary = "do the parts of a program agree on its structs?",
    .run = run_layouts,
};
COMMAND(layouts_command);
