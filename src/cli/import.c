/* `repaso import`: decks from other programs into the collection. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/print.h"
#include "exchange/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PASTE_SIZE = 64 << 20, DECKS_SHOWN = 6, WIDTH_SHOWN = 60 };

struct part {
    int64_t count;
    const char *one, *many;
};

/* "15 notes, 22 cards", without what there is none of. */
static struct str list_parts(struct arena *arena, const struct part *parts, size_t count)
{
    struct str listed = {0};
    for (size_t i = 0; i < count; i++)
        if (parts[i].count)
            listed = str_format(arena, "%.*s%s%.*s", STR_ARG(listed), listed.len ? ", " : "",
                                STR_ARG(context_count(arena, parts[i].one, parts[i].many, parts[i].count)));
    return listed.len ? listed : str_from(_("nothing"));
}

static struct str contents(struct arena *arena, const struct parcel_counts *counts)
{
    const struct part parts[] = {
        {counts->notes, PLURAL("%lld note", "%lld notes")},
        {counts->cards, PLURAL("%lld card", "%lld cards")},
        {(int64_t)counts->deck_paths.count, PLURAL("%lld deck", "%lld decks")},
        {(int64_t)counts->tags.count, PLURAL("%lld tag", "%lld tags")},
        {counts->answers, PLURAL("%lld answer given", "%lld answers given")},
        {counts->media, PLURAL("%lld picture or sound", "%lld pictures and sounds")},
    };
    return list_parts(arena, parts, sizeof parts / sizeof *parts);
}

static struct str changes(struct arena *arena, const struct import_report *report)
{
    const struct part parts[] = {
        {report->cards, PLURAL("%lld new card", "%lld new cards")},
        {report->drafts, PLURAL("%lld of them a draft to look at", "%lld of them drafts to look at")},
        {report->cards_changed, PLURAL("%lld changed", "%lld changed")},
        {report->cards_restored, PLURAL("%lld back again", "%lld back again")},
        {report->cards_same, PLURAL("%lld unchanged", "%lld unchanged")},
        {report->own, PLURAL("%lld of your own chapters", "%lld of your own chapters")},
        {report->notes_older, PLURAL("%lld older than here", "%lld older than here")},
    };
    return list_parts(arena, parts, sizeof parts / sizeof *parts);
}

static void print_decks(const struct str_list *paths)
{
    for (size_t i = 0; i < paths->count && i < DECKS_SHOWN; i++)
        printf("  %s %.*s\n", i ? "        " : _("into:   "), STR_ARG(paths->items[i]));
    if (paths->count > DECKS_SHOWN)
        puts("           …");
}

/* Line feeds would break the table. */
static void print_words(struct str words)
{
    size_t shown = 0;
    for (size_t at = 0; at < words.len && shown < WIDTH_SHOWN; shown++) {
        size_t start = at;
        do
            at++;
        while (at < words.len && (words.ptr[at] & 0xC0) == 0x80);
        if (words.ptr[start] == '\n')
            fputs(" / ", stdout);
        else
            fwrite(words.ptr + start, 1, at - start, stdout);
    }
    if (shown == WIDTH_SHOWN)
        fputs("…", stdout);
}

static void print_preview(const struct parcel_counts *counts)
{
    for (size_t i = 0; i < counts->preview.count; i++) {
        printf("  %s ", i ? "        " : _("such as:"));
        print_words(counts->preview.items[i].prompt);
        fputs(" → ", stdout);
        print_words(counts->preview.items[i].answer);
        putchar('\n');
    }
}

static void print_notices(struct arena *arena, const struct notices *notices)
{
    for (int i = 0; i < NOTICE_KINDS; i++)
        if (notices->items[i].count)
            printf("  – %.*s\n", STR_ARG(notice_text(arena, &notices->items[i])));
}

static void print_stored(struct arena *arena, const char *name, const struct stored *stored, bool dry_run,
                         bool compared)
{
    printf("%s: %.*s\n", name, STR_ARG(stored->read.how));
    printf(_("  holds:   %.*s\n"), STR_ARG(contents(arena, &stored->counts)));
    print_decks(&stored->counts.deck_paths);
    if (dry_run)
        print_preview(&stored->counts);
    if (compared)
        printf(dry_run ? _("  would be: %.*s\n") : _("  came in: %.*s\n"),
               STR_ARG(changes(arena, &stored->import)));
    print_notices(arena, &stored->read.notices);
    if (dry_run)
        puts(_("Nothing was written; without --dry-run it will be."));
}

static void add_json_notices(struct buffer *out, struct arena *arena, const struct notices *notices)
{
    const char *separator = "";
    buffer_add(out, STR(",\"notices\":["));
    for (int i = 0; i < NOTICE_KINDS; i++) {
        const struct notice *notice = &notices->items[i];
        if (!notice->count)
            continue;
        buffer_format(out, "%s{\"count\":%ld,\"line\":%ld,\"example\":", separator, notice->count,
                      notice->line);
        buffer_add_json(out, notice->example);
        buffer_add(out, STR(",\"text\":"));
        buffer_add_json(out, notice_text(arena, notice));
        buffer_add_char(out, '}');
        separator = ",";
    }
    buffer_add_char(out, ']');
}

