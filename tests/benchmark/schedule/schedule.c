/* How fast the model steps, replays, sorts, fits and simulates. Each figure is the median of several runs.
 *
 * usage: benchmark-schedule [LOG]   writes the log of the fits as CSV, for peers to fit */
#include "base/arena.h"
#include "base/crew.h"
#include "base/list.h"
#include "base/random.h"
#include "schedule/fit.h"
#include "schedule/many.h"
#include "schedule/plan.h"
#include "schedule/simulate.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY INT64_C(86400000)

/* Short batches: most of them pass undisturbed. */
enum { CARDS = 512, RUNS = 301 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_s(void (*work)(void *data), void *data, int runs)
{
    double times[RUNS];
    for (int i = 0; i < runs; i++) {
        double begin = now_s();
        work(data);
        times[i] = now_s() - begin;
    }
    qsort(times, (size_t)runs, sizeof *times, by_value);
    return times[runs / 2];
}

static void tell(const char *what, double figure, const char *unit, const char *goal)
{
    printf("%-58s %9.2f %-5s %s\n", what, figure, unit, goal);
}

/* Steps */

struct deck {
    struct fsrs fsrs;
    struct memory memories[CARDS], next[CARDS];
    double days[CARDS], intervals[CARDS];
    uint8_t grades[CARDS];
    double sum;
};

static void fill_deck(struct deck *deck, enum algorithm algorithm)
{
    struct random random = {1};
    struct fsrs_params params = fsrs_defaults(algorithm);
    deck->fsrs = fsrs_prepare(&params);
    for (int i = 0; i < CARDS; i++) {
        struct memory memory = {0};
        double days = 0;
        for (int k = 0; k < 4; k++) {
            memory =
                fsrs_step(&deck->fsrs, memory, random_below(&random, 5) ? GRADE_GOOD : GRADE_AGAIN, days);
            days = fmax(1, floor(fsrs_days(&deck->fsrs, memory, 0.9) * (0.5 + random_unit(&random))));
        }
        deck->memories[i] = memory;
        deck->days[i] = days;
        deck->grades[i] = (uint8_t)(random_below(&random, 8) ? 3 : 1 + random_below(&random, 4));
    }
}

static void step_each(void *data)
{
    struct deck *deck = data;
    for (int i = 0; i < CARDS; i++) {
        struct memory next =
            fsrs_step(&deck->fsrs, deck->memories[i], (enum grade)deck->grades[i], deck->days[i]);
        deck->sum += fsrs_days(&deck->fsrs, next, 0.9);
    }
}

static void step_many(void *data)
{
    struct deck *deck = data;
    memcpy(deck->next, deck->memories, sizeof deck->next);
    fsrs_step_many(&deck->fsrs, deck->next, deck->grades, deck->days, CARDS);
    fsrs_days_many(&deck->fsrs, deck->next, 0.9, CARDS, deck->intervals);
}

static void bench_steps(void)
{
    static struct deck deck;
    fill_deck(&deck, ALGORITHM_FSRS6);
    tell("FSRS-6 step and interval, one by one", CARDS / median_s(step_each, &deck, RUNS) / 1e6, "M/s", "20");
    tell("FSRS-6 step and interval, over arrays", CARDS / median_s(step_many, &deck, RUNS) / 1e6, "M/s", "");
    fill_deck(&deck, ALGORITHM_FSRS7);
    tell("FSRS-7 step and interval, one by one", CARDS / median_s(step_each, &deck, RUNS) / 1e6, "M/s",
         "1.5");
    tell("FSRS-7 step and interval, over arrays", CARDS / median_s(step_many, &deck, RUNS) / 1e6, "M/s", "4");
}

/* Logs */

/* Someone whose memory follows FSRS-6 with other weights than the default, asked by the default schedule. */
static struct review_log make_log(struct arena *arena, size_t count)
{
    static const double truth[FSRS6_WEIGHTS] = {.35, 1.1, 3.6, 14.2, 6.1, .7,  2.6, .05, 1.65, .22, .95,
                                                1.7, .08, .32, 1.9,  .45, 2.2, .62, .18, .09,  .28};
    struct fsrs_params params = fsrs_defaults(ALGORITHM_FSRS6);
    struct fsrs program = fsrs_prepare(&params);
    memcpy(params.w, truth, sizeof truth);
    struct fsrs learner = fsrs_prepare(&params);
    struct random random = {1000};
    struct review_log log = {.capacity = count + 100};
    log.items = arena_array(arena, log.capacity, sizeof *log.items);
    for (uint32_t card = 0; log.count < count; card++) {
        struct memory real = {0}, guess = {0};
        int64_t at_ms = (int64_t)random_below(&random, 800) * DAY;
        uint16_t days = 0;
        for (int k = 0; k < 30 && at_ms < 800 * DAY; k++) {
            bool recalled = random_unit(&random) < (k ? fsrs_recall(&learner, real, days) : 0.75);
            enum grade grade = !recalled                  ? GRADE_AGAIN
                               : random_below(&random, 8) ? GRADE_GOOD
                               : random_below(&random, 2) ? GRADE_HARD
                                                          : GRADE_EASY;
            list_push(arena, &log, (struct review){at_ms, card, days, (uint8_t)grade, 0});
            real = fsrs_step(&learner, real, grade, days);
            guess = fsrs_step(&program, guess, grade, days);
            double interval = fsrs_days(&program, guess, 0.9) * (0.9 + 0.4 * random_unit(&random));
            days = grade == GRADE_AGAIN ? 0 : (uint16_t)fmin(fmax(interval, 1), 10000);
            at_ms += days ? days * DAY : 600000;
        }
        log.cards = card + 1;
    }
    log.count = count;
    review_log_sort(&log);
    return log;
}

struct replay {
    const struct review_log *log;
    struct fsrs fsrs;
    struct memory *memories;
    int64_t *last_ms;
    bool rounded;
};

static void replay_log(void *data)
{
    struct replay *replay = data;
    bool six = replay->fsrs.params.algorithm == ALGORITHM_FSRS6;
    memset(replay->memories, 0, replay->log->cards * sizeof *replay->memories);
    for (size_t i = 0; i < replay->log->count; i++) {
        const struct review *review = &replay->log->items[i];
        int64_t *last = &replay->last_ms[review->card];
        double days = six ? review->days : (double)(review->at_ms - *last) / (double)DAY;
        struct memory next =
            fsrs_step(&replay->fsrs, replay->memories[review->card], (enum grade)review->grade, days);
        replay->memories[review->card] = replay->rounded ? memory_round(next) : next;
        *last = review->at_ms;
    }
}

static void bench_replay(struct arena *arena, const struct review_log *log, enum algorithm algorithm,
                         const char *goal)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    struct replay replay = {
        .log = log,
        .fsrs = fsrs_prepare(&params),
        .memories = arena_array(arena, log->cards, sizeof *replay.memories),
        .last_ms = arena_array(arena, log->cards, sizeof *replay.last_ms),
    };
    char what[80];
    snprintf(what, sizeof what, "replay of 1,000,000 reviews, FSRS-%d", (int)algorithm);
    tell(what, median_s(replay_log, &replay, 5) * 1e3, "ms", goal);
    replay.rounded = true;
    snprintf(what, sizeof what, "the same, rounded at each step as the collection does");
    tell(what, median_s(replay_log, &replay, 5) * 1e3, "ms", "");
}

