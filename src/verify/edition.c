#include "verify/edition.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/judge.h"

#include <string.h>

/* Identities → index, in an open table. */
struct index {
    struct slot {
        const char *id;
        int at;
    } * slots;
    size_t size;
};

static void index_make(struct arena *arena, size_t count, struct index *ret)
{
    ret->size = 16;
    while (ret->size < count * 2)
        ret->size *= 2;
    ret->slots = arena_array(arena, ret->size, sizeof *ret->slots);
}

static struct slot *index_slot(const struct index *index, const char *id)
{
    size_t at = (size_t)hash_str(str_from(id)) & (index->size - 1);
    while (index->slots[at].id && strcmp(index->slots[at].id, id) != 0)
        at = (at + 1) & (index->size - 1);
    return &index->slots[at];
}

/* ---- Cards ---- */

static void index_cards(struct arena *arena, const struct cards *cards, struct index *ret)
{
    index_make(arena, cards->count, ret);
    for (size_t i = 0; i < cards->count; i++) {
        struct slot *slot = index_slot(ret, cards->items[i].id.text);
        if (!slot->id)
            *slot = (struct slot){cards->items[i].id.text, (int)i};
    }
}

/* A learner who knew the old answer is right by the new card as well. */
static bool same_answer(struct arena *arena, const struct card *before, const struct card *after)
{
    const struct judge_options options = {0};
    if (before->value.len && after->value.len)
        return str_equal(before->value, after->value);
    return str_equal(before->answer, after->answer) ||
           judge(arena, &options, after, before->answer).verdict == VERDICT_RIGHT;
}

static bool same_wording(const struct card *before, const struct card *after)
{
    return str_equal(before->prompt, after->prompt) && str_equal(before->answer, after->answer);
}

static void compare_card(struct arena *arena, const struct card *before, const struct card *after,
                         struct comparison *ret)
{
    struct revision revision = {REVISION_WORDING, before, after};
    if (!same_answer(arena, before, after))
        revision.kind = REVISION_ANSWER;
    else if (same_wording(before, after)) {
        ret->same++;
        return;
    }
    ret->answers += revision.kind == REVISION_ANSWER;
    list_push(arena, &ret->cards, revision);
}

static bool is_told(const struct card *card)
{
    return card->tier == TIER_AUTO && card->kind != CARD_WHY;
}

static void compare_cards(struct arena *arena, const struct cards *before, const struct cards *after,
                          struct comparison *ret)
{
    struct index old, fresh;
    index_cards(arena, before, &old);
    index_cards(arena, after, &fresh);
    list_each (const struct card, card, after) {
        const struct slot *slot = index_slot(&old, card->id.text);
        if (slot->id && is_told(card))
            compare_card(arena, &before->items[slot->at], card, ret);
        else if (is_told(card))
            list_push(arena, &ret->cards, (struct revision){REVISION_NEW, NULL, card});
    }
    list_each (const struct card, card, before)
        if (is_told(card) && !index_slot(&fresh, card->id.text)->id)
            list_push(arena, &ret->cards, (struct revision){REVISION_GONE, card, NULL});
}

/* Stable, by kind. */
static void sort_by_kind(struct arena *arena, struct comparison *comparison)
{
    struct revision *sorted = arena_array(arena, comparison->cards.count + 1, sizeof *sorted);
    size_t count = 0;
    for (int kind = REVISION_ANSWER; kind <= REVISION_GONE; kind++)
        list_each (const struct revision, revision, &comparison->cards)
            if (revision->kind == (enum revision_kind)kind)
                sorted[count++] = *revision;
    comparison->cards.items = sorted;
}

/* ---- Facts ---- */

struct stated {
    const char *id;
    struct str relation, text;
};

struct statements {
    struct stated *items;
    size_t count, capacity;
};

