/* From the YAML of a language to its tables. The file is the program's own: what it may hold is written at
 * its head, and a mistake in it is ours. */
#include "base/error.h"
#include "language/inside.h"
#include "text/text.h"
#include "yaml/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    struct language *l;
    struct arena *arena;
    const struct yaml_node *root;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* The next word of a list that blanks separate. */
static bool next_word(struct str *rest, struct str *ret)
{
    size_t start = 0, end;
    while (start < rest->len && is_blank(rest->ptr[start]))
        start++;
    for (end = start; end < rest->len && !is_blank(rest->ptr[end]);)
        end++;
    *ret = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->len);
    return ret->len > 0;
}

static struct str list_of(const struct builder *b, const char *key)
{
    return yaml_get_text(b->root, str_from(key), STR(""));
}

/* "a=b" → a, b; b empty without a sign. */
static struct str cut_at(struct str *word, char sign)
{
    struct str rest = *word, left = {0};
    str_split(&rest, sign, &left);
    bool found = left.len < word->len;
    *word = left;
    return found ? rest : (struct str){0};
}

static bool cut_mark(struct str *word, struct str mark)
{
    size_t at = str_find(*word, mark, 0);
    if (at == SIZE_MAX)
        return false;
    char *joined = (char *)word->ptr + at; /* the tree's own copy */
    memmove(joined, joined + mark.len, word->len - at - mark.len);
    word->len -= mark.len;
    return true;
}

/* "New_York" → "New York". */
static struct str with_blanks(struct builder *b, struct str word)
{
    struct str copy = str_copy(b->arena, word);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] == '_')
            ((char *)copy.ptr)[i] = ' ';
    return copy;
}

/* ---- Senses ---- */

static void add_sense(struct builder *b, struct str word, struct sense sense)
{
    struct table_slot *slot = table_add(b->arena, &b->l->sense_table, word);
    list_push(b->arena, &b->l->senses, ((struct sense_item){sense, -1}));
    int item = (int)b->l->senses.count - 1;
    if (slot->first < 0)
        slot->first = item;
    else
        b->l->senses.items[slot->last].next = item;
    slot->last = item;
}

/* "/ms" → gender and number, "/1s" → value and number. */
static void read_marks(struct sense *sense, struct str marks)
{
    for (size_t i = 0; i < marks.len; i++) {
        char c = marks.ptr[i];
        if (c == 's' || c == 'p')
            sense->number = c;
        else if (c == 'm' || c == 'f' || c == 'n')
            sense->gender = c;
        else
            sense->value = c - '0';
    }
}

static void add_words(struct builder *b, struct str list, struct sense sense)
{
    struct str word;
    while (next_word(&list, &word)) {
        struct sense one = sense;
        read_marks(&one, cut_at(&word, '/'));
        add_sense(b, word, one);
    }
}

/* Sub-lists whose keys become the lemma of their words. */
static void add_grouped(struct builder *b, const char *key, enum sense_kind kind)
{
    const struct yaml_node *groups = yaml_get(b->root, str_from(key));
    for (size_t i = 0; groups && i < groups->keys.count; i++)
        add_words(b, groups->children.items[i]->text,
                  (struct sense){.kind = kind, .lemma = groups->keys.items[i]->text});
}

static void add_articles(struct builder *b)
{
    const struct yaml_node *articles = yaml_get(b->root, STR("articles"));
    for (size_t i = 0; articles && i < articles->keys.count; i++)
        add_words(b, articles->children.items[i]->text,
                  (struct sense){.kind = SENSE_ARTICLE, .value = (double)i + 1});
    const struct yaml_node *contractions = yaml_get(b->root, STR("contractions"));
    for (size_t i = 0; contractions && i < contractions->keys.count; i++)
        add_sense(b, contractions->keys.items[i]->text,
                  (struct sense){
                      .kind = SENSE_PREPOSITION, .lemma = contractions->children.items[i]->text, .value = 1});
}

