#include "canvas/inside.h"

#include "base/memory.h"
#include "base/translate.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MAX_PX = 16384 };

struct canvas *canvas_wrap(cairo_surface_t *surface, int width, int height, float scale)
{
    struct canvas *canvas = memory_alloc(sizeof *canvas);
    *canvas = (struct canvas){
        .surface = surface,
        .cairo = cairo_create(surface),
        .scale = scale > 0 ? scale : 1,
        .width = width,
        .height = height,
    };
    return canvas;
}

static int clamp_size(int size)
{
    return size < 1 ? 1 : size > SIZE_MAX_PX ? SIZE_MAX_PX : size;
}

struct canvas *canvas_new(int width_px, int height_px, float scale)
{
    int width = clamp_size(width_px), height = clamp_size(height_px);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        memory_exhausted();
    return canvas_wrap(surface, width, height, scale);
}

struct canvas *canvas_over(void *pixels, int width_px, int height_px, int stride, float scale)
{
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data(pixels, CAIRO_FORMAT_RGB24, width_px, height_px, stride);
    return canvas_wrap(surface, width_px, height_px, scale);
}

static bool paper_failed(cairo_status_t status, const char *path, struct error *e)
{
    fail(e, ERROR_IO, _("cannot write %s: %s"), path, cairo_status_to_string(status));
    return error_at(e, str_from(path), 0, 0);
}

static struct canvas *paper(cairo_surface_t *surface, const char *path, float width, float height,
                            struct error *e)
{
    cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        paper_failed(status, path, e);
        cairo_surface_destroy(surface);
        return NULL;
    }
    struct canvas *canvas = canvas_wrap(surface, (int)ceilf(width), (int)ceilf(height), 1);
    canvas->paper = true;
    snprintf(canvas->path, sizeof canvas->path, "%s", path);
    return canvas;
}

struct canvas *canvas_pdf(const char *path, float width_pt, float height_pt, struct error *e)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(path, (double)width_pt, (double)height_pt);
    return paper(surface, path, width_pt, height_pt, e);
}

struct canvas *canvas_svg(const char *path, float width_pt, float height_pt, struct error *e)
{
    cairo_surface_t *surface = cairo_svg_surface_create(path, (double)width_pt, (double)height_pt);
    return paper(surface, path, width_pt, height_pt, e);
}

void canvas_page(struct canvas *canvas)
{
    cairo_show_page(canvas->cairo);
}

bool canvas_close(struct canvas *canvas, struct error *e)
{
    if (!canvas)
        return true;
    cairo_destroy(canvas->cairo);
    cairo_surface_finish(canvas->surface);
    cairo_status_t status = cairo_surface_status(canvas->surface);
    bool good = status == CAIRO_STATUS_SUCCESS || paper_failed(status, canvas->path, e);
    if (canvas->paper)
        canvas_forget_fonts();
    cairo_surface_destroy(canvas->surface);
    free(canvas);
    return good;
}

int canvas_width(const struct canvas *canvas)
{
    return canvas->width;
}

int canvas_height(const struct canvas *canvas)
{
    return canvas->height;
}

float canvas_scale(const struct canvas *canvas)
{
    return canvas->scale;
}

bool canvas_is_paper(const struct canvas *canvas)
{
    return canvas->paper;
}

const uint32_t *canvas_pixels(struct canvas *canvas, int *ret_stride)
{
    if (canvas->paper)
        return NULL;
    cairo_surface_flush(canvas->surface);
    *ret_stride = cairo_image_surface_get_stride(canvas->surface);
    return (const uint32_t *)(const void *)cairo_image_surface_get_data(canvas->surface);
}

/* ---- Shapes ---- */

static double channel(uint32_t color, int shift)
{
    return (color >> shift & 0xff) / 255.0;
}

void canvas_source(struct canvas *canvas, uint32_t color)
{
    cairo_set_source_rgba(canvas->cairo, channel(color, 16), channel(color, 8), channel(color, 0),
                          channel(color, 24));
}

double canvas_snap(const struct canvas *canvas, float dp)
{
    double px = (double)dp * (double)canvas->scale;
    return canvas->paper ? px : floor(px + 0.5);
}

struct box {
    double x, y, w, h;
};

static struct box snapped(const struct canvas *canvas, struct rect r)
{
    double x = canvas_snap(canvas, r.x), y = canvas_snap(canvas, r.y);
    return (struct box){x, y, canvas_snap(canvas, r.x + r.w) - x, canvas_snap(canvas, r.y + r.h) - y};
}

