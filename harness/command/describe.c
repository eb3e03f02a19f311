#include "command/describe.h"

#include "schema/words.h"

json_t *strings_json(char *const *strings, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(strings[i]));
    return array;
}

json_t *scenario_json(const Yard__Scenario *scenario)
{
    g_autofree char *class_name = scenario_class(scenario);
    Yard__Ending ends = scenario->has_ends ? scenario->ends : YARD__ENDING__EXIT;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:s, s:o, s:s, s:o}", "id",
                     scenario->id, "class", class_name, "language",
                     word_lower(&yard__language__descriptor, scenario->language), "resource",
                     word_lower(&yard__resource__descriptor, scenario->resource), "kind",
                     word_of(&yard__kind__descriptor, scenario->kind), "units_per_round",
                     (json_int_t)scenario->units_per_round, "bytes_per_unit",
                     (json_int_t)scenario->bytes_per_unit, "rounds", (json_int_t)scenario->rounds,
                     "bound", (json_int_t)scenario->bound, "ends",
                     word_lower(&yard__ending__descriptor, ends), "tags",
                     strings_json(scenario->tag, scenario->n_tag), "title", scenario->title,
                     "sources", strings_json(scenario->source, scenario->n_source));
}

char *site_source(const struct site *site, Yard__Variant variant)
{
    if (!g_str_has_prefix(site->file, "variant."))
        return g_strdup(site->file);
    return g_strconcat(word_lower(&yard__variant__descriptor, variant),
                       site->file + sizeof "variant" - 1, NULL);
}

char *scenario_folder(const struct root *home, const Yard__Scenario *scenario)
{
    return g_build_filename(home->scenarios, scenario->id, NULL);
}
