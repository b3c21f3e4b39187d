/* How big: sizes in brackets, ranges of sizes, numbers of parameters. */
#include "facts/names.h"
#include "facts/rule.h"
#include "facts/story.h"

static const double sure = 0.97;

/* A size is no money: "por 14B", "vale 3M". */
static bool is_money(const struct reading *r, int i)
{
    static const char *const words = "por,for,dólares,dollars,euros,usd,pagó,paid,cuesta,cost,costs,vale,"
                                     "worth,valuation,valoración,inversión,investment";
    if (token_text(r, i).ptr[0] == '$')
        return true;
    for (int k = i - 3; k <= i + 2; k++)
        if (token_at(r, k) && k != i && word_in(token_at(r, k)->form->low, words))
            return true;
    return false;
}

static bool size_at(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    return t && t->kind == TOKEN_NUMBER && t->name < 0 && token_is_size(token_text(r, i));
}

static void add_values(struct reading *r, struct fact *fact, int first, int end)
{
    for (int i = first; i < end; i++)
        if (size_at(r, i))
            draft_add(r, fact, "value", filler_tokens(r, i, i + 1));
}

/* Nothing but sizes, commas and "y": "(8B y 70B)". */
static bool only_sizes(const struct reading *r, int first, int end)
{
    int sizes = 0;
    for (int i = first; i < end; i++) {
        if (size_at(r, i))
            sizes++;
        else if (!token_is_mark(r, i, ',') && !token_has(r, i, IS_COORDINATOR))
            return false;
    }
    return sizes > 0;
}

static void from_bracket(struct reading *r, const struct name *name)
{
    int open = name->end;
    if (!token_is_mark(r, open, '(') || token_at(r, open)->partner < 0 ||
        !only_sizes(r, open + 1, token_at(r, open)->partner))
        return;
    if (name->text.len > 2 && str_ends(name->text, STR("s")) && name->text.ptr[name->text.len - 2] >= 'A' &&
        name->text.ptr[name->text.len - 2] <= 'Z')
        return; /* "LLMs": a class, no work */
    struct fact fact = draft(r, "size", "size.bracket", sure);
    draft_add(r, &fact, "work", filler_name(r, (int)(name - r->names.items)));
    add_values(r, &fact, open + 1, token_at(r, open)->partner);
    draft_keep(r, &fact);
}

static void keep_end(struct reading *r, const struct name *name, int value, const char *which)
{
    struct fact fact = draft(r, "size", "size.range", sure);
    draft_add(r, &fact, "work", filler_name(r, (int)(name - r->names.items)));
    draft_add(r, &fact, "value", filler_tokens(r, value, value + 1));
    draft_add(r, &fact, "which", (struct filler){.entity = -1, .text = str_from(which)});
    draft_keep(r, &fact);
}

/* "la serie Foo: 7B hasta 65B", "the Foo series, from 7B to 65B", "Foo (7B to 65B)". */
static void from_range(struct reading *r, const struct name *name)
{
    int at = name->end;
    if (token_has(r, at, IS_CLASS_NOUN))
        at++;
    if (!token_is_mark(r, at, ':') && !token_is_mark(r, at, ',') && !token_is_mark(r, at, '('))
        return;
    at++;
    while (word_in(token_text(r, at), "de,desde,from,ranging,in,en,sizes,tamaños"))
        at++;
    if (!size_at(r, at))
        return;
    int to = at + 1;
    while (to < at + 3 && (token_is(r, to, "hasta") || token_is(r, to, "a") || token_is(r, to, "up") ||
                           token_is(r, to, "to")))
        to++;
    if (to == at + 1 || !size_at(r, to))
        return;
    keep_end(r, name, at, "smallest");
    keep_end(r, name, to, "largest");
}

/* "Foo, de 1T de parámetros", "Foo, with 8B parameters". */
static void from_with(struct reading *r, const struct name *name)
{
    int at = name->end;
    const struct token *when = token_at(r, at + 1);
    if (when && when->time >= 0 &&
        token_has(r, at, IS_PREPOSITION)) /* "lanzó Foo en mayo, con 12B de piezas" */
        at = r->times.items[when->time].end;
    if (token_is_mark(r, at, ','))
        at++;
    if (!token_is(r, at, "de") && !token_is(r, at, "con") && !token_is(r, at, "with") &&
        !token_is(r, at, "of"))
        return;
    at++;
    if (!size_at(r, at) || is_money(r, at))
        return;
    int unit = at + 1;
    if (cue_is(r, unit, CUE_OF))
        unit++;
    struct fact fact = draft(r, "size", "size.with", 0.96);
    draft_add(r, &fact, "work", filler_name(r, (int)(name - r->names.items)));
    draft_add(r, &fact, "value", filler_tokens(r, at, at + 1));
    if (token_has(r, unit, IS_UNIT))
        draft_add(r, &fact, "unit", filler_tokens(r, unit, unit + 1));
    draft_keep(r, &fact);
}

