#include "collection/merge.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/event.h"
#include "collection/json.h"
#include "collection/rebuild.h"
#include "collection/replay.h"

#include <sqlite3.h>
#include <string.h>

#define AHEAD_MS (INT64_C(48) * 3600 * 1000)

bool log_devices(struct collection *c, struct arena *arena, struct known_devices *ret, struct error *e)
{
    struct known_devices devices = {0};
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT d.id, d.person, d.me, CASE WHEN d.me THEN d.next_seq - 1 ELSE coalesce(h.seq, 0)"
              " END FROM device d LEFT JOIN have h ON h.device = d.key ORDER BY d.id",
              "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, &devices,
                  (struct known_device){column_copy(arena, rows, 0), column_copy(arena, rows, 1),
                                        sqlite3_column_int64(rows, 3), sqlite3_column_int(rows, 2)});
    if (ok)
        *ret = devices;
    return ok;
}

bool log_since(struct collection *c, struct arena *arena, struct str device, int64_t after, size_t limit,
               struct carried_events *ret, struct error *e)
{
    struct carried_events events = {0};
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT seq, person, hlc, kind, coalesce(deck, ''), coalesce(card_id, ''), at_ms,"
              " tz_min, body FROM event WHERE device = (SELECT key FROM device WHERE id = ?) AND"
              " seq > ? ORDER BY seq LIMIT ?",
              "tii", device, after, limit ? (int64_t)limit : (int64_t)-1);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, &events,
                  (struct carried){.device = device,
                                   .seq = sqlite3_column_int64(rows, 0),
                                   .person = column_copy(arena, rows, 1),
                                   .hlc = sqlite3_column_int64(rows, 2),
                                   .kind = sqlite3_column_int(rows, 3),
                                   .deck = column_copy(arena, rows, 4),
                                   .card = column_copy(arena, rows, 5),
                                   .at_ms = sqlite3_column_int64(rows, 6),
                                   .tz_min = sqlite3_column_int(rows, 7),
                                   .body = column_copy(arena, rows, 8)});
    if (ok)
        *ret = events;
    return ok;
}

/* One merge on its way. */
struct merging {
    struct collection *c;
    struct arena arena;
    struct moment now;
    struct merge_report report;
    bool rules; /* options, weights, decks: what other events are read by */
    struct error *e;
};

static bool device_key(struct merging *m, const struct carried *event, int64_t *ret)
{
    struct collection *c = m->c;
    if (!query_number(c, query(c, m->e, "SELECT key FROM device WHERE id = ?", "t", event->device), 0, ret,
                      m->e))
        return false;
    if (*ret)
        return true;
    if (!query_run(c,
                   query(c, m->e, "INSERT INTO device(id, person) VALUES (?, ?)", "tt", event->device,
                         event->person),
                   m->e))
        return false;
    *ret = sqlite3_last_insert_rowid(c->db);
    regime_forget(c); /* the ranks of devices */
    return true;
}

static bool is_valid(struct merging *m, const struct carried *event, bool *ret)
{
    int64_t valid = 0;
    *ret = event->seq > 0 && event->hlc > 0 && event->kind > 0 && event->device.len == 26 &&
           event->tz_min >= -1440 && event->tz_min <= 1440 && event->at_ms > -(INT64_C(1) << 53) &&
           event->at_ms < (INT64_C(1) << 53) && event->card.len <= 64 && event->deck.len <= 64;
    if (!*ret)
        return true;
    struct collection *c = m->c;
    if (!query_number(c,
                      query(c, m->e, "SELECT json_valid(?1) AND json_type(?1) = 'object'", "t", event->body),
                      0, &valid, m->e))
        return false;
    *ret = valid;
    return true;
}

enum found { FOUND_NOTHING, FOUND_SAME, FOUND_OTHER };

static bool look_up(struct merging *m, int64_t device, const struct carried *event, enum found *ret)
{
    struct collection *c = m->c;
    bool row;
    sqlite3_stmt *find =
        query(c, m->e,
              "SELECT hlc = ? AND kind = ? AND at_ms = ? AND tz_min = ? AND coalesce(deck, '') = ? AND"
              " coalesce(card_id, '') = ? AND body = ? FROM event WHERE device = ? AND seq = ?",
              "iiiitttii", event->hlc, (int64_t)event->kind, event->at_ms, (int64_t)event->tz_min,
              event->deck, event->card, event->body, device, event->seq);
    if (!query_step(c, find, &row, m->e))
        return false;
    *ret = !row ? FOUND_NOTHING : sqlite3_column_int(find, 0) ? FOUND_SAME : FOUND_OTHER;
    query_done(find);
    return true;
}

