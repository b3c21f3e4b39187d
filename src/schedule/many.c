#include "schedule/many.h"

#include "schedule/lanes.h"

#define CURVE_FLOOR 1e-5
#define CURVE_SPAN (1 - 2e-5)

struct memories {
    lanes s, x, d;
};

INLINE struct memories read_memories(const struct memory *m)
{
    return (struct memories){
        {m[0].s, m[1].s, m[2].s, m[3].s}, {m[0].x, m[1].x, m[2].x, m[3].x}, {m[0].d, m[1].d, m[2].d, m[3].d}};
}

INLINE lanes read_doubles(const double *from)
{
    lanes read;
    memcpy(&read, from, sizeof read);
    return read;
}

INLINE void write_doubles(double *to, lanes x)
{
    memcpy(to, &x, sizeof x);
}

INLINE lanes next_difficulty(const struct fsrs *fsrs, lanes d, lanes change, double pull)
{
    return within(pull * fsrs->easy_difficulty + (1 - pull) * (d + change * (10 - d) * (1.0 / 9)), 1, 10);
}

/* FSRS-6 */

INLINE lanes recall6(const struct fsrs *fsrs, struct memories memories, lanes days)
{
    return lanes_exp(fsrs->decay * lanes_log1p(fsrs->factor * days / memories.s));
}

INLINE struct memories step6(const struct fsrs *fsrs, struct memories m, lanes grade, lanes days)
{
    const double *w = fsrs->params.w;
    mask same = days <= 0, again = grade == 1;
    lanes lost = -lanes_expm1(fsrs->decay * lanes_log1p(fsrs->factor * days / m.s));
    lanes log_s = lanes_log(choose(again & ~same, 1 + m.s, m.s));
    lanes powers = choose(again, w[14] * lost - w[12] * lanes_log(m.d), -w[9] * log_s);
    lanes power = lanes_exp(choose(same, w[17] * (grade - 3 + w[18]) - w[19] * log_s, powers));
    lanes rise = lanes_expm1(choose(again, w[13] * log_s, w[10] * lost));
    lanes bonus = choose(grade == 2, all(w[15]), choose(grade == 4, all(w[16]), all(1)));
    lanes recalled = m.s * (1 + fsrs->gain * (11 - m.d) * power * rise * bonus);
    lanes forgotten = w[11] * power * rise, floor = m.s / fsrs->same_day;
    forgotten = choose(forgotten < floor, forgotten, floor);
    lanes repeated = m.s * choose((grade >= 2) & (power < 1), all(1), power);
    lanes s = choose(same, repeated, choose(again, forgotten, recalled));
    return (struct memories){within(s, 0.001, FSRS_MAX_DAYS), all(0),
                             next_difficulty(fsrs, m.d, -w[6] * (grade - 3), w[7])};
}

/* FSRS-7, as in fsrs.c */

struct curves {
    lanes fast_decay, fast_rate, slow_rate, share;
};

INLINE struct curves curves_of(const struct fsrs *fsrs, struct memories m)
{
    const double *w = fsrs->params.w;
    lanes log_x = lanes_log(m.x), log_s = lanes_log(m.s), harder = m.d - 5;
    lanes fast_decay = -within(w[23] * lanes_exp((w[33] - 0.3) * log_x), 0.01, 0.95);
    lanes fast = w[27] * lanes_exp(-w[29] * log_x);
    lanes slow = w[28] * lanes_exp(w[30] * log_s + harder * (w[31] - 0.5));
    lanes power = fsrs->fast_base / fast_decay;
    return (struct curves){
        .fast_decay = fast_decay,
        .fast_rate = lanes_expm1(choose(power < 60, power, all(60))) / m.x,
        .slow_rate = fsrs->factor * lanes_exp(harder * (w[32] - 0.3)) / m.s,
        .share = fast / (fast + slow),
    };
}

