/* Layouts, of objects that the test compiles. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "command/cli.h"
#include "suite.h"
#include "support/layout.h"
#include "support/tree.h"

static char *folder;

static void make_folder(void)
{
    folder = test_folder();
}

static void remove_folder(void)
{
    tree_remove(folder, NULL);
    g_free(folder);
}

/* The object of a source NAME.c that includes HEADER, which says TEXT, and has a variable
 * DECLARED. Free with g_free. */
static char *object(const char *name, const char *header, const char *text, const char *declared,
                    const char *flags)
{
    g_autofree char *place = g_build_filename(name, header, NULL);
    g_autofree char *file = g_strdup_printf("%s.c", name);
    g_autofree char *source = g_strdup_printf("#include \"%s\"\n%s;\n", place, declared);
    write_file(folder, place, text);
    write_file(folder, file, source);
    g_autofree char *line =
        g_strdup_printf("gcc %s -c -o %s/%s.o %s/%s", flags, folder, name, folder, file);
    int status;
    ck_assert(g_spawn_command_line_sync(line, NULL, NULL, &status, NULL));
    ck_assert_msg(status == 0, "cannot compile: %s", line);
    return g_strdup_printf("%s/%s.o", folder, name);
}

static layouts_t *layouts_of(char *first, char *second)
{
    g_autoptr(GError) error = NULL;
    char *files[] = {first, second, NULL};
    layouts_t *layouts = layouts_read(files, &error);
    ck_assert_msg(layouts != NULL, "%s", error ? error->message : "");
    return layouts;
}

static const struct layout_type *only_disagreement(const layouts_t *layouts)
{
    const struct layout_type *found = NULL;
    for (guint i = 0; i < layouts->types->len; i++) {
        const struct layout_type *type = g_ptr_array_index(layouts->types, i);
        ck_assert_msg(type->layouts->len < 2 || found == NULL, "%s and %s", type->name,
                      found ? found->name : "");
        if (type->layouts->len > 1)
            found = type;
    }
    return found;
}

static const struct {
    const char *old_header, *new_header, *declared;
    const char *type; /* that they disagree on, or NULL */
} headers[] = {
    {"struct a { int b; };", "struct a { int b, c; };", "struct a x", "struct a"},
    {"struct a { int b, c; };", "struct a { int c, b; };", "struct a x", "struct a"},
    {"struct a { int b, c; };", "struct a { int b, d; };", "struct a x", "struct a"},
    {"struct a { int b:3, c:5; };", "struct a { int b:4, c:5; };", "struct a x", "struct a"},
    {"union a { int b; };", "union a { int b; long c; };", "union a x", "union a"},
    {"enum a { B, C };", "enum a { B, D, C };", "enum a x", "enum a"},
    {"typedef struct { int b; } a;", "typedef struct { int b, c; } a;", "a x", "a"},
    {"struct a { int b; }; struct w { struct a a; };",
     "struct a { long b; }; struct w { struct a a; char pad; };", "struct a *x; struct a y",
     "struct a"},
    {"struct a { int b; };", "struct a { int b; };", "struct a x", NULL},
    {"struct a; struct w { struct a *a; };", "struct a; struct w { struct a *a; };", "struct w x",
     NULL},
    /* What one part only knows by name. */
    {"struct a; struct w { struct a *a; };", "struct a { int b; }; struct w { struct a *a; };",
     "struct w x", NULL},
};

START_TEST(disagreements_are_found)
{
    g_autofree char *first =
        object("old", "part.h", headers[_i].old_header, headers[_i].declared, "-g");
    g_autofree char *second =
        object("new", "part.h", headers[_i].new_header, headers[_i].declared, "-g");
    g_autoptr(layouts_t) layouts = layouts_of(first, second);
    ck_assert_uint_eq(layouts->units, 2);
    ck_assert_uint_ge(layouts->types->len, 1);
    const struct layout_type *type = only_disagreement(layouts);
    ck_assert_str_eq(type ? type->name : "none", headers[_i].type ? headers[_i].type : "none");
}
END_TEST

START_TEST(sizes_places_and_units_are_told)
{
    g_autofree char *first = object("old", "part.h", "struct a { char b; };", "struct a x", "-g");
    g_autofree char *second =
        object("new", "part.h", "struct a { char b; long c; };", "struct a x", "-g");
    g_autoptr(layouts_t) layouts = layouts_of(first, second);
    const struct layout_type *type = only_disagreement(layouts);
    ck_assert_str_eq(type->header, "part.h");
    ck_assert_uint_eq(type->layouts->len, 2);
    const struct layout *old = g_ptr_array_index(type->layouts, 0);
    const struct layout *new = g_ptr_array_index(type->layouts, 1);
    ck_assert_int_eq(old->size, 1);
    ck_assert_int_eq(new->size, 16);
    const struct layout_member *last = g_ptr_array_index(new->members, 1);
    ck_assert_str_eq(last->name, "c");
    ck_assert_int_eq(last->place, 8);
    ck_assert_uint_eq(new->units->len, 1);
    ck_assert(g_str_has_suffix(g_ptr_array_index(new->units, 0), "/new.c"));
}
END_TEST

/* Two of one name that were never meant to be one. */
START_TEST(strangers_may_differ)
{
    g_autofree char *first = object("old", "part.h", "struct a { char b; };", "struct a x", "-g");
    g_autofree char *second = object("new", "other.h", "struct a { int b; };", "struct a x", "-g");
    g_autofree char *third = object("third", "part.h", "", "struct a { long b; } x", "-g");
    char *files[] = {first, second, third, NULL};
    g_autoptr(layouts_t) layouts = layouts_read(files, NULL);
    ck_assert_uint_eq(layouts->units, 3);
    ck_assert_uint_eq(layouts->types->len, 2);
    ck_assert_ptr_null(only_disagreement(layouts));
}
END_TEST

START_TEST(what_tells_nothing_is_refused)
{
    g_autofree char *bare = object("bare", "part.h", "", "int x", "-g0");
    char *const files[] = {bare, (char *)"/no/such/file", (char *)TEST_ROOT "/Makefile"};
    static const char *const reasons[] = {"no debug information", "No such file",
                                          "not a valid ELF"};
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(layouts_read((char *[]){files[_i], NULL}, &error));
    ck_assert_msg(strstr(error->message, reasons[_i]) != NULL, "%s", error->message);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("layout");
    TCase *cases = tcase_create("layout");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_loop_test(cases, disagreements_are_found, 0, G_N_ELEMENTS(headers));
    tcase_add_test(cases, sizes_places_and_units_are_told);
    tcase_add_test(cases, strangers_may_differ);
    tcase_add_loop_test(cases, what_tells_nothing_is_refused, 0, 3);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
