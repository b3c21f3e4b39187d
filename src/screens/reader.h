/* A chapter as it was written, its facts tinted by how well they are remembered. */
#ifndef REPASO_SCREENS_READER_H
#define REPASO_SCREENS_READER_H

#include "base/str.h"
#include "ui/ui.h"

#include <stddef.h>
#include <stdint.h>

enum reader_block_kind {
    READER_HEADING,
    READER_PARAGRAPH,
    READER_ITEM,
    READER_QUOTE,
    READER_CODE,
    READER_NOTE
};

struct reader_block {
    enum reader_block_kind kind;
    int level; /* of a heading, or how deep an item or quote lies */
    struct str text;
    const struct ui_run *runs; /* instead of text: styles and facts */
    size_t run_count;
    int line;
};

enum reader_knowledge { FACT_DRAFT, FACT_NEW, FACT_WEAK, FACT_LEARNT };

struct reader_fact {
    struct str prompt, answer, note; /* note: "94 % · in 9 days" */
    enum reader_knowledge knowledge;
    int block; /* where it stands; -1: nowhere */
};

struct reader_view {
    struct str deck, title, lang;
    const struct reader_block *blocks;
    size_t count;
    const struct reader_fact *facts;
    size_t fact_count;
    int chosen; /* fact; -1: none */
    int go_to;  /* block to bring into sight; -1: stay */
    uint64_t go_revision;
    float size;         /* of the text, dp */
    int minutes;        /* to read it */
    struct str missing; /* why there is nothing to read; else empty */
};

/* The key of the node of a block, to bring it into sight. */
struct str reader_block_key(struct arena *arena, size_t block);
void reader_screen(struct ui *ui, const struct reader_view *view);

#endif
