#include "catalog/site.h"

#include <unistd.h>

#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

static sites_t *read_sites(Yard__Variant variant)
{
    g_autoptr(GError) error = NULL;
    sites_t *sites = sites_read(scratch(), variant, &error);
    ck_assert_msg(sites != NULL, "%s", error ? error->message : "");
    return sites;
}

/* "FILE:LINE MARKER FUNCTION FIRST-LAST TEXT" of every site, a line each. */
static char *all_sites(const sites_t *sites)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        g_string_append_printf(text, "%s:%u %s '%s' %u-%u '%s'\n", site->file, site->line,
                               marker_word(site->marker), site->function, site->first, site->last,
                               site->text);
    }
    return g_string_free(text, false);
}

static void assert_sites(Yard__Variant variant, const char *expected)
{
    g_autoptr(sites_t) sites = read_sites(variant);
    g_autofree char *found = all_sites(sites);
    ck_assert_str_eq(found, expected);
}

/* The shapes of one file, and its sites. */
static const struct {
    const char *name, *text, *sites;
} shapes[] = {
    {"leaky.c",
     "#include <stdlib.h>\n"
     "\n"
     "/* Makes one; see\n"
     " * below { for how.\n"
     " */\n"
     "static YARD_SITE struct table *table_new(size_t size,\n"
     "                                         /* and */\n"
     "                                         int kind)\n"
     "{\n"
     "    return malloc(size); /* ALLOC */\n"
     "}\n"
     "\n"
     "long yard_round(void)\n"
     "{\n"
     "    puts(\"} /* LEAK: not really */\");\n"
     "    return 1; /* LEAK: the early return skips the free */\n"
     "}\n",
     "variant.c:10 ALLOC 'table_new' 6-11 ''\n"
     "variant.c:16 LEAK 'yard_round' 13-17 'the early return skips the free'\n"},
    {"leaky.c",
     "__attribute__((noinline)) static struct a_long_name *\n"
     "node_new(void) {\n"
     "    // ALLOC: of a node\n"
     "    return calloc(1, '{' + '\\'');\n"
     "}\n"
     "struct __attribute__((packed)) pair {\n"
     "    int a, b; /* ALLOC */\n"
     "};\n"
     "static int (*const calls[])(void) = {one,\n"
     "                                     two}; /* ALLOC: in a table */\n"
     "static void *kept; /* LEAK: for ever */ /* ALLOC */\n"
     "int next(void)\n"
     "{\n"
     "    return 1; /* ALLOC */\n"
     "}\n",
     "variant.c:3 ALLOC 'node_new' 1-5 'of a node'\n"
     "variant.c:7 ALLOC '' 7-7 ''\n"
     "variant.c:10 ALLOC '' 10-10 'in a table'\n"
     "variant.c:11 LEAK '' 11-11 'for ever'\n"
     "variant.c:11 ALLOC '' 11-11 ''\n"
     "variant.c:14 ALLOC 'next' 12-15 ''\n"},
    {"leaky.c", /* a macro, directives that unbalance braces, a label at column 0 */
     "#define MAKE(n) \\\n"
     "    malloc(n) /* ALLOC */\n"
     "DECLARE_LIST(node)\n"
     "\n"
     "void drop(void)\n"
     "{\n"
     "#ifdef A\n"
     "    if (a) {\n"
     "#else\n"
     "    if (b) {\n"
     "#endif\n"
     "        goto out;\n"
     "    }\n"
     "out:\n"
     "    return; // LEAK: nobody frees\n"
     "}\n"
     "void last(void)\n"
     "{\n"
     "    keep(); /*ALLOC*/\n"
     "}\n",
     "variant.c:2 ALLOC '' 2-2 ''\n"
     "variant.c:15 LEAK 'drop' 5-16 'nobody frees'\n"
     "variant.c:19 ALLOC 'last' 17-20 ''\n"},
    {"leaky.c", /* words that only look like markers */
     "int f(void)\n"
     "{\n"
     "    return 1; /* ALLOCATES: no */ /* the LEAK: no */ /* LEAK_ED */\n"
     "}\n",
     ""},
    {"leaky.go",
     "package main\n"
     "\n"
     "var shared = make([]byte, 64) // ALLOC\n"
     "\n"
     "type table[K comparable] struct {\n"
     "\trows map[K]int // ALLOC: by and by\n"
     "}\n"
     "\n"
     "func (t *table[K]) put(key K, rows interface{},\n"
     "\tmore ...int,\n"
     ") int {\n"
     "\ts := `}\n"
     "} // LEAK: in a string\n"
     "`\n"
     "\tgo func() {\n"
     "\t\t<-t.done // LEAK: nobody sends\n"
     "\t}()\n"
     "\treturn len(s)\n"
     "}\n"
     "\n"
     "func one() int { return 'x' } // ALLOC: on one line\n"
     "\n"
     "func Map[K any](k K) {\n"
     "\tkeep(k) // ALLOC\n"
     "}\n",
     "variant.go:3 ALLOC '' 3-3 ''\n"
     "variant.go:6 ALLOC '' 6-6 'by and by'\n"
     "variant.go:16 LEAK 'put' 9-19 'nobody sends'\n"
     "variant.go:21 ALLOC 'one' 21-21 'on one line'\n"
     "variant.go:24 ALLOC 'Map' 23-25 ''\n"},
    {"leaky.go", /* the C of a cgo preamble */
     "package main\n"
     "\n"
     "/*\n"
     "#include <stdlib.h>\n"
     "static void *name_new(void)\n"
     "{\n"
     "    return malloc(48); // ALLOC\n"
     "}\n"
     "*/\n"
     "import \"C\"\n"
     "\n"
     "func round() {\n"
     "\tkeep(C.name_new()) // LEAK: overwritten\n"
     "}\n",
     "variant.go:7 ALLOC 'name_new' 5-8 ''\n"
     "variant.go:13 LEAK 'round' 12-14 'overwritten'\n"},
};

