/* Our own deck files, to be edited and handed out: a folder with one NAME.repaso.yaml a deck and beside them the pictures,
 * recordings and chapters that they name. A path that ends in .zip is that folder in one file, one that ends in .yaml is one
 * deck alone. */
#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "decks/deck_file.h"
#include "document/document.h"
#include "exchange/formats.h"
#include "exchange/handout.h"
#include "exchange/text_writer.h"

#include <stdlib.h>
#include <string.h>

struct beside {
    struct str name, bytes;
    struct document *document; /* of a chapter; NULL: it could not be read */
};

struct yaml_writer {
    struct text_writer text; /* first, so that text_writer's functions serve */
    struct {
        struct deck_file *items; /* by the index of their deck */
        size_t count, capacity;
    } files;
    struct {
        struct beside *items;
        size_t count, capacity;
    } chapters;
    struct handout *handout; /* NULL: a folder */
};

static bool open_yaml(const struct write_options *options, struct writer **ret, struct error *e)
{
    if (!text_writer_open(options, ret, e))
        return false;
    struct text_writer *text = (struct text_writer *)*ret;
    struct yaml_writer *w = arena_new(text->arena, struct yaml_writer);
    w->text = *text;
    *ret = (struct writer *)w;
    return true;
}

static bool add_deck(void *writer, const struct parcel_deck *deck, struct error *e)
{
    struct yaml_writer *w = writer;
    struct arena *arena = w->text.arena;
    struct str title = str_copy(arena, deck->path);
    (void)e;
    list_push(arena, &w->files,
              (struct deck_file){.title = title,
                                 .id = title,
                                 .lang = str_copy(arena, deck->lang),
                                 .description = str_copy(arena, deck->description)});
    return true;
}

static bool add_chapter(void *writer, const struct parcel_chapter *chapter, struct error *e)
{
    struct yaml_writer *w = writer;
    struct arena *arena = w->text.arena;
    struct beside beside = {str_copy(arena, chapter->name), str_copy(arena, chapter->source),
                            arena_new(arena, struct document)};
    struct error ignored = {0};
    (void)e;
    if (!document_parse(arena, beside.name, beside.bytes, (struct str){0}, beside.document, &ignored))
        beside.document = NULL;
    list_push(arena, &w->chapters, beside);
    return true;
}

/* A passage stays when whoever reads the deck will find it in the chapter beside it. */
static struct source source_of(const struct yaml_writer *w, const struct source *source)
{
    struct str name = path_name(source->file);
    struct source found = *source;
    list_each (const struct beside, chapter, &w->chapters)
        if (source->quote.len && str_equal(name, chapter->name) && chapter->document &&
            deck_find_passage(chapter->document, source->quote, &found))
            return (struct source){
                .file = chapter->name, .line = found.line, .quote = str_copy(w->text.arena, source->quote)};
    return (struct source){0};
}

static struct str medium_name(const struct yaml_writer *w, struct str label)
{
    const struct parcel_medium *medium = text_writer_find_medium(&w->text, label);
    return medium ? medium->name : (struct str){0};
}

static struct card kept_card(const struct yaml_writer *w, const struct card *card)
{
    struct arena *arena = w->text.arena;
    return (struct card){.id = card->id,
                         .kind = card->kind,
                         .lang = str_copy(arena, card->lang),
                         .prompt = str_copy(arena, card->prompt),
                         .answer = str_copy(arena, card->answer),
                         .accepted = list_copy(arena, &card->accepted),
                         .choices = list_copy(arena, &card->choices),
                         .items = list_copy(arena, &card->items),
                         .hint = str_copy(arena, card->hint),
                         .explanation = str_copy(arena, card->explanation),
                         .tags = list_copy(arena, &card->tags),
                         .image = medium_name(w, card->image),
                         .audio = medium_name(w, card->audio),
                         .source = source_of(w, &card->source)};
}

