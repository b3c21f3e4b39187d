#include "exchange/count.h"

#include "base/arena.h"
#include "base/list.h"

static bool count_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct parcel_counts *counts = self;
    counts->decks++;
    list_push(counts->arena, &counts->all_paths, str_copy(counts->arena, deck->path));
    list_push(counts->arena, &counts->decks_used, false);
    return !counts->next || sink_deck(counts->next, deck, e);
}

static bool count_type(void *self, const struct parcel_type *type, struct error *e)
{
    struct parcel_counts *counts = self;
    counts->types++;
    return !counts->next || sink_type(counts->next, type, e);
}

static bool count_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct parcel_counts *counts = self;
    counts->media++;
    counts->media_bytes += medium->size;
    return !counts->next || sink_medium(counts->next, medium, e);
}

static void keep_preview(struct parcel_counts *counts, const struct card *card)
{
    if (counts->preview.count == PREVIEW_CARDS)
        return;
    list_push(counts->arena, &counts->preview,
              (struct card){.kind = card->kind,
                            .tier = card->tier,
                            .prompt = str_copy(counts->arena, card->prompt),
                            .answer = str_copy(counts->arena, card->answer)});
}

/* Cramming and changes by hand teach a memory nothing. */
static bool is_answer(const struct parcel_review *review)
{
    return review->grade > 0 && !(review->kind == REVIEW_CRAM && review->factor == 0);
}

static void count_card(struct parcel_counts *counts, const struct parcel_card *card)
{
    counts->cards++;
    counts->drafts += card->card.tier == TIER_REVIEW;
    counts->reviews += (long)card->review_count;
    for (size_t i = 0; i < card->review_count; i++)
        counts->answers += is_answer(&card->reviews[i]);
    if (card->deck < counts->decks_used.count && !counts->decks_used.items[card->deck]) {
        counts->decks_used.items[card->deck] = true;
        list_push(counts->arena, &counts->deck_paths, counts->all_paths.items[card->deck]);
    }
    keep_preview(counts, &card->card);
}

static bool count_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct parcel_counts *counts = self;
    counts->notes++;
    list_each (const struct parcel_card, card, &note->cards)
        count_card(counts, card);
    for (size_t i = 0; i < note->tags.count; i++)
        if (!str_list_has(&counts->tags, note->tags.items[i]))
            list_push(counts->arena, &counts->tags, str_copy(counts->arena, note->tags.items[i]));
    return !counts->next || sink_note(counts->next, note, e);
}

struct parcel_sink count_sink(struct parcel_counts *counts)
{
    return (struct parcel_sink){

        .self = counts,
        .wants_bytes = counts->next && counts->next->wants_bytes,
        .deck = count_deck,
        .type = count_type,
        .medium = count_medium,
        .note = count_note};
}
