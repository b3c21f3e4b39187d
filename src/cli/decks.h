/* The actions of `repaso decks`. */
#ifndef REPASO_CLI_DECKS_H
#define REPASO_CLI_DECKS_H

#include "cli/command.h"

/* `call` has words: the action and what it is done to. */
bool decks_change(const struct call *call, struct error *e);

#endif
