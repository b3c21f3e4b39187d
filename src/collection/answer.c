#include "collection/answer.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/due.h"
#include "collection/import.h"
#include "collection/json.h"
#include "collection/tree.h"

#include <sqlite3.h>

/* A card on its way through one change. */
struct change_of_card {
    struct arena arena;
    struct state state;
    struct card_place place;
};

static bool begin(struct collection *c, int64_t card, struct change_of_card *ret, struct error *e)
{
    *ret = (struct change_of_card){0};
    if (!transaction_begin(c, e))
        return false;
    if (regime_load(c, e) && state_read(c, &ret->arena, card, &ret->state, &ret->place, e))
        return true;
    transaction_end(c, false, NULL);
    arena_finish(&ret->arena);
    return false;
}

static bool end(struct collection *c, struct change_of_card *change, bool ok, struct error *e)
{
    arena_finish(&change->arena);
    return transaction_end(c, ok, e);
}

static bool preview_all(struct collection *c, const struct due_rules *rules, const struct state *state,
                        struct moment now, double read_age_s, struct preview *ret, struct error *e)
{
    for (int grade = GRADE_AGAIN; grade <= GRADE_EASY; grade++) {
        struct answered answered = {(enum grade)grade, false, read_age_s, now.at_ms, now.tz_min};
        struct standing next;
        if (!due_after(c, rules, state, &answered, &next, e))
            return false;
        ret->days[grade - 1] = next.interval_days;
        ret->due_at_ms[grade - 1] = next.due_at_ms;
    }
    return true;
}

bool collection_preview(struct collection *c, int64_t card, struct moment now, double read_age_s,
                        struct preview *ret, struct error *e)
{
    struct arena arena = {0};
    struct state state;
    struct card_place place;
    struct due_rules rules;
    if (!view_begin(c, e))
        return false;
    bool ok = state_read(c, &arena, card, &state, &place, e) &&
              due_rules_read(c, &place, &state, &rules, e) &&
              preview_all(c, &rules, &state, now, read_age_s, ret, e);
    view_end(c);
    arena_finish(&arena);
    return ok;
}

static const char *mode_name(enum answer_mode mode)
{
    static const char *const names[] = {"first", "review", "exam", "cram"};
    return names[mode];
}

static void add_optional_text(struct buffer *body, const char *name, struct str text)
{
    if (text.len == 0)
        return;
    buffer_format(body, ",\"%s\":", name);
    buffer_add_json(body, text);
}

/* What the model knew when the question was asked: whether it was right can be told later without a replay. */
static void add_expectation(struct buffer *body, const struct due_rules *rules, const struct state *state,
                            struct moment now)
{
    const struct standing *before = &state->standing;
    buffer_format(body, ",\"n\":%d", before->reps);
    if (!(before->memory.s > 0) || state->algorithm != rules->model->params.algorithm)
        return;
    int64_t day = day_of(now, rules->plan.rollover_hour);
    double elapsed = plan_elapsed(state->algorithm, before, now.at_ms, day);
    buffer_format(body, ",\"dd\":%lld,\"r\":%.4f", (long long)(day - before->last_day),
                  fsrs_recall(rules->model, before->memory, elapsed));
}

static void grade_body(struct buffer *body, const struct answer *answer, const struct due_rules *rules,
                       const struct state *state, const struct standing *next, struct moment now)
{
    buffer_format(body, "{\"g\":%d,\"ms\":%d,\"kind\":", (int)answer->grade, answer->ms);
    buffer_add_json(body, answer->kind);
    buffer_format(body, ",\"mode\":\"%s\",\"options\":%d,\"hints\":%d", mode_name(answer->mode),
                  answer->options, answer->hints);
    if (answer->mode == ANSWER_FIRST || answer->mode == ANSWER_REVIEW)
        buffer_format(body, ",\"due\":%lld,\"days\":%.9g,\"step\":%d", (long long)next->due_at_ms,
                      next->interval_days, next->step);
    add_expectation(body, rules, state, now);
    add_optional_text(body, "given", answer->given);
    if (answer->sure >= 0)
        buffer_format(body, ",\"sure\":%d", answer->sure);
    if (answer->read_age_s >= 0)
        buffer_format(body, ",\"read_age_s\":%.0f", answer->read_age_s);
    add_optional_text(body, "cue", answer->cue);
    buffer_add_char(body, '}');
}

