#include "facts/chunks.h"

#include "facts/chapter.h"
#include "facts/cues.h"
#include "facts/forms.h"
#include "facts/names.h"
#include "facts/tokens.h"

/* Longer quotations are somebody's words, shorter ones a term. */
#define TERM_MAX_TOKENS 8

struct chunker {
    struct reading *r;
    struct arena *scratch;
    int at, end;
    bool verb_seen; /* since the last clause border */
    bool inserted;  /* in ", aided by … ," */
};

struct str chunk_text(const struct reading *r, int i)
{
    const struct chunk *c = chunk_at(r, i);
    return c ? tokens_text(r, c->first, c->end) : (struct str){0};
}

static struct chunk *last(const struct chunker *c)
{
    return c->r->chunks.count ? list_last(&c->r->chunks) : NULL;
}

static struct chunk *push(struct chunker *c, enum chunk_kind kind, int end)
{
    list_push(c->scratch, &c->r->chunks,
              (struct chunk){.kind = kind,
                             .first = c->at,
                             .end = end,
                             .head = c->at,
                             .name = -1,
                             .kind_noun = -1,
                             .time = -1,
                             .determiner = -1,
                             .numeral = -1,
                             .owner_end = -1});
    c->at = end;
    return list_last(&c->r->chunks);
}

static bool spanish(const struct chunker *c)
{
    return c->r->chapter->spanish;
}

static const struct token *tok(const struct chunker *c, int i)
{
    return i < c->end ? token_at(c->r, i) : NULL;
}

static bool has(const struct chunker *c, int i, uint32_t flags)
{
    const struct token *t = tok(c, i);
    return t && t->kind != TOKEN_MARK && (t->form->flags & flags);
}

static bool is(const struct chunker *c, int i, const char *low)
{
    return i < c->end && token_is(c->r, i, low);
}

/* ---- verbs in context ---- */

/* What stands before rules a finite verb out: "la marca", "de compra", "his claims". */
static bool noun_place(const struct chunker *c, int i)
{
    const struct token *before = i > 0 ? token_at(c->r, i - 1) : NULL;
    if (!before || before->kind == TOKEN_MARK)
        return false;
    if (before->form->flags & IS_CLITIC)
        return false;
    if ((before->form->flags & (IS_ARTICLE | IS_POSSESSIVE | IS_DETERMINER | IS_PREPOSITION)) &&
        !(before->form->flags & (IS_RELATIVE | IS_SUBORDINATOR | IS_PRONOUN | IS_COORDINATOR)))
        return true;
    return token_is(c->r, i - 1, "'s") || token_is(c->r, i - 1, "’s") ||
           (before->kind == TOKEN_NUMBER && before->time < 0 && before->name < 0);
}

static bool follows_nominal(const struct chunker *c, int i)
{
    const struct token *before = i > 0 ? token_at(c->r, i - 1) : NULL;
    if (!before)
        return false;
    if (before->kind == TOKEN_MARK)
        return before->mark == ')' || before->mark == ',' || before->mark == 0x201D || before->mark == 0xBB ||
               before->mark == '"' || before->mark == 0x2014;
    return true;
}

static bool opens_argument(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!t)
        return true;
    if (t->kind != TOKEN_WORD)
        return true;
    return t->name >= 0 || t->time >= 0 ||
           (t->form->flags & (IS_DETERMINER | IS_PREPOSITION | IS_ADVERB | IS_NUMBER | IS_SUBORDINATOR |
                              IS_CLITIC | IS_PRONOUN | IS_COORDINATOR | IS_POSSESSIVE));
}

/* Adjectives that only stand in front of nouns: "su propia agenda". */
static bool word_in_list(struct str low)
{
    static const char *const leading[] = {"propio",  "propia", "propios", "propias", "gran",    "nuevo",
                                          "nueva",   "nuevos", "nuevas",  "primer",  "primera", "segundo",
                                          "segunda", "buen",   "mejor",   "mayor",   "mismo",   "misma"};
    for (size_t i = 0; i < sizeof leading / sizeof *leading; i++)
        if (str_equal(low, str_from(leading[i])))
            return true;
    return false;
}

/* "la", "los", "las" are articles before what may be a noun, clitics before a plain past. */
static bool article_before(const struct chunker *c, int i, const struct verb_form *v)
{
    if (!has(c, i - 1, IS_ARTICLE) || !has(c, i - 1, IS_CLITIC) || is(c, i - 1, "lo"))
        return false;
    return v->guessed || v->kind == FORM_PRESENT || v->kind == FORM_SUBJUNCTIVE || v->kind == FORM_IMPERATIVE;
}

/* "todas trabajaban", "otros aceptaron": a past behind a pronoun of number. */
static bool behind_quantifier(const struct chunker *c, int i, const struct verb_form *v)
{
    static const char *const words[] = {"todos", "todas",   "ambos",   "ambas",  "muchos", "muchas", "otros",
                                        "otras", "algunos", "algunas", "varios", "varias", "pocos",  "pocas"};
    if ((v->kind != FORM_PAST && v->kind != FORM_IMPERFECT) || v->number != 'p' || v->guessed)
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (is(c, i - 1, words[k]))
            return true;
    return false;
}

static bool spanish_finite(const struct chunker *c, int i, const struct verb_form *v)
{
    if (behind_quantifier(c, i, v))
        return true;
    if (noun_place(c, i) || article_before(c, i, v))
        return false;
    if (v->kind == FORM_SUBJUNCTIVE || v->kind == FORM_IMPERATIVE)
        return is(c, i - 1, "que") || has(c, i - 1, IS_CLITIC) || is(c, i - 1, "no");
    if (v->kind != FORM_PRESENT)
        return true;
    const struct token *t = tok(c, i);
    bool led = has(c, i - 1, IS_CLITIC | IS_RELATIVE) || is(c, i - 1, "no");
    if (t->form->flags & (IS_CLASS_NOUN | IS_ROLE | IS_UNIT))
        return led;
    if (i > 1 && !led && word_in_list(token_at(c->r, i - 1)->form->low) && has(c, i - 2, IS_DETERMINER))
        return false; /* "la nueva estructura" */
    if (v->guessed && !led) {
        const struct token *next = tok(c, i + 1);
        bool infinitive = next && form_verb(next->form, FORM_INFINITIVE);
        if (t->emphasis || (!opens_argument(c, i + 1) && !infinitive) || has(c, i - 1, IS_SUBORDINATOR) ||
            i == 0 ||
            (has(c, i - 2, IS_DETERMINER) && !has(c, i - 1, IS_PRONOUN) &&
             token_at(c->r, i - 1)->form->verb_count))
            return false;
        if (word_in_list(token_at(c->r, i - 1)->form->low))
            return false;
    }
    const struct chunk *before = last(c);
    return !(before && before->kind == CHUNK_VERB && before->end == i &&
             !(token_at(c->r, before->head)->form->flags & IS_AUXILIARY));
}

