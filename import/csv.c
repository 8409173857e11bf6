/* DESIGN. The record being read always begins at data + begin; places in it are offsets from there,
 * so the buffer may move. Fields point into the raw bytes; only a field with "" in it is copied to
 * `unescaped`. The raw bytes stay until the record is done: when a quote turns out to be unbalanced
 * (another character follows it, or the file or CSV_FIELD_MAX ends inside), only the first physical
 * line is given up and reading starts again behind it, so one stray quote costs one row and not the
 * rest of the file. Each such step uses up a quote, which keeps the whole linear in practice. */
#include "import/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/buf.h"
#include "gis/mem.h"
#include "gis/text.h"

enum { CSV_PART = 1 << 16, BUFFER_MAX = CSV_ROW_MAX + 2 * CSV_PART };

struct place {
    size_t at, len;
    bool copied; /* at counts in unescaped, not in the record */
};

struct csv {
    csv_read *read;
    void *ctx;
    char *data;
    size_t cap, begin, end; /* bytes held: [begin, end) */
    bool last, started;     /* last: the source has ended */
    char mark;              /* between fields; 0 = not known yet */
    const char *encoding;
    uint64_t line;
    int columns; /* 0 = not set */
    int count;
    struct place places[CSV_COLUMNS_MAX];
    struct csv_field fields[CSV_COLUMNS_MAX];
    struct buf unescaped;
};

enum step { STEP_OK, STEP_QUOTE, STEP_COLUMNS, STEP_FIELD, STEP_ROW, STEP_FAILED };

static const struct {
    const char *code, *reason;
} steps[] = {
    [STEP_QUOTE] = {"unbalanced_quote",
                    "a quotation mark is opened and not closed as it should be; "
                    "only this line was left out"},
    [STEP_COLUMNS] = {"too_many_columns", "the row has more than 4,096 fields"},
    [STEP_FIELD] = {"field_too_large", "a field is longer than 1 MiB; its beginning is kept"},
    [STEP_ROW] = {"row_too_large", "the row is longer than 16 MiB; its beginning is kept"},
};

struct csv *csv_open(csv_read *read, void *ctx)
{
    struct csv *c = mem_zero(1, sizeof *c);
    c->read = read;
    c->ctx = ctx;
    c->line = 1;
    c->encoding = "UTF-8";
    c->unescaped.max = BUFFER_MAX;
    return c;
}

void csv_close(struct csv *c)
{
    if (!c)
        return;
    buf_free(&c->unescaped);
    free(c->data);
    free(c);
}

void csv_set_text(struct csv *c, const char *encoding, bool tab)
{
    c->encoding = encoding;
    c->mark = tab ? '\t' : 0;
}

void csv_set_columns(struct csv *c, int columns)
{
    c->columns = columns;
}

/* More bytes behind the record. At the end of the source c->last is set and nothing is added. */
static bool refill(struct csv *c, struct error *err)
{
    if (c->last)
        return true;
    if (c->begin) {
        memmove(c->data, c->data + c->begin, c->end - c->begin);
        c->end -= c->begin;
        c->begin = 0;
    }
    if (c->cap - c->end < CSV_PART) {
        c->cap = c->cap ? c->cap * 2 : 4 * CSV_PART;
        c->data = mem_resize(c->data, c->cap, 1);
    }
    size_t got;
    if (!c->read(c->ctx, &got, c->data + c->end, c->cap - c->end, err))
        return false;
    c->end += got;
    c->last = !got;
    return true;
}

/* Makes the byte at `at` of the record available: *there = it is. */
static enum step need(bool *there, struct csv *c, size_t at, struct error *err)
{
    while (c->end - c->begin <= at && !c->last) {
        if (at > CSV_ROW_MAX)
            return STEP_ROW;
        if (!refill(c, err))
            return STEP_FAILED;
    }
    *there = c->end - c->begin > at;
    return STEP_OK;
}