static void add_conjunctions(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("conjunctions"));
    add_words(b, yaml_get_text(node, STR("joining"), STR("")),
              (struct sense){.kind = SENSE_CONJUNCTION, .value = 1});
    add_words(b, yaml_get_text(node, STR("other"), STR("")), (struct sense){.kind = SENSE_CONJUNCTION});
}

/* "siete=7": the value is a number; "acres=acres": a text. */
static void add_valued(struct builder *b, const char *key, enum sense_kind kind, bool scale)
{
    struct str list = list_of(b, key), word;
    while (next_word(&list, &word)) {
        struct sense sense = {.kind = kind, .scale = scale};
        struct str value = cut_at(&word, '=');
        if (!str_to_double(value, &sense.value))
            sense.lemma = value;
        add_sense(b, word, sense);
    }
}

/* Names of a cycle: January is 1. A name with "=n" stands apart from the order. */
static void add_cycle(struct builder *b, const char *key, enum sense_kind kind, struct str *names)
{
    struct str list = list_of(b, key), word;
    for (int n = 1; next_word(&list, &word); n++) {
        struct sense sense = {.kind = kind, .value = n};
        str_to_double(cut_at(&word, '='), &sense.value);
        sense.lemma = word;
        if (names && n <= 12)
            names[n - 1] = word;
        add_sense(b, word, sense);
    }
}

static void add_months(struct builder *b)
{
    add_cycle(b, "months", SENSE_MONTH, b->l->months);
    const struct yaml_node *variants = yaml_get(b->root, STR("month-variants"));
    for (size_t i = 0; variants && i < variants->keys.count; i++) {
        struct sense sense = {.kind = SENSE_MONTH, .lemma = variants->keys.items[i]->text};
        str_to_double(variants->children.items[i]->text, &sense.value);
        struct str name = sense.lemma;
        add_sense(b, b->l->spanish ? name : text_capitalise(b->arena, name), sense);
    }
}

/* ---- Nouns and roles ---- */

static struct str plural_es(struct builder *b, struct str word)
{
    static const struct {
        const char *ending, *plural;
    } rules[] = {{"ón", "ones"}, {"án", "anes"}, {"ín", "ines"}, {"és", "eses"}, {"ús", "uses"},
                 {"z", "ces"},   {"a", "as"},    {"e", "es"},    {"o", "os"},    {"i", "is"},
                 {"u", "us"},    {"é", "és"},    {"á", "ás"},    {"s", "s"},     {"x", "x"}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_ends(word, str_from(rules[i].ending)))
            return str_concat(b->arena, str_slice(word, 0, word.len - strlen(rules[i].ending)),
                              str_from(rules[i].plural));
    return str_concat(b->arena, word, STR("es"));
}

static struct str plural_en(struct builder *b, struct str word)
{
    bool hissing = str_ends(word, STR("s")) || str_ends(word, STR("x")) || str_ends(word, STR("ch")) ||
                   str_ends(word, STR("sh"));
    return str_concat(b->arena, word, hissing ? STR("es") : STR("s"));
}

static struct str plural(struct builder *b, struct str word)
{
    return b->l->spanish ? plural_es(b, word) : plural_en(b, word);
}

static struct noun read_noun(struct builder *b, struct str item)
{
    struct noun noun = {.singular = item, .gender = b->l->spanish ? 'm' : 0};
    struct str rest = cut_at(&noun.singular, '/'), part = rest;
    struct str third = cut_at(&part, '/');
    if (b->l->spanish && part.len)
        noun.gender = part.ptr[0];
    noun.plural = third.len ? third : !b->l->spanish && part.len ? part : plural(b, noun.singular);
    return noun;
}

static void add_noun(struct builder *b, const struct noun *noun)
{
    struct sense sense = {.kind = SENSE_NOUN,
                          .lemma = noun->singular,
                          .type = noun->type,
                          .gender = noun->gender,
                          .number = 's',
                          .noun = noun};
    add_sense(b, noun->singular, sense);
    if (str_equal(noun->plural, noun->singular))
        return;
    sense.number = 'p';
    add_sense(b, noun->plural, sense);
}

/* Counted first: senses point at the nouns, so these must not move. */
static size_t count_words(struct str list)
{
    struct str word;
    size_t count = 0;
    while (next_word(&list, &word))
        count++;
    return count;
}