/* Whether another finite verb follows before any border: then "-ed" here belongs to a noun phrase. */
static bool verb_follows(const struct chunker *c, int i)
{
    for (int k = i + 1; k < c->end && k < i + 25; k++) {
        const struct token *t = tok(c, k);
        if (t->kind == TOKEN_MARK) {
            if (t->partner > k) {
                k = t->partner;
                continue;
            }
            return false;
        }
        if (t->form->flags & (IS_SUBORDINATOR | IS_RELATIVE | IS_COORDINATOR | IS_PRONOUN))
            return false;
        if (t->name >= 0 || t->time >= 0 || (t->form->flags & (IS_DETERMINER | IS_PREPOSITION)))
            continue;
        bool finite = (t->form->flags & IS_AUXILIARY) && form_finite(t->form);
        const struct verb_form *past = form_verb(t->form, FORM_PAST);
        if (finite || (past && !form_verb(t->form, FORM_PARTICIPLE) && !noun_place(c, k)))
            return true;
    }
    return false;
}

/* A determiner opens the noun phrase that the token would end: "a single stated objective". */
static bool inside_determined(const struct chunker *c, int i)
{
    for (int k = i - 1; k >= 0 && k > i - 4; k--) {
        const struct token *t = token_at(c->r, k);
        if (t->kind == TOKEN_MARK || t->name >= 0)
            return false;
        if (t->form->flags & (IS_DETERMINER | IS_POSSESSIVE))
            return true;
        if (t->form->flags & IS_FUNCTION)
            return false;
    }
    return false;
}

/* "the couple announced radium": no other verb may be the clause's, and the phrase before is a subject. */
static bool is_last_verb(const struct chunker *c, int i)
{
    int k = i - 1;
    while (k > 0 && !has(c, k, IS_DETERMINER | IS_POSSESSIVE))
        k--;
    if (has(c, k - 1, IS_PREPOSITION) || k == i - 1 || !tok(c, i + 1))
        return false;
    for (k = i + 1; k < c->end && k < i + 25 && tok(c, k)->kind != TOKEN_MARK; k++) {
        if (has(c, k, IS_SUBORDINATOR | IS_RELATIVE | IS_COORDINATOR))
            return true;
        if (tok(c, k)->name < 0 && form_finite(tok(c, k)->form) && !noun_place(c, k) &&
            form_finite(tok(c, k)->form)->kind != FORM_PRESENT)
            return false;
    }
    return true;
}

/* "Foo, founded …": a comma right behind the first noun phrase of a clause parts no subject from its verb. */
static bool opens_insertion(const struct chunker *c)
{
    size_t n = c->r->chunks.count;
    const struct chunk *chunks = c->r->chunks.items;
    if (n < 2 || chunks[n - 1].kind != CHUNK_COMMA || chunks[n - 2].kind != CHUNK_NOUN)
        return false;
    enum chunk_kind before = n > 2 ? chunks[n - 3].kind : CHUNK_STOP;
    bool listed = before == CHUNK_COORDINATOR && n > 5 && chunks[n - 4].kind == CHUNK_COMMA &&
                  chunks[n - 5].kind == CHUNK_NOUN &&
                  chunks[n - 6].kind == CHUNK_COMMA; /* ", aided by A, B, and C, attacked" */
    listed |= before == CHUNK_COORDINATOR && n > 4 && chunks[n - 4].kind == CHUNK_NOUN &&
              chunks[n - 5].kind == CHUNK_PREPOSITION; /* ", led by A and B, attacked" */
    return !listed && (before == CHUNK_STOP || before == CHUNK_COORDINATOR || before == CHUNK_SUBORDINATOR);
}

/* "…, a fort constructed after it": behind a name, an indefinite phrase explains it, and its participle goes with it. */
static bool explains_name(const struct chunker *c, int i)
{
    size_t n = c->r->chunks.count;
    const struct chunk *chunks = c->r->chunks.items;
    if (n < 3 || chunks[n - 1].kind != CHUNK_NOUN || chunks[n - 1].end != i ||
        chunks[n - 2].kind != CHUNK_COMMA || chunks[n - 3].kind != CHUNK_NOUN || chunks[n - 3].name < 0 ||
        chunks[n - 1].determiner != chunks[n - 1].first || !has(c, chunks[n - 1].first, IS_INDEFINITE))
        return false;
    for (size_t k = n - 3; k-- > 0 && chunks[k].kind != CHUNK_STOP;)
        if (chunks[k].kind == CHUNK_VERB)
            return true;
    return false;
}

static bool english_past(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!form_verb(t->form, FORM_PARTICIPLE))
        return !(form_verb(t->form, FORM_PRESENT) && c->verb_seen);
    if (is(c, i + 1, "by") || is(c, i - 1, "having") || is(c, i - 1, "being"))
        return false;
    if (has(c, i - 1, IS_ADVERB) && (has(c, i - 2, IS_DETERMINER) || is(c, i - 1, "far")))
        return false; /* "a hastily built fort", "but far removed from it" */
    bool comma = i > 0 && token_is_mark(c->r, i - 1, ',');
    if (c->inserted && has(c, i + 1, IS_PREPOSITION | IS_ADVERB))
        return false;
    if ((is(c, i, "named") || is(c, i, "called")) && tok(c, i + 1) && tok(c, i + 1)->name >= 0)
        return false;
    if (comma && opens_insertion(c))
        return false;
    bool preposition = has(c, i + 1, IS_PREPOSITION) && !is(c, i + 1, "to");
    if ((comma || explains_name(c, i)) && preposition)
        return false;
    if (i > 0 && has(c, i - 1, IS_COORDINATOR | IS_RELATIVE | IS_PRONOUN | IS_ADVERB))
        return true;
    if (!opens_argument(c, i + 1) && inside_determined(c, i) && (c->verb_seen || !is_last_verb(c, i)))
        return false;
    if (c->verb_seen)
        return comma && opens_argument(c, i + 1) && !preposition;
    return !(has(c, i + 1, IS_PREPOSITION | IS_ADVERB) && verb_follows(c, i)) && follows_nominal(c, i);
}

/* "that open source should win": the verb of the clause comes later. */
static bool auxiliary_follows(const struct chunker *c, int i)
{
    for (int k = i + 1; k < i + 4 && tok(c, k); k++) {
        const struct token *t = tok(c, k);
        if (t->kind == TOKEN_MARK || (t->form->flags & (IS_DETERMINER | IS_PREPOSITION | IS_COORDINATOR)))
            return false;
        if ((t->form->flags & IS_AUXILIARY) && form_finite(t->form))
            return true;
    }
    return false;
}

