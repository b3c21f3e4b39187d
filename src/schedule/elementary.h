/* exp and log of our own. A replay must give the same memory on every machine, and the C library's functions
 * may differ in their last digit from one version, or one processor, to the next. These use additions,
 * products and quotients only, in a fixed order, without branches, so that loops over arrays turn into vector
 * code with the same bits. Errors stay below 2 units in the last place. */
#ifndef REPASO_SCHEDULE_ELEMENTARY_H
#define REPASO_SCHEDULE_ELEMENTARY_H

#include <stdint.h>
#include <string.h>

#define ELEMENTARY_LN2_HIGH 0x1.62e42fee00000p-1 /* 32 bits: its product with an exponent is exact */
#define ELEMENTARY_LN2_LOW 0x1.a39ef35793c76p-33
#define ELEMENTARY_ROUNDER 0x1.8p52 /* added and taken away, it leaves the nearest integer */

static inline uint64_t elementary_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double elementary_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#define INLINE static inline __attribute__((always_inline))

#define REAL double
#define WORD uint64_t
#define BITS(x) elementary_bits(x)
#define FROM_BITS(x) elementary_from_bits(x)
#define ALL(x) (x)
#define CHOICE(condition, yes, no) ((condition) ? (yes) : (no))
#define ELEMENTARY(name) elementary_##name
#include "schedule/elementary.inc"
#undef REAL
#undef WORD
#undef BITS
#undef FROM_BITS
#undef ALL
#undef CHOICE
#undef ELEMENTARY

/* x^y for x > 0. */
static inline double elementary_pow(double x, double y)
{
    return elementary_exp(y * elementary_log(x));
}

#endif
