/* Drives a session: fills the study screen, performs what the learner does there. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "screens/words.h"

/* ---- The card at hand ---- */

static const struct question *question(struct app *app)
{
    struct study_state *study = &app->study;
    return study->session ? session_current(study->session, app_now(app), &study->wait_ms) : NULL;
}

/* A new card, or the same one asked anew. */
static void ask(struct app *app)
{
    struct study_state *study = &app->study;
    study->mode = STUDY_FLIP;
    study->back = study->judged = study->large = study->in_sight = false;
    study->picked = -1;
    study->revision++;
    study->shown_at_ms = app_clock_ms(app);
    study->order = NULL;
    study->reasons = NULL;
    study->mixup = (struct study_passage){0};
    arena_reset(&study->arena);
    const struct question *asked = question(app);
    if (asked && order_begin(app, &asked->row->card))
        study->mode = STUDY_ORDER;
    else if (asked && app->exam.running)
        study->mode = session_choices(study->session) ? STUDY_CHOICE : STUDY_TYPED;
}

/* The study screen and its end are one place in the stack. */
static void replace(struct app *app, enum screen screen, int64_t deck)
{
    enum screen now = app_place(app)->screen;
    if (now == SCREEN_STUDY || now == SCREEN_END || now == SCREEN_EXAM)
        app->depth--;
    app_go(app, (struct place){screen, deck, 0});
}

/* Shows the next card, or the end. */
static void go_on(struct app *app)
{
    int64_t deck = app_place(app)->deck;
    app_changed(app);
    ask(app);
    if (app->exam.running && (!question(app) || exam_over(app))) {
        exam_end(app);
        study_close(app);
        replace(app, SCREEN_EXAM, deck);
        return;
    }
    if (question(app)) {
        replace(app, SCREEN_STUDY, deck);
        return;
    }
    bet_settle(app);
    if (first_goes_on(app)) {
        study_close(app);
        app->depth--;
        return;
    }
    replace(app, SCREEN_END, deck);
    refit_start(app);
}

static bool start(struct app *app, int64_t deck, const struct session_options *options)
{
    struct error e = {0};
    study_close(app);
    if (!session_open(app->collection, options, app_now(app), &app->study.session, &e)) {
        app_toast_error(app, &e);
        return false;
    }
    app->exam.running = options->mode == ANSWER_EXAM;
    ask(app);
    replace(app, question(app) ? SCREEN_STUDY : SCREEN_END, deck);
    return true;
}

bool study_open(struct app *app, int64_t deck)
{
    return start(app, deck,
                 &(struct session_options){.deck = deck,
                                           .mode = ANSWER_REVIEW,
                                           .new_limit = -1,
                                           .read_age_s = -1,
                                           .seed = app->options.seed ^ (uint64_t)app_now(app).at_ms});
}

void study_close(struct app *app)
{
    bool left_early = app->study.session && !app->done && app_place(app)->screen == SCREEN_STUDY &&
                      session_progress(app->study.session, app_now(app)).done > 0;
    if (left_early)
        refit_start(app);
    app->exam.running = false;
    session_close(app->study.session);
    arena_finish(&app->study.arena);
    app->study = (struct study_state){.picked = -1, .revision = app->study.revision};
    app_changed(app);
}

bool study_first(struct app *app, int64_t deck, const int64_t *cards, size_t count, double read_age_s)
{
    return start(app, deck,
                 &(struct session_options){.deck = deck,
                                           .mode = ANSWER_FIRST,
                                           .new_limit = -1,
                                           .read_age_s = read_age_s,
                                           .seed = app->options.seed,
                                           .cards = cards,
                                           .card_count = count});
}

bool study_cards(struct app *app, int64_t deck, const int64_t *cards, size_t count)
{
    return start(app, deck,
                 &(struct session_options){.deck = deck,
                                           .mode = ANSWER_REVIEW,
                                           .new_limit = -1,
                                           .read_age_s = -1,
                                           .seed = app->options.seed ^ (uint64_t)app_now(app).at_ms,
                                           .cards = cards,
                                           .card_count = count});
}

