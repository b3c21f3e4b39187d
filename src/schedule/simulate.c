#include "schedule/simulate.h"

#include "base/crew.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/random.h"
#include "schedule/day.h"
#include "schedule/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A card that is missed comes back so much later, so often at most on one day. */
enum { AGAIN_MS = 600000, MOST_A_DAY = 6 };

/* The learner's hour: noon, far from any rollover. */
#define NOON_MS (DAY_MS / 2)

struct habits habits_defaults(void)
{
    return (struct habits){
        .first_share = {0.25, 0.1, 0.5, 0.15},
        .recall_share = {0.12, 0.8, 0.08},
        .first_s = {18, 15, 12, 8},
        .review_s = {14, 10, 7, 5},
    };
}

struct habits habits_of(const struct review_log *log)
{
    enum { PRIOR = 50 };
    struct habits habits = habits_defaults();
    double first[4], recalled[3], firsts = PRIOR, recalls = PRIOR;
    for (int i = 0; i < 4; i++)
        first[i] = PRIOR * habits.first_share[i];
    for (int i = 0; i < 3; i++)
        recalled[i] = PRIOR * habits.recall_share[i];
    uint8_t *seen = memory_alloc(log->cards + 1);
    memset(seen, 0, log->cards + 1);
    for (size_t i = 0; i < log->count; i++) {
        const struct review *review = &log->items[i];
        if (!seen[review->card]) {
            first[review->grade - 1]++;
            firsts++;
        } else if (review->grade > 1) {
            recalled[review->grade - 2]++;
            recalls++;
        }
        seen[review->card] = 1;
    }
    free(seen);
    for (int i = 0; i < 4; i++)
        habits.first_share[i] = first[i] / firsts;
    for (int i = 0; i < 3; i++)
        habits.recall_share[i] = recalled[i] / recalls;
    return habits;
}

struct simulation simulation_defaults(const struct fsrs_params *params)
{
    return (struct simulation){
        .params = *params,
        .plan = plan_defaults(),
        .habits = habits_defaults(),
        .cards = 1000,
        .known_days = 30,
        .days = 365,
        .new_per_day = 12,
        .reviews_per_day = 9999,
        .seed = 1,
    };
}

struct sim_card {
    struct standing standing;
    struct random random;
    int next; /* in the queue of its day; -1: last */
};

/* First in, first out. */
struct sim_queue {
    int first, last;
};

struct run {
    const struct simulation *simulation;
    struct fsrs fsrs;
    struct plan_options plan;
    struct sim_card *cards;
    struct sim_queue *queues; /* one a day, and one for everything later */
    int today, next_new;
    double seconds; /* today */
    struct simulated_day day;
};

static void put(struct run *run, int card, int day)
{
    int last_day = run->simulation->days;
    struct sim_queue *queue = &run->queues[day < last_day ? day : last_day];
    run->cards[card].next = -1;
    if (queue->first < 0)
        queue->first = card;
    else
        run->cards[queue->last].next = card;
    queue->last = card;
}

static int take(struct run *run, int day)
{
    struct sim_queue *queue = &run->queues[day];
    int card = queue->first;
    if (card >= 0)
        queue->first = run->cards[card].next;
    return card;
}

static int pick(const double *shares, int count, double unit)
{
    int i = 0;
    while (i < count - 1 && unit >= shares[i])
        unit -= shares[i++];
    return i;
}

/* What the learner answers: the model's own chance decides between a miss and the rest. */
static enum grade answer(struct run *run, struct sim_card *card, int64_t at_ms)
{
    const struct habits *habits = &run->simulation->habits;
    double unit = random_unit(&card->random);
    if (card->standing.reps == 0)
        return (enum grade)(1 + pick(habits->first_share, 4, unit));
    double days = plan_elapsed(run->fsrs.params.algorithm, &card->standing, at_ms, run->today);
    if (unit >= fsrs_recall(&run->fsrs, card->standing.memory, days))
        return GRADE_AGAIN;
    return (enum grade)(2 + pick(habits->recall_share, 3, random_unit(&card->random)));
}

/* A card's answers of today, until it is known once. */
static void study(struct run *run, int index)
{
    const struct habits *habits = &run->simulation->habits;
    struct sim_card *card = &run->cards[index];
    int64_t at_ms = (int64_t)run->today * DAY_MS + NOON_MS;
    bool first = card->standing.reps == 0;
    for (int k = 0; k < MOST_A_DAY; k++) {
        enum grade grade = answer(run, card, at_ms);
        struct answered answered = {grade, false, -1, at_ms, 0};
        card->standing =
            plan_next(&run->fsrs, &run->plan, &card->standing, &answered, random_next(&card->random));
        run->seconds += (first && k == 0 ? habits->first_s : habits->review_s)[grade - 1];
        run->day.reviews += !first || k > 0;
        if (card->standing.step == 0)
            break;
        at_ms += AGAIN_MS;
    }
    run->day.first += first;
    int due = (int)day_number(card->standing.due_at_ms, 0, run->plan.rollover_hour);
    put(run, index, due > run->today ? due : run->today + 1);
}

