#include "collection/replay.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "collection/json.h"
#include "collection/search.h"

#include <sqlite3.h>

/* The model gives the memory; the day was chosen among others when the grade was given (other cards, limits, chance), and
 * is taken from the event. A log from elsewhere has none: then the plain plan decides. */
static bool fold_grade(struct state *state, const struct entry *entry, const struct fsrs *model, int rollover)
{
    const struct grade_fields *given = &entry->grade;
    if (given->grade < GRADE_AGAIN || given->grade > GRADE_EASY || given->practice)
        return true;
    if (state->standing.memory.s > 0 && state->algorithm != model->params.algorithm)
        return false;
    struct plan_options options = plan_defaults();
    options.rollover_hour = rollover;
    options.fuzz = false;
    struct answered answered = {
        .grade = (enum grade)given->grade,
        .aided = given->aided,
        .read_age_s = given->read_age_s,
        .at_ms = entry->at.at_ms,
        .tz_min = entry->at.tz_min,
    };
    struct standing next = plan_next(model, &options, &state->standing, &answered, 0);
    if (given->due_at_ms)
        next.due_at_ms = given->due_at_ms;
    if (given->interval_days >= 0)
        next.interval_days = given->interval_days;
    if (given->step >= 0)
        next.step = given->step;
    state->standing = next;
    state->algorithm = model->params.algorithm;
    state->answer_changed = false;
    if (!state->first_at_ms)
        state->first_at_ms = entry->at.at_ms;
    return true;
}

/* Another program tells what is remembered; its log is not at hand, or not from the beginning. */
static void fold_known(struct state *state, const struct entry *entry, const struct fsrs *model, int rollover)
{
    const struct fsrs_params *params = &model->params;
    double days = json_real(entry->body, "days", 1), s = json_real(entry->body, "s", 0);
    struct memory memory = {s, 0, json_real(entry->body, "d", 5)};
    /* A stability of FSRS-6 is an interval; only that algorithm can take it as it is. */
    if (!(s > 0) || params->algorithm != ALGORITHM_FSRS6)
        memory = fsrs_from_sm2(params, s > 0 ? s : days, json_real(entry->body, "ease", 2.5), 0.9);
    int64_t day = day_of(entry->at, rollover);
    int reps = state->standing.reps > 0 ? state->standing.reps : 1;
    state->algorithm = params->algorithm;
    state->standing = (struct standing){
        .memory = memory_round(memory),
        .last_at_ms = entry->at.at_ms,
        .last_day = day,
        .due_at_ms = day_start_ms(day + (int64_t)days, entry->at.tz_min, rollover),
        .interval_days = days,
        .reps = reps,
        .lapses = state->standing.lapses,
    };
    if (!state->first_at_ms)
        state->first_at_ms = entry->at.at_ms;
}

/* Another answer than the one that was learnt: the card is asked anew, today. */
static void fold_reset(struct state *state, const struct entry *entry)
{
    bool answer = json_is(entry->body, "why", "answer");
    state->standing = (struct standing){.due_at_ms = answer ? entry->at.at_ms : 0};
    state->answer_changed = answer;
}

bool state_fold(struct state *state, const struct entry *entry, const struct fsrs *model, int rollover)
{
    struct str value = {0};
    switch (entry->kind) {
    case EVENT_GRADE:
        if (!fold_grade(state, entry, model, rollover))
            return false;
        break;
    case EVENT_RESET:
        if (json_is(entry->body, "why", "known"))
            fold_known(state, entry, model, rollover);
        else
            fold_reset(state, entry);
        break;
    case EVENT_SUSPEND:
        state->suspended = json_field(entry->body, "on", &value) && str_equal(value, STR("true"));
        break;
    case EVENT_BURY:
        state->buried_until_ms = json_int(entry->body, "until_ms", 0);
        break;
    case EVENT_SET_DUE:
        state->standing.due_at_ms = json_int(entry->body, "at_ms", state->standing.due_at_ms);
        break;
    case EVENT_FLAG:
        state->flagged = json_field(entry->body, "reason", &value) && value.len > 2;
        break;
    case EVENT_DECISION:
        state->verdict = json_is(entry->body, "verdict", "accept") ? 1 : -1;
        break;
    case EVENT_PLACE:
        state->removed = json_is(entry->body, "what", "delete");
        break;
    default: /* of later work, or of no concern here */
        break;
    }
    state->upto_device = entry->device;
    state->upto_seq = entry->place.seq;
    state->upto_hlc = entry->place.hlc;
    return true;
}

/* The first `count` entries under one set of weights: what a change of algorithm asks for. */
static struct state replay_under(const struct collection *c, const struct entries *entries, size_t count,
                                 const struct fsrs *model)
{
    struct state state = {.algorithm = model->params.algorithm};
    for (size_t i = 0; i < count; i++)
        if (!entries->items[i].undone)
            state_fold(&state, &entries->items[i], model, rollover_at(c, entries->items[i].place));
    return state;
}