static void add_json_list(struct buffer *out, const char *name, const struct str_list *list)
{
    buffer_format(out, ",\"%s\":[", name);
    for (size_t i = 0; i < list->count; i++) {
        buffer_add(out, i ? STR(",") : STR(""));
        buffer_add_json(out, list->items[i]);
    }
    buffer_add_char(out, ']');
}

static void print_json(struct arena *arena, const char *name, const struct stored *stored, bool dry_run)
{
    const struct parcel_counts *counts = &stored->counts;
    const struct import_report *report = &stored->import;
    struct buffer out = {0};
    buffer_add(&out, STR("{\"file\":"));
    buffer_add_json(&out, str_from(name));
    buffer_add(&out, STR(",\"found\":"));
    buffer_add_json(&out, stored->read.how);
    buffer_format(
        &out,
        ",\"dry_run\":%s,\"notes\":%ld,\"cards\":%ld,\"drafts\":%ld,\"reviews\":%ld,\"answers\":%ld,"
        "\"media\":%ld,\"media_bytes\":%zu",
        dry_run ? "true" : "false", counts->notes, counts->cards, counts->drafts, counts->reviews,
        counts->answers, counts->media, counts->media_bytes);
    buffer_format(
        &out,
        ",\"new_notes\":%d,\"changed_notes\":%d,\"unchanged_notes\":%d,\"older_notes\":%d,\"new_cards\":%d,"
        "\"changed_cards\":%d,\"restored_cards\":%d,\"unchanged_cards\":%d,\"own_cards\":%d",
        report->notes, report->notes_changed, report->notes_same, report->notes_older, report->cards,
        report->cards_changed, report->cards_restored, report->cards_same, report->own);
    add_json_list(&out, "decks", &counts->deck_paths);
    add_json_list(&out, "tags", &counts->tags);
    add_json_notices(&out, arena, &stored->read.notices);
    buffer_add(&out, STR("}\n"));
    print_buffer(stdout, &out);
    buffer_finish(&out);
}

static bool read_pasted(struct buffer *out, struct error *e)
{
    char bytes[65536];
    for (size_t len; (len = fread(bytes, 1, sizeof bytes, stdin)) > 0;) {
        if (out->len + len > PASTE_SIZE)
            return fail(e, ERROR_LIMIT, _("more than %d megabytes were pasted"), PASTE_SIZE >> 20);
        buffer_add(out, (struct str){bytes, len});
    }
    return true;
}

/* A dry run without a collection compares with nothing, and makes none. */
static bool open_collection(const struct call *call, bool dry_run, struct collection **ret, struct error *e)
{
    struct arena arena = {0};
    bool missing = access(context_collection_path(call, &arena).ptr, F_OK) != 0;
    arena_finish(&arena);
    *ret = NULL;
    return (dry_run && missing) || context_open(call, ret, e);
}

static bool import_one(const struct call *call, struct collection *collection, const char *path,
                       struct error *e)
{
    struct arena arena = {0};
    struct buffer pasted = {0};
    struct stored stored;
    bool standard = strcmp(path, "-") == 0, dry_run = call_has(call, "dry-run");
    struct store_file file = {
        .path = standard ? NULL : path,
        .read = {.format = parcel_format_from(str_from(call_option(call, "format", ""))),
                 .deck = str_from(call_option(call, "deck", "")),
                 .lang = str_from(call_option(call, "lang", "")),
                 .now_ms = context_now().at_ms,
                 .tz_min = context_now().tz_min,
                 .without_progress = strcmp(call_option(call, "with-progress", "yes"), "no") == 0},
        .program = STR(REPASO_VERSION),
        .now = context_now(),
        .dry_run = dry_run,
    };
    bool ok = !standard || read_pasted(&pasted, e);
    file.text = buffer_str(&pasted);
    if (isatty(STDERR_FILENO))
        context_progress(_("Reading %s …"), path);
    ok = ok && store_file(collection, &arena, &file, &stored, e);
    context_progress_end();
    if (ok && call_has(call, "json"))
        print_json(&arena, path, &stored, dry_run);
    else if (ok)
        print_stored(&arena, path, &stored, dry_run, collection != NULL);
    buffer_finish(&pasted);
    arena_finish(&arena);
    return ok;
}

static bool take_back(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    struct arena arena = {0};
    struct import_row row;
    bool ok =
        context_open(call, &collection, e) && import_undo(collection, 0, context_now(), &row, &arena, e);
    if (ok)
        printf(_("Taken back: %.*s. Importing it again brings everything back.\n"), STR_ARG(row.file));
    collection_close(collection);
    arena_finish(&arena);
    return ok;
}

bool run_import(const struct call *call, struct error *e)
{
    struct collection *collection = NULL;
    if (call_has(call, "undo"))
        return take_back(call, e);
    if (call->count == 0)
        return fail(e, ERROR_USAGE, _("import needs the name of a file; \"repaso help import\" tells more"));
    bool ok = open_collection(call, call_has(call, "dry-run"), &collection, e);
    for (int i = 0; ok && i < call->count; i++)
        ok = import_one(call, collection, call->words[i], e);
    collection_close(collection);
    return ok;
}
