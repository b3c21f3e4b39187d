/* A document while it is made: from the parser's tree to sections, blocks and sentences, shared by the files that each
 * know one of them. */
#ifndef REPASO_DOCUMENT_BUILDER_H
#define REPASO_DOCUMENT_BUILDER_H

#include "base/arena.h"
#include "document/lexer.h"
#include "document/writer.h"
#include "document/zones.h"

struct cmark_node;

enum { CELLS_MAX = 256 };

/* A heading or a container that is open; containers end only where they are closed. */
struct scope {
    int section;
    int level;
    bool container, exercise;
};

/* Where a node stands: what is around it. */
struct place {
    int quotes;
    int depth;   /* of lists */
    int item;    /* block of the item around it, -1 outside lists or before its first paragraph */
    int parent;  /* what a new item hangs from */
    int ordinal; /* of the item that is being opened */
    bool in_item, in_note;
    struct str note;
};

struct mark {
    struct str note;
    int block;
};

struct builder {
    struct arena *arena;
    struct document *doc;
    struct lexed *lexed;
    struct str text; /* cleaned */
    struct {
        size_t *items;
        size_t count, capacity;
    } lines; /* where its lines start */
    struct writer writer;
    struct arena scratch; /* of the writer, for one block */
    struct {
        struct scope *items;
        size_t count, capacity;
    } scopes;
    enum zone zone;
    int zone_level;    /* the heading that opened it; 7: any heading ends it */
    size_t zone_scope; /* scopes that were open then */
    int exercises;     /* open containers that hold exercises */
    int lead;          /* the paragraph just before, which may lead in to a list; -1 */
    struct {
        struct mark *items;
        size_t count, capacity;
    } marks;
    struct {
        struct stop {
            int block;
            size_t at;
        } * items;
        size_t count, capacity;
    } stops;
};

/* The line of a byte of the source, from 1. */
int document_line(const struct document *doc, size_t offset);

/* Sections, containers and zones. */
struct scope *builder_scope(struct builder *b); /* the innermost */
void builder_open_section(struct builder *b, struct section section, bool container);
void builder_close_sections(struct builder *b, int level); /* of headings, from that level on */
void builder_open_zone(struct builder *b, enum zone zone, int level);
void builder_end_zone(struct builder *b);
void builder_open_container(struct builder *b, const struct island *island);
void builder_open_exercise(struct builder *b);
void builder_close_container(struct builder *b);
/* What a block is where it stands: a paragraph under "Notas:" is a note. */
enum block_kind builder_kind(const struct builder *b, const struct place *place, enum block_kind kind);

/* Blocks. Text is written between start and add; add gives NULL where there was none. `cleaned`: the writer's origin is
 * the cleaned text, else the source. */
void builder_start_block(struct builder *b);
struct block *builder_add_block(struct builder *b, enum block_kind kind, struct span source, bool cleaned);
void builder_place_block(struct builder *b, struct block *block, struct place *place);
struct span builder_source(const struct builder *b, struct span cleaned);
/* A node's stretch of the cleaned text: from its first sign to the end of its last line. */
struct span builder_node_span(const struct builder *b, struct cmark_node *node);
/* Returns where the text starts. */
size_t builder_write_inlines(struct builder *b, struct cmark_node *node, struct span span, int quotes,
                             bool cell);
void builder_add_paragraph(struct builder *b, struct cmark_node *node, struct place *place);
void builder_add_heading(struct builder *b, struct cmark_node *node, struct place *place);
void builder_add_code(struct builder *b, struct cmark_node *node, struct place *place);
void builder_add_plain(struct builder *b, struct span source, enum block_kind kind, struct place *place);

bool is_table(struct cmark_node *node);
/* The place of a paragraph, also of one that runs into a table. */
struct span builder_paragraph_span(const struct builder *b, struct cmark_node *node);
void builder_add_table(struct builder *b, struct cmark_node *table, struct place *place);
void builder_add_html_table(struct builder *b, struct span span, struct place *place);

/* Everything, from `text`; then, once the language is known, the sentences. */
void builder_add_blocks(struct builder *b);
void builder_settle_order(struct builder *b);
void builder_add_sentences(struct builder *b);

#endif
