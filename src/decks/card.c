/* One entry of `cards:` → its cards. */
#include "decks/inside.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/identity.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct card_nodes {
    const struct yaml_node *q, *a, *accept, *choices, *cloze, *order, *match, *true_, *false_, *reverse,
        *hint, *why, *image, *audio, *source, *tags, *id, *card;
};

#define ROW(name)                                                                                            \
    {                                                                                                        \
#name, offsetof(struct card_nodes, name)                                                             \
    }
static const struct key_row card_rows[] = {
    ROW(q),
    ROW(a),
    ROW(accept),
    ROW(choices),
    ROW(cloze),
    ROW(order),
    ROW(match),
    ROW(reverse),
    ROW(hint),
    ROW(why),
    ROW(image),
    ROW(audio),
    ROW(source),
    ROW(tags),
    ROW(id),
    {"true", offsetof(struct card_nodes, true_)},
    {"false", offsetof(struct card_nodes, false_)},
    {0},
};

/* `card` names the card that an edit is for. */
static const struct key_row edit_rows[] = {
    ROW(card), ROW(q),     ROW(a),     ROW(accept), ROW(choices), ROW(hint),
    ROW(why),  ROW(image), ROW(audio), ROW(tags),   {0},
};
#undef ROW

/* What one entry's cards share, and the entry itself. */
struct entry {
    struct reader *r;
    const struct yaml_node *node;
    struct card_nodes nodes;
    struct card common;
    struct str id; /* `id:`; empty if there is none */
};

/* An `id:` of 26 base-32 characters is a card's identity itself: so a written-out deck keeps its history. */
static bool is_identity(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz234567", id.ptr[i]))
            return false;
    return id.len == 26;
}

/* `part` tells apart the cards of one entry. */
static struct card_id identify(const struct entry *entry, struct str prompt, const char *part)
{
    struct reader *r = entry->r;
    struct card_id id = {0};
    if (is_identity(entry->id) && !*part)
        memcpy(id.text, entry->id.ptr, 26);
    else if (entry->id.len)
        id = identity_of_question(r->deck.id, str_format(r->arena, "#%.*s%s", STR_ARG(entry->id), part));
    else
        id = identity_of_question(r->deck.id, prompt);
    return id;
}

static void add_card(struct entry *entry, struct card card, const char *part)
{
    struct reader *r = entry->r;
    card.id = identify(entry, card.prompt, part);
    list_push(r->arena, &r->deck.cards, card);
    list_push(r->arena, &r->places, (struct place){entry->node->line, entry->node->column});
}

static void refuse_key(struct entry *entry, const struct yaml_node *node, const char *key, const char *with)
{
    if (node)
        problem_error(entry->r, "wrong-key", node, _("\"%s\" does not go with \"%s\"."), key, with);
}

/* Choices hold the answer once, and nothing that is also right. */
static void read_choices(struct entry *entry, struct card *card)
{
    struct reader *r = entry->r;
    struct str_list choices = read_texts(r, entry->nodes.choices);
    int right = 0;
    if (!choices.count)
        return;
    struct str answer = text_fold(r->arena, card->answer);
    for (size_t i = 0; i < choices.count; i++) {
        struct str folded = text_fold(r->arena, choices.items[i]);
        right += str_equal(folded, answer);
        list_each (struct str, accepted, &card->accepted)
            right += !str_equal(folded, answer) && str_equal(folded, text_fold(r->arena, *accepted));
        for (size_t j = 0; j < i; j++)
            if (str_equal(folded, text_fold(r->arena, choices.items[j])) && !str_equal(folded, answer))
                problem_error(r, "choice-twice", entry->nodes.choices,
                              _("The choice \"%.*s\" stands there twice."), STR_ARG(choices.items[i]));
    }
    if (right > 1)
        problem_error(
            r, "two-right-choices", entry->nodes.choices,
            _("More than one of the choices is right; leave only one that is the answer or is accepted."));
    if (right == 0)
        list_push(r->arena, &choices, card->answer);
    if (choices.count < 2)
        problem_error(r, "one-choice", entry->nodes.choices,
                      _("One choice is no choice; give two wrong ones as well."));
    card->choices = choices;
}

