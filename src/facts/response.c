/* What was done in answer to what, and in which order things came. */
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.96;

static const struct name *name_at(const struct reading *r, int i)
{
    while (token_has(r, i, IS_ARTICLE))
        i++;
    const struct token *t = token_at(r, i);
    return t && t->name >= 0 ? &r->names.items[t->name] : NULL;
}

/* Names that a clause brings out: its objects. */
static bool add_objects(struct reading *r, struct fact *fact, const struct clause *clause, const char *role)
{
    size_t before = fact->roles.count;
    for (int i = clause->object; i >= 0 && i < clause->object_end;
         i = coordination_next(r, i, clause->object_end))
        if (chunk_at(r, i)->name >= 0)
            draft_add(r, fact, role, filler_name(r, chunk_at(r, i)->name));
    return fact->roles.count > before;
}

/* "Como respuesta a A sacaron B": the phrase and its name stand before the verb or behind it. */
static void from_phrase(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->object < 0)
        return;
    int first = chunk_at(r, clause->first)->first, end = chunk_at(r, clause->end - 1)->end;
    for (int i = first; i < end; i++) {
        const struct phrase *phrase = NULL;
        int length = phrase_at(r, i, PHRASE_RELATION, &phrase);
        if (!length || !str_equal(phrase->canonical, STR("respond")))
            continue;
        const struct name *to = name_at(r, i + length);
        if (!to)
            return;
        struct fact fact = draft(r, "respond", "respond.phrase", sure);
        fact.verb = chunk_at(r, clause->verb)->verb;
        draft_add(r, &fact, "to", filler_name(r, (int)(to - r->names.items)));
        if (!add_objects(r, &fact, clause, "work"))
            return;
        double confidence;
        struct filler agent = story_subject(r, clause, &confidence);
        if (filler_is_set(&agent) && confidence >= 0.95)
            draft_add(r, &fact, "agent", agent);
        draft_keep(r, &fact);
        return;
    }
}

/* "A respondía a B con prototipos como C o D". */
static void from_verb(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !clause_states(r, clause, "respond"))
        return;
    int to = governed_noun(r, clause->verb + 1, clause->end, "a,al,to");
    if (to < 0 || chunk_at(r, to)->name < 0)
        return;
    struct fact fact = draft(r, "respond", "respond.verb", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "to", filler_noun(r, to));
    int works = 0;
    for (int i = to + 1; i < clause->end && works < 4; i++)
        if (chunk_is(r, i, CHUNK_NOUN) && chunk_at(r, i)->name >= 0) {
            draft_add(r, &fact, "work", filler_name(r, chunk_at(r, i)->name));
            works++;
        }
    double confidence;
    struct filler agent = story_subject(r, clause, &confidence);
    if (filler_is_set(&agent) && confidence >= 0.88)
        draft_add(r, &fact, "agent", agent);
    if (confidence < 0.95 && filler_is_set(&agent))
        draft_doubt(r, &fact, 0.95, "");
    if (works)
        draft_keep(r, &fact);
}

/* "Poco antes de A (…) lanzaron B". */
static void from_order(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || clause->object < 0)
        return;
    int first = chunk_at(r, clause->first)->first, verb = chunk_at(r, clause->verb)->first;
    for (int i = first; i < verb; i++) {
        int before = phrase_at(r, i, PHRASE_BEFORE, NULL),
            after = before ? 0 : phrase_at(r, i, PHRASE_AFTER, NULL);
        if (!before && !after)
            continue;
        const struct name *other = name_at(r, i + before + after);
        if (!other || other->end > verb)
            return;
        struct fact fact = draft(r, "before", before ? "before.phrase" : "before.after", sure);
        fact.verb = chunk_at(r, clause->verb)->verb;
        if (!add_objects(r, &fact, clause, before ? "earlier" : "later"))
            return;
        draft_add(r, &fact, before ? "later" : "earlier", filler_name(r, (int)(other - r->names.items)));
        draft_keep(r, &fact);
        return;
    }
}

/* "A (para imágenes)". */
static void from_bracket(struct reading *r, const struct name *name)
{
    int open = name->end, close = token_at(r, open) ? token_at(r, open)->partner : -1;
    if (!token_is_mark(r, open, '(') || close < 0 || close - open > 7)
        return;
    if (!token_is(r, open + 1, "para") && !token_is(r, open + 1, "for"))
        return;
    struct fact fact = draft(r, "purpose", "purpose.bracket", sure);
    draft_add(r, &fact, "work", filler_name(r, (int)(name - r->names.items)));
    struct filler purpose = filler_tokens(r, open + 2, close);
    purpose.before = token_text(r, open + 1);
    draft_add(r, &fact, "purpose", purpose);
    draft_keep(r, &fact);
}

void find_responses(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->phrase)
            continue;
        from_phrase(r, clause);
        from_verb(r, clause);
        from_order(r, clause);
    }
    list_each (const struct name, name, &r->names)
        from_bracket(r, name);
}
