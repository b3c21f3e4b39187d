#include "app/intake.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/list.h"
#include "base/translate.h"
#include "questions/questions.h"
#include "text/text.h"
#include "verify/exercises.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_LIMIT = 16 << 20, FOLDER_DEPTH = 8, FILES_LIMIT = 2000 };

/* Formats that are not read, and who turns them into Markdown. */
static const struct foreign {
    const char *suffix, *command;
} foreigns[] = {
    {".docx", "pandoc -t gfm -o chapter.md %.*s"}, {".odt", "pandoc -t gfm -o chapter.md %.*s"},
    {".epub", "pandoc -t gfm -o chapter.md %.*s"}, {".html", "pandoc -t gfm -o chapter.md %.*s"},
    {".htm", "pandoc -t gfm -o chapter.md %.*s"},  {".rtf", "pandoc -t gfm -o chapter.md %.*s"},
    {".tex", "pandoc -t gfm -o chapter.md %.*s"},  {".pdf", "pdftotext -nopgbrk %.*s chapter.md"},
};

static bool refuse_foreign(struct arena *arena, struct str path, struct error *e)
{
    struct str lower = text_lower(arena, path);
    for (size_t i = 0; i < sizeof foreigns / sizeof *foreigns; i++) {
        if (!str_ends(lower, str_from(foreigns[i].suffix)))
            continue;
        struct str command = str_format(arena, foreigns[i].command, STR_ARG(path_name(path)));
        fail(e, ERROR_SYNTAX, _("%s files are not read. Turn it into Markdown first: %.*s"),
             foreigns[i].suffix + 1, STR_ARG(command));
        return error_at(e, path, 0, 0);
    }
    return true;
}

/* A folder's README, LICENSE, FORMAT … are about the folder; Hugo's _index.md is its cover. */
static bool is_chapter_name(const char *name)
{
    struct str s = str_from(name);
    if (name[0] == '.' || name[0] == '_')
        return false;
    if (deck_is_file_name(s))
        return true;
    if (!str_ends(s, STR(".md")) && !str_ends(s, STR(".markdown")))
        return false;
    for (const char *c = name; *c != '.'; c++)
        if (*c >= 'a' && *c <= 'z')
            return true;
    return name[0] >= '0' && name[0] <= '9';
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Files as they are found, each with the folder that was named (empty: the file itself was). */
struct found {
    struct str path, folder;
};

struct finds {
    struct found *items;
    size_t count, capacity;
};

static bool walk(struct arena *arena, struct str folder, struct str top, int depth, struct finds *ret,
                 struct error *e)
{
    struct dirent **names = NULL;
    int count = scandir(folder.ptr, &names, NULL, by_name);
    bool ok = true;
    if (count < 0) {
        fail(e, ERROR_IO, _("The folder could not be read."));
        return error_at(e, folder, 0, 0);
    }
    for (int i = 0; i < count; i++) {
        struct str path = path_join(arena, folder, str_from(names[i]->d_name));
        if (ok && names[i]->d_name[0] != '.' && depth < FOLDER_DEPTH && is_folder(path.ptr))
            ok = walk(arena, path, top, depth + 1, ret, e);
        else if (ok && is_chapter_name(names[i]->d_name))
            list_push(arena, ret, (struct found){path, top});
        free(names[i]);
    }
    free(names);
    return ok;
}

static bool find_files(struct arena *arena, const struct intake_options *options,
                       const struct str_list *paths, struct finds *ret, struct error *e)
{
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = str_copy(arena, paths->items[i]);
        size_t before = ret->count;
        if (!refuse_foreign(arena, path, e))
            return false;
        if (!options->folders || !is_folder(path.ptr)) {
            list_push(arena, ret, (struct found){.path = path});
            continue;
        }
        if (!walk(arena, path, path, 0, ret, e))
            return false;
        if (ret->count == before) {
            fail(e, ERROR_NOT_FOUND,
                 _("There are no chapters (.md) and no decks (.repaso.yaml) in this folder."));
            return error_at(e, path, 0, 0);
        }
    }
    return ret->count <= FILES_LIMIT ||
           fail(e, ERROR_LIMIT, _("These are more than %d files; add them folder by folder."), FILES_LIMIT);
}

static bool load_deck(struct arena *arena, const struct intake_options *options, struct intake *intake,
                      struct error *e)
{
    intake->is_deck = true;
    if (!deck_read(arena, intake->path, intake->source, &intake->file, &intake->problems, e))
        return false;
    intake->deck = options->deck.len ? options->deck : intake->file.title;
    intake->scope = intake->file.id;
    intake->cards = intake->file.cards;
    return true;
}

/* The deck at the top of "Book::Chapter". */
static struct str top_deck(struct str deck)
{
    size_t end = str_find(deck, STR("::"), 0);
    return end == SIZE_MAX ? deck : str_slice(deck, 0, end);
}

static bool load_chapter(struct arena *arena, const struct intake_options *options, struct str folder,
                         struct intake *intake, struct error *e)
{
    if (!document_parse(arena, intake->path, intake->source, options->lang, &intake->document, e))
        return false;
    if (!intake->document.words) {
        fail(e, ERROR_SYNTAX, _("There is no text in this chapter."));
        return error_at(e, intake->path, 0, 0);
    }
    struct str book = options->deck.len ? options->deck : path_name(folder);
    if (folder.len)
        intake->deck = str_format(arena, "%.*s::%.*s", STR_ARG(book), STR_ARG(intake->document.title));
    else
        intake->deck = options->deck.len ? options->deck : intake->document.title;
    intake->scope = top_deck(intake->deck);
    return true;
}

