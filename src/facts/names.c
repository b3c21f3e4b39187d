#include "facts/names.h"

#include "base/utf8.h"
#include "facts/book.h"
#include "facts/chapter.h"
#include "facts/cues.h"
#include "facts/forms.h"
#include "facts/time.h"
#include "facts/tokens.h"
#include "text/text.h"

#include <string.h>

/* A name longer than this is no name but a title, a list without commas or an attack. */
#define NAME_MAX_TOKENS 10

static bool has_inner_capital_or_digit(struct str s)
{
    bool first = true, letter = false, found = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        letter |= text_is_lower(c);
        found |= !first && (text_is_upper(c) || text_is_digit(c));
        first = false;
    }
    return letter && found;
}

static int letters_in(struct str s)
{
    int n = 0;
    for (size_t at = 0; at < s.len;)
        n += text_is_letter(utf8_next(s, &at));
    return n;
}

bool token_starts_sentence(const struct reading *r, int i)
{
    for (int k = i - 1; k >= 0; k--) {
        const struct token *t = &r->tokens.items[k];
        if (t->kind != TOKEN_MARK)
            return false;
        if (t->mark == ',' || t->mark == ')' || t->mark == 0x201D || t->mark == 0xBB || t->mark == '%' ||
            t->mark == '/' || t->mark == '&' || t->mark == '-' || t->mark == 0x2013 ||
            (t->mark == '"' && t->partner >= 0 && t->partner < k))
            return false;
        if (t->mark == '(' || t->mark == 0x2014 || t->mark == ';')
            return false;
        if (t->mark == ':' && r->chapter->spanish)
            return false; /* small letters follow a colon in Spanish */
        if (t->mark == ':' || t->mark == '.' || t->mark == '!' || t->mark == '?' || t->mark == 0x2026 ||
            t->mark == 0x201C || t->mark == '"' || t->mark == 0xAB || t->mark == 0xBF || t->mark == 0xA1)
            return true;
    }
    return true;
}

bool token_is_size(struct str s)
{
    size_t i = 0;
    bool digit = false, x = false;
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if (c >= '0' && c <= '9')
            digit = true;
        else if (c == 'x' && digit && !x)
            x = true;
        else if (!(c == '.' || c == ',') || !digit)
            break;
    }
    if (!digit || i + 1 != s.len)
        return false;
    return s.ptr[i] == 'B' || s.ptr[i] == 'M' || s.ptr[i] == 'T' || s.ptr[i] == 'K' || s.ptr[i] == 'b' ||
           s.ptr[i] == 'm';
}

/* "2", "3.1", "0.12", "v2", "1.0A", "4o"; never a year, a thousand or a decade. */
static bool version_shape(struct str s)
{
    size_t i = s.len && (s.ptr[0] == 'v' || s.ptr[0] == 'V'), digits = 0, dots = 0, letters = 0;
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if (c >= '0' && c <= '9' && !letters) {
            if (++digits > 2 && !dots)
                return false;
        } else if (c == '.' && digits && dots < 2 && !letters) {
            dots++;
            digits = 0;
        } else if (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && (digits || dots) && letters < 2) {
            letters++;
        } else {
            return false;
        }
    }
    if (letters == 2 && (str_ends(s, STR("th")) || str_ends(s, STR("st")) || str_ends(s, STR("nd")) ||
                         str_ends(s, STR("rd"))))
        return false;
    return digits > 0;
}

/* What stands behind a number shows whether it counts something or ends a name. */
static bool is_counted(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    if (!t)
        return false;
    if (t->kind == TOKEN_MARK)
        return t->mark == '%' || t->mark == 0xB0;
    if (t->form->flags & (IS_UNIT | IS_MONTH))
        return true;
    if (t->kind != TOKEN_WORD || t->upper || (t->form->flags & (IS_FUNCTION | IS_ADVERB | IS_PREPOSITION)))
        return false;
    return !form_is_verb(t->form) && str_ends(t->form->low, STR("s")) &&
           !str_ends(t->form->low, STR("mente"));
}

/* "the Lark 2600", "Lark 747": three or four digits that are no year and count nothing. */
static bool is_type_number(const struct reading *r, int i)
{
    long value;
    const struct token *t = token_at(r, i), *before = token_at(r, i - 1), *next = token_at(r, i + 1);
    if (r->chapter->spanish || t->kind != TOKEN_NUMBER || !str_to_long(t->form->text, &value) ||
        value < 100 || value > 9999 || (value >= 1000 && value < 2200) || !before || !before->upper ||
        !t->blank)
        return false;
    return !next || next->kind == TOKEN_MARK || next->upper || (next->form->flags & IS_FUNCTION) ||
           form_is_verb(next->form);
}

