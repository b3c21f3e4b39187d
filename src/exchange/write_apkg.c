/* Anki packages of the oldest kind, which every Anki, AnkiDroid and Mnemosyne reads: a database of schema 11, media by
 * number, a list of their names. Ids follow from what they stand for, so the same cards give the same package again, and whoever
 * imported the last one gets an update. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "exchange/formats.h"
#include "exchange/html.h"
#include "exchange/template.h"
#include "schedule/day.h"

#include <errno.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

/* Days count from 2020 on, whenever the package is written. */
#define EPOCH_MS INT64_C(1577880000000)
/* Ids look like the milliseconds at which Anki would have made the things. */
#define ID_FIRST INT64_C(1300000000000)
#define ID_RANGE INT64_C(300000000000)
enum { DEFAULT_DECK = 1, EASE = 2500, TRIES = 1000 };

struct apkg_deck {
    struct str path;
    int64_t id;
    bool used; /* holds a card, or a deck that does */
};

struct apkg_type {
    struct parcel_type type;
    int64_t id;
};

struct apkg_medium {
    struct str name;
    size_t start, size; /* in the spool */
};

struct apkg {
    struct write_options options;
    struct arena arena;
    char database[64], spool_path[64];
    FILE *spool;
    size_t spooled;
    sqlite3 *db;
    sqlite3_stmt *insert_note, *insert_card, *insert_review;
    struct {
        struct apkg_deck *items;
        size_t count, capacity;
    } decks; /* as given; then their parents */
    struct {
        struct apkg_type *items;
        size_t count, capacity;
    } types;
    struct {
        struct apkg_medium *items;
        size_t count, capacity;
    } media;
    int64_t crt_day, new_cards;
};

static const char schema[] =
    "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA page_size = 4096;"
    "CREATE TABLE col(id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT "
    "NULL,"
    " ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT "
    "NULL,"
    " models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);"
    "CREATE TABLE notes(id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT "
    "NULL,"
    " usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT "
    "NULL,"
    " flags integer NOT NULL, data text NOT NULL);"
    "CREATE TABLE cards(id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT "
    "NULL,"
    " mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer "
    "NOT NULL,"
    " ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left "
    "integer NOT"
    " NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);"
    "CREATE TABLE revlog(id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer "
    "NOT NULL,"
    " ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type "
    "integer NOT"
    " NULL);"
    "CREATE TABLE graves(usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);"
    "BEGIN";

static const char indexes[] =
    "CREATE INDEX ix_notes_usn ON notes(usn); CREATE INDEX ix_cards_usn ON cards(usn);"
    "CREATE INDEX ix_revlog_usn ON revlog(usn); CREATE INDEX ix_cards_nid ON cards(nid);"
    "CREATE INDEX ix_cards_sched ON cards(did, queue, due);"
    "CREATE INDEX ix_revlog_cid ON revlog(cid); CREATE INDEX ix_notes_csum ON notes(csum);"
    "COMMIT";

static bool fail_write(struct apkg *w, struct error *e)
{
    return fail(e, ERROR_IO, _("%s cannot be written: %s"), w->options.path,
                w->db ? sqlite3_errmsg(w->db) : strerror(errno));
}

/* Beginning */

static bool make_file(char path[64], int *ret)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, 64, "%.40s/repaso-XXXXXX", folder && *folder && strlen(folder) < 40 ? folder : "/tmp");
    *ret = mkstemp(path);
    return *ret >= 0;
}