/* "Acme, Zeta 2, 2023-07" */
static struct str fact_text(struct arena *arena, const struct facts *facts, const struct fact *fact)
{
    struct buffer buffer = {0};
    list_each (const struct filler, filler, &fact->roles)
        buffer_format(
            &buffer, "%s%.*s", buffer.len ? ", " : "",
            STR_ARG(filler->entity >= 0 ? facts->entities.items[filler->entity].name : filler->text));
    struct str time = time_iso(arena, &fact->time);
    if (time.len)
        buffer_format(&buffer, "%s%.*s", buffer.len ? ", " : "", STR_ARG(time));
    struct str text = str_copy(arena, buffer_str(&buffer));
    buffer_finish(&buffer);
    return text;
}

static void collect_facts(struct arena *arena, const struct edition *edition, struct statements *ret)
{
    for (size_t i = 0; i < edition->facts.count; i++) {
        const struct facts *facts = edition->facts.items[i];
        list_each (const struct fact, fact, facts)
            list_push(arena, ret,
                      (struct stated){fact->id.text, fact->relation, fact_text(arena, facts, fact)});
    }
}

static void index_facts(struct arena *arena, const struct statements *facts, struct index *ret)
{
    index_make(arena, facts->count, ret);
    for (size_t i = 0; i < facts->count; i++) {
        struct slot *slot = index_slot(ret, facts->items[i].id);
        if (!slot->id)
            *slot = (struct slot){facts->items[i].id, (int)i};
    }
}

static void add_fact(struct arena *arena, struct comparison *ret, const struct stated *before,
                     const struct stated *after)
{
    struct fact_revision revision = {.relation = (before ? before : after)->relation};
    memcpy(revision.id.text, (before ? before : after)->id, sizeof revision.id.text);
    revision.before = before ? before->text : (struct str){0};
    revision.after = after ? after->text : (struct str){0};
    list_push(arena, &ret->facts, revision);
}

static void compare_facts(struct arena *arena, const struct edition *before, const struct edition *after,
                          struct comparison *ret)
{
    struct statements old = {0}, fresh = {0};
    struct index old_index, fresh_index;
    collect_facts(arena, before, &old);
    collect_facts(arena, after, &fresh);
    index_facts(arena, &old, &old_index);
    index_facts(arena, &fresh, &fresh_index);
    list_each (const struct stated, fact, &fresh) {
        const struct slot *slot = index_slot(&old_index, fact->id);
        const struct stated *known = slot->id ? &old.items[slot->at] : NULL;
        if (!known || !str_equal(known->text, fact->text))
            add_fact(arena, ret, known, fact);
    }
    list_each (const struct stated, fact, &old)
        if (!index_slot(&fresh_index, fact->id)->id)
            add_fact(arena, ret, fact, NULL);
}

void editions_compare(struct arena *arena, const struct edition *before, const struct edition *after,
                      struct comparison *ret)
{
    struct comparison comparison = {0};
    compare_cards(arena, before->cards, after->cards, &comparison);
    sort_by_kind(arena, &comparison);
    compare_facts(arena, before, after, &comparison);
    *ret = comparison;
}

/* ---- Reports ---- */

static const char *const headings[] = {
    [REVISION_ANSWER] = N_("Answers that change"),
    [REVISION_WORDING] = N_("Cards worded anew"),
    [REVISION_NEW] = N_("New cards"),
    [REVISION_GONE] = N_("Cards that go"),
};

static void add_place(struct buffer *buffer, const struct card *card)
{
    if (card->source.line)
        buffer_format(buffer, " (%.*s:%d)", STR_ARG(card->source.file), card->source.line);
}

/* What Markdown and plain text write differently. */
struct layout {
    const char *heading_before, *heading_after, *bullet, *strike;
};

