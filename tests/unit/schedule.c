#include "test.h"

#include "base/arena.h"
#include "base/crew.h"
#include "base/random.h"
#include "schedule/day.h"
#include "schedule/elementary.h"
#include "schedule/fsrs.h"
#include "schedule/many.h"
#include "schedule/past.h"
#include "schedule/plan.h"
#include "schedule/simulate.h"
#include "schedule/training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* One review: what was graded after how many days, the recall before, the memory and the 90 % interval after.
 */
struct exact {
    enum grade grade;
    double days, recall, s, x, d, interval;
};

/* Exact values, independently computed. */
static const struct exact reviews6[] = {
    {2, 0, 0, 1.2931, 0, 5.112170705601055, 1.2930999999999997},
    {1, 16, 0.6722992534811223, 0.5615913516394365, 0, 8.378632117467106, 0.5615913516394364},
    {1, 1, 0.8557772092713005, 0.205294635592764, 0, 9.452295771609876, 0.20529463559276398},
    {3, 0, 1, 0.23939237253690618, 0, 9.438071845135104, 0.23939237253690612},
    {4, 1, 0.77795855214131, 1.356523741753328, 0, 9.23553001092811, 1.3565237417533278},
    {4, 287, 0.43895710489634304, 16.9544908158904, 0, 8.965308134178613, 16.954490815890395},
    {2, 46, 0.8186805293188242, 30.02550958562537, 0, 9.298351692123653, 30.025509585625365},
};

static const struct exact reviews7[] = {
    {3, 0, 0, 3.9221, 3.13768, 3.530723981276336, 4.777721806896743},
    {1, 121.176895, 0.7329254013858025, 1.398271739626391, 0.3131887975049495, 7.861014893721155,
     0.0037361918306424015},
    {4, 182.116552, 0.5358551712294466, 7.7772463849281275, 64.07716609625014, 6.918678873648037,
     5.397914645732515},
    {3, 2.58959472, 0.9255490714788875, 13.336051609045429, 185.09528580162427, 6.85179208665051,
     12.66459038289497},
    {3, 0, 0.9999899999999999, 13.3372870771617, 185.09528580162427, 6.7855741675229595, 12.91855347854575},
    {2, 1.2359998, 0.9649735364196912, 16.219629361844948, 244.84683940584446, 8.02146551536249,
     11.768069484244144},
    {3, 0.0564682244, 0.9914609097201842, 17.146378337268075, 255.79426097904337, 7.943550861947818,
     12.971567961277596},
    {3, 399.743419, 0.7068228043116794, 59.45702001810395, 557.0476601125016, 7.866415355067294,
     61.5452292975421},
};

static void assert_near(double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance * fmax(fabs(want), 1e-300)))
        fail_msg("%.17g is not %.17g within %g", got, want, tolerance);
}

static void check_reviews(const struct fsrs_params *params, const struct exact *reviews, size_t count,
                          double tolerance)
{
    struct memory memory = {0};
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            assert_near(fsrs_retrievability(params, memory, reviews[i].days), reviews[i].recall, tolerance);
        memory = fsrs_next(params, memory, reviews[i].grade, reviews[i].days);
        assert_near(memory.s, reviews[i].s, tolerance);
        assert_near(memory.x, reviews[i].x, tolerance);
        assert_near(memory.d, reviews[i].d, tolerance);
        assert_near(fsrs_interval(params, memory, 0.9), reviews[i].interval, tolerance);
    }
}

static void fsrs6_gives_the_exact_states_and_intervals(void **state)
{
    (void)state;
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS6);
    check_reviews(&params, reviews6, sizeof reviews6 / sizeof *reviews6, 1e-12);
}

static void fsrs7_gives_the_exact_states_and_intervals(void **state)
{
    (void)state;
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS7);
    check_reviews(&params, reviews7, sizeof reviews7 / sizeof *reviews7, 1e-9);
}

static void our_exp_and_log_agree_with_the_library(void **state)
{
    (void)state;
    struct random random = {1};
    for (int i = 0; i < 20000; i++) {
        double x = (random_unit(&random) - 0.5) * (i % 2 ? 100 : 1e-3);
        double y = exp((random_unit(&random) - 0.5) * (i % 2 ? 200 : 1));
        assert_near(elementary_exp(x), exp(x), 1e-15);
        assert_near(elementary_expm1(x), expm1(x), 1e-15);
        assert_near(elementary_log(y), log(y), 1e-15);
        if (y > 1e-9)
            assert_near(elementary_log1p(y - 1), log1p(y - 1), 1e-15);
    }
    assert_true(elementary_exp(0) == 1 && elementary_expm1(0) == 0);
    assert_true(elementary_log(1) == 0 && elementary_log1p(0) == 0);
}

