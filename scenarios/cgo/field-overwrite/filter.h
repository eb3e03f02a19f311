/* Filters of a radio. Who designs one frees it. */
#pragma once

struct filter;

/* Lets pass what is near FREQUENCY, in kHz. NULL if memory is short. */
struct filter *filter_design(int frequency);
void filter_free(struct filter *filter);

/* How strong SAMPLE is after the filter. */
long filter_apply(const struct filter *filter, int sample);
