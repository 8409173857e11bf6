/* DESIGN: one face, two ways of writing. Both write to a file without a name in TMPDIR (/tmp), so
 * that a table of any length takes no memory and nothing stays behind when the program dies; the
 * finished bytes then go to a reply or to a file under a temporary name that is renamed.
 *
 * Formulas: a spreadsheet runs a CSV cell that begins with = + - @ (also after blanks, a tab or a
 * line end, and in their full-width forms in East Asian locales). Names come from other people's
 * files, so such a text gets a ' in front (OWASP "CSV Injection"); numbers are written by type and
 * keep their sign. XLSX cells are typed: a text never is a formula. */
#include "server/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gis/clock.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "server/sheet_xlsx.h"

struct sheet {
    enum sheet_format format;
    int columns, column; /* column = the next cell's */
    uint32_t rows;
    int fd;            /* the nameless file */
    FILE *csv;         /* over fd; NULL for XLSX */
    struct xlsx *xlsx; /* NULL for CSV */
    struct patience *patience;
};

bool sheet_format_named(enum sheet_format *out, const char *name)
{
    bool csv = name && !strcmp(name, "csv"), xlsx = name && !strcmp(name, "xlsx");
    if (csv || xlsx)
        *out = csv ? SHEET_CSV : SHEET_XLSX;
    return csv || xlsx;
}

const char *sheet_type(enum sheet_format format)
{
    return format == SHEET_CSV
               ? "text/csv; charset=utf-8"
               : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder == '/' ? folder : "/tmp";
}

/* An open file that has no name any more, or -1. */
static int open_nameless(const char *folder)
{
    char *name = mem_format("%s/hazatlas-sheet-XXXXXX", folder);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    free(name);
    return fd;
}

struct sheet *sheet_new(enum sheet_format format, const char *title_zh, const char *title_en,
                        const struct sheet_column *columns, struct error *err)
{
    struct sheet *s = mem_zero(1, sizeof *s);
    const char *folder = temporary_folder();
    s->format = format;
    s->fd = open_nameless(folder);
    while (columns[s->columns].key && s->columns < SHEET_COLUMNS_MAX)
        s->columns++;
    if (s->fd >= 0 && format == SHEET_CSV)
        s->csv = fdopen(s->fd, "w+");
    if (s->fd < 0 || (format == SHEET_CSV && !s->csv)) {
        error_fill(err, ERROR_SYSTEM, "the table cannot be begun: no temporary file");
        sheet_free(s);
        return NULL;
    }
    if (format == SHEET_XLSX) {
        s->xlsx = xlsx_new(s->fd, folder, title_zh, title_en, columns, err);
        if (!s->xlsx) {
            sheet_free(s);
            return NULL;
        }
        return s;
    }
    fputs("\xEF\xBB\xBF", s->csv);
    for (int i = 0; i < s->columns; i++)
        fprintf(s->csv, "%s%s", i ? "," : "", columns[i].key);
    fputs("\r\n", s->csv);
    return s;
}

void sheet_patience(struct sheet *s, struct patience *p)
{
    s->patience = p;
}

void sheet_free(struct sheet *s)
{
    if (!s)
        return;
    xlsx_free(s->xlsx);
    if (s->csv)
        fclose(s->csv);
    else if (s->fd >= 0)
        close(s->fd);
    free(s);
}

/* True where a cell is to be written; CSV gets its comma. */
static bool cell(struct sheet *s)
{
    if (s->column >= s->columns || (s->xlsx && s->rows >= SHEET_ROWS_MAX)) {
        s->column++;
        return false;
    }
    if (s->csv && s->column)
        fputc(',', s->csv);
    s->column++;
    return true;
}

/* Whether a spreadsheet could take the text for a formula. */
static bool is_formula(const char *text)
{
    static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    if (*text == '\t' || *text == '\r' || *text == '\n')
        return true;
    text += strspn(text, " \t\r\n");
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(text, starts[i], strlen(starts[i])))
            return true;
    return false;
}

