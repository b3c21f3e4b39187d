/* Measured and drawn runs of text, kept by (face, size, direction, bytes). */
#ifndef REPASO_UI_WORDS_H
#define REPASO_UI_WORDS_H

#include "ui/font.h"

#include <stdint.h>

struct words_cache;

struct words_cache *words_new(const struct ui_fonts *fonts);
void words_free(struct words_cache *cache);
/* In pixels. */
float words_width(struct words_cache *cache, enum ui_face face, int size_px, bool rtl, struct str run);
/* Valid until the next call. */
const struct canvas_mask *words_mask(struct words_cache *cache, enum ui_face face, int size_px, bool rtl,
                                     struct str run);
/* Bytes held. */
size_t words_size(const struct words_cache *cache);
/* A fast 64-bit hash of bytes, for keys inside the program. */
uint64_t words_hash(uint64_t seed, const void *bytes, size_t len);

#endif
