#include "decks/comments.h"

#include "base/arena.h"
#include "base/list.h"

#include <string.h>

/* A walk over the file that knows just enough of YAML to tell a comment from a # in a text. */
struct scanner {
    struct arena *arena;
    struct comments comments;
    int line;
    char quote;       /* the quotes we are in, over lines; 0: none */
    int flow;         /* how many [ and { are open */
    bool in_block;    /* in a text behind | or > */
    size_t block_own; /* the column of the key that holds it: its lines stand further in */
};

static size_t indent_of(struct str line)
{
    size_t indent = 0;
    while (indent < line.len && line.ptr[indent] == ' ')
        indent++;
    return indent;
}

/* The column of the last key or item that begins in this line: "  - q: |" gives 4. */
static size_t own_column(struct str line)
{
    size_t at = indent_of(line);
    while (at + 1 < line.len && line.ptr[at] == '-' && line.ptr[at + 1] == ' ') {
        size_t next = at + 1 + indent_of(str_slice(line, at + 1, line.len));
        if (next + 1 >= line.len || line.ptr[next] == '|' || line.ptr[next] == '>')
            return at;
        at = next;
    }
    return at;
}

/* Whether a value may begin at `at`: behind a colon, dash, bracket, or at the start. */
static bool value_begins(const struct scanner *s, struct str line, size_t at)
{
    size_t before = at;
    while (before > 0 && line.ptr[before - 1] == ' ')
        before--;
    if (before == 0)
        return true;
    char c = line.ptr[before - 1];
    if (s->flow && (c == ',' || c == '[' || c == '{'))
        return true;
    return (c == '[' || c == '{') ||
           (before < at && (c == ':' || (c == '-' && indent_of(line) + 1 >= before)));
}

/* Behind the closing quote, or the end of the line where the text goes on. */
static size_t skip_quoted(struct scanner *s, struct str line, size_t at)
{
    for (; at < line.len; at++) {
        if (s->quote == '"' && line.ptr[at] == '\\') {
            at++;
        } else if (line.ptr[at] == s->quote) {
            if (s->quote == '\'' && at + 1 < line.len && line.ptr[at + 1] == '\'') {
                at++;
                continue;
            }
            s->quote = 0;
            return at + 1;
        }
    }
    return line.len;
}

static void add_comment(struct scanner *s, struct str line, size_t at)
{
    list_push(s->arena, &s->comments,
              (struct comment){.line = s->line,
                               .text = str_trim(str_slice(line, at, line.len)),
                               .alone = indent_of(line) == at});
}

static bool starts_block(const struct scanner *s, struct str line, size_t at)
{
    if ((line.ptr[at] != '|' && line.ptr[at] != '>') || s->flow || !value_begins(s, line, at))
        return false;
    return strchr("|>", line.ptr[at]) && at > 0;
}

static void scan_line(struct scanner *s, struct str line)
{
    size_t at = s->quote ? skip_quoted(s, line, 0) : 0;
    while (at < line.len) {
        char c = line.ptr[at];
        bool begins = value_begins(s, line, at);
        if (c == '#' && (at == 0 || line.ptr[at - 1] == ' ' || line.ptr[at - 1] == '\t')) {
            add_comment(s, line, at);
            return;
        }
        if ((c == '"' || c == '\'') && begins) {
            s->quote = c;
            at = skip_quoted(s, line, at + 1);
            continue;
        }
        if (starts_block(s, line, at)) {
            s->in_block = true;
            s->block_own = own_column(line);
        }
        s->flow += ((c == '[' || c == '{') && (begins || s->flow)) - ((c == ']' || c == '}') && s->flow);
        at++;
    }
}

struct comments comments_find(struct arena *arena, struct str yaml)
{
    struct scanner s = {.arena = arena};
    struct str line;
    while (str_split(&yaml, '\n', &line)) {
        s.line++;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        bool blank = indent_of(line) == line.len;
        if (s.in_block && (blank || indent_of(line) > s.block_own))
            continue;
        s.in_block = false;
        scan_line(&s, line);
    }
    return s.comments;
}
