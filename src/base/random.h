/* Chance that can be repeated: the state is passed in, never hidden. */
#ifndef REPASO_BASE_RANDOM_H
#define REPASO_BASE_RANDOM_H

#include <stdint.h>

/* SplitMix64 (Steele, Lea, Flood 2014): any seed is good, also 0. */
struct random {
    uint64_t state;
};

uint64_t random_next(struct random *random);
/* Uniform in [0, 1), 53 bits. */
double random_unit(struct random *random);
/* Uniform in [0, bound); bound must be above 0. */
uint64_t random_below(struct random *random, uint64_t bound);

#endif
