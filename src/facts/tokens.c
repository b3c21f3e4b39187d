#include "facts/tokens.h"

#include "base/utf8.h"
#include "facts/chapter.h"
#include "facts/forms.h"
#include "text/text.h"

#include <string.h>

/* Deeper brackets than this are taken as plain signs: partners are found with a small stack. */
#define MAX_BRACKETS 16

struct scanner {
    struct str text;
    size_t at, end;
};

static uint32_t peek(const struct scanner *s, size_t at)
{
    return at < s->end ? utf8_next(s->text, &at) : 0;
}

static size_t after(const struct scanner *s, size_t at)
{
    if (at < s->end)
        utf8_next(s->text, &at);
    return at;
}

static bool is_word(uint32_t c)
{
    return c && (text_is_alnum(c) || text_is_mark(c) || c == '_');
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

/* "A" of "A.B." and "Q.R.": one capital in front of a full stop. */
static bool is_initial(const struct scanner *s, size_t start, size_t at)
{
    size_t begin = start;
    uint32_t c = peek(s, begin);
    return text_is_upper(c) && after(s, begin) == at;
}

/* The apostrophe at `at` begins a word's own ending: "'s" and "'" of the possessive are tokens of their own, "n't" and
 * "O'Brien" are not. */
static bool joins_apostrophe(const struct scanner *s, size_t at)
{
    size_t next = after(s, at);
    uint32_t c = peek(s, next);
    if (!text_is_letter(c))
        return false;
    if ((c == 's' || c == 'S') && !is_word(peek(s, after(s, next))))
        return false;
    return true;
}

/* Whether the sign at `at`, behind the word that began at `start`, stands inside a word. */
static bool joins(const struct scanner *s, size_t start, size_t at)
{
    uint32_t c = peek(s, at), next = peek(s, after(s, at));
    size_t before_at = at;
    uint32_t before = utf8_previous(s->text, &before_at);
    struct str left = str_slice(s->text, start, at);
    if (c == 0x2013 && text_is_upper(peek(s, start)) && text_is_upper(next))
        return true; /* "Soto–Lind Treaty" */
    if (is_hyphen(c))
        return is_word(next) && !(all_digits(left) && left.len >= 3 && text_is_digit(next));
    if (c == '.')
        return (text_is_digit(before) && text_is_digit(next)) ||
               (text_is_letter(before) && text_is_lower(next)) ||
               (text_is_letter(before) && before_at >= start && text_is_upper(next) && before_at == start) ||
               (text_is_upper(before) && before_at > start && s->text.ptr[before_at - 1] == '.');
    if (c == ',')
        return text_is_digit(before) && text_is_digit(next) && all_digits(left) && left.len <= 3;
    if (is_apostrophe(c))
        return joins_apostrophe(s, at);
    if (c == '&')
        return text_is_upper(before) && text_is_upper(next);
    if (c == '/')
        return is_word(next) && (text_is_upper(peek(s, start)) || text_is_digit(peek(s, start))) &&
               is_word(next);
    if (c == 0xB7) /* the Catalan l·l */
        return text_is_letter(next);
    return false;
}

/* "C++", "C#", "Disney+": signs that end a name. */
static size_t name_tail(const struct scanner *s, size_t start, size_t at)
{
    if (!text_is_upper(peek(s, start)))
        return at;
    size_t to = at;
    while (to < s->end && s->text.ptr[to] == '+' && to - at < 2)
        to++;
    if (to == at && to < s->end && s->text.ptr[to] == '#')
        to++;
    return is_word(peek(s, to)) ? at : to;
}

static bool closes_name(struct str word)
{
    static const char *const words[] = {"Inc", "Corp", "Ltd", "Jr", "Sr", "Dr", "Mr", "Mrs", "Bros", "Cía"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(word, str_from(words[i])))
            return true;
    return false;
}

static size_t word_end(const struct scanner *s)
{
    size_t at = s->at;
    for (;;) {
        while (is_word(peek(s, at)))
            at = after(s, at);
        if (at >= s->end)
            break;
        if (s->text.ptr[at] == '.' && is_initial(s, s->at, at) && peek(s, at + 1) == ' ' &&
            text_is_upper(peek(s, at + 2)))
            return at + 1;
        if (!joins(s, s->at, at))
            break;
        at = after(s, at);
    }
    if (at < s->end && s->text.ptr[at] == '.' && at >= s->at + 3 && s->text.ptr[at - 2] == '.' &&
        !(s->text.ptr[at - 1] >= '0' && s->text.ptr[at - 1] <= '9'))
        return at + 1; /* the last stop of "Q.R." and "U.S." */
    if (at < s->end && s->text.ptr[at] == '.' && at + 1 < s->end && s->text.ptr[at + 1] != '\n' &&
        closes_name(str_slice(s->text, s->at, at)))
        return at + 1; /* "Inc.", "Jr." belong to the name */
    return name_tail(s, s->at, at);
}

static bool is_currency(uint32_t c)
{
    return c == '$' || c == 0x20AC || c == 0xA3 || c == 0xA5;
}

static size_t token_end(const struct scanner *s)
{
    uint32_t c = peek(s, s->at);
    if (is_currency(c) && text_is_digit(peek(s, after(s, s->at)))) {
        struct scanner number = {s->text, after(s, s->at), s->end};
        return word_end(&number);
    }
    if (is_word(c))
        return word_end(s);
    size_t next = after(s, s->at);
    if (is_apostrophe(c) && (peek(s, next) == 's' || peek(s, next) == 'S') && !is_word(peek(s, next + 1)))
        return next + 1;
    if (c == '.')
        while (next < s->end && s->text.ptr[next] == '.')
            next++;
    return next;
}

static enum token_kind kind_of(const struct scanner *s, size_t end)
{
    uint32_t c = peek(s, s->at);
    if (is_currency(c) && end > after(s, s->at))
        return TOKEN_NUMBER;
    if (is_apostrophe(c) && end > after(s, s->at))
        return TOKEN_WORD;
    if (!is_word(c))
        return TOKEN_MARK;
    return text_is_digit(c) ? TOKEN_NUMBER : TOKEN_WORD;
}

/* Styles are sorted by where they start and may nest; a cursor keeps the whole pass linear. */
static void add_styles(struct reading *r)
{
    const struct styles *styles = &r->block->styles;
    size_t token = 0;
    for (size_t i = 0; i < styles->count; i++) {
        const struct style *style = &styles->items[i];
        if (style->text.end <= r->at->text.start)
            continue;
        if (style->text.start >= r->at->text.end)
            break;
        while (token < r->tokens.count && r->tokens.items[token].span.end <= style->text.start)
            token++;
        for (size_t t = token; t < r->tokens.count && r->tokens.items[t].span.start < style->text.end; t++) {
            struct token *at = &r->tokens.items[t];
            at->strong |= style->kind == STYLE_STRONG;
            at->emphasis |= style->kind == STYLE_EMPHASIS;
            at->code |= style->kind == STYLE_CODE;
            at->linked |= style->kind == STYLE_LINK;
        }
    }
}

static uint32_t closing(uint32_t c)
{
    switch (c) {
    case '(':
        return ')';
    case '[':
        return ']';
    case 0x201C:
        return 0x201D;
    case 0xAB:
        return 0xBB;
    case '"':
        return '"';
    default:
        return 0;
    }
}

static void pair(struct reading *r, int open, int close)
{
    r->tokens.items[open].partner = close;
    r->tokens.items[close].partner = open;
}

/* Brackets and quotes find their partners; what is unmatched stays a plain sign. */
static void pair_marks(struct reading *r)
{
    int stack[MAX_BRACKETS], depth = 0;
    for (int i = 0; i < (int)r->tokens.count; i++) {
        struct token *t = &r->tokens.items[i];
        if (t->kind != TOKEN_MARK)
            continue;
        int found = -1;
        for (int d = depth - 1; d >= 0 && found < 0; d--)
            if (closing(r->tokens.items[stack[d]].mark) == t->mark)
                found = d;
        if (found >= 0) {
            pair(r, stack[found], i);
            depth = found;
        } else if (closing(t->mark) && depth < MAX_BRACKETS) {
            stack[depth++] = i;
        }
    }
}

static bool is_quote(uint32_t mark)
{
    return mark == 0x201C || mark == 0xAB || mark == '"';
}

/* Depth in brackets, and long quotations: both by running counters. */
static void mark_depths(struct reading *r)
{
    int depth = 0, quoted_until = -1;
    for (int i = 0; i < (int)r->tokens.count; i++) {
        struct token *t = &r->tokens.items[i];
        bool opens = t->partner > i, closes = t->partner >= 0 && t->partner < i;
        bool bracket = opens ? !is_quote(t->mark) : closes && !is_quote(r->tokens.items[t->partner].mark);
        if (closes && bracket)
            depth--;
        t->depth = depth;
        if (opens && bracket)
            depth++;
        if (opens && !bracket && t->partner - i > 4 && quoted_until < t->partner)
            quoted_until = t->partner;
        t->quoted = i <= quoted_until;
    }
}

void tokens_read(struct arena *scratch, struct reading *r)
{
    struct scanner s = {r->text, r->at->text.start, r->at->text.end};
    bool blank = true;
    while (s.at < s.end) {
        uint32_t c = peek(&s, s.at);
        if (text_is_blank(c) || c < ' ') {
            s.at = after(&s, s.at);
            blank = true;
            continue;
        }
        size_t end = token_end(&s);
        struct str text = str_slice(s.text, s.at, end);
        list_push(scratch, &r->tokens,
                  (struct token){.span = {s.at, end},
                                 .form = forms_get(&r->chapter->forms, text),
                                 .kind = kind_of(&s, end),
                                 .mark = is_word(c) ? 0 : c,
                                 .blank = blank,
                                 .upper = text_is_upper(c),
                                 .partner = -1,
                                 .name = -1,
                                 .time = -1});
        blank = false;
        s.at = end;
    }
    r->lows = arena_array(scratch, r->tokens.count, sizeof *r->lows);
    for (size_t i = 0; i < r->tokens.count; i++)
        r->lows[i] = r->tokens.items[i].form->low;
    add_styles(r);
    pair_marks(r);
    mark_depths(r);
}

struct str token_text(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    return t ? str_slice(r->text, t->span.start, t->span.end) : (struct str){0};
}

struct str tokens_text(const struct reading *r, int first, int end)
{
    const struct token *a = token_at(r, first), *b = token_at(r, end - 1);
    return a && b && first < end ? str_slice(r->text, a->span.start, b->span.end) : (struct str){0};
}

bool number_value(struct str text, struct str lang, double *ret)
{
    char plain[32];
    size_t n = 0;
    char thousands = str_equal(lang, STR("es")) ? '.' : ',';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool separator = c == '.' || c == ',';
        if (!separator && (c < '0' || c > '9'))
            return false;
        if (separator) {
            size_t digits = 0;
            while (i + 1 + digits < text.len && text.ptr[i + 1 + digits] >= '0' &&
                   text.ptr[i + 1 + digits] <= '9')
                digits++;
            bool group = digits == 3 && i > 0 && i <= 3 + 4 * (n / 3);
            if (group && (c == thousands || i + 4 < text.len))
                continue;
            c = '.';
        }
        if (n + 1 >= sizeof plain)
            return false;
        plain[n++] = c;
    }
    return n > 0 && str_to_double((struct str){plain, n}, ret);
}
