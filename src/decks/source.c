/* A card's passage: a file beside the deck and the words quoted from it. */
#include "decks/inside.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "facts/facts.h"
#include "text/text.h"
#include "verify/draft.h"

#include <string.h>

enum { CHAPTER_LIMIT = 64 << 20 };

struct document *load_chapter(struct reader *r, struct str name, const struct yaml_node *at)
{
    struct str path = path_join(r->arena, path_folder(r->deck.path), name), bytes;
    struct document *document = arena_new(r->arena, struct document);
    struct error e = {0};
    list_each (struct chapter, known, &r->chapters)
        if (str_equal(known->name, name))
            return known->document;
    if (!file_read(r->arena, path.ptr, CHAPTER_LIMIT, &bytes, &e) ||
        !document_parse(r->arena, path, bytes, (struct str){0}, document, &e)) {
        problem_error(r, "no-source", at, _("The source \"%.*s\" could not be read: %s"), STR_ARG(name),
                      e.text);
        document = NULL;
    }
    list_push(r->arena, &r->chapters, (struct chapter){name, document});
    if (document)
        list_push(r->arena, &r->deck.chapters, document);
    return document;
}

/* Blanks of any number become one, as the chapter's text has them. */
static struct str one_line(struct arena *arena, struct str s)
{
    char *text = arena_alloc(arena, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r';
        if (!blank)
            text[len++] = s.ptr[i];
        else if (len && text[len - 1] != ' ')
            text[len++] = ' ';
    }
    return str_trim((struct str){text, len});
}

bool deck_find_passage(const struct document *document, struct str quote, struct source *ret)
{
    for (size_t i = 0; i < document->blocks.count; i++) {
        const struct block *block = &document->blocks.items[i];
        size_t at = str_find(block->text, quote, 0);
        if (at == SIZE_MAX)
            continue;
        struct span span = block_source(block, (struct span){at, at + quote.len});
        ret->start = span.start;
        ret->end = span.end;
        document_position(document, span.start, &ret->line, &ret->column);
        return true;
    }
    return false;
}

static void complain_about_quote(struct reader *r, const struct yaml_node *at,
                                 const struct document *document, struct str name, struct str quote)
{
    struct str difference = quote_difference(r->arena, document, quote);
    if (difference.len)
        problem_error(r, "no-passage", at, _("The quoted words are nearly in \"%.*s\": %.*s"), STR_ARG(name),
                      STR_ARG(difference));
    else
        problem_error(r, "no-passage", at,
                      _("The quoted words are not in \"%.*s\"; copy them as they stand there."),
                      STR_ARG(name));
}

void read_source(struct reader *r, const struct yaml_node *node, struct source *ret)
{
    const struct yaml_node *file = node->kind == YAML_MAPPING ? yaml_get(node, STR("file")) : NULL;
    const struct yaml_node *quote = node->kind == YAML_MAPPING ? yaml_get(node, STR("quote")) : NULL;
    struct str name = read_text(r, file);
    if (!name.len || !quote) {
        problem_error(r, "bad-source", node, _("source: has a \"file:\" and a \"quote:\" below it."));
        return;
    }
    struct source source = {.quote = one_line(r->arena, read_text(r, quote))};
    const struct document *document = load_chapter(r, name, file);
    if (!document)
        return;
    source.file = document->path;
    if (!source.quote.len || !deck_find_passage(document, source.quote, &source)) {
        complain_about_quote(r, quote, document, name, source.quote);
        return;
    }
    *ret = source;
}

/* What the check of drafts finds and the deck's own checks do not tell already. */
static bool is_about_passage(const struct finding *finding)
{
    static const char *const others[] = {"lint",       "bad-lint",   "same-prompt", "known",
                                         "near-quote", "other-sort", NULL};
    for (const char *const *other = others; *other; other++)
        if (strcmp(finding->id, *other) == 0)
            return false;
    return true;
}

static bool can_be_checked(const struct card *card)
{
    return card->source.line > 0 && !card->relation.len && card->kind != CARD_ORDER &&
           card->kind != CARD_MATCH && card->kind != CARD_WHY;
}

static void check_against(struct reader *r, const struct document *document)
{
    struct facts facts;
    struct card_checker *checker = NULL;
    const struct draft_options options = {.scope = r->deck.id};
    for (size_t i = 0; i < r->deck.cards.count; i++) {
        const struct card *card = &r->deck.cards.items[i];
        struct draft draft;
        struct yaml_node at = {.line = r->places.items[i].line, .column = r->places.items[i].column};
        if (!can_be_checked(card) || !str_equal(card->source.file, document->path))
            continue;
        if (!checker && !facts_find(r->arena, document, NULL, NULL, &facts, NULL))
            return;
        if (!checker)
            checker = card_checker_new(r->arena, document, &facts, &options);
        card_check(r->arena, checker, card, &draft);
        for (size_t k = 0; k < draft.findings.count; k++)
            if (is_about_passage(&draft.findings.items[k]))
                problem_warn(r, draft.findings.items[k].id, &at, "%.*s",
                             STR_ARG(draft.findings.items[k].text));
    }
}

void check_sources(struct reader *r)
{
    list_each (struct chapter, chapter, &r->chapters)
        if (chapter->document)
            check_against(r, chapter->document);
}
