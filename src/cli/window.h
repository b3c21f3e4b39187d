/* The window, as the command line opens it. */
#ifndef REPASO_CLI_WINDOW_H
#define REPASO_CLI_WINDOW_H

#include "base/error.h"

#include <stdbool.h>

struct call;

/* Shows the home screen, or studies at once (`deck` NULL: all decks); returns when it is closed. Without a display:
 * an error that says what to do instead. Words of a call without a command are files to be imported. Where a window has the
 * collection open already, that one is asked instead. */
bool window_open(const struct call *call, const char *deck, bool study, struct error *e);

#endif