struct fitting {
    const struct review_log *log;
    struct fit_options options;
};

static void fit_once(void *data)
{
    struct fitting *fitting = data;
    struct fit fit;
    fit_run(fitting->log, &fitting->options, &fit);
}

static void bench_fit(const struct review_log *log, enum algorithm algorithm, struct crew *crew,
                      const char *what, int runs, const char *goal)
{
    struct fitting fitting = {
        log,
        {.algorithm = algorithm, .settings = fit_defaults(algorithm), .end = SIZE_MAX, .crew = crew},
    };
    tell(what, median_s(fit_once, &fitting, runs) * 1e3, "ms", goal);
}

static void write_log(const struct review_log *log, const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return;
    fprintf(file, "card_id,review_ms,rating,elapsed_days\n");
    for (size_t i = 0; i < log->count; i++)
        fprintf(file, "%u,%" PRId64 ",%d,%d\n", log->items[i].card, log->items[i].at_ms, log->items[i].grade,
                log->items[i].days);
    fclose(file);
}

static void bench_logs(struct crew *crew, const char *path)
{
    struct arena arena = {0};
    struct review_log small = make_log(&arena, 100000), large = make_log(&arena, 1000000);
    bench_replay(&arena, &large, ALGORITHM_FSRS6, "60");
    bench_replay(&arena, &large, ALGORITHM_FSRS7, "200");
    bench_fit(&small, ALGORITHM_FSRS6, crew, "fit of FSRS-6, 100,000 reviews", 9, "60");
    bench_fit(&large, ALGORITHM_FSRS6, crew, "fit of FSRS-6, 1,000,000 reviews", 3, "700");
    bench_fit(&small, ALGORITHM_FSRS7, crew, "fit of FSRS-7, 100,000 reviews", 3, "1000");
    if (path)
        write_log(&small, path);
    arena_finish(&arena);
}

