/*
 * Valgrind's memcheck at its documented default operating point: definitely and
 * indirectly lost blocks are leaked, possibly lost ones suspected, and what is
 * still reachable at the end is no leak.
 *
 *     valgrind -q --leak-check=full … --xml=yes --xml-file=DIR/memcheck.xml.%p PROGRAM
 *
 * The exit code is the program's own; the report alone decides.
 */
#include <string.h>

#include "detect/environment.h"
#include "detect/own_report.h"
#include "detect/parse/memcheck_xml.h"
#include "detect/tool.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"

#define REPORT "memcheck.xml" /* .PID: a fork goes on in a report of its own */

static bool memcheck_probe(struct label *label, GError **error)
{
    g_autofree char *path = tool_find(label, "valgrind", "valgrind", error);
    g_autofree char *answer = path ? tool_ask(path, "--version", error) : NULL;
    if (!answer)
        return false;
    if (!g_str_has_prefix(answer, "valgrind-"))
        return fail(error, EXIT_INFRASTRUCTURE, "%s is no valgrind: its --version says \"%s\"",
                    path, answer);
    message_set_string(&label->version, answer + strlen("valgrind-"));
    return true;
}

static bool memcheck_command(const struct label *label, const struct subject *subject,
                             struct launch *launch, GError **error)
{
    g_autofree char *path = tool_find(label, "valgrind", "valgrind", error);
    if (!path)
        return false;
    g_autofree char *report = g_strdup_printf("--xml-file=%s/" REPORT ".%%p", subject->directory);
    const char *words[] = {path, "-q", "--leak-check=full",
                           "--show-leak-kinds=definite,indirect,possible", "--num-callers=40",
                           "--vgdb=no",
                           /* Else a thread of the Go runtime that spins can keep the one it
                            * waits for from running, for many seconds. */
                           "--fair-sched=try", "--error-exitcode=0", "--xml=yes", report, NULL};
    gint place = 0;
    for (const char **word = words; *word; word++)
        g_ptr_array_insert(launch->argv, place++, g_strdup(*word));
    for (char **word = label->arguments; *word; word++)
        g_ptr_array_insert(launch->argv, place++, g_strdup(*word));
    /* A dead Go object may still hold the pointer to a block of C, and memcheck
     * looks there too. Programs without Go ignore it. */
    environment_add(launch->environment, "GODEBUG", ",", "clobberfree=1");
    /* valgrind 3.19 promises RDTSCP even where the processor has none, and then
     * cannot run it: the Go runtime would die of SIGILL. */
    environment_add(launch->environment, "GODEBUG", ",", "cpu.rdtscp=off");
    return true;
}

static bool memcheck_findings(const struct label *label, const struct subject *subject,
                              const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label;
    (void)ending;
    g_autofree char *report = own_report_path(subject->directory, REPORT, error);
    return report && memcheck_xml_read(report, subject->argv[0], findings, error);
}

/* The rest of what may stand there is overruled by our own words. */
static const char *const blinding[] = {"--tool=", "--suppressions="};

/* The first word in VALGRIND_OPTS that can hide a leak, or NULL. Free with g_free. */
static char *blinding_option(const char *options)
{
    g_auto(GStrv) words = g_strsplit_set(options ? options : "", " \t\n", -1);
    for (char **word = words; *word; word++)
        for (gsize i = 0; i < G_N_ELEMENTS(blinding); i++)
            if (g_str_has_prefix(*word, blinding[i]) && strcmp(*word, "--tool=memcheck") != 0)
                return g_strdup(*word);
    return NULL;
}

static char *memcheck_diagnose(const struct label *label, const struct subject *subject,
                               GStrv environment)
{
    (void)label;
    (void)subject;
    g_autofree char *option = blinding_option(g_environ_getenv(environment, "VALGRIND_OPTS"));
    if (option)
        return g_strdup_printf("VALGRIND_OPTS has %s, which can hide leaks from every run of "
                               "valgrind here: unset it",
                               option);
    return tool_cramped("valgrind needs many times the program's");
}

static const struct detector memcheck = {
    .name = "memcheck",
    .summary = "valgrind's memory checker: lost heap blocks, at exit",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__HEAP_BLOCK),
    .kinds = BIT(YARD__KIND__LOST),
    .takes_executable = true,
    .takes_arguments = true,
    .flavour = "plain",
    .looks = LOOKS_AT_EXIT,
    .slow = true,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "heap/error-path",
    .probe = memcheck_probe,
    .command = memcheck_command,
    .observe = own_report_observe,
    .findings = memcheck_findings,
    .diagnose = memcheck_diagnose,
};
DETECTOR(memcheck);
