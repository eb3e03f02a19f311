/*
 * eu-stack, of elfutils: the stacks of all threads of a process, prepared or not, from
 * outside. At the last checkpoint it counts, by stack, the threads that were not there
 * at the first: whoever waits for ever stands where it waits.
 *
 *     eu-stack --inlines --module --source --pid=PID
 */
#include <string.h>

#include "detect/grown_stacks.h"
#include "detect/parse/thread_stacks.h"
#include "detect/tool.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"

/* It exits with 1 where it could not follow a stack to its end, as with Go's. */
#define FOLLOW "\"$@\" && exit 0; [ $? = 1 ]"

static bool probe(struct label *label, GError **error)
{
    static const char name[] = "eu-stack (elfutils) ";
    g_autofree char *path = tool_find(label, "eu-stack", "elfutils", error);
    g_autofree char *answer = path ? tool_ask(path, "--version", error) : NULL;
    if (answer == NULL)
        return false;
    if (!g_str_has_prefix(answer, name))
        return fail(error, EXIT_INFRASTRUCTURE, "%s is no eu-stack: its --version says \"%s\"",
                    path, answer);
    message_set_string(&label->version, answer + strlen(name));
    return true;
}

static bool observe(const struct label *label, const struct moment *moment,
                    struct observation *observation, GError **error)
{
    g_autofree char *path = tool_find(label, "eu-stack", "elfutils", error);
    if (path == NULL)
        return false;
    g_autofree char *pid = g_strdup_printf("--pid=%d", (int)moment->pid);
    const char *argv[] = {"/bin/sh",   "-c",       FOLLOW,     "sh", path,
                          "--inlines", "--module", "--source", pid,  NULL};
    observation->argv = g_strdupv((char **)argv);
    return true;
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    return grown_stacks(subject->directory, thread_stacks_parse, "threads", findings, error);
}

static const struct detector eu_stack = {
    .name = "eu-stack",
    .summary = "eu-stack of elfutils: growth of threads by stack, from outside",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__THREAD),
    .kinds = ANY_KIND,
    .takes_executable = true,
    .flavour = "plain",
    .looks = LOOKS_LIVE,
    .ends_only = true,
    .places = true,
    .counts = COUNTS_EXACTLY,
    .control = "threads/blocked-consumer",
    .probe = probe,
    .observe = observe,
    .findings = findings,
};
DETECTOR(eu_stack);