/* Weights somewhere inside their bounds. */
static struct fsrs_params random_params(enum algorithm algorithm, struct random *random)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    for (size_t i = 0; i < fsrs_weight_count(algorithm); i++) {
        double low, high;
        fsrs_weight_bounds(&params, i, &low, &high);
        params.w[i] = low + (high - low) * random_unit(random);
    }
    return params;
}

static void check_any_memory(const struct fsrs *fsrs, struct random *random)
{
    struct memory memory = {0};
    for (int i = 0; i < 12; i++) {
        double days = exp(random_unit(random) * 20 - 10);
        memory = fsrs_step(fsrs, memory, (enum grade)(1 + random_below(random, 4)), days);
        assert_true(memory.s >= 1e-4 && memory.s <= FSRS_MAX_DAYS && memory.d >= 1 && memory.d <= 10);
        assert_true(fsrs_recall(fsrs, memory, days) >= fsrs_recall(fsrs, memory, days * 1.5));
        double retention = 0.7 + 0.29 * random_unit(random), interval = fsrs_days(fsrs, memory, retention);
        if (interval > 0 && interval < FSRS_MAX_DAYS)
            assert_true(fabs(fsrs_recall(fsrs, memory, interval) - retention) < 1e-9);
        assert_true(fsrs_days(fsrs, memory, retention * 0.99) >= interval);
        assert_true(fsrs_step(fsrs, memory, GRADE_EASY, days).s >=
                    fsrs_step(fsrs, memory, GRADE_GOOD, days).s);
        assert_true(fsrs_step(fsrs, memory, GRADE_GOOD, days).s >=
                    fsrs_step(fsrs, memory, GRADE_AGAIN, days).s);
    }
}

static void any_weights_keep_memories_in_bounds_and_curves_falling(void **state)
{
    (void)state;
    struct random random = {7};
    for (int i = 0; i < 200; i++) {
        struct fsrs_params params = random_params(i % 2 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7, &random);
        struct fsrs fsrs = fsrs_prepare(&params);
        check_any_memory(&fsrs, &random);
    }
}

static void weights_from_outside_are_checked(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        int algorithm, changed;
        double value;
        const char *says; /* NULL: taken */
    } rows[] = {
        {34, 0, -1, 0, NULL},
        {34, 7, -1, 0, NULL},
        {21, 0, -1, 0, NULL},
        {34, 7, 5, NAN, "weight 5 (counting from 0) is not a number"},
        {34, 7, 0, INFINITY, "weight 0 (counting from 0) is not a number"},
        {34, 7, 26, 0.1, "weight 26 (counting from 0) is 0.1; it must lie from 0.5 to 0.99"},
        {34, 7, 1, 0.05, "weight 1 (counting from 0) is 0.05; it must lie from 0.1104 to 100"},
        {21, 6, 20, 0.9, "weight 20 (counting from 0) is 0.9; it must lie from 0.1 to 0.8"},
        {21, 7, -1, 0, "21 weights belong to FSRS-6, and FSRS-7 was asked for; it has 34"},
        {34, 6, -1, 0, "34 weights belong to FSRS-7, and FSRS-6 was asked for; it has 21"},
        {35, 7, -1, 0, "35 weights belong to a draft of FSRS-7; the final form has 34"},
        {33, 7, -1, 0, "33 weights; FSRS-7 has 34"},
        {20, 6, -1, 0, "20 weights; FSRS-6 has 21 (17 and 19 older ones are upgraded)"},
        {0, 0, -1, 0, "0 weights; FSRS-7 has 34, FSRS-6 has 21 (17 and 19 older ones are upgraded)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fsrs_params params = fsrs_defaults(rows[i].count == 34 ? 7 : 6), read;
        double weights[40] = {0};
        memcpy(weights, params.w, sizeof params.w);
        if (rows[i].changed >= 0)
            weights[rows[i].changed] = rows[i].value;
        struct error e = {0};
        assert_int_equal(fsrs_read_weights(weights, rows[i].count, rows[i].algorithm, &read, &e),
                         !rows[i].says);
        if (rows[i].says)
            assert_string_equal(e.text, rows[i].says);
    }
}

