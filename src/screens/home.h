/* The first screen: what is due today, and in which decks. */
#ifndef REPASO_SCREENS_HOME_H
#define REPASO_SCREENS_HOME_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;

struct home_deck {
    int64_t key;
    struct str name;
    int depth;
    bool expanded, has_children;
    int due; /* everything to be asked today */
    int drafts;
    double recall; /* 0 to 1; negative if not known */
    bool weak;
    struct str next; /* "today", "Friday" */
};

struct home_view {
    int due, minutes; /* of all decks */
    int tomorrow;
    int streak;
    int week[7];             /* answers a day, the last is today */
    const char *weekdays[7]; /* one letter each */
    const struct home_deck *decks;
    size_t count;
    int drafts;
    int64_t draft_deck;
    int64_t begin_deck;    /* nothing was studied yet: the chapter to begin with; 0: something was */
    struct str begin;      /* its name */
    int bet_known, bet_of; /* a bet is due; of 0: none */
    bool empty;            /* no deck yet */
    struct str data_path;  /* shown on the first run; else empty */
    struct str language;   /* "es", "en" */
};

void home_screen(struct ui *ui, const struct home_view *view);

#endif
