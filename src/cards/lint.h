/* What makes a card unfit, whatever its fact: rules that need no reader. A card that breaks one is never shown
 * to a learner by the generator; in a teacher's deck it is a warning. */
#ifndef REPASO_CARDS_LINT_H
#define REPASO_CARDS_LINT_H

#include "cards/card.h"

struct arena;

struct lint {
    const char *id;   /* "leak", "dangling", … */
    const char *text; /* what is wrong, in English; show it through _() */
};

struct lints {
    const struct lint **items;
    size_t count, capacity;
};

/* Appends the rules that the card breaks by itself. */
void card_lint(struct arena *arena, const struct card *card, struct lints *ret);
bool card_is_clean(const struct card *card);
/* All rules, ended by an id of NULL; for documents and tests. */
const struct lint *lint_rules(void);

/* Comparison key of prompts: cards with the same one are duplicates. Folded, emphasis marks, quotes and blanks evened. */
struct str lint_key(struct arena *arena, struct str text);
/* Every content word of the answer stands in the prompt already (by rough stems). */
bool lint_leaks(struct arena *arena, struct str prompt, struct str answer);

#endif
