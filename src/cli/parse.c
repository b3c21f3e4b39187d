#include "base/str.h"
#include "base/translate.h"
#include "cli/command.h"
#include "text/suggest.h"

#include <string.h>
#include <unistd.h>

static const struct option *find_in(const struct option *options, struct str name)
{
    for (const struct option *option = options; option && option->name; option++)
        if (str_equal(str_from(option->name), name))
            return option;
    return NULL;
}

static const struct option *option_named(const struct command *command, struct str name)
{
    const struct option *option = command ? find_in(command->options, name) : NULL;
    return option ? option : find_in(global_options, name);
}

static const struct option *option_lettered(const struct command *command, char letter)
{
    const struct option *tables[] = {command ? command->options : NULL, global_options};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct option *option = tables[i]; option && option->name; option++)
            if (option->letter == letter)
                return option;
    return NULL;
}

const struct command *command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (strcmp(command->name, name) == 0)
            return command;
    return NULL;
}

/* Whether `value` is one of the words of "text|jsonl|yaml"; an argument in capitals takes anything. */
static bool value_allowed(const char *argument, const char *value)
{
    if (!strchr(argument, '|') || (argument[0] >= 'A' && argument[0] <= 'Z'))
        return true;
    struct str rest = str_from(argument), word;
    while (str_split(&rest, '|', &word))
        if (str_equal(word, str_from(value)))
            return true;
    return false;
}

static bool keep_option(struct call *call, const struct option *option, const char *value, struct error *e)
{
    if (call->option_count == (int)(sizeof call->options / sizeof *call->options))
        return fail(e, ERROR_USAGE, _("Too many options."));
    if (option->argument && !value_allowed(option->argument, value))
        return fail(e, ERROR_USAGE, _("--%s takes one of %s, not \"%s\"."), option->name, option->argument,
                    value);
    call->options[call->option_count].option = option;
    call->options[call->option_count++].value = value;
    return true;
}

static bool unknown_option(const struct command *command, struct str name, struct error *e)
{
    struct suggestion best = {.word = name};
    for (const struct option *option = command ? command->options : NULL; option && option->name; option++)
        suggestion_try(&best, option->name);
    for (const struct option *option = global_options; option->name; option++)
        suggestion_try(&best, option->name);
    if (best.found)
        return fail(e, ERROR_USAGE, _("There is no option --%.*s. Did you mean --%s?"), STR_ARG(name),
                    best.found);
    return fail(e, ERROR_USAGE, _("There is no option --%.*s. `repaso help %s` shows those there are."),
                STR_ARG(name), command ? command->name : "");
}

/* Takes the option in argv[*at] and, where it stands apart, its value in the next word. */
static bool take_option(struct call *call, int argc, char **argv, int *at, struct error *e)
{
    const char *text = argv[*at];
    bool is_long = text[1] == '-';
    struct str name = str_from(is_long ? text + 2 : text + 1);
    const char *equals = is_long ? strchr(text, '=') : NULL;
    if (equals)
        name.len = (size_t)(equals - name.ptr);
    const struct option *option =
        is_long ? option_named(call->command, name) : option_lettered(call->command, text[1]);
    if (!option)
        return unknown_option(call->command, name, e);
    if (!option->argument) {
        if (equals || (!is_long && text[2]))
            return fail(e, ERROR_USAGE, _("--%s takes no value."), option->name);
        return keep_option(call, option, "", e);
    }
    if (equals)
        return keep_option(call, option, equals + 1, e);
    if (!is_long && text[2])
        return keep_option(call, option, text + 2, e);
    if (*at + 1 >= argc)
        return fail(e, ERROR_USAGE, _("--%s wants a value: --%s %s"), option->name, option->name,
                    option->argument);
    return keep_option(call, option, argv[++*at], e);
}

static bool unknown_command(const char *name, struct error *e)
{
    struct suggestion best = {.word = str_from(name)};
    for (const struct command *command = commands; command->name; command++)
        suggestion_try(&best, command->name);
    if (best.found)
        return fail(e, ERROR_USAGE, _("There is no command \"%s\". Did you mean %s?"), name, best.found);
    return fail(e, ERROR_USAGE, _("There is no command \"%s\". `repaso help` lists them."), name);
}

static bool count_words(const struct call *call, struct error *e)
{
    const struct command *command = call->command;
    if (call->count < command->least)
        return fail(e, ERROR_USAGE, _("repaso %s wants more: repaso %s %s"), command->name, command->name,
                    command->arguments);
    if (command->most >= 0 && call->count > command->most)
        return fail(e, ERROR_USAGE, _("repaso %s does not take \"%s\": repaso %s %s"), command->name,
                    call->words[command->most], command->name, command->arguments);
    return true;
}

/* Without a command, files are opened in the window, as a desktop does it. */
static bool is_file(const char *word)
{
    return !command_find(word) && access(word, R_OK) == 0;
}

bool call_parse(int argc, char **argv, struct call *ret, struct error *e)
{
    struct call call = {.words = (const char *const *)argv};
    bool options_end = false;
    int kept = 0;
    for (int i = 0; i < argc; i++) {
        if (!options_end && strcmp(argv[i], "--") == 0) {
            options_end = true;
        } else if (!options_end && argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(&call, argc, argv, &i, e))
                return false;
        } else if (!call.command && !kept && !is_file(argv[i])) {
            if (!(call.command = command_find(argv[i])))
                return unknown_command(argv[i], e);
        } else {
            argv[kept++] = argv[i];
        }
    }
    argv[kept] = NULL;
    call.count = kept;
    if (call.command && !call_has(&call, "help") && !count_words(&call, e))
        return false;
    *ret = call;
    return true;
}

const char *call_option(const struct call *call, const char *name, const char *otherwise)
{
    for (int i = call->option_count - 1; i >= 0; i--)
        if (strcmp(call->options[i].option->name, name) == 0)
            return call->options[i].value;
    return otherwise;
}

bool call_has(const struct call *call, const char *name)
{
    return call_option(call, name, NULL) != NULL;
}

bool call_number(const struct call *call, const char *name, long least, long most, long otherwise, long *ret,
                 struct error *e)
{
    const char *value = call_option(call, name, NULL);
    long number = otherwise;
    if (value && (!str_to_long(str_from(value), &number) || number < least || number > most))
        return fail(e, ERROR_USAGE, _("--%s takes a number from %ld to %ld, not \"%s\"."), name, least, most,
                    value);
    *ret = number;
    return true;
}
