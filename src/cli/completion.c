/* Completions for bash, zsh and fish from the command table. */
#include "base/buffer.h"
#include "cli/command.h"
#include "cli/manual.h"

#include <string.h>

/* "text|jsonl" is a choice, "FILE" is not. */
static bool is_choice(const struct option *option)
{
    return option->argument && strchr(option->argument, '|') && option->argument[0] >= 'a';
}

static bool takes_file(const struct option *option)
{
    return option->argument && strcmp(option->argument, "FILE") == 0;
}

/* The words of a choice, a blank between them. */
static void add_words(struct buffer *out, const char *choice)
{
    for (const char *c = choice; *c; c++)
        buffer_add_char(out, *c == '|' ? ' ' : *c);
}

static void add_names(struct buffer *out, const struct option *options)
{
    for (const struct option *option = options; option && option->name; option++)
        buffer_format(out, "--%s ", option->name);
}

static void add_command_names(struct buffer *out)
{
    for (const struct command *command = commands; command->name; command++)
        buffer_format(out, "%s ", command->name);
}

/* Cases "command:option" that complete an option's value. */
static void add_bash_values(struct buffer *out, const char *command, const struct option *options)
{
    for (const struct option *option = options; option && option->name; option++) {
        if (is_choice(option)) {
            buffer_format(out, "        %s:--%s) COMPREPLY=($(compgen -W \"", command, option->name);
            add_words(out, option->argument);
            buffer_add(out, STR("\" -- \"$word\")); return ;;\n"));
        } else if (takes_file(option)) {
            buffer_format(out, "        %s:--%s) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n",
                          command, option->name);
        }
    }
}

static void add_bash_command(struct buffer *out, const struct command *command)
{
    buffer_format(out, "        %s) names=\"", command->name);
    add_names(out, command->options);
    if (command->completes == COMPLETE_COMMAND)
        add_command_names(out);
    buffer_add(out, STR("\""));
    if (command->completes == COMPLETE_FILE)
        buffer_add(out, STR("; files=yes"));
    if (command->completes == COMPLETE_DECK)
        buffer_add(out, STR("; decks=yes"));
    buffer_add(out, STR(" ;;\n"));
}

void manual_bash(struct buffer *out)
{
    buffer_add(out, STR("# repaso completions for bash, made from the program's command table.\n_repaso() {\n"
                        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                        "    local command='' names='' files='' decks='' i\n"
                        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                        "        [[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i-1]} == --collection ]] ||\n"
                        "            { command=${COMP_WORDS[i]}; break; }\n"
                        "    done\n    case $command:$before in\n"));
    for (const struct command *command = commands; command->name; command++)
        add_bash_values(out, command->name, command->options);
    add_bash_values(out, "*", global_options);
    buffer_add(out, STR("    esac\n    case $command in\n        '') names=\""));
    add_command_names(out);
    buffer_add(out, STR("\" ;;\n"));
    for (const struct command *command = commands; command->name; command++)
        add_bash_command(out, command);
    buffer_add(out, STR("    esac\n    COMPREPLY=($(compgen -W \"$names "));
    add_names(out, global_options);
    buffer_add(out,
               STR("\" -- \"$word\"))\n"
                   "    [[ -z $files ]] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
                   "    [[ -z $decks ]] || mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(\n"
                   "        repaso decks --names 2>/dev/null | grep -F -- \"$word\" | sed 's/ /\\\\ /g')\n"
                   "}\ncomplete -o filenames -F _repaso repaso\n"));
}

/* Text inside '…' of a shell; in zsh a colon and brackets would end a description. */
static void add_quoted(struct buffer *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '\'')
            buffer_add(out, STR("'\\''"));
        else if (strchr(":[]", *c))
            buffer_add_char(out, ' ');
        else
            buffer_add_char(out, *c);
    }
}

