/* Chapters and decks on their way in: read by the worker, shown, and written when the learner says so. */
#include "app/inside.h"

#include "app/intake.h"
#include "base/file.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/place.h"
#include "base/translate.h"
#include "base/worker.h"
#include "exchange/store.h"
#include "screens/import.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char sample_es[] = "decks/ascenso-y-caida.md", sample_en[] = "decks/longitude.md";

/* One path: a file, or a folder of one book. Belongs to the worker while `job` is set. */
struct import_item {
    struct arena arena; /* of what came out */
    char path[1024];
    struct app *app;
    struct job *job;
    bool removed, failed;
    bool foreign; /* a deck from elsewhere: `stored` says what it holds */
    struct intakes intakes;
    struct stored stored;
    struct moment now;
    struct error error;
    struct import_item *next;
};

/* ---- On the worker's thread ---- */

static bool is_foreign(struct str path)
{
    static const char *const ends[] = {".apkg", ".colpkg", ".csv", ".tsv", ".txt", ".gift"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(path, str_from(ends[i])))
            return true;
    return false;
}

static struct store_file foreign_file(const struct import_item *item, bool dry_run)
{
    return (struct store_file){.path = item->path,
                               .read = {.now_ms = item->now.at_ms, .tz_min = item->now.tz_min},
                               .program = STR(REPASO_VERSION),
                               .now = item->now,
                               .dry_run = dry_run};
}

static void run(struct job *job, void *data)
{
    struct import_item *item = data;
    struct str_list paths = {0};
    item->foreign = is_foreign(str_from(item->path));
    if (item->foreign) {
        const struct store_file file = foreign_file(item, true);
        item->failed = !store_file(NULL, &item->arena, &file, &item->stored, &item->error);
        return;
    }
    list_push(&item->arena, &paths, str_from(item->path));
    const struct intake_options options = {.folders = true};
    (void)job;
    item->failed = !intake_read(&item->arena, &options, &paths, &item->intakes, &item->error);
}

/* ---- On ours ---- */

static void item_free(struct import_item *item)
{
    arena_finish(&item->arena);
    free(item);
}

static void unlink_item(struct app *app, struct import_item *item)
{
    for (struct import_item **at = &app->import.items; *at; at = &(*at)->next) {
        if (*at == item) {
            *at = item->next;
            return;
        }
    }
}

static void done(struct job *job, void *data)
{
    struct import_item *item = data;
    (void)job;
    item->job = NULL;
    if (!item->removed)
        return;
    unlink_item(item->app, item);
    item_free(item);
}

/* The worker closes with the app, which frees the items itself. */
static void drop(void *data)
{
    (void)data;
}

static void notify(void *data)
{
    const struct app *app = data;
    if (app->window.wake)
        app->window.wake(app->window.self);
}

struct worker *app_worker(struct app *app)
{
    if (!app->import.worker)
        app->import.worker = worker_open(&(struct worker_options){.notify = notify, .data = app});
    return app->import.worker;
}

static bool is_listed(struct app *app, struct str path)
{
    for (struct import_item *item = app->import.items; item; item = item->next)
        if (!item->removed && str_equal(str_from(item->path), path))
            return true;
    return false;
}

static void append(struct app *app, struct import_item *item)
{
    struct import_item **at = &app->import.items;
    while (*at)
        at = &(*at)->next;
    *at = item;
}

void import_path(struct app *app, struct str path)
{
    struct import_item *item;
    if (path.len == 0 || path.len >= sizeof item->path || is_listed(app, path))
        return;
    item = memory_alloc(sizeof *item);
    *item = (struct import_item){.app = app, .now = app_now(app)};
    memcpy(item->path, path.ptr, path.len);
    append(app, item);
    struct worker *worker = app_worker(app);
    if (worker) {
        item->job =
            worker_start(worker, &(struct job_options){.run = run, .done = done, .drop = drop, .data = item});
        return;
    }
    run(NULL, item); /* no thread to be had: the window waits */
}

bool import_poll(struct app *app)
{
    return app->import.worker && worker_poll(app->import.worker);
}

static void finish_items(struct app *app)
{
    for (struct import_item *item = app->import.items, *next; item; item = next) {
        next = item->next;
        if (item->job) {
            item->removed = true;
            job_cancel(item->job);
        } else {
            unlink_item(app, item);
            item_free(item);
        }
    }
}

