/*
 * heaptrack: every heap block that is outstanding at exit, by stack. What it calls
 * leaked is whatever was not released by then, be it lost or in use to the last.
 *
 *     heaptrack --raw --output DIR/heaptrack PROGRAM
 *
 * in the two steps it is made of: its library, put before the program, and
 * heaptrack_interpret, which finds the names. The library buffers, and writes the rest
 * when destructors run; of a program that ends without that it has a part. So end
 * programs in Go, all of them.
 */
#include <string.h>

#include "detect/environment.h"
#include "detect/own_report.h"
#include "detect/parse/heaptrack_data.h"
#include "detect/tool.h"
#include "run/run.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"

#define DATA                 "heaptrack" /* .PID */
#define LINKER               "ld.so"     /* .PID: its statistics, at start and at exit */
#define SECONDS_TO_INTERPRET 60

/* PATH in the folder lib/heaptrack that goes with the program. Free with g_free. */
static char *part_find(const struct label *label, const char *path, GError **error)
{
    g_autofree char *program = tool_find(label, "heaptrack", "heaptrack", error);
    if (program == NULL)
        return NULL;
    g_autofree char *bin = g_path_get_dirname(program);
    g_autofree char *part = g_build_filename(bin, "..", "lib", "heaptrack", path, NULL);
    g_autofree char *canonical = g_canonicalize_filename(part, NULL);
    if (g_file_test(canonical, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&canonical);
    fail(error, EXIT_INFRASTRUCTURE, "%s: there is no %s, which goes with it", program, canonical);
    return NULL;
}

static char *library_find(const struct label *label, GError **error)
{
    return part_find(label, "libheaptrack_preload.so", error);
}

static char *interpreter_find(const struct label *label, GError **error)
{
    return part_find(label, "libexec/heaptrack_interpret", error);
}

static bool probe(struct label *label, GError **error)
{
    static const char name[] = "heaptrack ";
    g_autofree char *program = tool_find(label, "heaptrack", "heaptrack", error);
    g_autofree char *answer = program ? tool_ask(program, "--version", error) : NULL;
    g_autofree char *library = answer ? library_find(label, error) : NULL;
    g_autofree char *interpreter = library ? interpreter_find(label, error) : NULL;
    if (interpreter == NULL)
        return false;
    if (!g_str_has_prefix(answer, name))
        return fail(error, EXIT_INFRASTRUCTURE, "%s is no heaptrack: its --version says \"%s\"",
                    program, answer);
    message_set_string(&label->version, answer + strlen(name));
    return true;
}

static bool command(const struct label *label, const struct subject *subject, struct launch *launch,
                    GError **error)
{
    g_autofree char *library = library_find(label, error);
    if (library == NULL)
        return false;
    g_autofree char *data = g_strdup_printf("%s/" DATA ".$$", subject->directory);
    environment_add(launch->environment, "LD_PRELOAD", ":", library);
    environment_set(launch->environment, "DUMP_HEAPTRACK_OUTPUT", data);
    g_autofree char *linker = g_strdup_printf("%s/" LINKER, subject->directory);
    environment_set(launch->environment, "LD_DEBUG", "statistics");
    environment_set(launch->environment, "LD_DEBUG_OUTPUT", linker);
    return true;
}

/* Did the program's destructors run? The dynamic linker, which runs them, says so. */
static bool ended_regularly(const char *directory, GError **error)
{
    g_autofree char *path = own_report_path(directory, LINKER, error);
    g_autofree char *text = NULL;
    if (path == NULL)
        return false;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return fail(error, EXIT_INFRASTRUCTURE,
                    "no data of the process that does the work: heaptrack follows no fork");
    if (strstr(text, "final number of relocations:") != NULL)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE,
                "the data is cut short: the program ended without its destructors, and what "
                "was in heaptrack's buffer is lost");
}

/* DATA with names, as text. Free with g_free. */
static char *interpret(const struct label *label, const char *directory, const char *data,
                       GError **error)
{
    g_autofree char *interpreter = interpreter_find(label, error);
    if (interpreter == NULL)
        return NULL;
    char *argv[] = {(char *)"/bin/sh", (char *)"-c", (char *)"exec \"$0\" < \"$1\"",
                    interpreter,       (char *)data, NULL};
    char *text = NULL;
    command_run(directory, argv, NULL, SECONDS_TO_INTERPRET, &text, error);
    return text;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)ending;
    if (!ended_regularly(subject->directory, error))
        return false;
    g_autofree char *data = own_report_path(subject->directory, DATA, error);
    g_autofree char *text = data ? interpret(label, subject->directory, data, error) : NULL;
    if (text == NULL)
        return false;
    if (heaptrack_data_parse(text, strlen(text), findings, error))
        return true;
    g_prefix_error(error, "%s: ", data);
    return false;
}

static const struct detector heaptrack = {
    .name = "heaptrack",
    .summary = "heaptrack: heap blocks outstanding at exit",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__HEAP_BLOCK),
    .kinds = ANY_KIND,
    .takes_executable = true,
    .flavour = "plain",
    .looks = LOOKS_AT_EXIT,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "heap/error-path",
    .probe = probe,
    .command = command,
    .observe = own_report_observe,
    .findings = findings,
};
DETECTOR(heaptrack);
