#include "facts/cues.h"

#include "base/arena.h"
#include "base/hash.h"
#include "facts/chapter.h"
#include "facts/tokens.h"

#include <assert.h>

/* Closed classes of a few words: what opens a date, joins a range, follows a version. The lexicon holds whatever
 * a teacher may want to add to. Phrases are separated by commas. */
static const char *const lists[CUE_COUNT] = {
    [CUE_YEAR_LEAD] =
        "en,de,del,el,al,desde,hasta,hacia,año,año de,años,entre,para,a,y,in,of,by,since,until,from,to,"
        "year,around,circa,c.,about,between,and,the,before,after,during,through,early,late,mid",
    [CUE_YEAR_WORD] = "año,años,year,years",
    [CUE_FIRST_HALF] = "primera mitad,primer semestre,first half",
    [CUE_SECOND_HALF] = "segunda mitad,segundo semestre,second half",
    [CUE_RANGE] = "a,al,hasta,to,until,till,through",
    [CUE_BETWEEN] = "entre,between,de,desde,from",
    [CUE_EARLIER] = "antes,earlier,before",
    [CUE_VARIANT] = "turbo,mini,pro,flash,ultra,nano,lite,plus,max,beta,alpha",
    [CUE_NAME_PARTICLE] = "da,di,du,van,von,der,den,del,de,bin,ibn,al,le,la,el,ter,dos,das,do",
    [CUE_RELEASE_NOUN] =
        "lanzamiento,salida,publicación,estreno,presentación,release,launch,publication,premiere,debut",
    [CUE_ARTICLE] = "el,la,los,las,lo,the",
    [CUE_ADVERBIAL] =
        "sobre todo,por supuesto,sin embargo,en realidad,por ejemplo,al menos,en cambio,de "
        "hecho,más bien,a menudo,"
        "a veces,en general,en particular,of course,for example,for instance,in fact,at "
        "least,above all,in turn,"
        "at once,in general,in particular,in part,mientras tanto,por otro lado,por otra parte,al mismo "
        "tiempo,a su vez,en parte,a la vez,at first,al principio,on the other hand,"
        "on the one hand,in addition,as well,by contrast,in contrast,in the end,at last,at the time,"
        "at that time,at the same time,so far,no longer,once again,once more,in turn,as a result,"
        "more or less,as usual,in practice,in short,in other words,after all,by far,as well as",
    [CUE_OF] = "de,del,of",
    [CUE_MEASURE] =
        "valuation,price,cost,length,height,width,depth,area,population,speed,weight,capacity,budget,"
        "temperature,"
        "diameter,revenue,income,distance,volume,mass,salary,fortune,profit,duration,altitude,density,"
        "valoración,valuación,precio,coste,costo,longitud,altura,anchura,ancho,profundidad,superficie,"
        "población,"
        "velocidad,peso,capacidad,presupuesto,temperatura,diámetro,ingresos,distancia,volumen,masa,sueldo,"
        "salario,fortuna,beneficio,duración,altitud,densidad,extensión,radio,largo,alto,grosor,espesor,edad",
    [CUE_VAGUE] =
        "este,esta,esto,estos,estas,ese,esa,eso,esos,esas,aquel,aquella,aquellos,aquellas,dicho,dicha,"
        "dichos,dichas,ambos,ambas,otros,otras,otro,otra,muchos,muchas,algunos,algunas,todos,todas,todo,"
        "toda,tal,tales,su,sus,él,ella,ellos,ellas,ello,lo,uno,nada,nadie,alguien,mismo,this,that,these,"
        "those,it,its,his,her,their,they,he,she,we,i,you,them,him,us,me,many,others,another,some,both,all,"
        "such,"
        "nothing,something,someone,each,one,none,which,who,what,mi,mis,my,our,nuestro,nuestra,nuestros,"
        "nuestras,your,tu,tus,cada,cuyo,cuya,most,much,several,there,here,ones",
    [CUE_QUANTIFIER] =
        "ambos,ambas,otros,otras,otro,otra,muchos,muchas,algunos,algunas,todos,todas,todo,toda,many,"
        "another,some,both,all,each,most,much,several,cada",
    [CUE_COMPOUND] =
        "in favor of,in favour of,in spite of,on behalf of,in honor of,in honour of,in exchange for,"
        "in return for,in place of,instead of,as part of,by means of,in addition to,in terms of,on top of,"
        "in front of,ahead of,along with,together with,out of,prior to,close to,next to,in charge of,"
        "on board,by order of,by way of,by virtue of,by decree of,at the hands of,in opposition to,in "
        "support of,in search of,in pursuit of,with the help of",
    [CUE_TIME_CONJUNCTION] = "after,before,since,until,till",
};

