/* Driving a tree from tests, and writing it down. */
#ifndef REPASO_UI_TEST_H
#define REPASO_UI_TEST_H

#include "base/buffer.h"
#include "ui/ui.h"

/* The first visible node in reading order that a selector fits: a role or '*', then any of [name='…']
 * [value='…'] [key='…'] [keys='…'] [state='checked'] [command='12'], and ^= for "begins with", *= for
 * "contains": "button[name='Bien'][keys='3']". NULL if there is none. */
const struct ui_node *ui_find(const struct ui *ui, const char *selector);
size_t ui_count(const struct ui *ui, const char *selector);

/* Events as a person makes them; the caller rebuilds the tree between them. ui_click presses in the middle of
 * what shows of the node; false if nothing fits or nothing of it shows. */
bool ui_click(struct ui *ui, const char *selector, struct ui_action *ret);
/* "Tab", "Ctrl+K", "a", … */
enum ui_answer ui_press(struct ui *ui, const char *chord, struct ui_action *ret);
enum ui_answer ui_type(struct ui *ui, const char *text, struct ui_action *ret);

/* One line a node, indented: role "name" = value [states] (keys) x,y w×h — rounded to 1 dp. Groups that say
 * nothing are left out. */
void ui_dump(const struct ui *ui, struct buffer *ret);
void ui_dump_json(const struct ui *ui, struct buffer *ret);

/* What is wrong with the tree, one sentence a line; empty if it is sound: focusables without names, targets
 * below 44 dp, siblings that overlap, text cut off, nodes outside their parents, a focus that is not visible.
 */
void ui_audit(const struct ui *ui, struct buffer *ret);

#endif