bool token_is_version(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    if (!t || t->kind == TOKEN_MARK || t->time >= 0)
        return false;
    struct str text = token_text(r, i);
    if (version_shape(text))
        return !is_counted(r, i + 1);
    if (is_type_number(r, i))
        return true;
    return token_is_size(text) && t->kind == TOKEN_NUMBER && !token_is(r, i + 1, "de") &&
           !token_is(r, i + 1, "of");
}

static bool is_variant(const struct reading *r, int i)
{
    return cue_is(r, i, CUE_VARIANT);
}

static bool is_function(const struct token *t)
{
    return t->form->flags & (IS_FUNCTION | IS_STOP_NAME | IS_WEEKDAY | IS_MONTH);
}

static struct form *small_form(const struct reading *r, struct form *form)
{
    return form_lower(&r->chapter->forms, form);
}

static bool is_acronym(const struct reading *r, const struct token *t)
{
    return letters_in(t->form->text) >= 2 &&
           str_equal(text_upper(r->chapter->scratch, t->form->text), t->form->text);
}

/* A capitalised word at the start of a sentence that is a name nevertheless. */
static bool initial_is_name(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    struct form *small = small_form(r, t->form);
    if (t->form->capital > small->small && t->form->capital > 0)
        return true;
    if (has_inner_capital_or_digit(t->form->text) || book_affirms(r->chapter, t->form->text))
        return true;
    if (t->strong && token_is_mark(r, i - 1, ':') && !r->tokens.items[i - 1].strong)
        return true; /* "a new service: **Lark**" */
    if (t->form->flags & (IS_FIRST_NAME | IS_PLACE))
        return small->small == 0;
    if (small->small > 0 || form_is_verb(small) ||
        (token_is_mark(r, i + 1, ':') && (small->flags & (IS_CLASS_NOUN | IS_ROLE))))
        return false;
    if (letters_in(t->form->text) >= 2 &&
        str_equal(text_upper(r->chapter->scratch, t->form->text), t->form->text))
        return true; /* an acronym */
    return !form_is_ordinary(&r->chapter->forms, small);
}

/* "the Second Triumvirate", "Internet Archive": words that are no names alone open one before another capital. */
static bool leads_name(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i), *next = token_at(r, i + 1);
    bool opens = (t->form->flags & IS_ORDINAL) ||
                 ((t->form->flags & IS_STOP_NAME) && t->form->text.len > 3 && !is_acronym(r, t));
    return opens && !r->chapter->spanish && t->upper && next && next->upper && next->blank &&
           next->kind == TOKEN_WORD && !is_function(next) && !token_starts_sentence(r, i);
}

/* The token may begin or continue a name by its own looks. */
static bool is_name_word(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    if (!t || t->kind == TOKEN_MARK || t->time >= 0 || t->code)
        return false;
    if (t->kind == TOKEN_NUMBER)
        return letters_in(t->form->text) >= 3 && t->form->text.ptr[0] != '$' && !(t->form->flags & IS_UNIT) &&
               !str_ends(t->form->low, STR("th")) && !token_is_size(t->form->text);
    if (!t->upper)
        return has_inner_capital_or_digit(t->form->text) && letters_in(t->form->text) >= 3 &&
               !str_starts(t->form->low, STR("mid-"));
    return (!is_function(t) || leads_name(r, i)) && !str_ends(t->form->low, STR("-old"));
}

/* "King" where the chapter knows somebody of that name, and the word stands alone. */
static bool is_surname(const struct reading *r, int i)
{
    struct chapter *chapter = r->chapter;
    if (!chapter->settled || !r->tokens.items[i].upper || token_has(r, i - 1, IS_DETERMINER | IS_DEMONYM) ||
        token_is(r, i + 1, "of") || is_acronym(r, token_at(r, i)))
        return false;
    const struct entity *e = entity_at(chapter->entities, entity_find(chapter, token_text(r, i)));
    return e && e->type == ENTITY_PERSON && e->name.len > token_text(r, i).len;
}

