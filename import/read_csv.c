#include "import/read_csv.h"

#include <string.h>

#include "gis/buf.h"
#include "gis/text.h"
#include "import/csv.h"
#include "import/encoding.h"
#include "import/gz.h"
#include "import/wire.h"

enum { SEND_AT = 1 << 18 };

/* What it takes to read the text. */
struct text {
    const struct encoding_kit *kit;
    enum encoding encoding;
    const char *why; /* it is taken to be in that encoding */
    struct gz *gz;
    struct encoding_reader *reader;
    struct csv *csv;
    struct buf out;
};

static bool take(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    return gz_read(got, ctx, to, room, err);
}

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
    wire_u64(out, gz_offset(t->gz));
    wire_u32(out, (uint32_t)row->count);
    for (int i = 0; i < row->count; i++)
        if (good)
            wire_text(out, row->fields[i].text, row->fields[i].len);
        else
            send_escaped(out, &row->fields[i], t->encoding != ENCODING_UTF8);
    wire_text(out, NULL, 0);
    if (!good) {
        wire_text(out, row->code, strlen(row->code));
        wire_text(out, row->reason, strlen(row->reason));
        wire_u32(out, (uint32_t)(row->column + 1));
    }
    wire_end(out, begun);
}

static bool send_header(struct text *t, struct error *err)
{
    struct csv_row row;
    struct buf *out = &t->out;
    struct wire_about about = {.encoding = encoding_names[t->encoding]};
    enum csv_got got = csv_next(&row, t->csv, err);
    if (got == CSV_FAILED)
        return false;
    if (got == CSV_END)
        return error_set(err, ERROR_INPUT, "the file is empty");
    if (got == CSV_BAD)
        return error_set(err, ERROR_INPUT, "line %llu, the header, cannot be read: %s",
                         (unsigned long long)row.line, row.reason);
    csv_set_columns(t->csv, row.count);
    size_t begun = wire_begin(out, WIRE_HEADER);
    wire_note(&about, "encoding", about.encoding, t->why);
    wire_about(out, &about);
    wire_u32(out, (uint32_t)row.count);
    for (int i = 0; i < row.count; i++)
        wire_text(out, row.fields[i].text, row.fields[i].len);
    wire_end(out, begun);
    return true;
}

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

/* The file from its beginning; what was open is closed. */
static bool begin(struct text *t, int input, bool gzip, struct error *err)
{
    gz_close(t->gz);
    t->gz = gz_open(input, gzip);
    return t->gz || error_set(err, ERROR_SYSTEM, "zlib does not start");
}

/* Each question is a pass over the file, which costs less than one wrong word in the database. */
static bool detect(struct text *t, int input, bool gzip, struct error *err)
{
    static const enum encoding asked[] = {ENCODING_UTF8, ENCODING_CP950};
    static const char *const whys[] = {"every byte of it is",
                                       "it is not UTF-8, and every byte is of "
                                       "this"};
    char head[4];
    size_t got;
    if (!begin(t, input, gzip, err) || !gz_read(&got, t->gz, head, sizeof head, err))
        return false;
    t->why = "by its byte order mark";
    if (encoding_mark(&t->encoding, head, got))
        return true;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        bool holds;
        if (!begin(t, input, gzip, err) ||
            !encoding_holds(&holds, t->kit, asked[i], take, t->gz, err))
            return false;
        t->encoding = asked[i];
        t->why = whys[i];
        if (holds)
            return true;
    }
    t->encoding = ENCODING_UTF8;
    t->why = "neither UTF-8 nor CP950 throughout: rows that are not UTF-8 are kept aside";
    return true;
}

bool read_csv(int input, const struct read_csv_how *how, int output, struct error *err)
{
    struct text t = {.kit = how->kit, .why = "as told", .out.max = WIRE_RECORD_MAX + 2 * SEND_AT};
    bool ok = how->encoding ? encoding_find(&t.encoding, how->encoding, err)
                            : detect(&t, input, how->gzip, err);
    ok = ok && begin(&t, input, how->gzip, err) &&
         (t.reader = encoding_open(t.kit, t.encoding, take, t.gz, err)) != NULL;
    if (ok) {
        t.csv = csv_open(encoding_read, t.reader);
        csv_set_text(t.csv, encoding_names[t.encoding], how->tab);
        ok = send_header(&t, err) && wire_flush(&t.out, output) && send_rows(&t, output, err);
    }
    buf_free(&t.out);
    csv_close(t.csv);
    encoding_close(t.reader);
    gz_close(t.gz);
    return ok;
}
