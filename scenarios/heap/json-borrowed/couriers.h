/* Couriers on the road, in JSON. */
#pragma once

#include <jansson.h>

/* How far COURIER is from (X, Y), by streets. */
long courier_distance(const json_t *courier, long x, long y);

/* The courier nearest to (X, Y), or NULL; COURIERS goes on holding it. */
json_t *nearest(const json_t *couriers, long x, long y);
