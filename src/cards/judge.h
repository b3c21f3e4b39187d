/* Is what the learner typed the answer? Fair and strict: forgives case, marks and slips of the finger, never another
 * name, number, version or year. */
#ifndef REPASO_CARDS_JUDGE_H
#define REPASO_CARDS_JUDGE_H

#include "cards/card.h"

struct arena;

/* nearly: the right thing, but less exact than asked or beyond what is forgiven. */
enum verdict { VERDICT_WRONG, VERDICT_NEARLY, VERDICT_RIGHT };

enum accent_policy { ACCENTS_FORGIVE, ACCENTS_WARN, ACCENTS_DEMAND };

enum typo_policy { TYPOS_BY_LENGTH, TYPOS_NONE, TYPOS_ONE };

struct judge_options {
    enum accent_policy accents;
    enum typo_policy typos;
};

enum diff_kind { DIFF_SAME, DIFF_MISSING, DIFF_EXTRA, DIFF_CHANGED };

/* A piece of the comparison: `expected` is what should stand there, `given` what does. */
struct diff_piece {
    enum diff_kind kind;
    struct str expected, given;
};

struct diff {
    struct diff_piece *items;
    size_t count, capacity;
};

struct judgement {
    enum verdict verdict;
    int grade;           /* proposed: 1 again, 2 hard, 3 good */
    struct str expected; /* the right form that comes nearest */
    struct str_list
        forgiven; /* "accents", "typo: refuerso → refuerzo", "form", "unit", "order"; ids are the first word */
    struct diff diff; /* between `given` and `expected` */
};

/* Judges `given` against the card's answer and accepted forms. The card's choices, being other things of the same kind,
 * are never taken for a misspelt answer. The result lives in `arena`. An empty `given` is wrong. */
struct judgement judge(struct arena *arena, const struct judge_options *options, const struct card *card,
                       struct str given);

/* "right", "almost", "wrong". */
struct str verdict_name(enum verdict verdict);
/* "aprendizaje por refuer[s→z]o": what was given with the corrections in brackets. */
struct str diff_text(struct arena *arena, const struct diff *diff);

#endif
