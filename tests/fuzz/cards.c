/* Any bytes as a chapter, all the way to its cards: no crash, and no card that the lints would block. */
#include "fuzz.h"

#include "cards/card.h"
#include "facts/facts.h"
#include "questions/questions.h"

#include "base/arena.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct document doc;
    struct facts facts;
    struct cards cards = {0};
    struct str source = {(const char *)bytes, size};
    if (document_parse(&arena, STR("chapter.md"), source, (struct str){0}, &doc, NULL) &&
        facts_find(&arena, &doc, NULL, NULL, &facts, NULL) &&
        questions_write(&arena, &doc, &facts, &(struct questions_options){0}, &cards, NULL))
        for (size_t i = 0; i < cards.count; i++)
            if (!cards.items[i].prompt.len || !cards.items[i].answer.len || !cards.items[i].source.line)
                abort();
    arena_finish(&arena);
    return 0;
}
