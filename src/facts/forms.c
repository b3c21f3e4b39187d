#include "facts/forms.h"

#include "base/hash.h"
#include "facts/cues.h"
#include "text/text.h"

#include <string.h>

void forms_init(struct forms *forms, struct arena *arena, const struct language *language)
{
    *forms = (struct forms){.arena = arena, .language = language, .capacity = 1024};
    forms->slots = arena_array(arena, forms->capacity, sizeof *forms->slots);
    forms->cues = cue_words_new(arena);
}

static struct form **find_slot(struct form **slots, size_t capacity, struct str text)
{
    size_t at = hash_str(text) & (capacity - 1);
    while (slots[at] && !str_equal(slots[at]->text, text))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(struct forms *forms)
{
    size_t capacity = forms->capacity * 2;
    struct form **slots = arena_array(forms->arena, capacity, sizeof *slots);
    for (size_t i = 0; i < forms->capacity; i++)
        if (forms->slots[i])
            *find_slot(slots, capacity, forms->slots[i]->text) = forms->slots[i];
    forms->slots = slots;
    forms->capacity = capacity;
}

static uint32_t determiner_flags(const struct sense *sense)
{
    uint32_t flags = IS_DETERMINER | IS_FUNCTION;
    if (str_equal(sense->lemma, STR("demonstrative")))
        flags |= IS_DEMONSTRATIVE;
    if (str_equal(sense->lemma, STR("possessive")))
        flags |= IS_POSSESSIVE;
    return flags;
}

static uint32_t pronoun_flags(const struct sense *sense)
{
    if (str_equal(sense->lemma, STR("possessive")))
        return IS_DETERMINER | IS_POSSESSIVE | IS_FUNCTION;
    if (str_equal(sense->lemma, STR("subject")))
        return IS_PRONOUN | IS_FUNCTION | (sense->value == 3 ? IS_THIRD : 0);
    return IS_CLITIC | IS_FUNCTION;
}

static void add_sense(struct form *form, const struct sense *sense)
{
    if (sense->gender && !form->gender)
        form->gender = sense->gender;
    if (sense->number && !form->plural)
        form->plural = sense->number;
    switch (sense->kind) {
    case SENSE_ARTICLE:
        form->flags |= IS_ARTICLE | IS_DETERMINER | IS_FUNCTION | (sense->value == 2 ? IS_INDEFINITE : 0);
        break;
    case SENSE_PREPOSITION:
        form->flags |= IS_PREPOSITION | IS_FUNCTION;
        break;
    case SENSE_CONJUNCTION:
        form->flags |= (sense->value == 1 ? IS_COORDINATOR : IS_SUBORDINATOR) | IS_FUNCTION;
        break;
    case SENSE_PRONOUN:
        form->flags |= pronoun_flags(sense);
        break;
    case SENSE_RELATIVE:
        form->flags |= IS_RELATIVE | IS_FUNCTION;
        break;
    case SENSE_DETERMINER:
        form->flags |= determiner_flags(sense);
        break;
    case SENSE_QUESTION:
        form->flags |= IS_QUESTION | IS_FUNCTION;
        break;
    case SENSE_ADVERB:
        form->flags |= IS_ADVERB | IS_FUNCTION;
        break;
    case SENSE_MONTH:
        form->flags |= IS_MONTH;
        form->month = (int)sense->value;
        break;
    case SENSE_SEASON:
        form->flags |= IS_SEASON;
        form->season = (int)sense->value;
        break;
    case SENSE_WEEKDAY:
        form->flags |= IS_WEEKDAY;
        break;
    case SENSE_NUMBER:
    case SENSE_ORDINAL:
        form->flags |= sense->kind == SENSE_NUMBER ? IS_NUMBER : IS_ORDINAL;
        if (!form->number)
            form->number = sense->value;
        form->scale = sense->scale;
        break;
    case SENSE_TIME_UNIT:
        form->flags |= IS_TIME_UNIT | IS_UNIT;
        form->unit = sense->lemma;
        break;
    case SENSE_UNIT:
        form->flags |= IS_UNIT;
        if (!form->unit.len)
            form->unit = sense->lemma;
        break;
    case SENSE_ROLE:
        form->flags |= IS_ROLE;
        form->role = sense->role;
        break;
    case SENSE_NOUN:
        form->flags |= IS_CLASS_NOUN;
        form->noun = sense->noun;
        break;
    case SENSE_FIRST_NAME:
        form->flags |= IS_FIRST_NAME;
        break;
    case SENSE_PLACE:
        form->flags |= IS_PLACE;
        form->place = sense->lemma;
        break;
    case SENSE_DEMONYM:
        form->flags |= IS_DEMONYM;
        if (!form->place.len)
            form->place = sense->lemma;
        break;
    case SENSE_STOP_NAME:
        form->flags |= IS_STOP_NAME;
        break;
    }
}

static void add_verbs(struct forms *forms, struct form *form)
{
    struct verb_form found[VERB_FORMS_MAX];
    bool guess = !(form->flags & ~(uint32_t)(IS_CLASS_NOUN | IS_ROLE | IS_PLACE | IS_FIRST_NAME)) &&
                 str_equal(form->text, form->low) && form->low.len > 2;
    size_t count = language_verb_forms(forms->language, form->low, guess, found);
    if (!count)
        return;
    form->verbs = arena_array(forms->arena, count, sizeof *found);
    memcpy(form->verbs, found, count * sizeof *found);
    form->verb_count = (int)count;
    for (size_t i = 0; i < count; i++)
        if (found[i].verb->auxiliary)
            form->flags |= IS_AUXILIARY | IS_FUNCTION;
}

/* "quickly", "rápidamente": adverbs by their ending. */
static void add_manner(const struct forms *forms, struct form *form)
{
    static const char *const nouns =
        "family,supply,reply,assembly,ally,anomaly,monopoly,butterfly,belly,bully,lily,fly,july,italy,"
        "likely,friendly,daily,weekly,monthly,yearly,elderly,costly,deadly,early,only,holy,ugly,"
        "unlikely,lonely,lovely,lively,scholarly,orderly,hourly,quarterly,clemente,mente,vehemente";
    bool spanish = str_equal(language_code(forms->language), STR("es"));
    bool ending = spanish ? str_ends(form->low, STR("mente")) : str_ends(form->low, STR("ly"));
    struct str rest = str_from(nouns), noun;
    while (ending && str_split(&rest, ',', &noun))
        ending = !str_equal(noun, form->low);
    bool name = !str_equal(form->text, form->low) && !language_is_ordinary(forms->language, form->low);
    if (ending && form->low.len > 4 && !name)
        form->flags |= IS_ADVERB | IS_FUNCTION;
}

/* "volviéndose", "adentrarse", "hacerlos": the verb without its pronouns. */
static void add_enclitic(struct forms *forms, struct form *form)
{
    static const char *const pronouns[] = {"selos", "selas", "selo", "sela", "los", "las", "les",
                                           "se",    "lo",    "la",   "le",   "me",  "nos", "te"};
    static const struct {
        const char *accented, *plain;
    } endings[] = {{"ándo", "ando"}, {"iéndo", "iendo"}, {"yéndo", "yendo"}, {"ár", "ar"}, {"ér", "er"},
                   {"ír", "ir"},     {"ar", "ar"},       {"er", "er"},       {"ir", "ir"}};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        struct str tail = str_from(pronouns[i]);
        if (!str_ends(form->low, tail) || form->low.len < tail.len + 4)
            continue;
        struct str stem = str_slice(form->low, 0, form->low.len - tail.len);
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
            struct str accented = str_from(endings[k].accented);
            if (!str_ends(stem, accented))
                continue;
            struct str word = str_concat(forms->arena, str_slice(stem, 0, stem.len - accented.len),
                                         str_from(endings[k].plain));
            struct verb_form found[VERB_FORMS_MAX];
            size_t count = language_verb_forms(forms->language, word, false, found);
            for (size_t n = 0; n < count; n++)
                if (found[n].kind == FORM_INFINITIVE || found[n].kind == FORM_GERUND) {
                    form->verbs = arena_new(forms->arena, struct verb_form);
                    *form->verbs = found[n];
                    form->verb_count = 1;
                    return;
                }
        }
    }
}

