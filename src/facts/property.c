/* Attributes written like a form: "Licencia: GPL.", "Capital: …". */
#include "facts/rule.h"
#include "facts/story.h"

/* What the section is about: its heading's name, else the last subject. */
static struct filler topic(const struct reading *r)
{
    const struct discourse *story = &r->chapter->story;
    int entity = story->section_subject >= 0 ? story->section_subject : story->section_topic;
    return filler_entity(r, entity);
}

static void from_form(struct reading *r)
{
    if (r->clauses.count || !chunk_is(r, 0, CHUNK_NOUN) || !chunk_is(r, 1, CHUNK_STOP))
        return;
    const struct chunk *attribute = chunk_at(r, 0);
    bool shape = attribute->name < 0 && attribute->end - attribute->first <= 3 && attribute->determiner < 0 &&
                 token_is_mark(r, chunk_at(r, 1)->first, ':');
    const struct form *head = token_at(r, attribute->head)->form;
    if (!shape || attribute->plural ||
        !(head->flags & IS_CLASS_NOUN ||
          word_in(head->low, "lema,capital,motto,licencia,licence,license,autor,author,sede,idioma,moneda,"
                             "población,superficie")))
        return;
    int first = chunk_at(r, 1)->end, end = (int)r->tokens.count;
    if (end > first && token_is_mark(r, end - 1, '.'))
        end--;
    /* "Custom (several free licences)", "GNU GPL (GPL)": the bracket is another way to say it. */
    for (int i = first; i < end; i++)
        if (token_is_mark(r, i, '('))
            end = i;
    struct filler entity = topic(r);
    if (!filler_is_set(&entity) || end <= first || end - first > 9)
        return;
    struct fact fact = draft(r, "property", "property.form", 0.96);
    struct filler name = filler_tokens(r, attribute->first, attribute->end);
    name.text = head->low;
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute", name);
    draft_add(r, &fact, "value", filler_tokens(r, first, end));
    draft_keep(r, &fact);
}

/* "bajo la licencia X", "under the X licence". */
static void from_under(struct reading *r, const struct clause *clause)
{
    if (!clause_asserts(clause))
        return;
    int noun = governed_noun(r, clause->verb + 1, clause->end, "bajo,under");
    if (noun < 0)
        return;
    const struct chunk *c = chunk_at(r, noun);
    if (c->name < 0 || c->kind_noun < 0 || !token_at(r, c->kind_noun)->form->noun ||
        str_equal(token_at(r, c->kind_noun)->form->noun->type, STR("org")))
        return;
    double confidence;
    struct filler entity = story_subject(r, clause, &confidence);
    if (!filler_is_set(&entity) || entity.entity < 0 || confidence < 0.9)
        return;
    struct fact fact = draft(r, "property", "property.under", 0.96);
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "attribute",
              (struct filler){.entity = -1, .text = token_at(r, c->kind_noun)->form->noun->singular});
    draft_add(r, &fact, "value", filler_name(r, c->name));
    draft_keep(r, &fact);
}

void find_properties(struct reading *r)
{
    if (r->block->kind != BLOCK_PARAGRAPH && r->block->kind != BLOCK_ITEM)
        return;
    from_form(r);
    list_each (const struct clause, clause, &r->clauses)
        from_under(r, clause);
}
