#include "schedule/minimise.h"

#include <math.h>
#include <string.h>

/* Of the largest: the least curvature supposed along any direction. */
#define LEAST_BEND 1e-6

/* The weights' own scales: how far one of them moves before it makes a difference. */
static const double scales6[FSRS6_WEIGHTS] = {.1, .3,  .5,  2,  .3, .1, .2, .05, .2,  .05, .15,
                                              .2, .03, .05, .2, .1, .3, .1, .05, .05, .05};
static const double scales7[FSRS7_WEIGHTS] = {.05, .3,  .5,  2,   .3, .1, .2, .2, .1, .2, .1, .1,
                                              .2,  .1,  .3,  .2,  .1, .3, .1, .1, .3, .2, .4, .03,
                                              .03, .05, .02, .05, .1, .1, .1, .1, .1, .1};

struct point {
    double w[FSRS7_WEIGHTS], gradient[FSRS7_WEIGHTS];
    double value;
};

static size_t size_of(const struct descent *descent)
{
    return fsrs_weight_count(descent->objective->algorithm);
}

static const double *scales_of(const struct descent *descent)
{
    return descent->objective->algorithm == ALGORITHM_FSRS6 ? scales6 : scales7;
}

static void bounds_of(const struct descent *descent, const double *w, size_t index, double *low, double *high)
{
    struct fsrs_params params = {.algorithm = descent->objective->algorithm};
    memcpy(params.w, w, size_of(descent) * sizeof *w);
    fsrs_weight_bounds(&params, index, low, high);
}

/* In order, because some bounds hang on the weight before. */
static void bring_inside(const struct descent *descent, double *w)
{
    for (size_t i = 0; i < size_of(descent); i++) {
        double low, high;
        bounds_of(descent, w, i, &low, &high);
        w[i] = w[i] < low ? low : w[i] > high ? high : w[i];
    }
}

static void evaluate(struct descent *descent, struct point *point)
{
    point->value = objective_value(descent->objective, point->w, point->gradient);
    descent->passes++;
}

/* Weights held at a bound that the gradient pushes against do not take part. */
static void find_free(const struct descent *descent, const struct point *point, bool *is_free)
{
    for (size_t i = 0; i < size_of(descent); i++) {
        double low, high;
        bounds_of(descent, point->w, i, &low, &high);
        is_free[i] = !(point->w[i] <= low && point->gradient[i] > 0) &&
                     !(point->w[i] >= high && point->gradient[i] < 0);
    }
}

/* One of Jacobi's rotations: makes matrix[p][q] zero; the columns of `vectors` turn with it. */
static void rotate(size_t n, double matrix[FSRS7_WEIGHTS][FSRS7_WEIGHTS],
                   double vectors[FSRS7_WEIGHTS][FSRS7_WEIGHTS], size_t p, size_t q)
{
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1),
           s = t * c;
    for (size_t k = 0; k < n; k++) {
        double a = matrix[k][p], b = matrix[k][q];
        matrix[k][p] = c * a - s * b;
        matrix[k][q] = s * a + c * b;
        a = vectors[k][p], b = vectors[k][q];
        vectors[k][p] = c * a - s * b;
        vectors[k][q] = s * a + c * b;
    }
    for (size_t k = 0; k < n; k++) {
        double a = matrix[p][k], b = matrix[q][k];
        matrix[p][k] = c * a - s * b;
        matrix[q][k] = s * a + c * b;
    }
}

/* The eigenvalues end on the diagonal. */
static void diagonalise(size_t n, double matrix[FSRS7_WEIGHTS][FSRS7_WEIGHTS],
                        double vectors[FSRS7_WEIGHTS][FSRS7_WEIGHTS])
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            vectors[i][k] = i == k;
    for (int sweep = 0; sweep < 12; sweep++)
        for (size_t p = 0; p + 1 < n; p++)
            for (size_t q = p + 1; q < n; q++)
                if (fabs(matrix[p][q]) > 1e-14 * (fabs(matrix[p][p]) + fabs(matrix[q][q])))
                    rotate(n, matrix, vectors, p, q);
}

