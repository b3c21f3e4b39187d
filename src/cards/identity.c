#include "cards/identity.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "text/text.h"

#include <stdlib.h>

static int compare_parts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* role=name, folded, sorted: the order in which a prompt names its roles is wording, not identity. */
static void add_parts(struct buffer *buffer, struct arena *arena, const struct key *key)
{
    struct str *parts = arena_array(arena, key->count, sizeof *parts);
    for (size_t i = 0; i < key->count; i++) {
        struct str name = text_fold_key(arena, key->items[i].name);
        parts[i] = str_format(arena, "%.*s=%.*s", STR_ARG(key->items[i].role), STR_ARG(name));
    }
    qsort(parts, key->count, sizeof *parts, compare_parts);
    for (size_t i = 0; i < key->count; i++) {
        if (i)
            buffer_add_char(buffer, '\x1F');
        buffer_add(buffer, parts[i]);
    }
}

static void add_field(struct buffer *buffer, struct str field)
{
    buffer_add(buffer, field);
    buffer_add_char(buffer, '\0');
}

struct card_id identity_of(struct str scope, struct str relation, struct str asked, const struct key *key,
                           int ordinal)
{
    struct arena arena = {0};
    struct buffer buffer = {0};
    add_field(&buffer, STR("v1"));
    add_field(&buffer, text_fold_key(&arena, scope));
    add_field(&buffer, relation);
    add_field(&buffer, asked);
    add_parts(&buffer, &arena, key);
    buffer_add_char(&buffer, '\0');
    buffer_format(&buffer, "%d", ordinal);
    struct card_id id;
    identity_hash(buffer_str(&buffer), id.text);
    buffer_finish(&buffer);
    arena_finish(&arena);
    return id;
}

struct card_id identity_of_question(struct str deck, struct str question)
{
    struct arena arena = {0};
    struct buffer buffer = {0};
    add_field(&buffer, STR("deck"));
    add_field(&buffer, deck);
    buffer_add(&buffer, text_fold_key(&arena, question));
    struct card_id id;
    identity_hash(buffer_str(&buffer), id.text);
    buffer_finish(&buffer);
    arena_finish(&arena);
    return id;
}
