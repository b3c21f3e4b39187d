#include "study/session.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/translate.h"
#include "collection/deck.h"
#include "collection/event.h"
#include "collection/heldback.h"
#include "collection/statistics.h"
#include "schedule/plan.h"
#include "text/text.h"

#include <stdlib.h>

/* A miss comes back after so much, fewer cards when no more are left. */
enum { OTHERS_BETWEEN = 5, REST_MS = 60000 };
/* Choices help only what is nearly known: below this a wrong one would stick. */
static const double choice_recall = 0.6;
/* Until the learner's own pace is known. */
enum { PACE_MS = 8000 };
static const int64_t freshly_read_ms = INT64_C(12) * 3600 * 1000;

enum item_state { ITEM_WAITING, ITEM_RETURNING, ITEM_DONE };

/* One card of the session. */
struct item {
    int64_t card;
    enum item_state state;
    enum segment segment; /* how its first answer went */
    int shown;            /* answers given in this session */
    bool missed;
    bool last;           /* puts several facts together: asked when those are done */
    int64_t ready_at_ms; /* returning: not before */
    int others;          /* returning: cards answered since */
    int probe;           /* the day of a probe (heldback.h): asked once, and no grade; 0: an ordinary card */
};

struct items {
    struct item *items;
    size_t count, capacity;
};

/* What an undo needs to know of the session itself. */
struct step {
    size_t item;
    struct item before;
    bool answer; /* a grade; else the card was put away */
    int ms;
    enum grade grade;
    bool first;
};

struct steps_done {
    struct step *items;
    size_t count, capacity;
};

/* Where the card at hand stands. */
enum phase { PHASE_NONE, PHASE_ASKED, PHASE_ANSWERED };

struct session {
    struct collection *collection;
    struct session_options options;
    struct arena arena;   /* the session's */
    struct arena scratch; /* the card at hand */
    struct items items;
    struct steps_done steps;
    struct {
        enum segment *items;
        size_t count, capacity;
    } segments;
    size_t at; /* index of the card at hand */
    enum phase phase;
    struct card_row row;
    struct question question;
    struct str_list shuffled; /* choices in the order they would be shown */
    enum grade highest;
    int ms;
    struct str given;
    const char *kind;
    int64_t used_ms;
    int pace_ms;
    int64_t read_at_ms; /* 0: not known */
    struct judge_options judging;
};

/* Opening */

static enum queue_mode queue_mode_of(const struct session_options *options)
{
    if (options->ahead_days > 0)
        return QUEUE_AHEAD;
    if (options->mode == ANSWER_FIRST)
        return QUEUE_FIRST;
    return options->mode == ANSWER_REVIEW ? QUEUE_DAY : QUEUE_CRAM;
}

static void add_item(struct session *s, int64_t card, int64_t ready_at_ms)
{
    struct item item = {.card = card, .ready_at_ms = ready_at_ms};
    if (ready_at_ms) {
        item.state = ITEM_RETURNING;
        item.others = OTHERS_BETWEEN;
    }
    list_push(&s->arena, &s->items, item);
    list_push(&s->arena, &s->segments, SEGMENT_OPEN);
}

/* First of all, before anything that could help. */
static bool fill_probes(struct session *s, struct moment now, struct error *e)
{
    struct probes probes;
    if (queue_mode_of(&s->options) != QUEUE_DAY)
        return true;
    if (!collection_probes(s->collection, &s->scratch, s->options.deck, now, &probes, e))
        return false;
    list_each (struct probe, probe, &probes) {
        add_item(s, probe->card, 0);
        list_last(&s->items)->probe = probe->day;
    }
    arena_reset(&s->scratch);
    return true;
}

