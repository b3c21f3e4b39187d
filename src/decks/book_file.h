/* What a teacher says of a whole book: book.yaml beside its chapters. decks/BOOK.md tells the format to its writers.
 *
 *     book: The French Revolution
 *     language: en
 *     names:
 *       - name: National Assembly
 *         type: org
 *         aliases: [Assembly]
 *     drop:
 *       - Who was the king?                                                                                     */
#ifndef REPASO_DECKS_BOOK_FILE_H
#define REPASO_DECKS_BOOK_FILE_H

#include "decks/deck_file.h"
#include "facts/facts.h"

/* A line that names a card, by its question or its identity. */
struct named_card {
    struct str text, folded;
    int line, column;
    bool found; /* for whoever looks the cards up */
};

struct named_cards {
    struct named_card *items;
    size_t count, capacity;
};

struct book_file {
    struct str title, id, lang; /* empty where nothing is said */
    struct {
        struct taught_name *items;
        size_t count, capacity;
    } names;
    struct str_list not_names;
    struct named_cards pinned, dropped;
    struct cards cards; /* written by hand */
};

#define BOOK_FILE_NAME "book.yaml"

/* Goes on behind a mistake, as deck_read does. False if it is not UTF-8 or no YAML. */
bool book_file_read(struct arena *arena, struct str path, struct str bytes, struct book_file *ret,
                    struct problems *ret_problems, struct error *e);

/* The file with those of the names added that it lacks, behind its own; whatever stands in it stays as it is, comments
 * included. An empty text gives a new file with a head. `ret_added` counts. */
bool book_file_add_names(struct arena *arena, struct str path, struct str bytes, struct str title,
                         struct str lang, const struct entities *names, struct buffer *out, size_t *ret_added,
                         struct error *e);

#endif
