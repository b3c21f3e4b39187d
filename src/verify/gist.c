#include "verify/gist.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "facts/facts.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_TERMS_MAX = 8, DATE_TERMS_MAX = 7, LETTERS_FOR_TYPOS = 5, LETTERS_OF_A_ROOT = 4 };

enum { BOUNDARY_BLANK, BOUNDARY_HYPHEN, BOUNDARY_COMMA, BOUNDARY_BRACKET, BOUNDARY_SENTENCE };

/* Text → number, in an open table. */
struct slot {
    struct str text;
    int number;
};

struct numbers {
    struct slot *slots;
    size_t count, capacity;
};

struct lexis {
    struct arena *arena;
    struct arena *scratch; /* of the text that is being read */
    const struct language *language;
    bool spanish;
    struct numbers ids;   /* keys, roots, lemmas and groups share one numbering; each has a letter in front */
    struct numbers forms; /* spelling in small letters → index into lexemes */
    struct numbers names; /* folded key of a name → entity */
    int *same;            /* entity → the one that it is another name of, or itself */
    struct {
        struct lexeme **items;
        size_t count, capacity;
    } lexemes;
    struct str_list name_keys; /* of names, for those written with a slip */
    struct {
        int *items;
        size_t count, capacity;
    } name_entities;
};

/* ---- Numbers for texts ---- */

static struct slot *slot_of(const struct numbers *numbers, struct str text)
{
    size_t at = (size_t)hash_str(text) & (numbers->capacity - 1);
    while (numbers->slots[at].text.ptr && !str_equal(numbers->slots[at].text, text))
        at = (at + 1) & (numbers->capacity - 1);
    return &numbers->slots[at];
}

static void numbers_grow(struct arena *arena, struct numbers *numbers)
{
    struct numbers old = *numbers;
    numbers->capacity = old.capacity ? old.capacity * 2 : 512;
    numbers->slots = arena_array(arena, numbers->capacity, sizeof *numbers->slots);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.slots[i].text.ptr)
            *slot_of(numbers, old.slots[i].text) = old.slots[i];
}

static int number_find(const struct numbers *numbers, struct str text)
{
    if (!numbers->capacity || !text.len)
        return -1;
    const struct slot *slot = slot_of(numbers, text);
    return slot->text.ptr ? slot->number : -1;
}

/* The number of a text; `number` if it is new. */
static int number_add(struct arena *arena, struct numbers *numbers, struct str text, int number)
{
    if (numbers->count * 2 >= numbers->capacity)
        numbers_grow(arena, numbers);
    struct slot *slot = slot_of(numbers, text);
    if (!slot->text.ptr) {
        *slot = (struct slot){str_copy(arena, text), number};
        numbers->count++;
    }
    return slot->number;
}

/* `space` keeps keys, roots and lemmas apart. */
static int id_of(struct lexis *lexis, char space, struct str text)
{
    if (!text.len)
        return -1;
    struct str key = str_format(lexis->arena, "%c%.*s", space, STR_ARG(text));
    return number_add(lexis->arena, &lexis->ids, key, (int)lexis->ids.count);
}

int lexis_lemma(const struct lexis *lexis, struct str lemma)
{
    struct str key = str_format(lexis->arena, "l%.*s", STR_ARG(lemma));
    return number_find(&lexis->ids, key);
}

const struct language *lexis_language(const struct lexis *lexis)
{
    return lexis->language;
}

/* ---- One spelling ---- */

/* Endings of forms and of what is made from verbs; folded, the longest first. */
static const char endings_es[] = "amientos imientos amiento imiento aciones iciones adores edores acion "
                                 "icion adora edora iendo aron ieron ciones "
                                 "ador edor ados adas idos idas ando aban cion mente aba ado ada ido ida ian "
                                 "ara era ar er ir an en io ia es os as o a "
                                 "e s";
static const char endings_en[] =
    "ations ements ation ement ments ings ment ions ing ion ers ies ied ed er es ly al s e y";

static struct str root_of(const struct lexis *lexis, struct str key)
{
    struct str rest = str_from(lexis->spanish ? endings_es : endings_en), ending;
    while (str_split(&rest, ' ', &ending))
        if (str_ends(key, ending) && key.len >= ending.len + LETTERS_OF_A_ROOT)
            return str_slice(key, 0, key.len - ending.len);
    return key;
}

