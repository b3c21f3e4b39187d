#include "collection/sql.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "collection/regime.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* A write that met a limit on the size of files, or a quota, is not called "full" by SQLite, and by now errno may be gone:
 * only a disk that fails says EIO. */
static bool is_full(sqlite3 *db, int code)
{
    int cause = sqlite3_system_errno(db);
    return cause == ENOSPC || cause == EFBIG || cause == EDQUOT ||
           (code == SQLITE_IOERR_WRITE && cause != EIO);
}

bool fail_sql(struct collection *c, struct error *e)
{
    int code = sqlite3_extended_errcode(c->db);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(e, ERROR_BUSY,
                    _("%s: another repaso is writing; let it finish or close it, then try again"), c->path);
    case SQLITE_FULL:
        return fail(e, ERROR_FULL, _("%s: no space left on the disk; free some and try again"), c->path);
    case SQLITE_CORRUPT:
        return fail(e, ERROR_CORRUPT,
                    _("%s is damaged; run \"repaso doctor\", or \"repaso restore\" with a backup"), c->path);
    case SQLITE_NOTADB:
        return fail(e, ERROR_CORRUPT, _("%s is not a collection of repaso; choose another file"), c->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return fail(e, ERROR_IO, _("%s cannot be written: the file or its folder is read-only"), c->path);
    case SQLITE_CANTOPEN:
        return fail(e, ERROR_IO, _("%s cannot be opened; is its folder there, and may you write in it?"),
                    c->path);
    case SQLITE_IOERR:
        if (is_full(c->db, code))
            return fail(e, ERROR_FULL, _("%s: no space left on the disk; free some and try again"), c->path);
        return fail(e, ERROR_IO, _("%s: the disk cannot be read or written (%s)"), c->path,
                    sqlite3_errmsg(c->db));
    case SQLITE_NOMEM:
        memory_exhausted();
    default:
        return fail(e, ERROR_CORRUPT, _("%s is not as repaso left it: %s; run \"repaso doctor\""), c->path,
                    sqlite3_errmsg(c->db));
    }
}

static struct prepared *find_slot(struct prepared *table, size_t size, const char *sql)
{
    size_t at = ((uintptr_t)sql * 0x9E3779B97F4A7C15u >> 20) & (size - 1);
    while (table[at].sql && table[at].sql != sql)
        at = (at + 1) & (size - 1);
    return &table[at];
}

static void grow_prepared(struct collection *c)
{
    size_t size = c->prepared_size ? c->prepared_size * 2 : 64;
    struct prepared *table = memory_alloc(size * sizeof *table);
    memset(table, 0, size * sizeof *table);
    for (size_t i = 0; i < c->prepared_size; i++)
        if (c->prepared[i].sql)
            *find_slot(table, size, c->prepared[i].sql) = c->prepared[i];
    free(c->prepared);
    c->prepared = table;
    c->prepared_size = size;
}

static sqlite3_stmt *prepare(struct collection *c, const char *sql, struct error *e)
{
    if (c->prepared_count * 2 >= c->prepared_size)
        grow_prepared(c);
    struct prepared *slot = find_slot(c->prepared, c->prepared_size, sql);
    if (slot->sql)
        return slot->statement;
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(c->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        fail_sql(c, e);
        return NULL;
    }
    *slot = (struct prepared){sql, statement};
    c->prepared_count++;
    return statement;
}

