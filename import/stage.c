#include "import/stage.h"

#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/sha256.h"

#define COPY_NOTES                                                                                 \
    "COPY stage_note (line, column_name, value, code, reason, row_values, kept) FROM STDIN"

void stage_bytes(struct buf *b, const char *text, size_t len)
{
    for (size_t from = 0;;) {
        size_t i = from;
        while (i < len && !(text[i] == '\\' || (text[i] >= '\t' && text[i] <= '\r' &&
                                                text[i] != '\v' && text[i] != '\f')))
            i++;
        buf_add(b, text + from, i - from);
        if (i == len)
            break;
        buf_char(b, '\\');
        buf_char(b, text[i] == '\n' ? 'n' : text[i] == '\r' ? 'r' : text[i] == '\t' ? 't' : '\\');
        from = i + 1;
    }
    buf_char(b, '\t');
}

void stage_text(struct buf *b, const char *text)
{
    if (text)
        stage_bytes(b, text, strlen(text));
    else
        stage_null(b);
}

void stage_hex(struct buf *b, const void *data, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *p = data;
    char *room = buf_room(b, 2 * len + 1);
    if (!room)
        return;
    for (size_t i = 0; i < len; i++) {
        *room++ = hex[p[i] >> 4];
        *room++ = hex[p[i] & 15];
    }
    *room = '\t';
    b->len += 2 * len + 1;
}

void stage_hash(struct buf *b, const struct buf *of)
{
    struct sha256 s;
    unsigned char digest[SHA256_BYTES];
    sha256_begin(&s);
    sha256_add(&s, of->data, of->len);
    sha256_end(digest, &s);
    buf_text(b, "\\\\x");
    stage_hex(b, digest, STAGE_HASH_BYTES);
}

void stage_i64(struct buf *b, int64_t value)
{
    char digits[24];
    int at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    digits[--at] = '\t';
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - (size_t)at);
}

void stage_f64(struct buf *b, double value)
{
    char decimal[TEXT_DECIMAL_MAX];
    size_t len = text_put_decimal(decimal, value);
    if (len) {
        buf_add(b, decimal, len);
        buf_char(b, '\t');
    } else if (isfinite(value)) {
        buf_format(b, "%.17g\t", value);
    } else {
        stage_null(b);
    }
}

void stage_null(struct buf *b)
{
    buf_add(b, "\\N\t", 3);
}

void stage_end(struct buf *b)
{
    if (b->len)
        b->data[b->len - 1] = '\n';
}

void stage_open(struct stage *s, struct db *db, const char *copy)
{
    *s = (struct stage){.db = db, .copy = copy};
}

bool stage_copy(struct db *db, const char *copy, struct buf *rows, struct error *err)
{
    if (rows->overflow)
        return error_set(err, ERROR_TOO_LARGE, "more rows than one step can hold");
    if (!db_copy_in_begin(db, copy, err))
        return false;
    if (db_copy_in_put(db, rows->data, rows->len, err))
        return db_copy_in_end(db, err);
    db_copy_in_abort(db);
    return false;
}

static bool put_rows(struct stage *s, struct error *err)
{
    if (s->rows.overflow)
        return error_set(err, ERROR_TOO_LARGE, "a row is too large");
    if (!s->rows.len)
        return true;
    if (!s->copying && !db_copy_in_begin(s->db, s->copy, err))
        return false;
    s->copying = true;
    bool ok = db_copy_in_put(s->db, s->rows.data, s->rows.len, err);
    buf_clear(&s->rows);
    return ok;
}

static bool end_rows(struct stage *s, struct error *err)
{
    bool was = s->copying;
    s->copying = false;
    return !was || db_copy_in_end(s->db, err);
}

bool stage_send(struct stage *s, struct error *err)
{
    if (s->rows.len > STAGE_ROWS_MAX && !put_rows(s, err))
        return false;
    if (s->notes.len <= STAGE_NOTES_MAX)
        return true;
    if (!put_rows(s, err) || !end_rows(s, err) || !stage_copy(s->db, COPY_NOTES, &s->notes, err))
        return false;
    buf_clear(&s->notes);
    return true;
}

bool stage_finish(struct stage *s, struct error *err)
{
    return put_rows(s, err) && end_rows(s, err) &&
           (!s->notes.len || stage_copy(s->db, COPY_NOTES, &s->notes, err));
}

void stage_close(struct stage *s)
{
    if (s->copying)
        db_copy_in_abort(s->db);
    s->copying = false;
    buf_free(&s->rows);
    buf_free(&s->notes);
}
