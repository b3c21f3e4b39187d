#include "schedule/plan.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "schedule/day.h"
#include "schedule/elementary.h"

#include <math.h>
#include <stdlib.h>

/* A miss comes back within today's study, whatever the model says: not at once, and not in two hours. */
#define SESSION_SHORTEST_S 60
#define SESSION_LONGEST_S 600
#define FRESHLY_READ_S (12 * 3600.0)
#define DAY_S 86400.0

struct plan_options plan_defaults(void)
{
    return (struct plan_options){
        .retention = 0.9,
        .maximum_days = 3650,
        .first_easy_days = 21,
        .growth = 4,
        .rollover_hour = 4,
        .fuzz = true,
    };
}

enum grade grade_highest(int options, int hints)
{
    return options > 0 || hints > 0 ? GRADE_HARD : GRADE_EASY;
}

uint64_t plan_seed(struct str card_id, int reps)
{
    return hash_combine(hash_str(card_id), (uint64_t)reps);
}

/* Memory */

/* Both products are exact up to the integer, which divides back to the double nearest to its nine digits. */
static double nine_digits(double x)
{
    if (!(x > 0))
        return x;
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
    int digits = 4; /* after the point: a stability is at most five digits before it */
    while (digits < 13 && x * powers[digits] < 1e8)
        digits++;
    return rint(x * powers[digits]) / powers[digits];
}

struct memory memory_round(struct memory memory)
{
    return (struct memory){nine_digits(memory.s), nine_digits(memory.x), nine_digits(memory.d)};
}

double plan_elapsed(enum algorithm algorithm, const struct standing *standing, int64_t at_ms, int64_t day)
{
    if (!(standing->memory.s > 0))
        return 0;
    double days = algorithm == ALGORITHM_FSRS6 ? (double)(day - standing->last_day)
                                               : (double)(at_ms - standing->last_at_ms) / (double)DAY_MS;
    return days > 0 ? days : 0;
}

/* Guards */

/* The longest interval after an answer; `known_days` is what the card has already stood, planned or real. A first
 * grade below Easy is held by the same limit, else it could come back later than an Easy. */
static double guard_days(const struct plan_options *options, bool first, double known_days)
{
    double longest = first ? options->first_easy_days : options->growth * known_days;
    return fmin(longest, options->maximum_days);
}

double plan_guard(const struct plan_options *options, double interval_days, double last_days,
                  double elapsed_days)
{
    double longest = guard_days(options, last_days < 0, fmax(last_days, elapsed_days));
    double days = fmax(fmin(interval_days, longest), SESSION_SHORTEST_S / DAY_S);
    return days < 1 ? days : fmin(floor(days + 0.5), fmax(1, floor(longest)));
}

void fuzz_range(double interval_days, double maximum_days, int *ret_first, int *ret_last)
{
    static const struct {
        double from, to, share;
    } parts[] = {{2.5, 7, 0.15}, {7, 20, 0.10}, {20, FSRS_MAX_DAYS, 0.05}};
    double delta = interval_days < 2.5 ? 0 : 1;
    for (int i = 0; i < 3; i++)
        delta += parts[i].share * fmax(0, fmin(interval_days, parts[i].to) - parts[i].from);
    double most = fmax(1, floor(maximum_days));
    double first = fmin(fmax(floor(interval_days - delta + 0.5), 1), most);
    double last = fmin(fmax(floor(interval_days + delta + 0.5), first), most);
    *ret_first = (int)first;
    *ret_last = (int)last;
}

int fuzz_pick(int first, int last, double unit)
{
    return first + (int)floor(unit * (last - first + 1));
}

/* The longest that a plan made on `day` may reach. */
static double longest_days(const struct plan_options *options, int64_t day)
{
    if (options->has_exam && options->exam_day - 1 > day)
        return fmin(options->maximum_days, (double)(options->exam_day - 1 - day));
    return options->maximum_days;
}

/* Whole days, at least one. */
static int day_count(const struct plan_options *options, double interval_days, double longest, uint64_t seed)
{
    int first, last;
    if (!options->fuzz)
        return (int)fmin(fmax(floor(interval_days + 0.5), 1), fmax(1, floor(longest)));
    fuzz_range(fmin(interval_days, longest), longest, &first, &last);
    struct random random = {seed};
    return fuzz_pick(first, last, random_unit(&random));
}

/* Steps */

/* How many successes are wanted after this answer; 0 sends the card into review. */
static int next_step(const struct steps *steps, const struct standing *standing,
                     const struct answered *answered)
{
    bool learning = standing->reps == 0 || standing->step > 0;
    int all = steps->count > 0 ? steps->count : 1;
    if (answered->grade == GRADE_AGAIN)
        return all;
    if (!learning)
        return 0;
    int wanted = standing->step > 0 && standing->step <= all ? standing->step : all;
    if (answered->aided)
        return wanted;
    if (answered->grade == GRADE_EASY || steps->count == 0)
        return 0;
    return answered->grade == GRADE_HARD ? wanted : wanted - 1;
}

/* Hard repeats a step; on the first it waits half way to the second, and half as long again when alone. */
static int step_delay_s(const struct steps *steps, int wanted, enum grade grade)
{
    int at = steps->count - wanted;
    if (grade != GRADE_HARD || at > 0)
        return steps->delay_s[at];
    return steps->count > 1 ? (steps->delay_s[0] + steps->delay_s[1]) / 2 : steps->delay_s[0] * 3 / 2;
}

