#include "import/read_csv.h"

#include <string.h>

#include "gis/buf.h"
#include "gis/text.h"
#include "import/csv.h"
#include "import/gz.h"
#include "import/wire.h"

enum { SEND_AT = 1 << 18 };

static bool take(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    return gz_read(got, ctx, to, room, err);
}

/* Bytes that are no UTF-8, and NULs, as \xHH: the database stores text, and nothing may be lost. */
static void send_escaped(struct buf *out, const struct csv_field *f)
{
    struct buf b = {.max = 8 * CSV_FIELD_MAX};
    for (size_t i = 0; i < f->len;) {
        size_t n = f->text[i] ? text_utf8_length(f->text + i, f->len - i) : 0;
        if (n)
            buf_add(&b, f->text + i, n);
        else
            buf_format(&b, "\\x%02X", (unsigned char)f->text[i]);
        i += n ? n : 1;
    }
    wire_text(out, b.len ? b.data : "", b.len);
    buf_free(&b);
}

static void send_row(struct buf *out, const struct csv_row *row, uint64_t offset, bool good)
{
    size_t begun = wire_begin(out, good ? WIRE_ROW : WIRE_BAD);
    wire_u64(out, row->line);
    wire_u64(out, offset);
    wire_u32(out, (uint32_t)row->count);
    for (int i = 0; i < row->count; i++)
        if (good)
            wire_text(out, row->fields[i].text, row->fields[i].len);
        else
            send_escaped(out, &row->fields[i]);
    wire_text(out, NULL, 0);
    if (!good) {
        wire_text(out, row->code, strlen(row->code));
        wire_text(out, row->reason, strlen(row->reason));
        wire_u32(out, (uint32_t)(row->column + 1));
    }
    wire_end(out, begun);
}

static bool send_header(struct buf *out, struct csv *csv, struct error *err)
{
    struct csv_row row;
    enum csv_got got = csv_next(&row, csv, err);
    if (got == CSV_FAILED)
        return false;
    if (got == CSV_END)
        return error_set(err, ERROR_INPUT, "the file is empty");
    if (got == CSV_BAD)
        return error_set(err, ERROR_INPUT, "line %llu, the header, cannot be read: %s",
                         (unsigned long long)row.line, row.reason);
    csv_set_columns(csv, row.count);
    size_t begun = wire_begin(out, WIRE_HEADER);
    wire_text(out, "", 0);
    wire_text(out, "", 0);
    wire_u32(out, 0);
    wire_u32(out, (uint32_t)row.count);
    for (int i = 0; i < row.count; i++)
        wire_text(out, row.fields[i].text, row.fields[i].len);
    wire_end(out, begun);
    return true;
}

static bool send_rows(struct buf *out, struct csv *csv, struct gz *gz, int output,
                      struct error *err)
{
    for (uint64_t rows = 0;; rows++) {
        struct csv_row row;
        enum csv_got got = csv_next(&row, csv, err);
        if (got == CSV_FAILED)
            return false;
        if (got == CSV_END) {
            size_t begun = wire_begin(out, WIRE_END);
            wire_u64(out, rows);
            wire_end(out, begun);
            return wire_flush(out, output);
        }
        send_row(out, &row, gz_offset(gz), got == CSV_ROW);
        if (out->overflow)
            return error_set(err, ERROR_TOO_LARGE, "line %llu is too large",
                             (unsigned long long)row.line);
        if (out->len > SEND_AT && !wire_flush(out, output))
            return error_set(err, ERROR_SYSTEM, "nobody takes the rows");
    }
}

bool read_csv(int input, bool gzip, int output, struct error *err)
{
    struct gz *gz = gz_open(input, gzip);
    if (!gz)
        return error_set(err, ERROR_SYSTEM, "zlib does not start");
    struct csv *csv = csv_open(take, gz);
    struct buf out = {.max = WIRE_RECORD_MAX + 2 * SEND_AT};
    bool ok = send_header(&out, csv, err) && wire_flush(&out, output) &&
              send_rows(&out, csv, gz, output, err);
    buf_free(&out);
    csv_close(csv);
    gz_close(gz);
    return ok;
}
