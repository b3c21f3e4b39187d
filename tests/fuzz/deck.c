/* Any bytes are a deck full of problems or a good one; a good one written out reads back, and a neat one stays. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "decks/deck_file.h"

#include <stdlib.h>

static void check_written(struct arena *arena, const struct deck_file *deck)
{
    struct buffer out = {0};
    struct deck_file again;
    struct problems problems;
    deck_write(&out, deck);
    if (!deck_read(arena, (struct str){0}, buffer_str(&out), &again, &problems, NULL))
        abort();
    buffer_finish(&out);
}

static void check_neat(struct arena *arena, struct str bytes)
{
    struct buffer once = {0}, twice = {0};
    if (deck_format(arena, (struct str){0}, bytes, &once, NULL))
        if (!deck_format(arena, (struct str){0}, buffer_str(&once), &twice, NULL) ||
            !str_equal(buffer_str(&once), buffer_str(&twice)))
            abort();
    buffer_finish(&once);
    buffer_finish(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct str text = {(const char *)bytes, size};
    struct deck_file deck;
    struct problems problems;
    if (deck_read(&arena, (struct str){0}, text, &deck, &problems, NULL) && !problems.errors)
        check_written(&arena, &deck);
    check_neat(&arena, text);
    arena_finish(&arena);
    return 0;
}
