/* Shapes, clips, glyph masks and images, painted by Cairo.
 *
 * Coordinates are dp (1 dp = 1 px at scale 1); the canvas multiplies by its scale and snaps the edges of
 * rectangles to whole pixels, so that lines are crisp at every zoom. Paths are not snapped.
 * Colours are 0xAARRGGBB, not premultiplied. */
#ifndef REPASO_CANVAS_CANVAS_H
#define REPASO_CANVAS_CANVAS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct canvas;

struct rect {
    float x, y, w, h;
};

/* Whole pixels. */
struct pixel_rect {
    int x, y, w, h;
};

/* An empty rectangle has no width or no height. */
bool rect_empty(struct rect r);
bool rect_has(struct rect r, float x, float y);
struct rect rect_intersect(struct rect a, struct rect b);
/* The smallest rectangle around both; an empty one does not count. */
struct rect rect_union(struct rect a, struct rect b);
/* Grows (or, below 0, shrinks) on every side. */
struct rect rect_grow(struct rect r, float by);

/* The same colour with `alpha` (0 to 1) of its opacity. */
uint32_t color_fade(uint32_t color, float alpha);
/* `t` of the way from a to b, 0 to 1. */
uint32_t color_mix(uint32_t a, uint32_t b, float t);

/* An image surface of its own, black at first. Never NULL; sizes are clamped to 1..16384. */
struct canvas *canvas_new(int width_px, int height_px, float scale);
/* Over pixels that stay somebody else's (a window surface): 32 bits, 0xXXRRGGBB, `stride` bytes a line. */
struct canvas *canvas_over(void *pixels, int width_px, int height_px, int stride, float scale);
/* Paper: text stays text there (canvas_text). Sizes in points, 1 dp = 1 pt at scale 1. */
struct canvas *canvas_pdf(const char *path, float width_pt, float height_pt, struct error *e);
struct canvas *canvas_svg(const char *path, float width_pt, float height_pt, struct error *e);
/* Ends a page of a PDF and begins the next. */
void canvas_page(struct canvas *canvas);
/* Writes what is not yet written (PDF, SVG) and frees; false if writing failed. NULL is accepted. */
bool canvas_close(struct canvas *canvas, struct error *e);

int canvas_width(const struct canvas *canvas);
int canvas_height(const struct canvas *canvas);
float canvas_scale(const struct canvas *canvas);
/* True for PDF and SVG, where text must be drawn by canvas_text. */
bool canvas_is_paper(const struct canvas *canvas);
/* 0xXXRRGGBB pixels of an image canvas and the bytes of a line; NULL for paper. Flushed and ready to read. */
const uint32_t *canvas_pixels(struct canvas *canvas, int *ret_stride);

/* A colour everywhere in the clip, replacing what was there. */
void canvas_clear(struct canvas *canvas, uint32_t color);
void canvas_fill(struct canvas *canvas, struct rect r, uint32_t color);
/* `radius` is limited to half the shorter side. */
void canvas_fill_rounded(struct canvas *canvas, struct rect r, float radius, uint32_t color);
/* A line of `width` just inside the edge; at least one pixel wide. */
void canvas_border(struct canvas *canvas, struct rect r, float radius, float width, uint32_t color);
/* The soft shadow of a rounded rectangle, moved down by `drop`; drawn outside of it only. */
void canvas_shadow(struct canvas *canvas, struct rect r, float radius, float blur, float drop,
                   uint32_t color);

/* Clips nest; every push wants its pop. */
void canvas_clip(struct canvas *canvas, struct rect r);
void canvas_clip_rounded(struct canvas *canvas, struct rect r, float radius);
void canvas_unclip(struct canvas *canvas);

/* One path at a time: points are added, then it is filled or stroked, which ends it. */
void canvas_move_to(struct canvas *canvas, float x, float y);
void canvas_line_to(struct canvas *canvas, float x, float y);
void canvas_curve_to(struct canvas *canvas, float x1, float y1, float x2, float y2, float x, float y);
/* Angles in radians, clockwise from three o'clock. */
void canvas_arc(struct canvas *canvas, float x, float y, float radius, float from, float to);
void canvas_close_path(struct canvas *canvas);
void canvas_fill_path(struct canvas *canvas, uint32_t color);
/* `dash` is the length of dashes and gaps, 0 for a whole line. */
void canvas_stroke_path(struct canvas *canvas, float width, float dash, uint32_t color);

/* The picture of a run of text: 8 bits of coverage a pixel, or (`colour`) premultiplied 0xAARRGGBB for
 * emoji. Painted with its pixel (0,0) at (`left`, `top`) from the pen on the baseline, in pixels. */
struct canvas_mask {
    int width, height, stride;
    int left, top;
    bool colour;
    uint8_t *pixels; /* zeroed by canvas_mask_new; fill it, then call canvas_mask_ready */
    void *surface;
};

/* An empty run has width 0 and no pixels. Never NULL. */
struct canvas_mask *canvas_mask_new(int width, int height, bool colour);
void canvas_mask_ready(struct canvas_mask *mask);
void canvas_mask_free(struct canvas_mask *mask);
/* Bytes it holds, for caches. */
size_t canvas_mask_size(const struct canvas_mask *mask);
/* The pen in dp, rounded to a whole pixel. `color` is ignored for colour masks but for its opacity. */
void canvas_mask_paint(struct canvas *canvas, const struct canvas_mask *mask, float x, float y,
                       uint32_t color);

/* Pictures, premultiplied 0xAARRGGBB. */
struct canvas_image;
struct canvas_image *canvas_image_new(int width_px, int height_px);
uint32_t *canvas_image_pixels(struct canvas_image *image, int *ret_stride);
void canvas_image_ready(struct canvas_image *image);
void canvas_image_free(struct canvas_image *image);
int canvas_image_width(const struct canvas_image *image);
int canvas_image_height(const struct canvas_image *image);
/* Stretched over `r` with a smooth filter; the size last painted is kept when it is smaller than the picture. */
void canvas_image_paint(struct canvas *canvas, struct canvas_image *image, struct rect r, float alpha);

/* Text through Pango, for paper (and wherever no glyph masks are at hand). The pen is on the baseline.
 * `family` is a list as in CSS; `weight` is 400 or 600 or 700. */
struct canvas_font {
    const char *family;
    float size;
    int weight;
    bool italic;
};
void canvas_text(struct canvas *canvas, const struct canvas_font *font, struct str text, float x, float y,
                 uint32_t color);
float canvas_text_width(struct canvas *canvas, const struct canvas_font *font, struct str text);
/* Wrapped at `width`, its top left at (x, y); gives the height it took. Paint with `color` 0 to measure. */
float canvas_text_block(struct canvas *canvas, const struct canvas_font *font, struct str text, float x,
                        float y, float width, uint32_t color);

bool canvas_write_png(struct canvas *canvas, const char *path, struct error *e);
/* An image canvas with the contents of a PNG file; scale 1. */
bool canvas_read_png(const char *path, struct canvas **ret, struct error *e);
/* The share (0 to 1) of pixels where any channel differs by more than `tolerance`; 1 if the sizes differ. */
double canvas_difference(struct canvas *a, struct canvas *b, int tolerance);

#endif
