/* Where pixels go: the window's own surface, or (native Wayland has none) a streaming texture. */
#ifndef REPASO_SDL_SCREEN_H
#define REPASO_SDL_SCREEN_H

#include "canvas/canvas.h"

#include <stdbool.h>

struct SDL_Window;
struct SDL_Surface;
struct SDL_Renderer;
struct SDL_Texture;

struct screen {
    struct SDL_Window *window;
    struct SDL_Surface *surface;   /* the window's, or NULL */
    struct SDL_Renderer *renderer; /* otherwise these two */
    struct SDL_Texture *texture;
    struct canvas *canvas;
    bool copied; /* the canvas has pixels of its own: the surface is not 32 bits */
};

/* Gets the surface for the window's size now; the canvas is empty afterwards. False if there is no way. */
bool screen_prepare(struct screen *screen, float scale);
void screen_show(struct screen *screen, const struct pixel_rect *changed, int count);
void screen_finish(struct screen *screen);

#endif
