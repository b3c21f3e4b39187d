/* Fills the browser and the list of drafts; does to cards what is asked there. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "screens/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Cards are read as they come into sight, so many at a time. */
enum { PAGE_ROWS = 96 };

static struct browser_state *state_of(struct app *app)
{
    return &app->browser;
}

/* A page with the row in its middle. A card that cannot be read is an empty row. */
static void read_page(struct app *app, size_t index)
{
    struct browser_state *state = state_of(app);
    size_t first = index > PAGE_ROWS / 2 ? index - PAGE_ROWS / 2 : 0;
    size_t left = state->keys.count - first;
    arena_reset(&state->page_arena);
    state->page_first = first;
    state->page_count = left < PAGE_ROWS ? left : PAGE_ROWS;
    state->page = arena_array(&state->page_arena, state->page_count, sizeof *state->page);
    for (size_t i = 0; i < state->page_count; i++)
        collection_card(app->collection, &state->page_arena, state->keys.items[first + i], &state->page[i],
                        NULL);
}

static const struct card_row *row_at(struct app *app, size_t index)
{
    struct browser_state *state = state_of(app);
    if (index >= state->keys.count)
        return NULL;
    if (index < state->page_first || index >= state->page_first + state->page_count)
        read_page(app, index);
    return &state->page[index - state->page_first];
}

static const struct card_row *current(struct app *app)
{
    return row_at(app, state_of(app)->cursor);
}

int64_t browser_card(struct app *app)
{
    const struct card_row *row = current(app);
    return row ? row->key : 0;
}

static struct str due_note(struct app *app, const struct card_row *row)
{
    struct moment now = app_now(app);
    struct arena *arena = ui_arena(app->ui);
    if (row->status == STATUS_DRAFT)
        return words_percent(arena, row->card.confidence);
    if (!(row->memory.s > 0))
        return str_from(_("new"));
    if (row->due_at_ms <= now.at_ms)
        return str_from(_("today"));
    int64_t days = collection_day(app->collection, (struct moment){row->due_at_ms, now.tz_min}) -
                   collection_day(app->collection, now);
    return words_day(arena, (int)days, row->due_at_ms, now.tz_min);
}

static int status_look(const struct card_row *row)
{
    if (row->flagged)
        return ROW_FLAGGED;
    switch (row->status) {
    case STATUS_DRAFT:
        return ROW_DRAFT;
    case STATUS_SUSPENDED:
        return ROW_SUSPENDED;
    case STATUS_RETIRED:
        return ROW_RETIRED;
    case STATUS_ACTIVE:
        break;
    }
    return row->memory.s > 0 ? ROW_ACTIVE : ROW_NEW;
}

static struct card_filter filter_of(struct app *app)
{
    static const int statuses[] = {-1, STATUS_ACTIVE, STATUS_SUSPENDED, STATUS_RETIRED, -2};
    const struct browser_state *state = state_of(app);
    struct card_filter filter = {.deck = app_place(app)->deck,
                                 .text = str_from(state->search),
                                 .status = state->drafts ? STATUS_DRAFT : statuses[state->status],
                                 .flagged = !state->drafts && state->status == 4};
    return filter;
}

static const double sure_confidence = 0.9;

/* The drafts that are all but certain. */
static bool sure_drafts(struct app *app, struct arena *arena, struct card_keys *ret, struct error *e)
{
    struct card_filter filter = filter_of(app);
    struct card_rows rows = {0};
    if (!collection_search(app->collection, arena, &filter, &rows, e))
        return false;
    list_each (const struct card_row, row, &rows)
        if (row->card.confidence >= sure_confidence)
            list_push(arena, ret, row->key);
    return true;
}

static void refill(struct app *app)
{
    struct browser_state *state = state_of(app);
    struct card_filter filter = filter_of(app);
    struct card_keys sure = {0};
    struct error e = {0};
    state->page_count = 0;
    state->shown = 0;
    state->stale = false;
    if (state->chosen)
        return;
    arena_reset(&state->arena);
    state->keys = (struct card_keys){0};
    if (!collection_find(app->collection, &state->arena, &filter, &state->keys, &e) ||
        (state->drafts && !sure_drafts(app, &state->arena, &sure, &e)))
        app_toast_error(app, &e);
    state->sure = (int)sure.count;
    if (state->cursor >= state->keys.count)
        state->cursor = state->keys.count ? state->keys.count - 1 : 0;
}

static struct browser_row view_row(void *self, size_t index)
{
    struct app *app = self;
    const struct card_row *row = row_at(app, index);
    return (struct browser_row){
        .prompt = row->card.prompt, .note = due_note(app, row), .status = status_look(row)};
}

