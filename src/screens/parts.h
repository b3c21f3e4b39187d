/* Pieces that several screens share: the bar at the top, the foot with its keys, a passage. */
#ifndef REPASO_SCREENS_PARTS_H
#define REPASO_SCREENS_PARTS_H

#include "screens/study.h"
#include "ui/widgets.h"

/* The root of a screen: everything of the window, in a column. Close with ui_close. */
void part_open_page(struct ui *ui, struct str name);
/* "‹ title / rest" at the left; what is opened inside goes to the right. Close with ui_close. */
void part_open_bar(struct ui *ui, struct str title, struct str rest);
/* A column of at most `width` dp in the middle of the page, which scrolls. Close with part_close_middle. */
void part_open_middle(struct ui *ui, struct str key, float width);
void part_close_middle(struct ui *ui);
/* Buttons below what scrolls, in sight wherever one is; as wide as the column above. Close with ui_close. */
void part_open_buttons(struct ui *ui, float width);
/* Key-caps with their words at the foot, as wide as the column above. */
void part_foot(struct ui *ui, float width, const int *actions, int count);
/* The sentence with its fact highlighted, the sentence before it, and where it stands. */
void part_passage(struct ui *ui, const struct study_passage *passage, struct str lang, bool with_source);
/* Text with **bold**, *italic*, `code`, $maths$ (as its source), fenced code and tables, in the study family. */
void part_rich_text(struct ui *ui, struct str key, struct str text, float size, enum ui_color color,
                    uint32_t style, struct str lang);

/* How a cloze writes its gap. */
#define PART_GAP "____"
/* A prompt; its gap holds `filled`, unless that is empty. */
void part_prompt(struct ui *ui, struct str prompt, struct str filled, float size, struct str lang);

#endif
