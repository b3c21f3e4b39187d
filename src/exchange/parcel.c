#include "exchange/parcel.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/list.h"
#include "text/text.h"

#include <string.h>

bool sink_deck(const struct parcel_sink *sink, const struct parcel_deck *deck, struct error *e)
{
    return !sink->deck || sink->deck(sink->self, deck, e);
}

bool sink_type(const struct parcel_sink *sink, const struct parcel_type *type, struct error *e)
{
    return !sink->type || sink->type(sink->self, type, e);
}

bool sink_medium(const struct parcel_sink *sink, const struct parcel_medium *medium, struct error *e)
{
    return !sink->medium || sink->medium(sink->self, medium, e);
}

bool sink_note(const struct parcel_sink *sink, const struct parcel_note *note, struct error *e)
{
    return !sink->note || sink->note(sink->self, note, e);
}

bool sink_chapter(const struct parcel_sink *sink, const struct parcel_chapter *chapter, struct error *e)
{
    return !sink->chapter || sink->chapter(sink->self, chapter, e);
}

/* A guid of 26 base-32 characters is a card's identity itself: what this program exported comes home. */
static bool is_identity(struct str guid)
{
    for (size_t i = 0; i < guid.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz234567", guid.ptr[i]))
            return false;
    return guid.len == 26;
}

struct card_id parcel_card_id(struct str guid, int ordinal)
{
    struct card_id id = {0};
    if (ordinal == 0 && is_identity(guid)) {
        memcpy(id.text, guid.ptr, 26);
        return id;
    }
    struct arena arena = {0};
    identity_hash(str_format(&arena, "anki%c%.*s%c%d", 0, STR_ARG(guid), 0, ordinal), id.text);
    arena_finish(&arena);
    return id;
}

int parcel_ordinal(struct str guid, struct str card_id)
{
    enum { ORDINALS = 500 };
    for (int i = 0; i < ORDINALS; i++)
        if (str_equal(str_from(parcel_card_id(guid, i).text), card_id))
            return i;
    return 0;
}

struct str parcel_guid(struct arena *arena, struct str deck, struct str question)
{
    char id[27];
    question = text_nfc(arena, text_trim(question));
    identity_hash(str_format(arena, "text%c%.*s%c%.*s", 0, STR_ARG(deck), 0, STR_ARG(question)), id);
    /* Shorter than an identity, so that it is none. */
    return str_slice(str_copy(arena, str_from(id)), 0, 20);
}

#define BACK "{{FrontSide}}\n\n<hr id=answer>\n\n"

/* Fields end with NULL. */
static const struct native {
    const char *name;
    const char *fields[6];
    struct {
        const char *front, *back;
    } templates[2];
} natives[] = {
    [KIND_BASIC] = {"Basic", {"Front", "Back"}, {{"{{Front}}", BACK "{{Back}}"}}},
    [KIND_REVERSED] = {"Basic (and reversed card)",
                       {"Front", "Back"},
                       {{"{{Front}}", BACK "{{Back}}"}, {"{{Back}}", BACK "{{Front}}"}}},
    [KIND_OPTIONAL] = {"Basic (optional reversed card)",
                       {"Front", "Back", "Add Reverse"},
                       {{"{{Front}}", BACK "{{Back}}"},
                        {"{{#Add Reverse}}{{Back}}{{/Add Reverse}}", BACK "{{Front}}"}}},
    [KIND_TYPED] = {"Basic (type in the answer)",
                    {"Front", "Back"},
                    {{"{{Front}}\n\n{{type:Back}}", "{{Front}}\n\n<hr id=answer>\n\n{{type:Back}}"}}},
    [KIND_CLOZE] = {"Cloze",
                    {"Text", "Back Extra"},
                    {{"{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Back Extra}}"}}},
    [KIND_OCCLUSION] =
        {"Image Occlusion",
         {"Occlusion", "Image", "Header", "Back Extra", "Comments"},
         {{"{{#Header}}<div>{{Header}}</div>{{/Header}}<div style=\"display: none\">{{cloze:Occlusion}}"
           "</div>{{Image}}",
           "{{#Header}}<div>{{Header}}</div>{{/Header}}<div style=\"display: none\">{{cloze:Occlusion}}"
           "</div>{{Image}}{{#Back Extra}}<div>{{Back Extra}}</div>{{/Back Extra}}"}}},
};

struct parcel_type parcel_native_type(struct arena *arena, enum parcel_kind kind)
{
    if (kind >= KIND_OTHER)
        kind = KIND_BASIC;
    const struct native *native = &natives[kind];
    struct parcel_type type = {.name = str_from(native->name), .kind = kind};
    for (size_t i = 0; i < sizeof native->fields / sizeof *native->fields && native->fields[i]; i++)
        list_push(arena, &type.fields, str_from(native->fields[i]));
    for (int i = 0; i < 2 && native->templates[i].front; i++)
        list_push(arena, &type.templates,
                  (struct parcel_template){
                      kind == KIND_CLOZE || kind == KIND_OCCLUSION ? type.name
                                                                   : str_format(arena, "Card %d", i + 1),
                      str_from(native->templates[i].front), str_from(native->templates[i].back)});
    return type;
}
