#include "import/read_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/csv.h"
#include "import/header.h"
#include "import/text_in.h"
#include "import/wire.h"

enum { SEND_AT = 1 << 18 };

struct text {
    const struct read_csv_how *how;
    struct text_in in;
    struct csv *csv;
    struct buf out;
    struct wire_about about;
    uint64_t header_line; /* where the last row of the header begins */
    char **names;         /* of the columns, owned */
    int columns;
};

/* Bytes that are no UTF-8, and NULs, as \xHH: the database stores text, and nothing may be lost.
 * Converted text has them in digits already. */
static void send_escaped(struct buf *out, const struct csv_field *f, bool converted)
{
    struct buf b = {.max = 8 * CSV_FIELD_MAX};
    for (size_t i = 0; i < f->len;) {
        size_t n = f->text[i] ? text_utf8_length(f->text + i, f->len - i) : 0;
        if (n)
            buf_add(&b, f->text + i, n);
        else if (converted && (unsigned char)f->text[i] == ENCODING_BAD)
            buf_text(&b, "\\x");
        else
            buf_format(&b, "\\x%02X", (unsigned char)f->text[i]);
        i += n ? n : 1;
    }
    wire_text(out, b.len ? b.data : "", b.len);
    buf_free(&b);
}

static void send_row(struct text *t, const struct csv_row *row, bool good)
{
    struct buf *out = &t->out;
    size_t begun = wire_begin(out, good ? WIRE_ROW : WIRE_BAD);
    wire_u64(out, row->line);
    wire_u64(out, text_in_offset(&t->in));
    wire_u32(out, (uint32_t)row->count);
    for (int i = 0; i < row->count; i++)
        if (good)
            wire_text(out, row->fields[i].text, row->fields[i].len);
        else
            send_escaped(out, &row->fields[i], t->in.encoding != ENCODING_UTF8);
    wire_text(out, NULL, 0);
    if (!good) {
        wire_text(out, row->code, strlen(row->code));
        wire_text(out, row->reason, strlen(row->reason));
        wire_u32(out, (uint32_t)(row->column + 1));
    }
    wire_end(out, begun);
}

static bool open_csv(struct text *t, struct error *err)
{
    csv_close(t->csv);
    t->csv = NULL;
    if (!text_in_rewind(&t->in, err))
        return false;
    t->csv = csv_open(text_in_read, &t->in);
    csv_set_text(t->csv, encoding_names[t->in.encoding], t->how->tab);
    return true;
}

/* ---- the header ---- */

/* The first rows, up to one that cannot be read; copies. */
struct top {
    struct header_row rows[HEADER_SEARCHED];
    char **cells[HEADER_SEARCHED];
    uint64_t line[HEADER_SEARCHED];
    int count;
};

static void free_top(struct top *top)
{
    for (int r = 0; r < top->count; r++) {
        for (int c = 0; c < top->rows[r].count; c++)
            free(top->cells[r][c]);
        free(top->cells[r]);
    }
}

static bool read_top(struct top *top, struct text *t, struct error *err)
{
    struct csv_row row;
    enum csv_got got = CSV_ROW;
    while (top->count < HEADER_SEARCHED && (got = csv_next(&row, t->csv, err)) == CSV_ROW) {
        char **cells = mem_zero((size_t)row.count, sizeof *cells);
        for (int c = 0; c < row.count; c++)
            cells[c] = mem_copy_n(row.fields[c].text, row.fields[c].len);
        top->cells[top->count] = cells;
        top->line[top->count] = row.line;
        top->rows[top->count++] =
            (struct header_row){.count = row.count, .cells = (const char *const *)cells};
    }
    if (got == CSV_FAILED)
        return false;
    if (!top->count && got == CSV_BAD)
        return error_set(err, ERROR_INPUT, "line %llu, the header, cannot be read: %s",
                         (unsigned long long)row.line, row.reason);
    return top->count || error_set(err, ERROR_INPUT, "the file is empty");
}