static void older_weights_are_upgraded(void **state)
{
    (void)state;
    static const double five[19] = {0.40255, 1.18385, 3.173,  15.69105, 7.1949, 0.5345, 1.4604,
                                    0.0046,  1.54575, 0.1192, 1.01925,  1.9395, 0.11,   0.29605,
                                    2.2698,  0.2315,  2.9898, 0.51655,  0.6621};
    struct fsrs_params params;
    assert_true(fsrs_read_weights(five, 19, 0, &params, NULL));
    assert_int_equal(params.algorithm, ALGORITHM_FSRS6);
    assert_true(params.w[18] == 0.6621 && params.w[19] == 0 && params.w[20] == 0.5);
    assert_true(fsrs_read_weights(five, 17, 6, &params, NULL));
    assert_near(params.w[4], 2 * 0.5345 + 7.1949, 1e-15);
    assert_near(params.w[5], log(3 * 0.5345 + 1) / 3, 1e-15);
    assert_near(params.w[6], 1.9604, 1e-15);
    assert_true(params.w[17] == 0 && params.w[20] == 0.5);
}

static void an_sm2_interval_becomes_a_memory_with_that_interval(void **state)
{
    (void)state;
    struct fsrs_params six = fsrs_defaults(ALGORITHM_FSRS6), seven = fsrs_defaults(ALGORITHM_FSRS7);
    for (double days = 1; days < 2000; days *= 3) {
        struct memory memory = fsrs_from_sm2(&six, days, 2.5, 0.9);
        assert_near(fsrs_interval(&six, memory, 0.9), days, 1e-12);
        assert_true(memory.d >= 1 && memory.d <= 10);
        memory = fsrs_from_sm2(&seven, days, 2.5, 0.9);
        assert_near(fsrs_interval(&seven, memory, 0.9), days, 1e-6);
        assert_true(memory.d == 5);
    }
    assert_true(fsrs_from_sm2(&six, 100, 1.3, 0.9).d > fsrs_from_sm2(&six, 100, 2.5, 0.9).d);
}

/* 2026-03-10 12:00 UTC */
#define NOON INT64_C(1773144000000)
#define HOUR INT64_C(3600000)

static void days_begin_at_the_rollover_hour_of_their_zone(void **state)
{
    (void)state;
    static const struct {
        int64_t at_ms;
        int tz_min, rollover_hour;
        int64_t day;
    } rows[] = {
        {0, 0, 0, 0},
        {-1, 0, 0, -1},
        {4 * HOUR - 1, 0, 4, -1},
        {4 * HOUR, 0, 4, 0},
        {3 * HOUR, 60, 4, 0},
        {3 * HOUR - 1, 60, 4, -1},
        {NOON, 0, 4, 20522},
        {NOON + 16 * HOUR - 1, 0, 4, 20522},
        {NOON, -570, 4, 20521}, /* half past two in the morning in the Marquesas */
        {NOON, 840, 4, 20522},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t day = day_number(rows[i].at_ms, rows[i].tz_min, rows[i].rollover_hour);
        assert_int_equal(day, rows[i].day);
        int64_t start = day_start_ms(day, rows[i].tz_min, rows[i].rollover_hour);
        assert_true(start <= rows[i].at_ms && rows[i].at_ms < start + DAY_MS);
    }
    assert_int_equal(day_of_week(0), 3);
    assert_int_equal(day_of_week(-4), 6);
    assert_int_equal(day_of_week(20522), 1); /* a Tuesday */
}

/* Two answers, each in the zone where the learner was. */
static void days_between_answers_survive_travel_and_daylight_saving(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t hours; /* from the first answer, at 20:00 in its zone */
        int tz_before, tz_after;
        int days;
    } rows[] = {
        {"the same evening", 3, 60, 60, 0},
        {"the next evening, an hour was skipped", 23, 60, 120, 1},
        {"the next evening, an hour came twice", 25, 120, 60, 1},
        {"three in the night, an hour was skipped", 6, 60, 120, 0},
        {"five hours later, after a flight to the west", 5, 120, -240, 0},
        {"a day later, after a flight to the west", 26, 120, -240, 1},
        {"the next morning, after a flight to the east", 7, -240, 120, 1},
        {"over the date line to the east: the same day again", 2, 720, -720, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t first_ms = NOON + (8 * 60 - rows[i].tz_before) * INT64_C(60000);
        int64_t second_ms = first_ms + rows[i].hours * HOUR;
        struct standing standing = {.memory = {1, 1, 5},
                                    .last_at_ms = first_ms,
                                    .last_day = day_number(first_ms, rows[i].tz_before, 4)};
        int64_t day = day_number(second_ms, rows[i].tz_after, 4);
        if (day - standing.last_day != rows[i].days)
            fail_msg("%s: %d days", rows[i].what, (int)(day - standing.last_day));
        double whole = plan_elapsed(ALGORITHM_FSRS6, &standing, second_ms, day);
        double exact = plan_elapsed(ALGORITHM_FSRS7, &standing, second_ms, day);
        assert_true(whole == (rows[i].days > 0 ? rows[i].days : 0));
        assert_true(fabs(exact - (double)rows[i].hours / 24) < 1e-12);
    }
}