bool study_exam(struct app *app, int64_t deck, const int64_t *cards, size_t count)
{
    return start(app, deck,
                 &(struct session_options){.deck = deck,
                                           .mode = ANSWER_EXAM,
                                           .new_limit = -1,
                                           .read_age_s = -1,
                                           .seed = app->options.seed ^ (uint64_t)app_now(app).at_ms,
                                           .cards = cards,
                                           .card_count = count});
}

size_t app_study_items(struct app *app)
{
    const struct question *asked = question(app);
    return asked ? asked->row->card.items.count : 0;
}

int64_t study_card(struct app *app)
{
    const struct question *asked = question(app);
    return asked ? asked->row->key : 0;
}

void study_all(struct app *app, const struct ui_action *action)
{
    (void)action;
    if (!first_again(app, 0))
        study_open(app, 0);
}

/* A chapter nobody has begun is begun by its first session. */
static bool is_untouched(struct app *app, int64_t deck)
{
    struct deck_rows rows = {0};
    if (!collection_decks(app->collection, ui_arena(app->ui), app_now(app), &rows, NULL))
        return false;
    list_each (const struct deck_row, row, &rows)
        if (row->key == deck)
            return row->total > 0 && row->unseen == row->total;
    return false;
}

void study_deck(struct app *app, const struct ui_action *action)
{
    if (is_untouched(app, action->argument))
        open_first(app, action);
    else if (!first_again(app, action->argument))
        study_open(app, action->argument);
}

void study_more(struct app *app, const struct ui_action *action)
{
    (void)action;
    enum { MORE = 10 };
    int64_t deck = app_place(app)->deck;
    start(app, deck,
          &(struct session_options){.deck = deck,
                                    .mode = ANSWER_FIRST,
                                    .new_limit = MORE,
                                    .limit = MORE,
                                    .read_age_s = -1,
                                    .seed = app->options.seed ^ (uint64_t)app_now(app).at_ms});
}

/* ---- What the learner does ---- */

static int elapsed_ms(const struct app *app)
{
    int64_t ms = app_clock_ms(app) - app->study.shown_at_ms;
    return ms < 0 ? 0 : ms > INT32_MAX ? INT32_MAX : (int)ms;
}

void study_reveal(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    struct study_state *study = &app->study;
    if (app_place(app)->screen == SCREEN_PROJECTOR)
        projector_reveal(app);
    if (!question(app))
        return;
    if (session_reveal(study->session, elapsed_ms(app), app_now(app), &study->outcome, &e))
        study->back = true;
    else
        app_toast_error(app, &e);
}

void study_type(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->study.mode = STUDY_TYPED;
}

enum { REASON_MOST = 180 };

/* One line of a passage: what is too long ends at a word. */
static struct str reason_of(struct arena *arena, const struct study_passage *passage)
{
    struct str text = passage->text;
    if (text.len > REASON_MOST) {
        size_t end = REASON_MOST;
        while (end > 0 && text.ptr[end] != ' ')
            end--;
        text = str_format(arena, "%.*s…", (int)end, text.ptr);
    }
    return passage->line ? str_format(arena, _("line %d: %.*s"), passage->line, STR_ARG(text)) : text;
}

/* Why each wrong choice is not it, and where what was typed instead belongs. */
static void explain_answer(struct app *app, const struct question *asked)
{
    struct study_state *study = &app->study;
    struct study_passage passage;
    if (study->mode == STUDY_TYPED && study->outcome.verdict == VERDICT_WRONG)
        explain(app, &study->arena, study->outcome.given, asked->row->key, &study->mixup);
    if (study->mode != STUDY_CHOICE)
        return;
    const struct str_list *choices = &asked->choices;
    study->reasons = arena_array(&study->arena, choices->count, sizeof *study->reasons);
    for (size_t i = 0; i < choices->count; i++)
        if (!str_equal(choices->items[i], asked->row->card.answer) &&
            explain(app, &study->arena, choices->items[i], asked->row->key, &passage))
            study->reasons[i] = reason_of(&study->arena, &passage);
}

