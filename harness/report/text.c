#include "report/text.h"

#include <string.h>

#include "report/cell.h"
#include "support/failure.h"

/* "1 scenario", "3 scenarios". Free with g_free. */
static char *counted_words(guint count, const char *word)
{
    return g_strdup_printf("%u %s%s", count, word, count == 1 ? "" : "s");
}

/* Adds TEXT to LIST unless it is empty or there already. */
static void add_once(GPtrArray *list, const char *text)
{
    if (text != NULL && *text != '\0' &&
        !g_ptr_array_find_with_equal_func(list, text, g_str_equal, NULL))
        g_ptr_array_add(list, printable(text));
}

static guint count_scenarios(const struct report_input *input)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < input->results->len; i++)
        g_hash_table_add(ids, ((Yard__Result *)g_ptr_array_index(input->results, i))->scenario);
    for (guint i = 0; i < input->proofs->len; i++)
        g_hash_table_add(ids, ((Yard__Proof *)g_ptr_array_index(input->proofs, i))->scenario);
    return g_hash_table_size(ids);
}

static guint count_detectors(const struct report_input *input)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < input->results->len; i++)
        g_hash_table_add(names, ((Yard__Result *)g_ptr_array_index(input->results, i))->detector);
    return g_hash_table_size(names);
}

/* What was measured on: toolchains, kernel, seed, commit. */
static void add_provenance(struct page *page, const Yard__Provenance *provenance)
{
    g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < provenance->n_flavour; i++) {
        add_once(facts, provenance->flavour[i]->compiler);
        add_once(facts, provenance->flavour[i]->go);
    }
    g_autofree char *kernel = g_strdup_printf("%s %s", provenance->kernel ? provenance->kernel : "",
                                              provenance->machine ? provenance->machine : "");
    add_once(facts, g_strstrip(kernel));
    if (provenance->has_seed)
        g_ptr_array_add(facts, g_strdup_printf("seed %" G_GUINT64_FORMAT, provenance->seed));
    if (provenance->commit != NULL)
        g_ptr_array_add(facts, g_strdup_printf("commit %.12s", provenance->commit));
    if (provenance->scenarios_hash != NULL)
        g_ptr_array_add(facts, g_strdup_printf("scenarios %.12s", provenance->scenarios_hash));
    if (facts->len > 0)
        page_list(page, 0, facts, ", ");
}

static void add_header(struct page *page, const struct report_input *input)
{
    const char *version =
        input->provenance && input->provenance->version ? input->provenance->version : "";
    g_autofree char *scenarios = counted_words(count_scenarios(input), "scenario");
    g_autofree char *detectors = counted_words(count_detectors(input), "detector");
    g_autofree char *verdicts = counted_words(input->results->len, "verdict");
    page_add(page, STYLE_BOLD, "Leakyard%s%s: %s", *version ? " " : "", version, scenarios);
    if (input->results->len > 0)
        page_add(page, STYLE_BOLD, ", %s, %s", detectors, verdicts);
    page_end_line(page);
    if (input->provenance != NULL)
        add_provenance(page, input->provenance);
}

static void add_differences(struct page *page, const struct report_input *input)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (!result_fails(result))
            continue;
        g_autofree char *sentence = result_sentence(result);
        g_ptr_array_add(lines,
                        g_strdup_printf("  %s %s %s: %s  [leakyard why %s %s]\n", result->scenario,
                                        variant_word(result->variant), result->detector, sentence,
                                        result->scenario, result->detector));
    }
    if (lines->len == 0)
        return;
    page_heading(page, "Differs from what is expected");
    for (guint i = 0; i < lines->len; i++)
        page_add(page, STYLE_BAD, "%s", (char *)g_ptr_array_index(lines, i));
}

static void add_unsteady(struct page *page, const struct report_input *input)
{
    g_autoptr(GArray) cells = cells_of(input->results);
    bool first = true;
    for (guint i = 0; i < cells->len; i++) {
        const struct cell *cell = &g_array_index(cells, struct cell, i);
        if (cell_is_steady(cell))
            continue;
        if (first)
            page_heading(page, "Varies over repetitions");
        first = false;
        const Yard__Result *result = cell->results[0];
        g_autofree char *verdicts = cell_verdicts(cell);
        page_add(page, STYLE_PLAIN, "  %s %s %s: %s\n", result->scenario,
                 variant_word(result->variant), result->detector, verdicts);
    }
}