static bool next_phrase(struct str *rest, struct str *ret)
{
    return str_split(rest, ',', ret);
}

enum { CUE_SLOTS = 2048 }; /* four times the words there are */

struct cue_words {
    struct cue_word {
        struct str word;
        uint64_t any, longer;
    } slots[CUE_SLOTS];
    int count;
};

static const struct cue_word *find(const struct cue_words *words, struct str low)
{
    size_t at = hash_str(low) % CUE_SLOTS;
    while (words->slots[at].word.len && !str_equal(words->slots[at].word, low))
        at = (at + 1) % CUE_SLOTS;
    return &words->slots[at];
}

struct cue_words *cue_words_new(struct arena *arena)
{
    struct cue_words *words = arena_new(arena, struct cue_words);
    for (int cue = 0; cue < CUE_COUNT; cue++) {
        struct str rest = str_from(lists[cue]), phrase, word;
        while (next_phrase(&rest, &phrase)) {
            str_split(&phrase, ' ', &word);
            struct cue_word *slot = &words->slots[find(words, word) - words->slots];
            words->count += !slot->word.len;
            assert(words->count < CUE_SLOTS);
            slot->word = word;
            slot->any |= UINT64_C(1) << cue;
            slot->longer |= phrase.len ? UINT64_C(1) << cue : 0;
        }
    }
    return words;
}

uint64_t cues_of(const struct cue_words *words, struct str low, uint64_t *ret_longer)
{
    const struct cue_word *found = find(words, low);
    *ret_longer = found->longer;
    return found->any;
}

bool form_has_cue(const struct form *form, enum cue cue)
{
    return (form->cues & ~form->long_cues) >> cue & 1;
}

static int match(const struct reading *r, int i, struct str phrase)
{
    struct str word;
    int n = 0;
    while (str_split(&phrase, ' ', &word)) {
        const struct token *t = token_at(r, i + n);
        if (!t || !str_equal(t->form->low, word))
            return 0;
        n++;
    }
    return n;
}

int cue_at(const struct reading *r, int i, enum cue cue)
{
    const struct token *t = token_at(r, i);
    if (!t || !(t->form->cues >> cue & 1))
        return 0;
    if (!(t->form->long_cues >> cue & 1))
        return 1;
    struct str rest = str_from(lists[cue]), phrase;
    int longest = 0;
    while (next_phrase(&rest, &phrase)) {
        int n = match(r, i, phrase);
        longest = n > longest ? n : longest;
    }
    return longest;
}

bool cue_is(const struct reading *r, int i, enum cue cue)
{
    return cue_at(r, i, cue) == 1;
}

int phrase_at(const struct reading *r, int i, enum phrase_kind kind, const struct phrase **ret)
{
    const struct token *t = token_at(r, i);
    if (!t || !(t->form->phrases >> kind & 1))
        return 0;
    return (int)language_phrase(r->chapter->language, kind, r->lows + i, r->tokens.count - (size_t)i, ret);
}

int phrase_before(const struct reading *r, int i, enum phrase_kind kind, const struct phrase **ret)
{
    for (int n = 5; n > 0; n--)
        if (i - n >= 0 && phrase_at(r, i - n, kind, ret) == n)
            return n;
    return 0;
}

int phrase_in(const struct reading *r, int first, int end, enum phrase_kind kind, const struct phrase **ret)
{
    for (int i = first; i >= 0 && i < end && i < (int)r->tokens.count; i++)
        if ((r->tokens.items[i].form->phrases >> kind & 1) &&
            language_phrase(r->chapter->language, kind, r->lows + i, (size_t)(end - i), ret))
            return i;
    return -1;
}
