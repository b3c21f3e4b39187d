#include "collection/rebuild.h"

#include "base/arena.h"
#include "base/list.h"
#include "collection/replay.h"

#include <sqlite3.h>
#include <string.h>

struct rebuilding {
    struct collection *c;
    bool write;
    int64_t events, changed;
    struct arena arena; /* one card's */
    struct str card_id;
    struct entries entries;
    struct error *e;
};

static bool standings_equal(const struct standing *a, const struct standing *b)
{
    return a->memory.s == b->memory.s && a->memory.x == b->memory.x && a->memory.d == b->memory.d &&
           a->last_at_ms == b->last_at_ms && a->last_day == b->last_day && a->due_at_ms == b->due_at_ms &&
           a->interval_days == b->interval_days && a->reps == b->reps && a->lapses == b->lapses &&
           a->step == b->step && a->mastery == b->mastery && a->mastery_day == b->mastery_day;
}

static bool states_equal(const struct state *a, const struct state *b)
{
    return standings_equal(&a->standing, &b->standing) && a->algorithm == b->algorithm &&
           a->first_at_ms == b->first_at_ms && a->buried_until_ms == b->buried_until_ms &&
           a->suspended == b->suspended && a->flagged == b->flagged &&
           a->answer_changed == b->answer_changed && a->removed == b->removed && a->verdict == b->verdict &&
           a->upto_device == b->upto_device && a->upto_seq == b->upto_seq && a->upto_hlc == b->upto_hlc;
}

static bool correct(struct rebuilding *r, int64_t card)
{
    r->changed++;
    return !r->write || card_refresh(r->c, card, r->e);
}

/* The events of one card are all here. */
static bool finish_card(struct rebuilding *r)
{
    if (r->entries.count == 0)
        return true;
    int64_t card;
    struct state kept, state;
    struct card_place place;
    r->events += (int64_t)r->entries.count;
    if (!query_number(r->c, query(r->c, r->e, "SELECT key FROM card WHERE id = ?", "t", r->card_id), 0, &card,
                      r->e))
        return false;
    if (card) {
        if (!state_read(r->c, &r->arena, card, &kept, &place, r->e))
            return false;
        log_settle(&r->entries, r->c);
        state = state_replay(r->c, &r->entries);
        if ((!place.made || !states_equal(&kept, &state)) && !correct(r, card))
            return false;
    }
    r->entries = (struct entries){0};
    arena_reset(&r->arena);
    return true;
}

static bool replay_cards(struct rebuilding *r)
{
    struct collection *c = r->c;
    sqlite3_stmt *rows =
        query(c, r->e,
              "SELECT " LOG_COLUMNS ", card_id FROM event WHERE card_id IS NOT NULL AND person = ?"
              " ORDER BY card_id, hlc",
              "s", c->person);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, r->e)) && row) {
        if (!str_equal(column_text(rows, 8), r->card_id) || r->entries.count == 0) {
            if (!finish_card(r)) {
                query_done(rows);
                return false;
            }
            r->card_id = column_copy(&r->arena, rows, 8);
        }
        struct entry entry = log_entry(c, rows);
        entry.deck = str_copy(&r->arena, entry.deck);
        entry.body = str_copy(&r->arena, entry.body);
        list_push(&r->arena, &r->entries, entry);
    }
    return ok && finish_card(r);
}

/* Cards that claim a memory without a single event, and cards without a row. */
static bool replay_silent_cards(struct rebuilding *r)
{
    struct collection *c = r->c;
    struct {
        int64_t *items;
        size_t count, capacity;
    } keys = {0};
    sqlite3_stmt *rows =
        query(c, r->e,
              "SELECT c.key FROM card c LEFT JOIN memory m ON m.card = c.key WHERE (m.card IS NULL OR"
              " m.s IS NOT NULL OR m.due_at_ms IS NOT NULL OR m.upto_seq <> 0 OR m.suspended OR"
              " m.flagged OR m.removed OR m.verdict <> 0 OR m.buried_until_ms <> 0) AND"
              " NOT EXISTS (SELECT 1 FROM event v WHERE v.card_id = c.id)",
              "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, r->e)) && row)
        list_push(&r->arena, &keys, sqlite3_column_int64(rows, 0));
    for (size_t i = 0; ok && i < keys.count; i++)
        ok = correct(r, keys.items[i]);
    return ok;
}

/* What memory repeats of card. */
#define REPEATED                                                                                             \
    "(SELECT deck, coalesce(fact * 2, note * 2 + 1, 0), position, wave, status = 'active' AND (SELECT "      \
    "deleted_at FROM"                                                                                        \
    " deck WHERE key = card.deck) IS NULL FROM card WHERE key = memory.card)"

static bool repeat_places(struct rebuilding *r)
{
    struct collection *c = r->c;
    int64_t differ;
    if (!query_number(
            c,
            query(c, r->e,
                  "SELECT count(*) FROM memory WHERE (deck, sibling, position, wave, asked) IS NOT " REPEATED,
                  ""),
            0, &differ, r->e))
        return false;
    r->changed += differ;
    return differ == 0 || !r->write ||
           query_run(c,
                     query(c, r->e,
                           "UPDATE memory SET (deck, sibling, position, wave, asked) = " REPEATED
                           " WHERE (deck, sibling, position, wave, asked) IS NOT " REPEATED,
                           ""),
                     r->e);
}

bool rebuild_all(struct collection *c, bool write, int64_t *ret_events, int64_t *ret_changed, struct error *e)
{
    struct rebuilding r = {.c = c, .write = write, .e = e};
    bool ok = regime_load(c, e) && replay_cards(&r) && replay_silent_cards(&r) && repeat_places(&r);
    arena_finish(&r.arena);
    *ret_events = r.events;
    *ret_changed = r.changed;
    return ok;
}
