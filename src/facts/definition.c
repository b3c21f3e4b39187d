/* What something is: definitions, superlatives, firsts. */
#include "facts/rule.h"
#include "facts/story.h"
#include "text/text.h"

static const double sure = 0.96;

static bool is_copula(const struct reading *r, const struct clause *clause)
{
    struct str lemma = chunk_at(r, clause->verb)->verb.lemma;
    return word_in(lemma, "ser,be") && !chunk_at(r, clause->verb)->verb.passive;
}

static bool has_phrase(const struct reading *r, int first, int end, enum phrase_kind kind)
{
    return phrase_in(r, first, end, kind, NULL) >= 0;
}

/* "the most popular", "el framework más popular": the article makes it the one. */
static bool is_superlative(const struct reading *r, const struct chunk *c, int end)
{
    if (has_phrase(r, c->first, end, PHRASE_SUPERLATIVE))
        return true;
    bool definite = c->determiner >= 0 && token_has(r, c->determiner, IS_ARTICLE) &&
                    !token_has(r, c->determiner, IS_INDEFINITE);
    for (int i = c->first + 2; definite && i + 1 < c->end; i++)
        if (word_in(token_at(r, i)->form->low, "más,menos"))
            return true;
    return false;
}

/* Where the description that begins at chunk `i` ends: over "de", "en", a relative clause of few words. */
static int description_end(const struct reading *r, int i, int end)
{
    int at = i + 1, words = chunk_at(r, i)->end - chunk_at(r, i)->first;
    while (at < end && words < 20) {
        const struct chunk *c = chunk_at(r, at);
        bool more = c->kind == CHUNK_PREPOSITION || c->kind == CHUNK_NOUN || c->kind == CHUNK_PARTICIPLE ||
                    c->kind == CHUNK_INFINITIVE || c->kind == CHUNK_ADVERB ||
                    (c->kind == CHUNK_COORDINATOR && chunk_is(r, at + 1, CHUNK_NOUN));
        if (!more)
            break;
        words += c->end - c->first;
        at++;
    }
    while (at - 1 > i && (chunk_is(r, at - 1, CHUNK_PARTICIPLE) || chunk_is(r, at - 1, CHUNK_PREPOSITION) ||
                          chunk_is(r, at - 1, CHUNK_COORDINATOR) || chunk_is(r, at - 1, CHUNK_ADVERB)))
        at--;
    return at;
}

/* "a hollow formed when it collapses", "a plant that grows in water": the clause that tells which sort, to the end of the
 * sentence if that is near; else `stop`. */
static int with_clause(const struct reading *r, int first, int stop)
{
    bool opens = chunk_is(r, stop, CHUNK_PARTICIPLE) || chunk_is(r, stop, CHUNK_RELATIVE) ||
                 (chunk_is(r, stop, CHUNK_PREPOSITION) && chunk_is(r, stop + 1, CHUNK_RELATIVE)) ||
                 (chunk_is(r, stop, CHUNK_SUBORDINATOR) && chunk_is(r, stop - 1, CHUNK_PARTICIPLE));
    int end = stop;
    while (opens && chunk_at(r, end) && !chunk_is(r, end, CHUNK_STOP) && !chunk_is(r, end, CHUNK_BRACKET) &&
           !chunk_is(r, end, CHUNK_QUOTE) &&
           !(chunk_is(r, end, CHUNK_COMMA) &&
             (chunk_is(r, end + 1, CHUNK_ADVERB) || chunk_is(r, end + 1, CHUNK_PREPOSITION) ||
              chunk_is(r, end + 1, CHUNK_RELATIVE) || chunk_is(r, end + 1, CHUNK_GERUND))))
        end++;
    bool near = end > stop && chunk_at(r, end - 1)->end - chunk_at(r, first)->first <= 22;
    return near && !chunk_is(r, end - 1, CHUNK_COMMA) ? end : stop;
}

