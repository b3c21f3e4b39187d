/* Glyph masks, images, PNG files. */
#include "canvas/inside.h"

#include "base/memory.h"
#include "base/translate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Masks ---- */

struct canvas_mask *canvas_mask_new(int width, int height, bool colour)
{
    struct canvas_mask *mask = memory_alloc(sizeof *mask);
    *mask = (struct canvas_mask){.colour = colour};
    if (width <= 0 || height <= 0)
        return mask;
    cairo_format_t format = colour ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_A8;
    cairo_surface_t *surface = cairo_image_surface_create(format, width, height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) { /* wider than Cairo's 32767 pixels */
        cairo_surface_destroy(surface);
        return mask;
    }
    cairo_surface_flush(surface);
    mask->surface = surface;
    mask->width = width;
    mask->height = height;
    mask->stride = cairo_image_surface_get_stride(surface);
    mask->pixels = cairo_image_surface_get_data(surface);
    return mask;
}

void canvas_mask_ready(struct canvas_mask *mask)
{
    if (mask->surface)
        cairo_surface_mark_dirty(mask->surface);
}

void canvas_mask_free(struct canvas_mask *mask)
{
    if (!mask)
        return;
    cairo_surface_destroy(mask->surface);
    free(mask);
}

size_t canvas_mask_size(const struct canvas_mask *mask)
{
    return sizeof *mask + (size_t)mask->stride * (size_t)mask->height;
}

void canvas_mask_paint(struct canvas *canvas, const struct canvas_mask *mask, float x, float y,
                       uint32_t color)
{
    if (!mask->surface || color >> 24 == 0)
        return;
    double left = canvas_snap(canvas, x) + mask->left, top = canvas_snap(canvas, y) + mask->top;
    if (!mask->colour) {
        canvas_source(canvas, color);
        cairo_mask_surface(canvas->cairo, mask->surface, left, top);
        return;
    }
    cairo_set_source_surface(canvas->cairo, mask->surface, left, top);
    cairo_paint_with_alpha(canvas->cairo, (color >> 24) / 255.0);
}

/* ---- Images ---- */

struct canvas_image {
    cairo_surface_t *surface;
    int width, height;
    /* A large picture is made small once, not in every frame. */
    cairo_surface_t *small;
    int small_width, small_height;
};

struct canvas_image *canvas_image_new(int width_px, int height_px)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width_px, height_px);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return NULL;
    }
    struct canvas_image *image = memory_alloc(sizeof *image);
    *image = (struct canvas_image){.surface = surface, .width = width_px, .height = height_px};
    cairo_surface_flush(surface);
    return image;
}

uint32_t *canvas_image_pixels(struct canvas_image *image, int *ret_stride)
{
    *ret_stride = cairo_image_surface_get_stride(image->surface);
    return (uint32_t *)(void *)cairo_image_surface_get_data(image->surface);
}

static void forget_small(struct canvas_image *image)
{
    cairo_surface_destroy(image->small);
    image->small = NULL;
}

void canvas_image_ready(struct canvas_image *image)
{
    cairo_surface_mark_dirty(image->surface);
    forget_small(image);
}

void canvas_image_free(struct canvas_image *image)
{
    if (!image)
        return;
    forget_small(image);
    cairo_surface_destroy(image->surface);
    free(image);
}

int canvas_image_width(const struct canvas_image *image)
{
    return image->width;
}

int canvas_image_height(const struct canvas_image *image)
{
    return image->height;
}

/* `surface` of w × h pixels over a rectangle at (x, y). */
static void paint_scaled(cairo_t *cairo, cairo_surface_t *surface, int w, int h, struct pixel_rect r,
                         double alpha)
{
    cairo_save(cairo);
    cairo_rectangle(cairo, r.x, r.y, r.w, r.h);
    cairo_clip(cairo);
    cairo_translate(cairo, r.x, r.y);
    cairo_scale(cairo, (double)r.w / w, (double)r.h / h);
    cairo_set_source_surface(cairo, surface, 0, 0);
    /* Good filtering blends across the edge with nothing; padding keeps edges solid. */
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_paint_with_alpha(cairo, alpha);
    cairo_restore(cairo);
}

static void make_small(struct canvas_image *image, int width, int height)
{
    forget_small(image);
    image->small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    image->small_width = width;
    image->small_height = height;
    cairo_t *cairo = cairo_create(image->small);
    paint_scaled(cairo, image->surface, image->width, image->height, (struct pixel_rect){0, 0, width, height},
                 1);
    cairo_destroy(cairo);
}

void canvas_image_paint(struct canvas *canvas, struct canvas_image *image, struct rect r, float alpha)
{
    int x = (int)canvas_snap(canvas, r.x), y = (int)canvas_snap(canvas, r.y);
    struct pixel_rect px = {x, y, (int)canvas_snap(canvas, r.x + r.w) - x,
                            (int)canvas_snap(canvas, r.y + r.h) - y};
    if (px.w <= 0 || px.h <= 0)
        return;
    bool large = !canvas->paper && px.w < image->width && px.h < image->height;
    if (large && (!image->small || image->small_width != px.w || image->small_height != px.h))
        make_small(image, px.w, px.h);
    if (large)
        paint_scaled(canvas->cairo, image->small, px.w, px.h, px, (double)alpha);
    else
        paint_scaled(canvas->cairo, image->surface, image->width, image->height, px, (double)alpha);
}

/* ---- PNG ---- */

static enum error_kind kind_of(cairo_status_t status)
{
    switch (status) {
    case CAIRO_STATUS_FILE_NOT_FOUND:
        return ERROR_NOT_FOUND;
    case CAIRO_STATUS_PNG_ERROR:
        return ERROR_CORRUPT;
    default:
        return ERROR_IO;
    }
}

static bool png_failed(cairo_status_t status, const char *path, struct error *e)
{
    fail(e, kind_of(status), "%s", cairo_status_to_string(status));
    return error_at(e, str_from(path), 0, 0);
}

bool canvas_write_png(struct canvas *canvas, const char *path, struct error *e)
{
    cairo_surface_flush(canvas->surface);
    cairo_status_t status = cairo_surface_write_to_png(canvas->surface, path);
    return status == CAIRO_STATUS_SUCCESS || png_failed(status, path, e);
}

bool canvas_read_png(const char *path, struct canvas **ret, struct error *e)
{
    cairo_surface_t *png = cairo_image_surface_create_from_png(path);
    cairo_status_t status = cairo_surface_status(png);
    if (status != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(png);
        return png_failed(status, path, e);
    }
    struct canvas *canvas =
        canvas_new(cairo_image_surface_get_width(png), cairo_image_surface_get_height(png), 1);
    cairo_set_source_surface(canvas->cairo, png, 0, 0);
    cairo_paint(canvas->cairo);
    cairo_surface_destroy(png);
    *ret = canvas;
    return true;
}

static bool pixels_differ(uint32_t a, uint32_t b, int tolerance)
{
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > tolerance)
            return true;
    return false;
}

double canvas_difference(struct canvas *a, struct canvas *b, int tolerance)
{
    int stride_a, stride_b;
    const uint32_t *left = canvas_pixels(a, &stride_a), *right = canvas_pixels(b, &stride_b);
    if (!left || !right || a->width != b->width || a->height != b->height)
        return 1;
    size_t different = 0;
    for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++)
            different +=
                pixels_differ(left[y * (stride_a / 4) + x], right[y * (stride_b / 4) + x], tolerance);
    return (double)different / ((double)a->width * a->height);
}
