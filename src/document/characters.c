#include "document/lexer_state.h"

#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

/* Accents whose letter is gone, or of which there are too many. */
static void drop_joining(struct lexer *l)
{
    for (size_t next = l->at; next < l->source.len;) {
        if (!text_joins(utf8_next(l->source, &next)))
            break;
        lexer_drop(l, next);
    }
}

/* Composes a letter and its accents where the source keeps them apart. */
static void lex_joining(struct lexer *l, size_t start)
{
    size_t end = start;
    int marks = 0;
    bool alone = text_joins(utf8_next(l->source, &(size_t){start}));
    if (alone && start == l->from) {
        drop_joining(l);
        return;
    }
    if (alone)
        utf8_previous(l->source, &start);
    for (size_t next = end; next < l->source.len; end = next, marks++) {
        uint32_t c = utf8_next(l->source, &next);
        if (marks && (!text_joins(c) || marks == MARKS_MAX))
            break;
    }
    struct str apart = str_slice(l->source, start, end), composed = text_nfc(l->arena, apart);
    l->at = end;
    if (!str_equal(apart, composed)) {
        l->at = start;
        lexer_drop(l, end);
        cleaned_replace(l->arena, &l->ret->text, composed, end);
    }
    if (marks == MARKS_MAX)
        drop_joining(l);
}

/* Leaves out a character that no text may hold, so that the signs around it do not become one. */
void drop_unwanted(struct lexer *l, size_t end)
{
    lexer_drop(l, end);
    struct str text = lexer_written(l);
    if (text.len && is_punctuation(text.ptr[text.len - 1]) && is_punctuation(source_at(l, l->at)))
        lexer_write(l, STR(APART));
}

void lex_character(struct lexer *l)
{
    size_t next = l->at;
    uint32_t c = utf8_next(l->source, &next);
    if (is_unwanted(c))
        drop_unwanted(l, next);
    else if (c < 0x300 || (!text_joins(c) && text_is_nfc(str_slice(l->source, l->at, next))))
        l->at = next;
    else
        lex_joining(l, l->at);
}

/* Where a code span ends that starts with `count` backticks at `at`; 0 if it does not end in this paragraph. */
static size_t code_span_end(struct lexer *l, size_t at, size_t count)
{
    if (count > TICKS_MAX || at < l->no_ticks[count])
        return 0;
    size_t i = at + count, limit = l->source.len - at > PARAGRAPH_MAX ? at + PARAGRAPH_MAX : l->source.len;
    while (i < limit) {
        char c = l->source.ptr[i++];
        if (c == '`') {
            size_t start = i - 1;
            while (i < limit && l->source.ptr[i] == '`')
                i++;
            if (i - start == count)
                return i;
        } else if (c == '\n' && is_line_end(source_at(l, skip_blanks(l, i)))) {
            break;
        }
    }
    l->no_ticks[count] = i;
    return 0;
}

void lex_backticks(struct lexer *l)
{
    size_t end = l->at;
    while (source_at(l, end) == '`')
        end++;
    size_t close = code_span_end(l, l->at, end - l->at);
    l->verbatim = close ? close : l->verbatim;
    l->at = close ? close : end;
    if (close) /* once more, for the characters inside */
        l->at = end;
}

enum { PLAIN, SPECIAL, CONTROL, MULTIBYTE };

int lexer_class_of(unsigned char c)
{
    if (c < 0x20)
        return c == '\t' ? PLAIN : c == '\n' || c == '\r' ? SPECIAL : CONTROL;
    if (c < 0x80)
        return c == 0x7F                                                   ? CONTROL
               : c == '\\' || c == '`' || c == '<' || c == '{' || c == '[' ? SPECIAL
                                                                           : PLAIN;
    return c == 0xC2 || c >= 0xCC ? MULTIBYTE : PLAIN;
}

static void lex_special(struct lexer *l, char c)
{
    if (l->at < l->verbatim || l->in_code) {
        l->at++;
        return;
    }
    switch (c) {
    case '\\':
        l->at += is_punctuation(source_at(l, l->at + 1)) ? 2 : 1;
        return;
    case '`':
        lex_backticks(l);
        return;
    case '<':
        lex_angle(l);
        return;
    case '{':
        lex_brace(l);
        return;
    default:
        lex_bracket(l);
    }
}

/* One character; true when it ends the line. */
bool lexer_step(struct lexer *l)
{
    char c = l->source.ptr[l->at];
    switch (l->classes[(unsigned char)c]) {
    case PLAIN:
        l->at++;
        return false;
    case CONTROL:
        drop_unwanted(l, l->at + 1);
        return false;
    case MULTIBYTE:
        lex_character(l);
        return false;
    default:
        break;
    }
    if (c == '\n') {
        l->at++;
        return true;
    }
    if (c != '\r') {
        lex_special(l, c);
        return false;
    }
    lexer_drop(l, l->at + 1);
    if (source_at(l, l->at) == '\n')
        return false;
    lexer_write(l, STR("\n"));
    return true;
}

void lex_line(struct lexer *l)
{
    while (l->at < l->source.len && !lexer_step(l))
        ;
    lexer_flush(l);
}
