/* What happened to a card in another program → events of our log, and back. */
#ifndef REPASO_EXCHANGE_HISTORY_H
#define REPASO_EXCHANGE_HISTORY_H

#include "collection/import.h"
#include "exchange/parcel.h"

/* Answers become grades, cramming grades that count for nothing, a reset a reset; last comes when the other program would
 * have asked the card next. Nothing for a card that was never met. */
void history_events(struct arena *arena, struct collection *collection, const struct parcel_card *card,
                    struct moment now, struct import_card *ret);

#endif
