#include "text/icu.h"

#include "base/memory.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/utext.h>

enum { LANG_ES, LANG_EN, LANG_OTHER, LANGS };

static const char *const locales[LANGS] = {"es", "en", ""};

struct cache {
    struct {
        UBreakIterator *iterator;
        UText text;
    } breaks[ICU_BREAKS][LANGS];
    UCollator *collators[LANGS];
};

static pthread_key_t cache_key;
static pthread_once_t cache_once = PTHREAD_ONCE_INIT;

static void cache_free(void *memory)
{
    struct cache *cache = memory;
    for (int kind = 0; kind < ICU_BREAKS; kind++)
        for (int lang = 0; lang < LANGS; lang++)
            if (cache->breaks[kind][lang].iterator) {
                ubrk_close(cache->breaks[kind][lang].iterator);
                utext_close(&cache->breaks[kind][lang].text);
            }
    for (int lang = 0; lang < LANGS; lang++)
        if (cache->collators[lang])
            ucol_close(cache->collators[lang]);
    free(cache);
}

static void cache_make_key(void)
{
    int error = pthread_key_create(&cache_key, cache_free);
    assert(!error);
    (void)error;
}

static struct cache *cache_get(void)
{
    pthread_once(&cache_once, cache_make_key);
    struct cache *cache = pthread_getspecific(cache_key);
    if (!cache) {
        cache = memory_alloc(sizeof *cache);
        memset(cache, 0, sizeof *cache);
        pthread_setspecific(cache_key, cache);
    }
    return cache;
}

static int lang_index(struct str lang)
{
    return str_equal(lang, STR("es")) ? LANG_ES : str_equal(lang, STR("en")) ? LANG_EN : LANG_OTHER;
}

struct UBreakIterator *icu_breaks(enum icu_breaks kind, struct str lang, struct str s)
{
    static const UBreakIteratorType types[] = {UBRK_CHARACTER, UBRK_WORD, UBRK_LINE};
    /* Only line breaks differ between our languages. */
    int index = kind == ICU_LINES ? lang_index(lang) : LANG_OTHER;
    struct cache *cache = cache_get();
    UBreakIterator **iterator = &cache->breaks[kind][index].iterator;
    UText *text = &cache->breaks[kind][index].text;
    UErrorCode status = U_ZERO_ERROR;
    if (!*iterator) {
        *text = (UText)UTEXT_INITIALIZER;
        *iterator = ubrk_open(types[kind], locales[index], NULL, 0, &status);
    }
    utext_openUTF8(text, s.ptr ? s.ptr : "", (int64_t)s.len, &status);
    ubrk_setUText(*iterator, text, &status);
    assert(U_SUCCESS(status)); /* the rules are built into ICU's data */
    return *iterator;
}

struct UCollator *icu_collator(struct str lang)
{
    int index = lang_index(lang);
    struct cache *cache = cache_get();
    if (!cache->collators[index]) {
        UErrorCode status = U_ZERO_ERROR;
        cache->collators[index] = ucol_open(locales[index], &status);
        assert(U_SUCCESS(status));
    }
    return cache->collators[index];
}