static bool english_finite(const struct chunker *c, int i, const struct verb_form *v)
{
    const struct token *t = tok(c, i), *before = i > 0 ? token_at(c->r, i - 1) : NULL;
    if (noun_place(c, i) || t->upper)
        return false;
    if (v->kind == FORM_PAST)
        return english_past(c, i);
    /* Present forms look like nouns: they need a subject before and an argument behind. */
    if (v->kind != FORM_PRESENT || !before || before->kind == TOKEN_MARK)
        return false;
    if (has(c, i - 1, IS_PRONOUN | IS_RELATIVE))
        return !(is(c, i - 1, "that") && auxiliary_follows(c, i));
    if (inside_determined(c, i) && (is(c, i + 1, "of") || has(c, i + 1, IS_RELATIVE)))
        return false; /* "the specific details of", "the data points that" */
    if (c->verb_seen || (t->form->flags & (IS_CLASS_NOUN | IS_ROLE | IS_UNIT)))
        return false;
    bool verbal = before->name < 0 &&
                  (form_verb(before->form, FORM_GERUND) || form_verb(before->form, FORM_PARTICIPLE));
    if (verbal || (before->form->flags & IS_DEMONYM)) /* "these competing claims", "the British forces" */
        return false;
    bool nominal = before->name >= 0 || !(before->form->flags & IS_FUNCTION) || has(c, i - 1, IS_ADVERB);
    bool singular = form_verb(t->form, FORM_INFINITIVE) == NULL;
    bool plural = before->name < 0 && str_ends(before->form->low, STR("s")) &&
                  !str_ends(before->form->low, STR("is")) && !str_ends(before->form->low, STR("us")) &&
                  !str_ends(before->form->low, STR("ss"));
    if (!nominal || (singular == plural && before->name < 0 && !has(c, i - 1, IS_ADVERB)) ||
        (before->name >= 0 && !singular))
        return false;
    return opens_argument(c, i + 1);
}

/* "juegos y pruebas de vuelo", "las pruebas": where "pruebas" is a noun, not what you do. */
static bool plural_place(const struct chunker *c, int i)
{
    const struct token *before = i > 0 ? token_at(c->r, i - 1) : NULL;
    if (!before || before->kind == TOKEN_MARK)
        return false;
    return (before->form->flags & (IS_ARTICLE | IS_COORDINATOR)) ||
           !(before->form->flags & (IS_SUBORDINATOR | IS_RELATIVE | IS_CLITIC | IS_ADVERB | IS_PRONOUN));
}

/* "Hablo", "teníamos": the first and second persons, where they are no nouns. */
static const struct verb_form *speaker_verb(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    for (int k = 0; k < t->form->verb_count; k++) {
        const struct verb_form *v = &t->form->verbs[k];
        if (v->kind < FORM_PAST || v->kind > FORM_CONDITIONAL || noun_place(c, i) || v->guessed)
            continue;
        bool clear = v->kind != FORM_PRESENT || v->number == 'p' || (v->person == 2 && !plural_place(c, i));
        if (clear || token_starts_sentence(c->r, i) ||
            (has(c, i - 1, IS_CLITIC) && !has(c, i - 1, IS_ARTICLE)) || is(c, i - 1, "no"))
            return v;
    }
    return NULL;
}

/* The finite reading of a token here, NULL if it is no finite verb here. */
static const struct verb_form *finite_here(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!t || t->kind != TOKEN_WORD || t->name >= 0 || t->time >= 0 || t->code)
        return NULL;
    if ((t->form->flags & IS_FUNCTION) && !(t->form->flags & IS_AUXILIARY))
        return NULL;
    const struct verb_form *v = form_finite(t->form);
    if (v && !spanish(c) && v->kind == FORM_PRESENT && form_verb(t->form, FORM_PAST))
        v = form_verb(t->form, FORM_PAST); /* "found", "left": rather a past than another verb's present */
    if (!v)
        return spanish(c) ? speaker_verb(c, i) : NULL;
    if (t->form->flags & IS_AUXILIARY)
        return noun_place(c, i) && spanish(c) && !has(c, i - 1, IS_DEMONSTRATIVE) ? NULL : v;
    return (spanish(c) ? spanish_finite(c, i, v) : english_finite(c, i, v)) ? v : NULL;
}

static enum verb_tense tense_of(enum verb_form_kind kind)
{
    switch (kind) {
    case FORM_IMPERFECT:
        return TENSE_IMPERFECT;
    case FORM_FUTURE:
        return TENSE_FUTURE;
    case FORM_CONDITIONAL:
    case FORM_PAST_SUBJUNCTIVE:
        return TENSE_CONDITIONAL;
    case FORM_PRESENT:
    case FORM_SUBJUNCTIVE:
        return TENSE_PRESENT;
    default:
        return TENSE_PAST;
    }
}

static bool lemma_is(const struct verb_form *v, const char *lemma)
{
    return v && str_equal(v->verb->lemma, str_from(lemma));
}

/* "had long been", "has since become": adverbs only where the verb goes on behind them. */
static bool is_inner_adverb(const struct chunker *c, int i)
{
    const struct token *next = tok(c, i + 1);
    return !spanish(c) && (is(c, i, "long") || is(c, i, "since") || is(c, i, "ever")) && next &&
           (form_verb(next->form, FORM_PARTICIPLE) || form_verb(next->form, FORM_GERUND));
}

/* Words that may stand inside a verb group: "no", "never", "also", "ya". */
static int skip_inside(const struct chunker *c, int i, bool *negative)
{
    while (i < c->end) {
        int n = phrase_at(c->r, i, PHRASE_NEGATION, NULL);
        if (n == 1) {
            *negative = true;
            i++;
        } else if ((has(c, i, IS_ADVERB) && !has(c, i, IS_PREPOSITION | IS_SUBORDINATOR)) ||
                   is_inner_adverb(c, i)) {
            i++;
        } else {
            break;
        }
    }
    return i;
}

static bool takes_infinitive(const struct chunker *c, const struct verb_form *v)
{
    return v->verb->light || v->verb->attitude ||
           (v->verb->auxiliary && !lemma_is(v, "ser") && !lemma_is(v, "estar"));
    (void)c;
}

