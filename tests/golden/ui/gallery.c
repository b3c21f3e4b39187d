/* One page with every widget, in every theme, compared with the pictures and the tree beside this file; with
 * --update they are written anew. Stub fonts: no font library moves a pixel. */
#include "base/file.h"
#include "ui/chart.h"
#include "ui/test.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNDO = 1, REVEAL, OTHER };

static bool command(void *self, int number, struct ui_command *ret)
{
    (void)self;
    if (number == UNDO)
        *ret = (struct ui_command){.name = STR("Undo"), .keys = STR("U")};
    else if (number == REVEAL)
        *ret = (struct ui_command){.name = STR("Show answer"), .keys = STR("Space")};
    return number == UNDO || number == REVEAL;
}

static void study(struct ui *ui)
{
    static const struct ui_run passage[] = {
        {.text = {"«Seven months later ", 21}},
        {.text = {"the weights were published", 26}, .style = UI_MARKED},
        {.text = {" with a ", 8}},
        {.text = {"licence", 7}, .style = UI_ITALIC | UI_UNDERLINE},
        {.text = {" that allowed it.»", 19}},
    };
    ui_card(ui, .width = UI_GROW, .gap = 16);
    ui_chip(ui, STR("Date"), UI_ACCENT, UI_ACCENT_SOFT);
    ui_text(ui, .text = STR("In which month and year?"), .family = UI_FAMILY_STUDY, .size = UI_PROMPT);
    ui_divider(ui);
    ui_text(ui, .text = STR("July 2023"), .family = UI_FAMILY_STUDY, .size = UI_ANSWER, .style = UI_BOLD,
            .color = UI_SUCCESS);
    ui_quote(ui, STR("passage"));
    ui_text(ui, .runs = passage, .run_count = 5, .family = UI_FAMILY_STUDY, .size = UI_READING,
            .color = UI_TEXT2);
    ui_link(ui, STR("source"), STR("chapter 7, line 35"), OTHER, 0);
    ui_close(ui);
    ui_close(ui);
    ui_grades(ui, 4, 900);
    ui_grade(ui, .command = OTHER, .label = STR("Again"), .interval = STR("<10 min"), .keys = STR("1"),
             .glyph = STR("✗"), .color = UI_DANGER, .soft = UI_DANGER_SOFT);
    ui_grade(ui, .command = OTHER, .label = STR("Hard"), .interval = STR("3 days"), .keys = STR("2"),
             .glyph = STR("~"), .color = UI_WARNING, .soft = UI_WARNING_SOFT);
    ui_grade(ui, .command = OTHER, .label = STR("Good"), .interval = STR("9 days"), .keys = STR("3"),
             .glyph = STR("✓"), .color = UI_SUCCESS, .soft = UI_SUCCESS_SOFT, .autofocus = true);
    ui_grade(ui, .command = OTHER, .label = STR("Easy"), .interval = STR("21 days"), .keys = STR("4"),
             .glyph = STR("»"), .color = UI_ACCENT, .soft = UI_ACCENT_SOFT);
    ui_close(ui);
}

static void controls(struct ui *ui)
{
    const struct str themes[] = {STR("System"), STR("Light"), STR("Dark")};
    static const int hints[] = {UNDO, REVEAL};
    ui_open(ui, .layout = UI_WRAP, .gap = 8, .row_gap = 8, .width = UI_GROW);
    ui_button(ui, .command = REVEAL, .look = UI_PRIMARY);
    ui_button(ui, .label = STR("Plain"), .command = OTHER, .keys = STR("P"));
    ui_button(ui, .label = STR("Delete"), .command = OTHER, .look = UI_LOOK_DANGER);
    ui_button(ui, .label = STR("Off"), .command = OTHER, .state = UI_DISABLED);
    ui_button(ui, .label = STR("Chosen"), .command = OTHER, .state = UI_SELECTED);
    ui_button(ui, .label = STR("Quiet"), .command = OTHER, .look = UI_QUIET);
    ui_close(ui);
    ui_toggle(ui, STR("toggle"), STR("Read aloud"), true, OTHER, 0);
    ui_slider(ui, STR("slider"), STR("Goal"), 0.9, 0.7, 0.97, 0.01, STR("90 %"), OTHER);
    ui_segmented(ui, STR("theme"), STR("Theme"), themes, 3, 1, OTHER);
    ui_field(ui, .key = STR("field"), .label = STR("Answer"), .initial = STR("julio"),
             .error = STR("Say which year"), .command = OTHER);
    ui_option_box(ui, &(struct ui_option){.label = STR("OpenAI"),
                                          .reason = STR("founded in 2015"),
                                          .keys = STR("1"),
                                          .verdict = UI_OPTION_WRONG,
                                          .chosen = true});
    ui_option_box(ui,
                  &(struct ui_option){.label = STR("Google"), .keys = STR("2"), .verdict = UI_OPTION_RIGHT});
    ui_hints(ui, hints, 2);
}

static void progress(struct ui *ui)
{
    static const enum ui_segment segments[12] = {UI_GOOD, UI_HARD, UI_BAD, UI_CURRENT};
    ui_segments(ui, segments, 12, STR("4 of 12"));
    ui_deck_header(ui, STR("DECK"), STR("TODAY"), STR("RECALL"), STR("NEXT"));
    ui_deck_row_box(ui, &(struct ui_deck_row){.key = STR("a"),
                                              .name = STR("Chronicle"),
                                              .has_children = true,
                                              .expanded = true,
                                              .selected = true,
                                              .due = 21,
                                              .due_max = 21,
                                              .recall = 0.87,
                                              .next = STR("today"),
                                              .command = OTHER});
    ui_deck_row_box(ui, &(struct ui_deck_row){.key = STR("b"),
                                              .name = STR("Open models"),
                                              .depth = 1,
                                              .due = 13,
                                              .due_max = 21,
                                              .recall = 0.71,
                                              .weak = true,
                                              .next = STR("today"),
                                              .command = OTHER});
}

