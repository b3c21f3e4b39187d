/* What schedule, fit and simulate share: the options that choose a model. */
#ifndef REPASO_CLI_MODEL_H
#define REPASO_CLI_MODEL_H

#include "base/error.h"
#include "schedule/fsrs.h"

struct call;

/* --algorithm and --weights: the model, by default FSRS-7 with its default weights. */
bool model_options(const struct call *call, struct fsrs_params *ret, struct error *e);
/* --retention; `otherwise` where it was not given. */
bool model_retention(const struct call *call, double otherwise, double *ret, struct error *e);

#endif