static enum step read_quoted(struct place *p, size_t *at, struct csv *c, struct error *err)
{
    size_t start = ++*at, from = start; /* from: of the part not yet copied */
    *p = (struct place){.at = from};
    for (;;) {
        bool there;
        enum step step = need(&there, c, *at, err);
        if (step != STEP_OK || !there)
            return step == STEP_FAILED ? step : STEP_QUOTE;
        const char *record = c->data + c->begin;
        const char *quote = memchr(record + *at, '"', c->end - c->begin - *at);
        *at = quote ? (size_t)(quote - record) : c->end - c->begin;
        if (*at - start > CSV_FIELD_MAX)
            return memchr(record + start, '\n', *at - start) ? STEP_QUOTE : STEP_FIELD;
        if (!quote)
            continue;
        if ((step = need(&there, c, *at + 1, err)) == STEP_FAILED)
            return step;
        record = c->data + c->begin;
        bool doubled = there && record[*at + 1] == '"';
        if ((doubled || p->copied) && *at >= from) {
            if (!p->copied)
                *p = (struct place){.at = c->unescaped.len, .copied = true};
            buf_add(&c->unescaped, record + from, *at - from + doubled);
            p->len = c->unescaped.len - p->at;
        }
        if (!doubled) {
            if (!p->copied)
                p->len = *at - p->at;
            ++*at;
            return STEP_OK;
        }
        from = *at += 2;
    }
}

static enum step read_plain(struct place *p, size_t *at, struct csv *c, struct error *err)
{
    *p = (struct place){.at = *at};
    for (;;) {
        bool there;
        enum step step = need(&there, c, *at, err);
        if (step != STEP_OK)
            return step;
        const char *record = c->data + c->begin;
        size_t end = c->end - c->begin;
        while (*at < end && record[*at] != c->mark && record[*at] != '\n')
            ++*at;
        if (*at - p->at > CSV_FIELD_MAX)
            return STEP_FIELD;
        if (*at < end || !there) {
            p->len = *at - p->at;
            if (p->len && (*at == end || record[*at] == '\n') && record[*at - 1] == '\r')
                p->len--;
            return STEP_OK;
        }
    }
}

/* One record to its end; *at = offset behind it. */
static enum step read_record(size_t *at, struct csv *c, struct error *err)
{
    *at = 0;
    c->count = 0;
    buf_clear(&c->unescaped);
    for (;;) {
        bool there;
        if (c->count == CSV_COLUMNS_MAX)
            return STEP_COLUMNS;
        enum step step = need(&there, c, *at, err);
        if (step != STEP_OK)
            return step;
        struct place *p = &c->places[c->count++];
        step = there && c->data[c->begin + *at] == '"' ? read_quoted(p, at, c, err)
                                                       : read_plain(p, at, c, err);
        if (step != STEP_OK)
            return step;
        step = need(&there, c, *at + 1, err); /* also for the \n of \r\n */
        if (step != STEP_OK)
            return step;
        const char *next = c->data + c->begin + *at;
        size_t left = c->end - c->begin - *at;
        if (!left)
            return STEP_OK;
        if (*next == c->mark) {
            ++*at;
            continue;
        }
        size_t ending = *next == '\n' ? 1 : 0;
        if (*next == '\r' && (left == 1 || next[1] == '\n'))
            ending = left > 1 ? 2 : 1;
        *at += ending;
        return ending ? STEP_OK : STEP_QUOTE; /* something follows the closing quote */
    }
}

static void step_over(struct csv *c, size_t bytes)
{
    const char *p = c->data + c->begin, *end = p + bytes;
    while ((p = memchr(p, '\n', (size_t)(end - p)))) {
        c->line++;
        if (++p == end)
            break;
    }
    c->begin += bytes;
}

/* Gives up the first physical line of the record, however long; its beginning is the one field. */
static bool give_up_line(struct csv *c, struct error *err)
{
    buf_clear(&c->unescaped);
    bool whole = false, ended = false;
    while (!ended) {
        if (c->begin == c->end && !refill(c, err))
            return false;
        const char *start = c->data + c->begin;
        size_t held = c->end - c->begin;
        if (!held)
            break;
        const char *newline = memchr(start, '\n', held);
        size_t len = newline ? (size_t)(newline - start) : held;
        size_t room =
            CSV_SHOWN_MAX - (c->unescaped.len < CSV_SHOWN_MAX ? c->unescaped.len : CSV_SHOWN_MAX);
        buf_add(&c->unescaped, start, len < room ? len : room);
        whole = len <= room;
        ended = newline != NULL;
        step_over(c, len + ended);
    }
    struct place *p = &c->places[0];
    *p = (struct place){.len = c->unescaped.len, .copied = true};
    if (whole && p->len && c->unescaped.data[p->len - 1] == '\r')
        p->len--;
    while (!whole && p->len && (c->unescaped.data[p->len - 1] & 0xC0) == 0x80)
        p->len--; /* not half a character */
    c->count = 1;
    return true;
}