/* "versiones diminutas de 1B y una gigante de 405B": "una gigante" is a "versión gigante". */
static struct filler kind_of(const struct reading *r, int i, int end)
{
    const struct chunk *c = chunk_at(r, i);
    struct filler plain = filler_tokens(r, c->first, end);
    bool elliptic = c->determiner == c->first && token_has(r, c->determiner, IS_INDEFINITE) &&
                    end - c->first == 2 && !token_has(r, c->first + 1, IS_CLASS_NOUN);
    for (int k = i - 1; elliptic && k >= 0 && !chunk_is(r, k, CHUNK_VERB); k--) {
        const struct noun *noun =
            chunk_is(r, k, CHUNK_NOUN) ? token_at(r, chunk_at(r, k)->head)->form->noun : NULL;
        if (!noun)
            continue;
        plain.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(noun->singular),
                                STR_ARG(tokens_text(r, c->first + 1, end)));
        break;
    }
    return plain;
}

/* "versiones diminutas de 1B y una gigante de 405B" behind the names that they are versions of: each keeps its
 * adjective. */
static void from_kind(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    int value = c->end - 1, first = c->first, end = value - 1;
    struct filler which = {.entity = -1};
    if (size_at(r, value) && cue_is(r, value - 1, CUE_OF)) {
        which = kind_of(r, i, end);
    } else if (size_at(r, value - 1) && token_has(r, value, IS_CLASS_NOUN)) { /* "a massive 405B variant" */
        value--;
        while (token_has(r, first, IS_ARTICLE))
            first++;
        which.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(tokens_text(r, first, value)),
                                STR_ARG(token_text(r, value + 1)));
        end = value;
    }
    if (end <= first || !filler_is_set(&which) || is_money(r, value) || !r->names.count)
        return;
    /* Only with names of the same sentence before it and none after. */
    const struct name *last = NULL;
    int group = 0;
    list_each (const struct name, name, &r->names) {
        if (name->first > value)
            return;
        const struct entity *e = entity_at(r->chapter->entities, name->entity);
        group += e && e->type == ENTITY_WORK;
        last = name;
    }
    if (!group || !last)
        return;
    struct fact fact = draft(r, "size", "size.kind", 0.95);
    struct filler works = filler_name(r, (int)(last - r->names.items));
    if (group > 1)
        works = filler_tokens(r, r->names.items[r->names.count - (size_t)group].first, last->end);
    draft_add(r, &fact, "work", works);
    draft_add(r, &fact, "value", filler_tokens(r, value, value + 1));
    draft_add(r, &fact, "which", which);
    draft_keep(r, &fact);
}

/* "Solo dos variantes, ambas híbridas": of what sort. */
static void keep_sort(struct reading *r, int counted)
{
    const struct chunk *all = chunk_at(r, counted + 2), *c = chunk_at(r, counted);
    if (!chunk_is(r, counted + 1, CHUNK_COMMA) || !all || all->kind != CHUNK_NOUN ||
        !word_in(token_at(r, all->first)->form->low, "ambos,ambas,todos,todas,both,all") ||
        all->end - all->first < 2)
        return;
    struct fact fact = draft(r, "property", "property.sort", 0.95);
    struct filler attribute = filler_tokens(r, c->numeral + 1, c->end);
    attribute.text = str_format(r->chapter->arena, r->chapter->spanish ? "tipo de %.*s" : "kind of %.*s",
                                STR_ARG(attribute.text));
    draft_add(r, &fact, "entity", filler_entity(r, r->chapter->story.work));
    draft_add(r, &fact, "attribute", attribute);
    draft_add(r, &fact, "value", filler_tokens(r, all->first + 1, all->end));
    draft_keep(r, &fact);
}

/* "Solo dos variantes (109B y 409B)": a sentence that opens without a verb and goes on with the work in focus. */
static void from_topic(struct reading *r)
{
    int i = 0;
    while (chunk_is(r, i, CHUNK_ADVERB))
        i++;
    const struct chunk *c = chunk_at(r, i);
    const struct discourse *story = &r->chapter->story;
    if (!c || c->kind != CHUNK_NOUN || c->name >= 0 || c->numeral < 0 || !c->plural || story->work < 0)
        return;
    const struct form *head = token_at(r, c->end - 1)->form;
    if (!head->noun || !str_equal(head->noun->type, STR("work")) || c->end - c->first > 3)
        return;
    if (r->clauses.count && r->clauses.items[0].verb < i + 6 && r->clauses.items[0].kind == CLAUSE_MAIN)
        return;
    const struct document *doc = r->chapter->doc;
    if (doc->blocks.items[doc->sentences.items[story->work_sentence].block].section != r->block->section)
        return;
    struct fact count = draft(r, "quantity", "quantity.topic", 0.95);
    draft_add(r, &count, "of", filler_entity(r, story->work));
    draft_add(r, &count, "value", filler_tokens(r, c->numeral, c->numeral + 1));
    draft_add(r, &count, "unit", filler_tokens(r, c->numeral + 1, c->end));
    draft_keep(r, &count);
    struct fact size = draft(r, "size", "size.topic", 0.95);
    draft_add(r, &size, "work", filler_entity(r, story->work));
    keep_sort(r, i);
    for (int k = i + 1;
         k < (int)r->chunks.count && k < i + 8 && !chunk_is(r, k, CHUNK_STOP) && !chunk_is(r, k, CHUNK_VERB);
         k++)
        if (chunk_is(r, k, CHUNK_BRACKET) &&
            only_sizes(r, chunk_at(r, k)->first + 1, chunk_at(r, k)->end - 1)) {
            add_values(r, &size, chunk_at(r, k)->first + 1, chunk_at(r, k)->end - 1);
            break;
        }
    if (size.roles.count > 1)
        draft_keep(r, &size);
}