static void add_zsh_options(struct buffer *out, const struct option *options)
{
    for (const struct option *option = options; option && option->name; option++) {
        buffer_format(out, "                '--%s[", option->name);
        add_quoted(out, option->help);
        buffer_add_char(out, ']');
        if (is_choice(option)) {
            buffer_format(out, ":%s:(", option->name);
            add_words(out, option->argument);
            buffer_add_char(out, ')');
        } else if (option->argument) {
            buffer_format(out, ":%s:%s", option->argument, takes_file(option) ? "_files" : " ");
        }
        buffer_add(out, STR("' \\\n"));
    }
}

void manual_zsh(struct buffer *out)
{
    static const char *const words[] = {[COMPLETE_NOTHING] = "",
                                        [COMPLETE_FILE] = "                '*:file:_files'\n",
                                        [COMPLETE_DECK] = "                '*:deck:_repaso_decks'\n",
                                        [COMPLETE_COMMAND] =
                                            "                '1:command:_repaso_commands'\n"};
    buffer_add(out, STR("#compdef repaso\n# Made from the program's command table.\n"
                        "_repaso_decks() {\n    local -a names\n"
                        "    names=(${(f)\"$(repaso decks --names 2>/dev/null)\"})\n"
                        "    compadd -a names\n}\n_repaso_commands() {\n    local -a names\n    names=(\n"));
    for (const struct command *command = commands; command->name; command++) {
        buffer_format(out, "        '%s:", command->name);
        add_quoted(out, command->help);
        buffer_add(out, STR("'\n"));
    }
    buffer_add(out,
               STR("    )\n    _describe command names\n}\n_repaso() {\n"
                   "    if (( CURRENT == 2 )); then _repaso_commands; return; fi\n"
                   "    local command=$words[2]\n    shift words; (( CURRENT-- ))\n    case $command in\n"));
    for (const struct command *command = commands; command->name; command++) {
        buffer_format(out, "        %s)\n            _arguments \\\n", command->name);
        add_zsh_options(out, command->options);
        add_zsh_options(out, global_options);
        buffer_format(out, "%s            ;;\n", words[command->completes]);
    }
    buffer_add(out, STR("    esac\n}\n_repaso \"$@\"\n"));
}

static void add_fish_options(struct buffer *out, const struct option *options, const char *condition)
{
    for (const struct option *option = options; option && option->name; option++) {
        buffer_format(out, "complete -c repaso %s -l %s", condition, option->name);
        if (option->letter)
            buffer_format(out, " -s %c", option->letter);
        if (is_choice(option)) {
            buffer_add(out, STR(" -x -a '"));
            add_words(out, option->argument);
            buffer_add_char(out, '\'');
        } else if (option->argument) {
            buffer_add(out, takes_file(option) ? STR(" -r -F") : STR(" -x"));
        }
        buffer_add(out, STR(" -d '"));
        add_quoted(out, option->help);
        buffer_add(out, STR("'\n"));
    }
}

void manual_fish(struct buffer *out)
{
    static const char *const words[] = {[COMPLETE_DECK] = "-f -a '(repaso decks --names 2>/dev/null)'",
                                        [COMPLETE_FILE] = "-F",
                                        [COMPLETE_NOTHING] = "-f",
                                        [COMPLETE_COMMAND] = "-f"};
    buffer_add(out, STR("# repaso completions for fish, made from the program's command table.\n"));
    for (const struct command *command = commands; command->name; command++) {
        struct buffer condition = {0};
        buffer_format(out, "complete -c repaso -n __fish_use_subcommand -f -a %s -d '", command->name);
        add_quoted(out, command->help);
        buffer_add(out, STR("'\n"));
        buffer_format(&condition, "-n '__fish_seen_subcommand_from %s'", command->name);
        buffer_format(out, "complete -c repaso %.*s %s\n", STR_ARG(buffer_str(&condition)),
                      words[command->completes]);
        add_fish_options(out, command->options, condition.bytes);
        buffer_finish(&condition);
    }
    add_fish_options(out, global_options, "");
}
