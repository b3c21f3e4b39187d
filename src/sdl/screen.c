#include "sdl/screen.h"

#include <SDL.h>

static void drop(struct screen *screen)
{
    canvas_close(screen->canvas, NULL);
    screen->canvas = NULL;
    if (screen->texture)
        SDL_DestroyTexture(screen->texture);
    screen->texture = NULL;
    screen->surface = NULL;
}

static bool is_ours(const SDL_Surface *surface)
{
    return surface->format->BytesPerPixel == 4 && surface->format->Rmask == 0xFF0000 &&
           surface->format->Gmask == 0xFF00 && surface->format->Bmask == 0xFF;
}

static bool prepare_surface(struct screen *screen, float scale)
{
    screen->surface = SDL_GetWindowSurface(screen->window);
    if (!screen->surface)
        return false;
    SDL_Surface *surface = screen->surface;
    screen->copied = !is_ours(surface);
    screen->canvas = screen->copied
                         ? canvas_new(surface->w, surface->h, scale)
                         : canvas_over(surface->pixels, surface->w, surface->h, surface->pitch, scale);
    return true;
}

static bool prepare_texture(struct screen *screen, float scale)
{
    if (!screen->renderer)
        screen->renderer = SDL_CreateRenderer(screen->window, -1, 0);
    int width, height;
    if (!screen->renderer || SDL_GetRendererOutputSize(screen->renderer, &width, &height) != 0)
        return false;
    screen->texture = SDL_CreateTexture(screen->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING,
                                        width, height);
    if (!screen->texture)
        return false;
    screen->canvas = canvas_new(width, height, scale);
    return true;
}

bool screen_prepare(struct screen *screen, float scale)
{
    drop(screen);
    if (!screen->renderer && prepare_surface(screen, scale))
        return true;
    return prepare_texture(screen, scale);
}

static void show_texture(struct screen *screen)
{
    int stride;
    const uint32_t *pixels = canvas_pixels(screen->canvas, &stride);
    SDL_UpdateTexture(screen->texture, NULL, pixels, stride);
    SDL_RenderCopy(screen->renderer, screen->texture, NULL, NULL);
    SDL_RenderPresent(screen->renderer);
}

static void copy_to_surface(struct screen *screen)
{
    int stride;
    void *pixels = (void *)(uintptr_t)canvas_pixels(screen->canvas, &stride);
    SDL_Surface *from =
        SDL_CreateRGBSurfaceWithFormatFrom(pixels, canvas_width(screen->canvas),
                                           canvas_height(screen->canvas), 32, stride, SDL_PIXELFORMAT_RGB888);
    if (from)
        SDL_BlitSurface(from, NULL, screen->surface, NULL);
    SDL_FreeSurface(from);
}

void screen_show(struct screen *screen, const struct pixel_rect *changed, int count)
{
    enum { MOST = 16 };
    if (screen->texture) {
        show_texture(screen);
        return;
    }
    int stride;
    if (screen->copied)
        copy_to_surface(screen);
    else
        canvas_pixels(screen->canvas, &stride); /* flushes */
    SDL_Rect rects[MOST];
    for (int i = 0; i < count && i < MOST; i++)
        rects[i] = (SDL_Rect){changed[i].x, changed[i].y, changed[i].w, changed[i].h};
    SDL_UpdateWindowSurfaceRects(screen->window, rects, count < MOST ? count : MOST);
}

void screen_finish(struct screen *screen)
{
    drop(screen);
    if (screen->renderer)
        SDL_DestroyRenderer(screen->renderer);
    screen->renderer = NULL;
}