static void add_reverse(struct entry *entry, const struct card *card)
{
    struct reader *r = entry->r;
    const struct yaml_node *node = entry->nodes.reverse;
    struct card reverse = entry->common;
    bool wanted;
    reverse.kind = CARD_REVERSE;
    if (yaml_to_bool(node, &wanted)) {
        if (!wanted)
            return;
        reverse.prompt = card->answer;
        reverse.answer = card->prompt;
    } else if (node->kind == YAML_MAPPING) {
        const struct yaml_node *answer = yaml_get(node, STR("a"));
        reverse.prompt = read_text(r, yaml_get(node, STR("q")));
        reverse.answer = read_text(r, answer);
    }
    if (!reverse.prompt.len || !reverse.answer.len)
        problem_error(
            r, "bad-reverse", node,
            _("reverse: is \"true\" (ask for q by a), or has a \"q:\" and an \"a:\" of its own below it."));
    else
        add_card(entry, reverse, "/reverse");
}

static void read_direct(struct entry *entry)
{
    struct reader *r = entry->r;
    struct card card = entry->common;
    card.kind = CARD_DIRECT;
    card.prompt = read_text(r, entry->nodes.q);
    card.answer = read_text(r, entry->nodes.a);
    if (!card.prompt.len || !card.answer.len) {
        problem_error(r, card.prompt.len ? "no-answer" : "no-question", entry->node,
                      card.prompt.len ? _("This card has no answer: add \"a: …\".")
                                      : _("This card has no question: add \"q: …\"."));
        return;
    }
    card.accepted = read_texts(r, entry->nodes.accept);
    read_choices(entry, &card);
    add_card(entry, card, "");
    if (!yaml_is_null(entry->nodes.reverse))
        add_reverse(entry, &card);
}

/* A gap of a cloze, {like this}; \{ is a brace. */
struct gap {
    size_t start, end; /* of the braces in the raw text */
};

enum { GAPS_MAX = 50 };

static int find_gaps(struct str raw, struct gap gaps[GAPS_MAX])
{
    int count = 0;
    size_t open = SIZE_MAX;
    for (size_t i = 0; i < raw.len && count < GAPS_MAX; i++) {
        if (raw.ptr[i] == '\\')
            i++;
        else if (raw.ptr[i] == '{' && open == SIZE_MAX)
            open = i;
        else if (raw.ptr[i] == '}' && open != SIZE_MAX) {
            gaps[count++] = (struct gap){open, i + 1};
            open = SIZE_MAX;
        }
    }
    return count;
}

/* The text with gap `asked` empty and the others filled (asked -1: all filled). */
static struct str fill_gaps(struct arena *arena, struct str raw, const struct gap *gaps, int count, int asked)
{
    struct buffer out = {0};
    int gap = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (gap < count && i == gaps[gap].start && gap == asked) {
            buffer_add(&out, STR("____"));
            i = gaps[gap++].end - 1;
        } else if (gap < count && (i == gaps[gap].start || i == gaps[gap].end - 1)) {
            gap += i != gaps[gap].start;
        } else if (raw.ptr[i] == '\\' && i + 1 < raw.len && strchr("{}\\", raw.ptr[i + 1])) {
            buffer_add_char(&out, raw.ptr[++i]);
        } else {
            buffer_add_char(&out, raw.ptr[i]);
        }
    }
    struct str filled = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return filled;
}

static void read_cloze(struct entry *entry)
{
    struct reader *r = entry->r;
    struct str raw = read_text(r, entry->nodes.cloze);
    struct gap gaps[GAPS_MAX];
    int count = find_gaps(raw, gaps);
    refuse_key(entry, entry->nodes.a, "a", "cloze");
    refuse_key(entry, entry->nodes.reverse, "reverse", "cloze");
    if (count == 0 && raw.len)
        problem_error(r, "no-gap", entry->nodes.cloze,
                      _("The text has no gap: put braces around what is to be remembered, {like this}."));
    if (count > 1) {
        refuse_key(entry, entry->nodes.accept, "accept", _("several gaps"));
        refuse_key(entry, entry->nodes.choices, "choices", _("several gaps"));
    }
    for (int i = 0; i < count; i++) {
        struct card card = entry->common;
        char part[16];
        snprintf(part, sizeof part, "/%d", i + 1);
        card.kind = CARD_CLOZE;
        card.prompt = fill_gaps(r->arena, raw, gaps, count, i);
        card.answer = text_trim(str_slice(raw, gaps[i].start + 1, gaps[i].end - 1));
        if (!card.answer.len) {
            problem_error(r, "no-answer", entry->nodes.cloze,
                          _("A gap is empty: write the answer between its braces."));
            continue;
        }
        if (count == 1) {
            card.accepted = read_texts(r, entry->nodes.accept);
            read_choices(entry, &card);
        }
        add_card(entry, card, count == 1 ? "" : part);
    }
}

