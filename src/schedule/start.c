#include "schedule/elementary.h"
#include "schedule/fit.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

/* Second reviews of cards by first grade and days between: how many, and how many were recalled. */
enum { MOST_DAYS = 4096 };

struct seconds {
    int count[4][MOST_DAYS], recalled[4][MOST_DAYS];
    int total[4];
    double all, all_recalled;
};

/* What is known of a card while the log is gone through: 0, or its first grade; 5 once it had its second day. */
static void count_seconds(const struct review_log *log, size_t end, struct seconds *seconds)
{
    uint8_t *first = memory_alloc(log->cards ? log->cards : 1);
    memset(first, 0, log->cards);
    for (size_t i = 0; i < end && i < log->count; i++) {
        const struct review *review = &log->items[i];
        uint8_t *grade = &first[review->card];
        bool long_term = review->days > 0 && *grade;
        seconds->all += long_term;
        seconds->all_recalled += long_term && review->grade > 1;
        if (!*grade) {
            *grade = review->grade;
        } else if (long_term && *grade <= 4) {
            int days = review->days < MOST_DAYS ? review->days : MOST_DAYS - 1;
            seconds->count[*grade - 1][days]++;
            seconds->recalled[*grade - 1][days] += review->grade > 1;
            seconds->total[*grade - 1]++;
            *grade = 5;
        }
    }
    free(first);
}

/* The loss of one first grade's cards under a stability, and how far that is from the default. */
static double stability_loss(const struct fsrs *fsrs, const struct seconds *seconds, int grade, double s)
{
    double average = seconds->all_recalled / seconds->all, loss = fabs(s - fsrs->params.w[grade]) / 16;
    for (int days = 1; days < MOST_DAYS; days++) {
        int count = seconds->count[grade][days];
        if (!count)
            continue;
        double recall = fsrs_recall(fsrs, (struct memory){.s = s, .x = s, .d = 5}, days);
        recall = recall < 1e-7 ? 1e-7 : recall > 1 - 1e-7 ? 1 - 1e-7 : recall;
        double seen = (seconds->recalled[grade][days] + average) / (count + 1);
        loss -= count * (seen * elementary_log(recall) + (1 - seen) * elementary_log(1 - recall));
    }
    return loss;
}

/* Ternary search: the loss has one valley. */
static double best_stability(const struct fsrs *fsrs, const struct seconds *seconds, int grade, double low,
                             double high)
{
    for (int i = 0; i < 100 && high - low > 1e-9 * high; i++) {
        double a = low + (high - low) / 3, b = high - (high - low) / 3;
        if (stability_loss(fsrs, seconds, grade, a) < stability_loss(fsrs, seconds, grade, b))
            high = b;
        else
            low = a;
    }
    return (low + high) / 2;
}

/* A better first grade never starts weaker: of two out of order, the one with more cards is believed. */
static void put_in_order(double *s, const int *total)
{
    static const int pairs[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 2}, {1, 3}, {0, 3}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int low = pairs[i][0], high = pairs[i][1];
        if (!total[low] || !total[high] || s[low] <= s[high])
            continue;
        if (total[low] > total[high])
            s[high] = s[low];
        else
            s[low] = s[high];
    }
}

/* Missing grades from their neighbours, in logarithms; `anchors` is where the defaults lie. */
static void fill_missing(double *s, const int *total, const double *defaults)
{
    int known = 0;
    double shift = 0;
    for (int i = 0; i < 4; i++)
        if (total[i]) {
            known++;
            shift += elementary_log(s[i] / defaults[i]);
        }
    if (!known || known == 4)
        return;
    double log_s[4];
    for (int i = 0; i < 4; i++)
        log_s[i] = total[i] ? elementary_log(s[i]) : elementary_log(defaults[i]) + shift / known;
    for (int i = 0; i < 4; i++) {
        int low = i - 1, high = i + 1;
        while (low >= 0 && !total[low])
            low--;
        while (high < 4 && !total[high])
            high++;
        if (!total[i] && low >= 0 && high < 4) {
            double share =
                elementary_log(defaults[i] / defaults[low]) / elementary_log(defaults[high] / defaults[low]);
            log_s[i] = log_s[low] + share * (log_s[high] - log_s[low]);
        } else if (!total[i] && (low >= 0 || high < 4)) {
            int near = low >= 0 ? low : high;
            log_s[i] = log_s[near] + elementary_log(defaults[i] / defaults[near]);
        }
    }
    for (int i = 0; i < 4; i++)
        s[i] = elementary_exp(log_s[i]);
}

struct fsrs_params fit_start(enum algorithm algorithm, const struct review_log *log, size_t end)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    struct fsrs fsrs = fsrs_prepare(&params);
    struct seconds *seconds = memory_alloc(sizeof *seconds);
    *seconds = (struct seconds){0};
    count_seconds(log, end, seconds);
    double s[4];
    for (int i = 0; i < 4; i++) {
        double low, high;
        fsrs_weight_bounds(&params, 0, &low, &high);
        high = algorithm == ALGORITHM_FSRS7 && i == 0 ? 50 : 100;
        s[i] = seconds->total[i] ? best_stability(&fsrs, seconds, i, low, high) : params.w[i];
    }
    put_in_order(s, seconds->total);
    fill_missing(s, seconds->total, fsrs_defaults(algorithm).w);
    for (int i = 0; i < 4; i++)
        params.w[i] = s[i] < 0.001 ? 0.001 : s[i] > 100 ? 100 : s[i];
    free(seconds);
    return params;
}
