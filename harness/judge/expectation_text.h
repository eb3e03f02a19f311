/*
 * A file of expectations as `bless` writes it. Internal to the judge.
 */
#pragma once

#include "leakyard.pb-c.h"

/* Textproto, sorted, with a comment at the top that says what it is. FILE's
 * conditions and deviations are put in order. Free with g_free. */
char *expectations_text(Yard__Expectations *file, const char *detector);
