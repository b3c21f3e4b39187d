/* Paper. Cards to cut out: eight a page, the fronts and on the next page the backs, in the order in which they lie on the other
 * side of the sheet when it is printed on both sides and turned over its long edge. Or a quiz sheet with its key. */
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "canvas/canvas.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 2, ROWS = 4, ON_A_PAGE = COLUMNS * ROWS };

#define MARGIN 28.0f
#define PADDING 12.0f
#define INK 0xFF17181Cu
#define SOFT 0xFF5B5C63u
#define CUT 0xFFB5B2A8u
#define SERIF "Charis SIL, Noto Serif, DejaVu Serif, serif"
#define SANS "Inter, Noto Sans, DejaVu Sans, sans-serif"

struct sheet_card {
    struct str deck;
    struct card card; /* only what is printed */
    struct str feedback;
};

struct pdf_writer {
    struct text_writer text; /* first, so that text_writer's functions serve */
    bool quiz;
    float width, height; /* of the page, in points */
    struct canvas *canvas;
    float y; /* where the next line of a quiz begins */
    struct {
        struct sheet_card *items;
        size_t count, capacity;
    } cards;
};

static bool open_pdf(const struct write_options *options, struct writer **ret, struct error *e)
{
    if (!text_writer_open(options, ret, e))
        return false;
    struct text_writer *text = (struct text_writer *)*ret;
    struct pdf_writer *w = arena_new(text->arena, struct pdf_writer);
    w->text = *text;
    w->quiz = options->quiz;
    w->width = options->letter ? 612 : 595;
    w->height = options->letter ? 792 : 842;
    *ret = (struct writer *)w;
    return true;
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    struct pdf_writer *w = writer;
    struct arena *arena = w->text.arena;
    (void)e;
    list_each (const struct parcel_card, parcel, &note->cards) {
        const struct card *card = &parcel->card;
        struct sheet_card printed = {
            .deck = parcel->deck < w->text.decks.count ? w->text.decks.items[parcel->deck] : (struct str){0},
            .feedback = str_copy(arena, feedback_text(arena, card))};
        printed.card = (struct card){.kind = card->kind,
                                     .lang = str_copy(arena, card->lang),
                                     .prompt = str_copy(arena, card->prompt),
                                     .answer = str_copy(arena, card->answer),
                                     .choices = list_copy(arena, &card->choices),
                                     .items = list_copy(arena, &card->items)};
        list_push(arena, &w->cards, printed);
    }
    return true;
}

/* Cards to cut out */

static struct rect cell_of(const struct pdf_writer *w, size_t index, bool back)
{
    size_t column = index % COLUMNS;
    float cell_w = (w->width - 2 * MARGIN) / COLUMNS, cell_h = (w->height - 2 * MARGIN) / ROWS;
    if (back)
        column = COLUMNS - 1 - column;
    return (struct rect){MARGIN + (float)column * cell_w, MARGIN + (float)(index / COLUMNS) * cell_h, cell_w,
                         cell_h};
}

/* Where to cut: over the whole page, so that one cut serves a row. */
static void draw_cuts(struct pdf_writer *w)
{
    for (int i = 0; i <= COLUMNS; i++) {
        float x = MARGIN + (float)i * (w->width - 2 * MARGIN) / COLUMNS;
        canvas_move_to(w->canvas, x, MARGIN / 2);
        canvas_line_to(w->canvas, x, w->height - MARGIN / 2);
        canvas_stroke_path(w->canvas, 0.5f, 4, CUT);
    }
    for (int i = 0; i <= ROWS; i++) {
        float y = MARGIN + (float)i * (w->height - 2 * MARGIN) / ROWS;
        canvas_move_to(w->canvas, MARGIN / 2, y);
        canvas_line_to(w->canvas, w->width - MARGIN / 2, y);
        canvas_stroke_path(w->canvas, 0.5f, 4, CUT);
    }
}

struct line {
    struct str text;
    const char *family;
    float size; /* before it is made to fit */
    int weight;
    uint32_t color;
};

static float lines_height(struct pdf_writer *w, const struct line *lines, size_t count, float width,
                          float shrink)
{
    float height = 0;
    for (size_t i = 0; i < count; i++) {
        struct canvas_font font = {lines[i].family, lines[i].size * shrink, lines[i].weight, false};
        if (lines[i].text.len)
            height += canvas_text_block(w->canvas, &font, lines[i].text, 0, 0, width, 0) + 5 * shrink;
    }
    return height;
}

