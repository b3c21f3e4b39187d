#include "sdl/pictures.h"

#include "base/translate.h"
#include "canvas/canvas.h"
#include "sdl/library.h"

#include <SDL.h>

#include <string.h>

/* Decoding makes four bytes of each pixel: a file of a few bytes must not make gigabytes. */
enum { MOST_PIXELS = 50 * 1000 * 1000, LONGEST_SIDE = 2560 };

static SDL_Surface *(*load)(SDL_RWops *source, int free_source);

static bool open_library(void)
{
    const struct library_function functions[] = {{"IMG_Load_RW", &load}};
    return load || library_open("libSDL2_image-2.0.so.0", functions, 1);
}

static unsigned big(const unsigned char *bytes, int count)
{
    unsigned ret = 0;
    for (int i = 0; i < count; i++)
        ret = ret << 8 | bytes[i];
    return ret;
}

static unsigned little(const unsigned char *bytes, int count)
{
    unsigned ret = 0;
    for (int i = count; i > 0; i--)
        ret = ret << 8 | bytes[i - 1];
    return ret;
}

/* The frame header of a JPEG stands behind segments of any length. */
static double jpeg_pixels(const unsigned char *bytes, size_t len)
{
    for (size_t at = 2; at + 9 < len && bytes[at] == 0xFF;) {
        unsigned char marker = bytes[at + 1];
        bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame)
            return (double)big(bytes + at + 5, 2) * big(bytes + at + 7, 2);
        at += 2 + big(bytes + at + 2, 2);
    }
    return 0;
}

static double webp_pixels(const unsigned char *bytes)
{
    if (memcmp(bytes + 12, "VP8X", 4) == 0)
        return (little(bytes + 24, 3) + 1.0) * (little(bytes + 27, 3) + 1.0);
    if (memcmp(bytes + 12, "VP8L", 4) == 0) {
        unsigned bits = little(bytes + 21, 4);
        return ((bits & 0x3FFF) + 1.0) * ((bits >> 14 & 0x3FFF) + 1.0);
    }
    return (double)(little(bytes + 26, 2) & 0x3FFF) * (little(bytes + 28, 2) & 0x3FFF);
}

/* As the file's head says, before anything is decoded; 0 where it does not say. */
static double pixels_of(struct str file)
{
    const unsigned char *bytes = (const unsigned char *)file.ptr;
    if (file.len < 32)
        return 0;
    if (memcmp(bytes, "\x89PNG", 4) == 0)
        return (double)big(bytes + 16, 4) * big(bytes + 20, 4);
    if (bytes[0] == 0xFF && bytes[1] == 0xD8)
        return jpeg_pixels(bytes, file.len);
    if (memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
        return webp_pixels(bytes);
    if (memcmp(bytes, "GIF8", 4) == 0)
        return (double)little(bytes + 6, 2) * little(bytes + 8, 2);
    return 0;
}

static uint32_t premultiplied(uint32_t argb)
{
    uint32_t alpha = argb >> 24, ret = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        ret |= ((argb >> shift & 0xFF) * alpha + 127) / 255 << shift;
    return ret;
}

static struct canvas_image *image_of(const SDL_Surface *surface)
{
    int stride;
    struct canvas_image *image = canvas_image_new(surface->w, surface->h);
    uint32_t *pixels = canvas_image_pixels(image, &stride);
    for (int y = 0; y < surface->h; y++) {
        const uint32_t *from = (const void *)((const char *)surface->pixels + (ptrdiff_t)y * surface->pitch);
        uint32_t *to = (void *)((char *)pixels + (ptrdiff_t)y * stride);
        for (int x = 0; x < surface->w; x++)
            to[x] = premultiplied(from[x]);
    }
    canvas_image_ready(image);
    return image;
}

/* In the format of canvases, and no larger than is of use; NULL when memory runs out. Takes the surface. */
static SDL_Surface *fit(SDL_Surface *surface)
{
    SDL_Surface *argb = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(surface);
    int longest = argb ? SDL_max(argb->w, argb->h) : 0;
    if (longest <= LONGEST_SIDE)
        return argb;
    int width = SDL_max(1, (int)((long)argb->w * LONGEST_SIDE / longest));
    int height = SDL_max(1, (int)((long)argb->h * LONGEST_SIDE / longest));
    SDL_Surface *small = SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
    if (small && SDL_SoftStretchLinear(argb, NULL, small, NULL) != 0)
        memset(small->pixels, 0, (size_t)small->pitch * (size_t)small->h);
    SDL_FreeSurface(argb);
    return small;
}

struct canvas_image *picture_decode(struct str bytes, struct error *e)
{
    if (!open_library()) {
        fail(e, ERROR_NOT_FOUND, _("Pictures need SDL2_image; install libsdl2-image-2.0-0."));
        return NULL;
    }
    if (pixels_of(bytes) > MOST_PIXELS) {
        fail(e, ERROR_LIMIT, _("This picture has more than 50 million pixels; make it smaller."));
        return NULL;
    }
    SDL_RWops *source = SDL_RWFromConstMem(bytes.ptr, (int)bytes.len);
    SDL_Surface *surface = source ? load(source, 1) : NULL;
    surface = surface ? fit(surface) : NULL;
    if (!surface) {
        fail(e, ERROR_SYNTAX, _("This is no picture that can be shown, or a damaged one."));
        return NULL;
    }
    struct canvas_image *image = image_of(surface);
    SDL_FreeSurface(surface);
    return image;
}
