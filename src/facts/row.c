/* Table rows: what stands in the first column has what stands in the others, each under its header. */
#include "facts/forms.h"
#include "facts/rule.h"

#include "text/text.h"

enum { CELL_MAX_WORDS = 9, HEADER_MAX_WORDS = 3, NAME_MAX_WORDS = 5 };

static size_t words_in(struct str s)
{
    size_t words = 0;
    struct str word;
    while (str_split(&s, ' ', &word))
        words += word.len > 0;
    return words;
}

static bool has_letter(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z')
            return true;
    return false;
}

/* Words, not a sentence, a picture or a sign for "nothing here". */
static bool is_cell(struct str s, size_t limit)
{
    size_t words = words_in(s);
    return words > 0 && words <= limit && !str_contains(s, STR("?")) && !str_equal(s, STR("-")) &&
           !str_equal(s, STR("—"));
}

/* A header that asks for something: a common noun, no number and no name. */
static bool is_attribute(const struct reading *r, struct str header)
{
    struct str rest = header, first = {0};
    if (!is_cell(header, HEADER_MAX_WORDS) || !has_letter(header) || !str_split(&rest, ' ', &first))
        return false;
    struct form *small = forms_get(&r->chapter->forms, text_lower(r->chapter->arena, first));
    bool done = !rest.len && !(small->flags & (IS_CLASS_NOUN | IS_ROLE)) &&
                form_verb(small, FORM_PARTICIPLE) &&
                !form_verb(small, FORM_INFINITIVE); /* "Discovered" is nothing that one has */
    return !done && !(small->flags & IS_FUNCTION) && form_is_ordinary(&r->chapter->forms, small);
}

/* "Nucleus" opens its cell with a capital; the text writes "the nucleus". */
static struct filler row_name(const struct reading *r, struct str name)
{
    struct str low = text_lower(r->chapter->arena, name);
    struct form *small = forms_get(&r->chapter->forms, low);
    bool common = !r->chapter->spanish && words_in(name) == 1 && small->small > 0;
    int entity = common ? -1 : entity_find(r->chapter, name);
    return (struct filler){.entity = entity,
                           .text = common ? str_concat(r->chapter->arena, STR("the "), low) : name};
}

void find_rows(struct reading *r)
{
    const struct block *row = r->block;
    if (row->kind != BLOCK_ROW || r->sentence != row->first_sentence || row->headers.count < 2 ||
        row->cells.count != row->headers.count)
        return;
    struct str name = row->cells.items[0];
    if (!is_cell(name, NAME_MAX_WORDS) || !has_letter(name) || !has_letter(row->headers.items[0]))
        return;
    for (size_t i = 1; i < row->cells.count && i < 8; i++) {
        struct str header = row->headers.items[i], cell = row->cells.items[i];
        if (!is_attribute(r, header) || !is_cell(cell, CELL_MAX_WORDS))
            continue;
        struct fact fact = draft(r, "property", "property.row", 0.95);
        fact.verb = (struct verb_use){.lemma = r->chapter->spanish ? STR("tener") : STR("have"),
                                      .tense = TENSE_PRESENT};
        draft_add(r, &fact, "entity", row_name(r, name));
        draft_add(r, &fact, "attribute",
                  (struct filler){.entity = -1, .text = text_lower(r->chapter->arena, header)});
        draft_add(r, &fact, "value", (struct filler){.entity = entity_find(r->chapter, cell), .text = cell});
        draft_keep(r, &fact);
    }
}
