/* What happened to a card in another program → events of our log, and back. */
#ifndef REPASO_EXCHANGE_HISTORY_H
#define REPASO_EXCHANGE_HISTORY_H

#include "collection/import.h"
#include "exchange/parcel.h"

/* Answers become grades, cramming grades that count for nothing, a reset a reset; last comes when the other program would
 * have asked the card next. Nothing for a card that was never met. */
void history_events(struct arena *arena, struct collection *collection, const struct parcel_card *card,
                    struct moment now, struct import_card *ret);

/* A card's log as other programs keep one: what came from there word for word, what was answered here in the same terms. */
bool history_reviews(struct arena *arena, struct collection *collection, struct str card_id,
                     const struct parcel_review **ret, size_t *ret_count, struct error *e);

#endif
