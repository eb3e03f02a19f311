/*
 * LeakSanitizer, gcc's: lost heap blocks, looked for when the program exits.
 *
 *     lsan          built in: programs of the flavour lsan (-fsanitize=leak)
 *     lsan-preload  the same engine put before an unmodified binary by LD_PRELOAD
 *     asan          the C half of cgo programs of the flavour asan (go build -asan).
 *                   AddressSanitizer has the same engine; Go calls it when main
 *                   returns, from 1.25 on
 *
 * Its options are words of LSAN_OPTIONS; a label's args= are further ones, such
 * as use_globals=0. Whatever the environment held before stays in force.
 */
#include <string.h>
#include <unistd.h>

#include "detect/environment.h"
#include "detect/own_report.h"
#include "detect/parse/lsan_report.h"
#include "detect/tool.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"

#define LEAKS_FOUND 77
#define REPORT      "lsan-report" /* the runtime appends .PID */

static char *compiler_find(const struct label *label, GError **error)
{
    return tool_find(label, "gcc", "gcc", error);
}

/* The runtime NAME ("lsan") that goes with the compiler. Free with g_free. */
static char *runtime_find(const char *compiler, const char *name, GError **error)
{
    g_autofree char *question = g_strdup_printf("-print-file-name=lib%s.so", name);
    g_autofree char *answer = tool_ask(compiler, question, error);
    if (!answer)
        return NULL;
    g_autofree char *path = g_path_is_absolute(answer) ? realpath(answer, NULL) : NULL;
    if (path)
        return g_strdup(path);
    fail(error, EXIT_INFRASTRUCTURE, "%s has no lib%s.so (apt-get install libgcc-12-dev)", compiler,
         name);
    return NULL;
}

static bool probe(struct label *label, const char *name, GError **error)
{
    g_autofree char *compiler = compiler_find(label, error);
    g_autofree char *runtime = compiler ? runtime_find(compiler, name, error) : NULL;
    g_autofree char *version = runtime ? tool_ask(compiler, "-dumpfullversion", error) : NULL;
    if (version)
        message_set_string(&label->version, version);
    return version != NULL;
}

static bool lsan_probe(struct label *label, GError **error)
{
    return probe(label, "lsan", error);
}

static bool asan_probe(struct label *label, GError **error)
{
    return probe(label, "asan", error);
}

/* The last value of NAME in OPTIONS (name=value:name=value, may be NULL), or NULL.
 * Free with g_free. */
static char *last_setting(const char *options, const char *name)
{
    g_autofree char *start = g_strconcat(name, "=", NULL);
    g_auto(GStrv) words = g_strsplit_set(options ? options : "", ":, \t\n", -1);
    const char *value = NULL;
    for (char **word = words; *word; word++)
        if (g_str_has_prefix(*word, start))
            value = *word + strlen(start);
    return g_strdup(value);
}

static bool lsan_command(const struct label *label, const struct subject *subject,
                         struct launch *launch, GError **error)
{
    (void)error;
    g_autoptr(GString) options = g_string_new(NULL);
    /* Programs built with -fsanitize=address carry the same engine, and there this
     * switches it off: where the caller has it, it must not look as if all were well. */
    g_autofree char *detect =
        last_setting(environment_get(launch->environment, "ASAN_OPTIONS"), "detect_leaks");
    if (detect)
        g_string_append_printf(options, "detect_leaks=%s:", detect);
    /* By itself it ends a program that is refused memory, where malloc returns NULL. */
    g_string_append_printf(
        options, "exitcode=%d:log_path=%s/" REPORT ":report_objects=0:allocator_may_return_null=1",
        LEAKS_FOUND, subject->directory);
    for (char **word = label->arguments; *word; word++)
        g_string_append_printf(options, ":%s", *word);
    environment_add(launch->environment, "LSAN_OPTIONS", ":", options->str);
    return true;
}

static bool preload_command(const struct label *label, const struct subject *subject,
                            struct launch *launch, GError **error)
{
    g_autofree char *compiler = compiler_find(label, error);
    g_autofree char *runtime = compiler ? runtime_find(compiler, "lsan", error) : NULL;
    if (!runtime)
        return false;
    environment_add(launch->environment, "LD_PRELOAD", ":", runtime);
    return lsan_command(label, subject, launch, error);
}

/* The program's report, or NULL if it wrote none: *text stays NULL then. */
static bool report_load(const char *directory, char **path, char **text, GError **error)
{
    *path = own_report_path(directory, REPORT, error);
    if (!*path)
        return false;
    if (!g_file_test(*path, G_FILE_TEST_EXISTS))
        return true;
    return g_file_get_contents(*path, text, NULL, error);
}

