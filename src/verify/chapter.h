/* A chapter laid out to be checked against: all its words in a row, and where a quotation stands among them. The
 * folder's own. */
#ifndef REPASO_VERIFY_CHAPTER_H
#define REPASO_VERIFY_CHAPTER_H

#include "cards/card.h"
#include "document/document.h"
#include "facts/facts.h"
#include "verify/gist.h"

/* One block of the document. */
struct page {
    int block;
    struct gist gist;
    int first; /* the place of its first word in the row */
};

/* One word of the row. */
struct place {
    int page, term;
};

struct chapter {
    struct arena *arena;
    const struct document *doc;
    const struct facts *facts;
    struct lexis *lexis;
    struct {
        struct page *items;
        size_t count, capacity;
    } pages;
    struct {
        struct place *items;
        size_t count, capacity;
    } row;
    int *next, *heads; /* places with the same pair of words, chained; heads by hash */
    size_t head_count;
};

void chapter_lay_out(struct arena *arena, const struct document *doc, const struct facts *facts,
                     struct chapter *ret);
const struct term *chapter_term(const struct chapter *chapter, int place);

enum quote_fit { QUOTE_ABSENT, QUOTE_NEAR, QUOTE_EXACT };

/* Where a quotation stands. Exact means word by word; case, accents, punctuation and emphasis do not count. Near:
 * `difference` shows how, and what kind of words differ. */
struct quote_match {
    enum quote_fit fit;
    int first, end; /* places in the row; of whole quotation */
    struct str difference;
    bool other_number, other_name, other_negation;
};

enum { QUOTE_WORDS_MAX = 250 };

void chapter_find_quote(struct arena *arena, const struct chapter *chapter, struct str quote,
                        struct quote_match *ret);
/* The places of the whole sentences around some places. */
void chapter_sentences(const struct chapter *chapter, int *first, int *end);
/* The source behind some places; the quote as the chapter has it. */
struct source chapter_source(struct arena *arena, const struct chapter *chapter, int first, int end);
/* Whether a fact was found in the sentences of some places. */
bool chapter_fact_within(const struct chapter *chapter, const struct fact *fact, int first, int end);

#endif