static void a_memory_keeps_nine_digits(void **state)
{
    (void)state;
    struct random random = {3};
    for (int i = 0; i < 20000; i++) {
        double x = exp(log(1e-4) + random_unit(&random) * log(36500 / 1e-4));
        char text[32];
        snprintf(text, sizeof text, "%.8e", x);
        struct memory memory = memory_round((struct memory){x, x, 10});
        assert_true(memory.s == strtod(text, NULL) && memory.x == memory.s && memory.d == 10);
        struct memory again = memory_round(memory);
        assert_true(again.s == memory.s);
    }
    assert_true(memory_round((struct memory){0}).s == 0);
    assert_true(memory_round((struct memory){.s = 36500}).s == 36500);
}

/* A card's life: each row is an answer, and what must come of it. */
struct life {
    enum grade grade;
    bool aided;
    double hours; /* since the answer before */
    double read_age_s;
    double days; /* the interval that must come out, exactly; below 0: at most so many days */
    int step, lapses, mastery;
};

static void check_life(enum algorithm algorithm, const struct plan_options *options, const struct life *life,
                       size_t count)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    struct fsrs fsrs = fsrs_prepare(&params);
    struct standing standing = {0};
    int64_t now = NOON;
    for (size_t i = 0; i < count; i++) {
        now += (int64_t)(life[i].hours * (double)HOUR);
        struct answered answered = {life[i].grade, life[i].aided, life[i].read_age_s, now, 60};
        standing = plan_next(&fsrs, options, &standing, &answered, i);
        if (life[i].days < 0)
            assert_true(standing.interval_days <= -life[i].days);
        else
            assert_near(standing.interval_days, life[i].days, 1e-12);
        assert_int_equal(standing.step, life[i].step);
        assert_int_equal(standing.lapses, life[i].lapses);
        assert_int_equal(standing.mastery, life[i].mastery);
        assert_int_equal(standing.reps, i + 1);
        int64_t today = day_number(now, 60, options->rollover_hour);
        if (standing.step == 0)
            assert_int_equal(standing.due_at_ms, day_start_ms(today + (int64_t)standing.interval_days, 60,
                                                              options->rollover_hour));
        else
            assert_int_equal(standing.due_at_ms, now + llround(standing.interval_days * (double)DAY_MS));
    }
}

#define MINUTES(n) ((n) / 1440.0)
#define CHECK_LIFE(algorithm, options, ...)                                                                  \
    check_life((algorithm), (options), (struct life[]){__VA_ARGS__},                                         \
               sizeof((struct life[]){__VA_ARGS__}) / sizeof(struct life))

static void guards_bend_the_due_day(void **state)
{
    (void)state;
    struct plan_options options = plan_defaults();
    options.fuzz = false;
    /* The model alone would say 3.3 seconds, 54 days, 4.8 days. */
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_AGAIN, false, 0, -1, MINUTES(1), 1, 0, 0},
               {GRADE_GOOD, false, 0.1, -1, 1, 0, 0, 1}, {GRADE_GOOD, false, 20, -1, -4, 0, 0, 2});
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_EASY, false, 0, -1, 21, 0, 0, 1},
               {GRADE_EASY, false, 21 * 24, -1, 84, 0, 0, 2},
               {GRADE_EASY, false, 100 * 24, -1, 400, 0, 0, 3});
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_GOOD, false, 0, -1, 5, 0, 0, 1});
    /* Just read: tomorrow, whatever the model says; the day's end of the learner counts, not 24 hours. */
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_EASY, false, 0, 600, 1, 0, 0, 1});
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_GOOD, false, 0, 43201, 5, 0, 0, 1});
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_AGAIN, false, 0, 600, MINUTES(1), 1, 0, 0},
               {GRADE_GOOD, false, 0.1, 960, 1, 0, 0, 1});
    /* A long overdue success may grow beyond four times what was planned. */
    CHECK_LIFE(ALGORITHM_FSRS7, &options, {GRADE_GOOD, false, 0, 600, 1, 0, 0, 1},
               {GRADE_GOOD, false, 200 * 24, -1, -800, 0, 0, 2});
    options.maximum_days = 10;
    CHECK_LIFE(ALGORITHM_FSRS6, &options, {GRADE_EASY, false, 0, -1, 8, 0, 0, 1},
               {GRADE_EASY, false, 8 * 24, -1, 10, 0, 0, 2});
}

