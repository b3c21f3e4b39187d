/* What the rows of the command table run; each has a file of its name. */
#ifndef REPASO_CLI_COMMANDS_H
#define REPASO_CLI_COMMANDS_H

#include "base/error.h"

#include <stdbool.h>

struct call;

bool run_help(const struct call *call, struct error *e);
bool run_schedule(const struct call *call, struct error *e);
bool run_version(const struct call *call, struct error *e);

#endif
