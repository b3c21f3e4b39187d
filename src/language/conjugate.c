#include "language/inside.h"

void language_forms(const struct language *language, struct arena *arena, struct str lemma, struct forms *ret)
{
    static const struct irregular regular;
    int at = table_find(&language->irregular_table, lemma);
    const struct irregular *irregular = at < 0 ? &regular : &language->irregulars.items[at].irregular;
    if (language->spanish)
        spanish_forms(arena, lemma, irregular, ret);
    else
        english_forms(arena, lemma, irregular, ret);
}

static bool fits(const struct form *form, enum verb_form_kind kind, char number, char gender)
{
    return form->kind == kind && (form->person == 3 || form->person == 0) &&
           (!number || !form->number || form->number == number) &&
           (!gender || !form->gender || form->gender == gender);
}

struct str language_conjugate(const struct language *language, struct arena *arena, struct str lemma,
                              enum verb_form_kind kind, char number, char gender)
{
    struct arena scratch = {0};
    struct forms forms = {0};
    struct str found = {0};
    language_forms(language, &scratch, lemma, &forms);
    for (size_t i = 0; i < forms.count && !found.ptr; i++)
        if (fits(&forms.items[i], kind, number, gender))
            found = str_copy(arena, forms.items[i].text);
    arena_finish(&scratch);
    return found;
}
