#include "judge_fixture.h"

static void add_site(sites_t *sites, const char *file, const char *function, guint first,
                     enum marker marker)
{
    struct site *site = g_new0(struct site, 1);
    site->file = g_strdup(file);
    site->function = g_strdup(function);
    site->first = first;
    site->last = first + 10;
    site->line = first + 5;
    site->marker = marker;
    g_ptr_array_add(sites->sites, site);
}

static void free_site(gpointer data)
{
    struct site *site = data;
    g_free(site->file);
    g_free(site->function);
    g_free(site);
}

sites_t *fixture_sites(void)
{
    static const char *const files[] = {"variant.c", "variant.go", "main.go", "other.c"};
    sites_t *sites = g_new0(sites_t, 1);
    sites->sites = g_ptr_array_new_with_free_func(free_site);
    sites->files = g_ptr_array_new_with_free_func(g_free);
    sites->name = g_strdup("table");
    sites->stubs = g_strdup("_cgo_0123456789ab_");
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
        g_ptr_array_add(sites->files, g_strdup(files[i]));
    add_site(sites, "variant.c", "table_new", 10, MARKER_ALLOC);
    add_site(sites, "variant.c", "table_put", 30, MARKER_LEAK);
    add_site(sites, "variant.go", "put", 50, MARKER_LEAK);
    return sites;
}

sites_t *fixture_sites_round(void)
{
    sites_t *sites = fixture_sites();
    add_site(sites, "variant.c", "yard_round", 70, MARKER_LEAK);
    return sites;
}

Yard__Scenario fixture_scenario(void)
{
    Yard__Scenario scenario = YARD__SCENARIO__INIT;
    scenario.id = "heap/table";
    scenario.has_language = scenario.has_resource = scenario.has_kind = true;
    scenario.language = YARD__LANGUAGE__C;
    scenario.resource = YARD__RESOURCE__HEAP_BLOCK;
    scenario.kind = YARD__KIND__LOST;
    scenario.has_units_per_round = scenario.has_rounds = true;
    scenario.units_per_round = 1;
    scenario.rounds = 100;
    return scenario;
}

struct run_outcome fixture_run(bool leaky)
{
    struct run_outcome outcome = {
        .outcome = OUTCOME_COMPLETED,
        .checkpoints = g_array_new(FALSE, TRUE, sizeof(struct checkpoint)),
        .pid = 1234,
        .wall_seconds = 3,
        .peak_kib = 4000,
    };
    for (guint i = 0; i <= 10; i++) {
        gint64 rounds = 1 + 10 * i;
        struct checkpoint checkpoint = {
            .rounds = (guint64)rounds,
            .value = 2 * rounds,
            .born = rounds,
            .died = leaky ? 0 : rounds,
        };
        g_array_append_val(outcome.checkpoints, checkpoint);
    }
    return outcome;
}

void fixture_run_clear(struct run_outcome *outcome)
{
    g_free(outcome->reason);
    g_array_unref(outcome->checkpoints);
}

struct checkpoint *fixture_checkpoint(struct run_outcome *outcome, guint number)
{
    return &g_array_index(outcome->checkpoints, struct checkpoint, number);
}
