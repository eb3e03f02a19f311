#include "records.h"

#include <check.h>
#include <stdio.h>

#include "report/report.h"
#include "schema/message.h"

static void record_free(gpointer record)
{
    yard__record__free_unpacked(record, NULL);
}

GPtrArray *records_new(void)
{
    return g_ptr_array_new_with_free_func(record_free);
}

static Yard__Record *add_record(GPtrArray *records)
{
    Yard__Record *record = g_new(Yard__Record, 1);
    yard__record__init(record);
    g_ptr_array_add(records, record);
    return record;
}

Yard__Provenance *records_add_provenance(GPtrArray *records)
{
    Yard__Provenance *provenance = g_new(Yard__Provenance, 1);
    yard__provenance__init(provenance);
    provenance->version = g_strdup("0.1");
    provenance->commit = g_strdup("0123456789abcdef0123");
    provenance->kernel = g_strdup("Linux 6.1.0");
    provenance->machine = g_strdup("x86_64");
    provenance->has_seed = true;
    provenance->seed = 42;
    provenance->started = g_strdup("2024-05-06T07:08:09Z");
    Yard__Flavour flavour = YARD__FLAVOUR__INIT;
    flavour.name = (char *)"plain";
    flavour.compiler = (char *)"gcc 12.2.0";
    flavour.go = (char *)"go1.26.8";
    provenance->flavour = g_new(Yard__Flavour *, 1);
    provenance->flavour[0] = flavour_copy(&flavour);
    provenance->n_flavour = 1;
    add_record(records)->provenance = provenance;
    return provenance;
}

Yard__Proof *records_add_proof(GPtrArray *records, const char *scenario, Yard__Variant variant,
                               Yard__Proof__Status status, const char *reason)
{
    Yard__Proof *proof = g_new(Yard__Proof, 1);
    yard__proof__init(proof);
    proof->scenario = g_strdup(scenario);
    proof->flavour = g_strdup("plain");
    proof->has_variant = proof->has_status = true;
    proof->variant = variant;
    proof->status = status;
    proof->reason = g_strdup(reason);
    add_record(records)->proof = proof;
    return proof;
}

Yard__Result *records_add(GPtrArray *records, const char *scenario, Yard__Variant variant,
                          const char *detector, Yard__Result__Verdict verdict)
{
    Yard__Result *result = g_new(Yard__Result, 1);
    yard__result__init(result);
    result->scenario = g_strdup(scenario);
    result->detector = g_strdup(detector);
    result->flavour = g_strdup("plain");
    result->version = g_strdup("1.0");
    result->has_variant = result->has_verdict = result->has_claimed = true;
    result->variant = variant;
    result->verdict = verdict;
    result->claimed = true;
    result_expect(result, verdict, NULL, YARD__RESULT__STANDING__AS_EXPECTED);
    add_record(records)->result = result;
    return result;
}

void result_expect(Yard__Result *result, Yard__Result__Verdict expected, const char *reason,
                   Yard__Result__Standing standing)
{
    result->has_expected = result->has_standing = true;
    result->expected = expected;
    result->standing = standing;
    message_set_string(&result->expected_reason, reason);
}

#define V(word) YARD__RESULT__VERDICT__##word
#define LEAKY   YARD__VARIANT__LEAKY
#define FIXED   YARD__VARIANT__FIXED
#define CLEAN   YARD__VARIANT__CLEAN

static void add_pair(GPtrArray *records, const char *scenario, const char *detector,
                     Yard__Result__Verdict leaky)
{
    records_add(records, scenario, LEAKY, detector, leaky);
    records_add(records, scenario, FIXED, detector, V(CLEAN));
}

/* Verdicts that a reader should look at, each in its own way. */
static void add_oddities(GPtrArray *records)
{
    Yard__Result *result = records_add(records, "heap/late-free", LEAKY, "memcheck", V(MISSED));
    message_set_string(&result->reason, "no finding in the scenario");
    result_expect(result, V(FOUND), NULL, YARD__RESULT__STANDING__DIFFERS);
    records_add(records, "heap/late-free", FIXED, "memcheck", V(CLEAN));

    result = records_add(records, "heap/late-free", LEAKY, "proc", V(MISSED));
    result->claimed = false;
    result = records_add(records, "threads/stuck", LEAKY, "memcheck", V(MISSED));
    result->has_symptom = result->symptom = true;
    result_expect(result, V(MISSED), "sees only the stack's block",
                  YARD__RESULT__STANDING__AS_EXPECTED);

    result = records_add(records, "trap/plateau", CLEAN, "memcheck", V(ERROR));
    message_set_string(&result->reason, "the report ends\x1b[31m in\nthe middle");
    result_expect(result, V(CLEAN), NULL, YARD__RESULT__STANDING__DIFFERS);
    result = records_add(records, "trap/plateau", CLEAN, "proc", V(FALSE_ALARM));
    result_expect(result, V(CLEAN), NULL, YARD__RESULT__STANDING__UNRECORDED);

    for (guint i = 0; i < 3; i++) {
        const char *const ids[] = {"goheap/a", "goheap/b", "goheap/c"};
        result = records_add(records, ids[i], LEAKY, "memcheck", V(UNSUPPORTED));
        message_set_string(&result->reason, "Go is not installed");
        result_expect(result, V(FOUND), NULL, YARD__RESULT__STANDING__AS_EXPECTED);
    }
}

GPtrArray *records_of_a_mixed_run(void)
{
    GPtrArray *records = records_new();
    records_add_provenance(records);
    records_add_proof(records, "heap/lost", LEAKY, YARD__PROOF__STATUS__PROVED, NULL);
    records_add_proof(records, "heap/wrong", LEAKY, YARD__PROOF__STATUS__UNPROVED,
                      "holds 9 units, not 10");
    add_pair(records, "heap/lost", "memcheck", V(FOUND));
    add_pair(records, "heap/lost", "proc", V(MISSED));
    add_pair(records, "threads/stuck", "proc", V(FOUND));
    add_oddities(records);
    for (guint i = 1; i <= 3; i++) {
        Yard__Result *result =
            records_add(records, "heap/shy", LEAKY, "memcheck", i == 2 ? V(MISSED) : V(FOUND));
        result->has_repetition = true;
        result->repetition = i;
        result_expect(result, V(FOUND), NULL, YARD__RESULT__STANDING__UNRECORDED);
    }
    return records;
}

static char *written(const GPtrArray *records, const char *format, bool strict)
{
    g_autoptr(GError) error = NULL;
    struct report_output *output = report_output_parse(format, &error);
    ck_assert_msg(output != NULL, "%s", error ? error->message : "");
    struct report_input input;
    report_input_init(&input, records);
    input.strict = strict;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    ck_assert(output->format->write(&input, out, false, &error));
    fclose(out);
    report_input_clear(&input);
    report_output_free(output);
    return text;
}

char *records_written(const GPtrArray *records, const char *format)
{
    return written(records, format, false);
}

char *records_written_strictly(const GPtrArray *records, const char *format)
{
    return written(records, format, true);
}
