#include "schedule/fsrs.h"

#include "base/translate.h"
#include "schedule/elementary.h"
#include "schedule/pairs.h"

#include <assert.h>
#include <math.h>

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* fmin and fmax would be calls; no number here is a NaN. */
static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

/* Weights */

static const struct fsrs_params defaults6 = {
    ALGORITHM_FSRS6, {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
                      1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542}};

static const struct fsrs_params defaults7 = {
    ALGORITHM_FSRS7,
    {0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0,      1.3826, 0.7024, 0.5999,
     0.8146, 0.6398, 1,      1.3207,  0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869, 0.1567,
     0.0801, 0.2421, 0.9464, 0.1433,  0.7145, 0,      0.5667, 0.3734, 0.5333, 0.3048}};

static const double bounds6[FSRS6_WEIGHTS][2] = {
    {0.001, 100}, {0.001, 100}, {0.001, 100}, {0.001, 100}, {1, 10},   {0.001, 4},   {0.001, 4},
    {0.001, .75}, {0, 4.5},     {0, 0.8},     {0.001, 3.5}, {.001, 5}, {0.001, .25}, {0.001, 0.9},
    {0, 4},       {0, 1},       {1, 6},       {0, 2},       {0, 2},    {0, 0.8},     {0.1, 0.8}};

static const double bounds7[FSRS7_WEIGHTS][2] = {
    {1e-4, 50},  {1e-4, 100}, {1e-4, 100}, {1e-4, 100}, {1, 10}, {.001, 4},  {.1, 4},    {0, 4},    {0, 1.2},
    {.3, 3},     {.01, 1.5},  {.1, 1},     {0, 3.5},    {0, 1},  {1, 7},     {0, 4},     {0, 2},    {.5, 6},
    {.001, 1.5}, {.001, 1},   {0, 5},      {0, 1},      {1, 7},  {.01, .25}, {.01, .95}, {.2, .85}, {.5, .99},
    {.01, 1},    {.1, 1},     {0, .9},     {.1, 1.1},   {0, 1},  {0, .6},    {0, .6}};

struct fsrs_params fsrs_defaults(enum algorithm algorithm)
{
    return algorithm == ALGORITHM_FSRS6 ? defaults6 : defaults7;
}

size_t fsrs_weight_count(enum algorithm algorithm)
{
    return algorithm == ALGORITHM_FSRS6 ? FSRS6_WEIGHTS : FSRS7_WEIGHTS;
}

void fsrs_weight_bounds(const struct fsrs_params *params, size_t index, double *ret_low, double *ret_high)
{
    assert(index < fsrs_weight_count(params->algorithm));
    const double(*bounds)[2] = params->algorithm == ALGORITHM_FSRS6 ? bounds6 : bounds7;
    double low = bounds[index][0];
    if (params->algorithm == ALGORITHM_FSRS7 && index >= 1 && index <= 3)
        low = greater(low, params->w[index - 1]);
    if (params->algorithm == ALGORITHM_FSRS7 && index == 26)
        low = greater(low, params->w[25]);
    *ret_low = low;
    *ret_high = bounds[index][1];
}

/* Into `w`, from the weights of FSRS-4.5 or FSRS-5; difficulty meant something else before FSRS-5. */
static void upgrade_weights(const double *weights, size_t count, double *w)
{
    for (size_t i = 0; i < count; i++)
        w[i] = weights[i];
    if (count == 17) {
        w[4] = 2 * weights[5] + weights[4];
        w[5] = elementary_log(3 * weights[5] + 1) / 3;
        w[6] = weights[6] + 0.5;
    }
    for (size_t i = count; i < 20; i++)
        w[i] = 0;
    w[20] = 0.5;
}

/* Older versions had other bounds: what was upgraded is brought inside, a NaN stays one. */
static void clip_weights(struct fsrs_params *params)
{
    for (size_t i = 0; i < fsrs_weight_count(params->algorithm); i++) {
        double low, high;
        fsrs_weight_bounds(params, i, &low, &high);
        params->w[i] = clamp(params->w[i], low, high);
    }
}

static bool check_weights(const struct fsrs_params *params, struct error *e)
{
    for (size_t i = 0; i < fsrs_weight_count(params->algorithm); i++) {
        double low, high;
        if (!isfinite(params->w[i]))
            return fail(e, ERROR_SYNTAX, _("weight %zu (counting from 0) is not a number"), i);
        fsrs_weight_bounds(params, i, &low, &high);
        if (params->w[i] < low || params->w[i] > high)
            return fail(e, ERROR_SYNTAX, _("weight %zu (counting from 0) is %g; it must lie from %g to %g"),
                        i, params->w[i], low, high);
    }
    return true;
}

