#include "exchange/gift.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "base/translate.h"
#include "text/text.h"

#include <string.h>
#include <strings.h>

struct parser {
    struct arena *arena;
    struct gift_items found;
    struct str id; /* of comments above the next question */
    struct str_list tags;
    struct error *e;
};

/* Text */

static bool is_control(char c)
{
    return c && strchr("~=#{}:\\", c);
}

/* Offset of the first `sign` from `at` that has no backslash before it; the length if there is none. */
static size_t find_bare(struct str s, const char *sign, size_t at)
{
    size_t len = strlen(sign);
    for (; at < s.len; at++) {
        if (s.ptr[at] == '\\' && at + 1 < s.len && (is_control(s.ptr[at + 1]) || s.ptr[at + 1] == 'n'))
            at++;
        else if (s.len - at >= len && memcmp(s.ptr + at, sign, len) == 0)
            return at;
    }
    return s.len;
}

/* Where the next answer begins, with = or ~. */
static size_t next_answer(struct str s, size_t at)
{
    for (; at < s.len && s.ptr[at] != '=' && s.ptr[at] != '~'; at++)
        at += s.ptr[at] == '\\' && at + 1 < s.len && is_control(s.ptr[at + 1]);
    return at < s.len ? at : s.len;
}

/* Escapes resolved, line ends and runs of blanks one blank each. */
static struct str plain(struct arena *arena, struct str s)
{
    struct buffer out = {0};
    s = text_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;
        bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (c == '\\' && next == 'n') {
            buffer_add_char(&out, '\n');
            i++;
        } else if (c == '\\' && is_control(next)) {
            buffer_add_char(&out, next);
            i++;
        } else if (!blank) {
            buffer_add_char(&out, c);
        } else if (out.len && out.bytes[out.len - 1] != ' ' && out.bytes[out.len - 1] != '\n') {
            buffer_add_char(&out, ' ');
        }
    }
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

/* Markdown means its line ends. */
static struct str written(struct arena *arena, struct str s, enum gift_format format)
{
    if (format != GIFT_MARKDOWN)
        return plain(arena, s);
    struct buffer out = {0};
    struct str line;
    for (s = text_trim(s); str_split(&s, '\n', &line);)
        buffer_format(&out, "%s%.*s", out.len ? "\n" : "", STR_ARG(plain(arena, line)));
    struct str copy = str_copy(arena, buffer_str(&out));
    buffer_finish(&out);
    return copy;
}

static enum gift_format take_format(struct str *s, enum gift_format otherwise)
{
    static const struct {
        const char *name;
        enum gift_format format;
    } formats[] = {{"[html]", GIFT_HTML},
                   {"[markdown]", GIFT_MARKDOWN},
                   {"[moodle]", GIFT_MOODLE},
                   {"[plain]", GIFT_PLAIN}};
    *s = text_trim(*s);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (s->len >= strlen(formats[i].name) &&
            strncasecmp(s->ptr, formats[i].name, strlen(formats[i].name)) == 0) {
            *s = str_slice(*s, strlen(formats[i].name), s->len);
            return formats[i].format;
        }
    return otherwise;
}

/* Answers */

/* "%50%" before an answer. */
static void take_weight(struct str *s, struct gift_answer *answer)
{
    size_t end = s->len && s->ptr[0] == '%' ? str_find(*s, STR("%"), 1) : SIZE_MAX;
    double percent;
    if (end == SIZE_MAX || !str_to_double(str_slice(*s, 1, end), &percent))
        return;
    answer->weighted = true;
    answer->percent = percent;
    *s = text_trim(str_slice(*s, end + 1, s->len));
}

