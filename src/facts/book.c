#include "facts/book.h"

#include "base/hash.h"
#include "base/list.h"
#include "base/translate.h"
#include "text/text.h"

#include <string.h>

/* No number of sentences that say otherwise outweighs the teacher. */
static const double teacher_weight = 1e6;

struct book {
    struct arena *arena;
    struct known known[2]; /* one a language */
};

struct book *book_new(struct arena *arena)
{
    struct book *book = arena_new(arena, struct book);
    book->arena = arena;
    return book;
}

static const struct known *find(const struct book *book, const struct language *language)
{
    for (size_t i = 0; i < sizeof book->known / sizeof *book->known; i++)
        if (book->known[i].open && book->known[i].chapter.language == language)
            return &book->known[i];
    return NULL;
}

static struct known *open_known(struct book *book, struct str lang)
{
    static const struct document none;
    const struct language *language = language_get(lang);
    if (!language)
        return NULL;
    for (size_t i = 0; i < sizeof book->known / sizeof *book->known; i++) {
        struct known *known = &book->known[i];
        if (known->open && known->chapter.language == language)
            return known;
        if (known->open)
            continue;
        chapter_open(&known->chapter, book->arena, NULL, &none, language);
        known->chapter.spanish = str_equal(lang, STR("es"));
        known->chapter.entities = &known->entities;
        known->open = true;
        return known;
    }
    return NULL;
}

bool book_learn(struct book *book, const struct document *doc, struct error *e)
{
    struct known *known = open_known(book, doc->lang);
    if (!known)
        return fail(e, ERROR_USAGE, _("no lexicon for the language \"%.*s\": use es or en"),
                    STR_ARG(doc->lang));
    struct arena scratch = {0};
    struct chapter *chapter = &known->chapter;
    chapter->doc = doc;
    chapter->scratch = &scratch;
    chapter->known = known; /* for what a teacher denies */
    chapter_learn_spellings(chapter);
    chapter_learn_names(chapter);
    chapter->sentences_before += (int)doc->sentences.count;
    chapter->scratch = NULL;
    chapter->doc = NULL;
    arena_finish(&scratch);
    return true;
}

/* Chapters settle their own types from the votes as they were counted; here only the surnames need types. */
static void settle(struct book *book, struct known *known)
{
    struct arena scratch = {0};
    size_t count = known->entities.count;
    known->votes = arena_array(book->arena, count, sizeof *known->votes);
    if (count)
        memcpy(known->votes, known->chapter.index.votes.items, count * sizeof *known->votes);
    known->chapter.known = NULL;
    known->chapter.scratch = &scratch;
    entities_settle(&known->chapter);
    entities_link(&known->chapter);
    known->chapter.scratch = NULL;
    arena_finish(&scratch);
}

void book_settle(struct book *book)
{
    for (size_t i = 0; i < sizeof book->known / sizeof *book->known; i++)
        if (book->known[i].open)
            settle(book, &book->known[i]);
}

void book_lend(const struct book *book, struct chapter *chapter)
{
    const struct known *known = book ? find(book, chapter->language) : NULL;
    if (!known)
        return;
    chapter->known = known;
    chapter->forms.known = &known->chapter.forms;
}

/* ---- What a teacher says ---- */

static uint64_t key_of(struct arena *arena, struct str words)
{
    return hash_str(text_fold_key(arena, words));
}

bool book_teach(struct book *book, struct str lang, const struct taught_name *name)
{
    struct known *known = open_known(book, lang);
    struct sense noun;
    struct arena scratch = {0};
    if (!known)
        return false;
    bool known_kind =
        !name->kind.len || language_sense(known->chapter.language, name->kind, SENSE_NOUN, &noun);
    known->chapter.scratch = &scratch;
    int number = entity_add(&known->chapter, name->name);
    multimap_add(book->arena, &known->taught, key_of(&scratch, name->name), 0);
    list_each (const struct str, alias, &name->aliases) {
        entity_alias(&known->chapter, number, *alias);
        multimap_add(book->arena, &known->taught, key_of(&scratch, *alias), 0);
    }
    if (name->type != ENTITY_UNKNOWN)
        entity_vote(&known->chapter, number, name->type, teacher_weight);
    struct entity *entity = &known->entities.items[number];
    entity->id = str_copy(book->arena, name->id);
    if (name->kind.len && known_kind) {
        entity->class_noun = noun.noun->singular;
        entity->gender = noun.noun->gender;
    }
    if (name->gender)
        entity->gender = name->gender;
    known->chapter.scratch = NULL;
    arena_finish(&scratch);
    return known_kind;
}

void book_deny(struct book *book, struct str lang, struct str words)
{
    struct known *known = open_known(book, lang);
    if (known)
        multimap_add(book->arena, &known->denied, key_of(book->arena, words), 0);
}

static bool says(const struct chapter *chapter, const struct multimap *what, struct str words)
{
    return what->used && multimap_first(what, key_of(chapter->scratch, words)) >= 0;
}

bool book_affirms(const struct chapter *chapter, struct str words)
{
    return chapter->known && says(chapter, &chapter->known->taught, words);
}

bool book_denies(const struct chapter *chapter, struct str words)
{
    return chapter->known && says(chapter, &chapter->known->denied, words);
}

struct entities book_names(const struct book *book, struct str lang)
{
    const struct language *language = language_get(lang);
    const struct known *known = language ? find(book, language) : NULL;
    return known ? known->entities : (struct entities){0};
}
