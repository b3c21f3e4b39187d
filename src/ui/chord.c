/* Chords as texts, and their names on key-caps. */
#include "base/buffer.h"
#include "base/translate.h"
#include "base/utf8.h"
#include "ui/ui.h"

#include <string.h>

static const struct {
    const char *text;
    uint32_t key;
    const char *cap; /* translated */
} named[] = {
    {"Space", ' ', N_("Space")},
    {"Enter", UI_KEY_ENTER, N_("Enter")},
    {"Esc", UI_KEY_ESCAPE, N_("Esc")},
    {"Tab", UI_KEY_TAB, N_("Tab")},
    {"Backspace", UI_KEY_BACKSPACE, N_("Backspace")},
    {"Del", UI_KEY_DELETE, N_("Del")},
    {"Left", UI_KEY_LEFT, "←"},
    {"Right", UI_KEY_RIGHT, "→"},
    {"Up", UI_KEY_UP, "↑"},
    {"Down", UI_KEY_DOWN, "↓"},
    {"Home", UI_KEY_HOME, N_("Home")},
    {"End", UI_KEY_END, N_("End")},
    {"PageUp", UI_KEY_PAGE_UP, N_("Page Up")},
    {"PageDown", UI_KEY_PAGE_DOWN, N_("Page Down")},
    {"Insert", UI_KEY_INSERT, N_("Insert")},
    {"Menu", UI_KEY_MENU, N_("Menu")},
};
enum { NAMED = sizeof named / sizeof *named };

static const struct {
    const char *text;
    uint32_t mod;
    const char *cap;
} mods[] = {{"Ctrl+", UI_CTRL, N_("Ctrl")}, {"Alt+", UI_ALT, N_("Alt")}, {"Shift+", UI_SHIFT, N_("Shift")}};

static bool key_of(struct str text, uint32_t *ret)
{
    long number;
    for (size_t i = 0; i < NAMED; i++)
        if (str_equal(text, str_from(named[i].text))) {
            *ret = named[i].key;
            return true;
        }
    if (text.len > 1 && text.ptr[0] == 'F' && str_to_long(str_slice(text, 1, text.len), &number) &&
        number >= 1 && number <= 12) {
        *ret = UI_KEY_F1 + (uint32_t)number - 1;
        return true;
    }
    size_t at = 0;
    uint32_t c = text.len ? utf8_next(text, &at) : UTF8_BAD;
    if (c == UTF8_BAD || at != text.len)
        return false;
    *ret = c >= 'A' && c <= 'Z' ? c + 32 : c;
    return true;
}

bool ui_chord_parse(struct str text, struct ui_chord *ret)
{
    struct ui_chord chord = {0};
    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < sizeof mods / sizeof *mods; i++) {
            struct str prefix = str_from(mods[i].text);
            if (text.len > prefix.len && str_starts(text, prefix)) {
                chord.mods |= mods[i].mod;
                text = str_slice(text, prefix.len, text.len);
                found = true;
            }
        }
    }
    if (!key_of(text, &chord.key))
        return false;
    *ret = chord;
    return true;
}

/* Signs such as "?" and "/" need Shift on some keyboards and not on others. */
static bool is_sign(uint32_t key)
{
    return key > ' ' && key < 0x7f && !(key >= 'a' && key <= 'z') && !(key >= '0' && key <= '9');
}

bool ui_chord_matches(struct ui_chord chord, const struct ui_event *event)
{
    uint32_t held = event->mods;
    if (event->kind != UI_EVENT_KEY || event->key != chord.key)
        return false;
    if (is_sign(chord.key))
        held &= ~(uint32_t)UI_SHIFT;
    return held == chord.mods;
}

struct str ui_chord_name(struct arena *arena, struct ui_chord chord)
{
    struct buffer name = {0};
    for (size_t i = 0; i < sizeof mods / sizeof *mods; i++)
        if (chord.mods & mods[i].mod)
            buffer_format(&name, "%s+", _(mods[i].cap));
    const char *cap = NULL;
    for (size_t i = 0; i < NAMED; i++)
        if (chord.key == named[i].key)
            cap = _(named[i].cap);
    char letter[4];
    if (cap)
        buffer_add(&name, str_from(cap));
    else if (chord.key >= UI_KEY_F1)
        buffer_format(&name, "F%u", chord.key - UI_KEY_F1 + 1);
    else
        buffer_add(&name,
                   (struct str){letter,
                                utf8_encode(chord.key >= 'a' && chord.key <= 'z' ? chord.key - 32 : chord.key,
                                            letter)});
    struct str copy = str_copy(arena, buffer_str(&name));
    buffer_finish(&name);
    return copy;
}
