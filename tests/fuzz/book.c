/* Any bytes as book.yaml: no crash, and names can be added to what is read without an error, so that it is read again
 * and lacks none of them. */
#include "fuzz.h"

#include "decks/book_file.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct buffer once = {0}, twice = {0};
    struct book_file book;
    struct problems problems;
    struct entity items[] = {{.name = STR("Orbex"), .type = ENTITY_ORG}, {.name = STR("Nube 2: \"x\"")}};
    struct entities names = {items, 2, 2};
    struct str source = {(const char *)bytes, size};
    size_t added;
    if (book_file_read(&arena, STR("book.yaml"), source, &book, &problems, NULL) && !problems.errors &&
        book_file_add_names(&arena, STR("book.yaml"), source, STR("A"), STR("es"), &names, &once, &added,
                            NULL)) {
        if (!book_file_add_names(&arena, STR("book.yaml"), buffer_str(&once), STR("A"), STR("es"), &names,
                                 &twice, &added, NULL) ||
            added)
            abort();
    }
    buffer_finish(&once);
    buffer_finish(&twice);
    arena_finish(&arena);
    return 0;
}
