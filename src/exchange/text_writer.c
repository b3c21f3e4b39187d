#include "exchange/text_writer.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool text_writer_open(const struct write_options *options, struct writer **ret, struct error *e)
{
    (void)e;
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        abort();
    struct text_writer *w = arena_new(arena, struct text_writer);
    w->arena = arena;
    w->path = str_copy(arena, str_from(options->path));
    w->title = str_copy(arena, options->title);
    w->person = str_copy(arena, options->person);
    w->deck = SIZE_MAX;
    *ret = (struct writer *)w;
    return true;
}

bool text_writer_deck(void *writer, const struct parcel_deck *deck, struct error *e)
{
    struct text_writer *w = writer;
    (void)e;
    list_push(w->arena, &w->decks, str_copy(w->arena, deck->path));
    return true;
}

bool text_writer_medium(void *writer, const struct parcel_medium *medium, struct error *e)
{
    struct text_writer *w = writer;
    struct parcel_medium copy = *medium;
    (void)e;
    copy.name = str_copy(w->arena, medium->name);
    copy.mime = str_copy(w->arena, medium->mime);
    copy.bytes = str_copy(w->arena, medium->bytes);
    list_push(w->arena, &w->media, copy);
    return true;
}

bool text_writer_close(struct writer *writer, bool ok, struct error *e)
{
    struct text_writer *w = (struct text_writer *)writer;
    struct arena *arena = w->arena;
    ok = ok && file_write(w->path.ptr, buffer_str(&w->out), e);
    buffer_finish(&w->out);
    arena_finish(arena);
    free(arena);
    return ok;
}

void text_writer_cards(struct text_writer *writer, const struct parcel_note *note,
                       void (*add_deck)(struct text_writer *writer, struct str path),
                       void (*add_card)(struct text_writer *writer, const struct card *card))
{
    list_each (const struct parcel_card, card, &note->cards) {
        if (card->deck != writer->deck && card->deck < writer->decks.count) {
            writer->deck = card->deck;
            add_deck(writer, writer->decks.items[card->deck]);
        }
        add_card(writer, &card->card);
    }
}

const struct parcel_medium *text_writer_find_medium(const struct text_writer *writer, struct str image)
{
    list_each (struct parcel_medium, medium, &writer->media)
        if (image.len && (str_equal(image, medium->name) || str_ends(image, str_from(medium->sha256))))
            return medium;
    return NULL;
}

struct str_list list_copy(struct arena *arena, const struct str_list *list)
{
    struct str_list copy = {0};
    for (size_t i = 0; i < list->count; i++)
        list_push(arena, &copy, str_copy(arena, list->items[i]));
    return copy;
}

struct str feedback_text(struct arena *arena, const struct card *card)
{
    bool spanish = str_equal(card->lang, STR("es"));
    struct str text = card->explanation;
    if (!card->source.quote.len)
        return text;
    text = str_format(arena, "%.*s%s%s%.*s%s", STR_ARG(text), text.len ? "\n" : "", spanish ? "«" : "“",
                      STR_ARG(card->source.quote), spanish ? "»" : "”");
    if (card->source.file.len)
        text = str_format(arena, "%.*s (%.*s:%d)", STR_ARG(text), STR_ARG(path_name(card->source.file)),
                          card->source.line);
    return text;
}

struct str short_title(struct arena *arena, struct str prompt, size_t letters)
{
    size_t at = 0, blank = 0;
    while (at < prompt.len && letters--) {
        if (prompt.ptr[at] == ' ' || prompt.ptr[at] == '\n')
            blank = at;
        utf8_next(prompt, &at);
    }
    if (at == prompt.len)
        return prompt;
    return str_format(arena, "%.*s…", STR_ARG(str_slice(prompt, 0, blank ? blank : at)));
}

bool item_pair(struct arena *arena, const struct card *card, size_t index, struct str *ret_left,
               struct str *ret_right)
{
    static const char arrow[] = " → ";
    struct str item = card->items.items[index];
    size_t at = str_find(item, str_from(arrow), 0);
    if (card->kind == CARD_ORDER) {
        *ret_left = str_format(arena, "%zu", index + 1);
        *ret_right = item;
        return true;
    }
    if (at == SIZE_MAX)
        return false;
    *ret_left = str_slice(item, 0, at);
    *ret_right = str_slice(item, at + sizeof arrow - 1, item.len);
    return true;
}

void add_category_path(struct buffer *out, struct str path)
{
    buffer_add(out, STR("$course$/top/"));
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == ':' && i + 1 < path.len && path.ptr[i + 1] == ':') {
            buffer_add_char(out, '/');
            i++;
        } else {
            buffer_format(out, "%s%c", path.ptr[i] == '/' ? "/" : "", path.ptr[i]);
        }
    }
}