static struct gift_answer read_answer(struct parser *p, struct str s, bool right, enum gift_format format)
{
    struct gift_answer answer = {.right = right, .percent = right ? 100 : 0};
    s = text_trim(s);
    take_weight(&s, &answer);
    answer.format = take_format(&s, format);
    size_t feedback = find_bare(s, "#", 0);
    if (feedback < s.len) {
        struct str words = str_slice(s, feedback + 1, s.len);
        answer.feedback = written(p->arena, words, take_format(&words, answer.format));
    }
    struct str text = str_slice(s, 0, feedback);
    size_t arrow = right ? find_bare(text, "->", 0) : text.len;
    if (arrow < text.len)
        answer.match = plain(p->arena, str_slice(text, arrow + 2, text.len));
    answer.text = written(p->arena, str_slice(text, 0, arrow), answer.format);
    return answer;
}

/* The text of an answer that holds an arrow but is no pair. */
static void join_arrow(struct parser *p, struct gift_answer *answer)
{
    if (answer->match.len)
        answer->text = str_format(p->arena, "%.*s -> %.*s", STR_ARG(answer->text), STR_ARG(answer->match));
    answer->match = (struct str){0};
}

static void read_answers(struct parser *p, struct str s, struct gift_item *item)
{
    size_t at = next_answer(s, 0);
    if (text_trim(str_slice(s, 0, at)).len) /* {Asia}: the only answer there is */
        list_push(p->arena, &item->answers, read_answer(p, str_slice(s, 0, at), true, item->format));
    while (at < s.len) {
        size_t end = next_answer(s, at + 1);
        list_push(p->arena, &item->answers,
                  read_answer(p, str_slice(s, at + 1, end), s.ptr[at] == '=', item->format));
        at = end;
    }
}

static void settle_kind(struct parser *p, struct gift_item *item)
{
    bool all_right = true, all_pairs = item->answers.count >= 2;
    list_each (struct gift_answer, answer, &item->answers) {
        all_right &= answer->right;
        all_pairs &= answer->right && answer->match.len > 0;
    }
    item->kind = all_pairs ? GIFT_MATCHING : all_right ? GIFT_SHORT : GIFT_CHOICE;
    if (item->kind != GIFT_MATCHING)
        list_each (struct gift_answer, answer, &item->answers)
            join_arrow(p, answer);
}

/* {T}, {FALSE#if wrong#if right}; false: something else. */
static bool read_truth(struct parser *p, struct str s, struct gift_item *item)
{
    size_t cut = find_bare(s, "#", 0);
    struct str word = text_trim(str_slice(s, 0, cut));
    static const char *const words[] = {"F", "FALSE", "T", "TRUE"};
    for (size_t i = 0; i < 4; i++) {
        if (word.len != strlen(words[i]) || strncasecmp(word.ptr, words[i], word.len) != 0)
            continue;
        item->kind = GIFT_TRUEFALSE;
        item->truth = i >= 2;
        while (cut < s.len) {
            size_t end = find_bare(s, "#", cut + 1);
            struct gift_answer answer = {.feedback = plain(p->arena, str_slice(s, cut + 1, end))};
            list_push(p->arena, &item->answers, answer);
            cut = end;
        }
        return true;
    }
    return false;
}

static void read_number(struct parser *p, struct str s, struct gift_item *item)
{
    if (next_answer(s, 0) < s.len)
        read_answers(p, s, item);
    else
        list_push(p->arena, &item->answers, read_answer(p, s, true, item->format));
    item->kind = GIFT_NUMBER;
}

static void read_braces(struct parser *p, struct str s, struct gift_item *item)
{
    size_t general = find_bare(s, "####", 0);
    if (general < s.len) {
        struct str words = str_slice(s, general + 4, s.len);
        item->feedback = written(p->arena, words, take_format(&words, item->format));
    }
    s = text_trim(str_slice(s, 0, general));
    if (s.len == 0) {
        item->kind = GIFT_ESSAY;
    } else if (s.ptr[0] == '#') {
        read_number(p, str_slice(s, 1, s.len), item);
    } else if (!read_truth(p, s, item)) {
        read_answers(p, s, item);
        settle_kind(p, item);
    }
}

