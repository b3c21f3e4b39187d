#include "questions/questions.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/translate.h"
#include "cards/lint.h"
#include "questions/index.h"
#include "questions/writer.h"
#include "text/text.h"

#include <stdlib.h>

/* A little short of every 15 words: not everybody counts "30B–70B" as two. */
size_t questions_budget(const struct document *doc)
{
    size_t budget = doc->words * 10 / 153;
    return budget < 12 ? 12 : budget;
}

static struct str filler_name(const struct writer *w, const struct filler *filler)
{
    return filler->entity >= 0 ? entity_key(&w->facts->entities.items[filler->entity]) : filler->text;
}

struct key key_of(const struct writer *w, const struct question *q)
{
    struct key key = {0};
    for (size_t i = 0; i < q->fact->roles.count && i < 32; i++)
        if (q->named >> i & 1)
            list_push(
                w->arena, &key,
                ((struct key_part){q->fact->roles.items[i].role, filler_name(w, &q->fact->roles.items[i])}));
    if (q->context.len)
        list_push(w->arena, &key, ((struct key_part){STR("context"), q->context}));
    if (str_equal(q->fact->relation, STR("deed")))
        list_push(w->arena, &key, ((struct key_part){STR("verb"), q->fact->verb.lemma}));
    return key;
}

static bool is_used(const struct writer *w, struct card_id id)
{
    return multimap_first(&w->used, hash_str(str_from(id.text))) >= 0;
}

/* Facts that share the key are told apart by their order. */
struct card_id free_id(const struct writer *w, struct str relation, struct str asked, const struct key *key)
{
    struct card_id id;
    int ordinal = 0;
    do
        id = identity_of(w->scope, relation, asked, key, ordinal++);
    while (is_used(w, id));
    return id;
}

static void use_id(struct writer *w, struct card_id id)
{
    multimap_add(w->arena, &w->used, hash_str(str_from(id.text)), 0);
}

void write_card(struct writer *w, struct cards *cards, struct card card)
{
    use_id(w, card.id);
    list_push(w->arena, cards, card);
}

static struct card_id id_of(const struct writer *w, const struct question *q)
{
    struct key key = key_of(w, q);
    return free_id(w, q->fact->relation, q->asked, &key);
}

struct source source_of(const struct writer *w, const struct fact *fact)
{
    const struct sentence *sentence = &w->doc->sentences.items[fact->sentence];
    return (struct source){.file = w->doc->path,
                           .line = sentence->line,
                           .column = sentence->column,
                           .start = sentence->source.start,
                           .end = sentence->source.end,
                           .quote = sentence_text(w->doc, sentence)};
}

/* Accepted forms that the prompt gives away are not needed: whoever types them has read, not remembered. */
static struct str_list fit_accepted(const struct writer *w, const struct question *q)
{
    struct str_list kept = {0};
    list_each (const struct str, form, &q->accepted)
        if (!str_equal(*form, q->answer) && count_words(*form) <= 9 &&
            !lint_leaks(w->scratch, q->prompt, *form))
            list_push(w->arena, &kept, *form);
    return kept;
}

static struct card card_of(const struct writer *w, struct question *q)
{
    q->accepted = fit_accepted(w, q);
    choose(w, q, q->id);
    return (struct card){
        .id = q->id,
        .fact = q->fact->id,
        .kind = q->kind,
        .tier = q->doubt.len ? TIER_REVIEW : TIER_AUTO,
        .relation = q->fact->relation,
        .lang = language_code(w->language),
        .prompt = q->prompt,
        .answer = q->answer,
        .accepted = q->accepted,
        .choices = q->choices,
        .subject = q->subject,
        .object = q->object,
        .value = q->value,
        .confidence = q->fact->confidence,
        .rule = q->fact->rule,
        .doubt = q->doubt,
        .source = source_of(w, q->fact),
    };
}

