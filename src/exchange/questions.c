/* GIFT's questions → notes. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "exchange/gift.h"
#include "exchange/html.h"
#include "exchange/inside.h"
#include "text/text.h"

#include <cmark-gfm.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE_NUMBERS_MAX = 40 };

/* A text in one of GIFT's forms as HTML, and as words. */
static struct str as_html(struct arena *arena, struct str text, enum gift_format format)
{
    if (format == GIFT_PLAIN ||
        (format == GIFT_MOODLE && !str_contains(text, STR("<")) && !str_contains(text, STR("&"))))
        return html_escape(arena, text);
    if (format != GIFT_MARKDOWN)
        return text;
    char *html = cmark_markdown_to_html(text.ptr ? text.ptr : "", text.len, CMARK_OPT_DEFAULT);
    struct str copy = str_copy(arena, text_trim(str_from(html)));
    free(html);
    return copy;
}

static struct str as_words(struct arena *arena, struct str text, enum gift_format format)
{
    return html_text(arena, as_html(arena, text, format));
}

/* One question on its way. */
struct question {
    struct reading *r;
    const struct gift_item *item;
    struct card card;
};

static struct str words_of(struct question *q, const struct gift_answer *answer)
{
    return as_words(&q->r->each, answer->text, answer->format);
}

static bool is_right(const struct gift_answer *answer)
{
    return answer->weighted ? answer->percent >= 99.99 : answer->right;
}

static bool is_partly_right(const struct gift_answer *answer)
{
    return answer->weighted && answer->percent > 0 && answer->percent < 99.99;
}

static void leave_out(struct question *q, enum notice_kind kind)
{
    struct reading *r = q->r;
    notices_add(r->arena, &r->report.notices, kind, q->item->title.len ? q->item->title : q->item->stem,
                q->item->line);
}

static void explain(struct question *q, struct str words, enum gift_format format)
{
    struct arena *arena = &q->r->each;
    words = as_words(arena, words, format);
    if (words.len == 0)
        return;
    q->card.explanation = q->card.explanation.len
                              ? str_format(arena, "%.*s\n%.*s", STR_ARG(q->card.explanation), STR_ARG(words))
                              : words;
}

static void explain_right(struct question *q)
{
    list_each (struct gift_answer, answer, &q->item->answers)
        if (is_right(answer))
            explain(q, answer->feedback, answer->format);
    explain(q, q->item->feedback, q->item->format);
}

/* The words for true and false follow the question's own language. */
static bool is_spanish(struct question *q)
{
    struct str lang = q->r->options->lang, stem = q->item->stem;
    if (lang.len)
        return str_equal(lang, STR("es"));
    static const char *const signs[] = {"ñ",     "¿",     "á",     "é",     "í",   "ó",   "ú",    " el ",
                                        " los ", " las ", " una ", " del ", "El ", "La ", "Los ", "Las "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_contains(stem, str_from(signs[i])))
            return true;
    return false;
}

static bool ask_truth(struct question *q)
{
    struct arena *arena = &q->r->each;
    bool spanish = is_spanish(q), truth = q->item->truth;
    struct str words[] = {spanish ? STR("falso") : STR("false"), spanish ? STR("verdadero") : STR("true")};
    struct str letters[] = {STR("f"), spanish ? STR("v") : STR("t")};
    q->card.kind = CARD_TRUEFALSE;
    q->card.lang = spanish ? STR("es") : STR("en");
    q->card.answer = words[truth];
    list_push(arena, &q->card.accepted, letters[truth]);
    list_push(arena, &q->card.choices, words[1]);
    list_push(arena, &q->card.choices, words[0]);
    /* The first feedback is for a wrong answer: it says what is right. */
    for (size_t i = q->item->answers.count > 0; i-- > 0;)
        explain(q, q->item->answers.items[i].feedback, q->item->format);
    explain(q, q->item->feedback, q->item->format);
    return true;
}

