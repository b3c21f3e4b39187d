#include "collection/backlog.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/regime.h"
#include "collection/replay.h"
#include "collection/tree.h"

#include <sqlite3.h>
#include <stdlib.h>

struct overdue {
    int64_t card, due_at_ms;
    struct memory memory;
    const struct fsrs *model;
    double days, recall; /* since the last answer; now */
    double key;          /* the smallest first */
};

struct overdues {
    struct overdue *items;
    size_t count, capacity;
};

static bool add_overdue(struct collection *c, struct arena *arena, sqlite3_stmt *row, int64_t deck,
                        int64_t now_ms, struct overdues *ret, struct error *e)
{
    struct overdue card = {.card = sqlite3_column_int64(row, 0),
                           .due_at_ms = sqlite3_column_int64(row, 2),
                           .memory = {sqlite3_column_double(row, 4), sqlite3_column_double(row, 5),
                                      sqlite3_column_double(row, 6)}};
    if (!model_now(c, deck, &card.model, e))
        return false;
    double days = (double)(now_ms - sqlite3_column_int64(row, 3)) / (double)DAY_MS;
    card.days = days > 0 ? days : 0;
    bool known = card.memory.s > 0 && sqlite3_column_int(row, 7) == (int)card.model->params.algorithm;
    card.recall = known ? fsrs_recall(card.model, card.memory, card.days) : 0;
    if (!known)
        card.model = NULL; /* told by another algorithm: nothing to reckon with */
    list_push(arena, ret, card);
    return true;
}

static bool read_overdue(struct collection *c, struct arena *arena, int64_t deck, struct moment now,
                         struct overdues *ret, struct error *e)
{
    struct tree tree;
    int64_t start_ms = collection_day_start_ms(c, collection_day(c, now), now);
    if (!tree_load(c, arena, &tree, e))
        return false;
    int root = tree_find(&tree, deck);
    if (deck && root < 0)
        return fail(e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"));
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT card, deck, due_at_ms, last_at_ms, s, x, d, algorithm FROM memory WHERE asked = 1"
              " AND due_at_ms IS NOT NULL AND due_at_ms < ? AND step = 0",
              "i", start_ms);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        int64_t its_deck = sqlite3_column_int64(rows, 1);
        int at = tree_find(&tree, its_deck);
        if (deck && (at < root || at >= tree.items[root].end))
            continue;
        if (!add_overdue(c, arena, rows, its_deck, now.at_ms, ret, e)) {
            query_done(rows);
            return false;
        }
    }
    return ok;
}

static double recall_after(const struct overdue *card, int days)
{
    return card->model ? fsrs_recall(card->model, card->memory, card->days + days) : 0;
}

static int by_key(const void *left, const void *right)
{
    const struct overdue *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->card > b->card) - (a->card < b->card);
}

static void put_in_order(struct overdues *cards, enum spread_order order)
{
    list_each (struct overdue, card, cards)
        card->key = order == SPREAD_DUE      ? (double)card->due_at_ms
                    : order == SPREAD_RECALL ? -card->recall
                                             : recall_after(card, 1) - card->recall;
    if (cards->count)
        qsort(cards->items, cards->count, sizeof *cards->items, by_key);
}

static double loss_of(const struct overdues *cards, int per_day)
{
    double lost = 0;
    for (size_t i = 0; i < cards->count; i++)
        lost += cards->items[i].recall - recall_after(&cards->items[i], (int)i / per_day);
    return lost;
}

static struct spread weigh(struct overdues *cards, int days)
{
    int count = (int)cards->count;
    struct spread spread = {.overdue = count, .per_day = count ? (count + days - 1) / days : 0};
    for (int order = 0; count && order < SPREAD_ORDERS; order++) {
        put_in_order(cards, (enum spread_order)order);
        spread.lost[order] = loss_of(cards, spread.per_day);
    }
    return spread;
}

bool collection_backlog(struct collection *c, int64_t deck, int days, struct moment now, struct spread *ret,
                        struct error *e)
{
    struct arena arena = {0};
    struct overdues cards = {0};
    if (days < 1)
        return fail(e, ERROR_USAGE, _("a backlog is spread over a day at least"));
    bool ok = view_begin(c, e);
    if (ok) {
        ok = read_overdue(c, &arena, deck, now, &cards, e);
        view_end(c);
    }
    if (ok)
        *ret = weigh(&cards, days);
    arena_finish(&arena);
    return ok;
}

/* `batch` is the place of the first event of all that an undo takes back together. */
static bool put_off(struct collection *c, int64_t card, int64_t due_at_ms, int64_t batch, struct moment now,
                    struct error *e)
{
    struct arena arena = {0};
    struct state state;
    struct card_place place;
    bool ok = state_read(c, &arena, card, &state, &place, e) &&
              card_event(c, &place, &state, EVENT_SET_DUE,
                         str_format(&arena, "{\"at_ms\":%lld,\"batch\":%lld}", (long long)due_at_ms,
                                    (long long)batch),
                         now, e);
    arena_finish(&arena);
    return ok;
}

bool collection_spread(struct collection *c, int64_t deck, int days, enum spread_order order,
                       struct moment now, struct spread *ret, struct error *e)
{
    if (days < 1)
        return fail(e, ERROR_USAGE, _("a backlog is spread over a day at least"));
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    struct overdues cards = {0};
    struct spread spread = {0};
    int64_t today = collection_day(c, now), batch = c->next_seq;
    bool ok = regime_load(c, e) && read_overdue(c, &arena, deck, now, &cards, e);
    if (ok) {
        spread = weigh(&cards, days);
        put_in_order(&cards, order);
    }
    for (size_t i = (size_t)spread.per_day; ok && i < cards.count; i++) {
        int64_t day = today + (int64_t)i / spread.per_day;
        ok = put_off(c, cards.items[i].card, collection_day_start_ms(c, day, now), batch, now, e);
    }
    arena_finish(&arena);
    if (!transaction_end(c, ok, e))
        return false;
    *ret = spread;
    return true;
}
