/*
 * Everything that a person or a machine reads, made from results alone.
 * A new format is one file that registers itself with REPORT().
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

#include "leakyard.pb-c.h"

/* A results file sorted out: the last proof and result of each cell and repetition. */
struct report_input {
    const Yard__Provenance *provenance; /* or NULL */
    GPtrArray *proofs;  /* Yard__Proof *, by scenario, variant, flavour, repetition */
    GPtrArray *results; /* Yard__Result *, by scenario, variant, flavour, detector */
    bool strict;        /* a verdict that nobody has recorded fails too; false at first */
};

void report_input_init(struct report_input *input, const GPtrArray *records);
void report_input_clear(struct report_input *input);

struct report_format {
    const char *name; /* as in -O NAME:FILE */
    const char *summary;
    bool (*write)(const struct report_input *input, FILE *out, bool colour, GError **error);
};

#define REPORT(object)                                                                             \
    static const struct report_format *const object##_registered                                   \
        __attribute__((used, retain, section("leakyard_reports"))) = &object

/* Every format there is (const struct report_format *), by name. Free with
 * g_ptr_array_unref. */
GPtrArray *report_formats(void);

/* "junit:FILE", "json:-"; a format alone goes to standard output. */
struct report_output {
    const struct report_format *format;
    char *path; /* "-": standard output */
};

/* NULL if TEXT names no format, or a file in no folder: known before hours of work.
 * Free with report_output_free. */
struct report_output *report_output_parse(const char *text, GError **error);
void report_output_free(gpointer output);
bool report_write(const struct report_input *input, const struct report_output *output, bool colour,
                  GError **error);

/* What `run` exits with: 0, or 1 for a verdict that differs (or, when strict, is
 * unrecorded), an ERROR that was not expected, a scenario UNPROVED. */
int report_exit_code(const struct report_input *input);

/* Leaks that no detector found, of those that were run (const char *, ids); free
 * with g_ptr_array_unref. */
GPtrArray *report_unfound(const struct report_input *input);
