/* JSON Lines: the card line of `repaso generate`, with what only a collection knows behind it. */
#include "base/list.h"
#include "exchange/formats.h"
#include "exchange/text_writer.h"

static void add_list(struct buffer *out, const char *key, const struct str_list *texts)
{
    buffer_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < texts->count; i++) {
        buffer_add(out, i ? STR(",") : STR(""));
        buffer_add_json(out, texts->items[i]);
    }
    buffer_add_char(out, ']');
}

static void add_text(struct buffer *out, const char *key, struct str text)
{
    buffer_format(out, ",\"%s\":", key);
    buffer_add_json(out, text);
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    struct text_writer *w = writer;
    (void)e;
    list_each (const struct parcel_card, card, &note->cards) {
        card_add_json(&w->out, &card->card);
        w->out.len -= 2; /* the brace and the line end: the line goes on */
        add_text(&w->out, "deck", card->deck < w->decks.count ? w->decks.items[card->deck] : (struct str){0});
        add_text(&w->out, "hint", card->card.hint);
        add_text(&w->out, "explanation", card->card.explanation);
        add_list(&w->out, "tags", &card->card.tags);
        buffer_format(&w->out, ",\"reps\":%d,\"lapses\":%d,\"due_ms\":%lld}\n", card->schedule.reps,
                      card->schedule.lapses, (long long)card->schedule.due_at_ms);
    }
    return true;
}

const struct write_format write_jsonl = {.name = "jsonl",
                                         .open = text_writer_open,
                                         .deck = text_writer_deck,
                                         .note = add_note,
                                         .close = text_writer_close};
