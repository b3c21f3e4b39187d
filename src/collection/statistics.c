#include "collection/statistics.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "collection/json.h"
#include "collection/log.h"
#include "collection/numbers.h"
#include "collection/tree.h"
#include "schedule/plan.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FORECAST_DAYS = 365, LEECH_LAPSES = 4 };
static const double leech_p = 0.01;

struct statistics_work {
    struct collection *c;
    struct arena *arena;
    int64_t deck, since_day;
    struct moment now;
    int rollover;
    struct numbers decks, cards, undone; /* keys; hashes of identities; hashes of places */
    double expected;
    int expectations;
    struct {
        int *items;
        size_t count, capacity;
    } times_ms;
    struct statistics *ret;
    struct error *e;
};

static int64_t place_number(int64_t device, int64_t seq)
{
    return (int64_t)hash_combine((uint64_t)device, (uint64_t)seq);
}

static bool read_selection(struct statistics_work *w)
{
    struct collection *c = w->c;
    bool row, ok = true;
    if (w->deck) {
        sqlite3_stmt *decks =
            query(c, w->e,
                  "WITH RECURSIVE below(key) AS (SELECT ?1 UNION SELECT d.key FROM deck d JOIN below b"
                  " ON d.parent = b.key) SELECT key FROM below",
                  "i", w->deck);
        while ((ok = query_step(c, decks, &row, w->e)) && row)
            numbers_add(w->arena, &w->decks, sqlite3_column_int64(decks, 0));
        sqlite3_stmt *cards = query(c, w->e, "SELECT id, deck FROM card", "");
        while (ok && (ok = query_step(c, cards, &row, w->e)) && row)
            if (numbers_has(&w->decks, sqlite3_column_int64(cards, 1)))
                numbers_add(w->arena, &w->cards, (int64_t)hash_str(column_text(cards, 0)));
    }
    sqlite3_stmt *undone =
        query(c, w->e,
              "SELECT (SELECT key FROM device WHERE id = body ->> 'device'), body ->> 'seq'"
              " FROM event WHERE kind = 2",
              "");
    while (ok && (ok = query_step(c, undone, &row, w->e)) && row)
        numbers_add(w->arena, &w->undone,
                    place_number(sqlite3_column_int64(undone, 0), sqlite3_column_int64(undone, 1)));
    return ok;
}

static size_t first_not_before(const struct statistics *s, int64_t day)
{
    size_t low = 0, high = s->days.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->days.items[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Answers come in the order of their devices' logs: nearly always on the day of the one before, or later. */
static struct day_count *day_row(struct statistics_work *w, int64_t day)
{
    struct statistics *s = w->ret;
    if (s->days.count && list_last(&s->days)->day == day)
        return list_last(&s->days);
    size_t at = first_not_before(s, day);
    if (at < s->days.count && s->days.items[at].day == day)
        return &s->days.items[at];
    list_push(w->arena, &s->days, (struct day_count){0});
    memmove(s->days.items + at + 1, s->days.items + at, (s->days.count - 1 - at) * sizeof *s->days.items);
    s->days.items[at] = (struct day_count){.day = day};
    return &s->days.items[at];
}

/* What a grade says to statistics. */
struct told {
    int64_t grade, ms, reps, days;
    double expected;
    bool practice;
};

static struct told told_by(struct str body)
{
    struct told told = {.reps = 1, .expected = -1};
    struct str name, value;
    for (size_t at = 0; json_next(body, &at, &name, &value);) {
        if (str_equal(name, STR("g")))
            told.grade = json_to_int(value, 0);
        else if (str_equal(name, STR("ms")))
            told.ms = json_to_int(value, 0);
        else if (str_equal(name, STR("n")))
            told.reps = json_to_int(value, 1);
        else if (str_equal(name, STR("dd")))
            told.days = json_to_int(value, 0);
        else if (str_equal(name, STR("r")))
            told.expected = json_to_real(value, -1);
        else if (str_equal(name, STR("mode")))
            told.practice = str_equal(value, STR("\"exam\"")) || str_equal(value, STR("\"cram\""));
    }
    return told;
}

static void count_answer(struct statistics_work *w, int64_t day, struct str body)
{
    struct statistics *s = w->ret;
    struct told told = told_by(body);
    if (told.grade < 1 || told.grade > 4)
        return;
    struct day_count *row = day_row(w, day);
    row->answers++;
    row->right += told.grade > 1;
    row->first += told.reps == 0;
    row->ms += told.ms;
    s->total_ms += told.ms;
    if (day < w->since_day)
        return;
    if (told.ms > 0)
        list_push(w->arena, &w->times_ms, (int)(told.ms < 300000 ? told.ms : 300000));
    if (told.days <= 0 || told.practice)
        return;
    s->answers++;
    s->right += told.grade > 1;
    if (told.expected >= 0) {
        w->expected += told.expected;
        w->expectations++;
    }
}

static bool read_answers(struct statistics_work *w)
{
    struct collection *c = w->c;
    sqlite3_stmt *rows = query(c, w->e,
                               "SELECT device, seq, card_id, at_ms, tz_min, body FROM event NOT INDEXED "
                               "WHERE kind = 1 AND person = ?",
                               "s", c->person);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, w->e)) && row) {
        if (w->deck && !numbers_has(&w->cards, (int64_t)hash_str(column_text(rows, 2))))
            continue;
        if (numbers_has(&w->undone,
                        place_number(sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1))))
            continue;
        struct moment at = {sqlite3_column_int64(rows, 3), sqlite3_column_int(rows, 4)};
        count_answer(w, day_of(at, w->rollover), column_text(rows, 5));
    }
    return ok;
}

