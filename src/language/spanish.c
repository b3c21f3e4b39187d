/* Spanish verb forms: three regular paradigms, spelling that follows sound, stem changes, and for the few
 * truly irregular verbs the parts that the lexicon names. */
#include "base/utf8.h"
#include "language/inside.h"

#include <string.h>

struct conjugation {
    struct arena *arena;
    const struct irregular *irregular;
    struct forms *out;
    struct str stem;       /* infinitive without its ending */
    char vowel;            /* of the ending: a, e, i */
    struct str infinitive; /* with í of oír, reír made i: what future and conditional build on */
};

static void add(struct conjugation *c, struct str stem, const char *ending, enum verb_form_kind kind,
                int person, char number)
{
    struct str text = str_concat(c->arena, stem, str_from(ending));
    list_push(c->arena, c->out, ((struct form){text, kind, person, number, 0}));
}

static struct str replace_last(struct conjugation *c, struct str stem, const char *from, const char *to)
{
    size_t length = strlen(from);
    for (size_t at = stem.len; at-- > 0;)
        if (at + length <= stem.len && memcmp(stem.ptr + at, from, length) == 0)
            return str_format(c->arena, "%.*s%s%.*s", STR_ARG(str_slice(stem, 0, at)), to,
                              STR_ARG(str_slice(stem, at + length, stem.len)));
    return stem;
}

static bool has(struct str s, const char *part)
{
    return str_contains(s, str_from(part));
}

