/* The weights are fitted again after a session: the worker computes on a connection of its own, we write. */
#include "app/inside.h"

#include "base/memory.h"
#include "base/worker.h"
#include "collection/care.h"
#include "study/refit.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct refit_job {
    struct app *app;
    struct job *job;
    char *path;
    struct collection_options options;
    atomic_bool cancelled;
    bool ok;
    struct refit refit;
};

/* ---- On the worker's thread ---- */

static void look_around(double done, void *data)
{
    struct refit_job *at = data;
    job_set_progress(at->job, done);
    if (job_cancelled(at->job))
        atomic_store(&at->cancelled, true);
}

static void run(struct job *job, void *data)
{
    struct refit_job *at = data;
    struct collection *collection = NULL;
    at->job = job;
    struct fit_options options = {
        .crew = job_crew(job), .cancelled = &at->cancelled, .progress = look_around, .data = at};
    at->ok = collection_open(at->path, &at->options, &collection, NULL) &&
             refit_compute(collection, &options, &at->refit, NULL);
    if (collection)
        collection_look_after(collection, at->options.now, NULL);
    collection_close(collection);
}

/* ---- On ours ---- */

/* A fit that failed is made after the next session: nobody is told. */
static void done(struct job *job, void *data)
{
    struct refit_job *at = data;
    struct app *app = at->app;
    (void)job;
    app->refit.running = false;
    int64_t purged;
    collection_purge(app->collection, app_now(app), &purged, NULL);
    if (!at->ok || !refit_commit(app->collection, &at->refit, app_now(app), NULL))
        return;
    arena_reset(&app->refit.arena);
    app->refit.sentence = refit_sentence(&app->refit.arena, &at->refit);
    app_changed(app);
}

static void drop(void *data)
{
    struct refit_job *at = data;
    free(at->path);
    free(at);
}

void refit_start(struct app *app)
{
    struct worker *worker = app_worker(app);
    const char *path = collection_path(app->collection);
    if (!worker || app->refit.running || strcmp(path, ":memory:") == 0)
        return;
    struct refit_job *at = memory_alloc(sizeof *at);
    *at = (struct refit_job){
        .app = app,
        .path = memory_alloc(strlen(path) + 1),
        .options = {.now = app_now(app), .seed = app->options.seed, .read_only = true},
    };
    strcpy(at->path, path);
    app->refit.running = true;
    app->refit.sentence = (struct str){0};
    worker_start(worker, &(struct job_options){.run = run, .done = done, .drop = drop, .data = at});
}

void refit_finish(struct app *app)
{
    arena_finish(&app->refit.arena);
}
