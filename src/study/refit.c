#include "study/refit.h"

#include "base/arena.h"
#include "base/translate.h"
#include "collection/deck.h"
#include "collection/reviews.h"

#include <stdio.h>

/* Below so many reviews on a later day nothing is fitted: chance would speak. From so many on a learner's own settings are
 * looked for, again whenever the log has grown by half. */
enum { LEAST_TARGETS = 64, LEAST_NEWS = 10, LEAST_FOR_SETTINGS = 1000 };

static struct str settings_name(enum algorithm algorithm)
{
    return algorithm == ALGORITHM_FSRS6 ? STR("fit.fsrs6") : STR("fit.fsrs7");
}

static int64_t count_targets(struct arena *arena, const struct review_log *log)
{
    bool *seen = arena_array(arena, log->cards, sizeof *seen);
    int64_t targets = 0;
    for (size_t i = 0; i < log->count; i++) {
        const struct review *review = &log->items[i];
        targets += seen[review->card] && review->days > 0;
        seen[review->card] = true;
    }
    return targets;
}

/* Kept in the file and not in the log: they change nothing by themselves, and another device finds its own. */
static void read_settings(struct collection *collection, enum algorithm algorithm, struct refit *refit)
{
    struct arena arena = {0};
    struct str text = setting_text(collection, &arena, settings_name(algorithm), (struct str){0});
    struct fit_settings *to = &refit->settings;
    long long by;
    *to = fit_defaults(algorithm);
    if (text.len &&
        sscanf(text.ptr, "%lf %lf %lf %lld", &to->recency.floor, &to->recency.exponent, &to->pull, &by) == 4)
        refit->chosen_by = by;
    else
        *to = fit_defaults(algorithm);
    arena_finish(&arena);
}

static bool write_settings(struct collection *collection, const struct refit *refit, struct error *e)
{
    struct arena arena = {0};
    struct str text =
        str_format(&arena, "%g %g %g %lld", refit->settings.recency.floor, refit->settings.recency.exponent,
                   refit->settings.pull, (long long)refit->chosen_by);
    bool ok = setting_set(collection, settings_name(refit->update.params.algorithm), text, e);
    arena_finish(&arena);
    return ok;
}

static bool choose_settings(const struct review_log *log, const struct fit_options *options,
                            struct refit *refit)
{
    bool grown = 2 * refit->reviews > 3 * refit->chosen_by;
    if (refit->targets < LEAST_FOR_SETTINGS || !grown)
        return true;
    refit->chosen_by = refit->reviews;
    return fit_choose_settings(log, options, &refit->settings);
}

static bool compute(struct arena *arena, const struct review_log *log, struct fit_options *options,
                    const struct fit_note *last, const struct fsrs_params *now, struct refit *refit)
{
    refit->reviews = (int64_t)log->count;
    refit->targets = count_targets(arena, log);
    struct fsrs_params defaults = fsrs_defaults(now->algorithm);
    refit->against_default = fit_interval_change(log, &defaults, now);
    refit->outcome = refit->targets < LEAST_TARGETS                ? REFIT_TOO_FEW
                     : refit->reviews - last->reviews < LEAST_NEWS ? REFIT_NO_NEWS
                                                                   : REFIT_STAYS;
    if (refit->outcome != REFIT_STAYS)
        return true;
    if (!choose_settings(log, options, refit))
        return false;
    options->settings = refit->settings;
    if (!fit_refit(log, options, &refit->update))
        return false;
    if (refit->update.taken) {
        refit->outcome = REFIT_TAKEN;
        refit->against_default = fit_interval_change(log, &defaults, &refit->update.params);
    }
    return true;
}

bool refit_compute(struct collection *collection, const struct fit_options *options, struct refit *ret,
                   struct error *e)
{
    struct arena arena = {0};
    struct review_log log;
    struct fit_note last;
    struct fsrs_params now;
    struct refit refit = {0};
    bool ok = collection_params(collection, 0, &now, e) && collection_last_fit(collection, &last, e) &&
              collection_reviews(collection, &arena, &log, e);
    if (ok) {
        struct fit_options own = *options;
        own.algorithm = now.algorithm;
        own.from = &now;
        own.end = SIZE_MAX;
        read_settings(collection, now.algorithm, &refit);
        ok = compute(&arena, &log, &own, &last, &now, &refit) ||
             fail(e, ERROR_CANCELLED, _("The fit was cancelled."));
    }
    arena_finish(&arena);
    if (ok)
        *ret = refit;
    return ok;
}

bool refit_commit(struct collection *collection, const struct refit *refit, struct moment now,
                  struct error *e)
{
    bool fitted = refit->outcome == REFIT_STAYS || refit->outcome == REFIT_TAKEN;
    if (fitted && refit->chosen_by && !write_settings(collection, refit, e))
        return false;
    if (refit->outcome != REFIT_TAKEN)
        return true;
    struct fit_note note = {.log_loss_before = refit->update.before,
                            .log_loss_after = refit->update.after,
                            .reviews = refit->reviews};
    return collection_set_params(collection, 0, &refit->update.params, &note, now, e);
}

static struct str meaning(struct arena *arena, double percent)
{
    if (percent <= -5)
        return str_format(arena, _("You forget faster than most: intervals are about %.0f %% shorter."),
                          -percent);
    if (percent >= 5)
        return str_format(arena, _("You forget more slowly than most: intervals are about %.0f %% longer."),
                          percent);
    return str_from(_("You forget about as fast as most."));
}

struct str refit_sentence(struct arena *arena, const struct refit *refit)
{
    int64_t left = LEAST_TARGETS - refit->targets;
    if (refit->outcome == REFIT_TOO_FEW)
        return str_format(arena,
                          translate_plural("The plan is not yet fitted to you: that takes %d more review.",
                                           "The plan is not yet fitted to you: that takes %d more reviews.",
                                           (unsigned long)left),
                          (int)left);
    struct str all = meaning(arena, (refit->against_default - 1) * 100);
    double step = (refit->update.interval_change - 1) * 100;
    if (refit->outcome != REFIT_TAKEN || (step > -1 && step < 1))
        return all;
    return step < 0 ? str_format(arena, _("%.*s Today's answers made them about %.0f %% shorter."),
                                 STR_ARG(all), -step)
                    : str_format(arena, _("%.*s Today's answers made them about %.0f %% longer."),
                                 STR_ARG(all), step);
}
