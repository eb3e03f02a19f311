/* TAP 13: one line a result, and one a proof of the census that goes before it. */
#include <jansson.h>
#include <string.h>

#include "report/cell.h"
#include "report/report.h"
#include "schema/words.h"
#include "support/failure.h"

/* TEXT with the characters that TAP gives a meaning escaped. Free with g_free. */
static char *escaped(const char *text)
{
    g_autofree char *line = printable(text);
    GString *safe = g_string_new(line);
    g_string_replace(safe, "\\", "\\\\", 0);
    g_string_replace(safe, "#", "\\#", 0);
    return g_string_free(safe, FALSE);
}

static void add_diagnostic(FILE *out, const char *name, const char *value)
{
    g_autofree char *line = printable(value);
    json_t *string = json_string(line); /* a JSON string is a YAML one */
    char *quoted = json_dumps(string, JSON_ENCODE_ANY);
    fprintf(out, "  %s: %s\n", name, quoted);
    free(quoted);
    json_decref(string);
}

/* "ok 3 - NAME", with what else the status asks for. */
static void add_line(FILE *out, guint number, enum report_status status, const char *name,
                     const char *skipped)
{
    g_autofree char *description = escaped(name);
    bool good = status == REPORT_PASSED || status == REPORT_SKIPPED;
    fprintf(out, "%s %u - %s", good ? "ok" : "not ok", number, description);
    if (status == REPORT_SKIPPED) {
        g_autofree char *reason = escaped(skipped);
        fprintf(out, " # SKIP %s", reason);
    }
    fputc('\n', out);
}

static void add_result(FILE *out, guint number, const Yard__Result *result)
{
    g_autoptr(GString) name = g_string_new(result->scenario);
    g_string_append_printf(name, " %s %s@%s", variant_word(result->variant), result->detector,
                           result->flavour);
    append_repetition(name, result->repetition);
    g_string_append_printf(name, ": %s", verdict_word(result->verdict));
    g_autofree char *sentence = result_sentence(result);
    g_autofree char *skipped = result_is_unrecorded(result)
                                   ? g_strdup_printf("unrecorded: %s", sentence)
                                   : g_strdup(sentence);
    add_line(out, number, result_status(result), name->str, skipped);
    if (!result_fails(result))
        return;
    g_autofree char *why =
        g_strdup_printf("leakyard why %s %s", result->scenario, result->detector);
    fputs("  ---\n", out);
    add_diagnostic(out, "verdict", verdict_word(result->verdict));
    if (result->has_expected)
        add_diagnostic(out, "expected", verdict_word(result->expected));
    add_diagnostic(out, "reason", result->reason);
    add_diagnostic(out, "why", why);
    fputs("  ...\n", out);
}

static void add_proof(FILE *out, guint number, const Yard__Proof *proof)
{
    const char *status = word_of(&yard__proof__status__descriptor, proof->status);
    g_autoptr(GString) name = g_string_new(NULL);
    g_string_printf(name, "%s %s census@%s: %s", proof->scenario, variant_word(proof->variant),
                    proof->flavour, status);
    append_repetition(name, proof->repetition);
    add_line(out, number, proof_status(proof), name->str, proof->reason);
    if (proof_status(proof) != REPORT_FAILED)
        return;
    fputs("  ---\n", out);
    add_diagnostic(out, "reason", proof->reason);
    fputs("  ...\n", out);
}

static bool tap_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    (void)colour;
    guint number = 0;
    fprintf(out, "TAP version 13\n1..%u\n", input->proofs->len + input->results->len);
    for (guint i = 0; i < input->proofs->len; i++)
        add_proof(out, ++number, g_ptr_array_index(input->proofs, i));
    for (guint i = 0; i < input->results->len; i++)
        add_result(out, ++number, g_ptr_array_index(input->results, i));
    return !ferror(out) || fail_errno(error, "cannot write the tap report");
}

static const struct report_format tap = {
    .name = "tap",
    .summary = "TAP 13: one line a verdict",
    .write = tap_write,
};
REPORT(tap);
