#include "test.h"

#include "base/random.h"
#include "ui/chart.h"
#include "ui/test.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* fontconfig keeps one pattern, behind offsets that the leak checker cannot follow. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

/* ---- A toolkit with stub fonts and a few commands ---- */

enum {
    COMMAND_NONE,
    COMMAND_REVEAL,
    COMMAND_UNDO,
    COMMAND_CLOSE,
    COMMAND_TYPED,
    COMMAND_SUBMIT,
    COMMAND_OFF
};

static char clipboard[256];

static bool host_command(void *self, int command, struct ui_command *ret)
{
    static const struct ui_command commands[] = {
        [COMMAND_REVEAL] = {.name = {"Show answer", 11}, .keys = {"Space", 5}},
        [COMMAND_UNDO] = {.name = {"Undo", 4}, .keys = {"U", 1}, .help = {"Takes the last grade back", 25}},
        [COMMAND_OFF] = {.name = {"Off", 3}, .disabled = true},
    };
    (void)self;
    if ((size_t)command >= sizeof commands / sizeof *commands || !commands[command].name.len)
        return false;
    *ret = commands[command];
    return true;
}

static void host_copy(void *self, struct str text)
{
    (void)self;
    snprintf(clipboard, sizeof clipboard, "%.*s", STR_ARG(text));
}

static struct str host_paste(void *self, struct arena *arena)
{
    (void)self;
    return str_copy(arena, str_from(clipboard));
}

static const struct ui_host host = {.command = host_command, .copy = host_copy, .paste = host_paste};

struct world {
    struct ui *ui;
    struct ui_frame frame;
};

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    world->ui = ui_new(ui_stub_fonts(), &host);
    world->frame = (struct ui_frame){.width = 1000, .height = 600, .scale = 1, .lang = STR("es")};
    clipboard[0] = 0;
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    ui_free(world->ui);
    free(world);
    return 0;
}

static void begin(struct world *world)
{
    ui_begin(world->ui, &world->frame);
}

static void assert_rect(struct rect r, float x, float y, float w, float h)
{
    if (fabsf(r.x - x) > 0.6F || fabsf(r.y - y) > 0.6F || fabsf(r.w - w) > 0.6F || fabsf(r.h - h) > 0.6F) {
        print_error("%.1f,%.1f %.1f×%.1f is not %.1f,%.1f %.1f×%.1f\n", (double)r.x, (double)r.y, (double)r.w,
                    (double)r.h, (double)x, (double)y, (double)w, (double)h);
        _fail(__FILE__, __LINE__);
    }
}

static struct rect rect_of(struct world *world, const char *key)
{
    char selector[64];
    snprintf(selector, sizeof selector, "*[key='%s']", key);
    const struct ui_node *node = ui_find(world->ui, selector);
    assert_non_null(node);
    return node->rect;
}

static void assert_sound(struct world *world)
{
    struct buffer faults = {0};
    ui_audit(world->ui, &faults);
    assert_str(buffer_str(&faults), "");
    buffer_finish(&faults);
}

/* ---- Theme ---- */

static void every_pair_of_colours_has_its_contrast(void **state)
{
    int count;
    const struct ui_color_pair *pairs = ui_theme_pairs(&count);
    (void)state;
    for (int theme = 0; theme < UI_THEME_COUNT; theme++)
        for (int i = 0; i < count; i++) {
            double ratio = ui_contrast(ui_theme_color(theme, pairs[i].foreground),
                                       ui_theme_color(theme, pairs[i].background));
            double wanted = theme == UI_CONTRAST && pairs[i].wanted > 4 ? 7 : (double)pairs[i].wanted;
            if (ratio < wanted)
                print_error("theme %d: %d on %d is %.2f, not %.1f\n", theme, pairs[i].foreground,
                            pairs[i].background, ratio, wanted);
            assert_true(ratio >= wanted);
        }
    assert_true(fabs(ui_contrast(0xff000000, 0xffffffff) - 21) < 0.01);
}

/* ---- Layout ---- */

static void a_column_stacks_and_stretches(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .width = UI_GROW, .height = UI_GROW, .padding = UI_ALL(10), .gap = 5);
    ui_leaf(ui, .key = STR("a"), .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("b"), .width = UI_GROW, .height = UI_GROW);
    ui_leaf(ui, .key = STR("c"), .width = UI_GROW_TO(200), .height = UI_FIXED(30));
    ui_close(ui);
    ui_end(ui);
    assert_rect(rect_of(world, "a"), 10, 10, 100, 20);
    assert_rect(rect_of(world, "b"), 10, 35, 980, 520);
    assert_rect(rect_of(world, "c"), 10, 560, 200, 30);
}

static void a_row_shares_its_room_by_weight_and_limits(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .layout = UI_ROW, .width = UI_GROW, .gap = 10, .align = UI_CENTER);
    ui_leaf(ui, .key = STR("a"), .width = UI_FIXED(90), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("b"), .width = UI_GROW_BY(2), .height = UI_FIXED(40));
    ui_leaf(ui, .key = STR("c"), .width = UI_GROW_BY(1), .height = UI_FIXED(10));
    ui_leaf(ui, .key = STR("d"), .width = UI_GROW_TO(80), .height = UI_FIXED(10));
    ui_close(ui);
    ui_end(ui);
    assert_rect(rect_of(world, "a"), 0, 10, 90, 20);
    assert_rect(rect_of(world, "d"), 920, 15, 80, 10);
    assert_rect(rect_of(world, "b"), 100, 0, 533.3F, 40);
    assert_rect(rect_of(world, "c"), 643.3F, 15, 266.7F, 10);
}

static void a_row_too_full_gives_way_instead_of_sticking_out(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    world->frame.width = 300;
    begin(world);
    ui_open(ui, .layout = UI_ROW, .width = UI_GROW, .gap = 10);
    ui_text(ui, .key = STR("long"), .text = STR("a sentence that is certainly wider than its half"));
    ui_button(ui, .key = STR("go"), .label = STR("Go"), .command = 9);
    ui_close(ui);
    ui_end(ui);
    struct rect text = rect_of(world, "long"), go = rect_of(world, "go");
    assert_true(go.x + go.w <= 300.5F);
    assert_true(text.h > 30);
    assert_sound(world);
}

static void a_grid_lines_up_its_columns(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .layout = UI_GRID, .columns = 2, .gap = 10, .width = UI_GROW);
    ui_leaf(ui, .key = STR("a"), .width = UI_FIXED(50), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("b"), .width = UI_GROW, .height = UI_FIXED(40));
    ui_leaf(ui, .key = STR("c"), .width = UI_FIXED(90), .height = UI_FIXED(10));
    ui_leaf(ui, .key = STR("d"), .width = UI_GROW, .height = UI_FIXED(10));
    ui_close(ui);
    ui_end(ui);
    assert_rect(rect_of(world, "b"), 100, 0, 900, 40);
    assert_rect(rect_of(world, "d"), 100, 50, 900, 10);
}

