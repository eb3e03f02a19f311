#include <glib.h>
#include <string.h>

#include "detect/parse/go_traceback.h"
#include "detector_fixture.h"
#include "suite.h"

static bool finds(const char *text)
{
    return finds_by(go_traceback_parse, text);
}

/* The runtime's own, which are elsewhere, and three that wait, two that sleep, one that
 * climbs; main and the scheduler are nobody's leak. */
START_TEST(goroutines_are_counted_by_stack)
{
    g_autofree char *text = recorded("sigquit/lodgers.txt");
    leave(ERRORS, text, -1);
    ck_assert_msg(finds_after("sigquit", 2), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 8);
    static const gint64 units[] = {1, 1, 1, 1, 1, 3, 2, 1};
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__OUTSTANDING);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__GOROUTINE);
        ck_assert_int_eq(at(i)->since, YARD__SINCE__START);
        ck_assert_int_eq(at(i)->units, units[i]);
    }
}
END_TEST

START_TEST(frames_and_states_are_read)
{
    g_autofree char *text = recorded("sigquit/lodgers.txt");
    ck_assert(finds(text));
    const Yard__Finding *waits = at(5), *climbs = at(7);
    ck_assert_str_eq(waits->text, "goroutine [chan receive]");
    ck_assert(waits->stack_complete);
    const Yard__Frame *last = waits->frame[waits->n_frame - 1];
    ck_assert_str_eq(last->function, "main.main");
    ck_assert_str_eq(last->file, "lodgers/main.go");
    ck_assert_uint_eq(last->line, 34);
    ck_assert_str_eq(climbs->text, "goroutine [select (no cases)]");
    ck_assert_uint_eq(climbs->n_frame, 101);
    ck_assert(!climbs->stack_complete);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded("sigquit/lodgers.txt");
    gsize last = (gsize)(g_strrstr(text, "\n\nrax ") - text) + strlen("\n\nrax ");
    for (gsize length = 0; length < last; length++) {
        g_autofree char *part = g_strndup(text, length);
        ck_assert_msg(!finds(part), "cut after %zu bytes, and accepted", length);
    }
}
END_TEST

#define TRACEBACK(goroutines) "SIGQUIT: quit\nPC=0x408c0e m=0 sigcode=0\n\n" goroutines
#define MAIN                  "goroutine 1 [syscall]:\nmain.main()\n\tyard/main.go:9 +0x1a\n\n"
#define REGISTERS             "rax    0x1\ngs     0x0\n"

START_TEST(shapes_are_read)
{
    static const char *const shapes[] = {
        TRACEBACK(MAIN REGISTERS),
        /* of a thread on which none runs */
        TRACEBACK("goroutine 0 gp=0x1 m=1 mp=0x2 [idle]:\nruntime.futex()\n\ta.s:1 +0x1\n\n" MAIN
                      REGISTERS),
        /* of a program that wrote something before, on another architecture */
        "hello\n" TRACEBACK("signal arrived during cgo execution\n\n" MAIN "r0   0x7f\n"),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        ck_assert_msg(finds(shapes[i]), "%s", problem ? problem->message : "");
        ck_assert_uint_eq(findings->len, 0);
    }
}
END_TEST

static const char *const damages[] = {
    "",
    "goroutine 1 [running]:\nmain.main()\n\ta.go:1\n\n" REGISTERS, /* a panic's */
    TRACEBACK(""),
    TRACEBACK(REGISTERS "\nmain.main()\n"),
    TRACEBACK(MAIN),
    TRACEBACK(MAIN "rax    1\n"),
    TRACEBACK(MAIN REGISTERS "further words\n"),
    TRACEBACK("goroutine 7 [select]:\n\n" MAIN REGISTERS),         /* without a stack */
    TRACEBACK("goroutine 7 [select]:\nmain.f()\n" MAIN REGISTERS), /* without a place */
    TRACEBACK("goroutine x [select]:\nmain.f()\n\ta.go:1\n\n" MAIN REGISTERS),
    TRACEBACK(MAIN "goroutine 7 [\xff]:\nmain.f()\n\ta.go:1\n\n" REGISTERS), /* not UTF-8 */
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

static Suite *sigquit_suite(void)
{
    Suite *suite = suite_create("sigquit");
    TCase *cases = tcase_create("tracebacks");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, goroutines_are_counted_by_stack);
    tcase_add_test(cases, frames_and_states_are_read);
    tcase_add_test(cases, every_cut_is_refused);
    tcase_add_test(cases, shapes_are_read);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(sigquit_suite);
