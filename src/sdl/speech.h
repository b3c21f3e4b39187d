/* A voice, through speech-dispatcher where it is installed. Opening it takes half a second: a thread of its own does. */
#ifndef REPASO_SDL_SPEECH_H
#define REPASO_SDL_SPEECH_H

#include "base/str.h"

/* Says the text instead of what is being said; `lang` is "es" or "en". Nothing is heard where there is no voice. */
void speech_say(struct str text, struct str lang);
void speech_close(void);

#endif
