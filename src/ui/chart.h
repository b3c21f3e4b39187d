/* Charts that answer a question. Each is a CHART node with a name, focusable points, and a TABLE child with
 * the numbers: hidden, or shown instead of the picture (`table`). */
#ifndef REPASO_UI_CHART_H
#define REPASO_UI_CHART_H

#include "ui/ui.h"

struct ui_point {
    double value;        /* NAN is a gap */
    double low, high;    /* a band around it; equal for none */
    struct str label;    /* on the axis; empty is not labelled */
    struct str text;     /* the number as read: "87 %" */
    enum ui_color color; /* UI_NONE is the accent */
};

struct ui_chart {
    struct str key;
    struct str title;   /* the question */
    struct str summary; /* beside the title: its answer */
    const struct ui_point *points;
    size_t count;
    double min, max; /* of the axis; equal takes 0 and a round number above the largest */
    double target;   /* a dashed line; NAN or 0 for none */
    struct str target_label;
    struct str unit;   /* behind the numbers of the axis: "%" */
    struct str column; /* heading of the table's numbers */
    struct str label_column;
    float height; /* 0 is 160 dp */
    bool table;
    int command; /* of a point, with its index (base + index) as argument; 0 if they are not to be chosen */
    int64_t base;
};

void ui_line_chart(struct ui *ui, const struct ui_chart *chart);
void ui_bar_chart(struct ui *ui, const struct ui_chart *chart);
/* Points are days, oldest first; `first_weekday` 0 is Monday. Five colours: none, and quarters of max. */
void ui_heat_map(struct ui *ui, const struct ui_chart *chart, int first_weekday);

/* Facts on an axis of time, in lanes, gathered where they would overlap. */
struct ui_moment {
    double at; /* years, with fractions */
    struct str label, date;
    enum ui_color color;
    int64_t argument;
};
struct ui_timeline {
    struct str key, title;
    const struct ui_moment *moments; /* sorted by `at` */
    size_t count;
    double from, to; /* equal takes the first and the last */
    int command;
    int lanes; /* at most; 0 is 4 */
};
void ui_time_line(struct ui *ui, const struct ui_timeline *timeline);

/* A chart alone, for export: drawn on any canvas (PNG, SVG, PDF) in a rectangle. `fonts` may be NULL on paper. */
enum ui_chart_kind { UI_CHART_LINE, UI_CHART_BARS, UI_CHART_HEAT };
void ui_chart_draw(struct canvas *canvas, const struct ui_fonts *fonts, enum ui_theme theme,
                   enum ui_chart_kind kind, const struct ui_chart *chart, int first_weekday, struct rect r);

#endif
