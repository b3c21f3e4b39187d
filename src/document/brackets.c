#include "document/lexer_state.h"

#include "base/list.h"

#include <stdlib.h>

/* The ']' of a bracket that holds no other, on the same line; 0 if there is none near. */
size_t bracket_end(const struct lexer *l, size_t at)
{
    for (size_t i = at + 1; i < l->source.len && i - at < 300; i++) {
        char c = l->source.ptr[i];
        if (c == ']')
            return i;
        if (c == '[' || is_line_end(c))
            return 0;
    }
    return 0;
}

static int compare_labels(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool is_note(const struct lexer *l, struct str label)
{
    return l->notes.count && bsearch(&label, l->notes.items, l->notes.count, sizeof label, compare_labels);
}

/* Leaves out source[at, end) with the blank before it. */
static void drop_mark(struct lexer *l, size_t end)
{
    if (l->at > l->from && l->at - 1 > l->line_at && source_at(l, l->at - 1) == ' ')
        l->at--;
    lexer_drop(l, end);
}

/* "([\[link\]](#figure))": a reference whose words only exist in print. */
static bool lex_bare_reference(struct lexer *l)
{
    struct str words = STR("[\\[link\\]](");
    if (!starts_with(l, l->at, words))
        return false;
    size_t end = l->at + words.len;
    while (!is_line_end(source_at(l, end)) && source_at(l, end) != ')' && end - l->at < 300)
        end++;
    if (source_at(l, end++) != ')')
        return false;
    if (l->at > l->from && source_at(l, l->at - 1) == '(' && source_at(l, end) == ')') {
        l->at--;
        end++;
    }
    drop_mark(l, end);
    return true;
}

/* "[[Page|words]]" is its words, "![[file]]" nothing. */
static bool lex_wiki_link(struct lexer *l)
{
    size_t at = l->at, end = bracket_end(l, at + 1);
    if (!end || source_at(l, end + 1) != ']' || source_at(l, end + 2) == '(' || end == at + 2)
        return false;
    size_t bar = str_find(str_slice(l->source, 0, end), STR("|"), at + 2);
    bool image = at > l->from && source_at(l, at - 1) == '!';
    l->at -= image;
    lexer_drop(l, image ? end : bar == SIZE_MAX ? at + 2 : bar + 1);
    l->verbatim = end;
    while (l->at < end)
        lexer_step(l);
    lexer_drop(l, end + 2);
    return true;
}

void lex_bracket(struct lexer *l)
{
    if (lex_bare_reference(l))
        return;
    size_t at = l->at, end;
    char next = source_at(l, at + 1);
    if (next == '@' || (next == '-' && source_at(l, at + 2) == '@')) {
        end = bracket_end(l, at);
        if (end && source_at(l, end + 1) != '(') {
            drop_mark(l, end + 1);
            return;
        }
    }
    if (next == '^') {
        end = bracket_end(l, at);
        bool note = end && is_note(l, str_slice(l->source, at + 2, end));
        if (end && !note && source_at(l, end + 1) != '(') {
            drop_mark(l, end + 1);
            return;
        }
        if (!note) { /* the parser loses what stands in a mark over several lines */
            l->at++;
            lexer_write(l, STR(APART));
            return;
        }
    }
    if (next == '[' && lex_wiki_link(l))
        return;
    l->at++;
}

void lexer_find_notes(struct lexer *l)
{
    for (size_t at = str_find(l->source, STR("[^"), l->at); at != SIZE_MAX;
         at = str_find(l->source, STR("[^"), at + 2)) {
        size_t end = bracket_end(l, at);
        if (!end || source_at(l, end + 1) != ':')
            continue;
        list_push(l->arena, &l->notes, str_slice(l->source, at + 2, end));
    }
    if (l->notes.count)
        qsort(l->notes.items, l->notes.count, sizeof *l->notes.items, compare_labels);
}
