/* FSRS, the memory model: pure arithmetic on (memory, grade, days). No clock, no chance, no database.
 * FSRS-7 (34 weights, two stabilities, fractional days) is the default; FSRS-6 (21 weights) is kept exact for
 * what is shared with Anki. Formulas: fsrs-rs 6.6.1 (FSRS-6), fsrs-rs model_v7 and the formulas page of
 * ts-fsrs (FSRS-7). The same numbers give the same bits on every machine (elementary.h). */
#ifndef REPASO_SCHEDULE_FSRS_H
#define REPASO_SCHEDULE_FSRS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum grade { GRADE_AGAIN = 1, GRADE_HARD, GRADE_GOOD, GRADE_EASY };

enum algorithm { ALGORITHM_FSRS6 = 6, ALGORITHM_FSRS7 = 7 };

enum { FSRS6_WEIGHTS = 21, FSRS7_WEIGHTS = 34 };

/* What fsrs_interval never exceeds with FSRS-7, and what stabilities are held to with both. */
#define FSRS_MAX_DAYS 36500.0

struct fsrs_params {
    enum algorithm algorithm;
    double w[FSRS7_WEIGHTS]; /* FSRS-6 uses the first 21 */
};

/* s == 0 means the card has never been graded. */
struct memory {
    double s; /* stability in days; slow trace in FSRS-7 */
    double x; /* fast trace in days, FSRS-7 only */
    double d; /* difficulty, 1 to 10 */
};

struct fsrs_params fsrs_defaults(enum algorithm algorithm);
/* How many weights the algorithm has. */
size_t fsrs_weight_count(enum algorithm algorithm);
/* The lowest and highest value of a weight; in FSRS-7 w1 to w3 and w26 also depend on the ones before, so the
 * bounds are read off `params`. */
void fsrs_weight_bounds(const struct fsrs_params *params, size_t index, double *ret_low, double *ret_high);
/* Takes weights from outside, for `algorithm` (0: told by their number). 17 (FSRS-4.5) and 19 (FSRS-5) are
 * upgraded to FSRS-6. Another number, a NaN or a weight out of its bounds fails with a sentence that names
 * it. */
bool fsrs_read_weights(const double *weights, size_t count, int algorithm, struct fsrs_params *ret,
                       struct error *e);

/* The memory after a grade. `days` since the last grade: whole days by the learner's rollover for FSRS-6 (0
 * is the same day), fractional for FSRS-7; ignored for a card's first grade; below 0 counts as 0. */
struct memory fsrs_next(const struct fsrs_params *params, struct memory memory, enum grade grade,
                        double days);
/* Chance of recall after `days`; the memory must have been graded. */
double fsrs_retrievability(const struct fsrs_params *params, struct memory memory, double days);
/* Days until the chance of recall falls to `retention` (0 to 1, exclusive); unrounded, unguarded; FSRS-7 at
 * most 36,500. */
double fsrs_interval(const struct fsrs_params *params, struct memory memory, double retention);
/* A memory that gives the interval an SM-2 program had reached with that ease (2.5 = 250 %), supposing it
 * aimed at `retention`. */
struct memory fsrs_from_sm2(const struct fsrs_params *params, double interval_days, double ease,
                            double retention);

/* The same with what depends on the weights alone worked out once: for replays, fits and simulations. The
 * three functions above prepare anew at every call. */
struct fsrs {
    struct fsrs_params params;
    double decay;           /* of the forgetting curve (slow trace in FSRS-7) */
    double factor;          /* so that FSRS-6 gives 0.9 after s days; likewise the slow trace */
    double fast_base;       /* ln w25, FSRS-7 */
    double gain, fast_gain; /* e^w8; e^(w7 - 1.5) and e^(w15 - 1.5) */
    double same_day;        /* e^(w17 w18), FSRS-6 */
    double easy_difficulty; /* what difficulty drifts back to */
    double first_d[4];      /* difficulty after a first grade */
    double aim;             /* a retention whose interval is at hand: 0.9, or what fsrs_aim was given */
    double aim_days;        /* that interval for s = 1, FSRS-6 */
};

struct fsrs fsrs_prepare(const struct fsrs_params *params);
/* Makes fsrs_days quicker for one retention; never changes what it gives. */
void fsrs_aim(struct fsrs *fsrs, double retention);
struct memory fsrs_step(const struct fsrs *fsrs, struct memory memory, enum grade grade, double days);
double fsrs_recall(const struct fsrs *fsrs, struct memory memory, double days);
double fsrs_days(const struct fsrs *fsrs, struct memory memory, double retention);

#endif