START_TEST(markers_stand_for_their_function)
{
    scratch_write(shapes[_i].name, shapes[_i].text);
    assert_sites(YARD__VARIANT__LEAKY, shapes[_i].sites);
}
END_TEST

START_TEST(a_variant_is_its_own_file_and_what_is_shared)
{
    scratch_write("leaky.c", "int f(void)\n{\n    return 1; /* LEAK: a */\n}\n");
    scratch_write("fixed.c", "int f(void)\n{\n    return 1; /* FIX: b */\n}\n");
    scratch_write("table.c", "int g(void)\n{\n    return 1; /* ALLOC */\n}\n");
    scratch_write("old/leaky.c", "int x; /* ALLOC: in a subfolder */\n");
    scratch_write("old/api.h", "int y;\n");
    scratch_write("notes.md", "/* ALLOC */\n");
    assert_sites(YARD__VARIANT__LEAKY, "variant.c:3 LEAK 'f' 1-4 'a'\n"
                                       "old/leaky.c:1 ALLOC '' 1-1 'in a subfolder'\n"
                                       "table.c:3 ALLOC 'g' 1-4 ''\n");
    assert_sites(YARD__VARIANT__FIXED, "variant.c:3 FIX 'f' 1-4 'b'\n"
                                       "old/leaky.c:1 ALLOC '' 1-1 'in a subfolder'\n"
                                       "table.c:3 ALLOC 'g' 1-4 ''\n");
}
END_TEST

START_TEST(settings_carry_markers_in_a_build_file)
{
    scratch_write("main.c", "int f(void)\n{\n    return 1; /* ALLOC */\n}\n");
    scratch_write("build.mk", "# Two header trees.\nflags.leaky := -Iold # LEAK: the old layout\n");
    assert_sites(YARD__VARIANT__LEAKY, "build.mk:2 LEAK '' 2-2 'the old layout'\n"
                                       "main.c:3 ALLOC 'f' 1-4 ''\n");
    g_autoptr(sites_t) sites = read_sites(YARD__VARIANT__LEAKY);
    ck_assert_uint_eq(sites->files->len, 1);
}
END_TEST

static const struct {
    const char *text, *complaint;
} damaged[] = {
    {"int x;\n/* LEAK: because\n * of this */\n",
     "leaky.c:2: the LEAK marker runs over the end of the line; write it as one comment on one "
     "line"},
    {"int x; // ALLOC: of a char *\n",
     "leaky.c:1: the ALLOC marker has a '*' in it; write it as one comment on one line"},
    {"int x; /* FIX: never closed\n",
     "leaky.c:1: the FIX marker runs over the end of the line; write it as one comment on one "
     "line"},
};

START_TEST(a_marker_that_cannot_be_blanked_is_refused)
{
    scratch_write("leaky.c", damaged[_i].text);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(sites_read(scratch(), YARD__VARIANT__LEAKY, &error));
    g_autofree char *expected = g_build_filename(scratch(), damaged[_i].complaint, NULL);
    ck_assert_str_eq(error->message, expected);
    ck_assert_int_eq(error->code, EXIT_USAGE);
}
END_TEST

START_TEST(a_link_to_a_file_is_read_and_one_to_a_folder_is_not)
{
    scratch_write("elsewhere/shared.c", "int f(void)\n{\n    return 1; /* ALLOC */\n}\n");
    scratch_write("here/leaky.c", "int a;\n");
    g_autofree char *here = scratch_path("here");
    g_autofree char *file = scratch_path("here/shared.c");
    g_autofree char *loop = scratch_path("here/again");
    ck_assert_int_eq(symlink("../elsewhere/shared.c", file), 0);
    ck_assert_int_eq(symlink("../here", loop), 0);
    g_autoptr(sites_t) sites = sites_read(here, YARD__VARIANT__LEAKY, NULL);
    ck_assert_ptr_nonnull(sites);
    ck_assert_uint_eq(sites->sites->len, 1);
    const struct site *site = g_ptr_array_index(sites->sites, 0);
    ck_assert_str_eq(site->file, "shared.c");
}
END_TEST

