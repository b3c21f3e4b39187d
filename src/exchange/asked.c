#include "exchange/asked.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "cards/medium.h"
#include "exchange/cloze.h"
#include "exchange/html.h"
#include "exchange/template.h"
#include "text/text.h"

#include <string.h>

/* One side of a card on its way. */
struct side {
    struct template_output output;
    struct html_words words;
};

static bool is_cloze(const struct parcel_type *type)
{
    return type->kind == KIND_CLOZE || type->kind == KIND_OCCLUSION;
}

static struct template_input input_of(const struct asked_input *in, const struct parcel_template *template,
                                      int ordinal)
{
    return (struct template_input){.names = &in->type->fields,
                                   .values = &in->note->fields,
                                   .type = in->type->name,
                                   .deck = in->deck,
                                   .card = template->name,
                                   .number = is_cloze(in->type) ? ordinal + 1 : 0};
}

/* Medium labels → references that the collection knows. */
static struct str refer(const struct asked_input *in, struct arena *arena, const struct str_list *names)
{
    struct str sha;
    for (size_t i = 0; i < names->count; i++)
        if (in->find_medium && in->find_medium(in->self, names->items[i], &sha))
            return str_format(arena, MEDIUM_KEPT "%.*s", STR_ARG(sha));
    return (struct str){0};
}

static struct str join(struct arena *arena, const struct str_list *parts, const char *between)
{
    struct buffer out = {0};
    for (size_t i = 0; i < parts->count; i++)
        buffer_format(&out, "%s%.*s", i ? between : "", STR_ARG(parts->items[i]));
    struct str joined = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return joined;
}

/* Where the answer begins on a back that repeats its front: behind <hr id=answer>, as every stock template has it. */
static size_t answer_start(struct str html)
{
    size_t at = str_find(html, STR("<hr"), 0);
    for (; at != SIZE_MAX; at = str_find(html, STR("<hr"), at + 3)) {
        size_t end = str_find(html, STR(">"), at);
        if (end != SIZE_MAX && str_contains(str_slice(html, at, end), STR("answer")))
            return end + 1;
    }
    return 0;
}

/* Whether the front shows the field, or at least says the same: templates repeat, colour and hide fields. */
static bool is_shown(struct arena *arena, const struct side *front, const struct template_output *back,
                     const struct template_use *use)
{
    struct str text = html_text(arena, str_slice(back->html, use->span.start, use->span.end));
    return text.len == 0 || str_contains(front->words.text, text);
}

/* The use that answers: what is typed, else the first field of the back that the front does not show. */
static const struct template_use *answering(struct arena *arena, const struct side *front,
                                            const struct template_output *back, size_t from)
{
    const struct template_use *first = NULL;
    for (size_t i = 0; i < back->uses.count; i++) {
        const struct template_use *use = &back->uses.items[i];
        if (use->span.start < from)
            continue;
        if (use->typed)
            return use;
        if (!first && !is_shown(arena, front, back, use))
            first = use;
    }
    return first;
}

/* A back of several fields answers with one and explains with the rest. */
static void split_back(struct arena *arena, const struct side *front, const struct template_output *back,
                       struct card *card)
{
    size_t from = answer_start(back->html);
    const struct template_use *use = answering(arena, front, back, from);
    struct str whole = html_text(arena, str_slice(back->html, from, back->html.len));
    if (!use) {
        card->answer = whole;
        return;
    }
    struct str before = str_slice(back->html, from, use->span.start),
               behind = str_slice(back->html, use->span.end, back->html.len);
    card->answer = html_text(arena, str_slice(back->html, use->span.start, use->span.end));
    struct str rest = html_text(arena, str_format(arena, "%.*s<br>%.*s", STR_ARG(before), STR_ARG(behind)));
    /* Signs between the fields of a template explain nothing. */
    struct words words = {0};
    text_words(arena, rest, &words);
    bool says = false;
    list_each (struct word, word, &words)
        says |= word->kind != WORD_MARK;
    if (card->answer.len == 0)
        card->answer = rest;
    else if (says && !str_equal(rest, card->prompt))
        card->explanation = rest;
}

