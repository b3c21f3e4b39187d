#include "facts/explain.h"

#include "base/buffer.h"
#include "facts/chapter.h"
#include "facts/chunks.h"
#include "facts/clauses.h"

static struct buffer *trace(const struct chapter *chapter)
{
    return chapter->options ? chapter->options->explain : NULL;
}

static const char *const chunk_names[] = {"noun", "VERB", "inf",     "gerund", "part", "prep", "and",  "sub",
                                          "rel",  "time", "bracket", "quote",  "adv",  ",",    "stop", "?"};

static void explain_chunks(struct buffer *out, const struct reading *r)
{
    for (size_t i = 0; i < r->chunks.count; i++) {
        const struct chunk *c = &r->chunks.items[i];
        buffer_format(out, " [%s %.*s", chunk_names[c->kind], STR_ARG(chunk_text(r, (int)i)));
        if (c->name >= 0)
            buffer_format(out, " @%.*s", STR_ARG(r->names.items[c->name].text));
        buffer_format(out, "]");
    }
    buffer_format(out, "\n");
}

static void explain_clause(struct buffer *out, const struct reading *r, const struct clause *c)
{
    static const char *const kinds[] = {"main", "relative", "subordinate", "content"};
    buffer_format(out, "  clause (%s): verb \"%.*s\" (%.*s)", kinds[c->kind], STR_ARG(chunk_text(r, c->verb)),
                  STR_ARG(chunk_at(r, c->verb)->verb.lemma));
    if (c->subject >= 0)
        buffer_format(out, ", subject \"%.*s\"", STR_ARG(chunk_text(r, c->subject)));
    if (c->object >= 0)
        buffer_format(out, ", object \"%.*s\"", STR_ARG(chunk_text(r, c->object)));
    static const char *const words[] = {"negated", "supposed", "rumoured",
                                        "opinion", "promised", "the author's"};
    const bool set[] = {c->negative, c->hypothetical, c->rumour, c->opinion, c->promise, c->author};
    for (size_t i = 0; i < sizeof set / sizeof *set; i++)
        if (set[i])
            buffer_format(out, ", %s", words[i]);
    buffer_format(out, "\n");
}

void explain_sentence(const struct reading *r)
{
    struct buffer *out = trace(r->chapter);
    if (!out)
        return;
    buffer_format(out, "line %d: %.*s\n ", r->at->line, STR_ARG(sentence_text(r->chapter->doc, r->at)));
    explain_chunks(out, r);
    list_each (const struct clause, c, &r->clauses)
        explain_clause(out, r, c);
}

void explain_fact(const struct reading *r, const struct fact *fact, const char *objection)
{
    struct buffer *out = trace(r->chapter);
    if (!out)
        return;
    buffer_format(out, "  %s %.*s (%.*s, %.2f):", objection ? "not" : "fact", STR_ARG(fact->relation),
                  STR_ARG(fact->rule), fact->confidence);
    for (size_t i = 0; i < fact->roles.count; i++)
        buffer_format(out, " %.*s=\"%.*s%s%.*s\"", STR_ARG(fact->roles.items[i].role),
                      STR_ARG(fact->roles.items[i].before), fact->roles.items[i].before.len ? " " : "",
                      STR_ARG(fact->roles.items[i].text));
    if (fact->time.precision)
        buffer_format(out, " time=%.*s", STR_ARG(time_iso(r->chapter->scratch, &fact->time)));
    if (objection)
        buffer_format(out, ": %s", objection);
    buffer_format(out, "\n");
}

void explain_note(const struct chapter *chapter, int line, const char *text)
{
    if (trace(chapter))
        buffer_format(trace(chapter), "line %d: %s\n", line, text);
}
