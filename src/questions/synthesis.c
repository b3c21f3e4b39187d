/* Cards over several facts: order, match, true or false, and the why of a section. They are made of facts that have
 * passed as cards of their own, so nothing is claimed here that was not judged there. */
#include "questions/writer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "cards/lint.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    ORDERS_MAX = 3,
    ORDER_MIN = 3,
    ORDER_MAX = 5,
    MATCH_MIN = 4,
    MATCH_MAX = 6,
    STATEMENTS_MAX = 10,
    CHECKLIST_MIN = 2,
    CHECKLIST_MAX = 8,
    PAIR_WORDS_MAX = 17
};

static const double apart_days = 60;

struct synthesis {
    struct writer *w;
    const struct questions *questions;
    struct cards *cards;
    size_t first; /* of the cards, those before it ask facts */
};

static struct str joined(struct arena *arena, const struct str_list *items)
{
    struct str text = {0};
    for (size_t i = 0; i < items->count; i++)
        text = i ? str_format(arena, "%.*s; %.*s", STR_ARG(text), STR_ARG(items->items[i])) : items->items[i];
    return text;
}

/* A wording of the lexicon, its one %s filled. */
static struct str wording(const struct writer *w, struct str key, struct str inside)
{
    struct str text = str_trim(language_text(w->language, key));
    size_t at = str_find(text, STR("%s"), 0);
    if (at != SIZE_MAX)
        text = str_format(w->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(text, 0, at)), STR_ARG(inside),
                          STR_ARG(str_slice(text, at + 2, text.len)));
    return text_capitalise(w->arena, text);
}

static struct str sentence(const struct writer *w, struct str text)
{
    return str_concat(w->arena, text_capitalise(w->arena, text), STR("."));
}

/* Sound enough to build on: in the deck, told by the body of the chapter, and of one reading. */
static bool is_sound(const struct synthesis *s, size_t i)
{
    return s->cards->items[i].tier == TIER_AUTO && !s->questions->items[i].fact->note &&
           s->questions->items[i].fact->hedge == HEDGE_NONE;
}

static void keep_card(const struct synthesis *s, struct card card, struct str subject,
                      const struct fact *fact, struct str relation, struct str asked, const struct key *key)
{
    struct writer *w = s->w;
    card.rule = STR(CARD_SYNTHESIS);
    card.relation = relation;
    card.lang = language_code(w->language);
    card.subject = subject;
    card.source = source_of(w, fact);
    card.confidence = fact->confidence;
    card.id = free_id(w, relation, asked, key);
    if (!card.answer.len)
        card.answer = joined(w->arena, &card.items);
    struct lints lints = {0};
    card_lint(w->arena, &card, &lints);
    if (lints.count)
        note(w, fact, asked, lints.items[0]->id);
    else
        write_card(w, s->cards, card);
}

static void keep_set(const struct synthesis *s, enum card_kind kind, struct str prompt, struct str_list items,
                     struct str subject, const struct fact *fact, struct str part)
{
    struct key key = {0};
    struct str name = card_kind_name(kind);
    list_push(s->w->arena, &key, ((struct key_part){STR("part"), part}));
    struct card card = {.kind = kind, .prompt = prompt, .items = items};
    keep_card(s, card, subject, fact, name, name, &key);
}

/* ---- Order ---- */

struct dated {
    const struct fact *fact;
    struct str text;
    double from, to; /* days */
};

struct dates {
    struct dated *items;
    size_t count, capacity;
};

static bool has_year(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits = text.ptr[i] >= '0' && text.ptr[i] <= '9' ? digits + 1 : 0;
        if (digits == 4)
            return true;
    }
    return false;
}

/* A year lasts from its first to its last day. */
static struct dated dated_of(const struct fact *fact, struct str text)
{
    double half = fact->time.precision == TIME_YEAR ? 182 : fact->time.precision == TIME_MONTH ? 15 : 0;
    double middle = time_position(&fact->time);
    return (struct dated){fact, text, middle - half, middle + half};
}

