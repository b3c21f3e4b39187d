/* Numbers, days and card kinds as people say them, in the interface's language. */
#ifndef REPASO_SCREENS_WORDS_H
#define REPASO_SCREENS_WORDS_H

#include "base/str.h"
#include "ui/theme.h"

struct arena;
struct card;

/* "87 %". */
struct str words_percent(struct arena *arena, double share);
/* "<10 min", "3 days", "2 months", "1.5 years". */
struct str words_interval(struct arena *arena, double days);
/* "today", "tomorrow", "Friday", "12 March". `days` from today; `at_ms` says the date, `tz_min` its zone. */
struct str words_day(struct arena *arena, int days, long long at_ms, int tz_min);
/* "4 min", "1 h 10 min"; less than half a minute is "1 min". */
struct str words_duration(struct arena *arena, long seconds);
/* "2nd time". */
struct str words_times(struct arena *arena, int times);
/* What a card asks for: "Date", "Figure", "Who" … */
struct str words_kind(const struct card *card);
/* "1.5" or "1,5"; whole numbers without it. */
struct str words_decimal(struct arena *arena, double number);
/* 1234567 → "1,234,567" or "1.234.567". */
struct str words_number(struct arena *arena, long long number);
/* "Monday" … "Sunday"; 0 is Monday. One letter if `letter`. */
struct str words_weekday(int weekday, bool letter);

#endif