static bool refuse_count(size_t count, int algorithm, struct error *e)
{
    if (count == FSRS6_WEIGHTS || count == 17 || count == 19)
        return fail(e, ERROR_SYNTAX, _("%zu weights belong to FSRS-6, and FSRS-7 was asked for; it has 34"),
                    count);
    if (count == FSRS7_WEIGHTS)
        return fail(e, ERROR_SYNTAX, _("34 weights belong to FSRS-7, and FSRS-6 was asked for; it has 21"));
    if (count == 35)
        return fail(e, ERROR_SYNTAX, _("35 weights belong to a draft of FSRS-7; the final form has 34"));
    if (algorithm == ALGORITHM_FSRS7)
        return fail(e, ERROR_SYNTAX, _("%zu weights; FSRS-7 has 34"), count);
    if (algorithm == ALGORITHM_FSRS6)
        return fail(e, ERROR_SYNTAX, _("%zu weights; FSRS-6 has 21 (17 and 19 older ones are upgraded)"),
                    count);
    return fail(e, ERROR_SYNTAX,
                _("%zu weights; FSRS-7 has 34, FSRS-6 has 21 (17 and 19 older ones are upgraded)"), count);
}

bool fsrs_read_weights(const double *weights, size_t count, int algorithm, struct fsrs_params *ret,
                       struct error *e)
{
    bool six = count == FSRS6_WEIGHTS || count == 19 || count == 17, seven = count == FSRS7_WEIGHTS;
    if ((!six && !seven) || (six && algorithm == ALGORITHM_FSRS7) || (seven && algorithm == ALGORITHM_FSRS6))
        return refuse_count(count, algorithm, e);
    struct fsrs_params params = {six ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7, {0}};
    if (count == 17 || count == 19) {
        upgrade_weights(weights, count, params.w);
        clip_weights(&params);
    } else
        memcpy(params.w, weights, count * sizeof *weights);
    if (!check_weights(&params, e))
        return false;
    *ret = params;
    return true;
}

/* What both algorithms share */

struct fsrs fsrs_prepare(const struct fsrs_params *params)
{
    const double *w = params->w;
    struct fsrs fsrs = {.params = *params};
    if (params->algorithm == ALGORITHM_FSRS6) {
        fsrs.decay = -w[20];
        fsrs.factor = elementary_expm1(elementary_log(0.9) / fsrs.decay);
        fsrs.gain = elementary_exp(w[8]);
        fsrs.same_day = elementary_exp(w[17] * w[18]);
    } else {
        fsrs.decay = -clamp(w[24], 0.01, 0.95);
        fsrs.factor = elementary_expm1(elementary_log(w[26]) / fsrs.decay);
        fsrs.fast_base = elementary_log(w[25]);
        fsrs.gain = elementary_exp(w[7] - 1.5);
        fsrs.fast_gain = elementary_exp(w[15] - 1.5);
    }
    for (int i = 0; i < 4; i++)
        fsrs.first_d[i] = clamp(w[4] - elementary_exp(w[5] * i) + 1, 1, 10);
    fsrs.easy_difficulty = w[4] - elementary_exp(w[5] * 3) + 1;
    fsrs_aim(&fsrs, 0.9);
    return fsrs;
}

static double unit_days(const struct fsrs *fsrs, double retention)
{
    return elementary_expm1(elementary_log(retention) / fsrs->decay) / fsrs->factor;
}

void fsrs_aim(struct fsrs *fsrs, double retention)
{
    assert(retention > 0 && retention < 1);
    fsrs->aim = retention;
    fsrs->aim_days = unit_days(fsrs, retention);
}

/* `pull`: how strongly difficulty drifts back to that of an easy card. */
static double next_difficulty(const struct fsrs *fsrs, double d, double change, double pull)
{
    double damped = d + change * (10 - d) * (1.0 / 9);
    return clamp(pull * fsrs->easy_difficulty + (1 - pull) * damped, 1, 10);
}

/* FSRS-6 */

/* 1 - R is taken by expm1, never from R, so that no digits are lost. */

