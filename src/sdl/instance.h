/* One window a collection: a second start hands its wish to the first over a socket in $XDG_RUNTIME_DIR, and a command
 * that writes tells it that something changed, so it need not poll. */
#ifndef REPASO_SDL_INSTANCE_H
#define REPASO_SDL_INSTANCE_H

#include <stdbool.h>

/* One line: "show", "study", "study DECK", "changed", "open FILE". False if no window has this collection open. */
bool instance_tell(const char *collection, const char *line);

struct instance;
/* Every line that comes is given to `heard`, from a thread of its own; the text lives until it returns. NULL where there
 * is no folder for the socket, or another window has it. */
struct instance *instance_open(const char *collection, void (*heard)(void *self, const char *line),
                               void *self);
/* NULL is fine. */
void instance_close(struct instance *instance);

#endif
