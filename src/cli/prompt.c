/* `repaso prompt`: what to give to a colleague or a chatbot so that its cards can be checked. */
#include "verify/draft.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "document/document.h"

#include <stdio.h>

enum { CHAPTER_LIMIT = 64 << 20 };

bool run_prompt(const struct call *call, struct error *e)
{
    struct arena arena = {0};
    struct buffer out = {0};
    struct document doc;
    struct str path = str_from(call->words[0]), source;
    bool ok = file_read(&arena, call->words[0], CHAPTER_LIMIT, &source, e) &&
              document_parse(&arena, path, source, str_from(call_option(call, "lang", "")), &doc, e);
    if (ok) {
        prompt_write(&out, &doc, !call_has(call, "without-text"));
        print_buffer(stdout, &out);
    }
    buffer_finish(&out);
    arena_finish(&arena);
    return ok;
}
