#include "collection/queue.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/held.h"
#include "collection/numbers.h"
#include "collection/radix.h"
#include "collection/regime.h"
#include "collection/tree.h"
#include "schedule/many.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A card that is being learnt may come a little early when nothing else is left. */
#define LEARN_AHEAD_MS (20 * INT64_C(60000))

/* A deck's place in the selection, and what today still allows in it. */
struct allowance {
    int64_t deck;
    int node, parent; /* index into `allowances`; -1 above the selection */
    int fresh, reviews;
    const struct fsrs *model;
};

/* What a review is ordered by. */
struct remembered {
    struct memory memory;
    double days;
    const struct fsrs *model; /* NULL: no recall to predict */
    float interval_days;
};

struct gathering {
    struct collection *c;
    struct arena *arena;
    const struct queue_request *request;
    struct moment now;
    int64_t day, day_start_ms, day_end_ms;
    struct tree tree;
    const struct deck_options *options; /* of the selection */
    struct allowance *allowances;       /* in the order of the tree; the first is the selection itself */
    struct keyed *by_deck;              /* the same, to search in */
    size_t count;
    size_t last_found; /* cards of one deck come together */
    bool apart;
    struct numbers siblings; /* asked today, or in the queue */
    struct queue reviews, learning, fresh;
    struct {
        struct remembered *items;
        size_t count, capacity;
    } remembered; /* of `reviews`, item by item */
    int held;
    struct error *e;
};

static struct allowance *find_allowance(struct gathering *g, int64_t deck)
{
    if (g->last_found < g->count && g->allowances[g->last_found].deck == deck)
        return &g->allowances[g->last_found];
    size_t low = 0, high = g->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->by_deck[middle].key < (uint64_t)deck)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == g->count || g->by_deck[low].key != (uint64_t)deck)
        return NULL;
    g->last_found = g->by_deck[low].index;
    return &g->allowances[g->last_found];
}

/* Counted in the deck and in all above it, up to the selection. */
static bool take(struct gathering *g, struct allowance *deck, bool fresh)
{
    for (int i = (int)(deck - g->allowances); i >= 0; i = g->allowances[i].parent)
        if ((fresh ? g->allowances[i].fresh : g->allowances[i].reviews) <= 0)
            return false;
    for (int i = (int)(deck - g->allowances); i >= 0; i = g->allowances[i].parent)
        fresh ? g->allowances[i].fresh-- : g->allowances[i].reviews--;
    return true;
}

static void spend(struct gathering *g, int64_t deck, int count, bool fresh)
{
    struct allowance *at = find_allowance(g, deck);
    for (int i = at ? (int)(at - g->allowances) : -1; i >= 0; i = g->allowances[i].parent)
        if (fresh)
            g->allowances[i].fresh -= count;
        else
            g->allowances[i].reviews -= count;
}

static bool spend_today(struct gathering *g)
{
    struct collection *c = g->c;
    sqlite3_stmt *met =
        query(c, g->e, "SELECT deck, count(*) FROM memory WHERE first_at_ms >= ? GROUP BY deck", "i",
              g->day_start_ms);
    bool row, ok;
    while ((ok = query_step(c, met, &row, g->e)) && row)
        spend(g, sqlite3_column_int64(met, 0), sqlite3_column_int(met, 1), true);
    if (!ok)
        return false;
    sqlite3_stmt *reviewed =
        query(c, g->e,
              "SELECT deck, count(*) FROM memory WHERE last_at_ms >= ?1 AND first_at_ms < ?1"
              " GROUP BY deck",
              "i", g->day_start_ms);
    while ((ok = query_step(c, reviewed, &row, g->e)) && row)
        spend(g, sqlite3_column_int64(reviewed, 0), sqlite3_column_int(reviewed, 1), false);
    return ok;
}

static bool add_allowance(struct gathering *g, int64_t deck, int node, int parent,
                          const struct deck_options *options)
{
    struct allowance *a = &g->allowances[g->count++];
    *a = (struct allowance){deck, node, parent, options->new_per_day, options->reviews_per_day, NULL};
    return model_now(g->c, deck, &a->model, g->e);
}

static void sort_by_deck(struct gathering *g)
{
    struct keyed *scratch = arena_array(g->arena, g->count, sizeof *scratch);
    g->by_deck = arena_array(g->arena, g->count, sizeof *g->by_deck);
    for (size_t i = 0; i < g->count; i++)
        g->by_deck[i] = (struct keyed){(uint64_t)g->allowances[i].deck, i};
    radix_sort(g->by_deck, scratch, g->count);
}