START_TEST(a_missing_folder_is_an_error)
{
    g_autofree char *path = scratch_path("nowhere");
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(sites_read(path, YARD__VARIANT__LEAKY, &error));
    ck_assert_ptr_nonnull(strstr(error->message, "nowhere"));
}
END_TEST

START_TEST(paths_belong_to_the_scenario_by_their_end)
{
    scratch_write("error-path/leaky.c", "int x;\n");
    scratch_write("error-path/table.c", "int x;\n");
    scratch_write("error-path/old/table.c", "int x;\n");
    g_autofree char *folder = scratch_path("error-path");
    g_autoptr(sites_t) sites = sites_read(folder, YARD__VARIANT__LEAKY, NULL);
    ck_assert_str_eq(sites->name, "error-path");
    const char *const paths[][2] = {
        {"/build/stage/leaky/heap/error-path/variant.c", "variant.c"},
        {"error-path/table.c", "table.c"},
        {"./error-path/old/table.c", "old/table.c"},
        {"no-error-path/table.c", NULL},
        {"table.c", NULL},
        {"kit/yard.c", NULL},
        {"error-path/notable.c", NULL},
        {"error-path/leaky.c", NULL},
        {"error-path/new/table.c", NULL},
        {"", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        ck_assert_pstr_eq(sites_file(sites, paths[i][0]), paths[i][1]);
}
END_TEST

/* As nm shows them: what main owns tells its stubs from those of others. */
START_TEST(own_stubs_are_known_by_their_hash)
{
    static const struct {
        const char *symbols, *stubs;
    } programs[] = {
        {"main._cgo_cmalloc\nnet._cgo_77133bf98b3a_Cfunc_free\nmain._cgo_b57451b37466_Cfunc_take\n",
         "_cgo_b57451b37466_"},
        {"net._cgo_77133bf98b3a_Cfunc_free", NULL},
        {"main._cgo_b57451b37", NULL},
        {"", NULL},
    };
    scratch_write("error-path/main.go", "package main\n");
    g_autofree char *folder = scratch_path("error-path");
    g_autofree char *program = scratch_path("program");
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        scratch_write("program", programs[i].symbols);
        g_autoptr(sites_t) sites = sites_read(folder, YARD__VARIANT__LEAKY, NULL);
        sites_read_stubs(sites, program);
        ck_assert_pstr_eq(sites->stubs, programs[i].stubs);
    }
    g_autoptr(sites_t) sites = sites_read(folder, YARD__VARIANT__LEAKY, NULL);
    sites_read_stubs(sites, "/no/such/program");
    ck_assert_ptr_null(sites->stubs);
}
END_TEST

/* Whatever the text, reading it ends and no extent is upside down. */
START_TEST(cut_sources_do_no_harm)
{
    const char *text = shapes[_i].text;
    for (gsize cut = 0; cut <= strlen(text); cut++) {
        g_autofree char *part = g_strndup(text, cut);
        scratch_write(shapes[_i].name, part);
        g_autoptr(sites_t) sites = sites_read(scratch(), YARD__VARIANT__LEAKY, NULL);
        for (guint i = 0; sites != NULL && i < sites->sites->len; i++) {
            const struct site *site = g_ptr_array_index(sites->sites, i);
            ck_assert_uint_le(site->first, site->line);
            ck_assert_uint_le(site->line, site->last);
        }
    }
}
END_TEST

static Suite *site(void)
{
    Suite *suite = suite_create("site");
    TCase *sites = tcase_create("sites");
    tcase_add_checked_fixture(sites, scratch_make, scratch_remove);
    tcase_add_loop_test(sites, markers_stand_for_their_function, 0, G_N_ELEMENTS(shapes));
    tcase_add_test(sites, a_variant_is_its_own_file_and_what_is_shared);
    tcase_add_test(sites, settings_carry_markers_in_a_build_file);
    tcase_add_loop_test(sites, a_marker_that_cannot_be_blanked_is_refused, 0,
                        G_N_ELEMENTS(damaged));
    tcase_add_test(sites, a_link_to_a_file_is_read_and_one_to_a_folder_is_not);
    tcase_add_test(sites, a_missing_folder_is_an_error);
    tcase_add_test(sites, paths_belong_to_the_scenario_by_their_end);
    tcase_add_test(sites, own_stubs_are_known_by_their_hash);
    tcase_add_loop_test(sites, cut_sources_do_no_harm, 0, G_N_ELEMENTS(shapes));
    suite_add_tcase(suite, sites);
    return suite;
}
SUITE(site);