static double recalled_stability6(const struct fsrs *fsrs, struct memory memory, enum grade grade,
                                  double days)
{
    const double *w = fsrs->params.w;
    double log1p_x, log_s, power, rise;
    pair_log1p_log(fsrs->factor * days / memory.s, memory.s, &log1p_x, &log_s);
    double forgotten = -elementary_expm1(fsrs->decay * log1p_x);
    pair_exp_expm1(-w[9] * log_s, w[10] * forgotten, &power, &rise);
    double bonus = grade == GRADE_HARD ? w[15] : grade == GRADE_EASY ? w[16] : 1;
    return memory.s * (1 + fsrs->gain * (11 - memory.d) * power * rise * bonus);
}

static double forgotten_stability6(const struct fsrs *fsrs, struct memory memory, double days)
{
    const double *w = fsrs->params.w;
    double log1p_x, log_d, power, rise;
    pair_log1p_log(fsrs->factor * days / memory.s, memory.d, &log1p_x, &log_d);
    double forgotten = -elementary_expm1(fsrs->decay * log1p_x);
    pair_exp_expm1(w[14] * forgotten - w[12] * log_d, w[13] * elementary_log1p(memory.s), &power, &rise);
    return lesser(w[11] * power * rise, memory.s / fsrs->same_day);
}

static double same_day_stability6(const struct fsrs *fsrs, double s, enum grade grade)
{
    const double *w = fsrs->params.w;
    double factor = elementary_exp(w[17] * ((int)grade - 3 + w[18])) * elementary_pow(s, -w[19]);
    return s * (grade >= GRADE_HARD ? greater(factor, 1) : factor);
}

static struct memory step6(const struct fsrs *fsrs, struct memory memory, enum grade grade, double days)
{
    const double *w = fsrs->params.w;
    double s;
    if (days <= 0)
        s = same_day_stability6(fsrs, memory.s, grade);
    else if (grade == GRADE_AGAIN)
        s = forgotten_stability6(fsrs, memory, days);
    else
        s = recalled_stability6(fsrs, memory, grade, days);
    return (struct memory){
        .s = clamp(s, 0.001, FSRS_MAX_DAYS),
        .d = next_difficulty(fsrs, memory.d, -w[6] * ((int)grade - 3), w[7]),
    };
}

static double recall6(const struct fsrs *fsrs, struct memory memory, double days)
{
    return elementary_exp(fsrs->decay * elementary_log1p(fsrs->factor * days / memory.s));
}

static double days6(const struct fsrs *fsrs, struct memory memory, double retention)
{
    return memory.s * (retention == fsrs->aim ? fsrs->aim_days : unit_days(fsrs, retention));
}

/* FSRS-7 */

/* The chance of recall mixes two power curves: R = share * fast + (1 - share) * slow, held off 0 and 1. Pairs are fast
 * and slow: curve = (1 + rate t)^decay. */
struct curve {
    pair decay, rate, share;
    pair log; /* of the stabilities */
};

#define CURVE_FLOOR 1e-5
#define CURVE_SPAN (1 - 2e-5)

static struct curve curve_of(const struct fsrs *fsrs, struct memory memory)
{
    const double *w = fsrs->params.w;
    pair stability = {memory.x, memory.s}, logs = pair_log(stability);
    double harder = memory.d - 5;
    pair bend = pair_exp((pair){(w[33] - 0.3) * logs[0], harder * (w[32] - 0.3)});
    pair weight = pair_exp((pair){-w[29] * logs[0], w[30] * logs[1] + harder * (w[31] - 0.5)});
    double fast_decay = -clamp(w[23] * bend[0], 0.01, 0.95);
    double fast_factor = elementary_expm1(lesser(fsrs->fast_base / fast_decay, 60));
    double fast = w[27] * weight[0], slow = w[28] * weight[1], share = fast / (fast + slow);
    return (struct curve){
        .decay = {fast_decay, fsrs->decay},
        .rate = (pair){fast_factor, fsrs->factor * bend[1]} / stability,
        .share = {share, 1 - share},
        .log = logs,
    };
}

INLINE double sum_of(pair x)
{
    return x[0] + x[1];
}

/* 1 - R of each trace. */
INLINE pair curve_lost(const struct curve *curve, double days)
{
    return -pair_expm1(curve->decay * pair_log1p(curve->rate * days));
}

