/* One card: asked, answered, shown in its passage, graded. The prompt stays where it is when the answer
 * appears. */
#ifndef REPASO_SCREENS_STUDY_H
#define REPASO_SCREENS_STUDY_H

#include "cards/judge.h"
#include "ui/widgets.h"

#include <stdint.h>

enum study_mode { STUDY_FLIP, STUDY_TYPED, STUDY_CHOICE, STUDY_ORDER };

struct study_passage {
    struct str before; /* the sentence before it */
    struct str text;
    size_t mark_start, mark_end; /* the fact, bytes of `text` */
    struct str chapter;
    int line; /* 0: not known */
};

/* A row to be moved, where it stands now. */
struct study_row {
    int item;        /* of the card: its key */
    struct str left; /* matching: what it is put beside */
    struct str text;
    bool right; /* it stands where it belongs; told once checked */
};

struct study_view {
    struct str deck, chapter;
    const enum ui_segment *segments;
    int segment_count, done, total, seconds_left;

    const struct card *card;
    enum study_mode mode;
    bool back;
    bool first, again; /* never met; missed in this session */
    bool probe;        /* was not practised: asked once, to compare */
    int times;         /* the how manieth answer */
    double recall;     /* predicted; negative if not known */
    bool answer_changed, flagged;
    struct str hint;
    bool hint_left, choices_offered;
    struct str_list choices;
    const struct str *reasons; /* why each choice is not it; NULL or one a choice */
    int picked;                /* index of the choice; -1: none, or "I don't know" */
    uint64_t revision;         /* another card: the field is emptied */

    const struct study_row *rows; /* of an ordering or matching */
    size_t row_count;

    struct study_passage passage; /* text empty: none */
    struct study_passage mixup;   /* likewise: where what was typed instead belongs */
    struct canvas_image *image;
    struct str image_wrong; /* why there is none */
    bool large_image;

    bool judged, right, nearly;
    struct str given, note;
    struct str_list forgiven; /* what the judge let pass, in words */
    const struct diff *diff;  /* NULL: nothing to compare */

    bool exam;               /* no help, no verdict, a clock */
    bool four;               /* else ✗ and ✓ */
    struct str intervals[4]; /* as read, Again to Easy */
    int proposed, highest;   /* grades, 1 to 4 */
};

void study_screen(struct ui *ui, const struct study_view *view);

struct end_trouble {
    struct str prompt, answer;
};

struct end_view {
    struct str deck;
    int cards, answers, right, first, missed;
    long seconds;
    int tomorrow, tomorrow_minutes;
    struct str memory; /* what the fit after the session says; empty: nothing yet */
    struct str next;   /* when the next card comes; empty: none */
    bool nothing;      /* there was nothing to ask */
    long wait_seconds; /* above 0: a card comes back so soon */
    const struct end_trouble *troubles;
    size_t trouble_count;
    bool more;       /* new cards are left beyond today's limit */
    bool offer_four; /* grades: two buttons have been enough for long */
    bool bet;        /* this was one: so many were bet on, so many known */
    int bet_known, bet_knew, bet_of;
};

void end_screen(struct ui *ui, const struct end_view *view);

#endif