/* Cases that share a line: where they are, in the order met. */
struct group {
    char *line;
    GPtrArray *places; /* of char * */
};

static void group_free(gpointer data)
{
    struct group *group = data;
    g_free(group->line);
    g_ptr_array_unref(group->places);
    g_free(group);
}

/* Adds PLACE to the group of LINE; takes both over. */
static void group_add(GPtrArray *groups, char *line, char *place)
{
    struct group *group = NULL;
    for (guint i = 0; i < groups->len && group == NULL; i++) {
        struct group *candidate = g_ptr_array_index(groups, i);
        if (strcmp(candidate->line, line) == 0)
            group = candidate;
    }
    if (group == NULL) {
        group = g_new0(struct group, 1);
        group->line = g_steal_pointer(&line);
        group->places = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(groups, group);
    }
    g_ptr_array_add(group->places, place);
    g_free(line);
}

#define PLACES_SHOWN 2

/* "  12 × LINE (PLACE, PLACE and 10 more)" for each group. */
static void add_groups(struct page *page, const GPtrArray *groups)
{
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);
        page_add(page, STYLE_PLAIN, "  %u %s %s (", group->places->len, page->unicode ? "×" : "x",
                 group->line);
        for (guint j = 0; j < MIN(group->places->len, PLACES_SHOWN); j++)
            page_add(page, STYLE_PLAIN, "%s%s", j ? ", " : "",
                     (char *)g_ptr_array_index(group->places, j));
        if (group->places->len > PLACES_SHOWN)
            page_add(page, STYLE_PLAIN, " and %u more", group->places->len - PLACES_SHOWN);
        page_add(page, STYLE_PLAIN, ")\n");
    }
}

static char *result_place(const Yard__Result *result)
{
    return g_strdup_printf("%s %s %s", result->detector, result->scenario,
                           variant_word(result->variant));
}

static void add_unjudged(struct page *page, const struct report_input *input)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(group_free);
    for (guint i = 0; i < input->proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(input->proofs, i);
        if (proof_status(proof) != REPORT_SKIPPED)
            continue;
        g_autofree char *reason = printable(proof->reason);
        group_add(groups, g_strdup_printf("UNSUPPORTED: %s", reason),
                  g_strdup_printf("census %s %s %s", proof->scenario, variant_word(proof->variant),
                                  proof->flavour));
    }
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (result->verdict != YARD__RESULT__VERDICT__ERROR &&
            result->verdict != YARD__RESULT__VERDICT__TIMEOUT &&
            result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED)
            continue;
        g_autofree char *reason = printable(result->reason);
        group_add(groups, g_strdup_printf("%s: %s", verdict_word(result->verdict), reason),
                  result_place(result));
    }
    if (groups->len == 0)
        return;
    page_heading(page, "Not judged");
    add_groups(page, groups);
}

/* Scenarios, not programs. */
static guint count_unproved(const struct report_input *input)
{
    guint count = 0;
    const char *last = NULL;
    for (guint i = 0; i < input->proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(input->proofs, i);
        if (proof_status(proof) != REPORT_FAILED)
            continue;
        count += g_strcmp0(last, proof->scenario) != 0;
        last = proof->scenario;
    }
    return count;
}

static void add_unproved(struct page *page, const struct report_input *input)
{
    if (count_unproved(input) == 0)
        return;
    page_heading(page, "UNPROVED: the census contradicts the manifest, so no detector is judged");
    for (guint i = 0; i < input->proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(input->proofs, i);
        if (proof_status(proof) != REPORT_FAILED)
            continue;
        g_autofree char *reason = printable(proof->reason);
        page_add(page, STYLE_BAD, "  %s %s %s: %s\n", proof->scenario, variant_word(proof->variant),
                 proof->flavour, reason);
    }
}

static guint count_deviations(const struct report_input *input)
{
    guint count = 0;
    for (guint i = 0; i < input->results->len; i++)
        count += result_deviates(g_ptr_array_index(input->results, i));
    return count;
}