static void add_revision(struct buffer *buffer, const struct revision *revision, const struct layout *layout)
{
    const struct card *card = revision->after ? revision->after : revision->before;
    buffer_format(buffer, "%s%.*s → ", layout->bullet, STR_ARG(card->prompt));
    if (revision->kind == REVISION_ANSWER)
        buffer_format(buffer, "%s%.*s%s ⇒ ", layout->strike, STR_ARG(revision->before->answer),
                      layout->strike);
    buffer_add(buffer, card->answer);
    add_place(buffer, card);
    buffer_add_char(buffer, '\n');
}

static void add_report(struct buffer *buffer, const struct comparison *comparison,
                       const struct layout *layout)
{
    int last = -1;
    list_each (const struct revision, revision, &comparison->cards) {
        if ((int)revision->kind != last)
            buffer_format(buffer, "%s%s%s%s\n", last < 0 ? "" : "\n", layout->heading_before,
                          _(headings[revision->kind]), layout->heading_after);
        last = (int)revision->kind;
        add_revision(buffer, revision, layout);
    }
    if (comparison->facts.count)
        buffer_format(buffer, "%s%s%s%s\n", last < 0 ? "" : "\n", layout->heading_before, _("Facts"),
                      layout->heading_after);
    list_each (const struct fact_revision, fact, &comparison->facts) {
        buffer_format(buffer, "%s%.*s: ", layout->bullet, STR_ARG(fact->relation));
        if (fact->before.len)
            buffer_format(buffer, "%s%.*s%s%s", layout->strike, STR_ARG(fact->before), layout->strike,
                          fact->after.len ? " ⇒ " : " ⇒ ∅");
        buffer_format(buffer, "%.*s\n", STR_ARG(fact->after));
    }
    if (!comparison->cards.count && !comparison->facts.count)
        buffer_format(buffer, "%s\n", _("No fact, answer or card changes."));
}

void comparison_add_text(struct buffer *buffer, const struct comparison *comparison)
{
    add_report(buffer, comparison, &(struct layout){"", ":", "  ", ""});
}

void comparison_add_markdown(struct buffer *buffer, const struct comparison *comparison)
{
    add_report(buffer, comparison, &(struct layout){"### ", "\n", "- ", "~~"});
}

static void add_field(struct buffer *buffer, const char *name, struct str value)
{
    buffer_format(buffer, ",\"%s\":", name);
    buffer_add_json(buffer, value);
}

static void add_card_json(struct buffer *buffer, const char *name, const struct card *card)
{
    if (!card)
        return;
    buffer_format(buffer, ",\"%s\":{\"line\":%d", name, card->source.line);
    add_field(buffer, "file", card->source.file);
    add_field(buffer, "prompt", card->prompt);
    add_field(buffer, "answer", card->answer);
    buffer_add_char(buffer, '}');
}

void comparison_add_json(struct buffer *buffer, const struct comparison *comparison)
{
    static const char *const names[] = {"answer", "wording", "new", "gone"};
    buffer_format(buffer, "{\"answers_changed\":%zu,\"unchanged\":%zu,\"cards\":[", comparison->answers,
                  comparison->same);
    for (size_t i = 0; i < comparison->cards.count; i++) {
        const struct revision *revision = &comparison->cards.items[i];
        const struct card *card = revision->after ? revision->after : revision->before;
        buffer_format(buffer, "%s\n{\"change\":\"%s\",\"id\":\"%s\"", i ? "," : "", names[revision->kind],
                      card->id.text);
        add_card_json(buffer, "before", revision->before);
        add_card_json(buffer, "after", revision->after);
        buffer_add_char(buffer, '}');
    }
    buffer_add(buffer, STR("],\n\"facts\":["));
    for (size_t i = 0; i < comparison->facts.count; i++) {
        const struct fact_revision *fact = &comparison->facts.items[i];
        buffer_format(buffer, "%s\n{\"id\":\"%s\"", i ? "," : "", fact->id.text);
        add_field(buffer, "relation", fact->relation);
        add_field(buffer, "before", fact->before);
        add_field(buffer, "after", fact->after);
        buffer_add_char(buffer, '}');
    }
    buffer_add(buffer, STR("]}\n"));
}