static bool is_exact(const struct time_value *time)
{
    return time_is_set(time) && !time->range && !time->vague.len && time->precision <= TIME_YEAR &&
           time->precision != TIME_SEASON;
}

static bool is_apart(const struct dates *dates, const struct dated *found)
{
    list_each (const struct dated, other, dates)
        if (found->from < other->to + apart_days && other->from < found->to + apart_days)
            return false;
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static void keep_order(const struct synthesis *s, struct dates *dates, struct str title)
{
    struct writer *w = s->w;
    struct str_list items = {0};
    qsort(dates->items, dates->count, sizeof *dates->items, by_time);
    list_each (const struct dated, dated, dates)
        list_push(w->arena, &items, text_capitalise(w->arena, dated->text));
    keep_set(s, CARD_ORDER, sentence(w, wording(w, STR("order"), title)), items, title,
             dates->items[dates->count - 1].fact, title);
}

static bool is_datable(const struct synthesis *s, size_t i)
{
    const struct question *q = &s->questions->items[i];
    return is_sound(s, i) && str_equal(q->asked, STR("time")) && is_exact(&q->fact->time);
}

/* The best dated facts, of one section or (-1) of the chapter, that lie well apart and were in no order before. */
static bool write_order(const struct synthesis *s, int section, struct str title, bool *used)
{
    struct dates dates = {0};
    size_t taken[ORDER_MAX];
    for (size_t i = 0; i < s->first && dates.count < ORDER_MAX; i++) {
        const struct fact *fact = s->questions->items[i].fact;
        if (used[i] || !is_datable(s, i) || (section >= 0 && fact->section != section))
            continue;
        struct str text = statement_undated(s->w, fact);
        struct dated found = dated_of(fact, text);
        if (!text.len || has_year(text) || !is_apart(&dates, &found))
            continue;
        taken[dates.count] = i;
        list_push(s->w->arena, &dates, found);
    }
    if (dates.count < ORDER_MIN)
        return false;
    for (size_t i = 0; i < dates.count; i++)
        used[taken[i]] = true;
    keep_order(s, &dates, title);
    return true;
}

static void write_orders(const struct synthesis *s)
{
    const struct document *doc = s->w->doc;
    bool *used = arena_array(s->w->arena, s->first + 1, sizeof *used);
    int written = write_order(s, -1, doc->title, used);
    for (size_t i = 0; i < doc->sections.count && written && written < ORDERS_MAX; i++) {
        struct str title = doc->sections.items[i].title;
        if (title.len && !str_equal(title, doc->title))
            written += write_order(s, (int)i, title, used);
    }
}

/* ---- Match ---- */

struct pairs {
    struct str_list items, lefts, rights;
    const struct fact *last;
};

static struct str text_of_role(const struct question *q, const char *role)
{
    const struct filler *filler = fact_role(q->fact, str_from(role));
    return filler ? filler->text : (struct str){0};
}

/* What stands on the left, by what is asked. */
static const struct match_kind {
    const char *relation, *asked, *left;
    const char *same; /* a role that all pairs must share, and that the prompt names; or NULL */
} match_kinds[] = {
    {"release", "agent", "work", NULL}, {"found", "agent", "work", NULL},
    {"role", "person", "org", "role"},  {"size", "value", "work", NULL},
    {"quantity", "value", "of", NULL},  {"member", "category", "member", NULL},
    {"based-on", "base", "work", NULL}, {"successor", "old", "work", NULL},
    {"born", "place", "person", NULL},  {"origin", "place", "entity", NULL},
    {"span", "time", "event", NULL},    {"definition", "genus", "term", NULL},
};

static bool is_of_kind(const struct question *q, const struct match_kind *kind)
{
    return str_equal(q->fact->relation, str_from(kind->relation)) &&
           str_equal(q->asked, str_from(kind->asked));
}

/* "prototipos", "wars" are no area but what the members are; "the smallest" is not all of it. */
static bool is_of_another_sort(const struct writer *w, const struct question *q)
{
    const struct filler *category = fact_role(q->fact, STR("category"));
    return (category && phrase_of_filler(w, category).plural) || fact_role(q->fact, STR("which"));
}

static bool add_pair(const struct writer *w, struct pairs *pairs, struct str left, struct str right,
                     const struct fact *fact)
{
    struct str fold_left = text_fold(w->arena, left), fold_right = text_fold(w->arena, right);
    bool fits = left.len && right.len && pairs->items.count < MATCH_MAX &&
                count_words(left) + count_words(right) < PAIR_WORDS_MAX &&
                !str_list_has(&pairs->lefts, fold_left) && !str_list_has(&pairs->rights, fold_right) &&
                !str_contains(left, STR("→")) && !str_contains(fold_left, fold_right);
    if (!fits)
        return false;
    list_push(w->arena, &pairs->lefts, fold_left);
    list_push(w->arena, &pairs->rights, fold_right);
    list_push(w->arena, &pairs->items, str_format(w->arena, "%.*s → %.*s", STR_ARG(left), STR_ARG(right)));
    pairs->last = fact;
    return true;
}

static void keep_match(const struct synthesis *s, const struct pairs *pairs, struct str key,
                       struct str inside)
{
    struct writer *w = s->w;
    if (pairs->items.count >= MATCH_MIN)
        keep_set(s, CARD_MATCH, sentence(w, wording(w, key, inside)), pairs->items, w->doc->title,
                 pairs->last, key);
}

/* All pairs of one kind; with the role that they share, those that have the first one's. */
static void write_match(const struct synthesis *s, const struct match_kind *kind)
{
    struct writer *w = s->w;
    struct pairs pairs = {0};
    struct str same = {0};
    for (size_t i = 0; i < s->first; i++) {
        const struct question *q = &s->questions->items[i];
        struct phrase_of left;
        if (!is_of_kind(q, kind) || !is_sound(s, i) || is_of_another_sort(w, q) ||
            !phrase_of_role(w, q->fact, str_from(kind->left), &left))
            continue;
        struct str shared = kind->same ? text_of_role(q, kind->same) : (struct str){0};
        if (same.len && !str_equal(same, shared))
            continue;
        if (add_pair(w, &pairs, left.text, q->answer, q->fact))
            same = shared;
    }
    keep_match(s, &pairs, str_format(w->arena, "match.%s.%s", kind->relation, kind->asked), same);
}

static void write_match_of_dates(const struct synthesis *s)
{
    struct writer *w = s->w;
    struct pairs pairs = {0};
    for (size_t i = 0; i < s->first; i++) {
        const struct question *q = &s->questions->items[i];
        if (!is_sound(s, i) || !str_equal(q->asked, STR("time")) || str_equal(q->fact->relation, STR("span")))
            continue;
        struct str left = statement_undated(w, q->fact);
        if (!has_year(left))
            add_pair(w, &pairs, text_capitalise(w->arena, left), q->answer, q->fact);
    }
    keep_match(s, &pairs, STR("match.time"), (struct str){0});
}

/* ---- True or false ---- */

static void write_statement(const struct synthesis *s, const struct question *q, const struct card *asked)
{
    struct writer *w = s->w;
    bool spanish = w->spanish, truth = hash_str(str_from(asked->id.text)) & 1;
    struct str right = statement_of(w, q->fact), told = truth ? right : statement_with_lure(w, q);
    if (!right.len || !told.len || (!truth && str_equal(right, told)))
        return;
    struct card card = {.kind = CARD_TRUEFALSE, .prompt = sentence(w, told)};
    list_each (const struct card, other, s->cards)
        if (str_equal(other->prompt, card.prompt))
            return;
    card.answer =
        truth ? (spanish ? STR("verdadero") : STR("true")) : (spanish ? STR("falso") : STR("false"));
    list_push(w->arena, &card.accepted, str_slice(card.answer, 0, 1));
    if (!truth)
        card.explanation = sentence(w, right);
    struct key key = key_of(w, q);
    keep_card(s, card, asked->subject, q->fact, q->fact->relation,
              str_concat(w->arena, STR("truefalse:"), q->asked), &key);
}

static void write_statements(const struct synthesis *s)
{
    size_t before = s->cards->count;
    for (size_t i = 0; i < s->first && s->cards->count - before < STATEMENTS_MAX; i++) {
        struct card asked = s->cards->items[i]; /* the list grows */
        if (is_sound(s, i) && asked.choices.count)
            write_statement(s, &s->questions->items[i], &asked);
    }
}

/* ---- Why ---- */

/* "¿Podrá…?", "Why Rome fell", "Cómo nació la imprenta": reads as a question. */
static struct str heading_question(const struct writer *w, struct str title)
{
    static const char *const es[] = {"por qué ", "cómo ", "qué ", "quién ", "quiénes ", "para qué "},
                             *const en[] = {"why ", "how "};
    struct str low = text_lower(w->arena, title);
    if (str_ends(title, STR("?")))
        return title;
    for (size_t i = 0; i < (w->spanish ? sizeof es / sizeof *es : sizeof en / sizeof *en); i++)
        if (str_starts(low, str_from(w->spanish ? es[i] : en[i])) && !str_contains(title, STR(":")))
            return w->spanish ? str_format(w->arena, "¿%.*s?", STR_ARG(title)) : (struct str){0};
    return (struct str){0};
}

/* The best question of the section that asks for a reason. */
static struct str main_effect(const struct synthesis *s, int section)
{
    for (size_t i = 0; i < s->first; i++)
        if (s->questions->items[i].fact->section == section &&
            str_equal(s->questions->items[i].asked, STR("cause")))
            return s->cards->items[i].prompt;
    return (struct str){0};
}

static struct str why_prompt(const struct synthesis *s, int section, struct str title)
{
    struct str prompt = heading_question(s->w, title);
    if (!prompt.len)
        prompt = main_effect(s, section);
    if (prompt.len || !title.len)
        return prompt;
    return sentence(s->w, wording(s->w, STR("why"), title));
}

/* The facts of a section as sentences, best first. */
static struct str_list checklist(const struct synthesis *s, int section, const struct fact **ret_first)
{
    struct str_list items = {0};
    for (size_t i = 0; i < s->first && items.count < CHECKLIST_MAX; i++) {
        const struct fact *fact = s->questions->items[i].fact;
        struct str text =
            fact->section == section && is_sound(s, i) ? statement_of(s->w, fact) : (struct str){0};
        struct str item = text.len ? sentence(s->w, text) : text;
        if (!item.len || str_list_has(&items, item))
            continue;
        if (!items.count)
            *ret_first = fact;
        list_push(s->w->arena, &items, item);
    }
    return items;
}

static void write_why(const struct synthesis *s, int section)
{
    struct writer *w = s->w;
    const struct fact *first = NULL;
    struct str title = w->doc->sections.items[section].title;
    struct str_list items = checklist(s, section, &first);
    struct str prompt = items.count >= CHECKLIST_MIN ? why_prompt(s, section, title) : (struct str){0};
    if (prompt.len)
        keep_set(s, CARD_WHY, prompt, items, title.len ? title : w->doc->title, first,
                 title.len ? title : STR("-"));
}

void synthesise(struct writer *w, const struct questions *questions, struct cards *ret)
{
    struct synthesis s = {w, questions, ret, ret->count};
    write_orders(&s);
    for (size_t i = 0; i < sizeof match_kinds / sizeof *match_kinds; i++)
        write_match(&s, &match_kinds[i]);
    write_match_of_dates(&s);
    write_statements(&s);
    for (size_t i = 0; i < w->doc->sections.count; i++)
        write_why(&s, (int)i);
}
