#include "sdl/desktop.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static float clamp_scale(double scale)
{
    return scale < 0.5 ? 1 : scale > 6 ? 6 : (float)scale;
}

/* SDL has opened the library itself, at run time: so do we, and link nothing. */
static const char *x_resources(void *display)
{
    void *library = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
    if (!library)
        return NULL;
    char *(*get)(void *);
    *(void **)&get = dlsym(library, "XResourceManagerString"); /* POSIX's own way around ISO C */
    const char *ret = get ? get(display) : NULL;
    dlclose(library);
    return ret;
}

static float scale_of_x(SDL_Window *window)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return 1;
    const char *resources = x_resources(info.info.x11.display);
    const char *line = resources ? strstr(resources, "Xft.dpi:") : NULL;
    double dpi = line ? atof(line + strlen("Xft.dpi:")) : 0;
    return dpi > 0 ? clamp_scale(dpi / 96) : 1;
}

float desktop_scale(SDL_Window *window)
{
    const char *own = getenv("REPASO_SCALE");
    if (own && atof(own) > 0)
        return clamp_scale(atof(own));
    return scale_of_x(window);
}

/* GTK's settings file and variable are what every desktop keeps up to date for programs without a bus. */
bool desktop_is_dark(void)
{
    enum { LARGEST = 64 << 10 };
    const char *theme = getenv("GTK_THEME");
    if (theme && theme[0])
        return strstr(theme, "dark") != NULL;
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    struct arena arena = {0};
    struct str folder = config && config[0] ? str_from(config)
                        : home              ? path_join(&arena, str_from(home), STR(".config"))
                                            : (struct str){0};
    struct str text = {0};
    bool dark = false;
    if (folder.len &&
        file_read(&arena, path_join(&arena, folder, STR("gtk-3.0/settings.ini")).ptr, LARGEST, &text, NULL))
        dark = strcasestr(text.ptr, "gtk-application-prefer-dark-theme=1") ||
               strcasestr(text.ptr, "gtk-application-prefer-dark-theme=true");
    arena_finish(&arena);
    return dark;
}
