#include "schedule/fit.h"

#include "base/arena.h"
#include "base/memory.h"
#include "schedule/elementary.h"
#include "schedule/minimise.h"

#include <math.h>
#include <stdlib.h>

/* Trying settings: how many splits, and what log loss another setting must gain. */
enum { SETTINGS_FOLDS = 3 };
#define CLEARLY_BETTER 0.0002

enum { LEAST_TARGETS = 8, LEAST_FOR_ALL = 64, SAMPLE_TARGETS = 7000, LARGEST_STRIDE = 32, MOST_PASSES = 400 };

/* FSRS-6 as its authors have it. For FSRS-7 they weigh recent reviews far more and teach same-day answers too; on the
 * logs at hand, which are of ordinary length, both foretell the next weeks worse than this. */
struct fit_settings fit_defaults(enum algorithm algorithm)
{
    return (struct fit_settings){
        .recency = {algorithm == ALGORITHM_FSRS6 ? 0.25 : 0.5, 3},
        .pull = 1,
        .same_day = false,
    };
}

/* Where w7 begins to matter: its bound, the default, bends so sharply that a descent from there loses its way. */
static void leave_corner(struct fsrs_params *params)
{
    if (params->algorithm == ALGORITHM_FSRS6 && params->w[7] < 0.03)
        params->w[7] = 0.03;
}

static size_t stride_of(const struct training *training)
{
    size_t stride = training->target_count / SAMPLE_TARGETS;
    return stride < 1 ? 1 : stride > LARGEST_STRIDE ? LARGEST_STRIDE : stride;
}

/* Curvature, and for FSRS-6 a first approach, from a sample: it costs a fraction of a pass over everything. The
 * approach would lead FSRS-7, which has several valleys, into another one than the whole log shows. */
static bool approach(struct arena *arena, struct descent *descent, bool begun)
{
    struct objective *whole = descent->objective, part = *whole;
    size_t stride = stride_of(whole->training);
    struct training sample = training_sample(arena, whole->training, stride);
    part.training = &sample;
    part.pull = whole->pull / (double)stride;
    objective_open(arena, &part);
    descent->objective = &part;
    bool ok = descent_measure(descent);
    if (ok && whole->algorithm == ALGORITHM_FSRS6 && stride > 1 && !begun) {
        descent->tolerance = 1e-5;
        ok = descent_run(descent);
    }
    for (size_t i = 0; i < FSRS7_WEIGHTS; i++)
        for (size_t k = 0; k < FSRS7_WEIGHTS; k++)
            descent->curvature[i][k] *= (double)stride;
    descent->objective = whole;
    return ok;
}

static void find_errors(struct descent *descent, struct fit *fit)
{
    double covariance[FSRS7_WEIGHTS][FSRS7_WEIGHTS] = {0};
    descent_covariance(descent, covariance);
    for (size_t i = 0; i < fsrs_weight_count(fit->params.algorithm); i++)
        fit->errors[i] = covariance[i][i] > 0 ? sqrt(covariance[i][i]) : 0;
}

static bool fit_whole(struct arena *arena, const struct fit_options *options, const struct training *training,
                      struct fit *fit)
{
    struct objective objective = {
        .algorithm = options->algorithm,
        .training = training,
        .start = fit->start.w,
        .pull = options->settings.pull,
        .crew = options->crew,
        .cancelled = options->cancelled,
    };
    objective_open(arena, &objective);
    struct descent *descent = arena_new(arena, struct descent);
    *descent = (struct descent){
        .objective = &objective,
        .most_passes = MOST_PASSES,
        .progress = options->progress,
        .data = options->data,
    };
    struct fsrs_params begin = options->from ? *options->from : fit->start;
    leave_corner(&begin);
    memcpy(descent->w, begin.w, sizeof begin.w);
    bool ok = approach(arena, descent, options->from);
    descent->tolerance = options->algorithm == ALGORITHM_FSRS6 ? 1e-7 : 3e-7;
    ok = ok && descent_run(descent);
    if (ok && options->errors)
        ok = descent_measure(descent);
    if (!ok)
        return false;
    memcpy(fit->params.w, descent->w, sizeof descent->w);
    fit->objective = descent->value;
    fit->passes = descent->passes;
    if (options->errors)
        find_errors(descent, fit);
    return true;
}

