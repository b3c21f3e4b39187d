#include "collection/log.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/json.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* 1/16 ms: room for the events of one millisecond. A clock that was set back only stops moving forward. */
static int64_t next_hlc(int64_t last, int64_t at_ms)
{
    int64_t wall = at_ms > INT64_MAX / 16 ? INT64_MAX - 1 : at_ms * 16;
    return last + 1 > wall ? last + 1 : wall;
}

static bool is_text(struct str value, const char *text)
{
    return value.len > 2 && str_equal(str_slice(value, 1, value.len - 1), str_from(text));
}

static struct grade_fields read_grade(struct str body)
{
    struct grade_fields fields = {.read_age_s = -1, .interval_days = -1, .step = -1};
    struct str name, value;
    for (size_t at = 0; json_next(body, &at, &name, &value);) {
        if (str_equal(name, STR("g")))
            fields.grade = (int)json_to_int(value, 0);
        else if (str_equal(name, STR("options")) || str_equal(name, STR("hints")))
            fields.aided |= json_to_int(value, 0) > 0;
        else if (str_equal(name, STR("mode")))
            fields.practice = is_text(value, "exam") || is_text(value, "cram");
        else if (str_equal(name, STR("due")))
            fields.due_at_ms = json_to_int(value, 0);
        else if (str_equal(name, STR("days")))
            fields.interval_days = json_to_real(value, -1);
        else if (str_equal(name, STR("step")))
            fields.step = (int)json_to_int(value, -1);
        else if (str_equal(name, STR("read_age_s")))
            fields.read_age_s = json_to_real(value, -1);
    }
    return fields;
}

/* Where the log of this device goes on. */
static bool write_place(struct collection *c, struct error *e)
{
    return query_run(c,
                     query(c, e, "UPDATE device SET next_seq = ?, last_hlc = ? WHERE key = ?", "iii",
                           c->next_seq, c->last_hlc, c->device),
                     e);
}

/* `last_hlc`: of the device, afterwards. */
static bool insert(struct collection *c, enum event_kind kind, struct str deck_id, struct str card_id,
                   struct str body, struct moment at, int64_t hlc, int64_t last_hlc, struct error *e)
{
    int64_t seq = c->next_seq;
    sqlite3_stmt *insert =
        card_id.len
            ? query(c, e, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iisiitttii", c->device,
                    seq, c->person, hlc, (int64_t)kind, deck_id, card_id, body, at.at_ms, (int64_t)at.tz_min)
            : query(c, e, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)", "iisiittii",
                    c->device, seq, c->person, hlc, (int64_t)kind, deck_id, body, at.at_ms,
                    (int64_t)at.tz_min);
    if (!query_run(c, insert, e))
        return false;
    c->next_seq = seq + 1;
    c->last_hlc = last_hlc;
    return c->log_held || write_place(c, e);
}

void log_hold(struct collection *c)
{
    c->log_held = true;
}

bool log_release(struct collection *c, bool ok, struct error *e)
{
    c->log_held = false;
    return ok && write_place(c, e);
}

static void tell(const struct collection *c, enum event_kind kind, struct str deck_id, struct str body,
                 struct moment at, int64_t hlc, int64_t seq, struct entry *ret)
{
    if (!ret)
        return;
    *ret = (struct entry){.place = {hlc, device_rank(c, c->device), seq},
                          .device = c->device,
                          .kind = kind,
                          .at = at,
                          .deck = deck_id,
                          .body = body};
    if (kind == EVENT_GRADE)
        ret->grade = read_grade(body);
}

bool log_append_past(struct collection *c, enum event_kind kind, struct str deck_id, struct str card_id,
                     struct str body, struct moment at, struct entry *ret, struct error *e)
{
    int64_t hlc = at.at_ms * 16, seq = c->next_seq;
    if (!insert(c, kind, deck_id, card_id, body, at, hlc, c->last_hlc, e))
        return false;
    tell(c, kind, deck_id, body, at, hlc, seq, ret);
    return true;
}

bool log_append(struct collection *c, enum event_kind kind, struct str deck_id, struct str card_id,
                struct str body, struct moment now, struct entry *ret, struct error *e)
{
    int64_t hlc = next_hlc(c->last_hlc, now.at_ms), seq = c->next_seq;
    if (!insert(c, kind, deck_id, card_id, body, now, hlc, hlc, e))
        return false;
    tell(c, kind, deck_id, body, now, hlc, seq, ret);
    return true;
}

struct entry log_entry(const struct collection *c, sqlite3_stmt *row)
{
    int64_t device = sqlite3_column_int64(row, 0);
    struct entry entry = {
        .device = device,
        .place = {sqlite3_column_int64(row, 2), device_rank(c, device), sqlite3_column_int64(row, 1)},
        .kind = (enum event_kind)sqlite3_column_int(row, 3),
        .at = {sqlite3_column_int64(row, 4), sqlite3_column_int(row, 5)},
        .deck = column_text(row, 6),
        .body = column_text(row, 7),
    };
    if (entry.kind == EVENT_GRADE)
        entry.grade = read_grade(entry.body);
    return entry;
}

