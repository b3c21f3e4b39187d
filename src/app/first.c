/* The first session after reading: walks the learner through its steps, and leaves what was learnt in the log. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/event.h"
#include "collection/json.h"
#include "collection/queue.h"
#include "screens/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ESSENTIAL = 12,
    MORE = 30,
    GUESSES = 3,
    HELP_AFTER_MS = 60000,
    SECONDS_A_CARD = 25,
    MONTH_ANSWERS = 6,
    ANSWER_SECONDS = 8,
    DAY_MS = 24 * 60 * 60 * 1000,
    AGAIN_DAYS = 3 /* so late the page without looking still opens day 2 */
};

static const int hours[FIRST_HOURS] = {8, 13, 18, 21};

/* ---- The chapter: its sections, and one card a fact ---- */

static bool load_chapter(struct app *app, struct error *e)
{
    struct first_state *first = &app->first;
    struct chapter_row chapter;
    if (!collection_chapter(app->collection, &first->arena, first->deck, 0, &chapter, e) ||
        !document_parse(&first->arena, chapter.path, chapter.source, chapter.lang, &first->doc, e))
        return false;
    first->title = chapter.title.len ? chapter.title : first->doc.title;
    first->lang = chapter.lang;
    list_each (const struct section, section, &first->doc.sections)
        if (section->title.len)
            list_push(&first->arena, &first->sections, section->title);
    return true;
}

static int section_of(struct first_state *first, struct str title)
{
    for (size_t i = 0; i < first->sections.count; i++)
        if (str_equal(first->sections.items[i], title))
            return (int)i;
    if (!title.len)
        return -1;
    list_push(&first->arena, &first->sections, title);
    return (int)first->sections.count - 1;
}

static bool asks_a_fact(const struct card *card)
{
    return card->kind != CARD_ORDER && card->kind != CARD_MATCH && card->kind != CARD_WHY;
}

/* Two cards of one fact are learnt on different days. */
static bool has_sibling(const struct first_state *first, int64_t sibling)
{
    for (size_t i = 0; i < first->count; i++)
        if (sibling && first->cards[i].sibling == sibling)
            return true;
    return false;
}

static void add_fact(struct first_state *first, const struct card_row *row)
{
    const struct passage *passage = row->passages.count ? &row->passages.items[0] : NULL;
    const struct card *card = &row->card;
    double year = year_of(card->value);
    first->cards[first->count] =
        (struct first_card){row->key, row->sibling, str_copy(&first->arena, str_from(card->id.text)),
                            str_copy(&first->arena, str_from(card->fact.text))};
    first->facts[first->count] =
        (struct first_fact){.prompt = card->prompt,
                            .answer = card->answer,
                            .subject = card->subject.len ? card->subject : card->answer,
                            .section = passage ? section_of(first, passage->section) : -1,
                            .line = passage ? passage->line : 0,
                            .year = year,
                            .date = year > 0 ? card->value : (struct str){0},
                            .essential = first->count < ESSENTIAL};
    if (!first->lang.len)
        first->lang = card->lang;
    size_t top = str_find(row->deck_path, STR("::"), 0);
    first->scope = top == (size_t)-1 ? row->deck_path : str_slice(row->deck_path, 0, top);
    first->count++;
}

/* New cards come with the essential ones first, each part in the order of the text. */
static bool load(struct app *app, int64_t deck, struct error *e)
{
    struct first_state *first = &app->first;
    struct queue queue = {0};
    const struct queue_request request = {
        .deck = deck, .mode = QUEUE_FIRST, .order = ORDER_DECK, .new_limit = -1};
    first->deck = deck;
    load_chapter(app, &(struct error){0}); /* a deck that comes from no chapter has no sections */
    if (!collection_queue(app->collection, &first->arena, &request, app_now(app), &queue, e))
        return false;
    first->facts = arena_array(&first->arena, queue.count, sizeof *first->facts);
    first->cards = arena_array(&first->arena, queue.count, sizeof *first->cards);
    for (size_t i = 0; i < queue.count; i++) {
        struct card_row row;
        if (!collection_card(app->collection, &first->arena, queue.items[i].card, &row, e))
            return false;
        if (asks_a_fact(&row.card) && !has_sibling(first, row.sibling))
            add_fact(first, &row);
    }
    return true;
}