/* The stem where the stress falls on it: pienso, cuento, pido, envío. */
static struct str stressed(struct conjugation *c)
{
    struct str stem = c->stem;
    switch (c->irregular->change) {
    case 'e':
        return has(stem, "e") ? replace_last(c, stem, "e", "ie") : replace_last(c, stem, "i", "ie");
    case 'o': {
        if (!has(stem, "o"))
            return replace_last(c, stem, "u", "ue");
        struct str changed = replace_last(c, stem, "o", "ue");
        return has(stem, "gonz") ? replace_last(c, changed, "gue", "güe") : changed;
    }
    case 'i':
        return replace_last(c, stem, "e", "i");
    case 'a': {
        size_t i = 0, u = 0;
        for (size_t at = 0; at < stem.len; at++) {
            i = stem.ptr[at] == 'i' ? at + 1 : i;
            u = stem.ptr[at] == 'u' ? at + 1 : u;
        }
        return i > u ? replace_last(c, stem, "i", "í") : replace_last(c, stem, "u", "ú");
    }
    default:
        return stem;
    }
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

/* -uir with a sounded u: construir, huir; not seguir, delinquir. */
static bool is_uir(const struct conjugation *c)
{
    return c->vowel == 'i' && str_ends(c->stem, STR("u")) && !str_ends(c->stem, STR("gu")) &&
           !str_ends(c->stem, STR("qu"));
}

static bool ends_in_vowel(const struct conjugation *c)
{
    return c->vowel != 'a' && c->stem.len && is_vowel(c->stem.ptr[c->stem.len - 1]) &&
           (!str_ends(c->stem, STR("u")) || is_uir(c));
}

static struct str cut(struct str s, size_t bytes)
{
    return str_slice(s, 0, s.len - bytes);
}

/* The stem before o and a of -er, -ir verbs: venzo, cojo, sigo, conozco, construyo. */
static struct str before_o(struct conjugation *c, struct str stem)
{
    if (c->vowel == 'a')
        return stem;
    if (is_uir(c))
        return str_concat(c->arena, stem, STR("y"));
    if (str_ends(stem, STR("gu")))
        return cut(stem, 1);
    if (str_ends(stem, STR("qu")))
        return str_concat(c->arena, cut(stem, 2), STR("c"));
    if (str_ends(stem, STR("g")))
        return str_concat(c->arena, cut(stem, 1), STR("j"));
    if (!str_ends(stem, STR("c")))
        return stem;
    bool vowel = stem.len > 1 && is_vowel(stem.ptr[stem.len - 2]) && c->irregular->change != 'o' &&
                 !str_equal(stem, STR("mec"));
    return str_concat(c->arena, cut(stem, 1), vowel ? STR("zc") : STR("z"));
}

/* The stem before e of -ar verbs: toqué, pagué, lancé, averigüé. */
static struct str before_e(struct conjugation *c, struct str stem)
{
    if (str_ends(stem, STR("c")))
        return str_concat(c->arena, cut(stem, 1), STR("qu"));
    if (str_ends(stem, STR("gu")))
        return str_concat(c->arena, cut(stem, 1), STR("ü"));
    if (str_ends(stem, STR("g")))
        return str_concat(c->arena, stem, STR("u"));
    if (str_ends(stem, STR("z")))
        return str_concat(c->arena, cut(stem, 1), STR("c"));
    return stem;
}

static const struct {
    int person;
    char number;
} persons[] = {{1, 's'}, {2, 's'}, {3, 's'}, {1, 'p'}, {3, 'p'}};

static void add_listed(struct conjugation *c, struct str forms, enum verb_form_kind kind)
{
    struct str form;
    for (int i = 0; i < 5 && str_split(&forms, ',', &form); i++)
        add(c, form, "", kind, persons[i].person, persons[i].number);
}

static void add_five(struct conjugation *c, const struct str stems[5], const char *const endings[5],
                     enum verb_form_kind kind)
{
    for (int i = 0; i < 5; i++)
        add(c, stems[i], endings[i], kind, persons[i].person, persons[i].number);
}

static int vowel_index(const struct conjugation *c)
{
    return c->vowel == 'a' ? 0 : c->vowel == 'e' ? 1 : 2;
}

static void add_present(struct conjugation *c)
{
    if (c->irregular->present_forms.len) {
        add_listed(c, c->irregular->present_forms, FORM_PRESENT);
        return;
    }
    static const char *const endings[3][5] = {
        {"o", "as", "a", "amos", "an"}, {"o", "es", "e", "emos", "en"}, {"o", "es", "e", "imos", "en"}};
    struct str strong = stressed(c), yo = before_o(c, strong);
    if (is_uir(c))
        strong = str_concat(c->arena, strong, STR("y"));
    struct str stems[5] = {yo, strong, strong, c->stem, strong};
    add_five(c, stems, endings[vowel_index(c)], FORM_PRESENT);
    if (c->irregular->yo.len)
        c->out->items[c->out->count - 5].text = c->irregular->yo;
}

/* -ir verbs that change in the present change to i or u in these places: pidió, sintiendo, durmieron. */
static struct str weakened(struct conjugation *c)
{
    if (c->vowel != 'i' || !c->irregular->change || c->irregular->change == 'a')
        return c->stem;
    if (c->irregular->change == 'o')
        return replace_last(c, c->stem, "o", "u");
    struct str weak = replace_last(c, c->stem, "e", "i");
    return has(c->stem, "dquir") || has(c->stem, "cern") ? c->stem : weak;
}

static bool is_palatal(struct str stem)
{
    return str_ends(stem, STR("ñ")) || str_ends(stem, STR("ll"));
}

static void add_strong_past(struct conjugation *c)
{
    struct str stem = c->irregular->past;
    bool j = str_ends(stem, STR("j"));
    const char *const endings[5] = {"e", "iste", "o", "imos", j ? "eron" : "ieron"};
    struct str stems[5] = {stem, stem, stem, stem, stem};
    if (str_ends(stem, STR("ic")))
        stems[2] = str_concat(c->arena, cut(stem, 1), STR("z"));
    add_five(c, stems, endings, FORM_PAST);
}

static void add_past(struct conjugation *c)
{
    static const char *const regular[2][5] = {{"é", "aste", "ó", "amos", "aron"},
                                              {"í", "iste", "ió", "imos", "ieron"}};
    static const char *const with_y[5] = {"í", "íste", "yó", "ímos", "yeron"};
    static const char *const uir[5] = {"í", "iste", "yó", "imos", "yeron"};
    static const char *const palatal[5] = {"í", "iste", "ó", "imos", "eron"};
    struct str weak = weakened(c), stems[5] = {c->stem, c->stem, weak, c->stem, weak};
    if (c->irregular->past_forms.len) {
        add_listed(c, c->irregular->past_forms, FORM_PAST);
    } else if (c->irregular->past.len) {
        add_strong_past(c);
    } else if (c->vowel == 'a') {
        stems[0] = before_e(c, c->stem);
        add_five(c, stems, regular[0], FORM_PAST);
    } else if (is_uir(c)) {
        add_five(c, stems, uir, FORM_PAST);
    } else if (ends_in_vowel(c)) {
        add_five(c, stems, with_y, FORM_PAST);
    } else {
        add_five(c, stems, is_palatal(c->stem) ? palatal : regular[1], FORM_PAST);
    }
}

static void add_imperfect(struct conjugation *c)
{
    static const char *const endings[2][5] = {{"aba", "abas", "aba", "ábamos", "aban"},
                                              {"ía", "ías", "ía", "íamos", "ían"}};
    static const char *const bare[5] = {"", "s", "", "mos", "n"};
    struct str base = c->irregular->imperfect;
    if (base.len) {
        struct str stems[5] = {base, base, base, base, base};
        add_five(c, stems, bare, FORM_IMPERFECT);
        return;
    }
    struct str stems[5] = {c->stem, c->stem, c->stem, c->stem, c->stem};
    add_five(c, stems, endings[c->vowel != 'a'], FORM_IMPERFECT);
}

static void add_future(struct conjugation *c)
{
    static const char *const future[5] = {"é", "ás", "á", "emos", "án"};
    static const char *const conditional[5] = {"ía", "ías", "ía", "íamos", "ían"};
    struct str base = c->irregular->future.len ? c->irregular->future : c->infinitive;
    struct str stems[5] = {base, base, base, base, base};
    add_five(c, stems, future, FORM_FUTURE);
    add_five(c, stems, conditional, FORM_CONDITIONAL);
}

static void add_subjunctive(struct conjugation *c)
{
    struct str stem = c->irregular->subjunctive;
    const char *vowel = c->vowel == 'a' ? "e" : "a";
    if (str_ends(stem, STR("-"))) {
        stem = cut(stem, 1);
        vowel = "";
    } else if (!stem.len && c->irregular->yo.len && str_ends(c->irregular->yo, STR("o"))) {
        stem = cut(c->irregular->yo, 1);
    } else if (!stem.len) {
        struct str strong = stressed(c);
        stem = c->vowel == 'a' ? before_e(c, strong) : before_o(c, strong);
    }
    add(c, stem, vowel, FORM_SUBJUNCTIVE, 3, 's');
    add(c, str_concat(c->arena, stem, str_from(vowel)), "n", FORM_SUBJUNCTIVE, 3, 'p');
}

/* Built on the third person plural of the preterite, the last form of add_past. */
static void add_past_subjunctive(struct conjugation *c, struct str they)
{
    struct str stem = cut(they, strlen("ron"));
    static const char *const endings[] = {"ra", "se"};
    for (int i = 0; i < 2; i++) {
        add(c, stem, endings[i], FORM_PAST_SUBJUNCTIVE, 3, 's');
        add(c, str_concat(c->arena, stem, str_from(endings[i])), "n", FORM_PAST_SUBJUNCTIVE, 3, 'p');
    }
}

static void add_gerund(struct conjugation *c)
{
    struct str weak = weakened(c);
    if (c->irregular->gerund.len)
        add(c, c->irregular->gerund, "", FORM_GERUND, 0, 0);
    else if (c->vowel == 'a')
        add(c, c->stem, "ando", FORM_GERUND, 0, 0);
    else if (ends_in_vowel(c))
        add(c, weak, "yendo", FORM_GERUND, 0, 0);
    else
        add(c, weak, is_palatal(weak) ? "endo" : "iendo", FORM_GERUND, 0, 0);
}

static void add_participle(struct conjugation *c, struct str masculine)
{
    static const struct {
        const char *ending;
        char gender, number;
    } forms[] = {{"o", 'm', 's'}, {"a", 'f', 's'}, {"os", 'm', 'p'}, {"as", 'f', 'p'}};
    struct str base = cut(masculine, 1);
    for (int i = 0; i < 4; i++) {
        add(c, base, forms[i].ending, FORM_PARTICIPLE, 0, forms[i].number);
        list_last(c->out)->gender = forms[i].gender;
    }
}

static void add_participles(struct conjugation *c)
{
    struct str listed = c->irregular->participle, one;
    if (listed.len) {
        while (str_split(&listed, ',', &one))
            add_participle(c, one);
        return;
    }
    bool accent = ends_in_vowel(c) && !is_uir(c);
    const char *ending = c->vowel == 'a' ? "ado" : accent ? "ído" : "ido";
    add_participle(c, str_concat(c->arena, c->stem, str_from(ending)));
}

void spanish_forms(struct arena *arena, struct str lemma, const struct irregular *irregular,
                   struct forms *ret)
{
    struct conjugation c = {.arena = arena, .irregular = irregular, .out = ret, .infinitive = lemma};
    if (str_ends(lemma, STR("ír"))) {
        c.stem = cut(lemma, strlen("ír"));
        c.vowel = 'i';
        c.infinitive = str_concat(arena, c.stem, STR("ir"));
    } else if (lemma.len > 1 &&
               (str_ends(lemma, STR("ar")) || str_ends(lemma, STR("er")) || str_ends(lemma, STR("ir")))) {
        c.stem = cut(lemma, 2);
        c.vowel = lemma.ptr[lemma.len - 2];
    } else {
        return;
    }
    struct irregular ducir;
    if (str_ends(lemma, STR("ducir")) && !irregular->past.len) {
        ducir = *irregular;
        ducir.past = str_concat(arena, cut(c.stem, 1), STR("j"));
        c.irregular = &ducir;
    }
    add(&c, lemma, "", FORM_INFINITIVE, 0, 0);
    add_present(&c);
    add_past(&c);
    struct str they = list_last(ret)->text;
    add_imperfect(&c);
    add_future(&c);
    add_subjunctive(&c);
    add_past_subjunctive(&c, they);
    add_gerund(&c);
    add_participles(&c);
}