static void keep(struct reading *r, const char *relation, const char *rule, const char *role,
                 const char *what, struct filler entity, struct filler text, double confidence,
                 const struct verb_use *verb)
{
    struct fact fact = draft(r, relation, rule, sure < confidence ? sure : confidence);
    if (verb)
        fact.verb = *verb;
    draft_add(r, &fact, role, entity);
    draft_add(r, &fact, what, text);
    if (confidence < 0.95)
        draft_doubt(r, &fact, confidence, N_("what is described is not named in this sentence"));
    if (fact.roles.count == 2)
        draft_keep(r, &fact);
}

static void describe(struct reading *r, struct filler entity, int object, int end, double confidence,
                     const struct verb_use *verb)
{
    const struct chunk *c = chunk_at(r, object);
    int stop = description_end(r, object, end);
    /* "the first to do it", "la primera que …": what follows is the class. */
    int last = stop;
    bool unique = has_phrase(r, c->first, c->end, PHRASE_FIRST) || is_superlative(r, c, c->end);
    if (unique && chunk_is(r, stop, CHUNK_RELATIVE))
        for (last = stop; chunk_at(r, last) && !chunk_is(r, last, CHUNK_COMMA) &&
                          !chunk_is(r, last, CHUNK_STOP) && chunk_at(r, last)->end - c->first < 24;)
            last++;
    struct filler text = filler_tokens(r, c->first, chunk_at(r, last - 1)->end);
    if (has_phrase(r, c->first, c->end, PHRASE_FIRST))
        keep(r, "first", "first.copula", "entity", "class", entity, text, confidence, verb);
    else if (is_superlative(r, c, chunk_at(r, last - 1)->end))
        keep(r, "superlative", "superlative.copula", "entity", "class", entity, text, confidence, verb);
    else if (word_in(token_at(r, c->first)->form->low, "una,uno,one") && cue_is(r, c->first + 1, CUE_OF))
        return; /* "one of the oldest" */
    else if (c->end - c->first > 1 || last > object + 1)
        keep(r, "definition", "definition.copula", "term", "genus", entity,
             filler_tokens(r, c->first, chunk_at(r, with_clause(r, object, last) - 1)->end), confidence,
             verb);
}

/* Without a written subject, what is said must be a kind of what the subject is. */
static bool fits(const struct reading *r, const struct filler *entity, const struct chunk *object)
{
    const struct form *head = token_at(r, object->head)->form;
    const struct entity *e = entity_at(r->chapter->entities, entity->entity);
    static const char *const names[ENTITY_TYPES] = {"", "org", "person", "work", "place", "event", "term"};
    for (int i = object->first; !head->noun && i < object->end; i++)
        head = token_at(r, i)->form;
    bool unique = phrase_in(r, object->first, object->end, PHRASE_FIRST, NULL) >= 0;
    if (head->noun && e && e->type == ENTITY_UNKNOWN && unique)
        return !str_equal(head->noun->type, STR("term")) && !str_equal(head->noun->type, STR("event"));
    return head->noun && e && e->type != ENTITY_UNKNOWN &&
           str_equal(head->noun->type, str_from(names[e->type]));
}

/* With its article: "la mitosis". */
static struct filler uncapitalised_noun(const struct reading *r, int chunk)
{
    struct filler f = filler_noun(r, chunk);
    f.entity = -1;
    return f;
}

/* "El problema es la falta de …" explains no word. */
static bool is_frame_word(struct str low)
{
    return word_in(
        low,
        "problema,objetivo,meta,razón,resultado,causa,motivo,solución,clave,diferencia,ventaja,idea,cuestión,"
        "verdad,pregunta,respuesta,situación,consecuencia,lugar,punto,tema,hecho,caso,misión,propósito,"
        "conclusión,lección,ejemplo,excepción,reto,desafío,riesgo,peligro,efecto,origen,fin,final,"
        "principio,historia,realidad,secreto,nombre,autor,título,lema,sede,capital,total,resto,mayoría");
}

/* The heading above names it: what the section is about is told in general. */
static bool in_heading(const struct reading *r, struct str low)
{
    struct str title = section_title(r->chapter->doc, r->block->section);
    return low.len > 3 && str_contains(text_lower(r->chapter->scratch, title), low);
}

