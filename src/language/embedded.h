/* The lexicons as the build puts them into the program. */
#ifndef REPASO_LANGUAGE_EMBEDDED_H
#define REPASO_LANGUAGE_EMBEDDED_H

extern const unsigned char embedded_es[], embedded_en[];
extern const unsigned long embedded_es_size, embedded_en_size;

#endif
