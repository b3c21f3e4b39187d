/* The command table: one row a command. It feeds the parser, `repaso help`, the man page and the completions
 * of bash, zsh and fish. A new command is a row in commands.c and a file with its run function. */
#ifndef REPASO_CLI_COMMAND_H
#define REPASO_CLI_COMMAND_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What a word behind a command may be, for completions. */
enum complete { COMPLETE_NOTHING, COMPLETE_FILE, COMPLETE_DECK, COMPLETE_COMMAND };

/* `--name ARGUMENT`. Help texts are marked with N_() and translated where they are shown. */
struct option {
    const char *name;
    char letter;          /* a short form, -o; 0: none */
    const char *argument; /* NULL: a switch; "text|jsonl": one of these words; else a name such as "FILE" */
    const char *help;
};

struct call;

struct command {
    const char *name;
    const char *arguments; /* as help shows them: "CHAPTER…", "[DECK]", "" */
    int least, most;       /* how many words it takes; most -1: any number */
    enum complete completes;
    const char *help;             /* half a line, no full stop */
    const char *details;          /* paragraphs for `help COMMAND` and the man page; may be NULL */
    const struct option *options; /* ends with a nameless row; may be NULL */
    /* False: the job failed. The error is printed by the caller, unless its kind is ERROR_NONE: then all has
     * been told. ERROR_USAGE exits with 2, every other failure with 1. */
    bool (*run)(const struct call *call, struct error *e);
};

/* One parsed command line. */
struct call {
    const struct command *command;
    const char *const *words; /* behind the command, options taken out; NULL-terminated */
    int count;
    struct {
        const struct option *option;
        const char *value; /* "" for a switch */
    } options[32];
    int option_count;
};

extern const struct command commands[];               /* ends with a nameless row */
extern const struct option global_options[];          /* of every command */
const struct command *command_find(const char *name); /* NULL: no such command */

/* Fills `ret` from the arguments behind the program's name. No command among them: `ret->command` is NULL, and the words
 * are files to open.
 * The words are moved to the front of `argv`, which must live as long as `ret`. */
bool call_parse(int argc, char **argv, struct call *ret, struct error *e);
/* The value of an option, the last one if it was given twice; `otherwise` if it was not given. */
const char *call_option(const struct call *call, const char *name, const char *otherwise);
bool call_has(const struct call *call, const char *name);
/* A whole number from `least` to `most`; false with ERROR_USAGE if the option's value is none. */
bool call_number(const struct call *call, const char *name, long least, long most, long otherwise, long *ret,
                 struct error *e);

#endif
