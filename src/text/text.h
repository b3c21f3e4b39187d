/* Text as people write it, in any script, on ICU: what a letter is, what two spellings share, where words,
 * sentences, lines and carets may stop.
 *
 * All text is valid UTF-8 and all positions are byte offsets. Results live in the arena that was passed, or
 * in the text itself. Every function may be called from any thread; ICU's slow objects are opened once a
 * thread and language, on first use. `lang` is "es", "en" or empty. */
#ifndef REPASO_TEXT_TEXT_H
#define REPASO_TEXT_TEXT_H

#include "base/span.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Code points. A mark (combining accent) is no letter; blanks include the no-break ones. What ASCII has is decided
 * here, the rest by ICU. */
bool text_is_letter_beyond(uint32_t c);
bool text_is_upper_beyond(uint32_t c);
bool text_is_lower_beyond(uint32_t c);
bool text_is_digit_beyond(uint32_t c);
bool text_is_blank_beyond(uint32_t c);
bool text_is_mark_beyond(uint32_t c);

static inline bool text_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 0x20) - 'a' < 26 : text_is_letter_beyond(c);
}
static inline bool text_is_upper(uint32_t c) /* title case too */
{
    return c < 0x80 ? c - 'A' < 26 : text_is_upper_beyond(c);
}
static inline bool text_is_lower(uint32_t c)
{
    return c < 0x80 ? c - 'a' < 26 : text_is_lower_beyond(c);
}
static inline bool text_is_digit(uint32_t c)
{
    return c < 0x80 ? c - '0' < 10 : text_is_digit_beyond(c);
}
static inline bool text_is_alnum(uint32_t c)
{
    return text_is_letter(c) || text_is_digit(c);
}
static inline bool text_is_blank(uint32_t c)
{
    return c < 0x80 ? c == ' ' || c - '\t' < 5 : text_is_blank_beyond(c);
}
static inline bool text_is_mark(uint32_t c)
{
    return c >= 0x300 && text_is_mark_beyond(c);
}
uint32_t text_to_lower(uint32_t c);
uint32_t text_to_upper(uint32_t c);

/* Composed form; the slice itself when it is composed already. */
struct str text_nfc(struct arena *arena, struct str s);
bool text_is_nfc(struct str s);
/* Whether a character may melt into the one before it when text is composed: accents, Hangul vowels. */
bool text_joins(uint32_t c);
/* The key of answers, aliases and searches: compatibility forms resolved, marks dropped, case folded:
 * "Él AÑADIÓ ﬁn" is "el anadio fin". Never for cues: creó is not creo. */
struct str text_fold(struct arena *arena, struct str s);
/* The same without blanks, hyphens and dashes, for identities: "GPT‑4 Turbo" is "gpt4turbo". */
struct str text_fold_key(struct arena *arena, struct str s);
struct str text_lower(struct arena *arena, struct str s);
struct str text_upper(struct arena *arena, struct str s);
/* The first letter in upper case, the rest as it is. */
struct str text_capitalise(struct arena *arena, struct str s);
/* Blanks of any kind at both ends cut. */
struct str text_trim(struct str s);

enum word_kind { WORD_LETTERS, WORD_NUMBER, WORD_MARK };

/* One word of Unicode's word breaking, or one sign of punctuation. Blanks are left out. "Zeta-4" is three. */
struct word {
    struct span span;
    enum word_kind kind; /* WORD_NUMBER: starts with a digit; WORD_MARK: neither letters nor digits */
};

struct words {
    struct word *items;
    size_t count, capacity;
};

/* Appends to `ret`. */
void text_words(struct arena *arena, struct str s, struct words *ret);

/* Appends the sentences of one block of running text, without the blanks around them. A line feed ends a
 * sentence unless small letters go on behind it. No break behind abbreviations ("p. ej.", "Dr.", "U.S."),
 * initials, "…" before small letters, nor within parentheses and short quotations; "→" behind a finished turn
 * starts the reply. */
void text_sentences(struct arena *arena, struct str s, struct str lang, struct spans *ret);

/* Letters to add, drop, change or swap with a neighbour to turn `a` into `b` (optimal string alignment), in
 * code points; more than `limit` gives limit + 1. Fold both first where case and accents do not count. */
int text_distance(struct str a, struct str b, int limit);
/* The order in which a reader of `lang` expects them: below, at or above 0. */
int text_collate(struct str a, struct str b, struct str lang);

struct line_break {
    size_t at;      /* a new line may start here; blanks before it hang over the margin */
    bool mandatory; /* behind a line feed */
};

struct line_breaks {
    struct line_break *items;
    size_t count, capacity;
};

/* Appends where lines may break, the end of the text included, never its start. Numbers stay with their units
 * and names with their numbers: no break in "87 %", "n.º 4", "Zeta 2", "« así »". */
void text_line_breaks(struct arena *arena, struct str s, struct str lang, struct line_breaks *ret);

/* A stretch that is drawn in one direction; an odd level runs right to left. */
struct bidi_run {
    struct span span;
    int level;
};

struct bidi_runs {
    struct bidi_run *items;
    size_t count, capacity;
};

/* Appends the runs of one line in the order of drawing, from left to right. The base direction is that of the
 * first strong letter, left to right if there is none. */
void text_bidi_runs(struct arena *arena, struct str s, struct bidi_runs *ret);

/* Where a caret may stand next to `at`: behind the whole letter with its marks. Stays at the ends. */
size_t text_next_grapheme(struct str s, size_t at);
size_t text_previous_grapheme(struct str s, size_t at);
/* Where a caret jumps by words: the end of this or the next word; the start of this or the one before. */
size_t text_next_word(struct str s, size_t at);
size_t text_previous_word(struct str s, size_t at);

#endif
