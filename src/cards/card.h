/* The one card that everybody shares: generator, decks, collection, study, screens. */
#ifndef REPASO_CARDS_CARD_H
#define REPASO_CARDS_CARD_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;

enum card_kind { CARD_DIRECT, CARD_REVERSE, CARD_CLOZE, CARD_ORDER, CARD_MATCH, CARD_TRUEFALSE, CARD_WHY };

/* auto goes to the deck; review waits as a draft with its doubt in words. */
enum card_tier { TIER_AUTO, TIER_REVIEW };

/* An identity: 26 base-32 characters, or empty. See identity.h for what goes into it. */
struct card_id {
    char text[27];
};

/* Where a card comes from. `start` and `end` are byte offsets into the file as it is (BOM included);
 * `line` and `column` count from 1, columns in code points. `quote` is the plain text of the passage. */
struct source {
    struct str file;
    int line, column;
    size_t start, end;
    struct str quote;
};

/* What the generator gives as `rule` to cards over several facts. They stand behind the cards of facts, are asked at
 * the end of a session or in a rehearsal, and never wait in the queue:
 *
 *   order      prompt, items in the right order, answer: the items joined by "; "
 *   match      prompt, items "left → right" (four to six), answer likewise
 *   truefalse  prompt: a statement; answer: "verdadero", "falso", "true" or "false"; explanation: what is right, where
 *              it is false; no choices. For rehearsal only
 *   why        prompt: an open question about one section; items: statements to tick off, answer: joined
 *
 * Choice is no kind: a direct card that has choices[] may be asked by them. */
#define CARD_SYNTHESIS "synthesis"

/* All slices live in the arena of whoever made the card. */
struct card {
    struct card_id id, fact; /* `fact` is empty for cards that no fact stands behind */
    enum card_kind kind;
    enum card_tier tier;
    struct str relation; /* "release", "role", …; empty for authored cards */
    struct str lang;     /* "es" or "en" */
    struct str prompt;   /* a cloze writes its one gap as ____ */
    struct str answer;
    struct str_list accepted; /* other right answers */
    struct str_list choices;  /* three with the answer among them, or none */
    struct str_list
        items; /* order: in the right order; match: "left → right"; why: what belongs to the answer */
    struct str subject; /* the entity the card is about */
    struct str object;  /* the other entity, where there is one */
    struct str value;   /* ISO date (2023-07) or number where the answer is one */
    double confidence;  /* 0 to 1 */
    struct str rule;    /* id of the rule that found the fact */
    struct str doubt;   /* why it waits in review, in words; empty in tier auto */
    struct str hint, explanation, image, audio;
    struct str_list tags;
    struct source source; /* line 0: no passage */
};

struct cards {
    struct card *items;
    size_t count, capacity;
};

/* "direct", "reverse", … ; NULL-free. */
struct str card_kind_name(enum card_kind kind);
bool card_kind_from(struct str name, enum card_kind *ret);

/* Appends the card as one JSON line (with its newline), keys in the order of the card line's specification:
 * id, kind, relation, lang, prompt, answer, accepted, choices, items, subject, object, value, confidence,
 * tier, source. */
void card_add_json(struct buffer *buffer, const struct card *card);

#endif
