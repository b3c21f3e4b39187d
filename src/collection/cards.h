/* One card with all that is known of it; lists, search, and what a learner changes by hand. */
#ifndef REPASO_COLLECTION_CARDS_H
#define REPASO_COLLECTION_CARDS_H

#include "cards/card.h"
#include "collection/collection.h"
#include "schedule/fsrs.h"

enum card_status { STATUS_DRAFT, STATUS_ACTIVE, STATUS_SUSPENDED, STATUS_RETIRED };

/* A place in a chapter. The text was kept when the chapter was added: it does not need the file. */
struct passage {
    struct str book, chapter;    /* titles */
    struct str path;             /* where the file was */
    struct str section;          /* heading above */
    struct str before;           /* the sentence before, plain; may be empty */
    struct str text;             /* the sentence (or item, or row) that holds the passage, plain */
    size_t mark_start, mark_end; /* the passage itself in `text`, bytes */
    int line, column;            /* from 1; 0: not known */
    size_t start, end;           /* bytes in the file as it was */
};

struct passages {
    struct passage *items;
    size_t count, capacity;
};

struct card_row {
    int64_t key, deck;
    struct str deck_path;
    struct card card; /* with the learner's own edits on top */
    enum card_status status;
    int64_t sibling; /* see queue.h */
    int64_t position;
    bool flagged;         /* the learner said it is wrong */
    bool answer_changed;  /* the chapter's new edition answers otherwise; until the next grade */
    bool edited;          /* carries the learner's own edits */
    struct memory memory; /* s == 0: never graded */
    enum algorithm algorithm;
    int64_t due_at_ms, last_at_ms, first_at_ms; /* 0: never */
    int64_t buried_until_ms;
    int reps, lapses;
    int step;    /* 0: in review; above 0: still being learnt, so many unaided successes are wanted */
    int mastery; /* unaided recalls on different days, up to 3 */
    struct passages passages;
};

struct card_rows {
    struct card_row *items;
    size_t count, capacity;
};

/* By key; ERROR_NOT_FOUND when there is none. */
bool collection_card(struct collection *collection, struct arena *arena, int64_t key, struct card_row *ret,
                     struct error *e);
/* By identity; follows aliases. */
bool card_find(struct collection *collection, struct str id, int64_t *ret, struct error *e);
/* Chance of recall at `now`; 0 for a card never graded. */
double card_recall(struct collection *collection, const struct card_row *row, struct moment now);

struct card_filter {
    int64_t deck;    /* 0: all */
    struct str text; /* words of prompt, answer, tags, in any case and without accents; empty: all */
    int status;      /* enum card_status; -1: all but retired; -2: all */
    bool flagged;    /* only these */
    int limit, offset;
};

/* In chapter order, or best match first. Passages are not loaded. */
bool collection_search(struct collection *collection, struct arena *arena, const struct card_filter *filter,
                       struct card_rows *ret, struct error *e);

struct card_keys {
    int64_t *items;
    size_t count, capacity;
};

/* The same, only the keys: for lists of any length, whose cards are read as they come into sight. */
bool collection_find(struct collection *collection, struct arena *arena, const struct card_filter *filter,
                     struct card_keys *ret, struct error *e);

/* The learner's own wording: field is prompt, answer, accepted (one a line), hint, explanation or tags. It
 * stays on top of every later edition of the chapter; an empty value goes back to the book's. */
bool card_edit(struct collection *collection, int64_t key, struct str field, struct str value,
               struct moment now, struct error *e);
/* A draft is accepted into its deck or rejected; the verdict ("accept", "reject") and its reason are kept for
 * `learn`. */
bool card_decide(struct collection *collection, int64_t key, bool accept, struct str reason,
                 struct moment now, struct error *e);
/* Takes a card out of its deck (retired), or back; the history stays. */
bool card_retire(struct collection *collection, int64_t key, bool retired, struct moment now,
                 struct error *e);

#endif
