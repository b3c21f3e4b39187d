/* Pictures and sounds of cards: what they are is told from their bytes, never from a name. */
#ifndef REPASO_CARDS_MEDIUM_H
#define REPASO_CARDS_MEDIUM_H

#include "base/str.h"

#include <stdbool.h>

#define MEDIUM_PIXELS 40000000.0

/* A card's `image` or `audio` is a path, or this and the hash of a medium that the collection keeps. */
#define MEDIUM_KEPT "media:"

/* "image/png", …; "application/octet-stream" for all that is not shown or played. */
struct str medium_mime(struct str bytes);
/* Whether a picture's own header asks for more than MEDIUM_PIXELS. */
bool medium_is_huge(struct str bytes);

#endif