bool collection_grade(struct collection *c, int64_t card, const struct answer *answer, struct moment now,
                      struct graded *ret, struct error *e)
{
    if (answer->grade < GRADE_AGAIN || answer->grade > GRADE_EASY)
        return fail(e, ERROR_SYNTAX, _("a grade is 1, 2, 3 or 4"));
    struct change_of_card change;
    if (!begin(c, card, &change, e))
        return false;
    struct buffer body = {0};
    struct due_rules rules;
    struct standing next;
    struct answered answered = {answer->grade, answer->options > 0 || answer->hints > 0, answer->read_age_s,
                                now.at_ms, now.tz_min};
    bool ok = due_rules_read(c, &change.place, &change.state, &rules, e) &&
              due_after(c, &rules, &change.state, &answered, &next, e);
    if (ok) {
        grade_body(&body, answer, &rules, &change.state, &next, now);
        ok = card_event(c, &change.place, &change.state, EVENT_GRADE, buffer_str(&body), now, e);
    }
    buffer_finish(&body);
    struct standing standing = change.state.standing;
    const struct steps *steps = standing.lapses > 0 ? &rules.plan.relearn : &rules.plan.learn;
    if (!end(c, &change, ok, e))
        return false;
    if (ret)
        *ret = (struct graded){.memory = standing.memory,
                               .due_at_ms = standing.due_at_ms,
                               .interval_days = standing.interval_days,
                               .reps = standing.reps,
                               .lapses = standing.lapses,
                               .step = standing.step,
                               .timed = standing.step > 0 && steps->count > 0,
                               .mastery = standing.mastery};
    return true;
}

static bool simple_event(struct collection *c, int64_t card, enum event_kind kind, struct str body,
                         struct moment now, struct error *e)
{
    struct change_of_card change;
    if (!begin(c, card, &change, e))
        return false;
    return end(c, &change, card_event(c, &change.place, &change.state, kind, body, now, e), e);
}

bool card_suspend(struct collection *c, int64_t card, bool suspended, struct moment now, struct error *e)
{
    return simple_event(c, card, EVENT_SUSPEND, suspended ? STR("{\"on\":true}") : STR("{\"on\":false}"), now,
                        e);
}

static bool event_with_time(struct collection *c, int64_t card, enum event_kind kind, const char *name,
                            int64_t ms, struct moment now, struct error *e)
{
    struct buffer body = {0};
    buffer_format(&body, "{\"%s\":%lld}", name, (long long)ms);
    bool ok = simple_event(c, card, kind, buffer_str(&body), now, e);
    buffer_finish(&body);
    return ok;
}

bool card_bury(struct collection *c, int64_t card, struct moment now, struct error *e)
{
    int64_t tomorrow = collection_day_start_ms(c, collection_day(c, now) + 1, now);
    return event_with_time(c, card, EVENT_BURY, "until_ms", tomorrow, now, e);
}

bool card_reset(struct collection *c, int64_t card, struct moment now, struct error *e)
{
    return simple_event(c, card, EVENT_RESET, STR("{}"), now, e);
}

bool card_set_due(struct collection *c, int64_t card, int64_t due_at_ms, struct moment now, struct error *e)
{
    return event_with_time(c, card, EVENT_SET_DUE, "at_ms", due_at_ms, now, e);
}

bool card_flag(struct collection *c, int64_t card, struct str reason, struct moment now, struct error *e)
{
    struct buffer body = {0};
    buffer_add(&body, STR("{\"reason\":"));
    buffer_add_json(&body, reason);
    buffer_add_char(&body, '}');
    bool ok = simple_event(c, card, EVENT_FLAG, buffer_str(&body), now, e);
    buffer_finish(&body);
    return ok;
}

static bool can_be_undone(int kind, struct str body)
{
    struct str from;
    if (json_field(body, "from", &from))
        return false; /* came with an import, not by the learner's hand */
    switch (kind) {
    case EVENT_IMPORT:
        return json_int(body, "import", 0) > 0; /* of a file from elsewhere; a chapter is added anew instead */
    case EVENT_RESET:
        return !json_is(body, "why", "answer"); /* the chapter's doing, not the learner's */
    case EVENT_GRADE:
    case EVENT_SUSPEND:
    case EVENT_BURY:
    case EVENT_EXAM:
    case EVENT_FLAG:
    case EVENT_OVERLAY:
    case EVENT_KEEP:
    case EVENT_PROBE:
    case EVENT_SET_DUE:
    case EVENT_DECISION:
    case EVENT_CARD:
    case EVENT_PLACE:
    case EVENT_OPTION:
        return true;
    default:
        return false;
    }
}

struct target {
    int64_t seq;
    int64_t batch; /* the first of the events that were one deed; 0: it stands alone */
    int kind;
    struct str card_id, deck_id;
    int64_t import; /* key, of EVENT_IMPORT */
};

/* Going back, an undo comes before what it took back. */
static bool find_last(struct collection *c, struct arena *arena, struct target *ret, struct error *e)
{
    struct {
        int64_t *items;
        size_t count, capacity;
    } taken = {0};
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT seq, kind, coalesce(card_id, ''), coalesce(deck, ''), body FROM event WHERE"
              " device = ? ORDER BY seq DESC",
              "i", c->device);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row) {
        int64_t seq = sqlite3_column_int64(rows, 0);
        int kind = sqlite3_column_int(rows, 1);
        struct str body = column_text(rows, 4);
        bool gone = false;
        for (size_t i = 0; i < taken.count; i++)
            gone |= taken.items[i] == seq;
        if (kind == EVENT_UNDO)
            list_push(arena, &taken, json_int(body, "seq", 0));
        else if (!gone && can_be_undone(kind, body)) {
            *ret = (struct target){seq,
                                   json_int(body, "batch", 0),
                                   kind,
                                   column_copy(arena, rows, 2),
                                   column_copy(arena, rows, 3),
                                   json_int(body, "import", 0)};
            query_done(rows);
            return true;
        }
    }
    return ok && fail(e, ERROR_NOT_FOUND, _("there is nothing to undo"));
}