bool gift_number(struct str s, double *ret_low, double *ret_high)
{
    double value, other;
    size_t dots = str_find(s, STR(".."), 0), colon = str_find(s, STR(":"), 0);
    if (dots != SIZE_MAX) {
        if (!str_to_double(str_trim(str_slice(s, 0, dots)), &value) ||
            !str_to_double(str_trim(str_slice(s, dots + 2, s.len)), &other))
            return false;
        *ret_low = value < other ? value : other;
        *ret_high = value < other ? other : value;
        return true;
    }
    other = 0;
    if (!str_to_double(str_trim(str_slice(s, 0, colon < s.len ? colon : s.len)), &value) ||
        (colon < s.len && !str_to_double(str_trim(str_slice(s, colon + 1, s.len)), &other)))
        return false;
    *ret_low = value - other;
    *ret_high = value + other;
    return true;
}

/* Questions */

static bool ends_sentence(struct str s)
{
    return s.len == 0 || strchr(".?!:", s.ptr[s.len - 1]) != NULL;
}

static bool has_words(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.ptr[i] | 32) >= 'a' ? (s.ptr[i] | 32) <= 'z'
                                   : s.ptr[i] < 0 || (s.ptr[i] >= '0' && s.ptr[i] <= '9'))
            return true;
    return false;
}

/* The answer stands within a sentence, or behind a question; a full stop behind the braces belongs to either. */
static void join_stem(struct parser *p, struct str head, struct str tail, struct gift_item *item)
{
    head = written(p->arena, head, item->format);
    tail = written(p->arena, tail, item->format);
    item->embedded = has_words(tail) || (tail.len && !ends_sentence(head));
    if (!item->embedded) {
        item->stem = head;
        return;
    }
    const char *before = head.len ? " " : "",
               *behind = has_words(str_slice(tail, 0, 1)) || !strchr(".,;:!?)", tail.ptr[0]) ? " " : "";
    item->stem = str_format(p->arena, "%.*s%s____%s%.*s", STR_ARG(head), before, behind, STR_ARG(tail));
}

static bool take_question(struct parser *p, struct str s, long line)
{
    struct gift_item item = {
        .kind = GIFT_DESCRIPTION, .line = line, .id = p->id, .tags = p->tags, .format = GIFT_MOODLE};
    p->id = (struct str){0};
    p->tags = (struct str_list){0};
    s = text_trim(s);
    if (str_starts(s, STR("::"))) {
        size_t end = find_bare(s, "::", 2);
        item.title = plain(p->arena, str_slice(s, 2, end));
        s = str_slice(s, end + 2 < s.len ? end + 2 : s.len, s.len);
    }
    item.format = take_format(&s, GIFT_MOODLE);
    size_t open = find_bare(s, "{", 0), close = find_bare(s, "}", open < s.len ? open + 1 : s.len);
    if (open < s.len && close >= s.len) {
        fail(p->e, ERROR_SYNTAX, _("the answers of this question begin with { and have no } at their end"));
        return error_at(p->e, (struct str){0}, (int)line, 0);
    }
    if (open < s.len) {
        read_braces(p, str_slice(s, open + 1, close), &item);
        join_stem(p, str_slice(s, 0, open), str_slice(s, close + 1, s.len), &item);
    } else {
        item.stem = written(p->arena, s, item.format);
    }
    list_push(p->arena, &p->found, item);
    return true;
}

/* "$course$/top/A/B" is A::B; "//" is a slash. */
static void take_category(struct parser *p, struct str path, long line)
{
    struct buffer out = {0};
    path = text_trim(path);
    for (size_t i = 0; i < path.len; i++) {
        if (path.ptr[i] == '/' && i + 1 < path.len && path.ptr[i + 1] == '/')
            buffer_add_char(&out, path.ptr[i++]);
        else if (path.ptr[i] == '/')
            buffer_add_char(&out, '\x1F');
        else
            buffer_add_char(&out, path.ptr[i]);
    }
    struct str rest = buffer_str(&out), part, joined = {0};
    while (str_split(&rest, '\x1F', &part)) {
        part = text_trim(part);
        bool root = part.len == 0 || part.ptr[0] == '$' || (joined.len == 0 && str_equal(part, STR("top")));
        if (!root)
            joined =
                str_format(p->arena, "%.*s%s%.*s", STR_ARG(joined), joined.len ? "::" : "", STR_ARG(part));
    }
    buffer_finish(&out);
    list_push(p->arena, &p->found, (struct gift_item){.kind = GIFT_CATEGORY, .line = line, .stem = joined});
}

