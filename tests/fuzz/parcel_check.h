/* A sink that holds every reader to what parcel.h promises. */
#ifndef REPASO_TESTS_FUZZ_PARCEL_CHECK_H
#define REPASO_TESTS_FUZZ_PARCEL_CHECK_H

#include "base/list.h"
#include "base/utf8.h"
#include "exchange/parcel.h"

#include <stdlib.h>

struct parcel_check {
    size_t decks, types, media;
    size_t fields[256]; /* of each type */
};

static inline void must(bool good)
{
    if (!good)
        abort();
}

static inline void must_be_text(struct str s)
{
    must(utf8_find_bad(s) == SIZE_MAX);
}

static inline bool check_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    (void)e;
    ((struct parcel_check *)self)->decks++;
    must(deck->path.len > 0);
    must_be_text(deck->path);
    return true;
}

static inline bool check_type(void *self, const struct parcel_type *type, struct error *e)
{
    struct parcel_check *check = self;
    (void)e;
    must(type->fields.count > 0);
    if (check->types < 256)
        check->fields[check->types] = type->fields.count;
    check->types++;
    return true;
}

static inline bool check_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    (void)e;
    ((struct parcel_check *)self)->media++;
    must(medium->sha256[64] == 0 && medium->name.len > 0);
    must_be_text(medium->name);
    return true;
}

static inline bool check_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct parcel_check *check = self;
    (void)e;
    must(note->type < check->types && note->cards.count > 0 && note->guid.len > 0);
    must(note->type >= 256 || note->fields.count == check->fields[note->type]);
    for (size_t i = 0; i < note->fields.count; i++)
        must_be_text(note->fields.items[i]);
    for (size_t i = 0; i < note->media.count; i++)
        must(note->media.items[i] < check->media);
    list_each (const struct parcel_card, card, &note->cards) {
        must(card->deck < check->decks && card->card.prompt.len > 0 && card->card.answer.len > 0);
        must_be_text(card->card.prompt);
        must_be_text(card->card.answer);
        must_be_text(card->card.explanation);
        for (size_t i = 1; i < card->review_count; i++)
            must(card->reviews[i - 1].at_ms <= card->reviews[i].at_ms);
    }
    return true;
}

static inline struct parcel_sink parcel_check_sink(struct parcel_check *check)
{
    return (struct parcel_sink){.self = check,
                                .wants_bytes = true,
                                .deck = check_deck,
                                .type = check_type,
                                .medium = check_medium,
                                .note = check_note};
}

#endif
