#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/print.h"
#include "collection/deck.h"
#include "collection/heldback.h"
#include "collection/statistics.h"

#include <stdarg.h>
#include <stdio.h>

enum { DAYS_SHOWN = 30, FORECAST_SHOWN = 14, BAR_WIDTH = 30 };

static void print_line(const char *label, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void print_line(const char *label, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("%s: ", label);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
}

static void print_forecast(const struct statistics *s)
{
    int most = 1;
    for (size_t i = 0; i < s->forecast.count && i < FORECAST_SHOWN; i++)
        most = s->forecast.items[i] > most ? s->forecast.items[i] : most;
    printf("\n%s\n", _("Falling due:"));
    for (size_t i = 0; i < s->forecast.count && i < FORECAST_SHOWN; i++) {
        int cards = s->forecast.items[i];
        printf(i ? "  +%-2zu %4d " : "   %-2zu %4d ", i, cards);
        for (int bar = 0; bar < cards * BAR_WIDTH / most; bar++)
            fputs("▪", stdout);
        putchar('\n');
    }
}

static void print_share(const char *label, const struct share *share)
{
    if (share->asked)
        print_line(label, _("%.0f %% of %d"), 100.0 * share->right / share->asked, share->asked);
}

static void print_held_back(const struct held_back *held)
{
    print_share(_("Not practised, on day 1"), &held->early);
    print_share(_("Not practised, on day 14"), &held->late);
    print_share(_("Practised, at the same time"), &held->practised);
}

static void print_text(const struct statistics *s, const struct held_back *held)
{
    print_line(_("Cards"), _("%d, %d met, %d mastered (three unaided recalls on three days)"), s->cards,
               s->met, s->mastered);
    print_line(_("Answers on a later day"), "%d", s->answers);
    if (s->answers) {
        print_line(_("Remembered"), _("%.1f %% (95 %% sure: %.1f to %.1f); the model expected %.1f %%"),
                   100 * s->retention, 100 * s->retention_low, 100 * s->retention_high, 100 * s->expected);
    }
    if (s->met)
        print_line(_("Known today, by the model"), "%.1f %%", 100 * s->recall);
    print_line(_("Days in a row"), _("%d, at most %d"), s->streak_days, s->longest_streak_days);
    if (s->total_ms)
        print_line(_("Time"), _("%.0f min in all, %.1f s an answer"), (double)s->total_ms / 60000,
                   s->answer_s);
    print_held_back(held);
    if (s->forecast.count)
        print_forecast(s);
}

static void add_share(struct buffer *out, const char *name, const struct share *share, bool last)
{
    buffer_format(out, "\"%s\": {\"asked\": %d, \"right\": %d}%s", name, share->asked, share->right,
                  last ? "},\n" : ", ");
}

static void add_held_back(struct buffer *out, const struct held_back *held)
{
    buffer_add(out, STR("  \"held_back\": {"));
    add_share(out, "early", &held->early, false);
    add_share(out, "late", &held->late, false);
    add_share(out, "practised", &held->practised, true);
}

static void add_days(struct buffer *out, const struct statistics *s)
{
    buffer_add(out, STR("  \"days\": ["));
    for (size_t i = 0; i < s->days.count; i++) {
        const struct day_count *day = &s->days.items[i];
        buffer_format(out,
                      "%s\n    {\"day\": %lld, \"answers\": %d, \"right\": %d, \"first\": %d, \"ms\": %lld}",
                      i ? "," : "", (long long)(day->day - s->today), day->answers, day->right, day->first,
                      (long long)day->ms);
    }
    buffer_add(out, s->days.count ? STR("\n  ],\n") : STR("],\n"));
}

/* Those that the statistics screen shows: decks without decks below them. */
static void add_decks(struct buffer *out, const struct deck_rows *rows)
{
    const char *comma = "";
    buffer_add(out, STR("  \"decks\": ["));
    list_each (const struct deck_row, row, rows) {
        bool leaf = row + 1 == rows->items + rows->count || row[1].parent != row->key;
        if (!leaf || !row->total)
            continue;
        buffer_format(out, "%s\n    {\"deck\": ", comma);
        buffer_add_json(out, row->path);
        buffer_format(out, ", \"cards\": %d, \"mastered\": %d, \"recall\": %.6g}", row->total, row->mastered,
                      row->recall);
        comma = ",";
    }
    buffer_add(out, comma[0] ? STR("\n  ],\n") : STR("],\n"));
}

static void add_forecast(struct buffer *out, const struct statistics *s)
{
    buffer_add(out, STR("  \"forecast\": ["));
    for (size_t i = 0; i < s->forecast.count; i++)
        buffer_format(out, "%s%d", i ? ", " : "", s->forecast.items[i]);
    buffer_add(out, STR("]\n"));
}

/* `day` counts from today (0), backwards below zero; forecast[i] is in i days. */
static void print_json(const struct statistics *s, const struct held_back *held,
                       const struct deck_rows *decks)
{
    struct buffer out = {0};
    buffer_format(
        &out,
        "{\n  \"cards\": %d, \"met\": %d, \"mastered\": %d, \"suspended\": %d, \"leeches\": %d,\n"
        "  \"recall\": %.6g, \"answers\": %d, \"right\": %d,\n"
        "  \"retention\": %.6g, \"retention_low\": %.6g, \"retention_high\": %.6g, \"expected\": %.6g,\n"
        "  \"streak_days\": %d, \"longest_streak_days\": %d, \"answer_s\": %.6g, \"total_ms\": %lld,\n",
        s->cards, s->met, s->mastered, s->suspended, s->leeches, s->recall, s->answers, s->right,
        s->retention, s->retention_low, s->retention_high, s->expected, s->streak_days,
        s->longest_streak_days, s->answer_s, (long long)s->total_ms);
    add_held_back(&out, held);
    add_decks(&out, decks);
    add_days(&out, s);
    add_forecast(&out, s);
    buffer_add(&out, STR("}\n"));
    print_buffer(stdout, &out);
    buffer_finish(&out);
}

bool run_stats(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct statistics statistics;
    struct held_back held;
    struct deck_rows decks = {0};
    int64_t deck = 0;
    bool ok = context_open_to_read(call, &collection, e) &&
              (!call->count || deck_find(collection, str_from(call->words[0]), &deck, e)) &&
              collection_statistics(collection, &arena, deck, 0, context_now(), &statistics, e) &&
              collection_held_back(collection, &held, e) &&
              collection_decks(collection, &arena, context_now(), &decks, e);
    if (ok && call_has(call, "json"))
        print_json(&statistics, &held, &decks);
    else if (ok)
        print_text(&statistics, &held);
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}
