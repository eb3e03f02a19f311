/*
 * What the formats share: results sorted into columns and cells, and what
 * becomes of each under its expectation. Strings in these structures belong to
 * the results they were made from, unless said otherwise.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

/* One detector in one flavour. */
struct column {
    const char *detector, *flavour;
    char *title; /* "memcheck"; "memcheck@O2" where the detector has several flavours. Owned */
};

/* Columns (struct column *), by detector and flavour. Free with g_ptr_array_unref. */
GPtrArray *columns_of(const GPtrArray *results);
const struct column *column_of(const GPtrArray *columns, const Yard__Result *result);

/* Results of one scenario, variant, flavour and detector: one each repetition. */
struct cell {
    Yard__Result *const *results; /* part of the array the cell was made from */
    guint count;                  /* at least 1 */
};

/* Cells (struct cell) of results sorted as in struct report_input, which must
 * outlive them. Free with g_array_unref. */
GArray *cells_of(const GPtrArray *results);

/* The repetition that speaks for the cell: the first that fails, else the first. */
const Yard__Result *cell_result(const struct cell *cell);
bool cell_is_steady(const struct cell *cell);
/* "FOUND", or "FOUND 2/3, MISSED 1/3". Free with g_free. */
char *cell_verdicts(const struct cell *cell);

/* What a CI is told. */
enum report_status {
    REPORT_PASSED,
    REPORT_FAILED,  /* the verdict differs; the census contradicts the manifest */
    REPORT_ERRED,   /* an ERROR or TIMEOUT that was not expected */
    REPORT_SKIPPED, /* UNSUPPORTED, or nobody has recorded what is expected */
};
enum report_status result_status(const Yard__Result *result);
enum report_status proof_status(const Yard__Proof *proof);
bool result_fails(const Yard__Result *result);
/* A verdict that nobody has recorded an expectation for: fails when strict. */
bool result_is_unrecorded(const Yard__Result *result);

/* As expected, but not what the truth and the detector's claims would make us expect. */
bool result_deviates(const Yard__Result *result);

/* "MISSED, expected FOUND: REASON", as one printable line. Free with g_free. */
char *result_sentence(const Yard__Result *result);

/* "heap" of "heap/error-path". Free with g_free. */
char *class_of(const char *id);

const char *verdict_word(Yard__Result__Verdict verdict);
const char *variant_word(Yard__Variant variant);

/* Behind a name: " (2)", or nothing for the first repetition. */
void append_repetition(GString *name, guint repetition);

/* TEXT as one line of valid UTF-8 that no terminal and no XML parser stumbles
 * over: control characters become spaces. NULL becomes "". Free with g_free. */
char *printable(const char *text);
