#include "exchange/base64.h"

#include "base/buffer.h"

void base64_add(struct buffer *out, struct str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t here = bytes.len - i < 3 ? bytes.len - i : 3;
        unsigned long group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (j < here ? (unsigned char)bytes.ptr[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            buffer_add_char(out, j <= here ? digits[group >> (18 - 6 * j) & 63] : '=');
    }
}
