#include "ui/widgets.h"

#include "base/translate.h"
#include "base/utf8.h"
#include "text/text.h"
#include "ui/inside.h"
#include "ui/words.h"

#include <math.h>
#include <string.h>

/* ---- Key-caps ---- */

/* A command's name with its first letter as this place writes it: buttons begin with a capital, key hints do not. The
 * English "I" stays what it is. */
static struct str with_initial(struct ui *ui, struct str name, bool capital)
{
    size_t at = 0;
    char initial[4];
    if (!name.len || (name.ptr[0] == 'I' && name.len > 1 && (name.ptr[1] == ' ' || name.ptr[1] == '\'')))
        return name;
    uint32_t c = utf8_next(name, &at);
    if (c == UTF8_BAD)
        return name;
    size_t len = utf8_encode(capital ? text_to_upper(c) : text_to_lower(c), initial);
    return str_format(ui_arena(ui), "%.*s%.*s", (int)len, initial, STR_ARG(str_slice(name, at, name.len)));
}

static void keycap(struct ui *ui, struct str keys, enum ui_color color, bool bare)
{
    if (!keys.len)
        return;
    ui_open(ui, .layout = UI_ROW, .padding = bare ? UI_SIDES(0, 0) : UI_SIDES(1, 6),
            .width = {.min = bare ? 0 : 23}, .fill = bare ? UI_NONE : UI_SURFACE2,
            .border = bare ? UI_NONE : UI_BORDER_STRONG, .radius = 5, .align = UI_CENTER,
            .justify = UI_CENTER, .transparent = true);
    ui_text(ui, .text = keys, .size = UI_LABEL, .color = color, .no_wrap = true);
    ui_close(ui);
}

void ui_keycap(struct ui *ui, struct str keys)
{
    keycap(ui, keys, UI_TEXT2, false);
}

/* ---- Buttons ---- */

struct button_colors {
    enum ui_color fill, hover, border, text, key;
};

static struct button_colors colors_of(enum ui_look look, uint32_t state)
{
    static const struct button_colors table[] = {
        [UI_PLAIN] = {UI_SURFACE, UI_SURFACE2, UI_BORDER_STRONG, UI_TEXT, UI_TEXT2},
        [UI_PRIMARY] = {UI_ACCENT, UI_ACCENT, UI_NONE, UI_ON_ACCENT, UI_ON_ACCENT},
        [UI_QUIET] = {UI_NONE, UI_SURFACE2, UI_NONE, UI_TEXT2, UI_TEXT2},
        [UI_LOOK_DANGER] = {UI_DANGER_SOFT, UI_DANGER_SOFT, UI_DANGER, UI_DANGER, UI_TEXT2},
    };
    if (state & UI_DISABLED)
        return (struct button_colors){UI_SURFACE2, UI_NONE, UI_BORDER, UI_TEXT3, UI_TEXT3};
    if (state & (UI_SELECTED | UI_CHECKED) && look != UI_PRIMARY)
        return (struct button_colors){UI_ACCENT_SOFT, UI_ACCENT_SOFT, UI_ACCENT, UI_ACCENT, UI_TEXT2};
    return table[look];
}

int ui_button_box(struct ui *ui, const struct ui_button *button)
{
    int at = ui_open(ui, .key = button->key, .role = button->role ? button->role : UI_ROLE_BUTTON,
                     .layout = UI_ROW, .state = button->state | UI_FOCUSABLE, .name = button->label,
                     .help = button->help, .command = button->command, .argument = button->argument,
                     .text_argument = button->text_argument, .gap = button->look == UI_PRIMARY ? 24 : 10,
                     .padding = button->compact              ? UI_SIDES(6, 10)
                                : button->look == UI_PRIMARY ? UI_SIDES(14, 26)
                                                             : UI_SIDES(8, 16),
                     .height = {.min = UI_TARGET}, .width = button->width, .align = UI_CENTER,
                     .justify = UI_CENTER, .radius = UI_RADIUS_BUTTON, .autofocus = button->autofocus);
    struct ui_node *node = &ui->tree->nodes[at];
    struct button_colors colors = colors_of(button->look, node->state);
    node->box.width.min = fmaxf(button->width.min, UI_TARGET);
    node->box.fill = colors.fill;
    node->box.hover_fill = colors.hover;
    node->box.border = colors.border;
    if (button->keys.len)
        node->keys = ui_keep(ui, button->keys);
    if (button->no_keys)
        node->keys = (struct str){0};
    struct str name = button->label.len ? node->name : with_initial(ui, node->name, true), keys = node->keys;
    if (button->icon.len && name.len && !button->only_icon)
        name = str_format(ui_arena(ui), "%.*s\xc2\xa0 %.*s", STR_ARG(button->icon), STR_ARG(name));
    else if (button->icon.len)
        name = button->icon;
    if (name.len)
        ui_text(ui, .text = name, .style = button->look == UI_QUIET ? 0 : UI_BOLD, .color = colors.text,
                .size = button->look == UI_QUIET || button->compact ? UI_LABEL : UI_BODY, .align = UI_CENTER);
    if (keys.len)
        keycap(ui, keys, colors.key, button->look == UI_PRIMARY);
    ui_close(ui);
    return at;
}

