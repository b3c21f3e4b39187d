/* What became of a card before it came here, as another program logged it, in our terms. */
#ifndef REPASO_SCHEDULE_PAST_H
#define REPASO_SCHEDULE_PAST_H

#include "schedule/fsrs.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum past_kind {
    PAST_GRADE,
    PAST_PRACTICE, /* a grade that left the schedule alone */
    PAST_RESET,    /* the memory begins anew */
    PAST_MEMORY,   /* the memory is known from here on, whatever came before */
    PAST_DUE       /* only the due date moved */
};

struct past {
    enum past_kind kind;
    int64_t at_ms;
    enum grade grade; /* GRADE, PRACTICE */
    int ms;           /* the answer took so long; 0: not known */
    /* GRADE: what was planned then, below 0: not known; below 1: within that day's learning. MEMORY: what was reached. */
    double interval_days;
    double ease;       /* MEMORY: of an SM-2 program, 2.5 is 250 % */
    double s, d;       /* MEMORY: of FSRS-6, where known; s 0: told by interval and ease */
    int64_t due_at_ms; /* DUE */
};

struct pasts {
    struct past *items;
    size_t count, capacity;
};

/* A row of Anki's table `revlog`. */
enum anki_kind { ANKI_LEARN, ANKI_REVIEW, ANKI_RELEARN, ANKI_FILTERED, ANKI_MANUAL, ANKI_RESCHEDULED };

struct anki_review {
    int64_t at_ms; /* id */
    int kind;      /* type: enum anki_kind, or what a newer Anki may have added */
    int grade;     /* ease: 1 to 4; 0: not an answer */
    int interval;  /* ivl: days, below 0 seconds */
    int factor;    /* permille: from 1300 an ease, 100 to 1100 a difficulty; 0: none */
    int ms;        /* time */
};

/* The log of one card, sorted by time, as Anki itself would replay it:
 * - a manual row without a factor is a reset; manual rows with one and rescheduled rows only moved the due date;
 * - an answer in a filtered deck without a factor was practice;
 * - a learning row behind any other kind begins anew, for older versions wrote no row when a card was reset;
 * - where the beginning is missing (no learning row, no reset), the first answer that led to a day or more tells the
 *   memory by its interval and ease.
 * Appends to `ret`; returns how many rows say nothing that is known here. */
size_t past_from_anki(struct arena *arena, const struct anki_review *rows, size_t count, struct pasts *ret);

#endif
