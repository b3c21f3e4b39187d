/* A collection's decks → files that other programs read.
 *
 * A writer is a sink with an end. What it writes appears whole or not at all when it is finished. */
#ifndef REPASO_EXCHANGE_WRITE_H
#define REPASO_EXCHANGE_WRITE_H

#include "exchange/parcel.h"

struct writer;

struct write_options {
    const char *path;  /* of the file to be; NUL-terminated */
    struct str title;  /* of the whole */
    bool quiz;         /* pdf: a sheet of questions with a key, not cards to cut out */
    bool letter;       /* pdf: US Letter, not A4 */
    struct str person; /* whose answers a page gives back; empty: it asks for a name */
    int64_t now_ms;
    int tz_min; /* minutes east of UTC: whose days are meant */
    int rollover_hour;
};

/* One row a format; see write.c. */
struct write_format {
    const char *name; /* "apkg": the word of --format, and what a file's name ends with */
    bool wants_bytes; /* of media */
    bool whole_notes; /* gives imported notes back as they came, see load.h */
    /* Makes the writer; its sink's functions follow from the format. */
    bool (*open)(const struct write_options *options, struct writer **ret, struct error *e);
    bool (*deck)(void *writer, const struct parcel_deck *deck, struct error *e);
    bool (*type)(void *writer, const struct parcel_type *type, struct error *e);
    bool (*medium)(void *writer, const struct parcel_medium *medium, struct error *e);
    bool (*note)(void *writer, const struct parcel_note *note, struct error *e);
    bool (*chapter)(void *writer, const struct parcel_chapter *chapter, struct error *e);
    /* Puts the file in its place when `ok`, else leaves nothing behind; frees the writer. */
    bool (*close)(struct writer *writer, bool ok, struct error *e);
};

/* By its name; NULL if there is none. */
const struct write_format *write_format_find(struct str name);
/* The names, "apkg, …", for messages. */
struct str write_format_names(struct arena *arena);
struct parcel_sink write_sink(const struct write_format *format, struct writer *writer);

#endif
