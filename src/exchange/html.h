/* The HTML of a field → the words that learners see. Nothing in it is ever run, fetched or opened. */
#ifndef REPASO_EXCHANGE_HTML_H
#define REPASO_EXCHANGE_HTML_H

#include "base/str.h"

struct arena;

struct html_words {
    struct str text;        /* plain, lines separated by one line feed, no blanks at its ends */
    struct str_list images; /* the names that <img src> gives, decoded */
    struct str_list sounds; /* of [sound:…] */
    bool active; /* there were scripts, frames, handlers or addresses of other kinds than http(s) */
};

/* Paragraphs and items become lines, items of lists begin with a sign or number, raised and lowered figures take their
 * Unicode forms, ruby stands in parentheses, a picture is its name in brackets, a formula its source. */
struct html_words html_words(struct arena *arena, struct str html);
/* The text alone. */
struct str html_text(struct arena *arena, struct str html);
/* Plain text as HTML: signs escaped, line feeds as <br>. */
struct str html_escape(struct arena *arena, struct str text);

#endif
