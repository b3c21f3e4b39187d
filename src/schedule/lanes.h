/* Several numbers side by side, for the passes of a fit. Where the processor has wider vectors they are used; the bits
 * that come out are the same, since no operation is reordered or fused. */
#ifndef REPASO_SCHEDULE_LANES_H
#define REPASO_SCHEDULE_LANES_H

#include "schedule/elementary.h"
#include "schedule/training.h"

/* Everything that takes or returns lanes is inlined: how they would be passed does not matter. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

enum { WIDTH = 4, VECTORS = LANES / WIDTH };

typedef double lanes __attribute__((vector_size(WIDTH * sizeof(double))));
typedef int64_t mask __attribute__((vector_size(WIDTH * sizeof(double)))); /* of comparisons: 0 or -1 */
typedef uint64_t lanes_bits __attribute__((vector_size(WIDTH * sizeof(double))));
typedef float lanes_float __attribute__((vector_size(WIDTH * sizeof(float))));
typedef uint8_t lanes_byte __attribute__((vector_size(WIDTH)));

/* Sanitizers and a choice at load time do not go together. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__) &&             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

INLINE lanes all(double x)
{
    return (lanes){x, x, x, x};
}

INLINE lanes choose(mask condition, lanes yes, lanes no)
{
    return (lanes)((condition & (mask)yes) | (~condition & (mask)no));
}

/* `yes` where the condition holds, else 0. */
INLINE lanes where(mask condition, lanes yes)
{
    return (lanes)(condition & (mask)yes);
}

INLINE lanes within(lanes x, double low, double high)
{
    return choose(x < low, all(low), choose(x > high, all(high), x));
}

INLINE lanes read_bytes(const uint8_t *bytes)
{
    lanes_byte read;
    memcpy(&read, bytes, sizeof read);
    return __builtin_convertvector(read, lanes);
}

INLINE lanes read_floats(const float *floats)
{
    lanes_float read;
    memcpy(&read, floats, sizeof read);
    return __builtin_convertvector(read, lanes);
}

INLINE double lanes_total(lanes x)
{
    double sum = 0;
    for (int i = 0; i < WIDTH; i++)
        sum += x[i];
    return sum;
}

/* Functions over lanes are INLINE: they must become part of a function that is WIDE. */
#define REAL lanes
#define WORD lanes_bits
#define BITS(x) ((lanes_bits)(x))
#define FROM_BITS(x) ((lanes)(x))
#define ALL(x) all(x)
#define CHOICE(condition, yes, no) choose((condition), (yes), (no))
#define ELEMENTARY(name) lanes_##name
#include "schedule/elementary.inc"
#undef REAL
#undef WORD
#undef BITS
#undef FROM_BITS
#undef ALL
#undef CHOICE
#undef ELEMENTARY

/* What one step of some cards brings. */
struct asked {
    lanes grade, days, weight;
};

INLINE struct asked asked_read(const struct training *training, size_t slot)
{
    return (struct asked){read_bytes(training->grades + slot), read_floats(training->days + slot),
                          read_floats(training->weights + slot)};
}

/* The difficulty that a first grade leaves, w4 - e^(w5 k) + 1, where no bound holds it. */
static inline void add_first_difficulty(const struct fsrs *fsrs, int k, double bar, double *gradient)
{
    const double *w = fsrs->params.w;
    double rise = elementary_exp(w[5] * k);
    if (w[4] - rise + 1 != fsrs->first_d[k])
        return;
    gradient[4] += bar;
    gradient[5] -= bar * k * rise;
}

/* The predictions of one step. */
INLINE void write_recall(float *predicted, lanes lost)
{
    lanes_float recall = __builtin_convertvector(1 - lost, lanes_float);
    memcpy(predicted, &recall, sizeof recall);
}

#endif
