/* Gaps and HTML: a number that is found can be asked for, and all that comes out is text. */
#include "fuzz.h"
#include "parcel_check.h"

#include "base/arena.h"
#include "exchange/cloze.h"
#include "exchange/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str s = {(const char *)bytes, size};
    struct arena arena = {0};
    struct cloze_numbers numbers = {0};
    if (utf8_find_bad(s) != SIZE_MAX)
        return 0;
    cloze_find(s, &numbers);
    for (int number = 1, asked = 0; number <= CLOZE_LAST && asked < 3; number++) {
        if (!cloze_has(&numbers, number))
            continue;
        struct cloze_text text = cloze_open(&arena, s, number);
        must_be_text(text.shown);
        must_be_text(text.filled);
        must_be_text(html_words(&arena, text.shown).text);
        asked++;
    }
    struct html_words words = html_words(&arena, s);
    must_be_text(words.text);
    for (size_t i = 0; i < words.images.count; i++)
        must_be_text(words.images.items[i]);
    must(html_words(&arena, html_escape(&arena, words.text)).active == false);
    arena_finish(&arena);
    return 0;
}