static void a_wrap_goes_on_below(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .key = STR("wrap"), .layout = UI_WRAP, .gap = 10, .row_gap = 4, .width = UI_FIXED(250));
    for (int i = 0; i < 5; i++)
        ui_leaf(ui, .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("last"), .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_close(ui);
    ui_end(ui);
    assert_rect(rect_of(world, "wrap"), 0, 0, 250, 68);
    assert_rect(rect_of(world, "last"), 110, 48, 100, 20);
}

static void the_lines_of_a_wrap_can_be_centred(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .layout = UI_WRAP, .gap = 10, .width = UI_FIXED(250), .justify = UI_CENTER);
    ui_leaf(ui, .key = STR("a"), .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("b"), .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_leaf(ui, .key = STR("c"), .width = UI_FIXED(100), .height = UI_FIXED(20));
    ui_close(ui);
    ui_end(ui);
    assert_rect(rect_of(world, "a"), 20, 0, 100, 20);
    assert_rect(rect_of(world, "c"), 75, 30, 100, 20);
}

static void what_does_not_fit_the_window_scrolls(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct ui_action action;
    for (int frame = 0; frame < 2; frame++) {
        begin(world);
        ui_open(ui, .width = UI_GROW);
        for (int i = 0; i < 40; i++)
            ui_leaf(ui, .height = UI_FIXED(50));
        ui_leaf(ui, .key = STR("end"), .height = UI_FIXED(50));
        ui_close(ui);
        ui_end(ui);
        if (!frame)
            assert_int_equal(ui_press(ui, "End", &action), UI_USED);
    }
    assert_rect(rect_of(world, "end"), 0, 550, 0, 50);
}

static void a_picture_keeps_its_shape_in_a_narrow_place(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct canvas_image *image = canvas_image_new(800, 400);
    world->frame.width = 200;
    begin(world);
    ui_image(ui, image, STR("map"), 0);
    ui_end(ui);
    assert_rect(ui_find(ui, "image[name='map']")->rect, 0, 0, 200, 100);
    canvas_image_free(image);
}

/* ---- Text ---- */

static const struct ui_node *flow(struct world *world, const char *text, float width,
                                  struct ui_paragraph paragraph)
{
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .width = UI_FIXED(width));
    paragraph.text = str_from(text);
    ui_text_box(ui, &paragraph);
    ui_close(ui);
    ui_end(ui);
    return ui_find(ui, "text");
}

static void text_wraps_at_its_width(void **state)
{
    /* The stub's letters are 0.55 em wide: 8.8 px at 16. */
    static const struct {
        const char *text;
        float width;
        int lines;
    } table[] = {
        {"", 100, 1},
        {"one", 100, 1},
        {"one two three", 200, 1},
        {"one two three", 70, 2}, /* "one two" is 61.6 */
        {"one two three", 50, 3},
        {"first\nsecond", 500, 2},
        {"first\n\nthird", 500, 3},
        {"trailing feed\n", 500, 1},
        {"Llama 2", 45, 2},                /* glued: breaks only because nothing else helps */
        {"los pesos de Llama 2", 170, 2},  /* "Llama 2" goes down as one */
        {"incomprehensibilities", 100, 2}, /* 184.8 wide: broken between letters */
        {"a incomprehensibilities", 100, 3},
        {"中文没有空格但是也要换行", 64, 3}, /* 12 × 16 px */
        {"שלום עולם", 500, 1},
        {"    ", 10, 1},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct ui_node *node = flow(*state, table[i].text, table[i].width, (struct ui_paragraph){0});
        int lines = (int)lrintf(node->rect.h / 20);
        if (lines != table[i].lines)
            print_error("\"%s\" at %.0f: %d lines\n", table[i].text, (double)table[i].width, lines);
        assert_int_equal(lines, table[i].lines);
        assert_true(text_width(node->text, 1) <= table[i].width + 1);
    }
}

static void no_text_is_ever_wider_than_its_place(void **state)
{
    static const char *const words[] = {"a",     "de",
                                        "razón", "incomprehensible",
                                        "«así»", "https://a.b/c?d=e&f=g",
                                        "שלום",  "مرحبا",
                                        "🙂",  "n.º 4",
                                        "87 %",  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    struct random random = {7};
    struct world *world = *state;
    for (int round = 0; round < 150; round++) {
        struct buffer text = {0};
        int count = 1 + (int)random_below(&random, 30);
        for (int i = 0; i < count; i++)
            buffer_format(&text, "%s ", words[random_below(&random, sizeof words / sizeof *words)]);
        float width = 30 + (float)random_below(&random, 500);
        world->frame.scale = 0.75F + (float)random_below(&random, 8) / 4;
        const struct ui_node *node = flow(world, text.bytes, width, (struct ui_paragraph){.size = 18});
        if (text_width(node->text, world->frame.scale) > width + 1)
            print_error("%.0f wide at %.0f, scale %.2f: %s\n",
                        (double)text_width(node->text, world->frame.scale), (double)width,
                        (double)world->frame.scale, text.bytes);
        assert_true(text_width(node->text, world->frame.scale) <= width + 1);
        buffer_finish(&text);
    }
}

static void an_ellipsis_stands_only_where_it_is_asked(void **state)
{
    struct world *world = *state;
    const struct ui_node *node =
        flow(world, "a title that is too long for its place", 150, (struct ui_paragraph){.lines = 1});
    assert_true(text_is_cut(node->text));
    assert_rect(node->rect, 0, 0, 150, 20);
    assert_str(node->name, "a title that is too long for its place");
    node = flow(world, "short", 150, (struct ui_paragraph){.lines = 1});
    assert_false(text_is_cut(node->text));
    node = flow(world, "incomprehensibilities", 60, (struct ui_paragraph){.lines = 1, .no_wrap = true});
    assert_true(text_is_cut(node->text));
}

static void carets_stand_where_points_find_them(void **state)
{
    static const char *const texts[] = {"one two three four five six", "niño español", "שלום עולם טוב",
                                        "abc שלום def", "e\xcc\x81t e\xcc\x81"};
    struct world *world = *state;
    struct text_cache *cache = text_cache_new(ui_stub_fonts());
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ui_text_node text = {.text = str_from(texts[i]), .size = 16, .leading = 1.25F};
        float min, best;
        text_prepare(cache, &text, STR("es"), 1, 1, &min, &best);
        text_break(cache, &text, 120, 1, 1);
        for (size_t at = 0; at < text.text.len; at++) {
            if (((unsigned char)text.text.ptr[at] & 0xc0) == 0x80 || text.text.ptr[at] == ' ' ||
                text.text.ptr[at] == '\xcc')
                continue;
            struct rect caret = text_caret(cache, &text, 120, 1, at);
            int span;
            size_t found = text_offset_at(cache, &text, 120, 1, caret.x, caret.y + 5, &span);
            struct rect again = text_caret(cache, &text, 120, 1, found);
            assert_true(fabsf(again.x - caret.x) < 0.6F && again.y == caret.y);
        }
    }
    text_cache_free(cache);
    (void)world;
}