static bool is_plain_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'a' || s.ptr[i] > 'z')
            return false;
    return true;
}

/* "decidio", "tambien": what the word would be with its accent. */
static void add_restored(struct forms *forms, struct form *form)
{
    if (form_is_ordinary(forms, form))
        return;
    struct str restored = language_restore_accents(forms->language, forms->arena, form->low);
    if (!restored.len)
        return;
    struct sense senses[SENSES_MAX];
    size_t count = language_senses(forms->language, restored, senses);
    for (size_t i = 0; i < count; i++)
        add_sense(form, &senses[i]);
    struct verb_form found[VERB_FORMS_MAX];
    count = language_verb_forms(forms->language, restored, false, found);
    if (!count)
        return;
    form->verbs = arena_array(forms->arena, count, sizeof *found);
    memcpy(form->verbs, found, count * sizeof *found);
    form->verb_count = (int)count;
}

/* "couldn't", "won’t": the auxiliary in its finite forms; the ending is read where the group is built. */
static void add_contraction(struct forms *forms, struct form *form)
{
    static const struct {
        const char *text, *plain;
    } irregular[] = {{"ca", "can"}, {"wo", "will"}, {"sha", "shall"}};
    bool straight = str_ends(form->low, STR("n't")), curly = str_ends(form->low, STR("n’t"));
    bool cannot = str_equal(form->low, STR("cannot"));
    if (!straight && !curly && !cannot)
        return;
    struct str stem =
        cannot ? STR("can")
               : str_slice(form->low, 0, form->low.len - (straight ? STR("n't").len : STR("n’t").len));
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (str_equal(stem, str_from(irregular[i].text)))
            stem = str_from(irregular[i].plain);
    struct verb_form found[VERB_FORMS_MAX];
    size_t count = language_verb_forms(forms->language, stem, false, found), kept = 0;
    form->verbs = arena_array(forms->arena, count, sizeof *found);
    for (size_t i = 0; i < count; i++)
        if (found[i].verb->auxiliary && found[i].kind >= FORM_PAST && found[i].kind != FORM_IMPERATIVE)
            form->verbs[kept++] = found[i];
    form->verb_count = (int)kept;
    if (kept)
        form->flags |= IS_AUXILIARY | IS_FUNCTION;
}