static bool prepare(struct apkg *w)
{
    static const char note[] = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
                      card[] =
                          "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
                      review[] = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)";
    return sqlite3_prepare_v2(w->db, note, -1, &w->insert_note, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(w->db, card, -1, &w->insert_card, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(w->db, review, -1, &w->insert_review, NULL) == SQLITE_OK;
}

static bool begin(struct apkg *w, struct error *e)
{
    int file;
    if (!make_file(w->spool_path, &file) || !(w->spool = fdopen(file, "w+")))
        return fail_write(w, e);
    if (!make_file(w->database, &file))
        return fail_write(w, e);
    close(file);
    return (sqlite3_open(w->database, &w->db) == SQLITE_OK &&
            sqlite3_exec(w->db, schema, NULL, NULL, NULL) == SQLITE_OK && prepare(w)) ||
           fail_write(w, e);
}

static void discard(struct apkg *w)
{
    sqlite3_finalize(w->insert_note);
    sqlite3_finalize(w->insert_card);
    sqlite3_finalize(w->insert_review);
    sqlite3_close(w->db);
    if (w->spool)
        fclose(w->spool);
    if (w->database[0])
        unlink(w->database);
    if (w->spool_path[0])
        unlink(w->spool_path);
    arena_finish(&w->arena);
    free(w);
}

static bool apkg_open(const struct write_options *options, struct writer **ret, struct error *e)
{
    struct apkg *w = memory_alloc(sizeof *w);
    *w = (struct apkg){.options = *options};
    w->options.path = str_copy(&w->arena, str_from(options->path)).ptr;
    w->crt_day = day_number(EPOCH_MS, options->tz_min, options->rollover_hour);
    if (begin(w, e)) {
        *ret = (struct writer *)w;
        return true;
    }
    discard(w);
    return false;
}

static int64_t id_of(struct str what)
{
    return ID_FIRST + (int64_t)(hash_str(what) % (uint64_t)ID_RANGE);
}

/* Runs an insertion whose first parameter is an id; two things that come to the same id get neighbours. */
static bool insert(struct apkg *w, sqlite3_stmt *statement, int64_t *id, struct error *e)
{
    int code = SQLITE_CONSTRAINT;
    for (int i = 0; i < TRIES && (code & 0xFF) == SQLITE_CONSTRAINT; i++) {
        sqlite3_reset(statement);
        sqlite3_bind_int64(statement, 1, *id + i);
        code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            *id += i;
    }
    sqlite3_reset(statement);
    return code == SQLITE_DONE || fail_write(w, e);
}

static void bind_text(sqlite3_stmt *statement, int at, struct str text)
{
    sqlite3_bind_text64(statement, at, text.ptr ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_ints(sqlite3_stmt *statement, int at, const int64_t *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sqlite3_bind_int64(statement, at + (int)i, values[i]);
}

/* Decks, types, media */

static bool take_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct apkg *w = self;
    (void)e;
    bool is_default = str_equal(deck->path, STR("Default"));
    list_push(&w->arena, &w->decks,
              (struct apkg_deck){str_copy(&w->arena, deck->path),
                                 is_default ? DEFAULT_DECK : id_of(deck->path), false});
    return true;
}

static struct str_list copy_list(struct arena *arena, const struct str_list *list)
{
    struct str_list copy = {0};
    for (size_t i = 0; i < list->count; i++)
        list_push(arena, &copy, str_copy(arena, list->items[i]));
    return copy;
}

static bool take_type(void *self, const struct parcel_type *type, struct error *e)
{
    struct apkg *w = self;
    struct arena *arena = &w->arena;
    struct parcel_type copy = {.name = str_copy(arena, type->name),
                               .css = str_copy(arena, type->css),
                               .kind = type->kind,
                               .fields = copy_list(arena, &type->fields),
                               .sort_field = type->sort_field};
    struct str look = copy.name;
    (void)e;
    for (size_t i = 0; i < copy.fields.count; i++)
        look = str_format(arena, "%.*s\x1F%.*s", STR_ARG(look), STR_ARG(copy.fields.items[i]));
    list_each (const struct parcel_template, template, &type->templates) {
        list_push(arena, &copy.templates,
                  (struct parcel_template){str_copy(arena, template->name), str_copy(arena, template->front),
                                           str_copy(arena, template->back)});
        look = str_format(arena, "%.*s\x1F%.*s\x1F%.*s", STR_ARG(look), STR_ARG(template->front),
                          STR_ARG(template->back));
    }
    list_push(arena, &w->types, (struct apkg_type){copy, id_of(look)});
    return true;
}

static bool take_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct apkg *w = self;
    if (fwrite(medium->bytes.ptr ? medium->bytes.ptr : "", 1, medium->bytes.len, w->spool) !=
        medium->bytes.len)
        return fail(e, error_kind_of(errno), _("%s cannot be written: %s"), w->options.path, strerror(errno));
    list_push(&w->arena, &w->media,
              (struct apkg_medium){str_copy(&w->arena, medium->name), w->spooled, medium->bytes.len});
    w->spooled += medium->bytes.len;
    return true;
}

/* Notes */

/* " a b ": blanks part tags, so a tag has none. */
static struct str tag_field(struct arena *arena, const struct str_list *tags)
{
    struct buffer out = {0};
    for (size_t i = 0; i < tags->count; i++) {
        buffer_add_char(&out, ' ');
        for (size_t at = 0; at < tags->items[i].len; at++)
            buffer_add_char(&out, tags->items[i].ptr[at] == ' ' ? '_' : tags->items[i].ptr[at]);
    }
    if (tags->count)
        buffer_add_char(&out, ' ');
    struct str field = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return field;
}

static struct str join_fields(struct arena *arena, const struct str_list *fields)
{
    struct buffer out = {0};
    for (size_t i = 0; i < fields->count; i++) {
        if (i)
            buffer_add_char(&out, '\x1F');
        buffer_add(&out, fields->items[i]);
    }
    struct str joined = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return joined;
}

/* The first field's, by which Anki finds duplicates. */
static int64_t checksum(struct str text)
{
    uint8_t sha1[20];
    sha1_of(text, sha1);
    return (int64_t)sha1[0] << 24 | sha1[1] << 16 | sha1[2] << 8 | sha1[3];
}

static struct str field_at(const struct parcel_note *note, int at)
{
    return at >= 0 && (size_t)at < note->fields.count ? note->fields.items[at] : (struct str){0};
}

static bool write_note(struct apkg *w, struct arena *arena, const struct parcel_note *note, int64_t *ret_id,
                       struct error *e)
{
    const struct apkg_type *type = &w->types.items[note->type];
    sqlite3_stmt *s = w->insert_note;
    int64_t mod_ms = note->mod_ms ? note->mod_ms : w->options.now_ms;
    bind_text(s, 2, note->guid);
    bind_ints(s, 3, (int64_t[]){type->id, mod_ms / 1000}, 2);
    bind_text(s, 5, tag_field(arena, &note->tags));
    bind_text(s, 6, join_fields(arena, &note->fields));
    bind_text(s, 7, html_text(arena, field_at(note, type->type.sort_field)));
    sqlite3_bind_int64(s, 8, checksum(html_text(arena, field_at(note, 0))));
    *ret_id = id_of(note->guid);
    return insert(w, s, ret_id, e);
}

/* Cards */

enum { QUEUE_BURIED = -2, QUEUE_SUSPENDED, QUEUE_NEW, QUEUE_LEARN, QUEUE_REVIEW, QUEUE_DAY_LEARN };

static int64_t due_day(const struct apkg *w, int64_t at_ms)
{
    return day_number(at_ms, w->options.tz_min, w->options.rollover_hour) - w->crt_day;
}

static bool is_learning(const struct parcel_schedule *s)
{
    return s->phase == PHASE_LEARN || s->phase == PHASE_RELEARN;
}

/* Steps of a day and more are counted in days. */
static int queue_of(const struct parcel_schedule *s)
{
    if (s->suspended || s->buried)
        return s->suspended ? QUEUE_SUSPENDED : QUEUE_BURIED;
    if (is_learning(s))
        return s->interval_days >= 1 ? QUEUE_DAY_LEARN : QUEUE_LEARN;
    return s->phase == PHASE_NEW ? QUEUE_NEW : QUEUE_REVIEW;
}

static int64_t due_of(struct apkg *w, const struct parcel_schedule *s)
{
    if (s->phase == PHASE_NEW)
        return s->position > 0 && s->position < 1000000 ? s->position : ++w->new_cards;
    return is_learning(s) && s->interval_days < 1 ? s->due_at_ms / 1000 : due_day(w, s->due_at_ms);
}

/* What FSRS remembers, as Anki keeps it; without a memory nothing. */
static struct str memory_field(struct arena *arena, const struct parcel_schedule *s)
{
    if (!(s->stability > 0) || !(s->difficulty > 0))
        return STR("{}");
    struct str data = str_format(arena, "{\"s\":%.4f,\"d\":%.3f", s->stability, s->difficulty);
    if (s->retention > 0)
        data = str_format(arena, "%.*s,\"dr\":%.2f", STR_ARG(data), s->retention);
    if (s->last_at_ms > 0)
        data = str_format(arena, "%.*s,\"lrt\":%lld", STR_ARG(data), (long long)(s->last_at_ms / 1000));
    return str_format(arena, "%.*s}", STR_ARG(data));
}

static int64_t deck_id(struct apkg *w, size_t deck)
{
    if (deck >= w->decks.count)
        return DEFAULT_DECK;
    w->decks.items[deck].used = true;
    return w->decks.items[deck].id;
}

static bool write_log(struct apkg *w, const struct parcel_card *card, int64_t card_id, struct error *e)
{
    sqlite3_stmt *s = w->insert_review;
    for (size_t i = 0; i < card->review_count; i++) {
        const struct parcel_review *r = &card->reviews[i];
        int64_t id = r->at_ms;
        bind_ints(s, 2,
                  (int64_t[]){card_id, r->grade, r->interval, r->last_interval, r->factor, r->ms, r->kind},
                  7);
        if (!insert(w, s, &id, e))
            return false;
    }
    return true;
}

static bool write_card(struct apkg *w, struct arena *arena, const struct parcel_note *note,
                       const struct parcel_card *card, int64_t note_id, struct error *e)
{
    const struct parcel_schedule *s = &card->schedule;
    sqlite3_stmt *insertion = w->insert_card;
    bool learnt = s->phase == PHASE_REVIEW || s->phase == PHASE_RELEARN;
    int64_t interval = s->interval_days >= 1 ? llround(s->interval_days) : learnt;
    int64_t ease = s->ease ? s->ease : learnt ? EASE : 0;
    bind_ints(insertion, 2,
              (int64_t[]){note_id, deck_id(w, card->deck), card->ordinal, w->options.now_ms / 1000, s->phase,
                          queue_of(s), due_of(w, s), interval, ease, s->reps, s->lapses,
                          is_learning(s) ? 1001 : 0, s->flag},
              13);
    bind_text(insertion, 15, memory_field(arena, s));
    int64_t id = id_of(str_format(arena, "%.*s\x1F%d", STR_ARG(note->guid), card->ordinal));
    return insert(w, insertion, &id, e) && write_log(w, card, id, e);
}

static bool take_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct apkg *w = self;
    struct arena arena = {0};
    int64_t id;
    bool ok = write_note(w, &arena, note, &id, e);
    list_each (const struct parcel_card, card, &note->cards)
        ok = ok && write_card(w, &arena, note, card, id, e);
    arena_finish(&arena);
    return ok;
}

