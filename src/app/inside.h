/* What the files of app/ share. */
#ifndef REPASO_APP_INSIDE_H
#define REPASO_APP_INSIDE_H

#include "app/app.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "cards/judge.h"
#include "collection/answer.h"
#include "collection/cards.h"
#include "collection/chapter.h"
#include "collection/collection.h"
#include "collection/deck.h"
#include "collection/event.h"
#include "document/document.h"
#include "screens/action.h"
#include "screens/browser.h"
#include "screens/exam.h"
#include "screens/first.h"
#include "screens/home.h"
#include "screens/overlay.h"
#include "screens/reader.h"
#include "screens/statistics.h"
#include "screens/study.h"
#include "study/session.h"

enum screen {
    SCREEN_HOME,
    SCREEN_STUDY,
    SCREEN_END,
    SCREEN_SETTINGS,
    SCREEN_STATISTICS,
    SCREEN_BROWSER,
    SCREEN_DRAFTS,
    SCREEN_EDITOR,
    SCREEN_READER,
    SCREEN_FIRST,
    SCREEN_IMPORT,
    SCREEN_PROJECTOR,
    SCREEN_EXAM,
    SCREEN_COUNT
};

/* Where a command may be asked for; a row of the table carries a set of them. */
enum {
    AT_HOME = 1 << 0,
    AT_FRONT = 1 << 1, /* a card is asked, nothing is typed */
    AT_TYPED = 1 << 2, /* the answer is being typed */
    AT_CHOICE = 1 << 3,
    AT_BACK = 1 << 4, /* the answer shows */
    AT_END = 1 << 5,
    AT_SETTINGS = 1 << 6,
    AT_READER = 1 << 7,
    AT_DRAFTS = 1 << 8,
    AT_BROWSER = 1 << 9,
    AT_EDITOR = 1 << 10,
    AT_STATISTICS = 1 << 11,
    AT_FIRST = 1 << 12,
    AT_IMPORT = 1 << 13,
    AT_PROJECTOR = 1 << 14,
    AT_ORDER = 1 << 15,   /* rows are to be put in order */
    AT_EXAM = 1 << 16,    /* what came of a rehearsal */
    AT_OVERLAY = 1 << 17, /* the help sheet or the palette lies over the screen */
    AT_ANY = 0x1FFFF
};

enum overlay { OVERLAY_NONE, OVERLAY_HELP, OVERLAY_PALETTE };

struct place {
    enum screen screen;
    int64_t deck; /* 0: all */
    int64_t card;
};

struct home_state {
    struct arena arena; /* what the view points to; renewed when `stale` */
    struct home_view view;
    bool stale;
    int64_t folded[64]; /* decks whose children are hidden */
    int folded_count;
};

/* How many cards the learner meant to know on a day. */
struct bet {
    int64_t seq; /* of its event; 0: none */
    int64_t deck;
    int known, of, knew;
    bool settled;
    struct str cards; /* identities, parted by blanks */
};

struct appointment {
    struct moment at, made;
    int minutes;
    struct str title, text;
};

struct study_state {
    struct session *session;
    struct arena arena; /* of the card at hand */
    enum study_mode mode;
    bool back, judged;
    bool large;    /* the picture */
    bool in_sight; /* the answer was scrolled to */
    struct outcome outcome;
    int picked;
    uint64_t revision;
    int64_t shown_at_ms; /* by the steady clock */
    int64_t wait_ms;     /* until a card comes back; 0: over */
    struct str deck_name;
    struct bet bet; /* that this session answers */
    int *order;     /* the rows of an ordering or matching, as they stand now: indices of items; NULL: none */
    struct str *reasons;        /* one a choice, once answered: why it is not it */
    struct study_passage mixup; /* where what was typed instead belongs */
};

struct statistics_state {
    struct arena arena;
    struct statistics_view view;
    bool stale, table;
    int span;
};

struct browser_state {
    struct arena arena;      /* of the list */
    struct arena card_arena; /* of the card that shows */
    bool drafts, stale, reasons;
    char search[128];
    int status;
    bool chosen;           /* `keys` were given: no search, no filter */
    char title[128];       /* what they are */
    struct card_keys keys; /* of all that are listed */
    struct arena page_arena;
    struct card_row *page; /* those in sight: `page_count` from number `page_first` on */
    size_t page_first, page_count;
    int sure; /* drafts of 0.9 and above */
    size_t cursor;
    int64_t shown; /* key of `card` */
    struct card_row card;
    int accepted, rejected;
};

