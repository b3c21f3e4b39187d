#include "collection/adding.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "collection/context.h"
#include "facts/facts.h"

static struct str type_name(enum entity_type type)
{
    static const char *const names[] = {"unknown", "org", "person", "work", "place", "event", "term"};
    return str_from((size_t)type < sizeof names / sizeof *names ? names[type] : "unknown");
}

static bool save_entity(struct adding *add, const struct entity *entity)
{
    struct str aliases = list_json(add->arena, &entity->aliases), type = type_name(entity->type);
    return query_run(add->c,
                     query(add->c, add->e,
                           "INSERT INTO entity(book, canonical, type, aliases) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT(book, canonical) DO UPDATE SET type = ?3, aliases = ?4"
                           " WHERE type <> ?3 OR aliases <> ?4",
                           "tttt", add->scope, entity->name, type, aliases),
                     add->e);
}

static bool save_fact_passage(struct adding *add, const struct fact *fact)
{
    struct context context = context_of(add->arena, add->what->document, fact->source, (struct str){0});
    struct collection *c = add->c;
    return query_run(c,
                     query(c, add->e,
                           "INSERT INTO passage(fact, chapter, start, \"end\", line, section)"
                           " SELECT key, ?2, ?3, ?4, ?5, ?6 FROM fact WHERE id = ?1"
                           " ON CONFLICT(fact, chapter) WHERE fact IS NOT NULL DO UPDATE SET start = ?3, "
                           "\"end\" = ?4,"
                           " line = ?5, section = ?6 WHERE NOT (start = ?3 AND \"end\" = ?4 AND line = ?5 AND"
                           " section = ?6)",
                           "siiiit", fact->id.text, add->chapter, (int64_t)fact->source.start,
                           (int64_t)fact->source.end, (int64_t)context.line, context.section),
                     add->e) &&
           query_run(c,
                     query(c, add->e, "INSERT OR IGNORE INTO seen_fact SELECT key FROM fact WHERE id = ?",
                           "s", fact->id.text),
                     add->e);
}

/* A verdict of the learner outlives every new edition. */
static bool save_fact(struct adding *add, const struct fact *fact)
{
    struct buffer roles = {0};
    fact_add_roles_json(&roles, add->what->facts, fact);
    const char *status = fact->confidence < 0.95 ? "review" : "auto";
    bool ok = query_run(
        add->c,
        query(add->c, add->e,
              "INSERT INTO fact(id, relation, roles, time, confidence, rule, status)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
              " ON CONFLICT(id) DO UPDATE SET roles = ?3, time = ?4, confidence = ?5, rule = ?6, status = "
              "CASE WHEN"
              " status IN ('accepted', 'rejected') THEN status ELSE ?7 END"
              " WHERE roles <> ?3 OR time <> ?4 OR confidence <> ?5 OR rule <> ?6 OR status = 'retired'",
              "sttt"
              "dts",
              fact->id.text, fact->relation, buffer_str(&roles), time_iso(add->arena, &fact->time),
              fact->confidence, fact->rule, status),
        add->e);
    buffer_finish(&roles);
    return ok && save_fact_passage(add, fact);
}

bool adding_facts(struct adding *add)
{
    const struct facts *facts = add->what->facts;
    bool ok = query_run(add->c, query(add->c, add->e, "DELETE FROM seen_fact", ""), add->e);
    if (!facts)
        return ok;
    list_each (struct entity, entity, &facts->entities)
        ok = ok && (entity->mentions == 0 || save_entity(add, entity));
    for (size_t i = 0; ok && i < facts->count; i++)
        ok = facts->items[i].id.text[0] == 0 || save_fact(add, &facts->items[i]);
    return ok;
}

bool adding_retire_facts(struct adding *add)
{
    struct collection *c = add->c;
    return query_run(
               c,
               query(
                   c, add->e,
                   "DELETE FROM passage WHERE chapter = ? AND card IS NULL AND fact NOT IN (SELECT fact FROM"
                   " seen_fact)",
                   "i", add->chapter),
               add->e) &&
           query_run(c,
                     query(c, add->e,
                           "UPDATE fact SET status = 'retired' WHERE status IN ('auto', 'review') AND"
                           " NOT EXISTS (SELECT 1 FROM passage WHERE passage.fact = fact.key)",
                           ""),
                     add->e);
}
