#include "exchange/template.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "exchange/cloze.h"
#include "exchange/html.h"
#include "text/text.h"

#include <string.h>

struct renderer {
    struct arena *arena;
    const struct template_input *in;
    struct buffer out;
    struct {
        struct str name;
        bool shown;
    } sections[TEMPLATE_DEPTH];
    int depth;
    int hidden; /* how many of the open sections are not shown */
    struct template_output found;
};

enum { NO_FIELD = -1 };

static long find_field(const struct str_list *names, struct str name)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->items[i], name))
            return (long)i;
    return NO_FIELD;
}

static struct str value_at(const struct template_input *in, long field)
{
    return field >= 0 && (size_t)field < in->values->count ? in->values->items[field] : (struct str){0};
}

/* The parts of "{{…}}" from `at`; false behind the last. Text before it is left to the caller. */
static bool next_braces(struct str s, size_t *at, size_t *ret_start, struct str *ret_inner)
{
    size_t start = str_find(s, STR("{{"), *at);
    size_t end = start == SIZE_MAX ? SIZE_MAX : str_find(s, STR("}}"), start + 2);
    if (end == SIZE_MAX)
        return false;
    /* "{{{Field}}}" is a field as well. */
    struct str inner = str_slice(s, start + 2, end);
    while (inner.len && inner.ptr[0] == '{')
        inner = str_slice(inner, 1, inner.len);
    *ret_start = start;
    *ret_inner = str_trim(inner);
    *at = end + 2;
    while (*at < s.len && s.ptr[*at] == '}' && s.ptr[start + 2] == '{')
        ++*at;
    return true;
}

/* A field is empty for conditions when it shows nothing; a picture is something. */
static bool is_empty(struct arena *arena, struct str value)
{
    struct html_words words = html_words(arena, value);
    return words.text.len == 0 && words.images.count == 0 && words.sounds.count == 0;
}

/* {{#c1}} holds on the card of that gap. */
static bool is_true(struct renderer *r, struct str name)
{
    long field = find_field(r->in->names, name), number;
    if (field >= 0)
        return !is_empty(r->arena, value_at(r->in, field));
    if (name.len > 1 && name.ptr[0] == 'c' && str_to_long(str_slice(name, 1, name.len), &number))
        return number == r->in->number;
    return str_equal(name, STR("Tags")) && r->in->tags.len > 0;
}

static void open_section(struct renderer *r, struct str name, bool wanted)
{
    if (r->depth == TEMPLATE_DEPTH) {
        r->found.strange = true;
        return;
    }
    bool shown = r->hidden == 0 && is_true(r, name) == wanted;
    r->sections[r->depth].name = name;
    r->sections[r->depth++].shown = shown;
    r->hidden += !shown;
}

static void close_section(struct renderer *r, struct str name)
{
    if (r->depth == 0 || !str_equal(r->sections[r->depth - 1].name, name)) {
        r->found.strange = true;
        return;
    }
    r->hidden -= !r->sections[--r->depth].shown;
}

/* "日本[にほん]" with its reading above it, alone, or away. */
static struct str furigana(struct arena *arena, struct str s, char what)
{
    struct buffer out = {0};
    size_t word = 0; /* where the word under the reading begins in `out` */
    for (size_t i = 0; i < s.len; i++) {
        size_t end = s.ptr[i] == '[' ? str_find(s, STR("]"), i) : SIZE_MAX;
        bool reading =
            end != SIZE_MAX && out.len > word && !str_starts(str_slice(s, i + 1, end), STR("sound:"));
        if (reading && what == 'a')
            out.len = word;
        if (reading && what != 'i')
            buffer_format(&out, what == 'r' ? "(%.*s)" : "%.*s", STR_ARG(str_slice(s, i + 1, end)));
        if (reading)
            i = end;
        else if (s.ptr[i] != ' ')
            buffer_add_char(&out, s.ptr[i]);
        if (reading || s.ptr[i] == ' ' || s.ptr[i] == '>')
            word = out.len;
    }
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

static struct str show_cloze(struct renderer *r, struct str value)
{
    struct cloze_text cloze = cloze_open(r->arena, value, r->in->number);
    if (r->found.answers.count == 0)
        r->found.answers = cloze.answers;
    if (cloze.hint.len)
        r->found.hint = cloze.hint;
    return r->in->back ? cloze.filled : cloze.shown;
}

/* One filter; `*typed` is set by the one that asks for typing. */
static struct str apply(struct renderer *r, struct str filter, struct str value, bool *typed)
{
    if (str_equal(filter, STR("cloze")))
        return show_cloze(r, value);
    if (str_equal(filter, STR("text")))
        return html_escape(r->arena, html_text(r->arena, value));
    if (str_equal(filter, STR("furigana")))
        return furigana(r->arena, value, 'r');
    if (str_equal(filter, STR("kana")))
        return furigana(r->arena, value, 'a');
    if (str_equal(filter, STR("kanji")))
        return furigana(r->arena, value, 'i');
    if (str_starts(filter, STR("tts")))
        return (struct str){0};
    if (str_equal(filter, STR("hint"))) {
        r->found.hint = value;
        return r->in->back ? value : (struct str){0};
    }
    if (str_equal(filter, STR("type"))) {
        *typed = true;
        return r->in->back ? value : (struct str){0};
    }
    r->found.strange |= !str_equal(filter, STR("nc"));
    return value;
}

static struct str special(struct renderer *r, struct str name)
{
    const struct template_input *in = r->in;
    const struct {
        const char *name;
        struct str value;
    } specials[] = {{"FrontSide", in->front}, {"Tags", in->tags}, {"Type", in->type}, {"Deck", in->deck},
                    {"Subdeck", in->deck},    {"Card", in->card}, {"CardFlag", {0}}};
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++)
        if (str_equal(name, str_from(specials[i].name)))
            return specials[i].value;
    r->found.strange = true;
    return (struct str){0};
}

