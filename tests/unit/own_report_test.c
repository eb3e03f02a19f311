#include "detect/own_report.h"

#include "detector_fixture.h"
#include "suite.h"

static bool observe(guint checkpoint, pid_t pid)
{
    struct observation none = {0};
    struct moment moment = {
        .pid = pid, .directory = folder, .checkpoint = checkpoint, .checkpoints = 1};
    return own_report_observe(NULL, &moment, &none, &problem);
}

START_TEST(is_of_whoever_came_to_the_first_checkpoint)
{
    ck_assert(observe(0, 7387));
    ck_assert(observe(1, 7388));
    g_autofree char *path = own_report_path(folder, "report.xml", &problem);
    g_autofree char *expected = g_strdup_printf("%s/report.xml.7387", folder);
    ck_assert_str_eq(path, expected);
}
END_TEST

START_TEST(is_nobodys_where_nobody_came)
{
    leave("report.xml.4711", "", 0);
    ck_assert_ptr_null(own_report_path(folder, "report.xml", &problem));
    ck_assert_ptr_nonnull(problem);
}
END_TEST

START_TEST(is_the_only_one_where_nobody_was_to_come)
{
    ck_assert(own_report_expect_one(folder, &problem));
    leave("report.html.3", "", 0);
    g_autofree char *none = own_report_path(folder, "report.xml", &problem);
    ck_assert_ptr_nonnull(none);
    ck_assert(!g_file_test(none, G_FILE_TEST_EXISTS));
    leave("report.xml.4711", "", 0);
    g_autofree char *path = own_report_path(folder, "report.xml", &problem);
    g_autofree char *expected = g_strdup_printf("%s/report.xml.4711", folder);
    ck_assert_str_eq(path, expected);
    leave("report.xml.4712", "", 0);
    ck_assert_ptr_null(own_report_path(folder, "report.xml", &problem));
    ck_assert_str_eq(problem->message,
                     "2 processes left a report; which is the program's can't be told");
}
END_TEST

static Suite *own_report_suite(void)
{
    Suite *suite = suite_create("own_report");
    TCase *tests = tcase_create("report");
    tcase_add_checked_fixture(tests, detector_set_up, detector_tear_down);
    tcase_add_test(tests, is_of_whoever_came_to_the_first_checkpoint);
    tcase_add_test(tests, is_nobodys_where_nobody_came);
    tcase_add_test(tests, is_the_only_one_where_nobody_was_to_come);
    suite_add_tcase(suite, tests);
    return suite;
}
SUITE(own_report_suite);
