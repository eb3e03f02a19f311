/* The framework: drives a meter. */
#pragma once

#include "sample.h"

/* Records a wave from the moment of SAMPLE on, puts it there, and returns its peak. */
long framework_measure(struct sample *sample);
