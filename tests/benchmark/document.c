/* How fast a chapter is read: MB/s of parsing with sentences, on books from 10 KB to 50 MB. The rate must not fall
 * with size. Also what the first use of ICU costs. */
#include "document/document.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* other programs do not count */
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* A chapter of a few kilobytes with everything that chapters have, again and again. */
static void add_chapter(struct buffer *book, int number)
{
    buffer_format(book, "\n# Capítulo %d\n\n", number);
    for (int i = 0; i < 8; i++) {
        buffer_format(
            book,
            "En **marzo de %d** el laboratorio *Aurora %d* (fundado por J. R. Vega) publicó el modelo "
            "[Lince %d](https://example.org/l/%d), de 7B parámetros.\nFue, según el Dr. Ruiz, «el primero "
            "de su clase. Nadie lo esperaba». ¿Qué vino después? Nada… hasta `v2.%d`.\n\n",
            1990 + i, number, i, i, i);
        buffer_format(
            book,
            "## Parte %d\n\nTres áreas:\n\n- visión: **DeepX**, MaskY\n- audio: `wavZ`\n- texto[^n%d]\n\n", i,
            i);
        buffer_add(book, STR("> “Véndeme tu empresa.”\n> → No\n\n"));
    }
    buffer_add(book, STR("| Año | Modelo |\n|---|---|\n| 1991 | Lince 1 |\n| 1992 | Lince 2 |\n\n"));
    buffer_add(book, STR("{{% details title=\"Más\" %}}\nTexto oculto &amp; breve.\n{{% /details "
                         "%}}\n\n```c\nint x;\n```\n"));
}

static void measure(size_t size)
{
    struct buffer book = {0};
    for (int i = 1; book.len < size; i++)
        add_chapter(&book, i);
    int rounds = size < 100000 ? 50 : size < 2000000 ? 5 : 1;
    double best = 1e9;
    size_t sentences = 0, memory = 0;
    for (int i = 0; i < rounds; i++) {
        struct arena arena = {0};
        struct document doc;
        struct error e;
        double start = now();
        if (!document_parse(&arena, STR("book.md"), buffer_str(&book), STR("es"), &doc, &e)) {
            fprintf(stderr, "%s\n", e.text);
            exit(1);
        }
        double seconds = now() - start;
        best = seconds < best ? seconds : best;
        sentences = doc.sentences.count;
        memory = arena.total;
        arena_finish(&arena);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%9.3f MB  %8.2f ms  %6.1f MB/s  %8zu sentences  %7.1f MB kept  %7.1f MB peak\n",
           (double)book.len / 1e6, best * 1e3, (double)book.len / 1e6 / best, sentences, (double)memory / 1e6,
           (double)usage.ru_maxrss / 1e3);
    buffer_finish(&book);
}

int main(void)
{
    double start = now();
    struct arena arena = {0};
    struct words words = {0};
    text_words(&arena, STR("Una frase corta."), &words);
    text_fold(&arena, STR("Año"));
    printf("first words and folding: %.2f ms\n", (now() - start) * 1e3);
    arena_finish(&arena);
    static const size_t sizes[] = {10000, 100000, 1000000, 10000000, 50000000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        measure(sizes[i]);
    return 0;
}
