/* What stands around the Markdown: shortcodes, raw HTML, attributes, citations, control characters. All of it is taken
 * away before the parser comes, and what could make the parser slow is kept from it. */
#ifndef REPASO_DOCUMENT_LEXER_H
#define REPASO_DOCUMENT_LEXER_H

#include "document/cleaned.h"

#include <stdint.h>

enum island_kind {
    ISLAND_OPEN,     /* a container starts: a section with `title`, if it has one */
    ISLAND_EXERCISE, /* a container starts that holds questions to the reader */
    ISLAND_CLOSE,    /* the innermost container ends */
    ISLAND_TABLE,    /* a table in HTML, `source` from <table to </table> */
    ISLAND_CAPTION,  /* the words of a figure: `source` */
    ISLAND_PLAIN     /* source that must not be parsed, because it would take too long */
};

/* Something that the parser only sees as a comment: "<!--", ISLAND_SIGN, its number, "-->". Sources cannot hold that
 * sign: control characters are dropped. */
struct island {
    enum island_kind kind;
    struct span source;
    struct span title; /* of a container, in the source; empty if it has none */
};

#define ISLAND_SIGN '\x01'

struct lexed {
    struct cleaned text;
    struct {
        struct island *items;
        size_t count, capacity;
    } islands;
    struct str_list targets; /* address and title of link definitions, which read "#\x02N" in the text */
    struct str_list warnings;
    size_t paragraphs; /* about how many blocks the parser will make */
};

#define TARGET_SIGN '\x02'

/* Stands between two signs that would mean something together, and is no text. */
#define APART "\x03"
#define APART_SIGN '\x03'

/* Reads `source` from `start` (behind the front matter) on. Finish `ret->text`. */
void lex(struct arena *arena, struct str source, size_t start, struct lexed *ret);

/* The end of the tag, comment or declaration that starts at `at`; 0 if there is none. */
size_t html_tag_end(struct str source, size_t at);
/* The tag's name into `ret` in small letters; "" where there is none. `closing`: "</p>". */
void html_tag_name(struct str tag, char ret[16], bool *closing);
/* The value of an attribute of a tag or shortcode; empty if it has none. A slice of `tag`. */
struct str html_attribute(struct str tag, struct str name);
/* Characters that no text may hold: controls, direction overrides, invisible ones. */
bool is_unwanted(uint32_t c);

#endif
