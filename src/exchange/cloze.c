#include "exchange/cloze.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"

#include <string.h>

/* The numbers of one opening are few; more than these are not looked at. */
enum { NUMBERS_MAX = 16 };

struct opening {
    int numbers[NUMBERS_MAX];
    int count;
    size_t end; /* behind its "::" */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "{{c" numbers "::" at `at`. A number too large to be one counts as beyond CLOZE_LAST. */
static bool read_opening(struct str s, size_t at, struct opening *ret)
{
    struct opening opening = {0};
    if (!str_starts(str_slice(s, at, s.len), STR("{{c")))
        return false;
    for (at += 3;;) {
        int number = 0;
        size_t start = at;
        for (; at < s.len && is_digit(s.ptr[at]); at++)
            number = number > CLOZE_LAST ? number : number * 10 + (s.ptr[at] - '0');
        if (at == start)
            return false;
        if (opening.count < NUMBERS_MAX)
            opening.numbers[opening.count++] = number;
        if (at >= s.len || s.ptr[at] != ',')
            break;
        at++;
    }
    if (!str_starts(str_slice(s, at, s.len), STR("::")))
        return false;
    opening.end = at + 2;
    *ret = opening;
    return true;
}

/* The next "{" or "}" or ":" from `at`: all else is text. */
static size_t next_sign(struct str s, size_t at)
{
    while (at < s.len && s.ptr[at] != '{' && s.ptr[at] != '}' && s.ptr[at] != ':')
        at++;
    return at;
}

void cloze_find(struct str s, struct cloze_numbers *numbers)
{
    int depth = 0;
    struct opening opening;
    for (size_t at = next_sign(s, 0); at < s.len; at = next_sign(s, at)) {
        if (s.ptr[at] == '{' && read_opening(s, at, &opening)) {
            at = opening.end;
            numbers->beyond |= depth >= CLOZE_DEPTH;
            for (int i = 0; depth < CLOZE_DEPTH && i < opening.count; i++) {
                int number = opening.numbers[i];
                numbers->beyond |= number > CLOZE_LAST;
                if (number < 1 || number > CLOZE_LAST || cloze_has(numbers, number))
                    continue;
                numbers->bits[number / 64] |= UINT64_C(1) << number % 64;
                numbers->count++;
            }
            depth += depth < CLOZE_DEPTH;
        } else if (s.ptr[at] == '}' && depth > 0 && at + 1 < s.len && s.ptr[at + 1] == '}') {
            depth--;
            at += 2;
        } else {
            at++;
        }
    }
}

bool cloze_has(const struct cloze_numbers *numbers, int number)
{
    return number >= 1 && number <= CLOZE_LAST && numbers->bits[number / 64] >> number % 64 & 1;
}

/* A gap that is open: where its words begin in both texts, and its hint if that has begun. */
struct gap {
    struct str opening; /* as it was written */
    bool asked;
    size_t shown, filled;
    size_t hint, hint_shown; /* where it begins in both; SIZE_MAX: not begun */
};

struct opener {
    struct arena *arena;
    struct str s;
    size_t at;
    int number;
    struct buffer shown, filled;
    struct gap gaps[CLOZE_DEPTH];
    int depth;
    struct cloze_text found;
};

static void put(struct opener *o, struct str text)
{
    buffer_add(&o->shown, text);
    buffer_add(&o->filled, text);
}

static bool asks(const struct opening *opening, int number)
{
    for (int i = 0; i < opening->count; i++)
        if (opening->numbers[i] == number)
            return true;
    return false;
}

static void open_gap(struct opener *o, const struct opening *opening)
{
    if (o->depth < CLOZE_DEPTH)
        o->gaps[o->depth++] = (struct gap){.opening = str_slice(o->s, o->at, opening->end),
                                           .asked = asks(opening, o->number),
                                           .shown = o->shown.len,
                                           .filled = o->filled.len,
                                           .hint = SIZE_MAX};
    o->at = opening->end;
}

/* Both texts without what follows `to`. */
static void cut(struct buffer *buffer, size_t to)
{
    if (to < buffer->len)
        buffer->len = to;
}

static void close_gap(struct opener *o)
{
    struct gap *gap = &o->gaps[--o->depth];
    if (gap->hint != SIZE_MAX) {
        struct str hint = str_slice(buffer_str(&o->filled), gap->hint, o->filled.len);
        if (gap->asked && o->found.hint.len == 0)
            o->found.hint = str_copy(o->arena, hint);
        cut(&o->filled, gap->hint);
        cut(&o->shown, gap->hint_shown);
    }
    if (!gap->asked)
        return;
    list_push(o->arena, &o->found.answers,
              str_copy(o->arena, str_slice(buffer_str(&o->filled), gap->filled, o->filled.len)));
    cut(&o->shown, gap->shown);
    buffer_add(&o->shown, STR("____"));
}

/* A gap that nobody closes is text. */
static void give_up_gap(struct opener *o, const struct gap *gap)
{
    struct str shown = str_copy(o->arena, str_slice(buffer_str(&o->shown), gap->shown, o->shown.len));
    struct str filled = str_copy(o->arena, str_slice(buffer_str(&o->filled), gap->filled, o->filled.len));
    cut(&o->shown, gap->shown);
    cut(&o->filled, gap->filled);
    put(o, gap->opening);
    buffer_add(&o->shown, shown);
    buffer_add(&o->filled, filled);
}

static void take_sign(struct opener *o)
{
    struct opening opening;
    struct gap *gap = o->depth ? &o->gaps[o->depth - 1] : NULL;
    struct str rest = str_slice(o->s, o->at, o->s.len);
    if (rest.ptr[0] == '{' && read_opening(o->s, o->at, &opening)) {
        open_gap(o, &opening);
    } else if (gap && str_starts(rest, STR("}}"))) {
        o->at += 2;
        close_gap(o);
    } else if (gap && gap->hint == SIZE_MAX && str_starts(rest, STR("::"))) {
        o->at += 2;
        gap->hint = o->filled.len;
        gap->hint_shown = o->shown.len;
    } else {
        put(o, str_slice(rest, 0, 1));
        o->at++;
    }
}

struct cloze_text cloze_open(struct arena *arena, struct str html, int number)
{
    struct opener o = {.arena = arena, .s = html, .number = number};
    while (o.at < html.len) {
        size_t sign = next_sign(html, o.at);
        put(&o, str_slice(html, o.at, sign));
        o.at = sign;
        if (sign < html.len)
            take_sign(&o);
    }
    while (o.depth > 0)
        give_up_gap(&o, &o.gaps[--o.depth]);
    o.found.shown = str_copy(arena, buffer_str(&o.shown));
    o.found.filled = str_copy(arena, buffer_str(&o.filled));
    buffer_finish(&o.shown);
    buffer_finish(&o.filled);
    return o.found;
}
