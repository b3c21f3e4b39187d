/* What to give to a colleague or a chatbot so that its cards can be checked. */
#include "verify/draft.h"

#include "base/buffer.h"
#include "document/document.h"

static const char spanish[] =
    "Escribe tarjetas de estudio sobre el capítulo que sigue a estas instrucciones. Escribe una tarjeta por "
    "línea, cada una\n"
    "un objeto JSON según el esquema de abajo, y nada más: ni introducción, ni lista, ni bloque de "
    "código.\n\n"
    "- Cada tarjeta pregunta un solo hecho que el capítulo afirma, y tiene una sola respuesta correcta.\n"
    "- La pregunta se entiende sin tener el capítulo delante: nombra de quién o de qué se trata, no «este "
    "modelo».\n"
    "- La respuesta es breve (nueve palabras como mucho) y no está en la pregunta.\n"
    "- «quote» es la frase del capítulo que da la respuesta, copiada palabra por palabra.\n"
    "- Conserva las reservas: lo que el capítulo niega, promete o da por rumor se pregunta como tal («según "
    "los rumores»).\n"
    "- Los nombres, las fechas y las cifras, como en el capítulo. Nada de lo que sepas por otro lado.\n"
    "- Si das opciones («choices»), son tres con la respuesta entre ellas, y solo ella es correcta.\n";

static const char english[] =
    "Write study cards about the chapter that follows these instructions. Write one card a line, each a JSON "
    "object by the\n"
    "schema below, and nothing else: no introduction, no list, no code block.\n\n"
    "- Each card asks one fact that the chapter states, and has one right answer only.\n"
    "- The question is understood without the chapter at hand: it names whom or what it is about, not \"this "
    "model\".\n"
    "- The answer is short (nine words at most) and does not stand in the question.\n"
    "- \"quote\" is the sentence of the chapter that gives the answer, copied word by word.\n"
    "- Keep the reservations: what the chapter denies, promises or tells as a rumour is asked as such "
    "(\"reportedly\").\n"
    "- Names, dates and figures as in the chapter. Nothing that you know from elsewhere.\n"
    "- If you give \"choices\", they are three with the answer among them, and only it is right.\n";

static const char schema[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\n"
    " \"required\":[\"prompt\",\"answer\",\"quote\"],\"additionalProperties\":false,\n"
    " \"properties\":{\n"
    "  \"kind\":{\"enum\":[\"direct\",\"reverse\",\"cloze\",\"truefalse\"]},\n"
    "  \"prompt\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":230},\n"
    "  \"answer\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":120},\n"
    "  \"accepted\":{\"type\":\"array\",\"maxItems\":10,\"items\":{\"type\":\"string\"}},\n"
    "  \"choices\":{\"type\":\"array\",\"minItems\":3,\"maxItems\":3,\"items\":{\"type\":\"string\"}},\n"
    "  \"quote\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":1500},\n"
    "  \"explanation\":{\"type\":\"string\"},\n"
    "  \"hint\":{\"type\":\"string\"}}}\n";

void prompt_write(struct buffer *buffer, const struct document *doc, bool with_text)
{
    bool is_spanish = str_equal(doc->lang, STR("es"));
    buffer_add(buffer, str_from(is_spanish ? spanish : english));
    buffer_format(buffer, "\n%s\n\n%s", is_spanish ? "Esquema:" : "Schema:", schema);
    if (!with_text)
        return;
    buffer_format(buffer, "\n%s %.*s\n\n", is_spanish ? "Capítulo:" : "Chapter:", STR_ARG(doc->title));
    buffer_add(buffer, doc->source);
    if (!str_ends(doc->source, STR("\n")))
        buffer_add_char(buffer, '\n');
}