static struct side render_front(struct arena *arena, const struct asked_input *in,
                                const struct parcel_template *template, int ordinal)
{
    struct template_input input = input_of(in, template, ordinal);
    input.tags = join(arena, &in->note->tags, " ");
    struct side side = {.output = template_render(arena, template->front, &input)};
    side.words = html_words(arena, side.output.html);
    return side;
}

static struct side render_back(struct arena *arena, const struct asked_input *in,
                               const struct parcel_template *template, int ordinal)
{
    struct template_input input = input_of(in, template, ordinal);
    input.back = true;
    struct side side = {.output = template_render(arena, template->back, &input)};
    side.words = html_words(arena, side.output.html);
    return side;
}

static int count_gaps(struct str prompt)
{
    int gaps = 0;
    for (size_t at = str_find(prompt, STR("____"), 0); at != SIZE_MAX;
         at = str_find(prompt, STR("____"), at + 4))
        gaps++;
    return gaps;
}

/* What fields besides the text with the gaps say on the back. */
static struct str cloze_extra(struct arena *arena, const struct asked_input *in, const struct side *back)
{
    struct str_list parts = {0};
    uint64_t with_gaps = 0;
    list_each (struct parcel_template, template, &in->type->templates)
        with_gaps |= template_cloze_fields(template->front, &in->type->fields);
    list_each (const struct template_use, use, &back->output.uses)
        if (use->field >= 64 || !(with_gaps >> use->field & 1)) {
            struct str text = html_text(arena, str_slice(back->output.html, use->span.start, use->span.end));
            if (text.len)
                list_push(arena, &parts, text);
        }
    return join(arena, &parts, "\n");
}

static void ask_gap(struct arena *arena, const struct asked_input *in, const struct side *front,
                    const struct side *back, struct card *card)
{
    struct str_list answers = {0};
    for (size_t i = 0; i < front->output.answers.count; i++) {
        struct str answer = html_text(arena, front->output.answers.items[i]);
        if (answer.len && !str_list_has(&answers, answer))
            list_push(arena, &answers, answer);
    }
    card->answer = join(arena, &answers, "; ");
    /* A native gap is one; several that belong together are asked as a question. */
    card->kind = count_gaps(card->prompt) == 1 ? CARD_CLOZE : CARD_DIRECT;
    card->explanation = cloze_extra(arena, in, back);
}

static void doubt(struct card *card, struct str why)
{
    if (card->tier == TIER_REVIEW)
        return;
    card->tier = TIER_REVIEW;
    card->doubt = why;
}

/* What is asked for is a place in a picture. */
static bool is_occlusion(const struct asked_input *in, const struct side *front)
{
    return in->type->kind == KIND_OCCLUSION ||
           (front->output.answers.count &&
            str_starts(front->output.answers.items[0], STR("image-occlusion:")));
}

/* A card that cannot be asked as it is waits for a look, and says why. */
static void look_over(struct arena *arena, const struct asked_input *in, bool occlusion, struct card *card)
{
    struct str guid = in->note->guid;
    struct str first = in->note->fields.count ? html_text(arena, in->note->fields.items[0]) : (struct str){0};
    if (occlusion) {
        card->answer = (struct str){0};
        notices_add(in->notice_arena, in->notices, NOTICE_OCCLUSION, guid, 0);
        doubt(card, str_from(_("it asks for a covered part of a picture, which is not shown here yet")));
    }
    if (card->prompt.len == 0) {
        notices_add(in->notice_arena, in->notices, NOTICE_EMPTY_CARD, guid, 0);
        card->prompt = first.len ? first : STR("…");
        doubt(card, str_from(_("its template gives nothing to ask")));
    }
    if (card->answer.len == 0) {
        if (!occlusion)
            notices_add(in->notice_arena, in->notices, NOTICE_NO_ANSWER, first.len ? first : guid, 0);
        card->answer = STR("…");
        doubt(card, str_from(_("it has no answer")));
    }
}

