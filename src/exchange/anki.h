/* An Anki package, read where nothing else can be done: the work of the child process. */
#ifndef REPASO_EXCHANGE_ANKI_H
#define REPASO_EXCHANGE_ANKI_H

#include "exchange/read.h"

/* Reads the package from an open file, which is taken over, with `scratch`, an empty file open for reading and writing, for its
 * database. The options that count: now_ms, tz_min, without_progress, lang, and the deck of notes that name none. */
bool anki_read(struct arena *arena, int file, int scratch, const struct read_options *options,
               const struct parcel_sink *sink, struct read_report *ret, struct error *e);

#endif