static bool insert(struct merging *m, int64_t device, const struct carried *event)
{
    struct collection *c = m->c;
    sqlite3_stmt *write =
        event->card.len
            ? query(c, m->e, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iitiitttii", device,
                    event->seq, event->person, event->hlc, (int64_t)event->kind, event->deck, event->card,
                    event->body, event->at_ms, (int64_t)event->tz_min)
            : query(c, m->e, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)", "iitiittii",
                    device, event->seq, event->person, event->hlc, (int64_t)event->kind, event->deck,
                    event->body, event->at_ms, (int64_t)event->tz_min);
    if (!query_run(c, write, m->e))
        return false;
    m->report.received++;
    if (event->hlc / 16 > m->now.at_ms + AHEAD_MS)
        m->report.ahead++;
    else if (event->hlc > c->last_hlc)
        c->last_hlc = event->hlc;
    /* Undo tells no kind: of a rule it has no card. */
    m->rules |= event->card.len == 0 &&
                (event->kind == EVENT_UNDO || event->kind == EVENT_PARAMS || event->kind == EVENT_EXAM ||
                 event->kind == EVENT_PLACE || event->kind == EVENT_OPTION);
    return event->card.len == 0 ||
           query_run(
               c,
               query(c, m->e,
                     "INSERT OR IGNORE INTO touched SELECT key FROM card WHERE id = coalesce((SELECT new FROM"
                     " key_alias WHERE old = ?1), ?1)",
                     "t", event->card),
               m->e);
}

static bool take(struct merging *m, const struct carried *event)
{
    bool valid;
    int64_t device;
    enum found found;
    if (!is_valid(m, event, &valid))
        return false;
    if (!valid) {
        m->report.refused++;
        return true;
    }
    if (!device_key(m, event, &device) || !look_up(m, device, event, &found))
        return false;
    if (found == FOUND_NOTHING)
        return insert(m, device, event);
    m->report.known += found == FOUND_SAME;
    m->report.forked += found == FOUND_OTHER;
    bool mine = device == m->c->device && found == FOUND_OTHER;
    if (mine && (!m->report.first_fork_of_me || event->seq < m->report.first_fork_of_me))
        m->report.first_fork_of_me = event->seq;
    return true;
}

/* The last place of each log without a gap before it. */
static bool note_what_is_here(struct merging *m)
{
    return query_run(
        m->c,
        query(m->c, m->e,
              "INSERT OR REPLACE INTO have(device, seq) SELECT d.key, coalesce((SELECT min(v.seq) FROM event"
              " v WHERE v.device = d.key AND v.seq >= coalesce(h.seq, 1) AND NOT EXISTS (SELECT 1 FROM event"
              " n WHERE n.device = v.device AND n.seq = v.seq + 1)), 0) FROM device d LEFT JOIN have h ON"
              " h.device = d.key WHERE EXISTS (SELECT 1 FROM event v WHERE v.device = d.key AND"
              " v.seq = coalesce(h.seq, 1))",
              ""),
        m->e);
}

