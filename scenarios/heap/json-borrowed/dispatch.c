#include <stdlib.h>
#include <string.h>

#include "couriers.h"
#include "yard.h"

/* What the couriers' telephones reported last. */
static const char report[] =
    "[{\"name\": \"Ada\", \"x\": 14, \"y\": 3, \"vehicle\": \"bicycle\", \"plate\": null},"
    " {\"name\": \"Bruno\", \"x\": 5, \"y\": 11, \"vehicle\": \"van\", \"plate\": \"HD-BR 118\"},"
    " {\"name\": \"Chiara\", \"x\": 8, \"y\": 7, \"vehicle\": \"scooter\", \"plate\": \"HD-C "
    "41\"}]";

YARD_SITE static json_t *couriers_read(const char *text)
{
    json_t *couriers = json_loads(text, 0, NULL); /* ALLOC */
    if (couriers == NULL)
        abort();
    yard_born((long)json_array_size(couriers));
    return couriers;
}

/* Gives COURIERS up, and with it each that nobody else holds. */
static void couriers_drop(json_t *couriers)
{
    for (size_t i = 0; i < json_array_size(couriers); i++)
        if (json_array_get(couriers, i)->refcount == 1)
            yard_died(1);
    json_decref(couriers);
}

static long number(const json_t *courier, const char *key)
{
    return (long)json_integer_value(json_object_get(courier, key));
}

long courier_distance(const json_t *courier, long x, long y)
{
    return labs(number(courier, "x") - x) + labs(number(courier, "y") - y);
}

/* A parcel is to be fetched at (7, 6). */
long yard_round(void)
{
    json_t *couriers = couriers_read(report);
    const json_t *courier = nearest(couriers, 7, 6);
    const char *name = json_string_value(json_object_get(courier, "name"));
    long order = courier_distance(courier, 7, 6) * 100 + (long)strlen(name);
    couriers_drop(couriers);
    return order;
}