static void look_up(struct forms *forms, struct form *form)
{
    struct sense senses[SENSES_MAX];
    bool upper = !str_equal(form->text, form->low);
    size_t count = language_senses(forms->language, form->low, senses);
    for (size_t i = 0; i < count; i++)
        add_sense(form, &senses[i]);
    if (upper) {
        count = language_senses(forms->language, form->text, senses);
        for (size_t i = 0; i < count; i++)
            add_sense(form, &senses[i]);
    }
    add_manner(forms, form);
    form->phrases = language_phrase_kinds(forms->language, form->low);
    form->cues = cues_of(forms->cues, form->low, &form->long_cues);
    if (form->low.len < 40)
        add_verbs(forms, form);
    bool spanish = str_equal(language_code(forms->language), STR("es"));
    bool plain =
        spanish && !upper && !form->flags && !form->verb_count && form->low.len > 3 && form->low.len < 30;
    if (!spanish)
        add_contraction(forms, form);
    if (plain)
        add_enclitic(forms, form);
    if (plain && !form->verb_count && is_plain_ascii(form->low))
        add_restored(forms, form);
    if (language_is_function_word(forms->language, form->low))
        form->flags |= IS_FUNCTION;
}

static struct form *new_form(struct forms *forms, struct str text)
{
    struct form *form = arena_new(forms->arena, struct form);
    form->text = str_copy(forms->arena, text);
    form->low = text_lower(forms->arena, form->text);
    return form;
}

struct form *forms_get(struct forms *forms, struct str text)
{
    struct form **slot = find_slot(forms->slots, forms->capacity, text);
    if (*slot)
        return *slot;
    if (forms->count * 2 >= forms->capacity) {
        grow(forms);
        slot = find_slot(forms->slots, forms->capacity, text);
    }
    const struct form *known =
        forms->known ? *find_slot(forms->known->slots, forms->known->capacity, text) : NULL;
    struct form *form = known ? arena_new(forms->arena, struct form) : new_form(forms, text);
    if (known)
        *form = *known;
    form->lower = str_equal(form->low, form->text) ? form : NULL;
    *slot = form;
    forms->count++;
    if (!known)
        look_up(forms, form);
    return form;
}

struct form *form_lower(struct forms *forms, struct form *form)
{
    if (!form->lower)
        form->lower = forms_get(forms, form->low);
    return form->lower;
}

bool form_is_ordinary(struct forms *forms, struct form *form)
{
    if (!form->ordinary)
        form->ordinary = language_is_ordinary(forms->language, form->low) ? 1 : -1;
    return form->ordinary > 0;
}

const struct verb_form *form_verb(const struct form *form, enum verb_form_kind kind)
{
    for (int i = 0; i < form->verb_count; i++)
        if (form->verbs[i].kind == kind)
            return &form->verbs[i];
    return NULL;
}

/* "cree" is what one believes before it is what one may create. */
const struct verb_form *form_finite(const struct form *form)
{
    const struct verb_form *found = NULL;
    for (int i = 0; i < form->verb_count; i++) {
        const struct verb_form *v = &form->verbs[i];
        bool finite =
            v->kind >= FORM_PAST && v->kind != FORM_IMPERATIVE && (v->person == 3 || v->person == 0);
        if (finite && (!found || (found->kind == FORM_SUBJUNCTIVE && v->kind != FORM_SUBJUNCTIVE)))
            found = v;
    }
    return found;
}

bool form_is_verb(const struct form *form)
{
    return form->verb_count > 0;
}