/* "La mitosis es un proceso que …": one noun that no earlier sentence has introduced as a thing of the story. */
static bool is_general_term(const struct reading *r, const struct chunk *subject, const struct chunk *object)
{
    const struct token *noun = token_at(r, subject->first + 1);
    if (!r->chapter->spanish || subject->determiner != subject->first || subject->end - subject->first > 3 ||
        !token_has(r, subject->determiner, IS_ARTICLE) || !noun || noun->kind != TOKEN_WORD || noun->upper)
        return false;
    bool thing = noun->form->noun && !str_equal(noun->form->noun->type, STR("term"));
    bool headed = in_heading(r, noun->form->low);
    bool defines = token_has(r, object->determiner, IS_INDEFINITE) || headed;
    return defines && (!thing || headed) && !is_frame_word(noun->form->low) && !(noun->form->flags & IS_ROLE);
}

/* "A *moraine* is a …", "Un X es un Y": a term that the sentence defines, without its article; not set if it does not. */
static struct filler generic_term(const struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject), *object = chunk_at(r, clause->object),
                       *verb = chunk_at(r, clause->verb);
    struct filler none = {.entity = -1};
    if (!subject || subject->name >= 0 || clause->subject > clause->verb ||
        verb->verb.tense != TENSE_PRESENT || subject->plural)
        return none;
    int first = subject->first;
    while (token_has(r, first, IS_ARTICLE))
        first++;
    if (first >= subject->end || subject->end - first > 4 || object->determiner < 0 ||
        !token_has(r, object->determiner, IS_INDEFINITE | IS_ARTICLE))
        return none;
    bool marked = r->tokens.items[first].strong || r->tokens.items[first].emphasis;
    bool generic = subject->determiner >= 0 && token_has(r, subject->determiner, IS_INDEFINITE) &&
                   token_has(r, object->determiner, IS_INDEFINITE);
    if (!marked && !generic && is_general_term(r, subject, object))
        return uncapitalised_noun(r, clause->subject);
    return marked || generic ? filler_phrase(r, first, subject->end) : none;
}

/* The whole predicate up to the first comma or stop: "un orgánulo que produce energía". */
static void explain_term(struct reading *r, const struct clause *clause, struct filler term)
{
    const struct chunk *object = chunk_at(r, clause->object);
    if (has_phrase(r, object->first, object->end, PHRASE_FIRST) || is_superlative(r, object, object->end)) {
        describe(r, term, clause->object, clause->end, sure, &chunk_at(r, clause->verb)->verb);
        return;
    }
    int end = object->end;
    while (end < (int)r->tokens.count && end - object->first < 26 && r->tokens.items[end].mark != '.' &&
           r->tokens.items[end].mark != ',' && r->tokens.items[end].mark != ';' &&
           r->tokens.items[end].mark != ':' && r->tokens.items[end].mark != '(')
        end++;
    const uint32_t open = IS_PREPOSITION | IS_DETERMINER | IS_RELATIVE | IS_SUBORDINATOR | IS_COORDINATOR;
    const struct token *behind = token_at(r, end);
    bool cut = (r->chapter->spanish && token_has(r, end - 1, open)) ||
               (behind && (behind->code || (behind->mark == '(' && token_at(r, end - 1)->form->verb_count)));
    if (end - object->first >= 26 || end - object->first < 3 || cut)
        return;
    keep(r, "definition", "definition.term", "term", "genus", term, filler_tokens(r, object->first, end),
         sure, &chunk_at(r, clause->verb)->verb);
}

