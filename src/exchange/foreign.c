#include "exchange/foreign.h"

#include "base/arena.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUDGET_STEP = 100000, BUDGET_STEPS = 20000, NAME_SIZE = 64 };

struct foreign {
    sqlite3 *db, *json;
    char vfs_name[NAME_SIZE];
    sqlite3_vfs vfs;
    int file;
    long steps; /* of the virtual machine, in BUDGET_STEP */
};

/* The file system of one file */

struct vfs_file {
    sqlite3_file base;
    int file;
};

static int file_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 offset)
{
    ssize_t got;
    do
        got = pread(((struct vfs_file *)file)->file, bytes, (size_t)len, offset);
    while (got < 0 && errno == EINTR);
    if (got == len)
        return SQLITE_OK;
    if (got < 0)
        return SQLITE_IOERR_READ;
    memset((char *)bytes + got, 0, (size_t)(len - got));
    return SQLITE_IOERR_SHORT_READ;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
    struct stat status;
    if (fstat(((struct vfs_file *)file)->file, &status) != 0)
        return SQLITE_IOERR_FSTAT;
    *ret = status.st_size;
    return SQLITE_OK;
}

static int file_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset)
{
    (void)file, (void)bytes, (void)len, (void)offset;
    return SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    (void)file, (void)size;
    return SQLITE_READONLY;
}

static int file_sync(sqlite3_file *file, int flags)
{
    (void)file, (void)flags;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int lock)
{
    (void)file, (void)lock;
    return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *file, int *ret)
{
    (void)file;
    *ret = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int what, void *data)
{
    (void)file, (void)what, (void)data;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int file_characteristics(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
    const struct foreign *foreign = vfs->pAppData;
    struct vfs_file *opened = (struct vfs_file *)file;
    (void)name;
    opened->base.pMethods = NULL;
    if (!(flags & SQLITE_OPEN_MAIN_DB))
        return SQLITE_CANTOPEN;
    opened->base.pMethods = &file_methods;
    opened->file = foreign->file;
    if (ret_flags)
        *ret_flags = SQLITE_OPEN_READONLY;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)name, (void)sync;
    return SQLITE_IOERR_DELETE;
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
    (void)vfs, (void)name, (void)flags;
    *ret = 0;
    return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *ret)
{
    (void)vfs;
    snprintf(ret, (size_t)size, "%s", name);
    return SQLITE_OK;
}

/* Chance, sleep and the clock are those of the usual file system. */
static bool register_vfs(struct foreign *f)
{
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    snprintf(f->vfs_name, sizeof f->vfs_name, "repaso-foreign-%p", (void *)f);
    f->vfs = *usual;
    f->vfs.szOsFile = sizeof(struct vfs_file);
    f->vfs.pNext = NULL;
    f->vfs.zName = f->vfs_name;
    f->vfs.pAppData = f;
    f->vfs.xOpen = vfs_open;
    f->vfs.xDelete = vfs_delete;
    f->vfs.xAccess = vfs_access;
    f->vfs.xFullPathname = vfs_full_path;
    return sqlite3_vfs_register(&f->vfs, 0) == SQLITE_OK;
}

/* Trust nothing */

static void set_limits(sqlite3 *db)
{
    static const struct {
        int what, most;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, 4 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 100000},
        {SQLITE_LIMIT_COLUMN, 100},         {SQLITE_LIMIT_EXPR_DEPTH, 50},
        {SQLITE_LIMIT_COMPOUND_SELECT, 5},  {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 8},     {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].what, limits[i].most);
}

static void set_distrust(sqlite3 *db)
{
    static const struct {
        int what, value;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        sqlite3_db_config(db, settings[i].what, settings[i].value, NULL);
}

/* Only reading, and no functions but those of our own statements over JSON, which run elsewhere. */
static int authorise(void *data, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)data, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_SELECT || action == SQLITE_READ ? SQLITE_OK : SQLITE_DENY;
}

/* A hostile schema can make one statement run for ever. */
static int spend(void *data)
{
    struct foreign *f = data;
    return ++f->steps > BUDGET_STEPS;
}

