/* The window: shows what app/ paints, brings it what the learner does. Sleeps until something happens. */
#ifndef REPASO_SDL_WINDOW_H
#define REPASO_SDL_WINDOW_H

#include "base/error.h"

#include <stdbool.h>

struct app;
struct app_options;
struct window;

/* True if there is a display to open a window on. */
bool window_possible(void);
/* Opens the window and stays until it is closed. */
bool window_run(const struct app_options *options, struct error *e);

/* The same in pieces, for measurements. */
bool window_start(const struct app_options *options, struct window **ret, struct error *e);
void window_close(struct window *window);
/* Waits at most `ms` (negative: as long as it takes) for events, then handles them and shows what changed.
 * True if something was shown. */
bool window_step(struct window *window, int ms);
struct app *window_app(struct window *window);

#endif
