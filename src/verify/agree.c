/* Do the facts of the chapter agree with the card, and is its answer the only right one? */
#include "verify/checking.h"
#include "verify/passage.h"

#include "base/translate.h"
#include "cards/identity.h"
#include "cards/judge.h"
#include "text/text.h"

#include <stdint.h>
#include <string.h>

static const double WORDS_NAMED = 0.6;

/* A fact as the card asks it. */
struct reading {
    const struct fact *fact;
    uint32_t named;  /* fillers that the question names */
    bool cue;        /* the question has its verb, its role noun, or it needs none */
    bool names_time; /* … and the question says when */
    int strangers;   /* names and dates of the question that the fact does not have */
    int asked;       /* the filler that the answer is; -1: none; ASKED_TIME */
    struct str
        other; /* what the fact has where the answer has something of the same sort; empty if nothing */
    struct str other_role;
};

enum { ASKED_TIME = 1000 };

/* ---- Fillers and texts ---- */

static int entity_of(const struct checking *c, const struct filler *filler)
{
    return lexis_entity(c->chapter->lexis, filler->entity);
}

static bool gist_names(const struct gist *gist, int entity)
{
    list_each (const struct find, find, &gist->finds)
        if (find->kind == FIND_NAME && find->entity == entity)
            return true;
    return false;
}

static const struct fact_words *fact_words(const struct checking *c, const struct fact *fact)
{
    return &c->checker->facts[fact - c->chapter->facts->items];
}

static const struct gist *words_of(const struct checking *c, const struct fact *fact, size_t index)
{
    return &fact_words(c, fact)->fillers[index];
}

static double words_named(const struct gist *text, const struct gist *words)
{
    double all = 0, found = 0;
    list_each (const struct term, term, &words->terms) {
        if (!term_is_content(term))
            continue;
        double weight = term->capital || term->word->number ? 2 : 1;
        all += weight;
        list_each (const struct term, other, &text->terms)
            if (lexeme_form(term->word, other->word)) {
                found += weight;
                break;
            }
    }
    return all > 0 ? found / all : 0;
}

static bool names_filler(const struct checking *c, const struct gist *text, const struct fact *fact,
                         size_t index)
{
    const struct filler *filler = &fact->roles.items[index];
    if (filler->entity >= 0)
        return gist_names(text, entity_of(c, filler));
    return words_named(text, words_of(c, fact, index)) >= WORDS_NAMED;
}

/* ---- What the question knows of a fact ---- */

static bool states_relation(const struct lexeme *word, struct str relation)
{
    for (int i = 0; i < 2; i++)
        if (word->verbs[i] && str_list_has(&word->verbs[i]->relations, relation))
            return true;
    return false;
}

static bool has_own_verb(const struct gist *gist)
{
    list_each (const struct term, term, &gist->terms)
        if (term->word->is_verb && term->word->lemmas[0] >= 0 && term->name < 0)
            return true;
    return false;
}

/* Role nouns state their fact as verbs do: "fundador" and "fundó". */
static bool asks_relation(const struct checking *c, const struct fact *fact)
{
    const struct gist *verb = &fact_words(c, fact)->verb;
    list_each (const struct term, term, &c->prompt.terms) {
        if (states_relation(term->word, fact->relation) && !str_equal(fact->relation, STR("deed")))
            return true;
        list_each (const struct term, own, &verb->terms)
            if (term_is_content(own) && lexeme_same(own->word, term->word))
                return true;
    }
    return !verb->terms.count && !has_own_verb(&c->prompt);
}

static bool time_named(const struct fact *fact, const struct date *date)
{
    const struct date from = {fact->time.year, fact->time.month, fact->time.day, false, 0};
    const struct date to = {fact->time.end_year, fact->time.end_month, fact->time.end_day, false, 0};
    return fact->time.year && (date_fits(date, &from) > 0 || (fact->time.range && date_fits(date, &to) > 0));
}

static bool has_entity(const struct checking *c, const struct fact *fact, int entity)
{
    list_each (const struct filler, filler, &fact->roles)
        if (filler->entity >= 0 && entity_of(c, filler) == entity)
            return true;
    return false;
}

