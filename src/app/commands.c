/* The one command table: keys, buttons, palette, help sheet and manual page are read off it. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"

#include <string.h>

/* ---- What is short enough to stand here ---- */

static void go_back(struct app *app, const struct ui_action *action)
{
    (void)action;
    app_back(app);
}

static void go_home(struct app *app, const struct ui_action *action)
{
    (void)action;
    study_close(app);
    app->depth = 1;
}

static void quit(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->done = true;
}

static void open_help(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->overlay = OVERLAY_HELP;
}

static void open_palette(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->overlay = OVERLAY_PALETTE;
    app->palette_opened++;
    app->filter[0] = '\0';
}

static void dismiss(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->overlay = OVERLAY_NONE;
}

/* The field of the palette, or the search field of the browser. */
static void filter(struct app *app, const struct ui_action *action)
{
    if (app->overlay == OVERLAY_NONE) {
        browse_filter(app, action->text);
        return;
    }
    size_t len = action->text.len < sizeof app->filter - 1 ? action->text.len : sizeof app->filter - 1;
    memcpy(app->filter, action->text.ptr, len);
    app->filter[len] = '\0';
}

static void open_settings(struct app *app, const struct ui_action *action)
{
    (void)action;
    app_go(app, (struct place){.screen = SCREEN_SETTINGS});
}

static void toggle_full_screen(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->full_screen = !app->full_screen;
    if (app->window.full_screen)
        app->window.full_screen(app->window.self, app->full_screen);
}

static void copy_selection(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct str text = ui_selection(app->ui, ui_arena(app->ui));
    if (text.len && app->window.copy)
        app->window.copy(app->window.self, text);
}

static const char *name_of_event(int kind)
{
    static const char *const names[] = {
        [EVENT_GRADE] = N_("Grade taken back"),
        [EVENT_RESET] = N_("Card remembers again"),
        [EVENT_SUSPEND] = N_("Suspension undone"),
        [EVENT_BURY] = N_("Card is back today"),
        [EVENT_FLAG] = N_("Mark undone"),
        [EVENT_OVERLAY] = N_("Edit undone"),
        [EVENT_DECISION] = N_("Decision taken back"),
        [EVENT_OPTION] = N_("Option as before"),
    };
    bool known = kind >= 0 && kind < (int)(sizeof names / sizeof *names) && names[kind];
    return known ? _(names[kind]) : _("Undone");
}

static void undo(struct app *app, const struct ui_action *action)
{
    (void)action;
    if (study_undo(app))
        return;
    struct error e = {0};
    struct undone undone = {0};
    if (!collection_undo(app->collection, app_now(app), &undone, &e)) {
        app_toast_error(app, &e);
        return;
    }
    app_changed(app);
    app_toast(app, str_from(name_of_event(undone.kind)), ACTION_NONE);
}

/* ---- The table ---- */

#define AT_CARD (AT_FRONT | AT_TYPED | AT_CHOICE | AT_ORDER | AT_BACK)

