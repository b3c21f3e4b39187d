/* YAML: bytes → a tree that knows its lines, and a tree → bytes.
 *
 * Every value is a scalar (its text; the reader gives it a meaning), a sequence or a mapping in the order of
 * the file. Aliases share the node that they name. Refused, with line and column: more than 8 MiB, nesting
 * beyond 32, the same key twice, keys that are no scalars, a second document, aliases that would unfold to
 * more than a million nodes. */
#ifndef REPASO_YAML_YAML_H
#define REPASO_YAML_YAML_H

#include "base/error.h"
#include "base/str.h"

struct arena;
struct buffer;

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

enum yaml_style { YAML_PLAIN, YAML_QUOTED, YAML_BLOCK };

struct yaml_node {
    enum yaml_kind kind;
    enum yaml_style style; /* scalars: `007` is PLAIN, "007" is QUOTED, text behind | or > is BLOCK */
    int line, column;      /* from 1; 0 in a tree built by a program */
    size_t weight;         /* nodes in this subtree, each alias counted in full */
    struct str text;       /* scalars only */
    struct {
        struct yaml_node **items;
        size_t count, capacity;
    } children; /* sequences: the items; mappings: the values */
    struct {
        struct yaml_node **items;
        size_t count, capacity;
    } keys; /* mappings only: one scalar for each child */
};

/* `first_line` is the line of the file on which `bytes` begins (1 for a whole file). An empty text is an
 * empty mapping. `file` is used in errors and may be empty. */
bool yaml_read(struct arena *arena, struct str bytes, struct str file, int first_line, struct yaml_node **ret,
               struct error *e);

/* The value of a key, NULL if the mapping has none (or the node is NULL or no mapping). */
const struct yaml_node *yaml_get(const struct yaml_node *mapping, struct str key);
/* The text of a scalar child; `fallback` if there is none. */
struct str yaml_get_text(const struct yaml_node *mapping, struct str key, struct str fallback);
/* A plain scalar that is empty, ~ or null; NULL counts too. */
bool yaml_is_null(const struct yaml_node *node);
/* true/yes/on and false/no/off, plain only. */
bool yaml_to_bool(const struct yaml_node *node, bool *ret);

/* Building a tree. A `text` is written so that it is read back as the same string, a `plain` as it stands:
 * numbers, true, false. */
struct yaml_node *yaml_text(struct arena *arena, struct str text);
struct yaml_node *yaml_plain(struct arena *arena, struct str text);
struct yaml_node *yaml_sequence(struct arena *arena);
struct yaml_node *yaml_mapping(struct arena *arena);
void yaml_append(struct arena *arena, struct yaml_node *sequence, struct yaml_node *child);
void yaml_put(struct arena *arena, struct yaml_node *mapping, struct str key, struct yaml_node *value);

/* Block style, two blanks a level, text of several lines behind |. */
void yaml_write(struct buffer *buffer, const struct yaml_node *node);

#endif
