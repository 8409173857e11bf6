/* fuzz_csv: any bytes through the tokenizer. The first byte says how many bytes come at once and
 * whether the number of columns is fixed. Checked: lines go up, fields are valid UTF-8 without NUL,
 * a bad row has a reason, and memory stays within the fields' bounds (by the sanitizer). */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/csv.h"

struct source {
    const unsigned char *data;
    size_t len, part;
};

static bool give(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    struct source *s = ctx;
    (void)err;
    *got = s->len < s->part ? s->len : s->part;
    if (*got > room)
        *got = room;
    memcpy(to, s->data, *got);
    s->data += *got;
    s->len -= *got;
    return true;
}

static void check_row(const struct csv_row *row, enum csv_got got, uint64_t *line)
{
    if (row->line <= *line || row->count < 1 || row->count > CSV_COLUMNS_MAX)
        abort();
    *line = row->line;
    for (int i = 0; i < row->count; i++) {
        const struct csv_field *f = &row->fields[i];
        if (f->len > CSV_FIELD_MAX + 1)
            abort();
        if (got == CSV_ROW && (memchr(f->text, '\0', f->len) || !text_utf8_valid(f->text, f->len)))
            abort();
    }
    if (got == CSV_BAD && (!row->code || !row->reason[0] || row->column >= row->count))
        abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    if (!len)
        return 0;
    struct source s = {.data = data + 1, .len = len - 1, .part = (size_t)(data[0] & 127) + 1};
    struct csv *csv = csv_open(give, &s);
    struct csv_row row;
    struct error err;
    uint64_t line = 0;
    enum csv_got got;
    if (data[0] & 128)
        csv_set_columns(csv, 3);
    while ((got = csv_next(&row, csv, &err)) == CSV_ROW || got == CSV_BAD)
        check_row(&row, got, &line);
    csv_close(csv);
    return 0;
}
