#include "judge/expectation_text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "judge/deviation.h"
#include "schema/words.h"

static void append_string(GString *text, const char *field, const char *value)
{
    if (value == NULL)
        return;
    g_string_append_printf(text, " %s: \"", field);
    for (const unsigned char *at = (const unsigned char *)value; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(text, "\\%c", *at);
        else if (*at < ' ')
            g_string_append_printf(text, "\\%03o", *at);
        else
            g_string_append_c(text, (char)*at);
    }
    g_string_append_c(text, '"');
}

static char *condition_text(const Yard__Condition *condition)
{
    GString *text = g_string_new("{");
    append_string(text, "tool", condition->tool);
    append_string(text, "go", condition->go);
    append_string(text, "compiler", condition->compiler);
    append_string(text, "machine", condition->machine);
    append_string(text, "flavour", condition->flavour);
    g_string_append(text, " }");
    return g_string_free(text, FALSE);
}

static int by_text(const void *a, const void *b)
{
    g_autofree char *one = condition_text(*(Yard__Condition *const *)a);
    g_autofree char *other = condition_text(*(Yard__Condition *const *)b);
    return strcmp(one, other);
}

static void append_deviation(GString *text, const Yard__Deviation *deviation)
{
    g_string_append(text, "\ndeviation {\n ");
    append_string(text, "scenario", deviation->scenario);
    if (deviation->has_variant)
        g_string_append_printf(text, "\n  variant: %s",
                               word_of(&yard__variant__descriptor, deviation->variant));
    g_string_append_printf(text, "\n  verdict: %s\n ",
                           word_of(&yard__result__verdict__descriptor, deviation->verdict));
    append_string(text, "reason", deviation->reason);
    for (size_t i = 0; i < deviation->n_condition; i++) {
        g_autofree char *condition = condition_text(deviation->condition[i]);
        g_string_append_printf(text, "\n  condition %s", condition);
    }
    g_string_append(text, "\n}\n");
}

static const char preface[] =
    "# What %s says that differs from the truth, and where somebody has really\n"
    "# looked. `leakyard bless` rewrites this file and keeps no other comment: what there\n"
    "# is to say of a deviation is its reason.\n"
    "#\n"
    "# Of deviations that hold, a scenario's own goes before a glob, one with a variant or\n"
    "# a condition before one without; of equals the last one counts.\n\n";

char *expectations_text(Yard__Expectations *file, const char *detector)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, preface, detector);
    if (file->n_recorded > 0)
        qsort(file->recorded, file->n_recorded, sizeof *file->recorded, by_text);
    for (size_t i = 0; i < file->n_recorded; i++) {
        g_autofree char *condition = condition_text(file->recorded[i]);
        g_string_append_printf(text, "recorded %s\n", condition);
    }
    deviations_sort(file);
    for (size_t i = 0; i < file->n_deviation; i++)
        append_deviation(text, file->deviation[i]);
    return g_string_free(text, FALSE);
}
