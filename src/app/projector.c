/* A round for a room: nobody's memory changes, the counts are kept as one event. */
#include "app/inside.h"

#include "base/translate.h"
#include "collection/event.h"
#include "collection/queue.h"
#include "screens/projector.h"

enum { ROUND = 20 };

static const struct queue_item *item(struct app *app)
{
    const struct projector_state *state = &app->projector;
    return state->at < state->queue.count ? &state->queue.items[state->at] : NULL;
}

static void read_card(struct app *app)
{
    struct projector_state *state = &app->projector;
    struct error e = {0};
    state->back = false;
    state->revision++;
    state->row = (struct card_row){0};
    arena_reset(&state->card_arena);
    if (item(app) && !collection_card(app->collection, &state->card_arena, item(app)->card, &state->row, &e))
        app_toast_error(app, &e);
}

void projector_finish(struct app *app)
{
    arena_finish(&app->projector.arena);
    arena_finish(&app->projector.card_arena);
    app->projector = (struct projector_state){0};
}

void open_projector(struct app *app, const struct ui_action *action)
{
    struct error e = {0};
    int64_t deck = home_deck_of(app, action);
    projector_finish(app);
    const struct queue_request request = {
        .deck = deck, .mode = QUEUE_CRAM, .order = -1, .new_limit = -1, .limit = ROUND};
    if (!collection_queue(app->collection, &app->projector.arena, &request, app_now(app),
                          &app->projector.queue, &e)) {
        app_toast_error(app, &e);
        return;
    }
    app_go(app, (struct place){.screen = SCREEN_PROJECTOR, .deck = deck});
    read_card(app);
}

void projector_reveal(struct app *app)
{
    app->projector.back = item(app) != NULL;
}

/* "17" or "17/24". */
static bool read_count(struct projector_state *state, struct str text, int *ret)
{
    struct str knew, all;
    long number, of;
    if (!str_split(&text, '/', &knew) || !str_to_long(str_trim(knew), &number) || number < 0 ||
        number > 10000)
        return false;
    if (str_split(&text, '/', &all) && str_to_long(str_trim(all), &of) && of > 0 && of <= 10000)
        state->class_size = (int)of;
    if (state->class_size < number)
        state->class_size = (int)number;
    *ret = (int)number;
    return state->class_size > 0;
}

static void keep_counts(struct app *app)
{
    const struct projector_state *state = &app->projector;
    struct str body =
        str_format(ui_arena(app->ui), "{\"what\":\"class\",\"asked\":%d,\"knew\":%d,\"size\":%d}",
                   state->asked, state->knew, state->class_size);
    collection_record(app->collection, EVENT_SUMMARY, app_place(app)->deck, 0, body, app_now(app), NULL);
}

void projector_knew(struct app *app, const struct ui_action *action)
{
    struct projector_state *state = &app->projector;
    int knew;
    if (!read_count(state, action->text, &knew)) {
        app_toast(app, str_from(_("How many had it: a number, as 17 or 17/24")), ACTION_NONE);
        return;
    }
    state->knew += knew;
    state->asked += state->class_size;
    state->at++;
    read_card(app);
    if (!item(app))
        keep_counts(app);
}

void projector_show(struct app *app)
{
    const struct projector_state *state = &app->projector;
    struct projector_view view = {
        .card = state->row.key ? &state->row.card : NULL,
        .back = state->back,
        .done = (int)(state->at < state->queue.count ? state->at + 1 : state->queue.count),
        .total = (int)state->queue.count,
        .asked = state->asked,
        .knew = state->knew,
        .class_size = state->class_size,
        .revision = state->revision};
    projector_screen(app->ui, &view);
}
