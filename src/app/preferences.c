/* The settings of the interface: read from the collection, kept there, in force at once. */
#include "app/inside.h"

#include "base/place.h"
#include "base/translate.h"
#include "screens/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"", "es", "en"};
static const char *const themes[] = {"system", "light", "dark", "contrast"};
static const char *const fonts[] = {"charis", "inter", "andika", "opendyslexic", "noto"};

static int index_of(const char *const *names, int count, struct str name)
{
    for (int i = 0; i < count; i++)
        if (str_equal(name, str_from(names[i])))
            return i;
    return 0;
}
#define INDEX_OF(names, name) index_of((names), (int)(sizeof(names) / sizeof *(names)), (name))

static struct str read_text(struct app *app, const char *name, const char *otherwise)
{
    return setting_text(app->collection, ui_arena(app->ui), str_from(name), str_from(otherwise));
}

static void keep(struct app *app, const char *name, struct str value)
{
    struct error e = {0};
    if (!setting_set(app->collection, str_from(name), value, &e))
        app_toast_error(app, &e);
}

static void keep_number(struct app *app, const char *name, long value)
{
    keep(app, name, str_format(ui_arena(app->ui), "%ld", value));
}

/* ---- Into force ---- */

static void apply_language(struct app *app, struct str language)
{
    place_language(str_copy(ui_arena(app->ui), language).ptr);
    app_changed(app);
}

static void apply_theme(struct app *app, struct str name)
{
    int chosen = INDEX_OF(themes, name);
    const char *wanted = getenv("REPASO_THEME");
    if (chosen == 0 && wanted)
        chosen = INDEX_OF(themes, str_from(wanted));
    bool dark = chosen == 0 && app->window.dark && app->window.dark(app->window.self);
    app->theme = chosen == 0 ? (dark ? UI_DARK : UI_LIGHT) : (enum ui_theme)(chosen - 1);
}

static void apply_font(struct app *app, struct str name)
{
    if (app->window.study_font)
        app->window.study_font(app->window.self, name);
}

/* Newcomers grade with two buttons, until they ask for four or have answered often. */
static bool wants_four(struct app *app)
{
    return setting_number(app->collection, STR("study.grades"), 2) == 4;
}

void preferences_load(struct app *app)
{
    struct str language =
        app->options.language.len ? app->options.language : read_text(app, "ui.language", "");
    apply_language(app, language);
    apply_theme(app, read_text(app, "ui.theme", "system"));
    if (app->options.theme)
        app->theme = (enum ui_theme)(app->options.theme - 1);
    apply_font(app, read_text(app, "ui.font", fonts[0]));
    app->zoom = (float)setting_number(app->collection, STR("ui.zoom"), 100) / 100;
    app->zoom = app->zoom < 0.75f ? 0.75f : app->zoom > 2.5f ? 2.5f : app->zoom;
    app->reduced_motion = setting_number(app->collection, STR("ui.motion"), 1) == 0;
    app->four_grades = wants_four(app);
}

/* ---- Changing ---- */

void set_language(struct app *app, const struct ui_action *action)
{
    struct str language = str_from(languages[action->argument % 3]);
    keep(app, "ui.language", language);
    apply_language(app, language);
}

void next_language(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct str language = strcmp(translate_language(), "es") == 0 ? STR("en") : STR("es");
    keep(app, "ui.language", language);
    apply_language(app, language);
}

void set_theme(struct app *app, const struct ui_action *action)
{
    struct str name = str_from(themes[action->argument % 4]);
    keep(app, "ui.theme", name);
    apply_theme(app, name);
}

void next_theme(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct ui_action next = {.argument = (app->theme + 1) % UI_THEME_COUNT + 1};
    set_theme(app, &next);
}

static void zoom_to(struct app *app, double zoom)
{
    zoom = zoom < 0.75 ? 0.75 : zoom > 2.5 ? 2.5 : zoom;
    app->zoom = (float)zoom;
    keep_number(app, "ui.zoom", lround(zoom * 100));
}

void set_zoom(struct app *app, const struct ui_action *action)
{
    zoom_to(app, action->number / 100);
}

void zoom_in(struct app *app, const struct ui_action *action)
{
    (void)action;
    zoom_to(app, app->zoom * 1.1);
}

void zoom_out(struct app *app, const struct ui_action *action)
{
    (void)action;
    zoom_to(app, app->zoom / 1.1);
}

void zoom_reset(struct app *app, const struct ui_action *action)
{
    (void)action;
    zoom_to(app, 1);
}

void set_grades(struct app *app, const struct ui_action *action)
{
    app->four_grades = action->argument == 1;
    keep_number(app, "study.grades", app->four_grades ? 4 : 2);
}

void set_accents(struct app *app, const struct ui_action *action)
{
    keep_number(app, "judge.accents", action->argument % 3);
}

void set_typos(struct app *app, const struct ui_action *action)
{
    keep_number(app, "judge.typos", action->argument % 3);
}

static void keep_option(struct app *app, const char *option, struct str value)
{
    struct error e = {0};
    if (!deck_set_option(app->collection, 0, str_from(option), value, app_now(app), &e))
        app_toast_error(app, &e);
    app_changed(app);
}

void set_new(struct app *app, const struct ui_action *action)
{
    keep_option(app, "new_per_day", str_format(ui_arena(app->ui), "%ld", lround(action->number)));
}

void set_retention(struct app *app, const struct ui_action *action)
{
    keep_option(app, "retention", str_format(ui_arena(app->ui), "0.%02ld", lround(action->number)));
}

void set_held_back(struct app *app, const struct ui_action *action)
{
    (void)action;
    struct deck_options options = {0};
    if (deck_options(app->collection, 0, &options, NULL))
        keep_option(app, "held_back", options.held_back ? STR("0") : STR("1"));
}

void set_font(struct app *app, const struct ui_action *action)
{
    struct str name = str_from(fonts[action->argument % 5]);
    keep(app, "ui.font", name);
    apply_font(app, name);
}

void set_motion(struct app *app, const struct ui_action *action)
{
    (void)action;
    app->reduced_motion = !app->reduced_motion;
    keep_number(app, "ui.motion", app->reduced_motion ? 0 : 1);
}

void preferences_show(struct app *app)
{
    struct deck_options options = {.new_per_day = 12, .retention = 0.9};
    deck_options(app->collection, 0, &options, NULL);
    struct settings_view view = {
        .language = INDEX_OF(languages, read_text(app, "ui.language", "")),
        .theme = INDEX_OF(themes, read_text(app, "ui.theme", "system")),
        .font = INDEX_OF(fonts, read_text(app, "ui.font", fonts[0])),
        .zoom = app->zoom,
        .four_grades = app->four_grades,
        .reduced_motion = app->reduced_motion,
        .accents = (int)setting_number(app->collection, STR("judge.accents"), ACCENTS_FORGIVE),
        .typos = (int)setting_number(app->collection, STR("judge.typos"), TYPOS_BY_LENGTH),
        .new_per_day = options.new_per_day,
        .retention = options.retention,
        .held_back = options.held_back,
        .data_path = str_from(collection_path(app->collection)),
        .version = STR(REPASO_VERSION),
    };
    settings_screen(app->ui, &view);
}
