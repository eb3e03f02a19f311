/*
 * eu-stack, of elfutils: the stacks of all threads of a process, prepared or not, from
 * outside. At the last checkpoint it counts, by stack, the threads that were not there
 * at the first: whoever waits for ever stands where it waits.
 *
 *     eu-stack --inlines --module --source --pid=PID
 */
#include <string.h>

#include "detect/parse/stack.h"
#include "detect/parse/thread_stacks.h"
#include "detect/tool.h"
#include "schema/detector.h"
#include "schema/message.h"
#include "support/failure.h"

/* It exits with 1 where it could not follow a stack to its end, as with Go's. */
#define FOLLOW "\"$@\" && exit 0; [ $? = 1 ]"

#define FIRST "observe-0.out"
#define LAST  "observe-1.out"

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

static bool list_read(const char *directory, const char *name, struct stacks *stacks,
                      GError **error)
{
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(path, &text, &length, error))
        return false;
    if (thread_stacks_parse(text, length, stacks, error))
        return true;
    g_prefix_error(error, "%s: ", path);
    return false;
}

/* Moves what grew from AFTER to FINDINGS. */
static void take_growth(const struct stacks *first, GPtrArray *after, GPtrArray *findings)
{
    for (guint i = after->len; i-- > 0;) {
        Yard__Finding *finding = g_ptr_array_index(after, i);
        finding->units -= stacks_units(first, finding);
        if (finding->units <= 0)
            continue;
        finding->text = g_strdup_printf("%" G_GINT64_FORMAT " threads more", finding->units);
        g_ptr_array_add(findings, g_ptr_array_steal_index(after, i));
    }
}

static bool findings(const struct label *label, const struct subject *subject,
                     const struct ending *ending, GPtrArray *findings, GError **error)
{
    (void)label, (void)ending;
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(finding_free);
    g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(finding_free);
    struct stacks first = stacks_new(before), last = stacks_new(after);
    bool read = list_read(subject->directory, FIRST, &first, error) &&
                list_read(subject->directory, LAST, &last, error);
    if (read)
        take_growth(&first, after, findings);
    stacks_clear(&first);
    stacks_clear(&last);
    return read;
}

static const struct detector eu_stack = {
    .name = "eu-stack",
    .summary = "eu-stack of elfutils: growth of threads by stack, from outside",
    .languages = BIT(YARD__LANGUAGE__C) | BIT(YARD__LANGUAGE__CGO),
    .resources = BIT(YARD__RESOURCE__THREAD),
    .kinds = ANY_KIND,
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
