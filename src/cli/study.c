/* `repaso study`: a session in the window, or typed in the terminal. */
#include "base/arena.h"
#include "base/crew.h"
#include "base/list.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/window.h"
#include "collection/deck.h"
#include "study/refit.h"
#include "study/session.h"

#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A session at the keyboard. Every answer is stored before the next question shows, so leaving is always safe. */
struct quiz {
    struct collection *collection;
    struct session *session;
    struct arena arena; /* of the question at hand */
    bool colours, tty;
    bool over;
    int64_t shown_at_ms;
    int64_t last_card; /* the one graded last, for :right; 0: none */
    char *line;
    size_t line_size;
};

static const char *paint(const struct quiz *quiz, const char *sequence)
{
    return quiz->colours ? sequence : "";
}

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define GREEN "\033[32m"
#define RED "\033[31m"
#define PLAIN "\033[0m"

static int elapsed_ms(const struct quiz *quiz)
{
    int64_t ms = context_now().at_ms - quiz->shown_at_ms;
    return ms < 0 ? 0 : ms > 3600000 ? 3600000 : (int)ms;
}

/* One line without its end; false at the end of the input. */
static bool read_line(struct quiz *quiz, struct str *ret)
{
    fputs("> ", stdout);
    fflush(stdout);
    ssize_t len = getline(&quiz->line, &quiz->line_size, stdin);
    if (len < 0) {
        putchar('\n');
        return false;
    }
    if (!quiz->tty)
        printf("%s%s", quiz->line, quiz->line[len - 1] == '\n' ? "" : "\n");
    *ret = str_trim((struct str){quiz->line, (size_t)len});
    return true;
}

static void show_passage(const struct quiz *quiz, const struct card_row *row)
{
    list_each (struct passage, passage, &row->passages) {
        struct str text = passage->text;
        size_t start = passage->mark_start, end = passage->mark_end;
        if (end > text.len || start > end)
            start = end = 0;
        printf("%s    %.*s%s%.*s%s%s%.*s%s\n", paint(quiz, DIM), STR_ARG(str_slice(text, 0, start)),
               paint(quiz, PLAIN), STR_ARG(str_slice(text, start, end)), paint(quiz, PLAIN), paint(quiz, DIM),
               STR_ARG(str_slice(text, end, text.len)), paint(quiz, PLAIN));
        printf("%s    %.*s:%d%s\n", paint(quiz, DIM), STR_ARG(passage->path), passage->line,
               paint(quiz, PLAIN));
        return;
    }
}

