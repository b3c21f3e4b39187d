/* Anki packages. They are parsed in a child process that may do nothing but read them; what comes back is records of our
 * own, which are checked again. */
#ifndef REPASO_EXCHANGE_PACKAGE_H
#define REPASO_EXCHANGE_PACKAGE_H

#include <stdbool.h>

struct reading;

bool read_package(struct reading *reading, const char *path);

/* The hidden word that makes the program such a child: `main` calls package_child with its arguments before anything else.
 * Returns whether it was meant, after which the program ends with `*ret_status`. */
bool package_child(int argc, char **argv, int *ret_status);

#endif
