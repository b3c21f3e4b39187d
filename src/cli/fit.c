#include "schedule/fit.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/crew.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/model.h"
#include "cli/reviews.h"
#include "collection/deck.h"
#include "collection/reviews.h"

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

/* From a file, or the learner's own grades. `ret->items` is freed with `arena`. */
static bool read_log(const struct call *call, struct collection *collection, struct arena *arena,
                     struct review_log *ret, struct error *e)
{
    struct reviews_left_out left_out;
    struct review_log log;
    if (collection)
        return collection_reviews(collection, arena, ret, e);
    if (!reviews_read(call->words[0], context_now().at_ms, &log, &left_out, e))
        return false;
    reviews_tell_left_out(&left_out);
    *ret = log;
    return true;
}

/* Puts the weights in force if they foretell the recent past no worse than those at hand. */
static bool use_weights(struct collection *collection, const struct review_log *log,
                        const struct fit_options *options, struct buffer *out, struct error *e)
{
    struct fit_options from_now = *options;
    struct fsrs_params now;
    struct fit_update update;
    if (!collection_params(collection, 0, &now, e))
        return false;
    from_now.from = now.algorithm == options->algorithm ? &now : NULL;
    if (!fit_refit(log, &from_now, &update))
        return fail(e, ERROR_CANCELLED, _("The fit was cancelled."));
    if (!update.taken) {
        buffer_add(out, str_from(_("The weights in use foretell your answers as well: they stay.\n")));
        return true;
    }
    struct fit_note note = {update.before, update.after, (int64_t)log->count};
    if (!collection_set_params(collection, 0, &update.params, &note, context_now(), e))
        return false;
    double percent = (update.interval_change - 1) * 100;
    if (percent > -1 && percent < 1)
        buffer_add(out, str_from(_("The new weights are in use; intervals stay about as they are.\n")));
    else if (percent < 0)
        buffer_format(out, _("The new weights are in use; intervals become about %.0f %% shorter.\n"),
                      -percent);
    else
        buffer_format(out, _("The new weights are in use; intervals become about %.0f %% longer.\n"),
                      percent);
    return true;
}

static bool fit_and_tell(const struct call *call, struct collection *collection, const struct review_log *log,
                         const struct fit_options *options, long folds, struct error *e)
{
    struct fitted fitted;
    struct buffer out = {0};
    bool json = call_has(call, "json"), ok = fit_all(log, options, (int)folds, &fitted, e);
    if (ok)
        (json ? write_json : write_text)(&fitted, &out);
    if (ok && call_has(call, "use"))
        ok = use_weights(collection, log, options, &out, e);
    if (ok)
        fwrite(out.bytes, 1, out.len, stdout);
    buffer_finish(&out);
    return ok;
}

bool run_fit(const struct call *call, struct error *e)
{
    struct fsrs_params model;
    struct arena arena = {0};
    struct review_log log = {0};
    struct collection *collection = NULL;
    long folds;
    bool own = call->count == 0, use = call_has(call, "use");
    if (!model_options(call, &model, e) || !call_number(call, "folds", 1, 50, 0, &folds, e))
        return false;
    if (use && (!own || call_has(call, "json")))
        return fail(e, ERROR_USAGE,
                    _("--use is for your own collection, without a file and without --json."));
    if (own && !(use ? context_open : context_open_to_read)(call, &collection, e))
        return false;
    bool ok = !own || call_option(call, "algorithm", NULL) || collection_params(collection, 0, &model, e);
    ok = ok && read_log(call, collection, &arena, &log, e);
    if (ok) {
        struct crew *crew = crew_open(0);
        struct fit_options options = {.algorithm = model.algorithm,
                                      .settings = fit_defaults(model.algorithm),
                                      .end = SIZE_MAX,
                                      .crew = crew};
        ok = fit_and_tell(call, collection, &log, &options, folds, e);
        crew_close(crew);
    }
    if (!own)
        free(log.items);
    arena_finish(&arena);
    collection_close(collection);
    return ok;
}
