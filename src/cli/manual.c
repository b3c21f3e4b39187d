/* The man page, in English: roff from the command table. */
#include "cli/manual.h"

#include "app/app.h"
#include "base/buffer.h"
#include "cli/command.h"

#include <string.h>

/* Text as roff wants it: a hyphen that can be searched for, no dot or quote that starts a request. */
static void add_roff(struct buffer *out, struct str text)
{
    if (text.len && (text.ptr[0] == '.' || text.ptr[0] == '\''))
        buffer_add(out, STR("\\&"));
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '-')
            buffer_add(out, STR("\\-"));
        else if (text.ptr[i] == '\\')
            buffer_add(out, STR("\\e"));
        else
            buffer_add_char(out, text.ptr[i]);
    }
}

static void add_roff_line(struct buffer *out, const char *text)
{
    add_roff(out, str_from(text));
    buffer_add_char(out, '\n');
}

static void add_option(struct buffer *out, const struct option *option)
{
    buffer_add(out, STR(".TP\n\\fB"));
    if (option->letter)
        buffer_format(out, "\\-%c\\fR, \\fB", option->letter);
    buffer_add(out, STR("\\-\\-"));
    add_roff(out, str_from(option->name));
    buffer_add(out, STR("\\fR"));
    if (option->argument) {
        buffer_add(out, STR(" \\fI"));
        add_roff(out, str_from(option->argument));
        buffer_add(out, STR("\\fR"));
    }
    buffer_add_char(out, '\n');
    add_roff_line(out, option->help);
}

static void add_command(struct buffer *out, const struct command *command)
{
    buffer_format(out, ".SS \"repaso %s %s\"\n", command->name, command->arguments);
    buffer_add_char(out, (char)(command->help[0] - 'a' + 'A'));
    add_roff(out, str_from(command->help + 1));
    buffer_add(out, STR(".\n"));
    struct str rest = str_from(command->details ? command->details : ""), paragraph;
    while (str_split(&rest, '\n', &paragraph)) {
        if (!paragraph.len)
            continue;
        buffer_add(out, STR(".PP\n"));
        add_roff(out, paragraph);
        buffer_add_char(out, '\n');
    }
    for (const struct option *option = command->options; option && option->name; option++)
        add_option(out, option);
}

/* The window's own command table; a row that names another place than the one before it begins a section. */
static void add_keys(struct buffer *out)
{
    const struct app_command_row *rows;
    size_t count = app_commands(&rows);
    const char *place = "";
    buffer_add(out, STR(".SH KEYS\nIn the window.\n"));
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].keys[0])
            continue;
        if (strcmp(rows[i].place, place) != 0)
            buffer_format(out, ".SS \"%s\"\n", rows[i].place);
        place = rows[i].place;
        buffer_add(out, STR(".TP\n.B "));
        add_roff_line(out, rows[i].keys);
        add_roff_line(out, rows[i].help[0] ? rows[i].help : rows[i].name);
    }
}

void manual_roff(struct buffer *out)
{
    buffer_format(out, ".TH REPASO 1 \"\" \"repaso %s\" \"User commands\"\n", REPASO_VERSION);
    buffer_add(out,
               STR(".SH NAME\nrepaso \\- questions from a chapter, remembered\n"
                   ".SH SYNOPSIS\n.B repaso\n[\\fICOMMAND\\fR [\\fIOPTION\\fR\\|.\\|.\\|.] "
                   "[\\fIARGUMENT\\fR\\|.\\|.\\|.]]\n"
                   ".SH DESCRIPTION\n"
                   "repaso turns a chapter of a book into questions that show where in the text their answer "
                   "stands, and asks each of them again on the day you are about to forget it. Without a "
                   "command it opens its window.\n.SH COMMANDS\n"));
    for (const struct command *command = commands; command->name; command++)
        add_command(out, command);
    add_keys(out);
    buffer_add(out, STR(".SH OPTIONS\nWith every command:\n"));
    for (const struct option *option = global_options; option->name; option++)
        add_option(out, option);
    buffer_add(
        out, STR(".SH EXIT STATUS\n0: done. 1: it failed, and standard error says what and what to do. "
                 "2: the command line was not understood.\n"
                 ".SH FILES\n.TP\n\\fI$XDG_DATA_HOME/repaso/collection.db\\fR\n"
                 "Your cards and answers (\\fI~/.local/share\\fR where the variable is not set). One SQLite "
                 "file; nothing leaves this machine.\n"
                 ".SH ENVIRONMENT\n\\fBLANGUAGE\\fR, \\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR "
                 "choose the language of repaso: es or en.\n"));
}
