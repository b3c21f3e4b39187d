/* After a session the weights are fitted to what the learner has answered since. A worker computes, on a collection of its
 * own that is open for reading; whoever writes puts the result in force. */
#ifndef REPASO_STUDY_REFIT_H
#define REPASO_STUDY_REFIT_H

#include "collection/collection.h"
#include "schedule/fit.h"

enum refit_outcome {
    REFIT_TOO_FEW, /* reviews on a later day than the one before, so far */
    REFIT_NO_NEWS, /* hardly any answers since the last time */
    REFIT_STAYS,   /* new weights would foretell worse */
    REFIT_TAKEN
};

struct refit {
    enum refit_outcome outcome;
    int64_t reviews, targets;
    struct fit_settings settings; /* as chosen for this learner */
    int64_t chosen_by;            /* the reviews they were chosen by; 0: they are the usual ones */
    struct fit_update update;     /* where a fit was made */
    double
        against_default; /* this learner's intervals to those of the default weights: 0.88 is 12 % shorter */
};

/* False when cancelled or unreadable. `options` gives crew, progress and cancel; the rest is this learner's own. */
bool refit_compute(struct collection *collection, const struct fit_options *options, struct refit *ret,
                   struct error *e);
/* Writes the weights into the log where they were taken. */
bool refit_commit(struct collection *collection, const struct refit *refit, struct moment now,
                  struct error *e);
/* What it means, in a sentence: "You forget faster than most: intervals about 12 % shorter." */
struct str refit_sentence(struct arena *arena, const struct refit *refit);

#endif