/* "La primera en lograrlo fue la startup Foo": "it" is what the sentence before was about. */
static void managed(struct reading *r, const struct clause *clause)
{
    const struct discourse *story = &r->chapter->story;
    const struct chunk *subject = chunk_at(r, clause->subject), *object = chunk_at(r, clause->object);
    const struct noun *noun = object->kind_noun >= 0 ? token_at(r, object->kind_noun)->form->noun : NULL;
    if (!story->aim.len || story->aim_sentence != r->sentence - 1 || subject->end - subject->first != 2)
        return;
    struct str first = tokens_text(r, subject->first, subject->end);
    struct filler class = {.entity = -1};
    class.text = text_lower(r->chapter->arena, first);
    if (noun)
        class.text = str_format(r->chapter->arena, "%.*s %.*s", STR_ARG(class.text), STR_ARG(noun->singular));
    class.text = str_format(r->chapter->arena, "%.*s en %.*s", STR_ARG(class.text), STR_ARG(story->aim));
    keep(r, "first", "first.managed", "entity", "class", filler_name(r, object->name), class, 0.95,
         &chunk_at(r, clause->verb)->verb);
}

/* A name, or a noun that a name behind "of" tells apart: "the capture of Foo". */
static bool is_told_name(const struct reading *r, const struct chunk *c)
{
    const struct token *last = token_at(r, c->end - 1);
    return c->name >= 0 || (last->name >= 0 && cue_is(r, r->names.items[last->name].first - 1, CUE_OF));
}

/* "La primera empresa en lograr X fue Foo", "The oldest city is Foo". */
static void inverted(struct reading *r, const struct clause *clause)
{
    const struct chunk *subject = chunk_at(r, clause->subject), *object = chunk_at(r, clause->object);
    int end = chunk_at(r, clause->verb)->first, time = -1;
    if (chunk_is(r, clause->verb - 1, CHUNK_TIME)) { /* "the only victory that year was X" */
        time = chunk_at(r, clause->verb - 1)->time;
        end = chunk_at(r, clause->verb - 1)->first;
    }
    if (end - subject->first < 2 || end - subject->first > 20 || !is_told_name(r, object) ||
        coordination_next(r, clause->object, clause->end) >= 0)
        return;
    int from = subject->first;
    while (from > 0 && (token_is(r, from - 1, "only") || token_is(r, from - 1, "the")))
        from--;
    bool first = has_phrase(r, from, end, PHRASE_FIRST),
         superlative = has_phrase(r, from, end, PHRASE_SUPERLATIVE);
    const struct token *last = token_at(r, end - 1);
    if (first && word_in(last->form->low, "lograrlo,conseguirlo,hacerlo")) {
        managed(r, clause);
        return;
    }
    if ((!first && !superlative) || last->form->verb_count || str_ends(last->form->low, STR("rlo")) ||
        last->kind == TOKEN_MARK)
        return;
    struct filler class = filler_tokens(r, from, end), entity = filler_noun(r, clause->object);
    if (token_at(r, from)->upper && from == 0)
        class.text =
            str_format(r->chapter->arena, "%.*s%.*s", STR_ARG(token_at(r, 0)->form->low),
                       STR_ARG(str_slice(class.text, token_at(r, 0)->form->text.len, class.text.len)));
    struct fact fact =
        draft(r, first ? "first" : "superlative", first ? "first.inverted" : "superlative.inverted", sure);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "entity", entity);
    draft_add(r, &fact, "class", class);
    draft_time(r, &fact, time);
    if (fact.roles.count == 2 && (time < 0 || fact.time.precision))
        draft_keep(r, &fact);
}

/* "no era un reloj normal, sino un Zarco": what it is is what stands behind "sino". */
static void rather(struct reading *r, const struct clause *clause)
{
    double confidence;
    if (!clause->negative || clause->hypothetical || clause->rumour || clause->author || clause->opinion)
        return;
    int but = clause->verb + 1;
    while (but < clause->end &&
           !(chunk_is(r, but, CHUNK_COORDINATOR) && token_is(r, chunk_at(r, but)->first, "sino")))
        but++;
    const struct chunk *what = chunk_at(r, but + 1);
    if (but >= clause->end || !what || what->kind != CHUNK_NOUN || what->determiner < 0)
        return;
    struct filler entity = story_subject(r, clause, &confidence);
    if (entity.entity < 0 || confidence < 0.95)
        return;
    struct fact fact = draft(r, "definition", "definition.rather", 0.95);
    fact.verb = chunk_at(r, clause->verb)->verb;
    draft_add(r, &fact, "term", entity);
    draft_add(r, &fact, "genus", filler_tokens(r, what->first, what->end));
    if (fact.roles.count == 2 && draft_said(r, clause, &fact))
        draft_keep(r, &fact);
}

