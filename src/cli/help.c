#include "base/buffer.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/print.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_WIDTH = 78, HELP_COLUMN = 26 };

/* `text` wrapped; every line but the first starts at `indent`, where the first one begins too. */
static void add_wrapped(struct buffer *out, const char *text, size_t indent)
{
    struct str rest = str_from(text), word;
    size_t column = indent;
    bool first = true;
    while (str_split(&rest, ' ', &word)) {
        size_t width = utf8_count(word);
        if (!first && column + 1 + width > TEXT_WIDTH) {
            buffer_format(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            buffer_add_char(out, ' ');
            column++;
        }
        buffer_add(out, word);
        column += width;
        first = false;
    }
    buffer_add_char(out, '\n');
}

/* A left word and its explanation in a column of its own. */
static void add_row(struct buffer *out, struct str left, const char *help)
{
    size_t width = 2 + utf8_count(left);
    buffer_format(out, "  %.*s", STR_ARG(left));
    if (width + 2 > HELP_COLUMN)
        buffer_format(out, "\n%*s", HELP_COLUMN, "");
    else
        buffer_format(out, "%*s", (int)(HELP_COLUMN - width), "");
    add_wrapped(out, help, HELP_COLUMN);
}

static void add_option(struct buffer *out, const struct option *option)
{
    struct buffer left = {0};
    if (option->letter)
        buffer_format(&left, "-%c, ", option->letter);
    buffer_format(&left, "--%s%s%s", option->name, option->argument ? " " : "",
                  option->argument ? option->argument : "");
    add_row(out, buffer_str(&left), _(option->help));
    buffer_finish(&left);
}

static void add_options(struct buffer *out, const struct option *options)
{
    for (const struct option *option = options; option && option->name; option++)
        add_option(out, option);
}

void manual_overview(struct buffer *out)
{
    buffer_add(out,
               str_from(_("repaso turns a chapter into questions and helps you to remember the answers.")));
    buffer_format(out, "\n\n%s repaso [%s]\n\n", _("usage:"), _("COMMAND"));
    for (const struct command *command = commands; command->name; command++)
        add_row(out, str_from(command->name), _(command->help));
    buffer_format(out, "\n%s\n", _("with every command:"));
    add_options(out, global_options);
    buffer_format(out, "\n%s\n", _("`repaso help COMMAND` tells all about one of them."));
}

void manual_command(struct buffer *out, const struct command *command)
{
    buffer_format(out, "%s repaso %s%s%s%s\n\n", _("usage:"), command->name, command->arguments[0] ? " " : "",
                  command->arguments, command->options ? _(" [OPTION…]") : "");
    struct buffer help = {0};
    buffer_format(&help, "%s.", _(command->help));
    add_wrapped(out, buffer_str(&help).ptr, 0);
    buffer_finish(&help);
    struct str rest = str_from(command->details ? _(command->details) : ""), paragraph;
    while (str_split(&rest, '\n', &paragraph)) {
        if (!paragraph.len)
            continue;
        buffer_add_char(out, '\n');
        struct buffer line = {0};
        buffer_add(&line, paragraph);
        add_wrapped(out, line.bytes ? line.bytes : "", 0);
        buffer_finish(&line);
    }
    buffer_add_char(out, '\n');
    add_options(out, command->options);
    add_options(out, global_options);
}

bool run_help(const struct call *call, struct error *e)
{
    static const struct {
        const char *name;
        void (*write)(struct buffer *);
    } forms[] = {{"text", manual_overview},
                 {"man", manual_roff},
                 {"bash", manual_bash},
                 {"zsh", manual_zsh},
                 {"fish", manual_fish}};
    const char *form = call_option(call, "format", "text");
    const struct command *command = call->count ? command_find(call->words[0]) : NULL;
    if (call->count && !command)
        return fail(e, ERROR_USAGE, _("There is no command \"%s\". `repaso help` lists them."),
                    call->words[0]);
    struct buffer out = {0};
    if (command)
        manual_command(&out, command);
    for (size_t i = 0; !command && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, form) == 0)
            forms[i].write(&out);
    print_buffer(stdout, &out);
    buffer_finish(&out);
    return true;
}