static bool is_number(struct str s)
{
    return s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

static struct str without_possessive(struct str low)
{
    static const struct str tails[] = {{"'s", 2}, {"’s", 4}};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (low.len > tails[i].len && str_ends(low, tails[i]))
            return str_slice(low, 0, low.len - tails[i].len);
    return low;
}

static bool has_sense(const struct lexis *lexis, struct str word, enum sense_kind kind, struct sense *ret)
{
    struct sense unused;
    return language_sense(lexis->language, word, kind, ret ? ret : &unused);
}

static void add_lemma(struct lexis *lexis, struct lexeme *word, struct str lemma, const struct verb *verb)
{
    int id = id_of(lexis, 'l', lemma);
    for (int i = 0; i < 2; i++) {
        if (word->lemmas[i] == id)
            return;
        if (word->lemmas[i] < 0) {
            word->lemmas[i] = id;
            word->verbs[i] = verb;
            return;
        }
    }
}

static bool is_finite(enum verb_form_kind kind)
{
    return kind != FORM_INFINITIVE && kind != FORM_GERUND && kind != FORM_PARTICIPLE;
}

static void read_verb(struct lexis *lexis, struct lexeme *word, struct str form)
{
    struct verb_form forms[VERB_FORMS_MAX];
    size_t count = language_verb_forms(lexis->language, form, false, forms);
    for (size_t i = 0; i < count; i++) {
        word->is_verb = true;
        word->finite |= is_finite(forms[i].kind);
        if (!forms[i].verb->auxiliary)
            add_lemma(lexis, word, forms[i].verb->lemma, forms[i].verb);
        if (word->group < 0)
            word->group = language_alike(lexis->language, forms[i].verb->lemma);
    }
}

/* "fundadora" says what "fundó" says. */
static void read_role(struct lexis *lexis, struct lexeme *word)
{
    struct sense sense;
    if (!has_sense(lexis, word->low, SENSE_ROLE, &sense) || !sense.role)
        return;
    word->root = id_of(lexis, 'r', sense.role->masculine);
    if (sense.role->verb.len)
        add_lemma(lexis, word, sense.role->verb, NULL);
    if (word->group < 0)
        word->group = language_alike(lexis->language, sense.role->masculine);
}

static void read_place(struct lexis *lexis, struct lexeme *word)
{
    struct sense sense;
    struct str capital = text_capitalise(lexis->arena, word->low);
    if (has_sense(lexis, word->low, SENSE_DEMONYM, &sense) ||
        has_sense(lexis, capital, SENSE_DEMONYM, &sense))
        word->place = id_of(lexis, 'p', text_fold_key(lexis->arena, sense.lemma));
    else if (has_sense(lexis, capital, SENSE_PLACE, &sense))
        word->place = id_of(lexis, 'p', text_fold_key(lexis->arena, capital));
}

static bool is_coordinator(const struct lexis *lexis, struct str low)
{
    struct sense sense;
    return has_sense(lexis, low, SENSE_CONJUNCTION, &sense) && !str_equal(low, STR("que"));
}

static bool is_month(const struct lexis *lexis, struct str low)
{
    return has_sense(lexis, low, SENSE_MONTH, NULL) ||
           has_sense(lexis, text_capitalise(lexis->arena, low), SENSE_MONTH, NULL);
}

static void read_form(struct lexis *lexis, struct lexeme *word)
{
    struct sense sense;
    word->function = language_is_function_word(lexis->language, word->low);
    word->coordinator = is_coordinator(lexis, word->low);
    word->month = is_month(lexis, word->low);
    word->class_noun = has_sense(lexis, word->low, SENSE_NOUN, NULL);
    if (has_sense(lexis, word->low, SENSE_NUMBER, &sense)) {
        word->count_word = true;
        word->value = sense.value;
    }
    read_verb(lexis, word, word->low);
    if (!word->is_verb && !word->function && !language_is_ordinary(lexis->language, word->low)) {
        struct str restored = language_restore_accents(lexis->language, lexis->arena, word->low);
        if (restored.len)
            read_verb(lexis, word, restored);
    }
    read_role(lexis, word);
    read_place(lexis, word);
    if (word->group < 0)
        word->group = language_alike(lexis->language, word->low);
}

static struct lexeme *lexeme_of(struct lexis *lexis, struct str low)
{
    int known = number_find(&lexis->forms, low);
    if (known >= 0)
        return lexis->lexemes.items[known];
    struct lexeme *word = arena_new(lexis->arena, struct lexeme);
    low = str_copy(lexis->arena, low);
    *word = (struct lexeme){.low = low, .lemmas = {-1, -1}, .group = -1, .place = -1, .root = -1};
    word->key = text_fold(lexis->arena, without_possessive(low));
    word->id = id_of(lexis, 'k', word->key);
    word->number = is_number(word->key);
    if (!has_digit(word->key)) {
        if (utf8_count(word->key) >= LETTERS_OF_A_ROOT)
            word->root = id_of(lexis, 'r', root_of(lexis, word->key));
        read_form(lexis, word);
    }
    number_add(lexis->arena, &lexis->forms, low, (int)lexis->lexemes.count);
    list_push(lexis->arena, &lexis->lexemes, word);
    return word;
}

static bool shares(int a, int b)
{
    return a >= 0 && a == b;
}

bool lexeme_form(const struct lexeme *a, const struct lexeme *b)
{
    if (a->id == b->id)
        return true;
    if (a->number || b->number)
        return false;
    return shares(a->root, b->root) || shares(a->lemmas[0], b->lemmas[0]) ||
           shares(a->lemmas[0], b->lemmas[1]) || shares(a->lemmas[1], b->lemmas[0]) ||
           shares(a->place, b->place);
}

bool lexeme_same(const struct lexeme *a, const struct lexeme *b)
{
    return lexeme_form(a, b) || (!a->number && !b->number && shares(a->group, b->group));
}

bool term_is_content(const struct term *term)
{
    return !term->word->function && !term->word->coordinator;
}

/* ---- Words ---- */

static bool is_sentence_end(struct str text, const struct word *mark, const struct word *before)
{
    static const char ends[] = "!?;";
    if (mark->span.end - mark->span.start == 1 && strchr(ends, text.ptr[mark->span.start]))
        return true;
    struct str sign = str_slice(text, mark->span.start, mark->span.end);
    if (str_equal(sign, STR("…")) || str_equal(sign, STR("→")))
        return true;
    bool blank = mark->span.end == text.len || strchr(" \n\t\r\"”»)", text.ptr[mark->span.end]);
    size_t letters = before ? before->span.end - before->span.start : 0;
    return str_equal(sign, STR(".")) && blank && letters >= 2;
}

static bool is_hyphen(struct str sign)
{
    static const char *const hyphens[] = {"-", "‑", "–", "/", "'", "’", ".", "&", "+", "#", "_", NULL};
    for (const char *const *hyphen = hyphens; *hyphen; hyphen++)
        if (str_equal(sign, str_from(*hyphen)))
            return true;
    return false;
}

static int boundary_of(struct str text, const struct word *mark, const struct word *before)
{
    struct str sign = str_slice(text, mark->span.start, mark->span.end);
    if (is_sentence_end(text, mark, before))
        return BOUNDARY_SENTENCE;
    if (is_hyphen(sign))
        return BOUNDARY_HYPHEN;
    static const char *const silent[] = {"\"", "“", "”", "«", "»", "*", "$", "€", "%", "¿", "¡", "‘", NULL};
    for (const char *const *quiet = silent; *quiet; quiet++)
        if (str_equal(sign, str_from(*quiet)))
            return BOUNDARY_BLANK;
    return str_equal(sign, STR(",")) ? BOUNDARY_COMMA : BOUNDARY_BRACKET;
}

static bool has_paragraph_break(struct str text, size_t start, size_t end)
{
    int lines = 0;
    for (size_t i = start; i < end; i++)
        lines += text.ptr[i] == '\n';
    return lines > 1 || (lines == 1 && (start == 0 || strchr(".:;!?", text.ptr[start - 1]) != NULL));
}

static bool starts_upper(struct str s)
{
    size_t at = 0;
    return s.len && text_is_upper(utf8_next(s, &at));
}

static void read_words(struct lexis *lexis, struct gist *gist)
{
    struct words words = {0};
    int boundary = BOUNDARY_SENTENCE, sentence = -1;
    size_t end = 0;
    text_words(lexis->scratch, gist->text, &words);
    for (size_t i = 0; i < words.count; i++) {
        const struct word *word = &words.items[i];
        if (i && has_paragraph_break(gist->text, end, word->span.start))
            boundary = BOUNDARY_SENTENCE;
        end = word->span.end;
        if (word->kind == WORD_MARK) {
            int next = boundary_of(gist->text, word, i ? word - 1 : NULL);
            boundary = next > boundary ? next : boundary;
            continue;
        }
        sentence += boundary == BOUNDARY_SENTENCE;
        struct str written = str_slice(gist->text, word->span.start, word->span.end);
        struct term term = {.span = word->span, .boundary = boundary, .sentence = sentence, .name = -1};
        term.word = lexeme_of(lexis, text_lower(lexis->scratch, written));
        term.capital = starts_upper(written);
        list_push(lexis->scratch, &gist->terms, term);
        boundary = BOUNDARY_BLANK;
    }
}

struct str gist_slice(const struct gist *gist, int first, int end)
{
    if (first >= end)
        return (struct str){0};
    return str_slice(gist->text, gist->terms.items[first].span.start, gist->terms.items[end - 1].span.end);
}

/* ---- Slips of the finger ---- */

static int allowed_typos(size_t letters)
{
    return letters < LETTERS_FOR_TYPOS ? 0 : letters < 9 ? 1 : 2;
}

/* The one word of the chapter that is nearest; NULL if none is near, or two are as near. */
static const struct lexeme *nearest(const struct lexis *lexis, const struct lexeme *word)
{
    const struct lexeme *best = NULL;
    int least = allowed_typos(utf8_count(word->key)) + 1;
    bool tie = false;
    list_each (struct lexeme *, item, &lexis->lexemes) {
        const struct lexeme *other = *item;
        size_t gap =
            other->key.len > word->key.len ? other->key.len - word->key.len : word->key.len - other->key.len;
        if (!other->known || other->function || other->number || gap > 2 || !other->key.len ||
            other->key.ptr[0] != word->key.ptr[0])
            continue;
        int distance = text_distance(word->key, other->key, least);
        if (distance > least || (distance == least && !best))
            continue;
        tie = distance == least && best && best->id != other->id;
        if (distance < least)
            best = other, least = distance;
    }
    return tie ? NULL : best;
}

static bool could_be_slip(const struct lexis *lexis, const struct lexeme *word)
{
    return !word->known && !word->function && !word->is_verb && !word->number && !has_digit(word->key) &&
           utf8_count(word->key) >= LETTERS_FOR_TYPOS && !language_is_ordinary(lexis->language, word->low);
}

static void mend_slips(struct lexis *lexis, struct gist *gist)
{
    list_each (struct term, term, &gist->terms) {
        const struct lexeme *meant = could_be_slip(lexis, term->word) ? nearest(lexis, term->word) : NULL;
        if (meant)
            term->word = meant;
    }
}

/* ---- Names ---- */

static struct str joined_key(const struct lexis *lexis, const struct term *terms, int count)
{
    struct str key = {0};
    for (int i = 0; i < count; i++)
        key = key.len ? str_concat(lexis->scratch, key, terms[i].word->key) : terms[i].word->key;
    return key;
}

/* Leading articles are no part of a name. */
static int skip_articles(const struct lexis *lexis, const struct gist *gist)
{
    int at = 0;
    while (at + 1 < (int)gist->terms.count &&
           has_sense(lexis, gist->terms.items[at].word->low, SENSE_ARTICLE, NULL))
        at++;
    return at;
}

static void add_name(struct lexis *lexis, struct str name, int entity)
{
    struct gist gist = {.text = name};
    read_words(lexis, &gist);
    int start = skip_articles(lexis, &gist), count = (int)gist.terms.count - start;
    if (count <= 0 || count > NAME_TERMS_MAX)
        return;
    const struct term *first = &gist.terms.items[start];
    if (count == 1 && (first->word->function || utf8_count(first->word->key) < 2))
        return;
    struct str key = joined_key(lexis, first, count);
    if (number_find(&lexis->names, key) >= 0)
        return;
    entity = lexis_entity(lexis, entity);
    number_add(lexis->arena, &lexis->names, key, entity);
    list_push(lexis->arena, &lexis->name_keys, str_copy(lexis->arena, key));
    list_push(lexis->arena, &lexis->name_entities, entity);
}

/* "Ada" and "Lovelace" for Ada Lovelace, unless they name something else as well. */
static void add_name_parts(struct lexis *lexis, const struct entity *entity, int index)
{
    struct gist gist = {.text = entity->name};
    if (entity->type != ENTITY_PERSON && entity->type != ENTITY_UNKNOWN)
        return;
    read_words(lexis, &gist);
    /* Of what may be a person, only the last word. */
    size_t first = entity->type == ENTITY_PERSON || !gist.terms.count ? 0 : gist.terms.count - 1;
    for (size_t i = first; gist.terms.count > 1 && i < gist.terms.count; i++) {
        const struct term *term = &gist.terms.items[i];
        if (term->capital && utf8_count(term->word->key) > 2)
            add_name(lexis, gist_slice(&gist, (int)i, (int)i + 1), index);
    }
}

/* "The Salt Company" for "the Salt Company of Norland". */
static void add_short_name(struct lexis *lexis, const struct entity *entity, int index)
{
    static const struct str joints[] = {{" of ", 4}, {" de ", 4}, {" del ", 5}};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t at = str_find(entity->name, joints[i], 0);
        if (at != SIZE_MAX && (entity->type == ENTITY_ORG || entity->type == ENTITY_UNKNOWN) &&
            str_contains(str_trim(str_slice(entity->name, 0, at)), STR(" ")))
            add_name(lexis, str_slice(entity->name, 0, at), index);
    }
}

