#include "verify/proof.h"

#include "base/translate.h"
#include "base/utf8.h"
#include "text/text.h"
#include "verify/chapter.h"
#include "verify/passage.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS_OF_A_NEAR_NAME = 6, LETTERS_OF_TWO_SLIPS = 10, LETTERS_OF_A_WORD = 6 };

struct proof {
    struct arena *arena;
    const struct proof_chapter *chapters;
    size_t count;
    struct chapter *laid; /* one a chapter */
    struct remarks *remarks;
};

static struct place_in_book place_of(const struct document *doc, size_t offset)
{
    struct place_in_book place = {.file = doc->path};
    document_position(doc, offset, &place.line, &place.column);
    return place;
}

static struct place_in_book place_of_term(const struct document *doc, const struct page *page, int term)
{
    const struct block *block = &doc->blocks.items[page->block];
    return place_of(doc, block_source(block, page->gist.terms.items[term].span).start);
}

/* ---- Contradictions ---- */

/* What one fact says of a thing where the book should say one thing only. */
struct claim {
    struct str key, about, said;
    const struct fact *fact;
    struct place_in_book at;
    struct date from, to; /* dates; year 0: a value */
    struct amount amount;
};

struct claims {
    struct claim *items;
    size_t count, capacity;
};

/* Of whom or what, by which roles, and what of it must not differ. */
static const struct single {
    const char *relation, *roles, *value; /* value "time" or a role */
} singles[] = {
    {"release", "work", "time"},     {"found", "work", "time"},  {"span", "event", "time"},
    {"born", "person", "time"},      {"died", "person", "time"}, {"quantity", "of,unit", "value"},
    {"size", "work,which", "value"}, {"rename", "new", "old"},   {"origin", "entity", "place"},
};

static struct str canonical(const struct facts *facts, const struct filler *filler)
{
    return filler->entity >= 0 ? facts->entities.items[filler->entity].name : filler->text;
}

static size_t count_role(const struct fact *fact, struct str role)
{
    size_t count = 0;
    list_each (const struct filler, filler, &fact->roles)
        count += str_equal(filler->role, role);
    return count;
}

/* False where a role is missing or filled twice. */
static bool claim_key(struct proof *p, const struct facts *facts, const struct fact *fact,
                      const struct single *single, struct claim *ret)
{
    struct str rest = str_from(single->roles), role;
    ret->key = fact->relation;
    while (str_split(&rest, ',', &role)) {
        const struct filler *filler = fact_role(fact, role);
        if (!filler && !str_equal(role, STR("which")) && !str_equal(role, STR("unit")))
            return false;
        if (count_role(fact, role) > 1)
            return false;
        struct str name = filler ? canonical(facts, filler) : STR("");
        ret->key =
            str_format(p->arena, "%.*s|%.*s", STR_ARG(ret->key), STR_ARG(text_fold_key(p->arena, name)));
        if (!ret->about.len)
            ret->about = name;
    }
    return true;
}

static bool claim_value(struct proof *p, const struct language *language, const struct fact *fact,
                        const struct single *single, struct claim *ret)
{
    const struct time_value *time = &fact->time;
    if (strcmp(single->value, "time") == 0) {
        ret->said = time->text;
        ret->from = (struct date){time->year, time->month, time->day, false, 0};
        ret->to =
            time->range ? (struct date){time->end_year, time->end_month, time->end_day, false, 0} : ret->from;
        return time->year && !time->inferred && !time->vague.len && time->precision <= TIME_YEAR &&
               time->precision != TIME_SEASON;
    }
    const struct filler *filler = fact_role(fact, str_from(single->value));
    if (!filler || count_role(fact, filler->role) > 1)
        return false;
    ret->said = filler->text;
    if (!amount_parse(language, p->arena, filler->text, &ret->amount))
        ret->amount.readings = 0;
    return true;
}

static void collect_claims(struct proof *p, const struct proof_chapter *chapter, struct claims *ret)
{
    const struct language *language = language_get(chapter->doc->lang);
    list_each (const struct fact, fact, chapter->facts) {
        if (fact->negative || fact->hedge != HEDGE_NONE || fact->confidence < 0.95)
            continue;
        for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
            struct claim claim = {.fact = fact};
            if (!str_equal(fact->relation, str_from(singles[i].relation)) ||
                !claim_key(p, chapter->facts, fact, &singles[i], &claim) ||
                !claim_value(p, language, fact, &singles[i], &claim))
                continue;
            claim.at = place_of(chapter->doc, fact->source.start);
            list_push(p->arena, ret, claim);
        }
    }
}

static int by_key(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    int order = str_compare(x->key, y->key);
    if (!order)
        order = str_compare(x->at.file, y->at.file);
    return order ? order : (x->at.line > y->at.line) - (x->at.line < y->at.line);
}

