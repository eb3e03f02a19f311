/* Nothing but its code tells a program's variant, and nothing but the code its source's. */
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "command/cli.h"
#include "suite.h"

typedef void (*visitor)(const char *path, const char *variant);

/* Calls VISIT for every file in FOLDER and below. */
static guint visit_files(const char *folder, const char *variant, visitor visit)
{
    guint count = 0;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
    ck_assert_msg(directory != NULL, "cannot read %s", folder);
    for (const char *name; (name = g_dir_read_name(directory)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            count += visit_files(path, variant, visit);
        } else if (*name != '.') {
            visit(path, variant);
            count++;
        }
    }
    return count;
}

/* The same for build/FOLDER/VARIANT of each variant there is. */
static guint visit_variants(const char *folder, visitor visit)
{
    static const char *const variants[] = {"leaky", "fixed", "clean"};
    guint count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(variants); i++) {
        g_autofree char *path = g_build_filename(TEST_BUILD, folder, variants[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            count += visit_files(path, variants[i], visit);
    }
    return count;
}

static void blank_yard(GString *bytes)
{
    static const char yard[] = "leakyard";
    gsize yard_length = strlen(yard);
    for (char *at = bytes->str, *end = at + bytes->len;
         (at = memmem(at, (gsize)(end - at), yard, yard_length)) != NULL;)
        memset(at, '-', yard_length);
}

static GString *read_bytes(const char *path)
{
    char *text;
    gsize length;
    g_autoptr(GError) error = NULL;
    ck_assert_msg(g_file_get_contents(path, &text, &length, &error), "%s",
                  error ? error->message : "");
    GString *bytes = g_string_new_len(text, (gssize)length);
    g_free(text);
    return bytes;
}

/* The bytes of a file, the name of the yard itself blanked. */
static GString *bytes_of(const char *path)
{
    GString *bytes = read_bytes(path);
    blank_yard(bytes);
    return bytes;
}

static bool has(const GString *bytes, const char *word)
{
    return memmem(bytes->str, bytes->len, word, strlen(word)) != NULL;
}

/* ---- Programs ---- */

/* Debug information may be packed, and says nothing then. */
static void append_unpacked(GString *bytes, Elf_Scn *section)
{
    GElf_Shdr header;
    ck_assert_ptr_nonnull(gelf_getshdr(section, &header));
    if (!(header.sh_flags & SHF_COMPRESSED))
        return;
    ck_assert_msg(elf_compress(section, 0, 0) > 0, "%s", elf_errmsg(-1));
    const Elf_Data *data = elf_getdata(section, NULL);
    ck_assert_msg(data != NULL, "%s", elf_errmsg(-1));
    g_string_append_len(bytes, data->d_buf, (gssize)data->d_size);
}

/* The same of a program, and of what is packed in it. */
static GString *unpacked_bytes_of(const char *program)
{
    GString *bytes = read_bytes(program);
    int file = open(program, O_RDONLY | O_CLOEXEC);
    elf_version(EV_CURRENT);
    Elf *elf = elf_begin(file, ELF_C_READ_MMAP_PRIVATE, NULL);
    ck_assert_msg(elf_kind(elf) == ELF_K_ELF, "%s is no program", program);
    for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section)) != NULL;)
        append_unpacked(bytes, section);
    elf_end(elf);
    close(file);
    blank_yard(bytes);
    return bytes;
}

static void check_program(const char *path, const char *variant)
{
    (void)variant;
    if (g_str_has_suffix(path, ".unsupported")) /* why there is none */
        return;
    static const char *const telling[] = {"leaky",   "/fixed/", "/fixed.", "/clean/",
                                          "/clean.", "/trap/",  TEST_ROOT};
    GString *bytes = unpacked_bytes_of(path);
    for (gsize i = 0; i < G_N_ELEMENTS(telling); i++)
        ck_assert_msg(!has(bytes, telling[i]), "%s holds '%s'", path, telling[i]);
    bool go = has(bytes, "runtime.main"); /* the runtime of Go has words such as fixedStack */
    ck_assert_msg(go || !has(bytes, "fixed"), "%s holds 'fixed'", path);
    g_string_free(bytes, true);
}

START_TEST(programs_do_not_tell_their_variant)
{
    guint count = 0;
    g_autoptr(GDir) build = g_dir_open(TEST_BUILD, 0, NULL);
    for (const char *name; (name = g_dir_read_name(build)) != NULL;) {
        if (strcmp(name, "stage") != 0)
            count += visit_variants(name, check_program);
    }
    ck_assert_uint_gt(count, 0);
}
END_TEST

/* ---- Sources ---- */

static guint lines_of(const GString *text)
{
    guint lines = 0;
    for (gsize i = 0; i < text->len; i++)
        lines += text->str[i] == '\n';
    return lines;
}

/* "scenarios/heap/error-path/leaky.c" of build/stage/leaky/heap/error-path/variant.c. */
static char *original_of(const char *staged, const char *variant)
{
    g_autofree char *stage = g_build_filename(TEST_BUILD, "stage", variant, NULL);
    g_autofree char *name = g_path_get_basename(staged);
    g_autofree char *folder = g_path_get_dirname(staged + strlen(stage));
    if (!g_str_has_prefix(name, "variant."))
        return g_build_filename(TEST_ROOT, "scenarios", folder, name, NULL);
    g_autofree char *own = g_strconcat(variant, strchr(name, '.'), NULL);
    return g_build_filename(TEST_ROOT, "scenarios", folder, own, NULL);
}

static bool is_of_module(const char *path)
{
    return strstr(path, "/kit/go/") != NULL || g_str_has_suffix(path, "/go.mod") ||
           g_str_has_suffix(path, "/go.sum");
}

static void check_source(const char *path, const char *variant)
{
    if (is_of_module(path)) /* the same for every variant */
        return;
    GString *staged = bytes_of(path);
    g_autofree char *original_path = original_of(path, variant);
    GString *original = bytes_of(original_path);
    ck_assert_msg(lines_of(staged) == lines_of(original), "%s: %u lines, %s: %u", path,
                  lines_of(staged), original_path, lines_of(original));
    g_autofree char *lower = g_ascii_strdown(staged->str, -1);
    ck_assert_msg(strstr(lower, "leak") == NULL, "%s says 'leak'", path);
    ck_assert_msg(strstr(lower, "fixed") == NULL, "%s says 'fixed'", path);
    ck_assert_msg(!g_regex_match_simple("(/\\*|//) *(ALLOC|FIX)\\b", staged->str, 0, 0),
                  "%s has a marker", path);
    g_string_free(original, true);
    g_string_free(staged, true);
}

START_TEST(sources_do_not_tell_the_truth)
{
    ck_assert_uint_gt(visit_variants("stage", check_source), 0);
}
END_TEST

static Suite *suite(void)
{
    Suite *suite = suite_create("blind");
    TCase *cases = tcase_create("blind");
    tcase_set_timeout(cases, 600); /* some 1,500 programs */
    tcase_add_test(cases, programs_do_not_tell_their_variant);
    tcase_add_test(cases, sources_do_not_tell_the_truth);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(suite);
