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

const struct command commands[] = {
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