INLINE lanes recall7(const struct fsrs *fsrs, struct memories m, lanes days)
{
    struct curves c = curves_of(fsrs, m);
    lanes fast = lanes_exp(c.fast_decay * lanes_log1p(c.fast_rate * days));
    lanes slow = lanes_exp(fsrs->decay * lanes_log1p(c.slow_rate * days));
    return (c.share * fast + (1 - c.share) * slow) * CURVE_SPAN + CURVE_FLOOR;
}

INLINE lanes next_trace(const double *w, double gain, lanes s, lanes d, lanes grade, lanes lost)
{
    mask again = grade == 1;
    lanes power = lanes_exp(choose(again, w[5] * lost, -w[1] * lanes_log(s)));
    lanes rise = lanes_expm1(choose(again, w[4] * lanes_log1p(s), w[2] * lost));
    lanes bonus = choose(grade == 2, all(w[6]), choose(grade == 4, all(w[7]), all(1)));
    lanes recalled = s * (1 + gain * (11 - d) * power * rise * bonus), left = w[3] * power * rise;
    return choose(again, choose(left < s, left, s), recalled);
}

INLINE struct memories step7(const struct fsrs *fsrs, struct memories m, lanes grade, lanes days)
{
    const double *w = fsrs->params.w;
    struct curves c = curves_of(fsrs, m);
    mask again = grade == 1;
    lanes fast_lost = -lanes_expm1(c.fast_decay * lanes_log1p(c.fast_rate * days));
    lanes slow_lost = -lanes_expm1(fsrs->decay * lanes_log1p(c.slow_rate * days));
    lanes lost = (c.share * fast_lost + (1 - c.share) * slow_lost) * CURVE_SPAN + CURVE_FLOOR;
    lanes s = next_trace(w + 7, fsrs->gain, m.s, m.d, grade, lost);
    lanes x = next_trace(w + 15, fsrs->fast_gain, m.x, m.d, grade, fast_lost);
    x = choose(again & (0.8 * s < x), 0.8 * s, x);
    lanes surprise = choose(again, 1.1 - lost, all(1));
    return (struct memories){within(s, 1e-4, FSRS_MAX_DAYS), within(x, 1e-4, FSRS_MAX_DAYS),
                             next_difficulty(fsrs, m.d, -w[6] * (grade - 3) * surprise, 0.01)};
}

struct losts {
    lanes value, slope, bend;
};

INLINE struct losts trace_lost(lanes decay, lanes rate, lanes days)
{
    lanes x = rate * days, more = 1 / (1 + x);
    lanes value = -lanes_expm1(decay * lanes_log1p(x)), slope = -decay * (1 - value) * x * more;
    return (struct losts){value, slope, slope * (1 + decay * x) * more};
}

INLINE lanes root_step(struct losts lost, double goal)
{
    lanes z = (goal - lost.value) / (goal + lost.value), z2 = z * z;
    lanes gap = 2 * z * (1 + z2 * (1.0 / 3 + z2 * (1.0 / 5)));
    lanes scale = 1 / lost.value, first = lost.slope * scale, square = first * first;
    return within(gap * first / (square + 0.5 * gap * (lost.bend * scale - square)), -1.5, 1.5);
}

INLINE lanes root_factor(lanes step)
{
    lanes even = 12 + step * step;
    return (even + 6 * step) / (even - 6 * step);
}

INLINE bool any(mask condition)
{
    return condition[0] | condition[1] | condition[2] | condition[3];
}

/* As curve_root in fsrs.c, but that halves where a step leaves the bracket; here such lanes, which are rare, stay
 * marked and are left to it. */
INLINE mask find_roots(const struct fsrs *fsrs, const struct curves *c, double goal, lanes fast, lanes slow,
                       lanes *at)
{
    mask open = fast == fast;
    lanes decay = all(fsrs->decay);
    *at = lanes_exp(c->share * lanes_log(fast) + (1 - c->share) * lanes_log(slow));
    for (int i = 0; i < 6 && any(open); i++) {
        struct losts a = trace_lost(c->fast_decay, c->fast_rate, *at),
                     b = trace_lost(decay, c->slow_rate, *at);
        struct losts lost = {c->share * a.value + (1 - c->share) * b.value,
                             c->share * a.slope + (1 - c->share) * b.slope,
                             c->share * a.bend + (1 - c->share) * b.bend};
        lanes step = root_step(lost, goal);
        *at = choose(open, *at * root_factor(step), *at);
        open &= (step > 5e-4) | (step < -5e-4);
    }
    return open;
}

