#include "cli/problems.h"

#include "app/intake.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "cli/context.h"
#include "cli/print.h"

#include <stdio.h>

enum { LINE_SHOWN = 100 };

/* Lines are asked for in rising order: goes on where it was. */
struct lines {
    struct str rest, text;
    int line;
};

static struct str line_at(struct lines *lines, int line)
{
    while (lines->line < line && str_split(&lines->rest, '\n', &lines->text))
        lines->line++;
    return lines->line == line ? lines->text : (struct str){0};
}

static void add_line(struct buffer *out, struct str line, int column)
{
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (!line.len || utf8_count(line) > LINE_SHOWN)
        return;
    buffer_format(out, "    %.*s\n    ", STR_ARG(line));
    size_t at = 0;
    for (int i = 1; i < column && at < line.len; i++)
        buffer_add_char(out, utf8_next(line, &at) == '\t' ? '\t' : ' ');
    buffer_add(out, STR("^\n"));
}

void problems_add_text(struct buffer *out, const struct checked *deck)
{
    struct lines lines = {.rest = deck->source};
    list_each (struct problem, problem, &deck->problems) {
        buffer_format(out, "%.*s:%d:%d: %s: %.*s\n", STR_ARG(deck->path), problem->line, problem->column,
                      problem->warning ? _("warning") : _("error"), STR_ARG(problem->text));
        add_line(out, line_at(&lines, problem->line), problem->column);
    }
    if (deck->error.kind != ERROR_NONE) {
        char text[600];
        error_describe(&deck->error, text, sizeof text);
        buffer_format(out, "%s\n", text);
    }
}

void print_file_warnings(void *self, const struct intake *intake)
{
    (void)self;
    if (intake->document.warnings.count)
        context_progress_end();
    for (size_t i = 0; i < intake->document.warnings.count; i++)
        fprintf(stderr, "%.*s:%.*s\n", STR_ARG(intake->path), STR_ARG(intake->document.warnings.items[i]));
}

void print_warnings(const struct intakes *intakes)
{
    list_each (const struct intake, intake, intakes)
        print_file_warnings(NULL, intake);
}

void print_problems(void *self, struct str path, struct str source, const struct problems *problems)
{
    struct buffer out = {0};
    const struct checked file = {.path = path, .source = source, .problems = *problems};
    (void)self;
    context_progress_end();
    problems_add_text(&out, &file);
    print_buffer(stderr, &out);
    buffer_finish(&out);
}

/* A deck that could not be read has one problem: its error. */
static struct problems all_problems(const struct checked *deck, struct problem *room)
{
    if (deck->error.kind == ERROR_NONE)
        return deck->problems;
    *room = (struct problem){.rule = "unreadable",
                             .line = deck->error.line > 0 ? deck->error.line : 1,
                             .column = deck->error.column > 0 ? deck->error.column : 1,
                             .text = str_from(deck->error.text)};
    return (struct problems){.items = room, .count = 1, .errors = 1};
}

typedef void add_problem(struct buffer *out, struct str path, const struct problem *problem);

static void add_each(struct buffer *out, const struct checked_list *decks, add_problem *add)
{
    bool first = true;
    list_each (struct checked, deck, decks) {
        struct problem room;
        struct problems problems = all_problems(deck, &room);
        list_each (struct problem, problem, &problems) {
            buffer_add(out, first ? STR("\n") : STR(",\n"));
            add(out, deck->path, problem);
            first = false;
        }
    }
}

static void add_json_problem(struct buffer *out, struct str path, const struct problem *problem)
{
    buffer_add(out, STR("  {\"file\": "));
    buffer_add_json(out, path);
    buffer_format(out,
                  ", \"line\": %d, \"column\": %d, \"severity\": \"%s\", \"rule\": \"%s\", \"message\": ",
                  problem->line, problem->column, problem->warning ? "warning" : "error", problem->rule);
    buffer_add_json(out, problem->text);
    buffer_add_char(out, '}');
}

void problems_add_json(struct buffer *out, const struct checked_list *decks)
{
    buffer_add_char(out, '[');
    add_each(out, decks, add_json_problem);
    buffer_add(out, STR("\n]\n"));
}

static void add_sarif_problem(struct buffer *out, struct str path, const struct problem *problem)
{
    buffer_format(out,
                  "      {\"ruleId\": \"%s\", \"level\": \"%s\", \"message\": {\"text\": ", problem->rule,
                  problem->warning ? "warning" : "error");
    buffer_add_json(out, problem->text);
    buffer_add(out,
               STR("},\n       \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": "));
    buffer_add_json(out, path);
    buffer_format(out, "}, \"region\": {\"startLine\": %d, \"startColumn\": %d}}}]}", problem->line,
                  problem->column);
}

void problems_add_sarif(struct buffer *out, const struct checked_list *decks)
{
    buffer_add(out, STR("{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                        "  \"version\": \"2.1.0\",\n  \"runs\": [{\n"
                        "    \"tool\": {\"driver\": {\"name\": \"repaso\", \"version\": \"" REPASO_VERSION
                        "\"}},\n"
                        "    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": ["));
    add_each(out, decks, add_sarif_problem);
    buffer_add(out, STR("\n    ]\n  }]\n}\n"));
}
