#include "exchange/media.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

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
