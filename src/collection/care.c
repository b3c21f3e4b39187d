#include "collection/care.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/rebuild.h"
#include "collection/regime.h"
#include "collection/schema.h"
#include "collection/sql.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Backups */

enum { KEEP_DAYS = 7, KEEP_WEEKS = 4, KEEP_MONTHS = 12 };

static struct str stem_of(const char *path)
{
    struct str name = path_name(str_from(path));
    return str_ends(name, STR(".db")) ? str_slice(name, 0, name.len - 3) : name;
}

/* "collection-20261124-170000.db", in the learner's time. */
static struct str backup_name(struct arena *arena, const char *path, struct moment now)
{
    time_t seconds = (time_t)(now.at_ms / 1000 + (int64_t)now.tz_min * 60);
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    return str_format(arena, "%.*s-%04d%02d%02d-%02d%02d%02d.db", STR_ARG(stem_of(path)), tm.tm_year + 1900,
                      tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static bool fail_copy(sqlite3 *db, const char *path, struct error *e)
{
    struct collection shown = {.db = db, .path = (char *)path};
    return fail_sql(&shown, e);
}

static bool check_whole(sqlite3 *db, const char *path, struct error *e)
{
    sqlite3_stmt *check = NULL;
    bool ok = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &check, NULL) == SQLITE_OK &&
              sqlite3_step(check) == SQLITE_ROW &&
              strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
    sqlite3_finalize(check);
    return ok || fail(e, ERROR_CORRUPT, _("%s is damaged; choose another backup"), path);
}

static bool copy_pages(sqlite3 *from, sqlite3 *to, const char *to_path, struct error *e)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return fail_copy(to, to_path, e);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup) == SQLITE_OK || fail_copy(to, to_path, e);
}

static bool open_file(const char *path, int flags, sqlite3 **ret, struct error *e)
{
    int code = sqlite3_open_v2(path, ret, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (*ret)
        sqlite3_busy_timeout(*ret, 5000);
    return code == SQLITE_OK || fail_copy(*ret, path, e);
}

/* A whole copy beside `path`, checked; `finish` (may be NULL) is run in it. */
static bool write_copy(sqlite3 *from, const char *path, const char *finish, struct error *e)
{
    sqlite3 *to = NULL;
    bool ok = open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &to, e) &&
              copy_pages(from, to, path, e) && check_whole(to, path, e) &&
              (!finish || sqlite3_exec(to, finish, NULL, NULL, NULL) == SQLITE_OK || fail_copy(to, path, e));
    sqlite3_close(to);
    if (!ok)
        unlink(path);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool collection_backup(struct collection *c, struct arena *arena, const char *target, struct moment now,
                       struct str *ret, struct error *e)
{
    struct str path = str_from(target);
    if (is_folder(target))
        path = path_join(arena, path, backup_name(arena, c->path, now));
    if (strcmp(path.ptr, c->path) == 0)
        return fail(e, ERROR_USAGE, _("%s is the collection itself; name another file"), c->path);
    const char *beside = str_format(arena, "%.*s.part", STR_ARG(path)).ptr;
    unlink(beside);
    if (!write_copy(c->db, beside, NULL, e))
        return false;
    if (rename(beside, path.ptr) != 0) {
        int cause = errno;
        unlink(beside);
        return fail(e, error_kind_of(cause), _("%s cannot be written: %s"), path.ptr, strerror(cause));
    }
    if (ret)
        *ret = path;
    return true;
}

struct names {
    struct str *items;
    size_t count, capacity;
};

static bool is_backup_name(struct str name, struct str stem)
{
    if (name.len != stem.len + 19 || !str_starts(name, stem) || !str_ends(name, STR(".db")))
        return false;
    for (size_t i = stem.len; i < name.len - 3; i++) {
        bool dash = i == stem.len || i == stem.len + 9;
        bool digit = name.ptr[i] >= '0' && name.ptr[i] <= '9';
        if (dash ? name.ptr[i] != '-' : !digit)
            return false;
    }
    return true;
}

static int newest_first(const void *left, const void *right)
{
    return str_compare(*(const struct str *)right, *(const struct str *)left);
}

static struct names list_backups(struct arena *arena, const char *folder, struct str stem)
{
    struct names names = {0};
    DIR *dir = opendir(folder);
    if (!dir)
        return names;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (is_backup_name(str_from(entry->d_name), stem))
            list_push(arena, &names, str_copy(arena, str_from(entry->d_name)));
    closedir(dir);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, newest_first);
    return names;
}

