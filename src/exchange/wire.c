#include "exchange/wire.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "exchange/media.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum record { RECORD_DECK = 1, RECORD_TYPE, RECORD_MEDIUM, RECORD_NOTE, RECORD_REPORT, RECORD_ERROR };

enum { HEADER = 5, FLUSH_AT = 64 << 10, LIST_MAX = 1 << 20 };
#define RECORD_SIZE (MEDIUM_SIZE + (1 << 20))

/* One record on its way in or out: the same function describes both, so they cannot differ. */
struct wire {
    struct buffer *out; /* writing; NULL: reading */
    struct str in;
    size_t at;
    bool bad;
    struct arena *arena; /* of lists, when reading */
};

static void pass_bytes(struct wire *w, void *bytes, size_t len)
{
    if (w->out) {
        buffer_add(w->out, (struct str){bytes, len});
    } else if (w->bad || w->in.len - w->at < len) {
        w->bad = true;
    } else {
        memcpy(bytes, w->in.ptr + w->at, len);
        w->at += len;
    }
}

static void pass_int64(struct wire *w, int64_t *value)
{
    pass_bytes(w, value, sizeof *value);
}

static void pass_int(struct wire *w, int *value)
{
    int64_t wide = *value;
    pass_int64(w, &wide);
    w->bad |= wide < INT32_MIN || wide > INT32_MAX;
    *value = (int)wide;
}

static void pass_size(struct wire *w, size_t *value)
{
    int64_t wide = (int64_t)*value;
    pass_int64(w, &wide);
    w->bad |= wide < 0;
    *value = (size_t)wide;
}

static void pass_bool(struct wire *w, bool *value)
{
    int number = *value;
    pass_int(w, &number);
    *value = number != 0;
}

static void pass_real(struct wire *w, double *value)
{
    pass_bytes(w, value, sizeof *value);
}

static void pass_blob(struct wire *w, struct str *s)
{
    size_t len = s->len;
    pass_size(w, &len);
    if (w->out) {
        buffer_add(w->out, *s);
    } else if (w->bad || w->in.len - w->at < len) {
        w->bad = true;
    } else {
        *s = str_slice(w->in, w->at, w->at + len);
        w->at += len;
    }
}

static void pass_text(struct wire *w, struct str *s)
{
    pass_blob(w, s);
    if (!w->out && !w->bad)
        w->bad = utf8_find_bad(*s) != SIZE_MAX || (s->len && memchr(s->ptr, 0, s->len));
}

/* How many items a list has; those that are read are made room for by the caller. */
static size_t pass_count(struct wire *w, size_t count)
{
    pass_size(w, &count);
    w->bad |= !w->out && (count > LIST_MAX || count > w->in.len - w->at);
    return w->bad ? 0 : count;
}

static void pass_texts(struct wire *w, struct str_list *list)
{
    size_t count = pass_count(w, list->count);
    if (!w->out)
        *list = (struct str_list){0};
    for (size_t i = 0; i < count && !w->bad; i++) {
        struct str text = w->out ? list->items[i] : (struct str){0};
        pass_text(w, &text);
        if (!w->out)
            list_push(w->arena, list, text);
    }
}

static void pass_deck(struct wire *w, struct parcel_deck *deck)
{
    pass_text(w, &deck->path);
    pass_text(w, &deck->lang);
    pass_text(w, &deck->description);
}

static void pass_type(struct wire *w, struct parcel_type *type)
{
    int kind = (int)type->kind;
    pass_text(w, &type->name);
    pass_text(w, &type->css);
    pass_int(w, &kind);
    pass_int(w, &type->sort_field);
    pass_texts(w, &type->fields);
    w->bad |= kind < 0 || kind > KIND_OTHER;
    type->kind = (enum parcel_kind)kind;
    size_t count = pass_count(w, type->templates.count);
    for (size_t i = 0; i < count && !w->bad; i++) {
        struct parcel_template template = w->out ? type->templates.items[i] : (struct parcel_template){0};
        pass_text(w, &template.name);
        pass_text(w, &template.front);
        pass_text(w, &template.back);
        if (!w->out)
            list_push(w->arena, &type->templates, template);
    }
}

static void pass_medium(struct wire *w, struct parcel_medium *medium)
{
    pass_text(w, &medium->name);
    pass_bytes(w, medium->sha256, sizeof medium->sha256);
    pass_text(w, &medium->mime);
    pass_size(w, &medium->size);
    pass_blob(w, &medium->bytes);
    if (!w->out && !w->bad)
        w->bad = medium->sha256[64] != 0 || strspn(medium->sha256, "0123456789abcdef") != 64;
}