/* Extends a Spanish group behind its finite verb at `i`: participles, gerunds, infinitives. Gives the end. */
static int spanish_group(const struct chunker *c, int i, const struct verb_form *v, struct chunk *chunk)
{
    bool negative = chunk->negative;
    int next = skip_inside(c, i + 1, &negative);
    const struct token *t = tok(c, next);
    const struct verb_form *participle =
        t && t->name < 0 && t->time < 0 ? form_verb(t->form, FORM_PARTICIPLE) : NULL;
    if (participle && (lemma_is(v, "haber") || lemma_is(v, "ser") || lemma_is(v, "estar"))) {
        chunk->head = next;
        chunk->negative = negative;
        chunk->verb.lemma = participle->verb->lemma;
        chunk->verb.passive = !lemma_is(v, "haber");
        if (lemma_is(v, "haber") && chunk->verb.tense == TENSE_IMPERFECT)
            chunk->verb.tense = TENSE_PLUPERFECT;
        else if (lemma_is(v, "haber") && chunk->verb.tense == TENSE_PRESENT)
            chunk->verb.tense = TENSE_PAST;
        /* "ha sido lanzado" */
        bool inner = false;
        int after = skip_inside(c, next + 1, &inner);
        const struct token *u = tok(c, after);
        const struct verb_form *second = u && u->name < 0 ? form_verb(u->form, FORM_PARTICIPLE) : NULL;
        if (second && lemma_is(participle, "ser")) {
            chunk->head = after;
            chunk->verb.lemma = second->verb->lemma;
            chunk->verb.passive = true;
            return after + 1;
        }
        return next + 1;
    }
    const struct verb_form *gerund = t && t->name < 0 ? form_verb(t->form, FORM_GERUND) : NULL;
    if (gerund && (lemma_is(v, "estar") || v->verb->light || lemma_is(v, "ir") || lemma_is(v, "seguir"))) {
        chunk->head = next;
        chunk->verb.lemma = gerund->verb->lemma;
        return next + 1;
    }
    /* "decidió filtrar", "empezó a ofrecer", "terminan de ver" */
    int inf = i + 1;
    if (is(c, inf, "a") || is(c, inf, "de") || is(c, inf, "por") || is(c, inf, "en") ||
        (lemma_is(v, "tener") && is(c, inf, "que")))
        inf++;
    t = tok(c, inf);
    const struct verb_form *infinitive = t && t->name < 0 ? form_verb(t->form, FORM_INFINITIVE) : NULL;
    if (infinitive && takes_infinitive(c, v)) {
        chunk->verb.tail = tokens_text(c->r, i + 1, inf + 1);
        chunk->head = inf;
        chunk->modal = v->verb->auxiliary || v->verb->attitude;
        return inf + 1;
    }
    return i + 1;
}

static bool english_modal(const struct verb_form *v)
{
    static const char *const modals[] = {"will",  "would", "can",   "could", "may",
                                         "might", "must",  "shall", "should"};
    for (size_t i = 0; i < sizeof modals / sizeof *modals; i++)
        if (lemma_is(v, modals[i]))
            return true;
    return false;
}

static int english_group(const struct chunker *c, int i, const struct verb_form *v, struct chunk *chunk)
{
    int at = i;
    const struct verb_form *current = v;
    struct str text = tok(c, i)->form->low;
    if (english_modal(v) || str_equal(text, STR("would")) || str_equal(text, STR("could")) ||
        str_equal(text, STR("might")) || str_equal(text, STR("should")))
        chunk->modal = true;
    if (str_equal(text, STR("will")))
        chunk->verb.tense = TENSE_FUTURE;
    else if (str_equal(text, STR("would")))
        chunk->verb.tense = TENSE_CONDITIONAL;
    if (str_ends(text, STR("n't")) || str_ends(text, STR("n’t")) || str_equal(text, STR("cannot")))
        chunk->negative = true;
    bool have = lemma_is(v, "have"), past_have = have && chunk->verb.tense == TENSE_PAST;
    while (current->verb->auxiliary) {
        int next = skip_inside(c, at + 1, &chunk->negative);
        const struct token *t = tok(c, next);
        if (!t || t->kind != TOKEN_WORD || t->name >= 0)
            break;
        const struct verb_form *participle = form_verb(t->form, FORM_PARTICIPLE),
                               *gerund = form_verb(t->form, FORM_GERUND),
                               *base = form_verb(t->form, FORM_INFINITIVE);
        if (t->form->flags & (IS_DETERMINER | IS_PREPOSITION))
            break;
        if (lemma_is(current, "be") && participle && !lemma_is(participle, "be"))
            chunk->verb.passive = true, current = participle;
        else if (lemma_is(current, "be") && gerund)
            current = gerund;
        else if (lemma_is(current, "have") && participle)
            current = participle;
        else if (!lemma_is(current, "be") && !lemma_is(current, "have") && base)
            current = base;
        else
            break;
        at = next;
        chunk->head = at;
        chunk->verb.lemma = current->verb->lemma;
    }
    if (past_have && at > i)
        chunk->verb.tense = TENSE_PLUPERFECT;
    else if (have && at > i)
        chunk->verb.tense = TENSE_PAST;
    if (lemma_is(current, "take") && is(c, at + 1, "place") && !chunk->verb.passive) {
        chunk->verb.tail = tokens_text(c->r, at + 1, at + 2);
        return at + 2; /* "took place": what happens, not what is taken */
    }
    /* "decided to leak", "began publishing" */
    const struct token *to = tok(c, at + 1), *inf = tok(c, at + 2);
    if (current->verb->light && to && token_is(c->r, at + 1, "to") && inf &&
        form_verb(inf->form, FORM_INFINITIVE)) {
        chunk->verb.tail = tokens_text(c->r, at + 1, at + 3);
        chunk->head = at + 2;
        return at + 3;
    }
    if (current->verb->light && to && to->kind == TOKEN_WORD && form_verb(to->form, FORM_GERUND) &&
        to->name < 0) {
        chunk->verb.tail = tokens_text(c->r, at + 1, at + 2);
        chunk->head = at + 1;
        return at + 2;
    }
    return at + 1;
}

/* "grew up", "carried out": the particle belongs to the verb. */
static int particle_end(const struct chunker *c, int i)
{
    bool particle = is(c, i, "up") || is(c, i, "out") || is(c, i, "off") || is(c, i, "away") ||
                    is(c, i, "back") || is(c, i, "apart") || is(c, i, "down") || is(c, i, "forth");
    bool over = is(c, i, "over") && i > 0 &&
                (is(c, i - 1, "took") || is(c, i - 1, "taken") || is(c, i - 1, "handed"));
    return particle || over ? i + 1 : i;
}

