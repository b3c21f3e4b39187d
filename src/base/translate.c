#include "base/translate.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static char current[3] = "en";

const char *translate(const char *message)
{
    return message[0] ? gettext(message) : message;
}

const char *translate_plural(const char *one, const char *many, unsigned long count)
{
    return ngettext(one, many, count);
}

const char *translate_language(void)
{
    return current;
}

static const char *language_of_environment(void)
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0])
            return value;
    }
    return "en";
}

/* gettext ignores LANGUAGE in the "C" locale, and a bare system has no other but C.UTF-8. */
static void leave_the_c_locale(void)
{
    const char *locale = setlocale(LC_ALL, "");
    if (!locale || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 || strcmp(locale, "C") == 0)
        setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_NUMERIC, "C");
}

void translate_set(const char *language, const char *folder)
{
    if (!language || !language[0])
        language = language_of_environment();
    const char *chosen = strncmp(language, "es", 2) == 0 ? "es" : "en";
    memcpy(current, chosen, sizeof current);
    leave_the_c_locale();
    setenv("LANGUAGE", chosen, 1);
    bindtextdomain("repaso", folder);
    bind_textdomain_codeset("repaso", "UTF-8");
    textdomain("repaso");
}