static void add_nouns(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("nouns"));
    size_t total = 0;
    for (size_t i = 0; node && i < node->keys.count; i++)
        total += count_words(node->children.items[i]->text);
    b->l->nouns.items = arena_array(b->arena, total, sizeof *b->l->nouns.items);
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str type = node->keys.items[i]->text, list = node->children.items[i]->text, item;
        struct str kind = cut_at(&type, '.');
        while (next_word(&list, &item)) {
            struct noun *noun = &b->l->nouns.items[b->l->nouns.count++];
            *noun = read_noun(b, item);
            noun->type = type;
            noun->kind = kind;
            add_noun(b, noun);
        }
    }
}

static struct str feminine(struct builder *b, struct str masculine)
{
    if (str_ends(masculine, STR("or")))
        return str_concat(b->arena, masculine, STR("a"));
    if (str_ends(masculine, STR("o")))
        return str_concat(b->arena, str_slice(masculine, 0, masculine.len - 1), STR("a"));
    return masculine;
}

static bool is_acronym(struct str word)
{
    return word.len > 1 && word.ptr[1] >= 'A' && word.ptr[1] <= 'Z';
}

static struct role read_role(struct builder *b, struct str item)
{
    struct role role = {.masculine = item};
    struct str given = cut_at(&role.masculine, '/');
    role.verb = cut_at(&role.masculine, '=');
    if (!role.verb.len)
        role.verb = cut_at(&given, '=');
    role.of_place = cut_mark(&role.masculine, STR("@"));
    role.before_name = cut_mark(&role.masculine, STR("^"));
    role.masculine_plural = is_acronym(role.masculine) ? role.masculine : plural(b, role.masculine);
    if (!b->l->spanish) {
        role.feminine = role.masculine;
        role.feminine_plural = role.masculine_plural = given.len ? given : role.masculine_plural;
        return role;
    }
    role.feminine = given.len ? given : feminine(b, role.masculine);
    role.feminine_plural = is_acronym(role.feminine) ? role.feminine : plural(b, role.feminine);
    return role;
}

static void add_role_form(struct builder *b, const struct role *role, struct str word, char gender,
                          char number)
{
    struct sense sense = {.kind = SENSE_ROLE,
                          .lemma = role->masculine,
                          .type = STR("person"),
                          .gender = gender,
                          .number = number,
                          .role = role};
    add_sense(b, word, sense);
    if (is_acronym(word))
        add_sense(b, text_lower(b->arena, word), sense);
}

static void add_roles(struct builder *b)
{
    struct str list = list_of(b, "roles"), item;
    b->l->roles.items = arena_array(b->arena, count_words(list), sizeof *b->l->roles.items);
    while (next_word(&list, &item)) {
        struct role *role = &b->l->roles.items[b->l->roles.count++];
        *role = read_role(b, item);
        bool common = str_equal(role->feminine, role->masculine);
        bool same = str_equal(role->masculine_plural, role->masculine);
        add_role_form(b, role, role->masculine, common ? 0 : 'm', same ? 0 : 's');
        if (!same)
            add_role_form(b, role, role->masculine_plural, common ? 0 : 'm', 'p');
        if (common)
            continue;
        add_role_form(b, role, role->feminine, 'f', 's');
        add_role_form(b, role, role->feminine_plural, 'f', 'p');
    }
}

/* ---- Names ---- */

static void add_names(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("first-names"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str list = node->children.items[i]->text, name;
        while (next_word(&list, &name))
            add_sense(b, name,
                      (struct sense){.kind = SENSE_FIRST_NAME,
                                     .lemma = name,
                                     .type = STR("person"),
                                     .gender = node->keys.items[i]->text.ptr[0]});
    }
    struct str stops = list_of(b, "stop-names"), word;
    while (next_word(&stops, &word))
        add_sense(b, word, (struct sense){.kind = SENSE_STOP_NAME, .lemma = word});
}