static struct str join_items(struct arena *arena, const struct str_list *items)
{
    struct buffer out = {0};
    for (size_t i = 0; i < items->count; i++)
        buffer_format(&out, "%s%.*s", i ? "; " : "", STR_ARG(items->items[i]));
    struct str joined = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return joined;
}

/* Cards made of parts: `order:` and `match:`. */
static void add_set(struct entry *entry, enum card_kind kind, struct str_list items,
                    const struct yaml_node *at)
{
    struct reader *r = entry->r;
    struct card card = entry->common;
    if (items.count < 2) {
        problem_error(r, "too-few", at, _("At least two parts are needed here."));
        return;
    }
    for (size_t i = 0; i < items.count; i++)
        for (size_t j = 0; j < i; j++)
            if (str_equal(items.items[i], items.items[j]))
                problem_error(r, "part-twice", at, _("\"%.*s\" stands there twice."),
                              STR_ARG(items.items[i]));
    card.kind = kind;
    card.prompt = read_text(r, entry->nodes.q);
    card.items = items;
    card.answer = join_items(r->arena, &items);
    if (!card.prompt.len)
        problem_error(r, "no-question", entry->node, _("This card has no question: add \"q: …\"."));
    else
        add_card(entry, card, "");
}

static void read_order(struct entry *entry)
{
    add_set(entry, CARD_ORDER, read_texts(entry->r, entry->nodes.order), entry->nodes.order);
}

static void read_match(struct entry *entry)
{
    struct reader *r = entry->r;
    const struct yaml_node *node = entry->nodes.match;
    struct str_list items = {0};
    if (node->kind != YAML_MAPPING) {
        problem_error(r, "bad-match", node, _("match: holds one pair a line, \"left: right\"."));
        return;
    }
    for (size_t i = 0; i < node->keys.count; i++) {
        struct str right = read_text(r, node->children.items[i]);
        if (!right.len)
            problem_error(r, "bad-match", node->keys.items[i], _("\"%.*s\" has nothing to go with."),
                          STR_ARG(node->keys.items[i]->text));
        else
            list_push(
                r->arena, &items,
                str_format(r->arena, "%.*s → %.*s", STR_ARG(node->keys.items[i]->text), STR_ARG(right)));
    }
    add_set(entry, CARD_MATCH, items, node);
}

static void read_truth(struct entry *entry, const struct yaml_node *node, bool truth)
{
    struct reader *r = entry->r;
    bool spanish = str_equal(r->deck.lang, STR("es"));
    struct str words[] = {spanish ? STR("falso") : STR("false"), spanish ? STR("verdadero") : STR("true")};
    struct str letters[] = {STR("f"), spanish ? STR("v") : STR("t")};
    struct card card = entry->common;
    card.kind = CARD_TRUEFALSE;
    card.prompt = read_text(r, node);
    card.answer = words[truth];
    list_push(r->arena, &card.accepted, letters[truth]);
    list_push(r->arena, &card.choices, words[1]);
    list_push(r->arena, &card.choices, words[0]);
    if (!truth && !card.explanation.len)
        problem_warn(r, "no-correction", node,
                     _("A false statement should say what is right: add \"why: …\"."));
    if (!card.prompt.len)
        problem_error(r, "no-question", node, _("This card has no statement."));
    else
        add_card(entry, card, "");
}

static void read_true(struct entry *entry)
{
    read_truth(entry, entry->nodes.true_, true);
}

static void read_false(struct entry *entry)
{
    read_truth(entry, entry->nodes.false_, false);
}

/* What makes an entry the kind of card it is. The first rows ask by `q`. */
static const struct form {
    const char *name;
    size_t offset;
    void (*read)(struct entry *entry);
} forms[] = {
    {"a", offsetof(struct card_nodes, a), read_direct},
    {"order", offsetof(struct card_nodes, order), read_order},
    {"match", offsetof(struct card_nodes, match), read_match},
    {"cloze", offsetof(struct card_nodes, cloze), read_cloze},
    {"true", offsetof(struct card_nodes, true_), read_true},
    {"false", offsetof(struct card_nodes, false_), read_false},
};

