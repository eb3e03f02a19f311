#include "catalog/manifest.h"

#include <stdio.h>

#include "catalog/catalog.h"
#include "suite.h"
#include "support/failure.h"
#include "unit/catalog_fixture.h"

#define SCHEMA TEST_ROOT "/harness/schema"

/* A manifest with nothing wrong, for tests to add to. */
#define SOUND                                                                                      \
    "title: \"An early return skips the free\"\n"                                                  \
    "language: C\n"                                                                                \
    "resource: HEAP_BLOCK\n"                                                                       \
    "kind: LOST\n"                                                                                 \
    "units_per_round: 3\n"                                                                         \
    "rounds: 100\n"

#define TRAP                                                                                       \
    "title: \"A cache that fills and stays\"\n"                                                    \
    "language: C resource: HEAP_BLOCK rounds: 100\n"

#define GO                                                                                         \
    "title: \"A ticker that nobody stops\"\n"                                                      \
    "language: GO resource: GO_OBJECT kind: LOST\n"                                                \
    "units_per_round: 1 rounds: 10\n"

/* Folders that such manifests may stand in. */
static void write_folders(void)
{
    scratch_write("heap/a/leaky.c",
                  "int f(void)\n{\n    return 1; /* ALLOC */ /* LEAK: so */\n}\n");
    scratch_write("heap/a/fixed.c", "int f(void)\n{\n    return 1; /* ALLOC */ /* FIX: so */\n}\n");
    scratch_write("heap/a/notes.md", "Once upon a time.\n");
    scratch_write("trap/a/clean.c", "int f(void)\n{\n    return 1; /* ALLOC */\n}\n");
    scratch_write("trap/a/notes.md", "Once upon a time.\n");
    scratch_write("goheap/a/main.go", "package main\n\nfunc round() {\n\tf() // ALLOC\n}\n");
    scratch_write("goheap/a/leaky.go", "package main\n\nfunc f() {} // LEAK: so\n");
    scratch_write("goheap/a/fixed.go", "package main\n\nfunc f() {} // FIX: so\n");
    scratch_write("goheap/a/notes.md", "Once upon a time.\n");
}

static void setup(void)
{
    scratch_make();
    write_folders();
}

/* Compiles TEXT as the manifest of ID. Free with yard__scenario__free_unpacked. */
static Yard__Scenario *compile(const char *id, const char *text, GError **error)
{
    g_autofree char *name = g_build_filename(id, "scenario.txtpb", NULL);
    scratch_write(name, text);
    g_autofree char *path = scratch_path(name);
    return manifest_compile(path, id, SCHEMA, error);
}

/* Asserts that it is refused with scratch()/ID/scenario.txtpb:COMPLAINT. */
static void assert_refused(const char *id, const char *text, const char *complaint)
{
    g_autoptr(GError) error = NULL;
    Yard__Scenario *scenario = compile(id, text, &error);
    ck_assert_msg(scenario == NULL, "not refused, but should be: %s", complaint);
    g_autofree char *expected =
        g_strdup_printf("%s/%s/scenario.txtpb:%s", scratch(), id, complaint);
    ck_assert_str_eq(error->message, expected);
    ck_assert_int_eq(error->code, EXIT_USAGE);
}

static void assert_sound(const char *id, const char *text)
{
    g_autoptr(GError) error = NULL;
    Yard__Scenario *scenario = compile(id, text, &error);
    ck_assert_msg(scenario != NULL, "%s", error ? error->message : "");
    ck_assert_str_eq(scenario->id, id);
    yard__scenario__free_unpacked(scenario, NULL);
}

static const struct {
    const char *id, *text;
} sound[] = {
    {"heap/a", SOUND},
    {"heap/a", SOUND "value_leaky: 3 value_fixed: -4\n"},
    {"heap/a", SOUND "tag: [\"slow\", \"early-return\"] tag: 'x'\n"},
    {"heap/a", SOUND "leaks_when { environment: \"MALLOC_ARENA_MAX=1\" }\n"},
    {"heap/a", "# A comment: language: GO\n\n" SOUND "ends: NEVER bound: 0\n"},
    {"trap/a", TRAP "kind: NOT_A_LEAK bound: 16\n"},
    {"goheap/a", GO},
    {"goheap/a", GO "leaks_when { go_before: \"1.23\" }\n"
                    "leaks_when { go_from: \"1.23\" go_before: \"1.27.1\"\n"
                    "             environment: \"GODEBUG=asynctimerchan=1\" }\n"},
};

