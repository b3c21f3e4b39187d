#include "collection/collection.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/translate.h"
#include "collection/care.h"
#include "collection/deck.h"
#include "collection/regime.h"
#include "collection/schema.h"
#include "collection/sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

/* The file may come from anywhere: nothing in its schema is trusted to call functions with side effects. */
static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA synchronous = FULL;"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA cache_size = -16000;"
                              "PRAGMA secure_delete = OFF;"
                              "PRAGMA trusted_schema = OFF;"
                              "PRAGMA cell_size_check = ON;";

static bool pragma_number(struct collection *c, const char *sql, int64_t *ret, struct error *e)
{
    return query_number(c, query(c, e, sql, ""), 0, ret, e);
}

static bool connect_to(struct collection *c, int busy_ms, struct error *e)
{
    int flags = c->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(c->path, &c->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (!c->db)
        memory_exhausted();
    sqlite3_busy_timeout(c->db, busy_ms);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return code == SQLITE_OK || fail_sql(c, e);
}

/* Before the first write, so that a learner hears it now and not at the first grade. */
static bool check_writable(struct collection *c, struct error *e)
{
    if (c->read_only || strcmp(c->path, ":memory:") == 0)
        return true;
    struct str folder = path_folder(str_from(c->path));
    char text[4096];
    snprintf(text, sizeof text, "%.*s", STR_ARG(folder));
    if (access(text, W_OK) != 0)
        return fail(e, ERROR_IO, _("the folder %s cannot be written; repaso keeps %s there"), text, c->path);
    if (sqlite3_db_readonly(c->db, "main") == 1)
        return fail(e, ERROR_IO, _("%s cannot be written: the file or its folder is read-only"), c->path);
    return true;
}

static bool run_schema_steps(struct collection *c, int64_t from, struct error *e)
{
    bool ok = true;
    for (int64_t v = from; ok && v < SCHEMA_VERSION; v++)
        for (const char *const *statement = schema_step((int)v); ok && *statement; statement++)
            ok = execute(c, *statement, e);
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
    return ok && execute(c, stamp, e);
}

static bool make_device(struct collection *c, const struct collection_options *options, struct error *e)
{
    struct arena arena = {0};
    uint64_t a = random_next(&c->random), b = random_next(&c->random);
    int64_t devices;
    char id[27];
    if (!query_number(c, query(c, e, "SELECT count(*) FROM device", ""), 0, &devices, e))
        return false;
    identity_hash(str_format(&arena, "device %llx %llx %lld %lld %.*s", (unsigned long long)a,
                             (unsigned long long)b, (long long)options->now.at_ms, (long long)devices,
                             STR_ARG(options->machine)),
                  id);
    arena_finish(&arena);
    /* The file's owner stays who it was; clocks go on from the latest. */
    return query_run(c, query(c, e, "UPDATE device SET me = 0 WHERE me = 1", ""), e) &&
           query_run(c,
                     query(c, e,
                           "INSERT INTO device(id, person, label, machine, last_hlc, me) VALUES (?1,"
                           " coalesce((SELECT person FROM device ORDER BY key LIMIT 1), ?2), ?3, ?4,"
                           " coalesce((SELECT max(last_hlc) FROM device), 0), 1)",
                           "sstt", id, c->person, options->device_name, options->machine),
                     e);
}

static bool read_device(struct collection *c, struct error *e)
{
    bool row;
    sqlite3_stmt *me = query(c, e, "SELECT key, id, person FROM device WHERE me = 1", "");
    if (!query_step(c, me, &row, e))
        return false;
    if (!row)
        return true; /* a backup, opened for reading */
    c->device = sqlite3_column_int64(me, 0);
    snprintf(c->device_id, sizeof c->device_id, "%s", (const char *)sqlite3_column_text(me, 1));
    snprintf(c->person, sizeof c->person, "%s", (const char *)sqlite3_column_text(me, 2));
    query_done(me);
    return true;
}

/* A file that was copied to another machine, or put back from a backup (no device is "me"), goes on under a
 * new identity, or two devices would write one log. */
static bool is_moved(struct collection *c, const struct collection_options *options, bool *ret,
                     struct error *e)
{
    int64_t same;
    if (!query_number(c,
                      query(c, e, "SELECT machine IN ('', ?1) OR ?1 = '' FROM device WHERE me = 1", "t",
                            options->machine),
                      0, &same, e))
        return false;
    *ret = !same;
    return true;
}

static bool create(struct collection *c, const struct collection_options *options, int64_t from,
                   struct error *e)
{
    if (!query_run(c, query(c, e, "BEGIN IMMEDIATE", ""), e))
        return false;
    /* Another process may have made the tables while we waited. */
    int64_t version;
    bool ok = pragma_number(c, "PRAGMA user_version", &version, e);
    if (ok && version == from)
        ok = run_schema_steps(c, from, e) && (from > 0 || make_device(c, options, e));
    return transaction_end(c, ok, e);
}

static bool check_format(struct collection *c, const struct collection_options *options, struct error *e)
{
    int64_t application, version, pages;
    if (!pragma_number(c, "PRAGMA application_id", &application, e) ||
        !pragma_number(c, "PRAGMA user_version", &version, e) ||
        !pragma_number(c, "PRAGMA page_count", &pages, e))
        return false;
    bool empty = pages == 0 && application == 0 && version == 0;
    if (!empty && application != SCHEMA_APPLICATION_ID)
        return fail(e, ERROR_VERSION, _("%s belongs to another program; choose another file"), c->path);
    if (version > SCHEMA_VERSION)
        return fail(e, ERROR_VERSION, _("%s was made by a newer repaso; install that version to open it"),
                    c->path);
    if (!check_writable(c, e))
        return false;
    if (c->read_only && version < SCHEMA_VERSION)
        return fail(e, ERROR_VERSION,
                    _("%s holds nothing yet or was made by an older repaso; open it once for "
                      "writing"),
                    c->path);
    if (version > 0 && version < SCHEMA_VERSION && !collection_backup_daily(c, options->now, true, e))
        return false;
    return version == SCHEMA_VERSION || create(c, options, version, e);
}

static bool begin_life(struct collection *c, const struct collection_options *options, struct error *e)
{
    bool moved;
    if (!execute(c, pragmas, e) || !check_format(c, options, e) || !is_moved(c, options, &moved, e))
        return false;
    if (moved && !c->read_only) {
        bool ok = transaction_begin(c, e);
        if (!ok || !transaction_end(c, read_device(c, e) && make_device(c, options, e), e))
            return false;
    }
    if (!read_device(c, e))
        return false;
    return pragma_number(c, "PRAGMA data_version", &c->seen_version, e);
}

static bool prepare_folder(const char *path, bool *ret_exists, struct error *e)
{
    struct stat status;
    *ret_exists = stat(path, &status) == 0;
    if (*ret_exists && S_ISDIR(status.st_mode))
        return fail(e, ERROR_IO, _("%s is a folder; name the collection file itself"), path);
    if (*ret_exists)
        return true;
    struct str folder = path_folder(str_from(path));
    char text[4096];
    snprintf(text, sizeof text, "%.*s", STR_ARG(folder));
    return file_make_folders(text, e);
}

bool collection_open(const char *path, const struct collection_options *options, struct collection **ret,
                     struct error *e)
{
    bool memory_only = strcmp(path, ":memory:") == 0, exists = false;
    if (options->read_only && !memory_only && access(path, F_OK) != 0)
        return fail(e, ERROR_NOT_FOUND, _("%s is not there yet; add a chapter first"), path);
    if (!memory_only && !prepare_folder(path, &exists, e))
        return false;
    struct collection *c = memory_alloc(sizeof *c);
    *c = (struct collection){.path = memory_alloc(strlen(path) + 1),
                             .read_only = options->read_only,
                             .random = {options->seed ^ (uint64_t)options->now.at_ms},
                             .person = "me",
                             .data_version = -1};
    strcpy(c->path, path);
    if (connect_to(c, options->busy_ms > 0 ? options->busy_ms : BUSY_MS, e) && begin_life(c, options, e)) {
        *ret = c;
        return true;
    }
    collection_close(c);
    if (!exists && !memory_only)
        unlink(path); /* what we began ourselves */
    return false;
}

void collection_close(struct collection *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->prepared_size; i++)
        sqlite3_finalize(c->prepared[i].statement);
    free(c->prepared);
    regime_free(c->regime);
    sqlite3_close(c->db);
    free(c->path);
    free(c);
}