void import_finish(struct app *app)
{
    worker_close(app->import.worker);
    app->import.worker = NULL;
    for (struct import_item *item = app->import.items, *next; item; item = next) {
        next = item->next;
        item_free(item);
    }
    app->import.items = NULL;
}

/* ---- Actions ---- */

static void go(struct app *app)
{
    if (app_place(app)->screen != SCREEN_IMPORT)
        app_go(app, (struct place){.screen = SCREEN_IMPORT});
}

void app_drop(struct app *app, struct str path)
{
    go(app);
    import_path(app, path);
}

void open_import(struct app *app, const struct ui_action *action)
{
    (void)action;
    go(app);
}

static struct str expanded(struct arena *arena, struct str path)
{
    const char *home = getenv("HOME");
    if (home && str_starts(path, STR("~/")))
        return path_join(arena, str_from(home), str_slice(path, 2, path.len));
    return str_copy(arena, path);
}

void import_typed(struct app *app, const struct ui_action *action)
{
    struct str path = expanded(ui_arena(app->ui), str_trim(action->text));
    struct import_state *state = &app->import;
    state->not_found = access(path.ptr, R_OK) != 0;
    if (state->not_found)
        return;
    state->revision++;
    import_path(app, path);
}

/* The bundled chapter in the interface's language. */
void import_sample(struct app *app, const struct ui_action *action)
{
    (void)action;
    bool spanish = strcmp(translate_language(), "es") == 0;
    struct str path = place_data(ui_arena(app->ui), str_from(spanish ? sample_es : sample_en));
    if (!path.len) {
        app_toast(app, str_from(_("The sample chapter is not installed")), ACTION_NONE);
        return;
    }
    go(app);
    import_path(app, path);
}

/* A text needs a place that it comes from: it is kept beside the collection. */
static struct str name_for(struct arena *arena, struct str text)
{
    enum { LONGEST = 40 };
    struct str line = {0};
    while (str_split(&text, '\n', &line) && !str_trim(line).len)
        ;
    char name[LONGEST + 1];
    size_t len = 0;
    for (size_t i = 0; i < line.len && len < LONGEST; i++) {
        char c = line.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || (c == ' ' && len))
            name[len++] = c == ' ' ? '-' : c;
    }
    return len ? str_format(arena, "%.*s.md", (int)len, name) : STR("text.md");
}

void import_paste(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct arena *arena = ui_arena(app->ui);
    struct str text = app->window.paste ? app->window.paste(app->window.self, arena) : (struct str){0};
    if (!str_trim(text).len) {
        app_toast(app, str_from(_("The clipboard holds no text")), ACTION_NONE);
        return;
    }
    struct error e = {0};
    struct str folder = path_folder(str_from(collection_path(app->collection)));
    struct str path = path_join(arena, path_join(arena, folder, STR("texts")), name_for(arena, text));
    if (!file_make_folders(path.ptr, &e) || !file_write(path.ptr, text, &e))
        app_toast_error(app, &e);
    else
        import_path(app, path);
}

static struct import_item *item_at(struct app *app, int64_t index)
{
    for (struct import_item *item = app->import.items; item; item = item->next)
        if (!item->removed && index-- == 0)
            return item;
    return NULL;
}

void import_remove(struct app *app, const struct ui_action *action)
{
    struct import_item *item = item_at(app, action->argument);
    if (!item)
        return;
    if (item->job) {
        item->removed = true;
        job_cancel(item->job);
        return;
    }
    unlink_item(app, item);
    item_free(item);
}

/* ---- Writing ---- */

struct written {
    bool foreign; /* decks from elsewhere were among it: nobody has just read them */
    int decks, fresh;
    int64_t deck; /* of the last one */
};

static bool write_one(struct app *app, const struct intake *intake, struct written *written, struct error *e)
{
    struct arena arena = {0};
    struct add_report report;
    if (intake->is_deck && intake->problems.errors)
        return fail(e, ERROR_SYNTAX, _("%.*s has errors: `repaso check` tells them"), STR_ARG(intake->path));
    struct addition addition = intake_addition(intake);
    bool ok = collection_add(app->collection, &arena, &addition, app_now(app), &report, e);
    if (ok) {
        written->decks++;
        written->fresh += report.fresh;
        written->deck = report.deck;
    }
    arena_finish(&arena);
    return ok;
}

