/* English verb forms: regular spelling by rule, the rest from the lexicon's list. */
#include "language/inside.h"

#include <string.h>

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

static struct str cut(struct str s, size_t bytes)
{
    return str_slice(s, 0, s.len - bytes);
}

/* carry, deny: y behind a consonant. */
static bool ends_in_y(struct str lemma)
{
    return lemma.len > 1 && str_ends(lemma, STR("y")) && !is_vowel(lemma.ptr[lemma.len - 2]);
}

/* stop, plan: one syllable that ends in one vowel and one consonant; longer ones are listed. */
static bool doubles_by_rule(struct str lemma)
{
    size_t n = lemma.len;
    if (n < 3 || is_vowel(lemma.ptr[n - 1]) || strchr("wxy", lemma.ptr[n - 1]) || !is_vowel(lemma.ptr[n - 2]))
        return false;
    if (is_vowel(lemma.ptr[n - 3]) && !(n > 3 && lemma.ptr[n - 3] == 'u' && lemma.ptr[n - 4] == 'q'))
        return false;
    for (size_t i = 0; i + 2 < n; i++)
        if (is_vowel(lemma.ptr[i]) && !(lemma.ptr[i] == 'u' && i > 0 && lemma.ptr[i - 1] == 'q'))
            return false;
    return true;
}

static struct str doubled(struct arena *arena, struct str lemma, const struct irregular *irregular)
{
    if (!irregular->doubles && !doubles_by_rule(lemma))
        return lemma;
    return str_concat(arena, lemma, str_slice(lemma, lemma.len - 1, lemma.len));
}

static struct str present_s(struct arena *arena, struct str lemma)
{
    if (ends_in_y(lemma))
        return str_concat(arena, cut(lemma, 1), STR("ies"));
    static const char *const hissing[] = {"s", "x", "z", "ch", "sh", "o"};
    for (size_t i = 0; i < sizeof hissing / sizeof *hissing; i++)
        if (str_ends(lemma, str_from(hissing[i])))
            return str_concat(arena, lemma, STR("es"));
    return str_concat(arena, lemma, STR("s"));
}

static struct str past_ed(struct arena *arena, struct str lemma, const struct irregular *irregular)
{
    if (str_ends(lemma, STR("e")))
        return str_concat(arena, lemma, STR("d"));
    if (ends_in_y(lemma))
        return str_concat(arena, cut(lemma, 1), STR("ied"));
    return str_concat(arena, doubled(arena, lemma, irregular), STR("ed"));
}

static struct str gerund_ing(struct arena *arena, struct str lemma, const struct irregular *irregular)
{
    if (str_ends(lemma, STR("ie")))
        return str_concat(arena, cut(lemma, 2), STR("ying"));
    bool silent = lemma.len > 2 && str_ends(lemma, STR("e")) && !str_ends(lemma, STR("ee")) &&
                  !str_ends(lemma, STR("oe")) && !str_ends(lemma, STR("ye"));
    return str_concat(arena, silent ? cut(lemma, 1) : doubled(arena, lemma, irregular), STR("ing"));
}

static void add(struct arena *arena, struct forms *ret, struct str text, enum verb_form_kind kind, int person,
                char number)
{
    list_push(arena, ret, ((struct form){text, kind, person, number, 0}));
}

static void add_be(struct arena *arena, struct forms *ret)
{
    static const struct {
        const char *text;
        enum verb_form_kind kind;
        int person;
        char number;
    } forms[] = {{"be", FORM_INFINITIVE, 0, 0},   {"is", FORM_PRESENT, 3, 's'}, {"are", FORM_PRESENT, 3, 'p'},
                 {"am", FORM_PRESENT, 1, 's'},    {"was", FORM_PAST, 3, 's'},   {"were", FORM_PAST, 3, 'p'},
                 {"been", FORM_PARTICIPLE, 0, 0}, {"being", FORM_GERUND, 0, 0}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        add(arena, ret, str_from(forms[i].text), forms[i].kind, forms[i].person, forms[i].number);
}

/* will, can, must: one form each. */
static bool add_modal(struct arena *arena, struct forms *ret, struct str lemma)
{
    static const struct {
        const char *text;
        enum verb_form_kind kind;
    } modals[] = {{"will", FORM_FUTURE},       {"shall", FORM_FUTURE},      {"would", FORM_CONDITIONAL},
                  {"could", FORM_CONDITIONAL}, {"might", FORM_CONDITIONAL}, {"should", FORM_CONDITIONAL},
                  {"can", FORM_PRESENT},       {"may", FORM_PRESENT},       {"must", FORM_PRESENT}};
    for (size_t i = 0; i < sizeof modals / sizeof *modals; i++)
        if (str_equal(lemma, str_from(modals[i].text))) {
            add(arena, ret, lemma, modals[i].kind, 0, 0);
            return true;
        }
    return false;
}

void english_forms(struct arena *arena, struct str lemma, const struct irregular *irregular,
                   struct forms *ret)
{
    if (str_equal(lemma, STR("be"))) {
        add_be(arena, ret);
        return;
    }
    if (!lemma.len || add_modal(arena, ret, lemma))
        return;
    struct str past = irregular->past.len ? irregular->past : past_ed(arena, lemma, irregular);
    struct str participle = irregular->participle.len ? irregular->participle : past;
    struct str third = str_equal(lemma, STR("have")) ? STR("has") : present_s(arena, lemma);
    add(arena, ret, lemma, FORM_INFINITIVE, 0, 0);
    add(arena, ret, third, FORM_PRESENT, 3, 's');
    add(arena, ret, lemma, FORM_PRESENT, 0, 'p');
    add(arena, ret, past, FORM_PAST, 0, 0);
    add(arena, ret, participle, FORM_PARTICIPLE, 0, 0);
    add(arena, ret, gerund_ing(arena, lemma, irregular), FORM_GERUND, 0, 0);
}