static void text_that_runs_left_starts_at_the_right(void **state)
{
    struct text_cache *cache = text_cache_new(ui_stub_fonts());
    struct ui_text_node text = {.text = str_from("שלום עולם"), .size = 20, .leading = 1.25F};
    float min, best;
    (void)state;
    text_prepare(cache, &text, STR("es"), 1, 1, &min, &best);
    text_break(cache, &text, 300, 1, 1);
    assert_true(fabsf(text_caret(cache, &text, 300, 1, 0).x - 300) < 1);
    assert_true(text_caret(cache, &text, 300, 1, 8).x < 300 - 4 * 11 + 1);
    text_cache_free(cache);
}

static void runs_in_many_styles_make_one_paragraph(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    const struct ui_run runs[] = {
        {.text = STR("«Siete meses después, ")},
        {.text = STR("Meta publicó Llama 2"), .style = UI_MARKED},
        {.text = STR(" con "), .style = UI_ITALIC},
        {.text = STR("licencia"), .style = UI_UNDERLINE, .command = 77, .argument = 5},
    };
    struct ui_action action = {0};
    begin(world);
    ui_text(ui, .runs = runs, .run_count = 4, .family = UI_FAMILY_STUDY, .size = 20);
    ui_end(ui);
    const struct ui_node *node = ui_find(ui, "text");
    assert_str(node->name, "«Siete meses después, Meta publicó Llama 2 con licencia");
    struct ui_event event = {
        .kind = UI_EVENT_DOWN, .x = node->rect.w - 20, .y = 10, .button = 1, .clicks = 1};
    ui_event(ui, &event, &action);
    event.kind = UI_EVENT_UP;
    assert_int_equal(ui_event(ui, &event, &action), UI_ACTED);
    assert_int_equal(action.command, 77);
    assert_int_equal(action.argument, 5);
}

/* ---- Focus and keys ---- */

static void build_form(struct world *world, bool dialog)
{
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .width = UI_GROW, .gap = 10);
    ui_button(ui, .key = STR("one"), .command = COMMAND_REVEAL, .autofocus = true);
    ui_button(ui, .key = STR("off"), .command = COMMAND_OFF);
    ui_open(ui, .key = STR("group"), .roving = true, .gap = 4);
    ui_button(ui, .key = STR("x"), .label = STR("x"), .command = 11);
    ui_button(ui, .key = STR("y"), .label = STR("y"), .command = 12);
    ui_close(ui);
    ui_button(ui, .key = STR("last"), .command = COMMAND_UNDO);
    ui_close(ui);
    if (dialog) {
        ui_dialog(ui, STR("ask"), STR("Really?"), 400, COMMAND_CLOSE);
        ui_button(ui, .key = STR("yes"), .label = STR("Yes"), .command = 21);
        ui_button(ui, .key = STR("no"), .label = STR("No"), .command = 22, .autofocus = true);
        ui_close_dialog(ui);
    }
    ui_end(ui);
}

static void assert_focus(struct world *world, const char *key)
{
    const struct ui_node *node = ui_node_by_id(world->ui, ui_focus(world->ui));
    assert_non_null(node);
    assert_str(node->box.key, key);
    assert_true(node->state & UI_FOCUSED);
}

static void tab_goes_in_reading_order_and_arrows_within_a_group(void **state)
{
    struct world *world = *state;
    struct ui_action action;
    static const char *const script[][2] = {
        {"Tab", "x"}, {"Down", "y"},        {"Tab", "last"},       {"Shift+Tab", "y"},
        {"Up", "x"},  {"Shift+Tab", "one"}, {"Shift+Tab", "last"}, {"Tab", "one"},
    };
    build_form(world, false);
    assert_focus(world, "one");
    for (size_t i = 0; i < sizeof script / sizeof *script; i++) {
        assert_int_equal(ui_press(world->ui, script[i][0], &action), UI_USED);
        build_form(world, false);
        assert_focus(world, script[i][1]);
    }
}

static void a_dialog_keeps_the_focus_and_gives_it_back(void **state)
{
    struct world *world = *state;
    struct ui_action action;
    build_form(world, false);
    ui_press(world->ui, "Tab", &action);
    build_form(world, true);
    assert_focus(world, "no");
    for (int i = 0; i < 3; i++) {
        ui_press(world->ui, "Tab", &action);
        build_form(world, true);
        assert_focus(world, i % 2 ? "no" : "yes");
    }
    assert_false(ui_click(world->ui, "button[key='one']", &action)); /* behind the dialog */
    assert_int_equal(ui_press(world->ui, "Esc", &action), UI_ACTED);
    assert_int_equal(action.command, COMMAND_CLOSE);
    build_form(world, false);
    assert_focus(world, "x");
}

static void enter_space_and_clicks_act(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    build_form(world, false);
    assert_int_equal(ui_press(world->ui, "Space", &action), UI_ACTED);
    assert_int_equal(action.command, COMMAND_REVEAL);
    assert_true(ui_click(world->ui, "button[name='Undo'][keys='U']", &action));
    assert_int_equal(action.command, COMMAND_UNDO);
    assert_false(ui_click(world->ui, "button[name='Off']", &action));
    assert_int_equal(ui_press(world->ui, "U", &action), UI_IGNORED); /* the caller's to look up */
}

static void pressing_here_and_letting_go_there_does_nothing(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    build_form(world, false);
    struct rect one = rect_of(world, "one"), last = rect_of(world, "last");
    struct ui_event event = {.kind = UI_EVENT_DOWN, .x = one.x + 5, .y = one.y + 5, .button = 1, .clicks = 1};
    ui_event(world->ui, &event, &action);
    event = (struct ui_event){.kind = UI_EVENT_UP, .x = last.x + 5, .y = last.y + 5, .button = 1};
    assert_int_not_equal(ui_event(world->ui, &event, &action), UI_ACTED);
}