/* In the middle of the cell, smaller until all is in it; a text without end is cut off at the cell's edge. */
static void draw_lines(struct pdf_writer *w, const struct line *lines, size_t count, struct rect cell)
{
    struct rect inside = rect_grow(cell, -PADDING);
    float shrink = 1, height = lines_height(w, lines, count, inside.w, shrink);
    while (height > inside.h && shrink > 0.4f)
        height = lines_height(w, lines, count, inside.w, shrink *= 0.92f);
    float y = inside.y + (height < inside.h ? (inside.h - height) / 2 : 0);
    canvas_clip(w->canvas, cell);
    for (size_t i = 0; i < count; i++) {
        struct canvas_font font = {lines[i].family, lines[i].size * shrink, lines[i].weight, false};
        if (lines[i].text.len)
            y += canvas_text_block(w->canvas, &font, lines[i].text, inside.x, y, inside.w, lines[i].color) +
                 5 * shrink;
    }
    canvas_unclip(w->canvas);
}

/* The choices, or the parts of an order or match in the order of the alphabet: the front must not tell. */
static int by_text(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static struct str joined(struct arena *arena, const struct str_list *items, const char *between)
{
    struct str text = {0};
    for (size_t i = 0; i < items->count; i++)
        text = str_format(arena, "%.*s%s%.*s", STR_ARG(text), i ? between : "", STR_ARG(items->items[i]));
    return text;
}

/* The left and right sides of a match (an order has right sides only), each by the alphabet. */
static void split_items(struct arena *arena, const struct card *card, struct str_list *ret_left,
                        struct str_list *ret_right)
{
    struct str left, right;
    for (size_t i = 0; i < card->items.count; i++) {
        if (!item_pair(arena, card, i, &left, &right))
            continue;
        list_push(arena, ret_left, left);
        list_push(arena, ret_right, right);
    }
    if (ret_right->count)
        qsort(ret_right->items, ret_right->count, sizeof *ret_right->items, by_text);
}

static struct str front_help(struct arena *arena, const struct card *card)
{
    struct str_list left = {0}, right = {0};
    if (card->choices.count)
        return joined(arena, &card->choices, "  ·  ");
    split_items(arena, card, &left, &right);
    if (card->kind == CARD_MATCH)
        return str_format(arena, "%.*s\n%.*s", STR_ARG(joined(arena, &left, "  ·  ")),
                          STR_ARG(joined(arena, &right, "  ·  ")));
    return joined(arena, &right, "  ·  ");
}

static struct str back_text(struct arena *arena, const struct card *card)
{
    return card->items.count ? joined(arena, &card->items, "\n") : card->answer;
}

static void draw_card(struct pdf_writer *w, size_t index, size_t on_page, bool back)
{
    const struct sheet_card *card = &w->cards.items[index];
    struct arena *arena = w->text.arena;
    const struct line front[] = {{card->deck, SANS, 8, 400, SOFT},
                                 {card->card.prompt, SERIF, 14, 400, INK},
                                 {front_help(arena, &card->card), SERIF, 10, 400, SOFT}};
    const struct line rear[] = {{back_text(arena, &card->card), SERIF, 15, 700, INK},
                                {card->feedback, SERIF, 10, 400, SOFT}};
    if (back)
        draw_lines(w, rear, sizeof rear / sizeof *rear, cell_of(w, on_page, true));
    else
        draw_lines(w, front, sizeof front / sizeof *front, cell_of(w, on_page, false));
}

static void draw_cards(struct pdf_writer *w)
{
    for (size_t start = 0; start < w->cards.count; start += ON_A_PAGE)
        for (int back = 0; back < 2; back++) {
            if (start || back)
                canvas_page(w->canvas);
            draw_cuts(w);
            for (size_t i = 0; i < ON_A_PAGE && start + i < w->cards.count; i++)
                draw_card(w, start + i, i, back);
        }
}

/* The quiz */

#define EDGE 56.0f /* of the text */

static void new_page(struct pdf_writer *w)
{
    canvas_page(w->canvas);
    w->y = EDGE;
}

/* A paragraph, on the next page when it does not fit on this one. */
static void put(struct pdf_writer *w, const struct canvas_font *font, struct str text, float indent,
                float space, uint32_t color)
{
    float width = w->width - 2 * EDGE - indent;
    float height = canvas_text_block(w->canvas, font, text, 0, 0, width, 0);
    if (w->y + height > w->height - EDGE)
        new_page(w);
    w->y += canvas_text_block(w->canvas, font, text, EDGE + indent, w->y, width, color) + space;
}

static void put_rule(struct pdf_writer *w, float from, float to)
{
    w->y += 20;
    if (w->y > w->height - EDGE)
        new_page(w);
    canvas_move_to(w->canvas, from, w->y);
    canvas_line_to(w->canvas, to, w->y);
    canvas_stroke_path(w->canvas, 0.6f, 0, SOFT);
    w->y += 6;
}

/* A left side with its blank, and beside it a right side with its letter. */
static void put_pair(struct pdf_writer *w, const struct canvas_font *font, size_t index, struct str left,
                     struct str right)
{
    float half = (w->width - 2 * EDGE - 24) / 2, x = EDGE + 24;
    struct str sides[] = {str_format(w->text.arena, "____  %.*s", STR_ARG(left)),
                          str_format(w->text.arena, "%c)  %.*s", (char)('a' + index % 26), STR_ARG(right))};
    float heights[2], tallest = 0;
    for (int i = 0; i < 2; i++) {
        heights[i] = canvas_text_block(w->canvas, font, sides[i], 0, 0, half - 8, 0);
        tallest = heights[i] > tallest ? heights[i] : tallest;
    }
    if (w->y + tallest > w->height - EDGE)
        new_page(w);
    for (int i = 0; i < 2; i++)
        canvas_text_block(w->canvas, font, sides[i], x + (float)i * half, w->y, half - 8, INK);
    w->y += tallest + 1;
}

/* Room for the answer: boxes to tick, parts to number, or a line. */
static void put_answer_space(struct pdf_writer *w, const struct card *card)
{
    const struct canvas_font font = {SERIF, 11, 400, false};
    struct arena *arena = w->text.arena;
    struct str_list left = {0}, right = {0};
    for (size_t i = 0; i < card->choices.count; i++)
        put(w, &font, str_format(arena, "☐  %.*s", STR_ARG(card->choices.items[i])), 24, 1, INK);
    split_items(arena, card, &left, &right);
    for (size_t i = 0; i < right.count && !card->choices.count; i++)
        if (card->kind == CARD_MATCH)
            put_pair(w, &font, i, left.items[i], right.items[i]);
        else
            put(w, &font, str_format(arena, "____  %.*s", STR_ARG(right.items[i])), 24, 1, INK);
    if (!card->choices.count && !right.count)
        put_rule(w, EDGE + 24, w->width - EDGE);
    w->y += 10;
}

/* A question stays together with the first line of its answer. */
static void put_question(struct pdf_writer *w, size_t index)
{
    const struct canvas_font font = {SERIF, 12, 400, false};
    const struct card *card = &w->cards.items[index].card;
    if (w->y > w->height - EDGE - 60)
        new_page(w);
    put(w, &font, str_format(w->text.arena, "%zu.  %.*s", index + 1, STR_ARG(card->prompt)), 0, 3, INK);
    put_answer_space(w, card);
}

static void put_key(struct pdf_writer *w, size_t index)
{
    const struct canvas_font font = {SERIF, 11, 600, false}, small = {SERIF, 9, 400, false};
    const struct sheet_card *card = &w->cards.items[index];
    put(w, &font, str_format(w->text.arena, "%zu.  %.*s", index + 1, STR_ARG(card->card.answer)), 0, 1, INK);
    if (card->feedback.len)
        put(w, &small, card->feedback, 24, 4, SOFT);
    w->y += 3;
}

static void draw_quiz(struct pdf_writer *w)
{
    const struct canvas_font title = {SANS, 18, 700, false}, small = {SANS, 10, 400, false};
    bool spanish = w->cards.count && str_equal(w->cards.items[0].card.lang, STR("es"));
    w->y = EDGE;
    put(w, &title, w->text.title, 0, 10, INK);
    put(w, &small,
        spanish ? STR("Nombre: ________________________________     Fecha: ______________")
                : STR("Name: ________________________________     Date: ______________"),
        0, 18, SOFT);
    for (size_t i = 0; i < w->cards.count; i++)
        put_question(w, i);
    new_page(w);
    put(w, &title,
        str_format(w->text.arena, spanish ? "%.*s: soluciones" : "%.*s: answers", STR_ARG(w->text.title)), 0,
        12, INK);
    for (size_t i = 0; i < w->cards.count; i++)
        put_key(w, i);
}

/* Beside its place first, as every other file is written. */
static bool draw(struct pdf_writer *w, struct error *e)
{
    struct str path = str_format(w->text.arena, "%.*s.part", STR_ARG(w->text.path));
    w->canvas = canvas_pdf(path.ptr, w->width, w->height, e);
    if (!w->canvas)
        return false;
    if (w->quiz)
        draw_quiz(w);
    else
        draw_cards(w);
    if (canvas_close(w->canvas, e) && rename(path.ptr, w->text.path.ptr) == 0)
        return true;
    remove(path.ptr);
    if (e->kind == ERROR_NONE)
        fail(e, ERROR_IO, _("%.*s could not be written."), STR_ARG(w->text.path));
    return false;
}

static bool close_pdf(struct writer *writer, bool ok, struct error *e)
{
    struct pdf_writer *w = (struct pdf_writer *)writer;
    struct arena *arena = w->text.arena;
    ok = ok && draw(w, e);
    buffer_finish(&w->text.out);
    arena_finish(arena);
    free(arena);
    return ok;
}

const struct write_format write_pdf = {
    .name = "pdf", .open = open_pdf, .deck = text_writer_deck, .note = add_note, .close = close_pdf};
