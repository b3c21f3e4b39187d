#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may cut a character in half: drop the half. */
static void cut_to_whole_character(char *text)
{
    size_t len = strlen(text), start = len;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need > len - start)
        text[start - 1] = 0;
}

bool fail(struct error *e, enum error_kind kind, const char *format, ...)
{
    if (!e)
        return false;
    *e = (struct error){.kind = kind};
    va_list args;
    va_start(args, format);
    int len = vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    if (len >= (int)sizeof e->text)
        cut_to_whole_character(e->text);
    return false;
}

bool error_at(struct error *e, struct str file, int line, int column)
{
    if (!e)
        return false;
    size_t len = file.len < sizeof e->file - 1 ? file.len : sizeof e->file - 1;
    if (len)
        memcpy(e->file, file.ptr, len);
    e->file[len] = 0;
    if (len < file.len)
        cut_to_whole_character(e->file);
    e->line = line;
    e->column = column;
    return false;
}

enum error_kind error_kind_of(int errno_value)
{
    switch (errno_value) {
    case ENOENT:
    case ENOTDIR:
        return ERROR_NOT_FOUND;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ERROR_FULL;
    case EBUSY:
    case EAGAIN:
        return ERROR_BUSY;
    default:
        return ERROR_IO;
    }
}

void error_describe(const struct error *e, char *ret, size_t size)
{
    if (e->file[0] && e->line && e->column)
        snprintf(ret, size, "%s:%d:%d: %s", e->file, e->line, e->column, e->text);
    else if (e->file[0] && e->line)
        snprintf(ret, size, "%s:%d: %s", e->file, e->line, e->text);
    else if (e->file[0])
        snprintf(ret, size, "%s: %s", e->file, e->text);
    else
        snprintf(ret, size, "%s", e->text);
}