/* Tries a finite verb group at the chunker's place, its clitics and negation included. */
static bool read_verb(struct chunker *c)
{
    bool negative = false, reflexive = false;
    int i = c->at, se = i;
    while (i < c->end && i < c->at + 4) {
        if (phrase_at(c->r, i, PHRASE_NEGATION, NULL) == 1 && !has(c, i, IS_DETERMINER | IS_AUXILIARY))
            negative = true;
        else if (spanish(c) && has(c, i, IS_CLITIC))
            reflexive |= is(c, i, "se") && (se = i) >= 0;
        else
            break;
        i++;
    }
    const struct verb_form *v = finite_here(c, i);
    if (!v)
        return false;
    struct chunk chunk = {.kind = CHUNK_VERB,
                          .first = c->at,
                          .head = i,
                          .name = -1,
                          .kind_noun = -1,
                          .time = -1,
                          .determiner = -1,
                          .numeral = -1,
                          .owner_end = -1};
    chunk.negative = negative;
    chunk.third = v->person != 1 && v->person != 2;
    chunk.guessed = v->guessed;
    chunk.plural = v->number == 'p';
    chunk.verb = (struct verb_use){.lemma = v->verb->lemma,
                                   .tense = tense_of(v->kind),
                                   .reflexive = reflexive,
                                   .plural = v->number == 'p'};
    chunk.end = spanish(c) ? spanish_group(c, i, v, &chunk) : english_group(c, i, v, &chunk);
    int particle = spanish(c) ? chunk.end : particle_end(c, chunk.end);
    if (particle > chunk.end) {
        struct str added = tokens_text(c->r, chunk.end, particle);
        if (chunk.verb.tail.len) /* "decided to step away" */
            chunk.verb.tail.len = (size_t)(added.ptr + added.len - chunk.verb.tail.ptr);
        else if (!lemma_is(v, "be"))
            chunk.verb.tail = added;
        chunk.end = particle;
    }
    chunk.verb.text = tokens_text(c->r, reflexive ? se : i, chunk.end);
    list_push(c->scratch, &c->r->chunks, chunk);
    c->at = chunk.end;
    c->verb_seen = true;
    return true;
}

static bool read_nonfinite(struct chunker *c)
{
    int i = c->at;
    const struct token *t = tok(c, i);
    if (t->kind != TOKEN_WORD || t->name >= 0 || (t->upper && !token_starts_sentence(c->r, i)) ||
        !t->form->verb_count)
        return false;
    if (t->upper && !form_verb(t->form, FORM_PARTICIPLE) && !form_verb(t->form, FORM_GERUND))
        return false;
    if ((t->form->flags & IS_FUNCTION) && !(t->form->flags & IS_AUXILIARY))
        return false;
    const struct verb_form *infinitive = form_verb(t->form, FORM_INFINITIVE),
                           *gerund = form_verb(t->form, FORM_GERUND),
                           *participle = form_verb(t->form, FORM_PARTICIPLE);
    enum chunk_kind kind;
    const struct verb_form *v;
    if (infinitive && (spanish(c) ? !(t->form->flags & IS_CLASS_NOUN) : is(c, i - 1, "to")))
        kind = CHUNK_INFINITIVE, v = infinitive;
    else if (gerund && (spanish(c) || !noun_place(c, i) || has(c, i - 1, IS_PREPOSITION)))
        kind = CHUNK_GERUND, v = gerund;
    else if (participle && !noun_place(c, i))
        kind = CHUNK_PARTICIPLE, v = participle;
    else
        return false;
    struct chunk *chunk = push(c, kind, i + 1);
    size_t n = c->r->chunks.count;
    if (kind == CHUNK_PARTICIPLE && n > 1 && c->r->chunks.items[n - 2].kind == CHUNK_COMMA)
        c->inserted = true;
    chunk->verb = (struct verb_use){
        .lemma = v->verb->lemma, .text = t->form->text, .passive = kind == CHUNK_PARTICIPLE};
    chunk->guessed = v->guessed;
    chunk->third = true;
    return true;
}

/* ---- noun phrases ---- */

/* "because of", "due to", "debido a": several words that are one preposition; how many, 0 if none stands here. */
static int compound_preposition(const struct chunker *c, int i)
{
    int length = i < c->end ? phrase_at(c->r, i, PHRASE_CAUSE, NULL) : 0;
    if (i < c->end && cue_at(c->r, i, CUE_COMPOUND) > 1)
        return cue_at(c->r, i, CUE_COMPOUND);
    return length > 1 && has(c, i + length - 1, IS_PREPOSITION) ? length : 0;
}

static bool is_content(const struct chunker *c, int i);

static bool owner_at(const struct chunker *c, int i)
{
    if (is(c, i, "'s") || is(c, i, "’s"))
        return true;
    const struct token *t = tok(c, i);
    return t && t->kind == TOKEN_MARK && (t->mark == 0x2019 || t->mark == '\'') && !t->blank &&
           str_ends(token_at(c->r, i - 1)->form->low, STR("s")) && is_content(c, i + 1);
}

/* A word that can stand inside a noun phrase here. */
static bool is_content(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!t || t->time >= 0)
        return false;
    if (t->name >= 0)
        return true;
    if (t->kind == TOKEN_MARK)
        return false;
    if (t->kind == TOKEN_NUMBER)
        return true;
    if (t->form->flags & IS_ARTICLE)
        return false;
    if (t->form->flags & (IS_NUMBER | IS_ORDINAL))
        return true;
    if ((t->form->flags & IS_FUNCTION) || compound_preposition(c, i) || (i > 0 && owner_at(c, i)))
        return false;
    return !finite_here(c, i);
}

/* A participle that opens a phrase of its own behind a noun: "basada en Orbe", "built by the Romans". */
static bool splits_noun(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!t || t->name >= 0 || t->kind != TOKEN_WORD || !t->form->verb_count)
        return false;
    bool follows = (has(c, i + 1, IS_PREPOSITION) && !is(c, i + 1, "de") && !is(c, i + 1, "del") &&
                    !is(c, i + 1, "of")) ||
                   (!spanish(c) && has(c, i + 1, IS_RELATIVE));
    bool base = !spanish(c) && form_verb(t->form, FORM_INFINITIVE); /* "the test set", "a tax cut" */
    if (form_verb(t->form, FORM_PARTICIPLE) && !noun_place(c, i) && !base)
        return follows || (has(c, i + 1, IS_ADVERB) && has(c, i + 2, IS_PREPOSITION));
    if (form_verb(t->form, FORM_GERUND) && !noun_place(c, i))
        return spanish(c) || opens_argument(c, i + 1);
    return false; /* right behind a noun "celular" and "militar" are adjectives, whatever they look like */
}

static bool is_of(const struct chunker *c, int i)
{
    return is(c, i, "de") || is(c, i, "del") || is(c, i, "of");
}

static bool is_degree(const struct chunker *c, int i)
{
    return is(c, i, "más") || is(c, i, "menos") || is(c, i, "muy") || is(c, i, "most") || is(c, i, "more") ||
           is(c, i, "very") || is(c, i, "tan") || is(c, i, "least") || is(c, i, "less") || is(c, i, "casi") ||
           is(c, i, "almost") || is(c, i, "poco") || is(c, i, "algo") || is(c, i, "completamente") ||
           is(c, i, "mucho");
}

/* "That lab decided", "In that year": English "that" with nothing before it that it could belong to. */
static bool points(const struct chunker *c, int i)
{
    if (spanish(c) || !is(c, i, "that") || is(c, i + 1, "is"))
        return false;
    const struct token *before = i > 0 ? token_at(c->r, i - 1) : NULL;
    return token_starts_sentence(c->r, i) ||
           (before && (before->form->flags & IS_PREPOSITION) && !(before->form->flags & IS_SUBORDINATOR));
}

