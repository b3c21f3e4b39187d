/* repaso: one program for the terminal and the window. */
#include "base/buffer.h"
#include "base/place.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/manual.h"
#include "cli/print.h"
#include "cli/window.h"
#include "exchange/package.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_DONE, EXIT_FAILED, EXIT_USAGE };

/* Characters as UTF-8 also where no locale is installed; numbers always with a dot. */
static void set_locale(void)
{
    const char *locale = setlocale(LC_ALL, "");
    if (!locale || strcmp(setlocale(LC_CTYPE, NULL), "C") == 0)
        setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
    place_language(NULL);
}

static int complain(const struct error *e)
{
    if (e->kind != ERROR_NONE)
        print_failure(e);
    return e->kind == ERROR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

static int show_help(const struct command *command)
{
    struct buffer out = {0};
    if (command)
        manual_command(&out, command);
    else
        manual_overview(&out);
    print_buffer(stdout, &out);
    buffer_finish(&out);
    return EXIT_DONE;
}

/* Without a command: the window. */
static bool run(const struct call *call, struct error *e)
{
    return call->command ? call->command->run(call, e) : window_open(call, NULL, false, e);
}

int main(int argc, char **argv)
{
    int status;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    set_locale();
    if (package_child(argc, argv, &status))
        return status;
    char version[] = "version";
    struct call call = {0};
    struct error e = {0};
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        argv[1] = version;
    if (!call_parse(argc - 1, argv + 1, &call, &e))
        return complain(&e);
    if (call_has(&call, "help"))
        return show_help(call.command);
    bool ok = run(&call, &e);
    context_tell();
    if (!ok)
        return complain(&e);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fail(&e, ERROR_IO, _("The output could not be written."));
        return complain(&e);
    }
    return EXIT_DONE;
}
