#include <glib.h>
#include <string.h>

#include "detect/parse/synctest_panic.h"
#include "detector_fixture.h"
#include "suite.h"

#define PANICKED 2

static bool finds(const char *text)
{
    return finds_by(synctest_panic_parse, text);
}

/* Three wait, two sleep, one climbs; who panics, and who lives next door, is in no bubble. */
START_TEST(goroutines_are_counted_by_stack)
{
    static const gint64 units[] = {3, 2, 1};
    g_autofree char *text = recorded("synctest/lodgers.txt");
    leave(ERRORS, text, -1);
    ck_assert_msg(finds_after("synctest", PANICKED), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, G_N_ELEMENTS(units));
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__LEAKED);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__GOROUTINE);
        ck_assert_int_eq(at(i)->since, YARD__SINCE__START);
        ck_assert_int_eq(at(i)->units, units[i]);
    }
}
END_TEST

START_TEST(frames_and_states_are_read)
{
    g_autofree char *text = recorded("synctest/lodgers.txt");
    ck_assert(finds(text));
    const Yard__Finding *waits = at(0), *sleeps = at(1), *climbs = at(2);
    ck_assert_str_eq(waits->text, "goroutine [chan receive (durable), synctest bubble 1]");
    ck_assert(waits->stack_complete);
    ck_assert_uint_eq(waits->n_frame, 2);
    ck_assert_str_eq(waits->frame[0]->function, "lodgers.(*room[...]).wait");
    ck_assert_str_eq(waits->frame[0]->file, "lodgers/lodgers_test.go");
    ck_assert_uint_eq(waits->frame[0]->line, 17);
    ck_assert_str_eq(waits->frame[1]->function, "lodgers.TestLodgers.func1");
    ck_assert_str_eq(sleeps->frame[1]->function, "lodgers.sleep");
    ck_assert_uint_eq(climbs->n_frame, 101);
    ck_assert(!climbs->stack_complete);
}
END_TEST

/* "…+0x2c\n" and then "\ngoroutine": a list that ends there looks whole. */
static bool is_between(const char *text, gsize length)
{
    const char *panics = strstr(text, "\n\n") + 2;
    const char *first = strstr(panics, "\n\n") + 2;
    return text + length > first && text[length - 1] == '\n' && text[length] == '\n';
}

START_TEST(every_cut_within_a_goroutine_is_refused)
{
    g_autofree char *text = recorded("synctest/lodgers.txt");
    guint between = 0;
    for (gsize length = 0; length < strlen(text); length++) {
        g_autofree char *part = g_strndup(text, length);
        between += is_between(text, length);
        ck_assert_msg(finds(part) == is_between(text, length), "cut after %zu bytes, and %s",
                      length, problem ? problem->message : "accepted");
    }
    ck_assert_uint_eq(between, 5);
}
END_TEST

#define PANIC    "panic: deadlock: main bubble goroutine has exited but blocked goroutines remain"
#define PANICS   "goroutine 8 [running]:\npanic({0x1?, 0x2?})\n\truntime/panic.go:860 +0x13a\n\n"
#define PLACE    "main.wait()\n\tyard/main.go:14 +0x25\n"
#define CREATED  "created by main.main in goroutine 9\n\tyard/main.go:9 +0x1a\n"
#define IN       "goroutine 11 [select (durable), synctest bubble 1]:\n"
#define LIST(of) PANIC "\n\n" PANICS of

static const char *const shapes[] = {
    LIST(IN PLACE CREATED),
    "log: a word before\n" PANIC " [recovered, repanicked]\n\n" PANICS IN PLACE CREATED,
    /* all of the program's, as GOTRACEBACK=all has it */
    LIST("goroutine 1 [chan receive]:\n" PLACE "\n" IN PLACE CREATED
         "\ngoroutine 7 [select]:\n" PLACE CREATED),
    /* GOTRACEBACK=system */
    LIST("goroutine 11 gp=0x1acd m=nil [select (durable), synctest bubble 1]:\n"
         "main.wait()\n\tyard/main.go:14 +0x25 fp=0x1 sp=0x2 pc=0x3\n" CREATED),
    LIST("goroutine 11 [sleep (durable), 2 minutes, locked to thread, synctest bubble 12 "
         "labels:{\"a\": \"b\"}]:\n" PLACE CREATED),
};

START_TEST(shapes_are_read)
{
    ck_assert_msg(finds(shapes[_i]), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->units, 1);
    ck_assert_str_eq(at(0)->frame[0]->function, "main.wait");
    ck_assert_str_eq(at(0)->frame[1]->function, "main.main");
    ck_assert(at(0)->stack_complete);
}
END_TEST

static const char *const damages[] = {
    "",
    PANIC,
    LIST(""),                                      /* nobody */
    LIST("goroutine 7 [select]:\n" PLACE CREATED), /* nobody of a bubble */
    LIST("goroutine 7 [a, synctest bubble x]:\n" PLACE CREATED),
    LIST(IN PLACE), /* without who created it */
    LIST(IN PLACE "\n" IN PLACE CREATED),
    LIST(IN CREATED "main.f()\n"),
    LIST(IN PLACE CREATED IN PLACE CREATED),        /* no empty line between two */
    LIST(IN PLACE CREATED "\n\n" IN PLACE CREATED), /* two of them */
    LIST(IN PLACE CREATED "\nfurther words\n"),
    LIST(IN "\n" IN PLACE CREATED), /* without a stack */
    LIST(IN "main.f()\n" CREATED),  /* without a place */
    LIST("goroutine x [select, synctest bubble 1]:\n" PLACE CREATED),
    LIST("goroutine 7 [\xff, synctest bubble 1]:\n" PLACE CREATED), /* not UTF-8 */
    "it wrote: " LIST(IN PLACE CREATED), /* not in the line's beginning */
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* Every panic exits with 2, and that of a bubble whose main waits too is another. */
START_TEST(a_crash_is_no_report)
{
    static const char *const crashes[] = {
        "panic: out of memory\n\n" PANICS IN PLACE CREATED,
        "panic: deadlock: all goroutines in bubble are blocked\n\n" PANICS IN PLACE CREATED,
        "fatal error: all goroutines are asleep - deadlock!\n\n" IN PLACE CREATED,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(crashes); i++) {
        g_clear_error(&problem);
        leave(ERRORS, crashes[i], -1);
        ck_assert(!finds_after("synctest", PANICKED));
        ck_assert_ptr_nonnull(strstr(problem->message, "no panic of synctest"));
    }
}
END_TEST

/* A program whose kit knows no bubble ends well, too. */
START_TEST(silence_must_be_earned)
{
    leave(ERRORS, "", -1);
    ck_assert(!finds_after("synctest", 0));
    ck_assert_ptr_nonnull(strstr(problem->message, "it was in no bubble"));
    g_clear_error(&problem);
    leave(ERRORS, "the bubble has ended\n", -1);
    ck_assert(finds_after("synctest", 0));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

static Suite *synctest_suite(void)
{
    Suite *suite = suite_create("synctest");
    TCase *cases = tcase_create("panics");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, goroutines_are_counted_by_stack);
    tcase_add_test(cases, frames_and_states_are_read);
    tcase_add_test(cases, every_cut_within_a_goroutine_is_refused);
    tcase_add_loop_test(cases, shapes_are_read, 0, G_N_ELEMENTS(shapes));
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, a_crash_is_no_report);
    tcase_add_test(cases, silence_must_be_earned);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(synctest_suite);
