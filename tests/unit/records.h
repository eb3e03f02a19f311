/*
 * Records for tests of reports, made in memory. Everything added belongs to the
 * array; free that with g_ptr_array_unref.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "leakyard.pb-c.h"

GPtrArray *records_new(void);

Yard__Provenance *records_add_provenance(GPtrArray *records);
Yard__Proof *records_add_proof(GPtrArray *records, const char *scenario, Yard__Variant variant,
                               Yard__Proof__Status status, const char *reason);
/* As expected, claimed, in flavour plain. */
Yard__Result *records_add(GPtrArray *records, const char *scenario, Yard__Variant variant,
                          const char *detector, Yard__Result__Verdict verdict);

void result_expect(Yard__Result *result, Yard__Result__Verdict expected, const char *reason,
                   Yard__Result__Standing standing);

/* A run with everything in it: differences, deviations, errors, an unproved scenario. */
GPtrArray *records_of_a_mixed_run(void);

/* What FORMAT writes of RECORDS. Free with free. */
char *records_written(const GPtrArray *records, const char *format);
/* … where what nobody has recorded fails. */
char *records_written_strictly(const GPtrArray *records, const char *format);
