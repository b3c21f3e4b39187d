/* Two editions of a chapter or book: which facts, answers and cards an edit changes. */
#ifndef REPASO_VERIFY_EDITION_H
#define REPASO_VERIFY_EDITION_H

#include "cards/card.h"
#include "facts/facts.h"

struct arena;
struct buffer;

/* All chapters of one edition together. Identities of both editions must stand in the same scope. */
struct edition {
    const struct cards *cards;
    struct edition_facts {
        const struct facts **items;
        size_t count, capacity;
    } facts;
};

enum revision_kind { REVISION_ANSWER, REVISION_WORDING, REVISION_NEW, REVISION_GONE };

/* A card that is not the same in both. */
struct revision {
    enum revision_kind kind;
    const struct card *before, *after; /* NULL where the edition does not have it */
};

/* A fact that is not the same in both: "release Zeta 2 2023-07". */
struct fact_revision {
    struct card_id id;
    struct str relation, before, after; /* empty where the edition does not have it */
};

struct comparison {
    struct {
        struct revision *items;
        size_t count, capacity;
    } cards;
    struct {
        struct fact_revision *items;
        size_t count, capacity;
    } facts;
    size_t answers; /* revisions that change an answer */
    size_t same;    /* cards that stay as they are */
};

/* Changed answers first, then wordings, new cards, lost cards; each in the order of the text. */
void editions_compare(struct arena *arena, const struct edition *before, const struct edition *after,
                      struct comparison *ret);
void comparison_add_text(struct buffer *buffer, const struct comparison *comparison);
void comparison_add_markdown(struct buffer *buffer, const struct comparison *comparison);
void comparison_add_json(struct buffer *buffer, const struct comparison *comparison);

#endif
