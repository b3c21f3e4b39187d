/* Four questions about one's memory, each with its chart and its table. */
#ifndef REPASO_SCREENS_STATISTICS_H
#define REPASO_SCREENS_STATISTICS_H

#include "base/str.h"
#include "ui/chart.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

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
    double recall; /* 0: none of it was met */
    int cards, mastered;
    bool weak; /* below the goal */
};

/* A dated fact that one knows. */
struct statistics_fact {
    int64_t card;
    double year; /* with its fraction */
    struct str name, date;
    double recall;
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
    int memory_days; /* of each stretch */
    const struct statistics_coming *coming;
    size_t coming_count;
    const int *days; /* answers a day, oldest first, the last is today */
    const struct str *day_labels;
    size_t day_count;
    int first_weekday;                   /* of days[0], 0 is Monday */
    const struct statistics_deck *decks; /* chapters, the weakest first */
    size_t deck_count;
    const struct statistics_fact *facts; /* by year */
    size_t fact_count;
};

/* What a number stands for; all but DAY and STRETCH are about the cards as they are now. */
enum statistics_cards {
    CARDS_ALL,
    CARDS_MET,
    CARDS_MASTERED,
    CARDS_LEECHES,
    CARDS_STRETCH,                  /* + which: answered then */
    CARDS_DAY = CARDS_STRETCH + 100 /* + 500 + days from today: falling due, or answered then */
};
enum { CARDS_TODAY = CARDS_DAY + 500 };

/* The charts alone, for a file; `kinds` are enum ui_chart_kind. */
enum { STATISTICS_CHARTS = 3 };
void statistics_charts(struct arena *arena, const struct statistics_view *view,
                       struct ui_chart ret[STATISTICS_CHARTS], int kinds[STATISTICS_CHARTS]);

void statistics_screen(struct ui *ui, const struct statistics_view *view);

#endif
