/* The model over arrays of cards, several at once: for sorting a queue, for forecasts, for statistics. The numbers
 * agree with fsrs.h to 12 digits; what is kept is always stepped there. */
#ifndef REPASO_SCHEDULE_MANY_H
#define REPASO_SCHEDULE_MANY_H

#include "schedule/fsrs.h"

#include <stdint.h>

/* Every memory must have been graded. */
void fsrs_recall_many(const struct fsrs *fsrs, const struct memory *memories, const double *days,
                      size_t count, double *ret);
void fsrs_days_many(const struct fsrs *fsrs, const struct memory *memories, double retention, size_t count,
                    double *ret);
/* In place; `grades` are 1 to 4. */
void fsrs_step_many(const struct fsrs *fsrs, struct memory *memories, const uint8_t *grades,
                    const double *days, size_t count);

#endif
