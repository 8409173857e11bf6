#include "analysis/heat_public.h"

#include <math.h>
#include <stdlib.h>

#include "gis/crs.h"
#include "gis/mem.h"

struct member { /* a facility in its cell */
    int32_t column, row;
    uint32_t company;
    double weight;
};

struct cell {
    uint64_t key;
    double lon, lat, weight;
};

static int compare(double a, double b)
{
    return a < b ? -1 : a > b;
}

static int by_cell(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->row != y->row)
        return compare(x->row, y->row);
    if (x->column != y->column)
        return compare(x->column, y->column);
    if (x->company != y->company)
        return compare(x->company, y->company);
    return compare(x->weight, y->weight); /* sums do not depend on the order of facilities */
}

static int by_key(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Sum over the members of one cell; false where it must not be shown. */
static bool cell_sum(double *sum, const struct member *m, size_t count, bool quantity)
{
    double first = 0, second = 0; /* largest operators */
    int operators = 0;
    *sum = 0;
    for (size_t i = 0; i < count;) {
        double own = 0;
        uint32_t company = m[i].company;
        for (; i < count && m[i].company == company; i++)
            own += m[i].weight;
        operators++;
        *sum += own;
        second = fmax(second, fmin(first, own));
        first = fmax(first, own);
    }
    if (operators < HEAT_PUBLIC_OPERATORS)
        return false;
    return !quantity || *sum - first - second >= first * HEAT_PUBLIC_PERCENT / 100;
}

static void set_points(struct heat_source *s, struct cell *cells, uint32_t count)
{
    qsort(cells, count, sizeof *cells, by_key);
    s->count = count;
    for (uint32_t i = 0; i < count; i++) {
        s->key[i] = cells[i].key;
        s->lon[i] = cells[i].lon;
        s->lat[i] = cells[i].lat;
        s->weight[i] = cells[i].weight;
        s->who[i] = i;
    }
}

static size_t find_members(struct member *out, const struct heat_source *s, struct crs *crs)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        double x, y;
        if (!crs_from_lonlat(crs, &x, &y, s->lon[i], s->lat[i]))
            continue;
        out[n++] = (struct member){.column = (int32_t)floor(x / HEAT_PUBLIC_CELL),
                                   .row = (int32_t)floor(y / HEAT_PUBLIC_CELL),
                                   .company = s->atlas->company[s->who[i]],
                                   .weight = s->weight[i]};
    }
    qsort(out, n, sizeof *out, by_cell);
    return n;
}

void heat_public_reduce(struct heat_source *s)
{
    struct error err;
    struct crs *crs = crs_open("EPSG:3826", &err);
    struct member *m = mem_zero(s->count, sizeof *m);
    struct cell *cells = mem_zero(s->count, sizeof *cells);
    uint32_t shown = 0, all = s->count, taken = 0;
    size_t n = crs ? find_members(m, s, crs) : 0; /* without PROJ nothing is shown */
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i; next < n && m[next].row == m[i].row && m[next].column == m[i].column;)
            next++;
        struct cell *c = &cells[shown];
        if (!cell_sum(&c->weight, &m[i], next - i, s->query.by != HEAT_COUNT))
            continue;
        if (!crs_to_lonlat(crs, &c->lon, &c->lat, (m[i].column + 0.5) * HEAT_PUBLIC_CELL,
                           (m[i].row + 0.5) * HEAT_PUBLIC_CELL))
            continue;
        c->key = morton_key(tile_world_x(c->lon), tile_world_y(c->lat));
        shown++;
        taken += (uint32_t)(next - i);
    }
    set_points(s, cells, shown);
    s->kind = HEAT_WHO_CELL;
    s->left_out = all - taken;
    free(cells);
    free(m);
    crs_close(crs);
}
