#include "collection/context.h"

#include "base/arena.h"

#include <stdint.h>

/* The sentences that touch the span; -1 when none does. */
static bool find_sentences(const struct document *doc, struct span source, size_t *ret_first,
                           size_t *ret_last)
{
    bool found = false;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        struct span s = doc->sentences.items[i].source;
        bool touches = s.start < source.end && source.start < s.end;
        if (!touches && !(source.start == source.end && s.start <= source.start && source.start < s.end))
            continue;
        if (!found)
            *ret_first = i;
        *ret_last = i;
        found = true;
    }
    return found;
}

static struct str words_of(const struct document *doc, size_t sentence)
{
    const struct sentence *s = &doc->sentences.items[sentence];
    return str_slice(doc->blocks.items[s->block].text, s->text.start, s->text.end);
}

/* Of the section, or the nearest one around it that has a title. */
static struct str title_around(const struct document *doc, int section)
{
    while (section >= 0 && (size_t)section < doc->sections.count) {
        const struct section *at = &doc->sections.items[section];
        if (at->title.len)
            return at->title;
        section = at->parent;
    }
    return doc->title;
}

struct context context_of(struct arena *arena, const struct document *doc, struct span source,
                          struct str quote)
{
    struct context ret = {.text = quote, .mark_end = quote.len};
    size_t first = 0, last = 0;
    if (!doc || !find_sentences(doc, source, &first, &last))
        return ret;
    const struct sentence *sentence = &doc->sentences.items[first];
    int section = doc->blocks.items[sentence->block].section;
    ret.line = sentence->line;
    ret.section = title_around(doc, section);
    ret.text = words_of(doc, first);
    for (size_t i = first + 1; i <= last; i++)
        ret.text = str_format(arena, "%.*s %.*s", STR_ARG(ret.text), STR_ARG(words_of(doc, i)));
    if (first > 0 && doc->blocks.items[doc->sentences.items[first - 1].block].section == section &&
        doc->blocks.items[doc->sentences.items[first - 1].block].kind != BLOCK_HEADING)
        ret.before = words_of(doc, first - 1);
    size_t at = quote.len ? str_find(ret.text, quote, 0) : SIZE_MAX;
    ret.mark_start = at == SIZE_MAX ? 0 : at;
    ret.mark_end = at == SIZE_MAX ? ret.text.len : at + quote.len;
    return ret;
}
