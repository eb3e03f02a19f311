#include "judge/guest.h"

#include <elf.h>
#include <stdio.h>

#include "schema/message.h"
#include "suite.h"

static const struct {
    Yard__Claim claim;
    gint64 units; /* below 0: not told */
    guint rounds;
    bool leaks;
} findings[] = {
    {YARD__CLAIM__LEAKED, 1, 0, true},          {YARD__CLAIM__SUSPECTED, 1, 0, true},
    {YARD__CLAIM__LEAKED, -1, 100, true},       {YARD__CLAIM__OUTSTANDING, 1000, 0, false},
    {YARD__CLAIM__OUTSTANDING, -1, 0, false},   {YARD__CLAIM__OUTSTANDING, -1, 100, true},
    {YARD__CLAIM__OUTSTANDING, 49, 100, false}, {YARD__CLAIM__OUTSTANDING, 50, 100, true},
};

START_TEST(what_is_held_has_to_grow)
{
    Yard__Finding *finding =
        finding_new(findings[_i].claim, YARD__RESOURCE__GOROUTINE, findings[_i].units, -1);
    ck_assert(guest_finding_leaks(finding, findings[_i].rounds) == findings[_i].leaks);
    finding_free(finding);
}
END_TEST

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    (void)label, (void)moment, (void)observation, (void)error;
    return true;
}

START_TEST(checkpoints_need_a_guide)
{
    struct detector at_exit = {.looks = LOOKS_AT_EXIT, .observe = observe};
    struct detector live = {.looks = LOOKS_LIVE, .observe = observe};
    struct detector both = {.looks = LOOKS_AT_EXIT | LOOKS_LIVE};
    struct detector source = {.looks = LOOKS_AT_SOURCE};
    ck_assert(guest_suits(&at_exit, false) && guest_suits(&at_exit, true));
    ck_assert(!guest_suits(&live, false) && guest_suits(&live, true));
    ck_assert(!guest_suits(&both, false) && guest_suits(&both, true));
    ck_assert(!guest_suits(&source, false) && !guest_suits(&source, true));
}
END_TEST

/* A program of Go at PATH that has one segment, of TYPE, told of at PLACE. */
static void write_program(const char *path, guint32 type, guint64 place)
{
    struct {
        Elf64_Ehdr header;
        Elf64_Phdr segment;
        char info[16];
    } program = {.header = {.e_phoff = place, .e_phnum = 1},
                 .segment = {.p_type = type},
                 .info = "\xff Go buildinf:"};
    ck_assert(g_file_set_contents(path, (const char *)&program, sizeof program, NULL));
}

START_TEST(go_is_told_by_its_build_information)
{
    ck_assert_uint_eq(guest_language("/bin/sh"), BIT(YARD__LANGUAGE__C));
    ck_assert_uint_eq(guest_language("/nonexistent"), BIT(YARD__LANGUAGE__C));
    g_autofree char *folder = g_dir_make_tmp("leakyard-test-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "program", NULL);
    ck_assert(g_file_set_contents(path, "\177ELF … \xff Go buildinf:\b\2", -1, NULL));
    ck_assert_uint_eq(guest_language(path), BIT(YARD__LANGUAGE__GO));
    write_program(path, PT_INTERP, sizeof(Elf64_Ehdr));
    ck_assert_uint_eq(guest_language(path), BIT(YARD__LANGUAGE__CGO));
    write_program(path, PT_LOAD, sizeof(Elf64_Ehdr));
    ck_assert_uint_eq(guest_language(path), BIT(YARD__LANGUAGE__GO));
    write_program(path, PT_INTERP, G_MAXUINT64);
    ck_assert_uint_eq(guest_language(path), BIT(YARD__LANGUAGE__GO));
    remove(path);
    remove(folder);
}
END_TEST

static Suite *guest_suite(void)
{
    Suite *suite = suite_create("guest");
    TCase *tests = tcase_create("guest");
    tcase_add_loop_test(tests, what_is_held_has_to_grow, 0, G_N_ELEMENTS(findings));
    tcase_add_test(tests, checkpoints_need_a_guide);
    tcase_add_test(tests, go_is_told_by_its_build_information);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(guest_suite);