static bool fill(struct session *s, struct moment now, struct error *e)
{
    struct queue_request request = {.deck = s->options.deck,
                                    .mode = queue_mode_of(&s->options),
                                    .order = -1,
                                    .new_limit = s->options.new_limit,
                                    .limit = s->options.limit,
                                    .ahead_days = s->options.ahead_days};
    struct queue queue = {0};
    for (size_t i = 0; i < s->options.card_count; i++)
        add_item(s, s->options.cards[i], 0);
    if (s->options.cards)
        return true;
    bool ok = collection_queue(s->collection, &s->scratch, &request, now, &queue, e);
    for (size_t i = 0; ok && i < queue.count; i++) {
        const struct queue_item *item = &queue.items[i];
        bool waits = item->learning && item->due_at_ms > now.at_ms;
        add_item(s, item->card, waits ? item->due_at_ms : 0);
    }
    arena_reset(&s->scratch);
    return ok;
}

/* What the learner said of the reading, just now or in the log. */
static bool read_when_read(struct session *s, struct moment now, struct error *e)
{
    if (s->options.read_age_s >= 0) {
        s->read_at_ms = now.at_ms - (int64_t)(s->options.read_age_s * 1000);
        return true;
    }
    return s->options.deck == 0 ||
           collection_read_at(s->collection, s->options.deck, now.at_ms - freshly_read_ms, &s->read_at_ms, e);
}

static bool read_limits(struct session *s, struct error *e)
{
    struct deck_options options;
    if (!deck_options(s->collection, s->options.deck, &options, e))
        return false;
    if (s->options.minutes == 0)
        s->options.minutes = options.minutes_per_day;
    s->judging.accents =
        (enum accent_policy)setting_number(s->collection, STR("judge.accents"), ACCENTS_FORGIVE);
    s->judging.typos = (enum typo_policy)setting_number(s->collection, STR("judge.typos"), TYPOS_BY_LENGTH);
    return true;
}

bool session_open(struct collection *collection, const struct session_options *options, struct moment now,
                  struct session **ret, struct error *e)
{
    struct session *s = memory_alloc(sizeof *s);
    *s = (struct session){.collection = collection, .options = *options};
    if (read_limits(s, e) && collection_pace_ms(collection, PACE_MS, &s->pace_ms, e) &&
        read_when_read(s, now, e) && fill_probes(s, now, e) && fill(s, now, e)) {
        *ret = s;
        return true;
    }
    session_close(s);
    return false;
}

void session_close(struct session *s)
{
    if (!s)
        return;
    arena_finish(&s->arena);
    arena_finish(&s->scratch);
    free(s);
}

/* Parts to be put together, checked as a whole. */
static bool is_set(const struct card *card)
{
    return card->kind == CARD_ORDER || card->kind == CARD_MATCH;
}

/* Which card */

static bool out_of_time(const struct session *s)
{
    return s->options.minutes > 0 && s->used_ms >= (int64_t)s->options.minutes * 60000;
}

/* The first that was not asked yet, those that come last behind all others; none when the time is up. */
static struct item *next_waiting(struct session *s)
{
    struct item *last = NULL;
    if (out_of_time(s))
        return NULL;
    list_each (struct item, item, &s->items) {
        if (item->state != ITEM_WAITING)
            continue;
        if (!item->last)
            return item;
        if (!last)
            last = item;
    }
    return last;
}

/* The one that has been away longest. */
static struct item *next_returning(struct session *s)
{
    struct item *first = NULL;
    list_each (struct item, item, &s->items)
        if (item->state == ITEM_RETURNING && (!first || item->ready_at_ms < first->ready_at_ms))
            first = item;
    return first;
}

static struct item *choose(struct session *s, struct moment now, int64_t *ret_wait_ms)
{
    struct item *waiting = next_waiting(s), *back = next_returning(s);
    bool ready = back && back->ready_at_ms <= now.at_ms;
    if (ready && (back->others >= OTHERS_BETWEEN || !waiting))
        return back;
    if (!waiting && back)
        *ret_wait_ms = back->ready_at_ms - now.at_ms;
    return waiting;
}

