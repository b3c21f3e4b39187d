/* A chapter as it was added, for reading: its text was kept, the file may be gone. */
#ifndef REPASO_COLLECTION_CHAPTER_H
#define REPASO_COLLECTION_CHAPTER_H

#include "collection/collection.h"

struct chapter_row {
    int64_t key;
    int64_t deck; /* of its cards */
    struct str book, title, lang, path;
    struct str source; /* the file's bytes */
};

/* Where a card stands in a chapter; in the order of the text. */
struct chapter_mark {
    int64_t card;
    size_t start, end; /* bytes of `source` */
    int line;
};

struct chapter_marks {
    struct chapter_mark *items;
    size_t count, capacity;
};

/* The chapter that holds the passage of `card`, or (`card` 0) the first chapter with cards in `deck` or below it; `deck`
 * 0 means any. ERROR_NOT_FOUND when nothing of it comes from a chapter. */
bool collection_chapter(struct collection *collection, struct arena *arena, int64_t deck, int64_t card,
                        struct chapter_row *ret, struct error *e);
/* The cards whose newest passage stands in the chapter, drafts too, what was retired not. */
bool collection_chapter_marks(struct collection *collection, struct arena *arena, int64_t chapter,
                              struct chapter_marks *ret, struct error *e);

#endif
