/* Where what came with the program lies: translations, sample decks. Looked for beside the program first, so
 * that a copied folder works, then in the build folder it was built in, then where Meson was told to install.
 */
#ifndef REPASO_BASE_PLACE_H
#define REPASO_BASE_PLACE_H

#include "base/str.h"

struct arena;

/* The folder that holds LANG/LC_MESSAGES/repaso.mo; NUL-terminated. Always an answer: where nothing is found,
 * the installed place. */
struct str place_translations(struct arena *arena);
/* A file or folder of the program's data ("decks", "icons/repaso.svg"); empty if it is not there. */
struct str place_data(struct arena *arena, struct str name);
/* Sets the language (see translate_set) with the folder above. */
void place_language(const char *language);

#endif