static void shuffle_choices(struct session *s)
{
    const struct str_list *choices = &s->row.card.choices;
    struct random random = {s->options.seed ^ plan_seed(str_from(s->row.card.id.text), s->row.reps)};
    s->shuffled = (struct str_list){0};
    for (size_t i = 0; i < choices->count; i++)
        list_push(&s->scratch, &s->shuffled, choices->items[i]);
    for (size_t i = s->shuffled.count; i > 1; i--) {
        size_t j = random_below(&random, i);
        struct str swapped = s->shuffled.items[i - 1];
        s->shuffled.items[i - 1] = s->shuffled.items[j];
        s->shuffled.items[j] = swapped;
    }
}

static bool may_choose(const struct session *s, struct moment now)
{
    if (s->row.card.choices.count < 2)
        return false;
    return s->options.mode == ANSWER_EXAM ||
           (s->row.reps > 0 && card_recall(s->collection, &s->row, now) >= choice_recall);
}

enum asked { ASKED, ASKED_NOT_THERE, ASKED_LATER };

static enum asked ask(struct session *s, size_t at, struct moment now)
{
    struct item *item = &s->items.items[at];
    arena_reset(&s->scratch);
    s->row = (struct card_row){0};
    if (!collection_card(s->collection, &s->scratch, item->card, &s->row, NULL))
        return ASKED_NOT_THERE;
    if (is_set(&s->row.card) && item->state == ITEM_WAITING && !item->last) {
        item->last = true;
        return ASKED_LATER;
    }
    s->at = at;
    s->phase = PHASE_ASKED;
    s->given = (struct str){0};
    shuffle_choices(s);
    s->question = (struct question){.row = &s->row,
                                    .choice_offered = may_choose(s, now),
                                    .probe = s->items.items[at].probe > 0,
                                    .first = s->row.reps == 0,
                                    .again = s->items.items[at].missed};
    s->segments.items[at] = SEGMENT_CURRENT;
    return ASKED;
}

const struct question *session_current(struct session *s, struct moment now, int64_t *ret_wait_ms)
{
    int64_t wait = 0;
    if (s->phase == PHASE_NONE) {
        struct item *item;
        enum asked asked = ASKED_LATER;
        while (asked != ASKED && (item = choose(s, now, &wait))) {
            asked = ask(s, (size_t)(item - s->items.items), now);
            if (asked == ASKED_NOT_THERE) /* was taken out meanwhile */
                item->state = ITEM_DONE;
        }
    }
    if (ret_wait_ms)
        *ret_wait_ms = s->phase == PHASE_NONE ? wait : 0;
    return s->phase == PHASE_NONE ? NULL : &s->question;
}

/* Help */

static struct str first_letter(struct session *s)
{
    struct str answer = s->row.card.answer;
    return str_format(&s->scratch, "%.*s…", (int)text_next_grapheme(answer, 0), answer.ptr ? answer.ptr : "");
}

bool session_choices(struct session *s)
{
    if (s->phase != PHASE_ASKED || !s->question.choice_offered || s->question.choices.count)
        return false;
    s->question.choices = s->shuffled;
    return true;
}

bool session_hint(struct session *s)
{
    struct question *question = &s->question;
    if (s->phase != PHASE_ASKED || question->probe)
        return false;
    if (question->hints == 0) {
        question->hint = s->row.card.hint.len ? s->row.card.hint : first_letter(s);
        question->hints = 1;
        return true;
    }
    /* The ladder's second step; a first meeting has it only when the text was just read. */
    bool met = !question->first || question->again || s->options.mode == ANSWER_FIRST;
    if (question->choices.count || s->shuffled.count < 2 || !met)
        return false;
    question->choices = s->shuffled;
    question->hints++;
    return true;
}

/* The answer */

static bool in_learning(const struct session *s)
{
    return s->options.mode == ANSWER_FIRST || s->options.mode == ANSWER_REVIEW;
}

static double read_age_s(const struct session *s, struct moment now)
{
    return s->read_at_ms ? (double)(now.at_ms - s->read_at_ms) / 1000 : -1;
}