/* Where the value bends downwards, or hardly bends, Newton's step would lead astray: there the size of the bend
 * decides, and at least a little of it is supposed. Told in the weights' own scales. */
static void make_positive(struct descent *descent)
{
    const double *scales = scales_of(descent);
    size_t n = size_of(descent);
    double matrix[FSRS7_WEIGHTS][FSRS7_WEIGHTS], vectors[FSRS7_WEIGHTS][FSRS7_WEIGHTS], most = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            matrix[i][k] = descent->curvature[i][k] * scales[i] * scales[k];
    diagonalise(n, matrix, vectors);
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(matrix[i][i]));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            double sum = 0;
            for (size_t j = 0; j < n; j++)
                sum += vectors[i][j] * vectors[k][j] * fmax(fabs(matrix[j][j]), LEAST_BEND * most);
            descent->curvature[i][k] = sum / (scales[i] * scales[k]);
        }
}

/* Cholesky's root of the curvature over the free weights; false where rounding has made it indefinite. */
static bool factorise(const struct descent *descent, const bool *is_free, double more,
                      double root[FSRS7_WEIGHTS][FSRS7_WEIGHTS])
{
    for (size_t i = 0; i < size_of(descent); i++)
        for (size_t k = 0; k <= i; k++) {
            double sum =
                is_free[i] && is_free[k] ? descent->curvature[i][k] * (i == k ? 1 + more : 1) : i == k;
            for (size_t j = 0; j < k; j++)
                sum -= root[i][j] * root[k][j];
            if (i > k)
                root[i][k] = sum / root[k][k];
            else if (sum > 0)
                root[i][i] = sqrt(sum);
            else
                return false;
        }
    return true;
}

static void factorise_surely(const struct descent *descent, const bool *is_free,
                             double root[FSRS7_WEIGHTS][FSRS7_WEIGHTS])
{
    for (double more = 0; !factorise(descent, is_free, more, root); more = more > 0 ? more * 10 : 1e-12)
        ;
}

static void solve(size_t n, double root[FSRS7_WEIGHTS][FSRS7_WEIGHTS], double *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= root[i][k] * b[k];
        b[i] /= root[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            b[i] -= root[k][i] * b[k];
        b[i] /= root[i][i];
    }
}

/* A step is held to where the weights' own scales make sense. */
static void shorten(const struct descent *descent, double *direction)
{
    const double *scales = scales_of(descent);
    double longest = 0;
    for (size_t i = 0; i < size_of(descent); i++)
        longest = fmax(longest, fabs(direction[i]) / scales[i]);
    for (size_t i = 0; i < size_of(descent) && longest > 4; i++)
        direction[i] *= 4 / longest;
}

/* The Newton step over the free weights; what it promises, twice. */
static double aim(const struct descent *descent, const struct point *point, double *direction)
{
    bool is_free[FSRS7_WEIGHTS];
    double root[FSRS7_WEIGHTS][FSRS7_WEIGHTS], promise = 0;
    find_free(descent, point, is_free);
    factorise_surely(descent, is_free, root);
    for (size_t i = 0; i < size_of(descent); i++)
        direction[i] = is_free[i] ? -point->gradient[i] : 0;
    solve(size_of(descent), root, direction);
    shorten(descent, direction);
    for (size_t i = 0; i < size_of(descent); i++)
        promise -= direction[i] * point->gradient[i];
    return promise;
}

/* Armijo's rule along the path that is bent at the bounds; a cubic's minimum would gain nothing here. */
static bool search_line(struct descent *descent, const struct point *from, const double *direction,
                        struct point *to)
{
    double step = 1;
    for (int tries = 0; tries < 12; tries++) {
        double slope = 0;
        for (size_t i = 0; i < size_of(descent); i++)
            to->w[i] = from->w[i] + step * direction[i];
        bring_inside(descent, to->w);
        for (size_t i = 0; i < size_of(descent); i++)
            slope += from->gradient[i] * (to->w[i] - from->w[i]);
        if (slope >= 0)
            return false;
        evaluate(descent, to);
        if (objective_cancelled(descent->objective))
            return false;
        if (to->value <= from->value + 1e-4 * slope)
            return true;
        double best =
            -slope / (2 * (to->value - from->value - slope)); /* of the parabola through what is known */
        step *= best < 0.1 ? 0.1 : best > 0.5 ? 0.5 : best;
    }
    return false;
}

