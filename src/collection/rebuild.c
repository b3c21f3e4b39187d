#include "collection/rebuild.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "collection/replay.h"

#include <sqlite3.h>
#include <string.h>

/* Reading the log card by card would look up every event on its own; reading it from end to end is four times faster but
 * holds what it read. So it is done in shares: the cards whose identity falls into one share at a time. */
enum { EVENTS_A_SHARE = 1500000 };

struct known_card {
    char id[27];
    uint32_t count, first; /* its events: how many, and where they begin in `order` */
};

struct event_of_card {
    uint32_t card; /* index into `cards` */
    struct entry entry;
};

struct rebuilding {
    struct collection *c;
    bool write;
    uint64_t share, shares;
    int64_t events, changed, aliases;
    struct arena arena, card_arena;
    struct {
        struct known_card *items;
        size_t count, capacity;
    } cards;         /* by key */
    uint32_t *slots; /* hash table over them: index + 1 */
    size_t slot_count;
    struct {
        struct event_of_card *items;
        size_t count, capacity;
    } log;
    uint32_t *order;
    struct str deck; /* the last identity seen: events of a deck come together */
    struct error *e;
};

static bool in_share(const struct rebuilding *r, struct str id)
{
    return r->shares == 1 || hash_str(id) / 7 % r->shares == r->share;
}

static bool read_ids(struct rebuilding *r)
{
    sqlite3_stmt *rows = query(r->c, r->e, "SELECT id FROM card ORDER BY key", "");
    bool row, ok;
    while ((ok = query_step(r->c, rows, &row, r->e)) && row) {
        struct str id = column_text(rows, 0);
        if (!in_share(r, id))
            continue;
        struct known_card card = {.count = 0};
        memcpy(card.id, id.ptr, id.len < 26 ? id.len : 26);
        list_push(&r->arena, &r->cards, card);
    }
    for (r->slot_count = 64; r->slot_count < r->cards.count * 2;)
        r->slot_count *= 2;
    r->slots = arena_array(&r->arena, r->slot_count, sizeof *r->slots);
    for (size_t i = 0; i < r->cards.count; i++) {
        size_t at = hash_str(str_from(r->cards.items[i].id)) & (r->slot_count - 1);
        while (r->slots[at])
            at = (at + 1) & (r->slot_count - 1);
        r->slots[at] = (uint32_t)i + 1;
    }
    return ok;
}

static struct known_card *find_slot(const struct rebuilding *r, struct str id)
{
    for (size_t at = hash_str(id) & (r->slot_count - 1); r->slots[at]; at = (at + 1) & (r->slot_count - 1)) {
        struct known_card *card = &r->cards.items[r->slots[at] - 1];
        if (str_equal(str_from(card->id), id))
            return card;
    }
    return NULL;
}

/* A card that has changed its name brings the events under the old one. */
static bool find_card(struct rebuilding *r, struct str id, struct known_card **ret)
{
    *ret = find_slot(r, id);
    if (*ret || !r->aliases)
        return true;
    bool row;
    sqlite3_stmt *find = query(r->c, r->e, "SELECT new FROM key_alias WHERE old = ?", "t", id);
    if (!query_step(r->c, find, &row, r->e))
        return false;
    if (row) {
        *ret = find_slot(r, column_text(find, 0));
        query_done(find);
    }
    return true;
}

/* A grade was read into its fields; of other kinds the body is wanted. */
static void keep(struct rebuilding *r, struct known_card *card, struct entry entry)
{
    if (!str_equal(entry.deck, r->deck))
        r->deck = str_copy(&r->arena, entry.deck);
    entry.deck = r->deck;
    entry.body = entry.kind == EVENT_GRADE ? (struct str){0} : str_copy(&r->arena, entry.body);
    card->count++;
    list_push(&r->arena, &r->log, (struct event_of_card){(uint32_t)(card - r->cards.items), entry});
}

