/* rows.h - rows of a file by the columns and rules of a kind, for commands that need no database:
 * read by the fenced child (reader.h), each value by its rule. */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include "import/import.h"
#include "import/record.h"

enum { ROWS_FAULTS_MAX = 20 };

struct rows_wish {
    const char *encoding; /* NULL = detected */
    const char *sheet;    /* sheet or layer; NULL = found out */
    const struct import_map *maps;
    int map_count;
};

struct rows_report {
    uint64_t read, left; /* rows; of them left out */
    uint64_t faults;     /* the first ROWS_FAULTS_MAX of them are told */
    char fault[ROWS_FAULTS_MAX][240];
};

/* One row; values by the fields of the kind, as in record_row, until this returns. False stops. */
typedef bool rows_take(void *ctx, struct rows_report *report, uint64_t line,
                       const struct record_value *values, struct error *err);

/* A value that cannot be read is left out and told; where it says who the row is about (key, name)
 * the row is left out. fd, name: as reader_open. */
bool rows_read(struct rows_report *report, int fd, const char *name, const struct import_kind *kind,
               const struct rows_wish *wish, rows_take *take, void *ctx, struct error *err);
/* Tells that a row is left out. */
void rows_leave(struct rows_report *report, uint64_t line, const char *sentence);

#endif
