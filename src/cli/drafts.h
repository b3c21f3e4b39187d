/* `repaso add --drafts`: cards from elsewhere, checked against their chapter before they go in. */
#ifndef REPASO_CLI_DRAFTS_H
#define REPASO_CLI_DRAFTS_H

#include "base/error.h"

struct call;

bool add_drafts(const struct call *call, struct error *e);

#endif
