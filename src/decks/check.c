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

static void lint_card(struct reader *r, size_t index)
{
    const struct card *card = &r->deck.cards.items[index];
    struct yaml_node at = place_node(r, index);
    struct lints lints = {0};
    card_lint(r->arena, card, &lints);
    for (size_t i = 0; i < lints.count; i++) {
        bool leak = strcmp(lints.items[i]->id, "leak") == 0;
        if (leak && card->choices.count)
            continue;
        problem_add(r, !leak, lints.items[i]->id, &at, "%s", _(lints.items[i]->text));
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
    for (size_t i = 0; i < r->deck.cards.count; i++)
        lint_card(r, i);
    find_twins(r);
}
