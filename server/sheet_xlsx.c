#include "server/sheet_xlsx.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xlsxwriter.h>

#include "gis/mem.h"
#include "gis/text.h"

enum { HEAD_HEIGHT = 32, WIDTH_MAX = 60, FIRST_DRAWN_YEAR = 1901 /* Excel's days are sure from */ };

struct xlsx {
    lxw_workbook *book;
    lxw_worksheet *list, *about;
    lxw_format *head, *day, *clock, *wrapped;
    lxw_format *decimals[SHEET_COLUMNS_MAX]; /* NULL = General */
    const struct sheet_column *dictionary;
    int columns;
    uint32_t about_rows;
    bool filtered;
    lxw_error first; /* what the library first refused */
};

static void took(struct xlsx *x, lxw_error result)
{
    if (x->first == LXW_NO_ERROR)
        x->first = result;
}

/* Columns that show Chinese characters: those are twice as wide as digits. */
static int text_width(const char *text)
{
    int width = 0;
    size_t used = 0;
    for (; *text; text += used)
        width += text_utf8_next(text, &used) < 0x1100 ? 1 : 2;
    return width;
}

static void put_heads(struct xlsx *x, const struct sheet_column *c, int i)
{
    int zh = text_width(c->zh), en = text_width(c->en), width = c->width;
    if (!width)
        width = (zh > en ? zh : en) + 3;
    took(x, worksheet_set_column(x->list, (lxw_col_t)i, (lxw_col_t)i,
                                 width < WIDTH_MAX ? width : WIDTH_MAX, NULL));
    char *text = mem_format("%s\n%s", c->zh, c->en);
    took(x, worksheet_write_string(x->list, 0, (lxw_col_t)i, text, x->head));
    free(text);
    if (c->decimals > 0) {
        char format[40] = "#,##0.";
        size_t at = strlen(format);
        for (int d = 0; d < c->decimals && at + 1 < sizeof format; d++)
            format[at++] = '0';
        x->decimals[i] = workbook_add_format(x->book);
        format_set_num_format(x->decimals[i], format);
    }
}

static void put_about_columns(struct xlsx *x, const struct sheet_column *columns)
{
    xlsx_about(x, "", "", "");
    for (const struct sheet_column *c = columns; c->key; c++) {
        char *zh = mem_format("欄位 %s", c->zh), *en = mem_format("column %s", c->en);
        char *value = mem_format("%s%s%s", c->key, c->about ? ": " : "", c->about ? c->about : "");
        xlsx_about(x, zh, en, value);
        free(zh);
        free(en);
        free(value);
    }
}

static void make_formats(struct xlsx *x)
{
    x->head = workbook_add_format(x->book);
    format_set_bold(x->head);
    format_set_text_wrap(x->head);
    format_set_align(x->head, LXW_ALIGN_VERTICAL_TOP);
    format_set_bottom(x->head, LXW_BORDER_THIN);
    x->day = workbook_add_format(x->book);
    format_set_num_format(x->day, "yyyy-mm-dd");
    x->clock = workbook_add_format(x->book);
    format_set_num_format(x->clock, "yyyy-mm-dd hh:mm:ss");
    x->wrapped = workbook_add_format(x->book);
    format_set_text_wrap(x->wrapped);
    format_set_align(x->wrapped, LXW_ALIGN_VERTICAL_TOP);
}

