/* The bet of a first session: how many of its cards will be known on a day, and what came of it. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "collection/event.h"
#include "collection/json.h"

#include <string.h>

enum { DAY_MS = 24 * 60 * 60 * 1000, OLDEST_DAYS = 60, MOST_EVENTS = 200, FRIDAY = 4, LEAST_DAYS = 2 };

/* Day numbers count from a Thursday; Monday is 0. */
static int weekday_of(int64_t day)
{
    return (int)((day + 3) % 7);
}

/* The next Friday that is far enough away to be a bet. */
int64_t bet_day(struct app *app)
{
    int64_t day = collection_day(app->collection, app_now(app)) + LEAST_DAYS;
    while (weekday_of(day) != FRIDAY)
        day++;
    return day;
}

bool bet_record(struct app *app, int64_t deck, int known, const struct str_list *cards, struct error *e)
{
    struct buffer body = {0};
    buffer_format(&body, "{\"known\":%d,\"of\":%zu,\"day\":%lld,\"cards\":\"", known, cards->count,
                  (long long)bet_day(app));
    for (size_t i = 0; i < cards->count; i++)
        buffer_format(&body, "%s%.*s", i ? " " : "", STR_ARG(cards->items[i]));
    buffer_add(&body, STR("\"}"));
    bool ok = collection_record(app->collection, EVENT_BET, deck, 0, buffer_str(&body), app_now(app), e);
    buffer_finish(&body);
    return ok;
}

static bool was_answered(const struct event_rows *events, int64_t seq)
{
    list_each (const struct event_row, event, events)
        if (json_int(event->body, "answers", -1) == seq)
            return true;
    return false;
}

/* The oldest bet whose day has come and that nobody has answered yet. */
bool bet_due(struct app *app, struct arena *arena, struct bet *ret)
{
    struct event_rows events = {0};
    struct moment now = app_now(app);
    int64_t today = collection_day(app->collection, now);
    bool found = false;
    if (!collection_events(app->collection, arena, EVENT_BET, now.at_ms - (int64_t)OLDEST_DAYS * DAY_MS,
                           MOST_EVENTS, &events, NULL))
        return false;
    list_each (const struct event_row, event, &events) { /* newest first */
        int64_t day = json_int(event->body, "day", 0);
        if (event->undone || !day || day > today || was_answered(&events, event->seq))
            continue;
        *ret = (struct bet){.seq = event->seq,
                            .deck = event->deck,
                            .known = (int)json_int(event->body, "known", 0),
                            .of = (int)json_int(event->body, "of", 0),
                            .cards = json_text(arena, event->body, "cards")};
        found = true;
    }
    return found;
}

/* Asks the cards that were bet on. */
void answer_bet(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct arena arena = {0};
    struct bet bet;
    struct str id;
    struct card_keys cards = {0};
    if (!bet_due(app, &arena, &bet)) {
        app_toast(app, str_from(_("No bet is due")), ACTION_NONE);
        arena_finish(&arena);
        return;
    }
    while (str_split(&bet.cards, ' ', &id)) {
        int64_t card;
        if (card_find(app->collection, id, &card, NULL))
            list_push(&arena, &cards, card);
    }
    if (study_cards(app, bet.deck, cards.items, cards.count)) {
        app->study.bet = bet;
        app->study.bet.cards = (struct str){0};
    }
    arena_finish(&arena);
}

/* A session over the cards of a bet is over: what was known at once is the answer. */
void bet_settle(struct app *app)
{
    struct bet *bet = &app->study.bet;
    struct session_summary summary;
    struct error e = {0};
    if (!bet->seq || bet->settled)
        return;
    if (!session_summary(app->study.session, app_now(app), &summary, &e)) {
        app_toast_error(app, &e);
        return;
    }
    bet->knew = summary.cards - summary.missed;
    bet->settled = true;
    struct str body = str_format(ui_arena(app->ui), "{\"answers\":%lld,\"knew\":%d,\"known\":%d,\"of\":%d}",
                                 (long long)bet->seq, bet->knew, bet->known, bet->of);
    if (!collection_record(app->collection, EVENT_BET, bet->deck, 0, body, app_now(app), &e))
        app_toast_error(app, &e);
}
