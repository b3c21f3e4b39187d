#include "exchange/history.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "collection/export.h"
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

/* Cramming leaves no memory behind. */
static bool is_learnt(const struct import_card *card)
{
    list_each (const struct import_event, event, &card->events)
        if (event->kind == EVENT_GRADE && !str_contains(event->body, STR("\"mode\":\"cram\"")))
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
    bool known = is_learnt(ret);
    if (!known && s->phase != PHASE_NEW && (s->stability > 0 || s->interval_days >= 1)) {
        list_push(arena, &ret->events, standing_of(arena, collection, s, now));
        known = true;
    }
    /* Without a memory a card begins anew, whatever the day. */
    if (known && s->phase != PHASE_NEW && s->due_at_ms > 0)
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

/* And back */

/* Days, or seconds below 0. */
static int interval_of(double days)
{
    return days >= 1 ? (int)(days + 0.5) : days > 0 ? -(int)(days * 86400 + 0.5) : 0;
}

/* `known`: the card was in review before; `last`: the interval before. */
static struct parcel_review review_of(const struct export_event *event, bool known, int last)
{
    struct parcel_review review = {
        .at_ms = event->at_ms, .grade = event->grade, .ms = event->ms, .last_interval = last};
    review.interval = event->interval_days >= 0 ? interval_of(event->interval_days) : last;
    if (event->kind == EVENT_RESET)
        review.kind = REVIEW_MANUAL;
    else if (event->practice)
        review.kind = REVIEW_CRAM;
    else if (last > 0)
        review.kind = REVIEW_REVIEW;
    else
        review.kind = known ? REVIEW_RELEARN : REVIEW_LEARN;
    if (review.kind == REVIEW_REVIEW || review.kind == REVIEW_RELEARN)
        review.factor = 2500;
    return review;
}

static struct parcel_review line_review(const struct export_event *event)
{
    return (struct parcel_review){.at_ms = event->at_ms,
                                  .ms = event->ms,
                                  .kind = event->line[0],
                                  .grade = event->line[1],
                                  .interval = event->line[2],
                                  .last_interval = event->line[3],
                                  .factor = event->line[4]};
}

bool history_reviews(struct arena *arena, struct collection *collection, struct str card_id,
                     const struct parcel_review **ret, size_t *ret_count, struct error *e)
{
    struct export_events events;
    struct {
        struct parcel_review *items;
        size_t count, capacity;
    } reviews = {0};
    bool known = false;
    int last = 0;
    if (!export_log(collection, arena, card_id, &events, e))
        return false;
    list_each (const struct export_event, event, &events) {
        if (!event->has_line && (event->imported || event->kind == EVENT_SET_DUE))
            continue;
        struct parcel_review review = event->has_line ? line_review(event) : review_of(event, known, last);
        list_push(arena, &reviews, review);
        if (event->practice)
            continue;
        last = event->kind == EVENT_RESET ? 0 : review.interval;
        known = event->kind != EVENT_RESET && (known || last > 0);
    }
    *ret = reviews.items;
    *ret_count = reviews.count;
    return true;
}
