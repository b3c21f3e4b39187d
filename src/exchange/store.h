/* A sink that puts what it is given into the collection, all in one transaction. */
#ifndef REPASO_EXCHANGE_STORE_H
#define REPASO_EXCHANGE_STORE_H

#include "collection/collection.h"
#include "collection/import.h"
#include "exchange/count.h"
#include "exchange/parcel.h"
#include "exchange/read.h"

struct store;

/* The transaction begins here. */
bool store_open(struct collection *collection, const struct import_options *options, struct store **ret,
                struct error *e);
struct parcel_sink store_sink(struct store *store);
/* Commits when `ok`, else takes everything back; frees the store. Lists of the report live in the arena. */
bool store_close(struct store *store, struct arena *arena, bool ok, struct import_report *ret,
                 struct error *e);

/* A whole import, or the dry run of one. */
struct store_file {
    const char *path; /* NUL-terminated; NULL: `text` was pasted */
    struct str text;
    struct read_options read;
    struct str program; /* our version */
    struct moment now;
    bool dry_run; /* everything is done and taken back at the end: the numbers are those of the real run */
};

struct stored {
    struct read_report read;
    struct parcel_counts counts;
    struct import_report import; /* zeroed without a collection */
};

/* `collection` may be NULL in a dry run: then it is only counted what the file holds. Lists live in the arena. */
bool store_file(struct collection *collection, struct arena *arena, const struct store_file *file,
                struct stored *ret, struct error *e);

#endif
