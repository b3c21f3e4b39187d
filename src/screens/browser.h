/* All cards of a deck, or its drafts, at the left; the one the cursor is on, with its passage, at the right;
 * and the editor. */
#ifndef REPASO_SCREENS_BROWSER_H
#define REPASO_SCREENS_BROWSER_H

#include "screens/study.h"

struct browser_row {
    struct str prompt, deck, note; /* note: confidence of a draft, or when the card is due */
    enum { ROW_ACTIVE, ROW_NEW, ROW_DRAFT, ROW_SUSPENDED, ROW_RETIRED, ROW_FLAGGED } status;
};

struct browser_view {
    bool drafts; /* drafts to be decided; else all cards */
    struct str deck;
    struct str search;
    int status; /* of the filter: 0 all, 1 active, 2 suspended, 3 retired, 4 marked as wrong */
    struct browser_row (*row)(void *self, size_t index); /* asked for those in sight */
    void *self;
    size_t count;
    size_t cursor;
    const struct card *card; /* at the cursor; NULL if there is none */
    struct study_passage passage;
    struct str state; /* of the card, in a sentence */
    bool suspended, retired, flagged, edited;
    int accepted, rejected; /* drafts decided so far */
    int sure;               /* drafts of 0.9 and above */
    bool reasons;           /* asks why the draft is rejected */
};

void browser_screen(struct ui *ui, const struct browser_view *view);

struct editor_view {
    bool fresh; /* a card that does not exist yet */
    struct str deck;
    struct str prompt, answer, accepted, hint; /* as they are in the card; accepted one a line */
    struct str new_prompt, new_answer;         /* as typed, for the preview */
    struct study_passage passage;
    struct str lang;
    uint64_t revision;
    struct str error;
};

void editor_screen(struct ui *ui, const struct editor_view *view);

#endif
