/* Cards, review log and notes of a package. The first two are read whole and sorted; then every note comes by with its cards
 * and their log. */
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "exchange/anki_inside.h"
#include "exchange/texts.h"
#include "schedule/day.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NUMBER_MAX = 1000000,
    DAYS_MAX = 36500,
    CARDS_MAX = 5000000,
    LOG_MAX = 10000000,
    CARDS_A_NOTE = 500,
    GUID_SIZE = 200
};
enum { QUEUE_SUSPENDED = -1, QUEUE_LEARN = 1 };
#define YEAR_2000_MS INT64_C(946684800000)
#define NOTE_SIZE ((size_t)1 << 20)

/* Cards */

static double real_of(struct sqlite3_stmt *row, int column, double least, double most)
{
    bool bad = false;
    struct arena arena = {0};
    double value = 0;
    struct str text = foreign_text(&arena, row, column, &bad);
    if (!str_to_double(text, &value) || !(value >= least && value <= most))
        value = 0;
    arena_finish(&arena);
    return value;
}

/* What FSRS remembers of a card is JSON; what is no JSON, or of another kind, says nothing. */
static void read_memory(struct sqlite3_stmt *json, struct str data, struct anki_card *card)
{
    struct error ignored;
    bool bad = false;
    if (data.len < 5)
        return;
    foreign_reset(json);
    foreign_bind(json, data);
    if (!foreign_step(json, NULL, &ignored))
        return;
    card->stability = real_of(json, 0, 0.001, DAYS_MAX);
    card->difficulty = real_of(json, 1, 1, 10);
    card->retention = real_of(json, 2, 0.5, 0.999);
    card->decay = real_of(json, 3, 0.01, 2);
    card->last_s = foreign_int(json, 4, 0, INT32_MAX, &bad);
    if (card->stability == 0 || card->difficulty == 0) /* one without the other is nothing */
        card->stability = card->difficulty = 0;
}

#define NUMBER_OR_NOTHING(key)                                                                               \
    "CASE WHEN json_type(?1, '$." key "') IN ('integer', 'real') THEN json_extract(?1, '$." key              \
    "') ELSE 0 END"
static const char memory_sql[] =
    "SELECT " NUMBER_OR_NOTHING("s") ", " NUMBER_OR_NOTHING("d") ", " NUMBER_OR_NOTHING(
        "dr") ", " NUMBER_OR_NOTHING("decay") ", CAST(" NUMBER_OR_NOTHING("lrt") " AS INTEGER) WHERE "
                                                                                 "json_valid(?1)";

static int by_note(const void *a, const void *b)
{
    const struct anki_card *left = a, *right = b;
    if (left->note != right->note)
        return left->note < right->note ? -1 : 1;
    return (left->ordinal > right->ordinal) - (left->ordinal < right->ordinal);
}

static struct anki_card card_of(struct sqlite3_stmt *row, bool *bad)
{
    return (struct anki_card){
        .id = foreign_int(row, 0, INT64_MIN, INT64_MAX, bad),
        .note = foreign_int(row, 1, INT64_MIN, INT64_MAX, bad),
        .deck = foreign_int(row, 2, INT64_MIN, INT64_MAX, bad),
        .ordinal = (int)foreign_int(row, 3, -1, NUMBER_MAX, bad),
        .phase = (int)foreign_int(row, 4, PHASE_NEW, PHASE_RELEARN, bad),
        .queue = (int)foreign_int(row, 5, -3, 4, bad),
        .due = foreign_int(row, 6, -ID_MAX, ID_MAX, bad),
        .interval = (int)foreign_int(row, 7, -NUMBER_MAX, DAYS_MAX, bad),
        .ease = (int)foreign_int(row, 8, 0, NUMBER_MAX, bad),
        .reps = (int)foreign_int(row, 9, 0, NUMBER_MAX, bad),
        .lapses = (int)foreign_int(row, 10, 0, NUMBER_MAX, bad),
        .home_due = foreign_int(row, 11, -ID_MAX, ID_MAX, bad),
        .home_deck = foreign_int(row, 12, INT64_MIN, INT64_MAX, bad),
        .flags = (int)foreign_int(row, 13, 0, INT32_MAX, bad),
    };
}

