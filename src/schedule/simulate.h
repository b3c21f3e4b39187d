/* What studying would cost and give: a made learner whose memory follows the model goes through the days, with the
 * same plan as a real one. Chance is a seed; equal arguments give equal numbers on any number of threads. */
#ifndef REPASO_SCHEDULE_SIMULATE_H
#define REPASO_SCHEDULE_SIMULATE_H

#include "schedule/plan.h"

struct arena;
struct crew;
struct review_log;

/* How a learner answers; from the log where there is one. */
struct habits {
    double first_share[4];          /* of the grades at a card's first answer; sums to 1 */
    double recall_share[3];         /* of hard, good and easy among successes; sums to 1 */
    double first_s[4], review_s[4]; /* seconds an answer takes, by grade */
};

struct habits habits_defaults(void);
/* Shares as in the log, drawn towards the defaults while it is short. Times stay: a log of grades has none. */
struct habits habits_of(const struct review_log *log);

struct simulation {
    struct fsrs_params params;
    struct plan_options plan; /* its retention is replaced by those asked for */
    struct habits habits;
    int cards;         /* in the deck */
    int known;         /* of them met before, with a stability of about `known_days` */
    double known_days; /* interval of the cards met before; 30 */
    int days;          /* how long to look ahead */
    int new_per_day, reviews_per_day;
    double minutes_per_day; /* 0: no limit */
    uint64_t seed;
    struct crew *crew; /* may be NULL */
};

struct simulation simulation_defaults(const struct fsrs_params *params);

struct simulated_day {
    int reviews, first; /* answers to cards met before, and new cards */
    int waiting;        /* due, but over the limits */
    float minutes;
    float known; /* expected number of cards that would be recalled at the end of the day */
};

struct simulated {
    double retention;
    double minutes;      /* a day, on average */
    double reviews;      /* answers a day, on average */
    double known;        /* expected number of cards recalled at the end */
    double met;          /* cards met by then */
    double minutes_each; /* minutes in all for each card known at the end beyond those known at the start */
};

/* One run. `ret_days` has simulation->days items, or is NULL. */
struct simulated simulate(const struct simulation *simulation, double retention,
                          struct simulated_day *ret_days);
/* One run for each retention, over the crew. */
void simulate_curve(const struct simulation *simulation, const double *retentions, int count,
                    struct simulated *ret);
/* The point of a curve that gives most for the time; its index. */
int simulate_suggest(const struct simulated *curve, int count);

#endif