static const struct command commands[] = {
    /* before "/" means the palette */
    {ACTION_SEARCH, AT_BROWSER | AT_DRAFTS, "search", N_("search"), "/, Ctrl+F", N_("Into the search field"),
     browse_search, NULL, false},

    /* everywhere */
    {ACTION_BACK, AT_ANY, "back", N_("Back"), "Esc", NULL, go_back, NULL, false},
    {ACTION_HOME, AT_ANY, "home", N_("To the decks"), "Alt+Home", NULL, go_home, NULL, false},
    {ACTION_HELP, AT_ANY, "help", N_("Keys"), "?, F1", N_("Show all keys"), open_help, NULL, false},
    {ACTION_PALETTE, AT_ANY, "palette", N_("Search or command"), "Ctrl+K, /", N_("Search all commands"),
     open_palette, NULL, false},
    {ACTION_SETTINGS, AT_ANY, "settings", N_("Settings"), ",, Ctrl+,", NULL, open_settings, NULL, false},
    {ACTION_UNDO, AT_ANY, "undo", N_("Undo"), "U, Ctrl+Z", N_("Take back the last thing done"), undo, NULL,
     false},
    {ACTION_THEME_NEXT, AT_ANY, "theme", N_("Light or dark"), "Ctrl+Shift+L", N_("Next theme"), next_theme,
     NULL, false},
    {ACTION_LANGUAGE_NEXT, AT_ANY, "language", N_("Language"), "Ctrl+Shift+E", N_("Spanish or English"),
     next_language, NULL, false},
    {ACTION_ZOOM_IN, AT_ANY, "zoom.in", N_("Larger"), "Ctrl++, Ctrl+=", N_("Everything larger"), zoom_in,
     NULL, false},
    {ACTION_ZOOM_OUT, AT_ANY, "zoom.out", N_("Smaller"), "Ctrl+-", N_("Everything smaller"), zoom_out, NULL,
     false},
    {ACTION_ZOOM_RESET, AT_ANY, "zoom.reset", N_("Usual size"), "Ctrl+0", NULL, zoom_reset, NULL, false},
    {ACTION_FULL_SCREEN, AT_ANY, "full-screen", N_("Full screen"), "F11", NULL, toggle_full_screen, NULL,
     false},
    {ACTION_COPY, AT_ANY, "copy", N_("Copy"), "Ctrl+C", N_("Copy the selected text"), copy_selection, NULL,
     false},
    {ACTION_QUIT, AT_ANY | AT_OVERLAY, "quit", N_("Quit"), "Ctrl+Q", NULL, quit, NULL, false},
    {ACTION_DISMISS, AT_OVERLAY, "dismiss", N_("Close"), "Esc", NULL, dismiss, NULL, true},
    {ACTION_FILTER, AT_OVERLAY | AT_BROWSER | AT_DRAFTS, "filter", N_("Search"), NULL, NULL, filter, NULL,
     true},
    {ACTION_CHOOSE, AT_OVERLAY, "choose", N_("Choose"), NULL, NULL, palette_choose, NULL, true},

    /* home */
    {ACTION_STUDY, AT_HOME, "study", N_("Study now"), NULL, N_("Study everything that is due"), study_all,
     NULL, false},
    {ACTION_STUDY_DECK, AT_HOME, "study.deck", N_("Study this deck"), "Enter", NULL, study_deck, NULL, true},
    {ACTION_DECK_FOLD, AT_HOME, "deck.fold", N_("Show or hide chapters"), NULL, NULL, fold_deck, NULL, true},

    /* study */
    {ACTION_REVEAL, AT_FRONT | AT_PROJECTOR, "study.reveal", N_("Show the answer"), "Space, Enter", NULL,
     study_reveal, NULL, false},
    {ACTION_TYPE, AT_FRONT, "study.type", N_("type it"), "T", N_("Type the answer"), study_type, NULL, false},
    {ACTION_CHECK, AT_TYPED | AT_ORDER, "study.check", N_("Check"), "Enter", N_("Check the answer"),
     study_check, NULL, false},
    {ACTION_HINT, AT_FRONT | AT_CHOICE, "study.hint", N_("hint"), "H",
     N_("A hint, then a first letter, then choices"), study_hint, NULL, false},
    {ACTION_CHOICES, AT_FRONT | AT_TYPED, "study.choices", N_("choices"), "F2", N_("Answer by choosing"),
     study_choices, NULL, false},
    {ACTION_PICK, AT_CHOICE, "study.pick", N_("Choose this one"), "1, 2, 3, 4, 5", NULL, study_pick, NULL,
     true},
    {ACTION_ORDER_MOVE, AT_ORDER, "study.order", N_("Move this row"), NULL, NULL, study_order, NULL, true},
    {ACTION_ORDER_JUMP, AT_ORDER, "study.row", N_("Go to this row"), "1, 2, 3, 4, 5, 6, 7, 8, 9", NULL,
     study_row, NULL, true},
    {ACTION_DONT_KNOW, AT_CHOICE | AT_TYPED | AT_ORDER, "study.unknown", N_("I don't know"), "0, Ctrl+D",
     N_("I don't know: no harm done"), study_dont_know, NULL, false},
    {ACTION_AGAIN, AT_BACK, "study.again", N_("Again"), "1", N_("I didn't know it"), study_grade_again, NULL,
     false},
    {ACTION_HARD, AT_BACK, "study.hard", N_("Hard"), "2", N_("I knew it, with effort"), study_grade_hard,
     NULL, false},
    {ACTION_GOOD, AT_BACK, "study.good", N_("Good"), "3", N_("I knew it"), study_grade_good, NULL, false},
    {ACTION_EASY, AT_BACK, "study.easy", N_("Easy"), "4", N_("I knew it at once"), study_grade_easy, NULL,
     false},
    {ACTION_ACCEPT, AT_BACK, "study.accept", N_("Accept"), "Space, Enter", N_("Take the proposed grade"),
     study_accept, NULL, false},
    {ACTION_WAS_RIGHT, AT_BACK, "study.was-right", N_("I was right"), "Ctrl+Y",
     N_("My answer was right too: accept it from now on"), study_was_right, NULL, false},
    {ACTION_BURY, AT_CARD, "study.bury", N_("bury"), "B", N_("Not today"), study_bury, NULL, false},
    {ACTION_SUSPEND, AT_CARD | AT_BROWSER, "study.suspend", N_("suspend"), "!",
     N_("Do not ask this card any more"), study_suspend, NULL, false},
    {ACTION_FLAG, AT_CARD | AT_BROWSER, "study.flag", N_("wrong card"), "D", N_("Mark this card as wrong"),
     study_flag, NULL, false},
    {ACTION_LISTEN, AT_CARD, "study.listen", N_("read aloud"), "R, F5",
     N_("The card's sound, or a voice that reads it"), study_listen, NULL, false},
    {ACTION_IMAGE, AT_CARD, "study.image", N_("picture"), "Z", N_("The picture larger or smaller"),
     study_image, NULL, false},
    {ACTION_FOUR, AT_END, "study.four", N_("Grade with four buttons"), NULL, NULL, answer_four, NULL, true},
    {ACTION_MORE, AT_END, "study.more", N_("More new cards"), "M", N_("Another round of new cards"),
     study_more, NULL, false},

    /* from the decks, and about the card that shows */
    {ACTION_READER, AT_HOME | AT_END, "reader", N_("read"), "L", N_("Read the chapter"), open_reader, NULL,
     false},
    {ACTION_BROWSER, AT_HOME | AT_END, "browser", N_("cards"), "E", N_("All cards"), open_browser, NULL,
     false},
    {ACTION_DRAFTS, AT_HOME, "drafts", N_("drafts"), "V", N_("Decide on drafts"), open_drafts, NULL, false},
    {ACTION_STATISTICS, AT_HOME | AT_END, "statistics", N_("statistics"), "S", N_("How my memory does"),
     open_statistics, NULL, false},
    {ACTION_FIRST, AT_HOME, "first", N_("begin a chapter"), "P", N_("First session after reading"),
     open_first, NULL, false},
    {ACTION_PROJECTOR, AT_HOME, "projector", N_("for the class"), "C", N_("One question fills the wall"),
     open_projector, NULL, false},
    {ACTION_EXAM, AT_HOME, "exam", N_("rehearse the exam"), "X",
     N_("A clock, no help, corrections at the end"), open_exam, NULL, false},
    {ACTION_EXAM_PENALTY, AT_EXAM, "exam.penalty", N_("Wrong answers cost"), NULL, NULL, exam_penalty, NULL,
     true},
    {ACTION_NEW_CARD, AT_HOME | AT_BROWSER | AT_FIRST, "card.new", N_("write a card"), "N, W",
     N_("Write a card of one's own"), new_card, NULL, false},
    {ACTION_SOURCE, AT_BACK | AT_BROWSER | AT_DRAFTS | AT_FIRST, "source", N_("source"), "O",
     N_("Open the passage in its chapter"), open_source, NULL, false},
    {ACTION_EDIT, AT_BACK | AT_FRONT | AT_BROWSER | AT_DRAFTS | AT_READER, "edit", N_("edit"), "E",
     N_("Edit this card"), open_editor, NULL, false},

    /* browser, drafts, editor */
    {ACTION_BROWSE_SHOW, AT_BROWSER | AT_DRAFTS, "browse.show", N_("Show this card"), NULL, NULL, browse_show,
     NULL, true},
    {ACTION_BROWSE_STATUS, AT_BROWSER, "browse.status", N_("Show"), NULL, NULL, browse_status, NULL, true},
    {ACTION_BROWSE_STUDY, AT_BROWSER, "browse.study", N_("study these"), "Z",
     N_("Study the cards that are listed"), browse_study, NULL, false},
    {ACTION_RETIRE, AT_BROWSER, "card.retire", N_("remove"), "Del",
     N_("Take the card out of its deck, or back"), browse_retire, NULL, false},
    {ACTION_RESET, AT_BROWSER, "card.reset", N_("Learn anew"), "Ctrl+R",
     N_("Forget what this card remembers"), browse_reset, NULL, false},
    {ACTION_DRAFT_ACCEPT, AT_DRAFTS, "draft.accept", N_("accept"), "A", N_("Accept the draft"), draft_accept,
     NULL, false},
    {ACTION_DRAFT_REJECT, AT_DRAFTS, "draft.reject", N_("reject"), "X", N_("Reject the draft, with a reason"),
     draft_reject, NULL, false},
    {ACTION_DRAFT_REASON, AT_DRAFTS, "draft.reason", N_("Reason"), NULL, NULL, draft_reason, NULL, true},
    {ACTION_DRAFT_ACCEPT_ALL, AT_DRAFTS, "draft.accept-all", N_("accept the surest"), "Shift+A",
     N_("Accept all drafts of 0.9 and above"), draft_accept_all, NULL, false},
    {ACTION_EDIT_PROMPT, AT_EDITOR, "edit.prompt", N_("Question"), NULL, NULL, edit_prompt, NULL, true},
    {ACTION_EDIT_ANSWER, AT_EDITOR, "edit.answer", N_("Answer"), NULL, NULL, edit_answer, NULL, true},
    {ACTION_EDIT_ACCEPTED, AT_EDITOR, "edit.accepted", N_("Other right answers"), NULL, NULL, edit_accepted,
     NULL, true},
    {ACTION_EDIT_HINT, AT_EDITOR, "edit.hint", N_("Hint"), NULL, NULL, edit_hint, NULL, true},
    {ACTION_SAVE, AT_EDITOR, "card.save", N_("Save"), "Ctrl+S", N_("Keep the card as it is now"), save_card,
     NULL, false},

    /* statistics */
    {ACTION_STATISTICS_SPAN, AT_STATISTICS, "statistics.span", N_("Time span"), NULL, NULL, set_span, NULL,
     true},
    {ACTION_TABLE, AT_STATISTICS, "statistics.table", N_("table"), "T", N_("Numbers instead of pictures"),
     toggle_table, NULL, false},

    {ACTION_CARDS, AT_STATISTICS, "statistics.cards", N_("Show these cards"), NULL, NULL, show_cards, NULL,
     true},
    {ACTION_CARD, AT_STATISTICS, "statistics.card", N_("Show this card"), NULL, NULL, show_card, NULL, true},
    {ACTION_SAVE_CSV, AT_STATISTICS, "statistics.csv", N_("as CSV"), "C", N_("Save the numbers as CSV"),
     save_csv, NULL, false},
    {ACTION_SAVE_PNG, AT_STATISTICS, "statistics.png", N_("as PNG"), "P", N_("Save the charts as PNG"),
     save_png, NULL, false},
    {ACTION_SAVE_PDF, AT_STATISTICS, "statistics.pdf", N_("as PDF"), "D", N_("Save the charts as PDF"),
     save_pdf, NULL, false},

    /* reader */
    {ACTION_NEXT_FACT, AT_READER, "reader.next", N_("next fact"), "N", N_("Next fact in the text"), next_fact,
     NULL, false},
    {ACTION_PREVIOUS_FACT, AT_READER, "reader.previous", N_("previous fact"), "P",
     N_("Previous fact in the text"), previous_fact, NULL, false},
    {ACTION_SHOW_FACT, AT_READER, "reader.show", N_("Show this fact"), NULL, NULL, show_fact, NULL, true},
    {ACTION_QUIZ_PAGE, AT_READER, "reader.quiz", N_("quiz me"), "Z", N_("Quiz me on this chapter"), quiz_page,
     NULL, false},
    {ACTION_CARD_FROM_SELECTION, AT_READER, "reader.card", N_("card of the selection"), "C",
     N_("A card whose answer is the selected text"), card_from_selection, NULL, false},
    {ACTION_READER_LARGER, AT_READER, "reader.larger", N_("Larger text"), "+", NULL, larger_text, NULL,
     false},
    {ACTION_READER_SMALLER, AT_READER, "reader.smaller", N_("Smaller text"), "-", NULL, smaller_text, NULL,
     false},

    /* the first session */
    {ACTION_FIRST_NEXT, AT_FIRST, "first.next", N_("Go on"), "Ctrl+Enter", N_("Next step"), first_next, NULL,
     false},
    {ACTION_FIRST_WHEN, AT_FIRST, "first.when", N_("When"), NULL, NULL, first_when, NULL, true},
    {ACTION_FIRST_AMOUNT, AT_FIRST, "first.amount", N_("How much"), NULL, NULL, first_amount, NULL, true},
    {ACTION_FIRST_GUESS, AT_FIRST, "first.guess", N_("Your guess"), NULL, NULL, first_guess, NULL, true},
    {ACTION_FIRST_WRITTEN, AT_FIRST, "first.written", N_("What you remember"), NULL, NULL, first_written,
     NULL, true},
    {ACTION_FIRST_TITLES, AT_FIRST, "first.titles", N_("Show the section titles"), "Ctrl+H", NULL,
     first_titles, NULL, false},
    {ACTION_FIRST_MARK, AT_FIRST, "first.mark", N_("Correct the machine"), NULL, NULL, first_mark, NULL,
     true},
    {ACTION_FIRST_PASSAGE, AT_FIRST, "first.passage", N_("source"), NULL, NULL, first_passage, NULL, true},
    {ACTION_FIRST_TOGGLE, AT_FIRST, "first.toggle", N_("Keep or drop"), NULL, NULL, first_toggle, NULL, true},
    {ACTION_FIRST_KEEP, AT_FIRST, "first.keep", N_("keep"), "K", N_("Keep this card"), first_keep,
     first_chooses, false},
    {ACTION_FIRST_DROP, AT_FIRST, "first.drop", N_("drop"), "X",
     N_("Drop this card; again for another reason"), first_drop, first_chooses, false},
    {ACTION_FIRST_REASON, AT_FIRST, "first.reason", N_("Reason"), NULL, NULL, first_reason, NULL, true},
    {ACTION_FIRST_WHY, AT_FIRST, "first.why", N_("Your explanation"), NULL, NULL, first_why, NULL, true},
    {ACTION_FIRST_BET, AT_FIRST, "first.bet", N_("Bet"), NULL, NULL, first_bet, NULL, true},
    {ACTION_FIRST_HOUR, AT_FIRST, "first.hour", N_("When"), NULL, NULL, first_hour, NULL, true},
    {ACTION_FIRST_CALENDAR, AT_FIRST, "first.calendar", N_("Calendar file"), NULL,
     N_("An appointment for your calendar"), first_calendar, NULL, true},
    {ACTION_BET, AT_HOME, "bet", N_("Answer the bet"), "B", N_("The cards that you bet on"), answer_bet, NULL,
     false},

    /* import */
    {ACTION_IMPORT, AT_HOME, "import", N_("Import a chapter"), "I", N_("Make cards of a chapter"),
     open_import, NULL, false},
    {ACTION_SAMPLE, AT_HOME | AT_IMPORT, "sample", N_("Try the sample (2 min)"), NULL,
     N_("Cards of the bundled chapter"), import_sample, NULL, false},
    {ACTION_IMPORT_PATH, AT_IMPORT, "import.path", N_("File or folder"), NULL, NULL, import_typed, NULL,
     true},
    {ACTION_IMPORT_PASTE, AT_IMPORT, "import.paste", N_("Paste a text"), "Ctrl+Shift+V",
     N_("Make cards of the text on the clipboard"), import_paste, NULL, false},
    {ACTION_IMPORT_REMOVE, AT_IMPORT, "import.remove", N_("Leave it out"), NULL, NULL, import_remove, NULL,
     true},
    {ACTION_IMPORT_CREATE, AT_IMPORT, "import.create", N_("Make the cards"), "Ctrl+Enter", NULL,
     import_create, NULL, false},

    /* projector */
    {ACTION_PROJECTOR_KNEW, AT_PROJECTOR, "projector.knew", N_("How many had it"), NULL, NULL, projector_knew,
     NULL, true},

    /* settings */
    {ACTION_SET_LANGUAGE, AT_SETTINGS, "set.language", N_("Language"), NULL, NULL, set_language, NULL, true},
    {ACTION_SET_THEME, AT_SETTINGS, "set.theme", N_("Theme"), NULL, NULL, set_theme, NULL, true},
    {ACTION_SET_ZOOM, AT_SETTINGS, "set.zoom", N_("Size of everything"), NULL, NULL, set_zoom, NULL, true},
    {ACTION_SET_GRADES, AT_SETTINGS, "set.grades", N_("Grade buttons"), NULL, NULL, set_grades, NULL, true},
    {ACTION_SET_ACCENTS, AT_SETTINGS, "set.accents", N_("Missing accents"), NULL, NULL, set_accents, NULL,
     true},
    {ACTION_SET_TYPOS, AT_SETTINGS, "set.typos", N_("Slips of the finger"), NULL, NULL, set_typos, NULL,
     true},
    {ACTION_SET_NEW, AT_SETTINGS, "set.new", N_("New cards a day"), NULL, NULL, set_new, NULL, true},
    {ACTION_SET_RETENTION, AT_SETTINGS, "set.retention", N_("How much to remember"), NULL, NULL,
     set_retention, NULL, true},
    {ACTION_SET_HELD_BACK, AT_SETTINGS, "set.held-back", N_("Unpractised facts"), NULL, NULL, set_held_back,
     NULL, true},
    {ACTION_SET_FONT, AT_SETTINGS, "set.font", N_("Typeface of cards"), NULL, NULL, set_font, NULL, true},
    {ACTION_SET_MOTION, AT_SETTINGS, "set.motion", N_("Reduce motion"), NULL, NULL, set_motion, NULL, true},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const struct command *command_at(size_t index)
{
    return index < COMMAND_COUNT ? &commands[index] : NULL;
}

const struct command *command_of(int action)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if ((int)commands[i].action == action)
            return &commands[i];
    return NULL;
}

