/* The chapters of a folder, in the order in which they are read. */
#ifndef REPASO_APP_FOLDER_H
#define REPASO_APP_FOLDER_H

#include "base/error.h"
#include "base/str.h"

struct arena;

/* Appends the paths of a folder's chapters (.md, .markdown) and decks (.repaso.yaml). The order is that of an mdBook's
 * SUMMARY.md or of the `nav:` of mkdocs.yml, which also say what belongs to the book; else that of the weights of
 * Hugo's front matter (a folder's is in its _index.md), and of the names, in which 2 comes before 10. */
bool folder_read(struct arena *arena, struct str folder, struct str_list *ret, struct error *e);

/* Below 0, 0, above 0: names as people sort them. */
int folder_compare_names(struct str a, struct str b);

#endif