static void charts(struct ui *ui)
{
    static const struct ui_moment moments[] = {
        {2017.5, {"Transformer", 11}, {"Jun 2017", 8}, UI_NONE, 1},
        {2022.9, {"ChatGPT", 7}, {"Nov 2022", 8}, UI_SUCCESS, 2},
        {2023.1, {"Llama", 5}, {"Feb 2023", 8}, UI_WARNING, 3},
    };
    struct ui_point points[35];
    for (int i = 0; i < 35; i++) {
        double value = i == 12 ? (double)NAN : 85 + 8 * sin(i * 0.7);
        points[i] = (struct ui_point){value, value - 4, value + 3, STR("week"), STR("85 %"), UI_NONE};
    }
    struct ui_chart chart = {.key = STR("line"),
                             .title = STR("How much do I remember?"),
                             .summary = STR("91 %"),
                             .points = points,
                             .count = 35,
                             .min = 70,
                             .max = 100,
                             .target = 90,
                             .target_label = STR("goal"),
                             .unit = STR(" %")};
    ui_line_chart(ui, &chart);
    chart =
        (struct ui_chart){.key = STR("bars"), .title = STR("What is coming?"), .points = points, .count = 7};
    ui_bar_chart(ui, &chart);
    chart =
        (struct ui_chart){.key = STR("heat"), .title = STR("Am I steady?"), .points = points, .count = 35};
    ui_heat_map(ui, &chart, 2);
    ui_time_line(ui, &(struct ui_timeline){.key = STR("time"),
                                           .title = STR("When?"),
                                           .moments = moments,
                                           .count = 3,
                                           .command = OTHER,
                                           .lanes = 2});
}

static void build(struct ui *ui, const struct ui_frame *frame)
{
    ui_begin(ui, frame);
    ui_open(ui, .layout = UI_GRID, .columns = 2, .gap = 24, .padding = UI_ALL(24), .width = UI_GROW);
    ui_open(ui, .width = UI_GROW, .gap = 16), study(ui), ui_close(ui);
    ui_open(ui, .width = UI_GROW, .gap = 12), controls(ui), ui_close(ui);
    ui_open(ui, .width = UI_GROW, .gap = 8), progress(ui), ui_close(ui);
    ui_open(ui, .width = UI_GROW, .gap = 16), charts(ui), ui_close(ui);
    ui_close(ui);
    ui_end(ui);
}

static bool same_picture(struct canvas *canvas, const char *path, bool update)
{
    struct canvas *wanted = NULL;
    struct error e = {0};
    if (update)
        return canvas_write_png(canvas, path, &e);
    if (!canvas_read_png(path, &wanted, &e)) {
        fprintf(stderr, "%s: %s\n", path, e.text);
        return false;
    }
    double share = canvas_difference(canvas, wanted, 8);
    if (share > 0.001)
        fprintf(stderr, "%s: %.2f %% of the pixels differ; run with --update if they should\n", path,
                share * 100);
    canvas_close(wanted, NULL);
    return share <= 0.001;
}

static bool same_text(struct str text, const char *path, bool update)
{
    struct arena arena = {0};
    struct error e = {0};
    struct str wanted = {0};
    bool good = update ? file_write(path, text, &e)
                       : file_read(&arena, path, 1 << 20, &wanted, &e) && str_equal(text, wanted);
    if (!good)
        fprintf(stderr, "%s differs: %s\n%.*s\n", path, e.text, STR_ARG(text));
    arena_finish(&arena);
    return good;
}

static bool check(struct ui *ui, const char *folder, enum ui_theme theme, const char *name, bool update)
{
    struct canvas *canvas = canvas_new(1400, 1560, 1);
    struct pixel_rect rects[UI_DAMAGE_MAX];
    struct ui_frame frame = {.width = 1400, .height = 1560, .scale = 1, .theme = theme, .lang = STR("en")};
    char path[512];
    int count;
    build(ui, &frame); /* twice: the time line learns its width from the first */
    build(ui, &frame);
    ui_paint(ui, canvas, rects, &count);
    snprintf(path, sizeof path, "%s/gallery-%s.png", folder, name);
    bool good = same_picture(canvas, path, update);
    canvas_close(canvas, NULL);
    return good;
}

int main(int argc, char **argv)
{
    static const struct ui_host host = {.command = command};
    bool update = argc > 2 && !strcmp(argv[2], "--update"), good = true;
    static const char *const names[UI_THEME_COUNT] = {"light", "dark", "contrast"};
    struct ui *ui = ui_new(ui_stub_fonts(), &host);
    struct buffer tree = {0}, faults = {0};
    char path[512];
    for (int theme = 0; theme < UI_THEME_COUNT; theme++)
        good &= check(ui, argv[1], (enum ui_theme)theme, names[theme], update);
    ui_dump(ui, &tree);
    ui_audit(ui, &faults);
    snprintf(path, sizeof path, "%s/gallery.txt", argv[1]);
    good &= same_text(buffer_str(&tree), path, update);
    if (faults.len)
        fprintf(stderr, "%s", faults.bytes);
    good &= !faults.len;
    buffer_finish(&tree);
    buffer_finish(&faults);
    ui_free(ui);
    return good ? 0 : 1;
}
