/* A review log read from a file, with what was wrong in it. */
#ifndef REPASO_CLI_REVIEWS_H
#define REPASO_CLI_REVIEWS_H

#include "base/error.h"
#include "schedule/training.h"

/* Rows that teach nothing are left out and counted. */
struct reviews_left_out {
    long ratings; /* not 1 to 4 */
    long gaps;    /* negative elapsed_days */
    long doubled; /* the same card at the same moment again */
    long future;  /* after `now_ms`, by more than a day */
};

/* CSV with card_id,review_ms,rating,elapsed_days; sorted by time; free() its items. A row that is no row of this table fails, with its
 * line. */
bool reviews_read(const char *path, int64_t now_ms, struct review_log *ret,
                  struct reviews_left_out *ret_left_out, struct error *e);
/* One sentence a kind, on standard error; nothing when nothing was left out. */
void reviews_tell_left_out(const struct reviews_left_out *left_out);

#endif