static void add_places(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("places"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str list = node->children.items[i]->text, name;
        while (next_word(&list, &name)) {
            struct str full = with_blanks(b, name);
            add_sense(b, full,
                      (struct sense){.kind = SENSE_PLACE, .lemma = full, .type = node->keys.items[i]->text});
        }
    }
}

static void add_demonym_form(struct builder *b, struct str word, struct str place, char gender, char number)
{
    add_sense(b, word,
              (struct sense){.kind = SENSE_DEMONYM, .lemma = place, .gender = gender, .number = number});
}

/* francés, francesa, franceses, francesas; belga, belgas. */
static void add_demonym_es(struct builder *b, struct str word, struct str place)
{
    struct str base = word, woman = word;
    if (str_ends(word, STR("és")))
        base = str_concat(b->arena, str_slice(word, 0, word.len - strlen("és")), STR("es"));
    if (str_ends(word, STR("án")))
        base = str_concat(b->arena, str_slice(word, 0, word.len - strlen("án")), STR("an"));
    bool consonant = !strchr("aeiou", base.ptr[base.len - 1]) && !str_ends(base, STR("í"));
    if (consonant)
        woman = str_concat(b->arena, base, STR("a"));
    else if (str_ends(word, STR("o")))
        woman = str_concat(b->arena, str_slice(word, 0, word.len - 1), STR("a"));
    add_demonym_form(b, word, place, str_equal(woman, word) ? 0 : 'm', 's');
    add_demonym_form(b,
                     consonant ? str_concat(b->arena, base, STR("es")) : str_concat(b->arena, word, STR("s")),
                     place, str_equal(woman, word) ? 0 : 'm', 'p');
    if (str_equal(woman, word))
        return;
    add_demonym_form(b, woman, place, 'f', 's');
    add_demonym_form(b, str_concat(b->arena, woman, STR("s")), place, 'f', 'p');
}

static void add_demonyms(struct builder *b)
{
    struct str list = list_of(b, "demonyms"), word;
    while (next_word(&list, &word)) {
        struct str place = with_blanks(b, cut_at(&word, '='));
        if (b->l->spanish) {
            add_demonym_es(b, word, place);
            continue;
        }
        add_demonym_form(b, word, place, 0, 0);
        if (str_ends(word, STR("an")))
            add_demonym_form(b, str_concat(b->arena, word, STR("s")), place, 0, 'p');
    }
}

/* ---- Verbs ---- */

static void add_irregular(struct builder *b, struct str lemma, const struct irregular *irregular)
{
    struct table_slot *slot = table_add(b->arena, &b->l->irregular_table, lemma);
    list_push(b->arena, &b->l->irregulars, ((struct named_irregular){*irregular, -1}));
    slot->first = (int)b->l->irregulars.count - 1;
}

static struct irregular irregular_of(const struct builder *b, struct str lemma)
{
    int at = table_find(&b->l->irregular_table, lemma);
    return at < 0 ? (struct irregular){0} : b->l->irregulars.items[at].irregular;
}

static char change_of(struct str name)
{
    return str_equal(name, STR("ie")) ? 'e' : str_equal(name, STR("ue")) ? 'o' : name.len ? name.ptr[0] : 0;
}

static void add_stem_changes(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("stem-changes"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str list = node->children.items[i]->text, lemma;
        while (next_word(&list, &lemma))
            add_irregular(b, lemma, &(struct irregular){.change = change_of(node->keys.items[i]->text)});
    }
}

static struct irregular read_parts(struct builder *b, struct str lemma, struct str parts)
{
    struct irregular irregular = irregular_of(b, lemma);
    const struct {
        const char *name;
        struct str *field;
    } fields[] = {{"past", &irregular.past},           {"yo", &irregular.yo},
                  {"future", &irregular.future},       {"participle", &irregular.participle},
                  {"gerund", &irregular.gerund},       {"subjunctive", &irregular.subjunctive},
                  {"imperfect", &irregular.imperfect}, {"forms", &irregular.present_forms},
                  {"pasts", &irregular.past_forms}};
    struct str name;
    while (next_word(&parts, &name)) {
        struct str value = cut_at(&name, '=');
        if (str_equal(name, STR("present")))
            irregular.change = change_of(value);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (str_equal(name, str_from(fields[i].name)))
                *fields[i].field = value;
    }
    return irregular;
}

