#include "plan/plan.h"

#include <string.h>

#include "plan/launch.h"
#include "plan/truth.h"
#include "support/failure.h"
#include "support/go_version.h"

static void planned_run_free(gpointer data)
{
    struct planned_run *run = data;
    g_ptr_array_unref(run->labels);
    g_free(run->unsupported);
    g_free(run);
}

void plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    g_ptr_array_unref(plan->proving);
    g_ptr_array_unref(plan->judged);
    g_free(plan);
}

/* Everything that a run needs to be told apart, while runs are being added. */
struct planner {
    const catalog_t *catalog;
    const struct plan_options *options;
    struct plan *plan;
    GPtrArray *flavours; /* const Yard__Flavour *, asked for by name; empty: none was */
};

/* Why the build could not make PROGRAM, which it wrote beside it, or NULL. */
static char *note_beside(const char *program)
{
    g_autofree char *path = g_strconcat(program, ".unsupported", NULL);
    char *reason = NULL;
    g_file_get_contents(path, &reason, NULL, NULL);
    return reason ? g_strchomp(reason) : NULL;
}

/* Why there is no program of RUN, or no server for it, or NULL. */
static char *not_made(const catalog_t *catalog, const struct planned_run *run)
{
    g_autofree char *program = program_path(catalog, run->scenario, run->variant, run->flavour);
    char *reason = note_beside(program);
    if (reason != NULL || run->scenario->server == NULL)
        return reason;
    g_autofree char *mock = mock_path(catalog, run->scenario);
    return note_beside(mock);
}

static struct planned_run *add_run(const struct planner *planner, GPtrArray *runs,
                                   const struct planned_run *like, bool proves)
{
    struct planned_run *run = g_new(struct planned_run, 1);
    *run = *like;
    run->proves = proves;
    run->measured = false;
    run->labels = g_ptr_array_new();
    run->unsupported =
        like->unsupported ? g_strdup(like->unsupported) : not_made(planner->catalog, run);
    g_ptr_array_add(runs, run);
    return run;
}

static bool stands_for(const Yard__Flavour *flavour, const char *wanted)
{
    for (size_t i = 0; i < flavour->n_variation_of; i++)
        if (strcmp(flavour->variation_of[i], wanted) == 0)
            return true;
    return strcmp(flavour->name, wanted) == 0;
}

/* Is this LABEL to look at LIKE's program in LIKE's flavour? */
static bool looks_at(const struct planner *planner, const struct label *label,
                     const struct planned_run *like)
{
    const struct detector *detector = label->detector;
    if (!(detector->languages & BIT(like->scenario->language)))
        return false;
    /* However it is built, a source is the same. */
    if (planner->flavours->len == 0 || looks_at_source(detector))
        return strcmp(detector->flavour, like->flavour->name) == 0;
    return stands_for(like->flavour, detector->flavour);
}

/* A proving run of LIKE in each of its cells. */
static void add_proofs(struct planner *planner, struct planned_run like)
{
    g_autofree char *reason = NULL;
    g_autoptr(GArray) cells = truth_cells(like.scenario, like.flavour, &reason);
    like.unsupported = reason;
    if (reason != NULL)
        add_run(planner, planner->plan->proving, &like, true);
    for (guint i = 0; i < cells->len; i++) {
        const struct truth_cell *cell = &g_array_index(cells, struct truth_cell, i);
        like.when = cell->when;
        like.healed = cell->healed;
        add_run(planner, planner->plan->proving, &like, true);
    }
}

/* Why LABEL can't look at programs of FLAVOUR, or NULL. */
static char *cannot_look(const struct label *label, const Yard__Flavour *flavour)
{
    const char *from = label->detector->go_from;
    if (label->unusable != NULL)
        return g_strdup(label->unusable);
    if (from == NULL || flavour->go == NULL || go_version_compare(flavour->go, from) >= 0)
        return NULL;
    return g_strdup_printf("programs of Go before %s do not have it, and these are of %s", from,
                           flavour->go);
}

/* The proving run of LIKE, with the passive labels on it, and the others' own runs. */
static void add_runs(struct planner *planner, const struct planned_run *like)
{
    const GPtrArray *labels = planner->options->labels;
    struct planned_run *proving = NULL;
    for (guint i = 0; i < labels->len; i++) {
        struct label *label = g_ptr_array_index(labels, i);
        if (!looks_at(planner, label, like))
            continue;
        if (proving == NULL)
            proving = add_run(planner, planner->plan->proving, like, true);
        bool usable = label->unusable == NULL;
        struct planned_run *run = label->detector->passive && usable
                                      ? proving
                                      : add_run(planner, planner->plan->judged, like, false);
        proving->measured |= run != proving && usable && !looks_at_source(label->detector);
        g_ptr_array_add(run->labels, label);
        if (run->unsupported == NULL)
            run->unsupported = cannot_look(label, like->flavour);
    }
}