static void chords_are_read_and_named(void **state)
{
    struct arena arena = {0};
    struct ui_chord chord;
    static const char *const table[][2] = {
        {"Ctrl+Shift+L", "Ctrl+Shift+L"},
        {"Space", "Space"},
        {"?", "?"},
        {"F11", "F11"},
        {"Up", "↑"},
        {"Ctrl++", "Ctrl++"},
        {"ñ", "ñ"},
        {"a", "A"},
        {",", ","},
    };
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_true(ui_chord_parse(str_from(table[i][0]), &chord));
        assert_str(ui_chord_name(&arena, chord), table[i][1]);
    }
    assert_false(ui_chord_parse(STR("Hyper+X"), &chord));
    assert_false(ui_chord_parse(STR(""), &chord));
    ui_chord_parse(STR("?"), &chord);
    assert_true(
        ui_chord_matches(chord, &(struct ui_event){.kind = UI_EVENT_KEY, .key = '?', .mods = UI_SHIFT}));
    ui_chord_parse(STR("Ctrl+K"), &chord);
    assert_true(
        ui_chord_matches(chord, &(struct ui_event){.kind = UI_EVENT_KEY, .key = 'k', .mods = UI_CTRL}));
    assert_false(ui_chord_matches(chord, &(struct ui_event){.kind = UI_EVENT_KEY, .key = 'k'}));
    arena_finish(&arena);
}

/* ---- Fields ---- */

static void build_field(struct world *world, struct ui_field field)
{
    begin(world);
    field.key = STR("answer");
    field.label = STR("Answer");
    field.bare = true;
    field.command = COMMAND_SUBMIT;
    field.changed = COMMAND_TYPED;
    field.autofocus = true;
    ui_field_box(world->ui, &field);
    ui_end(world->ui);
}

static struct str answer(struct world *world)
{
    return ui_field_text(world->ui, ui_id_of(world->ui, STR("answer")));
}