static struct str id_text(struct anki *a, int64_t id)
{
    return str_format(&a->scratch, "%lld", (long long)id);
}

bool anki_read_cards(struct anki *a)
{
    struct sqlite3_stmt *json = foreign_json(a->db, memory_sql);
    struct sqlite3_stmt *rows = foreign_query(
        a->db,
        "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags, data"
        " FROM cards",
        a->e);
    while (foreign_step(rows, NULL, a->e) && a->cards.count < CARDS_MAX) {
        bool bad = false;
        struct anki_card card = card_of(rows, &bad);
        if (card.id < 1 || card.id > ID_MAX) {
            anki_notice(a, NOTICE_BAD_ID, id_text(a, card.id));
            continue;
        }
        if (bad)
            anki_notice(a, NOTICE_BAD_NUMBER, id_text(a, card.id));
        read_memory(json, foreign_bytes(rows, 14), &card);
        list_push(&a->scratch, &a->cards, card);
    }
    foreign_done(rows);
    foreign_done(json);
    if (!rows || a->e->kind != ERROR_NONE)
        return false;
    if (a->cards.count == CARDS_MAX)
        return fail(a->e, ERROR_LIMIT, _("there are more than %d cards in this file"), CARDS_MAX);
    if (a->cards.count)
        qsort(a->cards.items, a->cards.count, sizeof *a->cards.items, by_note);
    return true;
}

/* The log */

static int by_card_and_time(const void *a, const void *b)
{
    const struct anki_logged *left = a, *right = b;
    if (left->card != right->card)
        return left->card < right->card ? -1 : 1;
    return (left->review.at_ms > right->review.at_ms) - (left->review.at_ms < right->review.at_ms);
}

static struct parcel_review review_of(struct sqlite3_stmt *row, bool *bad)
{
    return (struct parcel_review){
        .grade = (int)foreign_int(row, 2, 0, 4, bad),
        .interval = (int)foreign_int(row, 3, INT32_MIN, INT32_MAX, bad),
        .last_interval = (int)foreign_int(row, 4, INT32_MIN, INT32_MAX, bad),
        .factor = (int)foreign_int(row, 5, INT32_MIN, INT32_MAX, bad),
        .ms = (int)foreign_int(row, 6, 0, INT32_MAX, bad),
        .kind = (int)foreign_int(row, 7, REVIEW_LEARN, REVIEW_RESCHEDULED, bad),
    };
}

bool anki_read_log(struct anki *a)
{
    int64_t latest = a->options->now_ms + 86400000;
    if (a->options->without_progress)
        return true;
    struct sqlite3_stmt *rows =
        foreign_query(a->db, "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog", a->e);
    while (foreign_step(rows, NULL, a->e) && a->log.count < LOG_MAX) {
        bool bad = false;
        struct anki_logged line = {.review = review_of(rows, &bad)};
        line.review.at_ms = foreign_int(rows, 0, YEAR_2000_MS, latest, &bad);
        line.card = foreign_int(rows, 1, 1, ID_MAX, &bad);
        if (bad)
            anki_notice(a, NOTICE_BAD_REVIEW, id_text(a, line.review.at_ms));
        else
            list_push(&a->scratch, &a->log, line);
    }
    foreign_done(rows);
    if (!rows || a->e->kind != ERROR_NONE)
        return false;
    if (a->log.count == LOG_MAX)
        return fail(a->e, ERROR_LIMIT, _("there are more than %d answers in this file"), LOG_MAX);
    if (a->log.count)
        qsort(a->log.items, a->log.count, sizeof *a->log.items, by_card_and_time);
    return true;
}

/* The first line of a card's log, and how many there are. */
static size_t find_log(const struct anki *a, int64_t card, size_t *ret_count)
{
    size_t low = 0, high = a->log.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->log.items[middle].card < card)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < a->log.count && a->log.items[end].card == card)
        end++;
    *ret_count = end - low;
    return low;
}

