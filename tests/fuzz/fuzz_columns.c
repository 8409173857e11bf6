/* fuzz_columns: any text as the first rows of a sheet: rows end at \n, cells at |. Checked: the
 * header stands among them, its names are made of their cells, and mapping them ends with a
 * sentence or with columns that are there. */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/columns.h"
#include "import/header.h"
#include "import/import.h"

enum { CELLS_MAX = 40 };

static void check(const struct header_row *rows, int count, const struct import_kind *kind)
{
    struct header_found found;
    struct error err;
    int column[COLUMNS_FIELDS_MAX];
    static char names[CELLS_MAX][4096];
    struct reader_field fields[CELLS_MAX];
    struct reader_header header = {.columns = fields};
    header_find(&found, rows, count, kind, NULL, 0);
    if (!count)
        return;
    if (found.first < 0 || found.rows < 1 || found.first + found.rows > count)
        abort();
    for (int r = found.first; r < found.first + found.rows; r++)
        header.count = rows[r].count > header.count ? rows[r].count : header.count;
    for (int c = 0; c < header.count; c++) {
        struct buf name = {.max = 4000};
        header_name(&name, rows, &found, c);
        text_copy(names[c], sizeof names[c], buf_string(&name));
        buf_free(&name);
        fields[c] = (struct reader_field){names[c], strlen(names[c])};
    }
    if (!columns_map(column, kind, &header, NULL, 0, &err))
        return;
    for (int f = 0; kind->fields[f].name; f++)
        if (column[f] >= header.count || (kind->fields[f].required && column[f] < 0))
            abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    static const char *cells[HEADER_SEARCHED][CELLS_MAX];
    struct header_row rows[HEADER_SEARCHED];
    int count = 0;
    if (len > 20000 || !text_utf8_valid((const char *)data, len) || memchr(data, '\0', len))
        return 0;
    char *text = malloc(len + 1);
    memcpy(text, data, len);
    text[len] = '\0';
    for (char *row = text, *next; row && count < HEADER_SEARCHED; row = next) {
        int n = 0;
        if ((next = strchr(row, '\n')))
            *next++ = '\0';
        for (char *cell = row, *end; cell && n < CELLS_MAX; cell = end) {
            if ((end = strchr(cell, '|')))
                *end++ = '\0';
            cells[count][n++] = cell;
        }
        rows[count] = (struct header_row){.count = n, .cells = cells[count]};
        count++;
    }
    for (const struct import_kind *const *k = import_kinds(); *k; k++)
        check(rows, count, *k);
    free(text);
    return 0;
}
