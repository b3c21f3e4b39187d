#include "collection/radix.h"

#include <string.h>

uint32_t radix_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

uint64_t radix_of_int(int64_t value)
{
    return (uint64_t)value ^ (UINT64_C(1) << 63);
}

void radix_sort(struct keyed *items, struct keyed *scratch, size_t count)
{
    struct keyed *from = items, *to = scratch;
    for (int shift = 0; shift < 64; shift += 8) {
        size_t starts[256] = {0}, sum = 0;
        for (size_t i = 0; i < count; i++)
            starts[from[i].key >> shift & 0xFF]++;
        if (count == 0 || starts[from[0].key >> shift & 0xFF] == count)
            continue; /* all alike in this byte */
        for (int byte = 0; byte < 256; byte++) {
            size_t here = starts[byte];
            starts[byte] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[starts[from[i].key >> shift & 0xFF]++] = from[i];
        struct keyed *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}