/* The card at the cursor, read with its passages. */
static void read_current(struct app *app)
{
    struct browser_state *state = state_of(app);
    int64_t key = browser_card(app);
    if (key == state->shown)
        return;
    struct error e = {0};
    arena_reset(&state->card_arena);
    state->shown = key;
    state->card = (struct card_row){0};
    if (key && !collection_card(app->collection, &state->card_arena, key, &state->card, &e))
        app_toast_error(app, &e);
}

static struct str state_words(struct app *app)
{
    const struct card_row *row = &state_of(app)->card;
    struct arena *arena = ui_arena(app->ui);
    if (row->status == STATUS_DRAFT)
        return str_format(arena, _("draft · confidence %.*s"),
                          STR_ARG(words_percent(arena, row->card.confidence)));
    if (row->status == STATUS_SUSPENDED)
        return str_from(_("suspended"));
    if (row->status == STATUS_RETIRED)
        return str_from(_("retired: not asked, its history is kept"));
    if (!(row->memory.s > 0))
        return str_from(_("new"));
    struct str recall = words_percent(arena, card_recall(app->collection, row, app_now(app)));
    struct str due = due_note(app, row);
    return str_format(arena, _("recall %.*s · next: %.*s · %d answers, %d missed"), STR_ARG(recall),
                      STR_ARG(due), row->reps, row->lapses);
}

static struct str deck_name(struct app *app, int64_t deck)
{
    struct deck_rows rows = {0};
    if (!deck || !collection_decks(app->collection, ui_arena(app->ui), app_now(app), &rows, NULL))
        return (struct str){0};
    list_each (const struct deck_row, row, &rows)
        if (row->key == deck)
            return row->name;
    return (struct str){0};
}

void browser_show(struct app *app)
{
    struct browser_state *state = state_of(app);
    if (state->stale)
        refill(app);
    read_current(app);
    bool any = state->card.key != 0;
    struct browser_view view = {
        .drafts = state->drafts,
        .deck = state->chosen ? str_from(state->title) : deck_name(app, app_place(app)->deck),
        .search = str_from(state->search),
        .status = state->status,
        .row = view_row,
        .self = app,
        .count = state->keys.count,
        .cursor = state->cursor,
        .card = any ? &state->card.card : NULL,
        .state = any ? state_words(app) : (struct str){0},
        .suspended = state->card.status == STATUS_SUSPENDED,
        .retired = state->card.status == STATUS_RETIRED,
        .flagged = state->card.flagged,
        .edited = state->card.edited,
        .accepted = state->accepted,
        .rejected = state->rejected,
        .sure = state->sure,
        .reasons = state->reasons,
    };
    if (any)
        view.passage = passage_of(&state->card);
    browser_screen(app->ui, &view);
}

void browser_finish(struct app *app)
{
    arena_finish(&app->browser.arena);
    arena_finish(&app->browser.page_arena);
    arena_finish(&app->browser.card_arena);
}

/* ---- Going there ---- */

static void open_browser_as(struct app *app, int64_t deck, bool drafts)
{
    struct browser_state *state = state_of(app);
    browser_finish(app);
    *state = (struct browser_state){.drafts = drafts, .stale = true};
    app_go(app, (struct place){drafts ? SCREEN_DRAFTS : SCREEN_BROWSER, deck, 0});
}

void open_browser(struct app *app, const struct ui_action *action)
{
    open_browser_as(app, home_deck_of(app, action), false);
}

void open_drafts(struct app *app, const struct ui_action *action)
{
    open_browser_as(app, home_deck_of(app, action), true);
}

void browse_show(struct app *app, const struct ui_action *action)
{
    state_of(app)->cursor = (size_t)action->argument;
    state_of(app)->reasons = false;
}

void browse_filter(struct app *app, struct str text)
{
    struct browser_state *state = state_of(app);
    state->chosen = false;
    size_t len = text.len < sizeof state->search - 1 ? text.len : sizeof state->search - 1;
    memcpy(state->search, text.ptr, len);
    state->search[len] = '\0';
    state->cursor = 0;
    state->stale = true;
}

void browse_cards(struct app *app, struct str title, const struct card_keys *keys)
{
    struct browser_state *state = state_of(app);
    open_browser_as(app, 0, false);
    state->chosen = true;
    snprintf(state->title, sizeof state->title, "%.*s", STR_ARG(title));
    for (size_t i = 0; i < keys->count; i++)
        list_push(&state->arena, &state->keys, keys->items[i]);
}

