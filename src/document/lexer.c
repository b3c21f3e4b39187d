#include "document/lexer_state.h"

#include "base/list.h"
#include "base/translate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Lines ----------------------------------------------------------------------------------------------- */

struct prefix {
    size_t content; /* behind the quote signs and list markers */
    size_t indent;  /* columns before the first sign */
    int quotes, markers;
    size_t too_deep; /* the marker that is one too many; 0 if none */
    bool item;
};

static size_t marker_end(const struct lexer *l, size_t at)
{
    char c = source_at(l, at);
    if (c == '-' || c == '+' || c == '*')
        at++;
    else if (is_digit(c)) {
        size_t start = at;
        while (is_digit(source_at(l, at)) && at - start < 9)
            at++;
        if (source_at(l, at) != '.' && source_at(l, at) != ')')
            return 0;
        at++;
    } else {
        return 0;
    }
    return is_blank(source_at(l, at)) || is_line_end(source_at(l, at)) ? at : 0;
}

static struct prefix read_prefix(const struct lexer *l, size_t at)
{
    struct prefix prefix = {0};
    for (size_t i = at; is_blank(source_at(l, i)); i++)
        prefix.indent += source_at(l, i) == '\t' ? 4 - prefix.indent % 4 : 1;
    for (;;) {
        at = skip_blanks(l, at);
        bool quote = source_at(l, at) == '>';
        size_t end = quote ? at + 1 : marker_end(l, at);
        if (!end)
            break;
        if (++prefix.markers > MARKERS_MAX) {
            prefix.too_deep = at;
            break;
        }
        prefix.quotes += quote;
        prefix.item = prefix.item || !quote;
        at = end;
    }
    prefix.content = at;
    return prefix;
}

static size_t count_sign(const struct lexer *l, size_t at, char sign)
{
    size_t start = at;
    while (source_at(l, at) == sign && at < l->source.len)
        at++;
    return at - start;
}

static bool opens_fence(struct lexer *l, const struct prefix *prefix)
{
    char sign = source_at(l, prefix->content);
    if (sign != '`' && sign != '~')
        return false;
    size_t len = count_sign(l, prefix->content, sign);
    size_t info = prefix->content + len;
    if (len < 3 ||
        (sign == '`' && str_contains(str_slice(l->source, info, lexer_line_end(l, info)), STR("`"))))
        return false;
    l->fence.sign = sign;
    l->fence.len = len;
    l->fence.quotes = prefix->quotes;
    l->fence.in_list = prefix->item || (l->in_list && prefix->indent >= 2);
    return true;
}

/* Whether the line at hand still belongs to the code block, closing fence included. */
static bool continues_fence(struct lexer *l)
{
    size_t at = skip_blanks(l, l->at);
    bool blank = is_line_end(source_at(l, at));
    size_t indent = at - l->at;
    int quotes = 0;
    for (; source_at(l, at) == '>' && quotes < l->fence.quotes; quotes++)
        at = skip_blanks(l, at + 1);
    if (l->fence.quotes && !quotes)
        return l->fence.sign = '\0', false;
    size_t len = count_sign(l, at, l->fence.sign);
    bool closes = len >= l->fence.len && is_line_end(source_at(l, skip_blanks(l, at + len)));
    if (!closes && !blank && l->fence.in_list && indent < 2 && !quotes)
        return l->fence.sign = '\0', false;
    if (closes)
        l->fence.sign = '\0';
    return true;
}

static void lex_verbatim_line(struct lexer *l)
{
    l->verbatim = lexer_line_end(l, l->at);
    lex_line(l);
}

/* `[label]: address "title"`, all on one line: the address is kept aside, because every use would copy it. */
static bool lex_definition(struct lexer *l, size_t at)
{
    size_t label_end = source_at(l, at) == '[' && source_at(l, at + 1) != '^' ? bracket_end(l, at) : 0;
    if (!label_end || label_end == at + 1 || source_at(l, label_end + 1) != ':')
        return false;
    size_t start = skip_blanks(l, label_end + 2), end = lexer_line_end(l, at);
    struct str address = str_trim(str_slice(l->source, start, end)), rest = {0};
    bool angled = address.len && address.ptr[0] == '<';
    size_t cut = angled ? str_find(address, STR(">"), 1) : 0;
    if (angled) {
        if (cut == SIZE_MAX)
            return false;
        rest = str_trim(str_slice(address, cut + 1, address.len));
        address = str_slice(address, 1, cut);
    } else {
        while (cut < address.len && !is_blank(address.ptr[cut]))
            cut++;
        rest = str_trim(str_slice(address, cut, address.len));
        address = str_slice(address, 0, cut);
    }
    char closing = !rest.len ? '\0' : rest.ptr[0] == '(' ? ')' : rest.ptr[0];
    if (!address.len ||
        (rest.len && (!strchr("\"')", closing) || rest.len < 2 || rest.ptr[rest.len - 1] != closing ||
                      memchr(rest.ptr + 1, closing, rest.len - 2))))
        return false;
    l->at = start;
    lexer_flush(l);
    char number[24];
    int len = snprintf(number, sizeof number, "#%c%zu", TARGET_SIGN, l->ret->targets.count);
    cleaned_replace(l->arena, &l->ret->text, (struct str){number, (size_t)len}, end);
    list_push(l->arena, &l->ret->targets, str_slice(l->source, start, end));
    lexer_drop(l, end);
    lex_line(l);
    /* Kept apart from the text below, whose place the parser would forget; but a title may stand on the next line. */
    char next = source_at(l, skip_blanks(l, l->at));
    if (!next || !strchr("\"'(", next))
        lexer_write(l, STR("\n"));
    return true;
}