static bool begins_name(const struct reading *r, int i)
{
    if (!is_name_word(r, i))
        return false;
    const struct token *t = token_at(r, i), *behind = token_at(r, i + 1);
    bool more = behind && behind->upper && behind->blank && is_name_word(r, i + 1);
    if ((t->form->flags & IS_ROLE) && !(t->form->flags & IS_CLASS_NOUN) && (!more || is_acronym(r, t)))
        return is_surname(r, i); /* "CEO", "King" alone */
    bool opens = token_starts_sentence(r, i) || (token_is_mark(r, i - 1, ':') && !more &&
                                                 form_verb(small_form(r, t->form), FORM_PARTICIPLE));
    if (!t->upper || t->kind == TOKEN_NUMBER || !opens)
        return true;
    if (initial_is_name(r, i))
        return true;
    if (token_is(r, i + 1, "the") && token_at(r, i + 2) && token_at(r, i + 2)->upper &&
        !form_is_verb(small_form(r, t->form)) && !token_has(r, i + 2, IS_DEMONYM | IS_CLASS_NOUN) &&
        !(t->form->flags & IS_FUNCTION))
        return true; /* "Sonic the Hedgehog" */
    /* "North Harbour won", "Tratado de Ávila": an ordinary word opens a longer name. */
    const struct token *next = token_at(r, i + 1);
    bool longer = next && next->upper && next->kind == TOKEN_WORD && next->blank && is_name_word(r, i + 1);
    uint32_t opener = IS_TITLE | IS_CLASS_NOUN | IS_ROLE;
    if (longer && (t->form->flags & opener))
        return true;
    if (longer && !str_equal(r->chapter->doc->lang, STR("es")) && !form_is_verb(small_form(r, t->form)) &&
        !(t->form->flags & IS_ADVERB))
        return true;
    return (t->form->flags & IS_CLASS_NOUN) && (token_is(r, i + 1, "de") || token_is(r, i + 1, "of")) &&
           next && token_at(r, i + 2) && token_at(r, i + 2)->upper;
}

static bool is_common(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i);
    if (t->form->flags & (IS_CLASS_NOUN | IS_ROLE))
        return true;
    if (has_inner_capital_or_digit(t->form->text) ||
        (t->form->flags & (IS_FIRST_NAME | IS_PLACE | IS_DEMONYM)))
        return false;
    return form_is_ordinary(&r->chapter->forms, small_form(r, t->form));
}

/* "of", "de la", "of the" between the words of one name: how many tokens, 0 if the name ends here. Names that are
 * common nouns take what follows ("Treaty of Avila"); others do not ("Acme de Lugo"). */
static int link_at(const struct reading *r, int i, int first)
{
    int n = 0;
    if (token_is(r, i, "&") && token_at(r, i)->blank)
        return token_at(r, i + 1) && token_at(r, i + 1)->upper ? 1 : 0;
    if (token_is(r, i, "de") || token_is(r, i, "del") || token_is(r, i, "of") || token_is(r, i, "for")) {
        n = 1;
        if (token_is(r, i + 1, "la") || token_is(r, i + 1, "los") || token_is(r, i + 1, "las") ||
            token_is(r, i + 1, "the") || token_is(r, i + 1, "el"))
            n = 2;
        const struct token *next = token_at(r, i + n);
        if (!next || !next->upper || !is_name_word(r, i + n))
            return 0;
        if (i - 1 == first && (token_at(r, first)->form->flags & IS_FIRST_NAME) && n == 1)
            return n; /* "Juana de Arco" */
        if (token_has(r, first, IS_ROLE) && !token_has(r, first, IS_CLASS_NOUN))
            return 0; /* "King of France" is a role */
        return is_common(r, i - 1) || is_common(r, first) ? n : 0;
    }
    const struct token *named = token_at(r, i + 1);
    if (token_is(r, i, "the") && i - 1 == first && named && named->upper && named->kind == TOKEN_WORD &&
        !token_has(r, first, IS_PLACE | IS_ROLE | IS_CLASS_NOUN | IS_ORDINAL | IS_DEMONYM) &&
        named->name < 0 &&
        form_is_ordinary(&r->chapter->forms, form_lower(&r->chapter->forms, named->form)) &&
        !token_has(r, i + 1, IS_CLASS_NOUN | IS_DEMONYM))
        return 1; /* "Anna the Great" */
    bool prize = token_is(r, i, "in") && (token_is(r, i - 1, "prize") || token_is(r, i - 1, "medal"));
    if (prize && token_at(r, i + 1) && token_at(r, i + 1)->upper)
        return 1; /* "the Lark Prize in Physics" */
    if (cue_is(r, i, CUE_NAME_PARTICLE) && token_at(r, i + 1) && token_at(r, i + 1)->upper &&
        !is_common(r, first))
        return 1;
    return 0;
}

