/* Any bytes are drafts: every line ends verified, doubtful or refused, and what is verified stands in the chapter. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "verify/draft.h"
#include "verify/recall.h"

#include "document/document.h"
#include "facts/facts.h"

#include <stdlib.h>

static const char source[] =
    "# Lúmina\n\nEn 1998 Berta Solís fundó la empresa Lúmina en Oviedo. En marzo de 2011 Lúmina "
    "lanzó Farol 1.\n\n- Brasa no publicó ningún motor.\n";

static struct arena kept;
static struct document doc;
static struct facts facts;

static void read_chapter_once(void)
{
    struct error e;
    if (doc.source.len)
        return;
    if (!document_parse(&kept, STR("fuzz.md"), str_from(source), STR("es"), &doc, &e) ||
        !facts_find(&kept, &doc, NULL, NULL, &facts, &e))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct buffer report = {0};
    struct drafts drafts;
    struct hits hits;
    const struct draft_options options = {.scope = STR("fuzz")};
    struct str text = {(const char *)bytes, size};
    read_chapter_once();
    drafts_check(&arena, &doc, &facts, &options, text, &drafts);
    if (drafts.verified + drafts.doubtful + drafts.refused != drafts.count)
        abort();
    list_each (const struct draft, draft, &drafts)
        if (draft->state == DRAFT_VERIFIED &&
            (!draft->card.source.line || draft->card.source.end > doc.source.len || !draft->card.id.text[0]))
            abort();
    drafts_add_json(&report, &drafts);
    facts_match(&arena, &doc, &facts, text, &hits);
    buffer_finish(&report);
    arena_finish(&arena);
    return 0;
}