/* "filter:filter:Field", the filter next to the field first. */
static void put_field(struct renderer *r, struct str inner)
{
    size_t cut = inner.len;
    while (cut > 0 && inner.ptr[cut - 1] != ':')
        cut--;
    struct str name = str_trim(str_slice(inner, cut, inner.len)),
               filters = str_slice(inner, 0, cut ? cut - 1 : 0);
    long field = find_field(r->in->names, name);
    if (field < 0 && find_field(r->in->names, inner) >= 0) { /* a colon in the field's own name */
        field = find_field(r->in->names, inner);
        filters = (struct str){0};
    }
    struct str value = field >= 0 ? value_at(r->in, field) : special(r, name);
    bool typed = false;
    while (filters.len) {
        size_t last = filters.len;
        while (last > 0 && filters.ptr[last - 1] != ':')
            last--;
        value = apply(r, str_trim(str_slice(filters, last, filters.len)), value, &typed);
        filters = str_slice(filters, 0, last ? last - 1 : 0);
    }
    struct span span = {r->out.len, r->out.len + value.len};
    buffer_add(&r->out, value);
    if (field >= 0 && (value.len || typed))
        list_push(r->arena, &r->found.uses, (struct template_use){(size_t)field, span, typed});
}

static void take(struct renderer *r, struct str inner)
{
    struct str rest = inner.len ? str_trim(str_slice(inner, 1, inner.len)) : inner;
    switch (inner.len ? inner.ptr[0] : '!') {
    case '#':
        open_section(r, rest, true);
        break;
    case '^':
        open_section(r, rest, false);
        break;
    case '/':
        close_section(r, rest);
        break;
    case '!':
        break;
    default:
        if (r->hidden == 0)
            put_field(r, inner);
    }
}

struct template_output template_render(struct arena *arena, struct str source,
                                       const struct template_input *in)
{
    struct renderer r = {.arena = arena, .in = in};
    size_t at = 0, start, from = 0;
    struct str inner;
    while (next_braces(source, &at, &start, &inner) && r.out.len < TEMPLATE_SIZE) {
        if (r.hidden == 0)
            buffer_add(&r.out, str_slice(source, from, start));
        take(&r, inner);
        from = at;
    }
    if (r.hidden == 0)
        buffer_add(&r.out, str_slice(source, from, source.len));
    r.found.strange |= r.out.len >= TEMPLATE_SIZE || r.depth > 0;
    r.found.html = str_copy(arena, buffer_str(&r.out));
    buffer_finish(&r.out);
    return r.found;
}

uint64_t template_cloze_fields(struct str source, const struct str_list *names)
{
    uint64_t fields = 0;
    size_t at = 0, start;
    struct str inner;
    while (next_braces(source, &at, &start, &inner)) {
        size_t cut = inner.len;
        while (cut > 0 && inner.ptr[cut - 1] != ':')
            cut--;
        long field = find_field(names, str_trim(str_slice(inner, cut, inner.len)));
        if (field >= 0 && field < 64 && str_contains(str_slice(inner, 0, cut), STR("cloze:")))
            fields |= UINT64_C(1) << field;
    }
    return fields;
}

bool template_is_typed(struct str source)
{
    return str_contains(source, STR("{{type:"));
}
