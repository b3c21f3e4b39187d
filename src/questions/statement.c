/* Facts told straight, with one of their parts exchanged or left out. */
#include "questions/writer.h"

#include <string.h>

struct str statement_of(struct writer *w, const struct fact *fact)
{
    struct str clause = state_clause(w, fact);
    return clause.len ? clause : state_template(w, fact);
}

static struct fact copy_of(const struct writer *w, const struct fact *fact)
{
    struct fact copy = *fact;
    copy.roles.items = arena_array(w->arena, fact->roles.count + 1, sizeof *copy.roles.items);
    if (fact->roles.count)
        memcpy(copy.roles.items, fact->roles.items, fact->roles.count * sizeof *copy.roles.items);
    return copy;
}

struct str statement_with_lure(struct writer *w, const struct question *q)
{
    struct fact copy = copy_of(w, q->fact);
    if (str_equal(q->asked, STR("time"))) {
        copy.time = *q->lure.time;
        return statement_of(w, &copy);
    }
    for (size_t i = 0; i < copy.roles.count; i++) {
        struct filler *filler = &copy.roles.items[i];
        if (!str_equal(filler->role, q->asked))
            continue;
        filler->entity = q->lure.entity;
        filler->text = q->lure.text;
        return statement_of(w, &copy);
    }
    return (struct str){0};
}

struct str statement_undated(struct writer *w, const struct fact *fact)
{
    struct fact copy = copy_of(w, fact);
    copy.time = (struct time_value){0};
    return statement_of(w, &copy);
}
