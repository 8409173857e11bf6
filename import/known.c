/* DESIGN. A file that comes again is the same but for a few rows. The hash of a row covers all that
 * tells which facility it is about, so a row whose hash stands among the present records of its
 * source would be planned as "same" and is passed over before it costs a COPY and three joins. The
 * hashes are sorted in place (American flag sort, McIlroy et al. 1993) and found by interpolation:
 * they are evenly spread, so that takes two or three looks among ten million. A bit each tells
 * which were seen. The one thing that cannot be told here, which of two rows about one facility
 * comes later, makes the whole file go through SQL (known_hold). Rejected: a hash table (as large
 * again), and asking the database row by row. */
#include "import/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "sql.h"

struct hash {
    uint64_t high, low; /* big-endian halves, so that they compare like the bytes */
};

struct known {
    struct hash *rows;
    size_t count, room;
    unsigned char *bits; /* seen */
    uint64_t seen, again;
    int64_t state;
    bool too_many;
};

static struct hash read_hash(const unsigned char *bytes)
{
    struct hash h = {0, 0};
    for (int i = 0; i < 8; i++) {
        h.high = h.high << 8 | bytes[i];
        h.low = h.low << 8 | bytes[8 + i];
    }
    return h;
}

static bool less(const struct hash *a, const struct hash *b)
{
    return a->high != b->high ? a->high < b->high : a->low < b->low;
}

static void sort_few(struct hash *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct hash h = rows[i];
        size_t to = i;
        for (; to && less(&h, &rows[to - 1]); to--)
            rows[to] = rows[to - 1];
        rows[to] = h;
    }
}

/* By the byte of high at `shift`, then each part by the next one. */
static void sort_rows(struct hash *rows, size_t count, int shift)
{
    enum { FEW = 32 };
    size_t next[256] = {0}, end[256], at = 0;
    if (count <= FEW || shift < 0) {
        sort_few(rows, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        next[rows[i].high >> shift & 255]++;
    for (int i = 0; i < 256; i++) {
        size_t part = next[i];
        next[i] = at;
        end[i] = at += part;
    }
    for (unsigned i = 0; i < 256; i++)
        while (next[i] < end[i]) {
            struct hash h = rows[next[i]];
            unsigned home;
            while ((home = h.high >> shift & 255) != i) {
                struct hash other = rows[next[home]];
                rows[next[home]++] = h;
                h = other;
            }
            rows[next[i]++] = h;
        }
    for (size_t i = 0, from = 0; i < 256; from = end[i++])
        sort_rows(rows + from, end[i] - from, shift - 8);
}

/* Place of h, or count. */
static size_t find(const struct known *k, const struct hash *h)
{
    enum { LOOKS = 8 };
    size_t from = 0, to = k->count; /* in [from, to), if anywhere */
    uint64_t low = 0, high = UINT64_MAX;
    for (int looks = 0; from < to; looks++) {
        size_t at = from + (to - from) / 2;
        if (looks < LOOKS && high > low) /* where it would lie if all were evenly spread */
            at = from + (size_t)((double)(to - from - 1) *
                                 ((double)(h->high - low) / (double)(high - low)));
        const struct hash *r = &k->rows[at];
        if (less(h, r)) {
            to = at;
            high = r->high;
        } else if (less(r, h)) {
            from = at + 1;
            low = r->high;
        } else {
            return at;
        }
    }
    return k->count;
}

static bool take_row(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                     struct error *err)
{
    struct known *k = ctx;
    if (count != 1 || lengths[0] != KNOWN_HASH)
        return error_set(err, ERROR_INTERNAL, "a stored row has a hash of another kind");
    if (k->count == KNOWN_MAX) {
        k->too_many = true;
        return true;
    }
    if (k->count == k->room) {
        k->room = k->room ? k->room + k->room / 4 : 4096;
        k->rows = mem_resize(k->rows, k->room, sizeof *k->rows);
    }
    k->rows[k->count++] = read_hash(fields[0]);
    return true;
}

static bool read_state(int64_t *state, struct db *db, struct error *err)
{
    struct db_result *r = db_run(db, SQL_import_known_state.text, err, DB_NONE);
    *state = r ? db_get_i64(r, 0, 0) : 0;
    db_done(r);
    return r != NULL;
}

bool known_load(struct known **out, const char *source, struct db *db, struct error *err)
{
    struct known *k = mem_zero(1, sizeof *k);
    char query[1024];
    *out = NULL;
    int len = snprintf(query, sizeof query, "%s", SQL_import_known_rows.text);
    char *mark = len > 0 && (size_t)len < sizeof query ? strstr(query, "'%s'") : NULL;
    size_t rest = mark ? (size_t)(mark - query) + 3 : 0;
    if (!mark)
        error_fill(err, ERROR_INTERNAL, "the question for known rows has no place for the source");
    else
        snprintf(mark + 1, sizeof query - (size_t)(mark + 1 - query), "%s%s", source,
                 SQL_import_known_rows.text + rest);
    if (!mark || !read_state(&k->state, db, err) || !db_copy_out(db, query, take_row, k, err)) {
        known_free(k);
        return false;
    }
    if (!k->count || k->too_many) {
        known_free(k);
        return true;
    }
    sort_rows(k->rows, k->count, 56);
    k->bits = mem_zero(k->count / 8 + 1, 1);
    *out = k;
    return true;
}

void known_free(struct known *k)
{
    if (!k)
        return;
    free(k->rows);
    free(k->bits);
    free(k);
}

bool known_take(struct known *k, const unsigned char hash[KNOWN_HASH])
{
    if (!k)
        return false;
    struct hash h = read_hash(hash);
    size_t at = find(k, &h);
    if (at == k->count)
        return false;
    unsigned char bit = (unsigned char)(1 << at % 8);
    if (k->bits[at / 8] & bit)
        k->again++;
    else
        k->seen++;
    k->bits[at / 8] |= bit;
    return true;
}

uint64_t known_seen(const struct known *k)
{
    return k ? k->seen : 0;
}

uint64_t known_again(const struct known *k)
{
    return k ? k->again : 0;
}

struct check {
    const struct known *known;
    bool clash;
};

static bool look_replaced(void *ctx, const unsigned char *const *fields, const int *lengths,
                          int count, struct error *err)
{
    struct check *c = ctx;
    if (count != 1 || lengths[0] != KNOWN_HASH)
        return error_set(err, ERROR_INTERNAL, "a stored row has a hash of another kind");
    struct hash h = read_hash(fields[0]);
    size_t at = find(c->known, &h);
    c->clash |= at < c->known->count && c->known->bits[at / 8] & 1 << at % 8;
    return true;
}

bool known_hold(bool *hold, const struct known *k, struct db *db, struct error *err)
{
    struct check c = {.known = k};
    int64_t state;
    *hold = true;
    if (!k || !k->seen)
        return true;
    if (!read_state(&state, db, err) ||
        !db_copy_out(db, SQL_import_known_replaced.text, look_replaced, &c, err))
        return false;
    *hold = state == k->state && !c.clash;
    return true;
}
