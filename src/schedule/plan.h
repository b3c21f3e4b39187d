/* What becomes of a card after an answer: its next memory and when to ask again. The model (fsrs.h) says how
 * long the card will be remembered; the plan bends that to what a learner can live with. Guards bend the due
 * date only, never the memory. Pure functions: the same arguments give the same plan, in a rebuild too. */
#ifndef REPASO_SCHEDULE_PLAN_H
#define REPASO_SCHEDULE_PLAN_H

#include "schedule/fsrs.h"

#include <stdint.h>

struct str;

enum { PLAN_STEPS = 8, MASTERY = 3 };

/* Learning steps; none (the default) leaves the delays of learning to the model. */
struct steps {
    int count;
    int delay_s[PLAN_STEPS];
};

struct plan_options {
    double retention;       /* 0.70 to 0.99: recall when a card falls due; 0.90 */
    double maximum_days;    /* 3650 */
    double first_easy_days; /* longest interval of a card's first grade, which binds Easy; 21 */
    double growth;          /* one review multiplies an interval by at most this; 4 */
    int rollover_hour;      /* 4 */
    bool fuzz;              /* days are spread a little, by `seed` of plan_next; true */
    bool has_exam;          /* no interval reaches past the eve of `exam_day` while it lies ahead */
    int64_t exam_day;       /* a day_number */
    struct steps learn, relearn;
};

struct plan_options plan_defaults(void);

/* How a card stands. Zeroed: never asked. */
struct standing {
    struct memory memory;
    int64_t last_at_ms; /* of the last grade */
    int64_t last_day;   /* its day_number, in the zone it was given in */
    int64_t due_at_ms;
    double interval_days; /* as scheduled by the last grade; in minutes' fractions inside a session */
    int reps, lapses;     /* a lapse is Again on a card in review */
    int step;             /* 0: in review; above 0: so many unaided successes are wanted before it is */
    int mastery;          /* unaided recalls on different days, up to MASTERY */
    int64_t mastery_day;  /* of the last one counted */
};

struct answered {
    enum grade grade;  /* as it counts, see grade_highest */
    bool aided;        /* with choices or hints: no unaided recall */
    double read_age_s; /* since the passage was read; below 0: not known */
    int64_t at_ms;     /* since 1970, UTC */
    int tz_min;        /* minutes east of UTC */
};

/* The standing after an answer. `seed` is plan_seed(card, reps before); it decides the fuzz and nothing else.
 * Under FSRS-6 the days between two grades are differences of day numbers, under FSRS-7 fractions; both are 0
 * when the clock was set back. The memory comes out rounded to 9 digits (memory_round). */
struct standing plan_next(const struct fsrs *fsrs, const struct plan_options *options,
                          const struct standing *standing, const struct answered *answered, uint64_t seed);
/* What each grade would lead to: ret[grade - 1]. `answered->grade` is ignored. */
void plan_preview(const struct fsrs *fsrs, const struct plan_options *options,
                  const struct standing *standing, const struct answered *answered, uint64_t seed,
                  struct standing ret[4]);
uint64_t plan_seed(struct str card_id, int reps);

/* The highest grade that an answer can count as: with choices (a guess is not recall) or hints Hard, else
 * Easy. */
enum grade grade_highest(int options, int hints);

/* Days since the last grade as the algorithm counts them; 0 when never graded or the clock went back. */
double plan_elapsed(enum algorithm algorithm, const struct standing *standing, int64_t at_ms, int64_t day);

/* Nine significant digits: what a replay hands from one step to the next, so that every machine and every
 * path (grade by grade, or a rebuild) reaches the same numbers. */
struct memory memory_round(struct memory memory);

/* The guards alone, for a schedule without a clock: the model's interval held between a minute and `growth` times
 * max(last interval, days elapsed), that of a first grade to `first_easy_days`, all to `maximum_days`; whole days
 * from one day up. `last_days` below 0: the card's first grade. */
double plan_guard(const struct plan_options *options, double interval_days, double last_days,
                  double elapsed_days);

/* Spreading (as Anki): from 2.5 days up an interval may come out some days earlier or later. */
void fuzz_range(double interval_days, double maximum_days, int *ret_first, int *ret_last);
/* One day of the range; `unit` in [0, 1). */
int fuzz_pick(int first, int last, double unit);

/* What a day looks like to a card that may be put there. */
struct day_load {
    int cards;        /* due on that day already */
    double easy;      /* 1: an ordinary day, 0.5: reduced, 0: as few as possible */
    int sibling_days; /* to the nearest due day of a card of the same fact; -1: none */
};
/* The day of first … first + count - 1 to put a card on: busy days, easy days and days near a sibling are
 * unlikely. `unit` in [0, 1). What comes out depends on the other cards: keep it with the grade. */
int balance_pick(const struct day_load *loads, int first, int count, double unit);

/* How surprising a card's lapses are: the chance of at least so many failures among reviews with these
 * predicted recalls. Below 0.01 or so the card, not the learner, is at fault. */
double leech_p_value(const double *recalls, size_t count, int lapses);

#endif
