/* ICU's slow objects, opened once a thread, kind and language. */
#ifndef REPASO_TEXT_ICU_H
#define REPASO_TEXT_ICU_H

#include "base/str.h"

#include <stdint.h>

struct UBreakIterator;
struct UCollator;

enum icu_breaks { ICU_GRAPHEMES, ICU_WORDS, ICU_LINES, ICU_BREAKS };

/* Set on `s`; valid until this thread asks for the same kind and language again. */
struct UBreakIterator *icu_breaks(enum icu_breaks kind, struct str lang, struct str s);
struct UCollator *icu_collator(struct str lang);

#endif