static bool load_file(struct arena *arena, const struct intake_options *options, const struct found *found,
                      struct intake *ret, struct error *e)
{
    *ret = (struct intake){.path = found->path};
    if (!file_read(arena, found->path.ptr, FILE_LIMIT, &ret->source, e))
        return false;
    return deck_is_file_name(found->path) ? load_deck(arena, options, ret, e)
                                          : load_chapter(arena, options, found->folder, ret, e);
}

/* Chapters of a book in the order of their weight, else in that of their files. */
static int by_weight(const void *a, const void *b)
{
    const struct intake *x = a, *y = b;
    if (x->document.weight != y->document.weight)
        return x->document.weight < y->document.weight ? -1 : 1;
    return str_compare(x->path, y->path);
}

static bool is_quoted(const struct intakes *intakes, struct str path)
{
    list_each (const struct intake, intake, intakes)
        for (size_t i = 0; i < intake->file.chapters.count; i++)
            if (str_equal(intake->file.chapters.items[i]->path, path))
                return true;
    return false;
}

/* A chapter that lies in a folder for a deck to quote has its cards there: it is none of its own. */
static void drop_quoted(struct intakes *intakes, const struct finds *finds)
{
    size_t kept = 0;
    for (size_t i = 0; i < intakes->count; i++) {
        const struct intake *intake = &intakes->items[i];
        if (intake->is_deck || !finds->items[i].folder.len || !is_quoted(intakes, intake->path))
            intakes->items[kept++] = *intake;
    }
    intakes->count = kept;
}

static bool tell_progress(const struct intake_options *options, const struct intakes *intakes, size_t index,
                          struct error *e)
{
    if (options->cancel && *options->cancel)
        return fail(e, ERROR_CANCELLED, _("Stopped."));
    if (options->progress)
        options->progress(options->self, index, intakes->count, intakes->items[index].path);
    return true;
}

static bool make_cards(struct arena *arena, const struct intake_options *options, const struct book *book,
                       struct intake *intake, struct error *e)
{
    const struct facts_options how = {
        .scope = intake->scope, .without = options->without, .explain = options->explain};
    const struct questions_options asked = {
        .scope = intake->scope, .explain = options->explain};
    if (!facts_find(arena, &intake->document, book, &how, &intake->facts, e) ||
        !questions_write(arena, &intake->document, &intake->facts, &asked, &intake->cards, e))
        return false;
    exercises_write(arena, &intake->document, &intake->facts, intake->scope, &intake->cards);
    return true;
}

bool intake_read(struct arena *arena, const struct intake_options *options, const struct str_list *paths,
                 struct intakes *ret, struct error *e)
{
    struct finds finds = {0};
    struct intakes intakes = {0};
    struct book *book = book_new(arena);
    if (!find_files(arena, options, paths, &finds, e))
        return false;
    list_each (struct found, found, &finds) {
        struct intake *intake = list_add(arena, &intakes);
        if (!load_file(arena, options, found, intake, e) ||
            (!intake->is_deck && finds.count > 1 && !book_learn(book, &intake->document, e)))
            return false;
    }
    drop_quoted(&intakes, &finds);
    if (options->folders && intakes.count > 1)
        qsort(intakes.items, intakes.count, sizeof *intakes.items, by_weight);
    for (size_t i = 0; i < intakes.count; i++) {
        if (!tell_progress(options, &intakes, i, e))
            return false;
        struct intake *intake = &intakes.items[i];
        if (!intake->is_deck && !make_cards(arena, options, finds.count > 1 ? book : NULL, intake, e))
            return false;
    }
    *ret = intakes;
    return true;
}

bool intake_has_cards(const struct intakes *intakes, struct error *e)
{
    unsigned long sentences = 0;
    list_each (struct intake, intake, intakes) {
        if (intake->cards.count || intake->is_deck)
            return true;
        sentences += intake->document.sentences.count;
    }
    fail(e, ERROR_NOT_FOUND,
         translate_plural(
             "No questions found: its %lu sentence states no fact that repaso knows how to ask (who "
             "made what, when, how much, what a name stands for).",
             "No questions found: none of its %lu sentences states a fact that repaso knows how to ask "
             "(who made what, when, how much, what a name stands for).",
             sentences),
         sentences);
    return error_at(e, intakes->count ? intakes->items[0].path : (struct str){0}, 0, 0);
}

struct addition intake_addition(const struct intake *intake)
{
    return (struct addition){
        .deck = intake->deck,
        .scope = intake->scope,
        .path = intake->path,
        .source = intake->source,
        .title = intake->is_deck ? intake->file.title : intake->document.title,
        .lang = intake->is_deck ? intake->file.lang : intake->document.lang,
        .document = intake->is_deck ? NULL : &intake->document,
        .deck_file = intake->is_deck,
        .sources = intake->file.chapters.items,
        .source_count = intake->file.chapters.count,
        .facts = intake->is_deck ? NULL : &intake->facts,
        .cards = &intake->cards,
    };
}
