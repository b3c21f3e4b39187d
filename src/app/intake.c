#include "app/intake.h"

#include "app/folder.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/multimap.h"
#include "base/translate.h"
#include "decks/book_file.h"
#include "questions/questions.h"
#include "text/text.h"
#include "verify/exercises.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_LIMIT = 64 << 20, FILES_LIMIT = 5000, BOOK_LIMIT = 8 << 20 };

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

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Files as they are found, each with the folder that was named (empty: the file itself was). */
struct found {
    struct str path, folder;
};

struct finds {
    struct found *items;
    size_t count, capacity;
    size_t chapters; /* how many are no decks */
};

static bool find_in_folder(struct arena *arena, struct str folder, struct finds *ret, struct error *e)
{
    struct str_list files = {0};
    if (!folder_read(arena, folder, &files, e))
        return false;
    list_each (const struct str, file, &files)
        list_push(arena, ret, ((struct found){*file, folder}));
    if (files.count)
        return true;
    fail(e, ERROR_NOT_FOUND, _("There are no chapters (.md) and no decks (.repaso.yaml) in this folder."));
    return error_at(e, folder, 0, 0);
}

static bool find_files(struct arena *arena, const struct intake_options *options,
                       const struct str_list *paths, struct finds *ret, struct error *e)
{
    for (size_t i = 0; i < paths->count; i++) {
        struct str path = str_copy(arena, paths->items[i]);
        if (!refuse_foreign(arena, path, e))
            return false;
        if (!options->folders || !is_folder(path.ptr))
            list_push(arena, ret, (struct found){.path = path});
        else if (!find_in_folder(arena, path, ret, e))
            return false;
    }
    list_each (const struct found, found, ret)
        ret->chapters += !deck_is_file_name(found->path);
    return ret->count <= FILES_LIMIT ||
           fail(e, ERROR_LIMIT, _("These are more than %d files; add them folder by folder."), FILES_LIMIT);
}

/* A card that was made, by its identity and by what it says: question and answer. */
struct asked {
    struct card_id id;
    uint64_t words;
};

/* All files of one call: a book. */
struct job {
    const struct intake_options *options;
    struct arena *arena; /* of the whole job */
    struct finds finds;
    struct book *book; /* NULL: one chapter alone, of which no teacher said anything */
    struct str book_path, book_source;
    struct book_file file;
    struct {
        struct asked *items;
        size_t count, capacity;
    } asked;
    struct multimap asked_by_id;
    size_t steps, step;
    struct str lang; /* of the first chapter; empty before it is read */
    size_t cards, decks, errors;
    unsigned long sentences, headings, quoted, items, endless; /* how many are what */
};

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

static bool load_chapter(struct arena *arena, const struct job *job, struct str folder, struct intake *intake,
                         struct error *e)
{
    const struct intake_options *options = job->options;
    struct str scope = job->file.id, title = job->file.title;
    if (!document_parse(arena, intake->path, intake->source, options->lang, &intake->document, e))
        return false;
    if (!intake->document.words) {
        fail(e, ERROR_SYNTAX, _("There is no text in this chapter."));
        return error_at(e, intake->path, 0, 0);
    }
    struct str book = options->deck.len ? options->deck : title.len ? title : path_name(folder);
    if (folder.len)
        intake->deck = str_format(arena, "%.*s::%.*s", STR_ARG(book), STR_ARG(intake->document.title));
    else
        intake->deck = options->deck.len ? options->deck : intake->document.title;
    intake->scope = scope.len ? scope : top_deck(intake->deck);
    return true;
}

static bool load_file(struct arena *arena, const struct job *job, const struct found *found,
                      struct intake *ret, struct error *e)
{
    *ret = (struct intake){.path = found->path};
    if (!file_read(arena, found->path.ptr, FILE_LIMIT, &ret->source, e))
        return false;
    return deck_is_file_name(found->path) ? load_deck(arena, job->options, ret, e)
                                          : load_chapter(arena, job, found->folder, ret, e);
}

static bool tell_progress(struct job *job, struct str path, struct error *e)
{
    const struct intake_options *options = job->options;
    if (options->cancel && *options->cancel)
        return fail(e, ERROR_CANCELLED, _("Stopped."));
    if (options->progress)
        options->progress(options->self, job->step, job->steps, path);
    job->step++;
    return true;
}

/* ---- What the teacher says ---- */