void first_finish(struct app *app)
{
    arena_finish(&app->first.arena);
    buffer_finish(&app->first.written);
    buffer_finish(&app->first.why);
    app->first = (struct first_state){.revision = app->first.revision + 1};
}

static void begin(struct app *app, int64_t deck, enum first_step step)
{
    app->first.active = true;
    app->first.step = step;
    app_go(app, (struct place){SCREEN_FIRST, deck, 0});
}

/* The first chapter with new cards; `deck` itself where there is none. */
static int64_t chapter_to_begin(struct app *app, int64_t deck)
{
    struct deck_rows rows = {0};
    if (deck || !collection_decks(app->collection, ui_arena(app->ui), app_now(app), &rows, NULL))
        return deck;
    for (size_t i = 0; i < rows.count; i++) {
        bool parent = i + 1 < rows.count && rows.items[i + 1].parent == rows.items[i].key;
        if (rows.items[i].unseen > 0 && !parent)
            return rows.items[i].key;
    }
    return deck;
}

void open_first(struct app *app, const struct ui_action *action)
{
    struct error e = {0};
    struct first_state *first = &app->first;
    int64_t deck = chapter_to_begin(app, home_deck_of(app, action));
    if (first->active && first->deck == deck && first->step < FIRST_TOMORROW) { /* left half-way */
        begin(app, deck, first->step);
        return;
    }
    first_finish(app);
    first->amount = ESSENTIAL;
    if (!load(app, deck, &e)) {
        app_toast_error(app, &e);
        return;
    }
    if (!first->count) {
        app_toast(app, str_from(_("No new cards here: the first session is over")), ACTION_NONE);
        return;
    }
    begin(app, deck, FIRST_READ);
}

/* ---- Day 2 ---- */

static bool is_deck(const struct deck_rows *rows, int64_t key, int64_t within)
{
    for (int64_t at = key; at;) {
        if (at == within)
            return true;
        int64_t parent = 0;
        list_each (const struct deck_row, row, rows)
            if (row->key == at)
                parent = row->parent;
        at = parent;
    }
    return within == 0;
}

/* The chapter that was begun on an earlier day and not yet recalled again; 0: none. */
static int64_t deck_to_recall(struct app *app, int64_t within)
{
    enum { MOST = 50 };
    struct arena *arena = ui_arena(app->ui);
    struct moment now = app_now(app);
    struct event_rows events = {0};
    struct deck_rows rows = {0};
    int64_t today = collection_day(app->collection, now);
    if (!collection_events(app->collection, arena, EVENT_RECALL, now.at_ms - (int64_t)AGAIN_DAYS * DAY_MS,
                           MOST, &events, NULL) ||
        !events.count || !collection_decks(app->collection, arena, now, &rows, NULL))
        return 0;
    for (size_t i = 0; i < events.count; i++) {
        const struct event_row *event = &events.items[i];
        bool newest = true;
        for (size_t j = 0; j < i; j++)
            newest = newest && events.items[j].deck != event->deck;
        if (newest && event->deck && json_int(event->body, "again", 0) == 0 &&
            collection_day(app->collection, event->at) < today && is_deck(&rows, event->deck, within))
            return event->deck;
    }
    return 0;
}

bool first_again(struct app *app, int64_t deck)
{
    int64_t begun = deck_to_recall(app, deck);
    if (!begun)
        return false;
    first_finish(app);
    app->first.deck = begun;
    load_chapter(app, &(struct error){0});
    app->first.titles = true;
    begin(app, deck, FIRST_AGAIN);
    return true;
}

/* ---- What was brought, and what of it all is to be learnt ---- */

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