/* "Zeta" for "Zeta 8x7", where no other name begins like that: called last, so that it takes no name from others. */
static void add_family_name(struct lexis *lexis, const struct facts *facts, int index)
{
    const struct entity *entity = &facts->entities.items[index];
    struct str family = entity->name;
    size_t at = 0;
    while (at < family.len && !(family.ptr[at] >= '0' && family.ptr[at] <= '9'))
        at++;
    family = str_slice(family, 0, at);
    while (family.len && strchr(" -v", family.ptr[family.len - 1]))
        family.len--;
    for (size_t i = 0; i < facts->entities.count; i++)
        if ((int)i != index && str_starts(facts->entities.items[i].name, family))
            return;
    if (at < entity->name.len && utf8_count(family) > 3)
        add_name(lexis, family, index);
}

/* Name of the entity that some terms spell; -1 if none. */
static int entity_spelt(const struct lexis *lexis, const struct gist *gist, int first, int count,
                        bool forgiving)
{
    struct str key = joined_key(lexis, &gist->terms.items[first], count);
    int entity = number_find(&lexis->names, key);
    size_t letters = utf8_count(key);
    int allowed = allowed_typos(letters);
    if (entity >= 0 || !forgiving || !allowed || has_digit(key))
        return entity;
    /* A word of the dictionary is no slip of a name. */
    bool ordinary = true;
    for (int i = first; i < first + count; i++)
        ordinary &= gist->terms.items[i].word->known ||
                    language_is_ordinary(lexis->language, gist->terms.items[i].word->low);
    for (size_t i = 0; !ordinary && i < lexis->name_keys.count; i++) {
        struct str other = lexis->name_keys.items[i];
        if (other.ptr[0] == key.ptr[0] && !has_digit(other) && text_distance(key, other, allowed) <= allowed)
            return lexis->name_entities.items[i];
    }
    return -1;
}

