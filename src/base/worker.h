/* One thread beside the user interface, with a queue of jobs. A job is a pure function over its own arena: it
 * computes, and what it found is committed by `done`, on the thread that owns the worker. Nobody polls: the
 * thread sleeps until there is a job, and says through `notify` when one is done. */
#ifndef REPASO_BASE_WORKER_H
#define REPASO_BASE_WORKER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct crew;
struct job;
struct worker;

struct worker_options {
    /* Called on the worker's thread when a `done` waits for worker_poll: wakes the owner's event loop. It
     * must not call the worker. May be NULL. */
    void (*notify)(void *data);
    void *data;
    int hands; /* threads that a job's loops may use, its own among them; 0: one for each processor */
};

/* NULL when the system has no thread to give. */
struct worker *worker_open(const struct worker_options *options);
/* Cancels what runs and what waits, and frees the jobs without calling `done`; their `drop` is called. NULL
 * is fine. */
void worker_close(struct worker *worker);

struct job_options {
    /* On the worker's thread. `data` is the job's alone until `done` or `drop`. */
    void (*run)(struct job *job, void *data);
    /* On the owner's thread, in worker_poll, also when the job was cancelled. Results in the job's arena die
     * when it returns. May be NULL. */
    void (*done)(struct job *job, void *data);
    /* On the owner's thread after `done`, or instead of it when the worker closes: frees `data`. May be NULL.
     */
    void (*drop)(void *data);
    void *data;
};

/* Jobs run in the order they were given. The job lives until its `done` has returned. */
struct job *worker_start(struct worker *worker, const struct job_options *options);
/* Calls `done` for the jobs that are; true when there were any. */
bool worker_poll(struct worker *worker);
/* Sleeps until nothing runs and nothing waits, polling meanwhile: for programs without an event loop. */
void worker_finish(struct worker *worker);

/* From the owner. A cancelled job that has not begun never runs; one that runs sees job_cancelled. */
void job_cancel(struct job *job);
/* From 0 to 1, as far as the job has said. */
double job_progress(const struct job *job);

/* From the job (cancelled: from both). */
bool job_cancelled(const struct job *job);
void job_set_progress(struct job *job, double progress);
struct arena *job_arena(struct job *job);
/* For loops over many things (crew.h); may be NULL. */
struct crew *job_crew(struct job *job);

#endif
