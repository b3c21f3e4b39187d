/* A review log as a fit wants it: cards side by side in lanes, so that one pass works on eight of them at once. */
#ifndef REPASO_SCHEDULE_TRAINING_H
#define REPASO_SCHEDULE_TRAINING_H

#include "schedule/fsrs.h"

#include <stdint.h>

struct arena;

/* One graded answer. 16 bytes: logs are long. */
struct review {
    int64_t at_ms;
    uint32_t card; /* 0 to cards - 1 */
    uint16_t days; /* whole days since the card's last review, by the learner's rollover; FSRS-6 uses them */
    uint8_t grade; /* 1 to 4 */
    uint8_t spare;
};

/* In the order of time; those of one card in the order they were answered. */
struct review_log {
    struct review *items;
    size_t count, capacity;
    uint32_t cards;
};

/* Sorts by time, the same moment by card, the same card and moment as it came. */
void review_log_sort(struct review_log *log);

enum { LANES = 8, MOST_STEPS = 1000 };

/* Eight cards in step: the k-th review of lane i is slot `first + k * LANES + i`. */
struct card_block {
    uint32_t first;
    uint32_t steps;
};

/* Everything a pass reads, 9 bytes a review and a little padding. Grade 0 is padding. */
struct training {
    struct card_block *blocks;
    size_t block_count;
    uint8_t *grades;
    float *days;       /* since the review before; whole for FSRS-6, fractional for FSRS-7 */
    float *weights;    /* of a review as a target; 0: it is only history */
    uint32_t *targets; /* slots of the targets in the order of time */
    size_t slot_count, target_count;
    uint32_t most_steps;
};

/* What a review's weight is: 1, or rising with time as the algorithm's authors have it. */
struct recency {
    double floor, exponent; /* floor + (1 - floor) (i / (n - 1))^exponent for target i of n */
};

/* The reviews of `log` before index `end` are history. Targets are those from `begin` on that are not a card's
 * first and, for FSRS-6, not on the same day as the one before (`same_day` false also leaves them out for
 * FSRS-7). A card's reviews after the first thousand are left out. */
struct training_options {
    enum algorithm algorithm;
    size_t begin, end;
    bool same_day;
};
void training_build(struct arena *arena, const struct review_log *log, const struct training_options *options,
                    struct training *ret);
/* Gives the targets their weights; all begin at 1. */
void training_weigh(struct training *training, struct recency recency);
/* A share of the cards, one block in `stride`: for a first approach. Shares memory with `training`. */
struct training training_sample(struct arena *arena, const struct training *training, size_t stride);

#endif
