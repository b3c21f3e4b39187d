/* Charts: one drawing routine for the screen and for paper, and the nodes that make the points reachable. */
#include "ui/chart.h"

#include "base/hash.h"
#include "base/memory.h"
#include "ui/inside.h"
#include "ui/widgets.h"
#include "ui/words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEFT = 44, RIGHT = 8, TOP = 16, BOTTOM = 22, HEIGHT = 160, CELL_MAX = 18, CELL_GAP = 3, NOTHING = -1 };

/* ---- Drawing ---- */

struct pen {
    struct canvas *canvas;
    struct text_cache *text;
    enum ui_theme theme;
    struct rect plot; /* inside the axes */
    const struct ui_chart *chart;
    double min, max;
};

static uint32_t rgb(const struct pen *pen, enum ui_color color)
{
    return ui_theme_color(pen->theme, color);
}

static float label_width(const struct pen *pen, struct str text)
{
    return text_line_width(pen->text, pen->canvas, UI_FACE_REGULAR, UI_CAPTION, text);
}

/* `align` 0 is left of x, 0.5 centred on it, 1 right. */
static void label(const struct pen *pen, struct str text, float x, float y, float align, enum ui_color color)
{
    float width = label_width(pen, text);
    text_line_paint(pen->text, pen->canvas, UI_FACE_REGULAR, UI_CAPTION, text, x - width * (1 - align), y,
                    rgb(pen, color));
}

/* 1, 2 or 5 times a power of ten, at or above. */
static double round_up(double value)
{
    if (!(value > 0))
        return 1;
    double power = pow(10, floor(log10(value)));
    static const double steps[] = {1, 2, 5, 10};
    for (int i = 0; i < 4; i++)
        if (value <= steps[i] * power * (1 + 1e-9))
            return steps[i] * power;
    return 10 * power;
}

static void find_range(struct pen *pen)
{
    const struct ui_chart *chart = pen->chart;
    pen->min = chart->min;
    pen->max = chart->max;
    if (chart->max > chart->min)
        return;
    pen->max = 0;
    for (size_t i = 0; i < chart->count; i++)
        pen->max = fmax(pen->max, fmax(chart->points[i].value, chart->points[i].high));
    pen->max = round_up(pen->max);
}

static float y_of(const struct pen *pen, double value)
{
    double share = (fmin(fmax(value, pen->min), pen->max) - pen->min) / (pen->max - pen->min);
    return pen->plot.y + pen->plot.h * (1 - (float)share);
}

static float x_of(const struct pen *pen, size_t i)
{
    return pen->plot.x + pen->plot.w * ((float)i + 0.5F) / (float)pen->chart->count;
}

static void draw_axis(const struct pen *pen)
{
    double step = round_up((pen->max - pen->min) / 4);
    /* In high contrast borders are as strong as the line itself. */
    uint32_t grid = color_fade(rgb(pen, UI_BORDER), pen->theme == UI_CONTRAST ? 0.4F : 1);
    for (double at = ceil(pen->min / step) * step; at <= pen->max + step / 1000; at += step) {
        float y = y_of(pen, at);
        char text[40];
        int length = snprintf(text, sizeof text, "%g%.*s", at, STR_ARG(pen->chart->unit));
        canvas_fill(pen->canvas, (struct rect){pen->plot.x, y, pen->plot.w, 1}, grid);
        label(pen, (struct str){text, (size_t)length}, pen->plot.x - 8, y + 4, 0, UI_TEXT3);
    }
}

/* Labels that would touch the one before are left out. */
static void draw_labels(const struct pen *pen)
{
    float free_from = -1e9F;
    for (size_t i = 0; i < pen->chart->count; i++) {
        struct str text = pen->chart->points[i].label;
        float width = label_width(pen, text), x = x_of(pen, i);
        if (!text.len || x - width / 2 < free_from)
            continue;
        label(pen, text, x, pen->plot.y + pen->plot.h + 16, 0.5F, UI_TEXT3);
        free_from = x + width / 2 + 8;
    }
}

static void draw_target(const struct pen *pen)
{
    double target = pen->chart->target;
    if (isnan(target) || target == 0 || target < pen->min || target > pen->max)
        return;
    float y = y_of(pen, target);
    canvas_move_to(pen->canvas, pen->plot.x, y);
    canvas_line_to(pen->canvas, pen->plot.x + pen->plot.w, y);
    canvas_stroke_path(pen->canvas, 1.5F, 4, rgb(pen, UI_SUCCESS));
    label(pen, pen->chart->target_label, pen->plot.x + pen->plot.w - 4, y - 7, 0, UI_SUCCESS);
}

