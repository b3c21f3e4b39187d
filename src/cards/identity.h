/* Who a card is: what is asked, never its answer, wording or place. */
#ifndef REPASO_CARDS_IDENTITY_H
#define REPASO_CARDS_IDENTITY_H

#include "cards/card.h"

/* One role that the prompt names, and the canonical name (or registry id) that fills it. */
struct key_part {
    struct str role, name;
};

struct key {
    struct key_part *items;
    size_t count, capacity;
};

/* First 128 bits of SHA-256 over `v1 \0 scope \0 relation \0 asked role \0 key \0 ordinal`; the key is
 * written as role=name, sorted, joined by \x1F, names folded (NFKD, no marks, lower case, no blanks or
 * hyphens). `asked` is empty for a fact. `ordinal` is 0, or the rank by first mention of facts that share the
 * key. */
struct card_id identity_of(struct str scope, struct str relation, struct str asked, const struct key *key,
                           int ordinal);
/* Of an authored card without an id of its own: `deck \0 deck id \0 folded question`. */
struct card_id identity_of_question(struct str deck, struct str question);

#endif
