/* What the files of this folder share. */
#ifndef REPASO_LANGUAGE_INSIDE_H
#define REPASO_LANGUAGE_INSIDE_H

#include "base/arena.h"
#include "base/list.h"
#include "language/language.h"

#include <stdint.h>

/* Words → chains of items: each item knows the index of the next one with the same word. */
struct table_slot {
    struct str word;
    int first, last; /* indices of items */
};

struct table {
    struct table_slot *slots;
    size_t count, capacity; /* capacity is a power of two */
};

/* The slot of a word, made if it is missing. */
struct table_slot *table_add(struct arena *arena, struct table *table, struct str word);
/* Index of the word's first item, -1 if there is none. */
int table_find(const struct table *table, struct str word);

/* One form of a paradigm as a generator hands it out. */
struct form {
    struct str text;
    enum verb_form_kind kind;
    int person;
    char number, gender;
};

struct forms {
    struct form *items;
    size_t count, capacity;
};

/* What a verb does that no rule says. Spanish: a set of changes and named parts; English: two forms. */
struct irregular {
    char change; /* 'e' e→ie, 'o' o→ue, 'i' e→i, 'a' accent, 0 none */
    struct str past, yo, future, participle, gerund, subjunctive, imperfect;
    struct str present_forms, past_forms; /* five, separated by commas */
    bool doubles;                         /* English: stopped */
};

void spanish_forms(struct arena *arena, struct str lemma, const struct irregular *irregular,
                   struct forms *ret);
void english_forms(struct arena *arena, struct str lemma, const struct irregular *irregular,
                   struct forms *ret);
/* All forms of a verb, in the lexicon or not. */
void language_forms(const struct language *language, struct arena *arena, struct str lemma,
                    struct forms *ret);

struct verb_item {
    struct verb_form form;
    int verb; /* index into verbs; form.verb is set when it is handed out */
    int next;
};

struct sense_item {
    struct sense sense;
    int next;
};

struct phrase_item {
    struct phrase phrase;
    int next;
};

struct named_irregular {
    struct irregular irregular;
    int next; /* always -1: one a verb */
};

struct text_item {
    struct str text;
    int next;
};

struct dictionary;

struct language {
    char code[3];
    bool spanish;
    struct arena arena;
    struct {
        struct verb *items;
        size_t count, capacity;
    } verbs;
    struct table verb_index; /* lemma → verbs; pronominal ones apart under "lemma-se" */
    struct {
        struct verb_item *items;
        size_t count, capacity;
    } verb_items;
    struct table verb_table;
    struct {
        struct sense_item *items;
        size_t count, capacity;
    } senses;
    struct table sense_table;
    struct {
        struct phrase_item *items;
        size_t count, capacity;
    } phrases;
    struct table phrase_table; /* by first word */
    struct {
        struct named_irregular *items;
        size_t count, capacity;
    } irregulars;
    struct table irregular_table;
    struct {
        struct text_item *items;
        size_t count, capacity;
    } texts;
    struct table text_table;
    struct {
        struct noun *items;
        size_t count, capacity;
    } nouns;
    struct {
        struct role *items;
        size_t count, capacity;
    } roles;
    struct table abbreviations;
    struct table alike; /* word → number of its group */
    struct str months[12];
    struct dictionary *dictionary;
};

/* Fills a zeroed language from its YAML; aborts on what the build should have refused. */
void lexicon_build(struct language *language, struct str yaml);

struct dictionary *dictionary_new(void);
/* Readings of a word outside the lexicon: the dictionary's stem, conjugated by rule, gives the word back. */
size_t dictionary_guess_verb(const struct language *language, struct str word,
                             struct verb_form ret[VERB_FORMS_MAX]);

#endif