void ui_grades(struct ui *ui, int count, float max_width)
{
    bool pairs = count > 2 && ui_current(ui)->width < 600;
    ui_open(ui, .key = STR("grades"), .layout = UI_GRID, .columns = pairs ? 2 : count, .gap = 14,
            .align = UI_STRETCH, .width = UI_GROW_TO(max_width), .roving = true);
}

int ui_grade_box(struct ui *ui, const struct ui_grade *grade)
{
    int at =
        ui_open(ui, .role = UI_ROLE_BUTTON, .state = UI_FOCUSABLE, .layout = UI_ROW, .name = grade->label,
                .value = grade->interval, .command = grade->command, .argument = grade->argument, .gap = 8,
                .padding = {11, 10, 10, 15}, .width = UI_GROW, .height = {.min = 64}, .fill = grade->soft,
                .border = grade->color, .radius = UI_RADIUS_BUTTON, .autofocus = grade->autofocus);
    struct ui_node *node = &ui->tree->nodes[at];
    if (grade->keys.len)
        node->keys = ui_keep(ui, grade->keys);
    struct str keys = node->keys, label = node->name;
    ui_open(ui, .gap = 3, .width = UI_GROW, .transparent = true);
    ui_text(ui,
            .text = grade->glyph.len
                        ? str_format(ui_arena(ui), "%.*s\xc2\xa0%.*s", STR_ARG(grade->glyph), STR_ARG(label))
                        : label,
            .style = UI_BOLD, .color = grade->color);
    if (grade->interval.len)
        ui_text(ui, .text = grade->interval, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
    keycap(ui, keys, UI_TEXT2, false);
    ui_close(ui);
    return at;
}

int ui_link(struct ui *ui, struct str key, struct str label, int command, int64_t argument)
{
    int at = ui_open(ui, .key = key, .role = UI_ROLE_LINK, .layout = UI_ROW, .state = UI_FOCUSABLE,
                     .name = label, .command = command, .argument = argument, .gap = 12, .align = UI_CENTER,
                     .height = {.min = UI_TARGET}, .radius = UI_RADIUS_CONTROL);
    const struct ui_node *node = &ui->tree->nodes[at];
    struct str name = node->name, keys = node->keys;
    ui_text(ui, .text = name, .size = UI_LABEL, .color = UI_ACCENT);
    ui_keycap(ui, keys);
    ui_close(ui);
    return at;
}

void ui_hint(struct ui *ui, int command)
{
    int at = ui_open(ui, .role = UI_ROLE_BUTTON, .state = UI_FOCUSABLE, .layout = UI_ROW, .command = command,
                     .gap = 6, .align = UI_CENTER, .height = {.min = UI_TARGET}, .radius = UI_RADIUS_CONTROL);
    const struct ui_node *node = &ui->tree->nodes[at];
    struct str name = node->name, keys = node->keys;
    enum ui_color color = node->state & UI_DISABLED ? UI_TEXT3 : UI_TEXT2;
    ui_keycap(ui, keys);
    ui_text(ui, .text = with_initial(ui, name, false), .size = UI_LABEL, .color = color, .no_wrap = true);
    ui_close(ui);
}

void ui_hints(struct ui *ui, const int *commands, int count)
{
    ui_open(ui, .key = STR("hints"), .layout = UI_WRAP, .gap = 22, .row_gap = 1, .width = UI_GROW,
            .roving = true, .transparent = true);
    for (int i = 0; i < count; i++)
        ui_hint(ui, commands[i]);
    ui_close(ui);
}

/* ---- Surfaces ---- */

int ui_card_box(struct ui *ui, const struct ui_box *box)
{
    struct ui_box card = *box;
    float padding = ui_narrow(ui) ? 24 : 32;
    if (card.padding.top + card.padding.right + card.padding.bottom + card.padding.left <= 0)
        card.padding = UI_SIDES(padding - 4, padding);
    if (!card.fill)
        card.fill = UI_SURFACE;
    if (!card.border)
        card.border = UI_BORDER;
    card.radius = UI_RADIUS_CARD;
    card.shadow = true;
    return ui_open_box(ui, &card);
}

void ui_divider(struct ui *ui)
{
    ui_leaf(ui, .width = UI_GROW, .height = UI_FIXED(1), .fill = UI_BORDER, .transparent = true);
}

static void paint_quote(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    (void)data;
    struct rect bar = {node->rect.x, node->rect.y, 3, node->rect.h};
    canvas_fill_rounded(canvas, bar, 1.5F, ui_rgb(ui, UI_WARNING));
}

void ui_quote(struct ui *ui, struct str key)
{
    ui_open(ui, .key = key, .padding = {0, 0, 0, 18}, .gap = 4, .width = UI_GROW, .paint = paint_quote,
            .transparent = true);
}

void ui_chip(struct ui *ui, struct str label, enum ui_color color, enum ui_color soft)
{
    ui_open(ui, .layout = UI_ROW, .padding = UI_SIDES(4, 12), .fill = soft, .radius = UI_RADIUS_CHIP,
            .align = UI_CENTER, .transparent = true);
    ui_text(ui, .text = label, .size = UI_LABEL, .color = color, .no_wrap = true);
    ui_close(ui);
}

void ui_heading(struct ui *ui, struct str text, float size)
{
    ui_text(ui, .text = text, .size = size, .style = UI_BOLD, .role = UI_ROLE_HEADING);
}

void ui_toast(struct ui *ui, struct str text, int command, struct str label)
{
    ui_open(ui, .key = STR("toast"), .width = UI_GROW, .height = UI_GROW, .padding = UI_ALL(24),
            .align = UI_CENTER, .justify = UI_END, .transparent = true);
    ui_open(ui, .role = UI_ROLE_ALERT, .state = UI_LIVE_POLITE, .name = text, .layout = UI_ROW, .gap = 16,
            .padding = UI_SIDES(6, 20), .height = {.min = 52}, .align = UI_CENTER, .fill = UI_SURFACE,
            .border = UI_BORDER_STRONG, .radius = UI_RADIUS_BUTTON, .shadow = true);
    ui_text(ui, .text = text);
    if (command)
        ui_button(ui, .command = command, .label = label, .look = UI_QUIET);
    ui_close(ui);
    ui_close(ui);
}

void ui_dialog(struct ui *ui, struct str key, struct str title, float width, int dismiss)
{
    ui_open(ui, .key = key, .width = UI_GROW, .height = UI_GROW, .padding = UI_ALL(24), .fill = UI_SCRIM,
            .align = UI_CENTER, .justify = UI_CENTER);
    ui_card(ui, .key = STR("dialog"), .role = UI_ROLE_DIALOG, .name = title, .command = dismiss,
            .modal = true, .width = UI_GROW_TO(width), .gap = 16);
    if (title.len)
        ui_heading(ui, title, UI_TITLE);
}

void ui_close_dialog(struct ui *ui)
{
    ui_close(ui);
    ui_close(ui);
}

void ui_empty(struct ui *ui, struct str glyph, struct str title, struct str text)
{
    ui_open(ui, .key = STR("empty"), .width = UI_GROW_TO(560), .align = UI_CENTER, .align_self = UI_CENTER,
            .gap = 12, .padding = UI_SIDES(48, 16));
    if (glyph.len)
        ui_text(ui, .text = glyph, .size = UI_HERO, .color = UI_TEXT3, .align = UI_CENTER);
    ui_text(ui, .text = title, .size = UI_H2, .style = UI_BOLD, .role = UI_ROLE_HEADING, .align = UI_CENTER);
    if (text.len)
        ui_text(ui, .text = text, .color = UI_TEXT2, .align = UI_CENTER);
}

/* ---- Choices ---- */

struct switch_data {
    float at; /* 0 off, 1 on */
};

static void paint_switch(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct switch_data *d = data;
    struct rect r = node->rect;
    bool on = d->at > 0.5F;
    canvas_fill_rounded(canvas, r, r.h / 2, ui_rgb(ui, on ? UI_ACCENT : UI_SURFACE2));
    if (!on)
        canvas_border(canvas, r, r.h / 2, 1, ui_rgb(ui, UI_BORDER_STRONG));
    float knob = r.h - 8;
    struct rect k = {r.x + 4 + d->at * (r.w - knob - 8), r.y + 4, knob, knob};
    canvas_fill_rounded(canvas, k, knob / 2, ui_rgb(ui, on ? UI_ON_ACCENT : UI_BORDER_STRONG));
}

int ui_toggle(struct ui *ui, struct str key, struct str label, bool on, int command, int64_t argument)
{
    int at = ui_open(ui, .key = key, .role = UI_ROLE_CHECK, .state = UI_FOCUSABLE | (on ? UI_CHECKED : 0),
                     .layout = UI_ROW, .name = label, .command = command, .argument = argument, .gap = 16,
                     .height = {.min = UI_TARGET}, .width = UI_GROW, .align = UI_CENTER,
                     .radius = UI_RADIUS_CONTROL);
    struct str name = ui->tree->nodes[at].name;
    ui_text(ui, .text = name, .width = UI_GROW);
    struct switch_data *data = arena_new(ui_arena(ui), struct switch_data);
    data->at = ui_animate(ui, 0, on ? 1 : 0, UI_MOTION_STATE);
    ui_leaf(ui, .width = UI_FIXED(44), .height = UI_FIXED(26), .paint = paint_switch, .data = data,
            .data_hash = (uint64_t)(data->at * 1000), .transparent = true);
    ui_close(ui);
    return at;
}

struct slider_data {
    double value, min, max, step;
};

/* The part of the node that is the line itself, inset so that the knob stays inside. */
static struct rect track_of(const struct ui_node *node)
{
    return (struct rect){node->rect.x + 12, node->rect.y + node->rect.h / 2 - 2, node->rect.w - 24, 4};
}

static void paint_slider(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct slider_data *d = data;
    struct rect track = track_of(node), filled = track;
    float share = d->max > d->min ? (float)((d->value - d->min) / (d->max - d->min)) : 0;
    filled.w *= fminf(fmaxf(share, 0), 1);
    canvas_fill_rounded(canvas, track, 2, ui_rgb(ui, UI_BORDER_STRONG));
    canvas_fill_rounded(canvas, filled, 2, ui_rgb(ui, UI_ACCENT));
    struct rect knob = {filled.x + filled.w - 9, track.y - 7, 18, 18};
    canvas_fill_rounded(canvas, knob, 9, ui_rgb(ui, UI_ACCENT));
}

int ui_slider(struct ui *ui, struct str key, struct str label, double value, double min, double max,
              double step, struct str text, int command)
{
    struct slider_data *data = arena_new(ui_arena(ui), struct slider_data);
    *data = (struct slider_data){value, min, max, step};
    ui_open(ui, .key = key, .width = UI_GROW, .gap = 2);
    ui_open(ui, .layout = UI_ROW, .width = UI_GROW, .gap = 12);
    ui_text(ui, .text = label, .width = UI_GROW);
    ui_text(ui, .text = text, .color = UI_TEXT2);
    ui_close(ui);
    int at = ui_open(ui, .key = STR("slider"), .role = UI_ROLE_SLIDER, .state = UI_FOCUSABLE, .name = label,
                     .value = text, .command = command, .width = UI_GROW, .height = UI_FIXED(UI_TARGET),
                     .radius = UI_RADIUS_CONTROL, .paint = paint_slider, .data = data,
                     .data_hash = words_hash(1, data, sizeof *data));
    ui_close(ui);
    ui_close(ui);
    return at;
}

static void slide_to(const struct ui_node *node, double value, struct ui_action *ret)
{
    const struct slider_data *d = node->box.data;
    if (d->step > 0)
        value = d->min + round((value - d->min) / d->step) * d->step;
    *ret = (struct ui_action){
        .command = node->command,
        .argument = node->argument,
        .number = fmin(fmax(value, d->min), d->max),
        .node = node->id,
    };
}

void ui_slider_drag(struct ui *ui, const struct ui_node *node, float x, struct ui_action *ret)
{
    const struct slider_data *d = node->box.data;
    struct rect track = track_of(node);
    double share = track.w > 0 ? fmin(fmax((double)((x - track.x) / track.w), 0), 1) : 0;
    (void)ui;
    slide_to(node, d->min + share * (d->max - d->min), ret);
}

bool ui_slider_key(struct ui *ui, const struct ui_node *node, const struct ui_event *event,
                   struct ui_action *ret)
{
    const struct slider_data *d = node->box.data;
    double step = d->step > 0 ? d->step : (d->max - d->min) / 20;
    (void)ui;
    switch (event->key) {
    case UI_KEY_LEFT:
    case UI_KEY_DOWN:
        slide_to(node, d->value - step, ret);
        return true;
    case UI_KEY_RIGHT:
    case UI_KEY_UP:
        slide_to(node, d->value + step, ret);
        return true;
    case UI_KEY_HOME:
        slide_to(node, d->min, ret);
        return true;
    case UI_KEY_END:
        slide_to(node, d->max, ret);
        return true;
    default:
        return false;
    }
}

static void one_of(struct ui *ui, struct str key, enum ui_role role, const struct str *labels, int count,
                   int chosen, int command)
{
    ui_open(ui, .key = key, .layout = UI_WRAP, .gap = 4, .padding = UI_ALL(3), .fill = UI_SURFACE2,
            .radius = UI_RADIUS_BUTTON, .roving = true, .align = UI_CENTER);
    for (int i = 0; i < count; i++) {
        bool on = i == chosen;
        uint32_t mark = role == UI_ROLE_RADIO ? UI_CHECKED : UI_SELECTED;
        ui_open(ui, .role = role, .state = UI_FOCUSABLE | (on ? mark : 0), .layout = UI_ROW,
                .name = labels[i], .command = command, .argument = i, .padding = UI_SIDES(6, 14),
                .height = {.min = UI_TARGET}, .width = {.min = UI_TARGET}, .align = UI_CENTER,
                .justify = UI_CENTER, .initial = on, .fill = on ? UI_SURFACE : UI_NONE,
                .border = on ? UI_BORDER_STRONG : UI_NONE, .hover_fill = UI_SURFACE, .radius = 9);
        ui_text(ui, .text = labels[i], .size = UI_LABEL, .style = on ? UI_BOLD : 0,
                .color = on ? UI_TEXT : UI_TEXT2);
        ui_close(ui);
    }
    ui_close(ui);
}

void ui_segmented(struct ui *ui, struct str key, struct str label, const struct str *labels, int count,
                  int chosen, int command)
{
    ui_open(ui, .key = key, .name = label, .layout = UI_WRAP, .gap = 16, .row_gap = 6, .align = UI_CENTER,
            .width = UI_GROW);
    if (label.len) /* segments of several rows begin at one line where there is room */
        ui_text(ui, .text = label, .width = {.min = ui_narrow(ui) ? 0 : 180});
    one_of(ui, STR("choice"), UI_ROLE_RADIO, labels, count, chosen, command);
    ui_close(ui);
}

void ui_tabs(struct ui *ui, struct str key, const struct str *labels, int count, int chosen, int command)
{
    one_of(ui, key, UI_ROLE_TAB, labels, count, chosen, command);
}

int ui_option_box(struct ui *ui, const struct ui_option *option)
{
    static const struct {
        const char *glyph;
        enum ui_color color, fill, border;
    } looks[] = {
        [UI_OPTION_OPEN] = {"", UI_TEXT, UI_SURFACE, UI_BORDER_STRONG},
        [UI_OPTION_RIGHT] = {"✓", UI_SUCCESS, UI_SUCCESS_SOFT, UI_SUCCESS},
        [UI_OPTION_WRONG] = {"✗", UI_DANGER, UI_DANGER_SOFT, UI_DANGER},
        [UI_OPTION_OTHER] = {"", UI_TEXT2, UI_NONE, UI_BORDER},
    };
    bool open = option->verdict == UI_OPTION_OPEN;
    int at = ui_open(ui, .role = UI_ROLE_BUTTON, .state = UI_FOCUSABLE | (option->chosen ? UI_SELECTED : 0),
                     .layout = UI_ROW, .name = option->label, .value = option->reason,
                     .command = open ? option->command : 0, .argument = option->argument, .gap = 14,
                     .padding = UI_SIDES(open ? 12 : 6, 16), .width = UI_GROW,
                     .height = {.min = open ? 56 : UI_TARGET}, .align = UI_CENTER,
                     .fill = looks[option->verdict].fill, .border = looks[option->verdict].border,
                     .border_width = option->chosen ? 2 : 1, .hover_fill = open ? UI_ACCENT_SOFT : UI_NONE,
                     .radius = UI_RADIUS_BUTTON);
    ui->tree->nodes[at].keys = ui_keep(ui, option->keys);
    ui_keycap(ui, option->keys);
    ui_open(ui, .width = UI_GROW, .gap = 4, .transparent = true);
    ui_text(ui, .text = option->label, .family = UI_FAMILY_STUDY, .size = 18);
    if (option->reason.len)
        ui_text(ui, .text = option->reason, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
    if (looks[option->verdict].glyph[0])
        ui_text(ui, .text = str_from(looks[option->verdict].glyph), .size = UI_TITLE, .style = UI_BOLD,
                .color = looks[option->verdict].color);
    ui_close(ui);
    return at;
}

void ui_order_row_box(struct ui *ui, const struct ui_order_row *row)
{
    static const struct {
        const char *glyph;
        enum ui_color color, fill, border;
    } looks[] = {
        [UI_ORDER_OPEN] = {"⠿", UI_TEXT3, UI_SURFACE, UI_BORDER_STRONG},
        [UI_ORDER_RIGHT] = {"✓", UI_SUCCESS, UI_SUCCESS_SOFT, UI_SUCCESS},
        [UI_ORDER_WRONG] = {"✗", UI_DANGER, UI_DANGER_SOFT, UI_DANGER},
    };
    bool open = row->verdict == UI_ORDER_OPEN;
    int at = ui_open(ui, .key = row->key, .role = UI_ROLE_LISTITEM, .state = UI_FOCUSABLE, .layout = UI_ROW,
                     .name = row->label, .value = row->note, .moved = open ? row->moved : 0,
                     .argument = row->argument, .gap = 14, .padding = UI_SIDES(10, 16), .width = UI_GROW,
                     .height = {.min = 52}, .align = UI_CENTER, .fill = looks[row->verdict].fill,
                     .border = looks[row->verdict].border, .hover_fill = open ? UI_SURFACE2 : UI_NONE,
                     .radius = UI_RADIUS_BUTTON);
    struct ui_node *node = &ui->tree->nodes[at];
    node->keys = ui_keep(ui, row->keys);
    if (node->state & UI_GRABBED) {
        node->box.fill = node->box.hover_fill = UI_ACCENT_SOFT;
        node->box.border = UI_ACCENT;
        node->box.shadow = true;
    }
    ui_keycap(ui, row->keys);
    ui_text(ui, .text = row->label, .family = UI_FAMILY_STUDY, .size = 18, .width = UI_GROW);
    if (row->note.len)
        ui_text(ui, .text = row->note, .size = UI_LABEL, .color = UI_TEXT2);
    ui_text(ui, .text = str_from(looks[row->verdict].glyph), .size = UI_TITLE,
            .color = looks[row->verdict].color);
    ui_close(ui);
}

/* ---- Progress ---- */

enum { SEGMENTS_MAX = 60 };

static enum ui_color segment_color(enum ui_segment segment)
{
    switch (segment) {
    case UI_CURRENT:
        return UI_ACCENT;
    case UI_GOOD:
        return UI_SUCCESS;
    case UI_HARD:
        return UI_WARNING;
    case UI_BAD:
        return UI_DANGER;
    default:
        return UI_SURFACE2;
    }
}

void ui_segments(struct ui *ui, const enum ui_segment *segments, int count, struct str name)
{
    int shown = count < SEGMENTS_MAX ? count : SEGMENTS_MAX;
    float width = shown > 30 ? 6 : 12;
    ui_open(ui, .key = STR("segments"), .role = UI_ROLE_PROGRESS, .name = name, .layout = UI_ROW,
            .gap = shown > 30 ? 2 : 3, .align = UI_CENTER, .transparent = true);
    for (int i = 0; i < shown; i++)
        ui_leaf(ui, .width = {UI_FIXED_KIND, width, 2, 0}, .height = UI_FIXED(8), .radius = 3,
                .transparent = true, .fill = segment_color(segments[(int64_t)i * count / shown]));
    ui_close(ui);
}

struct share_data {
    float share;
    enum ui_color color;
};

static const struct share_data *share_data(struct ui *ui, double share, enum ui_color color)
{
    struct share_data *data = arena_new(ui_arena(ui), struct share_data);
    *data = (struct share_data){share > 0 ? fminf((float)share, 1) : 0, color};
    return data;
}

static void paint_share(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct share_data *d = data;
    struct rect filled = node->rect;
    filled.w *= d->share;
    canvas_fill_rounded(canvas, node->rect, node->rect.h / 2, ui_rgb(ui, UI_SURFACE2));
    if (d->share > 0)
        canvas_fill_rounded(canvas, filled, node->rect.h / 2, ui_rgb(ui, d->color));
}

void ui_bar(struct ui *ui, double share, enum ui_color color, struct ui_size width, struct str name)
{
    const struct share_data *data = share_data(ui, share, color);
    ui_leaf(ui, .role = UI_ROLE_PROGRESS, .name = name, .width = width, .height = UI_FIXED(8),
            .paint = paint_share, .data = data, .data_hash = words_hash(1, data, sizeof *data),
            .transparent = true);
}

static void paint_ring(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct share_data *d = data;
    float x = node->rect.x + node->rect.w / 2, y = node->rect.y + node->rect.h / 2, line = node->rect.w / 7;
    float radius = node->rect.w / 2 - line / 2, up = -(float)M_PI_2;
    canvas_arc(canvas, x, y, radius, 0, 2 * (float)M_PI);
    canvas_stroke_path(canvas, line, 0, ui_rgb(ui, UI_BORDER));
    if (d->share <= 0)
        return;
    canvas_arc(canvas, x, y, radius, up, up + 2 * (float)M_PI * d->share);
    canvas_stroke_path(canvas, line, 0, ui_rgb(ui, d->color));
}

void ui_ring(struct ui *ui, double share, enum ui_color color, float size, struct str name)
{
    const struct share_data *data = share_data(ui, share, color);
    ui_leaf(ui, .role = UI_ROLE_PROGRESS, .name = name, .width = UI_FIXED(size), .height = UI_FIXED(size),
            .paint = paint_ring, .data = data, .data_hash = words_hash(1, data, sizeof *data),
            .transparent = true);
}

/* ---- The deck table ---- */

enum { BAR_COLUMN = 190, RECALL_COLUMN = 110, NEXT_COLUMN = 120 };

static void cell(struct ui *ui, float width)
{
    ui_open(ui, .layout = UI_ROW, .width = UI_FIXED(width), .gap = 8, .align = UI_CENTER,
            .transparent = true);
}

void ui_deck_header(struct ui *ui, struct str name, struct str due, struct str recall, struct str next)
{
    ui_open(ui, .key = STR("header"), .layout = UI_ROW, .width = UI_GROW, .gap = 16,
            .padding = UI_SIDES(4, 16), .transparent = true);
    ui_text(ui, .text = name, .size = UI_CAPTION, .color = UI_TEXT3, .width = UI_GROW);
    cell(ui, ui_narrow(ui) ? BAR_COLUMN / 2 : BAR_COLUMN);
    ui_text(ui, .text = due, .size = UI_CAPTION, .color = UI_TEXT3);
    ui_close(ui);
    cell(ui, RECALL_COLUMN);
    ui_text(ui, .text = recall, .size = UI_CAPTION, .color = UI_TEXT3);
    ui_close(ui);
    if (!ui_narrow(ui)) {
        cell(ui, NEXT_COLUMN);
        ui_text(ui, .text = next, .size = UI_CAPTION, .color = UI_TEXT3);
        ui_close(ui);
    }
    ui_close(ui);
}

static void deck_name(struct ui *ui, const struct ui_deck_row *row)
{
    ui_open(ui, .layout = UI_ROW, .width = UI_GROW, .gap = 8, .align = UI_CENTER, .transparent = true,
            .padding = {0, 0, 0, 24 * (float)row->depth});
    ui_open(ui, .width = UI_FIXED(16), .align = UI_CENTER, .transparent = true);
    if (row->has_children)
        ui_text(ui, .text = row->expanded ? STR("▾") : STR("▸"), .color = UI_TEXT3);
    ui_close(ui);
    ui_text(ui, .text = row->name, .style = row->depth ? 0 : UI_BOLD, .width = UI_GROW);
    ui_close(ui);
}

static void deck_numbers(struct ui *ui, const struct ui_deck_row *row)
{
    float bar = ui_narrow(ui) ? BAR_COLUMN / 2 : BAR_COLUMN;
    struct arena *arena = ui_arena(ui);
    cell(ui, bar);
    if (row->due > 0) {
        float share = row->due_max > 0 ? (float)row->due / (float)row->due_max : 1;
        ui_bar(ui, 1, UI_ACCENT, UI_FIXED(fmaxf((bar - 48) * fminf(share, 1), 6)), (struct str){0});
        ui_text(ui, .text = str_format(arena, "%d", row->due), .no_wrap = true);
    }
    ui_close(ui);
    cell(ui, RECALL_COLUMN);
    if (row->recall >= 0) {
        ui_ring(ui, row->recall, row->weak ? UI_WARNING : UI_SUCCESS, 18, (struct str){0});
        ui_text(ui, .text = str_format(arena, "%.0f\xc2\xa0%%%s", row->recall * 100, row->weak ? " !" : ""),
                .color = UI_TEXT2, .no_wrap = true);
    }
    ui_close(ui);
    if (ui_narrow(ui))
        return;
    cell(ui, NEXT_COLUMN);
    ui_text(ui, .text = row->next, .color = UI_TEXT2);
    ui_close(ui);
}

int ui_deck_row_box(struct ui *ui, const struct ui_deck_row *row)
{
    struct arena *arena = ui_arena(ui);
    struct str value =
        str_format(arena, translate_plural("%d due", "%d due", (unsigned long)row->due), row->due);
    if (row->recall >= 0)
        value = str_format(arena, _("%.*s, %.0f %% remembered"), STR_ARG(value), row->recall * 100);
    const struct ui_box box = {
        .key = row->key,
        .role = row->has_children || row->depth ? UI_ROLE_TREEITEM : UI_ROLE_LISTITEM,
        .state = UI_FOCUSABLE | (row->selected ? UI_SELECTED : 0) | (row->expanded ? UI_EXPANDED : 0),
        .layout = UI_ROW,
        .name = row->name,
        .value = value,
        .command = row->command,
        .argument = row->argument,
        .gap = 16,
        .padding = UI_SIDES(6, 16),
        .width = UI_GROW,
        .height = {.min = UI_DECK_ROW},
        .align = UI_CENTER,
        .fill = row->selected ? UI_ACCENT_SOFT : UI_NONE,
        .hover_fill = UI_SURFACE2,
        .radius = UI_RADIUS_CONTROL,
    };
    if (row->listed)
        ui_open_row(ui, row->listed - 1, &box);
    else
        ui_open_box(ui, &box);
    struct ui_node *node = ui_open_node(ui);
    int at = (int)(node - ui->tree->nodes);
    node->keys = (struct str){0};
    deck_name(ui, row);
    deck_numbers(ui, row);
    ui_close(ui);
    return at;
}

/* ---- Pictures ---- */

struct image_data {
    struct canvas_image *image;
};

static void paint_image(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct image_data *d = data;
    (void)ui;
    canvas_image_paint(canvas, d->image, node->rect, 1);
}

void ui_image(struct ui *ui, struct canvas_image *image, struct str name, float max_height)
{
    float width = (float)canvas_image_width(image), height = (float)canvas_image_height(image);
    float aspect = width / height;
    struct image_data *data = arena_new(ui_arena(ui), struct image_data);
    data->image = image;
    if (max_height > 0 && height > max_height)
        width = max_height * aspect;
    ui_leaf(ui, .role = UI_ROLE_IMAGE, .name = name, .width = UI_GROW_TO(width), .aspect = aspect,
            .paint = paint_image, .data = data, .data_hash = (uint64_t)(uintptr_t)image,
            .align_self = UI_CENTER);
}