bool log_read(struct collection *c, struct arena *arena, struct str card_id, struct entries *ret,
              struct error *e)
{
    *ret = (struct entries){0};
    sqlite3_stmt *rows =
        card_id.len
            ? query(c, e,
                    "SELECT " LOG_COLUMNS " FROM event WHERE card_id IN (SELECT ?1 UNION ALL SELECT old"
                    " FROM key_alias WHERE new = ?1) AND person = ?2 ORDER BY hlc",
                    "ts", card_id, c->person)
            : query(c, e,
                    "SELECT " LOG_COLUMNS " FROM event WHERE card_id IS NULL AND person = ?"
                    " AND kind IN (2, 6, 7, 22, 23) ORDER BY hlc",
                    "s", c->person);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        struct entry entry = log_entry(c, rows);
        entry.deck = str_copy(arena, entry.deck);
        entry.body = str_copy(arena, entry.body);
        list_push(arena, ret, entry);
    }
    log_settle(ret, c);
    return ok;
}

static struct entry *find_target(struct entries *entries, const struct entry *undo,
                                 const struct collection *c)
{
    struct str device;
    int64_t seq = json_int(undo->body, "seq", 0);
    if (!json_field(undo->body, "device", &device) || device.len < 2)
        return NULL;
    device = str_slice(device, 1, device.len - 1);
    for (size_t i = entries->count; i > 0; i--) {
        struct entry *entry = &entries->items[i - 1];
        if (entry->place.seq == seq && str_equal(device, device_name(c, entry->device)))
            return entry;
    }
    return NULL;
}

/* The database sorts by hlc; equal ones, rare, are put in order here. */
static void sort(struct entries *entries)
{
    for (size_t i = 1; i < entries->count; i++) {
        struct entry moving = entries->items[i];
        size_t to = i;
        for (; to > 0 && place_compare(entries->items[to - 1].place, moving.place) > 0; to--)
            entries->items[to] = entries->items[to - 1];
        entries->items[to] = moving;
    }
}

void log_settle(struct entries *entries, const struct collection *c)
{
    sort(entries);
    /* From the newest: an undo that was itself taken back does nothing. */
    for (size_t i = entries->count; i > 0; i--) {
        struct entry *undo = &entries->items[i - 1];
        struct entry *target =
            undo->kind == EVENT_UNDO && !undo->undone ? find_target(entries, undo, c) : NULL;
        if (target && target != undo)
            target->undone = true;
    }
}

/* Carriers write an event on one line, its parts parted by tabs. */
static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20)
            return true;
    return false;
}

static bool find_identities(struct collection *c, struct arena *arena, int64_t deck, int64_t card,
                            struct str *ret_deck, struct str *ret_card, struct error *e)
{
    bool row;
    sqlite3_stmt *find =
        query(c, e,
              "SELECT coalesce((SELECT id FROM card WHERE key = ?1), ''), coalesce((SELECT id FROM deck"
              " WHERE key = coalesce((SELECT deck FROM card WHERE key = ?1), ?2)), '')",
              "ii", card, deck);
    if (!query_step(c, find, &row, e))
        return false;
    *ret_card = column_copy(arena, find, 0);
    *ret_deck = column_copy(arena, find, 1);
    query_done(find);
    return true;
}

static bool is_one_line_of_json(struct collection *c, struct str body, struct error *e)
{
    int64_t valid = 0;
    return query_number(c, query(c, e, "SELECT json_valid(?)", "t", body), 0, &valid, e) &&
           ((valid && !has_control(body)) || fail(e, ERROR_SYNTAX, _("an event's body is one line of JSON")));
}

bool collection_record(struct collection *c, enum event_kind kind, int64_t deck, int64_t card,
                       struct str body, struct moment now, struct error *e)
{
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    struct str deck_id, card_id;
    bool ok = is_one_line_of_json(c, body, e) &&
              find_identities(c, &arena, deck, card, &deck_id, &card_id, e) &&
              log_append(c, kind, deck_id, card_id, body, now, NULL, e);
    arena_finish(&arena);
    return transaction_end(c, ok, e);
}

bool collection_read_at(struct collection *c, int64_t deck, int64_t since_ms, int64_t *ret_ms,
                        struct error *e)
{
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT at_ms, body FROM event WHERE kind = 12 AND at_ms >= ? AND person = ? AND"
              " deck = (SELECT id FROM deck WHERE key = ?) ORDER BY at_ms DESC LIMIT 1",
              "isi", since_ms, c->person, deck);
    bool row;
    if (!query_step(c, rows, &row, e))
        return false;
    *ret_ms = 0;
    if (row) {
        *ret_ms =
            sqlite3_column_int64(rows, 0) - (int64_t)(json_real(column_text(rows, 1), "age_s", 0) * 1000);
        query_done(rows);
    }
    return true;
}
