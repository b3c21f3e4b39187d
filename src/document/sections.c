#include "document/builder.h"

#include "base/list.h"

struct scope *builder_scope(struct builder *b)
{
    return list_last(&b->scopes);
}

void builder_end_zone(struct builder *b)
{
    b->zone = ZONE_BODY;
}

void builder_open_section(struct builder *b, struct section section, bool container)
{
    struct document *doc = b->doc;
    section.parent = b->scopes.count ? builder_scope(b)->section : -1;
    list_push(b->arena, &doc->sections, section);
    struct scope scope = {
        .section = (int)doc->sections.count - 1, .level = section.level, .container = container};
    list_push(b->arena, &b->scopes, scope);
}

void builder_close_sections(struct builder *b, int level)
{
    while (b->scopes.count > 1 && !builder_scope(b)->container && builder_scope(b)->level >= level)
        b->scopes.count--;
}

void builder_open_zone(struct builder *b, enum zone zone, int level)
{
    if (zone == ZONE_BODY)
        return;
    b->zone = zone;
    b->zone_level = level;
    b->zone_scope = b->scopes.count;
}

/* The innermost container with the headings inside it. */
void builder_close_container(struct builder *b)
{
    size_t i = b->scopes.count;
    while (i > 1 && !b->scopes.items[i - 1].container)
        i--;
    if (i <= 1)
        return;
    b->exercises -= b->scopes.items[i - 1].exercise;
    b->scopes.count = i - 1;
    if (b->zone && b->scopes.count < b->zone_scope)
        builder_end_zone(b);
}

enum block_kind builder_kind(const struct builder *b, const struct place *place, enum block_kind kind)
{
    if (kind == BLOCK_CODE)
        return kind;
    if (place->in_note)
        return BLOCK_NOTE;
    if (kind == BLOCK_HEADING)
        return kind;
    if (b->exercises || b->zone == ZONE_EXERCISES)
        return BLOCK_EXERCISE;
    return b->zone == ZONE_NOTES ? BLOCK_NOTE : kind;
}

/* Exercises share the section they stand in. */
void builder_open_exercise(struct builder *b)
{
    struct scope scope = *builder_scope(b);
    scope.container = scope.exercise = true;
    list_push(b->arena, &b->scopes, scope);
    b->exercises++;
    b->lead = -1;
}

void builder_open_container(struct builder *b, const struct island *island)
{
    builder_start_block(b);
    writer_add_plain(&b->writer, b->doc->source, island->title);
    struct str title = str_copy(b->arena, buffer_str(&b->writer.bytes));
    struct section section = {.heading = -1, .level = builder_scope(b)->level + 1, .title = title};
    section.line = document_line(b->doc, island->source.start);
    builder_open_section(b, section, true);
    if (b->zone == ZONE_BODY)
        builder_open_zone(b, zone_of_heading(b->arena, title), 7);
    b->lead = -1;
}
