/*
 * Parts of the JSON report that are of use alone; json.c documents the fields.
 */
#pragma once

#include <jansson.h>

#include "leakyard.pb-c.h"

/* A new reference. */
json_t *proof_json(const Yard__Proof *proof);
