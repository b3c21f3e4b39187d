/* The folder's own: what a collection holds, and SQL with less ceremony. */
#ifndef REPASO_COLLECTION_SQL_H
#define REPASO_COLLECTION_SQL_H

#include "base/random.h"
#include "collection/collection.h"

#include <stddef.h>

struct sqlite3;
struct sqlite3_stmt;
struct regime;

struct prepared {
    const char *sql; /* a literal: its address is the key */
    struct sqlite3_stmt *statement;
};

struct collection {
    struct sqlite3 *db;
    char *path;
    bool read_only;
    int nested;                /* transactions begun within the one that is open */
    struct prepared *prepared; /* open addressing; a power of two */
    size_t prepared_count, prepared_size;
    struct random random;
    int64_t device; /* key of "me"; 0: read-only and never written */
    char device_id[27];
    char person[64];
    bool log_held;              /* log.h */
    int64_t next_seq, last_hlc; /* of "me", as read when the transaction began */
    int64_t data_version;       /* when `regime` was read */
    int64_t seen_version;       /* for collection_changed */
    struct regime *regime;      /* options and weights by their place in the log; regime.h */
};

/* A statement ready to step, its parameters bound by `types`, one letter each: i int64_t, d double, t struct str,
 * b struct str as bytes, s const char *, n NULL (no argument), k int64_t key where 0 is NULL, r double where 0 is NULL.
 * `sql` must be a literal. NULL after fail(). Do not use a literal again while its rows are being read. */
struct sqlite3_stmt *query(struct collection *collection, struct error *e, const char *sql, const char *types,
                           ...);
/* One step: `*ret_row` says whether there is a row; the statement is reset at the end and after errors. */
bool query_step(struct collection *collection, struct sqlite3_stmt *statement, bool *ret_row,
                struct error *e);
/* Steps to the end, ignoring rows. */
bool query_run(struct collection *collection, struct sqlite3_stmt *statement, struct error *e);
/* First column of the first row as a number; `otherwise` without a row. */
bool query_number(struct collection *collection, struct sqlite3_stmt *statement, int64_t otherwise,
                  int64_t *ret, struct error *e);
void query_done(struct sqlite3_stmt *statement);
/* The text lives until the next step. */
struct str column_text(struct sqlite3_stmt *statement, int column);
struct str column_copy(struct arena *arena, struct sqlite3_stmt *statement, int column);

/* Several statements without results, e.g. PRAGMAs. */
bool execute(struct collection *collection, const char *sql, struct error *e);

/* BEGIN IMMEDIATE, so that nobody writes between what is read and what is written. Inside another transaction a step
 * of it, that can fail alone. */
bool transaction_begin(struct collection *collection, struct error *e);
/* Commits when `ok`, else rolls back; the error of a failed commit goes into `e`. Returns whether all is on disk. */
bool transaction_end(struct collection *collection, bool ok, struct error *e);
/* A consistent view over several reads. */
bool view_begin(struct collection *collection, struct error *e);
void view_end(struct collection *collection);

/* What SQLite last complained about, as one of our errors. Returns false. */
bool fail_sql(struct collection *collection, struct error *e);

/* JSON array of strings ↔ list. */
struct str list_json(struct arena *arena, const struct str_list *list);
bool list_from_json(struct collection *collection, struct arena *arena, struct str json, struct str_list *ret,
                    struct error *e);

#endif