START_TEST(a_sound_manifest_is_compiled)
{
    assert_sound(sound[_i].id, sound[_i].text);
}
END_TEST

/* What protoc refuses, in its right place. */
static const struct {
    const char *text, *complaint;
} misspelt[] = {
    {"titel: \"x\"\nlanguage: C\n", "1:1: no field is called 'titel': did you mean 'title'?"},
    {"title: \"x\"\nlangage: C\n", "2:1: no field is called 'langage': did you mean 'language'?"},
    {"title: \"detector\" # detector: x\n\n   detector: \"memcheck\"\n",
     "3:4: no field is called 'detector'; the fields are: id, title, language, resource, kind, "
     "units_per_round, bytes_per_unit, rounds, bound, source, needs, ends, hint, tag, leaks_when, "
     "value_leaky, value_fixed, detaches, server, upstream, stage, sound_when"},
    {"leaks_when { go_form: \"1.2\" }\n",
     "1:14: no field is called 'go_form': did you mean 'go_from'?"},
    {"leaks_when {\n  kind: LOST }\n",
     "2:3: no field is called 'kind'; the fields are: go_from, go_before, environment"},
    {"title: \"x\"\nlanguage: RUST # not RUST\nkind: LOST\n",
     "2:11: 'RUST' is no language; the words are: C, CGO, GO"},
    {"kind: LOST\nlanguage:\n\tRUST\tkind: LOST\n",
     "3:2: 'RUST' is no language; the words are: C, CGO, GO"},
    {"kind: LOTS", "1:7: 'LOTS' is no kind: did you mean 'LOST'?"},
    {"resource: HEAP_BLOK bound: 1\n",
     "1:11: 'HEAP_BLOK' is no resource: did you mean 'HEAP_BLOCK'?"},
    {"resource: \"HEAP_BLOK\"\n", "1:11: expected integer or identifier, got: \"HEAP_BLOK\""},
    {"language: 7\n", "1:11: '7' is no language; the words are: C, CGO, GO"},
    {"title: \"title\"\nkind: LOST\ntitle: \"b\"\nbound: 1\n", "3:1: 'title' is given twice"},
    {"title \"x\"\n", "1:7: expected \":\", found \"\"x\"\""},
    {"title: \"x\" language C", "1:21: expected \":\", found \"C\""},
    {"\trounds: -1\n", "1:10: expected integer, got: -"},
    {"rounds: 99999999999\n", "1:9: integer out of range (99999999999)"},
    {"title: 5\n", "1:8: expected string, got: 5"},
    {"title: \"x\nkind: LOST\n", "1:10: string literals cannot cross line boundaries"},
    {"title: \"caf\xff\"\n", "1:12: this byte is not UTF-8 text"},
    {"kind: LOST\ntitle: \"caf\\xff\"\n", "2:1: title is not UTF-8"},
};

START_TEST(a_misspelt_manifest_is_refused_where_it_is_wrong)
{
    assert_refused("heap/a", misspelt[_i].text, misspelt[_i].complaint);
}
END_TEST

#define FIRST_FOUR                                                                                 \
    "title: \"x\"\n"                                                                               \
    "language: C\n"                                                                                \
    "resource: HEAP_BLOCK\n"                                                                       \
    "kind: LOST\n"

