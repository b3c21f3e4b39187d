/* Hears what was recalled of a chapter: by its facts where they are found again, else by the words of the answers. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "facts/facts.h"
#include "text/text.h"
#include "verify/recall.h"

#include <string.h>

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The answer's words stand in the text one after another, whatever their case and accents. */
static bool stands_in(struct arena *arena, struct str text, struct str answer)
{
    struct str folded = text_fold(arena, text), wanted = text_fold(arena, answer);
    for (size_t at = 0; wanted.len && (at = str_find(folded, wanted, at)) != (size_t)-1; at++) {
        bool begins = at == 0 || !is_word_byte(folded.ptr[at - 1]);
        bool ends = at + wanted.len == folded.len || !is_word_byte(folded.ptr[at + wanted.len]);
        if (begins && ends)
            return true;
    }
    return false;
}

/* Several statements of the chapter may be one fact: the best that was said of them counts. */
static const struct hit *best_hit(const struct facts *facts, const struct hits *hits, struct str id)
{
    const struct hit *best = NULL;
    for (size_t i = 0; id.len && i < facts->count && i < hits->count; i++)
        if (str_equal(id, str_from(facts->items[i].id.text)) && (!best || hits->items[i].state > best->state))
            best = &hits->items[i];
    return best;
}

static struct str note_of(struct arena *arena, const struct hit *hit)
{
    if (hit->state != RECALLED_NEARLY || !hit->role.len)
        return (struct str){0};
    if (!hit->said.len)
        return str_format(arena, _("you did not say: %.*s (line %d)"), STR_ARG(hit->stated), hit->line);
    return str_format(arena, _("you said \"%.*s\"; the text: %.*s (line %d)"), STR_ARG(hit->said),
                      STR_ARG(hit->stated), hit->line);
}

void recall_hear(struct app *app, struct str written)
{
    static const enum first_mark marks[] = {
        [RECALLED_MISSED] = MARK_MISSED, [RECALLED_NEARLY] = MARK_NEARLY, [RECALLED_BROUGHT] = MARK_BROUGHT};
    struct first_state *first = &app->first;
    struct facts facts = {0};
    struct hits hits = {0};
    const struct facts_options options = {.scope = first->scope};
    if (first->doc.words && facts_find(&first->arena, &first->doc, NULL, &options, &facts, NULL))
        facts_match(&first->arena, &first->doc, &facts, written, &hits);
    for (size_t i = 0; i < first->count; i++) {
        struct first_fact *fact = &first->facts[i];
        const struct hit *hit = best_hit(&facts, &hits, first->cards[i].fact);
        bool there = !hit && stands_in(&first->arena, written, fact->answer);
        fact->mark = hit ? marks[hit->state] : there ? MARK_BROUGHT : MARK_MISSED;
        fact->note = hit ? note_of(&first->arena, hit) : (struct str){0};
    }
}
