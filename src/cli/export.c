/* `repaso export`: decks for other programs, for paper and for phones. */
#include "base/arena.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "collection/deck.h"
#include "collection/merge.h"
#include "exchange/load.h"
#include "exchange/write.h"

#include <stdio.h>
#include <string.h>

struct keys {
    int64_t *items;
    size_t count, capacity;
};

static bool find_decks(const struct call *call, struct collection *collection, struct arena *arena,
                       struct keys *ret, struct error *e)
{
    for (int i = 0; i < call->count; i++) {
        int64_t key;
        if (!deck_find(collection, str_from(call->words[i]), &key, e))
            return false;
        list_push(arena, ret, key);
    }
    return true;
}

/* The ending of -o tells the format when --format does not. */
static bool choose_format(const struct call *call, struct arena *arena, const struct write_format **ret,
                          struct error *e)
{
    const char *output = call_option(call, "output", ""), *dot = strrchr(output, '.');
    const char *name = call_option(call, "format", dot ? dot + 1 : "");
    if (strcmp(name, "tsv") == 0 || strcmp(name, "txt") == 0)
        name = "csv";
    else if (strcmp(name, "zip") == 0)
        name = "yaml";
    *ret = write_format_find(str_from(name));
    if (*ret)
        return true;
    return fail(e, ERROR_USAGE, _("Which format? --format is one of %.*s."),
                STR_ARG(write_format_names(arena)));
}

/* Without -o a file beside where one stands, called after the deck. */
static struct str choose_path(const struct call *call, struct arena *arena, struct str title,
                              const struct write_format *format)
{
    const char *given = call_option(call, "output", NULL);
    if (given)
        return str_copy(arena, str_from(given));
    struct str name = str_copy(arena, title);
    for (char *c = (char *)name.ptr; *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (unsigned char)*c < ' ')
            *c = '-';
    if (strcmp(format->name, "yaml") == 0)
        return name; /* a folder */
    return str_format(arena, "%.*s.%s", STR_ARG(name),
                      strcmp(format->name, "moodle") == 0 ? "xml" : format->name);
}

/* Whom the answers of a page for one's own phone count for; empty: the page asks for a name. */
static bool find_person(const struct call *call, struct collection *collection, struct arena *arena,
                        struct str *ret, struct error *e)
{
    struct known_devices devices;
    *ret = (struct str){0};
    if (!call_has(call, "own"))
        return true;
    if (!log_devices(collection, arena, &devices, e))
        return false;
    list_each (const struct known_device, device, &devices)
        if (device->me)
            *ret = device->person;
    return true;
}

static struct str title_of(const struct call *call)
{
    return call->count == 1 ? str_from(call->words[0]) : STR("repaso");
}

static bool write_file(const struct call *call, struct collection *collection, struct arena *arena,
                       const struct write_format *format, const struct keys *decks, struct error *e)
{
    struct moment now = context_now();
    struct str title = title_of(call), path = choose_path(call, arena, title, format);
    struct deck_options days;
    if (!deck_options(collection, 0, &days, e))
        return false;
    struct write_options options = {.path = path.ptr,
                                    .title = title,
                                    .quiz = call_has(call, "quiz"),
                                    .letter = strcmp(call_option(call, "paper", "a4"), "letter") == 0,
                                    .now_ms = now.at_ms,
                                    .tz_min = now.tz_min,
                                    .rollover_hour = days.rollover_hour};
    const struct load_options load = {.decks = decks->items,
                                      .deck_count = decks->count,
                                      .whole_notes = format->whole_notes,
                                      .without_progress = call_has(call, "without-progress"),
                                      .now = now};
    struct load_counts counts;
    struct writer *writer;
    if (!find_person(call, collection, arena, &options.person, e) || !format->open(&options, &writer, e))
        return false;
    struct parcel_sink sink = write_sink(format, writer);
    bool ok = parcel_load(collection, &load, &sink, &counts, e);
    if (ok && !counts.cards)
        ok = fail(e, ERROR_NOT_FOUND, _("There are no cards to write in %s."),
                  call->count ? call->words[0] : "repaso");
    ok = format->close(writer, ok, e) && ok;
    if (ok)
        printf("%s: %.*s\n", path.ptr,
               STR_ARG(context_count(arena, PLURAL("%lld card", "%lld cards"), counts.cards)));
    return ok;
}

bool run_export(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    const struct write_format *format;
    struct keys decks = {0};
    bool ok = choose_format(call, &arena, &format, e) && context_open_to_read(call, &collection, e) &&
              find_decks(call, collection, &arena, &decks, e) &&
              write_file(call, collection, &arena, format, &decks, e);
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}