/* Several answers make up the right one: all are to be named. */
static bool ask_for_several(struct question *q)
{
    struct arena *arena = &q->r->each;
    struct buffer answer = {0}, prompt = {0};
    buffer_add(&prompt, q->card.prompt);
    list_each (struct gift_answer, each, &q->item->answers) {
        struct str words = words_of(q, each);
        buffer_format(&prompt, "\n• %.*s", STR_ARG(words));
        if (each->percent > 0)
            buffer_format(&answer, "%s%.*s", answer.len ? "; " : "", STR_ARG(words));
    }
    q->card.kind = CARD_DIRECT;
    q->card.prompt = str_copy(arena, buffer_str(&prompt));
    q->card.answer = str_copy(arena, buffer_str(&answer));
    buffer_finish(&prompt);
    buffer_finish(&answer);
    return q->card.answer.len > 0;
}

static bool ask_choice(struct question *q)
{
    struct arena *arena = &q->r->each;
    size_t right = 0;
    list_each (struct gift_answer, answer, &q->item->answers)
        right += is_right(answer);
    explain_right(q);
    if (right == 0)
        return ask_for_several(q);
    list_each (struct gift_answer, answer, &q->item->answers) {
        struct str words = words_of(q, answer);
        if (is_partly_right(answer)) {
            leave_out(q, NOTICE_PARTLY_RIGHT);
            continue;
        }
        if (!is_right(answer) || q->card.answer.len == 0)
            list_push(arena, &q->card.choices, words);
        if (is_right(answer) && q->card.answer.len == 0)
            q->card.answer = words;
        else if (is_right(answer))
            list_push(arena, &q->card.accepted, words);
    }
    if (q->card.choices.count < 2)
        q->card.choices.count = 0;
    return true;
}

/* A star stands for any letters: what is around it must do. */
static struct str without_stars(struct arena *arena, struct str words)
{
    struct buffer out = {0};
    for (size_t i = 0; i < words.len; i++)
        if (words.ptr[i] != '*')
            buffer_add_char(&out, words.ptr[i]);
    struct str copy = text_trim(str_copy(arena, buffer_str(&out)));
    buffer_finish(&out);
    return copy;
}

static bool ask_short(struct question *q)
{
    struct arena *arena = &q->r->each;
    list_each (struct gift_answer, answer, &q->item->answers) {
        struct str words = without_stars(arena, words_of(q, answer));
        if (!is_right(answer))
            leave_out(q, NOTICE_PARTLY_RIGHT);
        else if (q->card.answer.len == 0)
            q->card.answer = words;
        else if (words.len)
            list_push(arena, &q->card.accepted, words);
    }
    explain_right(q);
    return true;
}

/* Every whole number of the range is right; else its ends and what was written. */
static void accept_range(struct question *q, double low, double high)
{
    struct arena *arena = &q->r->each;
    bool whole = floor(low) == low && floor(high) == high && high - low < WHOLE_NUMBERS_MAX;
    if (low == high)
        return;
    for (double value = low; value <= high; value = whole ? value + 1 : value == high ? INFINITY : high) {
        struct str text = str_format(arena, "%.9g", value);
        if (!str_equal(text, q->card.answer))
            list_push(arena, &q->card.accepted, text);
    }
}

static bool ask_number(struct question *q)
{
    struct arena *arena = &q->r->each;
    list_each (struct gift_answer, answer, &q->item->answers) {
        double low, high;
        if (!is_right(answer) || !gift_number(answer->text, &low, &high)) {
            if (is_partly_right(answer))
                leave_out(q, NOTICE_PARTLY_RIGHT);
            continue;
        }
        size_t colon = str_find(answer->text, STR(":"), 0);
        if (q->card.answer.len == 0)
            q->card.answer = colon != SIZE_MAX ? str_trim(str_slice(answer->text, 0, colon))
                                               : str_format(arena, "%.9g", low);
        accept_range(q, low, high);
    }
    explain_right(q);
    return q->card.answer.len > 0;
}