static void read_names(const struct checking *c, struct reading *r)
{
    list_each (const struct find, find, &c->prompt.finds) {
        if (find->kind == FIND_NAME)
            r->strangers += !has_entity(c, r->fact, find->entity);
        if (find->kind == FIND_DATE) {
            bool named = time_named(r->fact, &find->from);
            r->names_time |= named;
            r->strangers += !named;
        }
    }
    for (size_t i = 0; i < r->fact->roles.count && i < 32; i++)
        if (names_filler(c, &c->prompt, r->fact, i))
            r->named |= UINT32_C(1) << i;
}

static const struct find *only_find(const struct gist *gist, enum find_kind kind)
{
    const struct find *found = NULL;
    list_each (const struct find, find, &gist->finds)
        if (find->kind == kind) {
            if (found)
                return NULL;
            found = find;
        }
    return found;
}

static bool same_sort(const struct checking *c, int a, int b)
{
    enum entity_type x = c->chapter->facts->entities.items[a].type,
                     y = c->chapter->facts->entities.items[b].type;
    bool doers = (x == ENTITY_ORG || x == ENTITY_PERSON) && (y == ENTITY_ORG || y == ENTITY_PERSON);
    return x != ENTITY_UNKNOWN && (x == y || doers);
}

/* Roles that words fill where a name would be another answer. */
static bool says_what(struct str role)
{
    return str_equal(role, STR("category")) || str_equal(role, STR("whole")) ||
           str_equal(role, STR("meaning"));
}

/* The answer against one filler: the same, something else of its sort, or neither. */
static void compare_filler(const struct checking *c, struct reading *r, int index)
{
    const struct filler *filler = &r->fact->roles.items[index];
    const struct find *name = only_find(&c->answer, FIND_NAME), *amount = only_find(&c->answer, FIND_AMOUNT);
    struct amount stated;
    if (names_filler(c, &c->answer, r->fact, (size_t)index)) {
        r->asked = index;
        return;
    }
    bool other =
        name && (filler->entity >= 0 ? name->entity != entity_of(c, filler) &&
                                           same_sort(c, name->entity, entity_of(c, filler))
                                     : words_named(&c->answer, words_of(c, r->fact, (size_t)index)) == 0);
    bool is_amount = amount && filler->entity < 0 && c->answer.terms.items[amount->first].word->number &&
                     amount_parse(lexis_language(c->chapter->lexis), c->arena, filler->text, &stated);
    other = other && (filler->entity >= 0 || says_what(filler->role));
    if (is_amount && amount_same_value(&stated, &amount->amount))
        r->asked = index;
    else if ((other || is_amount) && role_is_functional(r->fact->relation, filler->role)) {
        r->other = filler->text;
        r->other_role = filler->role;
    }
}

static void compare_answer(const struct checking *c, struct reading *r)
{
    const struct find *date = only_find(&c->answer, FIND_DATE);
    r->asked = -1;
    if (date && r->fact->time.year && !r->names_time) {
        if (time_named(r->fact, &date->from))
            r->asked = ASKED_TIME;
        else if (role_is_functional(r->fact->relation, STR("time"))) {
            r->other = r->fact->time.text;
            r->other_role = STR("time");
        }
        return;
    }
    for (size_t i = 0; i < r->fact->roles.count && i < 32 && r->asked < 0; i++)
        if (!(r->named >> i & 1))
            compare_filler(c, r, (int)i);
    if (r->asked >= 0)
        r->other = (struct str){0};
}

static bool is_about(const struct reading *r)
{
    return (r->named || r->names_time) && r->cue && !r->strangers;
}

static struct reading read_fact(const struct checking *c, const struct fact *fact)
{
    struct reading r = {.fact = fact, .asked = -1};
    read_names(c, &r);
    if (!r.named && !r.names_time)
        return r;
    r.cue = asks_relation(c, fact);
    compare_answer(c, &r);
    return r;
}

/* ---- Judging ---- */

struct readings {
    struct reading *items;
    size_t count, capacity;
};

static int weight_of(const struct checking *c, const struct reading *r)
{
    int weight = 4 * chapter_fact_within(c->chapter, r->fact, c->first, c->end) + 2 * r->cue - r->strangers;
    for (size_t i = 0; i < r->fact->roles.count && i < 32; i++)
        weight += (int)(r->named >> i & 1);
    return weight;
}

