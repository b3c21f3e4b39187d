/* A database of strangers. It is read through a file system of our own that knows one open file and can only read it; SQLite
 * is told to trust nothing in it, and may do nothing but SELECT. */
#ifndef REPASO_EXCHANGE_FOREIGN_H
#define REPASO_EXCHANGE_FOREIGN_H

#include "base/error.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct foreign;
struct sqlite3_stmt;

/* For a process that does nothing else: SQLite may have so much memory and no more. */
void foreign_limit_memory(void);

/* `file` is open for reading, and stays the caller's. */
bool foreign_open(int file, struct foreign **ret, struct error *e);
void foreign_close(struct foreign *foreign);

/* Whether a name is an ordinary table of the database: no view, no virtual table, nothing else of that name. */
bool foreign_has_table(struct foreign *foreign, const char *name);

/* A statement over the database; NULL after fail(), when a table or column is missing. */
struct sqlite3_stmt *foreign_query(struct foreign *foreign, const char *sql, struct error *e);
/* A statement over no table, for JSON: json_each(?1) and its kin. NULL cannot happen. */
struct sqlite3_stmt *foreign_json(struct foreign *foreign, const char *sql);
/* The statement's only parameter; the text must live until the statement is done. */
void foreign_bind(struct sqlite3_stmt *statement, struct str text);
void foreign_bind_int(struct sqlite3_stmt *statement, int64_t value);
/* For the next value of the parameter. */
void foreign_reset(struct sqlite3_stmt *statement);
/* The next row. False at the end (`e->kind` is ERROR_NONE then), or when the database is damaged or does too much.
 * `ret_too_big` (may be NULL) is set instead of failing when the row holds a value that is too large. */
bool foreign_step(struct sqlite3_stmt *statement, bool *ret_too_big, struct error *e);
void foreign_done(struct sqlite3_stmt *statement);

/* A column as a number; `*bad` is set when it is none or not within the bounds, and the nearest within is given. */
int64_t foreign_int(struct sqlite3_stmt *statement, int column, int64_t least, int64_t most, bool *bad);
/* A column as text of UTF-8: what is not becomes U+FFFD and sets `*bad`, as do NULs. Copied into the arena. */
struct str foreign_text(struct arena *arena, struct sqlite3_stmt *statement, int column, bool *bad);
/* The same for bytes from elsewhere. */
struct str foreign_clean(struct arena *arena, struct str bytes, bool *bad);
/* The bytes as they are; until the next step. */
struct str foreign_bytes(struct sqlite3_stmt *statement, int column);

#endif