static bool has_value(const struct ui_chart *chart, size_t i)
{
    return i < chart->count && !isnan(chart->points[i].value);
}

static bool has_band(const struct ui_point *point)
{
    return point->high > point->low && !isnan(point->low) && !isnan(point->high);
}

/* The band of one stretch without gaps, from `first` to `end`. */
static void draw_band(const struct pen *pen, size_t first, size_t end)
{
    const struct ui_point *points = pen->chart->points;
    for (size_t i = first; i < end; i++)
        if (i == first)
            canvas_move_to(pen->canvas, x_of(pen, i), y_of(pen, points[i].high));
        else
            canvas_line_to(pen->canvas, x_of(pen, i), y_of(pen, points[i].high));
    for (size_t i = end; i-- > first;)
        canvas_line_to(pen->canvas, x_of(pen, i), y_of(pen, points[i].low));
    canvas_close_path(pen->canvas);
    canvas_fill_path(pen->canvas, rgb(pen, UI_ACCENT_SOFT));
}

static void draw_stretch(const struct pen *pen, size_t first, size_t end)
{
    const struct ui_point *points = pen->chart->points;
    for (size_t i = first; i < end; i++)
        if (i == first)
            canvas_move_to(pen->canvas, x_of(pen, i), y_of(pen, points[i].value));
        else
            canvas_line_to(pen->canvas, x_of(pen, i), y_of(pen, points[i].value));
    canvas_stroke_path(pen->canvas, 2.5F, 0, rgb(pen, UI_ACCENT));
}

typedef void stretch_drawer(const struct pen *pen, size_t first, size_t end);

static void each_stretch(const struct pen *pen, stretch_drawer *draw)
{
    for (size_t i = 0; i < pen->chart->count; i++) {
        size_t first = i;
        while (has_value(pen->chart, i))
            i++;
        if (i > first)
            draw(pen, first, i);
    }
}

static void draw_dot(const struct pen *pen, size_t i, float radius)
{
    canvas_arc(pen->canvas, x_of(pen, i), y_of(pen, pen->chart->points[i].value), radius, 0, 2 * (float)M_PI);
    canvas_fill_path(pen->canvas, rgb(pen, UI_ACCENT));
}

static void draw_line(const struct pen *pen)
{
    const struct ui_chart *chart = pen->chart;
    bool band = false;
    for (size_t i = 0; i < chart->count; i++)
        band |= has_band(&chart->points[i]);
    if (band)
        each_stretch(pen, draw_band);
    draw_target(pen);
    each_stretch(pen, draw_stretch);
    for (size_t i = 0; i < chart->count; i++) /* a lone point has no line to show it */
        if (has_value(chart, i) &&
            (chart->count <= 40 || (!has_value(chart, i + 1) && !has_value(chart, i - 1))))
            draw_dot(pen, i, 3);
}

static void draw_bars(const struct pen *pen)
{
    const struct ui_chart *chart = pen->chart;
    float slot = pen->plot.w / (float)chart->count, gap = fminf(slot * 0.25F, 8);
    for (size_t i = 0; i < chart->count; i++) {
        const struct ui_point *point = &chart->points[i];
        if (!has_value(chart, i) || point->value <= pen->min)
            continue;
        float y = y_of(pen, point->value), width = fminf(slot - gap, 48);
        struct rect bar = {x_of(pen, i) - width / 2, y, width, pen->plot.y + pen->plot.h - y};
        canvas_fill_rounded(pen->canvas, bar, fminf(3, bar.w / 3),
                            rgb(pen, point->color ? point->color : UI_ACCENT));
        if (slot > label_width(pen, point->text) + 4)
            label(pen, point->text, x_of(pen, i), y - 4, 0.5F, UI_TEXT2);
    }
    draw_target(pen);
}

static enum ui_color heat_of(double value, double max)
{
    if (!(value > 0))
        return UI_HEAT0;
    return value > 0.75 * max   ? UI_HEAT4
           : value > 0.5 * max  ? UI_HEAT3
           : value > 0.25 * max ? UI_HEAT2
                                : UI_HEAT1;
}