static bool refresh_touched(struct merging *m)
{
    struct collection *c = m->c;
    struct {
        int64_t *items;
        size_t count, capacity;
    } keys = {0};
    sqlite3_stmt *rows = query(c, m->e, "SELECT card FROM touched", "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, m->e)) && row)
        list_push(&m->arena, &keys, sqlite3_column_int64(rows, 0));
    for (size_t i = 0; ok && i < keys.count; i++)
        ok = card_refresh(c, keys.items[i], m->e);
    m->report.cards = (int64_t)keys.count;
    return ok;
}

static bool merge_all(struct merging *m, const struct carried_events *events)
{
    struct collection *c = m->c;
    int64_t replayed, changed;
    bool ok = execute(c, "DELETE FROM touched", m->e);
    for (size_t i = 0; ok && i < events->count; i++)
        ok = take(m, &events->items[i]);
    if (!ok || m->report.received == 0)
        return ok;
    /* Our own log may have been longer elsewhere: what we write next must not fall on it. */
    ok =
        query_run(
            c,
            query(
                c, m->e,
                "UPDATE device SET last_hlc = ?1, next_seq = max(next_seq, 1 + coalesce((SELECT max(seq) FROM"
                " event WHERE device = ?2), 0)) WHERE key = ?2",
                "ii", c->last_hlc, c->device),
            m->e) &&
        note_what_is_here(m);
    /* Other rules may reach far back. */
    if (ok && m->rules)
        ok = regime_rebuild(c, m->e) && rebuild_all(c, true, &replayed, &changed, m->e);
    return ok && refresh_touched(m);
}

bool log_merge(struct collection *c, const struct carried_events *events, struct moment now,
               struct merge_report *ret, struct error *e)
{
    struct merging m = {.c = c, .now = now, .e = e};
    if (!execute(c, "CREATE TEMP TABLE IF NOT EXISTS touched(card INTEGER PRIMARY KEY)", e) ||
        !transaction_begin(c, e))
        return false;
    bool ok = merge_all(&m, events);
    arena_finish(&m.arena);
    if (!transaction_end(c, ok, e)) {
        regime_forget(c);
        return false;
    }
    *ret = m.report;
    return true;
}

/* Moving events is the one time the log lets go of any: they are written again under the new name first. An undo among
 * them follows its target. */
static bool move_events(struct collection *c, int64_t first, struct str new_id, int64_t new_key,
                        struct error *e)
{
    static const char allow[] = "DROP TRIGGER event_is_never_deleted";
    static const char forbid[] = "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event"
                                 " BEGIN SELECT raise(ABORT, 'events are never deleted'); END";
    return query_run(
               c,
               query(
                   c, e,
                   "INSERT INTO event SELECT ?1, seq - ?2 + 1, person, hlc, kind, deck, card_id,"
                   " CASE WHEN kind = 2 AND body ->> 'seq' >= ?2 AND body ->> 'device' = ?3 THEN"
                   " json_object('device', ?4, 'seq', (body ->> 'seq') - ?2 + 1) ELSE body END, at_ms, tz_min"
                   " FROM event WHERE device = ?5 AND seq >= ?2",
                   "iisti", new_key, first, c->device_id, new_id, c->device),
               e) &&
           execute(c, allow, e) &&
           query_run(c,
                     query(c, e, "DELETE FROM event WHERE device = ? AND seq >= ?", "ii", c->device, first),
                     e) &&
           execute(c, forbid, e) &&
           query_run(c,
                     query(c, e,
                           "UPDATE device SET next_seq = 1 + coalesce((SELECT max(seq) FROM event WHERE "
                           "device = ?1), 0)"
                           " WHERE key = ?1",
                           "i", new_key),
                     e);
}

static bool fork(struct collection *c, int64_t first, struct moment now, struct error *e)
{
    struct arena arena = {0};
    char id[27];
    identity_hash(str_format(&arena, "fork %s %lld %llx", c->device_id, (long long)now.at_ms,
                             (unsigned long long)random_next(&c->random)),
                  id);
    arena_finish(&arena);
    if (!query_run(
            c,
            query(c, e,
                  "INSERT INTO device(id, person, label, machine, last_hlc) SELECT ?, person, label, machine,"
                  " last_hlc FROM device WHERE key = ?",
                  "si", id, c->device),
            e))
        return false;
    int64_t key = sqlite3_last_insert_rowid(c->db), events, changed;
    bool ok =
        (first == 0 || move_events(c, first, str_from(id), key, e)) &&
        query_run(c, query(c, e, "UPDATE device SET me = 0 WHERE me = 1", ""), e) &&
        query_run(c, query(c, e, "UPDATE device SET me = 1 WHERE key = ?", "i", key), e) &&
        query_run(
            c,
            query(c, e,
                  "INSERT OR REPLACE INTO have SELECT ?1, coalesce(max(seq), 0) FROM event WHERE device = ?1",
                  "i", c->device),
            e);
    regime_forget(c);
    if (!ok || !rebuild_all(c, true, &events, &changed, e))
        return false;
    c->device = key;
    memcpy(c->device_id, id, sizeof id);
    return true;
}

bool log_fork(struct collection *c, int64_t first, struct moment now, struct error *e)
{
    int64_t device = c->device;
    char id[27];
    memcpy(id, c->device_id, sizeof id);
    if (!transaction_begin(c, e))
        return false;
    if (transaction_end(c, fork(c, first, now, e), e))
        return true;
    c->device = device;
    memcpy(c->device_id, id, sizeof id);
    regime_forget(c);
    return false;
}