static int by_bytes(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static void show_sorted(const struct str_list *texts, const char *label)
{
    struct str *sorted = calloc(texts->count + 1, sizeof *sorted);
    for (size_t i = 0; sorted && i < texts->count; i++)
        sorted[i] = texts->items[i];
    if (sorted && texts->count)
        qsort(sorted, texts->count, sizeof *sorted, by_bytes);
    for (size_t i = 0; sorted && i < texts->count; i++)
        printf("%s%.*s", i ? " · " : label, STR_ARG(sorted[i]));
    putchar('\n');
    free(sorted);
}

/* The parts of a card that is put together, in an order that tells nothing. */
static void show_parts(struct quiz *quiz, const struct card *card)
{
    struct str_list left = {0}, right = {0};
    if (card->kind == CARD_ORDER)
        show_sorted(&card->items, "     ");
    if (card->kind != CARD_MATCH)
        return;
    for (size_t i = 0; i < card->items.count; i++) {
        struct str item = card->items.items[i];
        size_t arrow = str_find(item, STR(" → "), 0);
        if (arrow == SIZE_MAX)
            continue;
        list_push(&quiz->arena, &left, str_slice(item, 0, arrow));
        list_push(&quiz->arena, &right, str_slice(item, arrow + STR(" → ").len, item.len));
    }
    show_sorted(&left, "     ");
    show_sorted(&right, "   → ");
}

static void show_question(struct quiz *quiz, const struct question *question)
{
    struct progress progress = session_progress(quiz->session, context_now());
    printf("\n%s%zu/%zu%s  %s%.*s%s\n", paint(quiz, DIM), (size_t)progress.done + 1,
           progress.count ? progress.count : 1, paint(quiz, PLAIN), paint(quiz, BOLD),
           STR_ARG(question->row->card.prompt), paint(quiz, PLAIN));
    show_parts(quiz, &question->row->card);
    if (question->hint.len)
        printf("     %s %.*s\n", _("hint:"), STR_ARG(question->hint));
    for (size_t i = 0; i < question->choices.count; i++)
        printf("     %zu  %.*s\n", i + 1, STR_ARG(question->choices.items[i]));
}

/* A number stands for the choice it is written before. */
static struct str chosen(const struct question *question, struct str given)
{
    long number;
    if (question->choices.count && str_to_long(given, &number) && number >= 1 &&
        number <= (long)question->choices.count)
        return question->choices.items[number - 1];
    return given;
}

static void show_interval(struct quiz *quiz, const struct outcome *outcome, enum grade grade)
{
    struct arena *arena = &quiz->arena;
    double days = outcome->preview.days[grade - GRADE_AGAIN];
    if (days >= 0.5)
        printf("%s    %s %.*s%s\n", paint(quiz, DIM), _("again"), STR_ARG(context_when(arena, days)),
               paint(quiz, PLAIN));
    else
        printf("%s    %s%s\n", paint(quiz, DIM), _("comes back in this session"), paint(quiz, PLAIN));
}

static void show_verdict(const struct quiz *quiz, const struct outcome *outcome, const struct card *card)
{
    static const struct {
        const char *mark, *colour, *word;
    } looks[] = {[VERDICT_WRONG] = {"✗", RED, N_("No:")},
                 [VERDICT_NEARLY] = {"~", GREEN, N_("Nearly:")},
                 [VERDICT_RIGHT] = {"✓", GREEN, N_("Right:")}};
    printf("  %s%s %s%s %.*s\n", paint(quiz, looks[outcome->judgement.verdict].colour),
           looks[outcome->judgement.verdict].mark, _(looks[outcome->judgement.verdict].word),
           paint(quiz, PLAIN), STR_ARG(card->answer));
    if (outcome->note.len)
        printf("    %.*s\n", STR_ARG(outcome->note));
    if (card->explanation.len)
        printf("    %.*s\n", STR_ARG(card->explanation));
}

static bool grade(struct quiz *quiz, const struct outcome *outcome, enum grade given, int64_t card,
                  struct error *e)
{
    struct graded graded;
    show_interval(quiz, outcome, given);
    quiz->last_card = card;
    return session_grade(quiz->session, given, context_now(), &graded, e);
}

static bool answer(struct quiz *quiz, const struct question *question, struct str given, struct error *e)
{
    struct outcome outcome;
    int64_t card = question->row->key;
    given = str_copy(&quiz->arena, chosen(question, given));
    if (!session_answer(quiz->session, given, elapsed_ms(quiz), context_now(), &outcome, e))
        return false;
    show_verdict(quiz, &outcome, &question->row->card);
    show_passage(quiz, question->row);
    return grade(quiz, &outcome, outcome.proposed, card, e);
}

/* Order, match and why: the answer shows, and the learner says whether it was known. */
static bool self_grade(struct quiz *quiz, const struct question *question, struct error *e)
{
    struct outcome outcome;
    struct str said;
    int64_t card = question->row->key;
    if (!session_reveal(quiz->session, elapsed_ms(quiz), context_now(), &outcome, e))
        return false;
    printf("    %.*s\n", STR_ARG(question->row->card.answer));
    show_passage(quiz, question->row);
    puts(_("  Did you know it? y or n"));
    if (!read_line(quiz, &said)) {
        quiz->over = true;
        return true;
    }
    bool knew = said.len && strchr("yYsS", said.ptr[0]);
    return grade(quiz, &outcome,
                 knew ? outcome.highest < GRADE_GOOD ? outcome.highest : GRADE_GOOD : GRADE_AGAIN, card, e);
}

static bool is_self_graded(const struct card *card)
{
    return card->kind == CARD_ORDER || card->kind == CARD_MATCH || card->kind == CARD_WHY;
}

static bool do_quit(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question, (void)e;
    quiz->over = true;
    return true;
}

static bool do_hint(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question, (void)e;
    if (!session_hint(quiz->session))
        puts(_("  There is no more help for this one."));
    return true;
}

static bool do_choices(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question, (void)e;
    if (!session_choices(quiz->session))
        puts(_("  No choices for this one, or not yet: try first."));
    return true;
}

static bool do_undo(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question;
    struct error own = {0};
    quiz->last_card = 0;
    if (session_undo(quiz->session, context_now(), &own))
        puts(_("  Taken back."));
    else if (own.kind == ERROR_NOT_FOUND)
        puts(_("  There is nothing to take back."));
    else
        *e = own;
    return own.kind == ERROR_NONE || own.kind == ERROR_NOT_FOUND;
}

/* "I was right": the last grade is taken back and given as Good. */
static bool do_right(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question;
    struct outcome outcome;
    struct graded graded;
    int64_t wait_ms;
    if (!quiz->last_card) {
        puts(_("  There is no answer to correct."));
        return true;
    }
    quiz->last_card = 0;
    if (!session_undo(quiz->session, context_now(), e))
        return false;
    if (!session_current(quiz->session, context_now(), &wait_ms) ||
        !session_reveal(quiz->session, 0, context_now(), &outcome, e))
        return false;
    puts(_("  Counted as right."));
    return session_grade(quiz->session, outcome.highest < GRADE_GOOD ? outcome.highest : GRADE_GOOD,
                         context_now(), &graded, e);
}

static bool do_bury(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question;
    return session_bury(quiz->session, context_now(), e);
}

static bool do_suspend(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)question;
    return session_suspend(quiz->session, context_now(), e);
}

