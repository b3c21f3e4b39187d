#include "sdl/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_open(const char *file, const struct library_function *functions, size_t count)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return false;
    for (size_t i = 0; i < count; i++) {
        void *address = dlsym(library, functions[i].name);
        if (!address) {
            dlclose(library);
            return false;
        }
        memcpy(functions[i].ret, &address, sizeof address);
    }
    return true;
}
