/* A note's fields and the templates of its type → cards that can be asked: native where the shape is known, else
 * rendered and reduced to words. */
#ifndef REPASO_EXCHANGE_ASKED_H
#define REPASO_EXCHANGE_ASKED_H

#include "exchange/notice.h"
#include "exchange/parcel.h"

struct asked_input {
    const struct parcel_type *type;
    const struct parcel_note *note; /* fields, tags, guid */
    struct str deck, lang;
    struct notices *notices;
    struct arena *notice_arena; /* of their examples */
    /* The medium a label stands for: its hash into `ret_sha256`; false: there is none. May be NULL. */
    bool (*find_medium)(void *self, struct str name, struct str *ret_sha256);
    void *self;
};

/* The card of one template or gap; always a card, if need be a draft that says what is wrong with it. */
struct card asked_card(struct arena *arena, const struct asked_input *input, int ordinal);
/* The ordinals of the cards that the fields give: one a gap, or one a template whose front shows something. At most `limit`;
 * returns how many. */
int asked_ordinals(struct arena *arena, const struct asked_input *input, int *ret, int limit);
/* The labels that the fields refer to, pictures and sounds; appended. */
void asked_media(struct arena *arena, const struct str_list *fields, struct str_list *ret);

#endif