static bool do_help(struct quiz *quiz, const struct question *question, struct error *e);

static const struct {
    const char *name, *help;
    bool (*run)(struct quiz *quiz, const struct question *question, struct error *e);
} quiz_commands[] = {
    {":hint", N_("one more step of help"), do_hint},
    {":choices", N_("show the choices, where there are some"), do_choices},
    {":right", N_("my last answer was right after all"), do_right},
    {":undo", N_("take the last answer back"), do_undo},
    {":bury", N_("not today"), do_bury},
    {":suspend", N_("never again, until I say so"), do_suspend},
    {":quit", N_("stop; nothing is lost"), do_quit},
    {":help", N_("this list"), do_help},
};

static bool do_help(struct quiz *quiz, const struct question *question, struct error *e)
{
    (void)quiz, (void)question, (void)e;
    puts(_("  An empty line means \"I don't know\"."));
    for (size_t i = 0; i < sizeof quiz_commands / sizeof *quiz_commands; i++)
        printf("  %-9s %s\n", quiz_commands[i].name, _(quiz_commands[i].help));
    return true;
}

/* A word that begins with a colon; its beginning is enough (":h" is :hint). */
static bool run_quiz_command(struct quiz *quiz, const struct question *question, struct str word,
                             struct error *e)
{
    for (size_t i = 0; i < sizeof quiz_commands / sizeof *quiz_commands; i++)
        if (word.len > 1 && str_starts(str_from(quiz_commands[i].name), word))
            return quiz_commands[i].run(quiz, question, e);
    printf(_("  %.*s is no command; :help lists them.\n"), STR_ARG(word));
    return true;
}

static bool ask(struct quiz *quiz, const struct question *question, struct error *e)
{
    struct str line;
    arena_reset(&quiz->arena);
    show_question(quiz, question);
    if (!read_line(quiz, &line)) {
        quiz->over = true;
        return true;
    }
    if (line.len && line.ptr[0] == ':')
        return run_quiz_command(quiz, question, line, e);
    if (is_self_graded(&question->row->card))
        return self_grade(quiz, question, e);
    return answer(quiz, question, line, e);
}

/* Only missed cards are left, and the next may not come back yet. A script does not wait. */
static void wait_for_card(struct quiz *quiz, int64_t wait_ms)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (!quiz->tty || wait_ms > 120000) {
        quiz->over = true;
        return;
    }
    printf(_("\nThe next card comes back in %lld s. Wait, or press Enter to stop here.\n"),
           (long long)(wait_ms + 999) / 1000);
    quiz->over = poll(&input, 1, (int)wait_ms) != 0;
}