/* The row that holds everything else, as JSON */

static void add_text(struct buffer *out, const char *name, struct str text)
{
    buffer_format(out, ",\"%s\":", name);
    buffer_add_json(out, text);
}

/* Which fields make a template give a card: those that its front shows. */
static void add_required(struct buffer *out, struct arena *arena, const struct parcel_type *type)
{
    struct str_list values = {0};
    for (size_t i = 0; i < type->fields.count; i++)
        list_push(arena, &values, STR("x"));
    const struct template_input input = {.names = &type->fields, .values = &values};
    buffer_add(out, STR(",\"req\":["));
    for (size_t i = 0; i < type->templates.count; i++) {
        struct template_output shown = template_render(arena, type->templates.items[i].front, &input);
        buffer_format(out, "%s[%zu,\"any\",[", i ? "," : "", i);
        for (size_t u = 0; u < shown.uses.count; u++)
            buffer_format(out, "%s%zu", u ? "," : "", shown.uses.items[u].field);
        buffer_add(out, STR("]]"));
    }
    buffer_add_char(out, ']');
}

static void add_fields(struct buffer *out, const struct parcel_type *type)
{
    buffer_add(out, STR(",\"flds\":["));
    for (size_t i = 0; i < type->fields.count; i++) {
        buffer_format(out, "%s{\"ord\":%zu", i ? "," : "", i);
        add_text(out, "name", type->fields.items[i]);
        buffer_add(out, STR(",\"sticky\":false,\"rtl\":false,\"font\":\"Arial\",\"size\":20,\"media\":[]}"));
    }
    buffer_add_char(out, ']');
}

