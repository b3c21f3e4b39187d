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

int main(void)
{
    struct crew *crew = crew_open(0);
    bool ok = reaches("optimize/revlog_20000.csv", 1766.924314, crew);
    ok = reaches("optimize/revlog_100000.csv", 9143.336069, crew) && ok;
    ok = foretells(ALGORITHM_FSRS6, 0.4365, crew) && ok;
    ok = foretells(ALGORITHM_FSRS7, 0.4290, crew) && ok;
    crew_close(crew);
    return ok ? 0 : 1;
}
