#include "schedule/lanes.h"
#include "schedule/pass.h"

#define LOWEST_CHANCE 1e-7

struct state6 {
    lanes s, d;
};

/* What a step leaves for the way back. */
struct step6 {
    struct state6 before;
    lanes lost;    /* 1 - R */
    lanes log1p_x; /* of F t / s */
    lanes log_s;   /* log(1 + s) for a lapse on a later day */
    lanes log_d;
    lanes power;              /* e to the sum of powers, by kind of review */
    lanes rise;               /* e^x - 1, by kind of review */
    lanes loss_slope;         /* d loss / d lost */
    lanes inside_s, inside_d; /* 1 where the bounds did not hold the result */
};

/* Running sums, one a lane. */
struct sums6 {
    lanes loss;
    lanes w[FSRS6_WEIGHTS];
    lanes decay, factor, easy;
};

size_t pass6_tape(uint32_t steps)
{
    return (size_t)steps * VECTORS * (sizeof(struct step6) / sizeof(double));
}

INLINE void forward(const struct fsrs *fsrs, const struct asked *asked, struct state6 *state,
                    struct step6 *step, lanes *loss)
{
    const double *w = fsrs->params.w;
    const double decay = fsrs->decay, factor = fsrs->factor, gain = fsrs->gain, least = 1 / fsrs->same_day;
    const double w6 = w[6], w7 = w[7], w9 = w[9], w10 = w[10], w11 = w[11], w12 = w[12], w13 = w[13],
                 w14 = w[14], w15 = w[15], w16 = w[16], w17 = w[17], w18 = w[18], w19 = w[19];
    const double easy = w7 * fsrs->easy_difficulty;
    lanes s0 = state->s, d0 = state->d, grade = asked->grade, days = asked->days;
    mask same = days == 0, again = grade == 1, padding = grade == 0;
    mask lapse = again & ~same;
    lanes log1p_x = lanes_log1p(factor * days / s0);
    lanes lost = -lanes_expm1(decay * log1p_x);
    lanes log_s = lanes_log(choose(lapse, 1 + s0, s0)), log_d = lanes_log(d0);
    lanes powers = choose(again, w14 * lost - w12 * log_d, -w9 * log_s);
    powers = choose(same, w17 * (grade - 3 + w18) - w19 * log_s, powers);
    lanes power = lanes_exp(powers);
    lanes rise = lanes_expm1(choose(again, w13 * log_s, w10 * lost));
    lanes bonus = choose(grade == 2, all(w15), choose(grade == 4, all(w16), all(1)));
    lanes recalled = s0 * (1 + gain * (11 - d0) * power * rise * bonus);
    lanes forgotten = w11 * power * rise, floor = s0 * least;
    forgotten = choose(forgotten < floor, forgotten, floor);
    lanes repeated = s0 * choose((grade >= 2) & (power < 1), all(1), power);
    lanes next = choose(same, repeated, choose(again, forgotten, recalled));
    lanes held = within(next, 0.001, FSRS_MAX_DAYS);
    lanes free_d = easy + (1 - w7) * (d0 - w6 * (grade - 3) * (10 - d0) * (1.0 / 9));
    lanes held_d = within(free_d, 1, 10);
    lanes chance = choose(again, lost, 1 - lost);
    lanes fair = within(chance, LOWEST_CHANCE, 1 - LOWEST_CHANCE);
    lanes slope = asked->weight / fair;
    *loss -= asked->weight * lanes_log(fair);
    step->before = (struct state6){s0, d0};
    step->lost = lost;
    step->log1p_x = log1p_x;
    step->log_s = log_s;
    step->log_d = log_d;
    step->power = power;
    step->rise = rise;
    step->loss_slope = where(fair == chance, choose(again, -slope, slope));
    step->inside_s = where(~(held != next), all(1));
    step->inside_d = where(~(held_d != free_d), all(1));
    state->s = choose(padding, s0, held);
    state->d = choose(padding, d0, held_d);
}

