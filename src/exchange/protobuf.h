/* The little of Google's protocol buffers that packages need: a walk over the fields of one message. */
#ifndef REPASO_EXCHANGE_PROTOBUF_H
#define REPASO_EXCHANGE_PROTOBUF_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct protobuf_field {
    uint32_t number;
    uint64_t value;   /* of varints and of fixed numbers, as they are written */
    struct str bytes; /* of texts, messages and packed lists */
};

struct protobuf {
    struct str message;
    size_t at;
    bool bad; /* cut short, or of a wire type that is not known */
};

/* The next field; false at the end and where the message is bad. */
bool protobuf_next(struct protobuf *walk, struct protobuf_field *ret);
/* The last field of that number; false: there is none, or the message is bad. */
bool protobuf_find(struct str message, uint32_t number, struct protobuf_field *ret);

#endif