/* Anki compares some names without case. Nothing here is found or sorted by that, so any order will do. */
static int collate(void *data, int a_len, const void *a, int b_len, const void *b)
{
    (void)data;
    int order = memcmp(a, b, (size_t)(a_len < b_len ? a_len : b_len));
    return order ? order : a_len - b_len;
}

static bool fail_database(sqlite3 *db, struct error *e)
{
    switch (db ? sqlite3_errcode(db) & 0xFF : SQLITE_NOMEM) {
    case SQLITE_NOTADB:
        return fail(e, ERROR_CORRUPT, _("the collection in this package is no database; get the file again"));
    case SQLITE_INTERRUPT:
        return fail(e, ERROR_LIMIT, _("the collection in this package asks for too much work"));
    case SQLITE_NOMEM:
        return fail(e, ERROR_LIMIT, _("the collection in this package needs too much memory"));
    case SQLITE_TOOBIG:
        return fail(e, ERROR_LIMIT,
                    _("the collection in this package holds a text of more than 4 megabytes"));
    case SQLITE_ERROR:
        return fail(e, ERROR_CORRUPT, _("the collection in this package is not as Anki makes it: %s"),
                    sqlite3_errmsg(db));
    default:
        return fail(e, ERROR_CORRUPT,
                    _("the collection in this package is damaged (%s); export it again, after \"Check "
                      "Database\" in Anki"),
                    sqlite3_errmsg(db));
    }
}

/* Complaints about the order of an index are of Anki's own collation, not of damage. */
static bool is_harmless(const char *complaint)
{
    return strcmp(complaint, "ok") == 0 || strstr(complaint, " index ") ||
           strstr(complaint, "row not in PRIMARY KEY") || strstr(complaint, "NULL value");
}

static bool quick_check(struct foreign *f, struct error *e)
{
    sqlite3_stmt *check = NULL;
    if (sqlite3_prepare_v2(f->db, "PRAGMA quick_check(50)", -1, &check, NULL) != SQLITE_OK)
        return fail_database(f->db, e);
    bool well = true;
    int code;
    while (well && (code = sqlite3_step(check)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(check, 0);
        well = text && is_harmless(text);
    }
    if (!well)
        fail(e, ERROR_CORRUPT,
             _("the collection in this package is damaged; export it again, after \"Check Database\" in "
               "Anki"));
    else if (code != SQLITE_DONE)
        well = fail_database(f->db, e);
    sqlite3_finalize(check);
    return well;
}

static bool open_both(struct foreign *f, struct error *e)
{
    char uri[NAME_SIZE + 40];
    snprintf(uri, sizeof uri, "file:collection?immutable=1&vfs=%s", f->vfs_name);
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(uri, &f->db, flags, f->vfs_name) != SQLITE_OK)
        return fail_database(f->db, e);
    set_distrust(f->db);
    set_limits(f->db);
    sqlite3_progress_handler(f->db, BUDGET_STEP, spend, f);
    sqlite3_create_collation_v2(f->db, "unicase", SQLITE_UTF8, NULL, collate, NULL);
    if (sqlite3_exec(f->db,
                     "PRAGMA cell_size_check = on; PRAGMA mmap_size = 0; PRAGMA query_only = on;"
                     "PRAGMA temp_store = memory; PRAGMA cache_size = -8000",
                     NULL, NULL, NULL) != SQLITE_OK)
        return fail_database(f->db, e);
    if (!quick_check(f, e))
        return false;
    sqlite3_set_authorizer(f->db, authorise, NULL);
    if (sqlite3_open_v2(":memory:", &f->json, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return fail_database(f->json, e);
    sqlite3_limit(f->json, SQLITE_LIMIT_LENGTH, 16 << 20);
    return true;
}

void foreign_limit_memory(void)
{
    sqlite3_hard_heap_limit64(INT64_C(256) << 20);
}

bool foreign_open(int file, struct foreign **ret, struct error *e)
{
    struct foreign *f = memory_alloc(sizeof *f);
    *f = (struct foreign){.file = file};
    if (register_vfs(f) && open_both(f, e)) {
        *ret = f;
        return true;
    }
    foreign_close(f);
    return false;
}

void foreign_close(struct foreign *f)
{
    if (!f)
        return;
    sqlite3_close_v2(f->db);
    sqlite3_close_v2(f->json);
    sqlite3_vfs_unregister(&f->vfs);
    free(f);
}

/* Reading */

bool foreign_has_table(struct foreign *f, const char *name)
{
    sqlite3_stmt *find = NULL;
    int tables = 0, others = 0;
    if (sqlite3_prepare_v2(f->db, "SELECT type, rootpage, sql, name FROM sqlite_schema", -1, &find, NULL) !=
        SQLITE_OK)
        return false;
    while (sqlite3_step(find) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(find, 0),
                   *sql = (const char *)sqlite3_column_text(find, 2);
        const char *own = (const char *)sqlite3_column_text(find, 3);
        if (!own || sqlite3_stricmp(own, name) != 0)
            continue;
        bool table = type && strcmp(type, "table") == 0 && sqlite3_column_int64(find, 1) >= 2 && sql &&
                     sqlite3_strnicmp(sql, "CREATE TABLE", 12) == 0;
        tables += table;
        others += !table;
    }
    sqlite3_finalize(find);
    return tables == 1 && others == 0;
}

sqlite3_stmt *foreign_query(struct foreign *f, const char *sql, struct error *e)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(f->db, sql, -1, &statement, NULL) == SQLITE_OK)
        return statement;
    fail_database(f->db, e);
    return NULL;
}