struct xlsx *xlsx_new(int fd, const char *folder, const char *title_zh, const char *title_en,
                      const struct sheet_column *columns, struct error *err)
{
    struct xlsx *x = mem_zero(1, sizeof *x);
    char name[40], *tmpdir = mem_copy(folder), *title = mem_format("%s %s", title_zh, title_en);
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd); /* the library only takes names */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = tmpdir};
    x->book = workbook_new_opt(name, &options);
    free(tmpdir);
    x->list = x->book ? workbook_add_worksheet(x->book, "list") : NULL;
    x->about = x->list ? workbook_add_worksheet(x->book, "about") : NULL;
    if (!x->about) {
        free(title);
        xlsx_free(x);
        error_fill(err, ERROR_SYSTEM, "the spreadsheet cannot be begun: no temporary file");
        return NULL;
    }
    char program[] = "HazAtlas";
    lxw_doc_properties properties = {.title = title, .author = program};
    took(x, workbook_set_properties(x->book, &properties));
    make_formats(x);
    took(x, worksheet_set_row(x->list, 0, HEAD_HEIGHT, NULL));
    for (const struct sheet_column *c = columns; c->key && x->columns < SHEET_COLUMNS_MAX; c++)
        put_heads(x, c, x->columns++);
    x->dictionary = columns;
    worksheet_freeze_panes(x->list, 1, 0);
    worksheet_set_landscape(x->list);
    took(x, worksheet_repeat_rows(x->list, 0, 0)); /* printed on each page */
    worksheet_fit_to_pages(x->list, 1, 0);
    took(x, worksheet_set_column(x->about, 0, 0, 28, NULL));
    took(x, worksheet_set_column(x->about, 1, 1, 28, NULL));
    took(x, worksheet_set_column(x->about, 2, 2, 90, NULL));
    took(x, worksheet_write_string(x->about, 0, 0, "項目", x->head));
    took(x, worksheet_write_string(x->about, 0, 1, "item", x->head));
    took(x, worksheet_write_string(x->about, 0, 2, "內容 value", x->head));
    worksheet_freeze_panes(x->about, 1, 0);
    x->about_rows = 1;
    xlsx_about(x, "清單", "list", title);
    free(title);
    return x;
}

void xlsx_text(struct xlsx *x, uint32_t row, int column, const char *text)
{
    took(x, worksheet_write_string(x->list, row + 1, (lxw_col_t)column, text, NULL));
}

void xlsx_number(struct xlsx *x, uint32_t row, int column, double value)
{
    took(x,
         worksheet_write_number(x->list, row + 1, (lxw_col_t)column, value, x->decimals[column]));
}

void xlsx_time(struct xlsx *x, uint32_t row, int column, int64_t time_s, bool with_clock)
{
    time_t t = (time_t)time_s;
    struct tm utc;
    if (!gmtime_r(&t, &utc))
        return;
    if (utc.tm_year + 1900 < FIRST_DRAWN_YEAR || utc.tm_year + 1900 > 9999) {
        char text[40];
        strftime(text, sizeof text, with_clock ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%d", &utc);
        xlsx_text(x, row, column, text);
        return;
    }
    lxw_datetime at = {.year = utc.tm_year + 1900,
                       .month = utc.tm_mon + 1,
                       .day = utc.tm_mday,
                       .hour = with_clock ? utc.tm_hour : 0,
                       .min = with_clock ? utc.tm_min : 0,
                       .sec = with_clock ? utc.tm_sec : 0};
    took(x, worksheet_write_datetime(x->list, row + 1, (lxw_col_t)column, &at,
                                     with_clock ? x->clock : x->day));
}

void xlsx_bool(struct xlsx *x, uint32_t row, int column, bool value)
{
    took(x, worksheet_write_boolean(x->list, row + 1, (lxw_col_t)column, value, NULL));
}

void xlsx_about(struct xlsx *x, const char *zh, const char *en, const char *value)
{
    const char *const cells[] = {zh, en, value};
    for (lxw_col_t i = 0; i < 3; i++)
        if (*cells[i])
            took(x, worksheet_write_string(x->about, x->about_rows, i, cells[i], x->wrapped));
    x->about_rows++;
}

/* The list's filter covers its rows; it must be set before a later row is begun. */
static void filter(struct xlsx *x, uint32_t rows)
{
    if (rows && x->columns && !x->filtered)
        took(x, worksheet_autofilter(x->list, 0, 0, rows, (lxw_col_t)(x->columns - 1)));
    x->filtered = true;
}

void xlsx_note(struct xlsx *x, uint32_t rows, const char *text)
{
    filter(x, rows);
    took(x, worksheet_write_string(x->list, rows + 1, 0, text, NULL));
    xlsx_about(x, "注意", "note", text);
}

bool xlsx_finish(struct xlsx *x, uint32_t rows, struct error *err)
{
    filter(x, rows);
    put_about_columns(x, x->dictionary);
    errno = 0;
    lxw_error result = workbook_close(x->book); /* frees the book in any case */
    bool full = errno == ENOSPC;
    x->book = NULL;
    took(x, result);
    lxw_error first = x->first;
    xlsx_free(x);
    if (first == LXW_NO_ERROR)
        return true;
    return error_set(err, full ? ERROR_NO_SPACE : ERROR_SYSTEM,
                     "the spreadsheet cannot be written: %s", lxw_strerror(first));
}

void xlsx_free(struct xlsx *x)
{
    if (!x)
        return;
    if (x->book)
        lxw_workbook_free(x->book);
    free(x);
}