static void pass_card_text(struct wire *w, struct card *card)
{
    int kind = (int)card->kind, tier = (int)card->tier;
    struct str *const texts[] = {&card->lang, &card->prompt, &card->answer,      &card->doubt,
                                 &card->hint, &card->image,  &card->explanation, &card->audio};
    pass_bytes(w, card->id.text, sizeof card->id.text);
    pass_int(w, &kind);
    pass_int(w, &tier);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        pass_text(w, texts[i]);
    pass_texts(w, &card->accepted);
    pass_texts(w, &card->choices);
    pass_texts(w, &card->items);
    w->bad |= kind < 0 || kind > CARD_WHY || tier < 0 || tier > TIER_REVIEW;
    card->kind = (enum card_kind)kind;
    card->tier = (enum card_tier)tier;
    card->confidence = 1;
    if (!w->out && !w->bad)
        w->bad = card->id.text[26] != 0 || strspn(card->id.text, "abcdefghijklmnopqrstuvwxyz234567") != 26;
}

static void pass_schedule(struct wire *w, struct parcel_schedule *s)
{
    int phase = (int)s->phase;
    int64_t *const times[] = {&s->due_at_ms, &s->last_at_ms, &s->position};
    double *const reals[] = {&s->interval_days, &s->stability, &s->difficulty, &s->retention, &s->decay};
    int *const ints[] = {&phase, &s->ease, &s->reps, &s->lapses, &s->flag};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        pass_int64(w, times[i]);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        pass_real(w, reals[i]);
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
        pass_int(w, ints[i]);
    pass_bool(w, &s->suspended);
    pass_bool(w, &s->buried);
    w->bad |= phase < 0 || phase > PHASE_RELEARN;
    s->phase = (enum parcel_phase)phase;
}

static void pass_review(struct wire *w, struct parcel_review *review)
{
    pass_int64(w, &review->at_ms);
    pass_int(w, &review->grade);
    pass_int(w, &review->kind);
    pass_int(w, &review->interval);
    pass_int(w, &review->last_interval);
    pass_int(w, &review->factor);
    pass_int(w, &review->ms);
    w->bad |= review->grade < 0 || review->grade > 4 || review->kind < 0 || review->kind > REVIEW_RESCHEDULED;
}

static void pass_card(struct wire *w, struct parcel_card *card)
{
    struct {
        struct parcel_review *items;
        size_t count, capacity;
    } reviews = {0};
    pass_int(w, &card->ordinal);
    pass_size(w, &card->deck);
    pass_card_text(w, &card->card);
    pass_schedule(w, &card->schedule);
    size_t count = pass_count(w, card->review_count);
    for (size_t i = 0; i < count && !w->bad; i++) {
        struct parcel_review review = w->out ? card->reviews[i] : (struct parcel_review){0};
        pass_review(w, &review);
        if (!w->out)
            list_push(w->arena, &reviews, review);
    }
    if (w->out)
        return;
    card->reviews = reviews.items;
    card->review_count = reviews.count;
}

static void pass_note(struct wire *w, struct parcel_note *note)
{
    pass_text(w, &note->guid);
    pass_size(w, &note->type);
    pass_int64(w, &note->mod_ms);
    pass_texts(w, &note->fields);
    pass_texts(w, &note->tags);
    size_t cards = pass_count(w, note->cards.count);
    for (size_t i = 0; i < cards && !w->bad; i++) {
        struct parcel_card card = w->out ? note->cards.items[i] : (struct parcel_card){0};
        pass_card(w, &card);
        card.card.tags = note->tags;
        if (!w->out)
            list_push(w->arena, &note->cards, card);
    }
    size_t media = pass_count(w, note->media.count);
    for (size_t i = 0; i < media && !w->bad; i++) {
        size_t medium = w->out ? note->media.items[i] : 0;
        pass_size(w, &medium);
        if (!w->out)
            list_push(w->arena, &note->media, medium);
    }
}

static void pass_report(struct wire *w, struct read_report *report)
{
    pass_text(w, &report->how);
    for (int i = 0; i < NOTICE_KINDS; i++) {
        struct notice *notice = &report->notices.items[i];
        int64_t count = notice->count, line = notice->line;
        pass_int64(w, &count);
        pass_int64(w, &line);
        pass_text(w, &notice->example);
        *notice = (struct notice){(enum notice_kind)i, (long)count, notice->example, (long)line};
    }
}