/* "Zeta" in "Zeta 5" is another thing than Zeta; a year may follow any name. */
static bool goes_on_as_version(const struct gist *gist, int end)
{
    if (end >= (int)gist->terms.count)
        return false;
    const struct term *next = &gist->terms.items[end];
    return next->boundary <= BOUNDARY_HYPHEN && has_digit(next->word->key) &&
           utf8_count(next->word->key) < 4 &&
           !(end + 1 < (int)gist->terms.count && gist->terms.items[end + 1].word->month);
}

static bool same_stretch(const struct gist *gist, int first, int end)
{
    for (int i = first + 1; i < end; i++)
        if (gist->terms.items[i].boundary >= BOUNDARY_COMMA)
            return false;
    return true;
}

/* A name in small letters is one only if it is no ordinary word. */
static bool looks_like_name(const struct lexis *lexis, const struct gist *gist, int first, int end)
{
    for (int i = first; i < end; i++) {
        const struct term *term = &gist->terms.items[i];
        if (term->capital || has_digit(term->word->key) ||
            !language_is_ordinary(lexis->language, term->word->low))
            return true;
    }
    return end - first > 1;
}

static void add_find(struct lexis *lexis, struct gist *gist, struct find find)
{
    find.span =
        (struct span){gist->terms.items[find.first].span.start, gist->terms.items[find.end - 1].span.end};
    list_push(lexis->scratch, &gist->finds, find);
}

