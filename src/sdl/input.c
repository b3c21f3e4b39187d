#include "sdl/input.h"

#include "base/utf8.h"

#include <SDL.h>

#include <string.h>

static uint32_t mods_of(Uint16 mod)
{
    return (mod & KMOD_SHIFT ? UI_SHIFT : 0) | (mod & KMOD_CTRL ? UI_CTRL : 0) |
           (mod & KMOD_LALT ? UI_ALT : 0);
}

static const struct {
    SDL_Keycode from;
    uint32_t to;
} keys[] = {
    {SDLK_RETURN, UI_KEY_ENTER},   {SDLK_KP_ENTER, UI_KEY_ENTER},      {SDLK_ESCAPE, UI_KEY_ESCAPE},
    {SDLK_TAB, UI_KEY_TAB},        {SDLK_BACKSPACE, UI_KEY_BACKSPACE}, {SDLK_DELETE, UI_KEY_DELETE},
    {SDLK_LEFT, UI_KEY_LEFT},      {SDLK_RIGHT, UI_KEY_RIGHT},         {SDLK_UP, UI_KEY_UP},
    {SDLK_DOWN, UI_KEY_DOWN},      {SDLK_HOME, UI_KEY_HOME},           {SDLK_END, UI_KEY_END},
    {SDLK_PAGEUP, UI_KEY_PAGE_UP}, {SDLK_PAGEDOWN, UI_KEY_PAGE_DOWN},  {SDLK_INSERT, UI_KEY_INSERT},
    {SDLK_MENU, UI_KEY_MENU},      {SDLK_APPLICATION, UI_KEY_MENU},
};

/* 0 for keys that only make text. */
static uint32_t key_of(SDL_Keycode sym)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].from == sym)
            return keys[i].to;
    if (sym >= SDLK_F1 && sym <= SDLK_F12)
        return UI_KEY_F1 + (uint32_t)(sym - SDLK_F1);
    return sym > 0 && sym < 0x110000 ? (uint32_t)sym : 0;
}

/* Letters of a layout that has no Latin ones are commands by the place of their key. */
static uint32_t latin_key(const SDL_Keysym *key)
{
    uint32_t c = key_of(key->sym);
    bool foreign = c > 0x7F && c < 0x110000;
    if (foreign && key->scancode >= SDL_SCANCODE_A && key->scancode <= SDL_SCANCODE_Z)
        return 'a' + (uint32_t)(key->scancode - SDL_SCANCODE_A);
    return c;
}

static bool is_plain(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ';
}

/* Letters, digits and the blank are commands as pressed; every other character only as the text it makes ("?"
 * has another key on every layout), unless Ctrl or Alt are held and no text comes. */
static bool translate_key(struct input *input, const SDL_KeyboardEvent *event, bool typing,
                          struct ui_event *ret)
{
    uint32_t key = latin_key(&event->keysym), mods = mods_of(event->keysym.mod);
    input->drop_text = false;
    if (!key)
        return false;
    bool makes_text = key < 0x110000 && !(mods & (UI_CTRL | UI_ALT));
    if (makes_text && (typing || !is_plain(key)))
        return false;
    *ret = (struct ui_event){.kind = UI_EVENT_KEY, .key = key, .mods = mods};
    return true;
}

static bool translate_text(struct input *input, const char *text, bool typing, struct ui_event *ret)
{
    struct str all = str_from(text);
    if (input->drop_text || !all.len)
        return false;
    if (typing) {
        *ret = (struct ui_event){.kind = UI_EVENT_TEXT, .text = all};
        return true;
    }
    size_t at = 0;
    uint32_t c = utf8_next(all, &at);
    if (at != all.len || c == UTF8_BAD)
        return false;
    *ret = (struct ui_event){.kind = UI_EVENT_KEY, .key = c};
    if (c >= 'A' && c <= 'Z') {
        ret->key = c - 'A' + 'a';
        ret->mods = UI_SHIFT;
    }
    return true;
}

void input_taken(struct input *input, const struct ui_event *event, bool taken)
{
    if (event->kind == UI_EVENT_KEY)
        input->drop_text = taken || is_plain(event->key);
}

static bool translate_preedit(struct input *input, const char *text, int start, int length,
                              struct ui_event *ret)
{
    SDL_strlcpy(input->preedit, text, sizeof input->preedit);
    *ret = (struct ui_event){
        .kind = UI_EVENT_PREEDIT, .text = str_from(input->preedit), .caret = start, .caret_length = length};
    return true;
}

static int button_of(Uint8 button)
{
    return button == SDL_BUTTON_LEFT ? 1 : button == SDL_BUTTON_MIDDLE ? 2 : 3;
}

static bool translate_wheel(const struct input *input, const SDL_MouseWheelEvent *event, struct ui_event *ret)
{
    enum { NOTCH_DP = 64 };
    float turned = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1;
    *ret = (struct ui_event){.kind = UI_EVENT_WHEEL,
                             .mods = mods_of((Uint16)SDL_GetModState()),
                             .x = (float)event->mouseX * input->points_to_dp,
                             .y = (float)event->mouseY * input->points_to_dp,
                             .dx = event->preciseX * turned * NOTCH_DP,
                             .dy = -event->preciseY * turned * NOTCH_DP};
    return true;
}

static bool translate_window(const SDL_WindowEvent *event, struct ui_event *ret)
{
    if (event->event != SDL_WINDOWEVENT_LEAVE && event->event != SDL_WINDOWEVENT_FOCUS_LOST)
        return false;
    *ret = (struct ui_event){.kind = UI_EVENT_LEAVE};
    return true;
}

bool input_translate(struct input *input, const SDL_Event *event, bool typing, struct ui_event *ret)
{
    float scale = input->points_to_dp;
    switch (event->type) {
    case SDL_KEYDOWN:
        return translate_key(input, &event->key, typing, ret);
    case SDL_TEXTINPUT:
        return translate_text(input, event->text.text, typing, ret);
    case SDL_TEXTEDITING:
        return translate_preedit(input, event->edit.text, event->edit.start, event->edit.length, ret);
    case SDL_TEXTEDITING_EXT:
        return translate_preedit(input, event->editExt.text, event->editExt.start, event->editExt.length,
                                 ret);
    case SDL_MOUSEMOTION:
        *ret = (struct ui_event){
            .kind = UI_EVENT_MOVE, .x = (float)event->motion.x * scale, .y = (float)event->motion.y * scale};
        return true;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        *ret = (struct ui_event){.kind = event->type == SDL_MOUSEBUTTONDOWN ? UI_EVENT_DOWN : UI_EVENT_UP,
                                 .mods = mods_of((Uint16)SDL_GetModState()),
                                 .x = (float)event->button.x * scale,
                                 .y = (float)event->button.y * scale,
                                 .button = button_of(event->button.button),
                                 .clicks = event->button.clicks};
        return true;
    case SDL_MOUSEWHEEL:
        return translate_wheel(input, &event->wheel, ret);
    case SDL_WINDOWEVENT:
        return translate_window(&event->window, ret);
    default:
        return false;
    }
}