/* Queue and simulation */

enum { QUEUE = 100000 };

struct queue {
    struct fsrs fsrs;
    struct memory memories[QUEUE];
    double days[QUEUE], recalls[QUEUE];
};

static void foretell_queue(void *data)
{
    struct queue *queue = data;
    fsrs_recall_many(&queue->fsrs, queue->memories, queue->days, QUEUE, queue->recalls);
}

static void bench_queue(void)
{
    static struct queue queue;
    static struct deck deck;
    fill_deck(&deck, ALGORITHM_FSRS7);
    queue.fsrs = deck.fsrs;
    for (int i = 0; i < QUEUE; i++) {
        queue.memories[i] = deck.memories[i % CARDS];
        queue.days[i] = deck.days[i % CARDS] * (1 + i / (double)QUEUE);
    }
    tell("recall of 100,000 cards, FSRS-7", median_s(foretell_queue, &queue, 11) * 1e3, "ms", "");
}

static void simulate_year(void *data)
{
    struct simulation *simulation = data;
    double retentions[30];
    struct simulated points[30];
    for (int i = 0; i < 30; i++)
        retentions[i] = 0.70 + 0.01 * i;
    simulate_curve(simulation, retentions, 30, points);
}

static void bench_simulation(struct crew *crew, enum algorithm algorithm, const char *what, const char *goal)
{
    struct fsrs_params params = fsrs_defaults(algorithm);
    struct simulation simulation = simulation_defaults(&params);
    simulation.cards = 10000;
    simulation.new_per_day = 100;
    simulation.crew = crew;
    tell(what, median_s(simulate_year, &simulation, 3), "s", goal);
}

int main(int argc, char **argv)
{
    struct crew *crew = crew_open(0);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("%-58s %9s %-5s %s, %d processors\n", "", "median", "", "goal", crew_hands(crew));
    bench_steps();
    bench_logs(crew, argc > 1 ? argv[1] : NULL);
    bench_queue();
    bench_simulation(crew, ALGORITHM_FSRS6, "simulation, 30 aims, a year, 10,000 cards, FSRS-6", "1");
    bench_simulation(crew, ALGORITHM_FSRS7, "simulation, 30 aims, a year, 10,000 cards, FSRS-7", "3");
    crew_close(crew);
    return 0;
}
