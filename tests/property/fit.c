/* Fits: gradients are those of the loss, results do not depend on threads, a fit finds the truth behind a made log. */
#include "unit/test.h"

#include "base/arena.h"
#include "base/crew.h"
#include "base/list.h"
#include "base/random.h"
#include "schedule/fit.h"
#include "schedule/objective.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400000)

/* A learner with these weights, asked on the days of the default schedule, give or take. */
static struct review_log make_log(struct arena *arena, const struct fsrs_params *truth, uint32_t cards,
                                  uint64_t seed)
{
    struct random random = {seed};
    struct fsrs_params usual = fsrs_defaults(truth->algorithm);
    struct fsrs learner = fsrs_prepare(truth), program = fsrs_prepare(&usual);
    struct review_log log = {.cards = cards};
    for (uint32_t card = 0; card < cards; card++) {
        struct memory real = {0}, guess = {0};
        int64_t at_ms = (int64_t)random_below(&random, 300) * DAY;
        uint16_t days = 0;
        for (int k = 0; k < 4 + (int)random_below(&random, 12); k++) {
            double chance = k ? fsrs_recall(&learner, real, days) : 0.7;
            bool recalled = random_unit(&random) < chance;
            enum grade grade = recalled ? GRADE_HARD + (enum grade)random_below(&random, 3) : GRADE_AGAIN;
            list_push(arena, &log, (struct review){at_ms, card, days, (uint8_t)grade, 0});
            real = fsrs_step(&learner, real, grade, days);
            guess = fsrs_step(&program, guess, grade, days);
            double interval = fsrs_days(&program, guess, 0.9) * (0.5 + 1.5 * random_unit(&random));
            days = random_below(&random, 8) == 0 ? 0 : (uint16_t)fmin(fmax(interval, 1), 400);
            at_ms += days ? days * DAY : 600000;
        }
    }
    review_log_sort(&log);
    return log;
}

static struct fsrs_params other_learner(enum algorithm algorithm)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    params.w[0] *= 2;
    params.w[2] *= 1.5;
    params.w[4] -= 0.4;
    return params;
}

static struct objective open_objective(struct arena *arena, const struct review_log *log,
                                       enum algorithm algorithm, struct crew *crew)
{
    struct training *training = arena_new(arena, struct training);
    struct fsrs_params *start = arena_new(arena, struct fsrs_params);
    *start = fsrs_defaults(algorithm);
    training_build(arena, log, &(struct training_options){algorithm, 0, log->count, true}, training);
    training_weigh(training, (struct recency){0.25, 3});
    struct objective objective = {
        .algorithm = algorithm, .training = training, .start = start->w, .pull = 1, .crew = crew};
    objective_open(arena, &objective);
    return objective;
}

static void check_gradient(enum algorithm algorithm, uint64_t seed)
{
    struct arena arena = {0};
    struct random random = {seed};
    struct fsrs_params truth = other_learner(algorithm);
    struct review_log log = make_log(&arena, &truth, 60, seed);
    struct objective objective = open_objective(&arena, &log, algorithm, NULL);
    size_t count = fsrs_weight_count(algorithm);
    double w[FSRS7_WEIGHTS], gradient[FSRS7_WEIGHTS], unused[FSRS7_WEIGHTS];
    memcpy(w, fsrs_defaults(algorithm).w, sizeof w);
    for (size_t i = 0; i < count; i++)
        w[i] *= 1 + 0.1 * (random_unit(&random) - 0.5);
    double value = objective_value(&objective, w, gradient);
    for (size_t i = 0; i < count; i++) {
        double step = 1e-6 * fmax(1, fabs(w[i])), middle = w[i];
        w[i] = middle + step;
        double above = objective_value(&objective, w, unused);
        w[i] = middle - step;
        double below = objective_value(&objective, w, unused);
        w[i] = middle;
        double seen = (above - below) / (2 * step);
        if (!(fabs(seen - gradient[i]) <= 1e-4 * fabs(seen) + 1e-6 * value))
            fail_msg("FSRS-%d, w%zu: %.9g by differences, %.9g by hand", (int)algorithm, i, seen,
                     gradient[i]);
    }
    arena_finish(&arena);
}