/* The possessive inside a name: "King Arno's War", "Simons' Ford"; not "Acme's board", "Acme's Lark". */
static int owner_link_at(const struct reading *r, int i, bool linked)
{
    bool apostrophe = token_is_mark(r, i, 0x2019) || token_is_mark(r, i, '\'');
    if (!apostrophe && !token_is(r, i, "'s") && !token_is(r, i, "’s"))
        return 0;
    if (token_at(r, i)->blank || (apostrophe && !str_ends(token_at(r, i - 1)->form->low, STR("s"))))
        return 0;
    int end = i + 1;
    while (end < i + 4 && is_name_word(r, end) && token_at(r, end)->upper)
        end++;
    if (end == i + 1 || r->block->kind == BLOCK_HEADING)
        return 0;
    return linked || token_has(r, end - 1, IS_CLASS_NOUN) ? 1 : 0;
}

/* "Desde Zeta-9 Acme avisó": behind a version comes another name, unless both were seen as one before. */
static bool closes_with_digit(const struct reading *r, int first, int i)
{
    struct str before = token_text(r, i - 1);
    bool digit = before.len > 1 && before.ptr[before.len - 1] >= '0' && before.ptr[before.len - 1] <= '9';
    if (!digit)
        return false;
    const struct entity *both =
        entity_at(r->chapter->entities, entity_find(r->chapter, tokens_text(r, first, i + 1)));
    return !both || both->mentions < 2;
}

/* "Con A y Foo Bar cambió": two names that only met here, each well known by itself. */
static bool parts_here(const struct reading *r, int first, int i)
{
    struct chapter *chapter = r->chapter;
    if (!chapter->settled)
        return false;
    const struct entity *left = entity_at(chapter->entities, entity_find(chapter, tokens_text(r, first, i))),
                        *right = entity_at(chapter->entities, entity_find(chapter, token_text(r, i))),
                        *both =
                            entity_at(chapter->entities, entity_find(chapter, tokens_text(r, first, i + 1)));
    return left && right && left != right && left->mentions > 1 && right->mentions > 1 &&
           (!both || both->mentions < 2) && left->type != ENTITY_PERSON;
}

/* "Acme AI", "the Acme PC": an abbreviation that is no name by itself ends one. */
static bool ends_in_sign(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i), *before = token_at(r, i - 1);
    return (t->form->flags & IS_STOP_NAME) && t->kind == TOKEN_WORD && t->blank && t->form->text.len == 2 &&
           is_acronym(r, t) && before->upper && !(before->form->flags & (IS_FUNCTION | IS_ROLE)) &&
           t->strong == before->strong;
}

/* "Constitución de 1812": a law, a war or a congress that its year tells apart. */
static bool takes_year(const struct reading *r, int first)
{
    const struct token *year = token_at(r, first + 2), *name = token_at(r, first);
    return year && name->upper && name->kind == TOKEN_WORD && (name->form->flags & IS_CLASS_NOUN) &&
           cue_is(r, first + 1, CUE_OF) && year->kind == TOKEN_NUMBER && year->form->text.len == 4 &&
           year->blank;
}

static int name_end(const struct reading *r, int first)
{
    if (takes_year(r, first))
        return first + 3;
    int i = first + 1;
    bool linked = false;
    while (i - first < NAME_MAX_TOKENS) {
        const struct token *t = token_at(r, i);
        if (!t)
            break;
        if (t->kind != TOKEN_MARK && t->blank && (token_is_version(r, i) || is_variant(r, i))) {
            i++;
            continue;
        }
        if (t->kind == TOKEN_WORD && t->blank && is_name_word(r, i) &&
            (t->upper || token_at(r, first)->upper) && t->strong == token_at(r, i - 1)->strong) {
            if (parts_here(r, first, i) || closes_with_digit(r, first, i))
                break;
            i++;
            continue;
        }
        if (ends_in_sign(r, i)) {
            i++;
            continue;
        }
        if (t->kind == TOKEN_WORD && roman_value(t->form->text) && t->upper && t->form->text.len <= 5) {
            i++;
            continue;
        }
        int link = link_at(r, i, first);
        if (!link)
            link = owner_link_at(r, i, linked);
        if (!link)
            break;
        linked = true;
        i += link + 1;
    }
    return i;
}

