/* The folder's own: sorting by a number, in time that grows with the count alone. */
#ifndef REPASO_COLLECTION_RADIX_H
#define REPASO_COLLECTION_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    size_t index;
};

/* Ascending and stable; `scratch` has room for as many. */
void radix_sort(struct keyed *items, struct keyed *scratch, size_t count);
/* Keys whose order is that of the numbers. */
uint32_t radix_of_float(float value);
uint64_t radix_of_int(int64_t value);

#endif