static void add_rounded(cairo_t *cairo, struct box b, double radius)
{
    double r = fmin(radius, fmin(b.w, b.h) / 2);
    if (r <= 0) {
        cairo_rectangle(cairo, b.x, b.y, b.w, b.h);
        return;
    }
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, b.x + b.w - r, b.y + r, r, -M_PI_2, 0);
    cairo_arc(cairo, b.x + b.w - r, b.y + b.h - r, r, 0, M_PI_2);
    cairo_arc(cairo, b.x + r, b.y + b.h - r, r, M_PI_2, M_PI);
    cairo_arc(cairo, b.x + r, b.y + r, r, M_PI, 3 * M_PI_2);
    cairo_close_path(cairo);
}

void canvas_clear(struct canvas *canvas, uint32_t color)
{
    canvas_source(canvas, color);
    cairo_set_operator(canvas->cairo, CAIRO_OPERATOR_SOURCE);
    cairo_paint(canvas->cairo);
    cairo_set_operator(canvas->cairo, CAIRO_OPERATOR_OVER);
}

void canvas_fill(struct canvas *canvas, struct rect r, uint32_t color)
{
    struct box b = snapped(canvas, r);
    if (b.w <= 0 || b.h <= 0 || color >> 24 == 0)
        return;
    canvas_source(canvas, color);
    cairo_rectangle(canvas->cairo, b.x, b.y, b.w, b.h);
    cairo_fill(canvas->cairo);
}

void canvas_fill_rounded(struct canvas *canvas, struct rect r, float radius, uint32_t color)
{
    struct box b = snapped(canvas, r);
    if (b.w <= 0 || b.h <= 0 || color >> 24 == 0)
        return;
    canvas_source(canvas, color);
    add_rounded(canvas->cairo, b, (double)(radius * canvas->scale));
    cairo_fill(canvas->cairo);
}

void canvas_border(struct canvas *canvas, struct rect r, float radius, float width, uint32_t color)
{
    struct box b = snapped(canvas, r);
    double line = fmax(canvas_snap(canvas, width), canvas->paper ? 0.5 : 1);
    if (b.w <= line || b.h <= line || color >> 24 == 0)
        return;
    struct box middle = {b.x + line / 2, b.y + line / 2, b.w - line, b.h - line};
    canvas_source(canvas, color);
    cairo_set_line_width(canvas->cairo, line);
    add_rounded(canvas->cairo, middle, fmax((double)(radius * canvas->scale) - line / 2, 0));
    cairo_stroke(canvas->cairo);
}

void canvas_clip(struct canvas *canvas, struct rect r)
{
    canvas_clip_rounded(canvas, r, 0);
}

void canvas_clip_rounded(struct canvas *canvas, struct rect r, float radius)
{
    struct box b = snapped(canvas, r);
    cairo_save(canvas->cairo);
    add_rounded(canvas->cairo, (struct box){b.x, b.y, fmax(b.w, 0), fmax(b.h, 0)},
                (double)(radius * canvas->scale));
    cairo_clip(canvas->cairo);
}

void canvas_unclip(struct canvas *canvas)
{
    cairo_restore(canvas->cairo);
}

/* ---- Paths ---- */

static double px(const struct canvas *canvas, float dp)
{
    return (double)dp * (double)canvas->scale;
}

void canvas_move_to(struct canvas *canvas, float x, float y)
{
    cairo_move_to(canvas->cairo, px(canvas, x), px(canvas, y));
}

void canvas_line_to(struct canvas *canvas, float x, float y)
{
    cairo_line_to(canvas->cairo, px(canvas, x), px(canvas, y));
}

void canvas_curve_to(struct canvas *canvas, float x1, float y1, float x2, float y2, float x, float y)
{
    cairo_curve_to(canvas->cairo, px(canvas, x1), px(canvas, y1), px(canvas, x2), px(canvas, y2),
                   px(canvas, x), px(canvas, y));
}

void canvas_arc(struct canvas *canvas, float x, float y, float radius, float from, float to)
{
    cairo_arc(canvas->cairo, px(canvas, x), px(canvas, y), px(canvas, radius), (double)from, (double)to);
}

void canvas_close_path(struct canvas *canvas)
{
    cairo_close_path(canvas->cairo);
}

void canvas_fill_path(struct canvas *canvas, uint32_t color)
{
    canvas_source(canvas, color);
    cairo_fill(canvas->cairo);
}

void canvas_stroke_path(struct canvas *canvas, float width, float dash, uint32_t color)
{
    double length = px(canvas, dash);
    canvas_source(canvas, color);
    cairo_set_line_width(canvas->cairo, px(canvas, width));
    cairo_set_line_join(canvas->cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(canvas->cairo, dash > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(canvas->cairo, &length, dash > 0 ? 1 : 0, 0);
    cairo_stroke(canvas->cairo);
    cairo_set_dash(canvas->cairo, NULL, 0, 0);
}
