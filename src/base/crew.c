#include "base/crew.h"

#include "base/memory.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t begun, ended;
    pthread_t *threads;
    int thread_count;

    /* Under `lock`; what `begun` and `ended` announce. */
    unsigned long round; /* counts the loops */
    int busy;            /* threads that have not left this round's loop */
    bool closing;

    /* Written under `lock` before a round begins, then only read. */
    size_t count;
    void (*each)(size_t index, void *data);
    void *data;

    atomic_size_t next; /* the first index nobody has taken */
};

int crew_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
}

static void take_part(struct crew *crew)
{
    for (size_t i; (i = atomic_fetch_add(&crew->next, 1)) < crew->count;)
        crew->each(i, crew->data);
}

static void *live(void *data)
{
    struct crew *crew = data;
    unsigned long seen = 0;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (crew->round == seen && !crew->closing)
            pthread_cond_wait(&crew->begun, &crew->lock);
        if (crew->closing)
            break;
        seen = crew->round;
        pthread_mutex_unlock(&crew->lock);
        take_part(crew);
        pthread_mutex_lock(&crew->lock);
        if (--crew->busy == 0)
            pthread_cond_signal(&crew->ended);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct crew *crew_open(int hands)
{
    struct crew *crew = memory_alloc(sizeof *crew);
    *crew = (struct crew){0};
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->begun, NULL);
    pthread_cond_init(&crew->ended, NULL);
    int wanted = (hands > 0 ? hands : crew_processors()) - 1;
    crew->threads = memory_alloc(sizeof *crew->threads * (size_t)(wanted + 1));
    while (crew->thread_count < wanted &&
           pthread_create(&crew->threads[crew->thread_count], NULL, live, crew) == 0)
        crew->thread_count++;
    return crew;
}

void crew_close(struct crew *crew)
{
    if (!crew)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->closing = true;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    for (int i = 0; i < crew->thread_count; i++)
        pthread_join(crew->threads[i], NULL);
    pthread_cond_destroy(&crew->begun);
    pthread_cond_destroy(&crew->ended);
    pthread_mutex_destroy(&crew->lock);
    free(crew->threads);
    free(crew);
}

int crew_hands(const struct crew *crew)
{
    return crew ? crew->thread_count + 1 : 1;
}

static void do_alone(size_t count, void (*each)(size_t index, void *data), void *data)
{
    for (size_t i = 0; i < count; i++)
        each(i, data);
}

void crew_each(struct crew *crew, size_t count, void (*each)(size_t index, void *data), void *data)
{
    if (!crew || crew->thread_count == 0 || count < 2) {
        do_alone(count, each, data);
        return;
    }
    pthread_mutex_lock(&crew->lock);
    assert(crew->busy == 0);
    crew->count = count;
    crew->each = each;
    crew->data = data;
    atomic_store(&crew->next, 0);
    crew->busy = crew->thread_count;
    crew->round++;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    take_part(crew);
    pthread_mutex_lock(&crew->lock);
    while (crew->busy > 0)
        pthread_cond_wait(&crew->ended, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}