/* An English adverb between a determiner and the adjective that it belongs to. */
static bool is_manner_before(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i), *next = tok(c, i + 1);
    return !spanish(c) && t && next && i > 0 && has(c, i, IS_ADVERB) && str_ends(t->form->low, STR("ly")) &&
           has(c, i - 1, IS_DETERMINER) && next->kind == TOKEN_WORD && next->name < 0 && next->time < 0 &&
           !(next->form->flags & IS_FUNCTION) && (is_content(c, i + 2) || is_content(c, i + 1));
}

static bool is_year_modifier(const struct chunker *c, int i);

/* "101st", "3rd". */
static bool is_ordinal_figure(struct str low)
{
    return low.len > 2 && low.ptr[0] >= '0' && low.ptr[0] <= '9' &&
           (str_ends(low, STR("st")) || str_ends(low, STR("nd")) || str_ends(low, STR("rd")) ||
            str_ends(low, STR("th")));
}

/* The determiners and numerals of a phrase at `i`; gives the first token behind them. */
static int read_determiners(const struct chunker *c, int i, struct chunk *chunk)
{
    for (;;) {
        if (has(c, i, IS_DETERMINER) && tok(c, i)->name < 0 && (!has(c, i, IS_RELATIVE) || points(c, i))) {
            if (chunk && chunk->determiner < 0)
                chunk->determiner = i;
            i++;
        } else if (tok(c, i) && tok(c, i)->name < 0 && tok(c, i)->time < 0 &&
                   (tok(c, i)->kind == TOKEN_NUMBER || has(c, i, IS_NUMBER))) {
            if (chunk && chunk->numeral < 0 && !is_ordinal_figure(tok(c, i)->form->low))
                chunk->numeral = i;
            i++;
        } else if (is_year_modifier(c, i)) {
            i++;
        } else {
            return i;
        }
    }
}

static int close_term(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i);
    if (!t || t->kind != TOKEN_MARK || t->partner <= i || t->partner >= c->end ||
        t->partner - i > TERM_MAX_TOKENS + 1)
        return -1;
    return t->mark == '"' || t->mark == 0x201C || t->mark == 0xAB ? t->partner : -1;
}

/* "un laboratorio llamado X", "a lab called X": the name is the phrase's own. */
static bool is_calling(const struct chunker *c, int i)
{
    return is(c, i, "llamado") || is(c, i, "llamada") || is(c, i, "denominado") || is(c, i, "denominada") ||
           is(c, i, "called") || is(c, i, "named");
}

static bool calls_by_name(const struct chunker *c, int i)
{
    return is_calling(c, i) && tok(c, i + 1) && (tok(c, i + 1)->name >= 0 || close_term(c, i + 1) > 0);
}

/* Content words of one phrase from `i`; gives the end, `i` if there are none. */
static int read_content(const struct chunker *c, int i)
{
    int start = i;
    for (;;) {
        int closing = close_term(c, i);
        if (closing > 0) {
            i = closing + 1;
            continue;
        }
        if (i == start && is_manner_before(c, i)) {
            i += 2; /* "a hastily built fort", "a truly global empire" */
            continue;
        }
        if (is_degree(c, i) && (is_content(c, i + 1) || (is_degree(c, i + 1) && is_content(c, i + 2)))) {
            i +=
                is_degree(c, i + 1)
                    ? 3
                    : 2; /* "más popular", "muy pulida": what follows is an adjective, whatever it looks like */
            continue;
        }
        if (!is_content(c, i) || (i > start && (splits_noun(c, i) || calls_by_name(c, i))))
            return i;
        /* A new capitalised name behind a name is another phrase ("Acme Orbe" would be one name already). */
        const struct token *t = tok(c, i);
        if (t->name >= 0) {
            if (i > start && token_at(c->r, i - 1)->name >= 0 && token_at(c->r, i - 1)->name != t->name &&
                spanish(c))
                return i;
            int end = c->r->names.items[t->name].end;
            i = end > i ? end : i + 1;
        } else if ((t->kind == TOKEN_NUMBER || (t->form->flags & IS_NUMBER)) && i > start &&
                   token_at(c->r, i - 1)->name < 0 && (is_content(c, i + 1) || has(c, i + 1, IS_ARTICLE)) &&
                   (spanish(c) || !token_is_size(t->form->text))) {
            return i; /* but "a massive 405B model" */
        } else {
            i++;
        }
        /* "blanco y negro" stays two phrases; "y" is decided later. A hyphen-like slash stays inside. */
        if (tok(c, i) && tok(c, i)->kind == TOKEN_MARK && tok(c, i)->mark == '/' && !tok(c, i)->blank &&
            is_content(c, i + 1))
            i++;
        if (tok(c, i) && tok(c, i)->kind == TOKEN_MARK && (tok(c, i)->mark == '%') && i > start)
            i++;
    }
}

/* "the Zeta series", "the Lark telescope": a kind of made thing behind its name, which is meant as a whole. Other nouns
 * are another thing than the name in front: "the Zeta paper", "the Acme board". */
static bool leads_kind(const struct chunker *c, const struct name *name, int first, int end)
{
    const struct entity *e = entity_at(c->r->chapter->entities, name->entity);
    const struct noun *noun = token_at(c->r, end - 1)->form->noun;
    if (name->first != first || name->end != end - 1 || !noun || token_at(c->r, end - 1)->upper)
        return false;
    static const char *const kinds[] = {"model", "series", "machine"};
    bool kind = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kind |= str_equal(noun->kind, str_from(kinds[i]));
    return kind && !is(c, end - 1, "variant") && (!e || e->type == ENTITY_WORK || e->type == ENTITY_UNKNOWN);
}

/* The head of the words first … end-1 before any "of": Spanish the first noun, English the last. */
static void find_head(const struct chunker *c, struct chunk *chunk, int first, int end)
{
    int name = -1, noun = -1;
    for (int i = first; i < end; i++) {
        const struct token *t = token_at(c->r, i);
        if (t->name >= 0) {
            if (name < 0 || !spanish(c))
                name = t->name;
            if (!spanish(c))
                chunk->head = i;
            continue;
        }
        if (t->kind == TOKEN_MARK)
            continue;
        if (t->form->flags & (IS_CLASS_NOUN | IS_ROLE | IS_TITLE))
            noun = noun < 0 || !spanish(c) ? i : noun;
        if (!spanish(c))
            chunk->head = i;
    }
    if (spanish(c)) {
        chunk->head = first;
        while (chunk->head + 1 < end && token_has(c->r, chunk->head, IS_ORDINAL | IS_NUMBER | IS_DEMONYM) &&
               token_at(c->r, chunk->head)->name < 0)
            chunk->head++;
    }
    chunk->kind_noun = noun;
    if (name < 0)
        return;
    if (!spanish(c) && leads_kind(c, &c->r->names.items[name], first, end)) {
        chunk->name = name;
        chunk->kind_noun = end - 1;
        return;
    }
    /* The name is the phrase itself or apposed at its end; elsewhere it only qualifies the head. */
    const struct name *n = &c->r->names.items[name];
    if (n->end == end && (n->first == first || !spanish(c) || noun >= 0 || end == chunk->end))
        chunk->name = name, chunk->head = n->first;
    else if (spanish(c) && n->first == first)
        chunk->name = n->end == end ? name : -1;
}

