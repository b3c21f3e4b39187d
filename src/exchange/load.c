#include "exchange/load.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "collection/cards.h"
#include "collection/chapter.h"
#include "collection/deck.h"
#include "collection/import.h"
#include "exchange/html.h"

#include <string.h>

enum { PAGE = 500 }; /* cards read at a time */

/* The native types, in the order in which the sink is given them. */
enum { TYPE_BASIC, TYPE_CLOZE };

struct loading {
    struct collection *collection;
    const struct load_options *options;
    const struct parcel_sink *sink;
    struct load_counts counts;
    struct arena arena; /* of the whole */
    struct arena each;  /* of one page of cards */
    struct deck_rows decks;
    struct str_list media;    /* their hashes, by index */
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

/* A picture or recording, given once; what is no longer there is left out. */
static bool give_medium(struct loading *l, struct str sha256, struct parcel_note *note)
{
    struct str mime, bytes = {0};
    struct error e = {0};
    size_t index = 0;
    if (!sha256.len)
        return true;
    while (index < l->media.count && !str_equal(l->media.items[index], sha256))
        index++;
    if (index == l->media.count) {
        if (sha256.len != 64 || !collection_medium(l->collection, &l->each, sha256, &mime, &bytes, &e))
            return true;
        struct str kind = str_slice(mime, str_find(mime, STR("/"), 0) + 1, mime.len);
        struct parcel_medium medium = {.name =
                                           str_format(&l->arena, "%.*s.%.*s", 16, sha256.ptr, STR_ARG(kind)),
                                       .mime = mime,
                                       .bytes = l->sink->wants_bytes ? bytes : (struct str){0},
                                       .size = bytes.len};
        memcpy(medium.sha256, sha256.ptr, 64);
        list_push(&l->arena, &l->media, str_copy(&l->arena, sha256));
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

static void add_schedule(const struct card_row *row, struct parcel_schedule *ret)
{
    *ret = (struct parcel_schedule){.phase = row->reps == 0 ? PHASE_NEW
                                             : row->step    ? PHASE_LEARN
                                                            : PHASE_REVIEW,
                                    .suspended = row->status == STATUS_SUSPENDED,
                                    .due_at_ms = row->due_at_ms,
                                    .last_at_ms = row->last_at_ms,
                                    .reps = row->reps,
                                    .lapses = row->lapses,
                                    .stability = row->memory.s,
                                    .difficulty = row->memory.d,
                                    .position = row->position};
}

static bool give_card(struct loading *l, int64_t key)
{
    struct card_row row;
    if (!collection_card(l->collection, &l->each, key, &row, l->e))
        return false;
    bool cloze = row.card.kind == CARD_CLOZE;
    struct parcel_card card = {.deck = deck_index(l, row.deck), .card = row.card};
    struct parcel_note note = {.guid = str_copy(&l->each, str_from(row.card.id.text)),
                               .type = cloze ? TYPE_CLOZE : TYPE_BASIC,
                               .tags = row.card.tags};
    add_passage(&card.card, &row.passages);
    if (!l->options->without_progress)
        add_schedule(&row, &card.schedule);
    if (!give_chapter(l, &row) || !give_medium(l, row.card.image, &note) ||
        !give_medium(l, row.card.audio, &note))
        return false;
    list_push(&l->each, &note.fields,
              cloze ? cloze_field(&l->each, &row.card) : html_escape(&l->each, row.card.prompt));
    list_push(&l->each, &note.fields,
              cloze ? html_escape(&l->each, row.card.explanation) : back_field(&l->each, &row.card));
    list_push(&l->each, &note.cards, card);
    l->counts.notes++;
    l->counts.cards++;
    return sink_note(l->sink, &note, l->e);
}

/* The cards of a deck and of those below; all when it is 0. */
static bool give_cards(struct loading *l, int64_t deck)
{
    struct card_filter filter = {.deck = deck, .status = -1, .limit = PAGE};
    struct card_rows rows;
    do {
        rows = (struct card_rows){0};
        arena_reset(&l->each);
        if (!collection_search(l->collection, &l->each, &filter, &rows, l->e))
            return false;
        list_each (const struct card_row, row, &rows)
            if ((row->status != STATUS_DRAFT || l->options->drafts) && !give_card(l, row->key))
                return false;
        filter.offset += PAGE;
    } while (rows.count == PAGE);
    return true;
}

bool parcel_load(struct collection *collection, const struct load_options *options,
                 const struct parcel_sink *sink, struct load_counts *ret, struct error *e)
{
    struct loading l = {.collection = collection, .options = options, .sink = sink, .e = e};
    bool ok = give_decks(&l) && give_types(&l);
    for (size_t i = 0; ok && i < options->deck_count; i++)
        ok = give_cards(&l, options->decks[i]);
    if (ok && options->deck_count == 0)
        ok = give_cards(&l, 0);
    l.counts.decks = (int64_t)l.decks.count;
    arena_finish(&l.each);
    arena_finish(&l.arena);
    if (ok)
        *ret = l.counts;
    return ok;
}
