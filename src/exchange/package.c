#include "exchange/package.h"

#include "base/translate.h"
#include "exchange/inside.h"

bool read_package(struct reading *r, const char *path)
{
    (void)path;
    return fail(r->e, ERROR_VERSION, _("Anki packages are not read yet"));
}

bool package_child(int argc, char **argv, int *ret_status)
{
    (void)argc;
    (void)argv;
    (void)ret_status;
    return false;
}