static void pass_error(struct wire *w, struct error *e)
{
    int kind = (int)e->kind;
    struct str text = str_from(e->text);
    pass_int(w, &kind);
    pass_int(w, &e->line);
    pass_text(w, &text);
    if (!w->out && !w->bad) {
        int line = e->line;
        fail(e, kind > ERROR_NONE && kind <= ERROR_USAGE ? (enum error_kind)kind : ERROR_CORRUPT, "%.*s",
             STR_ARG(text));
        e->line = line;
    }
}

/* Sending */

static bool flush(struct wire_sender *sender)
{
    struct str rest = buffer_str(sender->out);
    while (rest.len && !sender->broken) {
        ssize_t done = write(sender->file, rest.ptr, rest.len);
        if (done < 0 && errno == EINTR)
            continue;
        sender->broken = done <= 0;
        rest = sender->broken ? rest : str_slice(rest, (size_t)done, rest.len);
    }
    buffer_clear(sender->out);
    return !sender->broken;
}

/* A record's place in the buffer, its size to be filled in when it is known. */
static size_t begin_record(struct wire_sender *sender, enum record record)
{
    size_t start = sender->out->len;
    buffer_add_char(sender->out, (char)record);
    buffer_add(sender->out, STR("size"));
    return start;
}

static bool end_record(struct wire_sender *sender, size_t start, struct error *e)
{
    uint32_t size = (uint32_t)(sender->out->len - start - HEADER);
    memcpy(sender->out->bytes + start + 1, &size, sizeof size);
    return sender->out->len < FLUSH_AT || flush(sender) || fail(e, ERROR_CANCELLED, _("stopped"));
}

/* Writing changes nothing of what is written. */
static bool send_deck(void *self, const struct parcel_deck *deck, struct error *e)
{
    struct wire_sender *sender = self;
    size_t start = begin_record(sender, RECORD_DECK);
    pass_deck(&(struct wire){.out = sender->out}, (struct parcel_deck *)deck);
    return end_record(sender, start, e);
}

static bool send_type(void *self, const struct parcel_type *type, struct error *e)
{
    struct wire_sender *sender = self;
    size_t start = begin_record(sender, RECORD_TYPE);
    pass_type(&(struct wire){.out = sender->out}, (struct parcel_type *)type);
    return end_record(sender, start, e);
}

static bool send_medium(void *self, const struct parcel_medium *medium, struct error *e)
{
    struct wire_sender *sender = self;
    size_t start = begin_record(sender, RECORD_MEDIUM);
    pass_medium(&(struct wire){.out = sender->out}, (struct parcel_medium *)medium);
    return end_record(sender, start, e);
}

static bool send_note(void *self, const struct parcel_note *note, struct error *e)
{
    struct wire_sender *sender = self;
    size_t start = begin_record(sender, RECORD_NOTE);
    pass_note(&(struct wire){.out = sender->out}, (struct parcel_note *)note);
    return end_record(sender, start, e);
}

struct parcel_sink wire_sink(struct wire_sender *sender)
{
    return (struct parcel_sink){
        .self = sender, .deck = send_deck, .type = send_type, .medium = send_medium, .note = send_note};
}

void wire_end(struct wire_sender *sender, bool ok, const struct read_report *report, const struct error *e)
{
    struct wire wire = {.out = sender->out};
    size_t start = begin_record(sender, ok ? RECORD_REPORT : RECORD_ERROR);
    if (ok)
        pass_report(&wire, (struct read_report *)report);
    else
        pass_error(&wire, (struct error *)e);
    end_record(sender, start, NULL);
    flush(sender);
}

/* Receiving */

struct receiver {
    int file;
    const struct read_options *options;
    const struct parcel_sink *sink;
    struct arena *arena; /* of the report */
    struct arena each;   /* of one record */
    char *bytes;         /* what has come and is not used yet: from `at` to `len` */
    size_t at, len, capacity;
    size_t decks, types, media;
    size_t *fields; /* of each type */
    struct read_report *report;
    bool ended;
    struct error *e;
};

static bool fail_senseless(struct error *e)
{
    return fail(e, ERROR_CORRUPT, _("this package cannot be read: what was found in it makes no sense"));
}

