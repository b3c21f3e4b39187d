#include "exchange/anki.h"

#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "exchange/anki_inside.h"
#include "exchange/protobuf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATABASE_SIZE ((size_t)512 << 20)
enum { META_SIZE = 1 << 10 };

void anki_notice(struct anki *a, enum notice_kind kind, struct str example)
{
    notices_add(a->arena, &a->report.notices, kind, example, 0);
}

/* The container */

/* What a ZIP file is that is no package of Anki's, by a member that only its kind has. */
static const struct {
    const char *member, *what;
} strangers[] = {
    {"imsmanifest.xml", N_("a course in Common Cartridge or QTI")},
    {"cards.xml", N_("a deck of Mnemosyne")},
    {"xl/workbook.xml", N_("a workbook of Excel (save its sheet as CSV)")},
    {"word/document.xml", N_("a document of Word")},
    {"mimetype", N_("a book or an office document")},
    {"[Content_Types].xml", N_("an office document")},
};

static bool fail_stranger(const struct archive *archive, struct error *e)
{
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (archive_find(archive, strangers[i].member) >= 0)
            return fail(e, ERROR_VERSION,
                        _("this is %s, which is not read yet. Read are Anki packages (.apkg, .colpkg), Anki "
                          "text, CSV, TSV, "
                          "Quizlet's text and GIFT"),
                        _(strangers[i].what));
    return fail(e, ERROR_SYNTAX,
                _("this is no Anki package: there is no collection in it. Read are Anki packages (.apkg, "
                  ".colpkg), Anki text, CSV, TSV, Quizlet's text and GIFT"));
}

/* The version a package says it is; 0: it does not say. Presence of files proves nothing: newer packages hold an older
 * database as well, with one note that asks for an update. */
static bool read_version(struct anki *a, uint64_t *ret)
{
    struct buffer meta = {0};
    struct protobuf_field version;
    int64_t member = archive_find(a->archive, "meta");
    *ret = 0;
    if (member < 0)
        return archive_find(a->archive, "collection.anki21b") < 0 ||
               fail(a->e, ERROR_CORRUPT,
                    _("this package is damaged, or made by a newer program: its \"meta\" is missing"));
    bool ok =
        archive_read(a->archive, member, &(struct archive_target){.buffer = &meta, .limit = META_SIZE}, a->e);
    if (ok && !protobuf_find(buffer_str(&meta), 1, &version))
        ok = fail(a->e, ERROR_CORRUPT,
                  _("this package is damaged: its \"meta\" makes no sense; export it again"));
    else if (ok && (version.value < 1 || version.value > 3))
        ok = fail(a->e, ERROR_VERSION,
                  _("this package is made by a newer program (version %llu); in Anki, export it with "
                    "\"Support older Anki "
                    "versions\""),
                  (unsigned long long)version.value);
    if (ok)
        *ret = version.value;
    buffer_finish(&meta);
    return ok;
}

static bool unpack(struct anki *a, int scratch)
{
    uint64_t version;
    if (!read_version(a, &version))
        return false;
    const char *name = version == 3 ? "collection.anki21b" : "collection.anki21";
    int64_t member = version == 1 ? -1 : archive_find(a->archive, name);
    if (member < 0 && version < 2)
        member = archive_find(a->archive, "collection.anki2");
    if (member < 0 && version == 0)
        return fail_stranger(a->archive, a->e);
    if (member < 0)
        return fail(a->e, ERROR_CORRUPT,
                    _("this package is damaged: there is no collection in it; export it again"));
    const struct archive_target target = {.file = scratch, .limit = DATABASE_SIZE, .zstd = version == 3};
    return archive_read(a->archive, member, &target, a->e);
}

/* The collection */

static bool has_tables(struct anki *a)
{
    static const char *const names[] = {"col", "notes", "cards", "revlog"};
    static const char *const modern[] = {"notetypes", "fields", "templates", "decks"};
    for (size_t i = 0; i < 4; i++)
        if (!foreign_has_table(a->db, names[i]) || (a->modern && !foreign_has_table(a->db, modern[i])))
            return fail(a->e, ERROR_CORRUPT,
                        _("the collection in this package is not as Anki makes it: it has no table "
                          "\"%s\""),
                        names[i]);
    return true;
}