static int longest_name(struct lexis *lexis, const struct gist *gist, int first, bool forgiving,
                        int *ret_entity)
{
    int left = (int)gist->terms.count - first;
    for (int count = left < NAME_TERMS_MAX ? left : NAME_TERMS_MAX; count > 0; count--) {
        if (gist->terms.items[first].word->function && count == 1)
            continue;
        if (!same_stretch(gist, first, first + count))
            continue;
        *ret_entity = entity_spelt(lexis, gist, first, count, forgiving && count <= 4);
        if (*ret_entity >= 0 && !goes_on_as_version(gist, first + count) &&
            looks_like_name(lexis, gist, first, first + count))
            return count;
    }
    return 0;
}

static void find_names(struct lexis *lexis, struct gist *gist, bool forgiving)
{
    for (int i = 0; i < (int)gist->terms.count;) {
        int entity, count = longest_name(lexis, gist, i, forgiving, &entity);
        for (int t = i; t < i + count; t++)
            gist->terms.items[t].name = (int)gist->finds.count;
        if (count)
            add_find(lexis, gist, (struct find){FIND_NAME, .first = i, .end = i + count, .entity = entity});
        i += count ? count : 1;
    }
}

/* Written like a name; at the start of a sentence only if no dictionary has the word. */
static bool looks_strange(const struct lexis *lexis, const struct gist *gist, int at)
{
    const struct term *term = &gist->terms.items[at];
    bool first = at == 0 || gist->terms.items[at - 1].sentence != term->sentence;
    if (!term->capital || term->name >= 0 || term->word->function || term->word->month || term->word->number)
        return false;
    return !first || !language_is_ordinary(lexis->language, term->word->low);
}

