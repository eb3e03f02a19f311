/* The formats that CIs and spreadsheets read: JUnit, TAP, CSV. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdlib.h>
#include <string.h>

#include "records.h"
#include "schema/message.h"
#include "suite.h"

#define assert_contains(text, part)                                                                \
    ck_assert_msg(strstr(text, part) != NULL, "no '%s' in:\n%s", part, text)

static xmlDoc *junit_of(const GPtrArray *records)
{
    char *text = records_written(records, "junit");
    xmlDoc *document = xmlReadMemory(text, (int)strlen(text), "junit.xml", NULL, XML_PARSE_NONET);
    ck_assert_msg(document != NULL, "not well formed:\n%s", text);
    free(text);
    return document;
}

/* The number or text that XPATH stands for. Free with g_free. */
static char *value(xmlDoc *document, const char *xpath)
{
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *object = xmlXPathEvalExpression(BAD_CAST xpath, context);
    ck_assert_ptr_nonnull(object);
    xmlChar *text = xmlXPathCastToString(object);
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return copy;
}

#define assert_value(document, xpath, expected)                                                    \
    do {                                                                                           \
        g_autofree char *actual = value(document, xpath);                                          \
        ck_assert_str_eq(actual, expected);                                                        \
    } while (0)

START_TEST(counts_are_those_of_the_cases)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    xmlDoc *document = junit_of(records);
    assert_value(document, "string(/testsuites/@tests)", "20");
    assert_value(document, "string(/testsuites/@failures)", "2");
    assert_value(document, "string(/testsuites/@errors)", "1");
    assert_value(document, "string(/testsuites/@skipped)", "7");
    assert_value(document, "count(//testcase)", "20");
    assert_value(document, "count(//failure)", "2");
    assert_value(document, "count(//error)", "1");
    assert_value(document, "count(//skipped)", "7");
    assert_value(document, "count(//testsuite[@tests != count(testcase)])", "0");
    assert_value(document, "count(//testsuite[@skipped != count(testcase/skipped)])", "0");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(each_status_has_its_element)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    xmlDoc *document = junit_of(records);
    assert_value(document, "string(//testsuite[@name='memcheck']/@timestamp)",
                 "2024-05-06T07:08:09Z");
    assert_value(document, "string(//testcase[@name='heap/late-free leaky']/failure/@message)",
                 "MISSED, expected FOUND: no finding in the scenario");
    assert_value(document, "string(//testcase[@name='heap/late-free leaky']/failure)",
                 "leakyard why heap/late-free memcheck");
    assert_value(document, "string(//testcase[@name='trap/plateau clean']/error/@type)", "ERROR");
    assert_value(document, "string(//testcase[@name='goheap/b leaky']/skipped/@message)",
                 "UNSUPPORTED: Go is not installed");
    assert_value(document, "string(//testcase[@name='trap/plateau clean']/skipped/@message)",
                 "unrecorded: FALSE_ALARM, expected CLEAN");
    assert_value(document, "string(//testsuite[@name='census']/testcase[2]/failure/@message)",
                 "holds 9 units, not 10");
    assert_value(document, "count(//testcase[@name='heap/lost leaky']/*)", "0");
    assert_value(document, "count(//testcase[@name='heap/shy leaky (3)'])", "1");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(times_are_summed)
{
    g_autoptr(GPtrArray) records = records_new();
    for (guint i = 0; i < 2; i++) {
        Yard__Result *result = records_add(records, i ? "heap/a" : "heap/b", YARD__VARIANT__LEAKY,
                                           "memcheck", YARD__RESULT__VERDICT__FOUND);
        result->has_wall_seconds = true;
        result->wall_seconds = 0.25 + i;
    }
    xmlDoc *document = junit_of(records);
    assert_value(document, "string(/testsuites/@time)", "1.500");
    assert_value(document, "string(//testsuite/@time)", "1.500");
    assert_value(document, "string(//testcase[@classname='memcheck.heap'][1]/@time)", "1.250");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(hostile_text_stays_well_formed)
{
    g_autoptr(GPtrArray) records = records_new();
    Yard__Result *result = records_add(records, "heap/a", YARD__VARIANT__LEAKY, "me<&\"\x01",
                                       YARD__RESULT__VERDICT__ERROR);
    message_set_string(&result->reason, "]]>\x01\x1b\xff\xed\xa0\x80\xef\xbf\xbe<b attr='1'>&amp;");
    result_expect(result, YARD__RESULT__VERDICT__FOUND, NULL, YARD__RESULT__STANDING__DIFFERS);
    xmlDoc *document = junit_of(records);
    g_autofree char *message = value(document, "string(//error/@message)");
    assert_contains(message, "<b attr='1'>&amp;");
    assert_value(document, "string(//testsuite/@name)", "me<&\"");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(empty_run_is_a_document_too)
{
    g_autoptr(GPtrArray) records = records_new();
    xmlDoc *document = junit_of(records);
    assert_value(document, "string(/testsuites/@tests)", "0");
    xmlFreeDoc(document);
}
END_TEST

START_TEST(tap_numbers_every_line)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    g_autofree char *text = records_written(records, "tap");
    ck_assert(g_str_has_prefix(text, "TAP version 13\n1..20\nok 1 - heap/lost leaky "
                                     "census@plain: PROVED\nnot ok 2 - heap/wrong leaky "
                                     "census@plain: UNPROVED\n  ---\n  reason: \"holds 9 units, "
                                     "not 10\"\n  ...\n"));
    assert_contains(text, "ok 3 - goheap/a leaky memcheck@plain: UNSUPPORTED # SKIP UNSUPPORTED: "
                          "Go is not installed\n");
    assert_contains(text, "not ok 6 - heap/late-free leaky memcheck@plain: MISSED\n  ---\n"
                          "  verdict: \"MISSED\"\n  expected: \"FOUND\"\n"
                          "  reason: \"no finding in the scenario\"\n"
                          "  why: \"leakyard why heap/late-free memcheck\"\n  ...\n");
    assert_contains(text, "\nok 20 - ");
}
END_TEST

START_TEST(tap_escapes_directives)
{
    g_autoptr(GPtrArray) records = records_new();
    records_add(records, "heap/a", YARD__VARIANT__LEAKY, "a#SKIP\\b", YARD__RESULT__VERDICT__FOUND);
    g_autofree char *text = records_written(records, "tap");
    assert_contains(text, "ok 1 - heap/a leaky a\\#SKIP\\\\b@plain: FOUND\n");
}
END_TEST

START_TEST(csv_quotes_what_needs_it)
{
    g_autoptr(GPtrArray) records = records_new();
    Yard__Result *result = records_add(records, "heap/a", YARD__VARIANT__FIXED, "mem,check",
                                       YARD__RESULT__VERDICT__FALSE_ALARM);
    message_set_string(&result->reason, "says \"lost\"\r\ntwice");
    result->has_wall_seconds = result->has_units = true;
    result->wall_seconds = 0.125;
    result->units = -3;
    g_autofree char *text = records_written(records, "csv");
    const char *row = strstr(text, "\r\n") + 2;
    ck_assert_str_eq(row, "heap/a,heap,fixed,plain,\"mem,check\",1.0,,FALSE_ALARM,FALSE_ALARM,"
                          "AS_EXPECTED,true,,,,,-3,,,0.125,,,\"says \"\"lost\"\"\r\ntwice\",\r\n");
}
END_TEST

START_TEST(csv_rows_are_as_wide_as_the_heading)
{
    g_autoptr(GPtrArray) records = records_of_a_mixed_run();
    g_autofree char *text = records_written(records, "csv");
    g_auto(GStrv) rows = g_strsplit(text, "\r\n", -1);
    ck_assert_uint_eq(g_strv_length(rows), 1 + 18 + 1);
    g_auto(GStrv) heading = g_strsplit(rows[0], ",", -1);
    for (char **row = rows; **row != '\0'; row++) {
        if (strchr(*row, '"') != NULL)
            continue;
        g_auto(GStrv) fields = g_strsplit(*row, ",", -1);
        ck_assert_uint_eq(g_strv_length(fields), g_strv_length(heading));
    }
}
END_TEST

static Suite *junit_suite(void)
{
    Suite *suite = suite_create("junit");
    TCase *junit = tcase_create("junit");
    tcase_add_test(junit, counts_are_those_of_the_cases);
    tcase_add_test(junit, each_status_has_its_element);
    tcase_add_test(junit, times_are_summed);
    tcase_add_test(junit, hostile_text_stays_well_formed);
    tcase_add_test(junit, empty_run_is_a_document_too);
    suite_add_tcase(suite, junit);
    TCase *lines = tcase_create("lines");
    tcase_add_test(lines, tap_numbers_every_line);
    tcase_add_test(lines, tap_escapes_directives);
    tcase_add_test(lines, csv_quotes_what_needs_it);
    tcase_add_test(lines, csv_rows_are_as_wide_as_the_heading);
    suite_add_tcase(suite, lines);
    return suite;
}
SUITE(junit_suite);
