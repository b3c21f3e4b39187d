#include "test.h"

#include "base/random.h"
#include "schedule/elementary.h"
#include "schedule/fsrs.h"

#include <math.h>

/* One review: what was graded after how many days, the recall before, the memory and the 90 % interval after.
 */
struct review {
    enum grade grade;
    double days, recall, s, x, d, interval;
};

/* Exact values, independently computed. */
static const struct review reviews6[] = {
    {2, 0, 0, 1.2931, 0, 5.112170705601055, 1.2930999999999997},
    {1, 16, 0.6722992534811223, 0.5615913516394365, 0, 8.378632117467106, 0.5615913516394364},
    {1, 1, 0.8557772092713005, 0.205294635592764, 0, 9.452295771609876, 0.20529463559276398},
    {3, 0, 1, 0.23939237253690618, 0, 9.438071845135104, 0.23939237253690612},
    {4, 1, 0.77795855214131, 1.356523741753328, 0, 9.23553001092811, 1.3565237417533278},
    {4, 287, 0.43895710489634304, 16.9544908158904, 0, 8.965308134178613, 16.954490815890395},
    {2, 46, 0.8186805293188242, 30.02550958562537, 0, 9.298351692123653, 30.025509585625365},
};

static const struct review reviews7[] = {
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

static void check_reviews(const struct fsrs_params *params, const struct review *reviews, size_t count,
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
