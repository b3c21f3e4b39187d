#include "exchange/write.h"

#include "base/arena.h"
#include "exchange/formats.h"

/* The words of --format. */
static const struct write_format *const formats[] = {&write_apkg,   &write_csv,      &write_gift,
                                                     &write_moodle, &write_markdown, &write_jsonl,
                                                     &write_html,   &write_pdf,      &write_yaml};

enum { FORMATS = sizeof formats / sizeof *formats };

const struct write_format *write_format_find(struct str name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (str_equal(name, str_from(formats[i]->name)))
            return formats[i];
    return NULL;
}

struct str write_format_names(struct arena *arena)
{
    struct str names = {0};
    for (size_t i = 0; i < FORMATS; i++)
        names = str_format(arena, "%.*s%s%s", STR_ARG(names), i ? ", " : "", formats[i]->name);
    return names;
}

struct parcel_sink write_sink(const struct write_format *format, struct writer *writer)
{
    return (struct parcel_sink){.self = writer,
                                .wants_bytes = format->wants_bytes,
                                .deck = format->deck,
                                .type = format->type,
                                .medium = format->medium,
                                .note = format->note,
                                .chapter = format->chapter};
}