/* Wrong ones first, then missed essentials, then two that were brought, then what is left in order, up to the amount. */
static bool belongs(const struct first_fact *fact, int round, int brought)
{
    switch (round) {
    case 0:
        return fact->mark == MARK_NEARLY;
    case 1:
        return fact->essential && fact->mark == MARK_MISSED;
    case 2:
        return fact->mark == MARK_BROUGHT && brought < 2;
    default:
        return true;
    }
}

static void propose(struct first_state *first)
{
    int kept = 0, brought = 0;
    for (size_t i = 0; i < first->count; i++)
        first->facts[i].offered = first->facts[i].keep = false;
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < first->count && kept < wanted(first); i++) {
            struct first_fact *fact = &first->facts[i];
            if (fact->keep || !belongs(fact, round, brought))
                continue;
            fact->offered = fact->keep = true;
            brought += round == 2;
            kept++;
        }
    }
}

/* ---- The log ---- */

static void record(struct app *app, enum event_kind kind, int64_t card, struct str body)
{
    struct error e = {0};
    if (!collection_record(app->collection, kind, app->first.deck, card, body, app_now(app), &e))
        app_toast_error(app, &e);
}

/* The identities of the facts with this mark, of the card where no fact stands behind it. */
static void add_marked(const struct first_state *first, const char *name, enum first_mark mark,
                       struct buffer *body)
{
    buffer_format(body, "\"%s\":[", name);
    const char *comma = "";
    for (size_t i = 0; i < first->count; i++) {
        if (first->facts[i].mark != mark)
            continue;
        struct str id = first->cards[i].fact.len ? first->cards[i].fact : first->cards[i].id;
        buffer_format(body, "%s\"%.*s\"", comma, STR_ARG(id));
        comma = ",";
    }
    buffer_add(body, STR("]"));
}

static void record_recall(struct app *app)
{
    struct buffer body = {0};
    buffer_add(&body, STR("{"));
    add_marked(&app->first, "brought", MARK_BROUGHT, &body);
    buffer_add(&body, STR(","));
    add_marked(&app->first, "nearly", MARK_NEARLY, &body);
    buffer_add(&body, STR(","));
    add_marked(&app->first, "missed", MARK_MISSED, &body);
    buffer_add(&body, STR("}"));
    record(app, EVENT_RECALL, 0, buffer_str(&body));
    buffer_finish(&body);
}

static void record_guess(struct app *app, struct str given)
{
    struct buffer body = {0};
    buffer_add(&body, STR("{\"given\":"));
    buffer_add_json(&body, given);
    buffer_add(&body, STR(",\"mode\":\"first\"}"));
    record(app, EVENT_PRETEST, app->first.cards[app->first.guess].key, buffer_str(&body));
    buffer_finish(&body);
}

static void record_why(struct app *app)
{
    const struct first_state *first = &app->first;
    struct buffer body = {0};
    int said = 0, of = 0;
    for (size_t i = 0; i < first->count; i++) {
        if (first->facts[i].section != (int)first->why_section)
            continue;
        of++;
        said += first->facts[i].said;
    }
    buffer_format(&body, "{\"what\":\"why\",\"said\":%d,\"of\":%d,\"text\":", said, of);
    buffer_add_json(&body, buffer_str(&first->why));
    buffer_add(&body, STR("}"));
    record(app, EVENT_SUMMARY, 0, buffer_str(&body));
    buffer_finish(&body);
}

/* ---- The learning itself is a session over what was kept ---- */

static const char *const reasons[FIRST_REASONS] = {"known", "no interest", "wrong"};

static bool drop(struct app *app, size_t i, struct error *e)
{
    int64_t card = app->first.cards[i].key;
    enum first_reason reason = app->first.facts[i].reason;
    if (reason == DROP_WRONG && !card_flag(app->collection, card, STR("wrong"), app_now(app), e))
        return false;
    return card_suspend(app->collection, card, true, app_now(app), e);
}

static bool settle_choice(struct app *app, struct error *e)
{
    const struct first_state *first = &app->first;
    for (size_t i = 0; i < first->count; i++) {
        const struct first_fact *fact = &first->facts[i];
        if (!fact->offered)
            continue;
        record(app, EVENT_KEEP, first->cards[i].key,
               fact->keep ? STR("{\"keep\":true}")
                          : str_format(ui_arena(app->ui), "{\"keep\":false,\"reason\":\"%s\"}",
                                       reasons[fact->reason]));
        if (!fact->keep && !drop(app, i, e))
            return false;
    }
    return true;
}

