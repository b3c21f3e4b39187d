#include "base/worker.h"

#include "base/arena.h"
#include "base/crew.h"
#include "base/memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job {
    struct job_options options;
    struct arena arena;
    struct worker *worker;
    struct job *next; /* in one of the worker's queues, under its lock */
    atomic_bool cancelled;
    atomic_int progress; /* in millionths */
};

struct queue {
    struct job *first, *last;
};

struct worker {
    struct worker_options options;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* whatever is below */

    /* Under `lock`. */
    struct queue waiting, done;
    struct job *running;
    bool closing;

    struct crew *crew; /* made by the first job that wants one, on the worker's thread */
};

static void put(struct queue *queue, struct job *job)
{
    job->next = NULL;
    if (queue->last)
        queue->last->next = job;
    else
        queue->first = job;
    queue->last = job;
}

static struct job *take(struct queue *queue)
{
    struct job *job = queue->first;
    if (!job)
        return NULL;
    queue->first = job->next;
    if (!queue->first)
        queue->last = NULL;
    return job;
}

/* Holds the lock, but not while the job runs. */
static void run_job(struct worker *worker, struct job *job)
{
    worker->running = job;
    pthread_mutex_unlock(&worker->lock);
    if (!job_cancelled(job))
        job->options.run(job, job->options.data);
    pthread_mutex_lock(&worker->lock);
    worker->running = NULL;
    put(&worker->done, job);
    pthread_cond_broadcast(&worker->changed);
}

static void *live(void *data)
{
    struct worker *worker = data;
    pthread_mutex_lock(&worker->lock);
    while (!worker->closing) {
        struct job *job = take(&worker->waiting);
        if (!job) {
            pthread_cond_wait(&worker->changed, &worker->lock);
            continue;
        }
        run_job(worker, job);
        pthread_mutex_unlock(&worker->lock);
        if (worker->options.notify)
            worker->options.notify(worker->options.data);
        pthread_mutex_lock(&worker->lock);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

struct worker *worker_open(const struct worker_options *options)
{
    struct worker *worker = memory_alloc(sizeof *worker);
    *worker = (struct worker){.options = *options};
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
    if (pthread_create(&worker->thread, NULL, live, worker) == 0)
        return worker;
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
    return NULL;
}

static void free_job(struct job *job)
{
    if (job->options.drop)
        job->options.drop(job->options.data);
    arena_finish(&job->arena);
    free(job);
}

static void free_queue(struct queue *queue)
{
    for (struct job *job; (job = take(queue));)
        free_job(job);
}

void worker_close(struct worker *worker)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->closing = true;
    if (worker->running)
        job_cancel(worker->running);
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    free_queue(&worker->waiting);
    free_queue(&worker->done);
    crew_close(worker->crew);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

struct job *worker_start(struct worker *worker, const struct job_options *options)
{
    struct job *job = memory_alloc(sizeof *job);
    *job = (struct job){.options = *options, .worker = worker};
    pthread_mutex_lock(&worker->lock);
    put(&worker->waiting, job);
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    return job;
}

static struct job *take_done(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    struct job *job = take(&worker->done);
    pthread_mutex_unlock(&worker->lock);
    return job;
}

bool worker_poll(struct worker *worker)
{
    bool any = false;
    for (struct job *job; (job = take_done(worker)); any = true) {
        if (job->options.done)
            job->options.done(job, job->options.data);
        free_job(job);
    }
    return any;
}

/* Sleeps until something is done; false when nothing is left. */
static bool wait_for_one(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    while (!worker->done.first && (worker->waiting.first || worker->running))
        pthread_cond_wait(&worker->changed, &worker->lock);
    bool left = worker->done.first;
    pthread_mutex_unlock(&worker->lock);
    return left;
}

void worker_finish(struct worker *worker)
{
    while (wait_for_one(worker))
        worker_poll(worker);
}

void job_cancel(struct job *job)
{
    atomic_store(&job->cancelled, true);
}

bool job_cancelled(const struct job *job)
{
    return atomic_load(&job->cancelled);
}

double job_progress(const struct job *job)
{
    return atomic_load(&job->progress) / 1e6;
}

void job_set_progress(struct job *job, double progress)
{
    atomic_store(&job->progress, (int)(progress * 1e6));
}

struct arena *job_arena(struct job *job)
{
    return &job->arena;
}

struct crew *job_crew(struct job *job)
{
    struct worker *worker = job->worker;
    if (!worker->crew)
        worker->crew = crew_open(worker->options.hands);
    return worker->crew;
}
