/* Moodle's XML. The idnumber is the card's identity, so that a later import can update. */
#include "base/arena.h"
#include "base/list.h"
#include "exchange/base64.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

#include <stdint.h>
#include <string.h>

enum { TITLE_LETTERS = 80 };

/* Character data; control characters have no place in XML at all. */
static void add_text(struct buffer *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '&')
            buffer_add(out, STR("&amp;"));
        else if (c == '<')
            buffer_add(out, STR("&lt;"));
        else if (c == '>')
            buffer_add(out, STR("&gt;"));
        else if (c >= ' ' || c == '\n' || c == '\t')
            buffer_add_char(out, (char)c);
    }
}

static void add_element(struct buffer *out, const char *open, struct str text, const char *close)
{
    buffer_format(out, "%s<text>", open);
    add_text(out, text);
    buffer_format(out, "</text>%s\n", close);
}

/* HTML within XML: what is a sign of both is escaped twice. */
static void add_html(struct buffer *out, struct str text)
{
    struct buffer html = {0};
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n')
            buffer_add(&html, STR("<br>"));
        else
            add_text(&html, str_slice(text, i, i + 1));
    add_text(out, buffer_str(&html));
    buffer_finish(&html);
}

static void add_question(struct text_writer *w, const struct card *card)
{
    const struct parcel_medium *image = text_writer_find_medium(w, card->image);
    buffer_add(&w->out, STR("  <questiontext format=\"html\"><text>"));
    add_html(&w->out, card->prompt);
    if (image) {
        buffer_add(&w->out, STR("&lt;br&gt;&lt;img src=\"@@PLUGINFILE@@/"));
        add_text(&w->out, image->name);
        buffer_add(&w->out, STR("\" alt=\"\"&gt;"));
    }
    buffer_add(&w->out, STR("</text>"));
    if (image) {
        buffer_add(&w->out, STR("<file name=\""));
        add_text(&w->out, image->name);
        buffer_add(&w->out, STR("\" path=\"/\" encoding=\"base64\">"));
        base64_add(&w->out, image->bytes);
        buffer_add(&w->out, STR("</file>"));
    }
    buffer_add(&w->out, STR("</questiontext>\n"));
}

static void add_answer(struct buffer *out, bool right, struct str answer)
{
    buffer_format(out, "  <answer fraction=\"%s\">", right ? "100" : "0");
    add_element(out, "", answer, "</answer>");
}

/* An asterisk stands for any letters there. */
static struct str without_wildcards(struct arena *arena, struct str answer)
{
    struct buffer out = {0};
    for (size_t i = 0; i < answer.len; i++)
        buffer_format(&out, "%s%c", answer.ptr[i] == '*' ? "\\" : "", answer.ptr[i]);
    struct str text = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return text;
}

static void add_short_answers(struct text_writer *w, const struct card *card)
{
    buffer_add(&w->out, STR("  <usecase>0</usecase>\n"));
    add_answer(&w->out, true, without_wildcards(w->arena, card->answer));
    for (size_t i = 0; i < card->accepted.count; i++)
        add_answer(&w->out, true, without_wildcards(w->arena, card->accepted.items[i]));
}

static void add_choices(struct text_writer *w, const struct card *card)
{
    buffer_add(&w->out, STR("  <single>true</single>\n  <shuffleanswers>true</shuffleanswers>\n"
                            "  <answernumbering>abc</answernumbering>\n"));
    for (size_t i = 0; i < card->choices.count; i++)
        add_answer(&w->out, str_equal(card->choices.items[i], card->answer), card->choices.items[i]);
}

static void add_truth(struct text_writer *w, const struct card *card)
{
    bool truth = str_equal(card->answer, STR("verdadero")) || str_equal(card->answer, STR("true"));
    add_answer(&w->out, truth, STR("true"));
    add_answer(&w->out, !truth, STR("false"));
}

static void add_pairs(struct text_writer *w, const struct card *card)
{
    struct str left, right;
    buffer_add(&w->out, STR("  <shuffleanswers>true</shuffleanswers>\n"));
    for (size_t i = 0; i < card->items.count; i++) {
        if (!item_pair(w->arena, card, i, &left, &right))
            continue;
        buffer_add(&w->out, STR("  <subquestion format=\"html\"><text>"));
        add_html(&w->out, left);
        buffer_add(&w->out, STR("</text><answer>"));
        add_element(&w->out, "", right, "</answer></subquestion>");
    }
}

static void add_essay(struct text_writer *w, const struct card *card)
{
    (void)card;
    buffer_add(&w->out, STR("  <responseformat>editor</responseformat>\n"));
}

/* How a card is asked there. */
static const struct way {
    const char *type;
    void (*add)(struct text_writer *w, const struct card *card);
} ways[] = {
    [CARD_DIRECT] = {"shortanswer", add_short_answers},
    [CARD_REVERSE] = {"shortanswer", add_short_answers},
    [CARD_CLOZE] = {"shortanswer", add_short_answers},
    [CARD_ORDER] = {"matching", add_pairs},
    [CARD_MATCH] = {"matching", add_pairs},
    [CARD_TRUEFALSE] = {"truefalse", add_truth},
    [CARD_WHY] = {"essay", add_essay},
};
static const struct way choosing = {"multichoice", add_choices};

static void add_card(struct text_writer *w, const struct card *card)
{
    bool asked = card->kind == CARD_DIRECT || card->kind == CARD_REVERSE || card->kind == CARD_CLOZE;
    const struct way *way = asked && card->choices.count ? &choosing : &ways[card->kind];
    buffer_format(&w->out, "<question type=\"%s\">\n", way->type);
    add_element(&w->out, "  <name>", short_title(w->arena, card->prompt, TITLE_LETTERS), "</name>");
    add_question(w, card);
    buffer_add(&w->out, STR("  <generalfeedback format=\"html\"><text>"));
    add_html(&w->out, feedback_text(w->arena, card));
    buffer_format(&w->out,
                  "</text></generalfeedback>\n  <defaultgrade>1</defaultgrade>\n  <hidden>0</hidden>\n"
                  "  <idnumber>%s</idnumber>\n",
                  card->id.text);
    way->add(w, card);
    if (card->tags.count)
        buffer_add(&w->out, STR("  <tags>\n"));
    for (size_t i = 0; i < card->tags.count; i++)
        add_element(&w->out, "    <tag>", card->tags.items[i], "</tag>");
    buffer_format(&w->out, "%s</question>\n", card->tags.count ? "  </tags>\n" : "");
}

static void add_category(struct text_writer *w, struct str path)
{
    struct buffer category = {0};
    add_category_path(&category, path);
    add_element(&w->out, "<question type=\"category\"><category>", buffer_str(&category),
                "</category></question>");
    buffer_finish(&category);
}

static bool open_quiz(const struct write_options *options, struct writer **ret, struct error *e)
{
    if (!text_writer_open(options, ret, e))
        return false;
    buffer_add(&((struct text_writer *)*ret)->out,
               STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n"));
    return true;
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    (void)e;
    text_writer_cards(writer, note, add_category, add_card);
    return true;
}

static bool close_quiz(struct writer *writer, bool ok, struct error *e)
{
    buffer_add(&((struct text_writer *)writer)->out, STR("</quiz>\n"));
    return text_writer_close(writer, ok, e);
}

const struct write_format write_moodle = {.name = "moodle",
                                          .wants_bytes = true,
                                          .open = open_quiz,
                                          .deck = text_writer_deck,
                                          .medium = text_writer_medium,
                                          .note = add_note,
                                          .close = close_quiz};