static struct str prefixed(struct builder *b, struct str prefix, struct str part)
{
    return part.len ? str_concat(b->arena, prefix, part) : part;
}

/* componer from poner: every part with the prefix. Lists of forms get it piece by piece. */
static void add_derived(struct builder *b, struct str base, struct str lemma)
{
    struct irregular parts = irregular_of(b, base);
    struct str prefix = str_slice(lemma, 0, lemma.len - base.len), list = parts.past_forms, one;
    parts.past = prefixed(b, prefix, parts.past);
    parts.yo = prefixed(b, prefix, parts.yo);
    parts.future = prefixed(b, prefix, parts.future);
    parts.participle = prefixed(b, prefix, parts.participle);
    parts.gerund = prefixed(b, prefix, parts.gerund);
    parts.subjunctive = prefixed(b, prefix, parts.subjunctive);
    parts.imperfect = prefixed(b, prefix, parts.imperfect);
    parts.past_forms = (struct str){0};
    while (list.len && str_split(&list, ',', &one))
        parts.past_forms = str_format(b->arena, "%.*s%s%.*s%.*s", STR_ARG(parts.past_forms),
                                      parts.past_forms.len ? "," : "", STR_ARG(prefix), STR_ARG(one));
    add_irregular(b, lemma, &parts);
}

