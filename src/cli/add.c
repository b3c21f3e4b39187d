/* `repaso add`: chapters, folders of chapters and decks into the collection. */
#include "collection/add.h"
#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/adding.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/drafts.h"
#include "cli/print.h"
#include "cli/problems.h"
#include "collection/deck.h"

#include <stdio.h>
#include <string.h>

enum { CHANGES_SHOWN = 12 };

static const char *change_word(const struct change *change)
{
    switch (change->kind) {
    case CHANGE_NEW:
        return _("new");
    case CHANGE_CHANGED:
        return change->answer_changed ? _("answer changed") : _("reworded");
    case CHANGE_RETIRED:
        return _("retired");
    case CHANGE_RESTORED:
        return _("back");
    case CHANGE_MOVED:
        break;
    }
    return NULL;
}

/* What a new edition changed; of a first one everything is new and nobody wants it listed. */
static void print_changes(const struct add_report *report)
{
    int shown = 0;
    list_each (struct change, change, &report->changes) {
        const char *word = change_word(change);
        if (!word || (change->kind == CHANGE_NEW && !report->unchanged && !report->changed))
            continue;
        if (shown++ == CHANGES_SHOWN) {
            puts("  …");
            return;
        }
        printf("  %s: %.*s", word, STR_ARG(change->prompt));
        if (change->kind == CHANGE_CHANGED && change->answer_changed)
            printf(" (%.*s → %.*s)", STR_ARG(change->old_answer), STR_ARG(change->answer));
        putchar('\n');
    }
}

/* What the learner wrote stays; that the deck goes another way is theirs to judge. */
static void print_differences(const struct add_report *report)
{
    static const struct {
        const char *field, *name;
    } names[] = {{"prompt", N_("question")},
                 {"answer", N_("answer")},
                 {"hint", N_("hint")},
                 {"explanation", N_("why")}};
    if (report->differences.count)
        puts(_("  You had worded these your own way, and that stays; the new version says something else:"));
    list_each (struct difference, difference, &report->differences) {
        printf("  %.*s\n", STR_ARG(difference->question));
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcmp(names[i].field, difference->field) == 0)
                printf(_("    %s: yours \"%.*s\", there \"%.*s\"\n"), _(names[i].name),
                       STR_ARG(difference->own), STR_ARG(difference->edition));
    }
}

static void print_report(struct arena *arena, const struct intake *intake, const struct add_report *report)
{
    const struct {
        int count;
        const char *one, *many;
    } rows[] = {
        {report->fresh, PLURAL("%lld new card", "%lld new cards")},
        {report->changed, PLURAL("%lld changed", "%lld changed")},
        {report->restored, PLURAL("%lld back again", "%lld back again")},
        {report->retired, PLURAL("%lld retired", "%lld retired")},
        {report->unchanged, PLURAL("%lld unchanged", "%lld unchanged")},
        {report->drafts, PLURAL("%lld draft to look at", "%lld drafts to look at")},
    };
    const char *separator = ": ";
    printf("%.*s", STR_ARG(intake->deck));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].count)
            continue;
        fputs(separator, stdout);
        printf("%.*s", STR_ARG(context_count(arena, rows[i].one, rows[i].many, rows[i].count)));
        separator = ", ";
    }
    puts(intake->cards.count ? "" : _(": no questions found"));
    print_changes(report);
    print_differences(report);
}

/* Days since 1970 of YYYY-MM-DD; the deck's reader has checked the date. */
static long exam_day(struct str date)
{
    long year = 0, month = 0, day = 0;
    str_to_long(str_slice(date, 0, 4), &year);
    str_to_long(str_slice(date, 5, 7), &month);
    str_to_long(str_slice(date, 8, 10), &day);
    year -= month <= 2;
    long era = year / 400, in_era = year - era * 400;
    long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + day_of_year - 719468;
}

/* The options that the deck's author wrote down hold where the learner has set none. */
static bool set_options(struct collection *collection, struct arena *arena, const struct intake *intake,
                        int64_t deck, struct error *e)
{
    list_each (struct deck_setting, setting, &intake->file.settings) {
        bool exam = str_equal(setting->name, STR("exam"));
        struct str name = exam ? STR("exam_day") : setting->name;
        struct str value = exam ? str_format(arena, "%ld", exam_day(setting->value)) : setting->value;
        if (!deck_set_option(collection, deck, name, value, context_now(), e))
            return false;
    }
    return true;
}

bool adding_add(struct collection *collection, struct arena *arena, const struct adding *adding,
                const struct intake *intake, struct error *e)
{
    struct addition addition = intake_addition(intake);
    struct add_report report;
    packages_name_addition(&adding->packages, &addition);
    if (!collection_add(collection, arena, &addition, context_now(), &report, e))
        return false;
    print_report(arena, intake, &report);
    return report.fresh == 0 || set_options(collection, arena, intake, report.deck, e);
}

void adding_tell_problems(struct arena *arena, const struct adding *adding, const struct intake *intake)
{
    struct buffer out = {0};
    const struct checked deck = {.path = packages_path(&adding->packages, arena, intake->path),
                                 .source = intake->source,
                                 .problems = intake->problems};
    problems_add_text(&out, &deck);
    print_buffer(stderr, &out);
    buffer_finish(&out);
}

/* No deck with errors goes in; all their problems are told first. */
static bool decks_are_good(struct arena *arena, const struct adding *adding, struct error *e)
{
    int errors = 0;
    list_each (struct intake, intake, &adding->intakes) {
        adding_tell_problems(arena, adding, intake);
        errors += intake->problems.errors;
    }
    return !errors || fail(e, ERROR_SYNTAX, _("Nothing was added; correct the errors above and try again."));
}

bool adding_read(const struct call *call, struct arena *arena, const volatile bool *cancel,
                 struct adding *ret, struct error *e)
{
    struct str_list paths = {0};
    const struct intake_options options = {
        .deck = str_from(call_option(call, "deck", "")),
        .lang = str_from(call_option(call, "lang", "")),
        .folders = true,
        .progress = context_progress_bar,
        .cancel = cancel,
    };
    bool ok = packages_unpack(arena, &ret->packages, call, &paths, e) &&
              intake_read(arena, &options, &paths, &ret->intakes, e);
    context_progress_end();
    return ok;
}

void adding_finish(struct adding *adding)
{
    packages_remove(&adding->packages);
}

static bool add_once(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct collection *collection = NULL;
    struct adding adding = {0};
    bool ok = adding_read(call, &arena, NULL, &adding, e);
    print_warnings(&adding.intakes);
    ok = ok && intake_has_cards(&adding.intakes, e) && decks_are_good(&arena, &adding, e) &&
         context_open(call, &collection, e);
    for (size_t i = 0; ok && i < adding.intakes.count; i++)
        ok = adding_add(collection, &arena, &adding, &adding.intakes.items[i], e);
    collection_close(collection);
    if (!ok)
        packages_name_error(&adding.packages, e);
    adding_finish(&adding);
    arena_finish(&arena);
    return ok;
}

bool run_add(const struct call *call, struct error *e)
{
    if (call_has(call, "drafts"))
        return add_drafts(call, e);
    return call_has(call, "watch") ? add_watching(call, e) : add_once(call, e);
}
