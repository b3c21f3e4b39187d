/* Where the file of a face is. */
#ifndef REPASO_SDL_LOCATE_H
#define REPASO_SDL_LOCATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct face_wanted {
    const char *file;   /* below the folder of fonts, as Debian installs it */
    const char *family; /* for fontconfig */
    int weight;         /* 400, 600, 700 */
    bool italic;
};

/* The path of the face's file, NUL-terminated; empty if there is none and (`ask`) fontconfig, which takes 10
 * to 20 ms the first time, has nothing for it either. What it answers is remembered for the next start. */
struct str face_locate(struct arena *arena, const struct face_wanted *wanted, bool ask);
/* A font that has the character, from fontconfig; empty if there is none. */
struct str face_for_character(struct arena *arena, uint32_t code_point);

#endif