/* No word about it until the end. */
static void take_exam_answer(struct app *app, const struct card_row *row)
{
    struct error e = {0};
    struct study_state *study = &app->study;
    exam_keep(app, row, &study->outcome);
    if (!session_grade(study->session, study->outcome.proposed, app_now(app), NULL, &e))
        app_toast_error(app, &e);
    go_on(app);
}

static void take_answer(struct app *app, struct str given)
{
    struct error e = {0};
    struct study_state *study = &app->study;
    const struct question *asked = question(app);
    if (!asked)
        return;
    struct str kept = str_copy(&study->arena, given);
    if (!session_answer(study->session, kept, elapsed_ms(app), app_now(app), &study->outcome, &e)) {
        app_toast_error(app, &e);
        return;
    }
    study->outcome.given = kept;
    if (app->exam.running) {
        take_exam_answer(app, asked->row);
        return;
    }
    study->back = study->judged = true;
    explain_answer(app, question(app));
}

/* What was swapped is worth a card of its own. */
static void check_order(struct app *app, const struct card_row *row)
{
    take_answer(app, order_given(app, &row->card));
    if (!app->study.back) /* an exam has gone on */
        return;
    int fresh = app->study.outcome.verdict == VERDICT_RIGHT ? 0 : add_contrasts(app, row, app->study.order);
    if (fresh)
        app_toast(app,
                  str_format(ui_arena(app->ui),
                             translate_plural("%d new card out of what was swapped",
                                              "%d new cards out of what was swapped", (unsigned long)fresh),
                             fresh),
                  ACTION_NONE);
}

/* Enter in the field brings its text; the button does not. */
void study_check(struct app *app, const struct ui_action *action)
{
    struct str given = action->text;
    const struct question *asked = question(app);
    if (asked && app->study.order) {
        check_order(app, asked->row);
        return;
    }
    if (!given.len) {
        const struct ui_node *field = NULL;
        size_t count;
        const struct ui_node *nodes = ui_nodes(app->ui, &count);
        for (size_t i = 0; i < count && !field; i++)
            if (nodes[i].role == UI_ROLE_EDIT)
                field = &nodes[i];
        if (field)
            given = field->value;
    }
    take_answer(app, str_trim(given));
}

void study_dont_know(struct app *app, const struct ui_action *action)
{
    (void)action;
    take_answer(app, (struct str){0});
}

void study_hint(struct app *app, const struct ui_action *action)
{
    (void)action;
    const struct question *asked = question(app);
    if (!asked || app->exam.running)
        return;
    if (!session_hint(app->study.session))
        app_toast(app, str_from(_("No more hints")), ACTION_NONE);
    asked = question(app);
    if (asked && asked->choices.count)
        app->study.mode = STUDY_CHOICE;
}

void study_choices(struct app *app, const struct ui_action *action)
{
    (void)action;
    const struct question *asked = question(app);
    if (!asked || app->exam.running)
        return;
    if (session_choices(app->study.session))
        app->study.mode = STUDY_CHOICE;
    else if (!asked->row->card.choices.count)
        app_toast(app, str_from(_("This card has no choices")), ACTION_NONE);
    else
        app_toast(app, str_from(_("Choices come once you have met the card")), ACTION_NONE);
}

static void pick(struct app *app, int64_t index)
{
    const struct question *asked = question(app);
    if (!asked || app->study.back || index < 0 || (size_t)index >= asked->choices.count)
        return;
    app->study.picked = (int)index;
    take_answer(app, asked->choices.items[index]);
}

void study_pick(struct app *app, const struct ui_action *action)
{
    pick(app, action->argument);
}

/* ---- Grades ---- */

static void grade(struct app *app, enum grade grade)
{
    struct error e = {0};
    struct study_state *study = &app->study;
    struct graded graded;
    if (!study->back || !question(app))
        return;
    if (grade > study->outcome.highest && grade > GRADE_AGAIN)
        grade = study->outcome.highest;
    if (!session_grade(study->session, grade, app_now(app), &graded, &e)) {
        app_toast_error(app, &e);
        return;
    }
    go_on(app);
}

void study_grade_again(struct app *app, const struct ui_action *action)
{
    (void)action;
    grade(app, GRADE_AGAIN);
}

