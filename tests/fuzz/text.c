/* Any text: what is cut lies in order inside it, and composing or folding twice changes nothing more. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/text.h"

#include <stdlib.h>

static void must(bool good)
{
    if (!good)
        abort();
}

static void check_sentences(struct arena *arena, struct str s, struct str lang)
{
    struct spans spans = {0};
    size_t end = 0;
    text_sentences(arena, s, lang, &spans);
    for (size_t i = 0; i < spans.count; end = spans.items[i++].end)
        must(spans.items[i].start >= end && spans.items[i].end > spans.items[i].start &&
             spans.items[i].end <= s.len);
}

static void check_words_and_lines(struct arena *arena, struct str s)
{
    struct words words = {0};
    struct line_breaks breaks = {0};
    struct bidi_runs runs = {0};
    size_t end = 0, total = 0;
    text_words(arena, s, &words);
    for (size_t i = 0; i < words.count; end = words.items[i++].span.end)
        must(words.items[i].span.start >= end && words.items[i].span.end <= s.len);
    text_line_breaks(arena, s, STR("es"), &breaks);
    must(!s.len || (breaks.count && breaks.items[breaks.count - 1].at == s.len));
    text_bidi_runs(arena, s, &runs);
    for (size_t i = 0; i < runs.count; i++)
        total += runs.items[i].span.end - runs.items[i].span.start;
    must(total == s.len);
}

static void check_carets(struct str s)
{
    size_t steps = 0;
    for (size_t at = 0; at < s.len && steps < 200; steps++) {
        size_t next = text_next_grapheme(s, at);
        must(next > at && text_previous_grapheme(s, next) == at);
        at = next;
    }
}

static void check_forms(struct arena *arena, struct str s)
{
    struct str composed = text_nfc(arena, s), folded = text_fold(arena, s);
    must(text_is_nfc(composed));
    must(str_equal(text_fold(arena, folded), folded));
    must(text_distance(composed, composed, 2) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str s = {(const char *)bytes, size};
    struct arena arena = {0};
    if (utf8_find_bad(s) == SIZE_MAX) {
        check_sentences(&arena, s, STR("es"));
        check_sentences(&arena, s, STR("en"));
        check_words_and_lines(&arena, s);
        check_carets(s);
        check_forms(&arena, s);
    }
    arena_finish(&arena);
    return 0;
}
