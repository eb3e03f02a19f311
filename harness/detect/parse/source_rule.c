#include "detect/parse/source_rule.h"

#include <string.h>

#include "schema/message.h"

GPtrArray *source_findings_new(void)
{
    return g_ptr_array_new_with_free_func(finding_free);
}

void source_rule_take(const struct source_rule *rules, const char *rule, const char *words,
                      const char *file, guint line, GPtrArray *findings)
{
    while (rules->name != NULL && strcmp(rules->name, rule) != 0)
        rules++;
    if (rules->name == NULL)
        return;
    /* It has seen the construct, and not that anything is lost. */
    g_autofree char *text = g_strdup_printf("%s: %s (%s)", rule, words, rules->meaning);
    g_ptr_array_add(findings, finding_in_source(YARD__CLAIM__SUSPECTED, file, line, text));
}