static const struct yaml_node *node_at(const struct card_nodes *nodes, size_t offset)
{
    const struct yaml_node *node;
    memcpy(&node, (const char *)nodes + offset, sizeof node);
    return node;
}

/* The form whose key is there; NULL with an error when there are two, `q` alone being a card without answer.
 */
static const struct form *choose_form(struct entry *entry)
{
    const struct form *found = NULL;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!node_at(&entry->nodes, forms[i].offset))
            continue;
        if (found) {
            problem_error(entry->r, "two-kinds", node_at(&entry->nodes, forms[i].offset),
                          _("\"%s\" and \"%s\" do not go together: make two cards of them."), found->name,
                          forms[i].name);
            return NULL;
        }
        found = &forms[i];
    }
    if (found || entry->nodes.q)
        return found ? found : &forms[0];
    problem_error(entry->r, "no-question", entry->node,
                  _("This card has no question: add \"q: …\" and \"a: …\"."));
    return NULL;
}

/* The path of a picture or recording beside the deck; empty with an error if it is not there. */
static struct str read_file(struct reader *r, const struct yaml_node *node, const char *rule,
                            const char *missing)
{
    struct str name = read_text(r, node), path = {0};
    if (!name.len)
        return path;
    path = path_join(r->arena, path_folder(r->deck.path), name);
    char *full = realpath(path.ptr, NULL); /* wherever the program is started next time */
    if (!full || access(full, R_OK) != 0)
        problem_error(r, rule, node, missing, STR_ARG(name));
    else
        path = str_copy(r->arena, str_from(full));
    free(full);
    return path;
}

/* The keys that any card may have, into `card`; what is not there is left as it is. */
static void read_extras(struct reader *r, const struct card_nodes *nodes, struct card *card)
{
    if (nodes->hint)
        card->hint = read_text(r, nodes->hint);
    if (nodes->why)
        card->explanation = read_text(r, nodes->why);
    if (nodes->tags)
        card->tags = read_texts(r, nodes->tags);
    if (nodes->image)
        card->image =
            read_file(r, nodes->image, "no-image", _("There is no image \"%.*s\" beside the deck."));
    if (nodes->audio)
        card->audio =
            read_file(r, nodes->audio, "no-audio", _("There is no recording \"%.*s\" beside the deck."));
}

static void read_common(struct entry *entry)
{
    struct reader *r = entry->r;
    entry->common = (struct card){.tier = TIER_AUTO, .lang = r->deck.lang, .confidence = 1};
    read_extras(r, &entry->nodes, &entry->common);
    entry->id = read_text(r, entry->nodes.id);
    if (!yaml_is_null(entry->nodes.source))
        read_source(r, entry->nodes.source, &entry->common.source);
}

void read_card(struct reader *r, const struct yaml_node *node)
{
    struct entry entry = {.r = r, .node = node};
    int errors = r->problems.errors;
    size_t cards = r->deck.cards.count;
    if (node->kind != YAML_MAPPING) {
        problem_error(r, "not-mapping", node, _("A card is written \"- q: …\" and below it \"a: …\"."));
        return;
    }
    read_keys(r, node, card_rows, &entry.nodes);
    const struct form *form = choose_form(&entry);
    if (!form)
        return;
    read_common(&entry);
    form->read(&entry);
    if (r->problems.errors > errors) {
        r->deck.cards.count = cards;
        r->places.count = cards;
    }
}

void read_edit(struct reader *r, const struct yaml_node *node, struct card *card)
{
    struct entry entry = {.r = r, .node = node};
    read_keys(r, node, edit_rows, &entry.nodes);
    if (entry.nodes.q)
        card->prompt = read_text(r, entry.nodes.q);
    if (entry.nodes.a) {
        card->answer = read_text(r, entry.nodes.a);
        card->value = (struct str){0};
        card->accepted = card->choices = (struct str_list){0};
    }
    if (entry.nodes.accept)
        card->accepted = read_texts(r, entry.nodes.accept);
    if (entry.nodes.choices)
        read_choices(&entry, card);
    read_extras(r, &entry.nodes, card);
    if (!card->prompt.len || !card->answer.len)
        problem_error(r, "bad-edit", node,
                      _("An edit cannot leave a card without question or answer; to take "
                        "it away, name it below \"drop:\"."));
}
