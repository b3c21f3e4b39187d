#include "exchange/load.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "cards/medium.h"
#include "collection/cards.h"
#include "collection/chapter.h"
#include "collection/deck.h"
#include "collection/export.h"
#include "collection/import.h"
#include "exchange/history.h"
#include "exchange/html.h"

#include <string.h>

/* The native types, in the order in which the sink is given them. */
enum { TYPE_BASIC, TYPE_CLOZE, TYPE_IMPORTED };

struct loading {
    struct collection *collection;
    const struct load_options *options;
    const struct parcel_sink *sink;
    struct load_counts counts;
    struct arena arena; /* of the whole */
    struct arena each;  /* of one note */
    struct deck_rows decks;
    struct str_list media; /* their hashes and names, by index */
    struct {
        int64_t *items;
        size_t count, capacity;
    } types; /* of imported notes: their keys, in the order given, behind the native ones */
    struct {
        struct fsrs_params params;
        int64_t deck; /* whose they are; 0: none yet */
    } model;
    struct str_list chapters; /* their paths, those given */
    struct error *e;
};

static bool give_decks(struct loading *l)
{
    if (!collection_decks(l->collection, &l->arena, l->options->now, &l->decks, l->e))
        return false;
    list_each (const struct deck_row, deck, &l->decks)
        if (!sink_deck(l->sink, &(struct parcel_deck){.path = deck->path, .lang = deck->lang}, l->e))
            return false;
    return true;
}

static bool give_types(struct loading *l)
{
    struct parcel_type basic = parcel_native_type(&l->arena, KIND_BASIC);
    struct parcel_type cloze = parcel_native_type(&l->arena, KIND_CLOZE);
    return sink_type(l->sink, &basic, l->e) && sink_type(l->sink, &cloze, l->e);
}

static size_t deck_index(const struct loading *l, int64_t key)
{
    size_t i = 0;
    while (i < l->decks.count && l->decks.items[i].key != key)
        i++;
    return i;
}

/* What a card calls a medium of the collection: "media:" and its hash. */
static struct str hash_of(struct str reference)
{
    bool prefixed = str_starts(reference, STR(MEDIUM_KEPT));
    return prefixed ? str_slice(reference, sizeof MEDIUM_KEPT - 1, reference.len) : reference;
}

/* A name for a medium that has none. */
static struct str name_of(struct loading *l, struct str sha256, struct str mime)
{
    size_t slash = str_find(mime, STR("/"), 0);
    struct str kind = str_slice(mime, slash == SIZE_MAX ? 0 : slash + 1, mime.len);
    return str_format(&l->arena, "%.16s.%.*s", sha256.ptr, STR_ARG(kind));
}

/* A picture or recording, given once under each of its names; what is no longer there is left out. */
static bool give_medium(struct loading *l, struct str name, struct str sha256, struct parcel_note *note)
{
    struct str mime, bytes = {0}, key = str_format(&l->each, "%.*s %.*s", STR_ARG(sha256), STR_ARG(name));
    struct error e = {0};
    size_t index = 0;
    if (sha256.len != 64)
        return true;
    while (index < l->media.count && !str_equal(l->media.items[index], key))
        index++;
    if (index == l->media.count) {
        if (!collection_medium(l->collection, &l->each, sha256, &mime, &bytes, &e))
            return true;
        struct parcel_medium medium = {.name = name.len ? name : name_of(l, sha256, mime),
                                       .mime = mime,
                                       .bytes = l->sink->wants_bytes ? bytes : (struct str){0},
                                       .size = bytes.len};
        memcpy(medium.sha256, sha256.ptr, 64);
        list_push(&l->arena, &l->media, str_copy(&l->arena, key));
        l->counts.media++;
        if (!sink_medium(l->sink, &medium, l->e))
            return false;
    }
    list_push(&l->each, &note->media, index);
    return true;
}

/* "before {{c1::answer}} after" */
static struct str cloze_field(struct arena *arena, const struct card *card)
{
    size_t gap = str_find(card->prompt, STR("____"), 0);
    if (gap == SIZE_MAX)
        gap = card->prompt.len;
    struct str rest =
        gap == card->prompt.len ? (struct str){0} : str_slice(card->prompt, gap + 4, card->prompt.len);
    return str_format(arena, "%.*s{{c1::%.*s%s%.*s}}%.*s",
                      STR_ARG(html_escape(arena, str_slice(card->prompt, 0, gap))),
                      STR_ARG(html_escape(arena, card->answer)), card->hint.len ? "::" : "",
                      STR_ARG(html_escape(arena, card->hint)), STR_ARG(html_escape(arena, rest)));
}

