#include "cards/card.h"

#include "base/buffer.h"

static const char *const kind_names[] = {
    [CARD_DIRECT] = "direct", [CARD_REVERSE] = "reverse",     [CARD_CLOZE] = "cloze", [CARD_ORDER] = "order",
    [CARD_MATCH] = "match",   [CARD_TRUEFALSE] = "truefalse", [CARD_WHY] = "why",
};

struct str card_kind_name(enum card_kind kind)
{
    return str_from(kind_names[kind]);
}

bool card_kind_from(struct str name, enum card_kind *ret)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (str_equal(name, str_from(kind_names[i]))) {
            *ret = (enum card_kind)i;
            return true;
        }
    }
    return false;
}

static void add_key(struct buffer *buffer, const char *key)
{
    if (buffer_str(buffer).ptr[buffer->len - 1] != '{')
        buffer_add_char(buffer, ',');
    buffer_format(buffer, "\"%s\":", key);
}

static void add_text(struct buffer *buffer, const char *key, struct str value)
{
    add_key(buffer, key);
    buffer_add_json(buffer, value);
}

static void add_texts(struct buffer *buffer, const char *key, const struct str_list *values)
{
    add_key(buffer, key);
    buffer_add_char(buffer, '[');
    for (size_t i = 0; i < values->count; i++) {
        if (i)
            buffer_add_char(buffer, ',');
        buffer_add_json(buffer, values->items[i]);
    }
    buffer_add_char(buffer, ']');
}

static void add_source(struct buffer *buffer, const struct source *source)
{
    add_key(buffer, "source");
    buffer_add_char(buffer, '{');
    add_text(buffer, "file", source->file);
    buffer_format(buffer, ",\"line\":%d,\"column\":%d,\"start\":%zu,\"end\":%zu", source->line,
                  source->column, source->start, source->end);
    add_text(buffer, "quote", source->quote);
    buffer_add_char(buffer, '}');
}

void card_add_json(struct buffer *buffer, const struct card *card)
{
    buffer_add_char(buffer, '{');
    add_text(buffer, "id", str_from(card->id.text));
    add_text(buffer, "kind", card_kind_name(card->kind));
    add_text(buffer, "relation", card->relation);
    add_text(buffer, "lang", card->lang);
    add_text(buffer, "prompt", card->prompt);
    add_text(buffer, "answer", card->answer);
    add_texts(buffer, "accepted", &card->accepted);
    add_texts(buffer, "choices", &card->choices);
    add_texts(buffer, "items", &card->items);
    add_text(buffer, "subject", card->subject);
    add_text(buffer, "object", card->object);
    add_text(buffer, "value", card->value);
    add_key(buffer, "confidence");
    buffer_format(buffer, "%.2f", card->confidence);
    add_text(buffer, "tier", card->tier == TIER_AUTO ? STR("auto") : STR("review"));
    add_source(buffer, &card->source);
    buffer_add(buffer, STR("}\n"));
}