static bool has_time(const struct run *run)
{
    double limit = run->simulation->minutes_per_day;
    return limit <= 0 || run->seconds < limit * 60;
}

static void live_day(struct run *run)
{
    const struct simulation *simulation = run->simulation;
    run->day = (struct simulated_day){0};
    run->seconds = 0;
    int due = 0, card;
    while ((due < simulation->reviews_per_day && has_time(run)) && (card = take(run, run->today)) >= 0) {
        due++;
        study(run, card);
    }
    while ((card = take(run, run->today)) >= 0) {
        run->day.waiting++;
        put(run, card, run->today + 1);
    }
    while (run->day.first < simulation->new_per_day && run->next_new < simulation->cards && has_time(run))
        study(run, run->next_new++);
    run->day.minutes = (float)(run->seconds / 60);
}

/* Cards that would be recalled tonight. */
static double count_known(const struct run *run)
{
    double known = 0;
    int64_t at_ms = (int64_t)(run->today + 1) * DAY_MS;
    for (int i = 0; i < run->next_new; i++) {
        const struct standing *standing = &run->cards[i].standing;
        double days = plan_elapsed(run->fsrs.params.algorithm, standing, at_ms, run->today);
        known += fsrs_recall(&run->fsrs, standing->memory, days);
    }
    return known;
}

/* Cards met before: a stability as of many good answers, due some time in the coming interval. */
static void begin_known(struct run *run)
{
    const struct simulation *simulation = run->simulation;
    struct memory memory = fsrs_from_sm2(&simulation->params, simulation->known_days, 2.5, 0.9);
    for (int i = 0; i < simulation->known && i < simulation->cards; i++) {
        struct sim_card *card = &run->cards[i];
        int ago = (int)(random_unit(&card->random) * simulation->known_days);
        card->standing = (struct standing){
            .memory = memory,
            .reps = 1,
            .last_day = -ago,
            .last_at_ms = -(int64_t)ago * DAY_MS + NOON_MS,
            .interval_days = simulation->known_days,
        };
        put(run, i, (int)fmax(0, simulation->known_days - ago));
        run->next_new = i + 1;
    }
}

static void open_run(struct run *run, const struct simulation *simulation, double retention)
{
    *run = (struct run){
        .simulation = simulation, .fsrs = fsrs_prepare(&simulation->params), .plan = simulation->plan};
    run->plan.retention = retention;
    fsrs_aim(&run->fsrs, retention);
    run->cards = memory_alloc(sizeof *run->cards * (size_t)(simulation->cards + 1));
    run->queues = memory_alloc(sizeof *run->queues * (size_t)(simulation->days + 1));
    for (int i = 0; i < simulation->cards; i++)
        run->cards[i] =
            (struct sim_card){.random = {hash_combine(simulation->seed, (uint64_t)i)}, .next = -1};
    for (int day = 0; day <= simulation->days; day++)
        run->queues[day].first = -1;
    begin_known(run);
}

struct simulated simulate(const struct simulation *simulation, double retention,
                          struct simulated_day *ret_days)
{
    struct run run;
    open_run(&run, simulation, retention);
    double minutes = 0, answers = 0, known_before = count_known(&run);
    for (; run.today < simulation->days; run.today++) {
        live_day(&run);
        minutes += (double)run.day.minutes;
        answers += run.day.reviews + run.day.first;
        if (ret_days) {
            run.day.known = (float)count_known(&run);
            ret_days[run.today] = run.day;
        }
    }
    run.today--;
    double days = simulation->days, known = count_known(&run), gained = known - known_before;
    struct simulated simulated = {
        .retention = retention,
        .minutes = minutes / days,
        .reviews = answers / days,
        .known = known,
        .met = run.next_new,
        .minutes_each = gained > 0 ? minutes / gained : INFINITY,
    };
    free(run.cards);
    free(run.queues);
    return simulated;
}

struct curve_job {
    const struct simulation *simulation;
    const double *retentions;
    struct simulated *ret;
    int count;
};

/* From the highest retention down: that run is the longest, and should not be begun last. */
static void simulate_point(size_t index, void *data)
{
    struct curve_job *job = data;
    size_t at = (size_t)job->count - 1 - index;
    job->ret[at] = simulate(job->simulation, job->retentions[at], NULL);
}

void simulate_curve(const struct simulation *simulation, const double *retentions, int count,
                    struct simulated *ret)
{
    struct curve_job job = {simulation, retentions, ret, count};
    crew_each(simulation->crew, (size_t)count, simulate_point, &job);
}

int simulate_suggest(const struct simulated *curve, int count)
{
    int best = 0;
    for (int i = 1; i < count; i++)
        if (curve[i].minutes_each < curve[best].minutes_each)
            best = i;
    return best;
}