/* The parts of an order or a match one a line. */
static struct str back_field(struct arena *arena, const struct card *card)
{
    struct str back = html_escape(arena, card->answer);
    for (size_t i = 0; i < card->items.count; i++)
        back = str_format(arena, "%.*s%s%.*s", i ? (int)back.len : 0, back.ptr, i ? "<br>" : "",
                          STR_ARG(html_escape(arena, card->items.items[i])));
    return back;
}

static void add_passage(struct card *card, const struct passages *passages)
{
    if (!passages->count)
        return;
    const struct passage *passage = &passages->items[0];
    card->source = (struct source){.file = passage->path,
                                   .line = passage->line,
                                   .column = passage->column,
                                   .start = passage->start,
                                   .end = passage->end,
                                   .quote = passage->text};
}

/* The chapter that a card quotes, given once. */
static bool give_chapter(struct loading *l, const struct card_row *row)
{
    struct chapter_row chapter;
    struct error e = {0};
    if (!l->sink->chapter || !row->passages.count || str_list_has(&l->chapters, row->passages.items[0].path))
        return true;
    list_push(&l->arena, &l->chapters, str_copy(&l->arena, row->passages.items[0].path));
    if (!collection_chapter(l->collection, &l->each, 0, row->key, &chapter, &e) || !chapter.source.len)
        return true; /* an authored deck is a chapter of its own, without a text */
    const struct parcel_chapter given = {path_name(chapter.path), chapter.source, chapter.lang};
    return sink_chapter(l->sink, &given, l->e);
}

/* The interval at which nine of ten are remembered is what stability means to others, whatever the model here. */
static double stability_of(struct loading *l, const struct card_row *row)
{
    if (!(row->memory.s > 0) || row->algorithm == ALGORITHM_FSRS6)
        return row->memory.s;
    if (l->model.deck != row->deck && collection_params(l->collection, row->deck, &l->model.params, NULL))
        l->model.deck = row->deck;
    return l->model.params.algorithm == row->algorithm ? fsrs_interval(&l->model.params, row->memory, 0.9)
                                                       : row->memory.s;
}

static void add_schedule(struct loading *l, const struct card_row *row, struct parcel_schedule *ret)
{
    double days =
        row->due_at_ms > row->last_at_ms ? (double)(row->due_at_ms - row->last_at_ms) / 86400000 : 0;
    *ret = (struct parcel_schedule){.phase = row->memory.s == 0 ? PHASE_NEW
                                             : row->step        ? PHASE_LEARN
                                                                : PHASE_REVIEW,
                                    .suspended = row->status == STATUS_SUSPENDED,
                                    .buried = row->buried_until_ms > l->options->now.at_ms,
                                    .due_at_ms = row->due_at_ms,
                                    .last_at_ms = row->last_at_ms,
                                    .interval_days = row->last_at_ms > 0 ? days : 0,
                                    .reps = row->reps,
                                    .lapses = row->lapses,
                                    .stability = stability_of(l, row),
                                    .difficulty = row->memory.d,
                                    .position = row->position};
}

static bool add_log(struct loading *l, const struct card_row *row, struct parcel_card *card)
{
    if (l->options->without_progress)
        return true;
    add_schedule(l, row, &card->schedule);
    if (!history_reviews(&l->each, l->collection, str_from(row->card.id.text), &card->reviews,
                         &card->review_count, l->e))
        return false;
    l->counts.reviews += (int64_t)card->review_count;
    return true;
}

/* A card of a chapter or of our own decks: a note by itself, of a native type. */
static bool give_own(struct loading *l, const struct card_row *row)
{
    bool cloze = row->card.kind == CARD_CLOZE;
    struct parcel_card card = {.deck = deck_index(l, row->deck), .card = row->card};
    struct parcel_note note = {.guid = str_copy(&l->each, str_from(row->card.id.text)),
                               .type = cloze ? TYPE_CLOZE : TYPE_BASIC,
                               .tags = row->card.tags};
    add_passage(&card.card, &row->passages);
    if (!add_log(l, row, &card) || !give_chapter(l, row) ||
        !give_medium(l, (struct str){0}, hash_of(row->card.image), &note) ||
        !give_medium(l, (struct str){0}, hash_of(row->card.audio), &note))
        return false;
    list_push(&l->each, &note.fields,
              cloze ? cloze_field(&l->each, &row->card) : html_escape(&l->each, row->card.prompt));
    list_push(&l->each, &note.fields,
              cloze ? html_escape(&l->each, row->card.explanation) : back_field(&l->each, &row->card));
    list_push(&l->each, &note.cards, card);
    l->counts.notes++;
    l->counts.cards++;
    return sink_note(l->sink, &note, l->e);
}

