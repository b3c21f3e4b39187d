#include "sdl/speech.h"

#include "base/memory.h"
#include "sdl/library.h"

#include <SDL.h>

#include <stdlib.h>
#include <string.h>

struct connection;

static struct connection *(*open_voice)(const char *client, const char *name, const char *user, int mode,
                                        const void *address, int start, char **ret_error);
static void (*close_voice)(struct connection *connection);
static int (*say)(struct connection *connection, int priority, const char *text);
static int (*cancel)(struct connection *connection);
static int (*set_language)(struct connection *connection, const char *lang);

/* All below are shared with the thread, under `lock`. */
static SDL_mutex *lock;
static SDL_cond *wanted;
static SDL_Thread *thread;
static char *next_text, next_lang[8];
static bool ending;

static char *take(char lang[8])
{
    SDL_LockMutex(lock);
    while (!next_text && !ending)
        SDL_CondWait(wanted, lock);
    char *text = ending ? NULL : next_text;
    if (text)
        next_text = NULL;
    memcpy(lang, next_lang, sizeof next_lang);
    SDL_UnlockMutex(lock);
    return text;
}

static struct connection *connect_voice(void)
{
    enum { ONE_THREAD = 0 };
    const struct library_function functions[] = {{"spd_open2", &open_voice},
                                                 {"spd_close", &close_voice},
                                                 {"spd_say", &say},
                                                 {"spd_cancel", &cancel},
                                                 {"spd_set_language", &set_language}};
    char *error = NULL;
    if (!library_open("libspeechd.so.2", functions, sizeof functions / sizeof *functions))
        return NULL;
    struct connection *connection = open_voice("repaso", NULL, NULL, ONE_THREAD, NULL, 1, &error);
    free(error);
    return connection;
}

static int speak(void *data)
{
    (void)data;
    enum { PRIORITY_TEXT = 3 };
    struct connection *connection = connect_voice();
    char lang[8], *text;
    while ((text = take(lang))) {
        if (connection) {
            cancel(connection);
            set_language(connection, lang);
            say(connection, PRIORITY_TEXT, text);
        }
        free(text);
    }
    if (connection)
        close_voice(connection);
    return 0;
}

static bool start(void)
{
    if (thread)
        return true;
    lock = SDL_CreateMutex();
    wanted = SDL_CreateCond();
    thread = lock && wanted ? SDL_CreateThread(speak, "speech", NULL) : NULL;
    return thread;
}

void speech_say(struct str text, struct str lang)
{
    if (!text.len || !start())
        return;
    char *copy = memory_alloc(text.len + 1);
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    SDL_LockMutex(lock);
    free(next_text);
    next_text = copy;
    SDL_snprintf(next_lang, sizeof next_lang, "%.*s", STR_ARG(lang));
    SDL_CondSignal(wanted);
    SDL_UnlockMutex(lock);
}

void speech_close(void)
{
    if (!thread)
        return;
    SDL_LockMutex(lock);
    ending = true;
    SDL_CondSignal(wanted);
    SDL_UnlockMutex(lock);
    SDL_WaitThread(thread, NULL);
    free(next_text);
    next_text = NULL;
    thread = NULL;
    ending = false;
    SDL_DestroyCond(wanted);
    SDL_DestroyMutex(lock);
}
