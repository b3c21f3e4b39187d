/* The states that screens are looked at in: pictures, audits and pixel goldens all go through this list. */
#ifndef REPASO_TESTS_SCREENS_STATES_H
#define REPASO_TESTS_SCREENS_STATES_H

#include "world.h"

enum { STATE_STEPS = 10 };

struct state {
    const char *name;
    enum world_kind kind;
    const char *screen, *study;     /* where it starts */
    const char *steps[STATE_STEPS]; /* "key Space", "type …", "do first.next" */
};

extern const struct state states[]; /* ends with a nameless row */

/* Opens the world and goes there; `options` say the language and the theme. */
void state_open(const struct state *state, struct world *world, const struct app_options *options,
                const struct ui_fonts *fonts, int width, int height);

#endif