/* An open question has no answer to write down: a chapter asks it, not a deck. */
static bool add_note(void *writer, const struct parcel_note *note, struct error *e)
{
    struct yaml_writer *w = writer;
    (void)e;
    list_each (const struct parcel_card, parcel, &note->cards) {
        if (parcel->deck >= w->files.count || parcel->card.kind == CARD_WHY)
            continue;
        struct deck_file *file = &w->files.items[parcel->deck];
        if (!file->lang.len)
            file->lang = str_copy(w->text.arena, parcel->card.lang);
        list_push(w->text.arena, &file->cards, kept_card(w, &parcel->card));
    }
    return true;
}

static bool is_one_file(const struct yaml_writer *w)
{
    return str_ends(w->text.path, STR(".yaml")) || str_ends(w->text.path, STR(".yml"));
}

static struct str deck_text(struct yaml_writer *w, const struct deck_file *file)
{
    struct buffer out = {0};
    deck_write(&out, file);
    struct str text = str_copy(w->text.arena, buffer_str(&out));
    buffer_finish(&out);
    return text;
}

/* "Book::Chapter 1/2" → "Book - Chapter 1-2.repaso.yaml" */
static struct str file_name(struct arena *arena, struct str title)
{
    struct buffer name = {0};
    for (size_t i = 0; i < title.len; i++) {
        char c = title.ptr[i];
        if (c == ':' && i + 1 < title.len && title.ptr[i + 1] == ':') {
            buffer_add(&name, STR(" - "));
            i++;
        } else {
            buffer_add_char(&name, strchr("/\\:*?\"<>|", c) || (unsigned char)c < ' ' ? '-' : c);
        }
    }
    struct str copy = str_format(arena, "%.*s.repaso.yaml", STR_ARG(buffer_str(&name)));
    buffer_finish(&name);
    return copy;
}

static bool write_part(struct yaml_writer *w, struct str name, struct str bytes, struct error *e)
{
    return w->handout ? handout_add(w->handout, name, bytes, e)
                      : file_write(path_join(w->text.arena, w->text.path, name).ptr, bytes, e);
}

static bool write_parts(struct yaml_writer *w, struct error *e)
{
    struct arena *arena = w->text.arena;
    list_each (const struct parcel_medium, medium, &w->text.media)
        if (!write_part(w, medium->name, medium->bytes, e))
            return false;
    list_each (const struct beside, chapter, &w->chapters)
        if (!write_part(w, chapter->name, chapter->bytes, e))
            return false;
    list_each (const struct deck_file, file, &w->files)
        if (file->cards.count && !write_part(w, file_name(arena, file->title), deck_text(w, file), e))
            return false;
    return true;
}

static bool write_folder(struct yaml_writer *w, struct error *e)
{
    return file_make_folders(w->text.path.ptr, e) && write_parts(w, e);
}

static bool write_zip(struct yaml_writer *w, struct error *e)
{
    return handout_open(w->text.path.ptr, &w->handout, e) && handout_close(w->handout, write_parts(w, e), e);
}

/* Without what would have to lie beside it. */
static bool write_one(struct yaml_writer *w, struct error *e)
{
    struct deck_file *only = NULL;
    list_each (struct deck_file, file, &w->files) {
        if (!file->cards.count)
            continue;
        if (only)
            return fail(e, ERROR_USAGE,
                        _("These are several decks: let -o name a folder, each becomes a file in it."));
        only = file;
    }
    if (!only)
        return true;
    list_each (struct card, card, &only->cards) {
        card->source = (struct source){0};
        card->image = card->audio = (struct str){0};
    }
    return file_write(w->text.path.ptr, deck_text(w, only), e);
}

static bool close_yaml(struct writer *writer, bool ok, struct error *e)
{
    struct yaml_writer *w = (struct yaml_writer *)writer;
    struct arena *arena = w->text.arena;
    ok = ok && (is_one_file(w)                       ? write_one(w, e)
                : handout_is_file_name(w->text.path) ? write_zip(w, e)
                                                     : write_folder(w, e));
    buffer_finish(&w->text.out);
    arena_finish(arena);
    free(arena);
    return ok;
}

const struct write_format write_yaml = {.name = "yaml",
                                        .wants_bytes = true,
                                        .open = open_yaml,
                                        .deck = add_deck,
                                        .medium = text_writer_medium,
                                        .note = add_note,
                                        .chapter = add_chapter,
                                        .close = close_yaml};