/* Schedules */

/* Days count from the collection's own first day. */
static int64_t day_to_ms(const struct anki *a, int64_t day)
{
    int64_t first = day_number(a->crt_s * 1000, a->tz_min, a->rollover);
    day = day < -DAYS_MAX ? -DAYS_MAX : day > DAYS_MAX ? DAYS_MAX : day;
    return day_start_ms(first + day, a->tz_min, a->rollover);
}

/* Seconds within a day's learning, days else; large numbers are seconds whatever the queue says. */
static int64_t due_ms(const struct anki *a, const struct anki_card *card)
{
    bool away = card->home_deck != 0 && card->home_due != 0;
    int64_t due = away ? card->home_due : card->due;
    bool seconds = due > NUMBER_MAX;
    return seconds ? due * 1000 : day_to_ms(a, due);
}

static struct parcel_schedule schedule_of(const struct anki *a, const struct anki_card *card)
{
    struct parcel_schedule s = {
        .phase = (enum parcel_phase)card->phase,
        .suspended = card->queue == QUEUE_SUSPENDED,
        .buried = card->queue < QUEUE_SUSPENDED,
        .flag = card->flags & 7,
        .ease = card->ease,
        .reps = card->reps,
        .lapses = card->lapses,
        .stability = card->stability,
        .difficulty = card->difficulty,
        .retention = card->retention,
        .decay = card->decay,
    };
    if (card->phase == PHASE_NEW) {
        s.position = card->due > 0 && card->due <= NUMBER_MAX ? card->due : 0;
        return s;
    }
    s.due_at_ms = due_ms(a, card);
    s.interval_days = card->interval > 0 ? card->interval : -card->interval / 86400.0;
    s.last_at_ms =
        card->last_s > 0 ? card->last_s * 1000 : s.due_at_ms - (int64_t)(s.interval_days * 86400000);
    if (s.last_at_ms > a->options->now_ms)
        s.last_at_ms = a->options->now_ms;
    return s;
}

/* Notes */

static size_t first_card(const struct anki *a, int64_t note)
{
    size_t low = 0, high = a->cards.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->cards.items[middle].note < note)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void split(struct arena *arena, struct str s, char separator, struct str_list *ret)
{
    struct str part;
    while (str_split(&s, separator, &part))
        list_push(arena, ret, part);
}

static void take_fields(struct anki *a, struct str all, const struct anki_type *type,
                        struct parcel_note *note)
{
    size_t wanted = type->type.fields.count;
    split(&a->each, all, '\x1F', &note->fields);
    if (note->fields.count > wanted)
        anki_notice(a, NOTICE_MANY_COLUMNS, note->guid);
    else if (note->fields.count < wanted)
        anki_notice(a, NOTICE_FEW_COLUMNS, note->guid);
    while (note->fields.count < wanted)
        list_push(&a->each, &note->fields, (struct str){0});
    note->fields.count = wanted;
}

static void take_tags(struct anki *a, struct str all, struct parcel_note *note)
{
    struct str tag;
    while (str_split(&all, ' ', &tag)) {
        tag = text_trim(tag);
        if (tag.len && !str_list_has(&note->tags, tag))
            list_push(&a->each, &note->tags, tag);
    }
}

static void take_media(struct anki *a, struct parcel_note *note)
{
    struct str_list names = {0};
    asked_media(&a->each, &note->fields, &names);
    for (size_t i = 0; i < names.count; i++) {
        const struct anki_medium *medium = anki_find_medium(a, text_nfc(&a->each, names.items[i]));
        bool there = false;
        for (size_t m = 0; medium && m < note->media.count; m++)
            there |= note->media.items[m] == medium->index;
        if (!medium)
            anki_notice(a, NOTICE_NO_MEDIUM, names.items[i]);
        else if (!there)
            list_push(&a->each, &note->media, medium->index);
    }
}

