#include <glib.h>
#include <string.h>

#include "detect/parse/delve_stacks.h"
#include "detector_fixture.h"
#include "suite.h"

static bool parse(const char *text, gsize length, GPtrArray *into, GError **error)
{
    struct stacks stacks = stacks_new(into);
    bool read = delve_stacks_parse(text, length, &stacks, error);
    stacks_clear(&stacks);
    return read;
}

static bool finds(const char *text)
{
    return finds_by(parse, text);
}

/* main apart: three wait at a door, two sleep. */
START_TEST(goroutines_are_counted_by_stack)
{
    g_autofree char *text = recorded("delve/guests.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 2);
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, YARD__CLAIM__OUTSTANDING);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__GOROUTINE);
        ck_assert_int_eq(at(i)->units, i == 0 ? 3 : 2);
        ck_assert(at(i)->stack_complete);
    }
    const Yard__Frame *waits = at(0)->frame[3], *sleeps = at(1)->frame[2];
    ck_assert_str_eq(waits->function, "main.(*room[go.shape.string]).wait");
    ck_assert_str_eq(waits->file, "guests/main.go");
    ck_assert_uint_eq(waits->line, 14);
    ck_assert_str_eq(sleeps->function, "main.sleep");
    ck_assert_uint_eq(sleeps->line, 17);
}
END_TEST

START_TEST(stacks_that_were_cut_are_not_complete)
{
    g_autofree char *text = recorded("delve/cut.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, 2);
    ck_assert(!at(0)->stack_complete && !at(1)->stack_complete);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    static const char end[] = "[6 goroutines]";
    g_autofree char *text = recorded("delve/guests.txt");
    gsize last = (gsize)(strstr(text, end) - text) + strlen(end);
    for (gsize length = 0; length < last; length++) {
        g_autofree char *part = g_strndup(text, length);
        ck_assert_msg(!finds(part), "cut after %zu bytes, and accepted", length);
    }
}
END_TEST

START_TEST(c_is_read_and_what_lies_between_it_and_go)
{
    ck_assert(finds("  Goroutine 7 - User: a.c:3 C.listen (0x2a) (thread 9) [syscall]\n"
                    "\t 0  0x2a in C.listen\n\t     at a.c:3\n"
                    "\t 1  0x0 in ???\n\t     at ?:-1\n"
                    "\t 2  0x2b in runtime.goexit\n\t     at a.s:1\n[1 goroutines]\n"));
    ck_assert_uint_eq(at(0)->n_frame, 3);
    ck_assert_str_eq(at(0)->frame[0]->function, "listen");
    ck_assert_ptr_null(at(0)->frame[1]->function);
    ck_assert(at(0)->stack_complete);
}
END_TEST

#define MAIN                                                                                       \
    "* Goroutine 1 - User: a.go:1 main.main (0x2a) [select]\n\t0  0x2a in main.main\n\t    at "    \
    "a.go:1\n"
#define HEADING "  Goroutine 7 - User: a.go:1 main.f (0x2a) [select]\n"
#define FRAME   "\t0  0x2a in main.f\n\t    at a.go:1\n"

static const char *const damages[] = {
    "",
    "could not attach to pid 7: operation not permitted\n",
    "[0 goroutines]\n",
    MAIN "[2 goroutines]\n",
    MAIN HEADING FRAME "[1 goroutines]\n",
    MAIN HEADING "\t0  0x2a in main.f\n[2 goroutines]\n",
    MAIN HEADING "\t0  0x2a main.f\n\t    at a.go:1\n[2 goroutines]\n",
    MAIN HEADING "\tx  0x2a in main.f\n\t    at a.go:1\n[2 goroutines]\n",
    MAIN HEADING "\t0  0x2a in main.f\n\t    at a.go\n[2 goroutines]\n",
    MAIN HEADING "\t0  0x2a in main.f\n\t    at a.go:x\n[2 goroutines]\n",
    MAIN HEADING FRAME "\terror: unreadable\n[2 goroutines]\n",
    MAIN "  Goroutine x - User: a.go:1 main.f (0x2a) [select]\n" FRAME "[2 goroutines]\n",
    MAIN HEADING "\t0  0x2a in \xff\n\t    at a.go:1\n[2 goroutines]\n",
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

static Suite *delve_suite(void)
{
    Suite *suite = suite_create("delve");
    TCase *cases = tcase_create("lists");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, goroutines_are_counted_by_stack);
    tcase_add_test(cases, stacks_that_were_cut_are_not_complete);
    tcase_add_test(cases, c_is_read_and_what_lies_between_it_and_go);
    tcase_add_test(cases, every_cut_is_refused);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(delve_suite);