enum editor_field { EDITOR_PROMPT, EDITOR_ANSWER, EDITOR_ACCEPTED, EDITOR_HINT, EDITOR_FIELDS };

struct editor_state {
    struct arena arena;
    int64_t deck;
    struct card_row row; /* key 0: a new card */
    struct str initial[EDITOR_FIELDS];
    struct buffer texts[EDITOR_FIELDS]; /* as typed */
    uint64_t revision;
    bool incomplete; /* saving was refused */
};

struct reader_state {
    struct arena arena;
    struct chapter_row chapter;
    struct document doc;
    struct chapter_marks marks;
    struct reader_fact *facts; /* one a mark */
    int chosen;                /* -1: none */
    bool stale, reveal;        /* `reveal`: bring what is chosen into sight */
    float size;
    char missing[512];
};

struct first_state {
    struct arena arena;
    bool active;
    enum first_step step;
    int64_t deck;
    struct str title, lang, scope;
    struct document doc; /* no words: the deck comes from no chapter */
    struct str_list sections;
    struct first_fact *facts;
    struct first_card {
        int64_t key, sibling;
        struct str id, fact; /* identities */
    } * cards;               /* one a fact */
    size_t count;
    int when, amount, kept, learnt, bet, hour;
    size_t guess; /* which of the questions before reading */
    bool titles, why_written, explained;
    int64_t recall_since_ms; /* 0: the page has not shown yet */
    struct buffer written, why;
    size_t why_section;
    uint64_t revision;
};

struct projector_state {
    struct arena arena, card_arena;
    struct queue queue;
    size_t at;
    struct card_row row;
    bool back;
    int asked, knew, class_size;
    uint64_t revision;
};

enum { PICTURES_KEPT = 6 };

struct media_state {
    struct picture {
        char *path; /* NULL: none */
        struct canvas_image *image;
        char wrong[512]; /* why there is no image */
    } pictures[PICTURES_KEPT];
    unsigned next;
};

struct exam_state {
    struct arena arena;
    bool running, penalty;
    struct str_list sections;
    struct {
        struct exam_item *items;
        size_t count, capacity;
    } items; /* answered so far */
    int total;
    int64_t began_ms, ends_ms; /* by the steady clock */
    long seconds;
};

struct import_item;
struct worker;

struct import_state {
    struct worker *worker; /* opened with the first file */
    struct import_item *items;
    bool not_found; /* what was typed is no path */
    uint64_t revision;
};

struct refit_state {
    struct arena arena;
    struct str sentence; /* what the last fit says of the learner; empty: not yet */
    bool running;
};

struct app {
    struct app_window window;
    struct app_options options;
    struct arena memory; /* as long as the app */
    struct collection *collection;
    struct ui *ui;
    struct ui_host host;

    int width_px, height_px;
    float device_scale;
    float zoom;
    enum ui_theme theme;
    bool reduced_motion, four_grades, first_run, done, full_screen;
    int64_t day; /* collection_day when last looked */

    struct place places[16];
    int depth; /* places[depth - 1] is the screen that shows */
    enum overlay overlay;
    char filter[128]; /* of the palette */
    unsigned long palette_opened;

    char toast[256];
    int64_t toast_until_ms; /* by the steady clock; 0: none */
    enum action toast_action;

    struct home_state home;
    struct study_state study;
    struct statistics_state statistics;
    struct browser_state browser;
    struct editor_state editor;
    struct reader_state reader;
    struct first_state first;
    struct import_state import;
    struct refit_state refit;
    struct projector_state projector;
    struct exam_state exam;
    struct media_state media;
};

/* ---- app.c ---- */
struct moment app_now(const struct app *app);
int64_t app_clock_ms(const struct app *app);
struct place *app_place(struct app *app);
void app_go(struct app *app, struct place place);
/* Up one place; at the last one, home. */
void app_back(struct app *app);
void app_toast(struct app *app, struct str text, enum action action);
void app_toast_error(struct app *app, const struct error *e);
/* Something in the collection changed: what was read from it is stale. */
void app_changed(struct app *app);
/* The card that the screen is about; 0: none. */
int64_t app_card_at_hand(struct app *app);

