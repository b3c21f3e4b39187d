/* The cards behind the numbers of the statistics. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "screens/words.h"

#include <stdlib.h>

/* ---- Chapters, the weakest first ---- */

/* What nobody has met yet comes last. */
static int by_recall(const void *a, const void *b)
{
    const struct statistics_deck *x = a, *y = b;
    double left = x->recall > 0 ? x->recall : 2, right = y->recall > 0 ? y->recall : 2;
    return (left > right) - (left < right);
}

void numbers_decks(struct app *app, struct statistics_view *view)
{
    struct arena *arena = &app->statistics.arena;
    struct deck_rows rows = {0};
    struct {
        struct statistics_deck *items;
        size_t count, capacity;
    } decks = {0};
    if (!collection_decks(app->collection, arena, app_now(app), &rows, NULL))
        return;
    list_each (const struct deck_row, row, &rows) {
        bool leaf = row + 1 == rows.items + rows.count || row[1].parent != row->key;
        if (leaf && row->total)
            list_push(arena, &decks,
                      (struct statistics_deck){row->key, row->name, row->recall, row->total, row->mastered,
                                               row->recall > 0 && row->recall < view->goal});
    }
    if (decks.count)
        qsort(decks.items, decks.count, sizeof *decks.items, by_recall);
    view->decks = decks.items;
    view->deck_count = decks.count;
}

/* ---- Dates that one knows ---- */

static int by_year(const void *a, const void *b)
{
    const struct statistics_fact *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

/* All cards are looked at and few are kept: what was read of the others goes at once. */
void numbers_facts(struct app *app, struct statistics_view *view)
{
    struct arena *arena = &app->statistics.arena, scratch = {0};
    struct card_rows rows = {0};
    struct {
        struct statistics_fact *items;
        size_t count, capacity;
    } facts = {0};
    const struct card_filter filter = {.deck = app_place(app)->deck, .status = STATUS_ACTIVE};
    collection_search(app->collection, &scratch, &filter, &rows, NULL);
    list_each (const struct card_row, row, &rows) {
        double year = year_of(row->card.value);
        if (year <= 0 || !(row->memory.s > 0))
            continue;
        struct str name = row->card.subject.len ? row->card.subject : row->card.prompt;
        list_push(arena, &facts,
                  (struct statistics_fact){row->key, year, str_copy(arena, name),
                                           str_copy(arena, row->card.value),
                                           card_recall(app->collection, row, app_now(app))});
    }
    arena_finish(&scratch);
    if (facts.count)
        qsort(facts.items, facts.count, sizeof *facts.items, by_year);
    view->facts = facts.items;
    view->fact_count = facts.count;
}

/* ---- Which cards ---- */

static void add_once(struct arena *arena, struct card_keys *keys, int64_t card)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->items[i] == card)
            return;
    list_push(arena, keys, card);
}

/* Answered on the days from `first` to `last`. */
static void add_answered(struct app *app, int64_t first, int64_t last, struct card_keys *ret)
{
    struct arena *arena = ui_arena(app->ui);
    struct event_rows events = {0};
    int64_t since_ms = collection_day_start_ms(app->collection, first, app_now(app));
    if (!collection_events(app->collection, arena, EVENT_GRADE, since_ms, 0, &events, NULL))
        return;
    list_each (const struct event_row, event, &events)
        if (!event->undone && event->card && collection_day(app->collection, event->at) <= last)
            add_once(arena, ret, event->card);
}

/* Today holds what is overdue too. */
static bool falls_due(struct app *app, const struct card_row *row, int64_t today, int64_t day)
{
    if (!(row->memory.s > 0) || row->status != STATUS_ACTIVE)
        return false;
    int64_t due = collection_day(app->collection, (struct moment){row->due_at_ms, app_now(app).tz_min});
    return due == day || (day == today && due < today);
}

static bool is_kind(const struct card_row *row, int64_t kind)
{
    enum { LEECH_LAPSES = 4 };
    switch (kind) {
    case CARDS_MET:
        return row->memory.s > 0;
    case CARDS_MASTERED:
        return row->mastery >= 3;
    case CARDS_LEECHES:
        return row->lapses >= LEECH_LAPSES;
    default:
        return true;
    }
}

static void add_now(struct app *app, int64_t kind, int64_t day, struct card_keys *ret)
{
    struct arena scratch = {0};
    struct card_rows rows = {0};
    const struct card_filter filter = {.deck = app_place(app)->deck, .status = -1};
    int64_t today = collection_day(app->collection, app_now(app));
    collection_search(app->collection, &scratch, &filter, &rows, NULL);
    list_each (const struct card_row, row, &rows)
        if (kind >= CARDS_DAY ? falls_due(app, row, today, day) : is_kind(row, kind))
            list_push(ui_arena(app->ui), ret, row->key);
    arena_finish(&scratch);
}

static struct str title_of(struct app *app, int64_t kind)
{
    static const char *const titles[] = {N_("all"), N_("met"), N_("mastered ●●●"),
                                         N_("missed again and again")};
    if (kind < CARDS_STRETCH)
        return str_from(_(titles[kind]));
    if (kind < CARDS_DAY)
        return app->statistics.view.memory[kind - CARDS_STRETCH].label;
    int64_t ahead = kind - CARDS_TODAY;
    long long at_ms = app_now(app).at_ms + ahead * 24 * 3600 * 1000;
    return words_day(ui_arena(app->ui), ahead < 0 ? 8 : (int)ahead, at_ms, app_now(app).tz_min);
}

void show_cards(struct app *app, const struct ui_action *action)
{
    struct card_keys keys = {0};
    int64_t kind = action->argument, today = collection_day(app->collection, app_now(app));
    const struct statistics_view *view = &app->statistics.view;
    bool stretch = kind >= CARDS_STRETCH && kind < CARDS_DAY;
    if (kind < 0 || (stretch && (size_t)(kind - CARDS_STRETCH) >= view->memory_count))
        return;
    if (stretch) {
        int64_t behind = (int64_t)view->memory_count - (kind - CARDS_STRETCH) - 1;
        int64_t last = today - behind * view->memory_days;
        add_answered(app, last - view->memory_days + 1, last, &keys);
    } else if (kind >= CARDS_DAY && kind < CARDS_TODAY) {
        add_answered(app, today + kind - CARDS_TODAY + 1, today + kind - CARDS_TODAY + 1, &keys);
    } else {
        add_now(app, kind, today + kind - CARDS_TODAY, &keys);
    }
    browse_cards(app, title_of(app, kind), &keys);
}

void show_card(struct app *app, const struct ui_action *action)
{
    const struct card_keys keys = {&(int64_t){action->argument}, 1, 1};
    browse_cards(app, (struct str){0}, &keys);
}