static void a_miss_returns_in_the_session_until_one_unaided_success(void **state)
{
    (void)state;
    struct plan_options options = plan_defaults();
    options.fuzz = false;
    CHECK_LIFE(
        ALGORITHM_FSRS7, &options, {GRADE_AGAIN, false, 0, 60, MINUTES(1), 1, 0, 0},
        {GRADE_HARD, true, 0.05, 240, -MINUTES(10), 1, 0, 0}, {GRADE_GOOD, false, 0.1, 600, 1, 0, 0, 1},
        {GRADE_HARD, true, 24, -1, -4, 0, 0, 1}, {GRADE_AGAIN, false, 60, -1, -MINUTES(10), 1, 1, 1},
        {GRADE_AGAIN, false, 0.2, -1, -MINUTES(10), 1, 1, 1}, {GRADE_GOOD, false, 0.2, -1, 1, 0, 1, 2});
}

static void learning_steps_are_walked_as_anki_does(void **state)
{
    (void)state;
    struct plan_options options = plan_defaults();
    options.fuzz = false;
    options.learn = (struct steps){2, {60, 600}};
    options.relearn = (struct steps){1, {600}};
    CHECK_LIFE(ALGORITHM_FSRS6, &options, {GRADE_GOOD, false, 0, -1, MINUTES(10), 1, 0, 1},
               {GRADE_AGAIN, false, 0.2, -1, MINUTES(1), 2, 0, 1},
               {GRADE_HARD, false, 0.1, -1, MINUTES(5.5), 2, 0, 1},
               {GRADE_GOOD, false, 0.1, -1, MINUTES(10), 1, 0, 1},
               {GRADE_HARD, false, 0.2, -1, MINUTES(10), 1, 0, 1}, {GRADE_GOOD, false, 0.2, -1, -4, 0, 0, 1},
               {GRADE_AGAIN, false, 72, -1, MINUTES(10), 1, 1, 1},
               {GRADE_HARD, false, 0.2, -1, MINUTES(15), 1, 1, 2}, {GRADE_GOOD, false, 0.3, -1, 1, 0, 1, 2});
    CHECK_LIFE(ALGORITHM_FSRS6, &options, {GRADE_EASY, false, 0, -1, 8, 0, 0, 1});
}

static void no_interval_reaches_past_the_eve_of_an_exam(void **state)
{
    (void)state;
    struct plan_options options = plan_defaults();
    options.has_exam = true;
    options.exam_day = 20522 + 6;
    for (int i = 0; i < 20; i++) {
        struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS7);
        struct fsrs fsrs = fsrs_prepare(&params);
        struct standing new_card = {0};
        struct answered answered = {GRADE_EASY, false, -1, NOON, 0};
        struct standing standing = plan_next(&fsrs, &options, &new_card, &answered, (uint64_t)i);
        assert_true(standing.interval_days <= 5);
        answered.at_ms += 5 * DAY_MS; /* the eve: beyond it the date bends nothing */
        assert_true(plan_next(&fsrs, &options, &standing, &answered, (uint64_t)i).interval_days > 5);
    }
}

static void a_clock_set_back_counts_as_no_time(void **state)
{
    (void)state;
    struct standing standing = {.memory = {1, 1, 5}, .last_at_ms = NOON, .last_day = 20522};
    assert_true(plan_elapsed(ALGORITHM_FSRS7, &standing, NOON - 365 * DAY_MS, 20522 - 365) == 0);
    assert_true(plan_elapsed(ALGORITHM_FSRS6, &standing, NOON - 365 * DAY_MS, 20522 - 365) == 0);
    assert_true(plan_elapsed(ALGORITHM_FSRS7, &standing, NOON + DAY_MS / 2, 20523) == 0.5);
    assert_true(plan_elapsed(ALGORITHM_FSRS6, &standing, NOON + DAY_MS / 2, 20523) == 1);
    assert_true(plan_elapsed(ALGORITHM_FSRS7, &(struct standing){0}, NOON, 20522) == 0);
}

static void help_caps_the_grade(void **state)
{
    (void)state;
    assert_int_equal(grade_highest(0, 0), GRADE_EASY);
    assert_int_equal(grade_highest(3, 0), GRADE_HARD);
    assert_int_equal(grade_highest(0, 1), GRADE_HARD);
}