static int by_position(const void *a, const void *b)
{
    const struct card_row *x = a, *y = b;
    return (x->position > y->position) - (x->position < y->position);
}

/* What was kept and is not yet known once, in the order of the text. */
static size_t cards_to_learn(struct app *app, int64_t **ret)
{
    const struct first_state *first = &app->first;
    struct arena *arena = ui_arena(app->ui);
    struct card_row *rows = arena_array(arena, first->count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < first->count; i++) {
        struct card_row *row = &rows[count];
        if (first->facts[i].keep && collection_card(app->collection, arena, first->cards[i].key, row, NULL))
            count += row->reps == 0 || row->step > 0;
    }
    qsort(rows, count, sizeof *rows, by_position);
    *ret = arena_array(arena, count, sizeof **ret);
    for (size_t i = 0; i < count; i++)
        (*ret)[i] = rows[i].key;
    return count;
}

static void count_learnt(struct app *app)
{
    int64_t *left;
    struct first_state *first = &app->first;
    first->learnt = first->kept - (int)cards_to_learn(app, &left);
}

/* The section that most of the chapter's facts stand in asks why. */
static size_t busiest_section(const struct first_state *first)
{
    size_t best = 0;
    int most = 0;
    for (size_t s = 0; s < first->sections.count; s++) {
        int facts = 0;
        for (size_t i = 0; i < first->count; i++)
            facts += first->facts[i].section == (int)s;
        if (facts > most) {
            most = facts;
            best = s;
        }
    }
    return best;
}

static void after_learning(struct app *app)
{
    struct first_state *first = &app->first;
    count_learnt(app);
    first->bet = first->learnt;
    first->why_section = busiest_section(first);
    first->step = !first->learnt ? FIRST_TOMORROW : first->explained ? FIRST_BET : FIRST_WHY;
    first->revision++;
}

static void learn(struct app *app)
{
    static const double ages_s[] = {0, 0, 3 * 24 * 3600.0};
    struct first_state *first = &app->first;
    int64_t *cards;
    size_t count = cards_to_learn(app, &cards);
    first->step = FIRST_LEARN;
    if (count)
        study_first(app, first->deck, cards, count, ages_s[first->when]);
    else
        after_learning(app);
}

static void leave_choice(struct app *app)
{
    struct error e = {0};
    app->first.kept = count_kept(&app->first);
    if (settle_choice(app, &e))
        learn(app);
    else
        app_toast_error(app, &e);
}

/* The session is over: on to the last steps. */
bool first_goes_on(struct app *app)
{
    if (!app->first.active || app->first.step != FIRST_LEARN)
        return false;
    after_learning(app);
    return true;
}

/* ---- Steps ---- */

static size_t guesses(const struct first_state *first)
{
    return first->count < GUESSES ? first->count : GUESSES;
}

/* The questions before reading come from the last third of the chapter. */
static size_t guess_begin(const struct first_state *first)
{
    size_t third = first->count / 3;
    return first->count - (third > GUESSES ? third : guesses(first));
}

static void leave_read(struct app *app)
{
    static const char *const ages[] = {"0", "0", "259200"};
    struct first_state *first = &app->first;
    record(app, EVENT_READ, 0, str_format(ui_arena(app->ui), "{\"age_s\":%s}", ages[first->when]));
    first->step = FIRST_RECALL;
    if (first->when == 1) {
        first->guess = guess_begin(first);
        first->step = FIRST_GUESS;
    }
}

void first_guess(struct app *app, const struct ui_action *action)
{
    struct first_state *first = &app->first;
    if (first->step != FIRST_GUESS || first->guess >= first->count)
        return;
    record_guess(app, str_trim(action->text));
    first->revision++;
    first->guess++;
    if (first->guess < first->count && first->guess - guess_begin(first) < guesses(first))
        return;
    first->step = FIRST_RECALL;
    reader_open(app, first->deck, 0);
}