static void from_copula(struct reading *r, const struct clause *clause)
{
    if (is_copula(r, clause) && clause->object >= 0)
        rather(r, clause);
    if (!is_copula(r, clause) || clause->object < 0 || !clause_asserts(clause) || clause->opinion ||
        clause->kind == CLAUSE_SUBORDINATE)
        return;
    const struct chunk *object = chunk_at(r, clause->object);
    double confidence;
    if (clause->subject >= 0 && is_told_name(r, object) && chunk_at(r, clause->subject)->name < 0 &&
        clause->subject < clause->verb) {
        inverted(r, clause);
        return;
    }
    struct filler entity = story_subject(r, clause, &confidence);
    if (clause->subject >= 0 &&
        word_in(token_at(r, chunk_at(r, clause->subject)->first)->form->low, "this,it,esto,este,esta") &&
        chunk_at(r, clause->subject)->end - chunk_at(r, clause->subject)->first == 1 &&
        r->chapter->story.closing_sentence == r->sentence - 1 && r->chapter->story.closing >= 0) {
        entity = filler_entity(r, r->chapter->story.closing);
        confidence = 0.95;
    }
    struct filler term = generic_term(r, clause);
    if (filler_is_set(&term) && (!filler_is_set(&entity) || entity.entity < 0)) {
        explain_term(r, clause, term);
        return;
    }
    bool named = filler_is_set(&entity) && entity.entity >= 0;
    if (!named || confidence < 0.9 || object->name >= 0)
        return;
    if (clause->subject < 0 && !fits(r, &entity, object))
        return;
    if (token_has(r, object->head, IS_ROLE) && filler_type(r, &entity) == ENTITY_PERSON)
        return;
    describe(r, entity, clause->object, clause->end, confidence, &chunk_at(r, clause->verb)->verb);
}

/* What an apposition explains: a name, or a term that the author set in bold or italics. */
static struct filler explained(const struct reading *r, const struct chunk *c)
{
    if (c->name >= 0)
        return filler_name(r, c->name);
    int first = c->first;
    while (token_has(r, first, IS_ARTICLE))
        first++;
    for (int i = first; i < c->end; i++)
        if (!r->tokens.items[i].strong && !r->tokens.items[i].emphasis)
            return (struct filler){.entity = -1};
    return first < c->end && c->end - first < 5 ? filler_tokens(r, c->first, c->end)
                                                : (struct filler){.entity = -1};
}

/* "…, the most popular framework", "Foo, el que es el framework más popular". */
static void from_apposition(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    struct filler entity = explained(r, c);
    if (!filler_is_set(&entity) || !chunk_is(r, i + 1, CHUNK_COMMA))
        return;
    int at = i + 2;
    while (chunk_is(r, at, CHUNK_ADVERB))
        at++;
    if (!chunk_is(r, at, CHUNK_NOUN) || chunk_at(r, at)->name >= 0 || chunk_at(r, at)->determiner < 0)
        return;
    const struct chunk *d = chunk_at(r, at);
    if (token_has(r, d->head, IS_ROLE))
        return;
    int stop = description_end(r, at, (int)r->chunks.count);
    bool closed = stop >= (int)r->chunks.count || chunk_is(r, stop, CHUNK_COMMA) ||
                  chunk_is(r, stop, CHUNK_STOP) || chunk_is(r, stop, CHUNK_BRACKET) ||
                  (c->name < 0 && chunk_is(r, stop, CHUNK_RELATIVE));
    if (!closed)
        return;
    struct filler text = filler_tokens(r, d->first, chunk_at(r, stop - 1)->end);
    bool first = has_phrase(r, d->first, d->end, PHRASE_FIRST), superlative = is_superlative(r, d, d->end);
    bool indefinite = token_has(r, d->determiner, IS_INDEFINITE);
    if (first)
        keep(r, "first", "first.apposition", "entity", "class", entity, text, sure, NULL);
    else if (superlative)
        keep(r, "superlative", "superlative.apposition", "entity", "class", entity, text, sure, NULL);
    else if (indefinite)
        keep(r, "definition", c->name < 0 ? "definition.term" : "definition.apposition", "term", "genus",
             entity, text, sure, NULL);
}