static void a_field_edits_like_every_other(void **state)
{
    /* "+text" is typed ('_' is a blank), the others are chords. */
    static const struct {
        const char *keys;
        const char *text;
    } table[] = {
        {"+año Backspace", "añ"},
        {"+uno_dos Ctrl+Left +x", "uno_xdos"},
        {"+abc Home Del", "bc"},
        {"+abc Left Left +x End +y", "axbcy"},
        {"+abc Ctrl+A +z", "z"},
        {"+abc Shift+Left Shift+Left Backspace", "a"},
        {"+abc Ctrl+A Ctrl+C End Ctrl+V", "abcabc"},
        {"+abc Ctrl+A Ctrl+X Ctrl+V Ctrl+V", "abcabc"},
        {"+abc Ctrl+Z", ""},
        {"+abc Ctrl+Z Ctrl+Y", "abc"},
        {"+uno_dos Ctrl+Backspace", "uno_"},
        {"+abc Shift+Home Right +d", "abcd"},
        {"+e\xcc\x81 Backspace +a", "a"}, /* one letter with its mark */
        {"+abc Ctrl+A Left +x", "xabc"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        void *own = NULL;
        set_up(&own);
        struct world *world = own;
        struct ui_action action;
        struct str rest = str_from(table[i].keys), word;
        build_field(world, (struct ui_field){0});
        while (str_split(&rest, ' ', &word)) {
            char copy[64];
            snprintf(copy, sizeof copy, "%.*s", STR_ARG(word));
            for (char *c = copy; *c; c++)
                *c = *c == '_' ? ' ' : *c;
            if (copy[0] == '+')
                ui_type(world->ui, copy + 1, &action);
            else
                ui_press(world->ui, copy, &action);
            build_field(world, (struct ui_field){0});
        }
        char expected[64];
        snprintf(expected, sizeof expected, "%s", table[i].text);
        for (char *c = expected; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        if (!str_equal(answer(world), str_from(expected)))
            print_error("%s\n", table[i].keys);
        assert_str(answer(world), expected);
        tear_down(&own);
    }
    (void)state;
}

static void a_field_tells_what_was_typed(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    build_field(world, (struct ui_field){0});
    assert_true(ui_typing(world->ui));
    assert_int_equal(ui_type(world->ui, "julio", &action), UI_ACTED);
    assert_int_equal(action.command, COMMAND_TYPED);
    assert_str(action.text, "julio");
    assert_int_equal(ui_press(world->ui, "u", &action), UI_USED); /* a letter is no command here */
    assert_int_equal(ui_press(world->ui, "Ctrl+K", &action), UI_IGNORED);
    assert_int_equal(ui_press(world->ui, "Enter", &action), UI_ACTED);
    assert_int_equal(action.command, COMMAND_SUBMIT);
    assert_str(action.text, "julio");
    build_field(world, (struct ui_field){.initial = STR("new"), .revision = 2});
    assert_str(answer(world), "new");
    struct rect caret;
    assert_true(ui_caret(world->ui, &caret));
    assert_true(caret.x > 14 && caret.h > 10);
}

static void composed_text_shows_before_it_counts(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    build_field(world, (struct ui_field){0});
    ui_type(world->ui, "a", &action);
    struct ui_event event = {.kind = UI_EVENT_PREEDIT, .text = STR("´"), .caret = 1};
    ui_event(world->ui, &event, &action);
    build_field(world, (struct ui_field){0});
    assert_str(answer(world), "a");
    assert_int_equal(ui_press(world->ui, "Backspace", &action), UI_USED); /* the input method's */
    event = (struct ui_event){.kind = UI_EVENT_TEXT, .text = STR("á")};
    ui_event(world->ui, &event, &action);
    build_field(world, (struct ui_field){0});
    assert_str(answer(world), "aá");
}

static void a_multiline_field_moves_by_lines(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    struct ui_field field = {.multiline = true, .lines = 3};
    build_field(world, field);
    ui_type(world->ui, "first", &action);
    build_field(world, field);
    ui_press(world->ui, "Enter", &action);
    build_field(world, field);
    ui_type(world->ui, "second", &action);
    build_field(world, field);
    ui_press(world->ui, "Up", &action);
    ui_type(world->ui, "!", &action);
    build_field(world, field);
    assert_str(answer(world), "first!\nsecond");
    assert_int_equal(ui_press(world->ui, "Ctrl+Enter", &action), UI_ACTED);
    assert_int_equal(action.command, COMMAND_SUBMIT);
}

static void the_line_that_is_written_shows(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    struct ui_field field = {.multiline = true, .lines = 3};
    struct rect caret;
    build_field(world, field);
    for (int i = 0; i < 60; i++) {
        ui_type(world->ui, "line", &action);
        build_field(world, field);
        ui_press(world->ui, "Enter", &action);
        build_field(world, field);
    }
    assert_true(ui_caret(world->ui, &caret));
    assert_true(caret.y > 0 && caret.y + caret.h <= 600);
    ui_press(world->ui, "Ctrl+Home", &action);
    build_field(world, field);
    assert_true(ui_caret(world->ui, &caret));
    assert_true(caret.y > 0 && caret.y + caret.h <= 600);
}

/* ---- Long lists ---- */

static void build_rows(struct world *world, size_t count)
{
    struct ui *ui = world->ui;
    begin(world);
    struct ui_box list = {
        .key = STR("cards"), .name = STR("Cards"), .width = UI_GROW, .height = UI_GROW, .command = 5};
    struct ui_rows rows = ui_open_rows(ui, &list, count, 44);
    for (size_t i = rows.first; i < rows.end; i++) {
        struct ui_box row = {.name = str_format(ui_arena(ui), "card %zu", i)};
        ui_open_row(ui, i, &row);
        ui_text(ui, .text = row.name);
        ui_close(ui);
    }
    ui_close_rows(ui);
    ui_end(ui);
}

static void a_list_of_100_000_rows_has_few_nodes(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    size_t count;
    build_rows(world, 100000);
    build_rows(world, 100000);
    ui_nodes(world->ui, &count);
    assert_true(count < 80);
    assert_int_equal(ui_next_frame_ms(world->ui), -1);
    ui_press(world->ui, "Tab", &action);
    static const struct {
        const char *key;
        const char *name;
    } script[] = {{"Down", "card 1"},       {"End", "card 99999"}, {"Up", "card 99998"},
                  {"PageUp", "card 99986"}, {"Home", "card 0"},    {"PageDown", "card 12"}};
    for (size_t i = 0; i < sizeof script / sizeof *script; i++) {
        ui_press(world->ui, script[i].key, &action);
        build_rows(world, 100000);
        const struct ui_node *node = ui_node_by_id(world->ui, ui_focus(world->ui));
        assert_non_null(node);
        assert_str(node->name, script[i].name);
        assert_true(node->rect.y >= 0 && node->rect.y + node->rect.h <= 600.5F);
    }
    assert_int_equal(ui_press(world->ui, "Enter", &action), UI_ACTED);
    assert_int_equal(action.command, 5);
    assert_int_equal(action.argument, 12);
    build_rows(world, 3); /* the list became short */
    assert_non_null(ui_node_by_id(world->ui, ui_focus(world->ui)));
}

static void the_wheel_takes_the_cursor_along(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    build_rows(world, 1000);
    build_rows(world, 1000);
    ui_press(world->ui, "Tab", &action);
    struct ui_event event = {.kind = UI_EVENT_WHEEL, .x = 50, .y = 50, .dy = 4400};
    assert_int_equal(ui_event(world->ui, &event, &action), UI_USED);
    build_rows(world, 1000);
    const struct ui_node *node = ui_node_by_id(world->ui, ui_focus(world->ui));
    assert_non_null(node);
    assert_str(node->name, "card 100");
}

/* ---- Painting ---- */

static int paint(struct world *world, struct canvas *canvas, struct pixel_rect rects[UI_DAMAGE_MAX])
{
    int count;
    ui_paint(world->ui, canvas, rects, &count);
    return count;
}

static void only_what_changed_is_painted_again(void **state)
{
    struct world *world = *state;
    struct ui_action action = {0};
    struct pixel_rect rects[UI_DAMAGE_MAX];
    struct canvas *canvas = canvas_new(1000, 600, 1), *whole = canvas_new(1000, 600, 1);
    build_form(world, false);
    assert_int_equal(paint(world, canvas, rects), 1);
    assert_int_equal(rects[0].w, 1000);
    build_form(world, false);
    assert_int_equal(paint(world, canvas, rects), 0);
    ui_press(world->ui, "Tab", &action);
    build_form(world, false);
    int count = paint(world, canvas, rects), area = 0;
    assert_in_range(count, 1, UI_DAMAGE_MAX);
    for (int i = 0; i < count; i++)
        area += rects[i].w * rects[i].h;
    assert_true(area < 40000);
    ui_repaint(world->ui);
    paint(world, whole, rects);
    assert_true(canvas_difference(canvas, whole, 0) == 0);
    canvas_close(canvas, NULL);
    canvas_close(whole, NULL);
}

static void animations_run_and_end(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    float values[4];
    const int64_t times[4] = {0, 0, 60, 200};
    for (int i = 0; i < 4; i++) {
        world->frame.now_ms = 1000 + times[i];
        begin(world);
        values[i] = ui_animate(ui, 0, i ? 10 : 0, UI_MOTION_STATE);
        ui_end(ui);
        assert_int_equal(ui_next_frame_ms(ui), i == 1 || i == 2 ? 16 : -1);
    }
    assert_true(values[0] == 0 && values[1] == 0 && values[2] > 4 && values[2] < 10 && values[3] == 10);
    world->frame.reduced_motion = true;
    begin(world);
    assert_true(ui_animate(ui, 0, 0, UI_MOTION_STATE) == 0);
    ui_end(ui);
}

static void a_verdict_is_announced_once(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    for (int i = 0; i < 2; i++) {
        begin(world);
        ui_text(ui, .text = STR("Correct"), .state = UI_LIVE_POLITE);
        ui_end(ui);
        assert_str(ui_announcement(ui), i ? "" : "Correct");
    }
}

static void selected_text_can_be_copied(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct ui_action action = {0};
    begin(world);
    ui_text(ui, .text = STR("one two three"), .selectable = true);
    ui_end(ui);
    struct ui_event event = {.kind = UI_EVENT_DOWN, .x = 0, .y = 8, .button = 1, .clicks = 1};
    ui_event(ui, &event, &action);
    event = (struct ui_event){.kind = UI_EVENT_MOVE, .x = 7 * 8.8F, .y = 8};
    ui_event(ui, &event, &action);
    event = (struct ui_event){.kind = UI_EVENT_UP, .x = 7 * 8.8F, .y = 8, .button = 1};
    ui_event(ui, &event, &action);
    assert_int_equal(ui_press(ui, "Ctrl+C", &action), UI_USED);
    assert_string_equal(clipboard, "one two");
}

static void pointer(struct ui *ui, enum ui_event_kind kind, float x, float y, int clicks)
{
    struct ui_action action;
    ui_event(ui, &(struct ui_event){.kind = kind, .x = x, .y = y, .button = 1, .clicks = clicks}, &action);
}

static void a_selection_goes_over_paragraphs(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct arena arena = {0};
    begin(world);
    ui_open(ui, .gap = 20);
    ui_text(ui, .text = STR("first words"), .selectable = true);
    ui_text(ui, .text = STR("not these"));
    ui_text(ui, .text = STR("second"), .selectable = true);
    ui_text(ui, .text = STR("third words"), .selectable = true);
    ui_close(ui);
    ui_end(ui);
    pointer(ui, UI_EVENT_DOWN, 6 * 8.8F, 10, 1);
    pointer(ui, UI_EVENT_MOVE, 5 * 8.8F, 130, 0);
    pointer(ui, UI_EVENT_UP, 5 * 8.8F, 130, 1);
    assert_str(ui_selection(ui, &arena), "words\nsecond\nthird");
    pointer(ui, UI_EVENT_DOWN, 30, 130, 2);
    pointer(ui, UI_EVENT_UP, 30, 130, 2);
    assert_str(ui_selection(ui, &arena), "third");
    pointer(ui, UI_EVENT_DOWN, 500, 400, 1); /* beside everything: nothing is selected */
    assert_str(ui_selection(ui, &arena), "");
    arena_finish(&arena);
}

/* A megabyte in one paragraph, with and without blanks; a letter under a thousand accents. */
static void build_order(struct world *world, const int order[4])
{
    static const struct str names[4] = {{"BERT", 4}, {"ChatGPT", 7}, {"Transformer", 11}, {"Llama", 5}};
    struct ui *ui = world->ui;
    begin(world);
    ui_open(ui, .key = STR("order"), .role = UI_ROLE_LIST, .roving = true, .gap = 8, .width = UI_GROW);
    for (int i = 0; i < 4; i++)
        ui_order_row_box(
            ui, &(struct ui_order_row){
                    .key = names[order[i]], .label = names[order[i]], .moved = 61, .argument = order[i]});
    ui_close(ui);
    ui_end(ui);
}

static void apply_move(int order[4], const struct ui_action *action)
{
    int at = 0;
    while (order[at] != (int)action->argument)
        at++;
    int other = at + (int)action->number, moved = order[at];
    order[at] = order[other];
    order[other] = moved;
}

static void rows_are_put_in_order_by_keys_and_by_hand(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct ui_action action = {0};
    int order[4] = {0, 1, 2, 3};
    static const char *const keys[] = {"Alt+Down", "Space", "Down",
                                       "Down"}; /* the last is at the end: nothing */
    build_order(world, order);
    ui_press(ui, "Tab", &action);
    for (size_t i = 0; i < 4; i++) {
        if (ui_press(ui, keys[i], &action) == UI_ACTED)
            apply_move(order, &action);
        build_order(world, order);
        assert_focus(world, "BERT");
    }
    assert_true(order[0] == 1 && order[1] == 2 && order[2] == 3 && order[3] == 0);
    assert_non_null(ui_find(ui, "listitem[state='grabbed']"));
    ui_press(ui, "Esc", &action);
    build_order(world, order);
    assert_null(ui_find(ui, "listitem[state='grabbed']"));
    struct rect top = rect_of(world, "ChatGPT"), third = rect_of(world, "Llama");
    struct ui_event event = {.kind = UI_EVENT_DOWN, .x = 50, .y = top.y + 10, .button = 1, .clicks = 1};
    ui_event(ui, &event, &action);
    for (float y = top.y; y < third.y + third.h - 5; y += 9) {
        event = (struct ui_event){.kind = UI_EVENT_MOVE, .x = 50, .y = y};
        if (ui_event(ui, &event, &action) == UI_ACTED)
            apply_move(order, &action);
        build_order(world, order);
    }
    assert_true(order[0] == 2 && order[1] == 3 && order[2] == 1 && order[3] == 0);
    event.kind = UI_EVENT_UP;
    event.button = 1;
    assert_int_not_equal(ui_event(ui, &event, &action), UI_ACTED);
    assert_true(ui_perform(ui, ui_id_of(ui, STR("BERT")), &action) == false);
}

static void endless_texts_are_laid_out_all_the_same(void **state)
{
    struct buffer words = {0}, word = {0}, marks = {0};
    while (words.len < 200000)
        buffer_add(&words, STR("palabras y más "));
    while (word.len < 200000)
        buffer_add(&word, STR("sinblancoñ"));
    for (int i = 0; i < 1000; i++)
        buffer_add(&marks, STR("\xcc\x81"));
    const struct buffer *texts[] = {&words, &word, &marks};
    for (int i = 0; i < 3; i++) {
        const struct ui_node *node = flow(*state, texts[i]->bytes, 400, (struct ui_paragraph){0});
        assert_true(text_width(node->text, 1) <= 401);
        assert_true(i == 2 || text_line_count(node->text) > 4000);
    }
    buffer_finish(&words);
    buffer_finish(&word);
    buffer_finish(&marks);
}

static void widgets_are_sound_at_every_size(void **state)
{
    static const float widths[] = {320, 400, 800, 1280};
    struct world *world = *state;
    struct ui *ui = world->ui;
    static const int hints[] = {COMMAND_UNDO, COMMAND_REVEAL, COMMAND_UNDO, COMMAND_REVEAL};
    const struct str labels[] = {STR("System"), STR("Light"), STR("Dark"), STR("High contrast")};
    enum ui_segment segments[20] = {UI_GOOD, UI_HARD, UI_BAD, UI_CURRENT};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        world->frame.width = widths[i];
        begin(world);
        ui_open(ui, .width = UI_GROW, .height = UI_GROW, .scroll = true, .padding = UI_ALL(24), .gap = 16);
        ui_segments(ui, segments, 20, STR("4 of 20"));
        ui_card(ui, .width = UI_GROW_TO(760), .align_self = UI_CENTER, .gap = 16);
        ui_chip(ui, STR("Date"), UI_ACCENT, UI_ACCENT_SOFT);
        ui_text(ui,
                .text = STR("¿En qué mes y año publicó Meta los pesos de Llama 2 con licencia comercial?"),
                .family = UI_FAMILY_STUDY, .size = UI_PROMPT);
        ui_divider(ui);
        ui_quote(ui, STR("quote"));
        ui_text(ui, .text = STR("«Siete meses después»"), .family = UI_FAMILY_STUDY, .size = UI_READING);
        ui_close(ui);
        ui_close(ui);
        ui_open(ui, .layout = UI_ROW, .width = UI_GROW, .gap = 12);
        ui_grade(ui, .command = 31, .label = STR("Again"), .interval = STR("<10 min"), .keys = STR("1"),
                 .glyph = STR("✗"), .color = UI_DANGER, .soft = UI_DANGER_SOFT);
        ui_grade(ui, .command = 33, .label = STR("Good"), .interval = STR("9 days"), .keys = STR("3"),
                 .glyph = STR("✓"), .color = UI_SUCCESS, .soft = UI_SUCCESS_SOFT);
        ui_close(ui);
        ui_hints(ui, hints, 4);
        ui_toggle(ui, STR("t"), STR("Read aloud"), true, 41, 0);
        ui_slider(ui, STR("s"), STR("Goal"), 0.9, 0.7, 0.97, 0.01, STR("90 %"), 42);
        ui_segmented(ui, STR("theme"), STR("Theme"), labels, 4, 1, 43);
        ui_tabs(ui, STR("tabs"), labels, 4, 2, 44);
        ui_field(ui, .key = STR("f"), .label = STR("Answer"), .error = STR("Say something"), .command = 45);
        ui_deck_header(ui, STR("DECK"), STR("TODAY"), STR("RECALL"), STR("NEXT"));
        ui_deck_row_box(ui, &(struct ui_deck_row){.key = STR("d"),
                                                  .name = STR("Crónica de la IA y de lo que vino después"),
                                                  .due = 21,
                                                  .due_max = 30,
                                                  .recall = 0.71,
                                                  .weak = true,
                                                  .next = STR("hoy"),
                                                  .command = 46});
        ui_option_box(ui, &(struct ui_option){.command = 47,
                                              .label = STR("Google"),
                                              .reason = STR("junio de 2017"),
                                              .keys = STR("2"),
                                              .verdict = UI_OPTION_RIGHT,
                                              .chosen = true});
        ui_link(ui, STR("l"), STR("cap. 7, línea 35"), COMMAND_UNDO, 0);
        ui_close(ui);
        ui_toast(ui, STR("Graded"), COMMAND_UNDO, (struct str){0});
        ui_end(ui);
        assert_sound(world);
    }
}

static void sliders_and_toggles_answer(void **state)
{
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct ui_action action = {0};
    begin(world);
    ui_slider(ui, STR("s"), STR("Goal"), 0.9, 0.7, 0.97, 0.01, STR("90 %"), 42);
    ui_toggle(ui, STR("t"), STR("Read aloud"), true, 41, 7);
    ui_end(ui);
    ui_press(ui, "Tab", &action);
    assert_int_equal(ui_press(ui, "Right", &action), UI_ACTED);
    assert_int_equal(action.command, 42);
    assert_true(fabs(action.number - 0.91) < 1e-9);
    ui_press(ui, "Tab", &action);
    assert_int_equal(ui_press(ui, "Space", &action), UI_ACTED);
    assert_int_equal(action.command, 41);
    assert_int_equal(action.argument, 7);
}

static void a_tree_is_written_down(void **state)
{
    struct world *world = *state;
    struct buffer text = {0};
    build_form(world, false);
    ui_dump(world->ui, &text);
    assert_str(buffer_str(&text), "window 0,0 1000×600\n"
                                  "  button \"Show answer\" [focused] (Space) 0,0 199×44\n"
                                  "  button \"Off\" [disabled] 0,54 61×44\n"
                                  "  button \"x\" 0,108 44×44\n"
                                  "  button \"y\" 0,156 44×44\n"
                                  "  button \"Undo\" (U) 0,210 104×44\n");
    buffer_clear(&text);
    ui_dump_json(world->ui, &text);
    assert_true(str_contains(buffer_str(&text), STR("\"role\":\"button\",\"name\":\"Undo\",\"keys\":\"U\"")));
    buffer_finish(&text);
}

static void random_tree(struct ui *ui, struct random *random, int depth, bool in_row)
{
    static const char *const texts[] = {
        "", "word", "three short words", "incomprehensibilities",
        "a longer sentence that will have to be broken somewhere, «así», 87 %"};
    int children = (int)random_below(random, 4);
    enum ui_layout layout = (enum ui_layout)random_below(random, 5);
    if (in_row && (layout == UI_ROW || layout == UI_GRID))
        layout = UI_COLUMN;
    struct ui_box box = {
        .layout = layout,
        .columns = 1 + (int)random_below(random, 3),
        .gap = (float)random_below(random, 12),
        .padding = UI_ALL((float)random_below(random, 10)),
        .width = random_below(random, 2) ? UI_GROW : UI_HUG,
        .height = random_below(random, 3) ? UI_HUG : UI_GROW,
        .align = (enum ui_align)random_below(random, 4),
        .justify = (enum ui_align)random_below(random, 5),
        .scroll = random_below(random, 8) == 0,
        .fill = UI_SURFACE,
    };
    ui_open_box(ui, &box);
    for (int i = 0; i < children; i++)
        if (depth > 0 && random_below(random, 2))
            random_tree(ui, random, depth - 1, in_row || layout == UI_ROW || layout == UI_GRID);
        else
            ui_text(ui, .text = str_from(texts[random_below(random, 5)]),
                    .size = 12 + (float)random_below(random, 20), .lines = (int)random_below(random, 3),
                    .width = random_below(random, 2) ? UI_GROW : UI_HUG);
    ui_close(ui);
}

static void random_trees_keep_everything_inside(void **state)
{
    struct world *world = *state;
    struct random random = {2026};
    struct canvas *canvas = canvas_new(700, 600, 1);
    struct pixel_rect rects[UI_DAMAGE_MAX];
    for (int i = 0; i < 300; i++) {
        int count;
        world->frame.width = 700 + (float)random_below(&random, 600);
        world->frame.scale = 0.75F + (float)random_below(&random, 8) / 4;
        begin(world);
        random_tree(world->ui, &random, 4, false);
        ui_end(world->ui);
        struct buffer faults = {0};
        ui_audit(world->ui, &faults);
        if (faults.len)
            print_error("tree %d: %s", i, faults.bytes);
        assert_int_equal(faults.len, 0);
        buffer_finish(&faults);
        if (i % 10 == 0)
            ui_paint(world->ui, canvas, rects, &count);
    }
    canvas_close(canvas, NULL);
}

static void build_charts(struct world *world, bool as_table)
{
    struct ui *ui = world->ui;
    struct ui_point points[30];
    static const struct ui_moment moments[] = {
        {2017.5, {"Transformer", 11}, {"jun 2017", 8}, UI_NONE, 1},
        {2022.9, {"ChatGPT", 7}, {"nov 2022", 8}, UI_NONE, 2},
        {2023.1, {"Llama", 5}, {"feb 2023", 8}, UI_NONE, 3},
        {2023.2, {"GPT-4", 5}, {"mar 2023", 8}, UI_NONE, 4},
    };
    for (int i = 0; i < 30; i++) {
        double value = i == 9 ? (double)NAN : 60 + i;
        points[i] = (struct ui_point){value, value - 5, value + 5, STR("a day"), STR("60 %"), UI_NONE};
    }
    struct ui_chart chart = {.title = STR("How much?"),
                             .summary = STR("enough"),
                             .points = points,
                             .count = 30,
                             .target = 75,
                             .table = as_table,
                             .command = 51,
                             .base = 100,
                             .column = STR("share"),
                             .label_column = STR("day")};
    begin(world);
    ui_open(ui, .width = UI_GROW, .padding = UI_ALL(20), .gap = 20);
    chart.key = STR("line");
    ui_line_chart(ui, &chart);
    chart.key = STR("bars");
    ui_bar_chart(ui, &chart);
    chart.key = STR("heat");
    ui_heat_map(ui, &chart, 3);
    ui_time_line(ui, &(struct ui_timeline){.key = STR("time"),
                                           .title = STR("When?"),
                                           .moments = moments,
                                           .count = 4,
                                           .command = 52,
                                           .lanes = 2});
    ui_close(ui);
    ui_end(ui);
}

static void charts_can_be_walked_and_read(void **state)
{
    static const float widths[] = {300, 500, 1280};
    struct world *world = *state;
    struct ui *ui = world->ui;
    struct ui_action action = {0};
    struct pixel_rect rects[UI_DAMAGE_MAX];
    struct canvas *canvas = canvas_new(1280, 1400, 1);
    world->frame.height = 1400;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        world->frame.width = widths[i];
        build_charts(world, false);
        build_charts(world, false);
        assert_sound(world);
        int count;
        ui_paint(ui, canvas, rects, &count);
    }
    assert_int_equal(ui_count(ui, "chart"), 4);
    assert_int_equal(ui_count(ui, "table"), 0);
    ui_press(ui, "Tab", &action);
    ui_press(ui, "Right", &action);
    assert_int_equal(ui_press(ui, "Enter", &action), UI_ACTED);
    assert_int_equal(action.command, 51);
    assert_int_equal(action.argument, 101);
    assert_true(ui_click(ui, "button[name^='ChatGPT']", &action));
    assert_int_equal(action.argument, 2);
    build_charts(world, true);
    assert_int_equal(ui_count(ui, "table"), 3);
    assert_int_equal(ui_count(ui, "cell"), 3 * 2 * 31);
    assert_sound(world);
    canvas_close(canvas, NULL);
}

