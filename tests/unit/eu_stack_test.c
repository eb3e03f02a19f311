#include <glib.h>
#include <string.h>

#include "detect/parse/thread_stacks.h"
#include "detector_fixture.h"
#include "suite.h"

static bool parse(const char *text, gsize length, GPtrArray *into, GError **error)
{
    struct stacks stacks = stacks_new(into);
    bool read = thread_stacks_parse(text, length, &stacks, error);
    stacks_clear(&stacks);
    return read;
}

static bool finds(const char *text)
{
    return finds_by(parse, text);
}

/* The main thread apart: three wait for the bell, one for a signal. */
START_TEST(threads_are_counted_by_stack)
{
    g_autofree char *text = recorded("eu-stack/post.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 2);
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__OUTSTANDING);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__THREAD);
        ck_assert_int_eq(at(i)->units, i == 0 ? 3 : 1);
        ck_assert(at(i)->stack_complete);
    }
}
END_TEST

START_TEST(frames_are_read)
{
    g_autofree char *text = recorded("eu-stack/post.txt");
    ck_assert(finds(text));
    const Yard__Frame *waits = at(0)->frame[4], *clerk = at(1)->frame[1];
    ck_assert_str_eq(waits->function, "wait_at_desk");
    ck_assert_str_eq(waits->file, "/tmp/try/post.c");
    ck_assert_uint_eq(waits->line, 16);
    ck_assert_str_eq(waits->module, "/tmp/try/post");
    ck_assert_str_eq(clerk->function, "clerk");
    ck_assert_uint_eq(clerk->line, 24);
}
END_TEST

/* It knows nothing of frame 1, no module of 2, no source of any, and gives up. */
START_TEST(a_stack_that_was_not_followed_is_not_complete)
{
    ck_assert(finds("PID 7 - process\nTID 7:\nTID 8:\n#0  0x2a futex - /a.out\n#1  0x2b\n"
                    "#2  0x2c - /a.out\nTID 9:\n"));
    ck_assert_uint_eq(findings->len, 2);
    ck_assert_uint_eq(at(0)->n_frame, 3);
    ck_assert(!at(0)->stack_complete);
    ck_assert_str_eq(at(0)->frame[0]->function, "futex");
    ck_assert_ptr_null(at(0)->frame[1]->function);
    ck_assert_ptr_null(at(0)->frame[1]->module);
    ck_assert_ptr_null(at(0)->frame[2]->function);
    ck_assert_str_eq(at(0)->frame[2]->module, "/a.out");
    ck_assert_uint_eq(at(1)->n_frame, 0);
}
END_TEST

#define LIST "PID 7 - process\nTID 7:\n"

static const char *const damages[] = {
    "",
    "PID 7 - process\n",
    "PID 7 - core\nTID 7:\n",
    LIST "TID 8:\n#0  0x2a futex - /a.out", /* within a line */
    LIST "TID 8\n",
    LIST "TID x:\n",
    LIST "TID 8:\n#x  0x2a futex - /a.out\n",
    LIST "TID 8:\n#0  futex - /a.out\n",
    LIST "TID 8:\n    a.c:7:1\n", /* a place without a call */
    LIST "TID 8:\n#0  0x2a futex - /a.out\n    a.c:x:1\n",
    LIST "TID 8:\n\nTID 9:\n",
    LIST "further words\n",
    LIST "TID 8:\n#0  0x2a \xff - /a.out\n",
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* ---- The detector ---- */

#define WAITS  "#0  0x2a futex - /a.out\n#1  0x2b start_thread - /libc.so\n"
#define SLEEPS "#0  0x2a nanosleep - /a.out\n#1  0x2b start_thread - /libc.so\n"

START_TEST(what_was_there_before_is_taken_away)
{
    leave("observe-0.out", LIST "TID 8:\n" WAITS "TID 9:\n" SLEEPS, -1);
    leave("observe-1.out",
          LIST "TID 8:\n" WAITS "TID 9:\n" SLEEPS "TID 10:\n" WAITS "TID 11:\n" WAITS, -1);
    ck_assert_msg(finds_left("eu-stack"), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->units, 2);
    ck_assert_str_eq(at(0)->frame[0]->function, "futex");
    ck_assert_str_eq(at(0)->text, "2 threads more");
}
END_TEST

START_TEST(one_list_is_not_enough)
{
    leave("observe-0.out", LIST, -1);
    ck_assert(!finds_left("eu-stack"));
    leave("observe-1.out", "", -1);
    ck_assert(!finds_left("eu-stack"));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

static Suite *eu_stack_suite(void)
{
    Suite *suite = suite_create("eu_stack");
    TCase *cases = tcase_create("lists");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, threads_are_counted_by_stack);
    tcase_add_test(cases, frames_are_read);
    tcase_add_test(cases, a_stack_that_was_not_followed_is_not_complete);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, what_was_there_before_is_taken_away);
    tcase_add_test(cases, one_list_is_not_enough);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(eu_stack_suite);
