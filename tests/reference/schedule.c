/* Every state, recall and interval of the published formulas against reference numbers. */
#include "reference/numbers.h"
#include "schedule/fsrs.h"

#include <math.h>
#include <string.h>

struct worst {
    double s, x, d, r, interval, root;
    long reviews, integers;
};

struct sequence {
    struct numbers grades, days, s, x, d, r, intervals, rounded;
};

static double off(double got, double want)
{
    return fabs(got - want) / fmax(fabs(want), 1e-300);
}

static void worsen(double *worst, double error)
{
    if (!(error <= *worst))
        *worst = error;
}

static struct numbers column(struct arena *arena, struct str json, const char *name, size_t from)
{
    size_t at = reference_key(json, name, from);
    return at == SIZE_MAX ? (struct numbers){0} : reference_array(arena, json, at);
}

static struct sequence read_sequence(struct arena *arena, struct str json, size_t from)
{
    return (struct sequence){
        .grades = column(arena, json, "r", from),
        .days = column(arena, json, "t", from),
        .s = column(arena, json, "S", from),
        .x = column(arena, json, "F", from),
        .d = column(arena, json, "D", from),
        .r = column(arena, json, "R", from),
        .intervals = column(arena, json, "I", from),
        .rounded = column(arena, json, "tsI", from),
    };
}

/* ts-fsrs keeps 8 decimals, so that its whole number may differ where the exact interval is next to a half.
 */
static bool same_integer(double interval, double want)
{
    double got = fmin(fmax(floor(interval + 0.5), 1), FSRS_MAX_DAYS);
    double to_half = fabs(interval - floor(interval) - 0.5);
    return got == want || to_half <= 1e-4 * interval;
}

static void check_intervals(const struct fsrs *fsrs, struct memory memory, const struct sequence *sequence,
                            size_t i, const struct numbers *retentions, struct worst *worst)
{
    for (size_t k = 0; k < retentions->count; k++) {
        double retention = retentions->items[k];
        double interval = fsrs_days(fsrs, memory, retention);
        worsen(&worst->interval, off(interval, sequence->intervals.items[i * retentions->count + k]));
        if (interval < FSRS_MAX_DAYS)
            worsen(&worst->root, fabs(fsrs_recall(fsrs, memory, interval) - retention));
        if (sequence->rounded.count && fsrs->params.w[0] >= 0.1 &&
            !same_integer(interval, sequence->rounded.items[i * retentions->count + k]))
            worst->integers++;
    }
}

static void check_sequence(const struct fsrs *fsrs, const struct sequence *sequence,
                           const struct numbers *retentions, struct worst *worst)
{
    struct memory memory = {0};
    for (size_t i = 0; i < sequence->grades.count; i++) {
        if (i > 0)
            worsen(&worst->r, off(fsrs_recall(fsrs, memory, sequence->days.items[i]), sequence->r.items[i]));
        memory = fsrs_step(fsrs, memory, (enum grade)sequence->grades.items[i], sequence->days.items[i]);
        worsen(&worst->s, off(memory.s, sequence->s.items[i]));
        worsen(&worst->d, off(memory.d, sequence->d.items[i]));
        if (sequence->x.count)
            worsen(&worst->x, off(memory.x, sequence->x.items[i]));
        check_intervals(fsrs, memory, sequence, i, retentions, worst);
        worst->reviews++;
    }
}

static struct worst check_file(enum algorithm algorithm, const char *name)
{
    struct arena arena = {0};
    struct str json = reference_text(&arena, name);
    struct numbers retentions = column(&arena, json, "desired_retentions", 0);
    struct fsrs sets[16];
    size_t count = 0, sequences = reference_key(json, "sequences", 0);
    for (size_t at = 0; (at = reference_key(json, "w", at)) < sequences; count++) {
        struct numbers w = reference_array(&arena, json, at);
        struct fsrs_params params = {.algorithm = algorithm};
        memcpy(params.w, w.items, w.count * sizeof *w.items);
        sets[count] = fsrs_prepare(&params);
    }
    struct worst worst = {0};
    struct arena each = {0};
    for (size_t at = sequences; (at = reference_key(json, "p", at)) != SIZE_MAX; arena_reset(&each)) {
        struct sequence sequence = read_sequence(&each, json, at);
        check_sequence(&sets[atoi(json.ptr + at)], &sequence, &retentions, &worst);
    }
    printf("%s: %ld reviews of %zu weight sets; largest errors S %.2g X %.2g D %.2g R %.2g I %.2g root %.2g; "
           "%ld "
           "whole intervals differ\n",
           name, worst.reviews, count, worst.s, worst.x, worst.d, worst.r, worst.interval, worst.root,
           worst.integers);
    arena_finish(&each);
    arena_finish(&arena);
    return worst;
}

int main(void)
{
    struct worst six = check_file(ALGORITHM_FSRS6, "fsrs6_schedule.json");
    struct worst seven = check_file(ALGORITHM_FSRS7, "fsrs7_schedule.json");
    bool well6 = six.reviews > 1000 && six.s <= 1e-12 && six.d <= 1e-12 && six.r <= 1e-12 &&
                 six.interval <= 1e-12 && six.integers == 0;
    bool well7 = seven.reviews > 1000 && seven.s <= 1e-9 && seven.x <= 1e-9 && seven.d <= 1e-9 &&
                 seven.r <= 1e-9 && seven.interval <= 1e-6 && seven.root <= 1e-9;
    return well6 && well7 ? 0 : 1;
}
