#include "cli/version.h"
#include "base/translate.h"
#include "cli/command.h"
#include "cli/commands.h"

#include <stdio.h>

bool run_version(const struct call *call, struct error *e)
{
    (void)call, (void)e;
    printf("repaso %s (%s)\n%s\n", REPASO_VERSION, REPASO_REVISION,
           _("MIT licence; the decks that come with it: CC BY 4.0."));
    return true;
}