/* Either may be the less exact one. */
static bool dates_agree(const struct claim *a, const struct claim *b)
{
    return (date_fits(&a->from, &b->from) > 0 || date_fits(&b->from, &a->from) > 0) &&
           (date_fits(&a->to, &b->to) > 0 || date_fits(&b->to, &a->to) > 0);
}

static bool claims_agree(struct proof *p, const struct claim *a, const struct claim *b)
{
    if (a->from.year)
        return dates_agree(a, b);
    if (a->amount.readings && b->amount.readings)
        return amount_same_value(&a->amount, &b->amount);
    struct str x = text_fold_key(p->arena, a->said), y = text_fold_key(p->arena, b->said);
    return str_contains(x, y) || str_contains(y, x);
}

/* Facts of one sentence do not contradict each other: "founded in 1990, and again in 2001". */
static bool same_place(const struct claim *a, const struct claim *b)
{
    return str_equal(a->at.file, b->at.file) && a->at.line == b->at.line &&
           a->fact->sentence == b->fact->sentence;
}

static void find_contradictions(struct proof *p)
{
    struct claims claims = {0};
    for (size_t i = 0; i < p->count; i++)
        collect_claims(p, &p->chapters[i], &claims);
    if (claims.count)
        qsort(claims.items, claims.count, sizeof *claims.items, by_key);
    /* Each claim against the first of its key: a wrong year is told once, not against every other. */
    for (size_t first = 0, i = 1; i < claims.count; i++) {
        const struct claim *a = &claims.items[first], *b = &claims.items[i];
        if (!str_equal(a->key, b->key))
            first = i;
        else if (!claims_agree(p, a, b) && !same_place(a, b))
            list_push(p->arena, p->remarks,
                      (struct remark){REMARK_CONTRADICTION, b->at, a->at, b->said, a->said, a->about});
    }
}

/* ---- Names ---- */

/* One spelling of a name, where it stands first, and how often. */
struct spelling {
    struct str written, key;
    struct place_in_book at;
    int count;
    bool place;
};

struct spellings {
    struct spelling *items;
    size_t count, capacity;
};

static void add_spelling(struct proof *p, struct spellings *spellings, const struct spelling *spelling)
{
    list_each (struct spelling, known, spellings)
        if (str_equal(known->written, spelling->written)) {
            known->count++;
            return;
        }
    list_push(p->arena, spellings, *spelling);
}

/* The bare name, without article and possessive. */
static struct str name_written(const struct gist *gist, const struct find *find,
                               const struct language *language)
{
    int first = find->first;
    struct sense sense;
    while (first + 1 < find->end &&
           language_sense(language, gist->terms.items[first].word->low, SENSE_ARTICLE, &sense))
        first++;
    struct str name = gist_slice(gist, first, find->end);
    static const struct str possessives[] = {{"’s", 4}, {"'s", 2}};
    for (size_t i = 0; i < sizeof possessives / sizeof *possessives; i++)
        if (str_ends(name, possessives[i]))
            name = str_slice(name, 0, name.len - possessives[i].len);
    return name;
}

