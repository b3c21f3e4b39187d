/* Libraries that are opened when they are first needed, so that the program starts without them and runs where they
 * are not installed. */
#ifndef REPASO_SDL_LIBRARY_H
#define REPASO_SDL_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library and the pointer that takes its address. */
struct library_function {
    const char *name;
    void *ret; /* address of a function pointer */
};

/* True if the library and all functions are there; they stay until the program ends. */
bool library_open(const char *file, const struct library_function *functions, size_t count);

#endif
