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
    struct forms forms = {0};
    language_forms(language, arena, lemma, &forms);
    list_each (struct form, form, &forms)
        if (fits(form, kind, number, gender))
            return form->text;
    return (struct str){0};
}