static void count_streaks(struct statistics *s)
{
    int run = 0;
    int64_t last = INT64_MIN;
    list_each (struct day_count, day, &s->days) {
        run = day->day == last + 1 ? run + 1 : 1;
        last = day->day;
        if (run > s->longest_streak_days)
            s->longest_streak_days = run;
    }
    s->streak_days = s->days.count && last >= s->today - 1 ? run : 0;
}

/* E. B. Wilson 1927; z of 95 %. */
static void wilson(int right, int all, double *ret_low, double *ret_high)
{
    const double z = 1.959963984540054;
    if (all == 0)
        return;
    double n = all, p = right / n, z2 = z * z;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    *ret_low = fmax(0, middle - half);
    *ret_high = fmin(1, middle + half);
}

static const double interval_classes[] = {1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 36500};
enum { INTERVAL_CLASSES = sizeof interval_classes / sizeof *interval_classes };

static void count_card(struct statistics_work *w, sqlite3_stmt *row, double *recall)
{
    struct statistics *s = w->ret;
    int64_t due = sqlite3_column_int64(row, 1);
    struct memory memory = {sqlite3_column_double(row, 2), sqlite3_column_double(row, 3),
                            sqlite3_column_double(row, 4)};
    bool asked = sqlite3_column_int(row, 8);
    s->suspended += sqlite3_column_int(row, 10);
    if (!asked)
        return;
    s->cards++;
    s->mastered += sqlite3_column_int(row, 9) >= MASTERY;
    if (due) {
        int64_t day = day_of((struct moment){due, w->now.tz_min}, w->rollover) - s->today;
        if (day < FORECAST_DAYS)
            s->forecast.items[day > 0 ? day : 0]++;
    }
    if (!(memory.s > 0))
        return;
    s->met++;
    double days = sqlite3_column_double(row, 7);
    for (int i = 0; i < INTERVAL_CLASSES; i++)
        if (days <= interval_classes[i]) {
            s->intervals.items[i].cards++;
            break;
        }
    const struct fsrs *model;
    if (model_now(w->c, sqlite3_column_int64(row, 0), &model, NULL) &&
        (int)model->params.algorithm == sqlite3_column_int(row, 6)) {
        double elapsed = (double)(w->now.at_ms - sqlite3_column_int64(row, 5)) / (double)DAY_MS;
        *recall += fsrs_recall(model, memory, elapsed > 0 ? elapsed : 0);
    }
}

static bool read_cards(struct statistics_work *w)
{
    struct statistics *s = w->ret;
    s->forecast.items = arena_array(w->arena, FORECAST_DAYS, sizeof *s->forecast.items);
    s->forecast.count = s->forecast.capacity = FORECAST_DAYS;
    for (int i = 0; i < INTERVAL_CLASSES; i++)
        list_push(w->arena, &s->intervals, (struct interval_share){interval_classes[i], 0});
    struct collection *c = w->c;
    sqlite3_stmt *rows =
        query(c, w->e,
              "SELECT deck, due_at_ms, s, x, d, last_at_ms, algorithm, interval_days, asked, mastery,"
              " suspended FROM memory",
              "");
    double recall = 0;
    bool row, ok;
    while ((ok = query_step(c, rows, &row, w->e)) && row)
        if (!w->deck || numbers_has(&w->decks, sqlite3_column_int64(rows, 0)))
            count_card(w, rows, &recall);
    s->recall = s->met ? recall / s->met : 0;
    return ok;
}

