#include "array.h"

#include <stdlib.h>
#include <string.h>

struct array *array_new(size_t length, unsigned char fill)
{
    struct array *array = malloc(sizeof *array + length); /* ALLOC */
    if (array == NULL)
        return NULL;
    array->length = length;
    memset(array->bytes, fill, length);
    return array;
}

void array_free(struct array *array)
{
    free(array);
}

long array_sum(const struct array *array)
{
    long sum = 0;
    for (size_t i = 0; i < array->length; i++)
        sum += array->bytes[i];
    return sum;
}