/* Known deviations, by what they are and why. Free with g_ptr_array_unref. */
static GPtrArray *deviations_of(const struct report_input *input)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(group_free);
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (!result_deviates(result))
            continue;
        g_autofree char *reason =
            printable(result->expected_reason ? result->expected_reason : result->reason);
        group_add(
            groups,
            g_strdup_printf("%s %s: %s", result->detector, verdict_word(result->verdict), reason),
            g_strdup_printf("%s %s", result->scenario, variant_word(result->variant)));
    }
    return groups;
}

static void add_unfound(struct page *page, const struct report_input *input)
{
    g_autoptr(GPtrArray) unfound = report_unfound(input);
    if (unfound->len == 0)
        return;
    page_heading(page, "Leaks that no detector here found");
    page_list(page, 2, unfound, ", ");
}

/* The line that a reader of a CI log looks for. */
static void add_closing(struct page *page, const struct report_input *input)
{
    guint passed = 0, differ = 0, unrecorded = 0, unsupported = 0;
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (result_fails(result))
            differ++;
        else if (result_is_unrecorded(result))
            unrecorded++;
        else if (result->verdict == YARD__RESULT__VERDICT__UNSUPPORTED)
            unsupported++;
        else
            passed++;
    }
    guint unproved = count_unproved(input);
    bool fails = report_exit_code(input) != EXIT_AS_EXPECTED;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    if (!fails)
        g_ptr_array_add(parts, input->results->len > 0
                                   ? counted_words(passed, "verdict")
                                   : counted_words(input->proofs->len, "proof"));
    if (differ > 0)
        g_ptr_array_add(
            parts, g_strdup_printf("%u verdict%s", differ, differ == 1 ? " differs" : "s differ"));
    if (unproved > 0)
        g_ptr_array_add(
            parts, g_strdup_printf("%u scenario%s unproved", unproved, unproved == 1 ? "" : "s"));
    if (unrecorded > 0)
        g_ptr_array_add(parts, g_strdup_printf("%u unrecorded%s", unrecorded,
                                               input->strict ? "" : " (fails only with --strict)"));
    if (unsupported > 0)
        g_ptr_array_add(parts, g_strdup_printf("%u unsupported here", unsupported));
    g_ptr_array_add(parts, NULL);
    g_autofree char *all = g_strjoinv(", ", (GStrv)parts->pdata);
    page_add(page, fails ? STYLE_BAD : STYLE_GOOD, "\n%s%s%s", fails ? "" : "As expected: ", all,
             fails ? ": exit 1." : ".");
    page_end_line(page);
}

static bool page_write(struct page *page, FILE *out, GError **error)
{
    bool written = fwrite(page->text->str, 1, page->text->len, out) == page->text->len;
    page_clear(page);
    return written || fail_errno(error, "cannot write the text report");
}

static bool text_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    struct page page;
    page_init(&page, colour);
    add_header(&page, input);
    if (input->results->len > 0)
        matrix_add(&page, input);
    add_differences(&page, input);
    add_unsteady(&page, input);
    add_unjudged(&page, input);
    add_unproved(&page, input);
    scorecard_add(&page, input);
    add_unfound(&page, input);
    guint deviations = count_deviations(input);
    g_autofree char *known = counted_words(deviations, "known deviation");
    if (deviations > 0)
        page_add(&page, STYLE_DIM, "\n%s (leakyard report --deviations lists them)\n", known);
    add_closing(&page, input);
    return page_write(&page, out, error);
}

bool deviations_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    struct page page;
    page_init(&page, colour);
    g_autoptr(GPtrArray) groups = deviations_of(input);
    for (guint i = 0; i < groups->len; i++) {
        const struct group *group = g_ptr_array_index(groups, i);
        page_add(&page, STYLE_BOLD, "%s\n", group->line);
        page_list(&page, 2, group->places, ", ");
    }
    g_autofree char *known = counted_words(count_deviations(input), "known deviation");
    page_add(&page, STYLE_PLAIN, "%s\n", known);
    return page_write(&page, out, error);
}

static const struct report_format text = {
    .name = "text",
    .summary = "for people: matrix, what differs, scorecard",
    .write = text_write,
};
REPORT(text);