/* Days since 1970 of the date in a backup's name. */
static int64_t day_in_name(struct str name, struct str stem)
{
    long date = 0;
    str_to_long(str_slice(name, stem.len + 1, stem.len + 9), &date);
    struct tm tm = {.tm_year = (int)(date / 10000) - 1900,
                    .tm_mon = (int)(date / 100 % 100) - 1,
                    .tm_mday = (int)(date % 100)};
    return timegm(&tm) / 86400;
}

/* The newest of each of the last days, weeks and months that have any. */
static void drop_old_backups(struct arena *arena, const char *folder, struct str stem)
{
    struct names names = list_backups(arena, folder, stem);
    struct str month = {0};
    int64_t day = INT64_MIN, week = INT64_MIN;
    int days = 0, weeks = 0, months = 0;
    list_each (struct str, name, &names) {
        int64_t its_day = day_in_name(*name, stem), its_week = (its_day + 3) / 7;
        struct str its_month = str_slice(*name, stem.len + 1, stem.len + 7);
        bool keep = (its_day != day && days++ < KEEP_DAYS);
        keep |= its_week != week && weeks++ < KEEP_WEEKS;
        keep |= !str_equal(its_month, month) && months++ < KEEP_MONTHS;
        day = its_day;
        week = its_week;
        month = its_month;
        if (!keep)
            unlink(path_join(arena, str_from(folder), *name).ptr);
    }
}

static bool has_content(struct collection *c)
{
    int64_t some = 0;
    return query_number(c, query(c, NULL, "SELECT EXISTS (SELECT 1 FROM card)", ""), 0, &some, NULL) && some;
}

bool collection_backup_daily(struct collection *c, struct moment now, bool force, struct error *e)
{
    if (strcmp(c->path, ":memory:") == 0 || !has_content(c))
        return true;
    struct arena arena = {0};
    struct str folder = path_join(&arena, path_folder(str_from(c->path)), STR("backups"));
    struct str stem = stem_of(c->path), name = backup_name(&arena, c->path, now);
    struct names names = list_backups(&arena, folder.ptr, stem);
    struct str today = str_slice(name, 0, stem.len + 9);
    bool ok = true;
    if (force || names.count == 0 || !str_starts(names.items[0], today)) {
        struct str path = path_join(&arena, folder, name);
        ok = file_make_folders(folder.ptr, e) && collection_backup(c, &arena, path.ptr, now, NULL, e);
        if (ok)
            drop_old_backups(&arena, folder.ptr, stem);
    }
    arena_finish(&arena);
    return ok;
}

/* Restoring */

