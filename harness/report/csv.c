/* CSV (RFC 4180), for spreadsheets and statistics: one row a result, empty where
 * a value is not known. Words are spelt as in the json report. */
#include <math.h>
#include <string.h>

#include "report/cell.h"
#include "report/report.h"
#include "schema/words.h"
#include "support/failure.h"

static void field(GString *row, const char *text)
{
    if (row->len > 0)
        g_string_append_c(row, ',');
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    if (strpbrk(valid, ",\"\r\n") == NULL) {
        g_string_append(row, valid);
        return;
    }
    g_auto(GStrv) parts = g_strsplit(valid, "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    g_string_append_printf(row, "\"%s\"", doubled);
}

static void integer(GString *row, protobuf_c_boolean known, gint64 value)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);
    field(row, known ? text : NULL);
}

static void real(GString *row, protobuf_c_boolean known, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.6g", value);
    field(row, known && isfinite(value) ? text : NULL);
}

static void boolean(GString *row, protobuf_c_boolean known, protobuf_c_boolean value)
{
    field(row, !known ? NULL : value ? "true" : "false");
}

static const char heading[] =
    "id,class,variant,flavour,detector,version,repetition,verdict,expected,standing,claimed,"
    "out_of_reach,symptom,located,counted,units,true_units,noise,wall_seconds,wall_ratio,"
    "memory_ratio,reason,expected_reason\r\n";

static void add_row(GString *row, const Yard__Result *result)
{
    g_autofree char *class_name = class_of(result->scenario);
    field(row, result->scenario);
    field(row, class_name);
    field(row, variant_word(result->variant));
    field(row, result->flavour);
    field(row, result->detector);
    field(row, result->version);
    integer(row, result->has_repetition, result->repetition);
    field(row, verdict_word(result->verdict));
    field(row, result->has_expected ? verdict_word(result->expected) : NULL);
    field(row, result->has_standing ? word_of(&yard__result__standing__descriptor, result->standing)
                                    : NULL);
    boolean(row, result->has_claimed, result->claimed);
    boolean(row, result->has_out_of_reach, result->out_of_reach);
    boolean(row, result->has_symptom, result->symptom);
    field(row,
          result->has_located ? word_lower(&yard__located__descriptor, result->located) : NULL);
    field(row,
          result->has_counted ? word_lower(&yard__counted__descriptor, result->counted) : NULL);
    integer(row, result->has_units, result->units);
    integer(row, result->has_true_units, result->true_units);
    integer(row, result->has_noise, result->noise);
    real(row, result->has_wall_seconds, result->wall_seconds);
    real(row, result->has_wall_ratio, result->wall_ratio);
    real(row, result->has_memory_ratio, result->memory_ratio);
    field(row, result->reason);
    field(row, result->expected_reason);
}

static bool csv_write(const struct report_input *input, FILE *out, bool colour, GError **error)
{
    (void)colour;
    fputs(heading, out);
    for (guint i = 0; i < input->results->len; i++) {
        g_autoptr(GString) row = g_string_new(NULL);
        add_row(row, g_ptr_array_index(input->results, i));
        fprintf(out, "%s\r\n", row->str);
    }
    return !ferror(out) || fail_errno(error, "cannot write the csv report");
}

static const struct report_format csv = {
    .name = "csv",
    .summary = "for spreadsheets: one row a verdict",
    .write = csv_write,
};
REPORT(csv);
