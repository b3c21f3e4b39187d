#include "collection/due.h"

#include "base/arena.h"
#include "base/random.h"
#include "collection/tree.h"

#include <sqlite3.h>

/* Further ahead the days are empty and one more card makes no difference. */
enum { BALANCED_DAYS = 90, LARGEST_RANGE = 64 };

static struct plan_options plan_of(const struct deck_options *options, int rollover)
{
    struct plan_options plan = plan_defaults();
    plan.retention = options->retention;
    plan.maximum_days = options->maximum_days;
    plan.first_easy_days = options->first_easy_days;
    plan.growth = options->growth;
    plan.rollover_hour = rollover;
    plan.learn = options->learn;
    plan.relearn = options->relearn;
    plan.fuzz = false; /* the day is picked here, among the other cards */
    plan.has_exam = options->exam_day > 0;
    plan.exam_day = options->exam_day;
    return plan;
}

bool due_rules_read(struct collection *c, const struct card_place *place, const struct state *state,
                    struct due_rules *ret, struct error *e)
{
    struct arena arena = {0};
    struct tree tree;
    *ret = (struct due_rules){.seed = plan_seed(place->id, state->standing.reps), .card = place->card};
    bool ok = tree_load(c, &arena, &tree, e) && model_now(c, place->deck, &ret->model, e) &&
              query_number(c, query(c, e, "SELECT sibling FROM memory WHERE card = ?", "i", place->card), 0,
                           &ret->sibling, e);
    if (ok) {
        int at = tree_find(&tree, place->deck);
        ret->options = at >= 0 ? tree.items[at].options : tree.general;
        ret->plan = plan_of(&ret->options, rollover_now(c));
    }
    arena_finish(&arena);
    return ok;
}

static double ease_of(const struct deck_options *options, int64_t day)
{
    char kind = options->easy_days[day_of_week(day)];
    return kind == 'm' ? 0 : kind == 'r' ? 0.5 : 1;
}

static bool count_cards(struct collection *c, int64_t first_ms, int count, struct day_load *loads,
                        struct error *e)
{
    sqlite3_stmt *rows = query(c, e,
                               "SELECT (due_at_ms - ?1) / 86400000, count(*) FROM memory WHERE asked = 1 AND "
                               "due_at_ms IS NOT NULL AND"
                               " due_at_ms >= ?1 AND due_at_ms < ?2 GROUP BY 1",
                               "ii", first_ms, first_ms + count * DAY_MS);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        loads[sqlite3_column_int64(rows, 0)].cards = sqlite3_column_int(rows, 1);
    return ok;
}

static bool mark_siblings(struct collection *c, const struct due_rules *rules, int64_t first_ms, int count,
                          struct day_load *loads, struct error *e)
{
    if (rules->sibling == 0 || !rules->options.siblings_apart)
        return true;
    sqlite3_stmt *rows =
        query(c, e, "SELECT due_at_ms FROM memory WHERE sibling = ? AND card <> ? AND asked = 1", "ii",
              rules->sibling, rules->card);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        int64_t offset = sqlite3_column_int64(rows, 0) - first_ms;
        int64_t day = offset >= 0 ? offset / DAY_MS : -1 - (-1 - offset) / DAY_MS;
        for (int i = 0; i < count; i++) {
            int64_t away = day > i ? day - i : i - day;
            if (loads[i].sibling_days < 0 || away < loads[i].sibling_days)
                loads[i].sibling_days = (int)(away < 1000 ? away : 1000);
        }
    }
    return ok;
}

/* What the plan must not be carried past: the exam, and the guards that shortened the interval. */
static double longest_days(const struct due_rules *rules, const struct standing *next, int64_t day)
{
    double longest = rules->plan.maximum_days;
    if (rules->plan.has_exam && rules->plan.exam_day - 1 > day && rules->plan.exam_day - 1 - day < longest)
        longest = (double)(rules->plan.exam_day - 1 - day);
    double model = fsrs_days(rules->model, next->memory, rules->plan.retention);
    return next->interval_days < model - 0.5 && next->interval_days < longest ? next->interval_days : longest;
}

bool due_after(struct collection *c, const struct due_rules *rules, const struct state *state,
               const struct answered *answered, struct standing *ret, struct error *e)
{
    struct standing before = state->standing;
    if (state->algorithm != rules->model->params.algorithm)
        before.memory = (struct memory){0};
    struct standing next = plan_next(rules->model, &rules->plan, &before, answered, rules->seed);
    int64_t today = day_number(answered->at_ms, answered->tz_min, rules->plan.rollover_hour);
    int first, last;
    fuzz_range(next.interval_days, longest_days(rules, &next, today), &first, &last);
    int count = last - first + 1;
    if (next.step == 0 && rules->options.fuzz && count > 1) {
        struct day_load loads[LARGEST_RANGE];
        struct random random = {rules->seed};
        int64_t first_ms = day_start_ms(today + first, answered->tz_min, rules->plan.rollover_hour);
        double unit = random_unit(&random);
        int days;
        if (next.interval_days <= BALANCED_DAYS && count <= LARGEST_RANGE) {
            for (int i = 0; i < count; i++)
                loads[i] = (struct day_load){.easy = ease_of(&rules->options, today + first + i),
                                             .sibling_days = -1};
            if (!count_cards(c, first_ms, count, loads, e) ||
                !mark_siblings(c, rules, first_ms, count, loads, e))
                return false;
            days = balance_pick(loads, first, count, unit);
        } else {
            days = fuzz_pick(first, last, unit);
        }
        next.interval_days = days;
        next.due_at_ms = day_start_ms(today + days, answered->tz_min, rules->plan.rollover_hour);
    }
    *ret = next;
    return true;
}
