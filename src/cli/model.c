#include "cli/model.h"

#include "base/str.h"
#include "base/translate.h"
#include "cli/command.h"

#include <math.h>
#include <string.h>

enum { MOST_WEIGHTS = 64 };

static bool read_weights(const char *text, int algorithm, struct fsrs_params *ret, struct error *e)
{
    double weights[MOST_WEIGHTS];
    size_t count = 0;
    struct str rest = str_from(text), word;
    while (str_split(&rest, ',', &word)) {
        if (count == MOST_WEIGHTS)
            return fail(e, ERROR_USAGE, _("--weights: more than %d of them; FSRS-7 has 34, FSRS-6 has 21"),
                        MOST_WEIGHTS);
        if (!str_to_double(str_trim(word), &weights[count]))
            return fail(e, ERROR_USAGE, _("--weights: \"%.*s\" is no number"), STR_ARG(word));
        count++;
    }
    struct error problem;
    if (fsrs_read_weights(weights, count, algorithm, ret, &problem))
        return true;
    return fail(e, ERROR_USAGE, "--weights: %s", problem.text);
}

bool model_options(const struct call *call, struct fsrs_params *ret, struct error *e)
{
    const char *name = call_option(call, "algorithm", NULL), *weights = call_option(call, "weights", NULL);
    int algorithm = !name ? 0 : strcmp(name, "fsrs6") == 0 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7;
    if (weights)
        return read_weights(weights, algorithm, ret, e);
    *ret = fsrs_defaults(algorithm ? (enum algorithm)algorithm : ALGORITHM_FSRS7);
    return true;
}

bool model_retention(const struct call *call, double otherwise, double *ret, struct error *e)
{
    const char *text = call_option(call, "retention", NULL);
    double retention = otherwise;
    if (text && (!str_to_double(str_from(text), &retention) || !(retention > 0 && retention < 1)))
        return fail(e, ERROR_USAGE,
                    _("--retention takes a number above 0 and below 1, such as 0.9, not \"%s\"."), text);
    *ret = retention;
    return true;
}