static void a_chart_goes_to_paper_and_survives_being_empty(void **state)
{
    struct error e = {0};
    struct canvas *canvas = canvas_svg("/dev/null", 400, 300, &e);
    const struct ui_fonts *fonts = NULL;
    struct ui_point point = {.value = 5, .low = 5, .high = 5, .label = STR("x"), .text = STR("5")};
    (void)state;
    for (size_t count = 0; count < 2; count++)
        for (int kind = 0; kind < 3; kind++)
            ui_chart_draw(canvas, fonts, UI_LIGHT, (enum ui_chart_kind)kind,
                          &(struct ui_chart){.title = STR("?"), .points = &point, .count = count}, 0,
                          (struct rect){0, 0, 400, 300});
    canvas_close(canvas, NULL);
}

/* Events without sense: nothing breaks, and the focus stays on something that shows. */
static void a_monkey_breaks_nothing(void **state)
{
    struct world *world = *state;
    struct random random = {42};
    struct canvas *canvas = canvas_new(1000, 600, 1);
    struct pixel_rect rects[UI_DAMAGE_MAX];
    struct ui_action action;
    static const uint32_t keys[] = {UI_KEY_TAB,  UI_KEY_UP,  UI_KEY_DOWN,      UI_KEY_LEFT,  UI_KEY_RIGHT,
                                    UI_KEY_HOME, UI_KEY_END, UI_KEY_PAGE_DOWN, UI_KEY_ENTER, UI_KEY_ESCAPE,
                                    'a',         ' ',        UI_KEY_BACKSPACE};
    for (int i = 0; i < 600; i++) {
        struct ui_event event = {
            .kind = (enum ui_event_kind)random_below(&random, 8),
            .key = keys[random_below(&random, sizeof keys / sizeof *keys)],
            .mods = (uint32_t)random_below(&random, 8),
            .text = STR("ñ"),
            .x = (float)random_below(&random, 1100) - 50,
            .y = (float)random_below(&random, 700) - 50,
            .dy = (float)random_below(&random, 400) - 200,
            .button = 1,
            .clicks = 1 + (int)random_below(&random, 3),
        };
        ui_event(world->ui, &event, &action);
        switch (random_below(&random, 4)) {
        case 0:
            build_form(world, random_below(&random, 2));
            break;
        case 1:
            build_rows(world, random_below(&random, 500));
            break;
        case 2:
            build_field(world, (struct ui_field){.multiline = random_below(&random, 2)});
            break;
        default:
            continue;
        }
        assert_true(!ui_focus(world->ui) || ui_node_by_id(world->ui, ui_focus(world->ui)));
        if (random_below(&random, 4) == 0)
            paint(world, canvas, rects);
    }
    canvas_close(canvas, NULL);
}