/* "> [!NOTE]", "- [x] done". */
static void drop_label(struct lexer *l, const struct prefix *prefix)
{
    size_t at = prefix->content;
    if (source_at(l, at) != '[')
        return;
    size_t end = bracket_end(l, at);
    if (!end)
        return;
    bool alert = prefix->quotes && source_at(l, at + 1) == '!' && is_letter(source_at(l, at + 2));
    bool task = prefix->item && end == at + 2 && strchr(" xX", source_at(l, at + 1)) &&
                is_blank(source_at(l, end + 1));
    if (!alert && !task)
        return;
    l->at = at;
    lexer_drop(l, skip_blanks(l, end + 1));
}

static bool is_dropped_line(const struct lexer *l, size_t at)
{
    if (starts_with(l, at, STR(":::")))
        return true;
    if (source_at(l, at) != '{' || source_at(l, at + 1) != ':')
        return false;
    size_t end = lexer_line_end(l, at);
    return str_ends(str_trim(str_slice(l->source, at, end)), STR("}"));
}

static void lex_text_line(struct lexer *l, const struct prefix *prefix)
{
    size_t content = prefix->content, end = lexer_line_end(l, l->at);
    bool heading = source_at(l, content) == '#';
    bool fresh = !l->paragraph.open || l->after_blank || heading || prefix->item || l->in_table;
    bool definition = l->can_define || !l->paragraph.open || l->after_blank;
    definition = definition && source_at(l, content) == '[';
    if (fresh || definition)
        lexer_start_paragraph(l);
    size_t label_end = definition ? bracket_end(l, content) : 0;
    definition = label_end && source_at(l, label_end + 1) == ':';
    l->paragraph.definition = l->paragraph.definition || definition;
    lexer_count_signs(l, end);
    l->can_define = heading;
    if (definition && lex_definition(l, content)) {
        l->can_define = true;
        return;
    }
    drop_label(l, prefix);
    lex_line(l);
    if (heading)
        lexer_end_paragraph(l);
}

static void limit_depth(struct lexer *l, const struct prefix *prefix)
{
    if (prefix->indent > INDENT_MAX) {
        if (!l->indent_told)
            lexer_warn(l, l->at, _("a line stands too far to the right: its list is taken as less deep"));
        l->indent_told = true;
        size_t end = skip_blanks(l, l->at);
        size_t keep = INDENT_MAX < end - l->at ? INDENT_MAX : 0;
        l->at += keep;
        lexer_drop(l, end);
    }
    if (prefix->too_deep && prefix->too_deep >= l->at) {
        lexer_warn(l, l->at, _("a list or quote of more than 64 levels is taken as text from there on"));
        l->at = prefix->too_deep;
        while (is_digit(source_at(l, l->at)))
            l->at++;
        lexer_write(l, STR(APART));
        l->at++;
    }
}

static void lex_one_line(struct lexer *l)
{
    l->line_at = l->from = l->at;
    if (l->fence.sign && continues_fence(l)) {
        lex_verbatim_line(l);
        l->after_blank = true;
        return;
    }
    struct prefix prefix = read_prefix(l, l->at);
    if (is_line_end(source_at(l, skip_blanks(l, l->at)))) {
        lexer_end_paragraph(l);
        l->after_blank = true;
        l->in_html = l->in_table = false;
        lex_line(l);
        return;
    }
    bool code = prefix.indent >= 4 && (l->in_code || l->after_blank) && !l->in_list && !l->in_html;
    l->in_list = prefix.item || (l->in_list && !(l->after_blank && prefix.indent < 2));
    l->in_code = code;
    if (code) {
        lexer_end_paragraph(l);
        lex_verbatim_line(l);
        return;
    }
    if (l->in_html && !prefix.item)
        lexer_drop(l, skip_blanks(l, l->at));
    if (opens_fence(l, &prefix)) {
        lexer_end_paragraph(l);
        lex_verbatim_line(l);
    } else if (is_dropped_line(l, prefix.content)) {
        lexer_end_paragraph(l);
        lexer_drop(l, lexer_line_end(l, l->at));
        lex_line(l);
        l->after_blank = true;
        return;
    } else {
        limit_depth(l, &prefix);
        lex_text_line(l, &prefix);
    }
    l->after_blank = false;
}

void lex(struct arena *arena, struct str source, size_t start, struct lexed *ret)
{
    struct lexer l = {
        .arena = arena, .source = source, .at = start, .ret = ret, .after_blank = true, .warned_line = 1};
    for (int c = 0; c < 256; c++)
        l.classes[c] = (unsigned char)lexer_class_of((unsigned char)c);
    lexer_find_notes(&l);
    cleaned_replace(arena, &ret->text, (struct str){0}, start);
    while (l.at < source.len)
        lex_one_line(&l);
    lexer_end_paragraph(&l);
    cleaned_replace(arena, &ret->text, (struct str){0}, source.len);
}