/* Makes sure that `wanted` bytes are there; false at the end of the pipe. */
static bool fill(struct receiver *r, size_t wanted)
{
    if (r->at > 0 && r->capacity - r->at < wanted) {
        memmove(r->bytes, r->bytes + r->at, r->len - r->at);
        r->len -= r->at;
        r->at = 0;
    }
    if (r->capacity < wanted)
        r->bytes = memory_realloc(r->bytes, r->capacity = wanted + FLUSH_AT);
    while (r->len - r->at < wanted) {
        ssize_t got = read(r->file, r->bytes + r->len, r->capacity - r->len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        r->len += (size_t)got;
    }
    return true;
}

static bool take_deck(struct receiver *r, struct wire *w)
{
    struct parcel_deck deck = {0};
    pass_deck(w, &deck);
    r->decks++;
    return w->bad ? fail_senseless(r->e) : sink_deck(r->sink, &deck, r->e);
}

static bool take_type(struct receiver *r, struct wire *w)
{
    struct parcel_type type = {0};
    pass_type(w, &type);
    if (w->bad)
        return fail_senseless(r->e);
    r->fields = memory_realloc(r->fields, (r->types + 1) * sizeof *r->fields);
    r->fields[r->types++] = type.fields.count;
    return sink_type(r->sink, &type, r->e);
}

static bool take_medium(struct receiver *r, struct wire *w)
{
    struct parcel_medium medium = {0};
    pass_medium(w, &medium);
    r->media++;
    return w->bad ? fail_senseless(r->e) : sink_medium(r->sink, &medium, r->e);
}

static bool makes_sense(const struct receiver *r, const struct parcel_note *note)
{
    if (note->type >= r->types || note->fields.count != r->fields[note->type] || note->cards.count == 0 ||
        note->guid.len == 0)
        return false;
    list_each (const struct parcel_card, card, &note->cards)
        if (card->deck >= r->decks || card->card.prompt.len == 0)
            return false;
    for (size_t i = 0; i < note->media.count; i++)
        if (note->media.items[i] >= r->media)
            return false;
    return true;
}

static bool take_note(struct receiver *r, struct wire *w)
{
    struct parcel_note note = {0};
    pass_note(w, &note);
    return w->bad || !makes_sense(r, &note) ? fail_senseless(r->e) : sink_note(r->sink, &note, r->e);
}

static bool take_report(struct receiver *r, struct wire *w)
{
    struct read_report report = {.format = r->report->format};
    pass_report(w, &report);
    if (w->bad)
        return fail_senseless(r->e);
    report.how = str_copy(r->arena, report.how);
    for (int i = 0; i < NOTICE_KINDS; i++)
        report.notices.items[i].example = str_copy(r->arena, report.notices.items[i].example);
    *r->report = report;
    r->ended = true;
    return true;
}

static bool take_error(struct receiver *r, struct wire *w)
{
    struct error e = {0};
    pass_error(w, &e);
    if (w->bad)
        return fail_senseless(r->e);
    *r->e = e;
    r->ended = true;
    return false;
}

static bool (*const takes[])(struct receiver *r, struct wire *w) = {
    [RECORD_DECK] = take_deck, [RECORD_TYPE] = take_type,     [RECORD_MEDIUM] = take_medium,
    [RECORD_NOTE] = take_note, [RECORD_REPORT] = take_report, [RECORD_ERROR] = take_error,
};

static bool receive_one(struct receiver *r)
{
    uint32_t size;
    if (!fill(r, HEADER))
        return false;
    unsigned record = (unsigned char)r->bytes[r->at];
    memcpy(&size, r->bytes + r->at + 1, sizeof size);
    if (record < RECORD_DECK || record > RECORD_ERROR || size > RECORD_SIZE)
        return fail_senseless(r->e);
    if (!fill(r, HEADER + (size_t)size))
        return false;
    struct wire wire = {.in = {r->bytes + r->at + HEADER, size}, .arena = &r->each};
    bool ok = takes[record](r, &wire);
    r->at += HEADER + size;
    arena_reset(&r->each);
    return ok;
}

bool wire_receive(struct arena *arena, int file, const struct read_options *options,
                  const struct parcel_sink *sink, struct read_report *ret, bool *ret_ended, struct error *e)
{
    struct receiver r = {
        .file = file, .options = options, .sink = sink, .arena = arena, .report = ret, .e = e};
    bool ok = true;
    *e = (struct error){0};
    for (long i = 0; ok && !r.ended; i++) {
        ok = receive_one(&r);
        if (ok && i % 256 == 0 && options->cancelled && options->cancelled(options->self))
            ok = fail(e, ERROR_CANCELLED, _("stopped"));
    }
    *ret_ended = r.ended;
    arena_finish(&r.each);
    free(r.bytes);
    free(r.fields);
    return ok;
}