static void better_grades_never_come_back_sooner(void **state)
{
    (void)state;
    struct random random = {11};
    struct plan_options options = plan_defaults();
    for (int i = 0; i < 300; i++) {
        struct fsrs_params params = fsrs_defaults(i % 2 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7);
        struct fsrs fsrs = fsrs_prepare(&params);
        struct standing standing = {0}, next[4];
        struct answered answered = {.read_age_s = -1, .at_ms = NOON};
        for (int k = 0; k < 10; k++) {
            uint64_t seed = plan_seed(STR("card"), standing.reps);
            plan_preview(&fsrs, &options, &standing, &answered, seed, next);
            for (int g = 1; g < 4; g++)
                assert_true(next[g].interval_days >= next[g - 1].interval_days);
            standing = next[random_below(&random, 4)];
            answered.at_ms = standing.due_at_ms + (int64_t)random_below(&random, DAY_MS);
        }
    }
}

static void fuzz_spreads_as_anki_does(void **state)
{
    (void)state;
    static const struct {
        double interval, maximum;
        int first, last;
    } rows[] = {
        {0.3, 100, 1, 1},  {1, 100, 1, 1},       {2.4, 100, 2, 2},    {2.5, 100, 2, 4}, {7, 100, 5, 9},
        {20, 100, 17, 23}, {100, 1000, 93, 107}, {100, 100, 93, 100}, {5, 1, 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int first, last;
        fuzz_range(rows[i].interval, rows[i].maximum, &first, &last);
        assert_int_equal(first, rows[i].first);
        assert_int_equal(last, rows[i].last);
        assert_int_equal(fuzz_pick(first, last, 0), first);
        assert_int_equal(fuzz_pick(first, last, 0.999999), last);
    }
}

static void busy_days_easy_days_and_siblings_are_avoided(void **state)
{
    (void)state;
    struct day_load loads[] = {{40, 1, -1}, {0, 0, -1}, {2, 1, 0}, {2, 1, -1}, {80, 0.5, 3}};
    int picked[5] = {0};
    for (int i = 0; i < 1000; i++)
        picked[balance_pick(loads, 10, 5, i / 1000.0) - 10]++;
    assert_true(picked[3] > 950);
    assert_true(picked[0] < 20 && picked[1] < 20 && picked[2] < 5 && picked[4] < 5);
}

static void a_leech_is_a_card_whose_lapses_surprise(void **state)
{
    (void)state;
    double recalls[20];
    for (int i = 0; i < 20; i++)
        recalls[i] = 0.9;
    assert_near(leech_p_value(recalls, 20, 1), 1 - pow(0.9, 20), 1e-12);
    assert_near(leech_p_value(recalls, 2, 2), 0.01, 1e-12);
    assert_true(leech_p_value(recalls, 20, 8) < 1e-3);
    assert_true(leech_p_value(recalls, 20, 0) == 1 && leech_p_value(recalls, 2, 3) == 0);
}

static struct simulation small_simulation(enum algorithm algorithm)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    struct simulation simulation = simulation_defaults(&params);
    simulation.cards = 150;
    simulation.days = 90;
    simulation.new_per_day = 5;
    return simulation;
}

static void a_simulation_keeps_the_limits_and_loses_no_card(void **state)
{
    (void)state;
    struct simulation simulation = small_simulation(ALGORITHM_FSRS7);
    simulation.reviews_per_day = 6;
    struct simulated_day days[90];
    struct simulated simulated = simulate(&simulation, 0.9, days);
    int first = 0, waited = 0;
    for (int i = 0; i < 90; i++) {
        assert_true(days[i].first <= 5 && days[i].known <= (float)(first + days[i].first));
        first += days[i].first;
        waited += days[i].waiting;
    }
    assert_int_equal(first, 150);
    assert_true(simulated.met == 150 && waited > 0);
    assert_true(simulated.known > 100 && simulated.known < 150);
    simulation.minutes_per_day = 1;
    simulate(&simulation, 0.9, days);
    for (int i = 0; i < 90; i++)
        assert_true(days[i].minutes < 3); /* the card at hand is finished */
}

static void a_curve_is_the_same_for_any_crew_and_costs_more_for_more(void **state)
{
    (void)state;
    struct simulation simulation = small_simulation(ALGORITHM_FSRS6);
    double retentions[] = {0.7, 0.8, 0.9, 0.97};
    struct simulated alone[4], together[4];
    simulate_curve(&simulation, retentions, 4, alone);
    simulation.crew = crew_open(3);
    simulate_curve(&simulation, retentions, 4, together);
    crew_close(simulation.crew);
    for (int i = 0; i < 4; i++) {
        assert_true(alone[i].minutes == together[i].minutes && alone[i].known == together[i].known);
        assert_true(i == 0 ||
                    (alone[i].reviews > alone[i - 1].reviews && alone[i].known > alone[i - 1].known));
    }
    int best = simulate_suggest(alone, 4);
    for (int i = 0; i < 4; i++)
        assert_true(alone[best].minutes_each <= alone[i].minutes_each);
}

