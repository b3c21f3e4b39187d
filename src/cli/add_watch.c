/* `repaso add --watch`, for a teacher who is writing. */
#include "app/intake.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/adding.h"
#include "cli/command.h"
#include "cli/context.h"
#include "cli/print.h"
#include "cli/watch.h"

#include <stdio.h>
#include <sys/stat.h>

/* What was last said of a file; who saves another one need not read it again. */
struct told {
    uint64_t path, state;
};

struct watching {
    const struct call *call;
    struct watch *watch;
    struct arena arena; /* of `told` */
    struct {
        struct told *items;
        size_t count, capacity;
    } told;
};

static uint64_t state_of(const struct intake *intake)
{
    uint64_t state = hash_str(intake->source);
    list_each (struct problem, problem, &intake->problems)
        state = hash_combine(state, hash_str(problem->text));
    list_each (struct card, card, &intake->cards)
        state = hash_combine(state, hash_combine(hash_str(card->prompt), hash_str(card->answer)));
    return state;
}

/* True if the file, or what is known of it, is not as it was the last time. */
static bool is_news(struct watching *w, struct str path, const struct intake *intake)
{
    struct told now = {hash_str(path), state_of(intake)};
    list_each (struct told, told, &w->told) {
        if (told->path != now.path)
            continue;
        bool same = told->state == now.state;
        *told = now;
        return !same;
    }
    list_push(&w->arena, &w->told, now);
    return true;
}

static bool add_news(struct watching *w, struct arena *arena, const struct adding *adding, struct error *e)
{
    struct collection *collection = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < adding->intakes.count; i++) {
        const struct intake *intake = &adding->intakes.items[i];
        if (!is_news(w, packages_path(&adding->packages, arena, intake->path), intake))
            continue;
        adding_tell_problems(arena, adding, intake);
        if (intake->problems.errors)
            continue;
        ok = (collection || context_open(w->call, &collection, e)) &&
             adding_add(collection, arena, adding, intake, e);
    }
    collection_close(collection);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The files that were named, and the chapters that their decks quote. */
static bool watch_all(struct watching *w, struct arena *arena, const struct adding *adding, struct error *e)
{
    for (int i = 0; i < w->call->count; i++) {
        const char *path = w->call->words[i];
        if (!(is_folder(path) ? watch_tree(w->watch, str_from(path), e)
                              : watch_file(w->watch, str_from(path), e)))
            return false;
    }
    list_each (struct intake, intake, &adding->intakes) {
        for (size_t i = 0; i < intake->file.chapters.count; i++) {
            struct str path = intake->file.chapters.items[i]->path;
            bool packed = !str_equal(path, packages_path(&adding->packages, arena, path));
            if (!packed && !watch_file(w->watch, path, e))
                return false;
        }
    }
    return true;
}

static void tell_error(const struct adding *adding, struct error *e)
{
    packages_name_error(&adding->packages, e);
    print_failure(e);
}

/* A mistake in a file is told and waited out; false only when there is nothing left to watch. */
static bool add_round(struct watching *w, struct error *e)
{
    struct arena arena = {0};
    struct adding adding = {0};
    struct error wrong = {0};
    bool read = adding_read(w->call, &arena, &watch_ended, &adding, &wrong);
    bool ok = watch_all(w, &arena, &adding, e);
    if (!read)
        w->told.count = 0; /* what comes next is news, whatever it is */
    if (ok && (!read || !add_news(w, &arena, &adding, &wrong)) && wrong.kind != ERROR_CANCELLED)
        tell_error(&adding, &wrong);
    adding_finish(&adding);
    context_tell();
    fflush(stdout);
    arena_finish(&arena);
    return ok;
}

/* Decks, chapters and what they show; not an editor's own files. */
static bool matters(struct str name)
{
    static const char *const endings[] = {".md",   ".markdown", ".yaml", ".yml", ".png", ".jpg",
                                          ".jpeg", ".gif",      ".webp", ".ogg", ".mp3", ".wav"};
    for (size_t i = 0; name.len && name.ptr[0] != '.' && i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, str_from(endings[i])))
            return true;
    return false;
}

bool add_watching(const struct call *call, struct error *e)
{
    struct watching w = {.call = call};
    if (!watch_open(&w.watch, e))
        return false;
    bool ok = add_round(&w, e);
    if (ok)
        fputs(_("Watching; Ctrl+C ends it.\n"), stderr);
    while (ok && watch_wait(w.watch, matters))
        ok = add_round(&w, e);
    watch_close(w.watch);
    arena_finish(&w.arena);
    return ok;
}