/* The selection and the decks below it. Deck 0 stands above all, with the collection's own limits. */
static bool select_decks(struct gathering *g)
{
    int64_t deck = g->request->deck;
    int root = tree_find(&g->tree, deck);
    if (deck != 0 && root < 0)
        return fail(g->e, ERROR_NOT_FOUND, _("that deck is not in the collection any more"));
    size_t first = deck ? (size_t)root : 0, end = deck ? (size_t)g->tree.items[root].end : g->tree.count;
    g->options = deck ? &g->tree.items[root].options : &g->tree.general;
    g->allowances = arena_array(g->arena, end - first + 1, sizeof *g->allowances);
    if (deck == 0 && !add_allowance(g, 0, -1, -1, &g->tree.general))
        return false;
    for (size_t i = first; i < end; i++) {
        const struct tree_node *node = &g->tree.items[i];
        int above = deck == 0 ? node->parent + 1 : node->parent - (int)first;
        if (!add_allowance(g, node->key, (int)i, i == first && deck ? -1 : above, &node->options))
            return false;
    }
    sort_by_deck(g);
    if (g->request->new_limit >= 0)
        g->allowances[0].fresh = g->request->new_limit;
    else if (g->request->mode == QUEUE_FIRST)
        for (size_t i = 0; i < g->count; i++)
            g->allowances[i].fresh = 1 << 30;
    else
        return spend_today(g);
    return true;
}

static bool read_siblings(struct gathering *g)
{
    struct collection *c = g->c;
    sqlite3_stmt *rows = query(c, g->e, "SELECT sibling FROM memory WHERE last_at_ms >= ? AND sibling <> 0",
                               "i", g->day_start_ms);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, g->e)) && row)
        numbers_add(g->arena, &g->siblings, sqlite3_column_int64(rows, 0));
    return ok;
}

static float recall_of(const struct allowance *deck, struct memory memory, int algorithm, int64_t last_at_ms,
                       int64_t now_ms)
{
    if (!(memory.s > 0) || algorithm != (int)deck->model->params.algorithm)
        return 0;
    double days = (double)(now_ms - last_at_ms) / (double)DAY_MS;
    return (float)fsrs_recall(deck->model, memory, days > 0 ? days : 0);
}

/* One card that has been met, if it is in the selection. */
static void gather_met(struct gathering *g, sqlite3_stmt *row)
{
    struct allowance *deck = find_allowance(g, sqlite3_column_int64(row, 1));
    if (!deck)
        return;
    struct memory memory = {sqlite3_column_double(row, 5), sqlite3_column_double(row, 6),
                            sqlite3_column_double(row, 7)};
    int64_t last_at_ms = sqlite3_column_int64(row, 4);
    int algorithm = sqlite3_column_int(row, 8);
    struct queue_item item = {.card = sqlite3_column_int64(row, 0),
                              .deck = deck->deck,
                              .sibling = sqlite3_column_int64(row, 2),
                              .position = sqlite3_column_int64(row, 3),
                              .due_at_ms = sqlite3_column_int64(row, 9),
                              .learning = sqlite3_column_int(row, 11) > 0};
    if (item.learning && g->request->mode != QUEUE_CRAM) {
        item.recall = recall_of(deck, memory, algorithm, last_at_ms, g->now.at_ms);
        list_push(g->arena, &g->learning, item);
        if (g->apart && item.sibling)
            numbers_add(g->arena, &g->siblings, item.sibling);
    } else if (item.due_at_ms <= g->now.at_ms || g->request->mode != QUEUE_DAY) {
        bool known = memory.s > 0 && algorithm == (int)deck->model->params.algorithm;
        double days = (double)(g->now.at_ms - last_at_ms) / (double)DAY_MS;
        list_push(g->arena, &g->reviews, item);
        list_push(g->arena, &g->remembered,
                  (struct remembered){memory, days > 0 ? days : 0, known ? deck->model : NULL,
                                      (float)sqlite3_column_double(row, 10)});
    }
}

