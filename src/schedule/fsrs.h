/* FSRS, the memory model: pure arithmetic on (memory, grade, days). No clock, no chance, no database.
 * FSRS-7 (34 weights, two stabilities, fractional days) is the default; FSRS-6 (21 weights) is kept exact for
 * what is shared with Anki. Formulas: fsrs-rs 6.6.1 (FSRS-6), fsrs-rs model_v7 and the formulas page of
 * ts-fsrs (FSRS-7). */
#ifndef REPASO_SCHEDULE_FSRS_H
#define REPASO_SCHEDULE_FSRS_H

#include <stdbool.h>
#include <stddef.h>

enum grade { GRADE_AGAIN = 1, GRADE_HARD, GRADE_GOOD, GRADE_EASY };

enum algorithm { ALGORITHM_FSRS6 = 6, ALGORITHM_FSRS7 = 7 };

enum { FSRS6_WEIGHTS = 21, FSRS7_WEIGHTS = 34 };

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

/* The memory after a grade. `days` since the last grade: whole days by the learner's rollover for FSRS-6 (0
 * is the same day), fractional for FSRS-7; ignored for a card's first grade. */
struct memory fsrs_next(const struct fsrs_params *params, struct memory memory, enum grade grade,
                        double days);
/* Chance of recall after `days`; the memory must have been graded. */
double fsrs_retrievability(const struct fsrs_params *params, struct memory memory, double days);
/* Days until the chance of recall falls to `retention` (0 to 1, exclusive); unrounded, unguarded; FSRS-7 at
 * most 36,500. */
double fsrs_interval(const struct fsrs_params *params, struct memory memory, double retention);

#endif
