/*
 * The report for people. Its sections, each a file.
 */
#pragma once

#include "report/page.h"
#include "report/report.h"

/* Scenarios by detectors, two marks a cell, and a legend of the marks that occur. */
void matrix_add(struct page *page, const struct report_input *input);

/* What each detector found, missed, blamed wrongly and cost; its scores. */
void scorecard_add(struct page *page, const struct report_input *input);

/* Every known deviation, by detector and reason: `report --deviations`. */
bool deviations_write(const struct report_input *input, FILE *out, bool colour, GError **error);