/* With two buttons the second is ✓, whose key is 2. */
void study_grade_hard(struct app *app, const struct ui_action *action)
{
    grade(app, app->four_grades || action->node ? GRADE_HARD : GRADE_GOOD);
}

void study_grade_good(struct app *app, const struct ui_action *action)
{
    (void)action;
    grade(app, GRADE_GOOD);
}

void study_grade_easy(struct app *app, const struct ui_action *action)
{
    (void)action;
    grade(app, app->four_grades ? GRADE_EASY : GRADE_GOOD);
}

void study_accept(struct app *app, const struct ui_action *action)
{
    (void)action;
    grade(app, app->study.outcome.proposed);
}

/* ---- "I was right": the learner's form is accepted from now on ---- */

static struct str with_another_form(struct arena *arena, const struct card *card, struct str form)
{
    struct buffer lines = {0};
    for (size_t i = 0; i < card->accepted.count; i++)
        buffer_format(&lines, "%.*s\n", STR_ARG(card->accepted.items[i]));
    buffer_add(&lines, form);
    struct str ret = str_copy(arena, buffer_str(&lines));
    buffer_finish(&lines);
    return ret;
}

void study_was_right(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    struct study_state *study = &app->study;
    const struct question *asked = question(app);
    if (!asked || !study->judged || !study->outcome.given.len || study->outcome.verdict == VERDICT_RIGHT)
        return;
    struct str forms = with_another_form(&study->arena, &asked->row->card, study->outcome.given);
    if (!card_edit(app->collection, asked->row->key, STR("accepted"), forms, app_now(app), &e) ||
        !session_reload(study->session, &e)) {
        app_toast_error(app, &e);
        return;
    }
    take_answer(app, study->outcome.given);
    app_toast(app, str_from(_("Accepted from now on")), ACTION_UNDO);
}

/* ---- Other things done to the card ---- */

typedef bool session_act(struct session *session, struct moment now, struct error *e);

static void act(struct app *app, session_act *does, const char *said)
{
    struct error e = {0};
    if (!question(app))
        return;
    if (!does(app->study.session, app_now(app), &e)) {
        app_toast_error(app, &e);
        return;
    }
    app_toast(app, str_from(said), ACTION_UNDO);
    go_on(app);
}

void study_bury(struct app *app, const struct ui_action *action)
{
    (void)action;
    act(app, session_bury, _("Not before tomorrow"));
}

void study_suspend(struct app *app, const struct ui_action *action)
{
    (void)action;
    if (app_place(app)->screen == SCREEN_BROWSER) {
        browse_suspend(app);
        return;
    }
    act(app, session_suspend, _("Suspended: it will not be asked any more"));
}

void study_flag(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    if (app_place(app)->screen == SCREEN_BROWSER) {
        browse_flag(app);
        return;
    }
    const struct question *asked = question(app);
    if (!asked)
        return;
    bool flagged = asked->row->flagged;
    if (!card_flag(app->collection, asked->row->key, flagged ? (struct str){0} : str_from(_("wrong")),
                   app_now(app), &e) ||
        !session_reload(app->study.session, &e)) {
        app_toast_error(app, &e);
        return;
    }
    app_toast(app, str_from(flagged ? _("No longer marked as wrong") : _("Marked as wrong")), ACTION_UNDO);
}

void study_listen(struct app *app, const struct ui_action *action)
{
    (void)action;
    const struct question *asked = question(app);
    if (asked)
        media_listen(app, &asked->row->card, app->study.back);
}

void study_image(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->study.large = !app->study.large;
}

/* False outside of a session: the collection's own undo is meant then. */
bool study_undo(struct app *app)
{
    struct error e = {0};
    if (!app->study.session)
        return false;
    if (!session_undo(app->study.session, app_now(app), &e)) {
        app_toast_error(app, &e);
        return true;
    }
    go_on(app);
    app_toast(app, str_from(_("Taken back")), ACTION_NONE);
    return true;
}

/* ---- Waiting for a card that comes back ---- */

