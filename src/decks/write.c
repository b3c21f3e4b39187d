#include "decks/deck_file.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "yaml/yaml.h"

#include <stdint.h>
#include <string.h>

static void put_text(struct arena *arena, struct yaml_node *mapping, const char *key, struct str text)
{
    if (text.len)
        yaml_put(arena, mapping, str_from(key), yaml_text(arena, text));
}

static void put_texts(struct arena *arena, struct yaml_node *mapping, const char *key,
                      const struct str_list *texts)
{
    if (!texts->count)
        return;
    struct yaml_node *sequence = yaml_sequence(arena);
    for (size_t i = 0; i < texts->count; i++)
        yaml_append(arena, sequence, yaml_text(arena, texts->items[i]));
    yaml_put(arena, mapping, str_from(key), sequence);
}

static void put_source(struct arena *arena, struct yaml_node *mapping, const struct source *source)
{
    if (!source->line || !source->quote.len)
        return;
    struct yaml_node *node = yaml_mapping(arena);
    put_text(arena, node, "file", path_name(source->file));
    put_text(arena, node, "quote", source->quote);
    yaml_put(arena, mapping, STR("source"), node);
}

/* The one gap back between its braces; braces of the text are escaped. */
static struct str cloze_text(struct arena *arena, const struct card *card)
{
    struct buffer out = {0};
    size_t gap = str_find(card->prompt, STR("____"), 0);
    for (size_t i = 0; i < card->prompt.len; i++) {
        char c = card->prompt.ptr[i];
        if (i == gap) {
            buffer_format(&out, "{%.*s}", STR_ARG(card->answer));
            i += 3;
            continue;
        }
        if (c == '{' || c == '}' || c == '\\')
            buffer_add_char(&out, '\\');
        buffer_add_char(&out, c);
    }
    struct str text = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return text;
}

static struct yaml_node *match_node(struct arena *arena, const struct card *card)
{
    static const char arrow[] = " → ";
    struct yaml_node *pairs = yaml_mapping(arena);
    for (size_t i = 0; i < card->items.count; i++) {
        struct str item = card->items.items[i];
        size_t at = str_find(item, STR(" → "), 0);
        if (at != SIZE_MAX)
            yaml_put(arena, pairs, str_slice(item, 0, at),
                     yaml_text(arena, str_slice(item, at + sizeof arrow - 1, item.len)));
    }
    return pairs;
}

static void put_question(struct arena *arena, struct yaml_node *node, const struct card *card)
{
    switch (card->kind) {
    case CARD_CLOZE:
        put_text(arena, node, "cloze", cloze_text(arena, card));
        break;
    case CARD_TRUEFALSE: {
        bool truth = str_equal(card->answer, STR("verdadero")) || str_equal(card->answer, STR("true"));
        put_text(arena, node, truth ? "true" : "false", card->prompt);
        return;
    }
    case CARD_ORDER:
        put_text(arena, node, "q", card->prompt);
        put_texts(arena, node, "order", &card->items);
        return;
    case CARD_MATCH:
        put_text(arena, node, "q", card->prompt);
        yaml_put(arena, node, STR("match"), match_node(arena, card));
        return;
    case CARD_DIRECT:
    case CARD_REVERSE:
    case CARD_WHY:
        put_text(arena, node, "q", card->prompt);
        put_text(arena, node, "a", card->answer);
        break;
    }
    put_texts(arena, node, "accept", &card->accepted);
    put_texts(arena, node, "choices", &card->choices);
}

static struct yaml_node *card_node(struct arena *arena, const struct card *card)
{
    struct yaml_node *node = yaml_mapping(arena);
    put_question(arena, node, card);
    put_text(arena, node, "hint", card->hint);
    put_text(arena, node, "why", card->explanation);
    if (card->image.len)
        put_text(arena, node, "image", path_name(card->image));
    if (card->audio.len)
        put_text(arena, node, "audio", path_name(card->audio));
    put_source(arena, node, &card->source);
    put_texts(arena, node, "tags", &card->tags);
    put_text(arena, node, "id", str_from(card->id.text));
    return node;
}

void deck_write(struct buffer *out, const struct deck_file *deck)
{
    struct arena arena = {0};
    struct yaml_node *root = yaml_mapping(&arena), *cards = yaml_sequence(&arena);
    put_text(&arena, root, "deck", deck->title);
    put_text(&arena, root, "language", deck->lang);
    put_text(&arena, root, "description", deck->description);
    put_text(&arena, root, "author", deck->author);
    put_text(&arena, root, "licence", deck->licence);
    if (!str_equal(deck->id, deck->title))
        put_text(&arena, root, "id", deck->id);
    if (deck->settings.count) {
        struct yaml_node *options = yaml_mapping(&arena);
        list_each (struct deck_setting, setting, &deck->settings)
            yaml_put(&arena, options, setting->name, yaml_plain(&arena, setting->value));
        yaml_put(&arena, root, STR("options"), options);
    }
    list_each (struct card, card, &deck->cards)
        yaml_append(&arena, cards, card_node(&arena, card));
    yaml_put(&arena, root, STR("cards"), cards);
    yaml_write(out, root);
    arena_finish(&arena);
}