static void add_irregulars_es(struct builder *b)
{
    add_stem_changes(b);
    const struct yaml_node *node = yaml_get(b->root, STR("irregular"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str lemma = node->keys.items[i]->text;
        struct irregular parts = read_parts(b, lemma, node->children.items[i]->text);
        add_irregular(b, lemma, &parts);
    }
    node = yaml_get(b->root, STR("derived"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str list = node->children.items[i]->text, lemma;
        while (next_word(&list, &lemma))
            add_derived(b, node->keys.items[i]->text, lemma);
    }
}

/* "begin:began,begun" */
static void add_irregulars_en(struct builder *b)
{
    struct str list = list_of(b, "irregular"), lemma;
    while (next_word(&list, &lemma)) {
        struct str past = cut_at(&lemma, ':');
        struct str participle = cut_at(&past, ',');
        add_irregular(b, lemma, &(struct irregular){.past = past, .participle = participle});
    }
    list = list_of(b, "doubling");
    while (next_word(&list, &lemma)) {
        struct irregular parts = irregular_of(b, lemma);
        parts.doubles = true;
        add_irregular(b, lemma, &parts);
    }
}

/* The verb of that lemma, new if it is not there yet. */
static struct verb *verb_of(struct builder *b, struct str lemma, bool pronominal)
{
    struct str key = pronominal ? str_concat(b->arena, lemma, STR("-se")) : lemma;
    struct table_slot *slot = table_add(b->arena, &b->l->verb_index, key);
    if (slot->first < 0) {
        list_push(b->arena, &b->l->verbs, ((struct verb){.lemma = lemma, .pronominal = pronominal}));
        slot->first = (int)b->l->verbs.count - 1;
    }
    return &b->l->verbs.items[slot->first];
}

static void add_verb(struct builder *b, struct str item, struct str relation)
{
    struct str preposition = cut_at(&item, '+');
    bool intransitive = cut_mark(&item, STR("!"));
    bool pronominal = str_ends(item, STR("-se"));
    struct str lemma = pronominal ? str_slice(item, 0, item.len - strlen("-se")) : item;
    struct verb *verb = verb_of(b, lemma, pronominal);
    verb->intransitive |= intransitive;
    if (!verb->preposition.len)
        verb->preposition = preposition;
    if (relation.len && !str_list_has(&verb->relations, relation))
        list_push(b->arena, &verb->relations, relation);
}

static void add_flag(struct builder *b, const char *key, size_t offset)
{
    struct str list = list_of(b, key), lemma;
    while (next_word(&list, &lemma))
        *((bool *)((char *)verb_of(b, lemma, false) + offset)) = true;
}

static void add_verb_form(struct builder *b, int verb, const struct form *form)
{
    struct table_slot *slot = table_add(b->arena, &b->l->verb_table, form->text);
    struct verb_form reading = {NULL, form->kind, form->person, form->number, form->gender, false};
    list_push(b->arena, &b->l->verb_items, ((struct verb_item){reading, verb, -1}));
    int item = (int)b->l->verb_items.count - 1;
    if (slot->first < 0)
        slot->first = item;
    else
        b->l->verb_items.items[slot->last].next = item;
    slot->last = item;
}

static void add_all_forms(struct builder *b)
{
    struct forms forms = {0};
    for (size_t v = 0; v < b->l->verbs.count; v++) {
        forms.count = 0;
        language_forms(b->l, b->arena, b->l->verbs.items[v].lemma, &forms);
        list_each (struct form, form, &forms)
            add_verb_form(b, (int)v, form);
    }
}

/* "hay=haber" */
static void add_impersonal(struct builder *b)
{
    struct str list = list_of(b, "impersonal"), word;
    while (next_word(&list, &word)) {
        struct str lemma = cut_at(&word, '=');
        int verb = (int)(verb_of(b, lemma, false) - b->l->verbs.items);
        add_verb_form(b, verb, &(struct form){word, FORM_PRESENT, 3, 0, 0});
    }
}

static void add_verbs(struct builder *b)
{
    if (b->l->spanish)
        add_irregulars_es(b);
    else
        add_irregulars_en(b);
    const struct yaml_node *node = yaml_get(b->root, STR("verbs"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        struct str list = node->children.items[i]->text, item;
        while (next_word(&list, &item))
            add_verb(b, item, node->keys.items[i]->text);
    }
    struct str deeds = list_of(b, "deeds"), item;
    while (next_word(&deeds, &item))
        add_verb(b, item, (struct str){0});
    add_flag(b, "auxiliary", offsetof(struct verb, auxiliary));
    add_flag(b, "modal", offsetof(struct verb, auxiliary));
    add_flag(b, "light", offsetof(struct verb, light));
    add_flag(b, "of-people", offsetof(struct verb, of_people));
    add_flag(b, "weak", offsetof(struct verb, weak));
    add_flag(b, "attitude", offsetof(struct verb, attitude));
    add_flag(b, "alone", offsetof(struct verb, alone));
    add_flag(b, "factive", offsetof(struct verb, factive));
    add_all_forms(b);
    add_impersonal(b);
}

/* ---- Phrases and texts ---- */

static const char *const phrase_names[PHRASE_KINDS] = {
    [PHRASE_NEGATION] = "negation",     [PHRASE_HYPOTHESIS] = "hypothesis",
    [PHRASE_RUMOUR] = "rumour",         [PHRASE_OPINION] = "opinion",
    [PHRASE_IRONY] = "irony",           [PHRASE_AUTHOR] = "author",
    [PHRASE_READER] = "reader",         [PHRASE_PROMISE] = "promise",
    [PHRASE_AS_OF] = "as-of",           [PHRASE_SUPERLATIVE] = "superlative",
    [PHRASE_FIRST] = "first",           [PHRASE_BEFORE] = "before",
    [PHRASE_AFTER] = "after",           [PHRASE_CAUSE] = "cause",
    [PHRASE_PURPOSE] = "purpose",       [PHRASE_DEFINITION] = "definition",
    [PHRASE_ALSO_KNOWN] = "also-known", [PHRASE_STANDS_FOR] = "stands-for",
    [PHRASE_SUCH_AS] = "such-as",       [PHRASE_VAGUE_TIME] = "vague-time",
    [PHRASE_SAME_TIME] = "same-time",   [PHRASE_NEXT_TIME] = "next-time",
    [PHRASE_LATER] = "later",           [PHRASE_RESPECTIVELY] = "respectively",
    [PHRASE_QUANTIFIER] = "quantifier", [PHRASE_RELATION] = "relation",
};

/* "del año siguiente = year # 1" */
static void add_phrase(struct builder *b, enum phrase_kind kind, struct str line)
{
    struct phrase phrase = {.kind = kind};
    str_to_double(str_trim(cut_at(&line, '#')), &phrase.value);
    phrase.canonical = str_trim(cut_at(&line, '='));
    struct str word;
    while (next_word(&line, &word))
        list_push(b->arena, &phrase.words, word);
    if (!phrase.words.count)
        return;
    struct table_slot *slot = table_add(b->arena, &b->l->phrase_table, phrase.words.items[0]);
    list_push(b->arena, &b->l->phrases, ((struct phrase_item){phrase, slot->first}));
    slot->first = (int)b->l->phrases.count - 1;
}

static void add_phrases(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("phrases"));
    for (int kind = 0; kind < PHRASE_KINDS; kind++) {
        struct str rest = yaml_get_text(node, str_from(phrase_names[kind]), STR("")), line;
        while (str_split(&rest, '\n', &line))
            add_phrase(b, (enum phrase_kind)kind, line);
    }
}

static void add_texts(struct builder *b)
{
    const struct yaml_node *node = yaml_get(b->root, STR("text"));
    for (size_t i = 0; node && i < node->keys.count; i++) {
        list_push(b->arena, &b->l->texts, ((struct text_item){node->children.items[i]->text, -1}));
        table_add(b->arena, &b->l->text_table, node->keys.items[i]->text)->first = (int)b->l->texts.count - 1;
    }
}

static void add_abbreviations(struct builder *b)
{
    struct str list = list_of(b, "abbreviations"), word;
    while (next_word(&list, &word))
        table_add(b->arena, &b->l->abbreviations, word)->first = 0;
}

/* One group a line; a word belongs to the first that names it. */
static void add_alike(struct builder *b)
{
    struct str rest = yaml_get_text(b->root, STR("alike"), STR("")), line, word;
    for (int group = 0; str_split(&rest, '\n', &line); group++)
        while (next_word(&line, &word)) {
            struct table_slot *slot = table_add(b->arena, &b->l->alike, word);
            if (slot->first < 0)
                slot->first = group;
        }
}

static const struct yaml_node *read_tree(struct arena *arena, const char *code, struct str yaml)
{
    struct yaml_node *root = NULL;
    struct error e;
    if (yaml_read(arena, yaml, str_from(code), 1, &root, &e))
        return root;
    fprintf(stderr, "assets/lang/%s.yaml:%d: %s\n", code, e.line, e.text);
    abort();
}

void lexicon_build(struct language *language, struct str yaml)
{
    struct builder b = {.l = language, .arena = &language->arena};
    b.root = read_tree(b.arena, language->code, yaml);
    add_articles(&b);
    add_words(&b, list_of(&b, "prepositions"), (struct sense){.kind = SENSE_PREPOSITION});
    add_conjunctions(&b);
    add_grouped(&b, "pronouns", SENSE_PRONOUN);
    add_words(&b, list_of(&b, "relatives"), (struct sense){.kind = SENSE_RELATIVE});
    add_grouped(&b, "determiners", SENSE_DETERMINER);
    add_words(&b, list_of(&b, "questions"), (struct sense){.kind = SENSE_QUESTION});
    add_words(&b, list_of(&b, "adverbs"), (struct sense){.kind = SENSE_ADVERB});
    add_months(&b);
    add_cycle(&b, "seasons", SENSE_SEASON, NULL);
    add_cycle(&b, "weekdays", SENSE_WEEKDAY, NULL);
    add_valued(&b, "numbers", SENSE_NUMBER, false);
    add_valued(&b, "scales", SENSE_NUMBER, true);
    add_valued(&b, "ordinals", SENSE_ORDINAL, false);
    add_valued(&b, "time-units", SENSE_TIME_UNIT, false);
    add_valued(&b, "units", SENSE_UNIT, false);
    add_roles(&b);
    add_nouns(&b);
    add_names(&b);
    add_places(&b);
    add_demonyms(&b);
    add_verbs(&b);
    add_phrases(&b);
    add_texts(&b);
    add_abbreviations(&b);
    add_alike(&b);
}