static void an_exam_date_makes_more_known_on_its_day(void **state)
{
    (void)state;
    struct simulation simulation = small_simulation(ALGORITHM_FSRS7);
    double without = simulate(&simulation, 0.8, NULL).known;
    simulation.plan.has_exam = true;
    simulation.plan.exam_day = simulation.days;
    assert_true(simulate(&simulation, 0.8, NULL).known > without);
}

static void habits_come_from_the_log_as_it_grows(void **state)
{
    (void)state;
    struct review reviews[2000];
    for (uint32_t i = 0; i < 2000; i++)
        reviews[i] = (struct review){.at_ms = i, .card = i % 1000, .grade = i < 1000 ? 1 : 3};
    struct review_log log = {.items = reviews, .cards = 1000};
    struct habits usual = habits_defaults(), none = habits_of(&log);
    assert_true(fabs(none.first_share[0] - usual.first_share[0]) < 1e-12);
    log.count = 2000;
    struct habits habits = habits_of(&log);
    assert_true(habits.first_share[0] > 0.95 && habits.recall_share[1] > 0.98);
    assert_near(habits.recall_share[0] + habits.recall_share[1] + habits.recall_share[2], 1, 1e-12);
}

static void check_many(const struct fsrs *fsrs, struct random *random)
{
    enum { COUNT = 67 };
    struct memory memories[COUNT], stepped[COUNT];
    double days[COUNT], recalls[COUNT], intervals[COUNT];
    uint8_t grades[COUNT];
    for (int i = 0; i < COUNT; i++) {
        memories[i] = fsrs_step(fsrs, (struct memory){0}, (enum grade)(1 + random_below(random, 4)), 0);
        memories[i] = fsrs_step(fsrs, memories[i], (enum grade)(1 + random_below(random, 4)), i % 9);
        days[i] = random_below(random, 4) ? exp(random_unit(random) * 8 - 2) : 0;
        grades[i] = (uint8_t)(1 + random_below(random, 4));
        stepped[i] = memories[i];
    }
    fsrs_recall_many(fsrs, memories, days, COUNT, recalls);
    fsrs_days_many(fsrs, memories, 0.85, COUNT, intervals);
    fsrs_step_many(fsrs, stepped, grades, days, COUNT);
    for (int i = 0; i < COUNT; i++) {
        struct memory next = fsrs_step(fsrs, memories[i], (enum grade)grades[i], days[i]);
        assert_near(recalls[i], fsrs_recall(fsrs, memories[i], days[i]), 1e-12);
        assert_near(intervals[i], fsrs_days(fsrs, memories[i], 0.85), 1e-9);
        assert_near(stepped[i].s, next.s, 1e-12);
        assert_near(stepped[i].x, next.x, 1e-12);
        assert_near(stepped[i].d, next.d, 1e-12);
    }
}

static void many_cards_at_once_fare_as_one_by_one(void **state)
{
    (void)state;
    struct random random = {5};
    for (int i = 0; i < 40; i++) {
        enum algorithm algorithm = i % 2 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7;
        struct fsrs_params params = i < 4 ? fsrs_defaults(algorithm) : random_params(algorithm, &random);
        struct fsrs fsrs = fsrs_prepare(&params);
        check_many(&fsrs, &random);
    }
}

/* Anki's log */

/* clang-format off */
#define LEARN {.kind = ANKI_LEARN, .grade = 3, .interval = 3, .factor = 2500}
#define REVIEW {.kind = ANKI_REVIEW, .grade = 3, .interval = 8, .factor = 2500}
#define LAPSE {.kind = ANKI_REVIEW, .grade = 1, .interval = -600, .factor = 2300}
#define RELEARN {.kind = ANKI_RELEARN, .grade = 3, .interval = 1, .factor = 2300}
#define CRAM {.kind = ANKI_FILTERED, .grade = 2, .interval = 8}
#define EARLY {.kind = ANKI_FILTERED, .grade = 4, .interval = 9, .factor = 2500}
#define RESET {.kind = ANKI_MANUAL}
#define MOVED {.kind = ANKI_MANUAL, .factor = 2500}
#define RESCHEDULED {.kind = ANKI_RESCHEDULED, .factor = 500, .interval = 4}
#define FIVE {.kind = ANKI_REVIEW, .grade = 5, .factor = 2500}
#define NEWER {.kind = 9, .grade = 3, .factor = 2500}

/* clang-format on */

