#include "exchange/media.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

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

/* What Windows takes for a device whatever its ending. */
static bool is_device(struct str name)
{
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t stem = 0;
    while (stem < name.len && name.ptr[stem] != '.')
        stem++;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        bool numbered = i >= 4 && stem == 4 && name.ptr[3] >= '0' && name.ptr[3] <= '9';
        if ((stem == 3 || numbered) && strncasecmp(name.ptr, devices[i], 3) == 0)
            return i < 4 || numbered;
    }
    return false;
}

static bool is_forbidden(uint32_t c)
{
    return c == UTF8_BAD || c < 0x20 || c == 0x7F || (c < 0x80 && strchr("[]<>:\"/?*^\\|", (int)c)) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool medium_name_is_safe(struct str name)
{
    if (name.len == 0 || name.len > MEDIUM_NAME || strchr(". -", name.ptr[0]) ||
        strchr(". ", name.ptr[name.len - 1]))
        return false;
    for (size_t at = 0; at < name.len;)
        if (is_forbidden(utf8_next(name, &at)))
            return false;
    return !is_device(name);
}