static void draw_heat(const struct pen *pen, int first_weekday)
{
    const struct ui_chart *chart = pen->chart;
    size_t weeks = (chart->count + (size_t)first_weekday + 6) / 7;
    float cell = fminf((pen->plot.w + CELL_GAP) / (float)weeks - CELL_GAP, CELL_MAX);
    for (size_t i = 0; i < chart->count; i++) {
        size_t at = i + (size_t)first_weekday;
        struct rect r = {pen->plot.x + (float)(at / 7) * (cell + CELL_GAP),
                         pen->plot.y + (float)(at % 7) * (cell + CELL_GAP), cell, cell};
        canvas_fill_rounded(pen->canvas, r, 3, rgb(pen, heat_of(chart->points[i].value, pen->max)));
    }
}

static struct rect plot_of(struct rect r)
{
    return (struct rect){r.x + LEFT, r.y + TOP, r.w - LEFT - RIGHT, r.h - TOP - BOTTOM};
}

static void draw(struct pen *pen, enum ui_chart_kind kind)
{
    if (!pen->chart->count || pen->plot.w <= 0 || pen->plot.h <= 0)
        return;
    find_range(pen);
    draw_axis(pen);
    if (kind == UI_CHART_BARS)
        draw_bars(pen);
    else
        draw_line(pen);
    draw_labels(pen);
}

void ui_chart_draw(struct canvas *canvas, const struct ui_fonts *fonts, enum ui_theme theme,
                   enum ui_chart_kind kind, const struct ui_chart *chart, int first_weekday, struct rect r)
{
    struct text_cache *text = text_cache_new(fonts ? fonts : ui_stub_fonts());
    struct pen pen = {.canvas = canvas, .text = text, .theme = theme, .chart = chart};
    text_line_paint(text, canvas, UI_FACE_SEMIBOLD, UI_BODY, chart->title, r.x, r.y + 16, rgb(&pen, UI_TEXT));
    text_line_paint(text, canvas, UI_FACE_REGULAR, UI_LABEL, chart->summary, r.x, r.y + 36,
                    rgb(&pen, UI_TEXT2));
    struct rect rest = {r.x, r.y + 44, r.w, r.h - 44};
    pen.plot = kind == UI_CHART_HEAT ? rest : plot_of(rest);
    if (kind == UI_CHART_HEAT && chart->count) {
        find_range(&pen);
        draw_heat(&pen, first_weekday);
    } else {
        draw(&pen, kind);
    }
    text_cache_free(text);
}

/* ---- On the screen ---- */

struct chart_data {
    struct ui_chart chart;
    enum ui_chart_kind kind;
    int active; /* the point under the pointer or with the focus */
};

static struct str point_name(struct ui *ui, const struct ui_chart *chart, size_t i)
{
    const struct ui_point *point = &chart->points[i];
    if (!point->label.len)
        return point->text.len ? point->text : STR("–");
    return str_format(ui_arena(ui), "%.*s: %.*s", STR_ARG(point->label), STR_ARG(point->text));
}

static void paint_tip(struct ui *ui, const struct pen *pen, const struct chart_data *data)
{
    size_t i = (size_t)data->active;
    struct str text = point_name(ui, pen->chart, i);
    float width = label_width(pen, text) + 16;
    float x =
        fminf(fmaxf(x_of(pen, i) - width / 2, pen->plot.x - LEFT), pen->plot.x + pen->plot.w + RIGHT - width);
    struct rect tip = {x, pen->plot.y - TOP, width, 22};
    if (has_value(pen->chart, i) && data->kind == UI_CHART_LINE)
        draw_dot(pen, i, 5);
    canvas_fill_rounded(pen->canvas, tip, UI_RADIUS_CONTROL, rgb(pen, UI_SURFACE));
    canvas_border(pen->canvas, tip, UI_RADIUS_CONTROL, 1, rgb(pen, UI_BORDER_STRONG));
    label(pen, text, x + 8, tip.y + 15, 1, UI_TEXT);
}

static void paint_chart(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct chart_data *d = data;
    struct pen pen = {
        .canvas = canvas,
        .text = ui->text,
        .theme = ui->tree->frame.theme,
        .plot = plot_of(node->rect),
        .chart = &d->chart,
    };
    draw(&pen, d->kind);
    if (d->active != NOTHING)
        paint_tip(ui, &pen, d);
}

/* What the painter will read once the caller's points are gone. */
static struct ui_chart keep_chart(struct ui *ui, const struct ui_chart *chart)
{
    struct ui_chart kept = *chart;
    struct ui_point *points = arena_array(ui_arena(ui), chart->count, sizeof *points);
    for (size_t i = 0; i < chart->count; i++) {
        points[i] = chart->points[i];
        points[i].label = ui_keep(ui, points[i].label);
        points[i].text = ui_keep(ui, points[i].text);
    }
    kept.points = points;
    kept.unit = ui_keep(ui, chart->unit);
    kept.target_label = ui_keep(ui, chart->target_label);
    return kept;
}

