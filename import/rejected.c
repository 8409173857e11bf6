/* DESIGN. The file's own columns as they came, then ours, whose names begin with COLUMNS_OURS and
 * which an import passes over: the mended file goes in as it is. A file that was such an export
 * has them already; those are left out. Points of a file with geometry follow its columns as x and
 * y; lines and areas do not fit in a table, and each row says so. */
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "import/columns.h"
#include "import/import.h"
#include "sql.h"

enum { PAGE = 1000 /* rows a query */ };

struct rejected_file {
    FILE *out;
    int columns;  /* values of a row */
    bool *hidden; /* of each */
    bool shapes;  /* lines or areas, which are not written */
    char crs[64]; /* of x and y, until said; "" = nothing to say */
    bool begun;   /* the present line has a value */
};

/* RFC 4180. Values that begin with = + - @ are the user's own data and stay as they are. */
static void put_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
}

static void put_two(struct rejected_file *e, const char *text, const char *more)
{
    bool quoted = strpbrk(text, ",\"\r\n") || strpbrk(more, ",\"\r\n");
    if (e->begun)
        fputc(',', e->out);
    e->begun = true;
    if (quoted)
        fputc('"', e->out);
    put_text(e->out, text);
    put_text(e->out, more);
    if (quoted)
        fputc('"', e->out);
}

static void put_value(struct rejected_file *e, const char *text)
{
    put_two(e, text ? text : "", "");
}

static void end_line(struct rejected_file *e)
{
    fputs("\r\n", e->out);
    e->begun = false;
}

static void take_header(struct rejected_file *e, const struct db_result *r)
{
    int named = db_is_null(r, 0, 0) ? 0 : db_rows(r);
    const char *geometry = db_is_null(r, 0, 2) ? "" : db_get_text(r, 0, 2);
    bool points = !strcmp(geometry, "points");
    e->shapes = !strcmp(geometry, "shapes");
    e->columns = named + (points ? 2 : 0);
    e->hidden = mem_zero((size_t)e->columns + 1, sizeof *e->hidden);
    for (int i = 0; i < named; i++) {
        e->hidden[i] = columns_is_ours(db_get_text(r, i, 0));
        if (!e->hidden[i])
            put_value(e, db_get_text(r, i, 0));
    }
    if (points) {
        put_value(e, "x");
        put_value(e, "y");
    }
    if (points && !db_is_null(r, 0, 3))
        snprintf(e->crs, sizeof e->crs, "%s", db_get_text(r, 0, 3));
    put_value(e, COLUMNS_OURS "line");
    put_value(e, COLUMNS_OURS "column");
    put_value(e, COLUMNS_OURS "value");
    put_value(e, COLUMNS_OURS "reason");
    put_value(e, COLUMNS_OURS "kept");
    end_line(e);
}

static bool put_header(struct rejected_file *e, int64_t batch, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_rejected_header.text, err, DB_ARGS(db_i64(batch)));
    if (!r)
        return false;
    bool known = db_rows(r) && !db_is_null(r, 0, 1);
    if (known)
        take_header(e, r);
    db_done(r);
    return known ||
           error_set(err, ERROR_NOT_FOUND, "there is no import batch %lld", (long long)batch);
}

static void put_reason(struct rejected_file *e, const char *reason)
{
    char more[240] = "";
    if (e->shapes)
        snprintf(more, sizeof more,
                 "; the shape is not in this file: mend the row in the original file");
    else if (*e->crs)
        snprintf(more, sizeof more, "; x and y are in %s: import this file with --crs %s", e->crs,
                 e->crs);
    *e->crs = '\0'; /* once is enough */
    put_two(e, reason, more);
}

/* One result row a value of a row; *last = line of the last one written. */
static int put_page(struct rejected_file *e, int64_t *last, const struct db_result *r)
{
    int written = 0;
    for (int i = 0; i < db_rows(r);) {
        int64_t line = db_get_i64(r, i, 0);
        int first = i, values = 0;
        for (; i < db_rows(r) && db_get_i64(r, i, 0) == line; i++, values++)
            if (values >= e->columns || !e->hidden[values])
                put_value(e, db_get_text(r, i, 1));
        for (; values < e->columns; values++)
            if (!e->hidden[values])
                put_value(e, NULL);
        for (int c = 2; c < 5; c++)
            put_value(e, db_get_text(r, first, c));
        put_reason(e, db_get_text(r, first, 5));
        put_value(e, db_get_text(r, first, 6));
        end_line(e);
        *last = line;
        written++;
    }
    return written;
}

static bool put_rows(struct rejected_file *e, int64_t batch, struct db *db, struct error *err)
{
    int written;
    int64_t last = -1;
    do {
        struct db_result *r = db_run(db, SQL_import_rejected_page.text, err,
                                     DB_ARGS(db_i64(batch), db_i64(last), db_i64(PAGE)));
        if (!r)
            return false;
        written = put_page(e, &last, r);
        db_done(r);
    } while (written == PAGE);
    return true;
}

bool import_write_rejected(FILE *out, int64_t batch, struct db *db, struct error *err)
{
    struct rejected_file e = {.out = out};
    bool ok = put_header(&e, batch, db, err) && put_rows(&e, batch, db, err);
    free(e.hidden);
    if (!ok)
        return false;
    return (!fflush(out) && !ferror(out)) ||
           error_set(err, ERROR_SYSTEM, "the rejected rows could not be written out");
}
