#include <string.h>

/* First: Check has a macro of the name fail(). */
#include "support/failure.h"

#include "detect/registry.h"
#include "schema/message.h"
#include "suite.h"

START_TEST(built_in_detectors_are_whole)
{
    g_autoptr(GPtrArray) detectors = detectors_built_in();
    ck_assert_uint_ge(detectors->len, 5);
    const char *before = "";
    for (guint i = 0; i < detectors->len; i++) {
        const struct detector *detector = g_ptr_array_index(detectors, i);
        ck_assert_msg(strcmp(before, detector->name) < 0, "%s is out of order", detector->name);
        before = detector->name;
        ck_assert_ptr_nonnull(detector->summary);
        ck_assert_ptr_nonnull(detector->flavour);
        ck_assert_ptr_nonnull(detector->control);
        ck_assert_ptr_nonnull(detector->probe);
        ck_assert_ptr_nonnull(detector->findings);
        ck_assert(detector->languages && detector->resources && detector->kinds);
        ck_assert(detector->looks);
        ck_assert_msg(!looks_at_source(detector) ||
                          (detector->looks == LOOKS_AT_SOURCE && detector->command &&
                           !detector->observe && !detector->passive),
                      "%s looks at the source, where there is nothing to observe", detector->name);
        ck_assert_msg(!detector->passive || !detector->command, "%s wraps, so it can't share",
                      detector->name);
    }
}
END_TEST

START_TEST(plain_name)
{
    struct label *label = label_parse("memcheck", NULL);
    ck_assert_ptr_nonnull(label);
    ck_assert_str_eq(label->name, "memcheck");
    ck_assert_str_eq(label->detector->name, "memcheck");
    ck_assert_ptr_null(label->executable);
    ck_assert_ptr_nonnull(label->arguments);
    ck_assert_ptr_null(label->arguments[0]);
    label_free(label);
}
END_TEST

START_TEST(relabelled)
{
    struct label *label = label_parse(
        "memcheck:next,exe=/opt/vg/bin/valgrind,args=--foo '--bar=a b' --kinds=x,y", NULL);
    ck_assert_ptr_nonnull(label);
    ck_assert_str_eq(label->name, "next");
    ck_assert_str_eq(label->detector->name, "memcheck");
    ck_assert_str_eq(label->executable, "/opt/vg/bin/valgrind");
    ck_assert_uint_eq(g_strv_length(label->arguments), 3);
    ck_assert_str_eq(label->arguments[1], "--bar=a b");
    ck_assert_str_eq(label->arguments[2], "--kinds=x,y");
    label_free(label);
}
END_TEST

START_TEST(label_alone_and_empty_arguments)
{
    struct label *label = label_parse("lsan:mine,args=", NULL);
    ck_assert_ptr_nonnull(label);
    ck_assert_str_eq(label->name, "mine");
    ck_assert_uint_eq(g_strv_length(label->arguments), 0);
    label_free(label);
}
END_TEST

/* Each run has a working directory of its own. */
START_TEST(relative_executable_becomes_absolute)
{
    struct label *label = label_parse("memcheck:next,exe=./bin/valgrind", NULL);
    ck_assert_ptr_nonnull(label);
    ck_assert(g_path_is_absolute(label->executable));
    ck_assert(g_str_has_suffix(label->executable, "/bin/valgrind"));
    label_free(label);
    label = label_parse("memcheck:next,exe=valgrind-3.23", NULL);
    ck_assert_str_eq(label->executable, "valgrind-3.23");
    label_free(label);
}
END_TEST

static const struct {
    const char *text, *complaint;
} refusals[] = {
    {"memchek", "there is no detector \"memchek\"; there are: "},
    {"", "there is no detector"},
    {"memcheck,exe=/x", "need a label of their own"},
    {"memcheck:", "can't be a detector's label"},
    {"memcheck:a b", "can't be a detector's label"},
    {"memcheck:../x", "there is no such plug-in"},
    {"memcheck:proc", "the name of another detector"},
    {"memcheck:next,colour=red", "\"colour=red\" is no setting"},
    {"memcheck:next,exe=", "is no setting"},
    {"memcheck:next,exe=,args=-v", "is no setting"},
    {"memcheck:next,args='-v", "args='-v"},
    {"proc:mine,exe=/x", "proc takes no exe="},
    {"delve:mine,exe=/x,args=-v", "delve takes no args="},
    {"./tool,args=-v", "settings need a label"},
    {"./tool:mine,exe=/x", "one setting"},
};

START_TEST(bad_text_is_refused)
{
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(label_parse(refusals[_i].text, &error));
    ck_assert_ptr_nonnull(error);
    ck_assert(error->domain == FAILURE);
    ck_assert_int_eq(error->code, EXIT_USAGE);
    ck_assert_msg(strstr(error->message, refusals[_i].complaint) != NULL, "\"%s\" lacks \"%s\"",
                  error->message, refusals[_i].complaint);
}
END_TEST

START_TEST(unknown_name_lists_the_known)
{
    g_autoptr(GError) error = NULL;
    ck_assert_ptr_null(label_parse("x", &error));
    g_autoptr(GPtrArray) detectors = detectors_built_in();
    for (guint i = 0; i < detectors->len; i++) {
        const struct detector *detector = g_ptr_array_index(detectors, i);
        ck_assert_msg(strstr(error->message, detector->name) != NULL, "%s", detector->name);
    }
}
END_TEST

START_TEST(absent_tool_says_why)
{
    struct label *label = label_parse("memcheck:next,exe=/nowhere/valgrind", NULL);
    label_probe(label);
    ck_assert_str_eq(label->version, "");
    ck_assert_ptr_nonnull(label->unusable);
    ck_assert_ptr_nonnull(strstr(label->unusable, "/nowhere/valgrind is not an executable file"));
    label_free(label);
}
END_TEST

static Suite *registry_suite(void)
{
    Suite *suite = suite_create("registry");
    TCase *labels = tcase_create("labels");
    tcase_add_test(labels, built_in_detectors_are_whole);
    tcase_add_test(labels, plain_name);
    tcase_add_test(labels, relabelled);
    tcase_add_test(labels, label_alone_and_empty_arguments);
    tcase_add_test(labels, relative_executable_becomes_absolute);
    tcase_add_loop_test(labels, bad_text_is_refused, 0, G_N_ELEMENTS(refusals));
    tcase_add_test(labels, unknown_name_lists_the_known);
    tcase_add_test(labels, absent_tool_says_why);
    suite_add_tcase(suite, labels);
    return suite;
}
SUITE(registry_suite);
