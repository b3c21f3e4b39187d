#include "collection/regime.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/options.h"
#include "collection/tree.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { ROLLOVER_HOUR = 4 };

/* Weights for a deck, or for all (no deck), from a place in the log on. */
struct weights_rule {
    struct place place;
    struct str deck;
    struct fsrs *model;
};

/* What a deck works with now. */
struct current_model {
    int64_t deck;
    struct fsrs *model;
};

struct rollover_rule {
    struct place place;
    int hour;
};

struct device_row {
    int64_t key;
    struct str id;
    int rank;
};

struct regime {
    struct arena arena;
    struct fsrs *defaults;
    struct fsrs *general; /* of the decks without weights of their own, now; NULL: not read */
    struct {
        struct current_model *items;
        size_t count, capacity;
    } current;
    int64_t data_version;
    bool history_read;
    int rollover; /* now; -1: not read */
    struct {
        struct device_row *items;
        size_t count, capacity;
    } devices;
    struct {
        struct weights_rule *items;
        size_t count, capacity;
    } weights;    /* in the order of the log */
    bool any_own; /* among them some for one deck only */
    struct {
        struct rollover_rule *items;
        size_t count, capacity;
    } rollovers;
};

int place_compare(struct place a, struct place b)
{
    if (a.hlc != b.hlc)
        return a.hlc < b.hlc ? -1 : 1;
    if (a.device != b.device)
        return a.device < b.device ? -1 : 1;
    return (a.seq > b.seq) - (a.seq < b.seq);
}

void regime_free(struct regime *regime)
{
    if (!regime)
        return;
    arena_finish(&regime->arena);
    free(regime);
}

void regime_forget(struct collection *c)
{
    regime_free(c->regime);
    c->regime = NULL;
}

/* What was read holds until this or another connection changes it. */
static struct regime *regime_of(struct collection *c)
{
    int64_t version = 0;
    query_number(c, query(c, NULL, "PRAGMA data_version", ""), 0, &version, NULL);
    if (c->regime && c->regime->data_version != version)
        regime_forget(c);
    if (!c->regime) {
        c->regime = memory_alloc(sizeof *c->regime);
        *c->regime = (struct regime){.data_version = version, .rollover = -1};
    }
    return c->regime;
}

int rollover_now(struct collection *c)
{
    struct regime *regime = regime_of(c);
    if (regime->rollover < 0) {
        int64_t hour = ROLLOVER_HOUR;
        query_number(c, query(c, NULL, "SELECT value FROM setting WHERE name = 'option.rollover_hour'", ""),
                     ROLLOVER_HOUR, &hour, NULL);
        regime->rollover = hour >= 0 && hour < 24 ? (int)hour : ROLLOVER_HOUR;
    }
    return regime->rollover;
}

/* Weights that are not all there, or out of bounds, leave the algorithm its defaults: a log from elsewhere may hold
 * anything. */
static struct fsrs_params params_of(int64_t algorithm, const double *weights, int count)
{
    enum algorithm known = algorithm == 6 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7;
    struct fsrs_params params;
    if (count > 0 && fsrs_read_weights(weights, (size_t)count, (int)known, &params, NULL))
        return params;
    return fsrs_defaults(known);
}

static struct fsrs *prepare_model(struct regime *regime, const struct fsrs_params *params)
{
    struct fsrs *model = arena_new(&regime->arena, struct fsrs);
    *model = fsrs_prepare(params);
    return model;
}

