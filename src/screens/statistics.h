/* Four questions about one's memory, each with its chart and its table. */
#ifndef REPASO_SCREENS_STATISTICS_H
#define REPASO_SCREENS_STATISTICS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;

/* Answers of a stretch of days: how many were right, with the 95 % band. */
struct statistics_stretch {
    double share, low, high; /* 0 to 1; NAN without answers */
    struct str label;        /* on the axis; may be empty */
};

struct statistics_coming {
    int cards;
    struct str label;
};

struct statistics_deck {
    int64_t key;
    struct str name;
    double recall;
    int cards;
};

struct statistics_view {
    struct str deck; /* empty: all */
    int span;        /* 0: 30 days, 1: 90, 2: a year */
    bool table;
    double retention, low, high, goal; /* 0 without answers */
    int answers, cards, met, mastered, leeches, streak, longest_streak;
    int minutes_a_day;
    long total_seconds;
    const struct statistics_stretch *memory;
    size_t memory_count;
    const struct statistics_coming *coming;
    size_t coming_count;
    const int *days; /* answers a day, oldest first, the last is today */
    const struct str *day_labels;
    size_t day_count;
    int first_weekday; /* of days[0], 0 is Monday */
    const struct statistics_deck *weak;
    size_t weak_count;
};

void statistics_screen(struct ui *ui, const struct statistics_view *view);

#endif
