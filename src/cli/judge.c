/* `repaso judge`: JSON lines with an answer and what was given, in; a verdict each, out. */
#include "cards/judge.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/print.h"

#include <stdio.h>
#include <string.h>

enum { INPUT_LIMIT = 256 << 20 };

static enum accent_policy accents_of(const char *name)
{
    return strcmp(name, "demand") == 0 ? ACCENTS_DEMAND
           : strcmp(name, "warn") == 0 ? ACCENTS_WARN
                                       : ACCENTS_FORGIVE;
}

static enum typo_policy typos_of(const char *name)
{
    return strcmp(name, "none") == 0 ? TYPOS_NONE : strcmp(name, "one") == 0 ? TYPOS_ONE : TYPOS_BY_LENGTH;
}

static bool read_question(struct arena *arena, struct str line, struct card *ret, struct str *ret_given,
                          struct error *e)
{
    struct json json;
    if (!json_parse(arena, line, &json, e))
        return false;
    struct str kind = json_get_text(&json, "kind");
    struct card card = {.lang = json_get_text(&json, "lang"), .answer = json_get_text(&json, "answer")};
    card.accepted = json_get_texts(arena, &json, "accepted");
    card.choices = json_get_texts(arena, &json, "choices");
    if (!card.lang.len)
        card.lang = STR("es");
    if (kind.len && !card_kind_from(kind, &card.kind))
        return fail(e, ERROR_SYNTAX, _("There is no kind of card \"%.*s\"."), STR_ARG(kind));
    if (!card.answer.len || !json_get(&json, "given"))
        return fail(e, ERROR_SYNTAX, _("A line wants \"answer\" and \"given\"."));
    *ret = card;
    *ret_given = json_get_text(&json, "given");
    return true;
}

static void add_judgement(struct buffer *out, struct arena *arena, const struct judgement *judgement)
{
    buffer_add(out, STR("{\"verdict\":"));
    buffer_add_json(out, verdict_name(judgement->verdict));
    buffer_add(out, STR(",\"forgiven\":["));
    for (size_t i = 0; i < judgement->forgiven.count; i++) {
        buffer_add(out, i ? STR(",") : STR(""));
        buffer_add_json(out, judgement->forgiven.items[i]);
    }
    buffer_format(out, "],\"grade\":%d,\"diff\":", judgement->grade);
    buffer_add_json(out, diff_text(arena, &judgement->diff));
    buffer_add(out, STR("}\n"));
}

static bool judge_lines(const struct judge_options *options, struct str text, struct buffer *out,
                        struct error *e)
{
    struct arena arena = {0};
    struct str line;
    bool ok = true;
    for (int number = 1; ok && str_split(&text, '\n', &line); number++) {
        struct card card;
        struct str given;
        line = str_trim(line);
        if (!line.len)
            continue;
        arena_reset(&arena);
        ok = read_question(&arena, line, &card, &given, e) || error_at(e, STR("-"), number, e->column);
        if (!ok)
            break;
        struct judgement judgement = judge(&arena, options, &card, given);
        add_judgement(out, &arena, &judgement);
    }
    arena_finish(&arena);
    return ok;
}

bool run_judge(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct str text;
    const struct judge_options options = {.accents = accents_of(call_option(call, "accents", "forgive")),
                                          .typos = typos_of(call_option(call, "typos", "by-length"))};
    bool ok = input_read(&arena, "-", INPUT_LIMIT, &text, e) && judge_lines(&options, text, &out, e);
    print_buffer(stdout, &out);
    buffer_finish(&out);
    arena_finish(&arena);
    return ok;
}
