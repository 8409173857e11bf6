#include "import/columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/names.h"

enum { LISTED_MAX = 240 /* bytes of header names in an error */ };

struct mapping {
    const struct import_kind *kind;
    const struct reader_header *header;
    struct names *names;
    char **keys; /* normal form of each column's name */
    int *column;
};

bool columns_is_ours(const char *name)
{
    return !strncasecmp(name, COLUMNS_OURS, strlen(COLUMNS_OURS));
}

static void add_name(char *list, size_t size, const char *name, bool first)
{
    size_t used = strlen(list);
    if (used + strlen(name) + 8 < size) {
        text_copy(list + used, size - used, first ? "" : ", ");
        used = strlen(list);
        text_copy(list + used, size - used, name);
    } else if (used + 6 < size && strcmp(list + (used > 3 ? used - 3 : 0), "…")) {
        text_copy(list + used, size - used, "…");
    }
}

static bool fail(const struct mapping *m, struct error *err)
{
    char list[LISTED_MAX] = "";
    for (int i = 0; i < m->header->count; i++)
        add_name(list, sizeof list, m->header->columns[i].text, !i);
    error_append(err, "; the file's columns are: %s", list);
    return false;
}

static bool check_twice(const struct mapping *m, struct error *err)
{
    for (int i = 0; i < m->header->count; i++)
        for (int j = 0; j < i && *m->keys[i]; j++)
            if (!strcmp(m->keys[i], m->keys[j])) {
                error_fill(err, ERROR_INPUT, "the column \"%.80s\" stands twice in the header",
                           m->header->columns[i].text);
                return fail(m, err);
            }
    return true;
}

static int find_field(const struct import_kind *kind, const char *name)
{
    for (int i = 0; kind->fields[i].name; i++)
        if (!strcmp(kind->fields[i].name, name))
            return i;
    return -1;
}

static bool take_map(struct mapping *m, const struct import_map *map, struct error *err)
{
    int field = find_field(m->kind, map->field);
    if (field < 0) {
        error_fill(err, ERROR_INPUT, "%s has no field \"%.60s\"; its fields are ", m->kind->name,
                   map->field);
        for (int i = 0; m->kind->fields[i].name; i++)
            error_append(err, "%s%s", i ? ", " : "", m->kind->fields[i].name);
        return false;
    }
    if (map->constant) {
        m->column[field] = COLUMNS_CONSTANT;
        return true;
    }
    char *key = names_key(map->column, strlen(map->column));
    for (int i = 0; i < m->header->count && m->column[field] < 0; i++)
        if (*key && !strcmp(m->keys[i], key))
            m->column[field] = i;
    free(key);
    if (m->column[field] >= 0)
        return true;
    error_fill(err, ERROR_INPUT, "the file has no column \"%.80s\" to take as %s", map->column,
               map->field);
    return fail(m, err);
}

static bool is_taken(const struct mapping *m, const int by[COLUMNS_FIELDS_MAX], int column)
{
    for (int f = 0; m->kind->fields[f].name; f++)
        if (by[f] == column)
            return true;
    return false;
}

/* All columns whose name agrees this well with a field that has none yet. */
static bool take_rank(struct mapping *m, const int before[COLUMNS_FIELDS_MAX],
                      enum names_rank wanted, struct error *err)
{
    for (int i = 0; i < m->header->count; i++) {
        enum names_rank rank;
        const struct reader_field *name = &m->header->columns[i];
        if (columns_is_ours(name->text))
            continue;
        int f = names_find(&rank, m->names, name->text, name->len);
        if (rank != wanted || before[f] != -1 || is_taken(m, before, i))
            continue;
        if (m->column[f] >= 0) {
            error_fill(err, ERROR_INPUT,
                       "the columns \"%.60s\" and \"%.60s\" both give %s; say which with a map",
                       m->header->columns[m->column[f]].text, name->text, m->kind->fields[f].name);
            return fail(m, err);
        }
        m->column[f] = i;
    }
    return true;
}

/* The best names of each field win; two equally good ones are a question. */
static bool take_headers(struct mapping *m, struct error *err)
{
    bool ok = true;
    for (enum names_rank rank = NAMES_WHOLE; rank < NAMES_RANKS && ok; rank++) {
        int before[COLUMNS_FIELDS_MAX];
        memcpy(before, m->column, sizeof before);
        ok = take_rank(m, before, rank, err);
    }
    return ok;
}

static bool check_required(const struct mapping *m, struct error *err)
{
    for (int f = 0; m->kind->fields[f].name; f++)
        if (m->kind->fields[f].required && m->column[f] == -1) {
            error_fill(err, ERROR_INPUT,
                       "no column for %s (%s%s%.100s), and no value set for every row",
                       m->kind->fields[f].name, m->kind->fields[f].name,
                       *m->kind->fields[f].headers ? "|" : "", m->kind->fields[f].headers);
            return fail(m, err);
        }
    return true;
}

bool columns_map(int column[COLUMNS_FIELDS_MAX], const struct import_kind *kind,
                 const struct reader_header *header, const struct import_map *maps, int map_count,
                 struct error *err)
{
    struct mapping m = {.kind = kind, .header = header, .column = column};
    m.names = names_open(kind);
    m.keys = mem_zero((size_t)header->count, sizeof *m.keys);
    for (int i = 0; i < header->count; i++)
        m.keys[i] = names_key(header->columns[i].text, header->columns[i].len);
    for (int f = 0; f < COLUMNS_FIELDS_MAX; f++)
        column[f] = -1;
    bool ok = check_twice(&m, err);
    for (int i = 0; i < map_count && ok; i++)
        ok = take_map(&m, &maps[i], err);
    ok = ok && take_headers(&m, err) && check_required(&m, err);
    for (int i = 0; i < header->count; i++)
        free(m.keys[i]);
    free(m.keys);
    names_close(m.names);
    return ok;
}

int columns_unused(char *names, size_t size, const int column[COLUMNS_FIELDS_MAX],
                   const struct reader_header *header)
{
    int unused = 0;
    *names = '\0';
    for (int i = 0; i < header->count; i++) {
        bool used = false;
        for (int f = 0; f < COLUMNS_FIELDS_MAX; f++)
            used = used || column[f] == i;
        if (!used && *header->columns[i].text && !columns_is_ours(header->columns[i].text))
            add_name(names, size, header->columns[i].text, !unused++);
    }
    return unused;
}
