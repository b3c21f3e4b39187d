/* Decks handed out as one file: a ZIP of our own deck files and what lies beside them. Who gets it knows the giver, and
 * still trusts the file no more than any other: parts are known by their plain names, whatever folders they were packed
 * with, and counted as they come out. */
#ifndef REPASO_EXCHANGE_HANDOUT_H
#define REPASO_EXCHANGE_HANDOUT_H

#include "base/error.h"
#include "base/str.h"

struct arena;

/* By its name: NAME.zip. */
bool handout_is_file_name(struct str path);

/* Lays decks, chapters, pictures and recordings into a new folder that only this user may read, to be removed with
 * handout_remove. What else is in the file stays there. */
bool handout_unpack(struct arena *arena, const char *path, struct str *ret_folder, struct error *e);
void handout_remove(struct str folder);

/* The other way: parts into one file, which appears whole when it is closed. */
struct handout;
bool handout_open(const char *path, struct handout **ret, struct error *e);
/* `bytes` must live until the file is closed. */
bool handout_add(struct handout *handout, struct str name, struct str bytes, struct error *e);
/* Puts the file in its place when `ok`; frees the handout. */
bool handout_close(struct handout *handout, bool ok, struct error *e);

#endif
