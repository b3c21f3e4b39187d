/* What a fit makes small: the loss over a training log, and how far the weights stray from where they started. */
#ifndef REPASO_SCHEDULE_OBJECTIVE_H
#define REPASO_SCHEDULE_OBJECTIVE_H

#include "schedule/training.h"

#include <stdatomic.h>

struct arena;
struct crew;

struct objective {
    enum algorithm algorithm;
    const struct training *training;
    const double *start;          /* weights to stay near */
    double pull;                  /* pull * ((w - start) / sigma)^2 is added for each weight; 0: none */
    struct crew *crew;            /* may be NULL */
    const atomic_bool *cancelled; /* may be NULL */

    size_t *chunks; /* first block of each, and the end */
    size_t chunk_count;
    struct part *parts; /* one a chunk */
    long passes;        /* so far */
};

/* The log is cut into the same chunks whatever the crew, and their sums are added in order: the result has the same
 * bits for any number of threads. */
void objective_open(struct arena *arena, struct objective *objective);
/* With its gradient. Once cancelled the result is meaningless. */
double objective_value(struct objective *objective, const double *weights, double *ret_gradient);
bool objective_cancelled(const struct objective *objective);
/* Predicted recall of every slot that is a target; others are left alone. `ret` has slot_count items. */
void objective_predict(struct objective *objective, const double *weights, float *ret);

#endif