/* ---- Keys ---- */

/* Chords are written "Ctrl+K, /"; a comma is a chord too, so they part at comma and blank. */
static bool next_chord(struct str *rest, struct ui_chord *ret)
{
    while (rest->len) {
        size_t end = str_find(*rest, STR(", "), 0);
        if (end == 0) /* ", ,": the key is the comma */
            end = 1;
        struct str text = end > rest->len ? *rest : str_slice(*rest, 0, end);
        *rest = end > rest->len ? (struct str){0} : str_slice(*rest, end + 2, rest->len);
        if (ui_chord_parse(text, ret))
            return true;
    }
    return false;
}

static bool has_key(const struct command *command, const struct ui_event *event, int *ret_which)
{
    struct str rest = str_from(command->keys);
    struct ui_chord chord;
    for (int i = 0; next_chord(&rest, &chord); i++) {
        if (ui_chord_matches(chord, event)) {
            *ret_which = i;
            return true;
        }
    }
    return false;
}

/* In a field, letters are text: only chords that no text needs are commands. */
static bool is_command_key(struct app *app, const struct ui_event *event)
{
    return !ui_typing(app->ui) || event->mods & (UI_CTRL | UI_ALT) || event->key >= UI_KEY_F1 ||
           event->key == UI_KEY_ESCAPE;
}

