/* sync, rebuild: the log, carried to other devices and played back. */
#include "sync/folder.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "collection/care.h"

#include <stdio.h>
#include <sys/stat.h>

static void print_report(const struct sync_report *report)
{
    printf(translate_plural("%lld event sent", "%lld events sent", (unsigned long)report->sent),
           (long long)report->sent);
    fputs(", ", stdout);
    printf(translate_plural("%lld received", "%lld received", (unsigned long)report->received),
           (long long)report->received);
    printf(translate_plural(" (%d other device)\n", " (%d other devices)\n", (unsigned long)report->devices),
           report->devices);
    if (report->refused)
        printf(_("%lld lines were no events and were left out.\n"), (long long)report->refused);
    if (report->ahead)
        printf(_("%lld events come from a clock more than two days ahead; set that device's clock.\n"),
               (long long)report->ahead);
}

/* What came in one file, and whose it is. */
static void print_file_report(const struct sync_report *report, struct str person)
{
    printf(translate_plural("%lld event taken in", "%lld events taken in", (unsigned long)report->received),
           (long long)report->received);
    printf(translate_plural(", %lld card remembered otherwise\n", ", %lld cards remembered otherwise\n",
                            (unsigned long)report->cards),
           (long long)report->cards);
    if (person.len)
        printf(_("They are of %.*s and are kept apart: your own cards stay as they were.\n"),
               STR_ARG(person));
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool run_sync(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct sync_report report;
    struct str_list notes = {0};
    struct str person;
    const char *path = call->words[0];
    bool ok = context_open(call, &collection, e), file = is_file(path);
    ok = ok && (file ? sync_file(collection, &arena, path, context_now(), &report, &person, &notes, e)
                     : sync_folder(collection, &arena, path, context_now(), &report, &notes, e));
    if (ok && file)
        print_file_report(&report, person);
    else if (ok)
        print_report(&report);
    list_each (struct str, note, &notes)
        fprintf(stderr, "%.*s\n", STR_ARG(*note));
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}

bool run_rebuild(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    int64_t events, changed;
    bool ok = context_open(call, &collection, e) && collection_rebuild(collection, &events, &changed, e);
    if (ok)
        printf(_("%lld events played back; %lld cards were remembered otherwise.\n"), (long long)events,
               (long long)changed);
    collection_close(collection);
    return ok;
}
