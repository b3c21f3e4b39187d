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

/* x limited to where 2^k is an ordinary number, split as k ln 2 + r with |r| <= ln 2 / 2; gives 2^k and e^r
 * - 1. The polynomial is e^r's own series; pairs are summed first because a chain of 13 steps would be slow.
 */
static inline double elementary_reduce(double x, double *ret_power)
{
    x = x < -708.0 ? -708.0 : x > 709.0 ? 709.0 : x;
    double shifted = x * 0x1.71547652b82fep0 + ELEMENTARY_ROUNDER;
    double k = shifted - ELEMENTARY_ROUNDER;
    *ret_power = elementary_from_bits((elementary_bits(shifted) + 1023) << 52);
    double r = (x - k * ELEMENTARY_LN2_HIGH) - k * ELEMENTARY_LN2_LOW;
    double r2 = r * r, r4 = r2 * r2;
    double a = 1.0 / 2 + r * (1.0 / 6) + r2 * (1.0 / 24 + r * (1.0 / 120));
    double b = 1.0 / 720 + r * (1.0 / 5040) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    double c = 1.0 / 3628800 + r * (1.0 / 39916800) + r2 * (1.0 / 479001600 + r * (1.0 / 6227020800));
    return r + r2 * (a + r4 * (b + r4 * c));
}

/* e^x; at most e^709, at least e^-708. */
static inline double elementary_exp(double x)
{
    double power, rest = elementary_reduce(x, &power);
    return power + power * rest;
}

/* e^x - 1 without cancelling near 0. */
static inline double elementary_expm1(double x)
{
    double power, rest = elementary_reduce(x, &power);
    return power * rest + (power - 1.0);
}

/* Natural logarithm of an ordinary positive number. */
static inline double elementary_log(double x)
{
    const uint64_t half_root =
        0x3fe6a09e667f3bcdu; /* sqrt(1/2): the mantissa is taken from there to sqrt(2) */
    uint64_t shifted = elementary_bits(x) - half_root + ((uint64_t)1024 << 52);
    uint64_t exponent = shifted >> 52;
    double k = elementary_from_bits(0x4330000000000000u + exponent) - (0x1p52 + 1024);
    double f = elementary_from_bits(elementary_bits(x) - (exponent << 52) + ((uint64_t)1024 << 52)) - 1.0;
    double s = f / (2.0 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
    double a = 2.0 / 3 + z * (2.0 / 5) + z2 * (2.0 / 7 + z * (2.0 / 9));
    double b = 2.0 / 11 + z * (2.0 / 13) + z2 * (2.0 / 15 + z * (2.0 / 17));
    double c = 2.0 / 19 + z * (2.0 / 21);
    double tail = z * (a + z4 * (b + z4 * c)), half = 0.5 * f * f;
    return k * ELEMENTARY_LN2_HIGH + (f - (half - (s * (half + tail) + k * ELEMENTARY_LN2_LOW)));
}

/* log(1 + x) without cancelling near 0, for x > -1. */
static inline double elementary_log1p(double x)
{
    double u = 1.0 + x;
    return elementary_log(u) + (x - (u - 1.0)) / u;
}

/* x^y for x > 0. */
static inline double elementary_pow(double x, double y)
{
    return elementary_exp(y * elementary_log(x));
}

#endif
