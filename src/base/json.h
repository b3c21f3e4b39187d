/* JSON text (RFC 8259) → a tree. Strict: one value, no comments, no trailing commas, valid UTF-8. Linear in its length. */
#ifndef REPASO_BASE_JSON_H
#define REPASO_BASE_JSON_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    struct str text; /* of a text: unescaped; of a number: as it is written */
    double number;
    struct json_items {
        struct json *items;
        size_t count, capacity;
    } children;
    struct str_list keys; /* of an object; keys.items[i] names children.items[i] */
};

enum { JSON_DEPTH_MAX = 64 };

/* Reads a whole text. The tree lives in `arena`; texts without escapes point into `text`. On an error `e` has the
 * column, in bytes from 1. */
bool json_parse(struct arena *arena, struct str text, struct json *ret, struct error *e);
/* The member of an object, the last one if it stands there twice; NULL if there is none or `json` is no object. */
const struct json *json_get(const struct json *json, const char *key);
/* The text of a member; empty when it is missing or no text. */
struct str json_get_text(const struct json *json, const char *key);
/* The texts of a member that is an array; what is no text is left out. A single text counts as a list of one. */
struct str_list json_get_texts(struct arena *arena, const struct json *json, const char *key);

#endif
