/* Free recall: what a learner's own words bring of a chapter, offline, by the facts that were found in it. */
#ifndef REPASO_VERIFY_RECALL_H
#define REPASO_VERIFY_RECALL_H

#include "base/span.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;
struct document;
struct facts;

/* nearly: most of it, with a part that is missing, less exact or another. */
enum recalled { RECALLED_MISSED, RECALLED_NEARLY, RECALLED_BROUGHT };

/* What became of one fact. */
struct hit {
    enum recalled state;
    struct span given; /* the stretch of the learner's text; empty if missed */
    struct str role;   /* nearly: the part that makes the difference: "time", "agent", …; else empty */
    struct str said;   /* … as the learner has it; empty if not said at all */
    struct str stated; /* … as the chapter has it */
    bool wrong;        /* nearly or missed: what was said contradicts the chapter */
    int line;          /* of the fact's passage in the chapter, from 1 */
};

/* One for every fact, in their order: hits->items[i] is about facts->items[i]. Several facts may say the same;
 * whoever counts, counts those that stand behind cards (card.fact). */
struct hits {
    struct hit *items;
    size_t count, capacity;
    size_t brought, nearly, wrong; /* `wrong` counts claims against the chapter, each told once */
};

/* Compares `text` with the facts of `doc`. Forgives case, accents, slips of the finger, word order, other forms and
 * synonyms of the language; never another name, number or year. The result lives in `arena` or points into `text`
 * and the facts. Takes no more than a few milliseconds for a page. */
void facts_match(struct arena *arena, const struct document *doc, const struct facts *facts, struct str text,
                 struct hits *ret);

/* "brought", "nearly", "missed". */
struct str recalled_name(enum recalled recalled);

#endif
