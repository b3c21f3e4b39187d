/* What the desktop says about itself. */
#ifndef REPASO_SDL_DESKTOP_H
#define REPASO_SDL_DESKTOP_H

#include <stdbool.h>

struct SDL_Window;

/* Pixels a dp: REPASO_SCALE, else Xft.dpi / 96 where X has it, else 1. On Wayland the ratio of output to
 * window pixels comes on top, by the caller. */
float desktop_scale(struct SDL_Window *window);
/* True if the desktop prefers dark windows, as far as it says so without being asked over a bus. */
bool desktop_is_dark(void);

#endif