sqlite3_stmt *foreign_json(struct foreign *f, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(f->json, sql, -1, &statement, NULL) != SQLITE_OK)
        memory_exhausted();
    return statement;
}

void foreign_bind(sqlite3_stmt *statement, struct str text)
{
    sqlite3_bind_text64(statement, 1, text.ptr ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void foreign_bind_int(sqlite3_stmt *statement, int64_t value)
{
    sqlite3_bind_int64(statement, 1, value);
}

void foreign_reset(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
}

bool foreign_step(sqlite3_stmt *statement, bool *ret_too_big, struct error *e)
{
    *e = (struct error){0};
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_TOOBIG && ret_too_big)
        *ret_too_big = true;
    else if (code != SQLITE_DONE)
        fail_database(sqlite3_db_handle(statement), e);
    return false;
}

void foreign_done(sqlite3_stmt *statement)
{
    sqlite3_finalize(statement);
}

int64_t foreign_int(sqlite3_stmt *statement, int column, int64_t least, int64_t most, bool *bad)
{
    int64_t value = sqlite3_column_int64(statement, column);
    int64_t within = value < least ? least : value > most ? most : value;
    *bad |= within != value || sqlite3_column_type(statement, column) != SQLITE_INTEGER;
    return within;
}

struct str foreign_bytes(sqlite3_stmt *statement, int column)
{
    const char *bytes = sqlite3_column_blob(statement, column);
    return (struct str){bytes, bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

struct str foreign_clean(struct arena *arena, struct str s, bool *bad)
{
    if (utf8_find_bad(s) == SIZE_MAX && (s.len == 0 || !memchr(s.ptr, 0, s.len)))
        return str_copy(arena, s);
    *bad = true;
    char *text = arena_alloc(arena, s.len * 3 + 1);
    size_t len = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        len += utf8_encode(c == UTF8_BAD || c == 0 ? 0xFFFD : c, text + len);
    }
    return (struct str){text, len};
}

struct str foreign_text(struct arena *arena, sqlite3_stmt *statement, int column, bool *bad)
{
    /* Numbers become text first: "42" may have been kept as 42. */
    if (sqlite3_column_type(statement, column) != SQLITE_BLOB)
        sqlite3_column_text(statement, column);
    else
        *bad = true;
    return foreign_clean(arena, foreign_bytes(statement, column), bad);
}
