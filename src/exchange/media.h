/* Pictures and sounds of strangers: what they are is told from their bytes (cards/medium.h), and their names are only
 * labels. */
#ifndef REPASO_EXCHANGE_MEDIA_H
#define REPASO_EXCHANGE_MEDIA_H

#include "cards/medium.h"

#include <stddef.h>

enum { MEDIUM_NAME = 120 };
#define MEDIUM_SIZE ((size_t)100 << 20)
#define MEDIA_SIZE ((size_t)4 << 30)

/* Whether a file may have that name on every system: no path, no device, nothing hidden, not too long. */
bool medium_name_is_safe(struct str name);

#endif
