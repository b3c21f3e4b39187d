/* One pass of a fit over some blocks of cards: forwards through their reviews, summing the loss, then backwards,
 * summing its gradient over the weights. Double precision, no branches in the lanes: the compiler turns them into
 * vector code, and the sums are the same bits on every machine. */
#ifndef REPASO_SCHEDULE_PASS_H
#define REPASO_SCHEDULE_PASS_H

#include "schedule/training.h"

/* How much room a pass needs for cards of so many steps, in doubles. */
size_t pass6_tape(uint32_t steps);
size_t pass7_tape(uint32_t steps);

/* Adds to *loss and gradient[]. `tape` holds the doubles asked for above. Loss: the sum over the targets of
 * -weight * log(chance given to what happened), with chances held to 1e-7 (FSRS-6) or 1e-4 (FSRS-7) from 0 and 1.
 * `predicted`: NULL, or a slot's predicted recall is written there. */
void pass6(const struct fsrs *fsrs, const struct training *training, size_t begin, size_t end, double *tape,
           double *loss, double gradient[FSRS6_WEIGHTS], float *predicted);
void pass7(const struct fsrs *fsrs, const struct training *training, size_t begin, size_t end, double *tape,
           double *loss, double gradient[FSRS7_WEIGHTS], float *predicted);

#endif