static bool run_quiz(struct quiz *quiz, struct error *e)
{
    int64_t shown = 0;
    while (!quiz->over) {
        int64_t wait_ms = 0;
        struct moment now = context_now();
        const struct question *question = session_current(quiz->session, now, &wait_ms);
        if (!question && wait_ms <= 0)
            return true;
        if (!question) {
            wait_for_card(quiz, wait_ms);
            continue;
        }
        if (question->row->key != shown)
            quiz->shown_at_ms = now.at_ms;
        shown = question->row->key;
        if (!ask(quiz, question, e))
            return false;
        if (quiz->last_card == shown)
            shown = 0;
    }
    return true;
}

static bool show_end(struct quiz *quiz, struct error *e)
{
    struct session_summary summary;
    struct arena *arena = &quiz->arena;
    struct moment now = context_now();
    if (!session_summary(quiz->session, now, &summary, e))
        return false;
    if (!summary.answers && !summary.next_due_ms) {
        puts(_("Nothing to study here yet: `repaso add CHAPTER.md` adds cards."));
        return true;
    }
    if (!summary.answers)
        puts(_("Nothing is due now."));
    else
        printf(_("\n%.*s, %d right; %.*s.\n"),
               STR_ARG(context_count(arena, PLURAL("%lld answer", "%lld answers"), summary.answers)),
               summary.right,
               STR_ARG(context_count(
                   arena, PLURAL("%lld card seen for the first time", "%lld cards seen for the first time"),
                   summary.first)));
    if (summary.due_tomorrow)
        printf(_("Tomorrow: %.*s, about %d min.\n"),
               STR_ARG(context_count(arena, PLURAL("%lld card", "%lld cards"), summary.due_tomorrow)),
               summary.minutes_tomorrow);
    else if (summary.next_due_ms)
        printf(_("The next card falls due %.*s.\n"),
               STR_ARG(context_when(arena, (double)(summary.next_due_ms - now.at_ms) / 86400000)));
    return true;
}

/* A fit on the day's answers; how it went concerns the learner only when something changed. */
static bool refit(struct quiz *quiz, struct error *e)
{
    struct crew *crew = crew_open(0);
    struct fit_options options = {.crew = crew};
    struct refit refit;
    bool ok = refit_compute(quiz->collection, &options, &refit, e) &&
              refit_commit(quiz->collection, &refit, context_now(), e);
    crew_close(crew);
    if (ok && refit.outcome == REFIT_TAKEN)
        printf("%.*s\n", STR_ARG(refit_sentence(&quiz->arena, &refit)));
    return ok;
}

static bool study_in_terminal(const struct call *call, struct error *e)
{
    struct quiz quiz = {.tty = isatty(STDIN_FILENO), .colours = isatty(STDOUT_FILENO) && !getenv("NO_COLOR")};
    struct session_options options = {
        .mode = ANSWER_REVIEW, .new_limit = -1, .read_age_s = -1, .seed = context_seed()};
    long limit;
    bool ok = call_number(call, "limit", 1, 9999, 0, &limit, e) && context_open(call, &quiz.collection, e) &&
              (!call->count || deck_find(quiz.collection, str_from(call->words[0]), &options.deck, e));
    options.limit = ok ? (int)limit : 0;
    if (ok && session_open(quiz.collection, &options, context_now(), &quiz.session, e)) {
        if (quiz.tty)
            puts(_("Type the answer and press Enter; :help lists what else there is."));
        ok = run_quiz(&quiz, e) && show_end(&quiz, e) && refit(&quiz, e);
    } else {
        ok = false;
    }
    session_close(quiz.session);
    collection_close(quiz.collection);
    arena_finish(&quiz.arena);
    free(quiz.line);
    return ok;
}

bool run_study(const struct call *call, struct error *e)
{
    if (call_has(call, "text"))
        return study_in_terminal(call, e);
    return window_open(call, call->count ? call->words[0] : NULL, true, e);
}
