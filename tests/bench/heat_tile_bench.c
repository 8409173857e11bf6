/* heat_tile_bench.c - what a heat tile costs that nobody asked for before, in memory alone: points
 * from the standard input ("lon lat" lines), or 75,000 made ones; tiles that hold points, of every
 * zoom, each once. Prints medians and where the time goes. */
#include <stdio.h>
#include <time.h>

#include "analysis/heat.h"
#include "analysis/heat_sums.h"
#include "tests/unit/atlas_maker.h"
#include "tiles/layer_heat.h"

enum { MADE = 75000, MOST = 2000000, TILES = 120 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static struct atlas *read_atlas(void)
{
    struct maker_point *p = mem_zero(MOST, sizeof *p);
    uint32_t n = 0;
    char line[128];
    while (n < MOST && fgets(line, sizeof line, stdin)) {
        char *end;
        p[n].lon = strtod(line, &end);
        p[n].lat = strtod(end, NULL);
        if (p[n].lon < 117 || p[n].lon > 123 || p[n].lat < 21 || p[n].lat > 27)
            continue;
        p[n].key = morton_key(tile_world_x(p[n].lon), tile_world_y(p[n].lat));
        n++;
    }
    struct atlas *a = maker_atlas(n ? n : MADE, 5);
    qsort(p, n, sizeof *p, maker_order);
    for (uint32_t i = 0; i < n; i++) {
        a->key[i] = p[i].key;
        a->lon[i] = p[i].lon;
        a->lat[i] = p[i].lat;
    }
    free(p);
    return a;
}

struct asked {
    double ms[8 * TILES];
    int count;
};

static void print_times(const char *what, struct asked *t)
{
    qsort(t->ms, (size_t)t->count, sizeof *t->ms, by_value);
    printf("%s median %.2f, 90 %% %.2f, most %.2f ms (%d tiles)\n", what, t->ms[t->count / 2],
           t->ms[t->count * 9 / 10], t->ms[t->count - 1], t->count);
}

static void zoom(const struct heat_source *s, const struct heat_classes *c, uint32_t z,
                 struct asked *all)
{
    struct asked one = {.count = 0};
    struct buf out = {.data = NULL};
    struct error err;
    uint64_t last = UINT64_MAX;
    uint32_t step = s->count / 20000 + 1, distinct = 0, taken = 0;
    for (int pass = 0; pass < 2; pass++, last = UINT64_MAX)
        for (uint32_t i = 0; i < s->count; i += step) {
            uint64_t tile = s->key[i] >> (64 - 2 * z);
            if (tile == last)
                continue;
            last = tile;
            if (!pass) {
                distinct++;
                continue;
            }
            if (taken++ % (distinct / TILES + 1) || one.count == TILES)
                continue;
            uint32_t x, y;
            morton_xy(&x, &y, s->key[i]);
            buf_clear(&out);
            double start = now_ms();
            layer_heat_picture(&out, s, c, false, (struct tile){z, x >> (32 - z), y >> (32 - z)},
                               &err);
            one.ms[one.count++] = all->ms[all->count++] = now_ms() - start;
        }
    char what[32];
    snprintf(what, sizeof what, "  z %-2u", z);
    print_times(what, &one);
    buf_free(&out);
}

static void parts(const struct heat_source *s)
{
    static float value[HEAT_TILE * HEAT_TILE];
    double start, gather = 0, sum = 0, tile = 0;
    for (uint32_t i = 0; i < s->count; i += s->count / 40) {
        uint32_t x, y, bits = 32 - (uint32_t)s->zoom;
        morton_xy(&x, &y, s->key[i]);
        struct tile t = {(uint32_t)s->zoom, x >> bits, y >> bits};
        double side = (double)((uint64_t)1 << bits);
        struct heat_spots spots = {.spot = NULL};
        start = now_ms();
        heat_spots_gather(&spots, s, HEAT_OF_WEIGHTS, t.x * side, t.y * side, (t.x + 1) * side,
                          (t.y + 1) * side);
        gather += now_ms() - start;
        struct heat_window w = {.column0 = (int32_t)t.x * 256,
                                .row0 = (int32_t)t.y * 256,
                                .width = 256,
                                .height = 256,
                                .sum = mem_alloc(8 << 16)};
        start = now_ms();
        heat_lattice_sum(&w, s->query.shape, spots.spot, spots.count);
        sum += now_ms() - start;
        start = now_ms();
        heat_tile(value, s, t);
        tile += now_ms() - start;
        free(w.sum);
        free(spots.spot);
    }
    printf("  a tile of zoom %d (mean of 40 at facilities): points gathered %.2f, lattice %.2f, "
           "all of "
           "it %.2f ms\n",
           s->zoom, gather / 40, sum / 40, tile / 40);
}

int main(void)
{
    struct snapshot *snapshot = snapshot_new(read_atlas());
    struct heat_query q;
    struct heat_classes c;
    struct asked all = {.count = 0};
    heat_query_begin(&q);
    double start = now_ms();
    const struct heat_source *s = heat_source_take(snapshot, &q);
    double made = now_ms();
    heat_classes_take(&c, snapshot, &q);
    double classes = now_ms();
    printf("heat of %u points: source %.1f, classes %.1f ms, once a query and atlas\n", s->count,
           made - start, classes - made);
    for (uint32_t z = 7; z <= 14; z++)
        zoom(s, &c, z, &all);
    print_times("cold heat tile, z 7-14:", &all);
    parts(s);
    heat_source_put(snapshot, s);
    snapshot_release(snapshot);
    return 0;
}
