/* A parcel through a pipe: what a reader in another process gives to its sink, as records. Whoever receives them believes
 * nothing: sizes, texts and numbers are checked again. */
#ifndef REPASO_EXCHANGE_WIRE_H
#define REPASO_EXCHANGE_WIRE_H

#include "exchange/read.h"

/* The sending end */

struct wire_sender {
    int file;
    struct buffer *out; /* not sent yet */
    bool broken;        /* nobody listens any more */
};

/* A sink that writes records to the sender. */
struct parcel_sink wire_sink(struct wire_sender *sender);
/* The last record: how it went. */
void wire_end(struct wire_sender *sender, bool ok, const struct read_report *report, const struct error *e);

/* The receiving end */

/* Reads records until the last one and gives them to the sink. False: the other side failed, the sink did, or the records make no
 * sense; `*ret_ended` says whether the last record came. */
bool wire_receive(struct arena *arena, int file, const struct read_options *options,
                  const struct parcel_sink *sink, struct read_report *ret, bool *ret_ended, struct error *e);

#endif