#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(every_pair_of_colours_has_its_contrast),
        WORLD_TEST(a_column_stacks_and_stretches),
        WORLD_TEST(a_row_shares_its_room_by_weight_and_limits),
        WORLD_TEST(a_row_too_full_gives_way_instead_of_sticking_out),
        WORLD_TEST(a_grid_lines_up_its_columns),
        WORLD_TEST(a_wrap_goes_on_below),
        WORLD_TEST(the_lines_of_a_wrap_can_be_centred),
        WORLD_TEST(what_does_not_fit_the_window_scrolls),
        WORLD_TEST(a_picture_keeps_its_shape_in_a_narrow_place),
        WORLD_TEST(text_wraps_at_its_width),
        WORLD_TEST(no_text_is_ever_wider_than_its_place),
        WORLD_TEST(an_ellipsis_stands_only_where_it_is_asked),
        WORLD_TEST(carets_stand_where_points_find_them),
        WORLD_TEST(text_that_runs_left_starts_at_the_right),
        WORLD_TEST(runs_in_many_styles_make_one_paragraph),
        WORLD_TEST(tab_goes_in_reading_order_and_arrows_within_a_group),
        WORLD_TEST(a_dialog_keeps_the_focus_and_gives_it_back),
        WORLD_TEST(enter_space_and_clicks_act),
        WORLD_TEST(pressing_here_and_letting_go_there_does_nothing),
        WORLD_TEST(chords_are_read_and_named),
        WORLD_TEST(a_field_edits_like_every_other),
        WORLD_TEST(a_field_tells_what_was_typed),
        WORLD_TEST(composed_text_shows_before_it_counts),
        WORLD_TEST(a_multiline_field_moves_by_lines),
        WORLD_TEST(the_line_that_is_written_shows),
        WORLD_TEST(a_list_of_100_000_rows_has_few_nodes),
        WORLD_TEST(the_wheel_takes_the_cursor_along),
        WORLD_TEST(only_what_changed_is_painted_again),
        WORLD_TEST(animations_run_and_end),
        WORLD_TEST(a_verdict_is_announced_once),
        WORLD_TEST(selected_text_can_be_copied),
        WORLD_TEST(a_selection_goes_over_paragraphs),
        WORLD_TEST(rows_are_put_in_order_by_keys_and_by_hand),
        WORLD_TEST(endless_texts_are_laid_out_all_the_same),
        WORLD_TEST(widgets_are_sound_at_every_size),
        WORLD_TEST(sliders_and_toggles_answer),
        WORLD_TEST(random_trees_keep_everything_inside),
        WORLD_TEST(charts_can_be_walked_and_read),
        WORLD_TEST(a_chart_goes_to_paper_and_survives_being_empty),
        WORLD_TEST(a_tree_is_written_down),
        WORLD_TEST(a_monkey_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