bool fit_run(const struct review_log *log, const struct fit_options *options, struct fit *ret)
{
    struct arena arena = {0};
    struct training training;
    training_build(
        &arena, log,
        &(struct training_options){options->algorithm, 0, options->end, options->settings.same_day},
        &training);
    training_weigh(&training, options->settings.recency);
    struct fit fit = {.params = fsrs_defaults(options->algorithm), .targets = training.target_count};
    fit.start = fit.params;
    bool ok = true;
    if (fit.targets >= LEAST_TARGETS)
        fit.params = fit.start = fit_start(options->algorithm, log, options->end);
    fit.depth = fit.targets < LEAST_TARGETS   ? FIT_NOTHING
                : fit.targets < LEAST_FOR_ALL ? FIT_START
                                              : FIT_WHOLE;
    if (fit.depth == FIT_WHOLE)
        ok = fit_whole(&arena, options, &training, &fit);
    arena_finish(&arena);
    if (ok)
        *ret = fit;
    return ok;
}

/* Scoring */

/* The bin of a review: how long ago, how often asked, how often failed, each on a coarse logarithmic scale. */
struct bin {
    double recalled, predicted, weight;
};

enum { DAY_BINS = 16, COUNT_BINS = 24, LAPSE_BINS = 20 };

static int log_bin(double x, double base, int most)
{
    int bin = x < 1 ? 0 : (int)floor(elementary_log(x) / elementary_log(base) + 1e-9);
    return bin < most ? bin : most - 1;
}

static int bin_of(double days, int count, int lapses)
{
    int lapse_bin = lapses == 0 ? 0 : 1 + log_bin(lapses, 1.73, LAPSE_BINS - 1);
    return (log_bin(days, 3.62, DAY_BINS) * COUNT_BINS + log_bin(count, 1.89, COUNT_BINS)) * LAPSE_BINS +
           lapse_bin;
}

/* Reviews of a card on a later day than the one before, and failures among them. */
struct past {
    uint16_t count, lapses;
};

struct scoring {
    struct past *pasts;
    struct bin *bins;
    double sum, weighted, weights;
    size_t count, at;
    double *losses; /* of each; may be NULL */
};

static void score_one(struct scoring *scoring, const struct review *review, double recall, size_t place,
                      size_t n)
{
    bool recalled = review->grade > 1;
    recall = recall < 1e-4 ? 1e-4 : recall > 0.9999 ? 0.9999 : recall;
    double loss = -elementary_log(recalled ? recall : 1 - recall),
           share = n > 1 ? (double)place / (double)(n - 1) : 1;
    double weight = 0.25 + 0.75 * share * share * share;
    scoring->sum += loss;
    if (scoring->losses)
        scoring->losses[place] = loss;
    scoring->weighted += weight * loss;
    scoring->weights += weight;
    const struct past *past = &scoring->pasts[review->card];
    struct bin *bin = &scoring->bins[bin_of(review->days, past->count + 2, past->lapses)];
    bin->recalled += recalled;
    bin->predicted += recall;
    bin->weight += 1;
}

static double rmse_of(const struct bin *bins)
{
    double sum = 0, weight = 0;
    for (int i = 0; i < DAY_BINS * COUNT_BINS * LAPSE_BINS; i++) {
        if (bins[i].weight == 0)
            continue;
        double off = (bins[i].predicted - bins[i].recalled) / bins[i].weight;
        sum += bins[i].weight * off * off;
        weight += bins[i].weight;
    }
    return weight > 0 ? sqrt(sum / weight) : 0;
}

