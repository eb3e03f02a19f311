#include <glib.h>
#include <string.h>

#include "detect/parse/goleak_report.h"
#include "detector_fixture.h"
#include "suite.h"

#define REPORT "goleak.txt"

static void check_frame(const Yard__Frame *frame, const char *function, const char *file,
                        guint line)
{
    ck_assert_str_eq(frame->function, function);
    ck_assert_str_eq(frame->file, file);
    ck_assert_uint_eq(frame->line, line);
}

static bool finds(const char *text)
{
    g_ptr_array_set_size(findings, 0);
    return finds_in("goleak", REPORT, text);
}

/* Three goroutines wait, three sleep, and one each climbs, fell and reads. */
START_TEST(goroutines_are_counted_by_stack)
{
    static const struct {
        gint64 units;
        size_t frames;
    } stacks[] = {{3, 2}, {3, 4}, {1, 4}, {1, 4}, {1, 8}};
    g_autofree char *text = recorded("goleak/lodgers.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, G_N_ELEMENTS(stacks));
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__LEAKED);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__GOROUTINE);
        ck_assert_int_eq(at(i)->since, YARD__SINCE__WARM_UP);
        ck_assert_int_eq(at(i)->units, stacks[i].units);
        ck_assert(!at(i)->has_bytes);
        ck_assert(at(i)->stack_complete);
        ck_assert_uint_eq(at(i)->n_frame, stacks[i].frames);
    }
}
END_TEST

/* Methods of generic types, calls that are inlined, a panic, and who began it all. */
START_TEST(frames_are_read)
{
    g_autofree char *text = recorded("goleak/lodgers.txt");
    ck_assert(finds(text));
    check_frame(at(0)->frame[0], "main.(*room[...]).wait", "lodgers/main.go", 20);
    check_frame(at(0)->frame[1], "main.moveIn", "lodgers/main.go", 47);
    check_frame(at(1)->frame[0], "time.Sleep", "runtime/time.go", 363);
    check_frame(at(1)->frame[1], "main.sleep", "lodgers/main.go", 23);
    check_frame(at(1)->frame[2], "main.moveIn.func1", "lodgers/main.go", 48);
    check_frame(at(3)->frame[1], "panic", "runtime/panic.go", 860);
    check_frame(at(4)->frame[7], "main.moveIn", "lodgers/main.go", 53);
    ck_assert_str_eq(at(0)->text, "Goroutine 6 in state chan receive, with "
                                  "main.(*room[...]).wait on top of the stack:");
}
END_TEST

#define LIST(goroutines) "found unexpected goroutines:\n[" goroutines "]\n"
#define WAITER                                                                                     \
    "Goroutine 7 in state chan receive, with main.wait on top of the stack:\n"                     \
    "main.wait(0xc000012345)\n"                                                                    \
    "\tyard/main.go:14 +0x25\n"
#define CREATED                                                                                    \
    "created by main.main in goroutine 1\n"                                                        \
    "\tyard/main.go:9 +0x1a\n"

static const char *const shapes[] = {
    /* of a runtime that does not say who created it; its stack ends by an empty line */
    LIST(WAITER "\n"),
    LIST(WAITER "\n " WAITER CREATED),
    /* all frames are the runtime's own, and hidden */
    LIST("Goroutine 7 in state select, with  on top of the stack:\n" CREATED),
    /* before Go 1.21 */
    LIST(WAITER "created by main.main\n\tyard/main.go:9 +0x1a\n"),
    LIST("Goroutine 7 in state chan receive, 2 minutes, locked to thread labels:{\"a\": \"b, with "
         "c\"}, with main.wait on top of the stack:\nmain.wait(...)\n\tC:/yard/main.go:14\n"),
};

START_TEST(shapes_are_read)
{
    ck_assert_msg(finds(shapes[_i]), "%s", problem ? problem->message : "");
    ck_assert_uint_ge(findings->len, 1);
    ck_assert_uint_ge(at(0)->n_frame, 1);
}
END_TEST

START_TEST(clean_end_is_no_finding)
{
    g_autofree char *text = recorded("goleak/clean.txt");
    ck_assert_str_eq(text, NO_UNEXPECTED_GOROUTINES);
    ck_assert(finds(text));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

static const char *const reports[] = {"goleak/lodgers.txt", "goleak/clean.txt"};

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded(reports[_i]);
    for (gsize length = 0; length < strlen(text); length++) {
        g_autofree char *part = g_strndup(text, length);
        g_clear_error(&problem);
        ck_assert_msg(!goleak_report_parse(part, length, findings, &problem),
                      "cut after %zu bytes, and accepted", length);
        ck_assert_ptr_nonnull(problem);
    }
}
END_TEST

static const char *const damages[] = {
    LIST(""),                                       /* nobody */
    LIST(WAITER CREATED WAITER CREATED),            /* no space between two */
    LIST(WAITER CREATED "]\n"),                     /* a second end */
    LIST(WAITER CREATED "]\nfurther words\n"),      /* goes on after its end */
    LIST(WAITER CREATED "main.late()\n\ta.go:1\n"), /* a stack goes on after its creator */
    LIST(WAITER "main.f()\n"),                      /* a function without a place */
    LIST(WAITER "main.f\n\tyard/main.go:3\n"),      /* without arguments */
    LIST(WAITER "main.f()\n\tyard/main.go\n"),      /* without a line */
    LIST(WAITER "main.f()\n\tyard/main.go:-3\n"),
    LIST(WAITER "main.f()\n\tyard/main.go:99999999999\n"),
    LIST(WAITER "main.f()\nyard/main.go:3\n"),       /* without a tab */
    LIST(WAITER "...21 frames elided...\n" CREATED), /* goleak itself panics at such a stack */
    LIST("Goroutine 7 in state select, with main.other on top of the stack:\n"
         "main.wait()\n\tyard/main.go:3\n"),
    LIST("Goroutine 7 in state select, with main.wait on top of the stack:\n"),
    LIST("Goroutine x in state select, with main.wait on top of the stack:\n"
         "main.wait()\n\tyard/main.go:3\n"),
    LIST("Goroutine 7, with main.wait on top of the stack:\nmain.wait()\n\tyard/main.go:3\n"),
    LIST("Goroutine 7 in state select\nmain.wait()\n\tyard/main.go:3\n"),
    LIST("Goroutine 7 in state \xff, with main.wait on top of the stack:\n"
         "main.wait()\n\tyard/main.go:3\n"), /* not UTF-8 */
    "no unexpected goroutines\nfound unexpected goroutines:\n",
    "current goroutines are ignored\n",
    "goroutine 1 [running]:\nmain.main()\n",
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(strstr(problem->message, REPORT ": "));
}
END_TEST

START_TEST(text_with_a_nul_is_refused)
{
    static const char text[] = NO_UNEXPECTED_GOROUTINES "\0";
    ck_assert(!goleak_report_parse(text, sizeof text - 1, findings, &problem));
}
END_TEST

static Suite *goleak_suite(void)
{
    Suite *suite = suite_create("goleak");
    TCase *cases = tcase_create("reports");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, goroutines_are_counted_by_stack);
    tcase_add_test(cases, frames_are_read);
    tcase_add_loop_test(cases, shapes_are_read, 0, G_N_ELEMENTS(shapes));
    tcase_add_test(cases, clean_end_is_no_finding);
    tcase_add_loop_test(cases, every_cut_is_refused, 0, G_N_ELEMENTS(reports));
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, text_with_a_nul_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(goleak_suite);
