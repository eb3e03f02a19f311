#include "couriers.h"

#include "yard.h"

YARD_SITE json_t *nearest(const json_t *couriers, long x, long y)
{
    json_t *best = json_array_get(couriers, 0);
    for (size_t i = 1; i < json_array_size(couriers); i++) {
        json_t *courier = json_array_get(couriers, i);
        if (courier_distance(courier, x, y) < courier_distance(best, x, y))
            best = courier;
    }
    return best; /* FIX: borrowed, like what json_array_get returned */
}
