/* The first session after reading: walks the learner through its steps, and leaves what was learnt in the log. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/event.h"
#include "collection/queue.h"
#include "screens/words.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum {
    ESSENTIAL = 12,
    MORE = 30,
    HELP_AFTER_MS = 60000,
    SECONDS_A_CARD = 25,
    MONTH_ANSWERS = 6,
    ANSWER_SECONDS = 8
};

/* ---- Cards of the chapter, with their sections ---- */

static int section_of(struct first_state *first, struct str title)
{
    for (size_t i = 0; i < first->sections.count; i++)
        if (str_equal(first->sections.items[i], title))
            return (int)i;
    list_push(&first->arena, &first->sections, title);
    return (int)first->sections.count - 1;
}

static bool load(struct app *app, int64_t deck, struct error *e)
{
    struct first_state *first = &app->first;
    struct queue queue = {0};
    const struct queue_request request = {
        .deck = deck, .mode = QUEUE_FIRST, .order = ORDER_DECK, .new_limit = -1};
    if (!collection_queue(app->collection, &first->arena, &request, app_now(app), &queue, e))
        return false;
    first->facts = arena_array(&first->arena, queue.count, sizeof *first->facts);
    first->cards = arena_array(&first->arena, queue.count, sizeof *first->cards);
    for (size_t i = 0; i < queue.count; i++) {
        struct card_row row;
        if (!collection_card(app->collection, &first->arena, queue.items[i].card, &row, e))
            return false;
        const struct passage *passage = row.passages.count ? &row.passages.items[0] : NULL;
        first->cards[first->count] = row.key;
        first->facts[first->count++] =
            (struct first_fact){.prompt = row.card.prompt,
                                .answer = row.card.answer,
                                .section = section_of(first, passage ? passage->section : (struct str){0}),
                                .line = passage ? passage->line : 0,
                                .essential = i < ESSENTIAL};
        if (passage && !first->title.len)
            first->title = passage->chapter;
        first->lang = row.card.lang;
    }
    return true;
}

void first_finish(struct app *app)
{
    arena_finish(&app->first.arena);
    buffer_finish(&app->first.written);
    app->first = (struct first_state){.revision = app->first.revision + 1};
}

void open_first(struct app *app, const struct ui_action *action)
{
    struct error e = {0};
    int64_t deck = home_deck_of(app, action);
    first_finish(app);
    app->first.amount = ESSENTIAL;
    app->first.deck = deck;
    if (!load(app, deck, &e)) {
        app_toast_error(app, &e);
        return;
    }
    if (!app->first.count) {
        app_toast(app, str_from(_("No new cards here: the first session is over")), ACTION_NONE);
        return;
    }
    app->first.active = true;
    app_go(app, (struct place){SCREEN_FIRST, deck, 0});
}

/* ---- What was recalled, before anybody looks: every answer that stands in the text ---- */

static void mark_brought(struct first_state *first)
{
    struct str written = buffer_str(&first->written);
    for (size_t i = 0; i < first->count; i++) {
        struct first_fact *fact = &first->facts[i];
        bool there = fact->answer.len && str_contains(written, fact->answer);
        fact->mark = there ? MARK_BROUGHT : MARK_MISSED;
    }
}

static int count_marks(const struct first_state *first, enum first_mark mark, bool only_essential)
{
    int count = 0;
    for (size_t i = 0; i < first->count; i++)
        count += first->facts[i].mark == mark && (!only_essential || first->facts[i].essential);
    return count;
}

static int count_kept(const struct first_state *first)
{
    int count = 0;
    for (size_t i = 0; i < first->count; i++)
        count += first->facts[i].keep;
    return count;
}

static int wanted(const struct first_state *first)
{
    return first->amount && (size_t)first->amount < first->count ? first->amount : (int)first->count;
}

/* Wrong ones first, then missed essentials, then what comes next in the text, up to the amount. */
static void propose(struct first_state *first)
{
    int kept = 0;
    for (size_t i = 0; i < first->count; i++)
        first->facts[i].keep = false;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < first->count && kept < wanted(first); i++) {
            struct first_fact *fact = &first->facts[i];
            bool now = round == 0   ? fact->mark == MARK_NEARLY
                       : round == 1 ? fact->essential && fact->mark == MARK_MISSED
                                    : true;
            if (!now || fact->keep)
                continue;
            fact->keep = true;
            kept++;
        }
    }
}

static void record(struct app *app, enum event_kind kind, struct str body)
{
    struct error e = {0};
    if (!collection_record(app->collection, kind, app->first.deck, 0, body, app_now(app), &e))
        app_toast_error(app, &e);
}

/* ---- The learning itself is a session over what was kept ---- */

static bool drop_others(struct app *app, struct error *e)
{
    const struct first_state *first = &app->first;
    for (size_t i = 0; i < first->count; i++)
        if (first->facts[i].essential && !first->facts[i].keep &&
            !card_suspend(app->collection, first->cards[i], true, app_now(app), e))
            return false;
    return true;
}

static void learn(struct app *app)
{
    struct error e = {0};
    struct first_state *first = &app->first;
    static const double ages_s[] = {0, 0, 3 * 24 * 3600.0};
    first->kept = count_kept(first);
    first->step = FIRST_LEARN;
    if (!drop_others(app, &e)) {
        app_toast_error(app, &e);
        return;
    }
    study_first(app, first->deck, first->kept, ages_s[first->when]);
}

