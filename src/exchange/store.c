#include "exchange/store.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/memory.h"
#include "exchange/history.h"

#include <stdlib.h>

struct store {
    struct collection *collection;
    struct importing *import;
    struct moment now;
    struct arena arena; /* of the import */
    struct arena each;  /* of one note */
    struct {
        struct parcel_deck *items;
        size_t count, capacity;
    } decks;
    struct {
        int64_t *items;
        size_t count, capacity;
    } deck_keys, types; /* 0: not made yet, no card has come */
    struct {
        struct parcel_medium *items; /* without bytes */
        size_t count, capacity;
    } media;
    int64_t position;
};

bool store_open(struct collection *collection, const struct import_options *options, struct store **ret,
                struct error *e)
{
    struct importing *import;
    if (!import_begin(collection, options, &import, e))
        return false;
    struct store *store = memory_alloc(sizeof *store);
    *store = (struct store){.collection = collection, .import = import, .now = options->now};
    *ret = store;
    return true;
}

bool store_close(struct store *store, struct arena *arena, bool ok, struct import_report *ret,
                 struct error *e)
{
    if (!store)
        return false;
    ok = import_end(store->import, arena, ok, ret, e);
    arena_finish(&store->each);
    arena_finish(&store->arena);
    free(store);
    return ok;
}

static bool take_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct store *store = self;
    (void)e;
    list_push(
        &store->arena, &store->decks,
        (struct parcel_deck){str_copy(&store->arena, deck->path), str_copy(&store->arena, deck->lang), {0}});
    list_push(&store->arena, &store->deck_keys, 0);
    return true;
}

static void add_texts(struct buffer *out, const char *name, const struct str_list *texts)
{
    buffer_format(out, "\"%s\":[", name);
    for (size_t i = 0; i < texts->count; i++) {
        if (i)
            buffer_add_char(out, ',');
        buffer_add_json(out, texts->items[i]);
    }
    buffer_add_char(out, ']');
}

/* What load.c reads back. */
static void add_type(struct buffer *out, const struct parcel_type *type)
{
    buffer_format(out, "{\"kind\":%d,\"sort\":%d,\"css\":", (int)type->kind, type->sort_field);
    buffer_add_json(out, type->css);
    buffer_add_char(out, ',');
    add_texts(out, "fields", &type->fields);
    buffer_add(out, STR(",\"templates\":["));
    list_each (const struct parcel_template, template, &type->templates) {
        struct str parts[] = {template->name, template->front, template->back};
        const struct str_list list = {parts, 3, 3};
        buffer_add(out, template == type->templates.items ? STR("{") : STR(",{"));
        add_texts(out, "parts", &list);
        buffer_add_char(out, '}');
    }
    buffer_add(out, STR("]}"));
}

static bool take_type(void *self, const struct parcel_type *type, struct error *e)
{
    struct store *store = self;
    struct buffer body = {0};
    int64_t key;
    add_type(&body, type);
    bool ok = import_type(store->import, type->name, buffer_str(&body), &key, e);
    buffer_finish(&body);
    if (ok)
        list_push(&store->arena, &store->types, key);
    return ok;
}

static bool take_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct store *store = self;
    struct parcel_medium kept = *medium;
    kept.name = str_copy(&store->arena, medium->name);
    kept.bytes = (struct str){0};
    list_push(&store->arena, &store->media, kept);
    return import_medium(store->import, str_from(medium->sha256), medium->mime, medium->bytes, e);
}

static struct str note_fields(struct store *store, const struct parcel_note *note)
{
    struct buffer out = {0};
    buffer_add_char(&out, '{');
    add_texts(&out, "fields", &note->fields);
    buffer_add_char(&out, ',');
    add_texts(&out, "tags", &note->tags);
    for (size_t i = 0; i < note->media.count; i++) {
        const struct parcel_medium *medium = &store->media.items[note->media.items[i]];
        buffer_add(&out, i ? STR(",") : STR(",\"media\":{"));
        buffer_add_json(&out, medium->name);
        buffer_format(&out, ":\"%s\"", medium->sha256);
    }
    buffer_add(&out, note->media.count ? STR("}}") : STR("}"));
    struct str copy = str_copy(&store->each, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

/* A deck is made when its first card comes: empty ones would only be in the way. */
static bool find_deck(struct store *store, size_t deck, int64_t *ret, struct error *e)
{
    int64_t *key = &store->deck_keys.items[deck];
    if (*key == 0 &&
        !import_deck(store->import, store->decks.items[deck].path, store->decks.items[deck].lang, key, e))
        return false;
    *ret = *key;
    return true;
}

static bool take_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct store *store = self;
    struct import_note out = {.guid = note->guid,
                              .type = store->types.items[note->type],
                              .fields = note_fields(store, note),
                              .mod_ms = note->mod_ms};
    bool ok = true;
    list_each (const struct parcel_card, card, &note->cards) {
        struct import_card *made = list_add(&store->each, &out.cards);
        int64_t position = card->schedule.position > 0 ? card->schedule.position : store->position;
        *made = (struct import_card){.card = &card->card, .position = position};
        ok = ok && find_deck(store, card->deck, &made->deck, e);
        history_events(&store->each, store->collection, card, store->now, made);
        store->position++;
    }
    ok = ok && import_note(store->import, &out, e);
    arena_reset(&store->each);
    return ok;
}

struct parcel_sink store_sink(struct store *store)
{
    return (struct parcel_sink){.self = store,
                                .wants_bytes = true,
                                .deck = take_deck,
                                .type = take_type,
                                .medium = take_medium,
                                .note = take_note};
}

/* The whole */

static bool read_into(struct arena *arena, const struct store_file *file, const struct parcel_sink *next,
                      struct stored *ret, struct error *e)
{
    ret->counts = (struct parcel_counts){.arena = arena, .next = next};
    struct parcel_sink sink = count_sink(&ret->counts);
    return file->path ? parcel_read(arena, file->path, &file->read, &sink, &ret->read, e)
                      : parcel_read_text(arena, file->text, &file->read, &sink, &ret->read, e);
}

static bool hash_source(const struct store_file *file, char ret[65], struct error *e)
{
    if (file->path)
        return sha256_file(file->path, ret, e);
    sha256_hex(file->text, ret);
    return true;
}

bool store_file(struct collection *collection, struct arena *arena, const struct store_file *file,
                struct stored *ret, struct error *e)
{
    struct stored stored = {0};
    struct store *store;
    char sha[65];
    if (!collection) {
        bool ok = read_into(arena, file, NULL, &stored, e);
        if (ok)
            *ret = stored;
        return ok;
    }
    if (!hash_source(file, sha, e))
        return false;
    const struct import_options options = {.file =
                                               file->path ? path_name(str_from(file->path)) : (struct str){0},
                                           .sha256 = str_from(sha),
                                           .program = file->program,
                                           .now = file->now,
                                           .dry_run = file->dry_run};
    if (!store_open(collection, &options, &store, e))
        return false;
    struct parcel_sink sink = store_sink(store);
    bool ok = read_into(arena, file, &sink, &stored, e);
    ok = store_close(store, arena, ok, &stored.import, e);
    if (ok)
        *ret = stored;
    return ok;
}
