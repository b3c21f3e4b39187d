#include "document/zones.h"

#include "base/file.h"
#include "text/text.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Folded. A heading that is one of these opens exercises. */
static const char *const exercise_headings[] = {
    "actividad",
    "actividades",
    "answer key",
    "answers",
    "autoevaluacion",
    "cuestionario",
    "ejercicio",
    "ejercicios",
    "evaluacion",
    "examen",
    "exam",
    "exercise",
    "exercises",
    "homework",
    "learning objectives",
    "learning outcomes",
    "objetivos",
    "objetivos de aprendizaje",
    "practica",
    "practice",
    "preguntas",
    "problemas",
    "problems",
    "questions",
    "quiz",
    "quizzes",
    "respuestas",
    "self check",
    "self test",
    "solucion",
    "soluciones",
    "solucionario",
    "solutions",
    "tarea",
    "tareas",
    "test",
    "tests",
    "trivia",
    "test yourself",
    "check your understanding",
};

/* Folded. A heading with one of these in it does, too. */
static const char *const exercise_phrases[] = {
    "review question",
    "discussion question",
    "thinking question",
    "study question",
    "practice question",
    "end of chapter question",
    "comprehension question",
    "preguntas de repaso",
    "preguntas de revision",
    "preguntas de comprension",
    "preguntas de autoevaluacion",
    "preguntas para",
    "preguntas y respuestas",
    "preguntas tipo test",
    "preguntas de opcion",
    "ejercicios de",
    "ejercicios para",
    "ejercicios propuestos",
    "cuestionario de",
    "cuestionario final",
    "quiz de",
    "questions for",
    "questions to",
    "multiple choice",
    "clave de respuestas",
    "al final de este capitulo",
    "by the end of this",
};

static const char *const objective_starts[] = {
    "by the end of this",        "after reading this",         "in this chapter you will learn",
    "al final de este capitulo", "al finalizar este capitulo", "al terminar este capitulo",
};

static const char *const note_headings[] = {
    "notas",
    "notes",
    "nota del autor",
    "notas del autor",
    "nota de la autora",
    "notas al pie",
    "author's note",
    "author’s note",
    "footnotes",
    "endnotes",
    "nota del traductor",
    "notas de la autora",
    "notas finales",
};

/* What a single remark starts with, a colon behind it. */
static const char *const note_starts[] = {
    "nota",          "note",          "nota del autor", "nota de la autora", "nota del traductor",
    "author's note", "author’s note", "n. del a.",      "n. del t.",
};

static bool is_one_of(struct str folded, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(folded, str_from(table[i])))
            return true;
    return false;
}

static bool holds_one_of(struct str folded, const char *const *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_contains(folded, str_from(table[i])))
            return true;
    return false;
}

/* Without the number before it and the signs around it: "3.2 Quiz:" is "quiz". */
static struct str bare(struct str folded)
{
    size_t start = 0;
    while (start < folded.len && strchr("0123456789.)-–— ¿¡\t", folded.ptr[start]))
        start++;
    if (start == folded.len)
        start = 0;
    folded = str_trim(str_slice(folded, start, folded.len));
    while (folded.len && strchr(":.?! ", folded.ptr[folded.len - 1]))
        folded.len--;
    return folded;
}

enum zone zone_of_heading(struct arena *arena, struct str heading)
{
    if (heading.len > 120)
        return ZONE_BODY;
    struct str folded = bare(text_fold(arena, heading));
    if (is_one_of(folded, note_headings, COUNT(note_headings)))
        return ZONE_NOTES;
    if (is_one_of(folded, exercise_headings, COUNT(exercise_headings)) ||
        holds_one_of(folded, exercise_phrases, COUNT(exercise_phrases)))
        return ZONE_EXERCISES;
    return ZONE_BODY;
}

enum zone zone_of_paragraph(struct arena *arena, struct str paragraph, bool *alone)
{
    *alone = false;
    struct str start = str_slice(paragraph, 0, paragraph.len < 80 ? paragraph.len : 80);
    if (!start.len || (!memchr(start.ptr, ':', start.len) && !strchr("AaBbIi", start.ptr[0])))
        return ZONE_BODY; /* without folding it */
    size_t cut = paragraph.len < 80 ? paragraph.len : text_previous_grapheme(paragraph, 80);
    struct str folded = text_fold(arena, str_slice(paragraph, 0, cut));
    for (size_t i = 0; i < COUNT(objective_starts); i++)
        if (str_starts(folded, str_from(objective_starts[i]))) {
            *alone = paragraph.len && paragraph.ptr[paragraph.len - 1] != ':';
            return ZONE_EXERCISES;
        }
    size_t colon = str_find(folded, STR(":"), 0);
    if (colon == SIZE_MAX)
        return ZONE_BODY;
    struct str head = str_trim(str_slice(folded, 0, colon));
    if (paragraph.len < 40 && !str_trim(str_slice(folded, colon + 1, folded.len)).len)
        return is_one_of(head, note_headings, COUNT(note_headings)) ? ZONE_NOTES : ZONE_BODY;
    *alone = true;
    return is_one_of(head, note_starts, COUNT(note_starts)) ? ZONE_NOTES : ZONE_BODY;
}

/* --- Language -------------------------------------------------------------------------------------------- */

static const char *const spanish_words[] = {
    "el",  "la",   "los",  "las",   "de",      "del",   "que",   "y",     "en",   "un",  "una", "por",
    "con", "para", "se",   "su",    "sus",     "es",    "al",    "lo",    "como", "más", "fue", "pero",
    "son", "este", "esta", "entre", "también", "desde", "hasta", "sobre", "muy",  "sin",
};
static const char *const english_words[] = {
    "the", "of",  "and",  "to",    "in",   "is",   "was",  "for",   "that", "with", "on", "as",
    "by",  "it",  "from", "at",    "are",  "were", "this", "which", "be",   "an",   "or", "its",
    "has", "had", "his",  "their", "they", "have", "not",  "but",   "he",   "who",
};

static struct str word_from(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len &&
           ((text.ptr[end] >= 'a' && text.ptr[end] <= 'z') || (unsigned char)text.ptr[end] >= 0x80))
        end++;
    return str_slice(text, at, end);
}

struct str guess_language(struct str text)
{
    enum { ENOUGH = 200 };
    int spanish = 0, english = 0;
    for (size_t at = 0; at < text.len && spanish + english < ENOUGH;) {
        struct str word = word_from(text, at);
        at += word.len ? word.len : 1;
        if (!word.len || word.len > 8)
            continue;
        spanish += is_one_of(word, spanish_words, COUNT(spanish_words));
        english += is_one_of(word, english_words, COUNT(english_words));
    }
    return english > spanish ? STR("en") : STR("es");
}

static struct str code_at_end(struct str name)
{
    if (name.len < 3 || !strchr("_.-", name.ptr[name.len - 3]))
        return (struct str){0};
    struct str code = str_slice(name, name.len - 2, name.len);
    return str_equal(code, STR("es")) ? STR("es") : str_equal(code, STR("en")) ? STR("en") : (struct str){0};
}

struct str language_of_path(struct str path)
{
    struct str name = path_name(path);
    size_t dot = name.len;
    while (dot > 0 && name.ptr[dot - 1] != '.')
        dot--;
    struct str code = code_at_end(str_slice(name, 0, dot ? dot - 1 : name.len));
    if (code.len)
        return code;
    struct str folder = path_name(path_folder(path));
    return str_equal(folder, STR("es"))   ? STR("es")
           : str_equal(folder, STR("en")) ? STR("en")
                                          : (struct str){0};
}
