/* The steps of `repaso add`, once or again and again. */
#ifndef REPASO_CLI_ADDING_H
#define REPASO_CLI_ADDING_H

#include "base/error.h"

struct arena;
struct call;
struct collection;
struct intake;
struct intakes;

/* Reads what the command line names. `cancel` may be NULL. */
bool add_read(const struct call *call, struct arena *arena, const volatile bool *cancel, struct intakes *ret,
              struct error *e);
/* All that is wrong with a deck, on standard error. */
void add_tell_problems(const struct intake *intake);
/* Into the collection, and what that changed on standard output. */
bool add_one(struct collection *collection, struct arena *arena, const struct intake *intake,
             struct error *e);
/* Adds, and adds again whenever a file changes, until the user ends it. */
bool add_watching(const struct call *call, struct error *e);

#endif