static const struct reading *best_support(const struct checking *c, const struct readings *readings)
{
    const struct reading *best = NULL;
    list_each (const struct reading, r, readings)
        if (r->asked >= 0 && (r->cue || chapter_fact_within(c->chapter, r->fact, c->first, c->end)) &&
            (!best || weight_of(c, r) > weight_of(c, best)))
            best = r;
    return best;
}

/* Only what the passage itself says can refute the card; the rest of the chapter must be about the very same. */
static void check_contradiction(struct checking *c, const struct readings *readings,
                                const struct reading *support)
{
    bool sure = support && support->cue && !support->strangers;
    list_each (const struct reading, r, readings) {
        if (!r->other.len || !is_about(r) || (sure && weight_of(c, support) >= weight_of(c, r)))
            continue;
        int line = c->chapter->doc->sentences.items[r->fact->sentence].line;
        blame(c, CONTRADICTS, _("%.*s (line %d)"), STR_ARG(r->other), line);
        return;
    }
}

static struct str role_asked(const struct reading *r)
{
    return r->asked == ASKED_TIME ? STR("time") : r->fact->roles.items[r->asked].role;
}

/* Fillers of the same role that the question and the answer leave out, though everything that the question names
 * holds of them as well. */
static void collect_others(const struct checking *c, const struct readings *readings,
                           const struct reading *support, struct str_list *ret)
{
    list_each (const struct reading, r, readings) {
        if (!is_about(r) || !str_equal(r->fact->relation, support->fact->relation))
            continue;
        for (size_t i = 0; i < r->fact->roles.count && i < 32; i++) {
            const struct filler *filler = &r->fact->roles.items[i];
            bool same_role = str_equal(filler->role, role_asked(support));
            if (same_role && !(r->named >> i & 1) && !names_filler(c, &c->answer, r->fact, i) &&
                filler->entity >= 0 && !str_list_has(ret, filler->text))
                list_push(c->arena, ret, filler->text);
        }
    }
}

/* The verbs of two deeds must be one; two makings may have different words. */
static bool same_deed(const struct fact *a, const struct fact *b)
{
    return !str_equal(a->relation, STR("deed")) || str_equal(a->verb.lemma, b->verb.lemma);
}

static void drop_other_deeds(struct readings *readings, const struct fact *fact)
{
    size_t kept = 0;
    for (size_t i = 0; i < readings->count; i++)
        if (same_deed(readings->items[i].fact, fact))
            readings->items[kept++] = readings->items[i];
    readings->count = kept;
}

static bool asks_for_several(const struct checking *c)
{
    int names = 0;
    list_each (const struct find, find, &c->answer.finds)
        names += find->kind != FIND_AMOUNT;
    return names > 1;
}

/* A word of the question that the passage has behind the answer and before any other name: "Alfa (para audio) y Beta". */
static bool is_told_apart(const struct checking *c, const struct spot *own)
{
    for (int place = own->end;
         place < c->end && chapter_term(c->chapter, place)->name < 0 &&
         chapter_term(c->chapter, place)->sentence == chapter_term(c->chapter, own->place)->sentence;
         place++)
        list_each (const struct term, term, &c->prompt.terms)
            if (term_is_content(term) && !term->word->number && !term->word->month &&
                term_is_content(chapter_term(c->chapter, place)) &&
                lexeme_form(term->word, chapter_term(c->chapter, place)->word))
                return true;
    return false;
}

static bool answer_is_told_apart(const struct checking *c)
{
    const struct find *name = only_find(&c->answer, FIND_NAME);
    struct spots spots = {0};
    if (!name)
        return false;
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_NAME, &spots);
    list_each (const struct spot, spot, &spots)
        if (spot->find->entity == name->entity && is_told_apart(c, spot))
            return true;
    return false;
}

