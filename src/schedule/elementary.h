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

/* x limited to where 2^k is an ordinary number, split as k ln 2 + r with |r| <= ln 2 / 2; gives 2^k and e^r - 1.
 * The polynomial interpolates (e^r - 1 - r) / r^2 at Chebyshev's points, to 4e-17. Its terms are paired, because a
 * chain of ten steps would be slow. */
static inline double elementary_reduce(double x, double *ret_power)
{
    x = x < -708.0 ? -708.0 : x > 709.0 ? 709.0 : x;
    double shifted = x * 0x1.71547652b82fep0 + ELEMENTARY_ROUNDER;
    double k = shifted - ELEMENTARY_ROUNDER;
    *ret_power = elementary_from_bits((elementary_bits(shifted) + 1023) << 52);
    double r = (x - k * ELEMENTARY_LN2_HIGH) - k * ELEMENTARY_LN2_LOW;
    double r2 = r * r, r4 = r2 * r2;
    double a = 0x1p-1 + r * 0x1.5555555555556p-3 + r2 * (0x1.5555555553d68p-5 + r * 0x1.11111111109b5p-7);
    double b = 0x1.6c16c17889ef1p-10 + r * 0x1.a01a01a7c2efep-13 +
               r2 * (0x1.a019b9149a41cp-16 + r * 0x1.71de0db2f6b19p-19);
    double c = 0x1.28917c89a43a7p-22 + r * 0x1.af389ecfc4b9cp-26;
    return r + r2 * ((a + r4 * b) + (r4 * r4) * c);
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

/* Natural logarithm of an ordinary positive number; the series of log((1 + s) / (1 - s)) is economised like that of
 * e^r, to 1e-17. */
static inline double elementary_log(double x)
{
    const uint64_t half_root =
        0x3fe6a09e667f3bcdu; /* sqrt(1/2): the mantissa is taken from there to sqrt(2) */
    uint64_t shifted = elementary_bits(x) - half_root + ((uint64_t)1024 << 52);
    uint64_t exponent = shifted >> 52;
    double k = elementary_from_bits(0x4330000000000000u + exponent) - (0x1p52 + 1024);
    double f = elementary_from_bits(elementary_bits(x) - (exponent << 52) + ((uint64_t)1024 << 52)) - 1.0;
    double s = f / (2.0 + f), z = s * s, z2 = z * z;
    double a = 0x1.5555555555558p-1 + z * 0x1.99999999952e2p-2;
    double b = 0x1.2492492df148dp-2 + z * 0x1.c71c62e5800a1p-3;
    double c = 0x1.7462b4ab2ef6bp-3 + z * 0x1.39fe606542ddep-3 + z2 * 0x1.2b584aae78a57p-3;
    double tail = z * ((a + z2 * b) + (z2 * z2) * c), half = 0.5 * f * f;
    return k * ELEMENTARY_LN2_HIGH + (f - (half - (s * (half + tail) + k * ELEMENTARY_LN2_LOW)));
}

/* log(1 + x) without cancelling near 0, for x > -1. What 1 + x lost is added back, divided by 1 + x; from 1 up it no
 * longer shows, and below a short series of that quotient will do. */
static inline double elementary_log1p(double x)
{
    double u = 1.0 + x, missing = (x - (u - 1.0)) * (1.0 - x + x * x);
    return elementary_log(u) + (x < 1.0 ? missing : 0.0);
}

/* x^y for x > 0. */
static inline double elementary_pow(double x, double y)
{
    return elementary_exp(y * elementary_log(x));
}

#endif