/* Cards of one model are reckoned with together: several at once. */
static void fill_recalls(struct gathering *g)
{
    size_t count = g->reviews.count;
    struct memory *memories = arena_array(g->arena, count, sizeof *memories);
    double *days = arena_array(g->arena, count, sizeof *days);
    double *recalls = arena_array(g->arena, count, sizeof *recalls);
    for (size_t i = 0, end; i < count; i = end) {
        const struct fsrs *model = g->remembered.items[i].model;
        for (end = i; end < count && g->remembered.items[end].model == model; end++) {
            memories[end] = g->remembered.items[end].memory;
            days[end] = g->remembered.items[end].days;
        }
        if (!model)
            continue;
        fsrs_recall_many(model, memories + i, days + i, end - i, recalls + i);
    }
    for (size_t i = 0; i < count; i++)
        g->reviews.items[i].recall = (float)recalls[i];
}

static int64_t horizon_ms(const struct gathering *g)
{
    if (g->request->mode == QUEUE_CRAM)
        return INT64_MAX;
    if (g->request->mode == QUEUE_AHEAD)
        return g->day_end_ms + g->request->ahead_days * DAY_MS - 1;
    return g->now.at_ms + LEARN_AHEAD_MS;
}

static bool gather_all_met(struct gathering *g)
{
    struct collection *c = g->c;
    sqlite3_stmt *rows = query(
        c, g->e,
        "SELECT card, deck, sibling, position, last_at_ms, s, x, d, algorithm, due_at_ms, interval_days, step"
        " FROM memory WHERE asked = 1 AND due_at_ms IS NOT NULL AND due_at_ms <= ? AND buried_until_ms <= ?",
        "ii", horizon_ms(g), g->request->mode == QUEUE_CRAM ? INT64_MAX : g->now.at_ms);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, g->e)) && row)
        gather_met(g, rows);
    return ok;
}

/* Ascending: what has the smallest key comes first. */
static uint32_t key_of(const struct gathering *g, int order, size_t i)
{
    const struct queue_item *item = &g->reviews.items[i];
    switch (order) {
    case ORDER_RECALL_DOWN:
        return radix_of_float(-item->recall);
    case ORDER_RECALL_UP:
        return radix_of_float(item->recall);
    case ORDER_DUE:
        return (uint32_t)(item->due_at_ms / 60000);
    case ORDER_OVERDUE: {
        float late = (float)(g->now.at_ms - item->due_at_ms) / (float)DAY_MS;
        return radix_of_float(-late / fmaxf(g->remembered.items[i].interval_days, 0.01f));
    }
    case ORDER_INTERVAL:
        return radix_of_float(g->remembered.items[i].interval_days);
    case ORDER_DIFFICULTY:
        return radix_of_float(-(float)g->remembered.items[i].memory.d);
    default:
        return 0;
    }
}

/* Equal cards are mixed, another way every day. */
static uint32_t lot(const struct gathering *g, const struct queue_item *item)
{
    return (uint32_t)hash_combine((uint64_t)item->card, (uint64_t)g->day);
}

static void sort_reviews(struct gathering *g, int order)
{
    size_t count = g->reviews.count;
    struct keyed *keys = arena_array(g->arena, count, sizeof *keys);
    struct keyed *scratch = arena_array(g->arena, count, sizeof *scratch);
    for (size_t i = 0; i < count; i++) {
        const struct queue_item *item = &g->reviews.items[i];
        keys[i].index = i;
        keys[i].key = order == ORDER_DECK ? radix_of_int(item->position)
                                          : (uint64_t)key_of(g, order, i) << 32 | lot(g, item);
    }
    radix_sort(keys, scratch, count);
    if (order == ORDER_DECK) {
        for (size_t i = 0; i < count; i++)
            keys[i].key = (uint64_t)(find_allowance(g, g->reviews.items[keys[i].index].deck) - g->allowances);
        radix_sort(keys, scratch, count);
    }
    struct queue_item *sorted = arena_array(g->arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = g->reviews.items[keys[i].index];
    g->reviews.items = sorted;
}

/* Of one fact's cards the first stays; the day's limits cut what comes last. */
static void thin_reviews(struct gathering *g)
{
    bool limited = g->request->mode == QUEUE_DAY;
    size_t kept = 0;
    for (size_t i = 0; i < g->reviews.count; i++) {
        struct queue_item item = g->reviews.items[i];
        bool sibling = g->apart && item.sibling && numbers_has(&g->siblings, item.sibling);
        if (sibling || (limited && !take(g, find_allowance(g, item.deck), false))) {
            g->held++;
            continue;
        }
        if (g->apart && item.sibling)
            numbers_add(g->arena, &g->siblings, item.sibling);
        g->reviews.items[kept++] = item;
    }
    g->reviews.count = kept;
}

static int by_position(const void *left, const void *right)
{
    const struct queue_item *a = left, *b = right;
    return (a->position > b->position) - (a->position < b->position);
}

/* Essentials first as far as the limit goes; what was chosen is met in the order of the text. */
static bool gather_new_of(struct gathering *g, struct allowance *deck)
{
    struct collection *c = g->c;
    size_t before = g->fresh.count;
    struct numbers held = {0};
    if (deck->node >= 0 && g->tree.items[deck->node].options.held_back &&
        !held_numbers(c, g->arena, deck->deck, &held, g->e))
        return false;
    sqlite3_stmt *rows =
        query(c, g->e,
              "SELECT card, sibling, position FROM memory WHERE asked = 1 AND due_at_ms IS NULL AND"
              " deck = ? AND buried_until_ms <= ? ORDER BY wave, position",
              "ii", deck->deck, g->now.at_ms);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, g->e)) && row) {
        struct queue_item item = {.card = sqlite3_column_int64(rows, 0),
                                  .deck = deck->deck,
                                  .sibling = sqlite3_column_int64(rows, 1),
                                  .position = sqlite3_column_int64(rows, 2)};
        if (held.count && numbers_has(&held, item.card))
            continue;
        if (g->apart && item.sibling && numbers_has(&g->siblings, item.sibling))
            continue;
        if (!take(g, deck, true)) {
            query_done(rows);
            break;
        }
        if (g->apart && item.sibling)
            numbers_add(g->arena, &g->siblings, item.sibling);
        list_push(g->arena, &g->fresh, item);
    }
    if (g->fresh.count > before)
        qsort(g->fresh.items + before, g->fresh.count - before, sizeof *g->fresh.items, by_position);
    return ok;
}

