/* SDL's events in the toolkit's terms. */
#ifndef REPASO_SDL_INPUT_H
#define REPASO_SDL_INPUT_H

#include "ui/ui.h"

union SDL_Event;

/* What must be remembered between events. */
struct input {
    bool drop_text;     /* the key was a command: the text that follows it is none */
    float points_to_dp; /* window coordinates → dp of the device */
    char preedit[256];
};

/* False if the event is none of the toolkit's. `typing`: a field has the focus. Texts live as long as the
 * event. */
bool input_translate(struct input *input, const union SDL_Event *event, bool typing, struct ui_event *ret);
/* To be told whether the event that was a key press did something. */
void input_taken(struct input *input, const struct ui_event *event, bool taken);

#endif
