/* Why a card waits for a teacher, in words that say where to look. */
#include "questions/writer.h"

#include "base/translate.h"

/* Sentences; a year from further up may have been left behind by the story. */
enum { ANCHOR_NEAR = 20 };

static const double sure = 0.95;

static int line_of(const struct writer *w, int sentence)
{
    return w->doc->sentences.items[sentence].line;
}

static struct str text_of(const struct writer *w, const struct str message)
{
    return str_from(_(str_copy(w->arena, message).ptr));
}

struct str doubt_of(const struct writer *w, const struct question *q)
{
    const struct fact *fact = q->fact;
    const struct time_value *time = &fact->time;
    bool dated = str_equal(q->asked, STR("time")) || q->names_time;
    if (fact->confidence < sure)
        return fact->doubt.len ? text_of(w, fact->doubt)
                               : str_from(_("the sentence does not say this in so many words"));
    if (dated && time->inferred && time->anchor >= 0 && fact->sentence - time->anchor > ANCHOR_NEAR)
        return str_format(w->arena, _("the year is inferred from line %d"), line_of(w, time->anchor));
    return (struct str){0};
}

struct str doubt_of_rival(const struct writer *w, const struct fact *rival)
{
    return str_format(w->arena, _("line %d gives another answer"), line_of(w, rival->sentence));
}
