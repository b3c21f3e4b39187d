/* One draft while it is checked. The folder's own. */
#ifndef REPASO_VERIFY_CHECKING_H
#define REPASO_VERIFY_CHECKING_H

#include "verify/chapter.h"
#include "verify/draft.h"

/* The words of one fact, read once. */
struct fact_words {
    struct gist verb; /* or the role noun, which states a role as a verb states a deed */
    struct gist *fillers;
};

struct card_checker {
    struct chapter chapter;
    struct fact_words *facts;
    struct draft_options options;
    struct seen_prompt {
        struct str key, answer;
        int line;
    } * seen; /* prompts of earlier drafts, an open table */
    size_t seen_count, seen_capacity;
    struct arena *arena; /* of the checker */
};

/* What the checks look at. */
struct checking {
    struct arena *arena;
    struct card_checker *checker;
    const struct chapter *chapter;
    struct draft *draft;
    struct gist prompt, answer;
    struct quote_match quote;
    int first, end; /* places of the passage: the whole sentences around the quotation */
};

/* What a draft can be blamed for; see the table in draft.c. */
enum finding_kind {
    NO_CARD,
    NO_QUOTE,
    LONG_QUOTE,
    OTHER_QUOTE,
    NEAR_QUOTE,
    OTHER_ANSWER,
    ANSWER_ELSEWHERE,
    ANSWER_UNSUPPORTED,
    ANSWER_PARTLY,
    OTHER_NAME,
    NAME_ELSEWHERE,
    OTHER_NUMBER,
    CONTRADICTS,
    NEIGHBOUR,
    OTHER_SORT,
    NAMES_ANSWER,
    SEVERAL_RIGHT,
    RIGHT_CHOICE,
    DROPPED_NOT,
    ADDED_NOT,
    DROPPED_HEDGE,
    LINT,
    BAD_LINT,
    SAME_PROMPT,
    KNOWN,
    FINDING_KINDS
};

/* Adds a finding; the draft's state becomes no better than its weight. `format` may be NULL where the table says all. */
void blame(struct checking *c, enum finding_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* answer.c: does the answer stand in the passage, or follow from it? */
void check_answer(struct checking *c);
/* names.c: do the names, dates and numbers of the question belong there? */
void check_prompt(struct checking *c);
/* sort.c: is the answer the sort of thing that is asked for? */
void check_sort(struct checking *c);
/* hedge.c: does what the text denies, hears or promises stay denied, heard, promised? */
void check_hedge(struct checking *c);
/* agree.c: do the facts agree, and is the answer the only one? Links the card to its fact. */
void check_facts(struct checking *c);

#endif
