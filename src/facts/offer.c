/* A turn of quoted dialogue and its reply: "“A (fundador de B), véndeme tu empresa.” → No". What is said stays said; that
 * the one who was addressed refused or accepted is told by the arrow. */
#include "facts/rule.h"

static int arrow(const struct reading *r)
{
    for (int i = 0; i < (int)r->tokens.count; i++)
        if (token_is_mark(r, i, 0x2192))
            return i;
    return -1;
}

static bool is_no(const struct reading *r, int i)
{
    return token_is(r, i, "no");
}

static bool is_yes(const struct reading *r, int i)
{
    return word_in(token_at(r, i) ? token_at(r, i)->form->low : (struct str){0},
                   "ok,okay,sí,yes,vale,acepto,hecho,deal");
}

void find_offers(struct reading *r)
{
    int reply = arrow(r);
    if (reply < 0 || !r->names.count || r->block->kind == BLOCK_HEADING)
        return;
    const struct name *addressed = &r->names.items[0];
    bool no = is_no(r, reply + 1), yes = is_yes(r, reply + 1);
    if (addressed->first > 4 || addressed->first > reply || (!no && !yes))
        return;
    struct fact fact = draft(r, no ? "refuse" : "accept", no ? "refuse.reply" : "accept.reply", 0.95);
    draft_add(r, &fact, "agent", filler_name(r, 0));
    if (r->names.count > 1 && r->names.items[1].first < reply)
        draft_add(r, &fact, "org", filler_name(r, 1));
    draft_keep(r, &fact);
}