static bool gather_new(struct gathering *g)
{
    if (g->request->mode == QUEUE_AHEAD)
        return true;
    for (size_t i = 0; i < g->count; i++)
        if (g->allowances[i].deck && !gather_new_of(g, &g->allowances[i]))
            return false;
    return true;
}

static int by_due(const void *left, const void *right)
{
    const struct queue_item *a = left, *b = right;
    return (a->due_at_ms > b->due_at_ms) - (a->due_at_ms < b->due_at_ms);
}

static void append(struct gathering *g, struct queue *ret, const struct queue_item *item)
{
    if (g->request->limit > 0 && ret->count >= (size_t)g->request->limit)
        return;
    list_push(g->arena, ret, *item);
    if (item->learning)
        ret->learning++;
    else if (item->due_at_ms == 0)
        ret->fresh++;
    else
        ret->due++;
}

/* Reviews and new cards take turns in proportion to what there is of each. */
static void merge(struct gathering *g, int mix, struct queue *ret)
{
    size_t reviews = g->reviews.count, fresh = g->fresh.count, r = 0, f = 0;
    while (r < reviews || f < fresh) {
        bool review = mix == MIX_NEW_FIRST ? f == fresh
                      : mix == MIX_NEW_LAST
                          ? r < reviews
                          : f == fresh || (r < reviews && (r + 1) * (fresh + 1) <= (f + 1) * (reviews + 1));
        append(g, ret, review ? &g->reviews.items[r++] : &g->fresh.items[f++]);
    }
}

static bool gather(struct gathering *g, struct queue *ret)
{
    if (!tree_load(g->c, g->arena, &g->tree, g->e) || !select_decks(g))
        return false;
    const struct queue_request *request = g->request;
    int order = request->order >= 0 ? request->order : g->options->order;
    if (request->mode == QUEUE_CRAM)
        order = ORDER_RECALL_UP;
    g->apart = g->options->siblings_apart && request->mode != QUEUE_CRAM;
    if (g->apart && !read_siblings(g))
        return false;
    if (request->mode != QUEUE_FIRST) {
        if (!gather_all_met(g))
            return false;
        fill_recalls(g);
        sort_reviews(g, order);
        thin_reviews(g);
    }
    if (request->mode == QUEUE_CRAM)
        for (size_t i = 0; i < g->count; i++)
            g->allowances[i].fresh = 1 << 30;
    if (!gather_new(g))
        return false;
    if (g->learning.count)
        qsort(g->learning.items, g->learning.count, sizeof *g->learning.items, by_due);
    list_each (struct queue_item, item, &g->learning)
        if (item->due_at_ms <= g->now.at_ms)
            append(g, ret, item);
    merge(g, request->mode == QUEUE_CRAM ? MIX_NEW_LAST : g->options->mix, ret);
    list_each (struct queue_item, item, &g->learning)
        if (item->due_at_ms > g->now.at_ms)
            append(g, ret, item);
    ret->held = g->held;
    return true;
}

