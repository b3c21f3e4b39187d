#include "collection/heldback.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/event.h"
#include "collection/held.h"
#include "collection/json.h"
#include "collection/regime.h"
#include "collection/tree.h"

#include <sqlite3.h>

enum { HELD_PERCENT = 15 };

static bool is_chosen(struct str fact)
{
    return hash_str(fact) % 100 < HELD_PERCENT;
}

static int day_of_probe(struct str fact)
{
    return hash_str(fact) / 100 % 2 ? PROBE_LATE : PROBE_EARLY;
}

struct held_card {
    int64_t card;
    struct str fact; /* identity, of the card itself where it has no fact */
};

struct held_cards {
    struct held_card *items;
    size_t count, capacity;
};

/* A fact is free when one of its cards was practised or asked as a probe. */
static bool is_free(struct collection *c, int64_t card, bool *ret, struct error *e)
{
    int64_t some;
    bool ok = query_number(c,
                           query(c, e,
                                 "SELECT EXISTS (SELECT 1 FROM card o JOIN event v ON v.card_id = o.id AND "
                                 "v.kind IN (1, 17) WHERE o.key IN"
                                 " (SELECT ?1 UNION SELECT key FROM card WHERE fact = (SELECT fact FROM card "
                                 "WHERE key = ?1)) AND NOT EXISTS"
                                 " (SELECT 1 FROM event u JOIN device d ON d.key = v.device WHERE u.kind = 2 "
                                 "AND u.card_id = v.card_id AND"
                                 " u.body ->> 'seq' = v.seq AND u.body ->> 'device' = d.id))",
                                 "i", card),
                           0, &some, e);
    *ret = some != 0;
    return ok;
}

/* Best first. */
static bool read_held(struct collection *c, struct arena *arena, int64_t deck, struct held_cards *ret,
                      struct error *e)
{
    struct held_cards chosen = {0};
    sqlite3_stmt *rows = query(
        c, e,
        "SELECT m.card, coalesce(f.id, k.id) FROM memory m JOIN card k ON k.key = m.card LEFT JOIN fact f ON"
        " f.key = k.fact WHERE m.asked = 1 AND m.due_at_ms IS NULL AND m.deck = ? ORDER BY m.wave, "
        "m.position",
        "i", deck);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        if (is_chosen(column_text(rows, 1)))
            list_push(arena, &chosen,
                      (struct held_card){sqlite3_column_int64(rows, 0), column_copy(arena, rows, 1)});
    list_each (struct held_card, card, &chosen) {
        bool free = false;
        ok = ok && is_free(c, card->card, &free, e);
        if (ok && !free)
            list_push(arena, ret, *card);
    }
    return ok;
}

bool held_numbers(struct collection *c, struct arena *arena, int64_t deck, struct numbers *ret,
                  struct error *e)
{
    struct held_cards held = {0};
    if (!read_held(c, arena, deck, &held, e))
        return false;
    list_each (struct held_card, card, &held)
        numbers_add(arena, ret, card->card);
    return true;
}

static bool first_day(struct collection *c, int64_t deck, struct moment now, int64_t *ret, struct error *e)
{
    int64_t first_ms;
    if (!query_number(c,
                      query(c, e,
                            "SELECT min(first_at_ms) FROM memory WHERE deck = ? AND first_at_ms IS NOT NULL",
                            "i", deck),
                      0, &first_ms, e))
        return false;
    *ret = first_ms ? collection_day(c, (struct moment){first_ms, now.tz_min}) : INT64_MAX;
    return true;
}

static bool is_listed(const struct held_cards *cards, struct str fact)
{
    list_each (const struct held_card, card, cards)
        if (str_equal(card->fact, fact))
            return true;
    return false;
}

static bool probes_of(struct collection *c, struct arena *arena, int64_t deck, struct moment now,
                      struct probes *ret, struct error *e)
{
    int64_t begun;
    struct held_cards held = {0}, listed = {0};
    if (!first_day(c, deck, now, &begun, e))
        return false;
    if (begun == INT64_MAX)
        return true;
    if (!read_held(c, arena, deck, &held, e))
        return false;
    int64_t age = collection_day(c, now) - begun;
    list_each (struct held_card, card, &held) {
        int day = day_of_probe(card->fact);
        if (age < day || is_listed(&listed, card->fact))
            continue;
        list_push(arena, &listed, *card);
        list_push(arena, ret, (struct probe){card->card, day});
    }
    return true;
}

bool collection_probes(struct collection *c, struct arena *arena, int64_t deck, struct moment now,
                       struct probes *ret, struct error *e)
{
    struct tree tree;
    struct probes probes = {0};
    if (!view_begin(c, e))
        return false;
    bool ok = tree_load(c, arena, &tree, e);
    int root = ok && deck ? tree_find(&tree, deck) : 0;
    int end = !ok || root < 0 ? 0 : deck ? tree.items[root].end : (int)tree.count;
    for (int i = root; ok && i < end; i++)
        if (tree.items[i].options.held_back)
            ok = probes_of(c, arena, tree.items[i].key, now, &probes, e);
    view_end(c);
    if (ok)
        *ret = probes;
    return ok;
}

bool collection_probe(struct collection *c, const struct probe *probe, const struct answer *answer,
                      struct moment now, struct error *e)
{
    struct buffer body = {0};
    buffer_format(&body, "{\"day\":%d,\"g\":%d,\"ms\":%d,\"kind\":", probe->day, (int)answer->grade,
                  answer->ms);
    buffer_add_json(&body, answer->kind);
    if (answer->given.len) {
        buffer_add(&body, STR(",\"given\":"));
        buffer_add_json(&body, answer->given);
    }
    buffer_add_char(&body, '}');
    bool ok = collection_record(c, EVENT_PROBE, 0, probe->card, buffer_str(&body), now, e);
    buffer_finish(&body);
    return ok;
}

static void count(struct share *share, struct str body)
{
    share->asked++;
    share->right += json_int(body, "g", 1) > GRADE_AGAIN;
}

/* Reviews of a later day, in decks that have late probes and about the same time. */
static bool count_practised(struct collection *c, struct share *ret, struct error *e)
{
    sqlite3_stmt *rows = query(c, e,
                               "SELECT v.body FROM (SELECT deck, min(at_ms) AS first, max(at_ms) AS last "
                               "FROM event WHERE kind = 17 AND"
                               " person = ?1 AND body ->> 'day' = 14 GROUP BY deck) p JOIN event v ON "
                               "v.at_ms BETWEEN p.first - 604800000 AND"
                               " p.last + 604800000 AND v.deck = p.deck WHERE v.kind = 1 AND v.person = ?1 "
                               "AND v.body ->> 'dd' > 0 AND"
                               " v.body ->> 'mode' IN ('first', 'review')",
                               "s", c->person);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        count(ret, column_text(rows, 0));
    return ok;
}

bool collection_held_back(struct collection *c, struct held_back *ret, struct error *e)
{
    struct arena arena = {0};
    struct event_rows events;
    struct held_back report = {0};
    bool ok = collection_events(c, &arena, EVENT_PROBE, 0, 0, &events, e);
    if (ok)
        list_each (struct event_row, event, &events)
            if (!event->undone)
                count(json_int(event->body, "day", 0) == PROBE_LATE ? &report.late : &report.early,
                      event->body);
    ok = ok && (report.late.asked == 0 || count_practised(c, &report.practised, e));
    arena_finish(&arena);
    if (ok)
        *ret = report;
    return ok;
}
