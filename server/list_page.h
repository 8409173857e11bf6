/* list_page.h - what lists have in common that come page by page as JSON and whole as files: their
 * parameters, the address of the next page, the file. */
#ifndef SERVER_LIST_PAGE_H
#define SERVER_LIST_PAGE_H

#include "server/http.h"
#include "server/sheet.h"

enum list_format { LIST_JSON, LIST_CSV, LIST_XLSX, LIST_GEOJSON };

struct list_page {
    enum list_format format;
    int64_t limit, after; /* rows shown, rows passed over */
};

/* Rows of a table of parameters; formats: "json|csv|xlsx|geojson" or fewer. */
#define LIST_PAGE_PARAMETERS(formats)                                                              \
    {"format", PARAMETER_CHOICE, 0, 0, formats, "json", "files have all rows"},                    \
        {"limit",                                                                                  \
         PARAMETER_INTEGER,                                                                        \
         1,                                                                                        \
         SHEET_SERVED_MAX,                                                                         \
         NULL,                                                                                     \
         NULL,                                                                                     \
         "rows: 50 of JSON, at most 1000; 100000 of the files, which is their most"},              \
    {                                                                                              \
        "after", PARAMETER_INTEGER, 0, UINT32_MAX, NULL, "0", "rows to pass over; from `next`"     \
    }
/* Media types of such an answer; add ", application/geo+json" where it may be that. */
#define LIST_PAGE_TYPES                                                                            \
    "application/json, text/csv, "                                                                 \
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

extern const char *const list_format_names[]; /* by list_format; NULL ends them */
/* The format asked for; JSON where none is. */
enum list_format list_format(const struct request *r);
bool list_page_read(struct list_page *out, const struct request *r, struct error *err);
/* Address of the rows from `end` on, made in *url; NULL where there are no more than `end`. */
const char *list_page_next(struct buf *url, const struct request *r, int64_t end, int64_t count);
/* The sheet (of that format) as the file NAME.csv or NAME.xlsx; takes it. NULL sheet = false. */
bool list_send_sheet(struct reply *reply, struct sheet *sheet, enum sheet_format format,
                     const char *name, struct error *err);

#endif