static void gradients_are_those_of_the_loss(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        check_gradient(ALGORITHM_FSRS6, seed);
        check_gradient(ALGORITHM_FSRS7, seed);
    }
}

/* The passes are written again for lanes; they must tell the same story as the steps that schedule. */
static void predictions_of_a_pass_are_those_of_the_model(void **state)
{
    (void)state;
    for (int algorithm = 6; algorithm <= 7; algorithm++) {
        struct arena arena = {0};
        struct fsrs_params truth = other_learner((enum algorithm)algorithm);
        struct review_log log = make_log(&arena, &truth, 40, 5);
        struct objective objective = open_objective(&arena, &log, (enum algorithm)algorithm, NULL);
        struct fsrs fsrs = fsrs_prepare(&truth);
        const struct training *training = objective.training;
        float *predicted = arena_array(&arena, training->slot_count, sizeof *predicted);
        objective_predict(&objective, truth.w, predicted);
        for (size_t b = 0; b < training->block_count; b++)
            for (uint32_t lane = 0; lane < LANES; lane++) {
                struct memory memory = {0};
                for (uint32_t k = 0; k < training->blocks[b].steps; k++) {
                    size_t slot = training->blocks[b].first + (size_t)k * LANES + lane;
                    if (!training->grades[slot])
                        break;
                    double days = (double)training->days[slot];
                    if (k > 0)
                        assert_true(fabs((double)predicted[slot] - fsrs_recall(&fsrs, memory, days)) < 1e-6);
                    memory = fsrs_step(&fsrs, memory, (enum grade)training->grades[slot], days);
                }
            }
        arena_finish(&arena);
    }
}

static void a_fit_has_the_same_bits_for_any_number_of_threads(void **state)
{
    (void)state;
    for (int algorithm = 6; algorithm <= 7; algorithm++) {
        struct arena arena = {0};
        struct fsrs_params truth = other_learner((enum algorithm)algorithm);
        struct review_log log = make_log(&arena, &truth, 3000, 9);
        struct fit fits[4];
        for (int hands = 1; hands <= 4; hands++) {
            struct crew *crew = hands > 1 ? crew_open(hands) : NULL;
            struct fit_options options = {.algorithm = (enum algorithm)algorithm,
                                          .settings = fit_defaults((enum algorithm)algorithm),
                                          .end = algorithm == 7 ? log.count / 4 : SIZE_MAX,
                                          .crew = crew};
            assert_true(fit_run(&log, &options, &fits[hands - 1]));
            crew_close(crew);
            assert_memory_equal(fits[hands - 1].params.w, fits[0].params.w, sizeof fits[0].params.w);
            assert_memory_equal(&fits[hands - 1].objective, &fits[0].objective, sizeof fits[0].objective);
        }
        arena_finish(&arena);
    }
}

static void a_fit_foretells_better_than_the_defaults(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fsrs_params truth = other_learner(ALGORITHM_FSRS6), usual = fsrs_defaults(ALGORITHM_FSRS6);
    truth.w[20] = 0.3;
    struct review_log log = make_log(&arena, &truth, 1500, 21), unseen = make_log(&arena, &truth, 1500, 22);
    struct fit_options options = {.algorithm = ALGORITHM_FSRS6,
                                  .settings = fit_defaults(ALGORITHM_FSRS6),
                                  .end = SIZE_MAX,
                                  .errors = true};
    struct fit fit;
    assert_true(fit_run(&log, &options, &fit));
    assert_int_equal(fit.depth, FIT_WHOLE);
    double loss = fit_score(&unseen, 0, SIZE_MAX, &fit.params).log_loss;
    double best = fit_score(&unseen, 0, SIZE_MAX, &truth).log_loss;
    assert_true(loss < fit_score(&unseen, 0, SIZE_MAX, &usual).log_loss);
    assert_true(loss < best + 0.003);
    /* How sure it is: the truth lies within a few standard errors. */
    assert_true(fit.errors[0] > 0 && fabs(fit.params.w[0] - truth.w[0]) < 5 * fit.errors[0]);
    assert_true(fit.errors[20] > 0 && fabs(fit.params.w[20] - truth.w[20]) < 5 * fit.errors[20]);
    arena_finish(&arena);
}

