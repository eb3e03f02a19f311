#include "report/cell.h"

#include <string.h>

#include "schema/words.h"

const char *verdict_word(Yard__Result__Verdict verdict)
{
    return word_of(&yard__result__verdict__descriptor, verdict);
}

const char *variant_word(Yard__Variant variant)
{
    return word_lower(&yard__variant__descriptor, variant);
}

void append_repetition(GString *name, guint repetition)
{
    if (repetition > 1)
        g_string_append_printf(name, " (%u)", repetition);
}

char *class_of(const char *id)
{
    return g_strndup(id ? id : "", id ? strcspn(id, "/") : 0);
}

char *printable(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    GString *line = g_string_new(NULL);
    for (const char *i = valid; *i != '\0'; i = g_utf8_next_char(i)) {
        gunichar character = g_utf8_get_char(i);
        if (character == 0xFFFE || character == 0xFFFF)
            character = 0xFFFD;
        g_string_append_unichar(line, g_unichar_iscntrl(character) ? ' ' : character);
    }
    g_strchomp(line->str);
    return g_string_free(line, FALSE);
}

static void column_free(gpointer data)
{
    struct column *column = data;
    g_free(column->title);
    g_free(column);
}

static gint by_detector_and_flavour(gconstpointer a, gconstpointer b)
{
    const struct column *first = *(struct column *const *)a, *second = *(struct column *const *)b;
    int order = g_strcmp0(first->detector, second->detector);
    return order ? order : g_strcmp0(first->flavour, second->flavour);
}

const struct column *column_of(const GPtrArray *columns, const Yard__Result *result)
{
    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);
        if (g_strcmp0(column->detector, result->detector) == 0 &&
            g_strcmp0(column->flavour, result->flavour) == 0)
            return column;
    }
    return NULL;
}

/* Does a neighbour show the same detector in another flavour? */
static bool needs_flavour(const GPtrArray *columns, guint index)
{
    const struct column *column = g_ptr_array_index(columns, index);
    for (guint i = index > 0 ? index - 1 : 0; i < MIN(index + 2, columns->len); i++) {
        const struct column *neighbour = g_ptr_array_index(columns, i);
        if (i != index && g_strcmp0(neighbour->detector, column->detector) == 0)
            return true;
    }
    return false;
}

GPtrArray *columns_of(const GPtrArray *results)
{
    GPtrArray *columns = g_ptr_array_new_with_free_func(column_free);
    for (guint i = 0; i < results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(results, i);
        if (column_of(columns, result) != NULL)
            continue;
        struct column *column = g_new0(struct column, 1);
        column->detector = result->detector ? result->detector : "?";
        column->flavour = result->flavour ? result->flavour : "?";
        g_ptr_array_add(columns, column);
    }
    g_ptr_array_sort(columns, by_detector_and_flavour);
    for (guint i = 0; i < columns->len; i++) {
        struct column *column = g_ptr_array_index(columns, i);
        column->title = needs_flavour(columns, i)
                            ? g_strdup_printf("%s@%s", column->detector, column->flavour)
                            : g_strdup(column->detector);
    }
    return columns;
}

static bool same_cell(const Yard__Result *a, const Yard__Result *b)
{
    return a->variant == b->variant && g_strcmp0(a->scenario, b->scenario) == 0 &&
           g_strcmp0(a->flavour, b->flavour) == 0 && g_strcmp0(a->detector, b->detector) == 0;
}

GArray *cells_of(const GPtrArray *results)
{
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    for (guint i = 0; i < results->len;) {
        struct cell cell = {.results = (Yard__Result *const *)&results->pdata[i]};
        while (i < results->len && same_cell(cell.results[0], g_ptr_array_index(results, i))) {
            cell.count++;
            i++;
        }
        g_array_append_val(cells, cell);
    }
    return cells;
}

const Yard__Result *cell_result(const struct cell *cell)
{
    for (guint i = 0; i < cell->count; i++)
        if (result_fails(cell->results[i]))
            return cell->results[i];
    return cell->results[0];
}

bool cell_is_steady(const struct cell *cell)
{
    for (guint i = 1; i < cell->count; i++)
        if (cell->results[i]->verdict != cell->results[0]->verdict)
            return false;
    return true;
}

char *cell_verdicts(const struct cell *cell)
{
    if (cell_is_steady(cell))
        return g_strdup(verdict_word(cell->results[0]->verdict));
    GString *text = g_string_new(NULL);
    const ProtobufCEnumDescriptor *words = &yard__result__verdict__descriptor;
    for (unsigned i = 0; i < words->n_values; i++) {
        guint times = 0;
        for (guint j = 0; j < cell->count; j++)
            times += (int)cell->results[j]->verdict == words->values[i].value;
        if (times > 0)
            g_string_append_printf(text, "%s%s %u/%u", text->len ? ", " : "", words->values[i].name,
                                   times, cell->count);
    }
    return g_string_free(text, FALSE);
}

enum report_status result_status(const Yard__Result *result)
{
    bool broken = result->verdict == YARD__RESULT__VERDICT__ERROR ||
                  result->verdict == YARD__RESULT__VERDICT__TIMEOUT;
    if (broken && !(result->has_expected && result->expected == result->verdict))
        return REPORT_ERRED;
    if (result->has_standing && result->standing == YARD__RESULT__STANDING__DIFFERS)
        return REPORT_FAILED;
    if (result->verdict == YARD__RESULT__VERDICT__UNSUPPORTED || !result->has_standing ||
        result->standing == YARD__RESULT__STANDING__UNRECORDED)
        return REPORT_SKIPPED;
    return REPORT_PASSED;
}

enum report_status proof_status(const Yard__Proof *proof)
{
    if (!proof->has_status || proof->status == YARD__PROOF__STATUS__UNPROVED)
        return REPORT_FAILED;
    return proof->status == YARD__PROOF__STATUS__PROVED ? REPORT_PASSED : REPORT_SKIPPED;
}

bool result_fails(const Yard__Result *result)
{
    enum report_status status = result_status(result);
    return status == REPORT_FAILED || status == REPORT_ERRED;
}

bool result_is_unrecorded(const Yard__Result *result)
{
    return result->has_standing && result->standing == YARD__RESULT__STANDING__UNRECORDED &&
           result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED;
}

bool result_deviates(const Yard__Result *result)
{
    if (!result->has_standing || result->standing != YARD__RESULT__STANDING__AS_EXPECTED ||
        result->verdict == YARD__RESULT__VERDICT__UNSUPPORTED)
        return false;
    Yard__Result__Verdict truth = YARD__RESULT__VERDICT__CLEAN;
    if (result->variant == YARD__VARIANT__LEAKY)
        truth = result->claimed ? YARD__RESULT__VERDICT__FOUND : YARD__RESULT__VERDICT__MISSED;
    return result->verdict != truth;
}

char *result_sentence(const Yard__Result *result)
{
    g_autofree char *reason = printable(result->reason);
    GString *text = g_string_new(verdict_word(result->verdict));
    if (result->has_expected && result->expected != result->verdict &&
        result->verdict != YARD__RESULT__VERDICT__UNSUPPORTED)
        g_string_append_printf(text, ", expected %s", verdict_word(result->expected));
    if (*reason != '\0')
        g_string_append_printf(text, ": %s", reason);
    return g_string_free(text, FALSE);
}