static void check_others(struct checking *c, struct readings *readings, const struct reading *support)
{
    struct str_list others = {0};
    struct readings alike = *readings;
    alike.items = arena_array(c->arena, readings->count + 1, sizeof *alike.items);
    memcpy(alike.items, readings->items, readings->count * sizeof *alike.items);
    drop_other_deeds(&alike, support->fact);
    if (support->asked != ASKED_TIME && support->fact->roles.items[support->asked].entity >= 0)
        collect_others(c, &alike, support, &others);
    for (size_t i = 0; i < c->draft->card.choices.count; i++)
        for (size_t k = 0; k < others.count; k++)
            if (str_equal(text_fold_key(c->arena, c->draft->card.choices.items[i]),
                          text_fold_key(c->arena, others.items[k]))) {
                blame(c, RIGHT_CHOICE, "%.*s", STR_ARG(others.items[k]));
                return;
            }
    if (others.count && !asks_for_several(c) && !answer_is_told_apart(c))
        blame(c, SEVERAL_RIGHT, "%.*s", STR_ARG(others.items[0]));
}

/* ---- Without a fact: what stands beside the answer in the passage ---- */

/* One name of a list: words with capitals or figures that stand together, an article before them. */
static int item_end(const struct checking *c, int place)
{
    int end = place;
    while (end < c->end && (end == place || chapter_term(c->chapter, end)->boundary < 2) &&
           (chapter_term(c->chapter, end)->capital || chapter_term(c->chapter, end)->name >= 0))
        end++;
    return end;
}

static bool is_and(struct str word)
{
    return str_equal(word, STR("y")) || str_equal(word, STR("e")) || str_equal(word, STR("and"));
}

/* Behind an item: "y B", "and the B", ", B"; the place where B begins, -1 if the list ends there. */
static int next_item(const struct checking *c, int place, bool *ret_joined)
{
    if (place >= c->end)
        return -1;
    const struct term *term = chapter_term(c->chapter, place);
    bool joined = is_and(term->word->low), comma = term->boundary == 2;
    place += joined;
    while (place < c->end && (joined || comma) && chapter_term(c->chapter, place)->word->function &&
           !chapter_term(c->chapter, place)->word->coordinator)
        place++;
    if ((!joined && !comma) || place >= c->end || item_end(c, place) == place)
        return -1;
    *ret_joined |= joined;
    return place;
}

/* Whether the answer stands at that place in full. */
static bool answer_stands_at(const struct checking *c, int first, int end)
{
    bool any = false;
    list_each (const struct term, term, &c->answer.terms) {
        any |= term_is_content(term);
        if (term_is_content(term) && passage_word(c->chapter, first, end, term->word) < 0)
            return false;
    }
    return any;
}

static bool prompt_has(const struct checking *c, int first, int end)
{
    for (int place = first; place < end; place++)
        for (size_t i = 0; i < c->prompt.terms.count; i++)
            if (c->prompt.terms.items[i].word->id == chapter_term(c->chapter, place)->word->id)
                return true;
    return false;
}

struct list_item {
    int first, end;
};

/* Reads "A, B y C" from `place` on; returns how many items, 0 if it is no list. "Oviedo, Asturias" is none. */
static int read_list(const struct checking *c, int place, struct list_item *ret, int limit)
{
    bool joined = false;
    int count = 0;
    while (place >= 0 && count < limit) {
        ret[count] = (struct list_item){place, item_end(c, place)};
        place = next_item(c, ret[count++].end, &joined);
    }
    return joined || count > 2 ? count : 0;
}

/* The answer is one of a list of names, and the question has nothing that tells it from the others. */
static void check_siblings(struct checking *c)
{
    enum { ITEMS_MAX = 12 };
    struct list_item items[ITEMS_MAX];
    if (asks_for_several(c))
        return;
    for (int place = c->first; place < c->end; place++) {
        int count = item_end(c, place) > place ? read_list(c, place, items, ITEMS_MAX) : 0, own = -1;
        for (int i = 0; i < count; i++)
            own = answer_stands_at(c, items[i].first, items[i].end) ? i : own;
        for (int i = 0; own >= 0 && i < count; i++)
            if (i != own && !prompt_has(c, items[i].first, items[i].end) &&
                !answer_stands_at(c, items[i].first, items[i].end) && !answer_is_told_apart(c) &&
                !is_told_apart(c, &(struct spot){.place = items[own].first, .end = items[own].end})) {
                blame(c, SEVERAL_RIGHT, "%.*s",
                      STR_ARG(chapter_source(c->arena, c->chapter, items[i].first, items[i].end).quote));
                return;
            }
        place = count ? items[count - 1].end - 1 : place;
    }
}

