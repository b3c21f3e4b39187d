/* Editing one card, or writing a new one. */
#include "app/inside.h"

#include "base/list.h"
#include "base/translate.h"
#include "cards/identity.h"
#include "collection/add.h"

#include <string.h>

static void set_text(struct buffer *buffer, struct str text)
{
    buffer_clear(buffer);
    buffer_add(buffer, text);
}

static struct str lines_of(struct arena *arena, const struct str_list *list)
{
    struct str ret = {0};
    for (size_t i = 0; i < list->count; i++)
        ret = i ? str_format(arena, "%.*s\n%.*s", STR_ARG(ret), STR_ARG(list->items[i])) : list->items[i];
    return ret;
}

void editor_finish(struct app *app)
{
    struct editor_state *editor = &app->editor;
    for (int i = 0; i < EDITOR_FIELDS; i++)
        buffer_finish(&editor->texts[i]);
    arena_finish(&editor->arena);
    *editor = (struct editor_state){.revision = editor->revision + 1};
}

static void begin(struct app *app, int64_t deck, int64_t card)
{
    struct editor_state *editor = &app->editor;
    editor_finish(app);
    editor->deck = deck;
    struct error e = {0};
    if (card && !collection_card(app->collection, &editor->arena, card, &editor->row, &e)) {
        app_toast_error(app, &e);
        return;
    }
    const struct card *old = &editor->row.card;
    editor->initial[EDITOR_PROMPT] = old->prompt;
    editor->initial[EDITOR_ANSWER] = old->answer;
    editor->initial[EDITOR_ACCEPTED] = lines_of(&editor->arena, &old->accepted);
    editor->initial[EDITOR_HINT] = old->hint;
    for (int i = 0; i < EDITOR_FIELDS; i++)
        set_text(&editor->texts[i], editor->initial[i]);
    app_go(app, (struct place){SCREEN_EDITOR, deck, card});
}

/* The card that shows: of the session, the browser or the reader. */
void open_editor(struct app *app, const struct ui_action *action)
{
    (void)action;
    int64_t card = app_card_at_hand(app);
    if (card)
        begin(app, app_place(app)->deck, card);
}

void new_card(struct app *app, const struct ui_action *action)
{
    begin(app, home_deck_of(app, action), 0);
}

/* A new card whose answer and passage are a stretch of a chapter. */
void new_card_from(struct app *app, int64_t deck, struct str selection)
{
    begin(app, deck, 0);
    app->editor.initial[EDITOR_ANSWER] = str_copy(&app->editor.arena, selection);
    set_text(&app->editor.texts[EDITOR_ANSWER], selection);
}

static void typed(struct app *app, const struct ui_action *action, enum editor_field field)
{
    set_text(&app->editor.texts[field], action->text);
}

void edit_prompt(struct app *app, const struct ui_action *action)
{
    typed(app, action, EDITOR_PROMPT);
}

void edit_answer(struct app *app, const struct ui_action *action)
{
    typed(app, action, EDITOR_ANSWER);
}

void edit_accepted(struct app *app, const struct ui_action *action)
{
    typed(app, action, EDITOR_ACCEPTED);
}

void edit_hint(struct app *app, const struct ui_action *action)
{
    typed(app, action, EDITOR_HINT);
}

static struct str text_of(struct app *app, enum editor_field field)
{
    return str_trim(buffer_str(&app->editor.texts[field]));
}

/* ---- Saving ---- */

static bool save_changes(struct app *app, struct error *e)
{
    static const char *const fields[] = {"prompt", "answer", "accepted", "hint"};
    const struct editor_state *editor = &app->editor;
    for (int i = 0; i < EDITOR_FIELDS; i++) {
        struct str now = text_of(app, (enum editor_field)i);
        if (!str_equal(now, editor->initial[i]) &&
            !card_edit(app->collection, editor->row.key, str_from(fields[i]), now, app_now(app), e))
            return false;
    }
    return true;
}

static struct str deck_path(struct app *app, struct arena *arena, int64_t deck)
{
    struct deck_rows rows = {0};
    if (app->editor.row.key)
        return app->editor.row.deck_path;
    if (deck && collection_decks(app->collection, arena, app_now(app), &rows, NULL))
        list_each (const struct deck_row, row, &rows)
            if (row->key == deck)
                return row->path;
    return str_from(_("My cards"));
}

static struct str_list forms_of(struct arena *arena, struct str lines)
{
    struct str_list ret = {0};
    struct str line;
    while (str_split(&lines, '\n', &line))
        if (str_trim(line).len)
            list_push(arena, &ret, str_trim(line));
    return ret;
}

static bool save_new(struct app *app, struct error *e)
{
    struct arena arena = {0};
    struct add_report report;
    struct str deck = deck_path(app, &arena, app->editor.deck);
    struct card card = {.kind = CARD_DIRECT,
                        .lang = str_from(translate_language()),
                        .prompt = text_of(app, EDITOR_PROMPT),
                        .answer = text_of(app, EDITOR_ANSWER),
                        .accepted = forms_of(&arena, text_of(app, EDITOR_ACCEPTED)),
                        .hint = text_of(app, EDITOR_HINT),
                        .confidence = 1};
    card.id = identity_of_question(deck, card.prompt);
    struct cards cards = {&card, 1, 1};
    const struct addition addition = {
        .deck = deck, .lang = card.lang, .path = STR(""), .cards = &cards, .keep_missing = true};
    bool ok = collection_add(app->collection, &arena, &addition, app_now(app), &report, e);
    arena_finish(&arena);
    return ok;
}

void save_card(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct error e = {0};
    struct editor_state *editor = &app->editor;
    if (!text_of(app, EDITOR_PROMPT).len || !text_of(app, EDITOR_ANSWER).len) {
        editor->incomplete = true;
        return;
    }
    bool fresh = editor->row.key == 0;
    if (!(fresh ? save_new(app, &e) : save_changes(app, &e))) {
        app_toast_error(app, &e);
        return;
    }
    app_changed(app);
    app_back(app);
    if (app->study.session)
        session_reload(app->study.session, NULL);
    app_toast(app, str_from(fresh ? _("Card made") : _("Card changed")), ACTION_UNDO);
}

void editor_show(struct app *app)
{
    struct editor_state *editor = &app->editor;
    struct editor_view view = {
        .fresh = editor->row.key == 0,
        .deck = deck_title(ui_arena(app->ui), deck_path(app, ui_arena(app->ui), editor->deck)),
        .prompt = editor->initial[EDITOR_PROMPT],
        .answer = editor->initial[EDITOR_ANSWER],
        .accepted = editor->initial[EDITOR_ACCEPTED],
        .hint = editor->initial[EDITOR_HINT],
        .new_prompt = text_of(app, EDITOR_PROMPT),
        .new_answer = text_of(app, EDITOR_ANSWER),
        .passage = passage_of(&editor->row),
        .lang = editor->row.card.lang,
        .revision = editor->revision,
        .error = editor->incomplete ? str_from(_("A card needs a question and an answer.")) : (struct str){0},
    };
    editor_screen(app->ui, &view);
}