/* "una función futura llamada Foo": what is called so. */
static void from_calling(struct reading *r, const struct chunk *c)
{
    if (c->name < 0 || c->determiner < 0)
        return;
    int called = r->names.items[c->name].first - 1, first = called - 1;
    while (first > c->first &&
           !token_has(r, first, IS_INDEFINITE)) /* "la promesa de una torre llamada Foo" */
        first--;
    if (called - first < 3 || !token_has(r, first, IS_INDEFINITE) ||
        !word_in(token_at(r, called)->form->low, "llamado,llamada,denominado,denominada,called,named"))
        return;
    struct filler name = filler_name(r, c->name);
    if (filler_type(r, &name) != ENTITY_PERSON)
        keep(r, "definition", "definition.called", "term", "genus", name, filler_tokens(r, first, called),
             sure, NULL);
}

/* "el proyecto más influyente de todos: Foo". */
static void from_colon(struct reading *r, int colon)
{
    bool of_all = chunk_is(r, colon - 1, CHUNK_OTHER) && chunk_is(r, colon - 2, CHUNK_PREPOSITION) &&
                  word_in(chunk_text(r, colon - 1), "all,todos,todas");
    int kind = of_all ? colon - 3 : colon - 1;
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, kind, CHUNK_NOUN) ||
        !chunk_is(r, colon + 1, CHUNK_NOUN))
        return;
    const struct chunk *class = chunk_at(r, kind), *name = chunk_at(r, colon + 1);
    if (name->name < 0 || class->plural || class->name >= 0 ||
        coordination_next(r, colon + 1, (int)r->chunks.count) >= 0)
        return;
    struct filler text = filler_noun(r, kind), entity = filler_name(r, name->name);
    if (is_superlative(r, class, class->end) || str_contains(text.text, STR(" most ")))
        keep(r, "superlative", "superlative.colon", "entity", "class", entity, text, sure, NULL);
    /* "…, el que actualmente es el framework más popular" */
    int comma = colon + 2;
    if (!chunk_is(r, comma, CHUNK_COMMA))
        return;
    list_each (const struct clause, clause, &r->clauses) {
        if (clause->verb < comma || clause->verb > comma + 4 || !is_copula(r, clause) || clause->object < 0 ||
            !clause_asserts(clause))
            continue;
        describe(r, entity, clause->object, clause->end, sure, &chunk_at(r, clause->verb)->verb);
        return;
    }
}

/* "*Foo* (an optimisation method)" and "(Foo is a data company)" in brackets. */
static void from_bracket(struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    int bracket = bracket_of(r, i);
    if (c->name < 0 || bracket < 0)
        return;
    const struct chunk *b = chunk_at(r, bracket);
    int first = b->first + 1, end = b->end - 1;
    /* "ZeTA (Zonal Traffic Analysis, a method for …)" */
    for (int k = first; k + 2 < end; k++)
        if (token_is_mark(r, k, ',') && token_has(r, k + 1, IS_INDEFINITE)) {
            first = k + 1;
            break;
        }
    if (!token_has(r, first, IS_INDEFINITE) || end - first < 3 || end - first > 14)
        return;
    keep(r, "definition", "definition.bracket", "term", "genus", filler_name(r, c->name),
         filler_tokens(r, first, end), sure, NULL);
}