/* Goes through the log in time with the memories of all cards. */
static struct fit_score score(const struct review_log *log, size_t begin, size_t end,
                              const struct fsrs_params *params, double *losses)
{
    struct arena arena = {0};
    struct fsrs fsrs = fsrs_prepare(params);
    end = end < log->count ? end : log->count;
    struct memory *memories = arena_array(&arena, log->cards, sizeof *memories);
    int64_t *last = arena_array(&arena, log->cards, sizeof *last);
    struct scoring scoring = {
        .losses = losses,
        .pasts = arena_array(&arena, log->cards, sizeof *scoring.pasts),
        .bins = arena_array(&arena, DAY_BINS * COUNT_BINS * LAPSE_BINS, sizeof *scoring.bins),
    };
    uint8_t *seen = arena_array(&arena, log->cards, 1);
    for (size_t i = 0; i < end; i++) {
        const struct review *review = &log->items[i];
        scoring.count += i >= begin && seen[review->card] && review->days > 0;
        seen[review->card] = 1;
    }
    for (size_t i = 0; i < end; i++) {
        const struct review *review = &log->items[i];
        struct memory *memory = &memories[review->card];
        struct past *past = &scoring.pasts[review->card];
        bool later = memory->s > 0 && review->days > 0;
        double days = params->algorithm == ALGORITHM_FSRS6
                          ? review->days
                          : (double)(review->at_ms - last[review->card]) / 86400000.0;
        if (later && i >= begin)
            score_one(&scoring, review, fsrs_recall(&fsrs, *memory, days), scoring.at++, scoring.count);
        past->count += later;
        past->lapses += later && review->grade == 1;
        *memory = fsrs_step(&fsrs, *memory, (enum grade)review->grade, days);
        last[review->card] = review->at_ms;
    }
    double n = (double)scoring.count;
    struct fit_score score = {
        .targets = scoring.count,
        .log_loss = n > 0 ? scoring.sum / n : 0,
        .log_loss_recency = n > 0 ? scoring.weighted / scoring.weights : 0,
        .rmse_bins = rmse_of(scoring.bins),
    };
    arena_finish(&arena);
    return score;
}

struct fit_score fit_score(const struct review_log *log, size_t begin, size_t end,
                           const struct fsrs_params *params)
{
    return score(log, begin, end, params, NULL);
}

/* Splits */

/* For each target on a later day its index in the log; the count. */
static size_t *find_targets(struct arena *arena, const struct review_log *log, size_t *ret_count)
{
    uint8_t *seen = arena_array(arena, log->cards, 1);
    size_t *targets = arena_array(arena, log->count, sizeof *targets), count = 0;
    for (size_t i = 0; i < log->count; i++) {
        const struct review *review = &log->items[i];
        if (seen[review->card] && review->days > 0)
            targets[count++] = i;
        seen[review->card] = 1;
    }
    *ret_count = count;
    return targets;
}

bool fit_out_of_sample(const struct review_log *log, const struct fit_options *options, int folds,
                       double *ret)
{
    struct arena arena = {0};
    size_t count, parts = (size_t)folds + 1;
    size_t *targets = find_targets(&arena, log, &count);
    double sum = 0, n = 0;
    bool ok = true;
    for (size_t k = 1; k < parts && count >= parts && ok; k++) {
        size_t begin = targets[k * count / parts];
        size_t end = k + 1 < parts ? targets[(k + 1) * count / parts] : log->count;
        struct fit_options before = *options;
        struct fit fit;
        before.end = begin;
        before.progress = NULL;
        ok = fit_run(log, &before, &fit);
        if (!ok)
            break;
        struct fit_score score = fit_score(log, begin, end, &fit.params);
        sum += score.log_loss * (double)score.targets;
        n += (double)score.targets;
        if (options->progress)
            options->progress((double)k / folds, options->data);
    }
    arena_finish(&arena);
    if (ok)
        *ret = n > 0 ? sum / n : 0;
    return ok;
}

bool fit_choose_settings(const struct review_log *log, const struct fit_options *options,
                         struct fit_settings *ret)
{
    static const struct fit_settings others[] = {
        {{1, 1}, 1, false},    {{0.5, 1}, 1, false}, {{0.5, 3}, 0.3, false},
        {{0.25, 3}, 1, false}, {{0.1, 3}, 1, false},
    };
    struct fit_options one = *options;
    one.settings = *ret = fit_defaults(options->algorithm);
    one.from = NULL;
    one.progress = NULL;
    double best, loss;
    if (!fit_out_of_sample(log, &one, SETTINGS_FOLDS, &best))
        return false;
    best -= CLEARLY_BETTER;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        one.settings = others[i];
        if (options->progress)
            options->progress((double)(i + 1) / (double)(sizeof others / sizeof *others + 1), options->data);
        if (!fit_out_of_sample(log, &one, SETTINGS_FOLDS, &loss))
            return false;
        if (loss < best) {
            best = loss;
            *ret = others[i];
        }
    }
    return true;
}