/* Was so much failing to be expected of this card? */
static bool is_leech(struct statistics_work *w, struct str card_id, int lapses, bool *ret, struct error *e)
{
    struct entries entries;
    struct {
        double *items;
        size_t count, capacity;
    } recalls = {0};
    if (!log_read(w->c, w->arena, card_id, &entries, e))
        return false;
    list_each (struct entry, entry, &entries) {
        double expected = json_real(entry->body, "r", -1);
        if (entry->kind == EVENT_GRADE && !entry->undone && expected >= 0 &&
            json_int(entry->body, "dd", 0) > 0)
            list_push(w->arena, &recalls, expected);
    }
    *ret = recalls.count > 0 && leech_p_value(recalls.items, recalls.count, lapses) < leech_p;
    return true;
}

static bool count_leeches(struct statistics_work *w)
{
    struct collection *c = w->c;
    struct {
        struct str *items;
        size_t count, capacity;
    } ids = {0};
    struct {
        int *items;
        size_t count, capacity;
    } lapses = {0};
    sqlite3_stmt *rows =
        query(c, w->e,
              "SELECT c.id, m.lapses, m.deck FROM memory m JOIN card c ON c.key = m.card WHERE"
              " m.asked = 1 AND m.lapses >= ?",
              "i", (int64_t)LEECH_LAPSES);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, w->e)) && row) {
        if (w->deck && !numbers_has(&w->decks, sqlite3_column_int64(rows, 2)))
            continue;
        list_push(w->arena, &ids, column_copy(w->arena, rows, 0));
        list_push(w->arena, &lapses, sqlite3_column_int(rows, 1));
    }
    ok = ok && regime_load(c, w->e);
    for (size_t i = 0; ok && i < ids.count; i++) {
        bool leech = false;
        ok = is_leech(w, ids.items[i], lapses.items[i], &leech, w->e);
        w->ret->leeches += leech;
    }
    return ok;
}

static int ascending(const void *left, const void *right)
{
    int a = *(const int *)left, b = *(const int *)right;
    return (a > b) - (a < b);
}

static void finish(struct statistics_work *w)
{
    struct statistics *s = w->ret;
    count_streaks(s);
    s->retention = s->answers ? (double)s->right / s->answers : 0;
    wilson(s->right, s->answers, &s->retention_low, &s->retention_high);
    s->expected = w->expectations ? w->expected / w->expectations : 0;
    if (w->times_ms.count) {
        qsort(w->times_ms.items, w->times_ms.count, sizeof *w->times_ms.items, ascending);
        s->answer_s = w->times_ms.items[w->times_ms.count / 2] / 1000.0;
    }
    size_t skip = 0;
    while (skip < s->days.count && s->days.items[skip].day < w->since_day)
        skip++;
    if (skip) {
        s->days.items += skip;
        s->days.count -= skip;
        s->days.capacity = s->days.count;
    }
}

bool collection_statistics(struct collection *c, struct arena *arena, int64_t deck, int64_t since_day,
                           struct moment now, struct statistics *ret, struct error *e)
{
    struct statistics statistics = {.today = collection_day(c, now)};
    struct statistics_work w = {.c = c,
                                .arena = arena,
                                .deck = deck,
                                .since_day = since_day,
                                .now = now,
                                .rollover = rollover_now(c),
                                .ret = &statistics,
                                .e = e};
    if (!view_begin(c, e))
        return false;
    bool ok = read_selection(&w) && read_answers(&w) && read_cards(&w) && count_leeches(&w);
    view_end(c);
    if (!ok)
        return false;
    finish(&w);
    *ret = statistics;
    return true;
}

enum { PACE_SAMPLE = 200, PACE_LEAST = 20, LONGEST_MS = 120000 };

bool collection_pace_ms(struct collection *c, int otherwise, int *ret, struct error *e)
{
    int times[PACE_SAMPLE], count = 0;
    sqlite3_stmt *rows =
        query(c, e, "SELECT body FROM event WHERE kind = 1 AND person = ? ORDER BY at_ms DESC LIMIT ?", "si",
              c->person, (int64_t)PACE_SAMPLE);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        int64_t ms = json_int(column_text(rows, 0), "ms", 0);
        if (ms > 0)
            times[count++] = (int)(ms < LONGEST_MS ? ms : LONGEST_MS);
    }
    if (!ok)
        return false;
    if (count)
        qsort(times, (size_t)count, sizeof *times, ascending);
    *ret = count >= PACE_LEAST ? times[count / 2] : otherwise;
    return true;
}