static void find_strangers(struct lexis *lexis, struct gist *gist)
{
    for (int i = 0; i < (int)gist->terms.count;) {
        int end = i;
        while (end < (int)gist->terms.count && looks_strange(lexis, gist, end) &&
               (end == i || gist->terms.items[end].boundary <= BOUNDARY_HYPHEN))
            end++;
        if (end > i)
            add_find(lexis, gist, (struct find){FIND_STRANGER, .first = i, .end = end, .entity = -1});
        i = end > i ? end : i + 1;
    }
}

/* ---- Dates and amounts ---- */

static bool may_open_date(const struct term *term)
{
    return term->word->month || (term->word->number && term->name < 0);
}

/* "1500 soldiers" is no year. */
static bool is_plain_year(const struct gist *gist, int at)
{
    const struct term *term = &gist->terms.items[at];
    long year;
    return term->word->key.len == 4 && str_to_long(term->word->key, &year) && year >= 1000 && year <= 2199;
}

static int date_length(struct lexis *lexis, const struct gist *gist, int first, struct date *ret)
{
    int left = (int)gist->terms.count - first;
    for (int count = left < DATE_TERMS_MAX ? left : DATE_TERMS_MAX; count > 0; count--) {
        const struct term *last = &gist->terms.items[first + count - 1];
        if (last->sentence != gist->terms.items[first].sentence || last->word->function)
            continue;
        if (!date_parse(lexis->language, lexis->scratch, gist_slice(gist, first, first + count), ret))
            continue;
        if (count == 1 && !last->word->month && !is_plain_year(gist, first))
            continue;
        return count;
    }
    return 0;
}

static void find_dates(struct lexis *lexis, struct gist *gist)
{
    for (int i = 0; i < (int)gist->terms.count;) {
        struct date date;
        int count = may_open_date(&gist->terms.items[i]) ? date_length(lexis, gist, i, &date) : 0;
        if (count)
            add_find(lexis, gist,
                     (struct find){FIND_DATE, .first = i, .end = i + count, .from = date, .to = date});
        i += count ? count : 1;
    }
}

