/* The statistics as files: numbers as CSV, charts as a picture or a page. */
#include "app/inside.h"

#include "base/file.h"
#include "base/translate.h"
#include "ui/chart.h"

#include <math.h>

enum { WIDTH = 1000, CHART = 300, MARGIN = 40 };

static struct str path_for(struct app *app, struct arena *arena, const char *end)
{
    int64_t day = collection_day(app->collection, app_now(app));
    return path_join(arena, app_downloads(arena), str_format(arena, "repaso-%lld.%s", (long long)day, end));
}

static void tell(struct app *app, bool ok, struct str path, const struct error *e)
{
    if (ok)
        app_toast(app, str_format(ui_arena(app->ui), _("Written: %.*s"), STR_ARG(path)), ACTION_NONE);
    else
        app_toast_error(app, e);
}

/* RFC 4180. */
static void add_cell(struct buffer *ret, struct str text)
{
    buffer_add_char(ret, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buffer_add_char(ret, '"');
        buffer_add_char(ret, text.ptr[i]);
    }
    buffer_add_char(ret, '"');
}

static void add_number(struct buffer *ret, double number)
{
    if (isnan(number))
        buffer_add(ret, STR(","));
    else
        buffer_format(ret, ",%.6g", number);
}

void save_csv(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct arena *arena = ui_arena(app->ui);
    struct ui_chart charts[STATISTICS_CHARTS];
    int kinds[STATISTICS_CHARTS];
    struct buffer csv = {0};
    struct error e = {0};
    statistics_fill(app);
    app->statistics.view.table = true; /* every label, not only those that an axis has room for */
    statistics_charts(arena, &app->statistics.view, charts, kinds);
    buffer_add(&csv, STR("chart,label,value,low,high\r\n"));
    for (int c = 0; c < STATISTICS_CHARTS; c++) {
        for (size_t i = 0; i < charts[c].count; i++) {
            const struct ui_point *point = &charts[c].points[i];
            add_cell(&csv, charts[c].title);
            buffer_add_char(&csv, ',');
            add_cell(&csv, point->label);
            add_number(&csv, point->value);
            add_number(&csv, point->low);
            add_number(&csv, point->high);
            buffer_add(&csv, STR("\r\n"));
        }
    }
    struct str path = path_for(app, arena, "csv");
    tell(app, file_write(path.ptr, buffer_str(&csv), &e), path, &e);
    buffer_finish(&csv);
}

static void draw(struct app *app, struct canvas *canvas)
{
    struct arena *arena = ui_arena(app->ui);
    struct ui_chart charts[STATISTICS_CHARTS];
    int kinds[STATISTICS_CHARTS];
    statistics_fill(app);
    app->statistics.view.table = false;
    statistics_charts(arena, &app->statistics.view, charts, kinds);
    canvas_clear(canvas, ui_theme_color(UI_LIGHT, UI_SURFACE));
    for (int i = 0; i < STATISTICS_CHARTS; i++) {
        struct rect r = {MARGIN, (float)(MARGIN + i * CHART), WIDTH - 2 * MARGIN, CHART - MARGIN};
        ui_chart_draw(canvas, app->window.fonts ? app->window.fonts : ui_stub_fonts(), UI_LIGHT,
                      (enum ui_chart_kind)kinds[i], &charts[i], app->statistics.view.first_weekday, r);
    }
}

enum { HEIGHT = MARGIN + STATISTICS_CHARTS * CHART };

void save_png(struct app *app, const struct ui_action *action)
{
    (void)action;
    enum { FINE = 2 };
    struct error e = {0};
    struct str path = path_for(app, ui_arena(app->ui), "png");
    struct canvas *canvas = canvas_new(WIDTH * FINE, HEIGHT * FINE, FINE);
    draw(app, canvas);
    bool ok = canvas_write_png(canvas, path.ptr, &e);
    canvas_close(canvas, NULL);
    tell(app, ok, path, &e);
}

void save_pdf(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    struct str path = path_for(app, ui_arena(app->ui), "pdf");
    struct canvas *canvas = canvas_pdf(path.ptr, WIDTH, HEIGHT, &e);
    if (canvas)
        draw(app, canvas);
    tell(app, canvas && canvas_close(canvas, &e), path, &e);
}
