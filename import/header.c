/* DESIGN. Every run of one to three rows among the first is tried as the header; the one that gives
 * most fields is taken, of equals the shorter, then the upper. The row of data under a header never
 * adds a field, so it is not swallowed. Merged cells are read from where the gaps are, not from the
 * list of merges: sheets that were never merged, only spaced so, are the same to a reader's eye. */
#include "import/header.h"

#include <stdlib.h>
#include <string.h>

#include "import/columns.h"
#include "import/names.h"

static const char *cell(const struct header_row *row, int column)
{
    return column < row->count && row->cells[column] ? row->cells[column] : "";
}

/* True where something stands in the header's rows below this one. */
static bool has_below(const struct header_row *rows, const struct header_found *f, int row,
                      int column)
{
    for (int r = row + 1; r < f->first + f->rows; r++)
        if (*cell(&rows[r], column))
            return true;
    return false;
}

/* A cell's own text, or that of the group it stands under. */
static const char *group(const struct header_row *rows, const struct header_found *f, int row,
                         int column)
{
    if (row == f->first + f->rows - 1)
        return cell(&rows[row], column);
    for (int c = column; c >= 0 && has_below(rows, f, row, c); c--)
        if (*cell(&rows[row], c))
            return cell(&rows[row], c);
    return cell(&rows[row], column);
}

void header_name(struct buf *out, const struct header_row *rows, const struct header_found *found,
                 int column)
{
    const char *last = "";
    buf_clear(out);
    for (int r = found->first; r < found->first + found->rows; r++) {
        const char *text = group(rows, found, r, column);
        if (!*text || !strcmp(text, last)) /* merged downwards, and repeated by some programs */
            continue;
        buf_text(out, out->len ? " " NAMES_PART " " : "");
        buf_text(out, text);
        last = text;
    }
    buf_string(out);
}

struct search {
    const struct header_row *rows;
    struct names *names;
    const struct import_kind *kind;
    const struct import_map *maps;
    int map_count;
    struct buf name;
};

static int mapped_field(const struct search *s, const char *name)
{
    char *key = names_key(name, strlen(name));
    int field = -1;
    for (int i = 0; i < s->map_count && field < 0 && *key; i++) {
        if (s->maps[i].constant)
            continue;
        char *wanted = names_key(s->maps[i].column, strlen(s->maps[i].column));
        for (int f = 0; s->kind->fields[f].name && !strcmp(key, wanted); f++)
            if (!strcmp(s->kind->fields[f].name, s->maps[i].field))
                field = f;
        free(wanted);
    }
    free(key);
    return field;
}

static int widest(const struct search *s, const struct header_found *f)
{
    int most = 0;
    for (int r = f->first; r < f->first + f->rows; r++)
        most = s->rows[r].count > most ? s->rows[r].count : most;
    return most;
}

static void judge(struct search *s, struct header_found *f)
{
    bool has[COLUMNS_FIELDS_MAX] = {false};
    for (int c = 0, n = widest(s, f); c < n; c++) {
        enum names_rank rank;
        header_name(&s->name, s->rows, f, c);
        const char *name = buf_string(&s->name);
        int field = mapped_field(s, name);
        if (field < 0)
            field = names_find(&rank, s->names, name, strlen(name));
        if (field >= 0 && !has[field]) {
            has[field] = true;
            f->known++;
        }
    }
    f->whole = true;
    for (int m = 0; m < s->map_count; m++)
        for (int i = 0; s->maps[m].constant && s->kind->fields[i].name; i++)
            has[i] |= !strcmp(s->kind->fields[i].name, s->maps[m].field);
    for (int i = 0; s->kind->fields[i].name; i++)
        f->whole &= has[i] || !s->kind->fields[i].required;
}

static bool is_empty(const struct header_row *row)
{
    for (int c = 0; c < row->count; c++)
        if (*cell(row, c))
            return false;
    return true;
}

void header_find(struct header_found *found, const struct header_row *rows, int count,
                 const struct import_kind *kind, const struct import_map *maps, int map_count)
{
    struct search s = {.rows = rows, .kind = kind, .maps = maps, .map_count = map_count};
    *found = (struct header_found){.rows = count ? 1 : 0};
    while (found->first < count - 1 && is_empty(&rows[found->first]))
        found->first++;
    if (!kind)
        return;
    s.names = names_open(kind);
    s.name.max = 1 << 16;
    for (int n = 1; n <= HEADER_ROWS_MAX; n++)
        for (int first = 0; first + n <= count; first++) {
            struct header_found f = {.first = first, .rows = n};
            if (is_empty(&rows[first]) || is_empty(&rows[first + n - 1]))
                continue;
            judge(&s, &f);
            if (f.known > found->known)
                *found = f;
        }
    names_close(s.names);
    buf_free(&s.name);
}

bool header_is_note(const char *text)
{
    static const char *const begins[] = {"備註",  "備考", "註:",      "註1",      "註 ",
                                         "附註",  "說明", "資料來源", "資料時間", "製表",
                                         "單位:", "※",    "*",        "note",     "source"};
    char *key = names_key(text, strlen(text));
    bool note = false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        note |= !strncmp(key, begins[i], strlen(begins[i]));
    free(key);
    return note;
}
