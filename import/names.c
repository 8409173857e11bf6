#include "import/names.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/axis.h"

enum { NAMES_MAX = 1000, NAME_BYTES_MAX = 400 /* longer names are of no column that we know */ };

struct names {
    int count;
    int axis[AXIS_LAT + 1]; /* field of each axis; -1 = the kind has none */
    char *key[NAMES_MAX];
    int field[NAMES_MAX];
};

char *names_key(const char *text, size_t len)
{
    struct buf b = {.max = 1 << 16};
    text_name_key(&b, text, len);
    char *key = mem_copy(buf_string(&b));
    buf_free(&b);
    return key;
}

static void add(struct names *n, int field, const char *text, size_t len)
{
    if (n->count == NAMES_MAX || !len)
        return;
    n->key[n->count] = names_key(text, len);
    n->field[n->count++] = field;
}

struct names *names_open(const struct import_kind *kind)
{
    static const char *const axes[] = {
        [AXIS_X] = "x", [AXIS_Y] = "y", [AXIS_LON] = "lon", [AXIS_LAT] = "lat"};
    struct names *n = mem_zero(1, sizeof *n);
    for (int a = 0; a <= AXIS_LAT; a++)
        n->axis[a] = -1;
    for (int f = 0; kind->fields[f].name; f++) {
        add(n, f, kind->fields[f].name, strlen(kind->fields[f].name));
        for (const char *from = kind->fields[f].headers; *from;) {
            size_t len = strcspn(from, "|");
            add(n, f, from, len);
            from += len + (from[len] == '|');
        }
        for (int a = AXIS_X; a <= AXIS_LAT; a++)
            if (!strcmp(kind->fields[f].name, axes[a]))
                n->axis[a] = f;
    }
    return n;
}

void names_close(struct names *n)
{
    for (int i = 0; n && i < n->count; i++)
        free(n->key[i]);
    free(n);
}

/* A '#' of an accepted name stands for any digit, (*) for anything in brackets:
 * ####年出口值(*) takes 2018年出口值(千元). */
static bool same_name(const char *accepted, const char *key)
{
    for (; *accepted; accepted++) {
        if (*accepted == '*')
            key += strcspn(key, ")");
        else if (*accepted == *key || (*accepted == '#' && *key >= '0' && *key <= '9'))
            key++;
        else
            return false;
    }
    return !*key;
}

static int find_key(const struct names *n, const char *key)
{
    for (int i = 0; i < n->count; i++)
        if (same_name(n->key[i], key))
            return n->field[i];
    return *key ? n->axis[axis_find(key)] : -1;
}

/* "座標›x": 座標x, then x座標, then x. */
static int find_parts(enum names_rank *rank, const struct names *n, const char *key,
                      const char *part)
{
    int group = (int)(part - key);
    const char *last = part + strlen(NAMES_PART);
    char *joined = mem_format("%.*s%s", group, key, last);
    char *turned = mem_format("%s%.*s", last, group, key);
    int field = find_key(n, joined);
    if (field < 0)
        field = find_key(n, turned);
    *rank = NAMES_WHOLE;
    if (field < 0) {
        field = find_key(n, last);
        *rank = NAMES_PART_ONLY;
    }
    free(joined);
    free(turned);
    return field;
}

int names_find(enum names_rank *rank, const struct names *n, const char *name, size_t len)
{
    *rank = NAMES_NONE;
    if (!len || len > NAME_BYTES_MAX)
        return -1;
    char *key = names_key(name, len), *part = strstr(key, NAMES_PART);
    for (char *next = part; next; next = strstr(next + 1, NAMES_PART))
        part = next; /* the last */
    int field = part ? find_parts(rank, n, key, part) : find_key(n, key);
    if (!part)
        *rank = NAMES_WHOLE;
    bool metres = field >= 0 && (field == n->axis[AXIS_X] || field == n->axis[AXIS_Y]);
    if (metres && axis_is_twd67(key))
        *rank = NAMES_OLD;
    if (field < 0)
        *rank = NAMES_NONE;
    free(key);
    return field;
}
