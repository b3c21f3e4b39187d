/* The lexer from inside, shared by the files that each know one kind of markup: tags, shortcodes, brackets,
 * characters. All of them read `source` at `at`; what they leave behind [from, at) is copied by the next flush. */
#ifndef REPASO_DOCUMENT_LEXER_STATE_H
#define REPASO_DOCUMENT_LEXER_STATE_H

#include "document/lexer.h"

#include <stdint.h>

enum {
    KINDS_MAX = 64,        /* of tags, or of shortcodes */
    MARKERS_MAX = 64,      /* quotes and list items opened on one line */
    INDENT_MAX = 200,      /* columns */
    COLUMNS_MAX = 256,     /* of a table */
    PARAGRAPH_MAX = 65536, /* bytes */
    BRACKETS_MAX = 2000,
    SPECIALS_MAX = 8000, /* emphasis, code and other signs that the parser has to pair */
    DELIMITER_ROWS_MAX = 16,
    DEFINITION_MAX = 1024, /* bytes: every use of a definition copies it */
    NEAR = 4096,           /* how far a shortcode may reach, in bytes */
    HIDDEN_MAX = 65536,    /* how much code or script may stand between two tags */
    TICKS_MAX = 32,
    TAGS_MAX = 128,
    MARKS_MAX = 64 /* accents on one letter */
};

/* Looks ahead for a text again and again, yet reads the source once. */
struct finder {
    size_t found; /* the first at or behind the last start; SIZE_MAX when there is none */
    bool ready;
};

enum {
    FIND_COMMENT,
    FIND_ANGLE,
    FIND_PERCENT,
    FIND_LIQUID,
    FIND_BRACES,
    FIND_TABLE,
    FIND_CAPTION,
    FIND_SUMMARY,
    FIND_COUNT
};

struct tag {
    char name[16];
    bool container; /* an island was opened for it */
};

/* A stretch that the parser may see as one paragraph. */
struct paragraph {
    bool open;
    size_t at, source; /* where it starts, in the text and in the source */
    size_t brackets, specials, delimiter_rows;
    bool definition;
};

struct lexer {
    struct arena *arena;
    struct str source;
    size_t at, from; /* source[from, at) is still to be copied */
    size_t line_at;  /* start of the line at hand */
    size_t verbatim; /* up to here signs mean nothing: code spans, addresses */
    struct lexed *ret;
    struct finder finders[FIND_COUNT];
    size_t failed_tags[KINDS_MAX], failed_shortcodes[KINDS_MAX]; /* not closed before this */
    size_t no_ticks[TICKS_MAX + 1];                              /* no run of so many backticks before this */
    struct {
        char sign; /* 0 outside code blocks */
        size_t len;
        int quotes;
        bool in_list;
    } fence;
    bool in_list, after_blank, in_html, in_table, can_define, in_code;
    struct tag tags[TAGS_MAX];
    int tag_count, tags_ignored;
    struct paragraph paragraph;
    struct str_list notes; /* labels of the footnotes that are defined */
    size_t warned_at;
    int warned_line;
    bool indent_told; /* once a document: the lines below it are mostly as deep */
    unsigned char classes[256];
};

static inline char source_at(const struct lexer *l, size_t at)
{
    return at < l->source.len ? l->source.ptr[at] : '\0';
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool is_line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_letter(c) && !is_digit(c);
}

static inline size_t skip_blanks(const struct lexer *l, size_t at)
{
    while (is_blank(source_at(l, at)))
        at++;
    return at;
}

static inline size_t skip_white(const struct lexer *l, size_t at)
{
    while (at < l->source.len && (is_blank(l->source.ptr[at]) || is_line_end(l->source.ptr[at])))
        at++;
    return at;
}

static inline struct span span_of(const struct lexer *l, struct str slice)
{
    size_t start = (size_t)(slice.ptr - l->source.ptr);
    return (struct span){start, start + slice.len};
}

static inline bool starts_with(const struct lexer *l, size_t at, struct str what)
{
    return str_starts(str_slice(l->source, at, l->source.len), what);
}

/* The end of the line that holds `at`, without its signs. */
size_t lexer_line_end(const struct lexer *l, size_t at);
/* Where one of the needles stands next; `from` must never fall. */
size_t lexer_find(struct lexer *l, int which, size_t from);
extern const char *const lexer_needles[FIND_COUNT];
/* A stretch that is searched for the end of something hidden; what is not closed in it is not hidden. Empty where the
 * same search has failed already. */
struct str lexer_hidden_window(const struct lexer *l, size_t from, size_t failed_until);

/* Copies what was read so far. */
void lexer_flush(struct lexer *l);
/* Leaves source[at, end) out. */
void lexer_drop(struct lexer *l, size_t end);
/* Adds bytes of our own. */
void lexer_write(struct lexer *l, struct str bytes);
struct str lexer_written(const struct lexer *l);
/* Whether the line that is being written holds nothing but blanks so far. */
bool lexer_line_is_empty(const struct lexer *l);
void lexer_warn(struct lexer *l, size_t at, const char *what);
void lexer_add_island(struct lexer *l, struct island island);

/* A paragraph that would keep the parser too long becomes an island when it ends. */
void lexer_start_paragraph(struct lexer *l);
void lexer_end_paragraph(struct lexer *l);
/* Text behind it stands in a paragraph of its own, outside lists and quotes. */
void lexer_break_paragraph(struct lexer *l);
/* Counts what is slow to parse on the line up to `end`, and spoils the ruler of a table that is too wide. */
void lexer_count_signs(struct lexer *l, size_t end);

/* The ']' of a bracket that holds no other, on the same line; 0 if there is none near. */
size_t bracket_end(const struct lexer *l, size_t at);

/* The labels of the footnotes that the source defines: marks of others would stay in the text. */
void lexer_find_notes(struct lexer *l);

/* The rest of a line with its end. */
void lex_line(struct lexer *l);
/* How lexer_step reads a byte; `classes` is filled with it. */
int lexer_class_of(unsigned char c);
/* One character or one piece of markup; true when it ends the line. */
bool lexer_step(struct lexer *l);
/* What starts with '<', '{', '[', '`', or is more than one byte. */
void lex_angle(struct lexer *l);
void lex_brace(struct lexer *l);
void lex_bracket(struct lexer *l);
void lex_backticks(struct lexer *l);
void lex_character(struct lexer *l);
/* Leaves out a character that no text may hold, so that the signs around it do not become one. */
void drop_unwanted(struct lexer *l, size_t end);

#endif