static struct str place_of(struct session *s)
{
    const struct passages *passages = &s->row.passages;
    return passages->count ? str_format(&s->scratch, _(", line %d"), passages->items[0].line)
                           : (struct str){0};
}

static struct str note_of(struct session *s, const struct outcome *outcome)
{
    if (s->row.answer_changed)
        return str_format(&s->scratch, _("The book's new edition answers otherwise than before."));
    if (outcome->verdict == VERDICT_RIGHT || outcome->given.len == 0 || is_set(&s->row.card))
        return (struct str){0};
    struct str place = place_of(s);
    return str_format(&s->scratch, _("You said \"%.*s\"; the text: %.*s%.*s."), STR_ARG(outcome->given),
                      STR_ARG(s->row.card.answer), STR_ARG(place));
}

static bool finish_outcome(struct session *s, int ms, struct moment now, struct outcome *ret, struct error *e)
{
    int options = (int)s->question.choices.count;
    s->highest = grade_highest(options, s->question.hints);
    s->ms = ms;
    ret->highest = s->highest;
    if (ret->proposed > ret->highest)
        ret->proposed = ret->highest;
    ret->note = note_of(s, ret);
    if (!collection_preview(s->collection, s->row.key, now, read_age_s(s, now), &ret->preview, e))
        return false;
    s->phase = PHASE_ANSWERED;
    return true;
}

/* Of what is chosen or put in order only the very thing is right. */
static struct judgement judge_exactly(struct session *s, struct str given)
{
    bool right = str_equal(given, s->row.card.answer);
    return (struct judgement){.verdict = right ? VERDICT_RIGHT : VERDICT_WRONG,
                              .grade = right ? GRADE_GOOD : GRADE_AGAIN,
                              .expected = s->row.card.answer};
}

bool session_answer(struct session *s, struct str given, int ms, struct moment now, struct outcome *ret,
                    struct error *e)
{
    if (s->phase != PHASE_ASKED)
        return fail(e, ERROR_USAGE, _("no question is open"));
    bool chosen = s->question.choices.count > 0;
    s->given = str_copy(&s->scratch, given);
    s->kind = chosen ? "choice" : is_set(&s->row.card) ? card_kind_name(s->row.card.kind).ptr : "typed";
    struct outcome outcome = {.given = s->given};
    outcome.judgement = chosen || is_set(&s->row.card)
                            ? judge_exactly(s, s->given)
                            : judge(&s->scratch, &s->judging, &s->row.card, s->given);
    outcome.verdict = outcome.judgement.verdict;
    outcome.proposed = (enum grade)outcome.judgement.grade;
    if (!finish_outcome(s, ms, now, &outcome, e))
        return false;
    *ret = outcome;
    return true;
}

bool session_reveal(struct session *s, int ms, struct moment now, struct outcome *ret, struct error *e)
{
    if (s->phase != PHASE_ASKED)
        return fail(e, ERROR_USAGE, _("no question is open"));
    s->kind = "self";
    struct outcome outcome = {.verdict = VERDICT_RIGHT, .proposed = GRADE_GOOD};
    outcome.judgement =
        (struct judgement){.verdict = VERDICT_RIGHT, .grade = GRADE_GOOD, .expected = s->row.card.answer};
    if (!finish_outcome(s, ms, now, &outcome, e))
        return false;
    *ret = outcome;
    return true;
}

/* The grade */

static enum segment segment_of(enum grade grade)
{
    return grade == GRADE_AGAIN ? SEGMENT_WRONG : grade == GRADE_HARD ? SEGMENT_HARD : SEGMENT_RIGHT;
}

/* What is not due yet is practice: looking ahead changes no plan. */
static enum answer_mode mode_of(const struct session *s, struct moment now)
{
    if (s->options.ahead_days > 0 && s->row.due_at_ms > now.at_ms && s->row.step == 0)
        return ANSWER_CRAM;
    return in_learning(s) ? (s->question.first ? ANSWER_FIRST : ANSWER_REVIEW) : s->options.mode;
}