/* Slices are bound without a copy: they must live until the statement is done. */
static int bind_bytes(sqlite3_stmt *statement, int at, struct str s, bool blob)
{
    const char *bytes = s.ptr ? s.ptr : "";
    return blob ? sqlite3_bind_blob64(statement, at, bytes, s.len, SQLITE_STATIC)
                : sqlite3_bind_text64(statement, at, bytes, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_next(sqlite3_stmt *statement, int at, char type, va_list *values)
{
    int64_t number;
    double real;
    switch (type) {
    case 'i':
        return sqlite3_bind_int64(statement, at, va_arg(*values, int64_t));
    case 'k':
        number = va_arg(*values, int64_t);
        return number ? sqlite3_bind_int64(statement, at, number) : sqlite3_bind_null(statement, at);
    case 'd':
        return sqlite3_bind_double(statement, at, va_arg(*values, double));
    case 'r':
        real = va_arg(*values, double);
        return real != 0 ? sqlite3_bind_double(statement, at, real) : sqlite3_bind_null(statement, at);
    case 't':
        return bind_bytes(statement, at, va_arg(*values, struct str), false);
    case 'b':
        return bind_bytes(statement, at, va_arg(*values, struct str), true);
    case 's':
        return bind_bytes(statement, at, str_from(va_arg(*values, const char *)), false);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

sqlite3_stmt *query(struct collection *c, struct error *e, const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement = prepare(c, sql, e);
    if (!statement)
        return NULL;
    sqlite3_reset(statement);
    va_list values;
    va_start(values, types);
    int code = SQLITE_OK;
    for (int i = 0; types[i] && code == SQLITE_OK; i++)
        code = bind_next(statement, i + 1, types[i], &values);
    va_end(values);
    if (code == SQLITE_OK)
        return statement;
    fail_sql(c, e);
    return NULL;
}

void query_done(sqlite3_stmt *statement)
{
    if (!statement)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

bool query_step(struct collection *c, sqlite3_stmt *statement, bool *ret_row, struct error *e)
{
    *ret_row = false;
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        *ret_row = true;
        return true;
    }
    if (code != SQLITE_DONE)
        fail_sql(c, e);
    query_done(statement);
    return code == SQLITE_DONE;
}

bool query_run(struct collection *c, sqlite3_stmt *statement, struct error *e)
{
    bool row, ok;
    do
        ok = query_step(c, statement, &row, e);
    while (ok && row);
    return ok;
}

bool query_number(struct collection *c, sqlite3_stmt *statement, int64_t otherwise, int64_t *ret,
                  struct error *e)
{
    bool row;
    if (!query_step(c, statement, &row, e))
        return false;
    *ret = row ? sqlite3_column_int64(statement, 0) : otherwise;
    query_done(statement);
    return true;
}

struct str column_text(sqlite3_stmt *statement, int column)
{
    /* The text first: asking for it may convert, and the length is that of the last form. */
    const char *text = (const char *)(sqlite3_column_type(statement, column) == SQLITE_BLOB
                                          ? sqlite3_column_blob(statement, column)
                                          : sqlite3_column_text(statement, column));
    return (struct str){text, (size_t)sqlite3_column_bytes(statement, column)};
}

struct str column_copy(struct arena *arena, sqlite3_stmt *statement, int column)
{
    return str_copy(arena, column_text(statement, column));
}

bool execute(struct collection *c, const char *sql, struct error *e)
{
    return sqlite3_exec(c->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail_sql(c, e);
}

static bool read_me(struct collection *c, struct error *e)
{
    bool row;
    sqlite3_stmt *me = query(c, e, "SELECT next_seq, last_hlc FROM device WHERE me = 1", "");
    if (!query_step(c, me, &row, e))
        return false;
    if (row) {
        c->next_seq = sqlite3_column_int64(me, 0);
        c->last_hlc = sqlite3_column_int64(me, 1);
        query_done(me);
    }
    return true;
}

bool transaction_begin(struct collection *c, struct error *e)
{
    if (c->read_only)
        return fail(e, ERROR_IO, _("%s is open for reading only"), c->path);
    if (!sqlite3_get_autocommit(c->db)) {
        c->nested++;
        return query_run(c, query(c, e, "SAVEPOINT nested", ""), e);
    }
    c->nested = 0;
    return query_run(c, query(c, e, "BEGIN IMMEDIATE", ""), e) &&
           (read_me(c, e) || transaction_end(c, false, NULL));
}

static bool nested_end(struct collection *c, bool ok, struct error *e)
{
    c->nested--;
    if (sqlite3_get_autocommit(c->db)) /* the whole was rolled back */
        return false;
    if (ok)
        return query_run(c, query(c, e, "RELEASE nested", ""), e);
    regime_forget(c);
    query_run(c, query(c, NULL, "ROLLBACK TO nested", ""), NULL);
    query_run(c, query(c, NULL, "RELEASE nested", ""), NULL);
    read_me(c, NULL); /* places in the log that were given are free again */
    return false;
}

bool transaction_end(struct collection *c, bool ok, struct error *e)
{
    if (c->nested > 0)
        return nested_end(c, ok, e);
    if (ok && query_run(c, query(c, e, "COMMIT", ""), e))
        return true;
    /* After a full disk SQLite may have rolled back by itself. */
    if (!sqlite3_get_autocommit(c->db))
        query_run(c, query(c, NULL, "ROLLBACK", ""), NULL);
    return false;
}

bool collection_begin(struct collection *c, struct error *e)
{
    return transaction_begin(c, e);
}

bool collection_end(struct collection *c, bool ok, struct error *e)
{
    if (!ok)
        regime_forget(c);
    return transaction_end(c, ok, e);
}

bool view_begin(struct collection *c, struct error *e)
{
    if (!sqlite3_get_autocommit(c->db)) {
        c->nested++;
        return true;
    }
    return query_run(c, query(c, e, "BEGIN", ""), e);
}

void view_end(struct collection *c)
{
    if (c->nested > 0)
        c->nested--;
    else if (!sqlite3_get_autocommit(c->db))
        query_run(c, query(c, NULL, "COMMIT", ""), NULL);
}

struct str list_json(struct arena *arena, const struct str_list *list)
{
    struct buffer buffer = {0};
    buffer_add_char(&buffer, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buffer_add_char(&buffer, ',');
        buffer_add_json(&buffer, list->items[i]);
    }
    buffer_add_char(&buffer, ']');
    struct str copy = str_copy(arena, buffer_str(&buffer));
    buffer_finish(&buffer);
    return copy;
}

bool list_from_json(struct collection *c, struct arena *arena, struct str json, struct str_list *ret,
                    struct error *e)
{
    *ret = (struct str_list){0};
    if (json.len <= 2)
        return true;
    sqlite3_stmt *each = query(c, e, "SELECT value FROM json_each(?)", "t", json);
    bool row, ok;
    while ((ok = query_step(c, each, &row, e)) && row)
        list_push(arena, ret, column_copy(arena, each, 0));
    return ok;
}
