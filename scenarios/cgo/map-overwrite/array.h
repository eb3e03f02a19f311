/* Values of the store. Who gets one from array_new gives it back to array_free. */
#pragma once

#include <stddef.h>

struct array {
    size_t length;
    unsigned char bytes[];
};

/* NULL if memory is short. */
struct array *array_new(size_t length, unsigned char fill);
void array_free(struct array *array);

long array_sum(const struct array *array);