/* Back until one recall without help; an exam asks once. */
static bool comes_back(const struct session *s, enum grade grade, const struct graded *graded)
{
    if (s->options.mode == ANSWER_EXAM)
        return false;
    /* A step of days is of another session. */
    bool today = !graded->timed || graded->interval_days < 0.5;
    return s->options.mode == ANSWER_CRAM ? grade == GRADE_AGAIN : graded->step > 0 && today;
}

static void count_others(struct session *s)
{
    list_each (struct item, other, &s->items)
        other->others += other->state == ITEM_RETURNING;
}

static void settle_item(struct session *s, enum grade grade, const struct graded *graded, struct moment now)
{
    struct item *item = &s->items.items[s->at];
    if (item->shown == 0)
        item->segment = segment_of(grade);
    count_others(s);
    item->shown++;
    item->missed |= grade == GRADE_AGAIN;
    item->state = ITEM_DONE;
    if (comes_back(s, grade, graded)) {
        item->state = ITEM_RETURNING;
        item->others = 0;
        item->ready_at_ms = graded->timed ? graded->due_at_ms : now.at_ms + REST_MS;
    }
    s->segments.items[s->at] = item->segment;
}

bool session_grade(struct session *s, enum grade grade, struct moment now, struct graded *ret,
                   struct error *e)
{
    if (s->phase != PHASE_ANSWERED)
        return fail(e, ERROR_USAGE, _("answer or reveal the card first"));
    if (grade > s->highest)
        grade = s->highest;
    struct answer answer = {.grade = grade,
                            .mode = mode_of(s, now),
                            .ms = s->ms,
                            .kind = str_from(s->kind),
                            .given = s->given,
                            .options = (int)s->question.choices.count,
                            .hints = s->question.hints,
                            .sure = -1,
                            .read_age_s = read_age_s(s, now)};
    struct graded graded = {0};
    struct probe probe = {s->row.key, s->items.items[s->at].probe};
    if (!(probe.day ? collection_probe(s->collection, &probe, &answer, now, e)
                    : collection_grade(s->collection, s->row.key, &answer, now, &graded, e)))
        return false;
    list_push(&s->arena, &s->steps,
              (struct step){.item = s->at,
                            .before = s->items.items[s->at],
                            .answer = true,
                            .ms = s->ms,
                            .grade = grade,
                            .first = s->question.first});
    s->used_ms += s->ms;
    settle_item(s, grade, &graded, now);
    s->phase = PHASE_NONE;
    if (ret)
        *ret = graded;
    return true;
}

/* Putting away, taking back */

static void put_away(struct session *s)
{
    struct item *item = &s->items.items[s->at];
    list_push(&s->arena, &s->steps, (struct step){.item = s->at, .before = *item});
    item->state = ITEM_DONE;
    s->segments.items[s->at] = item->shown ? item->segment : SEGMENT_OPEN;
    s->phase = PHASE_NONE;
}

bool session_bury(struct session *s, struct moment now, struct error *e)
{
    if (s->phase == PHASE_NONE)
        return fail(e, ERROR_USAGE, _("no question is open"));
    if (!card_bury(s->collection, s->row.key, now, e))
        return false;
    put_away(s);
    return true;
}

bool session_suspend(struct session *s, struct moment now, struct error *e)
{
    if (s->phase == PHASE_NONE)
        return fail(e, ERROR_USAGE, _("no question is open"));
    if (!card_suspend(s->collection, s->row.key, true, now, e))
        return false;
    put_away(s);
    return true;
}

static size_t find_item(const struct session *s, int64_t card)
{
    for (size_t i = 0; i < s->items.count; i++)
        if (s->items.items[i].card == card)
            return i;
    return SIZE_MAX;
}