/* Schemas between these live only while Anki upgrades one. */
static bool read_collection(struct anki *a)
{
    bool bad = false;
    if (!foreign_has_table(a->db, "col"))
        return fail(a->e, ERROR_CORRUPT,
                    _("the collection in this package is not as Anki makes it: it has no table \"%s\""),
                    "col");
    struct sqlite3_stmt *col = foreign_query(a->db, "SELECT ver, crt FROM col", a->e);
    bool row = col && foreign_step(col, NULL, a->e);
    int64_t schema = row ? foreign_int(col, 0, 0, INT32_MAX, &bad) : 0;
    a->crt_s = row ? foreign_int(col, 1, 0, a->options->now_ms / 1000 + 86400, &bad) : 0;
    foreign_done(col);
    if (!row)
        return (col && a->e->kind == ERROR_NONE)
                   ? fail(a->e, ERROR_CORRUPT, _("the collection in this package is empty; export it again"))
                   : false;
    a->modern = schema == 18;
    if (schema != 11 && schema != 18)
        return fail(a->e, ERROR_VERSION,
                    _("the collection in this package is of schema %lld; schemas 11 and 18 are read"),
                    (long long)schema);
    a->report.how = str_format(a->arena, _("Anki package (schema %lld)"), (long long)schema);
    return has_tables(a);
}

/* When a day begins, and where. */
static void read_config_value(struct anki *a, struct str name, struct str value)
{
    long number;
    if (!str_to_long(value, &number))
        return;
    if (str_equal(name, STR("creationOffset")) && number >= -14 * 60 && number <= 14 * 60)
        a->tz_min = (int)-number;
    else if (str_equal(name, STR("rollover")) && number >= 0 && number < 24)
        a->rollover = (int)number;
}

static bool read_config(struct anki *a)
{
    bool bad = false;
    struct sqlite3_stmt *rows;
    a->tz_min = a->options->tz_min;
    a->rollover = 4;
    if (a->modern && foreign_has_table(a->db, "config")) {
        rows = foreign_query(a->db, "SELECT key, val FROM config", a->e);
        while (rows && foreign_step(rows, NULL, a->e))
            read_config_value(a, foreign_text(&a->scratch, rows, 0, &bad), foreign_bytes(rows, 1));
        foreign_done(rows);
        return rows && a->e->kind == ERROR_NONE;
    }
    if (a->modern)
        return true;
    rows = foreign_query(a->db, "SELECT conf FROM col", a->e);
    if (rows && foreign_step(rows, NULL, a->e)) {
        struct str conf = foreign_text(&a->scratch, rows, 0, &bad);
        struct sqlite3_stmt *each = foreign_json(a->db, "SELECT key, value FROM json_each(?1)");
        foreign_bind(each, conf);
        struct error ignored; /* a configuration that is no JSON says nothing */
        while (foreign_step(each, NULL, &ignored))
            read_config_value(a, foreign_text(&a->scratch, each, 0, &bad),
                              foreign_text(&a->scratch, each, 1, &bad));
        foreign_done(each);
    }
    foreign_done(rows);
    return rows && a->e->kind == ERROR_NONE;
}

static bool read_all(struct anki *a, int scratch)
{
    return unpack(a, scratch) && foreign_open(scratch, &a->db, a->e) && read_collection(a) &&
           read_config(a) && anki_read_decks(a) && anki_read_types(a) && anki_read_media(a) &&
           anki_read_cards(a) && anki_read_log(a) && anki_read_notes(a);
}

bool anki_read(struct arena *arena, int file, int scratch, const struct read_options *options,
               const struct parcel_sink *sink, struct read_report *ret, struct error *e)
{
    struct anki a = {.arena = arena, .options = options, .sink = sink, .e = e};
    a.report.format = FORMAT_APKG;
    bool ok = archive_open(file, &a.archive, e) && read_all(&a, scratch);
    foreign_close(a.db);
    archive_close(a.archive);
    arena_finish(&a.each);
    arena_finish(&a.scratch);
    if (ok)
        *ret = a.report;
    return ok;
}
