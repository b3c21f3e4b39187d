/* How long the toolkit takes: build and layout of a screen, painting, a whole chapter laid out. Stub fonts, so that
 * the numbers are those of the toolkit. */
#include "base/buffer.h"
#include "base/random.h"
#include "canvas/canvas.h"
#include "ui/chart.h"
#include "ui/widgets.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 200, WORDS = 14000, PARAGRAPH = 70 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* of the toolkit itself, however busy the machine is */
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const char *what, double times[ROUNDS])
{
    qsort(times, ROUNDS, sizeof *times, by_size);
    printf("%-46s p50 %8.3f ms  p99 %8.3f ms\n", what, times[ROUNDS / 2], times[ROUNDS * 99 / 100]);
}

/* About 200 nodes, as the study screen with a deck table below. */
static void build_screen(struct ui *ui)
{
    static enum ui_segment segments[20] = {UI_GOOD, UI_GOOD, UI_HARD, UI_CURRENT};
    ui_open(ui, .width = UI_GROW, .height = UI_GROW, .scroll = true, .padding = UI_ALL(24), .gap = 16);
    ui_segments(ui, segments, 20, STR("4 of 20"));
    ui_card(ui, .width = UI_GROW_TO(760), .gap = 16);
    ui_chip(ui, STR("Date"), UI_ACCENT, UI_ACCENT_SOFT);
    ui_text(ui, .text = STR("In which month and year were the weights released under a commercial licence?"),
            .family = UI_FAMILY_STUDY, .size = UI_PROMPT);
    ui_divider(ui);
    ui_quote(ui, STR("quote"));
    ui_text(ui,
            .text =
                STR("Seven months after the weights of the first version had leaked, the second came with a "
                    "licence that did allow commercial use."),
            .family = UI_FAMILY_STUDY, .size = UI_READING);
    ui_close(ui);
    ui_close(ui);
    ui_grades(ui, 4, 760);
    for (int i = 0; i < 4; i++)
        ui_grade(ui, .command = 1 + i, .label = STR("Good"), .interval = STR("9 days"), .keys = STR("3"),
                 .glyph = STR("+"), .color = UI_SUCCESS, .soft = UI_SUCCESS_SOFT);
    ui_close(ui);
    for (int i = 0; i < 9; i++)
        ui_deck_row_box(ui, &(struct ui_deck_row){.name = STR("Chronicle"),
                                                  .due = 21,
                                                  .due_max = 30,
                                                  .recall = 0.8,
                                                  .next = STR("today"),
                                                  .command = 9,
                                                  .argument = i});
    ui_close(ui);
}

static void frame(struct ui *ui, float width, float scale)
{
    ui_begin(ui, &(struct ui_frame){.width = width, .height = 800, .scale = scale, .lang = STR("en")});
}

static void measure_screen(struct ui *ui, float scale)
{
    struct canvas *canvas = canvas_new((int)(1280 * scale), (int)(800 * scale), scale);
    struct pixel_rect rects[UI_DAMAGE_MAX];
    double built[ROUNDS], whole[ROUNDS], part[ROUNDS];
    size_t nodes;
    int count;
    for (int i = 0; i < ROUNDS; i++) {
        double start = now_ms();
        frame(ui, 1280, scale);
        build_screen(ui);
        ui_end(ui);
        built[i] = now_ms() - start;
        ui_repaint(ui);
        start = now_ms();
        ui_paint(ui, canvas, rects, &count);
        whole[i] = now_ms() - start;
        start = now_ms();
        struct ui_action action;
        ui_event(ui, &(struct ui_event){.kind = UI_EVENT_KEY, .key = UI_KEY_TAB}, &action);
        frame(ui, 1280, scale);
        build_screen(ui);
        ui_end(ui);
        ui_paint(ui, canvas, rects, &count);
        part[i] = now_ms() - start;
    }
    char what[64];
    ui_nodes(ui, &nodes);
    snprintf(what, sizeof what, "build + layout of %zu nodes at %.0fx", nodes, (double)scale);
    report(what, built);
    snprintf(what, sizeof what, "full redraw of 1280x800 at %.0fx", (double)scale);
    report(what, whole);
    snprintf(what, sizeof what, "Tab: event, build, layout, damage at %.0fx", (double)scale);
    report(what, part);
    canvas_close(canvas, NULL);
}

/* Text with the word lengths and repetitions of prose. */
static void write_prose(struct random *random, struct buffer *ret)
{
    for (int i = 0; i < PARAGRAPH; i++) {
        uint64_t word = random_below(random, random_below(random, 600) + 1);
        int letters = 2 + (int)(word * 2654435761U >> 7) % 9;
        for (int k = 0; k < letters; k++)
            buffer_add_char(ret, (char)('a' + (word + (uint64_t)k * 7) % 26));
        buffer_add_char(ret, ' ');
    }
}

static void build_chapter(struct ui *ui, const struct buffer *paragraphs, int count)
{
    ui_open(ui, .width = UI_GROW, .height = UI_GROW, .scroll = true, .gap = 12, .align = UI_CENTER);
    for (int i = 0; i < count; i++)
        ui_text(ui, .text = buffer_str(&paragraphs[i]), .family = UI_FAMILY_STUDY, .size = UI_READING,
                .width = UI_GROW_TO(680));
    ui_close(ui);
}

static void measure_chapter(void)
{
    enum { COUNT = WORDS / PARAGRAPH };
    struct buffer paragraphs[COUNT] = {0};
    struct random random = {1};
    double warm[ROUNDS], resized[ROUNDS], start;
    struct ui *ui = ui_new(ui_stub_fonts(), NULL);
    for (int i = 0; i < COUNT; i++)
        write_prose(&random, &paragraphs[i]);
    for (int i = -1; i < ROUNDS; i++) {
        start = now_ms();
        frame(ui, 1280, 1);
        build_chapter(ui, paragraphs, COUNT);
        ui_end(ui);
        if (i < 0)
            printf("%-46s once %7.3f ms\n", "14,000 words, cold", now_ms() - start);
        else
            warm[i] = now_ms() - start;
    }
    for (int i = 0; i < ROUNDS; i++) {
        start = now_ms();
        frame(ui, 400 + (float)(i % 100), 1);
        build_chapter(ui, paragraphs, COUNT);
        ui_end(ui);
        resized[i] = now_ms() - start;
    }
    report("14,000 words, warm", warm);
    report("14,000 words, window resized", resized);
    for (int i = 0; i < COUNT; i++)
        buffer_finish(&paragraphs[i]);
    ui_free(ui);
}

int main(void)
{
    struct ui *ui = ui_new(ui_stub_fonts(), NULL);
    measure_screen(ui, 1);
    measure_screen(ui, 2);
    measure_chapter();
    ui_free(ui);
    return 0;
}