static bool report(struct job *job, struct str path, struct str source, const struct problems *problems,
                   struct error *e)
{
    job->errors += (size_t)problems->errors;
    if (job->options->inspect)
        job->options->inspect(job->options->self, path, source, problems);
    list_each (const struct problem, problem, problems) {
        if (problem->warning || job->options->inspect)
            continue;
        fail(e, ERROR_SYNTAX, "%.*s", STR_ARG(problem->text));
        return error_at(e, path, problem->line, problem->column);
    }
    return true;
}

static bool read_book_file(struct job *job, struct error *e)
{
    struct problems problems;
    const struct found *first = job->finds.items;
    if (!first)
        return true;
    struct str folder = first->folder.len ? first->folder : path_folder(first->path);
    job->book_path = path_join(job->arena, folder, STR(BOOK_FILE_NAME));
    if (access(job->book_path.ptr, F_OK) != 0)
        return true;
    return file_read(job->arena, job->book_path.ptr, BOOK_LIMIT, &job->book_source, e) &&
           book_file_read(job->arena, job->book_path, job->book_source, &job->file, &problems, e) &&
           report(job, job->book_path, job->book_source, &problems, e);
}

/* A book whose language nobody tells has that of its first chapter. */
static void teach(struct job *job, struct str lang)
{
    const struct book_file *file = &job->file;
    list_each (const struct taught_name, name, &file->names)
        book_teach(job->book, file->lang.len ? file->lang : lang, name);
    list_each (const struct str, words, &file->not_names)
        book_deny(job->book, file->lang.len ? file->lang : lang, *words);
}

static struct named_card *find_named(struct arena *arena, struct named_cards *named, const struct card *card)
{
    struct str folded = named->count ? text_fold(arena, card->prompt) : card->prompt;
    list_each (struct named_card, one, named)
        if (str_equal(one->text, str_from(card->id.text)) || str_equal(one->folded, folded))
            return one;
    return NULL;
}

/* Pinned cards stand first and wait for nobody. */
static void obey(struct arena *arena, struct job *job, struct cards *cards)
{
    struct cards first = {0}, rest = {0};
    list_each (struct card, card, cards) {
        struct named_card *dropped = find_named(arena, &job->file.dropped, card);
        struct named_card *pinned = find_named(arena, &job->file.pinned, card);
        if (dropped)
            dropped->found = true;
        if (dropped)
            continue;
        if (pinned) {
            pinned->found = true;
            card->tier = TIER_AUTO;
            card->doubt = (struct str){0};
        }
        list_push(arena, pinned ? &first : &rest, *card);
    }
    list_each (const struct card, card, &rest)
        list_push(arena, &first, *card);
    *cards = first;
}

/* Those that the teacher wrote for this chapter; what names no chapter belongs to the first. */
static void add_written(struct arena *arena, const struct job *job, const struct intake *intake, bool first,
                        struct cards *cards)
{
    list_each (const struct card, card, &job->file.cards) {
        struct str file = card->source.file;
        bool here = file.len ? str_equal(path_name(file), path_name(intake->path)) : first;
        if (here)
            list_push(arena, cards, *card);
    }
}

/* ---- Cards ---- */

static uint64_t words_of(struct arena *arena, const struct card *card)
{
    return hash_combine(hash_str(card->prompt), hash_str(text_fold(arena, card->answer)));
}

/* What another chapter tells otherwise is not asked again; what it tells alike is the same card. */
static bool is_told_otherwise(struct job *job, const struct card *card, uint64_t words, bool *ret_again)
{
    uint64_t key = hash_str(str_from(card->id.text));
    int before = multimap_first(&job->asked_by_id, key);
    *ret_again = before >= 0;
    if (before >= 0)
        return job->asked.items[multimap_value(&job->asked_by_id, before)].words != words;
    multimap_add(job->arena, &job->asked_by_id, key, (int)job->asked.count);
    list_push(job->arena, &job->asked, ((struct asked){card->id, words}));
    return false;
}

static void compare_with_others(struct arena *arena, struct job *job, struct cards *cards)
{
    struct cards kept = {0};
    list_each (const struct card, card, cards) {
        bool again, otherwise = is_told_otherwise(job, card, words_of(arena, card), &again);
        if (!otherwise && !(again && job->options->once))
            list_push(arena, &kept, *card);
    }
    *cards = kept;
}

static bool make_cards(struct arena *arena, struct job *job, struct intake *intake, bool first,
                       struct error *e)
{
    const struct intake_options *options = job->options;
    const struct facts_options how = {
        .scope = intake->scope, .without = options->without, .explain = options->explain};
    const struct questions_options asked = {.scope = intake->scope, .explain = options->explain};
    struct cards cards = {0};
    if (!facts_find(arena, &intake->document, job->book, &how, &intake->facts, e) ||
        !questions_write(arena, &intake->document, &intake->facts, &asked, &cards, e))
        return false;
    exercises_write(arena, &intake->document, &intake->facts, intake->scope, &cards);
    add_written(arena, job, intake, first, &intake->cards);
    obey(arena, job, &cards);
    list_each (const struct card, card, &cards)
        list_push(arena, &intake->cards, *card);
    if (job->book)
        compare_with_others(arena, job, &intake->cards);
    return true;
}