bool collection_queue(struct collection *c, struct arena *arena, const struct queue_request *request,
                      struct moment now, struct queue *ret, struct error *e)
{
    struct gathering g = {.c = c, .arena = arena, .request = request, .now = now, .e = e};
    g.day = collection_day(c, now);
    g.day_start_ms = collection_day_start_ms(c, g.day, now);
    g.day_end_ms = collection_day_start_ms(c, g.day + 1, now);
    if (!view_begin(c, e))
        return false;
    struct queue queue = {0};
    bool ok = gather(&g, &queue);
    view_end(c);
    if (ok)
        *ret = queue;
    return ok;
}

bool collection_next_due(struct collection *c, int64_t deck, struct moment now, int64_t *ret_ms,
                         struct error *e)
{
    sqlite3_stmt *find =
        deck
            ? query(
                  c, e,
                  "SELECT min(max(due_at_ms, buried_until_ms)) FROM memory WHERE asked = 1 AND due_at_ms IS "
                  "NOT NULL"
                  " AND max(due_at_ms, buried_until_ms) > ?1 AND deck IN (WITH RECURSIVE below(key) AS "
                  "(SELECT ?2"
                  " UNION SELECT d.key FROM deck d JOIN below b ON d.parent = b.key) SELECT key FROM below)",
                  "ii", now.at_ms, deck)
            : query(c, e,
                    "SELECT due_at_ms FROM memory WHERE asked = 1 AND due_at_ms IS NOT NULL AND due_at_ms > ?"
                    " ORDER BY due_at_ms LIMIT 1",
                    "i", now.at_ms);
    return query_number(c, find, 0, ret_ms, e);
}

/* Decks with their counts: here, because both must agree on what a day allows. */

struct counting {
    struct gathering g;
    struct deck_rows *rows;
};

static void sum_up(struct deck_row *above, const struct deck_row *row)
{
    above->total += row->total;
    above->due += row->due;
    above->learning += row->learning;
    above->unseen += row->unseen;
    above->suspended += row->suspended;
    above->drafts += row->drafts;
    above->flagged += row->flagged;
    above->mastered += row->mastered;
    above->answered_today += row->answered_today;
    if (row->next_due_ms && (!above->next_due_ms || row->next_due_ms < above->next_due_ms))
        above->next_due_ms = row->next_due_ms;
}

/* Adds one number a deck, from an index that holds just these. */
static bool count_into(struct counting *n, sqlite3_stmt *rows, size_t field)
{
    bool row, ok;
    while ((ok = query_step(n->g.c, rows, &row, n->g.e)) && row) {
        struct allowance *deck = find_allowance(&n->g, sqlite3_column_int64(rows, 0));
        if (deck)
            *(int *)(void *)((char *)&n->rows->items[deck->node] + field) += sqlite3_column_int(rows, 1);
    }
    return ok;
}

/* SQLite uses a partial index only when the query repeats its condition word for word. */
#define ASIDE(status)                                                                                        \
    "SELECT deck, sum(status = '" status "') FROM card WHERE status IN ('draft', 'suspended') GROUP BY deck"

static bool count_status(struct counting *n)
{
    struct collection *c = n->g.c;
    struct error *e = n->g.e;
    return count_into(
               n,
               query(c, e,
                     "SELECT deck, count(*) FROM memory WHERE asked = 1 AND due_at_ms IS NULL GROUP BY deck",
                     ""),
               offsetof(struct deck_row, unseen)) &&
           count_into(n, query(c, e, ASIDE("draft"), ""), offsetof(struct deck_row, drafts)) &&
           count_into(n, query(c, e, ASIDE("suspended"), ""), offsetof(struct deck_row, suspended)) &&
           count_into(n,
                      query(c, e,
                            "SELECT deck, count(*) FROM memory WHERE asked = 1 AND flagged = 1 GROUP BY deck",
                            ""),
                      offsetof(struct deck_row, flagged)) &&
           count_into(
               n,
               query(c, e, "SELECT deck, count(*) FROM memory WHERE asked = 1 AND mastery >= 3 GROUP BY deck",
                     ""),
               offsetof(struct deck_row, mastered)) &&
           count_into(n,
                      query(c, e, "SELECT deck, count(*) FROM memory WHERE last_at_ms >= ? GROUP BY deck",
                            "i", n->g.day_start_ms),
                      offsetof(struct deck_row, answered_today));
}