static void collect_spellings(struct proof *p, size_t index, struct spellings *ret)
{
    const struct chapter *laid = &p->laid[index];
    list_each (const struct page, page, &laid->pages) {
        if (laid->doc->blocks.items[page->block].kind == BLOCK_CODE)
            continue;
        list_each (const struct find, find, &page->gist.finds) {
            if (find->kind != FIND_NAME || !page->gist.terms.items[find->first].capital)
                continue;
            struct spelling spelling = {.count = 1};
            spelling.written = name_written(&page->gist, find, lexis_language(laid->lexis));
            spelling.key = text_fold_key(p->arena, spelling.written);
            spelling.at = place_of_term(laid->doc, page, find->first);
            spelling.place = laid->facts->entities.items[find->entity].type == ENTITY_PLACE;
            add_spelling(p, ret, &spelling);
        }
    }
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

/* "Acme" and "ACME" may both be meant; "OpenLab" and "Open Lab" are one. A plural or possessive is no other spelling. */
static bool differ_in_writing(const struct spelling *a, const struct spelling *b)
{
    return str_equal(a->key, b->key) && !str_equal(a->written, b->written) &&
           !str_contains(a->written, STR("’")) && !str_contains(b->written, STR("’"));
}

/* "THE SALT WAR" in a heading; and an ordinary word that begins a sentence is no name written otherwise. */
static bool is_shouted(struct proof *p, const struct spelling *spelling)
{
    struct str low = text_lower(p->arena, spelling->written);
    return (utf8_count(spelling->written) > 5 &&
            str_equal(spelling->written, text_upper(p->arena, spelling->written))) ||
           language_is_ordinary(language_get(p->chapters[0].doc->lang), low);
}

static bool is_plural_of(struct str a, struct str b)
{
    return (a.len == b.len + 1 && str_starts(a, b) && a.ptr[b.len] == 's') ||
           (a.len == b.len + 2 && str_starts(a, b) && str_ends(a, STR("es")));
}

/* "Catholic French" and "Catholic France", "the Distro" and "the Distros": one word in two forms. */
static bool differ_in_form(struct proof *p, const struct spelling *a, const struct spelling *b)
{
    struct gist x, y;
    int differ = 0, forms = 0;
    struct lexis *lexis = p->laid[0].lexis;
    gist_read(p->arena, lexis, a->written, false, &x);
    gist_read(p->arena, lexis, b->written, false, &y);
    for (size_t i = 0; x.terms.count == y.terms.count && i < x.terms.count; i++) {
        const struct lexeme *one = x.terms.items[i].word, *other = y.terms.items[i].word;
        differ += one->id != other->id;
        forms += one->id != other->id && (lexeme_form(one, other) || is_plural_of(one->key, other->key) ||
                                          is_plural_of(other->key, one->key));
    }
    return differ == 1 && forms == 1;
}

static bool are_near(const struct spelling *a, const struct spelling *b)
{
    size_t letters = utf8_count(a->key), others = utf8_count(b->key);
    size_t shorter = letters < others ? letters : others;
    int limit = shorter >= LETTERS_OF_TWO_SLIPS ? 2 : 1;
    if (shorter < LETTERS_OF_A_NEAR_NAME || has_digit(a->key) || has_digit(b->key) || a->place || b->place ||
        str_equal(a->key, b->key) || letters > others + 2 || others > letters + 2)
        return false;
    if (is_plural_of(a->key, b->key) || is_plural_of(b->key, a->key))
        return false;
    return text_distance(a->key, b->key, limit) <= limit;
}

static void find_names(struct proof *p)
{
    struct spellings all = {0};
    for (size_t i = 0; i < p->count; i++)
        collect_spellings(p, i, &all);
    for (size_t i = 0; i < all.count; i++)
        for (size_t k = i + 1; k < all.count; k++) {
            const struct spelling *a = &all.items[i], *b = &all.items[k];
            bool writing = differ_in_writing(a, b);
            if (writing ? is_shouted(p, a) || is_shouted(p, b) : !are_near(a, b) || differ_in_form(p, a, b))
                continue;
            const struct spelling *rare = b->count <= a->count ? b : a, *usual = rare == a ? b : a;
            list_push(p->arena, p->remarks,
                      (struct remark){writing ? REMARK_SPELLING : REMARK_NEAR_NAME,
                                      rare->at,
                                      usual->at,
                                      rare->written,
                                      usual->written,
                                      {0}});
        }
}

/* ---- Years ---- */

static void find_guessed_years(struct proof *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const struct proof_chapter *chapter = &p->chapters[i];
        int last = -1;
        list_each (const struct fact, fact, chapter->facts) {
            const struct time_value *time = &fact->time;
            if (!time->inferred || !time->year || has_digit(time->text) || !time->text.len ||
                fact->sentence == last)
                continue;
            last = fact->sentence;
            list_push(p->arena, p->remarks,
                      (struct remark){.kind = REMARK_GUESSED_YEAR,
                                      .at = place_of(chapter->doc, fact->source.start),
                                      .here = time->text,
                                      .there = time_iso(p->arena, time)});
        }
    }
}

/* ---- Words ---- */

static bool is_plain_word(const struct term *term)
{
    return !term->capital && !has_digit(term->word->key) && term->name < 0 && !term->word->function &&
           utf8_count(term->word->key) >= 4 && text_is_nfc(term->word->low);
}

/* The book's own word that is one letter away and stands there at least three times. */
static struct str near_word(const struct chapter *laid, struct str key, const int *uses, size_t count)
{
    struct str best = {0};
    for (size_t i = 0; i < laid->row.count; i++) {
        const struct lexeme *word = chapter_term(laid, (int)i)->word;
        if ((size_t)word->id < count && uses[word->id] >= 3 && word->key.len &&
            word->key.ptr[0] == key.ptr[0] && !str_equal(word->key, key) && !is_plural_of(word->key, key) &&
            !is_plural_of(key, word->key) && text_distance(word->key, key, 1) <= 1)
            best = word->low;
    }
    return best;
}