/* A text for a cell: valid UTF-8, no control characters, not past SHEET_CELL_MAX. */
static char *clean(const char *text)
{
    struct buf out = {.data = NULL};
    size_t len = strlen(text), at = 0;
    for (int n = 0; at < len; n++) {
        size_t used = text_utf8_length(text + at, len - at);
        unsigned char c = (unsigned char)text[at];
        if (n == SHEET_CELL_MAX) {
            buf_text(&out, "…");
            break;
        }
        if (!used || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            buf_text(&out, "\xEF\xBF\xBD");
        else
            buf_add(&out, text + at, used);
        at += used ? used : 1;
    }
    buf_char(&out, '\0');
    return out.data;
}

/* RFC 4180: quotes around what holds a comma, a quote or a line end; quotes doubled. */
static void put_csv_text(FILE *out, const char *text)
{
    bool formula = is_formula(text);
    if (!formula && !strpbrk(text, ",\"\r\n") && *text != ' ') {
        fputs(text, out);
        return;
    }
    fputs(formula ? "\"'" : "\"", out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void sheet_text(struct sheet *s, const char *text)
{
    if (!cell(s) || !text || !*text)
        return;
    char *cleaned = clean(text);
    if (s->csv)
        put_csv_text(s->csv, cleaned);
    else
        xlsx_text(s->xlsx, s->rows, s->column - 1, cleaned);
    free(cleaned);
}

void sheet_number(struct sheet *s, double value)
{
    if (!cell(s) || !isfinite(value))
        return;
    char text[TEXT_EXACT_MAX];
    text_exact(text, value);
    if (s->csv)
        fputs(text, s->csv);
    else
        xlsx_number(s->xlsx, s->rows, s->column - 1, value);
}

void sheet_int(struct sheet *s, int64_t value)
{
    enum { EXACT_DIGITS = 15 }; /* that a spreadsheet shows */
    char text[32];
    if (!cell(s))
        return;
    int len = snprintf(text, sizeof text, "%lld", (long long)value);
    if (s->csv)
        fputs(text, s->csv);
    else if (len > EXACT_DIGITS)
        xlsx_text(s->xlsx, s->rows, s->column - 1, text);
    else
        xlsx_number(s->xlsx, s->rows, s->column - 1, (double)value);
}

void sheet_decimal(struct sheet *s, const char *text)
{
    double value;
    if (!cell(s) || !text || !*text)
        return;
    if (!text_to_double(&value, text)) { /* not a number after all: as any other text */
        s->column--;
        if (s->csv)
            put_csv_text(s->csv, text);
        else
            xlsx_text(s->xlsx, s->rows, s->column, text);
        s->column++;
    } else if (s->csv) {
        fputs(text, s->csv);
    } else {
        size_t digits = 0;
        for (const char *c = text; *c; c++)
            digits += *c >= '0' && *c <= '9';
        if (digits > 15)
            xlsx_text(s->xlsx, s->rows, s->column - 1, text);
        else
            xlsx_number(s->xlsx, s->rows, s->column - 1, value);
    }
}

static void put_time(struct sheet *s, int64_t time_s, bool with_clock)
{
    if (s->xlsx) {
        xlsx_time(s->xlsx, s->rows, s->column - 1, time_s, with_clock);
        return;
    }
    char text[CLOCK_TEXT_MAX];
    if (with_clock)
        clock_text(text, time_s);
    else
        clock_day_text(text, (int32_t)(time_s / CLOCK_DAY_S));
    fputs(text, s->csv);
}

void sheet_day(struct sheet *s, int32_t day)
{
    if (cell(s) && day != ATLAS_NO_DAY)
        put_time(s, (int64_t)day * 86400, false);
}

void sheet_time(struct sheet *s, int64_t time_s)
{
    if (cell(s))
        put_time(s, time_s, true);
}

void sheet_bool(struct sheet *s, bool value)
{
    if (!cell(s))
        return;
    if (s->csv)
        fputs(value ? "true" : "false", s->csv);
    else
        xlsx_bool(s->xlsx, s->rows, s->column - 1, value);
}

void sheet_none(struct sheet *s)
{
    (void)cell(s);
}

bool sheet_row(struct sheet *s)
{
    if (patience_over(s->patience))
        return false;
    while (s->csv && s->column < s->columns)
        sheet_none(s);
    s->column = 0;
    if (s->csv)
        fputs("\r\n", s->csv);
    else if (s->rows >= SHEET_ROWS_MAX)
        return false;
    s->rows++;
    return true;
}

void sheet_about(struct sheet *s, const char *zh, const char *en, const char *format, ...)
{
    if (!s->xlsx)
        return;
    struct buf text = {.data = NULL};
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *room = len >= 0 ? buf_room(&text, (size_t)len + 1) : NULL;
    if (room)
        vsnprintf(room, (size_t)len + 1, format, again);
    va_end(again);
    char *cleaned = clean(room ? room : "");
    xlsx_about(s->xlsx, zh, en, cleaned);
    free(cleaned);
    buf_free(&text);
}

void sheet_about_atlas(struct sheet *s, const struct atlas *a)
{
    char text[CLOCK_TEXT_MAX];
    clock_text(text, a->built_at);
    sheet_about(s, "圖資編號", "atlas number", "%llu", (unsigned long long)a->number);
    sheet_about(s, "資料時間", "data as of (UTC)", "%s", text);
    sheet_about(s, "程式", "made by", "HazAtlas %s", HAZATLAS_VERSION);
}

void sheet_note(struct sheet *s, const char *zh, const char *en)
{
    char *text = mem_format("%s %s", zh, en);
    if (s->csv) {
        put_csv_text(s->csv, text);
        for (int i = 1; i < s->columns; i++)
            fputc(',', s->csv);
        fputs("\r\n", s->csv);
    } else {
        xlsx_note(s->xlsx, s->rows, text);
    }
    free(text);
}

/* All is in the nameless file; its length, or -1 with err. */
static off_t complete(struct sheet *s, struct error *err)
{
    struct stat st;
    if (!patience_kept(s->patience, err))
        return -1;
    if (s->xlsx) {
        struct xlsx *x = s->xlsx;
        s->xlsx = NULL;
        if (!xlsx_finish(x, s->rows, err))
            return -1;
    } else if (fflush(s->csv) || ferror(s->csv)) {
        error_fill(err, errno == ENOSPC ? ERROR_NO_SPACE : ERROR_SYSTEM,
                   "the table cannot be written to its temporary file: %s",
                   errno == ENOSPC ? "the disk is full" : "the system refused");
        return -1;
    }
    if (fstat(s->fd, &st)) {
        error_fill(err, ERROR_SYSTEM, "the table's temporary file is gone");
        return -1;
    }
    return st.st_size;
}

/* Reads the nameless file from `from` on; false with err when that fails. */
static ssize_t read_at(const struct sheet *s, char *out, size_t room, off_t from, struct error *err)
{
    ssize_t n = pread(s->fd, out, room, from);
    if (n <= 0)
        error_fill(err, ERROR_SYSTEM, "the table's temporary file cannot be read");
    return n;
}

bool sheet_finish(struct buf *out, struct sheet *s, struct error *err)
{
    off_t size = complete(s, err);
    bool ok = size >= 0;
    char *room = size > 0 ? buf_room(out, (size_t)size) : NULL;
    if (size > 0 && !room)
        ok = error_set(err, ERROR_TOO_LARGE,
                       "the table is too large for one answer; ask for fewer "
                       "rows (limit=)");
    for (off_t at = 0; ok && at < size;) {
        ssize_t n = read_at(s, room + at, (size_t)(size - at), at, err);
        ok = n > 0;
        at += n;
    }
    if (ok)
        out->len += (size_t)size;
    sheet_free(s);
    return ok;
}

bool sheet_finish_into(FILE *to, struct sheet *s, struct error *err)
{
    char part[65536];
    off_t size = complete(s, err);
    bool ok = size >= 0;
    for (off_t at = 0; ok && at < size;) {
        ssize_t n = read_at(s, part, sizeof part, at, err);
        ok = n > 0 && (fwrite(part, 1, (size_t)n, to) == (size_t)n ||
                       error_set(err, ERROR_SYSTEM, "the table cannot be written: %s",
                                 errno == ENOSPC ? "the disk is full" : "the system refused"));
        at += n;
    }
    sheet_free(s);
    return ok;
}
