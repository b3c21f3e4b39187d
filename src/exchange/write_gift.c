/* Moodle's GIFT. What it cannot say is said otherwise: an order is a match with numbers, an open question an essay. */
#include "base/arena.h"
#include "base/list.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

#include <stdint.h>
#include <string.h>

enum { TITLE_LETTERS = 60 };

/* Its own signs behind a backslash, line ends as \n; "->" would cut a pair. */
static void add_text(struct buffer *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n') {
            buffer_add(out, STR("\\n"));
        } else if (c == '-' && i + 1 < text.len && text.ptr[i + 1] == '>') {
            buffer_add(out, STR("→"));
            i++;
        } else if (c != '\r') {
            if (strchr("~=#{}:", c))
                buffer_add_char(out, '\\');
            buffer_add_char(out, c);
        }
    }
}

static void add_answer(struct buffer *out, const char *sign, struct str answer)
{
    buffer_format(out, "\n  %s", sign);
    add_text(out, answer);
}

static void add_answers(struct text_writer *w, const struct card *card)
{
    struct str left, right;
    switch (card->kind) {
    case CARD_WHY:
        break;
    case CARD_TRUEFALSE:
        buffer_add(&w->out, str_equal(card->answer, STR("verdadero")) || str_equal(card->answer, STR("true"))
                                ? STR("T")
                                : STR("F"));
        break;
    case CARD_ORDER:
    case CARD_MATCH:
        for (size_t i = 0; i < card->items.count; i++) {
            if (!item_pair(w->arena, card, i, &left, &right))
                continue;
            add_answer(&w->out, "=", left);
            buffer_add(&w->out, STR(" -> "));
            add_text(&w->out, right);
        }
        break;
    case CARD_DIRECT:
    case CARD_REVERSE:
    case CARD_CLOZE:
        add_answer(&w->out, "=", card->answer);
        for (size_t i = 0; i < card->choices.count; i++)
            if (!str_equal(card->choices.items[i], card->answer))
                add_answer(&w->out, "~", card->choices.items[i]);
        for (size_t i = 0; i < card->accepted.count && !card->choices.count; i++)
            add_answer(&w->out, "=", card->accepted.items[i]);
    }
    struct str feedback = feedback_text(w->arena, card);
    if (feedback.len) {
        buffer_add(&w->out, STR("\n  ####"));
        add_text(&w->out, feedback);
    }
    bool one_line = card->kind == CARD_WHY || card->kind == CARD_TRUEFALSE;
    if (!one_line || feedback.len)
        buffer_add_char(&w->out, '\n');
}

/* Square brackets end a tag. */
static void add_remark(struct buffer *out, const struct card *card)
{
    buffer_format(out, "// [id:%s]", card->id.text);
    for (size_t i = 0; i < card->tags.count; i++)
        if (!str_contains(card->tags.items[i], STR("]")))
            buffer_format(out, " [tag:%.*s]", STR_ARG(card->tags.items[i]));
    buffer_add_char(out, '\n');
}

static void add_card(struct text_writer *w, const struct card *card)
{
    struct str prompt = card->prompt, rest = {0};
    size_t gap = card->kind == CARD_CLOZE ? str_find(prompt, STR("____"), 0) : SIZE_MAX;
    if (gap != SIZE_MAX) {
        rest = str_slice(prompt, gap + 4, prompt.len);
        prompt = str_slice(prompt, 0, gap);
    }
    add_remark(&w->out, card);
    buffer_add(&w->out, STR("::"));
    add_text(&w->out, short_title(w->arena, card->prompt, TITLE_LETTERS));
    buffer_add(&w->out, STR(":: "));
    add_text(&w->out, str_trim(prompt));
    buffer_add(&w->out, STR(" {"));
    add_answers(w, card);
    buffer_add_char(&w->out, '}');
    if (rest.len && !strchr(" .,;:?!)", rest.ptr[0]))
        buffer_add_char(&w->out, ' ');
    add_text(&w->out, rest);
    buffer_add(&w->out, STR("\n\n"));
}

static void add_category(struct text_writer *w, struct str path)
{
    buffer_add(&w->out, STR("$CATEGORY: "));
    add_category_path(&w->out, path);
    buffer_add(&w->out, STR("\n\n"));
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    (void)e;
    text_writer_cards(writer, note, add_category, add_card);
    return true;
}

const struct write_format write_gift = {.name = "gift",
                                        .open = text_writer_open,
                                        .deck = text_writer_deck,
                                        .note = add_note,
                                        .close = text_writer_close};