static void check_word(struct proof *p, const struct chapter *laid, const struct page *page, int index,
                       const int *uses, size_t count)
{
    const struct term *term = &page->gist.terms.items[index];
    const struct language *language = lexis_language(laid->lexis);
    const struct language *other =
        language_get(str_equal(laid->doc->lang, STR("es")) ? STR("en") : STR("es"));
    if (!is_plain_word(term) || language_is_ordinary(language, term->word->low))
        return;
    struct str meant = language_restore_accents(language, p->arena, term->word->low);
    enum remark_kind kind = REMARK_ACCENT;
    if (!meant.len && utf8_count(term->word->key) >= LETTERS_OF_A_WORD && uses[term->word->id] == 1 &&
        !language_is_ordinary(other, term->word->low)) {
        meant = near_word(laid, term->word->key, uses, count);
        kind = REMARK_WORD;
    }
    if (meant.len)
        list_push(p->arena, p->remarks,
                  (struct remark){.kind = kind,
                                  .at = place_of_term(laid->doc, page, index),
                                  .here = gist_slice(&page->gist, index, index + 1),
                                  .there = meant});
}

static void find_words(struct proof *p, const struct chapter *laid)
{
    int most = 0;
    for (size_t i = 0; i < laid->row.count; i++) {
        int id = chapter_term(laid, (int)i)->word->id;
        most = id > most ? id : most;
    }
    int *uses = arena_array(p->arena, (size_t)most + 1, sizeof *uses);
    for (size_t i = 0; i < laid->row.count; i++)
        uses[chapter_term(laid, (int)i)->word->id]++;
    list_each (const struct page, page, &laid->pages) {
        if (laid->doc->blocks.items[page->block].kind == BLOCK_CODE)
            continue;
        for (size_t i = 0; i < page->gist.terms.count; i++)
            check_word(p, laid, page, (int)i, uses, (size_t)most + 1);
    }
}

/* ---- All of it ---- */

static int by_place(const void *a, const void *b)
{
    const struct remark *x = a, *y = b;
    int order = str_compare(x->at.file, y->at.file);
    if (!order)
        order = (x->at.line > y->at.line) - (x->at.line < y->at.line);
    if (!order)
        order = (x->at.column > y->at.column) - (x->at.column < y->at.column);
    return order ? order : (int)x->kind - (int)y->kind;
}

void proof_read(struct arena *arena, const struct proof_chapter *chapters, size_t count, struct remarks *ret)
{
    struct remarks remarks = {0};
    struct proof p = {.arena = arena, .chapters = chapters, .count = count, .remarks = &remarks};
    p.laid = arena_array(arena, count + 1, sizeof *p.laid);
    for (size_t i = 0; i < count; i++)
        chapter_lay_out(arena, chapters[i].doc, chapters[i].facts, &p.laid[i]);
    find_contradictions(&p);
    find_names(&p);
    find_guessed_years(&p);
    for (size_t i = 0; i < count; i++)
        find_words(&p, &p.laid[i]);
    if (remarks.count)
        qsort(remarks.items, remarks.count, sizeof *remarks.items, by_place);
    *ret = remarks;
}

struct str remark_kind_name(enum remark_kind kind)
{
    static const char *const names[] = {[REMARK_CONTRADICTION] = "contradiction",
                                        [REMARK_NEAR_NAME] = "near-name",
                                        [REMARK_SPELLING] = "spelling",
                                        [REMARK_GUESSED_YEAR] = "guessed-year",
                                        [REMARK_ACCENT] = "accent",
                                        [REMARK_WORD] = "word"};
    return str_from(names[kind]);
}

static struct str other_place(struct arena *arena, const struct remark *remark)
{
    if (str_equal(remark->at.file, remark->other.file))
        return str_format(arena, _("line %d"), remark->other.line);
    return str_format(arena, "%.*s:%d", STR_ARG(remark->other.file), remark->other.line);
}

struct str remark_text(struct arena *arena, const struct remark *remark)
{
    struct str here = remark->here, there = remark->there, place = other_place(arena, remark);
    switch (remark->kind) {
    case REMARK_CONTRADICTION:
        return str_format(arena, _("%.*s: \"%.*s\" here, \"%.*s\" in %.*s"), STR_ARG(remark->about),
                          STR_ARG(here), STR_ARG(there), STR_ARG(place));
    case REMARK_NEAR_NAME:
        return str_format(arena, _("\"%.*s\" is nearly \"%.*s\" (%.*s): one name or two?"), STR_ARG(here),
                          STR_ARG(there), STR_ARG(place));
    case REMARK_SPELLING:
        return str_format(arena, _("\"%.*s\" is written \"%.*s\" elsewhere (%.*s)"), STR_ARG(here),
                          STR_ARG(there), STR_ARG(place));
    case REMARK_GUESSED_YEAR:
        return str_format(arena, _("\"%.*s\" is taken for %.*s; write the year if that is wrong"),
                          STR_ARG(here), STR_ARG(there));
    case REMARK_ACCENT:
        return str_format(arena, _("\"%.*s\" lacks its accent: \"%.*s\"?"), STR_ARG(here), STR_ARG(there));
    default:
        return str_format(arena, _("\"%.*s\" is in no dictionary: \"%.*s\"?"), STR_ARG(here), STR_ARG(there));
    }
}