/* The session is over: on to the last steps. */
bool first_goes_on(struct app *app)
{
    struct first_state *first = &app->first;
    if (!first->active || first->step != FIRST_LEARN)
        return false;
    first->learnt = app->study_done;
    first->bet = first->learnt;
    first->step = FIRST_WHY;
    return true;
}

/* ---- Steps ---- */

static void leave_read(struct app *app)
{
    static const char *const ages[] = {"0", "0", "259200"};
    record(app, EVENT_READ, str_format(ui_arena(app->ui), "{\"age_s\":%s}", ages[app->first.when]));
    app->first.recall_since_ms = app_clock_ms(app);
}

static void leave_recall(struct app *app)
{
    mark_brought(&app->first);
}

static void leave_brought(struct app *app)
{
    const struct first_state *first = &app->first;
    record(app, EVENT_RECALL,
           str_format(ui_arena(app->ui), "{\"brought\":%d,\"nearly\":%d,\"missed\":%d}",
                      count_marks(first, MARK_BROUGHT, false), count_marks(first, MARK_NEARLY, false),
                      count_marks(first, MARK_MISSED, false)));
    propose(&app->first);
}

static void leave_bet(struct app *app)
{
    record(app, EVENT_BET,
           str_format(ui_arena(app->ui), "{\"known\":%d,\"of\":%d}", app->first.bet, app->first.learnt));
}

void first_next(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct first_state *first = &app->first;
    switch (first->step) {
    case FIRST_READ:
        leave_read(app);
        if (first->when == 1) {
            first->when = 0;
            reader_open(app, first->deck, 0);
            return;
        }
        break;
    case FIRST_RECALL:
        leave_recall(app);
        break;
    case FIRST_BROUGHT:
        leave_brought(app);
        break;
    case FIRST_CHOOSE:
        learn(app);
        return;
    case FIRST_BET:
        leave_bet(app);
        break;
    case FIRST_TOMORROW:
        return;
    default:
        break;
    }
    first->revision++;
    first->step++;
}

void first_when(struct app *app, const struct ui_action *action)
{
    app->first.when = (int)(action->argument % 3);
}

void first_amount(struct app *app, const struct ui_action *action)
{
    app->first.amount = (int)action->argument;
}

void first_written(struct app *app, const struct ui_action *action)
{
    buffer_clear(&app->first.written);
    buffer_add(&app->first.written, action->text);
}

/* Titles while recalling; the facts once the reason is written. */
void first_titles(struct app *app, const struct ui_action *action)
{
    (void)action;
    if (app->first.step == FIRST_WHY)
        app->first.why_written = true;
    else
        app->first.titles = true;
}

void first_mark(struct app *app, const struct ui_action *action)
{
    struct first_state *first = &app->first;
    if (action->argument < 0 || (size_t)action->argument >= first->count)
        return;
    struct first_fact *fact = &first->facts[action->argument];
    fact->mark = (enum first_mark)((fact->mark + 1) % 3);
}

void first_keep(struct app *app, const struct ui_action *action)
{
    struct first_state *first = &app->first;
    if (action->argument >= 0 && (size_t)action->argument < first->count)
        first->facts[action->argument].keep = !first->facts[action->argument].keep;
}

void first_bet(struct app *app, const struct ui_action *action)
{
    app->first.bet = (int)lround(action->number);
}

/* ---- View ---- */

static struct first_amount amount_of(const struct first_state *first, int cards)
{
    int count = cards && (size_t)cards < first->count ? cards : (int)first->count;
    return (struct first_amount){.cards = count,
                                 .today_minutes = (count * SECONDS_A_CARD + 59) / 60,
                                 .month_minutes = (count * MONTH_ANSWERS * ANSWER_SECONDS + 59) / 60};
}

static struct str friday(void)
{
    enum { FRIDAY = 4 };
    return words_weekday(FRIDAY, false);
}

void first_show(struct app *app)
{
    struct first_state *first = &app->first;
    struct first_view view = {
        .step = first->step,
        .title = first->title.len ? first->title : str_from(_("First session")),
        .lang = first->lang,
        .when = first->when,
        .amount = first->amount,
        .amounts = {amount_of(first, ESSENTIAL), amount_of(first, MORE), amount_of(first, 0)},
        .sections = first->sections.items,
        .section_count = first->sections.count,
        .titles = first->titles,
        .can_titles = app_clock_ms(app) - first->recall_since_ms >= HELP_AFTER_MS,
        .facts = first->facts,
        .fact_count = first->count,
        .brought = count_marks(first, MARK_BROUGHT, false),
        .nearly = count_marks(first, MARK_NEARLY, false),
        .essentials = (int)(first->count < ESSENTIAL ? first->count : ESSENTIAL),
        .essentials_brought = count_marks(first, MARK_BROUGHT, true),
        .kept = first->step <= FIRST_CHOOSE ? count_kept(first) : first->kept,
        .why_section = first->count ? (size_t)first->facts[0].section : 0,
        .why_written = first->why_written,
        .learnt = first->learnt,
        .bet = first->bet,
        .bet_day = friday(),
        .tomorrow = first->learnt,
        .tomorrow_minutes = (first->learnt * ANSWER_SECONDS + 59) / 60,
        .revision = first->revision,
    };
    first_screen(app->ui, &view);
}

/* A minute of recalling: then the titles may be had. */
int first_wait_ms(struct app *app)
{
    const struct first_state *first = &app->first;
    if (app_place(app)->screen != SCREEN_FIRST || first->step != FIRST_RECALL || first->titles)
        return -1;
    int64_t left = first->recall_since_ms + HELP_AFTER_MS - app_clock_ms(app);
    return left > 0 ? (int)left : -1;
}
