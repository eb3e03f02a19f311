#include <glib.h>
#include <string.h>

#include "detect/parse/heaptrack_data.h"
#include "detector_fixture.h"
#include "suite.h"

static bool finds(const char *text)
{
    return finds_by(heaptrack_data_parse, text);
}

/* Twelve letters, 4 of 700 bytes and 8 of 40; half of each were freed. */
START_TEST(outstanding_blocks_are_counted_by_stack)
{
    g_autofree char *text = recorded("heaptrack/letters.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->claim, YARD__CLAIM__LEAKED);
    ck_assert_int_eq(at(0)->resource, YARD__RESOURCE__HEAP_BLOCK);
    ck_assert_int_eq(at(0)->since, YARD__SINCE__START);
    ck_assert_int_eq(at(0)->units, 6);
    ck_assert_int_eq(at(0)->bytes, 2 * 700 + 4 * 40);
    ck_assert(at(0)->stack_complete);
}
END_TEST

/* One address, two calls: the inner one was inlined. */
START_TEST(frames_are_read)
{
    static const struct {
        const char *function;
        guint line;
    } frames[] = {{"write_letter", 13}, {"send_letter", 18}, {"main", 26}};
    g_autofree char *text = recorded("heaptrack/letters.txt");
    ck_assert(finds(text));
    ck_assert_uint_ge(at(0)->n_frame, G_N_ELEMENTS(frames));
    for (gsize i = 0; i < G_N_ELEMENTS(frames); i++) {
        const Yard__Frame *frame = at(0)->frame[i];
        ck_assert_str_eq(frame->function, frames[i].function);
        ck_assert_str_eq(frame->file, "/tmp/try/letters.c");
        ck_assert_uint_eq(frame->line, frames[i].line);
        ck_assert_str_eq(frame->module, "/tmp/try/letters");
    }
    const Yard__Frame *last = at(0)->frame[at(0)->n_frame - 1];
    ck_assert_str_eq(last->function, "_start");
    ck_assert_ptr_null(last->file);
}
END_TEST

#define DATA(lines) "v 10400 3\nX ./letters\n" lines
#define STACK       "s 4 main\ns 3 a.c\ni 2a 0 1 2 7\nt 1 0\na 28 1\n"

START_TEST(nothing_outstanding_is_no_finding)
{
    ck_assert(finds(DATA("")));
    ck_assert(finds(DATA(STACK)));
    ck_assert(finds(DATA(STACK "+ 0\n- 0\n")));
    ck_assert_uint_eq(findings->len, 0);
    ck_assert(finds(DATA(STACK "+ 0\n- 0\n+ 0\n")));
    ck_assert_uint_eq(findings->len, 1);
}
END_TEST

/* An instruction of a stripped module has only that. */
START_TEST(a_stack_without_names_is_not_complete)
{
    ck_assert(finds(DATA("s 6 /a.out\ni 2a 1\nt 1 0\na 28 1\n+ 0\n")));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert(!at(0)->stack_complete);
    ck_assert_ptr_null(at(0)->frame[0]->function);
    ck_assert_str_eq(at(0)->frame[0]->module, "/a.out");
}
END_TEST

static const char *const damages[] = {
    "",
    STACK "+ 0\n",                       /* without a version */
    "v 10400 4\n" STACK,                 /* of another form */
    DATA("s 5 main\n"),                  /* a string cut short */
    DATA("s 4 main\ni 2a 0 2\n"),        /* of a string that is not there */
    DATA("s 4 main\ni 2a 0 1 1\n"),      /* a file without a line */
    DATA("t 1 0\n"),                     /* of an instruction that is not there */
    DATA("s 4 main\ni 2a 0 1\nt 1 1\n"), /* a stack that leads to itself */
    DATA("a 28 1\n"),                    /* of a stack that is not there */
    DATA(STACK "+ 1\n"),                 /* of a size that is not there */
    DATA(STACK "- 0\n"),                 /* released before it was allocated */
    DATA(STACK "+ 0 1\n"),
    DATA(STACK "+ x\n"),
    DATA(STACK "+ -1\n"),
    DATA(STACK "+ \n"),
    DATA(STACK "further words\n"),
    DATA("s 1 \xff\n"),
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* ---- The detector ---- */

#define AT_START                                                                                   \
    "\t1:\truntime linker statistics:\n\t1:\t  total startup time in dynamic loader: 1\n"
#define AT_EXIT                                                                                    \
    "\t1:\truntime linker statistics:\n\t1:\t           final number of relocations: 99\n"

START_TEST(half_of_the_data_is_an_error)
{
    leave("pid", "1\n", -1);
    leave("heaptrack.1", "v 10400 3\n", -1);
    ck_assert(!finds_left("heaptrack"));
    ck_assert_ptr_nonnull(strstr(problem->message, "heaptrack follows no fork"));
    leave("ld.so.1", AT_START, -1);
    ck_assert(!finds_left("heaptrack"));
    ck_assert_ptr_nonnull(strstr(problem->message, "ended without its destructors"));
    leave("ld.so.1", AT_START AT_EXIT, -1);
    ck_assert_msg(finds_left("heaptrack"), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

static Suite *heaptrack_suite(void)
{
    Suite *suite = suite_create("heaptrack");
    TCase *cases = tcase_create("data");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, outstanding_blocks_are_counted_by_stack);
    tcase_add_test(cases, frames_are_read);
    tcase_add_test(cases, nothing_outstanding_is_no_finding);
    tcase_add_test(cases, a_stack_without_names_is_not_complete);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, half_of_the_data_is_an_error);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(heaptrack_suite);
