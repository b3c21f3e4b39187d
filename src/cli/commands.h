/* What the rows of the command table run; each has a file of its name. */
#ifndef REPASO_CLI_COMMANDS_H
#define REPASO_CLI_COMMANDS_H

#include "base/error.h"

#include <stdbool.h>

struct call;

bool run_add(const struct call *call, struct error *e);
bool run_backup(const struct call *call, struct error *e);
bool run_check(const struct call *call, struct error *e);
bool run_decks(const struct call *call, struct error *e);
bool run_doctor(const struct call *call, struct error *e);
bool run_export(const struct call *call, struct error *e);
bool run_format(const struct call *call, struct error *e);
bool run_learn(const struct call *call, struct error *e);
bool run_generate(const struct call *call, struct error *e);
bool run_import(const struct call *call, struct error *e);
bool run_help(const struct call *call, struct error *e);
bool run_fit(const struct call *call, struct error *e);
bool run_diff(const struct call *call, struct error *e);
bool run_proof(const struct call *call, struct error *e);
bool run_prompt(const struct call *call, struct error *e);
bool run_recall(const struct call *call, struct error *e);
bool run_judge(const struct call *call, struct error *e);
bool run_rebuild(const struct call *call, struct error *e);
bool run_restore(const struct call *call, struct error *e);
bool run_schedule(const struct call *call, struct error *e);
bool run_simulate(const struct call *call, struct error *e);
bool run_stats(const struct call *call, struct error *e);
bool run_study(const struct call *call, struct error *e);
bool run_sync(const struct call *call, struct error *e);
bool run_version(const struct call *call, struct error *e);

#endif