/* ---- The job ---- */

/* First all files are looked at: what they have in common must be known before one is asked. */
static bool learn_file(struct job *job, const struct found *found, struct arena *arena, struct error *e)
{
    struct intake intake;
    if (!tell_progress(job, found->path, e) || !load_file(arena, job, found, &intake, e))
        return false;
    if (intake.is_deck)
        return !job->options->inspect || report(job, intake.path, intake.source, &intake.problems, e);
    if (!job->lang.len) {
        job->lang = str_copy(job->arena, intake.document.lang);
        teach(job, job->lang);
    }
    return book_learn(job->book, &intake.document, e);
}

static bool collect_quoted(struct job *job, struct arena *arena, struct str_list *ret, struct error *e)
{
    list_each (const struct found, found, &job->finds) {
        struct intake deck;
        if (!found->folder.len || !deck_is_file_name(found->path))
            continue;
        if (!load_file(arena, job, found, &deck, e))
            return false;
        for (size_t i = 0; i < deck.file.chapters.count; i++)
            list_push(arena, ret, deck.file.chapters.items[i]->path);
    }
    return true;
}

/* A chapter that lies in a folder for a deck to quote has its cards there: it is none of its own. */
static bool drop_quoted(struct job *job, struct error *e)
{
    struct arena arena = {0};
    struct str_list quoted = {0};
    struct finds kept = {0};
    bool ok = collect_quoted(job, &arena, &quoted, e);
    list_each (const struct found, found, &job->finds) {
        if (found->folder.len && str_list_has(&quoted, found->path))
            continue;
        list_push(job->arena, &kept, *found);
        kept.chapters += !deck_is_file_name(found->path);
    }
    job->finds = kept;
    arena_finish(&arena);
    return ok;
}

static bool start(struct job *job, const struct str_list *paths, bool is_book, struct error *e)
{
    if (!find_files(job->arena, job->options, paths, &job->finds, e) || !drop_quoted(job, e) ||
        !read_book_file(job, e))
        return false;
    is_book |= job->finds.chapters > 1 || job->file.names.count || job->file.not_names.count;
    bool decks = job->finds.count > job->finds.chapters && job->options->inspect;
    job->steps = job->finds.count * (is_book || decks ? 2 : 1);
    if (!is_book && !decks)
        return true;
    job->book = book_new(job->arena);
    struct arena arena = {0};
    bool ok = true;
    list_each (const struct found, found, &job->finds) {
        ok = ok && learn_file(job, found, &arena, e);
        arena_reset(&arena);
    }
    arena_finish(&arena);
    book_settle(job->book);
    return ok;
}

/* What kinds of sentences there are: where there is nothing to ask, that is the reason. */
static void count_sentences(struct job *job, const struct document *doc)
{
    enum { ENDLESS = 4000 };
    list_each (const struct sentence, sentence, &doc->sentences) {
        enum block_kind kind = doc->blocks.items[sentence->block].kind;
        job->sentences++;
        job->headings += kind == BLOCK_HEADING;
        job->quoted += kind == BLOCK_QUOTE;
        job->items += kind == BLOCK_ITEM || kind == BLOCK_ROW;
        job->endless += sentence->text.end - sentence->text.start > ENDLESS;
    }
}

static const char *why_nothing(const struct job *job)
{
    unsigned long text = job->sentences - job->headings;
    if (text == 0)
        return _(" There are headings, and no text below them.");
    if (job->endless * 2 >= text)
        return _(" A sentence as long as that is not read: put full stops.");
    if (job->quoted * 2 > text)
        return _(" Most of it is quoted, and what somebody says is no fact.");
    if (job->items * 2 > text)
        return _(" Most of it is lists: whole sentences say more.");
    return "";
}

static bool read_one(struct arena *arena, struct job *job, const struct found *found, struct intake *ret,
                     struct error *e)
{
    if (!tell_progress(job, found->path, e) || !load_file(arena, job, found, ret, e))
        return false;
    bool first = job->sentences == 0;
    if (job->options->loaded)
        job->options->loaded(job->options->self, ret);
    job->decks += ret->is_deck;
    count_sentences(job, &ret->document);
    if (!ret->is_deck && !make_cards(arena, job, ret, first, e))
        return false;
    job->cards += ret->cards.count;
    return true;
}

