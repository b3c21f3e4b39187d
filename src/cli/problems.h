/* A deck's problems, as people, editors and CI read them. */
#ifndef REPASO_CLI_PROBLEMS_H
#define REPASO_CLI_PROBLEMS_H

#include "decks/deck_file.h"

struct buffer;
struct intake;
struct intakes;

/* One deck that was looked over. An `error` (its kind is not ERROR_NONE) says why it could not be read at all. */
struct checked {
    struct str path, source;
    size_t cards;
    struct problems problems;
    struct error error;
};

struct checked_list {
    struct checked *items;
    size_t count, capacity;
};

/* "file:line:column: error: text", the line itself and a mark below its column. */
void problems_add_text(struct buffer *out, const struct checked *deck);
/* What had to be read in another way than it was meant, a line each, on standard error; the first is for
 * intake_options.loaded. */
void print_file_warnings(void *self, const struct intake *intake);
void print_warnings(const struct intakes *intakes);
/* What an intake_options.inspect wants: problems as text on standard error. */
void print_problems(void *self, struct str path, struct str source, const struct problems *problems);
/* One array of objects: file, line, column, severity, rule, message. */
void problems_add_json(struct buffer *out, const struct checked_list *decks);
/* SARIF 2.1.0, as code hosts show it beside the lines. */
void problems_add_sarif(struct buffer *out, const struct checked_list *decks);

#endif
