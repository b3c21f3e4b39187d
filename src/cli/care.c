/* backup, restore, doctor: keeping the collection safe. */
#include "collection/care.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Beside the collection, in a folder that is made for it. */
static bool default_target(struct collection *collection, struct arena *arena, struct str *ret,
                           struct error *e)
{
    struct str folder = path_join(arena, path_folder(str_from(collection_path(collection))), STR("backups"));
    struct str inside = path_join(arena, folder, STR("x"));
    *ret = folder;
    if (!file_make_folders(inside.ptr, e))
        return false;
    return mkdir(folder.ptr, 0700) == 0 || access(folder.ptr, F_OK) == 0 ||
           fail(e, ERROR_IO, _("The folder %.*s could not be made."), STR_ARG(folder));
}

bool run_backup(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct str target = call->count ? str_from(call->words[0]) : (struct str){0}, path;
    bool ok = context_open_to_read(call, &collection, e) &&
              (target.len || default_target(collection, &arena, &target, e)) &&
              collection_backup(collection, &arena, target.ptr, context_now(), &path, e);
    if (ok)
        printf(_("Backed up to %.*s\n"), STR_ARG(path));
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}

bool run_restore(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct str path = context_collection_path(call, &arena);
    bool ok = collection_restore(path.ptr, call->words[0], context_now(), e);
    if (ok)
        printf(_("Restored %.*s from %s; what was there before is kept in its folder \"backups\".\n"),
               STR_ARG(path), call->words[0]);
    arena_finish(&arena);
    return ok;
}

static void print_size(struct arena *arena, const char *path, const struct findings *findings)
{
    printf(_("Looked at %s: %.*s, %.*s, %.*s, %.*s, %.1f MB.\n"), path,
           STR_ARG(context_count(arena, PLURAL("%lld card", "%lld cards"), findings->cards)),
           STR_ARG(context_count(arena, PLURAL("%lld deck", "%lld decks"), findings->decks)),
           STR_ARG(context_count(arena, PLURAL("%lld chapter", "%lld chapters"), findings->chapters)),
           STR_ARG(context_count(arena, PLURAL("%lld event", "%lld events"), findings->events)),
           (double)findings->bytes / 1e6);
}

static bool report_findings(const struct findings *findings, bool repair, struct error *e)
{
    bool open = false;
    list_each (struct finding, finding, findings) {
        printf("%s %.*s\n", finding->repaired ? _("repaired:") : _("found:"), STR_ARG(finding->text));
        open |= !finding->repaired;
    }
    if (!open)
        return true;
    return fail(e, ERROR_CORRUPT,
                repair ? _("Not all could be repaired; `repaso restore FILE` goes back to a backup.")
                       : _("`repaso doctor --repair` rebuilds what can be rebuilt from the log."));
}

bool run_doctor(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct findings findings = {0};
    bool repair = call_has(call, "repair");
    bool ok = (repair ? context_open(call, &collection, e) : context_open_to_read(call, &collection, e)) &&
              collection_doctor(collection, &arena, repair, context_now(), &findings, e);
    if (ok) {
        print_size(&arena, collection_path(collection), &findings);
        if (!findings.count)
            puts(_("All is well."));
        ok = report_findings(&findings, repair, e);
    }
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}
