/* What part of a chapter a heading or a paragraph opens, by its words. */
#ifndef REPASO_DOCUMENT_ZONES_H
#define REPASO_DOCUMENT_ZONES_H

#include "base/str.h"

struct arena;

enum zone { ZONE_BODY, ZONE_NOTES, ZONE_EXERCISES };

/* The zone that a heading opens for its whole section. */
enum zone zone_of_heading(struct arena *arena, struct str heading);
/* The zone that a paragraph opens for what stands under it ("Notas:") or for itself (`*alone`: "Nota: …"). */
enum zone zone_of_paragraph(struct arena *arena, struct str paragraph, bool *alone);
/* "es" or "en", by the little words of a text; "es" when there are none. */
struct str guess_language(struct str text);
/* "es" or "en" where the path says so ("ch_es.md", "ch.en.md", "es/ch.md"); else empty. */
struct str language_of_path(struct str path);

#endif
