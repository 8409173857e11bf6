#include "import/heading.h"

#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/date.h"
#include "import/names.h"

/* The caller frees; NULL where the field has no column of the file. */
static char *heading(const struct import_run *run, int field)
{
    const struct reader_header *header = reader_header(run->reader);
    int column = run->column[field];
    if (column < 0 || column >= header->count)
        return NULL;
    return names_key(header->columns[column].text, header->columns[column].len);
}

/* Two digits are a year only with the word behind them. */
static bool year_at(int *year, const char *digits, size_t len)
{
    static const char word[] = "年";
    char text[8];
    if (len < 2 || len > 4 || (len == 2 && strncmp(digits + 2, word, sizeof word - 1) != 0))
        return false;
    text_copy(text, len + 1, digits);
    return date_year(year, text);
}

int heading_year(const struct import_run *run, int field)
{
    static const char numerals[] = "0123456789";
    char *key = heading(run, field);
    int year = 0;
    for (const char *at = key; at && *at && !year;) {
        at += strcspn(at, numerals);
        size_t len = strspn(at, numerals);
        if (!year_at(&year, at, len))
            year = 0;
        at += len;
    }
    free(key);
    return year;
}

bool heading_unit(char out[HEADING_UNIT_MAX], const struct import_run *run, int field)
{
    char *key = heading(run, field), *open = key ? strrchr(key, '(') : NULL;
    size_t len = open ? strlen(open) : 0;
    bool found = len > 2 && open[len - 1] == ')' && len - 2 < HEADING_UNIT_MAX;
    if (found)
        text_copy(out, len - 1, open + 1);
    free(key);
    return found;
}