/* Well spelt, and wrong. */
static const struct {
    const char *id, *text, *complaint;
} wrong[] = {
    {"heap/a", "", "1:1: no title: say in a few words what goes wrong"},
    {"heap/a", "\ntitle: \"\"\n", "2:1: no title: say in a few words what goes wrong"},
    {"heap/a", "title: \"x\"\n", "1:1: no language: C, CGO or GO"},
    {"heap/a", "title: \"x\"\nlanguage: C\n",
     "1:1: no resource: what is the unit, the thing that leaks?"},
    {"heap/a", "title: \"x\"\nlanguage: C\nresource: HEAP_BLOCK\n",
     "1:1: no kind: what becomes of the unit? (LOST, REACHABLE, BLOCKED, HELD, or NOT_A_LEAK in a "
     "trap)"},
    {"heap/a", FIRST_FOUR, "1:1: no rounds: how many has a standard run? (a multiple of 10)"},
    {"heap/a", FIRST_FOUR " rounds: 0\n",
     "5:2: rounds is 0; it must be a multiple of 10, and not 0: a standard run has ten equal "
     "checkpoints"},
    {"heap/a", FIRST_FOUR "rounds: 105\n",
     "5:1: rounds is 105; it must be a multiple of 10, and not 0: a standard run has ten equal "
     "checkpoints"},
    {"heap/a", FIRST_FOUR "rounds: 100\n",
     "1:1: units_per_round is missing; how many units does each leaky round leak?"},
    {"heap/a", FIRST_FOUR "rounds: 100 units_per_round: 0\n",
     "5:13: units_per_round is 0; how many units does each leaky round leak?"},
    {"heap/a", SOUND "id: \"heap/b\"\n",
     "7:1: the build takes the id from the folder; take it out"},
    {"heap/a",
     "rounds: 10 title: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "yyyyyyyyyyyyyyyyyyyyy\"\n",
     "1:12: the title has 81 characters; it must fit a line of 80"},
    {"heap/a", "title: \"It leaks.\"\n", "1:1: the title ends with a full stop; it is a heading"},
    {"heap/a", "title: \"It\\nleaks\"\n", "1:1: the title has more than one line"},
    {"heap/a",
     "title: \"x\" language: C resource: HEAP_BLOCK rounds: 100 units_per_round: 1\n"
     "kind: NOT_A_LEAK\n",
     "2:1: kind is NOT_A_LEAK; such scenarios belong in trap/"},
    {"heap/a", SOUND "value_leaky: 4\n",
     "7:1: value_leaky without value_fixed: say both, or neither where both variants return the "
     "same"},
    {"heap/a", SOUND "value_fixed: 4\n",
     "7:1: value_fixed without value_leaky: say both, or neither where both variants return the "
     "same"},
    {"heap/a",
     "title: \"x\" language: C kind: LOST rounds: 100 units_per_round: 1\nresource: MEMORY\n",
     "2:1: MEMORY is a detector's word for it knows not what; say which unit leaks"},
    {"heap/a",
     "title: \"x\" language: C kind: LOST rounds: 100 units_per_round: 1\nresource: GO_OBJECT\n",
     "2:1: a C program has no GO_OBJECT"},
    {"heap/a",
     "title: \"x\" language: C kind: LOST rounds: 100 units_per_round: 1\nresource: GOROUTINE\n",
     "2:1: a C program has no GOROUTINE"},
    {"goheap/a",
     "title: \"x\" language: GO kind: LOST rounds: 100 units_per_round: 1\nresource: HEAP_BLOCK\n",
     "2:1: a program all in Go has no HEAP_BLOCK; GO_OBJECT, or language CGO?"},
    {"trap/a", TRAP "kind: LOST\n", "3:1: kind is LOST; a trap does not leak: NOT_A_LEAK"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\nunits_per_round: 2\n",
     "4:1: a trap has no leaky variant, so no units_per_round; take it out"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\nleaks_when { environment: \"A=b\" }\n",
     "4:1: a trap has no leaky variant, so no leaks_when; take it out"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\nvalue_leaky: 2\n",
     "4:1: a trap has no leaky variant, so no value_leaky; take it out"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\nvalue_fixed: 2\n",
     "4:1: a trap has no leaky variant, so no value_fixed; take it out"},
    {"heap/a", SOUND "tag: \"slow\"\ntag: \"big\" tag: \"slow\"\n",
     "8:17: the tag 'slow' is there twice"},
    {"heap/a", SOUND "tag: [\"slow\", \"slow\"]\n", "7:15: the tag 'slow' is there twice"},
    {"heap/a", SOUND "tag: \"a\"\n  tag: \"Very slow\"\n",
     "8:8: the tag 'Very slow' is not one word in small letters, digits and hyphens"},
    {"heap/a", SOUND "leaks_when { environment: \"A=b\" }\nleaks_when { }\n",
     "8:1: leaks_when without a condition: say go_from, go_before or environment"},
    {"heap/a", SOUND "leaks_when { go_from: \"1.22\" }\n",
     "7:1: leaks_when asks for a Go version, but the program is in C"},
    {"heap/a", SOUND "leaks_when { environment: \"GODEBUG\" }\n",
     "7:27: the environment has 'GODEBUG', which is not NAME=VALUE"},
    {"heap/a", SOUND "leaks_when { environment: [\"A=b\", \"=1\"] }\n",
     "7:35: the environment has '=1', which is not NAME=VALUE"},
    {"heap/a", SOUND "sound_when { environment: \"A=b\" }\n",
     "7:1: sound_when without leaks_when: a leak that has no condition always is one"},
    {"heap/a", SOUND "leaks_when { environment: \"A=b\" }\nsound_when { }\n",
     "8:1: sound_when without a condition: say go_from, go_before or environment"},
    {"goheap/a", GO "leaks_when { go_from: \"1.22\" }\nleaks_when { go_from: \"go1.23\" }\n",
     "5:23: go_from is 'go1.23', which is no Go version; write it as 1.23 or 1.23.4"},
    {"goheap/a", GO "leaks_when { go_before: \"1.x\" }\n",
     "4:25: go_before is '1.x', which is no Go version; write it as 1.23 or 1.23.4"},
    {"goheap/a", GO "leaks_when { go_from: \"1.23\" go_before: \"1.9.5\" }\n",
     "4:1: no Go version is from 1.23 and before 1.9.5"},
    {"heap/a", SOUND "upstream: \"Read\"\n",
     "7:11: upstream is 'Read', which is no function of a module; write it as "
     "MODULE/PACKAGE.FUNCTION"},
    {"heap/a", SOUND "server { plan: \"plan.txtpb\" }\n",
     "7:1: server without a mock: say which of mocks/ it is"},
    {"heap/a", SOUND "server { mock: \"../broker\" }\n",
     "7:1: server without a mock: say which of mocks/ it is"},
    {"heap/a", SOUND "stage { name: \"a\" title: \"x\" }\nstage { name: \"b\" }\n",
     "8:1: a stage has a name and a title"},
    {"heap/a", SOUND "stage { title: \"x\" }\n", "7:1: a stage has a name and a title"},
    {"heap/a", SOUND "stage { name: \"a,b\" title: \"x\" }\n",
     "7:1: the stage 'a,b' is not one word in small letters, digits and hyphens"},
    {"heap/a", SOUND "stage { name: \"a\" title: \"x\" }\nstage { name: \"a\" title: \"y\" }\n",
     "8:1: the stage 'a' is there twice"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\nstage { name: \"a\" title: \"x\" }\n",
     "4:1: a trap has no leaky variant, so no stage; take it out"},
};

START_TEST(a_contradiction_is_refused_at_its_field)
{
    assert_refused(wrong[_i].id, wrong[_i].text, wrong[_i].complaint);
}
END_TEST

static const struct {
    const char *id, *complaint;
} bad_ids[] = {
    {"heap", "the id 'heap' is not CLASS/NAME in small letters, digits and hyphens; rename the "
             "folder"},
    {"heap/Error", "the id 'heap/Error' is not CLASS/NAME in small letters, digits and hyphens; "
                   "rename the folder"},
    {"heap/a/b", "the id 'heap/a/b' is not CLASS/NAME in small letters, digits and hyphens; rename "
                 "the folder"},
    {"heap/a b", "the id 'heap/a b' is not CLASS/NAME in small letters, digits and hyphens; rename "
                 "the folder"},
    {"stack/a", "the id 'stack/a' begins with none of the classes: heap, reachable, threads, "
                "lifecycle, resource, linkage, cgo, goroutine, goheap, trap, incident"},
};

START_TEST(a_bad_id_is_refused)
{
    g_autofree char *path = scratch_path("heap/a/scenario.txtpb");
    scratch_write("heap/a/scenario.txtpb", SOUND);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(manifest_compile(path, bad_ids[_i].id, SCHEMA, &error));
    g_autofree char *expected = g_strconcat(path, ":1:1: ", bad_ids[_i].complaint, NULL);
    ck_assert_str_eq(error->message, expected);
}
END_TEST

/* One file of a sound folder written anew (TEXT), or taken away (NULL). */
static const struct {
    const char *id, *manifest, *file, *text, *complaint;
} folders[] = {
    {"heap/a", SOUND, "notes.md", NULL,
     "1:1: the folder has no notes.md: story, symptom, how to find it, how to mend it"},
    {"heap/a", SOUND, "leaky.c", NULL,
     "1:1: the folder has no leaky.c, nor a build.mk that makes the variants"},
    {"heap/a", SOUND, "fixed.c", NULL,
     "1:1: the folder has no fixed.c, nor a build.mk that makes the variants"},
    {"heap/a", SOUND, "leaky.c", "int a; /* LEAK: so */\n",
     "1:1: the leaky variant has no marker /* ALLOC */ where the unit is born"},
    {"heap/a", SOUND, "leaky.c", "int a; /* ALLOC */\n",
     "1:1: the leaky variant has no marker /* LEAK: why */ where the unit is lost"},
    {"heap/a", SOUND, "fixed.c", "int a; /* ALLOC */\n",
     "1:1: the fixed variant has no marker /* FIX: how */ where the leak was mended"},
    {"heap/a", SOUND, "fixed.c", "int a; /* FIX: so */\nint b; /* LEAK: copied */\n",
     "1:1: fixed.c:2 has a LEAK marker, which the fixed variant cannot have"},
    {"heap/a", SOUND "server { mock: \"memcached\" plan: \"plan.txtpb\" }\n", "plan.txtpb", NULL,
     "1:1: the folder has no plan.txtpb, the plan of its server"},
    {"heap/a", SOUND, "main.go", "package main\n",
     "1:1: the language is C, but the folder has a main.go"},
    {"goheap/a", GO, "main.go", NULL, "1:1: the language is GO, but the folder has no main.go"},
    {"goheap/a", GO, "fixed.go", NULL,
     "1:1: the folder has no fixed.go, nor a build.mk that makes the variants"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\n", "clean.c", NULL, "1:1: the folder has no clean.c"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\n", "clean.c", "int a;\n",
     "1:1: the clean variant has no marker /* ALLOC */ where the unit is born"},
    {"trap/a", TRAP "kind: NOT_A_LEAK\n", "clean.c", "int a; /* ALLOC */ /* LEAK: no */\n",
     "1:1: clean.c:1 has a LEAK marker, which the clean variant cannot have"},
};

START_TEST(a_folder_that_lacks_something_is_refused)
{
    g_autofree char *name = g_build_filename(folders[_i].id, folders[_i].file, NULL);
    g_autofree char *path = scratch_path(name);
    if (folders[_i].text != NULL)
        scratch_write(name, folders[_i].text);
    else
        remove(path);
    assert_refused(folders[_i].id, folders[_i].manifest, folders[_i].complaint);
}
END_TEST

START_TEST(settings_may_make_the_variants)
{
    scratch_write("linkage/a/notes.md", "Once upon a time.\n");
    scratch_write("linkage/a/main.c", "int a; /* ALLOC */\n");
    scratch_write("linkage/a/build.mk", "old := 1 # LEAK: the old header\n");
    assert_sound("linkage/a", SOUND);
    scratch_write("linkage/a/build.mk", "old := 1\n");
    assert_refused("linkage/a", SOUND,
                   "1:1: the leaky variant has no marker /* LEAK: why */ where the unit is lost");
    scratch_write("goheap/b/main.go", "package main\n\nvar a int // ALLOC\nvar b int // FIX: up\n");
    scratch_write("goheap/b/notes.md", "Once upon a time.\n");
    scratch_write("goheap/b/leaky.mod", "module m\n");
    scratch_write("goheap/b/fixed.mod", "module m\n");
    assert_sound("goheap/b", GO);
}
END_TEST

START_TEST(a_source_asks_whether_a_stage_is_in)
{
    static const char *const stage = "stage { name: \"b-2\" title: \"x\" }\n";
    g_autofree char *in_c = g_strconcat(SOUND, stage, NULL);
    g_autofree char *in_go = g_strconcat(GO, stage, NULL);
    assert_refused("heap/a", in_c,
                   "1:1: no source asks whether the stage 'b-2' is in: yard_stage(\"b-2\")");
    assert_refused("goheap/a", in_go,
                   "1:1: no source asks whether the stage 'b-2' is in: yard.Stage(\"b-2\")");
    scratch_write("heap/a/queue.c", "int g(void)\n{\n    return yard_stage(\"b-2\");\n}\n");
    scratch_write("goheap/a/queue.go", "package main\n\nvar g = yard.Stage(\"b-2\")\n");
    assert_sound("heap/a", in_c);
    assert_sound("goheap/a", in_go);
}
END_TEST

START_TEST(a_missing_manifest_is_named)
{
    g_autofree char *path = scratch_path("heap/none/scenario.txtpb");
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(manifest_compile(path, "heap/none", SCHEMA, &error));
    ck_assert(g_str_has_prefix(error->message, path));
    ck_assert_int_eq(error->code, EXIT_USAGE);
}
END_TEST

START_TEST(a_zero_byte_is_refused)
{
    g_autofree char *path = scratch_path("heap/a/scenario.txtpb");
    ck_assert(g_file_set_contents(path, "title: \"a\0b\"", 12, NULL));
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(manifest_compile(path, "heap/a", SCHEMA, &error));
    ck_assert(g_str_has_suffix(error->message, ":1:10: this byte is not UTF-8 text"));
}
END_TEST

START_TEST(without_protoc_it_says_what_to_do)
{
    g_autofree char *before = g_strdup(g_getenv("PATH"));
    g_setenv("PATH", scratch(), true);
    g_autoptr(GError) error = NULL;
    Yard__Scenario *scenario = compile("heap/a", SOUND, &error);
    g_setenv("PATH", before, true);
    ck_assert_ptr_null(scenario);
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
    ck_assert_ptr_nonnull(strstr(error->message, "protoc is not installed; 'make setup'"));
}
END_TEST

START_TEST(without_the_schema_protoc_is_blamed)
{
    g_autofree char *path = scratch_path("heap/a/scenario.txtpb");
    scratch_write("heap/a/scenario.txtpb", SOUND);
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(manifest_compile(path, "heap/a", scratch(), &error));
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
    ck_assert_ptr_nonnull(strstr(error->message, "protoc could not compile"));
}
END_TEST

START_TEST(what_is_written_is_a_catalogue)
{
    g_autofree char *path = scratch_path("build/catalog.pb");
    scratch_write("build/catalog.pb", "");
    Yard__Scenario *scenario =
        compile("heap/a", SOUND "bytes_per_unit: 1337 source: \"CWE-401\"\n", NULL);
    ck_assert(manifest_write(scenario, path, NULL));
    yard__scenario__free_unpacked(scenario, NULL);
    struct root root = scratch_root();
    g_autoptr(catalog_t) catalog = catalog_read(&root, NULL);
    root_clear(&root);
    const Yard__Scenario *read = catalog_scenario(catalog, "heap/a");
    ck_assert_str_eq(read->title, "An early return skips the free");
    ck_assert_uint_eq(read->bytes_per_unit, 1337);
    ck_assert_str_eq(read->source[0], "CWE-401");
    g_autoptr(GError) error = NULL;
    ck_assert(!manifest_write(read, "/nowhere/at/all.pb", &error));
    ck_assert_int_eq(error->code, EXIT_INFRASTRUCTURE);
}
END_TEST

/* Cut anywhere, a manifest is refused or sound, and every refusal has a place. */
START_TEST(a_cut_manifest_is_refused_with_a_place)
{
    const char *text = SOUND "leaks_when { environment: \"A=b\" } # end\n";
    for (gsize cut = 0; cut < strlen(text); cut += 7) {
        g_autofree char *part = g_strndup(text, cut);
        g_autoptr(GError) error = NULL;
        Yard__Scenario *scenario = compile("heap/a", part, &error);
        if (scenario != NULL)
            yard__scenario__free_unpacked(scenario, NULL);
        else
            ck_assert_msg(
                g_regex_match_simple("scenario\\.txtpb:\\d+:\\d+: \\S", error->message, 0, 0), "%s",
                error->message);
    }
}
END_TEST

static Suite *manifest(void)
{
    Suite *suite = suite_create("manifest");
    TCase *manifests = tcase_create("manifests");
    tcase_add_checked_fixture(manifests, setup, scratch_remove);
    tcase_set_timeout(manifests, 60);
    tcase_add_loop_test(manifests, a_sound_manifest_is_compiled, 0, G_N_ELEMENTS(sound));
    tcase_add_loop_test(manifests, a_misspelt_manifest_is_refused_where_it_is_wrong, 0,
                        G_N_ELEMENTS(misspelt));
    tcase_add_loop_test(manifests, a_contradiction_is_refused_at_its_field, 0, G_N_ELEMENTS(wrong));
    tcase_add_loop_test(manifests, a_bad_id_is_refused, 0, G_N_ELEMENTS(bad_ids));
    tcase_add_loop_test(manifests, a_folder_that_lacks_something_is_refused, 0,
                        G_N_ELEMENTS(folders));
    tcase_add_test(manifests, settings_may_make_the_variants);
    tcase_add_test(manifests, a_source_asks_whether_a_stage_is_in);
    tcase_add_test(manifests, a_missing_manifest_is_named);
    tcase_add_test(manifests, a_zero_byte_is_refused);
    tcase_add_test(manifests, without_protoc_it_says_what_to_do);
    tcase_add_test(manifests, without_the_schema_protoc_is_blamed);
    tcase_add_test(manifests, what_is_written_is_a_catalogue);
    tcase_add_test(manifests, a_cut_manifest_is_refused_with_a_place);
    suite_add_tcase(suite, manifests);
    return suite;
}
SUITE(manifest);
