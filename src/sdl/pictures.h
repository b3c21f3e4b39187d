/* Pictures of cards: whatever SDL2_image reads (PNG, JPEG, WebP, SVG, …). */
#ifndef REPASO_SDL_PICTURES_H
#define REPASO_SDL_PICTURES_H

#include "base/error.h"
#include "base/str.h"

struct canvas_image;

/* NULL after fail(): no picture, a broken one, one of too many pixels, or SDL2_image is not installed. What is larger
 * than any screen is made smaller. */
struct canvas_image *picture_decode(struct str bytes, struct error *e);

#endif