static double recall7(const struct fsrs *fsrs, struct memory memory, double days)
{
    struct curve curve = curve_of(fsrs, memory);
    pair recalls = pair_exp(curve.decay * pair_log1p(curve.rate * days));
    return sum_of(curve.share * recalls) * CURVE_SPAN + CURVE_FLOOR;
}

/* The k-th of the eight weights of each trace. */
INLINE pair trace_weight(const double *w, int k)
{
    return (pair){w[15 + k], w[7 + k]};
}

/* Both traces' stabilities after a grade; `lost` is what each is renewed by. */
static pair next_traces(const struct fsrs *fsrs, struct memory memory, const struct curve *curve,
                        enum grade grade, pair lost)
{
    const double *w = fsrs->params.w;
    pair stability = {memory.x, memory.s};
    if (grade == GRADE_AGAIN) {
        pair left = trace_weight(w, 3) * pair_expm1(trace_weight(w, 4) * pair_log1p(stability)) *
                    pair_exp(trace_weight(w, 5) * lost);
        return pair_choose(stability < left, stability, left);
    }
    pair gain = {fsrs->fast_gain, fsrs->gain};
    pair growth = gain * (11 - memory.d) * pair_exp(-trace_weight(w, 1) * curve->log) *
                  pair_expm1(trace_weight(w, 2) * lost);
    if (grade != GRADE_GOOD)
        growth *= trace_weight(w, grade == GRADE_HARD ? 6 : 7);
    return stability * (1 + growth);
}

static struct memory step7(const struct fsrs *fsrs, struct memory memory, enum grade grade, double days)
{
    const double *w = fsrs->params.w;
    struct curve curve = curve_of(fsrs, memory);
    pair lost = curve_lost(&curve, days);
    double forgotten = sum_of(curve.share * lost) * CURVE_SPAN + CURVE_FLOOR;
    pair next = next_traces(fsrs, memory, &curve, grade, (pair){lost[0], forgotten});
    double s = next[1], x = grade == GRADE_AGAIN ? lesser(next[0], 0.8 * s) : next[0];
    double surprise = grade == GRADE_AGAIN ? 1 - forgotten + 0.1 : 1;
    return (struct memory){
        .s = clamp(s, 1e-4, FSRS_MAX_DAYS),
        .x = clamp(x, 1e-4, FSRS_MAX_DAYS),
        .d = next_difficulty(fsrs, memory.d, -w[6] * ((int)grade - 3) * surprise, 0.01),
    };
}

/* 1 - R of both together without floor, with its first and second derivative over ln t. */
struct lost {
    double value, slope, bend;
};

static struct lost lost_at(const struct curve *curve, double days)
{
    pair x = curve->rate * days, more = 1 / (1 + x);
    pair value = -pair_expm1(curve->decay * pair_log1p(x)), slope = -curve->decay * (1 - value) * x * more;
    pair bend = slope * (1 + curve->decay * x) * more;
    return (struct lost){sum_of(curve->share * value), sum_of(curve->share * slope),
                         sum_of(curve->share * bend)};
}

/* How far to move in ln t by Halley's rule for ln(lost) = ln(goal), which is nearly straight. The logarithm is
 * taken by three terms of its series: exact where it matters, near the root. */
static double root_step(struct lost lost, double goal)
{
    double z = (goal - lost.value) / (goal + lost.value), z2 = z * z;
    double gap = 2 * z * (1 + z2 * (1.0 / 3 + z2 * (1.0 / 5)));
    double scale = 1 / lost.value, first = lost.slope * scale, square = first * first;
    double step = gap * first / (square + 0.5 * gap * (lost.bend * scale - square));
    return step > 1.5 ? 1.5 : step < -1.5 ? -1.5 : step;
}

/* e^step for small steps, by quotient. */
static double root_factor(double step)
{
    double even = 12 + step * step;
    return (even + 6 * step) / (even - 6 * step);
}

/* The root lies between the two traces' own roots, since R is between their curves. Two or three steps of third
 * order reach it; one that leaves the bracket, or comes too late, gives way to halving. */
static double curve_root(const struct curve *curve, pair roots, double goal)
{
    double low = lesser(roots[0], roots[1]), high = greater(roots[0], roots[1]);
    double at = elementary_exp(sum_of(curve->share * pair_log(roots)));
    for (int i = 0; i < 100; i++) {
        struct lost lost = lost_at(curve, at);
        double step = root_step(lost, goal);
        if (fabs(step) < 5e-4 || high - low < 1e-15 * high)
            return at * root_factor(step);
        if (lost.value < goal)
            low = at;
        else
            high = at;
        at *= root_factor(step);
        if (!(at > low && at < high) || i > 30)
            at = sqrt(low * high);
    }
    return at;
}

