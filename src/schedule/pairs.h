/* Two numbers side by side, for a step that needs two logarithms or two powers at once: the processor works on both in
 * the time of one, and the bits are those of elementary.h. */
#ifndef REPASO_SCHEDULE_PAIRS_H
#define REPASO_SCHEDULE_PAIRS_H

#include "schedule/elementary.h"

typedef double pair __attribute__((vector_size(16)));
typedef int64_t pair_mask __attribute__((vector_size(16)));
typedef uint64_t pair_bits __attribute__((vector_size(16)));

INLINE pair pair_choose(pair_mask condition, pair yes, pair no)
{
    return (pair)((condition & (pair_mask)yes) | (~condition & (pair_mask)no));
}

#define REAL pair
#define WORD pair_bits
#define BITS(x) ((pair_bits)(x))
#define FROM_BITS(x) ((pair)(x))
#define ALL(x) ((pair){(x), (x)})
#define CHOICE(condition, yes, no) pair_choose((condition), (yes), (no))
#define ELEMENTARY(name) pair_##name
#include "schedule/elementary.inc"
#undef REAL
#undef WORD
#undef BITS
#undef FROM_BITS
#undef ALL
#undef CHOICE
#undef ELEMENTARY

/* log(1 + x) and log(y). */
INLINE void pair_log1p_log(double x, double y, double *ret_log1p, double *ret_log)
{
    double u = 1.0 + x, missing = (x - (u - 1.0)) * (1.0 - x + x * x);
    pair logs = pair_log((pair){u, y});
    *ret_log1p = logs[0] + (x < 1.0 ? missing : 0.0);
    *ret_log = logs[1];
}

/* e^x and e^y - 1. */
INLINE void pair_exp_expm1(double x, double y, double *ret_exp, double *ret_expm1)
{
    pair power, rest = pair_reduce((pair){x, y}, &power);
    pair product = power * rest;
    *ret_exp = power[0] + product[0];
    *ret_expm1 = product[1] + (power[1] - 1.0);
}

#endif