static int distance(int a, int b)
{
    return a < b ? b - a : a - b;
}

/* The date or amount that the answer gives stands nearer to another name than to any of the question. */
static void check_neighbour(struct checking *c)
{
    const struct find *date = only_find(&c->answer, FIND_DATE), *amount = only_find(&c->answer, FIND_AMOUNT);
    struct spots values = {0}, names = {0};
    if (!date && !amount)
        return;
    passage_spots(c->arena, c->chapter, c->first, c->end, date ? FIND_DATE : FIND_AMOUNT, &values);
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_NAME, &names);
    if (values.count < 2)
        return;
    int own = INT32_MAX, foreign = INT32_MAX;
    const struct spot *thief = NULL, *owner = NULL;
    list_each (const struct spot, value, &values) {
        bool said = date ? date_fits(&date->from, &value->find->from) > 0
                         : amount_same_value(&amount->amount, &value->find->amount);
        list_each (const struct spot, name, &names) {
            /* What stands before a value owns it rather than what comes behind it. */
            int far = distance(value->place, name->place) + (name->place > value->place ? 3 : 0);
            if (said && gist_names(&c->prompt, name->find->entity))
                owner = far < own ? name : owner, own = far < own ? far : own;
            else if (said && far < foreign)
                foreign = far, thief = name;
        }
    }
    if (owner && thief && foreign < own && same_sort(c, owner->find->entity, thief->find->entity))
        blame(c, NEIGHBOUR, "%.*s", STR_ARG(c->chapter->facts->entities.items[thief->find->entity].name));
}

/* How much of the question stands around a name. */
static double company_of(const struct checking *c, const struct spot *name)
{
    enum { CLOSE = 5, FAR = 10 };
    int sentence = chapter_term(c->chapter, name->place)->sentence;
    double company = 0;
    list_each (const struct term, term, &c->prompt.terms) {
        double nearest = 0;
        if (!term_is_content(term))
            continue;
        for (int place = name->place - FAR; place < name->end + FAR; place++) {
            if (place < c->first || place >= c->end ||
                chapter_term(c->chapter, place)->sentence != sentence ||
                c->chapter->row.items[place].page != c->chapter->row.items[name->place].page ||
                !lexeme_form(term->word, chapter_term(c->chapter, place)->word))
                continue;
            bool close = place >= name->place - CLOSE && place < name->end + CLOSE;
            nearest = close ? 1 : nearest > 0.6 ? nearest : 0.6;
        }
        company += nearest;
    }
    return company;
}

static bool could_be_taken(const struct checking *c, int a, int b)
{
    enum entity_type x = c->chapter->facts->entities.items[a].type,
                     y = c->chapter->facts->entities.items[b].type;
    return x == y || x == ENTITY_UNKNOWN || y == ENTITY_UNKNOWN || same_sort(c, a, b);
}

/* Another name of the passage stands amid the words of the question, and the answer does not. */
static void check_company(struct checking *c)
{
    static const double MUCH_MORE = 1.6;
    const struct find *said = only_find(&c->answer, FIND_NAME);
    struct spots names = {0};
    double own = -1, other = 0;
    const struct spot *rival = NULL;
    if (!said || asks_for_several(c))
        return;
    passage_spots(c->arena, c->chapter, c->first, c->end, FIND_NAME, &names);
    list_each (const struct spot, name, &names) {
        if (name->find->entity != said->entity && (gist_names(&c->prompt, name->find->entity) ||
                                                   !could_be_taken(c, name->find->entity, said->entity)))
            continue;
        double company = company_of(c, name);
        if (name->find->entity == said->entity)
            own = company > own ? company : own;
        else if (company > other)
            other = company, rival = name;
    }
    if (own >= 0 && rival && other >= own + MUCH_MORE)
        blame(c, NEIGHBOUR, "%.*s", STR_ARG(c->chapter->facts->entities.items[rival->find->entity].name));
}