static bool lsan_findings(const struct label *label, const struct subject *subject,
                          const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    bool leaks = !ending->signalled && ending->code == LEAKS_FOUND;
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    if (!report_load(subject->directory, &path, &text, error))
        return false;
    if (!leaks && (!text || lsan_report_names_no_leak(text)))
        return true;
    if (!text)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "exit code %d says leaks, but there is no report %s", LEAKS_FOUND, path);
    if (!lsan_report_parse(text, findings, error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    if (!leaks)
        return fail(error, EXIT_INFRASTRUCTURE,
                    "%s reports leaks, but the program ended with %s %d", path,
                    ending->signalled ? "signal" : "exit code", ending->code);
    return true;
}

/* ---- doctor ----------------------------------------------------------------- */

/* Says which of the caller's variables switches the leak check off, or NULL. */
static char *switched_off(GStrv environment)
{
    static const char *const variables[] = {"LSAN_OPTIONS", "ASAN_OPTIONS"};
    static const char *const options[] = {"detect_leaks", "leak_check_at_exit"};
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(options); j++) {
            const char *all = g_environ_getenv(environment, variables[i]);
            g_autofree char *value = last_setting(all, options[j]);
            if (value && strchr("0nNfF", *value))
                return g_strdup_printf("%s has %s=%s, which switches the leak check off: every "
                                       "program passes, whatever it leaks",
                                       variables[i], options[j], value);
        }
    return NULL;
}

/* The value of FIELD in /proc/self/status, or 0. */
static gint64 own_status(const char *field)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/self/status", &text, NULL, NULL))
        return 0;
    g_autofree char *name = g_strdup_printf("\n%s:", field);
    const char *place = strstr(text, name);
    return place ? g_ascii_strtoll(place + strlen(name), NULL, 10) : 0;
}

static char *why_no_ptrace(void)
{
    g_autofree char *scope = NULL;
    g_file_get_contents("/proc/sys/kernel/yama/ptrace_scope", &scope, NULL, NULL);
    if (own_status("TracerPid") > 0)
        return g_strdup_printf("this is run under a tracer (strace, gdb; pid %d), and the leak "
                               "check must trace the program itself",
                               (int)own_status("TracerPid"));
    if (scope && g_ascii_strtoll(scope, NULL, 10) >= 2)
        return g_strdup_printf("kernel.yama.ptrace_scope is %s: the leak check must trace its own "
                               "program; 0 or 1 lets it",
                               g_strstrip(scope));
    if (own_status("Seccomp") > 0)
        return g_strdup("ptrace is probably forbidden by this container's seccomp filter: start it "
                        "with --cap-add=SYS_PTRACE");
    return g_strdup("the leak check could not trace its own program (ptrace is forbidden, or "
                    "another tracer holds it)");
}

static char *lsan_diagnose(const struct label *label, const struct subject *subject,
                           GStrv environment)
{
    (void)label;
    char *cause = switched_off(environment);
    if (cause)
        return cause;
    const char *suppressing = g_environ_getenv(environment, "LSAN_OPTIONS");
    if (suppressing && strstr(suppressing, "suppressions="))
        return g_strdup_printf("LSAN_OPTIONS=%s suppresses reports", suppressing);
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    if (report_load(subject->directory, &path, &text, NULL) && text && lsan_report_is_fatal(text))
        return why_no_ptrace();
    return tool_cramped("sanitizers reserve much of it");
}

/* One engine, brought into the program in three ways. */
#define ENGINE                                                                                     \
    .resources = BIT(YARD__RESOURCE__HEAP_BLOCK), .kinds = BIT(YARD__KIND__LOST),                  \
    .takes_executable = true, .takes_arguments = true, .looks = LOOKS_AT_EXIT, .ends_only = true,  \
    .places = true, .counts = COUNTS_EXACTLY, .leak_exit_code = LEAKS_FOUND,                       \
    .observe = own_report_observe, .findings = lsan_findings, .diagnose = lsan_diagnose

static const struct detector lsan = {
    ENGINE,
    .languages = BIT(YARD__LANGUAGE__C),
    .control = "heap/error-path",
    .probe = lsan_probe,
    .name = "lsan",
    .summary = "gcc -fsanitize=leak: lost heap blocks, at exit",
    .flavour = "lsan",
    .command = lsan_command,
};
DETECTOR(lsan);

static const struct detector lsan_preload = {
    ENGINE,
    .languages = BIT(YARD__LANGUAGE__C),
    .control = "heap/error-path",
    .probe = lsan_probe,
    .name = "lsan-preload",
    .summary = "gcc's LeakSanitizer before an unmodified binary: lost heap blocks, at exit",
    .flavour = "plain",
    .command = preload_command,
};
DETECTOR(lsan_preload);

static const struct detector asan = {
    ENGINE,
    .name = "asan",
    .summary = "go build -asan: lost heap blocks of C, at exit",
    .languages = BIT(YARD__LANGUAGE__CGO),
    .flavour = "asan",
    .control = "cgo/map-overwrite",
    .probe = asan_probe,
    .command = lsan_command,
};
DETECTOR(asan);
