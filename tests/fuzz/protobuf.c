/* Protocol buffers: every field lies within its message, and a walk ends. */
#include "fuzz.h"
#include "parcel_check.h"

#include "exchange/protobuf.h"

enum { DEPTH = 4 };

static void walk(struct str message, int depth)
{
    struct protobuf at = {.message = message};
    struct protobuf_field field;
    while (protobuf_next(&at, &field)) {
        must(field.number > 0 && field.bytes.len <= message.len);
        if (field.bytes.len && depth < DEPTH)
            walk(field.bytes, depth + 1);
    }
    must(at.bad || at.at == message.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    walk((struct str){(const char *)bytes, size}, 0);
    return 0;
}