/* The question names the answer, if in another form: "Ada" for Ada Lovelace. */
static void check_named(struct checking *c)
{
    const struct find *said = only_find(&c->answer, FIND_NAME);
    list_each (const struct find, find, &c->prompt.finds)
        if (said && find->kind == FIND_NAME && find->entity == said->entity)
            for (int i = find->first; i < find->end; i++)
                for (int k = said->first; k < said->end; k++)
                    if (c->prompt.terms.items[i].word->id == c->answer.terms.items[k].word->id) {
                        blame(c, NAMES_ANSWER, NULL);
                        return;
                    }
}

/* "Alfa the smallest and Beta the largest": the word behind the superlative belongs to the name before it. */
static void check_superlative(struct checking *c)
{
    const struct language *language = lexis_language(c->chapter->lexis);
    const struct find *name = only_find(&c->answer, FIND_NAME);
    struct str *lows = arena_array(c->arena, c->prompt.terms.count + 1, sizeof *lows);
    for (size_t i = 0; i < c->prompt.terms.count; i++)
        lows[i] = c->prompt.terms.items[i].word->low;
    for (size_t i = 0; name && i < c->prompt.terms.count; i++) {
        size_t length =
            language_phrase(language, PHRASE_SUPERLATIVE, lows + i, c->prompt.terms.count - i, NULL);
        size_t word = length > 1 || (length && i + 1 == c->prompt.terms.count) ? i + length : i + 1;
        if (!length || word >= c->prompt.terms.count)
            continue;
        int place = passage_word(c->chapter, c->first, c->end, c->prompt.terms.items[word].word);
        while (place > c->first && chapter_term(c->chapter, place)->name < 0)
            place--;
        const struct term *before = place >= 0 ? chapter_term(c->chapter, place) : NULL;
        if (!before || before->name < 0)
            continue;
        const struct page *page = &c->chapter->pages.items[c->chapter->row.items[place].page];
        int entity = page->gist.finds.items[before->name].entity;
        if (entity != name->entity && !gist_names(&c->prompt, entity))
            blame(c, NEIGHBOUR, "%.*s", STR_ARG(c->chapter->facts->entities.items[entity].name));
        return;
    }
}

/* ---- Linking ---- */

static struct str canonical(const struct checking *c, const struct filler *filler)
{
    int entity = entity_of(c, filler);
    return entity >= 0 ? c->chapter->facts->entities.items[entity].name : filler->text;
}

static const struct card *known_card(const struct checking *c, const struct reading *support)
{
    const struct judge_options options = {0};
    const struct cards *cards = c->checker->options.cards;
    for (size_t i = 0; cards && i < cards->count; i++) {
        const struct card *card = &cards->items[i];
        if (card->kind != CARD_WHY && strcmp(card->fact.text, support->fact->id.text) == 0 &&
            judge(c->arena, &options, card, c->draft->card.answer).verdict == VERDICT_RIGHT)
            return card;
    }
    return NULL;
}

static void link_fact(struct checking *c, const struct reading *support)
{
    struct card *card = &c->draft->card;
    struct key key = {0};
    card->fact = support->fact->id;
    card->relation = support->fact->relation;
    const struct card *known = known_card(c, support);
    if (known) {
        card->id = known->id;
        blame(c, KNOWN, "%.*s", STR_ARG(known->prompt));
        return;
    }
    for (size_t i = 0; i < support->fact->roles.count && i < 32; i++)
        if (support->named >> i & 1)
            list_push(c->arena, &key,
                      (struct key_part){support->fact->roles.items[i].role,
                                        canonical(c, &support->fact->roles.items[i])});
    if (key.count)
        card->id = identity_of(c->checker->options.scope, card->relation, role_asked(support), &key,
                               support->fact->ordinal);
}

void check_facts(struct checking *c)
{
    struct readings readings = {0};
    list_each (const struct fact, fact, c->chapter->facts) {
        struct reading r = read_fact(c, fact);
        if (r.asked >= 0 || r.other.len || is_about(&r))
            list_push(c->arena, &readings, r);
    }
    const struct reading *support = best_support(c, &readings);
    if (support) {
        check_others(c, &readings, support);
        link_fact(c, support);
    }
    check_contradiction(c, &readings, support);
    if (!support || !support->cue || support->strangers)
        check_company(c);
    if (!support || !support->cue)
        check_neighbour(c);
    if (c->draft->card.kind != CARD_TRUEFALSE)
        check_named(c);
    check_superlative(c);
    check_siblings(c);
}
