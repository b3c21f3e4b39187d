#include "base/list.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/text.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>

static bool is_right_to_left(uint32_t c)
{
    if (c < 0x590)
        return false;
    UCharDirection direction = u_charDirection((UChar32)c);
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC ||
           direction == U_ARABIC_NUMBER ||
           (direction >= U_LEFT_TO_RIGHT_EMBEDDING && direction <= U_POP_DIRECTIONAL_FORMAT) ||
           (direction >= U_FIRST_STRONG_ISOLATE && direction <= U_POP_DIRECTIONAL_ISOLATE);
}

static bool needs_bidi(struct str s)
{
    for (size_t at = 0; at < s.len;)
        if (is_right_to_left(utf8_next(s, &at)))
            return true;
    return false;
}

/* UTF-16, and the byte of `s` where each unit starts. */
static int32_t widen(struct str s, UChar *wide, size_t *offsets)
{
    int32_t len = 0;
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        for (int i = 0; i < U16_LENGTH(c); i++)
            offsets[len + i] = start;
        U16_APPEND_UNSAFE(wide, len, (UChar32)c);
    }
    offsets[len] = s.len;
    return len;
}

void text_bidi_runs(struct arena *arena, struct str s, struct bidi_runs *ret)
{
    if (!s.len)
        return;
    if (!needs_bidi(s)) {
        list_push(arena, ret, ((struct bidi_run){{0, s.len}, 0}));
        return;
    }
    UChar *wide = memory_alloc((s.len + 1) * sizeof *wide);
    size_t *offsets = memory_alloc((s.len + 1) * sizeof *offsets);
    int32_t len = widen(s, wide, offsets);
    UErrorCode status = U_ZERO_ERROR;
    UBiDi *bidi = ubidi_open();
    ubidi_setPara(bidi, wide, len, UBIDI_DEFAULT_LTR, NULL, &status);
    int32_t count = ubidi_countRuns(bidi, &status);
    assert(U_SUCCESS(status));
    for (int32_t i = 0; i < count; i++) {
        int32_t start, run_len;
        ubidi_getVisualRun(bidi, i, &start, &run_len);
        struct span span = {offsets[start], offsets[start + run_len]};
        list_push(arena, ret, ((struct bidi_run){span, ubidi_getLevelAt(bidi, start)}));
    }
    ubidi_close(bidi);
    free(offsets);
    free(wide);
}
