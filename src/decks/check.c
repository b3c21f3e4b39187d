#include "decks/inside.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/lint.h"

#include <stdlib.h>
#include <string.h>

static struct yaml_node place_node(const struct reader *r, size_t card)
{
    return (struct yaml_node){.line = r->places.items[card].line, .column = r->places.items[card].column};
}

/* Rules that hold for a generator only: a teacher may ask for a word by another word, need not say what entity it is
 * about, and "true" is one of two. */
static bool does_not_matter(const struct card *card, const char *rule)
{
    if (strcmp(rule, "no-question") == 0 || strcmp(rule, "subject") == 0)
        return true;
    if (card->kind == CARD_TRUEFALSE)
        return strcmp(rule, "choices") == 0 || strcmp(rule, "leak") == 0;
    return strcmp(rule, "leak") == 0 && card->choices.count;
}

static void lint_card(struct reader *r, struct arena *scratch, size_t index)
{
    const struct card *card = &r->deck.cards.items[index];
    struct yaml_node at = place_node(r, index);
    struct lints lints = {0};
    arena_reset(scratch);
    card_lint(scratch, card, &lints);
    for (size_t i = 0; i < lints.count; i++) {
        const struct lint *lint = lints.items[i];
        if (!does_not_matter(card, lint->id))
            problem_add(r, strcmp(lint->id, "leak") != 0, lint->id, &at, "%s", _(lint->text));
    }
}

struct numbered {
    const struct card_id *id;
    size_t index;
};

static int by_id(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    int order = strcmp(x->id->text, y->id->text);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static void find_twins(struct reader *r)
{
    size_t count = r->deck.cards.count;
    struct numbered *cards = arena_array(r->arena, count + 1, sizeof *cards);
    for (size_t i = 0; i < count; i++)
        cards[i] = (struct numbered){&r->deck.cards.items[i].id, i};
    qsort(cards, count, sizeof *cards, by_id);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(cards[i].id->text, cards[i - 1].id->text) != 0)
            continue;
        struct yaml_node at = place_node(r, cards[i].index);
        problem_error(r, "duplicate", &at,
                      _("This question, or its id, stands in line %d already; reword or drop one."),
                      r->places.items[cards[i - 1].index].line);
    }
}

void check_cards(struct reader *r)
{
    struct arena scratch = {0};
    for (size_t i = 0; i < r->deck.cards.count; i++)
        lint_card(r, &scratch, i);
    arena_finish(&scratch);
    find_twins(r);
    check_sources(r);
}
