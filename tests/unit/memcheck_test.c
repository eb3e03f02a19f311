#include <glib.h>
#include <string.h>

#include "detect/parse/memcheck_xml.h"
#include "detect/registry.h"
#include "detector_fixture.h"
#include "schema/message.h"
#include "suite.h"

static bool read_recorded(const char *name, const char *program)
{
    g_autofree char *path = data_path(name);
    return memcheck_xml_read(path, program, findings, &problem);
}

/* Reads TEXT as the report of a run of /yard/program. */
static bool read_text(const char *text, gssize length)
{
    g_autofree char *path = g_build_filename(folder, "memcheck.xml", NULL);
    g_clear_error(&problem);
    leave("memcheck.xml", text, length);
    return memcheck_xml_read(path, "/yard/program", findings, &problem);
}

static char *replaced(const char *text, const char *old, const char *new)
{
    g_auto(GStrv) parts = g_strsplit(text, old, 2);
    ck_assert_uint_eq(g_strv_length(parts), 2);
    return g_strjoinv(new, parts);
}

START_TEST(leaks_are_read)
{
    ck_assert(read_recorded("memcheck/leaks.xml", "/yard/program"));
    ck_assert_uint_eq(findings->len, 2);
    const Yard__Finding *indirect = at(0), *definite = at(1);
    ck_assert_int_eq(definite->claim, YARD__CLAIM__LEAKED);
    ck_assert_int_eq(definite->resource, YARD__RESOURCE__HEAP_BLOCK);
    ck_assert_int_eq(definite->since, YARD__SINCE__START);
    ck_assert_int_eq(definite->units, 10);
    ck_assert_int_eq(definite->bytes, 13410);
    ck_assert(definite->stack_complete);
    ck_assert_uint_eq(definite->n_frame, 3);
    ck_assert_str_eq(definite->frame[0]->function, "document_open");
    ck_assert_str_eq(definite->frame[0]->file, "./error-path/variant.c");
    ck_assert_uint_eq(definite->frame[0]->line, 11);
    ck_assert_str_eq(definite->frame[0]->module, "/yard/program");
    ck_assert_str_eq(definite->frame[2]->function, "main");
    ck_assert_ptr_nonnull(strstr(definite->text, "in 10 blocks are definitely lost"));
    ck_assert_int_eq(indirect->claim, YARD__CLAIM__LEAKED);
    ck_assert_int_eq(indirect->units, 10);
    ck_assert_msg(!indirect->has_bytes, "indirect bytes are in the definite record already");
    ck_assert_str_eq(indirect->frame[0]->function, "strdup");
}
END_TEST

START_TEST(clean_program_has_no_findings)
{
    ck_assert(read_recorded("memcheck/clean.xml", "/yard/program"));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(possibly_lost_is_suspected)
{
    ck_assert(read_recorded("memcheck/threads.xml", "/yard/threads"));
    guint suspected = 0;
    for (guint i = 0; i < findings->len; i++)
        suspected += at(i)->claim == YARD__CLAIM__SUSPECTED;
    ck_assert_uint_eq(suspected, 1);
    ck_assert_int_eq(at(1)->claim, YARD__CLAIM__SUSPECTED);
    ck_assert_int_eq(at(1)->units, 3);
    ck_assert(at(1)->stack_complete);
    ck_assert_int_eq(at(0)->claim, YARD__CLAIM__LEAKED);
    ck_assert_str_eq(at(0)->frame[0]->function, "producer");
    ck_assert(at(0)->stack_complete);
}
END_TEST

START_TEST(reachable_is_outstanding_where_asked_for)
{
    ck_assert(read_recorded("memcheck/reachable.xml", "/yard/program"));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->claim, YARD__CLAIM__OUTSTANDING);
    ck_assert_int_eq(at(0)->units, 1);
    ck_assert_int_eq(at(0)->bytes, 77);
}
END_TEST

