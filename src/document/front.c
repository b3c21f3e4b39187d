#include "document/front.h"

#include "base/translate.h"
#include "text/text.h"
#include "yaml/yaml.h"

#include <math.h>

/* Cuts one line off `rest`, its end included; `ret` is without it. */
static bool next_line(struct str *rest, struct str *ret)
{
    if (!rest->len)
        return false;
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
        end++;
    *ret = str_slice(*rest, 0, end);
    if (end < rest->len)
        end += rest->ptr[end] == '\r' && end + 1 < rest->len && rest->ptr[end + 1] == '\n' ? 2 : 1;
    *rest = str_slice(*rest, end, rest->len);
    return true;
}

static bool is_fence(struct str line, struct str fence)
{
    return str_starts(line, fence) && !str_trim(str_slice(line, fence.len, line.len)).len;
}

/* The text between the fences, and where the source goes on; false when the closing one is missing. */
static bool cut_front(struct str source, size_t start, struct str fence, struct str *ret, size_t *ret_end)
{
    struct str rest = str_slice(source, start, source.len), line;
    next_line(&rest, &line);
    const char *from = rest.ptr;
    while (next_line(&rest, &line)) {
        if (!is_fence(line, fence) && !(fence.ptr[0] == '-' && is_fence(line, STR("..."))))
            continue;
        *ret = (struct str){from, (size_t)(line.ptr - from)};
        *ret_end = source.len - rest.len;
        return true;
    }
    return false;
}

static double weight_of(struct str text)
{
    double weight = 0;
    return str_to_double(text, &weight) && isfinite(weight) ? weight : 0;
}

/* `line`: where the text starts. `ret` is left alone where the lines between two rules turn out to be text. */
static bool read_yaml(struct arena *arena, struct str path, struct str text, int line, size_t end,
                      struct front *ret, struct error *e)
{
    struct yaml_node *root;
    if (!yaml_read(arena, text, path, line, &root, e))
        return false;
    if (root->kind != YAML_MAPPING)
        return true;
    ret->end = end;
    struct str none = {0},
               lang = yaml_get_text(root, STR("lang"), yaml_get_text(root, STR("language"), none));
    ret->title = text_nfc(arena, text_trim(yaml_get_text(root, STR("title"), none)));
    ret->lang = lang;
    ret->weight = weight_of(yaml_get_text(root, STR("weight"), none));
    return true;
}

static struct str unquoted(struct str value)
{
    value = str_trim(value);
    bool quoted = value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
                  value.ptr[0] == value.ptr[value.len - 1];
    return quoted ? str_slice(value, 1, value.len - 1) : value;
}

/* Only the few keys that we want, and only before the first table. */
static void read_toml(struct arena *arena, struct str text, struct front *ret)
{
    struct str line;
    while (next_line(&text, &line) && !str_starts(str_trim(line), STR("["))) {
        size_t equals = str_find(line, STR("="), 0);
        if (equals == SIZE_MAX)
            continue;
        struct str key = str_trim(str_slice(line, 0, equals)),
                   value = unquoted(str_slice(line, equals + 1, line.len));
        if (str_equal(key, STR("title")))
            ret->title = text_nfc(arena, text_trim(value));
        else if (str_equal(key, STR("weight")))
            ret->weight = weight_of(value);
        else if (str_equal(key, STR("lang")) || str_equal(key, STR("language")))
            ret->lang = value;
    }
}

bool front_read(struct arena *arena, struct str path, struct str source, struct front *ret, struct error *e)
{
    struct front front = {.end = str_starts(source, STR("\xEF\xBB\xBF")) ? 3 : 0};
    struct str rest = str_slice(source, front.end, source.len), first = {0}, text;
    size_t start = front.end;
    int line = 1;
    for (; next_line(&rest, &first) && !str_trim(first).len; line++)
        start = source.len - rest.len;
    bool yaml = is_fence(first, STR("---")), toml = is_fence(first, STR("+++"));
    size_t end;
    if ((yaml || toml) && !cut_front(source, start, yaml ? STR("---") : STR("+++"), &text, &end)) {
        if (line > 1) { /* a rule between paragraphs */
            *ret = front;
            return true;
        }
        fail(e, ERROR_SYNTAX, _("the front matter never ends: close it with a line \"%s\""),
             yaml ? "---" : "+++");
        return error_at(e, path, 1, 0);
    }
    if (yaml && !read_yaml(arena, path, text, line + 1, end, &front, e))
        return false;
    if (toml) {
        read_toml(arena, text, &front);
        front.end = end;
    }
    *ret = front;
    return true;
}