static bool find_sha(void *self, struct str name, struct str *ret)
{
    struct anki *a = self;
    const struct anki_medium *medium = anki_find_medium(a, text_nfc(&a->each, name));
    if (medium)
        *ret = str_from(medium->sha256);
    return medium != NULL;
}

static bool choose_deck(struct anki *a, const struct anki_card *card, size_t *ret)
{
    const struct anki_deck *deck;
    int64_t id = card->home_deck != 0 ? card->home_deck : card->deck;
    if (card->home_deck != 0)
        anki_notice(a, NOTICE_FILTERED, (struct str){0});
    if (anki_find_deck(a, id, &deck)) {
        *ret = deck->index;
        return true;
    }
    anki_notice(a, NOTICE_NO_DECK, id_text(a, card->id));
    return anki_default_deck(a, ret);
}

static bool has_template(const struct anki_type *type, int ordinal)
{
    bool gaps = type->type.kind == KIND_CLOZE || type->type.kind == KIND_OCCLUSION;
    return ordinal >= 0 && (size_t)ordinal < (gaps ? (size_t)CARDS_A_NOTE : type->type.templates.count);
}

static void take_log(struct anki *a, const struct anki_card *card, struct parcel_card *ret)
{
    size_t count, first = find_log(a, card->id, &count);
    struct parcel_review *reviews = arena_array(&a->each, count, sizeof *reviews);
    for (size_t i = 0; i < count; i++)
        reviews[i] = a->log.items[first + i].review;
    ret->reviews = reviews;
    ret->review_count = count;
}

static bool take_card(struct anki *a, struct asked_input *in, const struct anki_type *type,
                      const struct anki_card *card, struct parcel_note *note)
{
    struct parcel_card given = {.ordinal = card->ordinal};
    bool twice = note->cards.count && list_last(&note->cards)->ordinal == card->ordinal;
    if (!has_template(type, card->ordinal) || twice) {
        anki_notice(a, NOTICE_NO_TEMPLATE, note->guid);
        return true;
    }
    if (!choose_deck(a, card, &given.deck))
        return false;
    in->deck = a->paths.items[given.deck];
    given.card = asked_card(&a->each, in, card->ordinal);
    if (!a->options->without_progress) {
        given.schedule = schedule_of(a, card);
        take_log(a, card, &given);
    }
    if (given.schedule.flag)
        anki_notice(a, NOTICE_FLAG, (struct str){0});
    list_push(&a->each, &note->cards, given);
    return true;
}

static bool is_leech_tag(struct str tag)
{
    return str_equal(tag, STR("leech")) || str_equal(tag, STR("marked"));
}

/* Tags that tell of somebody's progress go with it. */
static void drop_progress_tags(struct parcel_note *note)
{
    size_t kept = 0;
    for (size_t i = 0; i < note->tags.count; i++)
        if (!is_leech_tag(note->tags.items[i]))
            note->tags.items[kept++] = note->tags.items[i];
    note->tags.count = kept;
}

static bool give_note(struct anki *a, const struct anki_type *type, int64_t id, struct parcel_note *note)
{
    struct asked_input in = {.type = &type->type,
                             .note = note,
                             .lang = a->options->lang,
                             .notices = &a->report.notices,
                             .notice_arena = a->arena,
                             .find_medium = find_sha,
                             .self = a};
    size_t first = first_card(a, id);
    if (a->options->without_progress)
        drop_progress_tags(note);
    take_media(a, note);
    for (size_t i = first; i < a->cards.count && a->cards.items[i].note == id; i++)
        if (!take_card(a, &in, type, &a->cards.items[i], note))
            return false;
    if (note->cards.count)
        return sink_note(a->sink, note, a->e);
    anki_notice(a, NOTICE_CARDLESS, note->guid);
    return true;
}