START_TEST(stripped_stacks_are_not_complete)
{
    ck_assert(read_recorded("memcheck/stripped.xml", "/yard/stripped"));
    ck_assert_uint_eq(findings->len, 2);
    ck_assert(!at(1)->stack_complete);
    ck_assert_ptr_null(at(1)->frame[0]->function);
    ck_assert_str_eq(at(1)->frame[0]->module, "/yard/stripped");
}
END_TEST

/* Beyond the call from Go the unwinder reads stale frames of the scheduler. */
START_TEST(cgo_stacks_end_where_go_called)
{
    ck_assert(read_recorded("memcheck/cgo.xml", "/yard/cgo"));
    ck_assert_uint_eq(findings->len, 4);
    for (guint i = 0; i < findings->len; i++) {
        const Yard__Finding *finding = at(i);
        const Yard__Frame *last = finding->frame[finding->n_frame - 1];
        ck_assert(finding->stack_complete);
        ck_assert_msg(g_str_has_prefix(last->function, "runtime.asmcgocall"), "ends in %s",
                      last->function);
    }
    ck_assert(g_str_has_prefix(at(0)->frame[0]->function, "_cgo_"));
    ck_assert_int_eq(at(0)->units, 10);
}
END_TEST

START_TEST(another_programs_report_is_refused)
{
    ck_assert(!read_recorded("memcheck/leaks.xml", "/yard/other"));
    ck_assert_ptr_nonnull(strstr(problem->message, "/yard/program, not of /yard/other"));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(missing_report_is_refused)
{
    ck_assert(!read_recorded("memcheck/no-such.xml", "/yard/program"));
    ck_assert_ptr_nonnull(strstr(problem->message, "no-such.xml"));
}
END_TEST

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded("memcheck/leaks.xml");
    const char *close = "</valgrindoutput>";
    gsize whole = strstr(text, close) + strlen(close) - text;
    for (gsize length = 0; length < whole; length++) {
        ck_assert_msg(!read_text(text, length), "cut after %zu bytes, and accepted", length);
        ck_assert_ptr_nonnull(problem);
    }
    ck_assert(read_text(text, whole));
}
END_TEST

static const struct {
    const char *old, *new, *complaint;
} damages[] = {
    {"<leakedblocks>10<", "<leakedblocks>-10<", "<leakedblocks> is \"-10\""},
    {"<leakedblocks>10<", "<leakedblocks>0<", "<leakedblocks> is \"0\""},
    {"<leakedblocks>10<", "<leakedblocks>1e1<", "<leakedblocks> is \"1e1\""},
    {"<leakedblocks>10<", "<leakedblocks>99999999999999999999<", "<leakedblocks>"},
    {"<leakedblocks>10</leakedblocks>", "", "<leakedblocks> is \"missing\""},
    {"<leakedbytes>50<", "<leakedbytes>-50<", "<leakedbytes>"},
    {"<kind>Leak_IndirectlyLost</kind>", "", "no <kind>"},
    {"Leak_IndirectlyLost", "Leak_Perhaps", "unknown kind of leak Leak_Perhaps"},
    {"<state>FINISHED</state>", "<state>RUNNING</state>", "FINISHED"},
    {"<protocoltool>memcheck<", "<protocoltool>helgrind<", "helgrind"},
    {"<protocolversion>4<", "<protocolversion>3<", "<protocolversion>"},
    {"<exe>/yard/program</exe>", "", "(none)"},
    {"</error>", "</errors>", "broken XML"},
};

START_TEST(damage_is_refused)
{
    g_autofree char *text = recorded("memcheck/leaks.xml");
    g_autofree char *damaged = replaced(text, damages[_i].old, damages[_i].new);
    ck_assert(!read_text(damaged, -1));
    ck_assert_msg(strstr(problem->message, damages[_i].complaint) != NULL, "\"%s\" lacks \"%s\"",
                  problem->message, damages[_i].complaint);
}
END_TEST

START_TEST(other_errors_are_no_leaks)
{
    g_autofree char *text = recorded("memcheck/leaks.xml");
    g_autofree char *changed = replaced(text, "Leak_IndirectlyLost", "InvalidRead");
    ck_assert(read_text(changed, -1));
    ck_assert_uint_eq(findings->len, 1);
}
END_TEST

