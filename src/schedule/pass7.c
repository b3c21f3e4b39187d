#include "schedule/lanes.h"
#include "schedule/pass.h"

#define LOWEST_CHANCE 1e-4
#define CURVE_FLOOR 1e-5
#define CURVE_SPAN (1 - 2e-5)
#define LEAST_TRACE 1e-4

struct state7 {
    lanes s, x, d;
};

/* What a step leaves for the way back. */
struct trace7 {
    lanes log;   /* of the stability before */
    lanes log1p; /* of the stability before, plus 1 */
    lanes x;     /* rate * days: what the curve's power is taken of, less 1 */
    lanes log1p_x;
    lanes lost;  /* 1 - R of this trace */
    lanes power; /* e to the sum of powers in the update */
    lanes rise;  /* e^x - 1 in the update */
    lanes next;  /* before its bounds */
};

struct step7 {
    struct state7 before;
    struct trace7 slow, fast;
    lanes fast_decay, share, lost;
    lanes loss_slope;
    lanes inside_s, inside_x, inside_d, inside_decay;
};

struct sums7 {
    lanes loss;
    lanes w[FSRS7_WEIGHTS];
    lanes slow_decay, slow_factor, fast_base, easy;
};

size_t pass7_tape(uint32_t steps)
{
    return (size_t)steps * VECTORS * (sizeof(struct step7) / sizeof(double));
}

/* What is forgotten of either trace, and of both together. */
INLINE void forget(const struct fsrs *fsrs, const struct asked *asked, const struct state7 *state,
                   struct step7 *step)
{
    const double *w = fsrs->params.w;
    const double w23 = w[23], w29 = w[29], w30 = w[30], w31 = w[31] - 0.5, w32 = w[32] - 0.3,
                 w33 = w[33] - 0.3;
    const double mix = elementary_log(w[27]) - elementary_log(w[28]);
    const double base = fsrs->fast_base, slow_decay = fsrs->decay, factor = fsrs->factor;
    lanes s = state->s, x = state->x, log_s = lanes_log(s), log_x = lanes_log(x), harder = state->d - 5;
    lanes free_decay = w23 * lanes_exp(w33 * log_x);
    lanes decay = within(free_decay, 0.01, 0.95);
    lanes power = -base / decay;
    lanes fast_x = lanes_expm1(choose(power < 60, power, all(60))) / x * asked->days;
    lanes slow_x = factor * lanes_exp(harder * w32) / s * asked->days;
    lanes fast_log = lanes_log1p(fast_x), slow_log = lanes_log1p(slow_x);
    lanes fast_lost = -lanes_expm1(-decay * fast_log), slow_lost = -lanes_expm1(slow_decay * slow_log);
    lanes odds = lanes_exp(w30 * log_s + w29 * log_x + harder * w31 - mix); /* slow to fast */
    lanes share = 1 / (1 + odds);
    step->before = *state;
    step->slow.log = log_s;
    step->fast.log = log_x;
    step->fast_decay = decay;
    step->inside_decay = where(~(decay != free_decay), all(1));
    step->fast.x = fast_x;
    step->slow.x = slow_x;
    step->fast.log1p_x = fast_log;
    step->slow.log1p_x = slow_log;
    step->fast.lost = fast_lost;
    step->slow.lost = slow_lost;
    step->share = share;
    step->lost = (share * fast_lost + (1 - share) * slow_lost) * CURVE_SPAN + CURVE_FLOOR;
}

INLINE void score(const struct asked *asked, struct step7 *step, lanes *loss)
{
    mask again = asked->grade == 1;
    lanes lost = step->lost, chance = choose(again, lost, 1 - lost);
    lanes fair = within(chance, LOWEST_CHANCE, 1 - LOWEST_CHANCE), slope = asked->weight / fair;
    *loss -= asked->weight * lanes_log(fair);
    slope = choose(again, -slope, slope);
    step->loss_slope = where(fair == chance, slope);
}