static int64_t number_in(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

static bool check_ours(sqlite3 *db, const char *path, struct error *e)
{
    if (!check_whole(db, path, e))
        return false;
    if (number_in(db, "PRAGMA application_id") != SCHEMA_APPLICATION_ID)
        return fail(e, ERROR_VERSION, _("%s is not a backup of repaso"), path);
    if (number_in(db, "PRAGMA user_version") > SCHEMA_VERSION)
        return fail(e, ERROR_VERSION, _("%s was made by a newer repaso; install that version to restore it"),
                    path);
    return true;
}

/* The old file as one more automatic backup; a damaged one is set aside as it is. */
static bool keep_old(struct arena *arena, const char *path, struct moment now, bool *ret_whole,
                     struct error *e)
{
    struct stat status;
    *ret_whole = false;
    if (stat(path, &status) != 0 || status.st_size == 0)
        return true;
    struct collection_options options = {.now = now, .read_only = true};
    struct collection *old;
    struct error why;
    if (collection_open(path, &options, &old, &why)) {
        *ret_whole = true;
        bool ok = collection_backup_daily(old, now, true, e);
        collection_close(old);
        return ok;
    }
    if (why.kind != ERROR_CORRUPT && why.kind != ERROR_VERSION) {
        if (e)
            *e = why;
        return false;
    }
    const char *aside = str_format(arena, "%s.damaged", path).ptr;
    return rename(path, aside) == 0 ||
           fail(e, error_kind_of(errno), _("%s cannot be set aside: %s"), path, strerror(errno));
}

/* Into the file that is there, in one transaction, so that another repaso which has it open sees the change. */
static bool write_into(const char *from_path, const char *path, struct error *e)
{
    sqlite3 *from = NULL, *to = NULL;
    bool ok = open_file(from_path, SQLITE_OPEN_READONLY, &from, e) &&
              open_file(path, SQLITE_OPEN_READWRITE, &to, e) && copy_pages(from, to, path, e);
    sqlite3_close(from);
    sqlite3_close(to);
    return ok;
}

bool collection_restore(const char *path, const char *backup, struct moment now, struct error *e)
{
    struct arena arena = {0};
    const char *beside = str_format(&arena, "%s.part", path).ptr;
    sqlite3 *from = NULL;
    bool whole = false;
    unlink(beside);
    /* The copy goes on under a new identity: events of the lost time may be in other hands under the old one. */
    bool ok =
        (access(backup, R_OK) == 0 || fail(e, error_kind_of(errno), "%s: %s", backup, strerror(errno))) &&
        open_file(backup, SQLITE_OPEN_READONLY, &from, e) && check_ours(from, backup, e) &&
        write_copy(from, beside, "UPDATE device SET me = 0", e) && keep_old(&arena, path, now, &whole, e);
    sqlite3_close(from);
    if (ok)
        ok = whole ? write_into(beside, path, e)
                   : rename(beside, path) == 0 ||
                         fail(e, error_kind_of(errno), _("%s cannot be written: %s"), path, strerror(errno));
    unlink(beside);
    arena_finish(&arena);
    return ok;
}

/* The doctor */

struct examination {
    struct collection *c;
    struct arena *arena;
    struct findings *findings;
    bool repair;
    struct error *e;
};

static void find(struct examination *x, enum finding_kind kind, bool repaired, struct str text)
{
    list_push(x->arena, x->findings, (struct finding){kind, repaired, text});
}

static bool check_pages(struct examination *x)
{
    sqlite3_stmt *rows = query(x->c, x->e, "PRAGMA integrity_check(20)", "");
    bool row, ok;
    while ((ok = query_step(x->c, rows, &row, x->e)) && row)
        if (!str_equal(column_text(rows, 0), STR("ok")))
            find(x, FINDING_DAMAGE, false, column_copy(x->arena, rows, 0));
    return ok;
}

static bool check_foreign(struct examination *x)
{
    sqlite3_stmt *rows = query(
        x->c, x->e, "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2", "");
    bool row, ok;
    while ((ok = query_step(x->c, rows, &row, x->e)) && row)
        find(x, FINDING_FOREIGN, false,
             str_format(x->arena, _("%d rows of \"%.*s\" point to a missing \"%.*s\""),
                        sqlite3_column_int(rows, 2), STR_ARG(column_text(rows, 0)),
                        STR_ARG(column_text(rows, 1))));
    return ok;
}

static bool check_log(struct examination *x)
{
    sqlite3_stmt *rows =
        query(x->c, x->e,
              "SELECT d.id, count(e.seq), coalesce(max(e.seq), 0), d.me, d.next_seq FROM device d"
              " LEFT JOIN event e ON e.device = d.key GROUP BY d.key",
              "");
    bool row, ok;
    while ((ok = query_step(x->c, rows, &row, x->e)) && row) {
        int64_t count = sqlite3_column_int64(rows, 1), last = sqlite3_column_int64(rows, 2);
        struct str id = column_text(rows, 0);
        /* What another device wrote may still be on its way. */
        if (count != last && sqlite3_column_int(rows, 3))
            find(x, FINDING_LOG, false,
                 str_format(x->arena, _("the log of device %.*s lacks %lld of %lld events"), STR_ARG(id),
                            (long long)(last - count), (long long)last));
        if (sqlite3_column_int(rows, 3) && sqlite3_column_int64(rows, 4) != last + 1)
            find(x, FINDING_LOG, false,
                 str_format(x->arena, _("the next event of this device would not follow its last one (%lld)"),
                            (long long)last));
    }
    return ok;
}

static bool check_memory(struct examination *x)
{
    int64_t events, changed;
    if (!rebuild_all(x->c, x->repair, &events, &changed, x->e))
        return false;
    if (changed)
        find(x, FINDING_CACHE, x->repair,
             str_format(x->arena, _("%lld cards were remembered otherwise than their log says"),
                        (long long)changed));
    return true;
}

static bool check_search(struct examination *x)
{
    int64_t differ;
    if (!query_number(x->c,
                      query(x->c, x->e,
                            "SELECT (SELECT count(*) FROM card WHERE key NOT IN (SELECT rowid FROM search)) +"
                            " (SELECT count(*) FROM search WHERE rowid NOT IN (SELECT key FROM card))",
                            ""),
                      0, &differ, x->e))
        return false;
    if (differ == 0)
        return true;
    find(x, FINDING_SEARCH, x->repair,
         str_format(x->arena, _("the search index lacks %lld cards"), (long long)differ));
    return !x->repair || query_run(x->c,
                                   query(x->c, x->e,
                                         "INSERT INTO search(rowid, prompt, answer, tags) SELECT key, "
                                         "prompt, answer, tags FROM card"
                                         " WHERE key NOT IN (SELECT rowid FROM search)",
                                         ""),
                                   x->e);
}

static bool count_all(struct examination *x)
{
    struct findings *f = x->findings;
    struct collection *c = x->c;
    return query_number(c, query(c, x->e, "SELECT count(*) FROM event", ""), 0, &f->events, x->e) &&
           query_number(c, query(c, x->e, "SELECT count(*) FROM card", ""), 0, &f->cards, x->e) &&
           query_number(c, query(c, x->e, "SELECT count(*) FROM deck WHERE deleted_at IS NULL", ""), 0,
                        &f->decks, x->e) &&
           query_number(c, query(c, x->e, "SELECT count(*) FROM chapter", ""), 0, &f->chapters, x->e) &&
           query_number(
               c,
               query(c, x->e, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", ""),
               0, &f->bytes, x->e);
}

bool collection_doctor(struct collection *c, struct arena *arena, bool repair, struct moment now,
                       struct findings *ret, struct error *e)
{
    struct findings findings = {0};
    struct examination x = {c, arena, &findings, repair, e};
    if (repair && !collection_backup_daily(c, now, true, e))
        return false;
    if (!(repair ? transaction_begin(c, e) : view_begin(c, e)))
        return false;
    bool ok = check_pages(&x);
    /* Damaged pages: what else is found would be noise, and writing could make it worse. */
    if (ok && findings.count == 0)
        ok = check_foreign(&x) && check_log(&x) && check_memory(&x) && check_search(&x);
    ok = ok && count_all(&x);
    if (repair)
        ok = transaction_end(c, ok, e);
    else
        view_end(c);
    if (ok)
        *ret = findings;
    return ok;
}

bool collection_rebuild(struct collection *c, int64_t *ret_events, int64_t *ret_changed, struct error *e)
{
    int64_t events, changed;
    if (!transaction_begin(c, e))
        return false;
    bool ok = regime_rebuild(c, e) && rebuild_all(c, true, &events, &changed, e);
    if (!transaction_end(c, ok, e))
        return false;
    *ret_events = events;
    *ret_changed = changed;
    return true;
}