static double session_delay_s(const struct steps *steps, int wanted, enum grade grade, double model_days)
{
    if (steps->count > 0)
        return fmax(step_delay_s(steps, wanted, grade), SESSION_SHORTEST_S);
    return fmin(fmax(floor(model_days * DAY_S), SESSION_SHORTEST_S), SESSION_LONGEST_S);
}

/* Into review */

/* A card that has not yet been known without help, in its first learning. */
static bool is_first_success(const struct standing *standing)
{
    return standing->reps == 0 || (standing->step > 0 && standing->lapses == 0);
}

/* Fuzz must not undo a guard, so the guards bound it too. */
static int review_days(const struct fsrs *fsrs, const struct plan_options *options,
                       const struct standing *standing, const struct answered *answered, struct memory memory,
                       int64_t day, double elapsed, uint64_t seed)
{
    bool fresh = answered->read_age_s >= 0 && answered->read_age_s <= FRESHLY_READ_S;
    if (fresh && is_first_success(standing))
        return 1;
    double known = fmax(standing->interval_days, elapsed);
    double longest = fmin(longest_days(options, day), guard_days(options, standing->reps == 0, known));
    return day_count(options, fsrs_days(fsrs, memory, options->retention), longest, seed);
}

static void count_mastery(struct standing *standing, const struct answered *answered, int64_t day)
{
    bool another_day = standing->mastery == 0 || day > standing->mastery_day;
    if (answered->grade == GRADE_AGAIN || answered->aided || !another_day || standing->mastery >= MASTERY)
        return;
    standing->mastery++;
    standing->mastery_day = day;
}

struct standing plan_next(const struct fsrs *fsrs, const struct plan_options *options,
                          const struct standing *standing, const struct answered *answered, uint64_t seed)
{
    int64_t day = day_number(answered->at_ms, answered->tz_min, options->rollover_hour);
    double elapsed = plan_elapsed(fsrs->params.algorithm, standing, answered->at_ms, day);
    double really = fmax(0, (double)(answered->at_ms - standing->last_at_ms) / (double)DAY_MS);
    struct standing next = *standing;
    next.memory = memory_round(fsrs_step(fsrs, standing->memory, answered->grade, elapsed));
    next.lapses += answered->grade == GRADE_AGAIN && standing->reps > 0 && standing->step == 0;
    next.reps++;
    next.last_at_ms = answered->at_ms;
    next.last_day = day;
    count_mastery(&next, answered, day);
    const struct steps *steps = next.lapses > 0 ? &options->relearn : &options->learn;
    next.step = next_step(steps, standing, answered);
    if (next.step > 0) {
        double model = fsrs_days(fsrs, next.memory, options->retention);
        double delay_s = session_delay_s(steps, next.step, answered->grade, model);
        next.interval_days = delay_s / DAY_S;
        next.due_at_ms = answered->at_ms + (int64_t)(delay_s * 1000);
        return next;
    }
    int days = review_days(fsrs, options, standing, answered, next.memory, day, really, seed);
    next.interval_days = days;
    next.due_at_ms = day_start_ms(day + days, answered->tz_min, options->rollover_hour);
    return next;
}

void plan_preview(const struct fsrs *fsrs, const struct plan_options *options,
                  const struct standing *standing, const struct answered *answered, uint64_t seed,
                  struct standing ret[4])
{
    for (int i = 0; i < 4; i++) {
        struct answered one = *answered;
        one.grade = (enum grade)(i + 1);
        ret[i] = plan_next(fsrs, options, standing, &one, seed);
    }
}

/* Where to put a card among others */

/* Weights after Anki's, which is twice as full a day 4.4 times less likely; but empty days heed their
 * siblings and the learner's easy days too. A reduced day counts as fuller than it is. */
static double day_weight(const struct day_load *load, int days)
{
    static const double near_sibling[] = {1e-6, 0.2, 0.4, 0.6, 0.8};
    double easy = load->easy > 0 ? fmin(load->easy, 1) : 1;
    double weight = elementary_pow(1 + load->cards / easy, -2.15) * elementary_pow(days, -3);
    if (load->sibling_days >= 0 && load->sibling_days < 5)
        weight *= near_sibling[load->sibling_days];
    return load->easy > 0 ? weight : weight * 1e-4;
}

int balance_pick(const struct day_load *loads, int first, int count, double unit)
{
    double total = 0, below = 0;
    for (int i = 0; i < count; i++)
        total += day_weight(&loads[i], first + i);
    for (int i = 0; i < count - 1; i++) {
        below += day_weight(&loads[i], first + i);
        if (unit * total < below)
            return first + i;
    }
    return first + count - 1;
}

/* The number of failures is a sum of unequal coins; `chances[k]` is the chance of exactly k so far. */
double leech_p_value(const double *recalls, size_t count, int lapses)
{
    if (lapses <= 0)
        return 1;
    if ((size_t)lapses > count)
        return 0;
    double *chances = memory_alloc(sizeof *chances * (size_t)lapses);
    memset(chances, 0, sizeof *chances * (size_t)lapses);
    chances[0] = 1;
    double at_least = 0;
    for (size_t i = 0; i < count; i++) {
        double fail_chance = 1 - recalls[i];
        at_least += chances[lapses - 1] * fail_chance;
        for (int k = lapses - 1; k > 0; k--)
            chances[k] += (chances[k - 1] - chances[k]) * fail_chance;
        chances[0] *= 1 - fail_chance;
    }
    free(chances);
    return at_least;
}