static uint64_t chart_hash(const struct chart_data *data)
{
    const struct ui_chart *chart = &data->chart;
    double rest[4] = {chart->min, chart->max, chart->target, data->active};
    uint64_t hash = words_hash((uint64_t)data->kind, rest, sizeof rest);
    for (size_t i = 0; i < chart->count; i++) {
        const struct ui_point *point = &chart->points[i];
        double numbers[4] = {point->value, point->low, point->high, point->color};
        hash = words_hash(hash, numbers, sizeof numbers);
        hash = words_hash(hash, point->label.ptr, point->label.len);
        hash = words_hash(hash, point->text.ptr, point->text.len);
    }
    return hash;
}

/* The numbers, for those who read them or have them read. */
static void table(struct ui *ui, const struct ui_chart *chart, bool shown)
{
    ui_open(ui, .key = STR("table"), .role = UI_ROLE_TABLE, .state = shown ? 0 : UI_HIDDEN,
            .name = chart->title, .layout = UI_GRID, .columns = 2, .gap = 24, .row_gap = 4, .width = UI_GROW);
    ui_text(ui, .text = chart->label_column, .role = UI_ROLE_CELL, .size = UI_CAPTION, .color = UI_TEXT3);
    ui_text(ui, .text = chart->column, .role = UI_ROLE_CELL, .size = UI_CAPTION, .color = UI_TEXT3,
            .width = UI_GROW);
    for (size_t i = 0; i < chart->count; i++) {
        ui_text(ui, .text = chart->points[i].label, .role = UI_ROLE_CELL, .size = UI_LABEL);
        ui_text(ui, .text = chart->points[i].text, .role = UI_ROLE_CELL, .size = UI_LABEL, .width = UI_GROW);
    }
    ui_close(ui);
}

static void title(struct ui *ui, const struct ui_chart *chart)
{
    ui_open(ui, .layout = UI_WRAP, .gap = 12, .row_gap = 2, .align = UI_CENTER, .width = UI_GROW);
    ui_heading(ui, chart->title, UI_BODY);
    if (chart->summary.len)
        ui_text(ui, .text = chart->summary, .size = UI_LABEL, .color = UI_TEXT2);
    ui_close(ui);
}

/* A node for a point, which fills the part of the plot that is its own. */
static bool point(struct ui *ui, const struct ui_chart *chart, size_t i, struct ui_box box)
{
    box.role = chart->command ? UI_ROLE_BUTTON : UI_ROLE_CELL;
    box.state = UI_FOCUSABLE;
    box.name = point_name(ui, chart, i);
    box.command = chart->command;
    box.argument = chart->base + (int64_t)i;
    int at = ui_open_box(ui, &box);
    ui_close(ui);
    return ui->tree->nodes[at].state & (UI_HOVERED | UI_FOCUSED);
}

static void show(struct ui *ui, const struct ui_chart *chart, enum ui_chart_kind kind)
{
    struct chart_data *data = arena_new(ui_arena(ui), struct chart_data);
    *data = (struct chart_data){keep_chart(ui, chart), kind, NOTHING};
    float height = chart->height > 0 ? chart->height : HEIGHT;
    ui_open(ui, .key = chart->key, .width = UI_GROW, .gap = 8);
    title(ui, chart);
    int at = ui_open(ui, .key = STR("plot"), .role = UI_ROLE_CHART, .name = chart->title,
                     .value = chart->summary, .layout = UI_ROW, .state = chart->table ? UI_HIDDEN : 0,
                     .width = UI_GROW, .height = UI_FIXED(height), .padding = {TOP, RIGHT, BOTTOM, LEFT},
                     .roving = true, .paint = paint_chart, .data = data, .transparent = true);
    for (size_t i = 0; i < chart->count; i++)
        if (point(ui, chart, i, (struct ui_box){.width = UI_GROW, .height = UI_GROW, .radius = 4}))
            data->active = (int)i;
    ui->tree->nodes[at].box.data_hash = chart_hash(data);
    ui_close(ui);
    table(ui, chart, chart->table);
    ui_close(ui);
}

void ui_line_chart(struct ui *ui, const struct ui_chart *chart)
{
    show(ui, chart, UI_CHART_LINE);
}

void ui_bar_chart(struct ui *ui, const struct ui_chart *chart)
{
    show(ui, chart, UI_CHART_BARS);
}