struct card asked_card(struct arena *arena, const struct asked_input *in, int ordinal)
{
    const struct parcel_type *type = in->type;
    size_t at = is_cloze(type) ? 0 : (size_t)ordinal;
    static const struct parcel_template none;
    const struct parcel_template *template = at < type->templates.count ? &type->templates.items[at] : &none;
    struct side front = render_front(arena, in, template, ordinal),
                back = render_back(arena, in, template, ordinal);
    struct card card = {.id = parcel_card_id(in->note->guid, ordinal),
                        .kind = type->kind == KIND_REVERSED && ordinal == 1 ? CARD_REVERSE : CARD_DIRECT,
                        .lang = in->lang,
                        .prompt = front.words.text,
                        .hint = html_text(arena, front.output.hint),
                        .confidence = 1,
                        .tags = in->note->tags};
    if (front.output.answers.count)
        ask_gap(arena, in, &front, &back, &card);
    else
        split_back(arena, &front, &back.output, &card);
    card.image = refer(in, arena, &front.words.images);
    if (card.image.len == 0)
        card.image = refer(in, arena, &back.words.images);
    card.audio = refer(in, arena, &front.words.sounds);
    if (card.audio.len == 0)
        card.audio = refer(in, arena, &back.words.sounds);
    if (front.words.active || back.words.active || front.output.strange || back.output.strange)
        notices_add(in->notice_arena, in->notices, NOTICE_ACTIVE, in->note->guid, 0);
    look_over(arena, in, is_occlusion(in, &front), &card);
    return card;
}

static int gap_ordinals(const struct cloze_numbers *numbers, int *ret, int limit)
{
    int count = 0;
    for (int number = 1; number <= CLOZE_LAST && count < limit; number++)
        if (cloze_has(numbers, number))
            ret[count++] = number - 1;
    return count;
}

int asked_ordinals(struct arena *arena, const struct asked_input *in, int *ret, int limit)
{
    const struct parcel_type *type = in->type;
    struct cloze_numbers numbers = {0};
    int count = 0;
    if (is_cloze(type)) {
        uint64_t fields = 0;
        list_each (struct parcel_template, template, &type->templates)
            fields |= template_cloze_fields(template->front, &type->fields);
        for (size_t i = 0; i < in->note->fields.count && i < 64; i++)
            if (fields >> i & 1)
                cloze_find(in->note->fields.items[i], &numbers);
        if (numbers.beyond)
            notices_add(in->notice_arena, in->notices, NOTICE_CLOZE_LIMIT, in->note->guid, 0);
        return gap_ordinals(&numbers, ret, limit);
    }
    for (size_t i = 0; i < type->templates.count && count < limit; i++) {
        struct side front = render_front(arena, in, &type->templates.items[i], (int)i);
        if (front.output.uses.count &&
            (front.words.text.len || front.words.images.count || front.words.sounds.count))
            ret[count++] = (int)i;
    }
    return count;
}

void asked_media(struct arena *arena, const struct str_list *fields, struct str_list *ret)
{
    for (size_t i = 0; i < fields->count; i++) {
        if (!str_contains(fields->items[i], STR("<")) && !str_contains(fields->items[i], STR("[sound:")))
            continue;
        struct html_words words = html_words(arena, fields->items[i]);
        const struct str_list *lists[] = {&words.images, &words.sounds};
        for (size_t l = 0; l < 2; l++)
            for (size_t n = 0; n < lists[l]->count; n++)
                if (!str_list_has(ret, lists[l]->items[n]))
                    list_push(arena, ret, lists[l]->items[n]);
    }
}
