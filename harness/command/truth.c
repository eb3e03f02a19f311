/* The truth as a table: what every variant does, for anybody to score against. */
#include <stdio.h>
#include <string.h>

#include "catalog/site.h"
#include "command/command.h"
#include "command/describe.h"
#include "plan/truth.h"
#include "schema/words.h"

static const struct argp_child children[] = {{&scope_argp, 0, NULL, 0}, {0}};

static const struct argp argp = {
    .children = children,
    .doc = "Prints, as CSV, what every variant of every scenario does: what expected/truth.csv "
           "holds.\v"
           "units is what has leaked after a standard run of so many rounds, the warm-up round "
           "apart: 0 in fixed and clean variants. bytes_per_unit is empty where it is not fixed. "
           "bound is how many units a sound variant may hold. Conditions of leaks_when and names "
           "of functions are joined by semicolons.\n\n"
           "Example: leakyard truth > expected/truth.csv",
};

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The functions with such markers, each once, in order. Free with g_free. */
static char *functions_with(const sites_t *sites, enum marker marker)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < sites->sites->len; i++) {
        const struct site *site = g_ptr_array_index(sites->sites, i);
        if (site->marker == marker && *site->function != '\0' &&
            !g_ptr_array_find_with_equal_func(names, site->function, g_str_equal, NULL))
            g_ptr_array_add(names, site->function);
    }
    g_ptr_array_sort(names, by_text);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(";", (char **)names->pdata);
}

/* Appends TEXT as a field of CSV (RFC 4180), after a comma. */
static void append_field(GString *row, const char *text)
{
    g_string_append_c(row, ',');
    if (strpbrk(text, ",\"\n\r") == NULL) {
        g_string_append(row, text);
        return;
    }
    g_autoptr(GString) quoted = g_string_new(text);
    g_string_replace(quoted, "\"", "\"\"", 0);
    g_string_append_printf(row, "\"%s\"", quoted->str);
}

static void append_numbers(GString *row, const Yard__Scenario *scenario, Yard__Variant variant)
{
    guint64 each = variant == YARD__VARIANT__LEAKY ? scenario->units_per_round : 0;
    g_string_append_printf(row, ",%" G_GUINT64_FORMAT ",%u,%" G_GUINT64_FORMAT ",", each,
                           scenario->rounds, each * scenario->rounds);
    if (scenario->bytes_per_unit > 0)
        g_string_append_printf(row, "%" G_GUINT64_FORMAT, scenario->bytes_per_unit);
    g_string_append_printf(row, ",%u", scenario->bound);
}

static void append_row(GString *row, const Yard__Scenario *scenario, Yard__Variant variant,
                       const sites_t *sites)
{
    g_autofree char *class_name = scenario_class(scenario);
    g_autofree char *conditions = truth_conditions(scenario, ";");
    g_autofree char *alloc = functions_with(sites, MARKER_ALLOC);
    g_autofree char *leak = functions_with(sites, MARKER_LEAK);
    g_string_append(row, scenario->id);
    append_field(row, class_name);
    append_field(row, word_lower(&yard__language__descriptor, scenario->language));
    append_field(row, word_lower(&yard__resource__descriptor, scenario->resource));
    append_field(row, word_of(&yard__kind__descriptor, scenario->kind));
    append_field(row, word_lower(&yard__variant__descriptor, variant));
    append_numbers(row, scenario, variant);
    append_field(row, conditions);
    append_field(row, alloc);
    append_field(row, variant == YARD__VARIANT__LEAKY ? leak : "");
    g_string_append_c(row, '\n');
}

static bool append_scenario(GString *table, const struct scope *scope,
                            const Yard__Scenario *scenario, GError **error)
{
    g_autofree char *folder = scenario_folder(catalog_home(scope->catalog, scenario), scenario);
    Yard__Variant variants[2];
    gsize count = scenario_variants(scenario, variants);
    for (gsize i = 0; i < count; i++) {
        if (!selection_has_variant(&scope->selection, variants[i]))
            continue;
        g_autoptr(sites_t) sites = sites_read(folder, variants[i], error);
        if (sites == NULL)
            return false;
        append_row(table, scenario, variants[i], sites);
    }
    return true;
}

static bool print_truth(struct scope *scope, GError **error)
{
    if (!scope_open(scope, error))
        return false;
    g_autoptr(GString) table =
        g_string_new("id,class,language,resource,kind,variant,units_per_round,rounds,units,"
                     "bytes_per_unit,bound,leaks_when,alloc_functions,leak_functions\n");
    for (guint i = 0; i < scope->scenarios->len; i++)
        if (!append_scenario(table, scope, g_ptr_array_index(scope->scenarios, i), error))
            return false;
    fwrite(table->str, 1, table->len, stdout);
    return true;
}

static int run_truth(int argc, char **argv, GError **error)
{
    struct scope scope = {0};
    command_parse(&argp, argc, argv, &scope);
    print_truth(&scope, error);
    scope_clear(&scope);
    return EXIT_AS_EXPECTED;
}

static const struct command truth_command = {
    .name = "truth",
    .summary = "what every variant does, as CSV",
    .run = run_truth,
};
COMMAND(truth_command);