static void few_reviews_teach_little(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fsrs_params truth = other_learner(ALGORITHM_FSRS7), usual = fsrs_defaults(ALGORITHM_FSRS7);
    struct review_log log = make_log(&arena, &truth, 20, 3);
    struct fit_options options = {.algorithm = ALGORITHM_FSRS7, .settings = fit_defaults(ALGORITHM_FSRS7)};
    struct fit fit;
    assert_true(fit_run(&log, &options, &fit)); /* none of them */
    assert_int_equal(fit.depth, FIT_NOTHING);
    assert_memory_equal(fit.params.w, usual.w, sizeof usual.w);
    options.end = 40;
    assert_true(fit_run(&log, &options, &fit));
    assert_int_equal(fit.depth, FIT_START);
    assert_true(fit.params.w[10] == usual.w[10]);
    assert_true(fit.params.w[0] <= fit.params.w[1] && fit.params.w[1] <= fit.params.w[2]);
    struct review_log empty = {0};
    options.end = SIZE_MAX;
    assert_true(fit_run(&empty, &options, &fit));
    assert_int_equal(fit.targets, 0);
    arena_finish(&arena);
}

static void a_refit_is_taken_only_when_it_foretells_no_worse(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fsrs_params truth = other_learner(ALGORITHM_FSRS6);
    truth.w[20] = 0.3;
    struct review_log log = make_log(&arena, &truth, 1500, 31);
    struct fsrs_params usual = fsrs_defaults(ALGORITHM_FSRS6);
    struct fit_options options = {.algorithm = ALGORITHM_FSRS6,
                                  .settings = fit_defaults(ALGORITHM_FSRS6),
                                  .end = SIZE_MAX,
                                  .from = &usual};
    struct fit_update update;
    assert_true(fit_refit(&log, &options, &update));
    assert_true(update.taken && update.after <= update.before);
    assert_true(update.params.w[20] > usual.w[20] && update.params.w[20] < update.fit.params.w[20]);
    /* A fit on a past that was nothing but right foretells what comes worse than the truth. */
    for (size_t i = 0; i < log.count * 5 / 6; i++)
        log.items[i].grade = GRADE_GOOD;
    options.from = &truth;
    assert_true(fit_refit(&log, &options, &update));
    assert_false(update.taken);
    assert_memory_equal(update.params.w, truth.w, sizeof truth.w);
    assert_true(update.interval_change == 1);
    arena_finish(&arena);
}

static void a_cancelled_fit_ends(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fsrs_params truth = other_learner(ALGORITHM_FSRS6);
    struct review_log log = make_log(&arena, &truth, 300, 2);
    atomic_bool cancelled = true;
    struct fit_options options = {.algorithm = ALGORITHM_FSRS6,
                                  .settings = fit_defaults(ALGORITHM_FSRS6),
                                  .end = SIZE_MAX,
                                  .cancelled = &cancelled};
    struct fit fit;
    assert_false(fit_run(&log, &options, &fit));
    double loss;
    assert_false(fit_out_of_sample(&log, &options, 5, &loss));
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_those_of_the_loss),
        cmocka_unit_test(predictions_of_a_pass_are_those_of_the_model),
        cmocka_unit_test(a_fit_has_the_same_bits_for_any_number_of_threads),
        cmocka_unit_test(a_fit_foretells_better_than_the_defaults),
        cmocka_unit_test(few_reviews_teach_little),
        cmocka_unit_test(a_refit_is_taken_only_when_it_foretells_no_worse),
        cmocka_unit_test(a_cancelled_fit_ends),
    };
    return cmocka_run_group_tests_name("fits", tests, NULL, NULL);
}
