#include "base/list.h"
#include "base/utf8.h"
#include "text/icu.h"
#include "text/text.h"

#include <unicode/ubrk.h>

static enum word_kind kind_of(struct str word)
{
    size_t at = 0;
    uint32_t first = utf8_next(word, &at);
    return text_is_digit(first) ? WORD_NUMBER : text_is_letter(first) ? WORD_LETTERS : WORD_MARK;
}

void text_words(struct arena *arena, struct str s, struct words *ret)
{
    if (!s.len)
        return;
    UBreakIterator *breaks = icu_breaks(ICU_WORDS, STR(""), s);
    size_t start = 0;
    for (int32_t end = ubrk_next(breaks); end != UBRK_DONE; end = ubrk_next(breaks)) {
        struct str word = str_slice(s, start, (size_t)end);
        if (text_trim(word).len)
            list_push(arena, ret, ((struct word){{start, (size_t)end}, kind_of(word)}));
        start = (size_t)end;
    }
}

size_t text_next_grapheme(struct str s, size_t at)
{
    if (at >= s.len)
        return s.len;
    /* Two plain letters: the usual case, without ICU. A carriage return clings to its line feed. */
    unsigned char here = (unsigned char)s.ptr[at];
    if (here < 0x80 && here != '\r' && (at + 1 == s.len || (unsigned char)s.ptr[at + 1] < 0x80))
        return at + 1;
    int32_t next = ubrk_following(icu_breaks(ICU_GRAPHEMES, STR(""), s), (int32_t)at);
    return next == UBRK_DONE ? s.len : (size_t)next;
}

size_t text_previous_grapheme(struct str s, size_t at)
{
    if (at > s.len)
        at = s.len;
    if (at < 2)
        return 0;
    unsigned char here = (unsigned char)s.ptr[at - 1];
    if (here < 0x80 && here != '\n' && (unsigned char)s.ptr[at - 2] < 0x80)
        return at - 1;
    int32_t previous = ubrk_preceding(icu_breaks(ICU_GRAPHEMES, STR(""), s), (int32_t)at);
    return previous == UBRK_DONE ? 0 : (size_t)previous;
}

static bool ends_word(UBreakIterator *breaks)
{
    return ubrk_getRuleStatus(breaks) >= UBRK_WORD_NONE_LIMIT;
}

size_t text_next_word(struct str s, size_t at)
{
    if (at >= s.len)
        return s.len;
    UBreakIterator *breaks = icu_breaks(ICU_WORDS, STR(""), s);
    for (int32_t end = ubrk_following(breaks, (int32_t)at); end != UBRK_DONE; end = ubrk_next(breaks))
        if (ends_word(breaks))
            return (size_t)end;
    return s.len;
}

size_t text_previous_word(struct str s, size_t at)
{
    if (at > s.len)
        at = s.len;
    if (!at)
        return 0;
    UBreakIterator *breaks = icu_breaks(ICU_WORDS, STR(""), s);
    int32_t start = ubrk_preceding(breaks, (int32_t)at);
    while (start != UBRK_DONE && start > 0) {
        /* The status belongs to the boundary at a word's end, so look at the one behind this start. */
        int32_t end = ubrk_following(breaks, start);
        bool word = ends_word(breaks);
        if (word && end > start)
            return (size_t)start;
        start = ubrk_preceding(breaks, start);
    }
    return 0;
}