/* Four at a time; what is left over, and what the lanes could not do, one by one. */

WIDE static size_t recall_fours(const struct fsrs *fsrs, const struct memory *memories, const double *days,
                                size_t count, double *ret)
{
    size_t i = 0;
    bool six = fsrs->params.algorithm == ALGORITHM_FSRS6;
    for (; i + WIDTH <= count; i += WIDTH) {
        struct memories m = read_memories(memories + i);
        lanes past = read_doubles(days + i);
        past = choose(past > 0, past, all(0));
        write_doubles(ret + i, six ? recall6(fsrs, m, past) : recall7(fsrs, m, past));
    }
    return i;
}

WIDE static size_t days_fours(const struct fsrs *fsrs, const struct memory *memories, double retention,
                              size_t count, double *ret)
{
    double recall = (retention - CURVE_FLOOR) / CURVE_SPAN;
    if (fsrs->params.algorithm == ALGORITHM_FSRS6 || recall <= 0 || recall >= 1)
        return 0;
    double log_recall = elementary_log(recall);
    size_t i = 0;
    for (; i + WIDTH <= count; i += WIDTH) {
        struct memories m = read_memories(memories + i);
        struct curves c = curves_of(fsrs, m);
        lanes fast = lanes_expm1(log_recall / c.fast_decay) / c.fast_rate;
        lanes slow = lanes_expm1(all(log_recall / fsrs->decay)) / c.slow_rate, at;
        mask open = find_roots(fsrs, &c, 1 - recall, fast, slow, &at);
        write_doubles(ret + i, choose(at < FSRS_MAX_DAYS, at, all(FSRS_MAX_DAYS)));
        for (size_t k = 0; k < WIDTH; k++)
            if (open[k])
                ret[i + k] = fsrs_days(fsrs, memories[i + k], retention);
    }
    return i;
}

WIDE static size_t step_fours(const struct fsrs *fsrs, struct memory *memories, const uint8_t *grades,
                              const double *days, size_t count)
{
    size_t i = 0;
    bool six = fsrs->params.algorithm == ALGORITHM_FSRS6;
    for (; i + WIDTH <= count; i += WIDTH) {
        struct memories m = read_memories(memories + i);
        lanes past = read_doubles(days + i), grade = read_bytes(grades + i);
        past = choose(past > 0, past, all(0));
        m = six ? step6(fsrs, m, grade, past) : step7(fsrs, m, grade, past);
        for (size_t k = 0; k < WIDTH; k++)
            memories[i + k] = (struct memory){m.s[k], m.x[k], m.d[k]};
    }
    return i;
}

void fsrs_recall_many(const struct fsrs *fsrs, const struct memory *memories, const double *days,
                      size_t count, double *ret)
{
    for (size_t i = recall_fours(fsrs, memories, days, count, ret); i < count; i++)
        ret[i] = fsrs_recall(fsrs, memories[i], days[i]);
}

void fsrs_days_many(const struct fsrs *fsrs, const struct memory *memories, double retention, size_t count,
                    double *ret)
{
    for (size_t i = days_fours(fsrs, memories, retention, count, ret); i < count; i++)
        ret[i] = fsrs_days(fsrs, memories[i], retention);
}

void fsrs_step_many(const struct fsrs *fsrs, struct memory *memories, const uint8_t *grades,
                    const double *days, size_t count)
{
    for (size_t i = step_fours(fsrs, memories, grades, days, count); i < count; i++)
        memories[i] = fsrs_step(fsrs, memories[i], (enum grade)grades[i], days[i]);
}