/* Decks without weights of their own share one model, so that their cards can be reckoned with together. */
static bool read_current(struct collection *c, struct regime *regime, int64_t deck, struct fsrs **ret,
                         struct error *e)
{
    bool row;
    sqlite3_stmt *find = query(c, e,
                               "SELECT coalesce(deck, 0), algorithm, '{\"w\":' || weights || '}' FROM params"
                               " WHERE deck = ? OR deck IS NULL ORDER BY deck IS NULL LIMIT 1",
                               "i", deck);
    if (!query_step(c, find, &row, e))
        return false;
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS7);
    bool own = row && sqlite3_column_int64(find, 0) == deck;
    if (row) {
        double weights[FSRS7_WEIGHTS];
        int count = json_reals(column_text(find, 2), "w", weights, FSRS7_WEIGHTS);
        params = params_of(sqlite3_column_int64(find, 1), weights, count);
        query_done(find);
    }
    if (own && deck != 0) {
        *ret = prepare_model(regime, &params);
        return true;
    }
    if (!regime->general)
        regime->general = prepare_model(regime, &params);
    *ret = regime->general;
    return true;
}

bool model_now(struct collection *c, int64_t deck, const struct fsrs **ret, struct error *e)
{
    struct regime *regime = regime_of(c);
    list_each (struct current_model, known, &regime->current)
        if (known->deck == deck) {
            *ret = known->model;
            return true;
        }
    struct fsrs *model;
    if (!read_current(c, regime, deck, &model, e))
        return false;
    list_push(&regime->arena, &regime->current, (struct current_model){deck, model});
    *ret = model;
    return true;
}

static bool read_devices(struct collection *c, struct regime *regime, struct error *e)
{
    regime->devices.count = 0;
    sqlite3_stmt *rows = query(c, e, "SELECT key, id FROM device ORDER BY id", "");
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(&regime->arena, &regime->devices,
                  (struct device_row){sqlite3_column_int64(rows, 0), column_copy(&regime->arena, rows, 1),
                                      (int)regime->devices.count});
    return ok;
}

static const struct device_row *find_device(const struct collection *c, int64_t key)
{
    if (c->regime)
        list_each (struct device_row, device, &c->regime->devices)
            if (device->key == key)
                return device;
    return NULL;
}

int device_rank(const struct collection *c, int64_t key)
{
    const struct device_row *device = find_device(c, key);
    return device ? device->rank : -1;
}

struct str device_name(const struct collection *c, int64_t key)
{
    const struct device_row *device = find_device(c, key);
    return device ? device->id : (struct str){0};
}

static void add_rule(struct regime *regime, const struct entry *entry)
{
    struct arena *arena = &regime->arena;
    if (entry->kind == EVENT_PARAMS) {
        double weights[FSRS7_WEIGHTS];
        int count = json_reals(entry->body, "weights", weights, FSRS7_WEIGHTS);
        struct fsrs_params params = params_of(json_int(entry->body, "algorithm", 7), weights, count);
        regime->any_own |= entry->deck.len > 0;
        list_push(arena, &regime->weights,
                  (struct weights_rule){entry->place, str_copy(arena, entry->deck),
                                        prepare_model(regime, &params)});
    } else if (entry->kind == EVENT_OPTION && entry->deck.len == 0 &&
               json_is(entry->body, "option", "rollover_hour")) {
        long hour;
        struct str text = json_text(arena, entry->body, "value");
        bool valid = str_to_long(text, &hour) && hour >= 0 && hour < 24;
        list_push(arena, &regime->rollovers,
                  (struct rollover_rule){entry->place, valid ? (int)hour : ROLLOVER_HOUR});
    }
}

bool regime_load(struct collection *c, struct error *e)
{
    struct regime *regime = regime_of(c);
    if (regime->history_read)
        return true;
    if (!read_devices(c, regime, e))
        return false;
    struct arena arena = {0};
    struct entries entries;
    struct fsrs_params defaults = fsrs_defaults(ALGORITHM_FSRS7);
    regime->defaults = prepare_model(regime, &defaults);
    bool ok = log_read(c, &arena, (struct str){0}, &entries, e);
    if (ok)
        list_each (struct entry, entry, &entries)
            if (!entry->undone)
                add_rule(regime, entry);
    arena_finish(&arena);
    regime->history_read = ok;
    return ok;
}

