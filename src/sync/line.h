/* An event as a line of a shared file: seq, hlc, kind, deck, card, at_ms, tz_min, body, crc32c of all before, parted by
 * tabs. The first line of a file is "repaso-log 1 DEVICE PERSON". */
#ifndef REPASO_SYNC_LINE_H
#define REPASO_SYNC_LINE_H

#include "base/buffer.h"
#include "collection/merge.h"

void line_add_header(struct buffer *buffer, struct str device, struct str person);
void line_add(struct buffer *buffer, const struct carried *event);
/* Without their line feeds. False for a line that is not whole; slices of `ret` point into `line`, device and person are
 * left. */
bool line_read_header(struct str line, struct str *ret_device, struct str *ret_person);
bool line_read(struct str line, struct carried *ret);

#endif