START_TEST(foreign_xml_is_refused)
{
    ck_assert(!read_text("<testsuites/>", -1));
    ck_assert_ptr_nonnull(strstr(problem->message, "not a report of valgrind"));
}
END_TEST

/* A tool that answers for valgrind, so that no real one is needed. */
static struct label *label_of_true(void)
{
    struct label *label = label_parse("memcheck:mine,exe=/bin/true,args=--foo '--bar=a b'", NULL);
    ck_assert_ptr_nonnull(label);
    return label;
}

START_TEST(command_wraps_the_program)
{
    struct label *label = label_of_true();
    char *words[] = {"/yard/program", "--rounds", "10", NULL};
    struct subject subject = {.directory = "/yard/run", .argv = words};
    struct launch launch = launch_new();
    for (char **word = words; *word; word++)
        g_ptr_array_add(launch.argv, g_strdup(*word));
    g_ptr_array_add(launch.environment, g_strdup("GODEBUG=gctrace=0"));
    ck_assert(label->detector->command(label, &subject, &launch, &problem));
    g_ptr_array_add(launch.argv, NULL);
    g_autofree char *line = g_strjoinv(" ", (char **)launch.argv->pdata);
    ck_assert(g_str_has_suffix(line, " --xml-file=/yard/run/memcheck.xml.%p --foo --bar=a b "
                                     "/yard/program --rounds 10"));
    ck_assert(g_str_has_suffix(launch.argv->pdata[0], "/true"));
    ck_assert_ptr_nonnull(strstr(line, "--show-leak-kinds=definite,indirect,possible "));
    ck_assert_uint_eq(launch.environment->len, 1);
    ck_assert_str_eq(launch.environment->pdata[0],
                     "GODEBUG=gctrace=0,clobberfree=1,cpu.rdtscp=off");
    launch_clear(&launch);
    label_free(label);
}
END_TEST

static char *diagnosis(const char *variable)
{
    struct label *label = label_parse("memcheck", NULL);
    char *environment[] = {"HOME=/nowhere", (char *)variable, NULL};
    struct subject subject = {.directory = folder};
    char *cause = label->detector->diagnose(label, &subject, environment);
    label_free(label);
    return cause;
}

START_TEST(doctor_names_the_option)
{
    g_autofree char *cause = diagnosis("VALGRIND_OPTS=-v --tool=none");
    ck_assert_ptr_nonnull(cause);
    ck_assert_ptr_nonnull(strstr(cause, "VALGRIND_OPTS has --tool=none"));
    ck_assert_ptr_null(diagnosis("VALGRIND_OPTS=--tool=memcheck -v"));
    ck_assert_ptr_null(diagnosis("OTHER=--tool=none"));
}
END_TEST

static Suite *memcheck_suite(void)
{
    Suite *suite = suite_create("memcheck");
    TCase *reports = tcase_create("reports");
    tcase_add_checked_fixture(reports, detector_set_up, detector_tear_down);
    tcase_set_timeout(reports, 60);
    tcase_add_test(reports, leaks_are_read);
    tcase_add_test(reports, clean_program_has_no_findings);
    tcase_add_test(reports, possibly_lost_is_suspected);
    tcase_add_test(reports, reachable_is_outstanding_where_asked_for);
    tcase_add_test(reports, stripped_stacks_are_not_complete);
    tcase_add_test(reports, cgo_stacks_end_where_go_called);
    tcase_add_test(reports, another_programs_report_is_refused);
    tcase_add_test(reports, missing_report_is_refused);
    tcase_add_test(reports, every_cut_is_refused);
    tcase_add_loop_test(reports, damage_is_refused, 0, G_N_ELEMENTS(damages));
    tcase_add_test(reports, other_errors_are_no_leaks);
    tcase_add_test(reports, foreign_xml_is_refused);
    tcase_add_test(reports, command_wraps_the_program);
    tcase_add_test(reports, doctor_names_the_option);
    suite_add_tcase(suite, reports);
    return suite;
}
SUITE(memcheck_suite);