/* "about 1,400 men", "more than forty ships": what makes a number vague is part of it. */
static int quantifier_at(const struct chunker *c, int i)
{
    int length = spanish(c) || i >= c->end ? 0 : phrase_at(c->r, i, PHRASE_QUANTIFIER, NULL);
    const struct token *number = length ? tok(c, i + length) : NULL;
    bool counts = number && number->time < 0 && number->name < 0 && !is(c, i + length, "one") &&
                  (number->kind == TOKEN_NUMBER || (number->form->flags & IS_NUMBER));
    return counts && !has(c, i, IS_DETERMINER) ? length : 0;
}

static bool read_noun(struct chunker *c)
{
    struct chunk probe = {.determiner = -1, .numeral = -1};
    int start = c->at, i = read_determiners(c, start + quantifier_at(c, start), &probe);
    int content = i;
    i = read_content(c, i);
    if (i == content) {
        if (probe.numeral < 0 &&
            !(probe.determiner >= 0 && (has(c, probe.determiner, IS_DEMONSTRATIVE) || is_of(c, content))))
            return false;
        i = content; /* "los dos", "the two", "la de" */
    }
    int core = i, owner = -1, first_core = content;
    while (owner_at(c, i)) {
        owner = i + 1;
        int from = read_determiners(c, owner, NULL);
        int end = read_content(c, from);
        if (end == from)
            break;
        first_core = from;
        core = i = end;
    }
    while (is_of(c, i)) {
        int from = read_determiners(c, i + 1 + quantifier_at(c, i + 1), NULL);
        const struct token *verb = spanish(c) ? tok(c, from) : NULL;
        if (verb && from == i + 1 && form_verb(verb->form, FORM_INFINITIVE) &&
            !(verb->form->flags & IS_CLASS_NOUN) && verb->name < 0)
            break; /* "convenció a Ana de construir": a complement of the verb */
        int end = read_content(c, from);
        if (end == from && from == i + 2 &&
            (is(c, i + 1, "todos") || is(c, i + 1, "todas") || is(c, i + 1, "all"))) {
            i = from; /* "el más influyente de todos" */
            continue;
        }
        if (end == from && from > i + 1 && token_at(c->r, from - 1)->kind == TOKEN_NUMBER &&
            token_at(c->r, from - 1)->time < 0) {
            i = from; /* "versiones de 1B" */
            continue;
        }
        if (end == from || (tok(c, from)->time >= 0))
            break;
        i = end;
        if (owner_at(c, i)) {
            int next = read_content(c, i + 1);
            if (next > i + 1)
                i = next;
        }
    }
    int called = -1;
    if (is_calling(c, i) && tok(c, i + 1) && tok(c, i + 1)->name >= 0) {
        called = tok(c, i + 1)->name;
        i = c->r->names.items[called].end;
    } else if (is_calling(c, i) && close_term(c, i + 1) > 0) {
        i = close_term(c, i + 1) + 1; /* 'un gestor llamado "foo"' */
    }
    struct chunk *chunk = push(c, CHUNK_NOUN, i);
    chunk->determiner = probe.determiner;
    chunk->numeral = probe.numeral;
    chunk->owner_end = owner;
    bool bare = core == first_core; /* "los dos", "the two", "la de": its last word stands for a head */
    find_head(c, chunk, bare ? core - 1 : first_core, core);
    /* "la serie de aparatos Zeta 3": the name at the very end is apposed when a class noun leads. */
    const struct token *tail = token_at(c->r, i - 1);
    if (chunk->name < 0 && tail->name >= 0 && spanish(c) && i > core) {
        const struct name *n = &c->r->names.items[tail->name];
        if (n->first > 0 && token_has(c->r, n->first - 1, IS_CLASS_NOUN) &&
            !token_is(c->r, n->first - 1, "de"))
            chunk->name = tail->name, chunk->kind_noun = n->first - 1;
    }
    if (!spanish(c) && chunk->determiner >= 0 && chunk->name >= 0 && chunk->end - chunk->first == 2 &&
        token_has(c->r, chunk->head, IS_DEMONYM))
        chunk->plural = true; /* "the Dutch" */
    if (called >= 0)
        chunk->name = called, chunk->kind_noun = chunk->kind_noun >= 0 ? chunk->kind_noun : chunk->head;
    const struct form *form = token_at(c->r, chunk->head)->form;
    chunk->plural |=
        form->noun && str_equal(form->noun->plural, form->low) && !str_equal(form->noun->singular, form->low);
    if (chunk->determiner >= 0) {
        const struct form *det = token_at(c->r, chunk->determiner)->form;
        chunk->plural |= det->plural == 'p';
        chunk->gender = det->gender;
    }
    if (chunk->name < 0 && chunk->determiner < 0)
        chunk->plural |= str_ends(form->low, STR("s")) && !str_ends(form->low, STR("ss"));
    if (chunk->numeral >= 0 && !token_is(c->r, chunk->numeral, "1") &&
        !token_is(c->r, chunk->numeral, "one") && !token_has(c->r, chunk->numeral, IS_INDEFINITE))
        chunk->plural = true;
    return true;
}

/* ---- the rest ---- */

static bool read_mark(struct chunker *c)
{
    const struct token *t = tok(c, c->at);
    if (t->kind != TOKEN_MARK)
        return false;
    if (t->partner > c->at && t->partner < c->end) {
        bool quote = t->mark == '"' || t->mark == 0x201C || t->mark == 0xAB;
        if (!quote) {
            push(c, CHUNK_BRACKET, t->partner + 1);
            return true;
        }
        if (close_term(c, c->at) < 0) {
            push(c, CHUNK_QUOTE, t->partner + 1);
            return true;
        }
        return false;
    }
    enum chunk_kind kind = CHUNK_OTHER;
    if (t->mark == ',')
        kind = CHUNK_COMMA;
    else if (t->mark == ';' || t->mark == ':' || t->mark == '.' || t->mark == 0x2026 || t->mark == 0x2014 ||
             t->mark == 0x2192 || t->mark == '!' || t->mark == '?' || (t->mark == 0x2013 && t->blank))
        kind = CHUNK_STOP;
    if (kind == CHUNK_COMMA || kind == CHUNK_STOP)
        c->inserted = false;
    if (kind == CHUNK_STOP || (kind == CHUNK_COMMA && !spanish(c)))
        c->verb_seen = false;
    push(c, kind, c->at + 1);
    return true;
}

