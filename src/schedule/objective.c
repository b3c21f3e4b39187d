#include "schedule/objective.h"

#include "base/arena.h"
#include "base/crew.h"
#include "base/memory.h"
#include "schedule/pass.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_SLOTS = 8192 };

struct part {
    double loss;
    double gradient[FSRS7_WEIGHTS];
};

static const double sigmas6[FSRS6_WEIGHTS] = {6.43, 9.66, 17.58, 27.85, .57, .28,  .6,  .12, .39, .18, .33,
                                              .3,   .09,  .16,   .57,   .25, 1.03, .31, .32, .14, .27};

static const double sigmas7[FSRS7_WEIGHTS] = {9999,  9999,  9999,  9999,  .523,  .2528, .4329, .2966, .2139,
                                              .2889, .1862, .175,  .3812, .3013, .9104, .3234, .2448, .3273,
                                              .1842, .1735, .4608, .311,  .864,  .0418, .2596, .0798, .0682,
                                              .1282, .1397, .1407, .1489, .2,    .15,   .15};

void objective_open(struct arena *arena, struct objective *objective)
{
    const struct training *training = objective->training;
    objective->chunks = arena_array(arena, training->block_count + 1, sizeof *objective->chunks);
    objective->chunk_count = 0;
    size_t slots = CHUNK_SLOTS;
    for (size_t i = 0; i < training->block_count; i++) {
        if (slots >= CHUNK_SLOTS) {
            objective->chunks[objective->chunk_count++] = i;
            slots = 0;
        }
        slots += (size_t)training->blocks[i].steps * LANES;
    }
    objective->chunks[objective->chunk_count] = training->block_count;
    objective->parts = arena_array(arena, objective->chunk_count, sizeof *objective->parts);
    objective->passes = 0;
}

bool objective_cancelled(const struct objective *objective)
{
    return objective->cancelled && atomic_load(objective->cancelled);
}

/* One evaluation, shared by a crew. */
struct round {
    struct objective *objective;
    struct fsrs fsrs;
    float *predicted;
};

/* Vectors want to lie at multiples of their size. */
static double *open_tape(size_t count)
{
    size_t bytes = (count * sizeof(double) + 63) / 64 * 64;
    double *tape = aligned_alloc(64, bytes ? bytes : 64);
    if (!tape)
        memory_exhausted();
    return tape;
}

static void do_chunk(size_t index, void *data)
{
    struct round *round = data;
    struct objective *objective = round->objective;
    const struct training *training = objective->training;
    struct part *part = &objective->parts[index];
    *part = (struct part){0};
    if (objective_cancelled(objective))
        return;
    size_t begin = objective->chunks[index], end = objective->chunks[index + 1];
    uint32_t steps = training->blocks[begin].steps; /* the longest of the chunk */
    bool six = objective->algorithm == ALGORITHM_FSRS6;
    double *tape = open_tape(six ? pass6_tape(steps) : pass7_tape(steps));
    (six ? pass6 : pass7)(&round->fsrs, training, begin, end, tape, &part->loss, part->gradient,
                          round->predicted);
    free(tape);
}

static void do_round(struct objective *objective, const double *weights, float *predicted)
{
    struct round round = {.objective = objective, .predicted = predicted};
    struct fsrs_params params = {.algorithm = objective->algorithm};
    memcpy(params.w, weights, fsrs_weight_count(params.algorithm) * sizeof *weights);
    round.fsrs = fsrs_prepare(&params);
    crew_each(objective->crew, objective->chunk_count, do_chunk, &round);
    objective->passes++;
}

double objective_value(struct objective *objective, const double *weights, double *ret_gradient)
{
    size_t count = fsrs_weight_count(objective->algorithm);
    const double *sigmas = objective->algorithm == ALGORITHM_FSRS6 ? sigmas6 : sigmas7;
    do_round(objective, weights, NULL);
    double value = 0;
    for (size_t i = 0; i < count; i++) {
        double off = (weights[i] - objective->start[i]) / sigmas[i];
        value += objective->pull * off * off;
        ret_gradient[i] = 2 * objective->pull * off / sigmas[i];
    }
    for (size_t k = 0; k < objective->chunk_count; k++) {
        value += objective->parts[k].loss;
        for (size_t i = 0; i < count; i++)
            ret_gradient[i] += objective->parts[k].gradient[i];
    }
    return value;
}

void objective_predict(struct objective *objective, const double *weights, float *ret)
{
    do_round(objective, weights, ret);
}
