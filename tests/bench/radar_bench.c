/* radar_bench.c - what new weights cost, in memory alone: an atlas of 53 thousand facilities with
 * 140 thousand stocks and one of a million with 2.6 million; and what a tile of it costs. Best of
 * nine. */
#include <stdio.h>
#include <time.h>

#include "analysis/radar_columns.h"
#include "analysis/radar_options.h"
#include "analysis/radar_rank.h"
#include "tests/unit/atlas_maker.h"
#include "tiles/layer.h"

enum { TIMES = 9, SUBSTANCES = 4000, TILES_OF = 400 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What it costs where nobody else is in the way. */
static double best(const double *v)
{
    double least = v[0];
    for (int i = 1; i < TIMES; i++)
        least = fmin(least, v[i]);
    return least;
}

static void tiles(const struct snapshot *s, const struct radar *r)
{
    double ms[TIMES];
    struct buf out = {.data = NULL};
    struct error err;
    size_t bytes = 0;
    uint32_t count = 0;
    for (int t = 0; t < TIMES; t++) {
        double start = now_ms();
        bytes = count = 0;
        for (uint32_t z = 7; z <= 14; z++)
            for (uint32_t k = 0; k < s->atlas->drawn; k += s->atlas->drawn / TILES_OF) {
                uint32_t x, y;
                morton_xy(&x, &y, s->atlas->key[k]);
                struct layer_query q = {.filter = radar_filter_none,
                                        .radar = r,
                                        .tile = {z, x >> (32 - z), y >> (32 - z)}};
                buf_clear(&out);
                layer_facilities.render(&out, s, &q, NULL, &err);
                bytes += out.len;
                count++;
            }
        ms[t] = now_ms() - start;
    }
    printf("  facility tile, z 7-14    %.1f us, %zu bytes (mean of %u)\n", best(ms) * 1e3 / count,
           bytes / count, count);
    buf_free(&out);
}

static void measure(uint32_t facilities, uint32_t stocks, double wanted_ms)
{
    double ms[TIMES], start = now_ms();
    struct atlas *a = maker_atlas(facilities, 7);
    maker_holdings(a, SUBSTANCES, stocks, 11);
    printf("%u facilities, %u stocks (made in %.0f ms)\n", facilities, stocks, now_ms() - start);
    start = now_ms();
    struct snapshot *s = snapshot_new(a);
    printf("  columns, once an atlas   %.1f ms\n", now_ms() - start);
    for (int t = 0; t < TIMES; t++) {
        struct radar_options o = radar_default_options;
        struct error err;
        char weights[32];
        snprintf(weights, sizeof weights, "%d,30,15,%d", 40 - t, 15 + t);
        radar_options_set(&o, RADAR_FACILITIES, "weights", weights, &err);
        radar_options_set(&o, RADAR_FACILITIES, "substance_weights", weights, &err);
        start = now_ms();
        radar_free(radar_build_on(s->radar->columns, &o));
        ms[t] = now_ms() - start;
    }
    printf("  new weights              %.2f ms    (wanted: %.0f ms)\n", best(ms), wanted_ms);
    for (int t = 0; t < TIMES; t++) {
        uint32_t n;
        start = now_ms();
        free(radar_ranking(&n, s->radar, RADAR_FACILITIES, RADAR_BY_AREA, NULL));
        ms[t] = now_ms() - start;
    }
    printf("  all in order             %.2f ms\n", best(ms));
    start = now_ms();
    free(radar_rank_intervals(s->radar, RADAR_FACILITIES));
    printf("  rank intervals           %.2f ms\n", now_ms() - start);
    struct radar_sensitivity moved;
    start = now_ms();
    radar_sensitivity(&moved, s->radar, RADAR_FACILITIES, 100, 5);
    printf("  sensitivity, 8 variants  %.2f ms (%u of %u stay under all)\n", now_ms() - start,
           moved.stay_all, moved.top);
    radar_sensitivity_free(&moved);
    tiles(s, s->radar);
    snapshot_release(s);
}

int main(void)
{
    measure(53000, 140000, 20);
    measure(1000000, 2600000, 400);
    return 0;
}