/* ---- commands.c ---- */
struct command {
    enum action action;
    unsigned where;
    const char *id, *name, *keys, *help;
    void (*run)(struct app *app, const struct ui_action *action);
    bool (*enabled)(struct app *app); /* NULL: always */
    bool hidden;                      /* not in the palette or the help sheet: wants an argument */
};
const struct command *command_of(int action);
const struct command *command_at(size_t index); /* NULL behind the last */
/* The command whose chord this is, here and now; NULL if there is none. */
const struct command *command_for_key(struct app *app, const struct ui_event *event, int *ret_which);
bool command_enabled(struct app *app, const struct command *command);
bool command_perform(struct app *app, const struct ui_action *action);
/* First chord as its key-cap shows it. */
struct str command_keys(struct arena *arena, const struct command *command);
unsigned app_where(struct app *app);

/* ---- preferences.c ---- */
void preferences_load(struct app *app);
void preferences_show(struct app *app);
void set_language(struct app *app, const struct ui_action *action);
void next_language(struct app *app, const struct ui_action *action);
void set_theme(struct app *app, const struct ui_action *action);
void next_theme(struct app *app, const struct ui_action *action);
void set_zoom(struct app *app, const struct ui_action *action);
void zoom_in(struct app *app, const struct ui_action *action);
void zoom_out(struct app *app, const struct ui_action *action);
void zoom_reset(struct app *app, const struct ui_action *action);
void set_grades(struct app *app, const struct ui_action *action);
void set_accents(struct app *app, const struct ui_action *action);
void set_typos(struct app *app, const struct ui_action *action);
void set_new(struct app *app, const struct ui_action *action);
void set_retention(struct app *app, const struct ui_action *action);
void set_held_back(struct app *app, const struct ui_action *action);
void set_font(struct app *app, const struct ui_action *action);
void set_motion(struct app *app, const struct ui_action *action);

/* ---- home.c ---- */
void home_show(struct app *app);
void home_finish(struct app *app);
void fold_deck(struct app *app, const struct ui_action *action);
/* The deck an action is about: its argument, else the one whose row has the focus, else the place's. */
int64_t home_deck_of(struct app *app, const struct ui_action *action);

/* ---- study.c ---- */
bool study_open(struct app *app, int64_t deck);
void study_close(struct app *app);
void study_show(struct app *app);
void end_show(struct app *app);
unsigned study_where(const struct app *app);
/* Milliseconds until a card comes back; negative: none does. */
int study_wait_ms(struct app *app);
void study_tick(struct app *app);
bool study_undo(struct app *app);
bool study_after_build(struct app *app);
void study_all(struct app *app, const struct ui_action *action);
void study_deck(struct app *app, const struct ui_action *action);
void study_reveal(struct app *app, const struct ui_action *action);
void study_type(struct app *app, const struct ui_action *action);
void study_check(struct app *app, const struct ui_action *action);
void study_hint(struct app *app, const struct ui_action *action);
void study_choices(struct app *app, const struct ui_action *action);
void study_pick(struct app *app, const struct ui_action *action);
void study_order(struct app *app, const struct ui_action *action);
void study_row(struct app *app, const struct ui_action *action);
void study_dont_know(struct app *app, const struct ui_action *action);
void study_grade_again(struct app *app, const struct ui_action *action);
void study_grade_hard(struct app *app, const struct ui_action *action);
void study_grade_good(struct app *app, const struct ui_action *action);
void study_grade_easy(struct app *app, const struct ui_action *action);
void study_accept(struct app *app, const struct ui_action *action);
void study_was_right(struct app *app, const struct ui_action *action);
void study_bury(struct app *app, const struct ui_action *action);
void study_suspend(struct app *app, const struct ui_action *action);
void study_flag(struct app *app, const struct ui_action *action);
void study_listen(struct app *app, const struct ui_action *action);
void study_image(struct app *app, const struct ui_action *action);
void study_more(struct app *app, const struct ui_action *action);
void answer_four(struct app *app, const struct ui_action *action);

/* A first session over these cards; a review of these cards. */
bool study_first(struct app *app, int64_t deck, const int64_t *cards, size_t count, double read_age_s);
bool study_cards(struct app *app, int64_t deck, const int64_t *cards, size_t count);
bool study_exam(struct app *app, int64_t deck, const int64_t *cards, size_t count);
int64_t study_card(struct app *app);
/* How many items the card at hand has. */
size_t app_study_items(struct app *app);

