/* Fits on review logs whose best value is known, and on one real log that is foretold fold by fold. */
#include "schedule/fit.h"
#include "base/crew.h"
#include "reference/numbers.h"

#include <string.h>

/* card_id,review_ms,rating,elapsed_days with small whole card numbers. */
static struct review_log read_log(struct arena *arena, const char *name)
{
    struct str text = reference_text(arena, name), line;
    struct review_log log = {0};
    str_split(&text, '\n', &line);
    while (str_split(&text, '\n', &line)) {
        unsigned card;
        long long at_ms;
        int rating, days;
        if (line.len == 0 || sscanf(line.ptr, "%u,%lld,%d,%d", &card, &at_ms, &rating, &days) != 4)
            continue;
        list_push(arena, &log, (struct review){at_ms, card, (uint16_t)days, (uint8_t)rating, 0});
        if (card >= log.cards)
            log.cards = card + 1;
    }
    review_log_sort(&log);
    return log;
}

static struct fit_options options_of(enum algorithm algorithm, struct crew *crew)
{
    return (struct fit_options){
        .algorithm = algorithm, .settings = fit_defaults(algorithm), .end = SIZE_MAX, .crew = crew};
}

/* The objective of FSRS-6 at the known optimum, to a millionth. */
static bool reaches(const char *name, double best, struct crew *crew)
{
    struct arena arena = {0};
    struct review_log log = read_log(&arena, name);
    struct fit_options options = options_of(ALGORITHM_FSRS6, crew);
    struct fit fit;
    bool ok = fit_run(&log, &options, &fit) && fit.objective <= best * (1 + 1e-6);
    printf("%s: objective %.6f in %d passes, known %.6f\n", name, fit.objective, fit.passes, best);
    arena_finish(&arena);
    return ok;
}

static bool foretells(enum algorithm algorithm, double most, struct crew *crew)
{
    struct arena arena = {0};
    struct review_log log = read_log(&arena, "real/reviews_one_user.csv");
    struct fit_options options = options_of(algorithm, crew);
    double loss;
    bool ok = fit_out_of_sample(&log, &options, 5, &loss) && loss <= most;
    printf("FSRS-%d on a real log, out of sample: %.5f, at most %.4f\n", (int)algorithm, loss, most);
    arena_finish(&arena);
    return ok;
}

/* Index of the first review after `at` that was answered on another day. */
static size_t next_day(const struct review_log *log, size_t at)
{
    int64_t day = log->items[at].at_ms / 86400000;
    while (at < log->count && log->items[at].at_ms / 86400000 == day)
        at++;
    return at;
}

/* Where the second of six equal parts of the scored reviews begins. */
static size_t first_of_second_part(struct arena *arena, const struct review_log *log)
{
    bool *seen = arena_array(arena, log->cards, sizeof *seen);
    size_t *scored = arena_array(arena, log->count, sizeof *scored), count = 0;
    for (size_t i = 0; i < log->count; i++) {
        if (seen[log->items[i].card] && log->items[i].days > 0)
            scored[count++] = i;
        seen[log->items[i].card] = true;
    }
    return scored[count / 6];
}

/* Refitted from the last optimum before each day and taken half way, scored on that day: better than a fit per fold. */
static bool gains_from_daily_refits(enum algorithm algorithm, struct crew *crew)
{
    struct arena arena = {0};
    struct review_log log = read_log(&arena, "real/reviews_one_user.csv");
    struct fit_options options = options_of(algorithm, crew);
    struct fsrs_params params;
    double sum = 0, count = 0, per_fold;
    bool ok = fit_out_of_sample(&log, &options, 5, &per_fold);
    size_t begin = first_of_second_part(&arena, &log);
    for (size_t at = begin, end; ok && at < log.count; at = end) {
        struct fit fit;
        end = next_day(&log, at);
        options.end = at;
        ok = fit_run(&log, &options, &fit);
        for (size_t i = 0; i < FSRS7_WEIGHTS; i++)
            fit.params.w[i] = options.from ? (params.w[i] + fit.params.w[i]) / 2 : fit.params.w[i];
        params = fit.params;
        options.from = &params;
        struct fit_score score = fit_score(&log, at, end, &params);
        sum += score.log_loss * (double)score.targets;
        count += (double)score.targets;
    }
    printf("FSRS-%d refitted every day: %.5f over %.0f reviews, a fit per fold: %.5f\n", (int)algorithm,
           sum / count, count, per_fold);
    arena_finish(&arena);
    return ok && sum / count <= per_fold;
}

int main(void)
{
    struct crew *crew = crew_open(0);
    bool ok = reaches("optimize/revlog_20000.csv", 1766.924314, crew);
    ok = reaches("optimize/revlog_100000.csv", 9143.336069, crew) && ok;
    ok = foretells(ALGORITHM_FSRS6, 0.4365, crew) && ok;
    ok = foretells(ALGORITHM_FSRS7, 0.4290, crew) && ok;
    ok = gains_from_daily_refits(ALGORITHM_FSRS6, crew) && ok;
    ok = gains_from_daily_refits(ALGORITHM_FSRS7, crew) && ok;
    crew_close(crew);
    return ok ? 0 : 1;
}
