#include "facts/book.h"

#include "base/translate.h"

/* One chapter at a time is learnt into the same forms and entities. */
struct book {
    struct arena *arena;
    struct chapter known;
    struct entities entities;
    bool open;
};

struct book *book_new(struct arena *arena)
{
    struct book *book = arena_new(arena, struct book);
    book->arena = arena;
    return book;
}

bool book_learn(struct book *book, const struct document *doc, struct error *e)
{
    const struct language *language = language_get(doc->lang);
    if (!language)
        return fail(e, ERROR_USAGE, _("no lexicon for the language \"%.*s\": use es or en"),
                    STR_ARG(doc->lang));
    struct arena scratch = {0};
    if (!book->open) {
        chapter_open(&book->known, book->arena, &scratch, doc, language);
        book->known.entities = &book->entities;
        book->open = true;
    }
    book->known.doc = doc;
    book->known.scratch = &scratch;
    book->known.settled = false;
    chapter_learn(&book->known);
    book->known.scratch = NULL;
    arena_finish(&scratch);
    return true;
}

void book_lend(const struct book *book, struct chapter *chapter)
{
    if (!book || !book->open)
        return;
    chapter->forms.known = &book->known.forms;
    for (size_t i = 0; i < book->entities.count; i++) {
        const struct entity *known = &book->entities.items[i];
        int entity = entity_add(chapter, known->name);
        struct entity *e = entity_at(chapter->entities, entity);
        e->class_noun = known->class_noun;
        e->gender = known->gender;
        e->article = known->article;
        e->plural = known->plural;
        for (size_t k = 0; k < known->aliases.count; k++)
            entity_alias(chapter, entity, known->aliases.items[k]);
        for (int t = 0; t < ENTITY_TYPES; t++)
            chapter->index.votes.items[entity].type[t] += book->known.index.votes.items[i].type[t];
    }
}