static bool read_log(struct rebuilding *r)
{
    struct collection *c = r->c;
    sqlite3_stmt *rows =
        query(c, r->e,
              "SELECT " LOG_COLUMNS ", card_id FROM event NOT INDEXED WHERE card_id IS NOT NULL AND"
              " person = ?",
              "s", c->person);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, r->e)) && row) {
        struct str id = column_text(rows, 8);
        struct known_card *card = NULL;
        if (!find_card(r, id, &card)) {
            query_done(rows);
            return false;
        }
        r->events += in_share(r, id);
        if (card)
            keep(r, card, log_entry(c, rows));
    }
    return ok;
}

static void order_by_card(struct rebuilding *r)
{
    uint32_t sum = 0;
    list_each (struct known_card, card, &r->cards) {
        card->first = sum;
        sum += card->count;
        card->count = 0;
    }
    r->order = arena_array(&r->arena, r->log.count, sizeof *r->order);
    for (size_t i = 0; i < r->log.count; i++) {
        struct known_card *card = &r->cards.items[r->log.items[i].card];
        r->order[card->first + card->count++] = (uint32_t)i;
    }
}

static struct entries entries_of(struct rebuilding *r, const struct known_card *card)
{
    struct entries entries = {0};
    for (uint32_t i = 0; i < card->count; i++)
        list_push(&r->card_arena, &entries, r->log.items[r->order[card->first + i]].entry);
    log_settle(&entries, r->c);
    return entries;
}

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

static bool correct(struct rebuilding *r, const struct known_card *card, sqlite3_stmt *row)
{
    struct entries entries = entries_of(r, card);
    struct card_place place = place_of_row(&r->card_arena, row);
    struct state kept = state_of_row(row), state = state_replay(r->c, &entries);
    bool differs = !place.made || !states_equal(&kept, &state);
    r->changed += differs;
    return !r->write || !differs || state_apply(r->c, &r->card_arena, &place, &state, &entries, r->e);
}

static bool correct_share(struct rebuilding *r)
{
    struct collection *c = r->c;
    sqlite3_stmt *rows =
        query(c, r->e, "SELECT " STATE_COLUMNS " FROM " STATE_TABLES " ORDER BY card.key", "");
    size_t next = 0;
    bool row, ok;
    while ((ok = query_step(c, rows, &row, r->e)) && row) {
        if (next == r->cards.count || !in_share(r, column_text(rows, STATE_COLUMN_COUNT + 2)))
            continue;
        ok = correct(r, &r->cards.items[next++], rows);
        arena_reset(&r->card_arena);
        if (!ok) {
            query_done(rows);
            break;
        }
    }
    return ok;
}

static bool rebuild_share(struct rebuilding *r)
{
    r->cards.items = NULL;
    r->log.items = NULL;
    r->cards.count = r->cards.capacity = r->log.count = r->log.capacity = 0;
    r->deck = (struct str){0};
    bool ok = read_ids(r) && read_log(r);
    if (ok) {
        order_by_card(r);
        ok = correct_share(r);
    }
    arena_finish(&r->arena);
    return ok;
}

/* What memory repeats of card. */
#define REPEATED                                                                                             \
    "(SELECT deck, coalesce(fact * 2, note * 2 + 1, 0), position, wave, " CARD_IS_ASKED " AND"               \
    " (SELECT deleted_at FROM deck WHERE key = card.deck) IS NULL FROM card WHERE key = memory.card)"

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
    int64_t events;
    if (!regime_load(c, e) ||
        !query_number(c, query(c, e, "SELECT count(*) FROM event WHERE card_id IS NOT NULL", ""), 0, &events,
                      e))
        return false;
    if (!query_number(c, query(c, e, "SELECT EXISTS (SELECT 1 FROM key_alias)", ""), 0, &r.aliases, e))
        return false;
    r.shares = (uint64_t)events / EVENTS_A_SHARE + 1;
    bool ok = true;
    for (; ok && r.share < r.shares; r.share++)
        ok = rebuild_share(&r);
    ok = ok && repeat_places(&r);
    arena_finish(&r.card_arena);
    *ret_events = r.events;
    *ret_changed = r.changed;
    return ok;
}