/* `bars`: d loss / d state after the step on entry, before it on return. */
INLINE void backward(const struct fsrs *fsrs, const struct asked *asked, const struct step6 *step,
                     struct state6 *bars, struct sums6 *sums)
{
    const double *w = fsrs->params.w;
    const double decay = fsrs->decay, factor = fsrs->factor, gain = fsrs->gain, least = 1 / fsrs->same_day;
    const double w6 = w[6], w7 = w[7], w9 = w[9], w10 = w[10], w11 = w[11], w12 = w[12], w13 = w[13],
                 w14 = w[14], w15 = w[15], w16 = w[16], w17 = w[17], w18 = w[18], w19 = w[19];
    const double easy_d = fsrs->easy_difficulty;
    lanes s = step->before.s, d = step->before.d, grade = asked->grade, days = asked->days;
    lanes lost = step->lost, log_s = step->log_s, power = step->power, rise = step->rise;
    mask same = days == 0, again = grade == 1, padding = grade == 0;
    lanes alive = where(~(padding), all(1)), later = where(~(same), all(1));
    lanes is_again = where(again, all(1)), hard = where(grade == 2, all(1)), top = where(grade == 4, all(1));
    lanes bar = bars->s * step->inside_s * alive;
    /* A success on a later day: s (1 + grown). */
    lanes bonus = 1 + hard * (w15 - 1) + top * (w16 - 1);
    lanes growth = gain * (11 - d) * power, grown = growth * rise * bonus;
    lanes win = bar * later * (1 - is_again), grown_bar = win * s;
    lanes up = grown_bar * grown, rise_bar = grown_bar * growth * bonus * (rise + 1);
    /* A lapse on a later day: the lesser of two. */
    lanes left = w11 * power * rise, floor = s * least;
    lanes loses = bar * later * is_again, deep = where(left < floor, loses), shallow = loses - deep;
    lanes down = deep * left, left_bar = deep * w11 * power * (rise + 1);
    /* The same day. */
    mask flat = (grade >= 2) & (power < 1);
    lanes again_today = bar * (1 - later), moved = where(~flat, again_today), today = moved * s * power;
    lanes lost_bar = rise_bar * w10 + down * w14 + step->loss_slope;
    lanes q_bar = -(1 - lost) * lost_bar, log1p_bar = q_bar * decay;
    lanes x = factor * days / s, x_bar = log1p_bar / (1 + x);
    lanes s_out = win * (1 + grown - w9 * grown) + left_bar * w13 / (1 + s) + shallow * least +
                  choose(flat, again_today, moved * power * (1 - w19)) - x_bar * x / s;
    lanes change = -w6 * (grade - 3), d_free = bars->d * step->inside_d * alive, d_damped = d_free * (1 - w7);
    lanes d_out = d_damped * (1 - change * (1.0 / 9)) - up / (11 - d) - down * w12 / d;
    sums->w[6] -= d_damped * (10 - d) * (1.0 / 9) * (grade - 3);
    sums->w[7] += d_free * (easy_d - (d + change * (10 - d) * (1.0 / 9)));
    sums->easy += d_free * w7;
    sums->w[8] += up;
    sums->w[9] -= up * log_s;
    sums->w[10] += rise_bar * lost;
    sums->w[11] += down / w11;
    sums->w[12] -= down * step->log_d;
    sums->w[13] += left_bar * log_s;
    sums->w[14] += down * lost;
    sums->w[15] += grown_bar * growth * rise * hard;
    sums->w[16] += grown_bar * growth * rise * top;
    sums->w[17] += today * (grade - 3 + w18) - shallow * floor * w18;
    sums->w[18] += today * w17 - shallow * floor * w17;
    sums->w[19] -= today * log_s;
    sums->decay += q_bar * step->log1p_x;
    sums->factor += x_bar * days / s;
    bars->s = choose(padding, bars->s, s_out);
    bars->d = choose(padding, bars->d, d_out);
}

static void begin_cards(const struct fsrs *fsrs, const uint8_t *grades, struct state6 states[VECTORS])
{
    for (int i = 0; i < LANES; i++) {
        int grade = grades[i] ? grades[i] : GRADE_GOOD;
        states[i / WIDTH].s[i % WIDTH] = fsrs->params.w[grade - 1];
        states[i / WIDTH].d[i % WIDTH] = fsrs->first_d[grade - 1];
    }
}

static void end_cards(const struct fsrs *fsrs, const uint8_t *grades, const struct state6 bars[VECTORS],
                      double *gradient)
{
    for (int i = 0; i < LANES; i++) {
        if (!grades[i])
            continue;
        const struct state6 *bar = &bars[i / WIDTH];
        int k = grades[i] - 1;
        gradient[k] += bar->s[i % WIDTH];
        add_first_difficulty(fsrs, k, bar->d[i % WIDTH], gradient);
    }
}

#define STATE struct state6
#define STEP struct step6
#define SUMS struct sums6
#define BARS struct state6
#include "schedule/pass.inc"

void pass6(const struct fsrs *fsrs, const struct training *training, size_t begin, size_t end, double *tape,
           double *loss, double gradient[FSRS6_WEIGHTS], float *predicted)
{
    const double *w = fsrs->params.w;
    struct sums6 sums = pass_blocks(fsrs, training, begin, end, tape, loss, gradient, predicted);
    double easy = lanes_total(sums.easy), rise = elementary_exp(w[5] * 3);
    gradient[4] += easy;
    gradient[5] -= easy * 3 * rise;
    /* factor = 0.9^(1 / decay) - 1, and decay = -w20. */
    double factor_slope = -(fsrs->factor + 1) * elementary_log(0.9) / (fsrs->decay * fsrs->decay);
    gradient[20] -= lanes_total(sums.decay) + lanes_total(sums.factor) * factor_slope;
}
