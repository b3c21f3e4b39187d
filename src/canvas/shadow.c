/* A shadow is a blurred rounded square, made once for each (radius, blur) and stretched over nine fields. */
#include "canvas/inside.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 4, RADIUS_MAX_PX = 256 };

static struct {
    int radius, blur;
    cairo_surface_t *surface; /* square; side 2 × corner + 1 */
} cache[KEPT];
static unsigned turn;

/* Corner of the picture: what lies outside the shape, the rounding, and what the blur darkens inside. */
static int corner_of(int radius, int blur)
{
    return 2 * blur + radius;
}

/* One box blur along lines of `count` bytes `step` apart; three of them look like a Gaussian. */
static void blur_line(uint8_t *bytes, int count, int step, int reach, uint8_t *spare)
{
    int sum = 0, width = 2 * reach + 1;
    for (int i = 0; i < count; i++)
        spare[i] = bytes[i * step];
    for (int i = 0; i < reach && i < count; i++)
        sum += spare[i];
    for (int i = 0; i < count; i++) {
        sum += i + reach < count ? spare[i + reach] : 0;
        bytes[i * step] = (uint8_t)(sum / width);
        sum -= i - reach >= 0 ? spare[i - reach] : 0;
    }
}

static void blur_square(uint8_t *pixels, int side, int stride, int blur)
{
    int reach = blur / 3 > 0 ? blur / 3 : 1;
    uint8_t *spare = memory_alloc((size_t)side);
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < side; i++) {
            blur_line(pixels + i * stride, side, 1, reach, spare);
            blur_line(pixels + i, side, stride, reach, spare);
        }
    free(spare);
}

static cairo_surface_t *make(int radius, int blur)
{
    int side = 2 * corner_of(radius, blur) + 1;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, side, side);
    cairo_t *cairo = cairo_create(surface);
    double from = blur, to = side - blur, r = radius;
    cairo_arc(cairo, from + r, from + r, r, M_PI, 3 * M_PI_2);
    cairo_arc(cairo, to - r, from + r, r, -M_PI_2, 0);
    cairo_arc(cairo, to - r, to - r, r, 0, M_PI_2);
    cairo_arc(cairo, from + r, to - r, r, M_PI_2, M_PI);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    blur_square(cairo_image_surface_get_data(surface), side, cairo_image_surface_get_stride(surface), blur);
    cairo_surface_mark_dirty(surface);
    return surface;
}

static cairo_surface_t *find(int radius, int blur)
{
    for (int i = 0; i < KEPT; i++)
        if (cache[i].surface && cache[i].radius == radius && cache[i].blur == blur)
            return cache[i].surface;
    unsigned at = turn++ % KEPT;
    cairo_surface_destroy(cache[at].surface);
    cache[at].radius = radius;
    cache[at].blur = blur;
    cache[at].surface = make(radius, blur);
    return cache[at].surface;
}

/* Stretches the field (sx, sy, sw, sh) of the picture over (x, y, w, h). */
static void field(cairo_t *cairo, cairo_surface_t *surface, double sx, double sy, double sw, double sh,
                  double x, double y, double w, double h)
{
    if (w <= 0 || h <= 0)
        return;
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(surface);
    cairo_matrix_t matrix;
    cairo_matrix_init_translate(&matrix, sx, sy);
    cairo_matrix_scale(&matrix, sw / w, sh / h);
    cairo_matrix_translate(&matrix, -x, -y);
    cairo_pattern_set_matrix(pattern, &matrix);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
    cairo_save(cairo);
    cairo_rectangle(cairo, x, y, w, h);
    cairo_clip(cairo);
    cairo_mask(cairo, pattern);
    cairo_restore(cairo);
    cairo_pattern_destroy(pattern);
}

void canvas_shadow(struct canvas *canvas, struct rect r, float radius, float blur, float drop, uint32_t color)
{
    int blur_px = (int)lrint(fmin((double)(blur * canvas->scale), RADIUS_MAX_PX));
    if (blur_px <= 0 || color >> 24 == 0 || canvas->paper)
        return;
    double x = canvas_snap(canvas, r.x), y = canvas_snap(canvas, r.y + drop);
    double w = canvas_snap(canvas, r.x + r.w) - x, h = canvas_snap(canvas, r.y + r.h + drop) - y;
    int radius_px = (int)lrint(fmin(fmin((double)(radius * canvas->scale), fmin(w, h) / 2), RADIUS_MAX_PX));
    cairo_surface_t *surface = find(radius_px, blur_px);
    double reach = blur_px;
    double c = fmin(corner_of(radius_px, blur_px), floor(fmin(w, h) / 2 + reach));
    double side = 2.0 * corner_of(radius_px, blur_px) + 1, middle = (side - 1) / 2;
    double x0 = x - reach, y0 = y - reach, x1 = x + w + reach, y1 = y + h + reach;
    cairo_t *cairo = canvas->cairo;
    canvas_source(canvas, color);
    field(cairo, surface, 0, 0, c, c, x0, y0, c, c);
    field(cairo, surface, side - c, 0, c, c, x1 - c, y0, c, c);
    field(cairo, surface, 0, side - c, c, c, x0, y1 - c, c, c);
    field(cairo, surface, side - c, side - c, c, c, x1 - c, y1 - c, c, c);
    /* Of the edges only what the shape itself will not cover. */
    double flat = fmin(reach + 1, c), low = fmin(reach + fabs(canvas_snap(canvas, drop)) + 1, c);
    field(cairo, surface, middle, 0, 1, low, x0 + c, y0, x1 - x0 - 2 * c, low);
    field(cairo, surface, middle, side - low, 1, low, x0 + c, y1 - low, x1 - x0 - 2 * c, low);
    field(cairo, surface, 0, middle, flat, 1, x0, y0 + c, flat, y1 - y0 - 2 * c);
    field(cairo, surface, side - flat, middle, flat, 1, x1 - flat, y0 + c, flat, y1 - y0 - 2 * c);
}