/* Cells are nodes with a colour; the one in question is told above, where nothing moves. */
void ui_heat_map(struct ui *ui, const struct ui_chart *chart, int first_weekday)
{
    struct pen range = {.chart = chart};
    size_t active = SIZE_MAX;
    find_range(&range);
    ui_open(ui, .key = chart->key, .width = UI_GROW, .gap = 8);
    title(ui, chart);
    ui_open(ui, .key = STR("plot"), .role = UI_ROLE_CHART, .name = chart->title, .value = chart->summary,
            .layout = UI_ROW, .state = chart->table ? UI_HIDDEN : 0, .width = UI_GROW, .gap = CELL_GAP,
            .roving = true, .transparent = true);
    size_t count = chart->count + (size_t)first_weekday;
    for (size_t at = 0; at < count; at++) {
        if (at % 7 == 0)
            ui_open(ui, .width = UI_GROW_TO(CELL_MAX), .gap = CELL_GAP, .transparent = true);
        struct ui_box box = {.width = UI_GROW, .aspect = 1, .radius = 3};
        size_t i = at - (size_t)first_weekday;
        if (at < (size_t)first_weekday) {
            ui_open_box(ui, &box);
            ui_close(ui);
        } else {
            box.fill = heat_of(chart->points[i].value, range.max);
            active = point(ui, chart, i, box) ? i : active;
        }
        if (at % 7 == 6 || at + 1 == count)
            ui_close(ui);
    }
    ui_close(ui);
    if (!chart->table && chart->count)
        ui_text(ui, .size = UI_CAPTION, .color = UI_TEXT2,
                .text = active < chart->count
                            ? point_name(ui, chart, active)
                            : str_format(ui_arena(ui), "%.*s – %.*s", STR_ARG(chart->points[0].label),
                                         STR_ARG(chart->points[chart->count - 1].label)));
    table(ui, chart, chart->table);
    ui_close(ui);
}

/* ---- The time line ---- */

enum { LANES_MAX = 12, LANE = 48, AXIS = 34, LABEL_MAX = 220 };

struct line_data {
    double from, to;
    size_t count;
    const struct ui_moment *moments;
};

static float share_of(double from, double to, double at)
{
    return to > from ? (float)fmin(fmax((at - from) / (to - from), 0), 1) : 0.5F;
}

static void paint_line(struct ui *ui, struct canvas *canvas, const struct ui_node *node, const void *data)
{
    const struct line_data *d = data;
    struct pen pen = {.canvas = canvas, .text = ui->text, .theme = ui->tree->frame.theme};
    float y = node->rect.y + node->rect.h - AXIS, span = node->rect.w;
    canvas_fill(canvas, (struct rect){node->rect.x, y, span, 2}, rgb(&pen, UI_BORDER_STRONG));
    double step = round_up((d->to - d->from) / fmax((double)(span / 80), 1));
    step = step < 1 ? 1 : step;
    for (double year = ceil(d->from / step) * step; year <= d->to && step > 0; year += step) {
        float x = node->rect.x + span * share_of(d->from, d->to, year);
        char text[16];
        int length = snprintf(text, sizeof text, "%.0f", year);
        float half = label_width(&pen, (struct str){text, (size_t)length}) / 2;
        canvas_fill(canvas, (struct rect){x, y, 1, 8}, rgb(&pen, UI_BORDER_STRONG));
        label(&pen, (struct str){text, (size_t)length},
              fminf(fmaxf(x, node->rect.x + half), node->rect.x + span - half), y + 22, 0.5F, UI_TEXT3);
    }
    for (size_t i = 0; i < d->count; i++) {
        float x = node->rect.x + span * share_of(d->from, d->to, d->moments[i].at);
        if (d->moments[i].at < d->from || d->moments[i].at > d->to)
            continue;
        canvas_arc(canvas, x, y + 1, 4, 0, 2 * (float)M_PI);
        canvas_fill_path(canvas, rgb(&pen, d->moments[i].color ? d->moments[i].color : UI_ACCENT));
    }
}

/* A label on the line; those that find no lane are counted into the one before. */
struct placed {
    size_t moment;
    int lane, more;
    float x, width;
};

static float moment_width(struct ui *ui, const struct ui_moment *moment)
{
    float scale = ui->tree->frame.scale;
    int size_px = (int)lrintf(UI_LABEL * scale);
    float label = text_word_width(ui->text, UI_FACE_REGULAR, size_px, moment->label) / scale;
    float date = text_word_width(ui->text, UI_FACE_REGULAR, size_px, moment->date) / scale;
    return fminf(fmaxf(fmaxf(label, date) + 20, UI_TARGET), LABEL_MAX);
}