static bool undo_one(struct collection *c, struct arena *arena, const struct target *target,
                     struct moment now, struct undone *ret, struct error *e)
{
    *ret = (struct undone){.kind = target->kind};
    struct str body =
        str_format(arena, "{\"device\":\"%s\",\"seq\":%lld}", c->device_id, (long long)target->seq);
    if (!log_append(c, EVENT_UNDO, target->deck_id, target->card_id, body, now, NULL, e))
        return false;
    if (target->kind == EVENT_IMPORT)
        return import_revert(c, target->import, now, e);
    if (target->card_id.len == 0)
        return regime_rebuild(c, e);
    return query_number(c, query(c, e, "SELECT key FROM card WHERE id = ?", "t", target->card_id), 0,
                        &ret->card, e) &&
           (ret->card == 0 || card_refresh(c, ret->card, e));
}

/* The rest of a deed that was many events: all before its last one, which was just taken back. */
static bool undo_batch(struct collection *c, struct arena *arena, const struct target *last,
                       struct moment now, struct error *e)
{
    struct {
        struct target *items;
        size_t count, capacity;
    } rest = {0};
    sqlite3_stmt *rows =
        query(c, e,
              "SELECT seq, kind, coalesce(card_id, ''), coalesce(deck, '') FROM event WHERE device = ?1"
              " AND seq >= ?2 AND seq < ?3 AND body ->> 'batch' = ?2 ORDER BY seq DESC",
              "iii", c->device, last->batch, last->seq);
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, &rest,
                  (struct target){sqlite3_column_int64(rows, 0), last->batch, sqlite3_column_int(rows, 1),
                                  column_copy(arena, rows, 2), column_copy(arena, rows, 3)});
    struct undone undone;
    for (size_t i = 0; ok && i < rest.count; i++)
        ok = undo_one(c, arena, &rest.items[i], now, &undone, e);
    return ok;
}

static bool undo_last(struct collection *c, struct arena *arena, struct moment now, struct undone *ret,
                      struct error *e)
{
    struct target target = {0};
    if (!find_last(c, arena, &target, e) || !undo_one(c, arena, &target, now, ret, e))
        return false;
    if (target.batch == 0)
        return true;
    ret->card = 0;
    return undo_batch(c, arena, &target, now, e);
}

bool collection_undo(struct collection *c, struct moment now, struct undone *ret, struct error *e)
{
    if (!transaction_begin(c, e))
        return false;
    struct arena arena = {0};
    struct undone undone;
    bool ok = regime_load(c, e) && undo_last(c, &arena, now, &undone, e);
    arena_finish(&arena);
    if (!transaction_end(c, ok, e))
        return false;
    *ret = undone;
    return true;
}

static struct event_row event_of_row(struct arena *arena, sqlite3_stmt *row)
{
    return (struct event_row){.seq = sqlite3_column_int64(row, 0),
                              .kind = (enum event_kind)sqlite3_column_int(row, 1),
                              .deck = sqlite3_column_int64(row, 2),
                              .card = sqlite3_column_int64(row, 3),
                              .at = {sqlite3_column_int64(row, 4), sqlite3_column_int(row, 5)},
                              .body = column_copy(arena, row, 6),
                              .undone = sqlite3_column_int(row, 7)};
}

bool collection_events(struct collection *c, struct arena *arena, int kind, int64_t since_ms, int limit,
                       struct event_rows *ret, struct error *e)
{
    *ret = (struct event_rows){0};
    sqlite3_stmt *rows = query(
        c, e,
        "SELECT v.seq, v.kind, coalesce((SELECT key FROM deck WHERE id = v.deck), 0),"
        " coalesce((SELECT key FROM card WHERE id = v.card_id), 0), v.at_ms, v.tz_min, v.body,"
        " EXISTS (SELECT 1 FROM event u WHERE u.kind = 2 AND u.card_id IS v.card_id AND"
        " u.body ->> 'seq' = v.seq AND u.body ->> 'device' = (SELECT id FROM device WHERE key = v.device))"
        " FROM event v WHERE v.at_ms >= ?1 AND v.person = ?2 AND (?3 = 0 OR v.kind = ?3)"
        " ORDER BY v.at_ms DESC, v.hlc DESC LIMIT ?4",
        "isii", since_ms, c->person, (int64_t)kind, (int64_t)(limit > 0 ? limit : -1));
    bool row, ok;
    while ((ok = query_step(c, rows, &row, e)) && row)
        list_push(arena, ret, event_of_row(arena, rows));
    return ok;
}
