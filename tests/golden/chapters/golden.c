/* Chapters → facts → cards as readable text, compared with the file beside each chapter.
 * usage: golden-chapters [--update] FOLDER */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/list.h"
#include "document/document.h"
#include "facts/facts.h"
#include "questions/questions.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_facts(struct arena *arena, struct buffer *out, const struct facts *facts)
{
    list_each (const struct fact, fact, facts) {
        buffer_format(out, "%.*s ", STR_ARG(fact->relation));
        fact_add_roles_json(out, facts, fact);
        if (fact->verb.lemma.len)
            buffer_format(out, " verb %.*s", STR_ARG(fact->verb.lemma));
        struct str when = time_iso(arena, &fact->time);
        if (when.len)
            buffer_format(out, " time %.*s", STR_ARG(when));
        buffer_format(out, " (%.*s %.2f)\n", STR_ARG(fact->rule), fact->confidence);
    }
}

static void add_cards(struct buffer *out, const struct cards *cards)
{
    list_each (const struct card, card, cards) {
        buffer_format(out, "%s%d: %.*s => %.*s", card->tier == TIER_AUTO ? "" : "? ", card->source.line,
                      STR_ARG(card->prompt), STR_ARG(card->answer));
        for (size_t i = 0; i < card->choices.count; i++)
            buffer_format(out, "%s%.*s", i ? " / " : "  [", STR_ARG(card->choices.items[i]));
        buffer_format(out, "%s\n", card->choices.count ? "]" : "");
    }
}

static bool describe(struct arena *arena, const char *path, struct buffer *out, struct error *e)
{
    struct str source;
    struct document doc = {0};
    struct facts facts = {0};
    struct cards cards = {0};
    struct facts_options facts_options = {.scope = STR("golden")};
    struct questions_options options = {.scope = STR("golden")};
    if (!file_read(arena, path, 1 << 20, &source, e) ||
        !document_parse(arena, path_name(str_from(path)), source, (struct str){0}, &doc, e) ||
        !facts_find(arena, &doc, NULL, &facts_options, &facts, e) ||
        !questions_write(arena, &doc, &facts, &options, &cards, e))
        return false;
    buffer_add(out, STR("# Facts\n"));
    add_facts(arena, out, &facts);
    buffer_add(out, STR("\n# Cards\n"));
    add_cards(out, &cards);
    return true;
}

static bool is_same(struct arena *arena, const char *expected_path, struct str actual)
{
    struct str expected;
    struct error e;
    if (file_read(arena, expected_path, 1 << 20, &expected, &e) && str_equal(expected, actual))
        return true;
    fprintf(stderr,
            "%s is not what comes out now; if it should be: golden-chapters --update FOLDER, then git diff\n",
            expected_path);
    return false;
}

static bool check(const char *path, bool update)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct error e = {0};
    char expected[512];
    snprintf(expected, sizeof expected, "%.*s.txt", (int)(strlen(path) - strlen(".md")), path);
    bool ok = describe(&arena, path, &out, &e);
    if (!ok)
        fprintf(stderr, "%s: %s\n", path, e.text);
    else if (update)
        ok = file_write(expected, buffer_str(&out), &e);
    else
        ok = is_same(&arena, expected, buffer_str(&out));
    buffer_finish(&out);
    arena_finish(&arena);
    return ok;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_chapter(const struct dirent *entry)
{
    return str_ends(str_from(entry->d_name), STR(".md"));
}

int main(int argc, char **argv)
{
    bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
    const char *folder = argv[argc - 1];
    struct dirent **names;
    int count = argc < 2 ? -1 : scandir(folder, &names, is_chapter, by_name), failed = 0;
    if (count <= 0) {
        fprintf(stderr, "usage: golden-chapters [--update] FOLDER\n");
        return 2;
    }
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        failed += !check(path, update);
        free(names[i]);
    }
    free(names);
    printf("%d passed, %d failed\n", count - failed, failed);
    return failed > 0;
}