static void add(struct arena *scratch, struct reading *r, struct name name)
{
    for (int i = name.first; i < name.end; i++) {
        r->tokens.items[i].name = (int)r->names.count;
        r->tokens.items[i].time = -1; /* the year is the name's own */
    }
    list_push(scratch, &r->names, name);
}

/* "Zeta 5.1, 5.2 y 5.3": the bare versions take the family of the name before. */
static int add_versions(struct arena *scratch, struct reading *r, struct name name)
{
    if (name.end - name.first < 2 || !version_shape(token_text(r, name.end - 1)) ||
        token_at(r, name.end - 1)->kind != TOKEN_NUMBER)
        return name.end;
    int found[8], count = 0, i = name.end;
    bool closed = false;
    while (count < 8 && !closed) {
        int at = i;
        if (token_is_mark(r, at, ','))
            at++;
        if (token_has(r, at, IS_COORDINATOR)) {
            at++;
            closed = true;
        }
        if (at == i || !token_at(r, at) || token_at(r, at)->kind != TOKEN_NUMBER ||
            !version_shape(token_text(r, at)) || !token_is_version(r, at))
            break;
        found[count++] = at;
        i = at + 1;
    }
    if (!count || !closed)
        return name.end;
    struct str family = tokens_text(r, name.first, name.end - 1);
    int base = (int)r->names.count - 1;
    for (int k = 0; k < count; k++)
        add(scratch, r,
            (struct name){
                .first = found[k],
                .end = found[k] + 1,
                .entity = -1,
                .family = base,
                .text = str_format(scratch, "%.*s %.*s", STR_ARG(family), STR_ARG(token_text(r, found[k])))});
    return i;
}

/* "orbTex, nubseq, ZeBra": a word that no dictionary knows, between names, is one of them. */
static void add_listed(struct arena *scratch, struct reading *r)
{
    for (int i = 1; i + 1 < (int)r->tokens.count; i++) {
        struct token *t = token_at(r, i);
        if (t->kind != TOKEN_WORD || t->name >= 0 || t->upper || (t->form->flags & IS_FUNCTION))
            continue;
        bool before = (token_is_mark(r, i - 1, ',') || token_is_mark(r, i - 1, ':') ||
                       token_has(r, i - 1, IS_COORDINATOR));
        bool behind = token_is_mark(r, i + 1, ',') || token_has(r, i + 1, IS_COORDINATOR) ||
                      token_is_mark(r, i + 1, '.');
        bool near = (i >= 2 && token_at(r, i - 2)->name >= 0) ||
                    (token_at(r, i + 2) && token_at(r, i + 2)->name >= 0);
        if (before && behind && near && !form_is_verb(t->form) &&
            !form_is_ordinary(&r->chapter->forms, t->form))
            add(scratch, r,
                (struct name){
                    .first = i, .end = i + 1, .entity = -1, .family = -1, .text = token_text(r, i)});
    }
}

/* "**Danish and Saxon War**": what the author set in bold as one thing, capitals at both ends, "and" inside. */
static int bold_end(const struct reading *r, int i)
{
    if (!r->tokens.items[i].strong || !r->tokens.items[i].upper || (i > 0 && r->tokens.items[i - 1].strong))
        return -1;
    int end = i;
    bool joined = false;
    while (end < (int)r->tokens.count && r->tokens.items[end].strong && end - i < NAME_MAX_TOKENS) {
        const struct token *t = &r->tokens.items[end];
        if (t->kind == TOKEN_MARK)
            return -1;
        if (!t->upper && !(t->form->flags & (IS_COORDINATOR | IS_PREPOSITION | IS_ARTICLE)))
            return -1;
        joined |= (t->form->flags & IS_COORDINATOR) != 0;
        end++;
    }
    return joined && end - i > 2 && r->tokens.items[end - 1].upper && token_has(r, end - 1, IS_CLASS_NOUN)
               ? end
               : -1;
}

