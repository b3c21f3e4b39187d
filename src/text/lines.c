#include "base/list.h"
#include "base/utf8.h"
#include "text/icu.h"
#include "text/text.h"

#include <unicode/ubrk.h>

/* What a number does not want to stand without. */
static const char *const units[] = {
    "%",   "‰",   "°",  "°C", "°F", "€",   "$", "km", "m",  "cm", "mm", "kg", "g",  "mg",
    "t",   "l",   "ml", "s",  "ms", "min", "h", "KB", "MB", "GB", "TB", "kB", "Hz", "kHz",
    "MHz", "GHz", "W",  "kW", "MW", "V",   "K", "B",  "M",  "T",  "a.", "d.",
};
/* What wants a number behind it. */
static const char *const counters[] = {
    "n.º",  "N.º",   "núm.", "n.°",  "No.",  "no.",  "p.",  "pp.",
    "pág.", "págs.", "art.", "fig.", "vol.", "cap.", "ch.", "§",
};

static bool is_in(struct str word, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(word, str_from(table[i])))
            return true;
    return false;
}
#define IS_IN(word, table) is_in((word), (table), sizeof(table) / sizeof *(table))

static struct str word_before(struct str s, size_t at)
{
    size_t start = at;
    while (start > 0 && s.ptr[start - 1] != ' ')
        start--;
    return str_slice(s, start, at);
}

/* Without the signs that close a sentence or a parenthesis around it. */
static struct str word_after(struct str s, size_t at)
{
    size_t end = at;
    while (end < s.len && s.ptr[end] != ' ')
        end++;
    struct str word = str_slice(s, at, end);
    while (word.len > 1 && str_contains(STR(".,;:!?)]"), str_slice(word, word.len - 1, word.len)))
        word.len--;
    return word;
}

static uint32_t first_char(struct str s)
{
    return s.len ? utf8_next(s, &(size_t){0}) : 0;
}

static uint32_t last_char(struct str s)
{
    return s.len ? utf8_previous(s, &(size_t){s.len}) : 0;
}

static bool is_short_number(struct str word)
{
    return word.len <= 3 && text_is_digit(first_char(word));
}

/* Whether the blank before `at` must not become a line's end. */
static bool is_glued(struct str s, size_t at)
{
    if (at < 2 || at >= s.len || s.ptr[at - 1] != ' ')
        return false;
    struct str before = word_before(s, at - 1), after = word_after(s, at);
    uint32_t last = last_char(before), first = first_char(after);
    if (last == 0xAB || first == 0xBB) /* « and » set off by blanks */
        return true;
    if (text_is_digit(last) && IS_IN(after, units))
        return true;
    if (text_is_digit(first) && IS_IN(before, counters))
        return true;
    return text_is_alnum(last) && text_is_upper(first_char(before)) && is_short_number(after);
}

void text_line_breaks(struct arena *arena, struct str s, struct str lang, struct line_breaks *ret)
{
    if (!s.len)
        return;
    UBreakIterator *breaks = icu_breaks(ICU_LINES, lang, s);
    for (int32_t next = ubrk_next(breaks); next != UBRK_DONE; next = ubrk_next(breaks)) {
        size_t at = (size_t)next;
        bool mandatory = ubrk_getRuleStatus(breaks) >= UBRK_LINE_HARD && s.ptr[at - 1] == '\n';
        if (mandatory || !is_glued(s, at))
            list_push(arena, ret, ((struct line_break){at, mandatory}));
    }
}
