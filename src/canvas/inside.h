/* Shared by the files of canvas/ only. */
#ifndef REPASO_CANVAS_INSIDE_H
#define REPASO_CANVAS_INSIDE_H

#include "canvas/canvas.h"

#include <cairo.h>

struct canvas {
    cairo_surface_t *surface;
    cairo_t *cairo;
    float scale;
    bool paper;
    int width, height;
    char path[256]; /* of the file a paper is written to */
};

/* Of a surface over pixels or one that cairo made. */
struct canvas *canvas_wrap(cairo_surface_t *surface, int width, int height, float scale);
void canvas_source(struct canvas *canvas, uint32_t color);
/* Lets go of Pango's fonts, several megabytes. */
void canvas_forget_fonts(void);
/* Whole pixels on a screen, as it is on paper. */
double canvas_snap(const struct canvas *canvas, float dp);

#endif