/* The same name elsewhere, without its bold. */
static int known_end(const struct reading *r, int i)
{
    if (!r->chapter->settled || !r->tokens.items[i].upper)
        return -1;
    bool joined = false;
    for (int end = i + 1; end < (int)r->tokens.count && end - i < NAME_MAX_TOKENS; end++) {
        const struct token *t = &r->tokens.items[end];
        if (t->kind == TOKEN_MARK ||
            (!t->upper && !(t->form->flags & (IS_COORDINATOR | IS_PREPOSITION | IS_ARTICLE))))
            return -1;
        joined |= (t->form->flags & IS_COORDINATOR) != 0;
        if (joined && t->upper && (t->form->flags & IS_CLASS_NOUN))
            return entity_find(r->chapter, tokens_text(r, i, end + 1)) >= 0 ? end + 1 : -1;
    }
    return -1;
}

/* "Estados Unidos", "Buenos Aires", "Puerto Rico": places of two or three words, even at the start of a sentence. */
static int gazetteer_end(const struct reading *r, int i)
{
    if (!r->tokens.items[i].upper || (r->tokens.items[i].form->flags & (IS_MONTH | IS_WEEKDAY)))
        return -1;
    for (int end = i + 3; end > i + 1; end--) {
        const struct token *last = token_at(r, end - 1);
        if (!last || !last->upper || !last->blank || last->kind != TOKEN_WORD)
            continue;
        struct str text = tokens_text(r, i, end);
        if (text.len < 40 && (forms_get(&r->chapter->forms, text)->flags & IS_PLACE))
            return end;
    }
    return -1;
}

/* "the Danish and Saxon War": two peoples and what was between them. */
static int peoples_end(const struct reading *r, int i)
{
    bool joined = token_has(r, i, IS_DEMONYM) && token_has(r, i + 1, IS_COORDINATOR) && token_at(r, i + 2) &&
                  token_at(r, i + 2)->upper;
    const struct token *last = joined ? token_at(r, i + 3) : NULL;
    return last && last->upper && (last->form->flags & IS_CLASS_NOUN) ? i + 4 : -1;
}

/* "Bavarian Anna Huber": a people's name in front of a person's. */
static bool qualifies_person(const struct reading *r, int i)
{
    const struct token *t = token_at(r, i), *next = token_at(r, i + 1), *surname = token_at(r, i + 2);
    bool people = (t->form->flags & IS_DEMONYM) || str_ends(t->form->low, STR("ian")) ||
                  str_ends(t->form->low, STR("ish"));
    return people && !(t->form->flags & IS_FIRST_NAME) && next && (next->form->flags & IS_FIRST_NAME) &&
           next->blank && surname && surname->upper && surname->kind == TOKEN_WORD;
}

/* What a teacher says is no name. */
static void drop_denied(struct reading *r)
{
    size_t kept = 0;
    if (!r->chapter->known)
        return;
    list_each (struct name, name, &r->names) {
        bool denied = book_denies(r->chapter, name->text);
        for (int i = name->first; i < name->end; i++)
            r->tokens.items[i].name = denied ? -1 : (int)kept;
        if (!denied)
            r->names.items[kept++] = *name;
    }
    r->names.count = kept;
}

void names_read(struct arena *scratch, struct reading *r)
{
    for (int i = 0; i < (int)r->tokens.count;) {
        int whole = bold_end(r, i);
        if (whole < 0)
            whole = gazetteer_end(r, i);
        if (whole < 0)
            whole = peoples_end(r, i);
        if (whole < 0)
            whole = known_end(r, i);
        if (whole > 0) {
            add(scratch, r,
                (struct name){
                    .first = i, .end = whole, .entity = -1, .family = -1, .text = tokens_text(r, i, whole)});
            i = whole;
            continue;
        }
        if (!begins_name(r, i)) {
            i++;
            continue;
        }
        if (qualifies_person(r, i)) {
            i++;
            continue;
        }
        struct name name = {.first = i, .end = name_end(r, i), .entity = -1, .family = -1};
        name.text = tokens_text(r, name.first, name.end);
        add(scratch, r, name);
        i = add_versions(scratch, r, name);
    }
    add_listed(scratch, r);
    drop_denied(r);
}

void names_learn(struct reading *r)
{
    for (int i = 0; i < (int)r->tokens.count; i++) {
        struct token *t = token_at(r, i);
        if (t->kind != TOKEN_WORD)
            continue;
        if (!t->upper)
            t->form->small++;
        else if (!token_starts_sentence(r, i) && !token_is_mark(r, i - 1, ':'))
            t->form->capital++;
    }
}