/* The card at hand goes back to where it was before it was shown. */
static void lay_down(struct session *s)
{
    if (s->phase == PHASE_NONE)
        return;
    const struct item *item = &s->items.items[s->at];
    s->segments.items[s->at] = item->shown ? item->segment : SEGMENT_OPEN;
    s->phase = PHASE_NONE;
}

static void step_back(struct session *s, int64_t card)
{
    const struct step *step = s->steps.count ? list_last(&s->steps) : NULL;
    if (!step || s->items.items[step->item].card != card)
        return;
    s->items.items[step->item] = step->before;
    s->used_ms -= step->ms;
    if (step->answer)
        list_each (struct item, other, &s->items)
            other->others -= other->state == ITEM_RETURNING && other->others > 0;
    s->steps.count--;
}

bool session_undo(struct session *s, struct moment now, struct error *e)
{
    struct undone undone;
    if (!collection_undo(s->collection, now, &undone, e))
        return false;
    lay_down(s);
    if (undone.card == 0)
        return true;
    step_back(s, undone.card);
    size_t at = find_item(s, undone.card);
    if (at == SIZE_MAX) {
        add_item(s, undone.card, 0);
        at = s->items.count - 1;
    }
    if (s->items.items[at].state == ITEM_DONE)
        s->items.items[at].state = ITEM_WAITING;
    ask(s, at, now);
    return true;
}

bool session_reload(struct session *s, struct error *e)
{
    if (s->phase == PHASE_NONE)
        return true;
    struct card_row row = {0};
    if (!collection_card(s->collection, &s->scratch, s->row.key, &row, e))
        return false;
    s->row = row;
    return true;
}

/* How far */

struct progress session_progress(const struct session *s, struct moment now)
{
    (void)now;
    struct progress progress = {.segments = s->segments.items, .count = s->items.count};
    bool late = out_of_time(s);
    for (size_t i = 0; i < s->items.count; i++) {
        enum item_state state = s->items.items[i].state;
        bool at_hand = s->phase != PHASE_NONE && i == s->at;
        if (state == ITEM_DONE)
            progress.done++;
        else if (at_hand || state == ITEM_RETURNING || !late)
            progress.left++;
    }
    progress.seconds_left = (int)((int64_t)progress.left * s->pace_ms / 1000);
    return progress;
}

static bool look_at_tomorrow(struct session *s, struct moment now, struct session_summary *ret,
                             struct error *e)
{
    int64_t tomorrow = collection_day(s->collection, now) + 1;
    struct moment then = {collection_day_start_ms(s->collection, tomorrow, now), now.tz_min};
    struct queue_request request = {.deck = s->options.deck, .order = -1, .new_limit = 0};
    struct queue queue;
    struct arena arena = {0};
    bool ok = collection_queue(s->collection, &arena, &request, then, &queue, e) &&
              collection_next_due(s->collection, s->options.deck, now, &ret->next_due_ms, e);
    if (ok) {
        ret->due_tomorrow = queue.due + queue.learning;
        ret->minutes_tomorrow = (int)(((int64_t)ret->due_tomorrow * s->pace_ms + 59999) / 60000);
    }
    arena_finish(&arena);
    return ok;
}

bool session_summary(struct session *s, struct moment now, struct session_summary *ret, struct error *e)
{
    struct session_summary summary = {0};
    list_each (struct step, step, &s->steps) {
        if (!step->answer)
            continue;
        summary.answers++;
        summary.right += step->grade > GRADE_AGAIN;
        summary.first += step->first && step->before.shown == 0;
        summary.ms += step->ms;
    }
    list_each (struct item, item, &s->items) {
        summary.cards += item->shown > 0;
        if (!item->missed)
            continue;
        summary.missed++;
        struct card_row row;
        if (collection_card(s->collection, &s->arena, item->card, &row, NULL))
            list_push(&s->arena, &summary.troubles, row);
    }
    if (!look_at_tomorrow(s, now, &summary, e))
        return false;
    *ret = summary;
    return true;
}