/* A trace's stability after the grade; `w` are its eight weights, `lost` what it is forgotten by. */
INLINE void renew(const double *w, double gain, const struct asked *asked, lanes s, lanes d, lanes lost,
                  struct trace7 *trace)
{
    const double w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6], w7 = w[7];
    lanes grade = asked->grade;
    mask again = grade == 1;
    lanes log1p_s = lanes_log(1 + s);
    lanes power = lanes_exp(choose(again, w5 * lost, -w1 * trace->log));
    lanes rise = lanes_expm1(choose(again, w4 * log1p_s, w2 * lost));
    lanes bonus = choose(grade == 2, all(w6), choose(grade == 4, all(w7), all(1)));
    lanes recalled = s * (1 + gain * (11 - d) * power * rise * bonus), left = w3 * power * rise;
    lanes forgotten = choose(left < s, left, s);
    trace->log1p = log1p_s;
    trace->power = power;
    trace->rise = rise;
    trace->next = choose(again, forgotten, recalled);
}

INLINE void move_on(const struct fsrs *fsrs, const struct asked *asked, struct step7 *step,
                    struct state7 *state)
{
    const double w6 = fsrs->params.w[6], easy = 0.01 * fsrs->easy_difficulty;
    lanes grade = asked->grade, next_s = step->slow.next, next_x = step->fast.next;
    mask again = grade == 1, padding = grade == 0;
    lanes most_x = 0.8 * next_s;
    next_x = choose(again & (most_x < next_x), most_x, next_x);
    lanes held_s = within(next_s, LEAST_TRACE, FSRS_MAX_DAYS);
    lanes held_x = within(next_x, LEAST_TRACE, FSRS_MAX_DAYS);
    lanes surprise = choose(again, 1.1 - step->lost, all(1));
    lanes change = -w6 * (grade - 3) * surprise;
    lanes free_d = easy + 0.99 * (state->d + change * (10 - state->d) * (1.0 / 9));
    lanes held_d = within(free_d, 1, 10);
    step->inside_s = where(~(held_s != next_s), all(1));
    step->inside_x = where(~(held_x != next_x), all(1));
    step->inside_d = where(~(held_d != free_d), all(1));
    state->s = choose(padding, state->s, held_s);
    state->x = choose(padding, state->x, held_x);
    state->d = choose(padding, state->d, held_d);
}

INLINE void forward(const struct fsrs *fsrs, const struct asked *asked, struct state7 *state,
                    struct step7 *step, lanes *loss)
{
    const double *w = fsrs->params.w;
    forget(fsrs, asked, state, step);
    score(asked, step, loss);
    renew(w + 7, fsrs->gain, asked, state->s, state->d, step->lost, &step->slow);
    renew(w + 15, fsrs->fast_gain, asked, state->x, state->d, step->fast.lost, &step->fast);
    move_on(fsrs, asked, step, state);
}

/* What flows back through a step: d loss / d of each, */
struct bars {
    struct state7 state;   /* after the step, then before */
    lanes next_s, next_x;  /* the traces' new values before their bounds */
    lanes lost, fast_lost; /* of both together, and of the fast trace */
    lanes log_s, log_x;
    lanes kept_s, kept_x, kept_d; /* where a lane is padding */
};

INLINE void backward_move(const struct fsrs *fsrs, const struct asked *asked, const struct step7 *step,
                          struct bars *bars, struct sums7 *sums)
{
    const double w6 = fsrs->params.w[6];
    lanes grade = asked->grade, d = step->before.d, lost = step->lost;
    mask again = grade == 1, padding = grade == 0;
    lanes alive = where(~(padding), all(1)), is_again = where(again, all(1));
    lanes s_bar = bars->state.s * step->inside_s * alive, x_bar = bars->state.x * step->inside_x * alive;
    lanes d_bar = bars->state.d * step->inside_d * alive;
    lanes tied = where(again & (0.8 * step->slow.next < step->fast.next), x_bar);
    lanes surprise = choose(again, 1.1 - lost, all(1)), damping = (10 - d) * (1.0 / 9);
    lanes change = -w6 * (grade - 3) * surprise, change_bar = 0.99 * d_bar * damping;
    bars->kept_s = where(padding, bars->state.s);
    bars->kept_x = where(padding, bars->state.x);
    bars->kept_d = where(padding, bars->state.d);
    bars->next_s = s_bar + 0.8 * tied;
    bars->next_x = x_bar - tied;
    bars->lost = step->loss_slope + change_bar * w6 * (grade - 3) * is_again;
    bars->fast_lost = all(0);
    bars->state.s = all(0);
    bars->state.x = all(0);
    bars->log_s = all(0);
    bars->log_x = all(0);
    bars->state.d = 0.99 * d_bar * (1 - change * (1.0 / 9));
    sums->w[6] -= change_bar * (grade - 3) * surprise;
    sums->easy += d_bar * 0.01;
}

