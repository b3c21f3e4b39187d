/* RFC 4648. */
#ifndef REPASO_EXCHANGE_BASE64_H
#define REPASO_EXCHANGE_BASE64_H

#include "base/str.h"

struct buffer;

void base64_add(struct buffer *out, struct str bytes);

#endif