/* A note's row is at the statement. */
static bool take_note(struct anki *a, struct sqlite3_stmt *row, struct texts *guids)
{
    bool bad = false, bad_number = false;
    struct parcel_note note = {.guid = foreign_text(&a->each, row, 1, &bad)};
    int64_t id = foreign_int(row, 0, INT64_MIN, INT64_MAX, &bad_number);
    const struct anki_type *type = anki_find_type(a, foreign_int(row, 2, INT64_MIN, INT64_MAX, &bad_number));
    int64_t mod = foreign_int(row, 3, 0, ID_MAX, &bad_number);
    note.mod_ms = mod < INT64_C(100000000000) ? mod * 1000 : mod; /* some writers count milliseconds */
    if (id < 1 || id > ID_MAX || note.guid.len == 0 || note.guid.len > GUID_SIZE) {
        anki_notice(a, NOTICE_BAD_ID, note.guid);
        return true;
    }
    if (!type) {
        anki_notice(a, NOTICE_NO_TYPE, note.guid);
        return true;
    }
    struct str tags = foreign_text(&a->each, row, 4, &bad), fields = foreign_text(&a->each, row, 5, &bad);
    if (fields.len > NOTE_SIZE || tags.len > NOTE_SIZE) {
        anki_notice(a, NOTICE_TOO_LONG, note.guid);
        return true;
    }
    if (bad)
        anki_notice(a, NOTICE_BAD_TEXT, note.guid);
    if (!texts_add(&a->scratch, guids, note.guid)) {
        anki_notice(a, NOTICE_TWICE, note.guid);
        return true;
    }
    note.type = type->index;
    take_fields(a, fields, type, &note);
    take_tags(a, tags, &note);
    return give_note(a, type, id, &note);
}

struct row_ids {
    int64_t *items;
    size_t count, capacity;
};

static bool read_row_ids(struct anki *a, struct row_ids *ret)
{
    bool bad = false;
    struct sqlite3_stmt *rows = foreign_query(a->db, "SELECT rowid FROM notes", a->e);
    while (foreign_step(rows, NULL, a->e))
        list_push(&a->scratch, ret, foreign_int(rows, 0, INT64_MIN, INT64_MAX, &bad));
    foreign_done(rows);
    return rows && a->e->kind == ERROR_NONE;
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Cards of notes that are not there, and lines of the log of cards that are not. */
static void count_orphans(struct anki *a, const struct row_ids *notes)
{
    struct row_ids cards = {0};
    list_each (struct anki_card, card, &a->cards) {
        if (!notes->count || !bsearch(&card->note, notes->items, notes->count, sizeof card->note, by_number))
            anki_notice(a, NOTICE_NOTELESS, id_text(a, card->id));
        list_push(&a->scratch, &cards, card->id);
    }
    if (cards.count)
        qsort(cards.items, cards.count, sizeof *cards.items, by_number);
    list_each (struct anki_logged, line, &a->log)
        if (!cards.count || !bsearch(&line->card, cards.items, cards.count, sizeof line->card, by_number))
            anki_notice(a, NOTICE_CARDLESS_REVIEW, (struct str){0});
}

/* Note by note, so that one that is too large costs only itself. */
bool anki_read_notes(struct anki *a)
{
    struct row_ids ids = {0};
    struct texts guids = {0};
    if (!read_row_ids(a, &ids))
        return false;
    if (ids.count)
        qsort(ids.items, ids.count, sizeof *ids.items, by_number);
    struct sqlite3_stmt *find =
        foreign_query(a->db, "SELECT id, guid, mid, mod, tags, flds FROM notes WHERE rowid = ?1", a->e);
    bool ok = find != NULL;
    for (size_t i = 0; ok && i < ids.count; i++) {
        bool too_big = false;
        foreign_reset(find);
        foreign_bind_int(find, ids.items[i]);
        if (foreign_step(find, &too_big, a->e))
            ok = take_note(a, find, &guids);
        else if (too_big)
            anki_notice(a, NOTICE_TOO_LONG, id_text(a, ids.items[i]));
        ok = ok && a->e->kind == ERROR_NONE;
        arena_reset(&a->each);
    }
    foreign_done(find);
    if (ok)
        count_orphans(a, &ids);
    return ok;
}
