/* `repaso proof`: what an author may want to look at again. */
#include "verify/proof.h"

#include "app/intake.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/print.h"

#include <stdio.h>
#include <string.h>

struct proof_chapters {
    struct proof_chapter *items;
    size_t count, capacity;
};

static void add_text(struct buffer *out, struct arena *arena, const struct remarks *remarks)
{
    list_each (const struct remark, remark, remarks)
        buffer_format(out, "%.*s:%d:%d: %.*s\n", STR_ARG(remark->at.file), remark->at.line, remark->at.column,
                      STR_ARG(remark_text(arena, remark)));
}

static void add_field(struct buffer *out, const char *name, struct str value)
{
    buffer_format(out, ",\"%s\":", name);
    buffer_add_json(out, value);
}

static void add_json(struct buffer *out, struct arena *arena, const struct remarks *remarks)
{
    buffer_add(out, STR("["));
    for (size_t i = 0; i < remarks->count; i++) {
        const struct remark *remark = &remarks->items[i];
        buffer_format(out, "%s\n{\"line\":%d,\"column\":%d", i ? "," : "", remark->at.line,
                      remark->at.column);
        add_field(out, "file", remark->at.file);
        add_field(out, "kind", remark_kind_name(remark->kind));
        add_field(out, "here", remark->here);
        add_field(out, "there", remark->there);
        if (remark->other.line) {
            buffer_format(out, ",\"other\":{\"line\":%d,\"column\":%d", remark->other.line,
                          remark->other.column);
            add_field(out, "file", remark->other.file);
            buffer_add_char(out, '}');
        }
        add_field(out, "text", remark_text(arena, remark));
        buffer_add_char(out, '}');
    }
    buffer_add(out, STR("\n]\n"));
}

bool run_proof(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct intakes intakes = {0};
    struct str_list paths = {0};
    struct proof_chapters chapters = {0};
    struct remarks remarks = {0};
    const struct intake_options options = {.lang = str_from(call_option(call, "lang", "")), .folders = true};
    for (int i = 0; i < call->count; i++)
        list_push(&arena, &paths, str_from(call->words[i]));
    bool ok = intake_read(&arena, &options, &paths, &intakes, e);
    list_each (const struct intake, intake, &intakes)
        if (ok && !intake->is_deck)
            list_push(&arena, &chapters, (struct proof_chapter){&intake->document, &intake->facts});
    if (ok) {
        proof_read(&arena, chapters.items, chapters.count, &remarks);
        if (strcmp(call_option(call, "format", "text"), "json") == 0)
            add_json(&out, &arena, &remarks);
        else
            add_text(&out, &arena, &remarks);
        print_buffer(stdout, &out);
    }
    buffer_finish(&out);
    arena_finish(&arena);
    return ok;
}