/* "[id:…]" and "[tag:…]" of a comment belong to the question below it. */
static void take_comment(struct parser *p, struct str line)
{
    for (size_t at = str_find(line, STR("["), 0); at != SIZE_MAX; at = str_find(line, STR("["), at + 1)) {
        size_t end = str_find(line, STR("]"), at);
        struct str inner = end == SIZE_MAX ? (struct str){0} : str_slice(line, at + 1, end);
        if (str_starts(inner, STR("id:")))
            p->id = str_trim(str_slice(inner, 3, inner.len));
        else if (str_starts(inner, STR("tag:")))
            list_push(p->arena, &p->tags, str_trim(str_slice(inner, 4, inner.len)));
    }
}

/* The lines of one question, without its comments. */
struct block {
    struct buffer text;
    long line; /* of its first */
    int depth; /* 1 within braces, where blank lines part nothing */
};

static void add_line(struct block *block, struct str line, long number)
{
    if (block->text.len == 0)
        block->line = number;
    buffer_add(&block->text, line);
    buffer_add_char(&block->text, '\n');
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '\\' && i + 1 < line.len && is_control(line.ptr[i + 1]))
            i++;
        else if (line.ptr[i] == '{')
            block->depth = 1;
        else if (line.ptr[i] == '}')
            block->depth = 0;
    }
}

static bool end_block(struct parser *p, struct block *block)
{
    struct str text = str_copy(p->arena, buffer_str(&block->text));
    buffer_clear(&block->text);
    block->depth = 0;
    return text.len == 0 || take_question(p, text, block->line);
}

bool gift_parse(struct arena *arena, struct str text, struct gift_items *ret, struct error *e)
{
    struct parser p = {.arena = arena, .e = e};
    struct block block = {0};
    struct str line;
    long number = 0;
    bool ok = true;
    while (ok && str_split(&text, '\n', &line)) {
        struct str trimmed = str_trim(line);
        number++;
        if (str_starts(trimmed, STR("//")))
            take_comment(&p, trimmed);
        else if (block.text.len == 0 && str_starts(trimmed, STR("$CATEGORY:")))
            take_category(&p, str_slice(trimmed, 10, trimmed.len), number);
        else if (trimmed.len || block.depth)
            add_line(&block, line, number);
        else
            ok = end_block(&p, &block);
    }
    ok = ok && end_block(&p, &block);
    buffer_finish(&block.text);
    if (ok)
        *ret = p.found;
    return ok;
}

/* What stands behind an opening brace tells answers from Anki's gaps and from other braces. */
static bool holds_answers(struct str inner)
{
    inner = text_trim(inner);
    return inner.len == 0 || strchr("=~#", inner.ptr[0]) || str_equal(inner, STR("T")) ||
           str_equal(inner, STR("F")) || str_starts(inner, STR("TRUE")) || str_starts(inner, STR("FALSE")) ||
           str_starts(inner, STR("T#")) || str_starts(inner, STR("F#"));
}

bool gift_detect(struct str text)
{
    struct str rest = text, line;
    for (int i = 0; i < 200 && str_split(&rest, '\n', &line); i++)
        if (str_starts(str_trim(line), STR("$CATEGORY:")))
            return true;
    for (size_t open = find_bare(text, "{", 0); open < text.len; open = find_bare(text, "{", open + 1)) {
        bool gap = open + 1 < text.len && text.ptr[open + 1] == '{';
        size_t close = find_bare(text, "}", open + 1);
        if (close == text.len)
            break;
        if (!gap && holds_answers(str_slice(text, open + 1, close)))
            return true;
        open = close;
    }
    return false;
}