static void add_templates(struct buffer *out, const struct parcel_type *type)
{
    buffer_add(out, STR(",\"tmpls\":["));
    for (size_t i = 0; i < type->templates.count; i++) {
        const struct parcel_template *template = &type->templates.items[i];
        buffer_format(out, "%s{\"ord\":%zu,\"did\":null,\"bqfmt\":\"\",\"bafmt\":\"\"", i ? "," : "", i);
        add_text(out, "name", template->name);
        add_text(out, "qfmt", template->front);
        add_text(out, "afmt", template->back);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_types(struct apkg *w, struct buffer *out)
{
    buffer_add_char(out, '{');
    list_each (const struct apkg_type, each, &w->types) {
        const struct parcel_type *type = &each->type;
        bool gaps = type->kind == KIND_CLOZE || type->kind == KIND_OCCLUSION;
        buffer_format(out,
                      "%s\"%lld\":{\"id\":%lld,\"type\":%d,\"mod\":%lld,\"usn\":-1,\"sortf\":%d,\"did\":%d",
                      out->len > 1 ? "," : "", (long long)each->id, (long long)each->id, gaps,
                      (long long)(w->options.now_ms / 1000), type->sort_field, DEFAULT_DECK);
        if (type->kind == KIND_OCCLUSION)
            buffer_add(out, STR(",\"originalStockKind\":6"));
        add_text(out, "name", type->name);
        add_text(out, "css", type->css);
        buffer_add(
            out,
            STR(",\"latexPre\":\"\\\\documentclass[12pt]{article}\\n\\\\special{papersize=3in,5in}\\n"
                "\\\\usepackage[utf8]{inputenc}\\n\\\\usepackage{amssymb,amsmath}\\n\\\\pagestyle{empty}\\n"
                "\\\\setlength{\\\\parindent}{0in}\\n\\\\begin{document}\\n\",\"latexPost\":\"\\\\end{"
                "document}\","
                "\"latexsvg\":false,\"vers\":[],\"tags\":[]"));
        add_required(out, &w->arena, type);
        add_fields(out, type);
        add_templates(out, type);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, '}');
}

static void use_deck(struct apkg *w, struct str path, int64_t id)
{
    for (size_t i = 0; i < w->decks.count; i++)
        if (str_equal(w->decks.items[i].path, path)) {
            w->decks.items[i].used = true;
            return;
        }
    list_push(&w->arena, &w->decks, (struct apkg_deck){path, id, true});
}

/* "A" of "A::B": readers want the decks above each deck as well. */
static void use_parents(struct apkg *w)
{
    for (size_t i = 0; i < w->decks.count; i++) {
        struct str path = w->decks.items[i].path;
        size_t cut = path.len;
        while (cut > 1 && !(path.ptr[cut - 1] == ':' && path.ptr[cut - 2] == ':'))
            cut--;
        struct str parent = str_slice(path, 0, cut > 2 ? cut - 2 : 0);
        if (w->decks.items[i].used && parent.len)
            use_deck(w, parent, id_of(parent));
    }
    use_deck(w, STR("Default"), DEFAULT_DECK);
}

static void add_decks(struct apkg *w, struct buffer *out)
{
    enum { LEVELS = 8 };
    for (int i = 0; i < LEVELS; i++) /* a deck above may stand before the one below it */
        use_parents(w);
    buffer_add_char(out, '{');
    list_each (const struct apkg_deck, deck, &w->decks) {
        buffer_format(
            out,
            "%s\"%lld\":{\"id\":%lld,\"mod\":%lld,\"usn\":-1,\"desc\":\"\",\"collapsed\":false,\"dyn\":0,"
            "\"conf\":1,\"extendNew\":0,\"extendRev\":0,\"newToday\":[0,0],\"revToday\":[0,0],"
            "\"lrnToday\":[0,0],\"timeToday\":[0,0]",
            out->len > 1 ? "," : "", (long long)deck->id, (long long)deck->id,
            (long long)(w->options.now_ms / 1000));
        add_text(out, "name", deck->path);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, '}');
}

static const char preset[] =
    "{\"1\":{\"id\":1,\"mod\":0,\"name\":\"Default\",\"usn\":0,\"maxTaken\":60,\"autoplay\":true,\"timer\":0,"
    "\"replayq\":true,"
    "\"new\":{\"bury\":true,\"delays\":[1.0,10.0],\"initialFactor\":2500,\"ints\":[1,4,0],\"order\":1,"
    "\"perDay\":20,"
    "\"separate\":true},\"rev\":{\"bury\":true,\"ease4\":1.3,\"ivlFct\":1.0,\"maxIvl\":36500,\"perDay\":200,"
    "\"hardFactor\":1.2,\"fuzz\":0.05,\"minSpace\":1},\"lapse\":{\"delays\":[10.0],\"leechAction\":1,"
    "\"leechFails\":8,"
    "\"minInt\":1,\"mult\":0.0},\"dyn\":false}}";

static bool write_col(struct apkg *w, struct error *e)
{
    struct buffer conf = {0}, models = {0}, decks = {0};
    sqlite3_stmt *s = NULL;
    add_types(w, &models);
    add_decks(w, &decks);
    /* Without "schedVer" Anki takes the schedule for that of its first scheduler and converts it. */
    buffer_format(&conf,
                  "{\"schedVer\":2,\"sched2021\":true,\"creationOffset\":%d,\"rollover\":%d,\"nextPos\":%lld,"
                  "\"activeDecks\":[1],\"curDeck\":1,\"curModel\":null,\"newSpread\":0,\"collapseTime\":1200,"
                  "\"timeLim\":0,"
                  "\"estTimes\":true,\"dueCounts\":true,\"sortType\":\"noteFld\",\"sortBackwards\":false,"
                  "\"addToCur\":true,"
                  "\"dayLearnFirst\":false}",
                  -w->options.tz_min, w->options.rollover_hour, (long long)w->new_cards + 1);
    bool ok = sqlite3_prepare_v2(w->db, "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
                                 -1, &s, NULL) == SQLITE_OK;
    int64_t crt_ms = day_start_ms(w->crt_day, w->options.tz_min, w->options.rollover_hour);
    if (ok) {
        bind_ints(s, 1, (int64_t[]){crt_ms / 1000, w->options.now_ms, w->options.now_ms}, 3);
        bind_text(s, 4, buffer_str(&conf));
        bind_text(s, 5, buffer_str(&models));
        bind_text(s, 6, buffer_str(&decks));
        bind_text(s, 7, str_from(preset));
        ok = sqlite3_step(s) == SQLITE_DONE;
    }
    sqlite3_finalize(s);
    buffer_finish(&conf);
    buffer_finish(&models);
    buffer_finish(&decks);
    return ok || fail_write(w, e);
}

/* The container */

static bool add_file(zip_t *zip, const char *name, const char *path, size_t start, size_t size)
{
    zip_source_t *source = zip_source_file(zip, path, start, size ? (zip_int64_t)size : -1);
    if (source && zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

static bool add_bytes(zip_t *zip, const char *name, struct str bytes)
{
    zip_source_t *source = zip_source_buffer(zip, bytes.ptr, bytes.len, 0);
    if (source && zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

static bool add_media(struct apkg *w, zip_t *zip, struct buffer *list)
{
    buffer_add_char(list, '{');
    for (size_t i = 0; i < w->media.count; i++) {
        const struct apkg_medium *medium = &w->media.items[i];
        char number[24];
        snprintf(number, sizeof number, "%zu", i);
        bool ok = medium->size ? add_file(zip, number, w->spool_path, medium->start, medium->size)
                               : add_bytes(zip, number, STR(""));
        if (!ok)
            return false;
        /* Pictures and sounds are compressed in themselves. */
        zip_set_file_compression(zip, (zip_uint64_t)zip_name_locate(zip, number, 0), ZIP_CM_STORE, 0);
        buffer_format(list, "%s\"%zu\":", i ? "," : "", i);
        buffer_add_json(list, medium->name);
    }
    buffer_add_char(list, '}');
    return add_bytes(zip, "media", buffer_str(list));
}

/* libzip writes beside the file and renames when all is there. */
static bool pack(struct apkg *w, struct error *e)
{
    struct buffer list = {0};
    int code = 0;
    zip_t *zip = zip_open(w->options.path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    bool ok = zip && fflush(w->spool) == 0 && add_file(zip, "collection.anki2", w->database, 0, 0) &&
              add_media(w, zip, &list);
    if (ok) /* the quickest: what more would save is little, and takes three times as long */
        zip_set_file_compression(zip, 0, ZIP_CM_DEFLATE, 1);
    if (ok)
        ok = zip_close(zip) == 0;
    if (!ok && zip) {
        fail(e, ERROR_IO, _("%s cannot be written: %s"), w->options.path, zip_strerror(zip));
        zip_discard(zip);
    } else if (!ok) {
        fail(e, error_kind_of(errno), _("%s cannot be written: %s"), w->options.path, strerror(errno));
    }
    buffer_finish(&list);
    return ok;
}

static bool finish(struct apkg *w, struct error *e)
{
    if (!write_col(w, e))
        return false;
    sqlite3_finalize(w->insert_note);
    sqlite3_finalize(w->insert_card);
    sqlite3_finalize(w->insert_review);
    w->insert_note = w->insert_card = w->insert_review = NULL;
    if (sqlite3_exec(w->db, indexes, NULL, NULL, NULL) != SQLITE_OK)
        return fail_write(w, e);
    sqlite3_close(w->db);
    w->db = NULL;
    return pack(w, e);
}

static bool apkg_close(struct writer *writer, bool ok, struct error *e)
{
    struct apkg *w = (struct apkg *)writer;
    if (!w)
        return false;
    ok = ok && finish(w, e);
    discard(w);
    return ok;
}

const struct write_format write_apkg = {
    .name = "apkg",
    .wants_bytes = true,
    .whole_notes = true,
    .open = apkg_open,
    .deck = take_deck,
    .type = take_type,
    .medium = take_medium,
    .note = take_note,
    .close = apkg_close,
};
