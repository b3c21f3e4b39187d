/* A sink that writes what it is given as text, one card a line, for tests to compare. */
#ifndef REPASO_TESTS_EXCHANGE_DUMP_H
#define REPASO_TESTS_EXCHANGE_DUMP_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "exchange/parcel.h"
#include "exchange/read.h"

struct dump {
    struct arena arena;
    struct buffer out;
    struct str_list decks;
    int notes, cards, media;
};

static inline void dump_list(struct buffer *out, const char *before, const struct str_list *list,
                             const char *after)
{
    for (size_t i = 0; i < list->count; i++)
        buffer_format(out, "%s%.*s", i ? "; " : before, STR_ARG(list->items[i]));
    if (list->count)
        buffer_add(out, str_from(after));
}

static inline bool dump_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct dump *dump = self;
    (void)e;
    list_push(&dump->arena, &dump->decks, str_copy(&dump->arena, deck->path));
    return true;
}

/* "deck: prompt → answer {also accepted} [choices] (why) #tags" */
static inline bool dump_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct dump *dump = self;
    (void)e;
    dump->notes++;
    list_each (struct parcel_card, each, &note->cards) {
        const struct card *card = &each->card;
        dump->cards++;
        buffer_format(&dump->out, "%.*s: %.*s → %.*s", STR_ARG(dump->decks.items[each->deck]),
                      STR_ARG(card->prompt), STR_ARG(card->answer));
        dump_list(&dump->out, " {", &card->accepted, "}");
        dump_list(&dump->out, " [", &card->choices, "]");
        if (card->explanation.len)
            buffer_format(&dump->out, " (%.*s)", STR_ARG(card->explanation));
        if (card->hint.len)
            buffer_format(&dump->out, " ?%.*s", STR_ARG(card->hint));
        if (card->tier == TIER_REVIEW)
            buffer_add(&dump->out, STR(" draft"));
        dump_list(&dump->out, " #", &note->tags, "");
        buffer_add_char(&dump->out, '\n');
    }
    return true;
}

static inline bool dump_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct dump *dump = self;
    (void)medium;
    (void)e;
    dump->media++;
    return true;
}

static inline struct parcel_sink dump_sink(struct dump *dump)
{
    return (struct parcel_sink){.self = dump, .deck = dump_deck, .note = dump_note, .medium = dump_medium};
}

static inline void dump_finish(struct dump *dump)
{
    buffer_finish(&dump->out);
    arena_finish(&dump->arena);
}

/* Everything in order, for one comparison: the cards, then what was noticed ("12×2": kind 12 two times). */
static inline struct str dump_text(struct dump *dump, const char *text, const char *deck)
{
    struct read_options options = {.deck = str_from(deck)};
    struct parcel_sink sink = dump_sink(dump);
    struct read_report report;
    struct error e = {0};
    if (!parcel_read_text(&dump->arena, str_from(text), &options, &sink, &report, &e)) {
        buffer_format(&dump->out, "line %d: %s", e.line, e.text);
        return buffer_str(&dump->out);
    }
    for (int i = 0; i < NOTICE_KINDS; i++)
        if (report.notices.items[i].count)
            buffer_format(&dump->out, "! %.*s\n",
                          STR_ARG(notice_text(&dump->arena, &report.notices.items[i])));
    return buffer_str(&dump->out);
}

#endif