static bool has_cards(const struct job *job, struct error *e)
{
    if (job->cards || job->decks)
        return true;
    const char *text = translate_plural(
        "No questions found: its %lu sentence states no fact that repaso knows how to ask (who "
        "made what, when, how much, what a name stands for).",
        "No questions found: none of its %lu sentences states a fact that repaso knows how to ask "
        "(who made what, when, how much, what a name stands for).",
        job->sentences);
    struct str sentence = str_format(job->arena, text, job->sentences);
    fail(e, ERROR_NOT_FOUND, "%.*s%s", STR_ARG(sentence), why_nothing(job));
    return error_at(e, job->finds.count ? job->finds.items[0].path : (struct str){0}, 0, 0);
}

bool intake_has_cards(const struct intakes *intakes, struct error *e)
{
    struct arena arena = {0};
    struct job job = {.arena = &arena};
    list_each (const struct intake, intake, intakes) {
        list_push(&arena, &job.finds, ((struct found){.path = intake->path}));
        count_sentences(&job, &intake->document);
        job.decks += intake->is_deck;
        job.cards += intake->cards.count;
    }
    bool ok = has_cards(&job, e);
    arena_finish(&arena);
    return ok;
}

/* Chapters change, and a line of the teacher's may name what is asked no more. */
static void tell_unfound(struct job *job)
{
    struct problems problems = {0};
    const struct named_cards *lists[] = {&job->file.pinned, &job->file.dropped};
    for (size_t i = 0; i < 2; i++)
        list_each (const struct named_card, card, lists[i])
            if (!card->found)
                list_push(
                    job->arena, &problems,
                    ((struct problem){.warning = true,
                                      .rule = "no-such-card",
                                      .line = card->line,
                                      .column = card->column,
                                      .text = str_from(_("No card of these chapters asks this. "
                                                         "\"repaso generate\" prints what they ask."))}));
    if (problems.count && job->options->inspect)
        job->options->inspect(job->options->self, job->book_path, job->book_source, &problems);
}

bool intake_each(const struct intake_options *options, const struct str_list *paths,
                 bool (*visit)(void *self, const struct intake *intake, struct error *e), void *self,
                 struct error *e)
{
    struct arena own = {0};
    struct job job = {.options = options, .arena = &own};
    bool ok = start(&job, paths, false, e);
    if (ok && job.errors)
        ok = fail(e, ERROR_SYNTAX, _("Nothing was added; correct the errors above and try again."));
    list_each (const struct found, found, &job.finds) {
        struct arena arena = {0};
        struct intake intake;
        ok = ok && read_one(&arena, &job, found, &intake, e) && (job.finds.count > 1 || has_cards(&job, e)) &&
             visit(self, &intake, e);
        arena_finish(&arena);
    }
    ok = ok && has_cards(&job, e);
    if (ok && job.finds.items[0].folder.len)
        tell_unfound(&job);
    arena_finish(&own);
    return ok;
}

bool intake_read(struct arena *arena, const struct intake_options *options, const struct str_list *paths,
                 struct intakes *ret, struct error *e)
{
    struct job job = {.options = options, .arena = arena};
    struct intakes intakes = {0};
    bool ok = start(&job, paths, false, e);
    list_each (const struct found, found, &job.finds)
        ok = ok && read_one(arena, &job, found, list_add(arena, &intakes), e);
    if (ok)
        *ret = intakes;
    return ok;
}

static int by_mentions(const void *a, const void *b)
{
    const struct entity *x = a, *y = b;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return (x->first_sentence > y->first_sentence) - (x->first_sentence < y->first_sentence);
}

/* A name that stands once in a book says nothing to a teacher. */
static void select_names(struct arena *arena, const struct entities *all, struct entities *ret)
{
    list_each (const struct entity, entity, all)
        if (entity->mentions > 1)
            list_push(arena, ret, *entity);
    if (ret->count > 1)
        qsort(ret->items, ret->count, sizeof *ret->items, by_mentions);
}

bool intake_names(struct arena *arena, const struct intake_options *options, struct str folder,
                  struct entities *ret, struct str *ret_title, struct str *ret_lang, struct error *e)
{
    struct str paths[] = {folder};
    struct job job = {.options = options, .arena = arena};
    if (!start(&job, &(struct str_list){paths, 1, 1}, true, e))
        return false;
    struct entities all = book_names(job.book, job.lang);
    *ret_title = job.file.title.len ? job.file.title : path_name(folder);
    *ret_lang = job.lang;
    select_names(arena, &all, ret);
    return true;
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
