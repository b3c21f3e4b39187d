/* The interface's words in the learner's language. Messages are written in English in the source. */
#ifndef REPASO_BASE_TRANSLATE_H
#define REPASO_BASE_TRANSLATE_H

const char *translate(const char *message) __attribute__((format_arg(1)));
const char *translate_plural(const char *one, const char *many, unsigned long count)
    __attribute__((format_arg(1), format_arg(2)));

#define _(message) translate(message)
#define N_(message) (message) /* marks a message in a table; translate it where it is used */

/* "es" or "en"; NULL or "" follows LANGUAGE, LC_ALL, LC_MESSAGES, LANG read by hand, so that no locale need
 * be installed. `folder` holds LANG/LC_MESSAGES/repaso.mo. May be called again at any time. */
void translate_set(const char *language, const char *folder);
/* The language in force, two letters. */
const char *translate_language(void);

#endif
