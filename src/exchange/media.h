/* Pictures and sounds of strangers: what they are is told from their bytes, and their names are only labels. */
#ifndef REPASO_EXCHANGE_MEDIA_H
#define REPASO_EXCHANGE_MEDIA_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum { MEDIUM_NAME = 120 };
#define MEDIUM_SIZE ((size_t)100 << 20)
#define MEDIA_SIZE ((size_t)4 << 30)
#define MEDIUM_PIXELS 40000000.0

/* "image/png", …; "application/octet-stream" for all that is not shown or played. */
struct str medium_mime(struct str bytes);
/* Whether a picture's own header asks for more than MEDIUM_PIXELS. */
bool medium_is_huge(struct str bytes);
/* Whether a file may have that name on every system: no path, no device, nothing hidden, not too long. */
bool medium_name_is_safe(struct str name);

#endif
