#include <string.h>

#include "import/import.h"
#include "sql.h"

enum { PAGE = 1000 /* rows a query */ };

/* RFC 4180. Values that begin with = + - @ are the user's own data and stay as they are. */
static void put_value(FILE *out, const char *text, bool first)
{
    if (!first)
        fputc(',', out);
    if (!text)
        return;
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static bool put_header(FILE *out, int *columns, int64_t batch, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_rejected_header.text, err, DB_ARGS(db_i64(batch)));
    if (!r)
        return false;
    *columns = db_rows(r);
    bool known = *columns && !db_is_null(r, 0, 1);
    for (int i = 0; known && i < *columns; i++)
        put_value(out, db_get_text(r, i, 0), !i);
    db_done(r);
    if (!known)
        return error_set(err, ERROR_NOT_FOUND, "there is no import batch %lld", (long long)batch);
    fputs(",line,column,value,reason\r\n", out);
    return true;
}

/* One result row a value of a rejected row; *last = id of the last rejected row written. */
static int put_page(FILE *out, int64_t *last, const struct db_result *r, int columns)
{
    int written = 0;
    for (int i = 0; i < db_rows(r);) {
        int64_t id = db_get_i64(r, i, 0);
        int first = i, values = 0;
        for (; i < db_rows(r) && db_get_i64(r, i, 0) == id; i++, values++)
            put_value(out, db_get_text(r, i, 1), !values);
        for (; values < columns; values++)
            put_value(out, NULL, !values);
        for (int c = 2; c < 6; c++)
            put_value(out, db_get_text(r, first, c), false);
        fputs("\r\n", out);
        *last = id;
        written++;
    }
    return written;
}

bool import_write_rejected(FILE *out, int64_t batch, struct db *db, struct error *err)
{
    int columns, written;
    int64_t last = 0;
    if (!put_header(out, &columns, batch, db, err))
        return false;
    do {
        struct db_result *r = db_run(db, SQL_import_rejected_page.text, err,
                                     DB_ARGS(db_i64(batch), db_i64(last), db_i64(PAGE)));
        if (!r)
            return false;
        written = put_page(out, &last, r, columns);
        db_done(r);
    } while (written == PAGE);
    return (!fflush(out) && !ferror(out)) ||
           error_set(err, ERROR_SYSTEM, "the rejected rows could not be written out");
}
