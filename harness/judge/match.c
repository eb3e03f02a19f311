#include "judge/match.h"

#include <string.h>

/* Drops "[...]" and "[go.shape.int]", and the path before the package. */
static char *without_types_and_path(const char *name)
{
    g_autoptr(GString) plain = g_string_new(NULL);
    int depth = 0;
    for (const char *at = name; *at != '\0' && *at != '@'; at++) {
        depth += *at == '[';
        if (depth == 0)
            g_string_append_c(plain, *at);
        depth -= *at == ']' && depth > 0;
    }
    const char *slash = strrchr(plain->str, '/');
    return g_strdup(slash ? slash + 1 : plain->str);
}

static bool is_number(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* "isra" of "make.isra.0": tells a C name from a Go one, "package.function". */
static bool is_c_suffix(const char *part)
{
    static const char *const suffixes[] = {"constprop", "isra", "part",  "cold", "lto_priv",
                                           "llvm",      "warm", "clone", NULL};
    return is_number(part) || g_strv_contains(suffixes, part);
}

/* What the Go compiler names itself: closures and wrappers. */
static bool is_go_suffix(const char *part)
{
    static const char *const made[] = {"func", "gowrap", "deferwrap"};
    for (gsize i = 0; i < G_N_ELEMENTS(made); i++)
        if (g_str_has_prefix(part, made[i]) && is_number(part + strlen(made[i])))
            return true;
    return *part == '\0' || is_number(part) || strcmp(part, "abi0") == 0;
}

char *function_base(const char *name)
{
    g_autofree char *plain = without_types_and_path(name);
    g_auto(GStrv) parts = g_strsplit(plain, ".", -1);
    guint count = g_strv_length(parts);
    if (count == 0)
        return g_strdup("");
    if (count == 1 || is_c_suffix(parts[1]))
        return g_strdup(parts[0]);
    while (count > 2 && is_go_suffix(parts[count - 1]))
        count--;
    char *base = parts[count - 1];
    return g_strndup(base, strcspn(base, "-")); /* "put-fm", "put-range1" */
}

/* Every stack below a round shows these; they alone place nothing. */
static bool leads_to_every_round(const char *name, const char *base)
{
    return strcmp(base, "yard_round") == 0 || strcmp(name, "main.round") == 0 ||
           strcmp(name, "main.main") == 0;
}

/* How C sees a call from Go: _cgo_HASH_Cfunc_regcomp, _cgo_HASH_C2func_regcomp (which
 * returns errno too), whatever the package. */
static bool is_c_stub(const char *name)
{
    return g_pattern_match_simple("_cgo_*_Cfunc_*", name) ||
           g_pattern_match_simple("_cgo_*_C2func_*", name);
}

static bool is_own_stub(const sites_t *sites, const char *name)
{
    if (is_c_stub(name))
        return sites->stubs == NULL || g_str_has_prefix(name, sites->stubs);
    return g_str_has_prefix(name, "main._Cfunc_") || g_str_has_prefix(name, "main._C2func_");
}

static bool in_marked_extent(const sites_t *sites, const char *file, guint line)
{
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        if (strcmp(site->file, file) == 0 && site->first <= line && line <= site->last)
            return true;
    }
    return false;
}

/* FILE is NULL where the tool names none. */
static bool is_marked_function(const sites_t *sites, const char *file, const char *base)
{
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        bool same_file = file == NULL || strcmp(site->file, file) == 0;
        if (*base != '\0' && same_file && strcmp(site->function, base) == 0)
            return true;
    }
    return false;
}

/* Is NAME one of the modules' functions that have the defect, or a closure in one? */
static bool is_upstream(const sites_t *sites, const char *name)
{
    for (guint i = 0; sites->upstream != NULL && i < sites->upstream->len; i++) {
        const char *function = g_ptr_array_index(sites->upstream, i);
        gsize length = strlen(function);
        if (strncmp(name, function, length) == 0 && (name[length] == '\0' || name[length] == '.'))
            return true;
    }
    return false;
}

/* NOWHERE if FRAME is not in the scenario. */
static Yard__Located frame_located(const Yard__Frame *frame, const sites_t *sites)
{
    const char *file = frame->file ? sites_file(sites, frame->file) : NULL;
    const char *name = frame->function ? frame->function : "";
    g_autofree char *base = function_base(name);
    bool foreign = frame->file != NULL && file == NULL;
    if (file != NULL && frame->has_line && in_marked_extent(sites, file, frame->line))
        return YARD__LOCATED__LINE;
    if ((!foreign && is_marked_function(sites, file, base)) || is_upstream(sites, name))
        return YARD__LOCATED__FUNCTION;
    if (is_own_stub(sites, name))
        return YARD__LOCATED__MODULE;
    if (file != NULL && !leads_to_every_round(name, base))
        return YARD__LOCATED__MODULE;
    return YARD__LOCATED__NOWHERE;
}

const Yard__Frame *finding_frame(const Yard__Finding *finding, const sites_t *sites,
                                 Yard__Located *located)
{
    const Yard__Frame *best = NULL;
    *located = YARD__LOCATED__NOWHERE;
    for (size_t i = 0; i < finding->n_frame; i++) {
        Yard__Located here = frame_located(finding->frame[i], sites);
        if (here > *located) {
            *located = here;
            best = finding->frame[i];
        }
    }
    return best;
}

/* An address without a name may be the scenario's own, unless a library holds it. And
 * beyond a stub of another package stands Go code that an unwinder of C can't see. */
static bool could_be_anywhere(const Yard__Frame *frame)
{
    if (frame->function != NULL && is_c_stub(frame->function))
        return true;
    bool nameless = frame->function == NULL && frame->file == NULL;
    return nameless && (frame->module == NULL || strstr(frame->module, ".so") == NULL);
}

static bool is_surely_elsewhere(const Yard__Finding *finding)
{
    for (size_t i = 0; i < finding->n_frame; i++)
        if (could_be_anywhere(finding->frame[i]))
            return false;
    return finding->n_frame > 0 && finding->has_stack_complete && finding->stack_complete;
}

void finding_place(Yard__Finding *finding, const sites_t *sites)
{
    Yard__Located located;
    const Yard__Frame *frame = finding_frame(finding, sites, &located);
    finding->has_place = finding->has_located = true;
    finding->located = located;
    if (frame != NULL)
        finding->place = YARD__PLACE__IN_SCENARIO;
    else if (is_surely_elsewhere(finding))
        finding->place = YARD__PLACE__ELSEWHERE;
    else
        finding->place = YARD__PLACE__UNPLACED;
}
