#include "detect/go_runtime.h"

#include <string.h>

#include "detect/parse/profile.h"
#include "detect/tool.h"
#include "schema/message.h"
#include "support/failure.h"
#include "support/go_version.h"

#define BASE "base.pb.gz"
#define LAST "last.pb.gz"

/* ---- The toolchain ---------------------------------------------------------------- */

bool go_probe(struct label *label, GError **error)
{
    g_autofree char *path = tool_find(label, "go", "golang, or from go.dev/dl", error);
    g_autofree char *answer = path ? tool_ask(path, "version", error) : NULL;
    if (answer == NULL)
        return false;
    /* "go version go1.26.8 linux/amd64", or "go version devel go1.28-1a2b3c … linux/amd64" */
    const char *start = "go version ";
    const char *platform = strrchr(answer, ' ');
    if (!g_str_has_prefix(answer, start) || platform < answer + strlen(start))
        return fail(error, EXIT_INFRASTRUCTURE, "%s version says '%s', which is not Go's answer",
                    path, answer);
    const char *version = answer + strlen(start);
    g_free(label->version);
    label->version = g_strndup(version, (gsize)(platform - version));
    return true;
}

/* ---- Looking ---------------------------------------------------------------------- */

bool go_look(const struct moment *moment, const char *agent, const char *name,
             struct observation *observation)
{
    observation->agent = g_strdup(agent);
    observation->path = g_build_filename(moment->directory, name, NULL);
    return true;
}

bool go_look_twice(const struct moment *moment, const char *agent, struct observation *observation)
{
    if (moment->checkpoint == 0)
        return go_look(moment, agent, BASE, observation);
    if (moment->checkpoint == moment->checkpoints)
        return go_look(moment, agent, LAST, observation);
    return true;
}

/* ---- Reports on standard error ---------------------------------------------------- */

bool go_read_verdict(const struct subject *subject, const struct ending *ending,
                     const struct go_verdict *verdict, GPtrArray *findings, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;
    if (!g_file_get_contents(subject->errors, &text, &length, error))
        return false;
    if (!ending->signalled && ending->code == verdict->code)
        return verdict->parse(text, length, findings, error);
    if (strstr(text, verdict->mark) != NULL)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "%s: standard error doesn't say '%s'", verdict->absent,
                verdict->mark);
}

/* ---- Findings ---------------------------------------------------------------------- */

guint go_profile_depth(const char *go)
{
    return go != NULL && go_version_compare(go, "1.23") < 0 ? 32 : 128;
}

/* The allocator's own frames are hidden from the profile: a stack may be cut
 * even if it has a few less than the runtime keeps. */
#define HIDDEN_FRAMES 8

static bool is_complete(const GPtrArray *frames, const char *go)
{
    if (frames->len == 0)
        return false;
    const Yard__Frame *outermost = frames->pdata[frames->len - 1];
    bool from_main = g_strcmp0(outermost->function, "runtime.main") == 0;
    return from_main || frames->len + HIDDEN_FRAMES < go_profile_depth(go);
}

static void add_finding(const struct profile_stack *stack, const struct go_claim *claim, int units,
                        int bytes, const char *go, GPtrArray *findings)
{
    Yard__Finding *finding = finding_new(claim->claim, claim->resource, stack->values[units],
                                         bytes < 0 ? -1 : stack->values[bytes]);
    finding->has_since = true;
    finding->since = claim->since;
    finding->has_stack_complete = true;
    finding->stack_complete = is_complete(stack->frames, go);
    finding->text = g_strdup_printf("%s %" G_GINT64_FORMAT, claim->units, stack->values[units]);
    for (guint i = 0; i < stack->frames->len; i++) {
        const Yard__Frame *frame = stack->frames->pdata[i];
        finding_add_frame(finding,
                          frame_new(frame->function, frame->file, frame->line, frame->module));
    }
    g_ptr_array_add(findings, finding);
}

static bool find_type(const profile_t *profile, const char *type, int *index, GError **error)
{
    *index = profile_type(profile, type);
    if (*index >= 0)
        return true;
    return fail(error, EXIT_INFRASTRUCTURE, "%s: is another kind of profile: it has no '%s'",
                profile->name, type);
}

static bool add_findings(const profile_t *profile, const struct go_claim *claim, const char *go,
                         GPtrArray *findings, GError **error)
{
    int units, bytes = -1;
    if (!find_type(profile, claim->units, &units, error))
        return false;
    if (claim->bytes != NULL && !find_type(profile, claim->bytes, &bytes, error))
        return false;
    for (guint i = 0; i < profile->stacks->len; i++) {
        const struct profile_stack *stack = profile->stacks->pdata[i];
        if (stack->values[units] > 0)
            add_finding(stack, claim, units, bytes, go, findings);
    }
    return true;
}

bool go_held(const struct subject *subject, const char *name, const struct go_claim *claim,
             GPtrArray *findings, GError **error)
{
    g_autofree char *path = g_build_filename(subject->directory, name, NULL);
    g_autoptr(profile_t) profile = profile_read(path, error);
    return profile != NULL && add_findings(profile, claim, subject->go, findings, error);
}

bool go_growth(const struct subject *subject, const struct go_claim *claim, GPtrArray *findings,
               GError **error)
{
    g_autofree char *base_path = g_build_filename(subject->directory, BASE, NULL);
    g_autofree char *last_path = g_build_filename(subject->directory, LAST, NULL);
    g_autoptr(profile_t) base = profile_read(base_path, error);
    g_autoptr(profile_t) last = base ? profile_read(last_path, error) : NULL;
    g_autoptr(profile_t) growth = last ? profile_difference(base, last, error) : NULL;
    return growth != NULL && add_findings(growth, claim, subject->go, findings, error);
}
