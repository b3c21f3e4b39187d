/* `from:`: a deck that stands on chapters. Their cards come as repaso makes them; `drop:` and `edit:` name a card by
 * its question or its id, and lie on top. */
#include "decks/inside.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "facts/facts.h"
#include "questions/questions.h"
#include "text/suggest.h"
#include "text/text.h"

#include <string.h>

/* Drafts and open questions stay out: a deck file has nobody to ask. */
static bool add_made(struct reader *r, const struct yaml_node *at, const struct cards *cards)
{
    size_t before = r->deck.cards.count;
    list_each (const struct card, card, cards) {
        if (card->tier != TIER_AUTO || card->kind == CARD_WHY)
            continue;
        list_push(r->arena, &r->deck.cards, *card);
        list_push(r->arena, &r->places, (struct place){at->line, at->column});
    }
    return r->deck.cards.count > before;
}

static void make_cards(struct reader *r, const struct yaml_node *at, const struct document *document,
                       const struct book *book)
{
    struct facts_options how = {.scope = r->deck.id};
    struct questions_options asked = {.scope = r->deck.id};
    struct facts facts = {0};
    struct cards cards = {0};
    struct error e = {0};
    if (!facts_find(r->arena, document, book, &how, &facts, &e) ||
        !questions_write(r->arena, document, &facts, &asked, &cards, &e))
        problem_error(r, "no-source", at, "%s", e.text);
    else if (!add_made(r, at, &cards))
        problem_warn(r, "no-facts", at, _("repaso finds nothing to ask in this chapter."));
}

/* One chapter, or a list of them: a book, whose names are learnt from all chapters first. */
static void read_chapters(struct reader *r, const struct yaml_node *from)
{
    bool list = from->kind == YAML_SEQUENCE;
    size_t count = list ? from->children.count : 1;
    const struct document **documents = arena_array(r->arena, count + 1, sizeof(struct document *));
    struct book *book = count > 1 ? book_new(r->arena) : NULL;
    struct error e = {0};
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = list ? from->children.items[i] : from;
        struct str name = read_text(r, node);
        documents[i] = name.len ? load_chapter(r, name, node) : NULL;
        if (book && documents[i] && !book_learn(book, documents[i], &e))
            problem_error(r, "no-source", node, "%s", e.text);
    }
    if (book)
        book_settle(book);
    for (size_t i = 0; i < count; i++)
        if (documents[i])
            make_cards(r, list ? from->children.items[i] : from, documents[i], book);
}

/* The card among the first `count` whose question or id `name` is; -1 with a warning if there is none: chapters
 * change, and a deck must not break for that. */
static long find_card(struct reader *r, const struct yaml_node *at, struct str name)
{
    struct str folded = text_fold(r->arena, name);
    struct suggestion best = {.word = name};
    for (size_t i = 0; i < r->deck.cards.count; i++) {
        const struct card *card = &r->deck.cards.items[i];
        if (str_equal(name, str_from(card->id.text)) || str_equal(folded, text_fold(r->arena, card->prompt)))
            return (long)i;
        suggestion_try(&best, card->prompt.ptr);
    }
    if (best.found)
        problem_warn(r, "no-such-card", at, _("No card of these chapters asks this; did you mean \"%s\"?"),
                     best.found);
    else
        problem_warn(r, "no-such-card", at,
                     _("No card of these chapters asks this. \"repaso generate\" prints what they ask."));
    return -1;
}

static void drop_cards(struct reader *r, const struct yaml_node *drop)
{
    bool list = drop->kind == YAML_SEQUENCE;
    for (size_t i = 0; i < (list ? drop->children.count : 1); i++) {
        const struct yaml_node *node = list ? drop->children.items[i] : drop;
        struct str name = read_text(r, node);
        long at = name.len ? find_card(r, node, name) : -1;
        if (at < 0)
            continue;
        memmove(&r->deck.cards.items[at], &r->deck.cards.items[at + 1],
                (--r->deck.cards.count - (size_t)at) * sizeof *r->deck.cards.items);
        memmove(&r->places.items[at], &r->places.items[at + 1],
                (--r->places.count - (size_t)at) * sizeof *r->places.items);
    }
}

static void edit_cards(struct reader *r, const struct yaml_node *edit)
{
    if (edit->kind != YAML_SEQUENCE) {
        problem_error(r, "not-list", edit, _("edit: is a list; every edit begins with \"- card: …\"."));
        return;
    }
    list_each (struct yaml_node *, entry, &edit->children) {
        const struct yaml_node *node = *entry, *name = yaml_get(node, STR("card"));
        if (!name) {
            problem_error(r, "bad-edit", node,
                          _("An edit begins with the question that it is for: \"- card: …\"."));
            continue;
        }
        long at = find_card(r, name, read_text(r, name));
        if (at < 0)
            continue;
        read_edit(r, node, &r->deck.cards.items[at]);
        r->places.items[at] = (struct place){node->line, node->column};
    }
}

void read_from(struct reader *r, const struct yaml_node *from, const struct yaml_node *drop,
               const struct yaml_node *edit)
{
    if (!yaml_is_null(from))
        read_chapters(r, from);
    else if (!yaml_is_null(drop) || !yaml_is_null(edit))
        problem_error(
            r, "no-from", drop ? drop : edit,
            _("\"drop\" and \"edit\" change the cards of a chapter: name it with \"from: chapter.md\"."));
    if (yaml_is_null(from))
        return;
    if (!yaml_is_null(drop))
        drop_cards(r, drop);
    if (!yaml_is_null(edit))
        edit_cards(r, edit);
}