static bool ask_matching(struct question *q)
{
    struct arena *arena = &q->r->each;
    struct buffer answer = {0};
    list_each (struct gift_answer, pair, &q->item->answers) {
        struct str left = words_of(q, pair), right = as_words(arena, pair->match, pair->format);
        if (left.len == 0) /* only there to mislead */
            continue;
        struct str item = str_format(arena, "%.*s → %.*s", STR_ARG(left), STR_ARG(right));
        list_push(arena, &q->card.items, item);
        buffer_format(&answer, "%s%.*s", answer.len ? "; " : "", STR_ARG(item));
    }
    q->card.kind = CARD_MATCH;
    q->card.answer = str_copy(arena, buffer_str(&answer));
    buffer_finish(&answer);
    explain(q, q->item->feedback, q->item->format);
    return q->card.items.count > 1;
}

static bool (*const asks[])(struct question *q) = {
    [GIFT_TRUEFALSE] = ask_truth, [GIFT_CHOICE] = ask_choice,     [GIFT_SHORT] = ask_short,
    [GIFT_NUMBER] = ask_number,   [GIFT_MATCHING] = ask_matching,
};

/* A note of the basic type keeps the words; the card knows the rest. */
static bool give_question(struct question *q, struct str deck_path)
{
    struct reading *r = q->r;
    const struct gift_item *item = q->item;
    struct arena *arena = &r->each;
    struct parcel_note note = {.tags = item->tags};
    struct parcel_type *type = arena_new(&r->scratch, struct parcel_type);
    size_t deck;
    *type = parcel_native_type(&r->scratch, KIND_BASIC);
    if (!reading_deck(r, deck_path, &deck) || !reading_type(r, type, &note.type))
        return false;
    list_push(arena, &note.fields, as_html(arena, q->card.prompt, GIFT_PLAIN));
    list_push(arena, &note.fields, as_html(arena, q->card.answer, GIFT_PLAIN));
    struct str name = item->id.len ? item->id : item->title.len ? item->title : q->card.prompt;
    if (!reading_guid(r, deck_path, name, str_concat(arena, q->card.prompt, q->card.answer), &note.guid))
        return true;
    q->card.id = parcel_card_id(note.guid, 0);
    q->card.tags = note.tags;
    list_push(arena, &note.cards, (struct parcel_card){.deck = deck, .card = q->card});
    return sink_note(r->sink, &note, r->e);
}

static bool take_item(struct reading *r, const struct gift_item *item, struct str deck)
{
    struct question q = {.r = r, .item = item};
    q.card = (struct card){.kind = item->embedded ? CARD_CLOZE : CARD_DIRECT,
                           .lang = r->options->lang,
                           .confidence = 1,
                           .prompt = as_words(&r->each, item->stem, item->format)};
    if (item->kind == GIFT_DESCRIPTION || item->kind == GIFT_ESSAY) {
        leave_out(&q, item->kind == GIFT_ESSAY ? NOTICE_OPEN_QUESTION : NOTICE_NO_QUESTION);
        return true;
    }
    if (q.card.prompt.len == 0 || !asks[item->kind](&q) || q.card.answer.len == 0) {
        leave_out(&q, q.card.prompt.len ? NOTICE_OPEN_QUESTION : NOTICE_EMPTY_FRONT);
        return true;
    }
    return give_question(&q, deck);
}

static struct str deck_of_category(struct reading *r, struct str category)
{
    if (category.len == 0)
        return r->deck;
    return r->options->deck.len
               ? str_format(&r->scratch, "%.*s::%.*s", STR_ARG(r->options->deck), STR_ARG(category))
               : category;
}

bool read_questions(struct reading *r, struct str text)
{
    struct gift_items items;
    struct str deck = r->deck;
    if (!gift_parse(&r->scratch, text, &items, r->e))
        return false;
    r->report.how = str_from("GIFT");
    list_each (struct gift_item, item, &items) {
        if (item->kind == GIFT_CATEGORY)
            deck = deck_of_category(r, item->stem);
        else if (!take_item(r, item, deck) || reading_cancelled(r))
            return false;
        arena_reset(&r->each);
    }
    return true;
}