/* A choice that a lint objects to is a card without choices; any other objection is no card. */
static bool is_fit(struct writer *w, const struct question *q, struct card *card)
{
    struct lints lints = {0};
    card_lint(w->scratch, card, &lints);
    if (lints.count && card->choices.count) {
        card->choices = (struct str_list){0};
        lints.count = 0;
        card_lint(w->scratch, card, &lints);
    }
    if (!lints.count)
        return true;
    note(w, q->fact, q->asked, lints.items[0]->id);
    return false;
}

struct drafts {
    struct draft {
        struct card card;
        const struct question *question;
    } * items;
    size_t count, capacity;
};

/* Those that are fit, best first; but among the first thirty no answer comes a third time: such a card waits behind
 * them. */
static void draft_cards(struct writer *w, struct drafts *first, struct drafts *later)
{
    enum { FIRST = 30, SAME_MAX = 2 };
    struct multimap answers = {0};
    list_each (struct question, q, &w->questions) {
        arena_reset(w->scratch);
        struct draft draft = {card_of(w, q), q};
        if (!is_fit(w, q, &draft.card))
            continue;
        uint64_t key = hash_str(text_fold(w->scratch, q->answer));
        int same = 0;
        for (int at = multimap_first(&answers, key); at >= 0 && same < SAME_MAX;
             at = multimap_next(&answers, at))
            same++;
        if (first->count >= FIRST || same == SAME_MAX) {
            list_push(w->arena, later, draft);
            continue;
        }
        multimap_add(w->arena, &answers, key, 0);
        list_push(w->arena, first, draft);
    }
}

static void write_drafts(struct writer *w, const struct drafts *drafts, size_t *room,
                         struct questions *written, struct cards *ret)
{
    list_each (const struct draft, draft, drafts) {
        const struct card *card = &draft->card;
        if (card->tier == TIER_AUTO && *room == 0)
            return;
        *room -= card->tier == TIER_AUTO;
        if (w->explain)
            buffer_format(w->explain, "  %.*s.%.*s (%.*s): %.*s => %.*s\n", STR_ARG(card->relation),
                          STR_ARG(draft->question->asked), STR_ARG(card->rule), STR_ARG(card->prompt),
                          STR_ARG(card->answer));
        list_push(w->arena, ret, *card);
        list_push(w->arena, written, *draft->question);
    }
}

static void write_cards(struct writer *w, struct cards *ret)
{
    size_t room = questions_budget(w->doc);
    struct drafts first = {0}, later = {0};
    struct questions written = {0};
    draft_cards(w, &first, &later);
    write_drafts(w, &first, &room, &written, ret);
    write_drafts(w, &later, &room, &written, ret);
    synthesise(w, &written, ret);
}

/* Before they are ranked: what shares a key is told apart by the order of the text. */
static void identify(struct writer *w)
{
    list_each (struct question, q, &w->questions) {
        q->id = id_of(w, q);
        use_id(w, q->id);
    }
}

bool questions_write(struct arena *arena, const struct document *doc, const struct facts *facts,
                     const struct questions_options *options, struct cards *ret, struct error *e)
{
    struct arena scratch = {0};
    struct writer w = {
        .arena = arena, .scratch = &scratch, .doc = doc, .facts = facts, .language = language_get(doc->lang)};
    if (!w.language)
        return fail(e, ERROR_NOT_FOUND, _("There are no question wordings for the language \"%.*s\"."),
                    STR_ARG(doc->lang));
    w.spanish = str_equal(doc->lang, STR("es"));
    if (options) {
        w.scope = options->scope;
        w.explain = options->explain;
    }
    w.index = index_new(&w);
    find_protagonist(&w);
    find_kind_of_makers(&w);
    gather(&w);
    list_each (const struct fact, fact, facts) {
        ask_clause(&w, fact);
        ask_templates(&w, fact);
    }
    identify(&w);
    rank(&w);
    struct cards cards = {0};
    write_cards(&w, &cards);
    arena_finish(&scratch);
    *ret = cards;
    return true;
}
