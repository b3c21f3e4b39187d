/* Decks that come as one file (NAME.zip): unpacked for as long as a command runs, but called after the file. */
#ifndef REPASO_CLI_PACKAGES_H
#define REPASO_CLI_PACKAGES_H

#include "base/error.h"
#include "base/str.h"

struct addition;
struct arena;
struct call;

struct package {
    struct str file, folder; /* what was named, and where its parts lie meanwhile */
};

struct packages {
    struct package *items;
    size_t count, capacity;
};

/* The words of the command line; a package is replaced by its folder. What was unpacked is in `packages` also after an
 * error. */
bool packages_unpack(struct arena *arena, struct packages *packages, const struct call *call,
                     struct str_list *ret_paths, struct error *e);
void packages_remove(struct packages *packages);

/* The file's name in the place of the folder's. */
struct str packages_path(const struct packages *packages, struct arena *arena, struct str path);
void packages_name_error(const struct packages *packages, struct error *e);
void packages_name_addition(const struct packages *packages, struct addition *addition);

#endif
