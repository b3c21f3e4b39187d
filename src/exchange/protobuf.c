#include "exchange/protobuf.h"

#include <string.h>

enum wire_type { WIRE_VARINT, WIRE_64, WIRE_BYTES, WIRE_32 = 5 };

static bool read_varint(struct protobuf *walk, uint64_t *ret)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (walk->at >= walk->message.len)
            return false;
        uint8_t byte = (uint8_t)walk->message.ptr[walk->at++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *ret = value;
            return true;
        }
    }
    return false;
}

static bool read_fixed(struct protobuf *walk, size_t size, uint64_t *ret)
{
    *ret = 0;
    if (walk->message.len - walk->at < size)
        return false;
    for (size_t i = 0; i < size; i++)
        *ret |= (uint64_t)(uint8_t)walk->message.ptr[walk->at + i] << 8 * i;
    walk->at += size;
    return true;
}

static bool read_bytes(struct protobuf *walk, struct str *ret)
{
    uint64_t size;
    if (!read_varint(walk, &size) || size > walk->message.len - walk->at)
        return false;
    *ret = str_slice(walk->message, walk->at, walk->at + (size_t)size);
    walk->at += (size_t)size;
    return true;
}

static bool read_value(struct protobuf *walk, unsigned type, struct protobuf_field *field)
{
    switch (type) {
    case WIRE_VARINT:
        return read_varint(walk, &field->value);
    case WIRE_64:
        return read_fixed(walk, 8, &field->value);
    case WIRE_BYTES:
        return read_bytes(walk, &field->bytes);
    case WIRE_32:
        return read_fixed(walk, 4, &field->value);
    default: /* groups are no longer written by anybody */
        return false;
    }
}

bool protobuf_next(struct protobuf *walk, struct protobuf_field *ret)
{
    uint64_t key;
    struct protobuf_field field = {0};
    if (walk->bad || walk->at >= walk->message.len)
        return false;
    walk->bad = !read_varint(walk, &key) || key >> 3 == 0 || key >> 3 > UINT32_MAX ||
                !read_value(walk, (unsigned)(key & 7), &field);
    if (walk->bad)
        return false;
    field.number = (uint32_t)(key >> 3);
    *ret = field;
    return true;
}

bool protobuf_find(struct str message, uint32_t number, struct protobuf_field *ret)
{
    struct protobuf walk = {.message = message};
    struct protobuf_field field;
    bool found = false;
    while (protobuf_next(&walk, &field))
        if (field.number == number) {
            *ret = field;
            found = true;
        }
    return found && !walk.bad;
}
