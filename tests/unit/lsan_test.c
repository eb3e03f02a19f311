#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "detect/parse/lsan_report.h"
#include "detect/registry.h"
#include "detector_fixture.h"
#include "schema/message.h"
#include "suite.h"

static bool parse_recorded(const char *name)
{
    g_autofree char *text = recorded(name);
    return lsan_report_parse(text, findings, &problem);
}

static void check_frame(const Yard__Frame *frame, const char *function, const char *file,
                        guint line)
{
    ck_assert_str_eq(frame->function, function);
    ck_assert_str_eq(frame->file, file);
    ck_assert_uint_eq(frame->line, line);
}

static const char *const with_symbols[] = {"lsan/leaks.txt", "lsan/preload.txt", "lsan/clang.txt"};

/* gcc's runtime, built in and preloaded, and clang's. */
START_TEST(leaks_are_read)
{
    ck_assert(parse_recorded(with_symbols[_i]));
    ck_assert_uint_eq(findings->len, 2);
    const Yard__Finding *direct = at(0), *indirect = at(1);
    ck_assert_int_eq(direct->claim, YARD__CLAIM__LEAKED);
    ck_assert_int_eq(direct->resource, YARD__RESOURCE__HEAP_BLOCK);
    ck_assert_int_eq(direct->since, YARD__SINCE__START);
    ck_assert_int_eq(direct->units, 10);
    ck_assert_int_eq(direct->bytes, 13360);
    ck_assert(direct->stack_complete);
    ck_assert_uint_eq(direct->n_frame, 4);
    check_frame(direct->frame[0], "document_open", "error-path/variant.c", 11);
    check_frame(direct->frame[1], "parse", "error-path/variant.c", 18);
    ck_assert_str_eq(direct->text, "Direct leak of 13360 byte(s) in 10 object(s) allocated from:");
    ck_assert_int_eq(indirect->units, 10);
    ck_assert_int_eq(indirect->bytes, 50);
    ck_assert_msg(!indirect->stack_complete,
                  "unwinding ends in strdup, which has no frame pointer");
}
END_TEST

START_TEST(threads_are_starts_too)
{
    ck_assert(parse_recorded("lsan/threads.txt"));
    ck_assert_uint_eq(findings->len, 1);
    ck_assert_int_eq(at(0)->units, 3);
    ck_assert(at(0)->stack_complete);
    check_frame(at(0)->frame[0], "producer", "blocked-consumer/variant.c", 10);
}
END_TEST

START_TEST(stripped_frames_have_a_module)
{
    ck_assert(parse_recorded("lsan/stripped.txt"));
    const Yard__Finding *direct = at(0);
    ck_assert_uint_eq(direct->n_frame, 4);
    ck_assert_ptr_null(direct->frame[0]->function);
    ck_assert_str_eq(direct->frame[0]->module, "/yard/stripped-lsan");
    ck_assert(!direct->stack_complete);
}
END_TEST

START_TEST(frames_of_every_shape)
{
    ck_assert(lsan_report_parse(
        "==1==ERROR: LeakSanitizer: detected memory leaks\n"
        "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n"
        "    #0 0x7f01 in operator new(unsigned long) (/usr/lib/libasan.so.8+0xb6548)\n"
        "    #1 0x7f02 in table::open(char const*, int) src/table.cc:40:7\n"
        "    #2 0x7f03 in lookup (/usr/lib/libfoo.so+0x119e) (BuildId: 8c4d)\n"
        "    #3 0x7f04 in helper <unknown>\n"
        "    #4 0x7f05 in main\n"
        "SUMMARY: AddressSanitizer: 8 byte(s) leaked in 1 allocation(s).\n",
        findings, &problem));
    const Yard__Finding *finding = at(0);
    ck_assert_uint_eq(finding->n_frame, 4);
    check_frame(finding->frame[0], "table::open(char const*, int)", "src/table.cc", 40);
    ck_assert_str_eq(finding->frame[1]->function, "lookup");
    ck_assert_str_eq(finding->frame[1]->module, "/usr/lib/libfoo.so");
    ck_assert_ptr_null(finding->frame[1]->file);
    ck_assert_str_eq(finding->frame[2]->function, "helper");
    ck_assert_str_eq(finding->frame[3]->function, "main");
    ck_assert(finding->stack_complete);
}
END_TEST

