#include "import/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/columns.h"
#include "import/reader.h"
#include "import/rule.h"
#include "import/value.h"

enum { VALUE_MAX = 4000 };

struct job {
    struct rows_report *report;
    const struct import_kind *kind;
    const struct rows_wish *wish;
    struct reader *reader;
    int column[COLUMNS_FIELDS_MAX];
    char small[COLUMNS_FIELDS_MAX][RULE_VALUE_MAX];
    char *text[COLUMNS_FIELDS_MAX]; /* of the present row, trimmed in place */
};

static void tell(struct rows_report *report, uint64_t line, const char *field, const char *sentence)
{
    if (report->faults++ < ROWS_FAULTS_MAX)
        snprintf(report->fault[report->faults - 1], sizeof report->fault[0],
                 "line %llu%s%s: %.180s", (unsigned long long)line, field ? ", " : "",
                 field ? field : "", sentence);
}

void rows_leave(struct rows_report *report, uint64_t line, const char *sentence)
{
    report->left++;
    tell(report, line, NULL, sentence);
}

static const char *given(const struct job *j, const struct reader_row *row, int field)
{
    int column = j->column[field];
    if (column >= 0)
        return row->fields[column].text;
    for (int i = 0; column == COLUMNS_CONSTANT && i < j->wish->map_count; i++)
        if (j->wish->maps[i].constant &&
            !strcmp(j->wish->maps[i].field, j->kind->fields[field].name))
            return j->wish->maps[i].column;
    return NULL;
}

static bool is_who(const struct import_rule *rule)
{
    return rule->key || rule->role == IMPORT_ROLE_NAME;
}

/* False: the row is left out, and that is told. */
static bool read_value(struct record_value *v, struct job *j, const struct reader_row *row,
                       int field)
{
    char why[200];
    const struct import_rule *rule = &j->kind->rules[field];
    const char *text = given(j, row, field);
    *v = (struct record_value){.number = (double)NAN};
    if (!text)
        return true;
    j->text[field] = mem_copy(text);
    const char *trimmed = value_trim(j->text[field]);
    if (!trimmed)
        return true;
    if (strlen(trimmed) > VALUE_MAX)
        snprintf(why, sizeof why, "longer than %d bytes", VALUE_MAX);
    else if (rule_read(&v->text, &v->number, j->small[field], rule, trimmed))
        return true;
    else
        rule_sentence(why, sizeof why, rule);
    *v = (struct record_value){.number = (double)NAN};
    tell(j->report, row->line, j->kind->fields[field].name, why);
    j->report->left += is_who(rule);
    return !is_who(rule);
}

static bool take_row(struct job *j, const struct reader_row *row, rows_take *take, void *ctx,
                     struct error *err)
{
    struct record_value values[COLUMNS_FIELDS_MAX] = {{.text = NULL}};
    bool usable = true, ok = true;
    int count = 0;
    memset(j->text, 0, sizeof j->text);
    for (; usable && j->kind->fields[count].name; count++)
        usable = read_value(&values[count], j, row, count);
    for (int f = 0; usable && j->kind->fields[f].name; f++)
        if (j->kind->rules[f].role == IMPORT_ROLE_NAME && !values[f].text) {
            rows_leave(j->report, row->line, "the row does not say what it is about");
            usable = false;
        }
    if (usable)
        ok = take(ctx, j->report, row->line, values, err);
    for (int f = 0; f < count; f++)
        free(j->text[f]);
    return ok;
}

static bool read_rows(struct job *j, rows_take *take, void *ctx, struct error *err)
{
    struct reader_row row = {.offset = 0};
    for (;;) {
        enum reader_got got = reader_next(&row, j->reader, err);
        if (got == READER_FAILED)
            return false;
        if (got == READER_END)
            return true;
        if (got == READER_IDLE)
            continue;
        j->report->read++;
        if (got == READER_BAD)
            rows_leave(j->report, row.line, row.reason);
        else if (!take_row(j, &row, take, ctx, err))
            return false;
    }
}

bool rows_read(struct rows_report *report, int fd, const char *name, const struct import_kind *kind,
               const struct rows_wish *wish, rows_take *take, void *ctx, struct error *err)
{
    struct job j = {.report = report, .kind = kind, .wish = wish};
    struct reader_how how = {.encoding = wish->encoding,
                             .sheet = wish->sheet,
                             .kind = kind,
                             .maps = wish->maps,
                             .map_count = wish->map_count};
    *report = (struct rows_report){.read = 0};
    j.reader = reader_open(fd, name, &how, err);
    bool ok =
        j.reader &&
        columns_map(j.column, kind, reader_header(j.reader), wish->maps, wish->map_count, err) &&
        read_rows(&j, take, ctx, err);
    reader_close(j.reader);
    return ok;
}
