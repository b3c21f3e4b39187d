#include "document/lexer_state.h"

#include "base/list.h"
#include "base/translate.h"

#include <stdio.h>
#include <string.h>

const char *const lexer_needles[FIND_COUNT] = {
    "-->", ">}}", "%}}", "%}", "}}", "</table", "</figcaption", "</summary",
};

size_t lexer_line_end(const struct lexer *l, size_t at)
{
    while (at < l->source.len && l->source.ptr[at] != '\n' && l->source.ptr[at] != '\r')
        at++;
    return at;
}

size_t lexer_find(struct lexer *l, int which, size_t from)
{
    struct finder *finder = &l->finders[which];
    if (!finder->ready || (finder->found != SIZE_MAX && finder->found < from)) {
        finder->ready = true;
        finder->found = str_find(l->source, str_from(lexer_needles[which]), from);
    }
    return finder->found;
}

void lexer_flush(struct lexer *l)
{
    cleaned_copy(l->arena, &l->ret->text, l->source, (struct span){l->from, l->at});
    l->from = l->at;
}

/* Leaves source[at, end) out. */
void lexer_drop(struct lexer *l, size_t end)
{
    lexer_flush(l);
    l->at = l->from = end;
}

void lexer_write(struct lexer *l, struct str bytes)
{
    lexer_flush(l);
    cleaned_replace(l->arena, &l->ret->text, bytes, l->at);
}

struct str lexer_written(const struct lexer *l)
{
    return buffer_str(&l->ret->text.bytes);
}

/* What stands on the line that is being written, so far. */
bool lexer_line_is_empty(const struct lexer *l)
{
    struct str text = lexer_written(l);
    while (text.len && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return !text.len || text.ptr[text.len - 1] == '\n';
}

void lexer_warn(struct lexer *l, size_t at, const char *what)
{
    for (size_t i = l->warned_at; i < at; i++)
        l->warned_line +=
            l->source.ptr[i] == '\n' || (l->source.ptr[i] == '\r' && source_at(l, i + 1) != '\n');
    l->warned_at = at;
    list_push(l->arena, &l->ret->warnings, str_format(l->arena, "%d: %s", l->warned_line, what));
}

void lexer_add_island(struct lexer *l, struct island island)
{
    lexer_flush(l);
    struct str text = lexer_written(l);
    char comment[40];
    int len = snprintf(comment, sizeof comment, "\n<!--%c%zu-->\n", ISLAND_SIGN, l->ret->islands.count);
    bool fresh = !text.len || text.ptr[text.len - 1] == '\n';
    lexer_write(l, str_slice((struct str){comment, (size_t)len}, fresh, (size_t)len));
    list_push(l->arena, &l->ret->islands, island);
}

/* A stretch that is searched for the end of something hidden; what is not closed in it is not hidden. Empty where the
 * same search has failed already. */
struct str lexer_hidden_window(const struct lexer *l, size_t from, size_t failed_until)
{
    size_t end = l->source.len - from > HIDDEN_MAX ? from + HIDDEN_MAX : l->source.len;
    return str_slice(l->source, 0, from < failed_until ? from : end);
}

/* --- Paragraphs that would keep the parser too long ------------------------------------------------------ */

void lexer_end_paragraph(struct lexer *l)
{
    struct paragraph *p = &l->paragraph;
    if (!p->open)
        return;
    lexer_flush(l);
    p->open = false;
    size_t len = l->at - p->source;
    const char *reason = NULL;
    if (len > PARAGRAPH_MAX)
        reason = _("a paragraph of more than 64 KB is taken as plain text");
    else if (p->brackets > BRACKETS_MAX)
        reason = _("a paragraph with more than 1,000 links is taken as plain text");
    else if (p->specials > SPECIALS_MAX || p->delimiter_rows > DELIMITER_ROWS_MAX)
        reason = _("a paragraph with too many signs is taken as plain text");
    else if (!p->definition || len <= DEFINITION_MAX)
        return;
    if (reason)
        lexer_warn(l, p->source, reason);
    cleaned_cut(&l->ret->text, p->at);
    lexer_add_island(l, (struct island){.kind = ISLAND_PLAIN, .source = {p->source, l->at}});
}

void lexer_start_paragraph(struct lexer *l)
{
    lexer_end_paragraph(l);
    lexer_flush(l);
    l->ret->paragraphs++;
    l->paragraph = (struct paragraph){.open = true, .at = l->ret->text.bytes.len, .source = l->at};
}

void lexer_count_signs(struct lexer *l, size_t end)
{
    struct paragraph *p = &l->paragraph;
    bool delimiter_row = true;
    size_t pipes = 0;
    for (size_t i = l->at; i < end; i++) {
        char c = l->source.ptr[i];
        p->brackets += c == '[' || c == ']';
        p->specials += c == '*' || c == '_' || c == '~' || c == '`' || c == '<' || c == '&';
        pipes += c == '|';
        delimiter_row = delimiter_row && (c == '|' || c == ':' || c == '-' || c == '>' || is_blank(c));
    }
    if (!delimiter_row)
        return;
    p->delimiter_rows++;
    l->in_table = l->in_table || pipes > 0;
    if (pipes <= COLUMNS_MAX)
        return;
    lexer_warn(l, l->at, _("a table of more than 256 columns is taken as plain text"));
    size_t first = l->at;
    while (is_blank(source_at(l, first)) || source_at(l, first) == '>')
        first++;
    l->at = first;
    lexer_write(l, STR(APART));
}

/* Text behind it stands in a paragraph of its own, outside lists and quotes. */
void lexer_break_paragraph(struct lexer *l)
{
    lexer_flush(l);
    struct cleaned *text = &l->ret->text;
    if (lexer_line_is_empty(l)) {
        size_t len = text->bytes.len;
        while (len && is_blank(text->bytes.bytes[len - 1]))
            len--;
        cleaned_cut(text, len);
    } else {
        lexer_write(l, STR("\n"));
    }
    if (!str_ends(lexer_written(l), STR("\n\n")))
        lexer_write(l, STR("\n"));
    lexer_start_paragraph(l);
}