const struct command *command_for_key(struct app *app, const struct ui_event *event, int *ret_which)
{
    unsigned where = app_where(app);
    if (!is_command_key(app, event))
        return NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (commands[i].where & where && has_key(&commands[i], event, ret_which) &&
            command_enabled(app, &commands[i]))
            return &commands[i];
    return NULL;
}

struct str command_keys(struct arena *arena, const struct command *command)
{
    struct str rest = str_from(command->keys);
    struct ui_chord chord;
    return next_chord(&rest, &chord) ? ui_chord_name(arena, chord) : (struct str){0};
}

bool command_enabled(struct app *app, const struct command *command)
{
    return !command->enabled || command->enabled(app);
}

bool command_perform(struct app *app, const struct ui_action *action)
{
    const struct command *command = command_of(action->command);
    if (!command || !command->run || !command_enabled(app, command))
        return false;
    app->toast_until_ms = 0; /* the last message has been seen */
    command->run(app, action);
    return true;
}

/* ---- For the manual page ---- */

static const char *place_name(unsigned where)
{
    if (where == AT_ANY || where == (AT_ANY | AT_OVERLAY))
        return _("everywhere");
    if (where & AT_HOME)
        return _("decks");
    static const struct {
        unsigned where;
        const char *name;
    } places[] = {{AT_CARD, N_("study")},
                  {AT_END, N_("end of a session")},
                  {AT_READER, N_("reader")},
                  {AT_DRAFTS, N_("drafts")},
                  {AT_BROWSER, N_("cards")},
                  {AT_EDITOR, N_("editor")},
                  {AT_STATISTICS, N_("statistics")},
                  {AT_FIRST, N_("first session")},
                  {AT_EXAM, N_("exam rehearsal")},
                  {AT_PROJECTOR, N_("for the class")}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (where & places[i].where)
            return _(places[i].name);
    return _("settings");
}

size_t app_commands(const struct app_command_row **ret)
{
    static struct app_command_row rows[COMMAND_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!commands[i].hidden)
            rows[count++] = (struct app_command_row){
                commands[i].id, _(commands[i].name), commands[i].keys ? commands[i].keys : "",
                commands[i].help ? _(commands[i].help) : "", place_name(commands[i].where)};
    *ret = rows;
    return count;
}