/* "the 1763 Treaty", "the 1758 campaign": a bare year between the article and its noun. */
static bool is_year_modifier(const struct chunker *c, int i)
{
    const struct token *t = tok(c, i), *next = tok(c, i + 1);
    if (spanish(c) || !t || t->time < 0 || t->kind != TOKEN_NUMBER || !has(c, i - 1, IS_ARTICLE) || !next ||
        next->time >= 0)
        return false;
    const struct time_mention *time = &c->r->times.items[t->time];
    return time->first == i && time->end == i + 1 && time->value.precision == TIME_YEAR &&
           next->kind == TOKEN_WORD && !(next->form->flags & IS_FUNCTION);
}

static bool read_time(struct chunker *c)
{
    int i = c->at;
    if ((cue_is(c->r, i, CUE_ARTICLE) || is(c, i, "año")) && i + 1 < c->end)
        i++;
    if (is(c, i, "año") && i + 1 < c->end)
        i++;
    const struct token *t = tok(c, i);
    if (!t || t->time < 0 || (i > c->at && is_year_modifier(c, i)))
        return false;
    int time = t->time, end = c->r->times.items[time].end;
    if (c->r->times.items[time].first < i && i != c->at)
        return false;
    struct chunk *chunk = push(c, CHUNK_TIME, end < c->end ? end : c->end);
    chunk->time = time;
    return true;
}

/* A finite verb before the next sign: "como" opens a clause, not a noun phrase. */
static bool clause_follows(const struct chunker *outer, int i)
{
    struct chunker fresh = *outer, *c = &fresh;
    fresh.verb_seen = fresh.inserted = false;
    for (int k = i; k < c->end && k < i + 10; k++) {
        const struct token *t = tok(c, k);
        if (t->kind == TOKEN_MARK && t->partner < 0)
            return false;
        if (has(c, k, IS_RELATIVE) && k > i)
            return false;
        if (finite_here(c, k) && k > i)
            return true;
    }
    return false;
}

static bool read_function(struct chunker *c)
{
    int i = c->at;
    const struct token *t = tok(c, i);
    uint32_t f = t->form->flags;
    if (t->kind != TOKEN_WORD)
        return false;
    if (is(c, i, "que") && (is(c, i - 1, "año") || is(c, i - 1, "mes") || is(c, i - 1, "día")) &&
        is(c, i - 2, "mismo")) {
        push(c, CHUNK_PREPOSITION, i + 1);
    } else if (is(c, i, "que") && (is(c, i - 1, "así") || is(c, i - 1, "luego"))) {
        push(c, CHUNK_COORDINATOR, i + 1); /* "así que" goes on with the story */
        c->verb_seen = false;
    } else if (is(c, i, "que") && (is(c, i - 1, "ya") || is(c, i - 1, "puesto") || is(c, i - 1, "dado") ||
                                   is(c, i - 1, "aunque"))) {
        push(c, CHUNK_SUBORDINATOR, i + 1);
        c->verb_seen = false;
    } else if (f & IS_RELATIVE || is(c, i, "que")) {
        const struct chunk *before = last(c);
        bool content = before && (before->kind == CHUNK_VERB || before->kind == CHUNK_INFINITIVE ||
                                  before->kind == CHUNK_GERUND);
        push(c, content && (is(c, i, "que") || is(c, i, "that")) ? CHUNK_SUBORDINATOR : CHUNK_RELATIVE,
             i + 1);
        c->verb_seen = false;
    } else if (is(c, i, "according") && is(c, i + 1, "to")) {
        push(c, CHUNK_PREPOSITION, i + 2);
    } else if (compound_preposition(c, i)) {
        push(c, CHUNK_PREPOSITION, i + compound_preposition(c, i));
    } else if ((is(c, i, "como") || is(c, i, "as")) && !clause_follows(c, i + 1)) {
        push(c, CHUNK_PREPOSITION, i + 1);
    } else if (f & IS_COORDINATOR || is(c, i, "pero") || is(c, i, "but") || is(c, i, "sino")) {
        push(c, CHUNK_COORDINATOR, i + 1);
        c->verb_seen = false;
    } else if (cue_at(c->r, i, CUE_ADVERBIAL) > 1) {
        push(c, CHUNK_ADVERB, i + cue_at(c->r, i, CUE_ADVERBIAL));
    } else if (cue_is(c->r, i, CUE_TIME_CONJUNCTION) && !has(c, i + 1, IS_ADVERB) &&
               clause_follows(c, i + 1)) {
        push(c, CHUNK_SUBORDINATOR, i + 1); /* "after the firm moved" */
        c->verb_seen = false;
    } else if (f & IS_PREPOSITION && !((f & IS_SUBORDINATOR) && finite_here(c, i + 1))) {
        push(c, CHUNK_PREPOSITION, i + 1);
    } else if (f & IS_SUBORDINATOR || (f & IS_QUESTION)) {
        push(c, CHUNK_SUBORDINATOR, i + 1);
        c->verb_seen = false;
    } else if (f & IS_PRONOUN || (!spanish(c) && (is(c, i, "him") || is(c, i, "them") || is(c, i, "her")))) {
        struct chunk *chunk = push(c, CHUNK_NOUN, i + 1);
        chunk->plural = t->form->plural == 'p';
        chunk->gender = t->form->gender;
    } else if (f & IS_ADVERB) {
        push(c, CHUNK_ADVERB, i + 1);
    } else {
        return false;
    }
    return true;
}

void chunks_read(struct arena *scratch, struct reading *r, int first, int end)
{
    struct chunker c = {.r = r, .scratch = scratch, .at = first, .end = end};
    r->chunks.count = 0;
    while (c.at < c.end) {
        int before = c.at;
        if (!read_mark(&c) && !read_time(&c) && !read_verb(&c)) {
            const struct token *t = tok(&c, c.at);
            bool determiner = (t->form->flags & IS_DETERMINER) && t->name < 0;
            bool nonfinite = !determiner && !is(&c, c.at, "according") && !compound_preposition(&c, c.at) &&
                             read_nonfinite(&c);
            if (!nonfinite && quantifier_at(&c, c.at) && read_noun(&c))
                continue;
            if (!nonfinite && !(t->name < 0 && (!determiner || is(&c, c.at, "según")) && read_function(&c)) &&
                !read_noun(&c) && !read_function(&c))
                push(&c, CHUNK_OTHER, c.at + 1);
        }
        if (c.at <= before)
            c.at = before + 1;
    }
}
