/* The plain text of a block as it grows: blanks collapse, and every stretch that stands in the origin byte for byte
 * leaves a run. The origin is the source itself or the cleaned text. */
#ifndef REPASO_DOCUMENT_WRITER_H
#define REPASO_DOCUMENT_WRITER_H

#include "base/buffer.h"
#include "document/cleaned.h"

enum { STYLES_MAX = 24 };

#define NOWHERE SIZE_MAX

struct writer {
    struct arena *arena;
    struct buffer bytes;
    struct runs runs; /* `source` is the offset in the origin */
    struct styles styles;
    struct spans stops;  /* where a line was broken on purpose: a sentence may end there */
    bool blank;          /* a blank is due before the next character */
    bool line_feed;      /* it ends a line on purpose */
    size_t blank_origin; /* NOWHERE: not a plain blank in the origin */
    bool marked;         /* something was left out here: no blank before a full stop */
    size_t floor;        /* no blank before here: the start of the block, or of a table cell */
    size_t muted;        /* > 0: nothing is written */
    bool captions;       /* the words of images are text */
    struct {
        struct style style;
        bool started;
    } open[STYLES_MAX];
    int open_count, open_ignored;
};

/* Empties it for the next block; what was finished stays. */
void writer_start(struct writer *writer, struct arena *arena);
/* Text that stands at `origin`, or NOWHERE. Blanks of any kind in it collapse to one. */
void writer_add(struct writer *writer, struct str text, size_t origin);
/* Text that the origin writes otherwise, there in `origin`; composed, and without what no text may hold. */
void writer_add_foreign(struct writer *writer, struct str text, struct span origin);
void writer_blank(struct writer *writer, size_t origin);
/* Starts the next cell of a row, behind " | " if it is not the first. */
void writer_cell(struct writer *writer, bool first);
void writer_line_feed(struct writer *writer);
/* A character reference, "&amp;" or "&#233;", at the start of `source`: its length, and its text in `ret`
 * (at most 8 bytes); 0 if there is none. */
size_t entity_read(struct str source, char ret[8], size_t *ret_len);
/* Source without its tags and with its character references resolved; NFC or not. */
void writer_add_plain(struct writer *writer, struct str source, struct span span);

void writer_open(struct writer *writer, enum style_kind kind, struct str target);
void writer_close(struct writer *writer);
/* A footnote's mark, which takes no room. */
void writer_note(struct writer *writer, struct str name);

#endif
