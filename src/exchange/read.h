/* Files from elsewhere → a sink. What a file is, is told from its content, never from its name alone. */
#ifndef REPASO_EXCHANGE_READ_H
#define REPASO_EXCHANGE_READ_H

#include "exchange/notice.h"
#include "exchange/parcel.h"

enum parcel_format {
    FORMAT_UNKNOWN,
    FORMAT_APKG, /* Anki package, of decks or of a whole collection */
    FORMAT_TEXT, /* Anki text with headers, CSV, TSV, Quizlet paste */
    FORMAT_GIFT,
};

struct read_options {
    enum parcel_format format; /* FORMAT_UNKNOWN: find out */
    struct str deck;       /* where notes go that name no deck; empty: the file's name without its ending */
    struct str lang;       /* of the cards; may be empty */
    int64_t now_ms;        /* nothing is dated later than a day from now */
    int tz_min;            /* minutes east of UTC: whose days are meant where the file does not say */
    bool without_progress; /* no schedule and no log are read */
    /* The program that reads packages in a child process, NULL-terminated; NULL: this one, /proc/self/exe, whose main
     * must call package_child first of all. */
    const char *reader_program;
    /* Asked now and then; true stops with ERROR_CANCELLED. May be NULL. */
    bool (*cancelled)(void *self);
    void *self;
};

/* What the file turned out to be, and what could not be taken as it was. */
struct read_report {
    enum parcel_format format;
    struct str
        how; /* "Anki package (schema 18)", "semicolons between 2 columns, first line left out": as found out */
    struct notices notices;
};

/* Whether the file is one of ours (false: of a format that is not read), and which. A file that is neither gives
 * FORMAT_UNKNOWN with an error that names what is read. */
bool parcel_detect(const char *path, enum parcel_format *ret, struct error *e);
/* Reads the file into the sink. On failure the sink has had some of it: whoever owns it takes that back. Slices of the
 * report live in the arena. */
bool parcel_read(struct arena *arena, const char *path, const struct read_options *options,
                 const struct parcel_sink *sink, struct read_report *ret, struct error *e);
/* The same for text that was pasted; never a package. */
bool parcel_read_text(struct arena *arena, struct str text, const struct read_options *options,
                      const struct parcel_sink *sink, struct read_report *ret, struct error *e);

/* "apkg", "text", "gift"; FORMAT_UNKNOWN for other words. */
enum parcel_format parcel_format_from(struct str name);

#endif
