#include "collection/history.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "collection/numbers.h"
#include "collection/replay.h"
#include "collection/tree.h"

#include <sqlite3.h>

struct adding_history {
    struct collection *c;
    const struct history *history;
    struct moment now;
    struct arena arena; /* of the card at hand */
    struct history_report report;
    struct error *e;
};

static enum event_kind event_of(const struct past *past)
{
    switch (past->kind) {
    case PAST_GRADE:
    case PAST_PRACTICE:
        return EVENT_GRADE;
    case PAST_DUE:
        return EVENT_SET_DUE;
    default:
        return EVENT_RESET;
    }
}

/* When the next answer was planned; whole days end where a day begins. */
static int64_t planned_ms(struct collection *c, const struct past *past, struct moment at)
{
    if (past->interval_days < 1)
        return at.at_ms + (int64_t)(past->interval_days * DAY_MS);
    int rollover = rollover_now(c);
    return day_start_ms(day_of(at, rollover) + (int64_t)past->interval_days, at.tz_min, rollover);
}

static void grade_body(struct collection *c, struct buffer *body, const struct past *past, struct moment at)
{
    bool practice = past->kind == PAST_PRACTICE;
    buffer_format(body, "{\"g\":%d,\"ms\":%d,\"kind\":\"self\",\"mode\":\"%s\",\"options\":0,\"hints\":0",
                  (int)past->grade, past->ms, practice ? "cram" : "review");
    if (!practice && past->interval_days > 0)
        buffer_format(body, ",\"due\":%lld,\"days\":%.9g,\"step\":%d", (long long)planned_ms(c, past, at),
                      past->interval_days, past->interval_days < 1);
}

static void body_of(struct adding_history *a, struct buffer *body, const struct past *past, struct moment at)
{
    if (event_of(past) == EVENT_GRADE)
        grade_body(a->c, body, past, at);
    else if (past->kind == PAST_MEMORY)
        buffer_format(body, "{\"why\":\"known\",\"days\":%.9g,\"ease\":%.9g,\"s\":%.9g,\"d\":%.9g",
                      past->interval_days, past->ease, past->s, past->d);
    else if (past->kind == PAST_DUE)
        buffer_format(body, "{\"at_ms\":%lld", (long long)past->due_at_ms);
    else
        buffer_add(body, STR("{\"why\":\"reset\""));
    buffer_add(body, STR(",\"from\":"));
    buffer_add_json(body, a->history->origin);
    buffer_add_char(body, '}');
}

/* What tells one thing that happened to a card from another. */
static int64_t mark_of(const struct past *past, int64_t at_ms)
{
    return at_ms * 32 + (int64_t)event_of(past) + (past->kind == PAST_MEMORY ? 16 : 0) + 1;
}

static bool read_known(struct adding_history *a, struct str card_id, struct numbers *known)
{
    bool row, ok;
    sqlite3_stmt *rows = query(a->c, a->e,
                               "SELECT at_ms * 32 + kind + 1 + 16 * (kind = 3 AND body ->> 'why' IS 'known')"
                               " FROM event WHERE card_id = ? AND kind IN (1, 3, 18)",
                               "t", card_id);
    while ((ok = query_step(a->c, rows, &row, a->e)) && row)
        numbers_add(&a->arena, known, sqlite3_column_int64(rows, 0));
    return ok;
}

static bool add_pasts(struct adding_history *a, const struct card_place *place, const struct pasts *pasts)
{
    struct numbers known = {0};
    struct buffer body = {0};
    bool ok = read_known(a, place->id, &known);
    int64_t before = a->report.added;
    for (size_t i = 0; ok && i < pasts->count; i++) {
        const struct past *past = &pasts->items[i];
        struct moment at = {past->at_ms < a->now.at_ms ? past->at_ms : a->now.at_ms, a->history->tz_min};
        int64_t mark = mark_of(past, at.at_ms);
        if (numbers_has(&known, mark)) {
            a->report.known++;
            continue;
        }
        numbers_add(&a->arena, &known, mark);
        body.len = 0;
        body_of(a, &body, past, at);
        ok = log_append_past(a->c, event_of(past), place->deck_id, place->id, buffer_str(&body), at, NULL,
                             a->e);
        a->report.added++;
    }
    buffer_finish(&body);
    if (!ok || a->report.added == before)
        return ok;
    a->report.cards++;
    return card_refresh(a->c, place->card, a->e);
}

static bool add_card(struct adding_history *a, const struct card_history *card)
{
    struct state state;
    struct card_place place;
    bool ok =
        state_read(a->c, &a->arena, card->card, &state, &place, a->e) && add_pasts(a, &place, &card->pasts);
    arena_reset(&a->arena);
    return ok;
}

static int64_t first_ms(const struct history *history, int64_t now_ms)
{
    int64_t first = now_ms;
    for (size_t i = 0; i < history->count; i++) {
        const struct pasts *pasts = &history->cards[i].pasts;
        if (pasts->count && pasts->items[0].at_ms < first)
            first = pasts->items[0].at_ms;
    }
    return first;
}

/* The weights stand before everything that was answered under them. */
static bool add_weights(struct adding_history *a)
{
    const struct history *history = a->history;
    int64_t own = 0;
    if (!history->params || !history->deck)
        return true;
    if (!query_number(a->c,
                      query(a->c, a->e, "SELECT count(*) FROM params WHERE deck = ?", "i", history->deck), 0,
                      &own, a->e))
        return false;
    struct moment at = {first_ms(history, a->now.at_ms) - 1, history->tz_min};
    return own > 0 || params_append(a->c, history->deck, history->params, at, a->e);
}

bool collection_add_history(struct collection *c, const struct history *history, struct moment now,
                            struct history_report *ret, struct error *e)
{
    struct adding_history a = {.c = c, .history = history, .now = now, .e = e};
    if (!transaction_begin(c, e))
        return false;
    bool ok = add_weights(&a) && regime_load(c, e);
    for (size_t i = 0; ok && i < history->count; i++)
        ok = add_card(&a, &history->cards[i]);
    arena_finish(&a.arena);
    if (!ok)
        regime_forget(c);
    if (!transaction_end(c, ok, e))
        return false;
    *ret = a.report;
    return true;
}
