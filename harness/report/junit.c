/* JUnit XML, for CIs: a test suite a detector, a test case a scenario and variant;
 * the census is a suite of its own, because an unproved scenario fails a run too. */
#include <libxml/xmlwriter.h>

#include "report/cell.h"
#include "report/report.h"
#include "schema/words.h"
#include "support/failure.h"

/* One test case, whatever it came from. Strings are the maker's. */
struct test_case {
    const char *name, *class_name;
    double seconds;
    enum report_status status;
    const char *type;    /* of a failure or error: the verdict */
    const char *message; /* unless passed */
    const char *advice;  /* or NULL */
};

struct totals {
    guint tests, failures, errors, skipped;
    double seconds;
};

static void count(struct totals *totals, enum report_status status, double seconds)
{
    totals->tests++;
    totals->failures += status == REPORT_FAILED;
    totals->errors += status == REPORT_ERRED;
    totals->skipped += status == REPORT_SKIPPED;
    totals->seconds += seconds;
}

static void attribute(xmlTextWriter *writer, const char *name, const char *value)
{
    g_autofree char *safe = printable(value);
    xmlTextWriterWriteAttribute(writer, BAD_CAST name, BAD_CAST safe);
}

static void attribute_number(xmlTextWriter *writer, const char *name, guint value)
{
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST name, "%u", value);
}

static void attribute_seconds(xmlTextWriter *writer, double value)
{
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "time", "%.3f", value);
}

static void begin_suite(xmlTextWriter *writer, const char *element, const char *name,
                        const struct totals *totals)
{
    xmlTextWriterStartElement(writer, BAD_CAST element);
    attribute(writer, "name", name);
    attribute_number(writer, "tests", totals->tests);
    attribute_number(writer, "failures", totals->failures);
    attribute_number(writer, "errors", totals->errors);
    attribute_number(writer, "skipped", totals->skipped);
    attribute_seconds(writer, totals->seconds);
}

static void add_case(xmlTextWriter *writer, const struct test_case *test)
{
    static const char *const elements[] = {
        [REPORT_FAILED] = "failure", [REPORT_ERRED] = "error", [REPORT_SKIPPED] = "skipped"};
    xmlTextWriterStartElement(writer, BAD_CAST "testcase");
    attribute(writer, "name", test->name);
    attribute(writer, "classname", test->class_name);
    attribute_seconds(writer, test->seconds);
    if (test->status != REPORT_PASSED) {
        xmlTextWriterStartElement(writer, BAD_CAST elements[test->status]);
        attribute(writer, "message", test->message);
        if (test->status != REPORT_SKIPPED)
            attribute(writer, "type", test->type);
        if (test->advice != NULL)
            xmlTextWriterWriteString(writer, BAD_CAST test->advice);
        xmlTextWriterEndElement(writer);
    }
    xmlTextWriterEndElement(writer);
}

static void add_result(xmlTextWriter *writer, const struct column *column,
                       const Yard__Result *result)
{
    g_autofree char *class_name = class_of(result->scenario);
    g_autofree char *qualified = g_strdup_printf("%s.%s", column->title, class_name);
    g_autoptr(GString) name = g_string_new(result->scenario);
    g_string_append_printf(name, " %s", variant_word(result->variant));
    append_repetition(name, result->repetition);
    g_autofree char *sentence = result_sentence(result);
    g_autofree char *message = result_is_unrecorded(result)
                                   ? g_strdup_printf("unrecorded: %s", sentence)
                                   : g_strdup(sentence);
    g_autofree char *why =
        g_strdup_printf("leakyard why %s %s", result->scenario, result->detector);
    g_autofree char *advice = printable(why);
    struct test_case test = {.name = name->str,
                             .class_name = qualified,
                             .seconds = result->wall_seconds,
                             .status = result_status(result),
                             .type = verdict_word(result->verdict),
                             .message = message,
                             .advice = result_fails(result) ? advice : NULL};
    add_case(writer, &test);
}

static void add_suite(xmlTextWriter *writer, const struct report_input *input,
                      const GPtrArray *columns, const struct column *column)
{
    struct totals totals = {0};
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (column_of(columns, result) == column)
            count(&totals, result_status(result), result->wall_seconds);
    }
    begin_suite(writer, "testsuite", column->title, &totals);
    if (input->provenance != NULL && input->provenance->started != NULL)
        attribute(writer, "timestamp", input->provenance->started);
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        if (column_of(columns, result) == column)
            add_result(writer, column, result);
    }
    xmlTextWriterEndElement(writer);
}

static void add_proof(xmlTextWriter *writer, const Yard__Proof *proof)
{
    g_autofree char *class_name = class_of(proof->scenario);
    g_autofree char *qualified = g_strdup_printf("census.%s", class_name);
    g_autoptr(GString) name = g_string_new(NULL);
    g_string_printf(name, "%s %s %s", proof->scenario, variant_word(proof->variant),
                    proof->flavour);
    append_repetition(name, proof->repetition);
    struct test_case test = {.name = name->str,
                             .class_name = qualified,
                             .seconds = proof->wall_seconds,
                             .status = proof_status(proof),
                             .type = word_of(&yard__proof__status__descriptor, proof->status),
                             .message = proof->reason};
    add_case(writer, &test);
}

static void add_census(xmlTextWriter *writer, const struct report_input *input)
{
    struct totals totals = {0};
    for (guint i = 0; i < input->proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(input->proofs, i);
        count(&totals, proof_status(proof), proof->wall_seconds);
    }
    begin_suite(writer, "testsuite", "census", &totals);
    for (guint i = 0; i < input->proofs->len; i++)
        add_proof(writer, g_ptr_array_index(input->proofs, i));
    xmlTextWriterEndElement(writer);
}

static struct totals total_all(const struct report_input *input)
{
    struct totals totals = {0};
    for (guint i = 0; i < input->results->len; i++) {
        const Yard__Result *result = g_ptr_array_index(input->results, i);
        count(&totals, result_status(result), result->wall_seconds);
    }
    for (guint i = 0; i < input->proofs->len; i++) {
        const Yard__Proof *proof = g_ptr_array_index(input->proofs, i);
        count(&totals, proof_status(proof), proof->wall_seconds);
    }
    return totals;
}

static bool junit_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    (void)colour;
    xmlBuffer *buffer = xmlBufferCreate();
    xmlTextWriter *writer = xmlNewTextWriterMemory(buffer, 0);
    xmlTextWriterSetIndent(writer, 1);
    xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL);
    struct totals totals = total_all(input);
    begin_suite(writer, "testsuites", "leakyard", &totals);
    if (input->proofs->len > 0)
        add_census(writer, input);
    g_autoptr(GPtrArray) columns = columns_of(input->results);
    for (guint i = 0; i < columns->len; i++)
        add_suite(writer, input, columns, g_ptr_array_index(columns, i));
    bool written = xmlTextWriterEndDocument(writer) >= 0;
    xmlFreeTextWriter(writer);
    size_t length = (size_t)xmlBufferLength(buffer);
    written = written && fwrite(xmlBufferContent(buffer), 1, length, out) == length;
    xmlBufferFree(buffer);
    return written || fail_errno(error, "cannot write the junit report");
}

static const struct report_format junit = {
    .name = "junit",
    .summary = "for CIs: a test suite a detector",
    .write = junit_write,
};
REPORT(junit);
