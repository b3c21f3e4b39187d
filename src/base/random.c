#include "base/random.h"

uint64_t random_next(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double random_unit(struct random *random)
{
    return (double)(random_next(random) >> 11) * 0x1p-53;
}

uint64_t random_below(struct random *random, uint64_t bound)
{
    /* Numbers at the top that would favour low results are thrown away. */
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound, value;
    do
        value = random_next(random);
    while (value >= limit);
    return value % bound;
}
