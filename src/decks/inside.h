/* What the files of this folder share. */
#ifndef REPASO_DECKS_INSIDE_H
#define REPASO_DECKS_INSIDE_H

#include "decks/deck_file.h"
#include "document/document.h"
#include "yaml/yaml.h"

/* A chapter that some card names as its source, read once. `document` is NULL when it could not be read. */
struct chapter {
    struct str name;
    struct document *document;
};

/* Where in the deck file a card of `deck.cards` stands, by index. */
struct place {
    int line, column;
};

struct reader {
    struct arena *arena;
    struct deck_file deck;
    struct problems problems;
    struct {
        struct place *items;
        size_t count, capacity;
    } places;
    struct {
        struct chapter *items;
        size_t count, capacity;
    } chapters;
};

/* False, with the line, if the file is not UTF-8. */
bool check_utf8(struct str path, struct str bytes, struct error *e);
/* In the order of the file. */
void sort_problems(struct problems *problems);

/* One kind of key a mapping may have, and where in the struct of nodes it goes. */
struct key_row {
    const char *name;
    size_t offset; /* of a `const struct yaml_node *` */
};

void problem_add(struct reader *r, bool warning, const char *rule, const struct yaml_node *at,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
#define problem_error(r, rule, at, ...) problem_add((r), false, (rule), (at), __VA_ARGS__)
#define problem_warn(r, rule, at, ...) problem_add((r), true, (rule), (at), __VA_ARGS__)

/* Sorts a mapping's values into the nodes of `fields`; a key that is in no row is an error with the nearest
 * name. */
void read_keys(struct reader *r, const struct yaml_node *mapping, const struct key_row *rows, void *fields);
/* A scalar's text without blanks around it; empty with an error if the node is a list or mapping, empty if it
 * is NULL or null. */
struct str read_text(struct reader *r, const struct yaml_node *node);
/* A list of texts; a single text is a list of one. */
struct str_list read_texts(struct reader *r, const struct yaml_node *node);

/* Appends the cards of one entry of `cards:` or `add:` to the deck. */
void read_card(struct reader *r, const struct yaml_node *node);
/* An entry of `edit:`: the keys that it has change `card`, the others leave it as it is. */
void read_edit(struct reader *r, const struct yaml_node *node, struct card *card);
/* `from:`, `drop:` and `edit:`: appends the cards that repaso makes of the chapters, as the teacher wants them. */
void read_from(struct reader *r, const struct yaml_node *from, const struct yaml_node *drop,
               const struct yaml_node *edit);

/* The chapter beside the deck, read once; NULL with an error at `at` when that fails. */
struct document *load_chapter(struct reader *r, struct str name, const struct yaml_node *at);
/* `source:` of a card: resolved to its place in the chapter. */
void read_source(struct reader *r, const struct yaml_node *node, struct source *ret);

/* Cards that quote a chapter must say what their passage says: a warning for each that does not. */
void check_sources(struct reader *r);

/* What only shows in the finished cards: the lints, and questions asked twice. */
void check_cards(struct reader *r);

#endif