static bool write_foreign(struct app *app, struct import_item *item, struct written *written, struct error *e)
{
    struct stored stored;
    const struct store_file file = foreign_file(item, false);
    if (!store_file(app->collection, &item->arena, &file, &stored, e))
        return false;
    written->foreign = true;
    written->fresh += stored.import.cards;
    return true;
}

static bool write_all(struct app *app, struct written *written, struct error *e)
{
    for (struct import_item *item = app->import.items; item; item = item->next) {
        if (item->job || item->removed || item->failed)
            continue;
        if (item->foreign && !write_foreign(app, item, written, e))
            return false;
        list_each (struct intake, intake, &item->intakes)
            if (!write_one(app, intake, written, e))
                return false;
    }
    return true;
}

/* One new chapter is begun at once, as it should be right after reading. */
void import_create(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    struct written written = {0};
    bool ok = write_all(app, &written, &e);
    app_changed(app);
    if (!ok) {
        app_toast_error(app, &e);
        return;
    }
    finish_items(app);
    app_back(app);
    app_toast(app,
              str_format(ui_arena(app->ui),
                         translate_plural("%d card made", "%d cards made", (unsigned long)written.fresh),
                         written.fresh),
              written.foreign ? ACTION_UNDO : ACTION_NONE);
    if (written.decks == 1 && written.fresh && !written.foreign)
        open_first(app, &(struct ui_action){.argument = written.deck});
}

/* ---- View ---- */

static void count_intakes(const struct import_item *item, struct import_file *ret)
{
    list_each (const struct intake, intake, &item->intakes) {
        ret->words += (int)intake->document.words;
        ret->lang = intake->is_deck ? ret->lang : intake->document.lang;
        list_each (const struct card, card, &intake->cards)
            card->tier == TIER_AUTO ? ret->cards++ : ret->drafts++;
    }
}

/* What it was taken for, where it goes, what it is like, and what could not be taken as it was. */
static void tell_foreign(struct app *app, const struct import_item *item, struct import_file *ret)
{
    struct arena *arena = ui_arena(app->ui);
    const struct stored *stored = &item->stored;
    const struct parcel_counts *counts = &stored->counts;
    ret->cards = (int)(counts->cards - counts->drafts);
    ret->drafts = (int)counts->drafts;
    ret->how = stored->read.how;
    for (size_t i = 0; i < counts->deck_paths.count && i < 4; i++)
        list_push(arena, &ret->notes, str_format(arena, "→ %.*s", STR_ARG(counts->deck_paths.items[i])));
    for (size_t i = 0; i < counts->preview.count && i < 3; i++)
        list_push(arena, &ret->notes,
                  str_format(arena, "%.*s — %.*s", STR_ARG(counts->preview.items[i].prompt),
                             STR_ARG(counts->preview.items[i].answer)));
    for (int i = 0; i < NOTICE_KINDS; i++)
        if (stored->read.notices.items[i].count)
            list_push(
                arena, &ret->notes,
                str_format(arena, "⚠ %.*s", STR_ARG(notice_text(arena, &stored->read.notices.items[i]))));
}

static struct import_file file_of(struct app *app, const struct import_item *item)
{
    struct arena *arena = ui_arena(app->ui);
    struct import_file ret = {.name = path_name(str_from(item->path)), .busy = item->job != NULL};
    if (item->job) {
        ret.progress = job_progress(item->job);
        return ret;
    }
    if (item->failed) {
        char text[512];
        error_describe(&item->error, text, sizeof text);
        ret.error = str_copy(arena, str_from(text));
        return ret;
    }
    if (item->foreign)
        tell_foreign(app, item, &ret);
    else
        count_intakes(item, &ret);
    if (!ret.cards && !ret.drafts)
        ret.error = str_from(_("No questions were found in it."));
    return ret;
}

void import_show(struct app *app)
{
    struct arena *arena = ui_arena(app->ui);
    struct {
        struct import_file *items;
        size_t count, capacity;
    } files = {0};
    struct import_view view = {.revision = app->import.revision};
    if (app->import.not_found)
        view.error = str_from(_("There is no such file or folder."));
    for (const struct import_item *item = app->import.items; item; item = item->next) {
        if (item->removed)
            continue;
        list_push(arena, &files, file_of(app, item));
        view.cards += list_last(&files)->cards + list_last(&files)->drafts;
        view.drafts += list_last(&files)->drafts;
        view.busy = view.busy || item->job;
    }
    view.files = files.items;
    view.count = files.count;
    import_screen(app->ui, &view);
}