static void take_names(struct text *t, const struct top *top, const struct header_found *found)
{
    char value[96], why[96];
    struct buf name = {.max = CSV_ROW_MAX};
    for (int r = found->first; r < found->first + found->rows; r++)
        t->columns = top->rows[r].count > t->columns ? top->rows[r].count : t->columns;
    t->names = mem_zero((size_t)t->columns, sizeof *t->names);
    for (int c = 0; c < t->columns; c++) {
        header_name(&name, top->rows, found, c);
        t->names[c] = mem_copy(buf_string(&name));
    }
    buf_free(&name);
    t->header_line = top->line[found->first + found->rows - 1];
    if (!found->first && found->rows == 1)
        return;
    snprintf(value, sizeof value, "lines %llu to %llu", (unsigned long long)top->line[found->first],
             (unsigned long long)t->header_line);
    snprintf(why, sizeof why, "it gives %d known columns%s", found->known,
             found->first ? "; what stands above it is left" : "");
    wire_note(&t->about, "header", value, why);
}

/* Finds the header, and goes to the row under it. */
static bool find_header(struct text *t, struct error *err)
{
    struct top top = {.count = 0};
    struct header_found found;
    struct csv_row row;
    bool ok = open_csv(t, err) && read_top(&top, t, err);
    if (ok) {
        header_find(&found, top.rows, top.count, t->how->kind, t->how->maps, t->how->map_count);
        take_names(t, &top, &found);
    }
    free_top(&top);
    if (!ok || !open_csv(t, err))
        return false;
    do
        if (csv_next(&row, t->csv, err) != CSV_ROW)
            return error_set(err, ERROR_CONFLICT, "the file changed while it was read");
    while (row.line < t->header_line);
    csv_set_columns(t->csv, t->columns);
    return true;
}

static void send_header(struct text *t)
{
    struct buf *out = &t->out;
    size_t begun = wire_begin(out, WIRE_HEADER);
    wire_about(out, &t->about);
    wire_u32(out, (uint32_t)t->columns);
    for (int i = 0; i < t->columns; i++)
        wire_text(out, t->names[i], strlen(t->names[i]));
    wire_end(out, begun);
}

/* ---- the rows ---- */

static bool send_rows(struct text *t, int output, struct error *err)
{
    for (uint64_t rows = 0;; rows++) {
        struct csv_row row;
        enum csv_got got = csv_next(&row, t->csv, err);
        if (got == CSV_FAILED)
            return false;
        if (got == CSV_END) {
            size_t begun = wire_begin(&t->out, WIRE_END);
            wire_u64(&t->out, rows);
            wire_end(&t->out, begun);
            return wire_flush(&t->out, output);
        }
        send_row(t, &row, got == CSV_ROW);
        if (t->out.overflow)
            return error_set(err, ERROR_TOO_LARGE, "line %llu is too large",
                             (unsigned long long)row.line);
        if (t->out.len > SEND_AT && !wire_flush(&t->out, output))
            return error_set(err, ERROR_SYSTEM, "nobody takes the rows");
    }
}

bool read_csv(int input, const struct read_csv_how *how, int output, struct error *err)
{
    struct text t = {.how = how, .out.max = WIRE_RECORD_MAX + 2 * SEND_AT};
    bool ok = text_in_open(&t.in, input, how->gzip, how->kit, how->encoding, err);
    if (ok) {
        t.about.encoding = encoding_names[t.in.encoding];
        wire_note(&t.about, "encoding", t.about.encoding, t.in.why);
        ok = find_header(&t, err);
    }
    if (ok) {
        send_header(&t);
        ok = wire_flush(&t.out, output) && send_rows(&t, output, err);
    }
    for (int i = 0; t.names && i < t.columns; i++)
        free(t.names[i]);
    free(t.names);
    buf_free(&t.out);
    csv_close(t.csv);
    text_in_close(&t.in);
    return ok;
}
