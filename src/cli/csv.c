#include "cli/csv.h"

#include "base/translate.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static bool fail_here(const struct csv *csv, struct error *e)
{
    return error_at(e, str_from(csv->name), csv->line, 0);
}

/* The next line that is not blank, without its end; false at the end of the file too. */
static bool read_line(struct csv *csv, struct str *ret, struct error *e)
{
    while (fgets(csv->text, sizeof csv->text, csv->file)) {
        csv->line++;
        struct str line = str_from(csv->text);
        if (line.len == sizeof csv->text - 1 && line.ptr[line.len - 1] != '\n') {
            fail(e, ERROR_LIMIT, _("this line is longer than %d characters; it is no row of this table"),
                 CSV_LINE);
            return fail_here(csv, e);
        }
        if (csv->line == 1 && str_starts(line, STR("\xEF\xBB\xBF")))
            line = str_slice(line, 3, line.len);
        *ret = str_trim(line);
        if (ret->len)
            return true;
    }
    *e = (struct error){0};
    if (!ferror(csv->file))
        return false;
    fail(e, error_kind_of(errno), _("cannot read: %s"), strerror(errno));
    return error_at(e, str_from(csv->name), 0, 0);
}

static struct str bare(struct str field)
{
    field = str_trim(field);
    if (field.len >= 2 && field.ptr[0] == '"' && field.ptr[field.len - 1] == '"')
        field = str_slice(field, 1, field.len - 1);
    return field;
}

static bool find_columns(struct csv *csv, struct str line, const char *const *columns, struct error *e)
{
    for (int i = 0; i < csv->count; i++)
        csv->place[i] = -1;
    struct str field;
    for (int at = 0; str_split(&line, ',', &field); at++)
        for (int i = 0; i < csv->count; i++)
            if (str_equal(bare(field), str_from(columns[i])))
                csv->place[i] = at;
    for (int i = 0; i < csv->count; i++) {
        if (csv->place[i] >= 0)
            continue;
        fail(e, ERROR_SYNTAX, _("the first line must name the columns; \"%s\" is missing"), columns[i]);
        return fail_here(csv, e);
    }
    return true;
}

static bool take_row(struct csv *csv, struct str line, struct error *e)
{
    for (int i = 0; i < csv->count; i++)
        csv->fields[i] = (struct str){0};
    struct str field;
    int found = 0;
    for (int at = 0; str_split(&line, ',', &field); at++)
        for (int i = 0; i < csv->count; i++)
            if (csv->place[i] == at) {
                csv->fields[i] = bare(field);
                found++;
            }
    if (found == csv->count)
        return true;
    fail(e, ERROR_SYNTAX, _("this row has fewer columns than the table"));
    return fail_here(csv, e);
}

static bool is_row(struct str line)
{
    return line.ptr[0] >= '0' && line.ptr[0] <= '9';
}

bool csv_open(struct csv *csv, const char *path, const char *const *columns, int count, struct error *e)
{
    bool standard = !path || strcmp(path, "-") == 0;
    *csv = (struct csv){.name = standard ? "-" : path, .count = count};
    csv->file = standard ? stdin : fopen(path, "re");
    if (!csv->file) {
        fail(e, error_kind_of(errno), _("cannot open: %s"), strerror(errno));
        return error_at(e, str_from(csv->name), 0, 0);
    }
    struct str line;
    struct error reading = {0};
    bool ok = read_line(csv, &line, &reading);
    if (!ok && reading.kind == ERROR_NONE) {
        fail(&reading, ERROR_SYNTAX, _("the file is empty"));
        error_at(&reading, str_from(csv->name), 0, 0);
    }
    for (int i = 0; i < count; i++)
        csv->place[i] = i;
    if (ok && is_row(line))
        csv->held = true;
    else if (ok)
        ok = find_columns(csv, line, columns, &reading);
    if (ok)
        return true;
    *e = reading;
    csv_close(csv);
    return false;
}

void csv_close(struct csv *csv)
{
    if (csv->file && csv->file != stdin)
        fclose(csv->file);
    csv->file = NULL;
}

bool csv_next(struct csv *csv, struct error *e)
{
    struct str line = str_trim(str_from(csv->text));
    if (csv->held)
        csv->held = false;
    else if (!read_line(csv, &line, e))
        return false;
    return take_row(csv, line, e);
}

bool csv_number(const struct csv *csv, int column, const char *name, double *ret, struct error *e)
{
    struct str field = csv->fields[column];
    double number;
    if (str_to_double(field, &number) && isfinite(number)) {
        *ret = number;
        return true;
    }
    fail(e, ERROR_SYNTAX, _("%s is \"%.*s\", which is no number"), name, STR_ARG(field));
    return fail_here(csv, e);
}