/* ---- explain.c ---- */
/* A passage about another thing, in the arena: of the card whose answer it is, else of one about it; false if there is
 * none. `besides` is the card at hand. */
bool explain(struct app *app, struct arena *arena, struct str thing, int64_t besides,
             struct study_passage *ret);
/* Swapped neighbours of an ordering become cards of their own; gives how many are new. */
int add_contrasts(struct app *app, const struct card_row *row, const int *order);

/* ---- order.c ---- */
bool order_begin(struct app *app, const struct card *card);
void order_view(struct app *app, const struct card *card, struct study_view *view);
/* The items as they stand now, joined as the card's answer is. */
struct str order_given(struct app *app, const struct card *card);

/* ---- passage.c ---- */
/* "Book::Chapter" as people write it: "Book / Chapter". */
struct str deck_title(struct arena *arena, struct str path);
struct study_passage passage_of(const struct card_row *row);
/* "1822-07" as 1822.5; 0 when it is no date. */
double year_of(struct str value);

/* ---- statistics.c ---- */
void statistics_show(struct app *app);
void open_statistics(struct app *app, const struct ui_action *action);
void set_span(struct app *app, const struct ui_action *action);
void toggle_table(struct app *app, const struct ui_action *action);
void statistics_fill(struct app *app);

/* ---- numbers.c ---- */
/* The chapters with what is mastered, and the dated facts that one knows. */
void numbers_decks(struct app *app, struct statistics_view *view);
void numbers_facts(struct app *app, struct statistics_view *view);
void show_cards(struct app *app, const struct ui_action *action);
void show_card(struct app *app, const struct ui_action *action);

/* ---- save.c ---- */
void save_csv(struct app *app, const struct ui_action *action);
void save_png(struct app *app, const struct ui_action *action);
void save_pdf(struct app *app, const struct ui_action *action);

/* ---- browser.c ---- */
void browser_show(struct app *app);
void browser_finish(struct app *app);
int64_t browser_card(struct app *app);
void browse_filter(struct app *app, struct str text);
/* The browser with these cards and no others. */
void browse_cards(struct app *app, struct str title, const struct card_keys *keys);
/* The browser with this search, on this card. */
void browse_to(struct app *app, struct str search, int64_t card);
void browse_search(struct app *app, const struct ui_action *action);
void browse_study(struct app *app, const struct ui_action *action);
void browse_suspend(struct app *app);
void browse_flag(struct app *app);
void open_browser(struct app *app, const struct ui_action *action);
void open_drafts(struct app *app, const struct ui_action *action);
void browse_show(struct app *app, const struct ui_action *action);
void browse_status(struct app *app, const struct ui_action *action);
void browse_retire(struct app *app, const struct ui_action *action);
void browse_reset(struct app *app, const struct ui_action *action);
void draft_accept(struct app *app, const struct ui_action *action);
void draft_reject(struct app *app, const struct ui_action *action);
void draft_reason(struct app *app, const struct ui_action *action);
void draft_accept_all(struct app *app, const struct ui_action *action);

/* ---- editor.c ---- */
void editor_show(struct app *app);
void editor_finish(struct app *app);
void new_card_from(struct app *app, int64_t deck, struct str selection);
void open_editor(struct app *app, const struct ui_action *action);
void new_card(struct app *app, const struct ui_action *action);
void edit_prompt(struct app *app, const struct ui_action *action);
void edit_answer(struct app *app, const struct ui_action *action);
void edit_accepted(struct app *app, const struct ui_action *action);
void edit_hint(struct app *app, const struct ui_action *action);
void save_card(struct app *app, const struct ui_action *action);

/* ---- reader.c ---- */
void reader_show(struct app *app);
void reader_finish(struct app *app);
void reader_open(struct app *app, int64_t deck, int64_t card);
bool reader_after_build(struct app *app);
int64_t reader_card(struct app *app);
void open_reader(struct app *app, const struct ui_action *action);
void open_source(struct app *app, const struct ui_action *action);
void show_fact(struct app *app, const struct ui_action *action);
void next_fact(struct app *app, const struct ui_action *action);
void previous_fact(struct app *app, const struct ui_action *action);
void larger_text(struct app *app, const struct ui_action *action);
void smaller_text(struct app *app, const struct ui_action *action);
void quiz_page(struct app *app, const struct ui_action *action);
void card_from_selection(struct app *app, const struct ui_action *action);

