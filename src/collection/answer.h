/* What happens to a card. Each call writes one event and the memory it leads to, in one transaction. */
#ifndef REPASO_COLLECTION_ANSWER_H
#define REPASO_COLLECTION_ANSWER_H

#include "collection/collection.h"
#include "schedule/fsrs.h"

enum answer_mode { ANSWER_FIRST, ANSWER_REVIEW, ANSWER_EXAM, ANSWER_CRAM };

/* What an answer's event carries; what was not recorded cannot be learned from later. */
struct answer {
    enum grade grade;      /* as it counts: help has already lowered it */
    enum answer_mode mode; /* exam and cram are recorded and leave the memory alone */
    int ms;                /* from prompt to answer */
    struct str kind;       /* how it was asked: "typed", "choice", "self", "said" */
    struct str given;      /* the learner's words; may be empty */
    int options;           /* how many choices were shown; 0: none */
    int hints;             /* how many steps of help were used */
    int sure;              /* -1: not asked; else 0 or 1 */
    double read_age_s;     /* since the passage was read; below 0: not known */
    struct str cue;        /* what the prompt named, where several wordings exist */
};

struct graded {
    struct memory memory;
    int64_t due_at_ms;
    double interval_days;
    int reps, lapses;
    int step;   /* see struct card_row */
    bool timed; /* the deck's learning steps say when the card comes back, not the session */
    int mastery;
};

/* What each of the four grades would lead to. */
struct preview {
    double days[4]; /* for GRADE_AGAIN … GRADE_EASY; below 1: within today's study */
    int64_t due_at_ms[4];
};

/* `read_age_s` as in struct answer. */
bool collection_preview(struct collection *collection, int64_t card, struct moment now, double read_age_s,
                        struct preview *ret, struct error *e);
bool collection_grade(struct collection *collection, int64_t card, const struct answer *answer,
                      struct moment now, struct graded *ret, struct error *e);

/* Takes back the last thing this device did (a grade, a suspension, an edit, …) that was not yet taken back,
 * also after a restart. `ret->card` is 0 when it was not about a card. ERROR_NOT_FOUND: nothing to undo. */
struct undone {
    int kind; /* enum event_kind, event.h */
    int64_t card;
};
bool collection_undo(struct collection *collection, struct moment now, struct undone *ret, struct error *e);

bool card_suspend(struct collection *collection, int64_t card, bool suspended, struct moment now,
                  struct error *e);
/* Not before tomorrow. */
bool card_bury(struct collection *collection, int64_t card, struct moment now, struct error *e);
/* Forgets the memory, keeps the history. */
bool card_reset(struct collection *collection, int64_t card, struct moment now, struct error *e);
/* The memory stays as it is. */
bool card_set_due(struct collection *collection, int64_t card, int64_t due_at_ms, struct moment now,
                  struct error *e);
/* "This card is wrong", with the learner's words; an empty reason takes the flag back. */
bool card_flag(struct collection *collection, int64_t card, struct str reason, struct moment now,
               struct error *e);

#endif
