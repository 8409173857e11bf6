/* sheet_xlsx.h - the XLSX side of sheet.c; the one place that knows libxlsxwriter. */
#ifndef SERVER_SHEET_XLSX_H
#define SERVER_SHEET_XLSX_H

#include "server/sheet.h"

struct xlsx;

/* Writes to the open file fd (borrowed); temporary files go to folder. */
struct xlsx *xlsx_new(int fd, const char *folder, const char *title_zh, const char *title_en,
                      const struct sheet_column *columns, struct error *err);
/* Cells of the list: row 0 is the first below the head; rows in order, columns in any. */
void xlsx_text(struct xlsx *x, uint32_t row, int column, const char *text);
void xlsx_number(struct xlsx *x, uint32_t row, int column, double value);
void xlsx_time(struct xlsx *x, uint32_t row, int column, int64_t time_s, bool with_clock);
void xlsx_bool(struct xlsx *x, uint32_t row, int column, bool value);
/* A text below the list's so many rows, and on the second sheet. After the last row, once. */
void xlsx_note(struct xlsx *x, uint32_t rows, const char *text);
/* A line of the second sheet. */
void xlsx_about(struct xlsx *x, const char *zh, const char *en, const char *value);
/* Assembles the file of so many rows; frees x in any case. */
bool xlsx_finish(struct xlsx *x, uint32_t rows, struct error *err);
void xlsx_free(struct xlsx *x); /* NULL allowed */

#endif