/* Due, learning, and the mean recall of what was met; `met` counts the latter a deck. */
static bool count_memory(struct counting *n, double *recall, int *met)
{
    struct collection *c = n->g.c;
    struct gathering *g = &n->g;
    sqlite3_stmt *rows = query(c, g->e,
                               "SELECT deck, due_at_ms, last_at_ms, s, x, d, algorithm, step, buried_until_ms"
                               " FROM memory WHERE asked = 1 AND due_at_ms IS NOT NULL",
                               "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, g->e)) && row) {
        struct allowance *deck = find_allowance(g, sqlite3_column_int64(rows, 0));
        if (!deck)
            continue;
        struct deck_row *counts = &n->rows->items[deck->node];
        counts->total++;
        struct memory memory = {sqlite3_column_double(rows, 3), sqlite3_column_double(rows, 4),
                                sqlite3_column_double(rows, 5)};
        int64_t due = sqlite3_column_int64(rows, 1), buried = sqlite3_column_int64(rows, 8);
        int64_t at = due > buried ? due : buried;
        if (at < g->day_end_ms && sqlite3_column_int(rows, 7) > 0)
            counts->learning++;
        else if (at < g->day_end_ms)
            counts->due++;
        else if (!counts->next_due_ms || at < counts->next_due_ms)
            counts->next_due_ms = at;
        if (memory.s > 0) {
            recall[deck->node] += (double)recall_of(deck, memory, sqlite3_column_int(rows, 6),
                                                    sqlite3_column_int64(rows, 2), g->now.at_ms);
            met[deck->node]++;
        }
    }
    return ok;
}

/* What a study of the deck would take: its limit, less today's, and not more than its parts allow. */
static void count_fresh(struct counting *n)
{
    struct gathering *g = &n->g;
    for (size_t i = n->rows->count; i > 0; i--) {
        struct deck_row *row = &n->rows->items[i - 1];
        const struct tree_node *node = &g->tree.items[i - 1];
        int allowed = find_allowance(g, row->key)->fresh, there = row->unseen;
        for (int child = (int)i; child < node->end; child = g->tree.items[child].end)
            there += n->rows->items[child].fresh - n->rows->items[child].unseen;
        row->fresh = allowed < 0 ? 0 : there < allowed ? there : allowed;
    }
}

static bool count_decks(struct counting *n)
{
    struct gathering *g = &n->g;
    if (!tree_load(g->c, g->arena, &g->tree, g->e) || !select_decks(g))
        return false;
    list_each (struct tree_node, node, &g->tree) {
        struct deck_row row = {.key = node->key,
                               .parent = node->parent_key,
                               .name = node->name,
                               .path = node->path,
                               .lang = node->lang,
                               .depth = node->depth};
        memcpy(row.id.text, node->id.ptr, node->id.len < 26 ? node->id.len : 26);
        list_push(g->arena, n->rows, row);
    }
    double *recall = arena_array(g->arena, g->tree.count, sizeof *recall);
    int *met = arena_array(g->arena, g->tree.count, sizeof *met);
    if (!count_status(n) || !count_memory(n, recall, met))
        return false;
    list_each (struct deck_row, row, n->rows)
        row->total += row->unseen;
    for (size_t i = g->tree.count; i > 0; i--) {
        int parent = g->tree.items[i - 1].parent;
        struct deck_row *row = &n->rows->items[i - 1];
        row->recall = met[i - 1] ? recall[i - 1] / met[i - 1] : 0;
        if (parent < 0)
            continue;
        sum_up(&n->rows->items[parent], row);
        recall[parent] += recall[i - 1];
        met[parent] += met[i - 1];
    }
    count_fresh(n);
    return true;
}

bool collection_decks(struct collection *c, struct arena *arena, struct moment now, struct deck_rows *ret,
                      struct error *e)
{
    static const struct queue_request all = {.order = -1, .new_limit = -1};
    struct deck_rows rows = {0};
    struct counting n = {.g = {.c = c, .arena = arena, .request = &all, .now = now, .e = e}, .rows = &rows};
    n.g.day = collection_day(c, now);
    n.g.day_start_ms = collection_day_start_ms(c, n.g.day, now);
    n.g.day_end_ms = collection_day_start_ms(c, n.g.day + 1, now);
    if (!view_begin(c, e))
        return false;
    bool ok = count_decks(&n);
    view_end(c);
    if (ok)
        *ret = rows;
    return ok;
}
