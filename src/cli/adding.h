/* The steps of `repaso add`, once or again and again. */
#ifndef REPASO_CLI_ADDING_H
#define REPASO_CLI_ADDING_H

#include "app/intake.h"
#include "cli/packages.h"

struct call;
struct collection;

/* What the command line names, read. */
struct adding {
    struct intakes intakes;
    struct packages packages;
};

/* `cancel` may be NULL. adding_finish must follow also after an error. */
bool adding_read(const struct call *call, struct arena *arena, const volatile bool *cancel,
                 struct adding *ret, struct error *e);
void adding_finish(struct adding *adding);
/* All that is wrong with a deck, on standard error. */
void adding_tell_problems(struct arena *arena, const struct adding *adding, const struct intake *intake);
/* Into the collection, and what that changed on standard output. */
bool adding_add(struct collection *collection, struct arena *arena, const struct adding *adding,
                const struct intake *intake, struct error *e);

/* Adds, and adds again whenever a file changes, until the user ends it. */
bool add_watching(const struct call *call, struct error *e);

#endif
