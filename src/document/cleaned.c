#include "document/cleaned.h"

#include "base/list.h"

void runs_add(struct arena *arena, struct runs *runs, struct run run)
{
    if (!run.len)
        return;
    if (runs->count) {
        struct run *last = list_last(runs);
        if (last->text + last->len == run.text && last->source + last->len == run.source) {
            last->len += run.len;
            return;
        }
    }
    list_push(arena, runs, run);
}

void runs_mark(struct arena *arena, struct runs *runs, size_t text, size_t source)
{
    list_push(arena, runs, ((struct run){text, source, 0}));
}

size_t runs_find(const struct runs *runs, size_t text)
{
    size_t low = 0, high = runs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (runs->items[middle].text + runs->items[middle].len > text)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void cleaned_copy(struct arena *arena, struct cleaned *cleaned, struct str source, struct span span)
{
    runs_add(arena, &cleaned->segments, (struct run){cleaned->bytes.len, span.start, span.end - span.start});
    buffer_add(&cleaned->bytes, str_slice(source, span.start, span.end));
}

void cleaned_replace(struct arena *arena, struct cleaned *cleaned, struct str bytes, size_t source_end)
{
    buffer_add(&cleaned->bytes, bytes);
    list_push(arena, &cleaned->segments, ((struct run){cleaned->bytes.len, source_end, 0}));
}

void cleaned_cut(struct cleaned *cleaned, size_t at)
{
    cleaned->bytes.len = at;
    struct runs *segments = &cleaned->segments;
    while (segments->count && list_last(segments)->text >= at)
        segments->count--;
    if (segments->count && list_last(segments)->text + list_last(segments)->len > at)
        list_last(segments)->len = at - list_last(segments)->text;
}

bool cleaned_has(const struct cleaned *cleaned, size_t at)
{
    size_t i = runs_find(&cleaned->segments, at);
    return i < cleaned->segments.count && cleaned->segments.items[i].text <= at;
}

size_t cleaned_source(const struct cleaned *cleaned, size_t at)
{
    const struct runs *segments = &cleaned->segments;
    size_t i = runs_find(segments, at);
    if (i < segments->count && segments->items[i].text <= at)
        return segments->items[i].source + (at - segments->items[i].text);
    return i ? segments->items[i - 1].source + segments->items[i - 1].len : 0;
}

size_t cleaned_source_end(const struct cleaned *cleaned, size_t at)
{
    if (!at)
        return 0;
    const struct runs *segments = &cleaned->segments;
    size_t i = runs_find(segments, at - 1);
    if (i < segments->count && segments->items[i].text < at)
        return segments->items[i].source + (at - segments->items[i].text);
    bool ours = !i || segments->items[i - 1].text + segments->items[i - 1].len < at;
    if (ours && i < segments->count && segments->items[i].text == at)
        return segments->items[i].source; /* what our bytes stand for ends here */
    return i ? segments->items[i - 1].source + segments->items[i - 1].len : 0;
}

void cleaned_trace(struct arena *arena, const struct cleaned *cleaned, struct run run, struct runs *ret)
{
    const struct runs *segments = &cleaned->segments;
    size_t at = run.source, end = run.source + run.len;
    for (size_t i = runs_find(segments, at); at < end; i++) {
        bool more = i < segments->count;
        size_t from = more && segments->items[i].text < end ? segments->items[i].text : end;
        if (from > at) { /* our own bytes: marks where they start and end */
            runs_mark(arena, ret, run.text + (at - run.source), cleaned_source(cleaned, at));
            runs_mark(arena, ret, run.text + (from - run.source), cleaned_source_end(cleaned, from));
            at = from;
        }
        if (!more || at >= end)
            continue;
        const struct run *segment = &segments->items[i];
        size_t stop = segment->text + segment->len < end ? segment->text + segment->len : end;
        if (stop > at)
            runs_add(arena, ret,
                     (struct run){run.text + (at - run.source), segment->source + (at - segment->text),
                                  stop - at});
        at = stop > at ? stop : at;
    }
}

void cleaned_finish(struct cleaned *cleaned)
{
    buffer_finish(&cleaned->bytes);
}
