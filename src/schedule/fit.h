/* Fitting the weights to a learner's own log. Deterministic to the bit for any number of threads. */
#ifndef REPASO_SCHEDULE_FIT_H
#define REPASO_SCHEDULE_FIT_H

#include "schedule/training.h"

#include <stdatomic.h>

struct crew;

/* How a fit weighs what. */
struct fit_settings {
    struct recency recency;
    double pull;   /* towards the starting weights, as many sigmas squared; 1 is the authors' for FSRS-6 */
    bool same_day; /* FSRS-7: reviews on the day of the last one are targets too */
};

struct fit_settings fit_defaults(enum algorithm algorithm);

struct fit_options {
    enum algorithm algorithm;
    struct fit_settings settings;
    size_t end;                     /* only the reviews before this index; SIZE_MAX: all */
    const struct fsrs_params *from; /* the last optimum, to begin there: fewer passes. NULL: begin anew */
    bool errors;                    /* also measure how sure the weights are; costs a pass a weight */
    struct crew *crew;              /* may be NULL */
    const atomic_bool *cancelled;   /* may be NULL */
    void (*progress)(double done, void *data); /* 0 to 1; on the calling thread; may be NULL */
    void *data;
};

/* How much the log could teach. */
enum fit_depth {
    FIT_NOTHING, /* fewer than 8 targets: the defaults */
    FIT_START,   /* fewer than 64: first stabilities only */
    FIT_WHOLE
};

struct fit {
    struct fsrs_params params;
    struct fsrs_params start; /* what it was pulled towards */
    enum fit_depth depth;
    size_t targets;
    double objective;             /* of params, in double precision and fixed order */
    double errors[FSRS7_WEIGHTS]; /* standard errors, if asked for; 0 for a weight at its bound */
    int passes;
};

/* `log` must be sorted. False when cancelled. */
bool fit_run(const struct review_log *log, const struct fit_options *options, struct fit *ret);

/* The starting point: each first grade's stability from how its cards fared on their second day, the rest at their
 * defaults. */
struct fsrs_params fit_start(enum algorithm algorithm, const struct review_log *log, size_t end);

/* How well weights foretell. Scored are the reviews from index `begin` to `end` that are on a later day than the
 * card's last one. */
struct fit_score {
    size_t targets;
    double log_loss;         /* plain mean, chances held to 0.0001 … 0.9999 */
    double log_loss_recency; /* weighted 0.25 + 0.75 (i / (n - 1))^3 */
    double rmse_bins;
};
struct fit_score fit_score(const struct review_log *log, size_t begin, size_t end,
                           const struct fsrs_params *params);

/* Time-series split: the targets in `folds` + 1 equal parts, each but the first foretold by a fit on all before it;
 * the pooled mean. 0 when there are too few. False when cancelled. */
bool fit_out_of_sample(const struct review_log *log, const struct fit_options *options, int folds,
                       double *ret);

/* The settings whose fits foretell this learner best, by time-series split: how much more recent answers count, how far
 * the weights may leave their start. Others than the usual ones must be clearly better. False when cancelled. */
bool fit_choose_settings(const struct review_log *log, const struct fit_options *options,
                         struct fit_settings *ret);

/* A refit in the background: a fit from the last optimum, taken only if a fit on everything but the most recent sixth
 * foretells that sixth no worse, beyond chance, than the weights at hand do (which have seen it); then half way, so that
 * due dates do not jump. */
struct fit_update {
    struct fsrs_params params; /* `options->from` again where it was not taken */
    bool taken;
    double before, after;   /* log loss of the recent sixth */
    double interval_change; /* of the learner's cards: 0.88 is 12 % shorter; 1 where not taken */
    struct fit fit;
};
bool fit_refit(const struct review_log *log, const struct fit_options *options, struct fit_update *ret);

/* By how much intervals change over the cards of the log, geometric mean, from one set of weights to another. */
double fit_interval_change(const struct review_log *log, const struct fsrs_params *from,
                           const struct fsrs_params *to);

#endif