struct state state_replay(const struct collection *c, const struct entries *entries)
{
    struct state state = {.algorithm = ALGORITHM_FSRS7};
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        if (entry->undone)
            continue;
        const struct fsrs *model = model_at(c, entry->deck, entry->place);
        if (!state_fold(&state, entry, model, rollover_at(c, entry->place)))
            state = replay_under(c, entries, i + 1, model);
    }
    /* An undone event counts as known all the same. */
    if (entries->count) {
        const struct entry *last = &entries->items[entries->count - 1];
        state.upto_device = last->device;
        state.upto_seq = last->place.seq;
        state.upto_hlc = last->place.hlc;
    }
    return state;
}

struct state state_of_row(sqlite3_stmt *row)
{
    return (struct state){
        .algorithm = sqlite3_column_int(row, 0) == 6 ? ALGORITHM_FSRS6 : ALGORITHM_FSRS7,
        .standing = {.memory = {sqlite3_column_double(row, 1), sqlite3_column_double(row, 2),
                                sqlite3_column_double(row, 3)},
                     .due_at_ms = sqlite3_column_int64(row, 4),
                     .last_at_ms = sqlite3_column_int64(row, 5),
                     .last_day = sqlite3_column_int64(row, 6),
                     .interval_days = sqlite3_column_double(row, 8),
                     .reps = sqlite3_column_int(row, 9),
                     .lapses = sqlite3_column_int(row, 10),
                     .step = sqlite3_column_int(row, 11),
                     .mastery = sqlite3_column_int(row, 12),
                     .mastery_day = sqlite3_column_int64(row, 13)},
        .first_at_ms = sqlite3_column_int64(row, 7),
        .buried_until_ms = sqlite3_column_int64(row, 14),
        .suspended = sqlite3_column_int(row, 15),
        .flagged = sqlite3_column_int(row, 16),
        .answer_changed = sqlite3_column_int(row, 17),
        .verdict = sqlite3_column_int(row, 18),
        .removed = sqlite3_column_int(row, 19),
        .upto_device = sqlite3_column_int64(row, 20),
        .upto_seq = sqlite3_column_int64(row, 21),
        .upto_hlc = sqlite3_column_int64(row, 22),
    };
}

struct card_place place_of_row(struct arena *arena, sqlite3_stmt *row)
{
    enum { AT = STATE_COLUMN_COUNT };
    return (struct card_place){
        .made = sqlite3_column_int(row, AT),
        .card = sqlite3_column_int64(row, AT + 1),
        .id = column_copy(arena, row, AT + 2),
        .deck = sqlite3_column_int64(row, AT + 3),
        .deck_id = column_copy(arena, row, AT + 4),
        .present = sqlite3_column_int(row, AT + 5),
        .review = sqlite3_column_int(row, AT + 6),
        .status = column_copy(arena, row, AT + 7),
        .gone = sqlite3_column_int(row, AT + 8),
        .apart = sqlite3_column_int(row, AT + 9),
    };
}

bool state_read(struct collection *c, struct arena *arena, int64_t card, struct state *ret,
                struct card_place *ret_place, struct error *e)
{
    bool row;
    sqlite3_stmt *find =
        query(c, e, "SELECT " STATE_COLUMNS " FROM " STATE_TABLES " WHERE card.key = ?", "i", card);
    if (!query_step(c, find, &row, e))
        return false;
    if (!row)
        return fail(e, ERROR_NOT_FOUND, _("that card is not in the collection any more"));
    *ret = state_of_row(find);
    *ret_place = place_of_row(arena, find);
    query_done(find);
    return true;
}

/* What the content and the log say together. */
static const char *status_of(const struct card_place *place, const struct state *state)
{
    if (!place->present || state->removed || state->verdict < 0)
        return "retired";
    if (place->review && state->verdict == 0)
        return "draft";
    return state->suspended ? "suspended" : "active";
}

static bool make_row(struct collection *c, int64_t card, struct error *e)
{
    return query_run(
        c,
        query(c, e,
              "INSERT INTO memory(card, deck, sibling, position, wave, asked)"
              " SELECT key, deck, coalesce(fact * 2, note * 2 + 1, 0), position, wave, 0 FROM card"
              " WHERE key = ?",
              "i", card),
        e);
}