/* The clause that token `i` stands in, participles and gerunds left out. */
static const struct clause *clause_around(const struct reading *r, int i)
{
    const struct clause *found = NULL;
    list_each (const struct clause, clause, &r->clauses) {
        const struct chunk *first = chunk_at(r, clause->first), *last = chunk_at(r, clause->end - 1);
        if (!clause->phrase && first && last && first->first <= i && i < last->end)
            found = clause;
    }
    return found;
}

/* What a size inside a clause is the size of: its subject, if that is a made thing. */
static bool owner_of(const struct reading *r, int i, struct fact *fact, const char *role)
{
    double confidence;
    const struct clause *clause = clause_around(r, i);
    if (!clause || clause->hypothetical || clause->author || clause->rumour)
        return false;
    struct filler owner = story_subject(r, clause, &confidence);
    if (owner.entity < 0 || confidence < 0.95 || !draft_said(r, clause, fact) ||
        (filler_type(r, &owner) != ENTITY_WORK && filler_type(r, &owner) != ENTITY_UNKNOWN))
        return false;
    draft_add(r, fact, role, owner);
    return true;
}

/* "con 8 salas de 220B piezas cada una": how many, and how big each of them is. */
static void from_each(struct reading *r, int i)
{
    int unit = token_has(r, i + 1, IS_UNIT) ? i + 1 : -1, each = (unit >= 0 ? unit : i) + 1, part = i - 2;
    bool each_one =
        (token_is(r, each, "cada") &&
         word_in(token_at(r, each + 1) ? token_at(r, each + 1)->form->low : STR(""), "uno,una")) ||
        token_is(r, each, "each");
    if (!size_at(r, i) || !each_one || !cue_is(r, i - 1, CUE_OF) || part < 1 ||
        r->tokens.items[part].kind != TOKEN_WORD)
        return;
    const struct token *number = token_at(r, part - 1);
    if (number->kind != TOKEN_NUMBER && !(number->form->flags & IS_NUMBER))
        return;
    struct fact count = draft(r, "quantity", "quantity.each", 0.95);
    if (!owner_of(r, i, &count, "of"))
        return;
    draft_add(r, &count, "value", filler_tokens(r, part - 1, part));
    draft_add(r, &count, "unit", filler_tokens(r, part, part + 1));
    draft_keep(r, &count);
    struct fact size = draft(r, "size", "size.each", 0.95);
    owner_of(r, i, &size, "work");
    draft_add(r, &size, "value", filler_tokens(r, i, i + 1));
    draft_add(r, &size, "which", (struct filler){.entity = -1, .text = STR("each")});
    struct str one = language_stem(r->chapter->language, r->chapter->arena, token_at(r, part)->form->low);
    draft_add(r, &size, "part", (struct filler){.entity = -1, .text = one});
    draft_keep(r, &size);
}

/* "sumando un total de 1.8T de piezas". */
static void from_total(struct reading *r, int i)
{
    if (!size_at(r, i) || !cue_is(r, i - 1, CUE_OF) || !token_is(r, i - 2, "total") || is_money(r, i))
        return;
    int unit = cue_is(r, i + 1, CUE_OF) ? i + 2 : i + 1;
    struct fact fact = draft(r, "size", "size.total", 0.95);
    if (!owner_of(r, i, &fact, "work"))
        return;
    draft_add(r, &fact, "value", filler_tokens(r, i, i + 1));
    draft_add(r, &fact, "which", (struct filler){.entity = -1, .text = STR("total")});
    if (token_has(r, unit, IS_UNIT))
        draft_add(r, &fact, "unit", filler_tokens(r, unit, unit + 1));
    draft_keep(r, &fact);
}

void find_sizes(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE)
        return;
    list_each (const struct name, name, &r->names) {
        from_bracket(r, name);
        from_range(r, name);
        from_with(r, name);
    }
    if (r->block->kind == BLOCK_PARAGRAPH)
        from_topic(r);
    for (int i = 2; i < (int)r->tokens.count; i++) {
        from_each(r, i);
        from_total(r, i);
    }
    for (int i = 0; i < (int)r->chunks.count; i++)
        if (chunk_is(r, i, CHUNK_NOUN))
            from_kind(r, i);
}