/* Adds to the bars of the stability before, of its logarithm, of what was forgotten, of difficulty. */
INLINE void backward_renew(const double *w, double gain, const struct asked *asked, lanes s, lanes d,
                           lanes lost, const struct trace7 *trace, lanes bar, lanes *s_bar, lanes *log_bar,
                           lanes *lost_bar, lanes *d_bar, lanes *sums)
{
    const double w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6], w7 = w[7];
    lanes grade = asked->grade, power = trace->power, rise = trace->rise;
    mask again = grade == 1;
    lanes hard = where(grade == 2, all(1)), top = where(grade == 4, all(1));
    lanes bonus = 1 + hard * (w6 - 1) + top * (w7 - 1);
    lanes growth = gain * (11 - d) * power, grown = growth * rise * bonus;
    lanes win = where(~again, bar), grown_bar = win * s, up = grown_bar * grown;
    lanes rise_bar = grown_bar * growth * bonus * (rise + 1);
    lanes left = w3 * power * rise, loses = bar - win, deep = where(left < s, loses);
    lanes down = deep * left, left_bar = deep * w3 * power * (rise + 1);
    *s_bar += win * (1 + grown) + (loses - deep) + left_bar * w4 / (1 + s);
    *log_bar -= up * w1;
    *lost_bar += rise_bar * w2 + down * w5;
    *d_bar -= up / (11 - d);
    sums[0] += up;
    sums[1] -= up * trace->log;
    sums[2] += rise_bar * lost;
    sums[3] += down / w3;
    sums[4] += left_bar * trace->log1p;
    sums[5] += down * lost;
    sums[6] += grown_bar * growth * rise * hard;
    sums[7] += grown_bar * growth * rise * top;
}

INLINE void backward_forget(const struct fsrs *fsrs, const struct asked *asked, const struct step7 *step,
                            struct bars *bars, struct sums7 *sums)
{
    const double *w = fsrs->params.w;
    const double w23 = w[23], w27 = w[27], w28 = w[28], w29 = w[29], w30 = w[30], w31 = w[31] - 0.5,
                 w32 = w[32] - 0.3, w33 = w[33] - 0.3;
    const double base = fsrs->fast_base, slow_decay = fsrs->decay, factor = fsrs->factor;
    lanes s = step->before.s, x = step->before.x, harder = step->before.d - 5, share = step->share;
    lanes log_s = step->slow.log, log_x = step->fast.log;
    lanes decay = step->fast_decay, fast_x = step->fast.x, slow_x = step->slow.x;
    lanes fast_lost = step->fast.lost, slow_lost = step->slow.lost;
    lanes lost_bar = bars->lost * CURVE_SPAN;
    lanes fast_bar = bars->fast_lost + lost_bar * share, slow_bar = lost_bar * (1 - share);
    lanes odds_bar = lost_bar * (fast_lost - slow_lost) * share * (1 - share); /* of log(fast / slow) */
    /* lost = 1 - (1 + x)^-decay */
    lanes fast_q = -(1 - fast_lost) * fast_bar, slow_q = -(1 - slow_lost) * slow_bar;
    lanes fast_x_bar = fast_q * -decay / (1 + fast_x), slow_x_bar = slow_q * slow_decay / (1 + slow_x);
    lanes power = -base / decay, power_bar = fast_x_bar * (fast_x + asked->days / x);
    power_bar = where(power < 60, power_bar);
    lanes decay_bar = -fast_q * step->fast.log1p_x + power_bar * base / (decay * decay);
    lanes decay_up = decay_bar * step->inside_decay * decay, slow_up = slow_x_bar * slow_x;
    lanes log_s_bar = bars->log_s - odds_bar * w30 - slow_up;
    lanes log_x_bar = bars->log_x - odds_bar * w29 - fast_x_bar * fast_x + decay_up * w33;
    lanes s_bar = bars->state.s + log_s_bar / s, x_bar = bars->state.x + log_x_bar / x;
    lanes d_bar = bars->state.d - odds_bar * w31 + slow_up * w32;
    sums->w[23] += decay_up / w23;
    sums->w[27] += odds_bar / w27;
    sums->w[28] -= odds_bar / w28;
    sums->w[29] -= odds_bar * log_x;
    sums->w[30] -= odds_bar * log_s;
    sums->w[31] -= odds_bar * harder;
    sums->w[32] += slow_up * harder;
    sums->w[33] += decay_up * log_x;
    sums->fast_base -= power_bar / decay;
    sums->slow_decay += slow_q * step->slow.log1p_x;
    sums->slow_factor += slow_up / factor;
    bars->state.s = s_bar + bars->kept_s;
    bars->state.x = x_bar + bars->kept_x;
    bars->state.d = d_bar + bars->kept_d;
}

