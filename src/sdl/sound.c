#include "sdl/sound.h"

#include "base/translate.h"
#include "sdl/library.h"

#include <SDL.h>

struct music;

static int (*open_audio)(int frequency, Uint16 format, int channels, int chunk);
static void (*close_audio)(void);
static struct music *(*load)(const char *path);
static int (*play)(struct music *music, int loops);
static int (*halt)(void);
static void (*unload)(struct music *music);

static bool opened;
static struct music *playing;

static bool open_library(struct error *e)
{
    const struct library_function functions[] = {
        {"Mix_OpenAudio", &open_audio}, {"Mix_CloseAudio", &close_audio}, {"Mix_LoadMUS", &load},
        {"Mix_PlayMusic", &play},       {"Mix_HaltMusic", &halt},         {"Mix_FreeMusic", &unload}};
    if (!load && !library_open("libSDL2_mixer-2.0.so.0", functions, sizeof functions / sizeof *functions))
        return fail(e, ERROR_NOT_FOUND, _("Sound needs SDL2_mixer; install libsdl2-mixer-2.0-0."));
    return true;
}

static bool open_device(struct error *e)
{
    enum { RATE = 44100, CHANNELS = 2, CHUNK = 2048 };
    if (opened)
        return true;
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0 || open_audio(RATE, AUDIO_S16SYS, CHANNELS, CHUNK) != 0)
        return fail(e, ERROR_IO, _("There is no sound on this machine (%s)."), SDL_GetError());
    opened = true;
    return true;
}

static void stop(void)
{
    if (!playing)
        return;
    halt();
    unload(playing);
    playing = NULL;
}

bool sound_play(const char *path, struct error *e)
{
    if (!open_library(e) || !open_device(e))
        return false;
    stop();
    playing = load(path);
    if (!playing || play(playing, 1) != 0) {
        fail(e, ERROR_SYNTAX, _("This sound cannot be played (%s)."), SDL_GetError());
        return error_at(e, str_from(path), 0, 0);
    }
    return true;
}

void sound_close(void)
{
    if (!opened)
        return;
    stop();
    close_audio();
    opened = false;
}