/* How many rules stand at or before a place: a rule a session makes many. */
static size_t count_rules(const struct regime *regime, struct place place)
{
    size_t low = 0, high = regime->weights.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (place_compare(regime->weights.items[middle].place, place) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A deck's own weights come before newer ones for all. */
const struct fsrs *model_at(const struct collection *c, struct str deck, struct place place)
{
    const struct regime *regime = c->regime;
    const struct weights_rule *general = NULL;
    for (size_t i = count_rules(regime, place); i > 0 && (!general || regime->any_own); i--) {
        const struct weights_rule *rule = &regime->weights.items[i - 1];
        if (rule->deck.len == 0)
            general = general ? general : rule;
        else if (str_equal(rule->deck, deck))
            return rule->model;
    }
    return general ? general->model : regime->defaults;
}

int rollover_at(const struct collection *c, struct place place)
{
    int hour = ROLLOVER_HOUR;
    list_each (struct rollover_rule, rule, &c->regime->rollovers) {
        if (place_compare(rule->place, place) > 0)
            break;
        hour = rule->hour;
    }
    return hour;
}

bool collection_params(struct collection *c, int64_t deck, struct fsrs_params *ret, struct error *e)
{
    const struct fsrs *model;
    if (!model_now(c, deck, &model, e))
        return false;
    *ret = model->params;
    return true;
}

static struct str weights_json(struct arena *arena, const struct fsrs_params *params)
{
    struct buffer text = {0};
    int count = params->algorithm == ALGORITHM_FSRS6 ? FSRS6_WEIGHTS : FSRS7_WEIGHTS;
    for (int i = 0; i < count; i++)
        buffer_format(&text, "%c%.17g", i ? ',' : '[', params->w[i]);
    buffer_add_char(&text, ']');
    struct str copy = str_copy(arena, buffer_str(&text));
    buffer_finish(&text);
    return copy;
}

static bool write_params(struct collection *c, int64_t deck, int64_t algorithm, struct str weights,
                         const struct fit_note *note, int64_t at_ms, struct error *e)
{
    return query_run(c, query(c, e, "DELETE FROM params WHERE coalesce(deck, 0) = ?", "i", deck), e) &&
           query_run(
               c,
               query(c, e,
                     "INSERT INTO params(deck, algorithm, weights, retention, fitted_at, log_loss_before,"
                     " log_loss_after) VALUES (?, ?, ?, 0.9, ?, ?, ?)",
                     "kitirr", deck, algorithm, weights, at_ms, note ? note->log_loss_before : 0,
                     note ? note->log_loss_after : 0),
               e);
}

bool collection_set_params(struct collection *c, int64_t deck, const struct fsrs_params *params,
                           const struct fit_note *note, struct moment now, struct error *e)
{
    struct fsrs_params checked;
    if (!fsrs_read_weights(params->w, fsrs_weight_count(params->algorithm), (int)params->algorithm, &checked,
                           e))
        return false;
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    struct buffer body = {0};
    struct str weights = weights_json(&arena, params), id = deck_identity(c, &arena, deck);
    buffer_format(&body, "{\"algorithm\":%d,\"weights\":%.*s", (int)params->algorithm, STR_ARG(weights));
    if (note)
        buffer_format(&body, ",\"before\":%.9g,\"after\":%.9g,\"reviews\":%lld", note->log_loss_before,
                      note->log_loss_after, (long long)note->reviews);
    buffer_add_char(&body, '}');
    bool ok = log_append(c, EVENT_PARAMS, id, (struct str){0}, buffer_str(&body), now, NULL, e) &&
              write_params(c, deck, params->algorithm, weights, note, now.at_ms, e);
    buffer_finish(&body);
    arena_finish(&arena);
    regime_forget(c);
    return transaction_end(c, ok, e);
}

static struct fit_note note_of(struct str body)
{
    return (struct fit_note){
        .log_loss_before = json_real(body, "before", 0),
        .log_loss_after = json_real(body, "after", 0),
        .reviews = json_int(body, "reviews", 0),
    };
}

/* Weights that were chosen and not fitted (the learner took another algorithm) are news of their own: 0 reviews. */
bool collection_last_fit(struct collection *c, struct fit_note *ret, struct error *e)
{
    struct arena arena = {0};
    struct entries entries;
    struct fit_note note = {0};
    bool ok = regime_load(c, e) && log_read(c, &arena, (struct str){0}, &entries, e);
    if (ok)
        list_each (struct entry, entry, &entries)
            if (!entry->undone && entry->kind == EVENT_PARAMS && entry->deck.len == 0)
                note = note_of(entry->body);
    arena_finish(&arena);
    if (ok)
        *ret = note;
    return ok;
}

bool params_append(struct collection *c, int64_t deck, const struct fsrs_params *params, struct moment at,
                   struct error *e)
{
    struct fsrs_params checked;
    if (!fsrs_read_weights(params->w, fsrs_weight_count(params->algorithm), (int)params->algorithm, &checked,
                           e))
        return false;
    struct arena arena = {0};
    struct str weights = weights_json(&arena, params), id = deck_identity(c, &arena, deck);
    struct str body =
        str_format(&arena, "{\"algorithm\":%d,\"weights\":%.*s}", (int)params->algorithm, STR_ARG(weights));
    bool ok = log_append_past(c, EVENT_PARAMS, id, (struct str){0}, body, at, NULL, e) &&
              write_params(c, deck, params->algorithm, weights, NULL, at.at_ms, e);
    arena_finish(&arena);
    regime_forget(c);
    return ok;
}

static int64_t deck_key(struct collection *c, struct str id)
{
    int64_t key = 0;
    if (id.len)
        query_number(c, query(c, NULL, "SELECT key FROM deck WHERE id = ?", "t", id), -1, &key, NULL);
    return key;
}

static bool rebuild_rule(struct collection *c, struct arena *arena, const struct entry *entry,
                         struct error *e)
{
    int64_t deck = deck_key(c, entry->deck);
    if (deck < 0)
        return true; /* a deck that is not here yet */
    if (entry->kind == EVENT_PLACE)
        return deck_replay(c, arena, deck, entry->body, entry->undone, entry->at, e) &&
               deck_show_cards(c, deck, e);
    if (entry->undone)
        return true;
    if (entry->kind == EVENT_PARAMS) {
        double weights[FSRS7_WEIGHTS];
        int count = json_reals(entry->body, "weights", weights, FSRS7_WEIGHTS);
        struct fsrs_params params = params_of(json_int(entry->body, "algorithm", 7), weights, count);
        struct fit_note note = note_of(entry->body);
        return write_params(c, deck, params.algorithm, weights_json(arena, &params), &note, entry->at.at_ms,
                            e);
    }
    if (entry->kind == EVENT_OPTION || entry->kind == EVENT_EXAM)
        return options_write(c, deck, json_text(arena, entry->body, "option"),
                             json_text(arena, entry->body, "value"), e);
    return true;
}

bool regime_rebuild(struct collection *c, struct error *e)
{
    regime_forget(c);
    if (!regime_load(c, e) || !execute(c, "DELETE FROM params", e) ||
        !execute(c, "DELETE FROM setting WHERE name GLOB 'option.*'", e) ||
        !execute(c, "UPDATE deck SET options = '{}', deleted_at = NULL", e))
        return false;
    struct arena arena = {0};
    struct entries entries;
    bool ok = log_read(c, &arena, (struct str){0}, &entries, e);
    /* What was taken back is taken back from the newest on; then what holds is done from the oldest on. */
    for (size_t i = entries.count; ok && i > 0; i--)
        if (entries.items[i - 1].undone)
            ok = rebuild_rule(c, &arena, &entries.items[i - 1], e);
    for (size_t i = 0; ok && i < entries.count; i++)
        if (!entries.items[i].undone)
            ok = rebuild_rule(c, &arena, &entries.items[i], e);
    arena_finish(&arena);
    regime_forget(c);
    return ok;
}