static bool joins_years(const struct gist *gist, int from, int to)
{
    static const char *const joiners[] = {"a",     "al",   "hasta", "y",       "to",
                                          "until", "till", "and",   "through", NULL};
    if (from == to)
        return gist->terms.items[to].boundary == BOUNDARY_HYPHEN;
    if (to - from > 1)
        return false;
    for (const char *const *joiner = joiners; *joiner; joiner++)
        if (str_equal(gist->terms.items[from].word->low, str_from(*joiner)))
            return true;
    return false;
}

/* "1754 to 1763": two dates become one stretch. */
static void join_ranges(struct gist *gist)
{
    size_t kept = 0;
    for (size_t i = 0; i < gist->finds.count; i++) {
        struct find find = gist->finds.items[i];
        struct find *before = kept ? &gist->finds.items[kept - 1] : NULL;
        if (before && before->kind == FIND_DATE && find.kind == FIND_DATE && before->from.year &&
            find.from.year && find.from.year > before->from.year &&
            joins_years(gist, before->end, find.first)) {
            before->to = find.to;
            before->end = find.end;
            before->span.end = find.span.end;
            continue;
        }
        gist->finds.items[kept++] = find;
    }
    gist->finds.count = kept;
}

static bool is_one(const struct lexeme *word)
{
    return word->count_word && word->value == 1;
}

static void find_amounts(struct lexis *lexis, struct gist *gist)
{
    for (int i = 0; i < (int)gist->terms.count; i++) {
        const struct term *term = &gist->terms.items[i];
        if (term->name >= 0 || !(term->word->number || (term->word->count_word && !is_one(term->word))))
            continue;
        int end = i + 1;
        while (end < (int)gist->terms.count && gist->terms.items[end].boundary <= BOUNDARY_HYPHEN &&
               gist->terms.items[end].word->count_word && gist->terms.items[end].word->value >= 100)
            end++;
        struct find find = {FIND_AMOUNT, .first = i, .end = end};
        if (amount_parse(lexis->language, lexis->scratch, gist_slice(gist, i, end), &find.amount))
            add_find(lexis, gist, find);
        i = end - 1;
    }
}

/* ---- Clauses ---- */

static void mark_negations(const struct lexis *lexis, struct gist *gist)
{
    int count = (int)gist->terms.count;
    struct str *lows = arena_array(lexis->scratch, gist->terms.count + 1, sizeof *lows);
    for (int i = 0; i < count; i++)
        lows[i] = gist->terms.items[i].word->low;
    for (int i = 0; i < count; i++)
        gist->terms.items[i].negation =
            language_phrase(lexis->language, PHRASE_NEGATION, lows + i, (size_t)(count - i), NULL) > 0;
}

/* A stretch between boundaries says something of its own when it has a verb, or a name or a date. */
struct weight {
    bool verb, name, date;
};

static struct weight weigh(const struct gist *gist, int first, int end)
{
    struct weight weight = {0};
    for (int i = first; i < end; i++)
        weight.verb |= gist->terms.items[i].word->finite && gist->terms.items[i].name < 0;
    list_each (const struct find, find, &gist->finds) {
        bool inside = find->first >= first && find->end <= end;
        weight.name |= inside && (find->kind == FIND_NAME || find->kind == FIND_STRANGER);
        weight.date |= inside && (find->kind == FIND_DATE || find->kind == FIND_AMOUNT);
    }
    return weight;
}

static bool stand_alone(struct weight a, struct weight b)
{
    return (a.verb && b.verb) || (a.name && b.name && a.date && b.date);
}

static int stretch_end(const struct gist *gist, int from)
{
    int end = from + 1;
    while (end < (int)gist->terms.count && gist->terms.items[end].boundary < BOUNDARY_COMMA &&
           !gist->terms.items[end].word->coordinator)
        end++;
    return end;
}

