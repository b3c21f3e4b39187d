/* What the writers of text share: the file grows in memory and appears whole when it is closed. */
#ifndef REPASO_EXCHANGE_TEXT_WRITER_H
#define REPASO_EXCHANGE_TEXT_WRITER_H

#include "base/buffer.h"
#include "exchange/write.h"

struct text_writer {
    struct arena *arena;
    struct str path, title, person;
    struct str lang; /* of the first card, where a format wants one for the whole */
    struct buffer out;
    struct str_list decks; /* their paths, by index */
    size_t deck;           /* of the card written last; SIZE_MAX: none yet */
    struct {
        struct parcel_medium *items;
        size_t count, capacity;
    } media; /* by index, with copies of their bytes when the format wants them */
};

/* Rows of struct write_format. */
bool text_writer_open(const struct write_options *options, struct writer **ret, struct error *e);
bool text_writer_deck(void *writer, const struct parcel_deck *deck, struct error *e);
bool text_writer_medium(void *writer, const struct parcel_medium *medium, struct error *e);
bool text_writer_close(struct writer *writer, bool ok, struct error *e);

/* The note's cards, each behind its deck's path when that is another than the one before it. */
void text_writer_cards(struct text_writer *writer, const struct parcel_note *note,
                       void (*add_deck)(struct text_writer *writer, struct str path),
                       void (*add_card)(struct text_writer *writer, const struct card *card));
/* The medium whose bytes a card's `image` or `audio` stands for; NULL if it did not come along. */
const struct parcel_medium *text_writer_find_medium(const struct text_writer *writer, struct str image);

struct str_list list_copy(struct arena *arena, const struct str_list *list);
/* What is told behind the answer: the explanation, then the passage in the quotation marks of the card's language with its
 * place, each on a line of its own; empty if there is neither. */
struct str feedback_text(struct arena *arena, const struct card *card);
/* The first words, at most `letters` letters, as a question's name in lists. */
struct str short_title(struct arena *arena, struct str prompt, size_t letters);
/* A deck as a category of Moodle: "A::B" is $course$/top/A/B, a slash within a name is doubled. */
void add_category_path(struct buffer *out, struct str path);
/* The left and right side of an item of a match, "left → right"; of an order its place and the item. False: no pair. */
bool item_pair(struct arena *arena, const struct card *card, size_t index, struct str *ret_left,
               struct str *ret_right);

#endif