void browse_to(struct app *app, struct str search, int64_t card)
{
    struct browser_state *state = state_of(app);
    open_browser_as(app, 0, false);
    browse_filter(app, search);
    refill(app);
    for (size_t i = 0; i < state->keys.count; i++)
        if (state->keys.items[i] == card)
            state->cursor = i;
}

void browse_search(struct app *app, const struct ui_action *action)
{
    (void)action;
    ui_set_focus(app->ui, ui_id_of(app->ui, STR("search")));
}

/* A session over what is listed, up to what one sitting bears. */
void browse_study(struct app *app, const struct ui_action *action)
{
    (void)action;
    enum { SITTING = 100 };
    const struct browser_state *state = state_of(app);
    size_t count = state->keys.count < SITTING ? state->keys.count : SITTING;
    if (count)
        study_cards(app, app_place(app)->deck, state->keys.items, count);
}

void browse_status(struct app *app, const struct ui_action *action)
{
    state_of(app)->chosen = false;
    state_of(app)->status = (int)(action->argument % 5);
    state_of(app)->cursor = 0;
    state_of(app)->stale = true;
}

/* ---- Cards ---- */

static void after(struct app *app, bool ok, const struct error *e, const char *said)
{
    if (!ok) {
        app_toast_error(app, e);
        return;
    }
    app_changed(app);
    if (said)
        app_toast(app, str_from(said), ACTION_UNDO);
}

void browse_suspend(struct app *app)
{
    struct error e = {0};
    const struct card_row *row = current(app);
    if (!row)
        return;
    bool suspended = row->status == STATUS_SUSPENDED;
    after(app, card_suspend(app->collection, row->key, !suspended, app_now(app), &e), &e,
          suspended ? _("It will be asked again") : _("Suspended: it will not be asked any more"));
}

void browse_flag(struct app *app)
{
    struct error e = {0};
    const struct card_row *row = current(app);
    if (!row)
        return;
    struct str reason = row->flagged ? (struct str){0} : str_from(_("wrong"));
    after(app, card_flag(app->collection, row->key, reason, app_now(app), &e), &e,
          row->flagged ? _("No longer marked as wrong") : _("Marked as wrong"));
}

void browse_retire(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    const struct card_row *row = current(app);
    if (!row)
        return;
    bool retired = row->status == STATUS_RETIRED;
    after(app, card_retire(app->collection, row->key, !retired, app_now(app), &e), &e,
          retired ? _("Back in its deck") : _("Removed; its history is kept"));
}

void browse_reset(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    const struct card_row *row = current(app);
    if (row)
        after(app, card_reset(app->collection, row->key, app_now(app), &e), &e, _("To be learnt anew"));
}

/* ---- Drafts ---- */

static void decide(struct app *app, const struct card_row *row, bool accept, struct str reason)
{
    struct error e = {0};
    struct browser_state *state = state_of(app);
    bool ok = card_decide(app->collection, row->key, accept, reason, app_now(app), &e);
    if (ok && accept)
        state->accepted++;
    else if (ok)
        state->rejected++;
    state->reasons = false;
    after(app, ok, &e, NULL);
}

void draft_accept(struct app *app, const struct ui_action *action)
{
    (void)action;
    const struct card_row *row = current(app);
    if (row)
        decide(app, row, true, (struct str){0});
}

void draft_reject(struct app *app, const struct ui_action *action)
{
    (void)action;
    state_of(app)->reasons = current(app) != NULL;
}

void draft_reason(struct app *app, const struct ui_action *action)
{
    static const char *const reasons[] = {"false", "badly put", "known", "unimportant", "twice"};
    const struct card_row *row = current(app);
    if (row && state_of(app)->reasons)
        decide(app, row, false, str_from(reasons[action->argument % 5]));
}

void draft_accept_all(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct browser_state *state = state_of(app);
    struct card_keys sure = {0};
    struct error e = {0};
    int accepted = 0;
    if (!sure_drafts(app, ui_arena(app->ui), &sure, &e)) {
        app_toast_error(app, &e);
        return;
    }
    for (size_t i = 0; i < sure.count; i++)
        accepted += card_decide(app->collection, sure.items[i], true, (struct str){0}, app_now(app), &e);
    state->accepted += accepted;
    app_changed(app);
    app_toast(app,
              str_format(ui_arena(app->ui),
                         translate_plural("%d draft accepted", "%d drafts accepted", (unsigned long)accepted),
                         accepted),
              ACTION_NONE);
}