/* ---- first.c ---- */
void first_show(struct app *app);
void first_finish(struct app *app);
bool first_goes_on(struct app *app);
int first_wait_ms(struct app *app);
int64_t first_card(struct app *app);
/* On the day after a first session, half a minute of recalling comes before its cards; false if this is not the day. */
bool first_again(struct app *app, int64_t deck);
bool first_chooses(struct app *app);
void open_first(struct app *app, const struct ui_action *action);
void first_next(struct app *app, const struct ui_action *action);
void first_when(struct app *app, const struct ui_action *action);
void first_amount(struct app *app, const struct ui_action *action);
void first_guess(struct app *app, const struct ui_action *action);
void first_written(struct app *app, const struct ui_action *action);
void first_titles(struct app *app, const struct ui_action *action);
void first_mark(struct app *app, const struct ui_action *action);
void first_passage(struct app *app, const struct ui_action *action);
void first_toggle(struct app *app, const struct ui_action *action);
void first_keep(struct app *app, const struct ui_action *action);
void first_drop(struct app *app, const struct ui_action *action);
void first_reason(struct app *app, const struct ui_action *action);
void first_why(struct app *app, const struct ui_action *action);
void first_bet(struct app *app, const struct ui_action *action);
void first_hour(struct app *app, const struct ui_action *action);
void first_calendar(struct app *app, const struct ui_action *action);

/* ---- recall.c ---- */
/* Marks the facts of the first session by what was written. */
void recall_hear(struct app *app, struct str written);

/* ---- bet.c ---- */
int64_t bet_day(struct app *app);
/* `cards` are identities. */
bool bet_record(struct app *app, int64_t deck, int known, const struct str_list *cards, struct error *e);
/* The oldest bet whose day has come; its texts live in the arena. */
bool bet_due(struct app *app, struct arena *arena, struct bet *ret);
void bet_settle(struct app *app);
void answer_bet(struct app *app, const struct ui_action *action);

/* ---- calendar.c ---- */
/* Where downloads go, else the home folder. */
struct str app_downloads(struct arena *arena);
bool calendar_write(struct arena *arena, const struct appointment *what, struct str *ret_path,
                    struct error *e);

/* ---- refit.c ---- */
/* After a session; the sentence comes later. */
void refit_start(struct app *app);
void refit_finish(struct app *app);

/* ---- import.c ---- */
/* Opened when first asked for; NULL when the system has no thread to give. */
struct worker *app_worker(struct app *app);
void import_show(struct app *app);
void import_finish(struct app *app);
void import_path(struct app *app, struct str path);
/* True if the worker brought something. */
bool import_poll(struct app *app);
void open_import(struct app *app, const struct ui_action *action);
void import_typed(struct app *app, const struct ui_action *action);
void import_sample(struct app *app, const struct ui_action *action);
void import_paste(struct app *app, const struct ui_action *action);
void import_remove(struct app *app, const struct ui_action *action);
void import_create(struct app *app, const struct ui_action *action);

/* ---- media.c ---- */
/* The picture of a file; NULL with a sentence that tells why, or without one where the path is empty. */
struct canvas_image *media_picture(struct app *app, struct str path, struct str *ret_wrong);
void media_listen(struct app *app, const struct card *card, bool back);
void media_finish(struct app *app);

/* ---- exam.c ---- */
void exam_show(struct app *app);
void exam_finish(struct app *app);
void exam_keep(struct app *app, const struct card_row *row, const struct outcome *outcome);
void exam_end(struct app *app);
bool exam_over(struct app *app);
long exam_seconds_left(struct app *app);
int exam_wait_ms(struct app *app);
void open_exam(struct app *app, const struct ui_action *action);
void exam_penalty(struct app *app, const struct ui_action *action);

/* ---- projector.c ---- */
void projector_show(struct app *app);
void projector_finish(struct app *app);
void projector_reveal(struct app *app);
void open_projector(struct app *app, const struct ui_action *action);
void projector_knew(struct app *app, const struct ui_action *action);

/* ---- overlays.c ---- */
void overlay_show(struct app *app);
void palette_choose(struct app *app, const struct ui_action *action);

#endif
