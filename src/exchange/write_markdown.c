/* Markdown that people read and Obsidian's spaced-repetition plugin learns from: a heading and a tag for each deck, the
 * question, a line with "?", the answer; a gap is ==marked==. A blank line ends a card. */
#include "base/arena.h"
#include "base/list.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* On one line or several, none of them blank: a blank line would end the card. */
static void add_text(struct buffer *out, struct str text)
{
    struct str line;
    bool first = true;
    while (str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (!line.len)
            continue;
        buffer_format(out, "%s%s%.*s", first ? "" : "\n", strchr("#>-+", line.ptr[0]) ? "\\" : "",
                      STR_ARG(line));
        first = false;
    }
}

/* "Book::Chapter one" → #flashcards/Book/Chapter-one */
static void add_deck(struct text_writer *w, struct str path)
{
    struct str name = path;
    for (size_t at; (at = str_find(name, STR("::"), 0)) != SIZE_MAX;)
        name = str_slice(name, at + 2, name.len);
    buffer_format(&w->out, "%s## %.*s\n\n#flashcards/", w->out.len ? "\n" : "", STR_ARG(name));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (c == ':' && i + 1 < path.len && path.ptr[i + 1] == ':') {
            buffer_add_char(&w->out, '/');
            i++;
        } else {
            buffer_add_char(&w->out, c >= 0x80 || isalnum(c) || c == '_' ? (char)c : '-');
        }
    }
    buffer_add(&w->out, STR("\n\n"));
}

static void add_cloze(struct text_writer *w, const struct card *card)
{
    size_t gap = str_find(card->prompt, STR("____"), 0);
    if (gap == SIZE_MAX)
        return;
    add_text(&w->out,
             str_format(w->arena, "%.*s==%.*s==%.*s", STR_ARG(str_slice(card->prompt, 0, gap)),
                        STR_ARG(card->answer), STR_ARG(str_slice(card->prompt, gap + 4, card->prompt.len))));
}

static void add_back(struct text_writer *w, const struct card *card)
{
    bool parts = card->kind == CARD_ORDER || card->kind == CARD_MATCH;
    if (!parts)
        add_text(&w->out, card->answer);
    for (size_t i = 0; parts && i < card->items.count; i++)
        buffer_format(&w->out, "%s%zu. %.*s", i ? "\n" : "", i + 1, STR_ARG(card->items.items[i]));
    if (card->accepted.count) {
        buffer_add(&w->out, STR("\n("));
        for (size_t i = 0; i < card->accepted.count; i++)
            buffer_format(&w->out, "%s%.*s", i ? "; " : "", STR_ARG(card->accepted.items[i]));
        buffer_add_char(&w->out, ')');
    }
}

static void add_card(struct text_writer *w, const struct card *card)
{
    struct str feedback = feedback_text(w->arena, card);
    if (card->kind == CARD_CLOZE) {
        add_cloze(w, card);
    } else {
        add_text(&w->out, card->prompt);
        buffer_add(&w->out, STR("\n?\n"));
        add_back(w, card);
    }
    if (feedback.len)
        buffer_add_char(&w->out, '\n');
    add_text(&w->out, feedback);
    buffer_add(&w->out, STR("\n\n"));
}

static bool open_page(const struct write_options *options, struct writer **ret, struct error *e)
{
    if (!text_writer_open(options, ret, e))
        return false;
    buffer_format(&((struct text_writer *)*ret)->out, "# %.*s\n", STR_ARG(options->title));
    return true;
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    (void)e;
    text_writer_cards(writer, note, add_deck, add_card);
    return true;
}

const struct write_format write_markdown = {
    .name = "md", .open = open_page, .deck = text_writer_deck, .note = add_note, .close = text_writer_close};
