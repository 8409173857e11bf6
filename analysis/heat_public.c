#include "analysis/heat_public.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/heat_classes.h"
#include "gis/crs.h"
#include "gis/mem.h"

struct member { /* a facility in its cell */
    int32_t column, row;
    uint32_t company;
    bool taken; /* by the query; the others of the cell are its rest */
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

struct counted {               /* of one cell */
    int with;                  /* operators of facilities that the query takes */
    int rest, none;            /* of the other facilities; those of them that are not in `with` */
    double sum, first, second; /* weights: of all, of the two largest operators */
};

static void count_cell(struct counted *c, const struct member *m, size_t count)
{
    *c = (struct counted){.with = 0};
    for (size_t i = 0; i < count;) {
        double own = 0;
        bool with = false, rest = false;
        uint32_t company = m[i].company;
        for (; i < count && m[i].company == company; i++) {
            own += m[i].weight;
            with = with || m[i].taken;
            rest = rest || !m[i].taken;
        }
        c->with += with;
        c->rest += rest;
        c->none += rest && !with;
        c->sum += own;
        c->second = fmax(c->second, fmin(c->first, own));
        c->first = fmax(c->first, own);
    }
}

static bool enough(int operators)
{
    return operators >= HEAT_PUBLIC_OPERATORS;
}

/* Weight of a cell to show; 0 = it must not be shown. */
static double cell_weight(const struct member *m, size_t count, enum heat_by by)
{
    struct counted c;
    count_cell(&c, m, count);
    if (!enough(c.with))
        return 0;
    if (by == HEAT_COUNT)
        return (!c.rest || enough(c.rest)) && (!c.none || enough(c.none)) ? c.sum : 0;
    return c.sum - c.first - c.second >= c.first * HEAT_PUBLIC_PERCENT / 100
               ? heat_two_digits(c.sum)
               : 0;
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

/* All facilities with a position, in the order of cells. */
static size_t find_members(struct member *out, const struct heat_source *s, struct crs *crs)
{
    const struct atlas *a = s->atlas;
    size_t n = 0;
    for (uint32_t f = 0, i = 0; f < a->drawn; f++) {
        double x, y;
        bool taken = i < s->count && s->who[i] == f; /* points stand in the atlas's order */
        double weight = taken ? s->weight[i++] : 0;
        if ((!taken && s->query.by != HEAT_COUNT) ||
            !crs_from_lonlat(crs, &x, &y, a->lon[f], a->lat[f]))
            continue;
        out[n++] = (struct member){.column = (int32_t)floor(x / HEAT_PUBLIC_CELL),
                                   .row = (int32_t)floor(y / HEAT_PUBLIC_CELL),
                                   .company = a->company[f],
                                   .taken = taken,
                                   .weight = weight};
    }
    qsort(out, n, sizeof *out, by_cell);
    return n;
}

const char *heat_public_refusal(const struct heat_query *q)
{
    if (q->by != HEAT_COUNT && q->by != HEAT_QUANTITY)
        return "tier=public has by=count and, of one substance, by=quantity only: other weights "
               "would tell what single operators hold";
    if (q->substance_count > 1)
        return "tier=public takes one substance (cas)";
    if (q->by == HEAT_QUANTITY && q->substance_count != 1)
        return "tier=public has by=quantity of one substance (cas) only: from a total over "
               "substances those of the other operators could be subtracted";
    if (q->county >= 0 || q->industry >= 0 || q->behaviours || q->from || q->to)
        return "tier=public has no other filter than cas: differences between maps would tell what "
               "each hides";
    return NULL;
}

void heat_public_reduce(struct heat_source *s)
{
    struct error err;
    struct crs *crs = heat_public_refusal(&s->query) ? NULL : crs_open("EPSG:3826", &err);
    struct member *m = mem_zero(s->atlas->drawn, sizeof *m);
    struct cell *cells = mem_zero(s->count, sizeof *cells);
    uint32_t shown = 0, all = s->count, taken = 0;
    size_t n = crs ? find_members(m, s, crs) : 0; /* without PROJ nothing is shown */
    for (size_t i = 0, next; i < n; i = next) {
        uint32_t points = 0;
        for (next = i; next < n && m[next].row == m[i].row && m[next].column == m[i].column;)
            points += m[next++].taken;
        double weight = cell_weight(&m[i], next - i, s->query.by);
        struct cell *c = &cells[shown];
        if (!(weight > 0) ||
            !crs_to_lonlat(crs, &c->lon, &c->lat, (m[i].column + 0.5) * HEAT_PUBLIC_CELL,
                           (m[i].row + 0.5) * HEAT_PUBLIC_CELL))
            continue;
        c->weight = weight;
        c->key = morton_key(tile_world_x(c->lon), tile_world_y(c->lat));
        shown++;
        taken += points;
    }
    set_points(s, cells, shown);
    s->kind = HEAT_WHO_CELL;
    s->hidden = all - taken;
    free(cells);
    free(m);
    crs_close(crs);
}