static void add_flavours(struct planner *planner, struct planned_run *like)
{
    const Yard__Catalog *message = planner->catalog->message;
    guint asked = planner->flavours->len;
    for (size_t i = 0; i < (asked ? asked : message->n_flavour); i++) {
        like->flavour = asked ? g_ptr_array_index(planner->flavours, i) : message->flavour[i];
        if (asked == 0 && !flavour_speaks(like->flavour, like->scenario->language))
            continue;
        g_autofree char *reason = NULL;
        truth_holds(like->scenario, like->flavour, &like->when, &reason);
        like->unsupported = reason;
        for (like->repetition = 1; like->repetition <= planner->options->repeat; like->repetition++)
            if (planner->options->labels->len == 0)
                add_proofs(planner, *like);
            else
                add_runs(planner, like);
    }
}

/* Fisher and Yates; Knuth, The Art of Computer Programming, vol. 2, 3.4.2. */
static void shuffle(gpointer *items, guint count, GRand *random)
{
    for (guint i = count; i > 1; i--) {
        guint k = (guint)g_rand_int_range(random, 0, (gint32)i);
        gpointer other = items[k];
        items[k] = items[i - 1];
        items[i - 1] = other;
    }
}

static bool is_slow(const struct planned_run *run)
{
    const struct label *label = g_ptr_array_index(run->labels, 0);
    return label->detector->slow;
}

static gint slow_first(gconstpointer a, gconstpointer b, gpointer unused)
{
    (void)unused;
    const struct planned_run *const *first = a, *const *second = b;
    return is_slow(*second) - is_slow(*first);
}

/* Of the runs from the one at FIRST on, those of a scenario: judged alone, nobody is to wait for
 * one that began last. The others stay in their order. */
static void begin_with_slow(GPtrArray *runs, guint first)
{
    if (runs->len > first)
        g_qsort_with_data(&runs->pdata[first], (gint)(runs->len - first), sizeof *runs->pdata,
                          slow_first, NULL); /* a stable sort */
}

static bool find_flavours(struct planner *planner, GError **error)
{
    for (guint i = 0; i < planner->options->flavours->len; i++) {
        const char *name = g_ptr_array_index(planner->options->flavours, i);
        const Yard__Flavour *flavour = catalog_flavour(planner->catalog, name);
        if (flavour == NULL)
            return fail(error, EXIT_USAGE,
                        "there is no flavour '%s'; a new one is NAME:cc=…,cflags=…", name);
        g_ptr_array_add(planner->flavours, (gpointer)flavour);
    }
    return true;
}

static void order(struct planner *planner)
{
    if (!planner->options->shuffle)
        return;
    GRand *random = g_rand_new_with_seed((guint32)planner->options->seed);
    shuffle(planner->plan->proving->pdata, planner->plan->proving->len, random);
    shuffle(planner->plan->judged->pdata, planner->plan->judged->len, random);
    g_rand_free(random);
}

struct plan *plan_make(const catalog_t *catalog, const GPtrArray *scenarios,
                       const struct selection *selection, const struct plan_options *options,
                       GError **error)
{
    g_autoptr(GPtrArray) flavours = g_ptr_array_new();
    struct planner planner = {catalog, options, NULL, flavours};
    if (!find_flavours(&planner, error))
        return NULL;
    planner.plan = g_new(struct plan, 1);
    planner.plan->proving = g_ptr_array_new_with_free_func(planned_run_free);
    planner.plan->judged = g_ptr_array_new_with_free_func(planned_run_free);
    GRand *random = g_rand_new_with_seed((guint32)(options->seed ^ (options->seed >> 32)));
    for (guint i = 0; i < scenarios->len; i++) {
        struct planned_run like = {.scenario = g_ptr_array_index(scenarios, i)};
        Yard__Variant variants[2];
        gsize count = scenario_variants(like.scenario, variants);
        /* Nobody is to learn the variant from the order. */
        gsize first = g_rand_boolean(random) ? 1 : 0;
        guint judged = planner.plan->judged->len;
        for (gsize k = 0; k < count; k++) {
            like.variant = variants[(k + first) % count];
            if (selection_has_variant(selection, like.variant))
                add_flavours(&planner, &like);
        }
        begin_with_slow(planner.plan->judged, judged);
    }
    g_rand_free(random);
    order(&planner);
    return planner.plan;
}