static size_t pack(struct ui *ui, const struct ui_timeline *line, const struct line_data *data, float width,
                   int lanes, struct placed *ret)
{
    float free_from[LANES_MAX] = {0};
    size_t count = 0;
    for (size_t i = 0; i < line->count; i++) {
        if (line->moments[i].at < data->from || line->moments[i].at > data->to)
            continue;
        float own = moment_width(ui, &line->moments[i]);
        float x = width * share_of(data->from, data->to, line->moments[i].at) - own / 2;
        x = fminf(fmaxf(x, 0), fmaxf(width - own, 0));
        int lane = 0;
        while (lane < lanes && x < free_from[lane])
            lane++;
        if (lane == lanes) {
            if (count)
                ret[count - 1].more++;
            continue;
        }
        free_from[lane] = x + own + 8;
        ret[count++] = (struct placed){i, lane, 0, x, own};
    }
    return count;
}

static void show_moment(struct ui *ui, const struct ui_timeline *line, const struct placed *placed,
                        float width, int lanes)
{
    const struct ui_moment *moment = &line->moments[placed->moment];
    struct arena *arena = ui_arena(ui);
    struct str text =
        placed->more ? str_format(arena, "%.*s +%d", STR_ARG(moment->label), placed->more) : moment->label;
    float spare = width - placed->width;
    ui_open(ui, .role = UI_ROLE_BUTTON, .state = UI_FOCUSABLE, .name = text, .value = moment->date,
            .command = line->command, .argument = moment->argument, .placed = true,
            .share_x = spare > 0 ? placed->x / spare : 0,
            .share_y = lanes > 1 ? (float)(lanes - 1 - placed->lane) / (float)(lanes - 1) : 0,
            .width = UI_FIXED(placed->width), .height = UI_FIXED(UI_TARGET), .padding = UI_SIDES(4, 8),
            .fill = UI_SURFACE, .border = moment->color ? moment->color : UI_BORDER_STRONG,
            .radius = UI_RADIUS_CONTROL, .hover_fill = UI_SURFACE2);
    ui_text(ui, .text = text, .size = UI_LABEL, .lines = 1, .no_wrap = true, .width = UI_GROW);
    ui_text(ui, .text = moment->date, .size = UI_CAPTION, .color = UI_TEXT2, .lines = 1, .no_wrap = true,
            .width = UI_GROW);
    ui_close(ui);
}

void ui_time_line(struct ui *ui, const struct ui_timeline *line)
{
    int lanes = line->lanes > 0 && line->lanes <= LANES_MAX ? line->lanes : 4;
    struct line_data *data = arena_new(ui_arena(ui), struct line_data);
    struct ui_moment *moments = arena_array(ui_arena(ui), line->count, sizeof *moments);
    if (line->count) /* the painter needs no texts: the nodes have them */
        memcpy(moments, line->moments, line->count * sizeof *moments);
    *data = (struct line_data){line->from, line->to, line->count, moments};
    if (!(data->to > data->from) && line->count) {
        data->from = line->moments[0].at;
        data->to = line->moments[line->count - 1].at;
    }
    float width = ui_last_width(ui, line->key);
    struct placed *placed = arena_array(ui_arena(ui), line->count, sizeof *placed);
    size_t count = width > 0 ? pack(ui, line, data, width, lanes, placed) : 0;
    double span[2] = {data->from, data->to};
    uint64_t hash = words_hash(count, span, sizeof span);
    for (size_t i = 0; i < line->count; i++)
        hash = words_hash(hash, &line->moments[i].at, sizeof line->moments[i].at);
    ui_open(ui, .key = line->key, .role = UI_ROLE_CHART, .name = line->title, .layout = UI_COLUMN,
            .width = UI_GROW, .height = UI_FIXED((float)lanes * LANE + AXIS), .measured = true,
            .paint = paint_line, .data = data, .data_hash = hash, .padding = {0, 0, AXIS, 0},
            .transparent = true);
    ui_open(ui, .key = STR("lanes"), .layout = UI_STACK, .width = UI_GROW, .height = UI_GROW, .roving = true,
            .transparent = true);
    for (size_t i = 0; i < count; i++)
        show_moment(ui, line, &placed[i], width, lanes);
    ui_close(ui);
    ui_close(ui);
}
