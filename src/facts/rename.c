/* Two names of one thing: renamed, also known as. */
#include "facts/rule.h"
#include "facts/story.h"

/* What bore another name was of the same sort. */
static void share_type(struct reading *r, int old, int new)
{
    struct entity *a = entity_at(r->chapter->entities, old), *b = entity_at(r->chapter->entities, new);
    if (a && b && a->type == ENTITY_UNKNOWN)
        a->type = b->type;
    else if (a && b && b->type == ENTITY_UNKNOWN)
        b->type = a->type;
}

/* "el cambio de nombre de A a B". */
static void from_change(struct reading *r, int i)
{
    if (!token_is(r, i, "cambio") || !token_is(r, i + 1, "de") || !token_is(r, i + 2, "nombre") ||
        !token_is(r, i + 3, "de"))
        return;
    const struct token *old = token_at(r, i + 4);
    if (!old || old->name < 0)
        return;
    int at = r->names.items[old->name].end;
    const struct token *new = token_at(r, at + 1);
    if (!token_is(r, at, "a") || !new || new->name < 0)
        return;
    share_type(r, r->names.items[old->name].entity, r->names.items[new->name].entity);
    struct fact fact = draft(r, "rename", "rename.change", 0.97);
    draft_add(r, &fact, "old", filler_name(r, old->name));
    draft_add(r, &fact, "new", filler_name(r, new->name));
    draft_keep(r, &fact);
}

/* "A rebranded as B", "A pasó a llamarse B", "A was renamed B". */
static void from_clause(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause) || !clause_states(r, clause, "rename"))
        return;
    int new = clause->object >= 0 ? clause->object
                                  : governed_noun(r, clause->verb + 1, clause->end, "as,to,como,a,por");
    double confidence;
    struct filler old = story_subject(r, clause, &confidence);
    if (new < 0 || !filler_is_set(&old) || confidence < 0.95 || old.entity < 0 || chunk_at(r, new)->name < 0)
        return;
    share_type(r, old.entity, filler_noun(r, new).entity);
    struct fact fact = draft(r, "rename", "rename.clause", 0.96);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "old", old);
    draft_add(r, &fact, "new", filler_noun(r, new));
    draft_time(r, &fact, clause_time(r, clause));
    draft_keep(r, &fact);
}

/* "also known as", "conocida en Europa como", "called": the alias is the first name behind the phrase. */
static void from_known(struct reading *r, int i)
{
    static const char *const participles = "known,conocido,conocida,conocidos,conocidas";
    if (!word_in(token_at(r, i)->form->low, participles))
        return;
    int as = i + 1, where = -1, count = (int)r->tokens.count;
    if (token_is(r, as, "in") || token_is(r, as, "en")) {
        where = token_at(r, as + 1) ? token_at(r, as + 1)->name : -1;
        as = where >= 0 ? r->names.items[where].end : as;
    }
    if (!token_is(r, as, "as") && !token_is(r, as, "como"))
        return;
    int alias = as + 1;
    while (token_has(r, alias, IS_ARTICLE))
        alias++;
    if (alias >= count || token_at(r, alias)->name < 0)
        return;
    /* Whose: the last name before, brackets skipped. */
    int name = -1;
    for (int k = i - 1; k >= 0 && name < 0; k--) {
        const struct token *t = token_at(r, k);
        if (t->partner >= 0 && t->partner < k)
            k = t->partner;
        else if (t->name >= 0)
            name = t->name;
        else if (t->kind == TOKEN_MARK && t->mark != ',')
            return;
        else if (t->kind == TOKEN_WORD && !(t->form->flags & (IS_ADVERB | IS_AUXILIARY)))
            return;
    }
    int other = token_at(r, alias)->name;
    if (name < 0 || r->names.items[name].entity == r->names.items[other].entity)
        return;
    if (where < 0) { /* "known as B (…) in Europe" */
        int at = r->names.items[other].end;
        if (token_is_mark(r, at, '(') && token_at(r, at)->partner > at)
            at = token_at(r, at)->partner + 1;
        if ((token_is(r, at, "in") || token_is(r, at, "en")) && token_at(r, at + 1))
            where = token_at(r, at + 1)->name;
    }
    struct fact fact = draft(r, "also-known", "also-known.participle", 0.97);
    draft_add(r, &fact, "name", filler_name(r, name));
    draft_add(r, &fact, "alias", filler_name(r, other));
    if (where >= 0)
        draft_add(r, &fact, "where", filler_name(r, where));
    draft_keep(r, &fact);
    r->chapter->story.event_alias = r->names.items[other].entity;
}

void find_names(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE)
        return;
    for (int i = 0; i < (int)r->tokens.count; i++) {
        from_change(r, i);
        from_known(r, i);
    }
    list_each (const struct clause, clause, &r->clauses)
        from_clause(r, clause);
}