/* "…, but a commercial service: Foo." */
static void from_announcement(struct reading *r, int colon)
{
    const struct chunk *class = chunk_at(r, colon - 1), *name = chunk_at(r, colon + 1);
    if (!token_is_mark(r, chunk_at(r, colon)->first, ':') || !chunk_is(r, colon - 1, CHUNK_NOUN) ||
        !chunk_is(r, colon + 1, CHUNK_NOUN) || name->name < 0 || class->name >= 0 ||
        class->end - class->first < 3 || class->determiner != class->first ||
        !token_has(r, class->first, IS_INDEFINITE) || chunk_is(r, colon - 2, CHUNK_PREPOSITION))
        return;
    bool closed = !chunk_at(r, colon + 2) || chunk_is(r, colon + 2, CHUNK_STOP) ||
                  chunk_is(r, colon + 2, CHUNK_BRACKET);
    const struct form *head = token_at(r, class->head)->form;
    if (closed && head->noun && !r->tokens.items[class->first].quoted)
        keep(r, "definition", "definition.colon", "term", "genus", filler_name(r, name->name),
             filler_phrase(r, class->first, class->end), sure, NULL);
}

/* "a *tide table*—the list that …": the term stands right before the dash. */
static void from_dash(struct reading *r, int dash)
{
    uint32_t mark = token_at(r, chunk_at(r, dash)->first)->mark;
    if ((mark != 0x2014 && mark != 0x2013) || !chunk_is(r, dash - 1, CHUNK_NOUN) ||
        !chunk_is(r, dash + 1, CHUNK_NOUN))
        return;
    const struct chunk *before = chunk_at(r, dash - 1), *after = chunk_at(r, dash + 1);
    int first = before->end;
    while (first > before->first &&
           (r->tokens.items[first - 1].emphasis || r->tokens.items[first - 1].strong))
        first--;
    struct filler term = before->name >= 0 && r->names.items[before->name].end == before->end
                             ? filler_name(r, before->name)
                             : filler_tokens(r, first, before->end);
    int end = after->end;
    while (end < (int)r->tokens.count && end - after->first < 22 && r->tokens.items[end].mark != 0x2014 &&
           r->tokens.items[end].mark != 0x2013 && r->tokens.items[end].mark != '.' &&
           r->tokens.items[end].mark != ';')
        end++;
    if (first == before->end || after->determiner < 0 || after->name >= 0 || end - after->first < 4)
        return;
    keep(r, "definition", "definition.dash", "term", "genus", term, filler_tokens(r, after->first, end), sure,
         NULL);
}

/* A whole clause in brackets: "(Foo es una empresa de datos)". */
static void from_aside(struct reading *r, int bracket)
{
    const struct chunk *b = chunk_at(r, bracket);
    int at = b->first + 1, end = b->end - 1;
    const struct token *t = token_at(r, at);
    if (!t || t->name < 0 || at >= end)
        return;
    int copula = r->names.items[t->name].end;
    if (!word_in(token_at(r, copula)->form->low, "es,era,fue,is,was") ||
        !token_has(r, copula + 1, IS_INDEFINITE))
        return;
    for (int k = copula; k < end; k++)
        if (token_is_mark(r, k, ',') || token_has(r, k, IS_RELATIVE))
            end = k;
    keep(r, "definition", "definition.aside", "term", "genus", filler_name(r, t->name),
         filler_tokens(r, copula + 1, end), sure, NULL);
}

void find_definitions(struct reading *r)
{
    if (r->block->kind == BLOCK_QUOTE || r->block->kind == BLOCK_HEADING)
        return;
    list_each (const struct clause, clause, &r->clauses)
        from_copula(r, clause);
    for (int i = 0; i < (int)r->chunks.count; i++) {
        if (chunk_is(r, i, CHUNK_NOUN)) {
            from_apposition(r, i);
            from_bracket(r, i);
            from_calling(r, chunk_at(r, i));
        }
        if (chunk_is(r, i, CHUNK_STOP)) {
            from_colon(r, i);
            from_announcement(r, i);
            from_dash(r, i);
        }
        if (chunk_is(r, i, CHUNK_BRACKET))
            from_aside(r, i);
    }
}
