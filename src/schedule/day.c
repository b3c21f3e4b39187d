#include "schedule/day.h"

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t day_offset_ms(int tz_min, int rollover_hour)
{
    return (int64_t)tz_min * 60000 - (int64_t)rollover_hour * 3600000;
}

int64_t day_number(int64_t at_ms, int tz_min, int rollover_hour)
{
    return floor_div(at_ms + day_offset_ms(tz_min, rollover_hour), DAY_MS);
}

int64_t day_start_ms(int64_t day, int tz_min, int rollover_hour)
{
    return day * DAY_MS - day_offset_ms(tz_min, rollover_hour);
}

int day_of_week(int64_t day)
{
    int64_t since_monday = day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - 7 * floor_div(since_monday, 7));
}
