#include "exchange/history.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "schedule/past.h"

/* What is known of a card is in three places: its log, how it stands, and what was done to it by hand. Every event says where
 * it comes from, so an undo leaves it alone. `anki` is a line of the other program's log, word for word (kind, grade,
 * interval, interval before, factor), for an export that gives the log back as it was; a line that changes nothing here is
 * kept as a move of the due date to nowhere. */
#define FROM "\"from\":\"anki\""

static struct str line_of(struct arena *arena, const struct parcel_review *review)
{
    return str_format(arena, FROM ",\"anki\":[%d,%d,%d,%d,%d]", review->kind, review->grade, review->interval,
                      review->last_interval, review->factor);
}

static struct anki_review row_of(const struct parcel_review *review)
{
    return (struct anki_review){.at_ms = review->at_ms,
                                .kind = review->kind,
                                .grade = review->grade,
                                .interval = review->interval,
                                .factor = review->factor,
                                .ms = review->ms};
}

/* What a program of this kind had planned, as a day begins. */
static void add_plan(struct buffer *body, const struct past *past, struct collection *collection,
                     struct moment now)
{
    struct moment at = {past->at_ms, now.tz_min};
    int64_t due = past->at_ms + (int64_t)(past->interval_days * 86400000);
    if (past->interval_days >= 1)
        due = collection_day_start_ms(collection,
                                      collection_day(collection, at) + (int64_t)past->interval_days, at);
    buffer_format(body, ",\"due\":%lld,\"days\":%.9g,\"step\":%d", (long long)due, past->interval_days,
                  past->interval_days < 1);
}

/* Only what a line itself says carries that line; what is read into it does not. */
static struct import_event event_of(struct arena *arena, struct collection *collection,
                                    const struct past *past, struct str line, struct moment now)
{
    struct buffer body = {0};
    struct import_event event = {.kind = EVENT_RESET, .at_ms = past->at_ms, .past = true};
    bool practice = past->kind == PAST_PRACTICE;
    if (past->kind == PAST_GRADE || practice) {
        event.kind = EVENT_GRADE;
        buffer_format(&body, "{\"g\":%d,\"ms\":%d,\"kind\":\"self\",\"mode\":\"%s\"", (int)past->grade,
                      past->ms, practice ? "cram" : "review");
        if (!practice && past->interval_days > 0)
            add_plan(&body, past, collection, now);
    } else if (past->kind == PAST_MEMORY) {
        buffer_format(&body, "{\"why\":\"known\",\"days\":%.9g,\"ease\":%.9g,\"s\":%.9g,\"d\":%.9g",
                      past->interval_days, past->ease, past->s, past->d);
    } else {
        buffer_add(&body, STR("{\"why\":\"reset\""));
    }
    buffer_format(&body, ",%.*s}", STR_ARG(line));
    event.body = str_copy(arena, buffer_str(&body));
    buffer_finish(&body);
    return event;
}

static bool is_own(const struct past *past, const struct parcel_review *review)
{
    return past->kind == PAST_GRADE || past->kind == PAST_PRACTICE ||
           (past->kind == PAST_RESET && review->grade == 0);
}

static void add_log(struct arena *arena, struct collection *collection, const struct parcel_card *card,
                    struct moment now, struct import_card *ret)
{
    struct anki_review *rows = arena_array(arena, card->review_count, sizeof *rows);
    struct pasts pasts = {0};
    size_t next = 0;
    for (size_t i = 0; i < card->review_count; i++)
        rows[i] = row_of(&card->reviews[i]);
    past_from_anki(arena, rows, card->review_count, &pasts);
    for (size_t i = 0; i < card->review_count; i++) {
        const struct parcel_review *review = &card->reviews[i];
        struct str line = line_of(arena, review);
        bool told = false;
        for (; next < pasts.count && pasts.items[next].at_ms == review->at_ms; next++) {
            bool own = is_own(&pasts.items[next], review);
            told |= own;
            list_push(arena, &ret->events,
                      event_of(arena, collection, &pasts.items[next], own ? line : STR(FROM), now));
        }
        if (!told)
            list_push(
                arena, &ret->events,
                (struct import_event){EVENT_SET_DUE, true, review->at_ms,
                                      str_format(arena, "{\"ms\":%d,%.*s}", review->ms, STR_ARG(line))});
    }
}

static bool has_memory(const struct parcel_card *card)
{
    for (size_t i = 0; i < card->review_count; i++)
        if (card->reviews[i].grade > 0)
            return true;
    return false;
}

/* A card that was learnt and whose log was not kept: the memory is taken from where the other program had got to. */
static struct import_event standing_of(struct arena *arena, struct collection *collection,
                                       const struct parcel_schedule *s, struct moment now)
{
    struct past known = {.kind = PAST_MEMORY,
                         .at_ms = s->last_at_ms > 0 ? s->last_at_ms : now.at_ms,
                         .interval_days = s->interval_days,
                         .ease = s->ease >= 1300 ? s->ease / 1000.0 : 2.5,
                         .s = s->stability,
                         .d = s->difficulty};
    return event_of(arena, collection, &known, STR(FROM), now);
}

void history_events(struct arena *arena, struct collection *collection, const struct parcel_card *card,
                    struct moment now, struct import_card *ret)
{
    const struct parcel_schedule *s = &card->schedule;
    add_log(arena, collection, card, now, ret);
    if (s->phase != PHASE_NEW && !has_memory(card) && (s->stability > 0 || s->interval_days >= 1))
        list_push(arena, &ret->events, standing_of(arena, collection, s, now));
    if (s->phase != PHASE_NEW && s->due_at_ms > 0)
        list_push(
            arena, &ret->events,
            (struct import_event){EVENT_SET_DUE, false, now.at_ms,
                                  str_format(arena, "{\"at_ms\":%lld," FROM "}", (long long)s->due_at_ms)});
    if (s->suspended)
        list_push(arena, &ret->events,
                  (struct import_event){EVENT_SUSPEND, false, now.at_ms, STR("{\"on\":true," FROM "}")});
    if (s->buried) {
        int64_t tomorrow = collection_day_start_ms(collection, collection_day(collection, now) + 1, now);
        list_push(
            arena, &ret->events,
            (struct import_event){EVENT_BURY, false, now.at_ms,
                                  str_format(arena, "{\"until_ms\":%lld," FROM "}", (long long)tomorrow)});
    }
}