const char *collection_path(const struct collection *c)
{
    return c->path;
}

struct str collection_device(const struct collection *c)
{
    return str_from(c->device_id);
}

bool collection_changed(struct collection *c)
{
    int64_t version;
    if (!pragma_number(c, "PRAGMA data_version", &version, NULL) || version == c->seen_version)
        return false;
    c->seen_version = version;
    return true;
}

int64_t collection_day(struct collection *c, struct moment moment)
{
    return day_of(moment, rollover_now(c));
}

int64_t collection_day_start_ms(struct collection *c, int64_t day, struct moment moment)
{
    return day_start_ms(day, moment.tz_min, rollover_now(c));
}

struct str setting_text(struct collection *c, struct arena *arena, struct str name, struct str otherwise)
{
    bool row;
    sqlite3_stmt *find = query(c, NULL, "SELECT value FROM setting WHERE name = ?", "t", name);
    if (!query_step(c, find, &row, NULL) || !row)
        return otherwise;
    struct str value = column_copy(arena, find, 0);
    query_done(find);
    return value;
}

long setting_number(struct collection *c, struct str name, long otherwise)
{
    struct arena arena = {0};
    long number;
    if (!str_to_long(setting_text(c, &arena, name, (struct str){0}), &number))
        number = otherwise;
    arena_finish(&arena);
    return number;
}

bool setting_set(struct collection *c, struct str name, struct str value, struct error *e)
{
    if (!transaction_begin(c, e))
        return false;
    bool ok =
        value.len == 0
            ? query_run(c, query(c, e, "DELETE FROM setting WHERE name = ?", "t", name), e)
            : query_run(c, query(c, e, "INSERT OR REPLACE INTO setting VALUES (?, ?)", "tt", name, value), e);
    return transaction_end(c, ok, e);
}
