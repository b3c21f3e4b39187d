/* A session: next card → answer → verdict → grade → next, until everything of today is known once.
 * It holds no clock and no window; whoever drives it says what time it is. */
#ifndef REPASO_STUDY_SESSION_H
#define REPASO_STUDY_SESSION_H

#include "cards/card.h"
#include "cards/judge.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/queue.h"

struct session;

struct session_options {
    int64_t deck;          /* 0: all decks */
    enum answer_mode mode; /* ANSWER_REVIEW: today's queue; FIRST: new cards only; CRAM, EXAM: all cards */
    int new_limit;         /* -1: the deck's */
    int limit;             /* cards in all; 0: no limit */
    int minutes;           /* stop taking new ones after so long; 0: the deck's */
    int ahead_days;        /* above 0: look ahead so many days; what is not due yet is practice only */
    double read_age_s;     /* since the chapter was read; below 0: what the log says */
    uint64_t seed;         /* the order of mixed cards and of choices */
    const int64_t *cards;  /* keys: these and no others, in this order; read while opening. NULL: a queue's */
    size_t card_count;
};

/* How one card is asked now. */
struct question {
    const struct card_row *row;
    struct str_list choices; /* shuffled; empty until asked for, or when the card has none */
    struct str hint;         /* what the ladder has shown so far: a first letter, or the card's hint */
    int hints;               /* steps of help used */
    bool choice_offered;     /* choices may be asked for now (never at first contact) */
    bool probe;              /* a fact that was not practised, asked once to compare; no help, no memory */
    bool first;              /* never graded before */
    bool again;              /* was missed in this session */
};

/* What the machine says of an answer, before the learner has the last word. */
struct outcome {
    enum verdict verdict;
    struct str given; /* as the learner wrote it */
    struct judgement
        judgement;          /* of what was typed: what was forgiven, what differs; else only its verdict */
    struct str note;        /* a sentence where one helps: "You said 2022; the book says March 2023." */
    enum grade proposed;    /* what Enter accepts */
    enum grade highest;     /* help and choices cap the grade: what is above cannot be given */
    struct preview preview; /* for the grades that can be given */
};

enum segment { SEGMENT_OPEN, SEGMENT_RIGHT, SEGMENT_HARD, SEGMENT_WRONG, SEGMENT_CURRENT };

struct progress {
    const enum segment *segments; /* one a card of the session, in the order first shown */
    size_t count;
    int done;         /* known once, or passed */
    int left;         /* cards still to be answered, also those that return */
    int seconds_left; /* by this learner's own pace */
};

struct session_summary {
    int cards, answers, right, first, missed;
    int64_t ms;
    int due_tomorrow, minutes_tomorrow;
    int64_t next_due_ms;       /* the next card of this deck; 0: none */
    struct card_rows troubles; /* cards missed at least once, in the session's arena */
};

bool session_open(struct collection *collection, const struct session_options *options, struct moment now,
                  struct session **ret, struct error *e);
/* NULL is fine. Nothing is lost by closing at any moment. */
void session_close(struct session *session);

/* The card to ask now; NULL when the session is over or `ret_wait_ms` says when the next one may come back
 * (only when nothing else is left). The question lives until the next call of a function that changes the
 * session. */
const struct question *session_current(struct session *session, struct moment now, int64_t *ret_wait_ms);

/* One more step of help: the hint or first letter, then the choices. False when there is none left. */
bool session_hint(struct session *session);
/* Shows the choices at once. False when the card has none or they may not be offered yet. */
bool session_choices(struct session *session);

/* Judges what was typed, said, or chosen; `ms` since the prompt was shown. Writes nothing. An empty `given`
 * is "I don't know"; self-graded cards use session_reveal. */
bool session_answer(struct session *session, struct str given, int ms, struct moment now, struct outcome *ret,
                    struct error *e);
/* Shows the answer without judging: the learner grades. */
bool session_reveal(struct session *session, int ms, struct moment now, struct outcome *ret, struct error *e);
/* Writes the grade of the card that was answered or revealed, and moves on. */
bool session_grade(struct session *session, enum grade grade, struct moment now, struct graded *ret,
                   struct error *e);

/* Takes the last grade of this session back (or what was done before it, also before a restart) and shows its
 * card again. */
bool session_undo(struct session *session, struct moment now, struct error *e);
/* The card at hand: out of today's session. */
bool session_bury(struct session *session, struct moment now, struct error *e);
bool session_suspend(struct session *session, struct moment now, struct error *e);
/* After an edit: reads the card at hand anew. */
bool session_reload(struct session *session, struct error *e);

struct progress session_progress(const struct session *session, struct moment now);
bool session_summary(struct session *session, struct moment now, struct session_summary *ret,
                     struct error *e);

#endif
