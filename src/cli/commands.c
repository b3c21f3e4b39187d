#include "cli/commands.h"

#include "base/translate.h"
#include "cli/command.h"

const struct option global_options[] = {
    {"collection", 0, "FILE", N_("use this collection instead of your own")},
    {"help", 'h', NULL, N_("tell about the command instead of running it")},
    {0},
};

static const struct option help_options[] = {
    {"format", 0, "text|man|bash|zsh|fish", N_("as a text, a man page, or a shell's completions")},
    {0},
};

static const struct option schedule_options[] = {
    {"algorithm", 0, "fsrs7|fsrs6", N_("the memory model; FSRS-7 unless the weights are FSRS-6's")},
    {"weights", 0, "W0,W1,…", N_("the model's weights instead of the default ones")},
    {"retention", 0, "R", N_("the chance of recall at which a card falls due; 0.9")},
    {"guards", 0, NULL, N_("bend intervals as the trainer does: no extremes, whole days")},
    {0},
};

const struct command commands[] = {
    {.name = "schedule",
     .arguments = "[FILE]",
     .most = 1,
     .completes = COMPLETE_FILE,
     .help = N_("tell what the memory model makes of a list of reviews"),
     .details =
         N_("Reads rows of card_id,rating,elapsed_days from FILE or standard input; the first line names the "
            "columns. The rows of a card are its reviews in order, with ratings from 1 (again) to 4 (easy) "
            "and the days since the row before.\n\nPrints the same rows with the chance of recall before "
            "the review, the memory after it, and the days until the next one."),
     .options = schedule_options,
     .run = run_schedule},
    {.name = "version", .arguments = "", .help = N_("tell the version and the licence"), .run = run_version},
    {.name = "help",
     .arguments = "[COMMAND]",
     .most = 1,
     .completes = COMPLETE_COMMAND,
     .help = N_("tell what there is, or all about one command"),
     .options = help_options,
     .run = run_help},
    {0},
};
