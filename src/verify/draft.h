/* Cards from elsewhere, taken on no trust: each is checked against the chapter that it says it is about. */
#ifndef REPASO_VERIFY_DRAFT_H
#define REPASO_VERIFY_DRAFT_H

#include "base/error.h"
#include "cards/card.h"

struct arena;
struct buffer;
struct document;
struct facts;

/* Verified: passage and answer hold, and nothing known speaks against it. Doubtful: somebody should look. Refused:
 * it says something else than the chapter, or nothing that could be checked. */
enum draft_state { DRAFT_VERIFIED, DRAFT_DOUBTFUL, DRAFT_REFUSED };

/* One objection, or (verified) a remark. */
struct finding {
    const char *id; /* "no-quote", "other-date", …: see the table in draft.c */
    enum draft_state weight;
    struct str text; /* in the learner's language */
};

struct draft {
    int line; /* in the file of drafts, from 1 */
    enum draft_state state;
    struct card card; /* id, fact, source and tier set unless refused; empty if the line could not be read */
    struct str difference; /* of a quotation that stands there nearly: "[given→chapter's]"; else empty */
    struct {
        struct finding *items;
        size_t count, capacity;
    } findings;
};

struct drafts {
    struct draft *items;
    size_t count, capacity;
    size_t verified, doubtful, refused;
};

struct draft_options {
    struct str scope;          /* what identities stand in: the book's id or the deck's title */
    const struct cards *cards; /* what is asked already; may be NULL */
};

/* Reads JSON lines and checks every one. Nothing in them is ever obeyed; a line that is no card is refused with its
 * reason. Linear in the length of `text`. */
void drafts_check(struct arena *arena, const struct document *doc, const struct facts *facts,
                  const struct draft_options *options, struct str text, struct drafts *ret);

/* The same for one finished card with a quotation (card.source.quote); the card's own source is filled in. `facts` may be
 * empty. For decks written by hand. */
struct card_checker;
struct card_checker *card_checker_new(struct arena *arena, const struct document *doc,
                                      const struct facts *facts, const struct draft_options *options);
void card_check(struct arena *arena, struct card_checker *checker, const struct card *card,
                struct draft *ret);

/* How a quotation differs from the passage that it comes nearest to: "[given→chapter's]"; empty if it is near none, or
 * stands there. */
struct str quote_difference(struct arena *arena, const struct document *doc, struct str quote);

/* "verified", "doubtful", "refused". */
struct str draft_state_name(enum draft_state state);
/* {"verified":…,"doubtful":…,"refused":…,"drafts":[…]} */
void drafts_add_json(struct buffer *buffer, const struct drafts *drafts);

/* An instruction with a JSON schema, and the chapter's text behind it if `with_text`. */
void prompt_write(struct buffer *buffer, const struct document *doc, bool with_text);

#endif