static void find_clauses(struct lexis *lexis, struct gist *gist)
{
    for (int i = 0; i < (int)gist->terms.count;) {
        int end = stretch_end(gist, i);
        struct clause *last = gist->clauses.count ? list_last(&gist->clauses) : NULL;
        int sentence = gist->terms.items[i].sentence;
        bool joins = last && last->sentence == sentence &&
                     !stand_alone(weigh(gist, last->first, last->end), weigh(gist, i, end));
        if (joins)
            last->end = end;
        else
            list_push(lexis->scratch, &gist->clauses,
                      (struct clause){.first = i, .end = end, .sentence = sentence});
        i = end;
    }
    for (size_t c = 0; c < gist->clauses.count; c++) {
        struct clause *clause = &gist->clauses.items[c];
        for (int i = clause->first; i < clause->end; i++) {
            gist->terms.items[i].clause = (int)c;
            clause->negative |= gist->terms.items[i].negation;
        }
    }
}

/* ---- Reading ---- */

void gist_read(struct arena *arena, struct lexis *lexis, struct str text, bool forgiving, struct gist *ret)
{
    struct gist gist = {.text = text};
    lexis->scratch = arena;
    read_words(lexis, &gist);
    if (forgiving)
        mend_slips(lexis, &gist);
    find_names(lexis, &gist, forgiving);
    find_dates(lexis, &gist);
    join_ranges(&gist);
    find_amounts(lexis, &gist);
    find_strangers(lexis, &gist);
    mark_negations(lexis, &gist);
    find_clauses(lexis, &gist);
    *ret = gist;
}

void lexis_learn(struct lexis *lexis, struct str text)
{
    struct gist gist = {.text = text};
    read_words(lexis, &gist);
    list_each (struct term, term, &gist.terms)
        ((struct lexeme *)term->word)->known = true;
}

static void count_uses(const struct facts *facts, int *uses)
{
    list_each (const struct fact, fact, facts)
        list_each (struct filler, filler, &fact->roles)
            if (filler->entity >= 0)
                uses[filler->entity]++;
}

/* "Lovelace" and "Ada Lovelace" may be two entities of the store; the one that no fact speaks of, or the short name of a
 * person, is the other. */
static void find_others(struct lexis *lexis, const struct facts *facts)
{
    size_t count = facts->entities.count;
    int *uses = arena_array(lexis->arena, count + 1, sizeof *uses);
    struct numbers aliases = {0};
    count_uses(facts, uses);
    lexis->same = arena_array(lexis->arena, count + 1, sizeof *lexis->same);
    for (size_t i = 0; i < count; i++)
        for (size_t a = 0; a < facts->entities.items[i].aliases.count; a++)
            number_add(lexis->arena, &aliases,
                       text_fold_key(lexis->arena, facts->entities.items[i].aliases.items[a]), (int)i);
    for (size_t i = 0; i < count; i++) {
        const struct entity *entity = &facts->entities.items[i];
        int other = number_find(&aliases, text_fold_key(lexis->arena, entity->name));
        bool same = other >= 0 && (!uses[i] || facts->entities.items[other].type == ENTITY_PERSON);
        lexis->same[i] = same ? other : (int)i;
    }
}

int lexis_entity(const struct lexis *lexis, int entity)
{
    return entity < 0 ? entity : lexis->same[entity];
}

struct lexis *lexis_new(struct arena *arena, struct str lang, const struct facts *facts)
{
    struct lexis *lexis = arena_new(arena, struct lexis);
    lexis->arena = lexis->scratch = arena;
    lexis->language = language_get(lang);
    lexis->spanish = str_equal(lang, STR("es"));
    find_others(lexis, facts);
    for (size_t i = 0; i < facts->entities.count; i++) {
        const struct entity *entity = &facts->entities.items[i];
        add_name(lexis, entity->name, (int)i);
        lexis_learn(lexis, entity->name);
    }
    for (size_t i = 0; i < facts->entities.count; i++) {
        const struct entity *entity = &facts->entities.items[i];
        for (size_t a = 0; a < entity->aliases.count; a++)
            add_name(lexis, entity->aliases.items[a], (int)i);
    }
    for (size_t i = 0; i < facts->entities.count; i++)
        add_name_parts(lexis, &facts->entities.items[i], (int)i);
    for (size_t i = 0; i < facts->entities.count; i++)
        add_family_name(lexis, facts, (int)i);
    for (size_t i = 0; i < facts->entities.count; i++)
        add_short_name(lexis, &facts->entities.items[i], (int)i);
    list_each (const struct fact, fact, facts)
        list_each (struct filler, filler, &fact->roles)
            lexis_learn(lexis, filler->text);
    return lexis;
}