INLINE void backward(const struct fsrs *fsrs, const struct asked *asked, const struct step7 *step,
                     struct bars *bars, struct sums7 *sums)
{
    const double *w = fsrs->params.w;
    backward_move(fsrs, asked, step, bars, sums);
    backward_renew(w + 7, fsrs->gain, asked, step->before.s, step->before.d, step->lost, &step->slow,
                   bars->next_s, &bars->state.s, &bars->log_s, &bars->lost, &bars->state.d, sums->w + 7);
    backward_renew(w + 15, fsrs->fast_gain, asked, step->before.x, step->before.d, step->fast.lost,
                   &step->fast, bars->next_x, &bars->state.x, &bars->log_x, &bars->fast_lost, &bars->state.d,
                   sums->w + 15);
    backward_forget(fsrs, asked, step, bars, sums);
}

static void begin_cards(const struct fsrs *fsrs, const uint8_t *grades, struct state7 states[VECTORS])
{
    for (int i = 0; i < LANES; i++) {
        int grade = grades[i] ? grades[i] : GRADE_GOOD;
        double s = fsrs->params.w[grade - 1];
        states[i / WIDTH].s[i % WIDTH] = s;
        states[i / WIDTH].x[i % WIDTH] = 0.8 * s > LEAST_TRACE ? 0.8 * s : LEAST_TRACE;
        states[i / WIDTH].d[i % WIDTH] = fsrs->first_d[grade - 1];
    }
}

static void end_cards(const struct fsrs *fsrs, const uint8_t *grades, const struct bars bars[VECTORS],
                      double *gradient)
{
    const double *w = fsrs->params.w;
    for (int i = 0; i < LANES; i++) {
        if (!grades[i])
            continue;
        const struct state7 *bar = &bars[i / WIDTH].state;
        int k = grades[i] - 1;
        gradient[k] += bar->s[i % WIDTH] + (0.8 * w[k] > LEAST_TRACE ? 0.8 * bar->x[i % WIDTH] : 0);
        add_first_difficulty(fsrs, k, bar->d[i % WIDTH], gradient);
    }
}

#define STATE struct state7
#define STEP struct step7
#define SUMS struct sums7
#define BARS struct bars
#include "schedule/pass.inc"

void pass7(const struct fsrs *fsrs, const struct training *training, size_t begin, size_t end, double *tape,
           double *loss, double gradient[FSRS7_WEIGHTS], float *predicted)
{
    const double *w = fsrs->params.w;
    struct sums7 sums = pass_blocks(fsrs, training, begin, end, tape, loss, gradient, predicted);
    double easy = lanes_total(sums.easy);
    gradient[4] += easy;
    gradient[5] -= easy * 3 * elementary_exp(w[5] * 3);
    /* slow factor = w26^(1 / decay) - 1, and decay = -w24; fast base = log w25. */
    double factor_bar = lanes_total(sums.slow_factor), log_slow = elementary_log(w[26]);
    gradient[24] -= lanes_total(sums.slow_decay) -
                    factor_bar * (fsrs->factor + 1) * log_slow / (fsrs->decay * fsrs->decay);
    gradient[26] += factor_bar * (fsrs->factor + 1) / fsrs->decay / w[26];
    gradient[25] += lanes_total(sums.fast_base) / w[25];
}