/* Where a library keeps no frame pointers, unwinding goes astray. */
START_TEST(frames_of_nobody_are_frames)
{
    ck_assert(
        lsan_report_parse("==1==ERROR: LeakSanitizer: detected memory leaks\n"
                          "Direct leak of 8 byte(s) in 1 object(s) allocated from:\n"
                          "    #0 0x7f01 in __interceptor_malloc (/usr/lib/liblsan.so.0+0xb6548)\n"
                          "    #1 0x7f02 in open_memstream (/usr/lib/libc.so.6+0x119e)\n"
                          "    #2 0x613fffffffff  (<unknown module>)\n"
                          "SUMMARY: LeakSanitizer: 8 byte(s) leaked in 1 allocation(s).\n",
                          findings, &problem));
    const Yard__Finding *finding = at(0);
    ck_assert_uint_eq(finding->n_frame, 2);
    ck_assert_ptr_null(finding->frame[1]->function);
    ck_assert_ptr_null(finding->frame[1]->module);
    ck_assert(!finding->stack_complete);
}
END_TEST

START_TEST(refused_memory_is_no_leak)
{
    const char *refused = "==1==WARNING: LeakSanitizer failed to allocate 0x400000000000 bytes\n";
    g_autofree char *twice = g_strconcat(refused, refused, NULL);
    g_autofree char *cut = g_strndup(twice, strlen(twice) - 1);
    g_autofree char *more = g_strconcat(twice, "==1==ERROR: LeakSanitizer: SEGV\n", NULL);
    ck_assert(lsan_report_names_no_leak(twice));
    ck_assert(!lsan_report_names_no_leak(cut));
    ck_assert(!lsan_report_names_no_leak(more));
    ck_assert(!lsan_report_names_no_leak(""));
}
END_TEST

START_TEST(shortened_list_need_not_add_up)
{
    ck_assert(parse_recorded("lsan/top.txt"));
    ck_assert_uint_eq(findings->len, 1);
}
END_TEST

START_TEST(failed_check_is_an_error)
{
    ck_assert(!parse_recorded("lsan/fatal.txt"));
    ck_assert_ptr_nonnull(strstr(problem->message, "ptrace"));
}
END_TEST

START_TEST(every_cut_is_refused)
{
    g_autofree char *text = recorded("lsan/leaks.txt");
    gsize whole = strlen(g_strchomp(text));
    for (gsize length = 0; length < whole; length++) {
        g_autofree char *part = g_strndup(text, length);
        g_clear_error(&problem);
        ck_assert_msg(!lsan_report_parse(part, findings, &problem),
                      "cut after %zu bytes, and accepted", length);
        ck_assert_ptr_nonnull(problem);
    }
    ck_assert(lsan_report_parse(text, findings, NULL));
}
END_TEST

static const struct {
    const char *old, *new;
} damages[] = {
    {"in 10 object(s)", "in -10 object(s)"},
    {"in 10 object(s)", "in 0 object(s)"},
    {"in 10 object(s)", "in 9 object(s)"},
    {"in 10 object(s)", "in 99999999999999999999 object(s)"},
    {"of 13360 byte(s)", "of -1 byte(s)"},
    {"of 13360 byte(s)", "of 13361 byte(s)"},
    {"in 20 allocation(s).", "in 21 allocation(s)."},
    {"in 20 allocation(s).", "in -20 allocation(s)."},
    {"#1 0x", "#1 zero"},
    {"Direct leak of", "#9 leak of"},
    {"ERROR: LeakSanitizer: detected memory leaks", "WARNING: something else"},
    {"SUMMARY: LeakSanitizer:", "SUMMARY: nobody:"},
    {"Indirect leak of", "SUMMARY: LeakSanitizer: 13360 byte(s) leaked in 10 allocation(s).\nI"},
};