double fit_interval_change(const struct review_log *log, const struct fsrs_params *from,
                           const struct fsrs_params *to)
{
    struct arena arena = {0};
    struct fsrs old = fsrs_prepare(from), new = fsrs_prepare(to);
    struct memory *olds = arena_array(&arena, log->cards, sizeof *olds);
    struct memory *news = arena_array(&arena, log->cards, sizeof *news);
    int64_t *last = arena_array(&arena, log->cards, sizeof *last);
    for (size_t i = 0; i < log->count; i++) {
        const struct review *review = &log->items[i];
        double fraction = (double)(review->at_ms - last[review->card]) / 86400000.0;
        double old_days = from->algorithm == ALGORITHM_FSRS6 ? review->days : fraction;
        double new_days = to->algorithm == ALGORITHM_FSRS6 ? review->days : fraction;
        olds[review->card] = fsrs_step(&old, olds[review->card], (enum grade)review->grade, old_days);
        news[review->card] = fsrs_step(&new, news[review->card], (enum grade)review->grade, new_days);
        last[review->card] = review->at_ms;
    }
    double sum = 0, count = 0;
    for (uint32_t card = 0; card < log->cards; card++) {
        if (!(olds[card].s > 0))
            continue;
        sum += elementary_log(fmax(fsrs_days(&new, news[card], 0.9), 1) /
                              fmax(fsrs_days(&old, olds[card], 0.9), 1));
        count++;
    }
    arena_finish(&arena);
    return count > 0 ? elementary_exp(sum / count) : 1;
}

static struct fsrs_params half_way(const struct fsrs_params *a, const struct fsrs_params *b)
{
    struct fsrs_params middle = *a;
    for (size_t i = 0; i < fsrs_weight_count(a->algorithm); i++)
        middle.w[i] = (a->w[i] + b->w[i]) / 2;
    return middle;
}

/* Mean loss of both over the reviews from `begin` on, and whether `b` is worse by more than chance: the standard error of
 * the difference, answer by answer. */
static bool is_worse(struct arena *arena, const struct review_log *log, size_t begin,
                     const struct fsrs_params *a, const struct fsrs_params *b, double *ret_a, double *ret_b)
{
    double *of_a = arena_array(arena, log->count - begin, sizeof *of_a);
    double *of_b = arena_array(arena, log->count - begin, sizeof *of_b);
    *ret_a = score(log, begin, log->count, a, of_a).log_loss;
    struct fit_score last = score(log, begin, log->count, b, of_b);
    *ret_b = last.log_loss;
    double mean = *ret_b - *ret_a, squares = 0, n = (double)last.targets;
    for (size_t i = 0; i < last.targets; i++) {
        double off = of_b[i] - of_a[i] - mean;
        squares += off * off;
    }
    return mean > sqrt(squares) / n;
}

bool fit_refit(const struct review_log *log, const struct fit_options *options, struct fit_update *ret)
{
    struct arena arena = {0};
    size_t count;
    size_t *targets = find_targets(&arena, log, &count);
    struct fsrs_params old = options->from ? *options->from : fsrs_defaults(options->algorithm);
    struct fit_update update = {.params = old, .interval_change = 1};
    bool ok = true;
    if (count >= LEAST_FOR_ALL) {
        size_t recent = targets[count - count / 6];
        struct fit_options before = *options;
        before.end = recent;
        ok = fit_run(log, &before, &update.fit);
        if (ok && !is_worse(&arena, log, recent, &old, &update.fit.params, &update.before, &update.after)) {
            struct fit_options all = *options;
            struct fsrs_params begin = update.fit.params;
            all.from = &begin;
            ok = fit_run(log, &all, &update.fit);
            update.taken = ok;
        }
    }
    if (update.taken) {
        update.params = half_way(&old, &update.fit.params);
        update.interval_change = fit_interval_change(log, &old, &update.params);
    }
    arena_finish(&arena);
    if (ok)
        *ret = update;
    return ok;
}
