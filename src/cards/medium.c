#include "cards/medium.h"

#include <string.h>

static bool has_at(struct str bytes, size_t at, const char *sign, size_t len)
{
    return bytes.len >= at + len && memcmp(bytes.ptr + at, sign, len) == 0;
}

struct str medium_mime(struct str bytes)
{
    static const struct {
        const char *sign;
        size_t len, at;
        const char *also; /* at 8 */
        const char *mime;
    } signs[] = {
        {"\x89PNG\r\n\x1A\n", 8, 0, NULL, "image/png"},
        {"\xFF\xD8\xFF", 3, 0, NULL, "image/jpeg"},
        {"GIF8", 4, 0, NULL, "image/gif"},
        {"RIFF", 4, 0, "WEBP", "image/webp"},
        {"RIFF", 4, 0, "WAVE", "audio/wav"},
        {"OggS", 4, 0, NULL, "audio/ogg"},
        {"ID3", 3, 0, NULL, "audio/mpeg"},
        {"\xFF\xFB", 2, 0, NULL, "audio/mpeg"},
        {"\xFF\xF3", 2, 0, NULL, "audio/mpeg"},
        {"\xFF\xF2", 2, 0, NULL, "audio/mpeg"},
        {"ftyp", 4, 4, NULL, "video/mp4"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (has_at(bytes, signs[i].at, signs[i].sign, signs[i].len) &&
            (!signs[i].also || has_at(bytes, 8, signs[i].also, 4)))
            return str_from(signs[i].mime);
    return STR("application/octet-stream");
}

static unsigned byte_at(struct str bytes, size_t at)
{
    return at < bytes.len ? (unsigned char)bytes.ptr[at] : 0;
}

static double big_16(struct str bytes, size_t at)
{
    return byte_at(bytes, at) * 256.0 + byte_at(bytes, at + 1);
}

/* Width times height of the frame header, which is behind any number of other segments. */
static double jpeg_pixels(struct str bytes)
{
    for (size_t at = 2; at + 9 < bytes.len && byte_at(bytes, at) == 0xFF;) {
        unsigned marker = byte_at(bytes, at + 1);
        bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame)
            return big_16(bytes, at + 5) * big_16(bytes, at + 7);
        at += 2 + (size_t)big_16(bytes, at + 2);
    }
    return 0;
}

static double webp_pixels(struct str bytes)
{
    if (!has_at(bytes, 12, "VP8X", 4))
        return 0; /* the other forms hold at most 16383 a side, and their decoder says so at once */
    double width = 1 + byte_at(bytes, 24) + byte_at(bytes, 25) * 256.0 + byte_at(bytes, 26) * 65536.0;
    double height = 1 + byte_at(bytes, 27) + byte_at(bytes, 28) * 256.0 + byte_at(bytes, 29) * 65536.0;
    return width * height;
}

bool medium_is_huge(struct str bytes)
{
    struct str mime = medium_mime(bytes);
    double pixels = 0;
    if (str_equal(mime, STR("image/png")))
        pixels =
            (big_16(bytes, 16) * 65536 + big_16(bytes, 18)) * (big_16(bytes, 20) * 65536 + big_16(bytes, 22));
    else if (str_equal(mime, STR("image/gif")))
        pixels =
            (byte_at(bytes, 6) + byte_at(bytes, 7) * 256.0) * (byte_at(bytes, 8) + byte_at(bytes, 9) * 256.0);
    else if (str_equal(mime, STR("image/jpeg")))
        pixels = jpeg_pixels(bytes);
    else if (str_equal(mime, STR("image/webp")))
        pixels = webp_pixels(bytes);
    return pixels > MEDIUM_PIXELS;
}
