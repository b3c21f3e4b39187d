#include "cli/input.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/translate.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static bool read_standard(struct arena *arena, size_t limit, struct str *ret, struct error *e)
{
    struct buffer buffer = {0};
    char chunk[1 << 16];
    size_t len;
    while (buffer.len <= limit && (len = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        buffer_add(&buffer, (struct str){chunk, len});
    bool ok = buffer.len <= limit;
    if (ok)
        *ret = str_copy(arena, buffer_str(&buffer));
    buffer_finish(&buffer);
    return ok ||
           fail(e, ERROR_LIMIT, _("Standard input is longer than %zu MB; give less at a time."), limit >> 20);
}

bool input_read(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e)
{
    if (strcmp(path, "-") == 0)
        return read_standard(arena, limit, ret, e);
    return file_read(arena, path, limit, ret, e);
}

bool input_read_text(struct arena *arena, const char *path, size_t limit, struct str *ret, struct error *e)
{
    struct str text;
    if (!input_read(arena, path, limit, &text, e))
        return false;
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_slice(text, 3, text.len);
    if (utf8_find_bad(text) != SIZE_MAX) {
        fail(e, ERROR_SYNTAX, _("This is not UTF-8 text; save it as UTF-8 and try again."));
        return error_at(e, str_from(path), 0, 0);
    }
    *ret = text;
    return true;
}