static double days7(const struct fsrs *fsrs, struct memory memory, double retention)
{
    double recall = (retention - CURVE_FLOOR) / CURVE_SPAN;
    if (recall >= 1)
        return 0;
    if (recall <= 0)
        return FSRS_MAX_DAYS;
    struct curve curve = curve_of(fsrs, memory);
    pair roots = pair_expm1(elementary_log(recall) / curve.decay) / curve.rate;
    return lesser(curve_root(&curve, roots, 1 - recall), FSRS_MAX_DAYS);
}

/* Either */

struct memory fsrs_step(const struct fsrs *fsrs, struct memory memory, enum grade grade, double days)
{
    assert(grade >= GRADE_AGAIN && grade <= GRADE_EASY);
    const double *w = fsrs->params.w;
    days = days > 0 ? days : 0;
    bool six = fsrs->params.algorithm == ALGORITHM_FSRS6;
    if (memory.s > 0)
        return six ? step6(fsrs, memory, grade, days) : step7(fsrs, memory, grade, days);
    double least = six ? 0.001 : 1e-4, s = clamp(w[grade - 1], least, FSRS_MAX_DAYS);
    return (struct memory){
        .s = s, .x = six ? 0 : clamp(0.8 * s, least, FSRS_MAX_DAYS), .d = fsrs->first_d[grade - 1]};
}

double fsrs_recall(const struct fsrs *fsrs, struct memory memory, double days)
{
    assert(memory.s > 0);
    days = days > 0 ? days : 0;
    return fsrs->params.algorithm == ALGORITHM_FSRS6 ? recall6(fsrs, memory, days)
                                                     : recall7(fsrs, memory, days);
}

double fsrs_days(const struct fsrs *fsrs, struct memory memory, double retention)
{
    assert(memory.s > 0 && retention > 0 && retention < 1);
    return fsrs->params.algorithm == ALGORITHM_FSRS6 ? days6(fsrs, memory, retention)
                                                     : days7(fsrs, memory, retention);
}

struct memory fsrs_next(const struct fsrs_params *params, struct memory memory, enum grade grade, double days)
{
    struct fsrs fsrs = fsrs_prepare(params);
    return fsrs_step(&fsrs, memory, grade, days);
}

double fsrs_retrievability(const struct fsrs_params *params, struct memory memory, double days)
{
    struct fsrs fsrs = fsrs_prepare(params);
    return fsrs_recall(&fsrs, memory, days);
}

double fsrs_interval(const struct fsrs_params *params, struct memory memory, double retention)
{
    struct fsrs fsrs = fsrs_prepare(params);
    return fsrs_days(&fsrs, memory, retention);
}

/* SM-2 */

static struct memory from_sm2_6(const struct fsrs *fsrs, double interval_days, double ease, double retention)
{
    const double *w = fsrs->params.w;
    double s = greater(interval_days, 0.001) * fsrs->factor /
               elementary_expm1(elementary_log(retention) / fsrs->decay);
    double gain = fsrs->gain * elementary_pow(s, -w[9]) * elementary_expm1((1 - retention) * w[10]);
    return (struct memory){.s = clamp(s, 0.001, FSRS_MAX_DAYS), .d = clamp(11 - (ease - 1) / gain, 1, 10)};
}

/* The middle difficulty, and stabilities found by halving ln s. */
static struct memory from_sm2_7(const struct fsrs *fsrs, double interval_days, double retention)
{
    double low = elementary_log(1e-4), high = elementary_log(FSRS_MAX_DAYS);
    struct memory memory = {.d = 5};
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        memory.s = elementary_exp(middle);
        memory.x = greater(0.8 * memory.s, 1e-4);
        if (recall7(fsrs, memory, interval_days) < retention)
            low = middle;
        else
            high = middle;
    }
    return memory;
}

struct memory fsrs_from_sm2(const struct fsrs_params *params, double interval_days, double ease,
                            double retention)
{
    struct fsrs fsrs = fsrs_prepare(params);
    return params->algorithm == ALGORITHM_FSRS6 ? from_sm2_6(&fsrs, interval_days, ease, retention)
                                                : from_sm2_7(&fsrs, interval_days, retention);
}