/* The index of an imported note's type, which is given when its first note comes. */
static bool find_type(struct loading *l, int64_t key, size_t *ret)
{
    struct export_type found;
    size_t index = 0;
    while (index < l->types.count && l->types.items[index] != key)
        index++;
    *ret = TYPE_IMPORTED + index;
    if (index < l->types.count)
        return true;
    if (!export_type(l->collection, &l->arena, key, &found, l->e))
        return false;
    struct parcel_type type = {.name = found.name,
                               .css = found.css,
                               .kind = (enum parcel_kind)found.kind,
                               .fields = found.fields,
                               .sort_field = found.sort_field};
    for (size_t i = 0; i + 2 < found.templates.count; i += 3)
        list_push(&l->arena, &type.templates,
                  (struct parcel_template){found.templates.items[i], found.templates.items[i + 1],
                                           found.templates.items[i + 2]});
    list_push(&l->arena, &l->types, key);
    return sink_type(l->sink, &type, l->e);
}

/* The fields as they came, and the cards that were made of them. `count` keys of one note. */
static bool give_imported(struct loading *l, const struct export_key *keys, size_t count)
{
    struct export_note found;
    struct parcel_note note = {0};
    if (!export_note(l->collection, &l->each, keys[0].note, &found, l->e) ||
        !find_type(l, found.type, &note.type))
        return false;
    note.guid = found.guid;
    note.mod_ms = found.mod_ms;
    note.fields = found.fields;
    note.tags = found.tags;
    for (size_t i = 0; i < found.media_names.count; i++)
        if (!give_medium(l, found.media_names.items[i], found.media_sha256.items[i], &note))
            return false;
    for (size_t i = 0; i < count; i++) {
        struct card_row row;
        if (!collection_card(l->collection, &l->each, keys[i].card, &row, l->e))
            return false;
        struct parcel_card card = {.ordinal = parcel_ordinal(note.guid, str_from(row.card.id.text)),
                                   .deck = deck_index(l, row.deck),
                                   .card = row.card};
        if (!add_log(l, &row, &card))
            return false;
        list_push(&l->each, &note.cards, card);
    }
    l->counts.notes++;
    l->counts.cards += (int64_t)count;
    return sink_note(l->sink, &note, l->e);
}

static bool give_next(struct loading *l, const struct export_key *keys, size_t count)
{
    struct card_row row;
    if (keys[0].note)
        return give_imported(l, keys, count);
    return collection_card(l->collection, &l->each, keys[0].card, &row, l->e) && give_own(l, &row);
}

static bool give_cards(struct loading *l)
{
    struct export_keys keys;
    const struct load_options *options = l->options;
    enum export_drafts drafts = options->drafts        ? DRAFTS_ALL
                                : options->whole_notes ? DRAFTS_IMPORTED
                                                       : DRAFTS_NONE;
    if (!export_keys(l->collection, &l->arena, options->decks, options->deck_count, drafts, &keys, l->e))
        return false;
    for (size_t i = 0, end; i < keys.count; i = end) {
        for (end = i + 1;
             end < keys.count && keys.items[i].note && keys.items[end].note == keys.items[i].note;)
            end++;
        if (!give_next(l, &keys.items[i], end - i))
            return false;
        arena_reset(&l->each);
    }
    return true;
}

bool parcel_load(struct collection *collection, const struct load_options *options,
                 const struct parcel_sink *sink, struct load_counts *ret, struct error *e)
{
    struct loading l = {.collection = collection, .options = options, .sink = sink, .e = e};
    if (!export_begin(collection, e))
        return false;
    bool ok = give_decks(&l) && give_types(&l) && give_cards(&l);
    export_end(collection);
    l.counts.decks = (int64_t)l.decks.count;
    arena_finish(&l.each);
    arena_finish(&l.arena);
    if (ok)
        *ret = l.counts;
    return ok;
}