/* Rank-two update of the curvature from a step and the change of the gradient along it. */
static void learn(struct descent *descent, const struct point *from, const struct point *to)
{
    size_t n = size_of(descent);
    double s[FSRS7_WEIGHTS], y[FSRS7_WEIGHTS], bs[FSRS7_WEIGHTS] = {0}, sy = 0, sbs = 0, ss = 0, yy = 0;
    for (size_t i = 0; i < n; i++) {
        s[i] = to->w[i] - from->w[i];
        y[i] = to->gradient[i] - from->gradient[i];
        sy += s[i] * y[i];
        ss += s[i] * s[i];
        yy += y[i] * y[i];
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++)
            bs[i] += descent->curvature[i][k] * s[k];
        sbs += s[i] * bs[i];
    }
    if (!(sy > 1e-8 * sqrt(ss * yy)) || !(sbs > 0))
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            descent->curvature[i][k] += y[i] * y[k] / sy - bs[i] * bs[k] / sbs;
}

bool descent_measure(struct descent *descent)
{
    const double *scales = scales_of(descent);
    size_t n = size_of(descent);
    struct point at, beside;
    memcpy(at.w, descent->w, sizeof at.w);
    bring_inside(descent, at.w);
    evaluate(descent, &at);
    for (size_t i = 0; i < n && !objective_cancelled(descent->objective); i++) {
        double low, high, step = 0.02 * scales[i];
        bounds_of(descent, at.w, i, &low, &high);
        if (at.w[i] + step > high)
            step = -step;
        memcpy(beside.w, at.w, sizeof at.w);
        beside.w[i] += step;
        evaluate(descent, &beside);
        for (size_t k = 0; k < n; k++)
            descent->curvature[i][k] = (beside.gradient[k] - at.gradient[k]) / step;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            descent->curvature[i][k] = descent->curvature[k][i] =
                (descent->curvature[i][k] + descent->curvature[k][i]) / 2;
    descent->value = at.value;
    make_positive(descent);
    return !objective_cancelled(descent->objective);
}

static void tell_progress(const struct descent *descent, double first_promise, double promise, double goal)
{
    if (!descent->progress || !(promise > 0) || !(first_promise > goal))
        return;
    double done = log(first_promise / promise) / log(first_promise / goal);
    descent->progress(done < 0 ? 0 : done > 1 ? 1 : done, descent->data);
}

bool descent_run(struct descent *descent)
{
    struct point at, next;
    double direction[FSRS7_WEIGHTS], first_promise = 0;
    memcpy(at.w, descent->w, sizeof at.w);
    bring_inside(descent, at.w);
    evaluate(descent, &at);
    for (int begun = descent->passes; descent->passes < begun + descent->most_passes;) {
        descent->value = at.value;
        double promise = aim(descent, &at, direction), goal = descent->tolerance * fabs(at.value);
        first_promise = first_promise > 0 ? first_promise : promise;
        tell_progress(descent, first_promise, promise, goal);
        if (promise < 2 * goal || !search_line(descent, &at, direction, &next))
            break;
        learn(descent, &at, &next);
        at = next;
    }
    memcpy(descent->w, at.w, sizeof at.w);
    descent->value = at.value;
    return !objective_cancelled(descent->objective);
}

void descent_covariance(const struct descent *descent, double ret[FSRS7_WEIGHTS][FSRS7_WEIGHTS])
{
    bool is_free[FSRS7_WEIGHTS];
    double root[FSRS7_WEIGHTS][FSRS7_WEIGHTS];
    size_t n = size_of(descent);
    for (size_t i = 0; i < n; i++) {
        double low, high;
        bounds_of(descent, descent->w, i, &low, &high);
        is_free[i] = descent->w[i] > low && descent->w[i] < high;
    }
    factorise_surely(descent, is_free, root);
    for (size_t i = 0; i < n; i++) {
        double column[FSRS7_WEIGHTS] = {0};
        column[i] = is_free[i];
        solve(n, root, column);
        memcpy(ret[i], column, sizeof column);
    }
}
