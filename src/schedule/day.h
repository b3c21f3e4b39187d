/* The learner's days: they begin at the rollover hour, not at midnight, in the zone that was recorded with
 * the moment. Pure arithmetic: daylight saving and travel arrive as another `tz_min`. */
#ifndef REPASO_SCHEDULE_DAY_H
#define REPASO_SCHEDULE_DAY_H

#include <stdint.h>

#define DAY_MS INT64_C(86400000)

/* Days since 1970-01-01; `tz_min` is minutes east of UTC, `rollover_hour` 0 to 23. */
int64_t day_number(int64_t at_ms, int tz_min, int rollover_hour);
/* When that day begins. */
int64_t day_start_ms(int64_t day, int tz_min, int rollover_hour);
/* 0 is Monday. */
int day_of_week(int64_t day);

#endif
