#include <glib.h>
#include <string.h>

#include "detect/parse/checkfinalizers.h"
#include "detector_fixture.h"
#include "suite.h"

static bool finds(const char *text)
{
    return finds_by(checkfinalizers_parse, text);
}

/* A number that is too small, a picture with two cleanups, a locket. */
START_TEST(objects_are_read)
{
    static const struct {
        Yard__Claim claim;
        const char *function;
        guint line;
    } objects[] = {{YARD__CLAIM__SUSPECTED, "main.newNumber", 41},
                   {YARD__CLAIM__LEAKED, "main.newPicture", 34},
                   {YARD__CLAIM__LEAKED, "main.newLocket", 27}};
    g_autofree char *text = recorded("checkfinalizers/keepsakes.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, G_N_ELEMENTS(objects));
    for (guint i = 0; i < findings->len; i++) {
        ck_assert_int_eq(at(i)->claim, objects[i].claim);
        ck_assert_int_eq(at(i)->resource, YARD__RESOURCE__GO_OBJECT);
        ck_assert_int_eq(at(i)->units, 1);
        ck_assert_uint_eq(at(i)->n_frame, 1);
        ck_assert_str_eq(at(i)->frame[0]->function, objects[i].function);
        ck_assert_str_eq(at(i)->frame[0]->file, "keepsakes/main.go");
        ck_assert_uint_eq(at(i)->frame[0]->line, objects[i].line);
        ck_assert(!at(i)->stack_complete);
    }
    ck_assert_str_eq(at(2)->text,
                     "Value of type main.locket at 0x1af5e3294048 is reachable from finalizer");
}
END_TEST

/* It counts finalizers and cleanups, and the picture has two. */
START_TEST(there_may_be_more_than_it_names)
{
    g_autofree char *text = recorded("checkfinalizers/many.txt");
    ck_assert_msg(finds(text), "%s", problem ? problem->message : "");
    ck_assert_uint_eq(findings->len, CHECKFINALIZERS_CAP - 1);
}
END_TEST

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded("checkfinalizers/keepsakes.txt");
    static const char end[] =
        "fatal error: detected possible issues with cleanups and/or finalizers";
    gsize last = (gsize)(strstr(text, end) - text) + strlen(end);
    for (gsize length = 0; length < last; length++) {
        g_autofree char *part = g_strndup(text, length);
        ck_assert_msg(!finds(part), "cut after %zu bytes, and accepted", length);
    }
}
END_TEST

#define BEGIN "WARNING: LIKELY CLEANUP/FINALIZER ISSUES\n\n"
#define VALUE "Value of type main.locket at 0x2a\n  is reachable from finalizer\n\n"
#define PLACE "  main.f()\n      a.go:1 +0x0\n"
#define END   "\nfatal error: detected possible issues with cleanups and/or finalizers\n"

START_TEST(a_place_without_a_name_is_no_place)
{
    ck_assert(
        finds(BEGIN VALUE "Has finalizer at 0x2a\n" PLACE "created at: \n  <bad pc 0x2a>\n" END));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_uint_eq(at(0)->n_frame, 0);
}
END_TEST

static const char *const damages[] = {
    "",
    "panic: exit status 2 as well\n",
    BEGIN END,
    BEGIN VALUE END,
    BEGIN VALUE "Has finalizer at 0x2a\n" PLACE END,
    BEGIN VALUE "Has finalizer at 0x2a\ncreated at: \n" PLACE END,
    BEGIN VALUE "Has finalizer at 0x2a\n" PLACE "created at: \n  main.f()\n" END,
    BEGIN VALUE "Has finalizer at 0x2a\n" PLACE "created at: \n  main.f\n      a.go:1\n" END,
    BEGIN VALUE "Has finalizer at 0x2a\n" PLACE "created at: \n" PLACE "further words\n" END,
    BEGIN VALUE "Has finalizer at 0x2a\n" PLACE "created at: \n" PLACE "\xff" END,
};

START_TEST(damage_is_refused)
{
    ck_assert_msg(!finds(damages[_i]), "accepted: %s", damages[_i]);
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* Any fatal error exits with 2. */
START_TEST(a_crash_is_no_report)
{
    leave(ERRORS, "fatal error: all goroutines are asleep - deadlock!\n", -1);
    ck_assert(!finds_after("checkfinalizers", 2));
    ck_assert_str_eq(problem->message, "no report of checkfinalizers");
}
END_TEST

/* A runtime without it ignores the setting. */
START_TEST(silence_must_be_earned)
{
    leave(ERRORS, "", -1);
    ck_assert(!finds_after("checkfinalizers", 0));
    ck_assert_ptr_nonnull(strstr(problem->message, "it never looked"));
    leave(ERRORS, "checkfinalizers: queue: 0 finalizers + 0 cleanups\n", -1);
    ck_assert(finds_after("checkfinalizers", 0));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

static Suite *checkfinalizers_suite(void)
{
    Suite *suite = suite_create("checkfinalizers");
    TCase *cases = tcase_create("reports");
    tcase_add_checked_fixture(cases, detector_set_up, detector_tear_down);
    tcase_add_test(cases, objects_are_read);
    tcase_add_test(cases, there_may_be_more_than_it_names);
    tcase_add_test(cases, every_cut_is_refused);
    tcase_add_test(cases, a_place_without_a_name_is_no_place);
    tcase_add_loop_test(cases, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(cases, a_crash_is_no_report);
    tcase_add_test(cases, silence_must_be_earned);
    suite_add_tcase(suite, cases);
    return suite;
}
SUITE(checkfinalizers_suite);