START_TEST(damage_is_refused)
{
    g_autofree char *text = recorded("lsan/leaks.txt");
    g_auto(GStrv) parts = g_strsplit(text, damages[_i].old, 2);
    ck_assert_uint_eq(g_strv_length(parts), 2);
    g_autofree char *damaged = g_strjoinv(damages[_i].new, parts);
    ck_assert(!lsan_report_parse(damaged, findings, &problem));
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* ---- The detector: report and exit code together ------------------------------ */

static void put(const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    ck_assert(g_file_set_contents(path, text, -1, NULL));
}

static bool findings_after(int code)
{
    struct label *label = label_parse("lsan", NULL);
    char *words[] = {"/yard/program", NULL};
    struct subject subject = {.directory = folder, .argv = words};
    struct ending ending = {.code = code};
    bool read = label->detector->findings(label, &subject, &ending, findings, &problem);
    label_free(label);
    return read;
}

static void observe_pid(pid_t pid)
{
    struct label *label = label_parse("lsan-preload", NULL);
    struct moment moment = {.pid = pid, .directory = folder, .checkpoints = 10};
    struct observation observation = {0};
    ck_assert(label->detector->observe(label, &moment, &observation, &problem));
    ck_assert_ptr_null(observation.agent);
    label_free(label);
}

START_TEST(report_of_the_program_counts)
{
    g_autofree char *text = recorded("lsan/leaks.txt");
    observe_pid(7387);
    put("lsan-report.7387", text);
    put("lsan-report.7388", "a child's own");
    ck_assert(findings_after(77));
    ck_assert_uint_eq(findings->len, 2);
}
END_TEST

START_TEST(no_report_and_exit_0_is_nothing_found)
{
    observe_pid(7387);
    ck_assert(findings_after(0));
    ck_assert_uint_eq(findings->len, 0);
}
END_TEST

START_TEST(suppressed_leaks_are_nothing_found)
{
    g_autofree char *text = recorded("lsan/suppressed.txt");
    observe_pid(7387);
    put("lsan-report.7387", text);
    ck_assert(findings_after(0));
    ck_assert_uint_eq(findings->len, 0);
    ck_assert(!findings_after(77));
}
END_TEST

START_TEST(leak_exit_without_report_is_an_error)
{
    observe_pid(7387);
    put("lsan-report.7388", "a child's own");
    ck_assert(!findings_after(77));
    ck_assert_ptr_nonnull(strstr(problem->message, "no report"));
}
END_TEST

START_TEST(report_and_exit_0_is_an_error)
{
    g_autofree char *text = recorded("lsan/leaks.txt");
    observe_pid(7387);
    put("lsan-report.7387", text);
    ck_assert(!findings_after(0));
    ck_assert_ptr_nonnull(strstr(problem->message, "exit code 0"));
}
END_TEST

START_TEST(unknown_pid_is_an_error)
{
    ck_assert(!findings_after(0));
    ck_assert_ptr_nonnull(problem);
}
END_TEST

/* Options that COMMAND makes of the caller's VARIABLES. Free with g_free. */
static char *options_of(const char *text, const char *first, const char *second)
{
    struct label *label = label_parse(text, NULL);
    char *words[] = {"/yard/program", NULL};
    struct subject subject = {.directory = "/yard/run", .argv = words};
    struct launch launch = launch_new();
    if (first)
        g_ptr_array_add(launch.environment, g_strdup(first));
    if (second)
        g_ptr_array_add(launch.environment, g_strdup(second));
    ck_assert(label->detector->command(label, &subject, &launch, &problem));
    char *options = NULL;
    for (guint i = 0; i < launch.environment->len; i++)
        if (g_str_has_prefix(launch.environment->pdata[i], "LSAN_OPTIONS="))
            options = g_strdup(launch.environment->pdata[i]);
    launch_clear(&launch);
    label_free(label);
    return options;
}

#define OURS                                                                                       \
    "exitcode=77:log_path=/yard/run/lsan-report:report_objects=0:allocator_may_return_null=1"

START_TEST(options_keep_what_the_caller_set)
{
    g_autofree char *clean = options_of("lsan", NULL, NULL);
    ck_assert_str_eq(clean, "LSAN_OPTIONS=" OURS);
    g_autofree char *off = options_of("lsan", "LSAN_OPTIONS=detect_leaks=0", "A=b");
    ck_assert_str_eq(off, "LSAN_OPTIONS=detect_leaks=0:" OURS);
    g_autofree char *asan =
        options_of("lsan", "ASAN_OPTIONS=abort_on_error=1:detect_leaks=0", NULL);
    ck_assert_str_eq(asan, "LSAN_OPTIONS=detect_leaks=0:" OURS);
    g_autofree char *further = options_of("lsan:globals,args=use_globals=0", NULL, NULL);
    ck_assert_str_eq(further, "LSAN_OPTIONS=" OURS ":use_globals=0");
}
END_TEST

static char *diagnosis(const char *variable)
{
    struct label *label = label_parse("lsan", NULL);
    char *environment[] = {"HOME=/nowhere", (char *)variable, NULL};
    struct subject subject = {.directory = folder};
    char *cause = label->detector->diagnose(label, &subject, environment);
    label_free(label);
    return cause;
}

static const struct {
    const char *variable, *words;
} causes[] = {
    {"LSAN_OPTIONS=detect_leaks=0", "LSAN_OPTIONS has detect_leaks=0"},
    {"ASAN_OPTIONS=a=1:detect_leaks=false", "ASAN_OPTIONS has detect_leaks=false"},
    {"LSAN_OPTIONS=leak_check_at_exit=0,verbosity=1", "LSAN_OPTIONS has leak_check_at_exit=0"},
    {"LSAN_OPTIONS=suppressions=all.txt", "suppressions=all.txt"},
    {"LSAN_OPTIONS=detect_leaks=0:detect_leaks=1", NULL},
    {"OTHER=detect_leaks=0", NULL},
};

START_TEST(doctor_names_the_variable)
{
    g_autofree char *cause = diagnosis(causes[_i].variable);
    if (!causes[_i].words)
        ck_assert_msg(!cause, "%s", cause);
    else
        ck_assert_msg(cause && strstr(cause, causes[_i].words), "%s", cause);
}
END_TEST

START_TEST(doctor_knows_a_failed_check)
{
    g_autofree char *text = recorded("lsan/fatal.txt");
    observe_pid(7387);
    put("lsan-report.7387", text);
    g_autofree char *cause = diagnosis("A=b");
    ck_assert_ptr_nonnull(cause);
    ck_assert_msg(strstr(cause, "trace") != NULL, "%s", cause);
}
END_TEST

static Suite *lsan_suite(void)
{
    Suite *suite = suite_create("lsan");
    TCase *reports = tcase_create("reports");
    tcase_add_checked_fixture(reports, detector_set_up, detector_tear_down);
    tcase_add_loop_test(reports, leaks_are_read, 0, G_N_ELEMENTS(with_symbols));
    tcase_add_test(reports, threads_are_starts_too);
    tcase_add_test(reports, stripped_frames_have_a_module);
    tcase_add_test(reports, frames_of_every_shape);
    tcase_add_test(reports, frames_of_nobody_are_frames);
    tcase_add_test(reports, refused_memory_is_no_leak);
    tcase_add_test(reports, shortened_list_need_not_add_up);
    tcase_add_test(reports, failed_check_is_an_error);
    tcase_add_test(reports, every_cut_is_refused);
    tcase_add_loop_test(reports, damage_is_refused, 0, G_N_ELEMENTS(damages));
    suite_add_tcase(suite, reports);
    TCase *runs = tcase_create("runs");
    tcase_add_checked_fixture(runs, detector_set_up, detector_tear_down);
    tcase_add_test(runs, report_of_the_program_counts);
    tcase_add_test(runs, no_report_and_exit_0_is_nothing_found);
    tcase_add_test(runs, suppressed_leaks_are_nothing_found);
    tcase_add_test(runs, leak_exit_without_report_is_an_error);
    tcase_add_test(runs, report_and_exit_0_is_an_error);
    tcase_add_test(runs, unknown_pid_is_an_error);
    tcase_add_test(runs, options_keep_what_the_caller_set);
    tcase_add_loop_test(runs, doctor_names_the_variable, 0, G_N_ELEMENTS(causes));
    tcase_add_test(runs, doctor_knows_a_failed_check);
    suite_add_tcase(suite, runs);
    return suite;
}
SUITE(lsan_suite);
