#include "schedule/training.h"

#include "base/arena.h"
#include "base/memory.h"
#include "schedule/elementary.h"

#include <stdlib.h>

/* By time; what happened at the same moment by card, so that the order of the input shows in nothing. */
static bool comes_before(const struct review *a, const struct review *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->card < b->card;
}

static bool is_sorted(const struct review_log *log)
{
    for (size_t i = 1; i < log->count; i++)
        if (comes_before(&log->items[i], &log->items[i - 1]))
            return false;
    return true;
}

static void merge(const struct review *from, struct review *to, size_t left, size_t middle, size_t right)
{
    size_t a = left, b = middle;
    for (size_t i = left; i < right; i++)
        to[i] = a < middle && (b >= right || !comes_before(&from[b], &from[a])) ? from[a++] : from[b++];
}

void review_log_sort(struct review_log *log)
{
    if (is_sorted(log))
        return;
    struct review *spare = memory_alloc(log->count * sizeof *spare), *from = log->items, *to = spare;
    for (size_t width = 1; width < log->count; width *= 2) {
        for (size_t left = 0; left < log->count; left += 2 * width) {
            size_t middle = left + width < log->count ? left + width : log->count;
            size_t right = middle + width < log->count ? middle + width : log->count;
            merge(from, to, left, middle, right);
        }
        struct review *swap = from;
        from = to;
        to = swap;
    }
    if (from != log->items)
        memcpy(log->items, from, log->count * sizeof *from);
    free(spare);
}

/* Cards, the longest first, so that lanes side by side end together. `steps[card]` is how many reviews each has. */
static uint32_t *order_by_length(struct arena *arena, const uint32_t *steps, uint32_t cards)
{
    size_t *begins = arena_array(arena, MOST_STEPS + 2, sizeof *begins);
    for (uint32_t card = 0; card < cards; card++)
        begins[MOST_STEPS - steps[card] + 1]++;
    for (size_t i = 1; i < MOST_STEPS + 2; i++)
        begins[i] += begins[i - 1];
    uint32_t *order = arena_array(arena, cards, sizeof *order);
    for (uint32_t card = 0; card < cards; card++)
        order[begins[MOST_STEPS - steps[card]]++] = card;
    return order;
}

static uint32_t *count_steps(struct arena *arena, const struct review_log *log, size_t end)
{
    uint32_t *steps = arena_array(arena, log->cards, sizeof *steps);
    for (size_t i = 0; i < end; i++)
        if (steps[log->items[i].card] < MOST_STEPS)
            steps[log->items[i].card]++;
    return steps;
}

/* Where each card's next review goes. */
struct cursor {
    uint32_t slot;
    uint32_t left; /* reviews it still has room for */
    int64_t last_at_ms;
};

static struct cursor *lay_out(struct arena *arena, const uint32_t *steps, uint32_t cards,
                              struct training *ret)
{
    struct cursor *cursors = arena_array(arena, cards, sizeof *cursors);
    uint32_t *order = order_by_length(arena, steps, cards);
    ret->blocks = arena_array(arena, cards / LANES + 1, sizeof *ret->blocks);
    for (uint32_t i = 0; i < cards && steps[order[i]] > 0; i++) {
        if (i % LANES == 0) {
            ret->blocks[ret->block_count++] = (struct card_block){(uint32_t)ret->slot_count, steps[order[i]]};
            ret->slot_count += (size_t)steps[order[i]] * LANES;
        }
        cursors[order[i]].slot = ret->blocks[ret->block_count - 1].first + i % LANES;
        cursors[order[i]].left = steps[order[i]];
    }
    ret->most_steps = ret->block_count ? ret->blocks[0].steps : 0;
    return cursors;
}

void training_build(struct arena *arena, const struct review_log *log, const struct training_options *options,
                    struct training *ret)
{
    *ret = (struct training){0};
    struct arena scratch = {0};
    size_t end = options->end < log->count ? options->end : log->count;
    uint32_t *steps = count_steps(&scratch, log, end);
    struct training laid = {0};
    struct cursor *cursors = lay_out(&scratch, steps, log->cards, &laid);
    laid.grades = arena_array(arena, laid.slot_count, sizeof *laid.grades);
    laid.days = arena_array(arena, laid.slot_count, sizeof *laid.days);
    laid.weights = arena_array(arena, laid.slot_count, sizeof *laid.weights);
    laid.targets = arena_array(arena, end, sizeof *laid.targets);
    struct card_block *blocks = arena_array(arena, laid.block_count, sizeof *blocks);
    if (laid.block_count)
        memcpy(blocks, laid.blocks, laid.block_count * sizeof *blocks);
    laid.blocks = blocks;
    for (size_t i = 0; i < end; i++) {
        const struct review *review = &log->items[i];
        struct cursor *cursor = &cursors[review->card];
        if (cursor->left == 0)
            continue;
        bool first = cursor->left == steps[review->card], whole = options->algorithm == ALGORITHM_FSRS6;
        double days = first   ? 0
                      : whole ? review->days
                              : (double)(review->at_ms - cursor->last_at_ms) / 86400000.0;
        laid.grades[cursor->slot] = review->grade;
        laid.days[cursor->slot] = (float)days;
        bool long_term = review->days > 0 || (options->same_day && !whole);
        if (i >= options->begin && !first && long_term) {
            laid.weights[cursor->slot] = 1;
            laid.targets[laid.target_count++] = cursor->slot;
        }
        *cursor = (struct cursor){cursor->slot + LANES, cursor->left - 1, review->at_ms};
    }
    arena_finish(&scratch);
    *ret = laid;
}

void training_weigh(struct training *training, struct recency recency)
{
    size_t n = training->target_count;
    for (size_t i = 0; i < n; i++) {
        double place = n > 1 ? (double)i / (double)(n - 1) : 1;
        double rising = recency.exponent == 3 ? place * place * place
                        : place > 0           ? elementary_pow(place, recency.exponent)
                                              : 0;
        training->weights[training->targets[i]] = (float)(recency.floor + (1 - recency.floor) * rising);
    }
}

struct training training_sample(struct arena *arena, const struct training *training, size_t stride)
{
    struct training sample = *training;
    sample.blocks = arena_array(arena, training->block_count / stride + 1, sizeof *sample.blocks);
    sample.block_count = 0;
    for (size_t i = stride / 2; i < training->block_count; i += stride)
        sample.blocks[sample.block_count++] = training->blocks[i];
    return sample;
}
