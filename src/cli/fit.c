#include "schedule/fit.h"
#include "base/buffer.h"
#include "base/crew.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/model.h"
#include "cli/reviews.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static long peak_bytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024;
}

/* What a fit has to tell. */
struct fitted {
    struct fit fit;
    struct fit_score before, after;
    size_t reviews;
    double out_of_sample, seconds, interval_change;
    bool folded;
};

static bool fit_all(const struct review_log *log, const struct fit_options *options, int folds,
                    struct fitted *ret, struct error *e)
{
    struct fsrs_params defaults = fsrs_defaults(options->algorithm);
    struct fitted fitted = {.reviews = log->count, .folded = folds > 0};
    double begin = clock_s();
    bool ok = fit_run(log, options, &fitted.fit);
    fitted.seconds = clock_s() - begin;
    fitted.before = fit_score(log, 0, SIZE_MAX, &defaults);
    fitted.after = fit_score(log, 0, SIZE_MAX, &fitted.fit.params);
    fitted.interval_change = fit_interval_change(log, &defaults, &fitted.fit.params);
    if (ok && folds > 0)
        ok = fit_out_of_sample(log, options, folds, &fitted.out_of_sample);
    if (!ok)
        return fail(e, ERROR_CANCELLED, _("The fit was cancelled."));
    *ret = fitted;
    return true;
}

static void add_weights(struct buffer *out, const struct fsrs_params *params, const char *format)
{
    for (size_t i = 0; i < fsrs_weight_count(params->algorithm); i++) {
        buffer_add(out, i ? STR(",") : STR(""));
        buffer_format(out, format, params->w[i]);
    }
}

static void write_json(const struct fitted *fitted, struct buffer *out)
{
    buffer_format(out, "{\"algorithm\":\"fsrs%d\",\"weights\":[", (int)fitted->fit.params.algorithm);
    add_weights(out, &fitted->fit.params, "%.17g");
    buffer_format(out, "],\"reviews\":%zu,\"targets\":%zu,\"log_loss_default\":%.17g,\"log_loss\":%.17g,",
                  fitted->reviews, fitted->fit.targets, fitted->before.log_loss, fitted->after.log_loss);
    buffer_format(out, "\"log_loss_recency\":%.17g,\"rmse_bins\":%.17g,\"objective\":%.17g,",
                  fitted->after.log_loss_recency, fitted->after.rmse_bins, fitted->fit.objective);
    buffer_add(out, STR("\"out_of_sample_log_loss\":"));
    if (fitted->folded)
        buffer_format(out, "%.17g", fitted->out_of_sample);
    else
        buffer_add(out, STR("null"));
    buffer_format(out, ",\"seconds\":%.6f,\"peak_bytes\":%ld}\n", fitted->seconds, peak_bytes());
}

/* What the weights mean to the learner. */
static void write_meaning(const struct fitted *fitted, struct buffer *out)
{
    double percent = (fitted->interval_change - 1) * 100;
    if (fitted->fit.depth == FIT_NOTHING)
        buffer_add(out, str_from(_("There are too few reviews to learn from; the default weights stay.\n")));
    else if (fitted->fit.depth == FIT_START)
        buffer_add(out, str_from(_("There are still few reviews: only the first intervals were fitted.\n")));
    else if (percent <= -5)
        buffer_format(out, _("You forget faster than the default: intervals about %.0f %% shorter.\n"),
                      -percent);
    else if (percent >= 5)
        buffer_format(out, _("You forget more slowly than the default: intervals about %.0f %% longer.\n"),
                      percent);
    else
        buffer_add(out, str_from(_("You forget about as fast as the default.\n")));
}

static void write_text(const struct fitted *fitted, struct buffer *out)
{
    write_meaning(fitted, out);
    buffer_format(out, _("FSRS-%d, %zu reviews, %zu of them to learn from, in %.2f s\n"),
                  (int)fitted->fit.params.algorithm, fitted->reviews, fitted->fit.targets, fitted->seconds);
    buffer_format(out, _("log loss %.4f, with the default weights %.4f\n"), fitted->after.log_loss,
                  fitted->before.log_loss);
    if (fitted->folded)
        buffer_format(out, _("log loss of reviews it had not seen: %.4f\n"), fitted->out_of_sample);
    buffer_format(out, "%s: ", _("weights"));
    add_weights(out, &fitted->fit.params, "%.4f");
    buffer_add_char(out, '\n');
}

bool run_fit(const struct call *call, struct error *e)
{
    struct fsrs_params model;
    struct review_log log;
    struct reviews_left_out left_out;
    struct fitted fitted;
    long folds;
    if (!model_options(call, &model, e) || !call_number(call, "folds", 1, 50, 0, &folds, e) ||
        !reviews_read(call->words[0], context_now().at_ms, &log, &left_out, e))
        return false;
    reviews_tell_left_out(&left_out);
    struct crew *crew = crew_open(0);
    struct fit_options options = {.algorithm = model.algorithm,
                                  .settings = fit_defaults(model.algorithm),
                                  .end = SIZE_MAX,
                                  .crew = crew};
    bool ok = fit_all(&log, &options, (int)folds, &fitted, e);
    crew_close(crew);
    free(log.items);
    if (!ok)
        return false;
    struct buffer out = {0};
    (call_has(call, "json") ? write_json : write_text)(&fitted, &out);
    fwrite(out.bytes, 1, out.len, stdout);
    buffer_finish(&out);
    return true;
}
