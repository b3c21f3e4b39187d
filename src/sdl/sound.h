/* Sound of cards, through SDL2_mixer where it is installed. */
#ifndef REPASO_SDL_SOUND_H
#define REPASO_SDL_SOUND_H

#include "base/error.h"

/* Plays a file (Ogg, MP3, WAV, …) instead of what plays now. */
bool sound_play(const char *path, struct error *e);
void sound_close(void);

#endif
