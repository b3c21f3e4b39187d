/* One HTML file that holds its cards, its pictures and its program: it opens anywhere, asks for nothing from the network, and
 * gives the answers back as a file that `repaso sync` reads. The page itself is assets/page/page.html. */
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "exchange/base64.h"
#include "exchange/formats.h"
#include "exchange/page.h"
#include "exchange/text_writer.h"

#include <string.h>

/* A JSON string for a script element: a "<" could end it. */
static void add_string(struct buffer *out, struct str text)
{
    size_t start = out->len;
    buffer_add_json(out, text);
    for (size_t i = start; i < out->len; i++)
        if (out->bytes[i] == '<') {
            struct buffer safe = {0};
            for (size_t j = start; j < out->len; j++)
                if (out->bytes[j] == '<')
                    buffer_add(&safe, STR("\\u003c"));
                else
                    buffer_add_char(&safe, out->bytes[j]);
            out->len = start;
            buffer_add(out, buffer_str(&safe));
            buffer_finish(&safe);
            return;
        }
}

static void add_member(struct buffer *out, const char *key, struct str text)
{
    buffer_format(out, ",\"%s\":", key);
    add_string(out, text);
}

static void add_list(struct buffer *out, const char *key, const struct str_list *texts)
{
    buffer_format(out, ",\"%s\":[", key);
    for (size_t i = 0; i < texts->count; i++) {
        buffer_add(out, i ? STR(",") : STR(""));
        add_string(out, texts->items[i]);
    }
    buffer_add_char(out, ']');
}

static void add_medium(struct buffer *out, const char *key, const struct parcel_medium *medium)
{
    if (medium)
        add_member(out, key, str_from(medium->sha256));
}

static void add_card(struct text_writer *w, const struct parcel_card *parcel)
{
    const struct card *card = &parcel->card;
    struct buffer *out = &w->out;
    buffer_format(out, "%s{\"id\":\"%s\"", out->len ? ",\n" : "", card->id.text);
    add_member(out, "kind", card_kind_name(card->kind));
    add_member(out, "lang", card->lang);
    add_member(out, "deck", parcel->deck < w->decks.count ? w->decks.items[parcel->deck] : (struct str){0});
    add_member(out, "q", card->prompt);
    add_member(out, "a", card->answer);
    add_list(out, "accepted", &card->accepted);
    add_list(out, "choices", &card->choices);
    add_list(out, "items", &card->items);
    add_member(out, "hint", card->hint);
    add_member(out, "why", card->explanation);
    add_member(out, "quote", card->source.quote);
    add_member(out, "file", path_name(card->source.file));
    buffer_format(out, ",\"line\":%d", card->source.line);
    add_medium(out, "image", text_writer_find_medium(w, card->image));
    add_medium(out, "audio", text_writer_find_medium(w, card->audio));
    buffer_add_char(out, '}');
}

static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    struct text_writer *w = writer;
    (void)e;
    list_each (const struct parcel_card, card, &note->cards) {
        if (!w->lang.len)
            w->lang = str_copy(w->arena, card->card.lang);
        add_card(w, card);
    }
    return true;
}

static void add_media(struct text_writer *w, struct buffer *out)
{
    bool first = true;
    list_each (const struct parcel_medium, medium, &w->media) {
        if (!str_starts(medium->mime, STR("image/")) && !str_starts(medium->mime, STR("audio/")))
            continue;
        buffer_format(out, "%s\"%s\":\"data:%.*s;base64,", first ? "" : ",", medium->sha256,
                      STR_ARG(medium->mime));
        base64_add(out, medium->bytes);
        buffer_add_char(out, '"');
        first = false;
    }
}

static struct str deck_json(struct text_writer *w)
{
    struct buffer out = {0};
    char id[65];
    sha256_hex(w->title, id);
    buffer_format(&out, "{\"id\":\"%.16s\"", id);
    add_member(&out, "title", w->title);
    add_member(&out, "lang", w->lang);
    add_member(&out, "file", w->title);
    add_member(&out, "person", w->person);
    buffer_add(&out, STR(",\"cards\":["));
    buffer_add(&out, buffer_str(&w->out));
    buffer_add(&out, STR("],\"media\":{"));
    add_media(w, &out);
    buffer_add(&out, STR("}}"));
    struct str json = str_copy(w->arena, buffer_str(&out));
    buffer_finish(&out);
    return json;
}

static struct str html_safe(struct arena *arena, struct str text)
{
    struct buffer out = {0};
    for (size_t i = 0; i < text.len; i++)
        if (strchr("<>&\"", text.ptr[i]))
            buffer_format(&out, "&#%d;", text.ptr[i]);
        else
            buffer_add_char(&out, text.ptr[i]);
    struct str safe = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return safe;
}

/* The page with what stands between two "@" filled in. */
static void fill_page(struct text_writer *w, struct buffer *out)
{
    bool spanish = str_equal(w->lang, STR("es"));
    const struct {
        const char *mark;
        struct str text;
    } parts[] = {
        {"@LANG@", w->lang.len ? html_safe(w->arena, w->lang) : STR("en")},
        {"@TITLE@", html_safe(w->arena, w->title)},
        {"@NOSCRIPT@", spanish ? STR("Esta página necesita JavaScript; no pide nada a la red.")
                               : STR("This page needs JavaScript; it asks for nothing from the network.")},
        {"@DECK@", deck_json(w)},
    };
    struct str page = {(const char *)embedded_page, embedded_page_size};
    while (page.len) {
        size_t next = page.len, part = sizeof parts / sizeof *parts;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            size_t at = str_find(page, str_from(parts[i].mark), 0);
            if (at < next)
                next = at, part = i;
        }
        buffer_add(out, str_slice(page, 0, next));
        if (part == sizeof parts / sizeof *parts)
            break;
        buffer_add(out, parts[part].text);
        page = str_slice(page, next + strlen(parts[part].mark), page.len);
    }
}

static bool close_page(struct writer *writer, bool ok, struct error *e)
{
    struct text_writer *w = (struct text_writer *)writer;
    struct buffer page = {0};
    if (ok)
        fill_page(w, &page);
    buffer_finish(&w->out);
    w->out = page;
    return text_writer_close(writer, ok, e);
}

const struct write_format write_html = {.name = "html",
                                        .wants_bytes = true,
                                        .open = text_writer_open,
                                        .deck = text_writer_deck,
                                        .medium = text_writer_medium,
                                        .note = add_note,
                                        .close = close_page};