bool state_write(struct collection *c, const struct card_place *place, const struct state *state,
                 struct error *e)
{
    const char *status = status_of(place, state);
    const struct standing *at = &state->standing;
    if (!place->made && !make_row(c, place->card, e))
        return false;
    sqlite3_stmt *write = query(
        c, e,
        "UPDATE memory SET asked = ?, algorithm = ?, s = ?, x = ?, d = ?, due_at_ms = ?, last_at_ms = ?,"
        " last_day = ?, first_at_ms = ?, interval_days = ?, reps = ?, lapses = ?, step = ?, mastery = ?,"
        " mastery_day = ?, buried_until_ms = ?, suspended = ?, flagged = ?, answer_changed = ?, verdict = ?,"
        " removed = ?, upto_device = ?, upto_seq = ?, upto_hlc = ? WHERE card = ?",
        "iirrrkkikdiiiiiiiiiiiiiii",
        (int64_t)(!place->gone && !place->apart && str_equal(str_from(status), STR("active"))),
        (int64_t)state->algorithm, at->memory.s, at->memory.x, at->memory.d, at->due_at_ms, at->last_at_ms,
        at->last_day, state->first_at_ms, at->interval_days, (int64_t)at->reps, (int64_t)at->lapses,
        (int64_t)at->step, (int64_t)at->mastery, at->mastery_day, state->buried_until_ms,
        (int64_t)state->suspended, (int64_t)state->flagged, (int64_t)state->answer_changed,
        (int64_t)state->verdict, (int64_t)state->removed, state->upto_device, state->upto_seq,
        state->upto_hlc, place->card);
    if (!query_run(c, write, e))
        return false;
    return str_equal(place->status, str_from(status)) ||
           query_run(c, query(c, e, "UPDATE card SET status = ? WHERE key = ?", "si", status, place->card),
                     e);
}

/* The last edit of each field, taken-back ones left out. */
static bool write_overlays(struct collection *c, struct arena *arena, int64_t card,
                           const struct entries *entries, struct error *e)
{
    bool any = false, ok = true;
    list_each (struct entry, entry, entries)
        any |= entry->kind == EVENT_OVERLAY;
    if (!any)
        return true;
    ok = query_run(c, query(c, e, "DELETE FROM overlay WHERE card = ?", "i", card), e);
    list_each (struct entry, entry, entries) {
        if (!ok || entry->kind != EVENT_OVERLAY || entry->undone)
            continue;
        struct str field = json_text(arena, entry->body, "field"),
                   value = json_text(arena, entry->body, "value");
        ok = value.len
                 ? query_run(c,
                             query(c, e, "INSERT OR REPLACE INTO overlay VALUES (?, ?, ?)", "itt", card,
                                   field, value),
                             e)
                 : query_run(
                       c, query(c, e, "DELETE FROM overlay WHERE card = ? AND field = ?", "it", card, field),
                       e);
    }
    return ok && search_update(c, card, e);
}

static bool write_decisions(struct collection *c, struct arena *arena, const struct card_place *place,
                            const struct entries *entries, struct error *e)
{
    bool any = false, ok = true;
    list_each (struct entry, entry, entries)
        any |= entry->kind == EVENT_DECISION;
    if (!any)
        return true;
    ok = query_run(c, query(c, e, "DELETE FROM decision WHERE card_id = ?", "t", place->id), e);
    list_each (struct entry, entry, entries)
        if (ok && entry->kind == EVENT_DECISION && !entry->undone)
            ok = query_run(
                c,
                query(c, e,
                      "INSERT INTO decision(fact, rule, card_id, verdict, reason, device, seq, at_ms)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      "tttttiii", json_text(arena, entry->body, "fact"),
                      json_text(arena, entry->body, "rule"), place->id,
                      json_text(arena, entry->body, "verdict"), json_text(arena, entry->body, "reason"),
                      entry->device, entry->place.seq, entry->at.at_ms),
                e);
    return ok;
}

bool state_apply(struct collection *c, struct arena *arena, const struct card_place *place,
                 const struct state *state, const struct entries *entries, struct error *e)
{
    return state_write(c, place, state, e) && write_overlays(c, arena, place->card, entries, e) &&
           write_decisions(c, arena, place, entries, e);
}

bool card_refresh(struct collection *c, int64_t card, struct error *e)
{
    struct arena arena = {0};
    struct state state;
    struct card_place place;
    struct entries entries;
    bool ok = regime_load(c, e) && state_read(c, &arena, card, &state, &place, e) &&
              log_read(c, &arena, place.id, &entries, e);
    if (ok) {
        state = state_replay(c, &entries);
        ok = state_apply(c, &arena, &place, &state, &entries, e);
    }
    arena_finish(&arena);
    return ok;
}

/* Kinds whose effect is more than the state's, and places that are not the last. */
static bool wants_history(const struct state *state, const struct entry *entry)
{
    return entry->kind == EVENT_UNDO || entry->kind == EVENT_OVERLAY || entry->kind == EVENT_DECISION ||
           state->upto_hlc >= entry->place.hlc;
}

bool card_event(struct collection *c, const struct card_place *place, struct state *state,
                enum event_kind kind, struct str body, struct moment now, struct error *e)
{
    struct entry entry;
    if (!regime_load(c, e) || !log_append(c, kind, place->deck_id, place->id, body, now, &entry, e))
        return false;
    if (!wants_history(state, &entry)) {
        const struct fsrs *model = model_at(c, entry.deck, entry.place);
        if (state_fold(state, &entry, model, rollover_at(c, entry.place)))
            return state_write(c, place, state, e);
    }
    if (!card_refresh(c, place->card, e))
        return false;
    struct arena arena = {0};
    struct card_place again;
    bool ok = state_read(c, &arena, place->card, state, &again, e);
    arena_finish(&arena);
    return ok;
}