static void show(struct csv_row *row, struct csv *c, size_t base)
{
    for (int i = 0; i < c->count; i++) {
        const struct place *p = &c->places[i];
        const char *from = p->copied ? c->unescaped.data : c->data + base;
        c->fields[i] = (struct csv_field){p->len ? from + p->at : "", p->len};
    }
    row->fields = c->fields;
    row->count = c->count;
}

static enum csv_got bad(struct csv_row *row, int column, const char *code, const char *reason)
{
    row->code = code;
    row->column = column;
    text_copy(row->reason, sizeof row->reason, reason);
    return CSV_BAD;
}

static enum csv_got check(struct csv_row *row, const struct csv *c)
{
    for (int i = 0; i < row->count; i++) {
        const struct csv_field *f = &row->fields[i];
        if (memchr(f->text, '\0', f->len))
            return bad(row, i, "nul_byte", "the row holds a NUL byte");
        if (!text_utf8_valid(f->text, f->len)) {
            bool utf8 = !strcmp(c->encoding, "UTF-8");
            bad(row, i, utf8 ? "not_utf8" : "not_in_encoding", "");
            snprintf(row->reason, sizeof row->reason,
                     utf8 ? "the row is not %s, and the file as a whole is not Big5 either; say "
                            "its encoding"
                          : "the row is not %s",
                     c->encoding);
            return CSV_BAD;
        }
    }
    if (c->columns && row->count != c->columns) {
        bool few = row->count < c->columns;
        bad(row, -1, few ? "too_few_fields" : "too_many_fields", "");
        snprintf(row->reason, sizeof row->reason, "the row has %d fields, the header has %d",
                 row->count, c->columns);
        return CSV_BAD;
    }
    return CSV_ROW;
}

/* Spreadsheets save tabs under all endings. */
static bool find_mark(struct csv *c, struct error *err)
{
    const char *line = NULL;
    while (!c->mark && !(c->end && (line = memchr(c->data, '\n', c->end))) && !c->last &&
           c->end < CSV_PART)
        if (!refill(c, err))
            return false;
    size_t len = line ? (size_t)(line - c->data) : c->end;
    if (!c->mark)
        c->mark = len && memchr(c->data, '\t', len) && !memchr(c->data, ',', len) ? '\t' : ',';
    return true;
}

static bool start(struct csv *c, struct error *err)
{
    c->started = true;
    while (c->end < 4 && !c->last)
        if (!refill(c, err))
            return false;
    const unsigned char *p = (const unsigned char *)c->data;
    if (c->end >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
        c->begin = 3;
    else if (c->end >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF)))
        return error_set(err, ERROR_UNSUPPORTED, "the file is UTF-16, not what was said");
    else if (c->end >= 2 && p[0] == 0x1F && p[1] == 0x8B)
        return error_set(err, ERROR_UNSUPPORTED, "the file is gzip; name it .csv.gz");
    else if (c->end >= 4 && !memcmp(p, "PK\3\4", 4))
        return error_set(err, ERROR_UNSUPPORTED, "the file is a ZIP or XLSX, not CSV");
    return find_mark(c, err);
}

enum csv_got csv_next(struct csv_row *row, struct csv *c, struct error *err)
{
    if (!c->started && !start(c, err))
        return CSV_FAILED;
    for (;;) {
        if (c->begin == c->end && !refill(c, err))
            return CSV_FAILED;
        if (c->begin == c->end && c->last)
            return CSV_END;
        size_t bytes;
        row->line = c->line;
        row->column = -1;
        enum step step = read_record(&bytes, c, err);
        if (step != STEP_OK) {
            if (step == STEP_FAILED || !give_up_line(c, err))
                return CSV_FAILED;
            show(row, c, 0);
            bad(row, -1, steps[step].code, steps[step].reason);
            for (size_t i = 0; i < row->fields->len; i++)
                if (!row->fields->text[i])
                    return bad(row, -1, "nul_byte", "the row holds a NUL byte");
            return CSV_BAD;
        }
        size_t base = c->begin;
        step_over(c, bytes);
        show(row, c, base);
        bool quoted = c->data[base] == '"';
        if (row->count > 1 || row->fields->len || quoted)
            return check(row, c);
    }
}