int study_wait_ms(struct app *app)
{
    if (app_place(app)->screen != SCREEN_END || app->study.wait_ms <= 0)
        return -1;
    int64_t left = app->study.wait_ms;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

void study_tick(struct app *app)
{
    if (exam_over(app) && app_place(app)->screen == SCREEN_STUDY)
        go_on(app);
    if (app_place(app)->screen == SCREEN_END && app->study.session && question(app))
        go_on(app);
}

/* An answer below what shows is brought into sight: true if that needs another tree. */
bool study_after_build(struct app *app)
{
    struct study_state *study = &app->study;
    uint64_t id = study->back && !study->in_sight ? ui_id_of(app->ui, STR("back-side")) : 0;
    if (app_place(app)->screen != SCREEN_STUDY || !id)
        return false;
    study->in_sight = true;
    ui_reveal(app->ui, id);
    return true;
}

unsigned study_where(const struct app *app)
{
    if (app->study.back)
        return AT_BACK;
    static const unsigned places[] = {[STUDY_FLIP] = AT_FRONT,
                                      [STUDY_TYPED] = AT_TYPED,
                                      [STUDY_CHOICE] = AT_CHOICE,
                                      [STUDY_ORDER] = AT_ORDER};
    return places[app->study.mode];
}

/* ---- Views ---- */

static const enum ui_segment segment_looks[] = {[SEGMENT_OPEN] = UI_TO_COME,
                                                [SEGMENT_RIGHT] = UI_GOOD,
                                                [SEGMENT_HARD] = UI_HARD,
                                                [SEGMENT_WRONG] = UI_BAD,
                                                [SEGMENT_CURRENT] = UI_CURRENT};

static void add_progress(struct app *app, struct study_view *view)
{
    struct progress progress = session_progress(app->study.session, app_now(app));
    enum ui_segment *segments = arena_array(ui_arena(app->ui), progress.count, sizeof *segments);
    for (size_t i = 0; i < progress.count; i++)
        segments[i] = segment_looks[progress.segments[i]];
    view->segments = segments;
    view->segment_count = view->total = (int)progress.count;
    view->done = progress.done;
    view->seconds_left = progress.seconds_left;
}

static struct str last_part(struct str path)
{
    size_t at = 0, next;
    while ((next = str_find(path, STR("::"), at)) != (size_t)-1)
        at = next + 2;
    return str_slice(path, at, path.len);
}

static void add_names(const struct card_row *row, struct study_view *view)
{
    size_t end = str_find(row->deck_path, STR("::"), 0);
    view->deck = end == (size_t)-1 ? row->deck_path : str_slice(row->deck_path, 0, end);
    if (end != (size_t)-1)
        view->chapter = last_part(row->deck_path);
    if (!row->passages.count)
        return;
    const struct passage *passage = &row->passages.items[0];
    if (!view->chapter.len && !str_equal(passage->chapter, view->deck))
        view->chapter = passage->chapter;
    view->passage = passage_of(row);
}

/* Who forgives accents without more ado does not want to hear of them. */
static struct str_list forgiven_aloud(struct app *app, const struct str_list *forgiven)
{
    bool quiet = setting_number(app->collection, STR("judge.accents"), ACCENTS_FORGIVE) == ACCENTS_FORGIVE;
    struct str_list ret = {0};
    for (size_t i = 0; i < forgiven->count; i++)
        if (!quiet || !str_starts(forgiven->items[i], STR("accents")))
            list_push(ui_arena(app->ui), &ret, forgiven->items[i]);
    return ret;
}

static void add_outcome(struct app *app, struct study_view *view)
{
    const struct study_state *study = &app->study;
    const struct outcome *outcome = &study->outcome;
    view->judged = study->judged;
    view->right = outcome->verdict == VERDICT_RIGHT;
    view->nearly = outcome->verdict == VERDICT_NEARLY;
    view->given = outcome->given;
    view->note = outcome->note;
    view->diff = &outcome->judgement.diff;
    view->forgiven = forgiven_aloud(app, &outcome->judgement.forgiven);
    view->proposed = (int)outcome->proposed;
    view->highest = (int)outcome->highest;
    if (!view->four && view->proposed > 1)
        view->proposed = view->highest < 3 ? view->highest : 3;
    for (int i = 0; i < 4; i++)
        view->intervals[i] = words_interval(ui_arena(app->ui), outcome->preview.days[i]);
}

void study_show(struct app *app)
{
    const struct question *asked = question(app);
    if (!asked) { /* changed from outside */
        replace(app, SCREEN_END, app_place(app)->deck);
        end_show(app);
        return;
    }
    const struct study_state *study = &app->study;
    const struct card_row *row = asked->row;
    double recall = asked->first ? -1 : card_recall(app->collection, row, app_now(app));
    struct study_view view = {.card = &row->card,
                              .mode = study->mode,
                              .back = study->back,
                              .first = asked->first,
                              .again = asked->again,
                              .probe = asked->probe,
                              .times = row->reps + 1,
                              .recall = recall > 0 ? recall : -1,
                              .answer_changed = row->answer_changed,
                              .flagged = row->flagged,
                              .hint = asked->hint,
                              .choices_offered = asked->choice_offered,
                              .choices = asked->choices,
                              .picked = study->picked,
                              .reasons = study->reasons,
                              .mixup = study->mixup,
                              .revision = study->revision,
                              .four = app->four_grades};
    view.exam = app->exam.running;
    add_progress(app, &view);
    if (view.exam)
        view.seconds_left = (int)exam_seconds_left(app);
    add_names(row, &view);
    order_view(app, &row->card, &view);
    view.image = media_picture(app, row->card.image, &view.image_wrong);
    view.large_image = study->large;
    if (study->back)
        add_outcome(app, &view);
    study_screen(app->ui, &view);
}

static void add_troubles(struct app *app, const struct session_summary *summary, struct end_view *view)
{
    enum { MOST = 8 };
    size_t count = summary->troubles.count < MOST ? summary->troubles.count : MOST;
    struct end_trouble *troubles = arena_array(ui_arena(app->ui), count, sizeof *troubles);
    for (size_t i = 0; i < count; i++)
        troubles[i] = (struct end_trouble){summary->troubles.items[i].card.prompt,
                                           summary->troubles.items[i].card.answer};
    view->troubles = troubles;
    view->trouble_count = count;
}

static struct str day_of(struct app *app, int64_t at_ms, struct moment now)
{
    if (!at_ms)
        return (struct str){0};
    int64_t days = collection_day(app->collection, (struct moment){at_ms, now.tz_min}) -
                   collection_day(app->collection, now);
    return words_day(ui_arena(app->ui), (int)days, at_ms, now.tz_min);
}

/* Two buttons are for newcomers: who has answered so often is asked once. */
static bool offers_four(struct app *app)
{
    enum { OFTEN = 200 };
    struct event_rows events = {0};
    return setting_number(app->collection, STR("study.grades"), 0) == 0 &&
           collection_events(app->collection, ui_arena(app->ui), EVENT_GRADE, 0, OFTEN, &events, NULL) &&
           events.count == OFTEN;
}

void answer_four(struct app *app, const struct ui_action *action)
{
    set_grades(app, action);
    app_toast(app, str_from(_("The settings have it too")), ACTION_NONE);
}

void end_show(struct app *app)
{
    struct moment now = app_now(app);
    struct session_summary summary = {0};
    struct error e = {0};
    struct end_view view = {.wait_seconds = (long)(app->study.wait_ms / 1000), .more = true};
    if (!app->study.session || !session_summary(app->study.session, now, &summary, &e))
        view.nothing = true;
    view.deck = str_from(_("Study"));
    view.cards = summary.cards;
    view.answers = summary.answers;
    view.right = summary.right;
    view.first = summary.first;
    view.missed = summary.missed;
    view.seconds = (long)(summary.ms / 1000);
    view.tomorrow = summary.due_tomorrow;
    view.tomorrow_minutes = summary.minutes_tomorrow;
    view.next = day_of(app, summary.next_due_ms, now);
    view.nothing = view.nothing || summary.answers == 0;
    view.offer_four = !view.nothing && offers_four(app);
    view.bet = app->study.bet.settled;
    view.bet_known = app->study.bet.known;
    view.bet_knew = app->study.bet.knew;
    view.bet_of = app->study.bet.of;
    add_troubles(app, &summary, &view);
    view.memory = app->refit.sentence;
    end_screen(app->ui, &view);
}