/* G a grade, P practice, R a reset, M a memory. */
static const struct {
    struct anki_review rows[6];
    size_t count;
    const char *kinds;
    size_t unknown;
} anki_logs[] = {
    {{LEARN, LEARN, REVIEW, LAPSE, RELEARN}, 5, "GGGGG", 0},
    {{LEARN, REVIEW, CRAM, REVIEW}, 4, "GGPG", 0},
    {{LEARN, REVIEW, EARLY, REVIEW}, 4, "GGGG", 0},
    {{LEARN, MOVED, REVIEW, RESCHEDULED, REVIEW}, 5, "GGG", 0},
    {{LEARN, REVIEW, RESET, LEARN, REVIEW}, 5, "GGRGG", 0},
    {{LEARN, REVIEW, RESET}, 3, "GGR", 0},
    {{LEARN, REVIEW, LEARN, REVIEW}, 4, "GGRGG", 0}, /* an old Anki, which reset without a word */
    {{LEARN, MOVED, LEARN}, 3, "GRG", 0},
    {{REVIEW, LAPSE, RELEARN}, 3, "GMGG", 0}, /* the beginning is missing */
    {{RELEARN, REVIEW}, 2, "GMG", 0},
    {{LAPSE, REVIEW}, 2, "GGM", 0},
    {{REVIEW, RESET, REVIEW}, 3, "GMRG", 0},
    {{FIVE, LEARN, NEWER, REVIEW}, 4, "GG", 2},
    {{CRAM}, 1, "P", 0},
};

static void a_log_of_anki_is_read_as_anki_reads_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof anki_logs / sizeof *anki_logs; i++) {
        struct arena arena = {0};
        struct pasts pasts = {0};
        assert_int_equal(past_from_anki(&arena, anki_logs[i].rows, anki_logs[i].count, &pasts),
                         anki_logs[i].unknown);
        char kinds[16] = {0};
        for (size_t k = 0; k < pasts.count; k++)
            kinds[k] = "GPRMD"[pasts.items[k].kind];
        assert_string_equal(kinds, anki_logs[i].kinds);
        arena_finish(&arena);
    }
}

static void a_missing_beginning_is_told_by_interval_and_ease(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct anki_review review = REVIEW;
    struct anki_review difficult = review;
    difficult.factor = 600;
    struct pasts pasts = {0};
    past_from_anki(&arena, &review, 1, &pasts);
    past_from_anki(&arena, &difficult, 1, &pasts);
    assert_true(pasts.items[1].ease == 2.5 && pasts.items[1].interval_days == 8 && pasts.items[1].s == 0);
    assert_true(pasts.items[3].s == 8 && pasts.items[3].d == 5.5);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fsrs6_gives_the_exact_states_and_intervals),
        cmocka_unit_test(fsrs7_gives_the_exact_states_and_intervals),
        cmocka_unit_test(our_exp_and_log_agree_with_the_library),
        cmocka_unit_test(any_weights_keep_memories_in_bounds_and_curves_falling),
        cmocka_unit_test(weights_from_outside_are_checked),
        cmocka_unit_test(older_weights_are_upgraded),
        cmocka_unit_test(an_sm2_interval_becomes_a_memory_with_that_interval),
        cmocka_unit_test(days_begin_at_the_rollover_hour_of_their_zone),
        cmocka_unit_test(days_between_answers_survive_travel_and_daylight_saving),
        cmocka_unit_test(a_memory_keeps_nine_digits),
        cmocka_unit_test(guards_bend_the_due_day),
        cmocka_unit_test(a_miss_returns_in_the_session_until_one_unaided_success),
        cmocka_unit_test(learning_steps_are_walked_as_anki_does),
        cmocka_unit_test(no_interval_reaches_past_the_eve_of_an_exam),
        cmocka_unit_test(a_clock_set_back_counts_as_no_time),
        cmocka_unit_test(help_caps_the_grade),
        cmocka_unit_test(better_grades_never_come_back_sooner),
        cmocka_unit_test(fuzz_spreads_as_anki_does),
        cmocka_unit_test(busy_days_easy_days_and_siblings_are_avoided),
        cmocka_unit_test(a_leech_is_a_card_whose_lapses_surprise),
        cmocka_unit_test(a_simulation_keeps_the_limits_and_loses_no_card),
        cmocka_unit_test(a_curve_is_the_same_for_any_crew_and_costs_more_for_more),
        cmocka_unit_test(an_exam_date_makes_more_known_on_its_day),
        cmocka_unit_test(habits_come_from_the_log_as_it_grows),
        cmocka_unit_test(a_log_of_anki_is_read_as_anki_reads_it),
        cmocka_unit_test(a_missing_beginning_is_told_by_interval_and_ease),
        cmocka_unit_test(many_cards_at_once_fare_as_one_by_one),
    };
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
