/* A chapter: Markdown source → sections, blocks, sentences, each with its exact bytes in the source. */
#ifndef REPASO_DOCUMENT_DOCUMENT_H
#define REPASO_DOCUMENT_DOCUMENT_H

#include "base/error.h"
#include "base/span.h"
#include "base/str.h"

#include <stddef.h>

struct arena;

enum block_kind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_ITEM,    /* the text of one list item; its sub-lists are items of their own */
    BLOCK_QUOTE,   /* a paragraph inside a block quote */
    BLOCK_NOTE,    /* footnotes, and what stands under "Notas:" or "Notes:" */
    BLOCK_ROW,     /* a table row: cells[] */
    BLOCK_CAPTION, /* an image's text */
    BLOCK_CODE,    /* never yields facts */
    BLOCK_EXERCISE /* questions of the book to its reader, their options and keys */
};

enum style_kind { STYLE_EMPHASIS, STYLE_STRONG, STYLE_CODE, STYLE_LINK, STYLE_NOTE_MARK };

/* A stretch of a block's text with one look; styles may nest. */
struct style {
    enum style_kind kind;
    struct span text;  /* within the block's text */
    struct str target; /* links: the address; note marks: the footnote's name */
};

struct styles {
    struct style *items;
    size_t count, capacity;
};

/* `len` bytes of text from `text` on stand in the source from `source` on, byte for byte. Between runs lies
 * markup (in the source) or a character that the source writes otherwise (an entity, a letter in two parts, a
 * soft break that became a blank); empty runs mark where such characters start and end. */
struct run {
    size_t text, source, len;
};

struct runs {
    struct run *items;
    size_t count, capacity;
};

struct block {
    enum block_kind kind;
    int section; /* index into sections */
    int parent; /* item: the block of the parent item, else of the paragraph that leads in to the list; a further
                    paragraph of an item: that item; note: the block that carries its mark; else -1 */
    int depth;   /* lists and quotes: 1 for the outermost; headings: 1 to 6 */
    int ordinal; /* numbered items: their number; else 0 */
    struct str
        text; /* plain, NFC, one line: breaks are blanks, and blanks never double; code keeps its lines.
                        Rows: the cells with " | " between */
    struct runs runs;
    struct styles styles;
    struct str_list cells;   /* rows only: slices of `text`, empty ones included */
    struct str_list headers; /* rows only: the header cells of the table */
    struct span source;      /* from its first to its last byte in the source */
    int line;                /* of source.start, from 1 */
    int first_sentence, sentence_count;
};

struct sentence {
    int block;
    struct span text;   /* within the block's text */
    struct span source; /* in the source: unescaped, it is the text (tested as a property) */
    int line, column;   /* of source.start, from 1; column in code points */
};

struct section {
    int heading; /* block of the heading; -1 for what comes before the first, or for a container's title */
    int parent;  /* enclosing section; -1 at the top */
    int level;   /* 0 for the chapter itself, else 1 to 6 */
    struct str title;
    int line;
};

struct document {
    struct str path;   /* as given; empty for text that has none */
    struct str source; /* the bytes as they are, BOM included */
    struct str lang;   /* "es" or "en" */
    struct str title;  /* front matter, else the first heading, else the file's name */
    double weight;     /* front matter's `weight`, for the order of chapters; 0 */
    struct {
        struct section *items;
        size_t count, capacity;
    } sections;
    struct {
        struct block *items;
        size_t count, capacity;
    } blocks;
    struct {
        struct sentence *items;
        size_t count, capacity;
    } sentences;
    struct str_list warnings; /* "12: a paragraph with 9,000 links is taken as plain text": its line first */
    size_t words;             /* of body text: no front matter, code, link targets, shortcodes */
    struct {
        size_t *items;
        size_t count, capacity;
    } lines; /* source offsets at which lines start */
    struct {
        size_t *items;
        size_t count, capacity;
    } letters; /* code points before every DOCUMENT_STRIDE-th byte of the source, so that a column of a long line
                  is found without walking it */
};

enum { DOCUMENT_STRIDE = 4096 };

/* `lang` is "es", "en" or empty (found by path, front matter, then function words). Slices of the result live in
 * `arena` or in `source`. Errors, with path and line: not UTF-8 or not text at all, longer than 64 MB, without any
 * text, or front matter that is broken or never ends. What would take the parser too long is read as plain text, with
 * a warning. */
bool document_parse(struct arena *arena, struct str path, struct str source, struct str lang,
                    struct document *ret, struct error *e);

struct str sentence_text(const struct document *doc, const struct sentence *sentence);
/* The source bytes behind a stretch of a block's text. */
struct span block_source(const struct block *block, struct span text);
/* Line and column (in code points) of a byte of the source, from 1. */
void document_position(const struct document *doc, size_t offset, int *ret_line, int *ret_column);
/* The section's title, or the nearest enclosing one that has a title. */
struct str section_title(const struct document *doc, int section);

#endif
