/* Newton-like descent within bounds: BFGS on the whole Hessian, which for 34 weights is nothing beside a pass. */
#ifndef REPASO_SCHEDULE_MINIMISE_H
#define REPASO_SCHEDULE_MINIMISE_H

#include "schedule/objective.h"

struct descent {
    struct objective *objective;
    double w[FSRS7_WEIGHTS]; /* where it begins, then where it has come to */
    double tolerance;        /* stop when the next step promises less than this share of the value */
    int most_passes;
    void (*progress)(double done, void *data); /* 0 to 1, a guess; may be NULL */
    void *data;

    double curvature[FSRS7_WEIGHTS][FSRS7_WEIGHTS]; /* the Hessian, as far as known */
    double value;
    int passes;
};

/* Measures the curvature at `w` by differences of gradients, one a weight. False when cancelled. */
bool descent_measure(struct descent *descent);
/* Goes down from `w` with the curvature at hand, bettering it on the way. The weights obey fsrs_weight_bounds
 * throughout. False when cancelled. */
bool descent_run(struct descent *descent);
/* The inverse of the curvature over the weights that are free to move, 0 elsewhere: twice the covariance where the
 * value is a sum of squares, the covariance where it is a log-likelihood. */
void descent_covariance(const struct descent *descent, double ret[FSRS7_WEIGHTS][FSRS7_WEIGHTS]);

#endif