static void leave_again(struct app *app)
{
    int64_t deck = app_place(app)->deck;
    record(
        app, EVENT_RECALL, 0,
        str_format(ui_arena(app->ui), "{\"again\":1,\"letters\":%zu}", buffer_str(&app->first.written).len));
    first_finish(app);
    app->depth--;
    study_open(app, deck);
}

static void leave_brought(struct app *app)
{
    record_recall(app);
    propose(&app->first);
    app->first.step = FIRST_CHOOSE;
}

/* First what the text says, to tick what was said; then what was missed has rested long enough to come back. */
static void leave_why(struct app *app)
{
    struct first_state *first = &app->first;
    if (first->why_written) {
        record_why(app);
        first->explained = true;
        learn(app);
    }
    first->why_written = true;
}

static void leave_bet(struct app *app)
{
    struct error e = {0};
    const struct first_state *first = &app->first;
    struct str_list cards = {0};
    for (size_t i = 0; i < first->count; i++)
        if (first->facts[i].keep)
            list_push(ui_arena(app->ui), &cards, first->cards[i].id);
    if (!bet_record(app, first->deck, first->bet, &cards, &e))
        app_toast_error(app, &e);
}

void first_next(struct app *app, const struct ui_action *action)
{
    struct first_state *first = &app->first;
    first->revision++;
    switch (first->step) {
    case FIRST_READ:
        leave_read(app);
        break;
    case FIRST_GUESS:
        first_guess(app, action);
        break;
    case FIRST_RECALL:
        recall_hear(app, buffer_str(&first->written));
        first->step = FIRST_BROUGHT;
        break;
    case FIRST_BROUGHT:
        leave_brought(app);
        break;
    case FIRST_CHOOSE:
        leave_choice(app);
        break;
    case FIRST_LEARN:
        learn(app);
        break;
    case FIRST_WHY:
        leave_why(app);
        break;
    case FIRST_BET:
        leave_bet(app);
        first->step = FIRST_TOMORROW;
        break;
    case FIRST_AGAIN:
        leave_again(app);
        break;
    default:
        break;
    }
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

void first_why(struct app *app, const struct ui_action *action)
{
    buffer_clear(&app->first.why);
    buffer_add(&app->first.why, action->text);
}

void first_titles(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->first.titles = true;
}

static struct first_fact *fact_of(struct app *app, int64_t index)
{
    return index >= 0 && (size_t)index < app->first.count ? &app->first.facts[index] : NULL;
}

/* Of what was recalled: brought, nearly, missed in turn. Of what was explained: said or not. */
void first_mark(struct app *app, const struct ui_action *action)
{
    struct first_fact *fact = fact_of(app, action->argument);
    if (!fact)
        return;
    if (app->first.step == FIRST_WHY)
        fact->said = !fact->said;
    else
        fact->mark = (enum first_mark)((fact->mark + 1) % 3);
}

void first_passage(struct app *app, const struct ui_action *action)
{
    if (fact_of(app, action->argument))
        reader_open(app, app->first.deck, app->first.cards[action->argument].key);
}

/* ---- Keeping and dropping ---- */

static int64_t focused_fact(struct app *app)
{
    const struct ui_node *node = ui_node_by_id(app->ui, ui_focus(app->ui));
    bool one = node && (node->command == ACTION_FIRST_MARK || node->command == ACTION_FIRST_TOGGLE);
    return one ? node->argument : -1;
}

int64_t first_card(struct app *app)
{
    int64_t index = focused_fact(app);
    return fact_of(app, index) ? app->first.cards[index].key : 0;
}

bool first_chooses(struct app *app)
{
    return app->first.step == FIRST_CHOOSE;
}

void first_toggle(struct app *app, const struct ui_action *action)
{
    struct first_fact *fact = fact_of(app, action->argument);
    if (fact)
        fact->keep = !fact->keep;
}

void first_keep(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct first_fact *fact = fact_of(app, focused_fact(app));
    if (fact)
        fact->keep = true;
}

void first_drop(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct first_fact *fact = fact_of(app, focused_fact(app));
    if (!fact)
        return;
    if (!fact->keep)
        fact->reason = (enum first_reason)((fact->reason + 1) % FIRST_REASONS);
    fact->keep = false;
}

void first_reason(struct app *app, const struct ui_action *action)
{
    struct first_fact *fact = fact_of(app, action->argument / FIRST_REASONS);
    if (fact)
        fact->reason = (enum first_reason)(action->argument % FIRST_REASONS);
}

void first_bet(struct app *app, const struct ui_action *action)
{
    app->first.bet = (int)lround(action->number);
}

/* ---- Tomorrow ---- */

void first_hour(struct app *app, const struct ui_action *action)
{
    app->first.hour = (int)(action->argument % FIRST_HOURS);
}

void first_calendar(struct app *app, const struct ui_action *action)
{
    (void)action;
    const struct first_state *first = &app->first;
    struct arena *arena = ui_arena(app->ui);
    struct moment now = app_now(app);
    int64_t local_ms = now.at_ms + now.tz_min * INT64_C(60000);
    int64_t midnight_ms = local_ms - local_ms % DAY_MS + DAY_MS;
    struct appointment what = {
        .at = {midnight_ms + hours[first->hour] * INT64_C(3600000) - now.tz_min * INT64_C(60000), now.tz_min},
        .made = now,
        .minutes = (first->learnt * ANSWER_SECONDS + 59) / 60,
        .title = str_format(arena, _("repaso: %.*s"), STR_ARG(first->title)),
        .text =
            str_format(arena, translate_plural("%d question", "%d questions", (unsigned long)first->learnt),
                       first->learnt)};
    struct str path;
    struct error e = {0};
    if (calendar_write(arena, &what, &path, &e))
        app_toast(app, str_format(arena, _("Written: %.*s"), STR_ARG(path)), ACTION_NONE);
    else
        app_toast_error(app, &e);
}

/* ---- View ---- */

static struct first_amount amount_of(const struct first_state *first, int cards)
{
    int count = cards && (size_t)cards < first->count ? cards : (int)first->count;
    return (struct first_amount){.cards = count,
                                 .today_minutes = (count * SECONDS_A_CARD + 59) / 60,
                                 .month_minutes = (count * MONTH_ANSWERS * ANSWER_SECONDS + 59) / 60};
}

static bool recalls(const struct first_state *first)
{
    return first->step == FIRST_RECALL || first->step == FIRST_AGAIN;
}

static struct str bet_weekday(struct app *app)
{
    return words_weekday((int)((bet_day(app) + 3) % 7), false);
}

void first_show(struct app *app)
{
    struct first_state *first = &app->first;
    if (recalls(first) && !first->recall_since_ms)
        first->recall_since_ms = app_clock_ms(app);
    if (first->step == FIRST_LEARN)
        count_learnt(app);
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
        .guess = (int)(first->guess - guess_begin(first)) + 1,
        .guesses = (int)guesses(first),
        .why_section = first->why_section,
        .why_written = first->why_written,
        .learnt = first->learnt,
        .bet = first->bet,
        .bet_day = bet_weekday(app),
        .hour = first->hour,
        .hours = hours,
        .tomorrow = first->learnt,
        .tomorrow_minutes = (first->learnt * ANSWER_SECONDS + 59) / 60,
        .revision = first->revision,
    };
    if (first->step == FIRST_GUESS)
        view.guess_prompt = first->facts[first->guess].prompt;
    first_screen(app->ui, &view);
}

/* A minute of recalling: then the titles may be had. */
int first_wait_ms(struct app *app)
{
    const struct first_state *first = &app->first;
    if (app_place(app)->screen != SCREEN_FIRST || first->step != FIRST_RECALL || first->titles ||
        !first->recall_since_ms)
        return -1;
    int64_t left = first->recall_since_ms + HELP_AFTER_MS - app_clock_ms(app);
    return left > 0 ? (int)left : -1;
}
