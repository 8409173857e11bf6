/* The lattice of heat in whole numbers: the same bits whatever window, order, zoom or history, and
 * close to independent sums in double. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/heat_classes.h"
#include "analysis/heat_sums.h"

enum { SIDE = HEAT_SUMS_SIDE };

static struct heat_source *source_of(const struct atlas *a, enum heat_shape shape, double radius)
{
    struct heat_query q;
    heat_query_begin(&q);
    q.by = HEAT_QUANTITY;
    q.shape = shape;
    q.radius = radius;
    return heat_source_new(a, NULL, &q);
}

static struct heat_spots gather(const struct heat_source *s, const struct heat_window *w)
{
    struct heat_spots spots = {.spot = NULL};
    double unit = (double)((uint64_t)1 << (HEAT_WORLD_ZOOM - s->zoom));
    heat_spots_gather(&spots, s, HEAT_OF_WEIGHTS, w->column0 * unit, w->row0 * unit,
                      (w->column0 + w->width) * unit, (w->row0 + w->height) * unit);
    return spots;
}

static void fill(struct heat_window *w, const struct heat_source *s)
{
    struct heat_spots spots = gather(s, w);
    w->sum = mem_alloc((size_t)w->width * (size_t)w->height * sizeof *w->sum);
    heat_lattice_sum(w, s->query.shape, spots.spot, spots.count);
    free(spots.spot);
}

/* A window of width x height around a place. */
static struct heat_window window_at(const struct heat_source *s, double lon, double lat, int width,
                                    int height)
{
    int bits = HEAT_WORLD_ZOOM - s->zoom;
    return (struct heat_window){.column0 = (int32_t)(tile_world_x(lon) >> bits) - width / 2,
                                .row0 = (int32_t)(tile_world_y(lat) >> bits) - height / 2,
                                .width = width,
                                .height = height};
}

static const double radii[] = {100, 500, 1234.5, 2500, 20000};
enum { RADII = sizeof radii / sizeof *radii };

/* Sum in long double of the definition: distances from heat_spot_distance2 (test_heat.c checks
 * those against geodesics), no rounding, no polynomials. */
static void pixels_are_exact(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(3000, 17);
    for (int shape = 0; shape < HEAT_SHAPES; shape++)
        for (int r = 0; r < RADII; r++) {
            struct heat_source *s = source_of(a, (enum heat_shape)shape, radii[r]);
            uint32_t busy = s->count / 2;
            struct heat_window w = window_at(s, s->lon[busy], s->lat[busy], 200, 90);
            fill(&w, s);
            struct heat_spots spots = gather(s, &w);
            long double worst = 0, most = 0;
            for (int k = 0; k < w.width * w.height; k += 7) {
                long double want = 0;
                for (uint32_t i = 0; i < spots.count; i++) {
                    const struct heat_spot *p = &spots.spot[i];
                    double dx = (double)(w.column0 + k % w.width - p->column) + 0.5 - p->fx;
                    double dy = (double)(w.row0 + k / w.width - p->row) + 0.5 - p->fy;
                    double u2 = heat_spot_distance2(p, dx, dy);
                    /* On the circle itself rounding decides; the uniform kernel jumps there. */
                    if (shape == HEAT_UNIFORM && fabs(u2 - 1) < 1e-12)
                        continue;
                    want += (long double)p->weight * (long double)heat_kernel(s->query.shape, u2);
                }
                most = fmaxl(most, want);
                worst = fmaxl(worst, fabsl((long double)w.sum[k] - want));
            }
            assert_true(most > 0);
            assert_true(worst < 1e-9L * most);
            free(spots.spot);
            free(w.sum);
            heat_source_free(s);
        }
    atlas_free(a);
}

/* 200 pairs of windows that overlap: bit for bit the same where they do. */
static void windows_have_no_seam(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(8000, 11);
    uint64_t seed = 5;
    for (int k = 0; k < 200; k++) {
        struct heat_source *s =
            source_of(a, (enum heat_shape)(k % HEAT_SHAPES), radii[1 + k % (RADII - 1)]);
        double lon = 120.3 + 0.2 * maker_random(&seed), lat = 22.55 + 0.2 * maker_random(&seed);
        struct heat_window one = window_at(s, lon, lat, 128, 64), two = one;
        int right = (int)(100 * maker_random(&seed)), down = (int)(50 * maker_random(&seed));
        two.column0 += right;
        two.row0 += down;
        two.width = 37 + k; /* other bands, other columns to count from */
        fill(&one, s);
        fill(&two, s);
        for (int j = down; j < one.height; j++)
            for (int i = right; i < one.width && i - right < two.width; i++)
                assert_true(one.sum[j * one.width + i] ==
                            two.sum[(j - down) * two.width + i - right]);
        free(one.sum);
        free(two.sum);
        heat_source_free(s);
    }
    atlas_free(a);
}

static void order_does_not_matter(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(4000, 13);
    uint64_t seed = 1;
    for (int shape = 0; shape < HEAT_SHAPES; shape++) {
        struct heat_source *s = source_of(a, (enum heat_shape)shape, 2500);
        struct heat_window w = window_at(s, 120.4, 22.65, 256, 256), other = w;
        fill(&w, s);
        struct heat_spots spots = gather(s, &w);
        for (uint32_t i = spots.count; i > 1; i--) {
            uint32_t k = (uint32_t)(i * maker_random(&seed));
            struct heat_spot swap = spots.spot[i - 1];
            spots.spot[i - 1] = spots.spot[k];
            spots.spot[k] = swap;
        }
        other.sum = mem_alloc(sizeof(int64_t) * 256 * 256);
        heat_lattice_sum(&other, s->query.shape, spots.spot, spots.count);
        assert_memory_equal(w.sum, other.sum, sizeof(int64_t) * 256 * 256);
        /* A facility that came and went: with its weight and with the same taken away. */
        struct heat_spot guest[2] = {spots.spot[0], spots.spot[0]};
        guest[0].fx = 0.123;
        guest[0].weight *= 3;
        guest[1] = guest[0];
        guest[1].weight = -guest[0].weight;
        struct heat_spots more = {.spot = mem_zero(spots.count + 2, sizeof *more.spot)};
        memcpy(more.spot, guest, sizeof *guest);
        memcpy(more.spot + 1, spots.spot, spots.count * sizeof *guest);
        memcpy(more.spot + 1 + spots.count, guest + 1, sizeof *guest);
        heat_lattice_sum(&other, s->query.shape, more.spot, spots.count + 1);
        assert_memory_not_equal(w.sum, other.sum, sizeof(int64_t) * 256 * 256);
        heat_lattice_sum(&other, s->query.shape, more.spot, spots.count + 2);
        assert_memory_equal(w.sum, other.sum, sizeof(int64_t) * 256 * 256);
        free(more.spot);
        free(spots.spot);
        free(w.sum);
        free(other.sum);
        heat_source_free(s);
    }
    atlas_free(a);
}

/* A tile's whole number is the sum of those of its four children, down to single pixels. */
static void parents_are_sums_of_children(void **state)
{
    (void)state;
    static heat_wide parent[HEAT_SUMS], child[HEAT_SUMS];
    struct atlas *a = maker_atlas(2000, 23);
    for (int shape = 0; shape < HEAT_SHAPES; shape++)
        for (int r = 0; r < RADII; r++) {
            struct heat_source *s = source_of(a, (enum heat_shape)shape, radii[r]);
            uint32_t busy = s->count / 2, x, y;
            morton_xy(&x, &y, s->key[busy]);
            for (uint32_t z = 0; (int)z < s->zoom; z++) {
                struct tile t = {z, z ? x >> (32 - z) : 0, z ? y >> (32 - z) : 0};
                assert_true(heat_sums(parent, s, HEAT_OF_WEIGHTS, t));
                bool positive = false;
                for (int k = 0; k < 4; k++) {
                    struct tile c = {z + 1, t.x * 2 + (k & 1), t.y * 2 + (uint32_t)k / 2};
                    if (!heat_sums(child, s, HEAT_OF_WEIGHTS, c))
                        memset(child, 0, sizeof child);
                    for (int j = 0; j < SIDE / 2; j++)
                        for (int i = 0; i < SIDE / 2; i++) {
                            const heat_wide *c4 = &child[2 * j * SIDE + 2 * i];
                            heat_wide sum = c4[0] + c4[1] + c4[SIDE] + c4[SIDE + 1];
                            int at = (j + k / 2 * SIDE / 2) * SIDE + i + k % 2 * SIDE / 2;
                            assert_true(parent[at] == sum);
                            positive = positive || sum > 0;
                        }
                }
                assert_true(positive);
            }
            heat_source_free(s);
        }
    atlas_free(a);
}

/* Points twice in a place, on the edges of pixels and tiles, and one at each end of the country:
 * the kernel's edge lies at the radius on the ground, to 0.1 %. */
static void points_anywhere(void **state)
{
    (void)state;
    static const double ends[][2] = {{120.5, 26.37},  {119.92, 26.15}, {118.32, 24.43},
                                     {119.57, 23.57}, {120.86, 21.90}, {121.74, 25.13},
                                     {121.55, 22.03}, {116.72, 20.70}};
    for (size_t n = 0; n < sizeof ends / sizeof *ends; n++)
        for (int twice = 1; twice <= 2; twice++) {
            struct atlas *a = maker_atlas(2, 1);
            a->count = a->drawn = (uint32_t)twice;
            for (int i = 0; i < twice; i++) {
                uint32_t x = tile_world_x(ends[n][0]), y = tile_world_y(ends[n][1]);
                if (n % 2) /* a corner of tiles */
                    x &= ~(uint32_t)0xFFFFF, y &= ~(uint32_t)0xFFFFF;
                a->key[i] = morton_key(x, y);
                a->lon[i] = tile_lon(x + 0.5);
                a->lat[i] = tile_lat(y + 0.5);
                a->quantity_kg[i] = 1;
            }
            struct heat_source *s = source_of(a, HEAT_EPANECHNIKOV, 2500);
            struct heat_window w = window_at(s, a->lon[0], a->lat[0], 120, 120);
            fill(&w, s);
            /* Half axes from the area above 0 and from the sums: integral = weight. */
            double east, north, sum = 0;
            int64_t columns = 0, rows = 0;
            tile_ground_scale(&east, &north, a->lat[0]);
            double pixel = 2 * M_PI * TILE_EARTH_RADIUS / (double)(1 << s->zoom) / 256;
            for (int k = 0; k < 120 * 120; k++) {
                sum += (double)w.sum[k];
                columns += k / 120 == 60 && w.sum[k] > 0;
                rows += k % 120 == 60 && w.sum[k] > 0;
            }
            sum *= heat_sums_unit(s, HEAT_OF_WEIGHTS, 0) * pixel * east * pixel * north / 1e6;
            assert_double_equal(sum, twice, 1e-3 * twice);
            assert_double_equal((double)columns * pixel * east, 5000, 2.1 * pixel);
            assert_double_equal((double)rows * pixel * north, 5000, 2.1 * pixel);
            free(w.sum);
            heat_source_free(s);
            atlas_free(a);
        }
}

/* Scale: any total weight ends in [2^61, 2^62), so that a million points cannot overflow. */
static void weights_of_any_size(void **state)
{
    (void)state;
    static const double sizes[] = {1e-30, 3e-9, 1, 12345.678, 1e15, 1e60};
    struct atlas *a = maker_atlas(500, 29);
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        for (uint32_t i = 0; i < a->drawn; i++)
            a->quantity_kg[i] = sizes[n];
        struct heat_source *s = source_of(a, HEAT_QUARTIC, 2500);
        double total = ldexp(s->total, s->scale[0]);
        assert_true(total >= ldexp(1, 61) && total < ldexp(1, 62));
        struct heat_window w = window_at(s, 120.4, 22.65, 64, 64);
        fill(&w, s);
        double value = (double)w.sum[32 * 64 + 32] * heat_sums_unit(s, HEAT_OF_WEIGHTS, 0);
        assert_true(value / sizes[n] > 0.1 && value / sizes[n] < 100);
        free(w.sum);
        heat_source_free(s);
    }
    atlas_free(a);
}

/* Limits of classes are quantiles of what the map shows, whatever the stride they are found with.
 */
static void classes_are_quantiles(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(4000, 31);
    struct heat_query q;
    heat_query_begin(&q);
    struct heat_source *s = heat_source_new(a, NULL, &q);
    struct heat_classes c;
    heat_classes_find(&c, s);
    assert_int_equal(c.count, HEAT_CLASSES_MAX);
    struct tile_box box;
    assert_true(heat_reached_tiles(&box, s, (uint32_t)s->zoom));
    uint64_t below[HEAT_CLASSES_MAX] = {0}, all = 0;
    static heat_wide sums[HEAT_SUMS];
    for (uint32_t y = box.y0; y <= box.y1; y++)
        for (uint32_t x = box.x0; x <= box.x1; x++) {
            if (!heat_sums(sums, s, HEAT_OF_WEIGHTS, (struct tile){(uint32_t)s->zoom, x, y}))
                continue;
            for (int i = 0; i < HEAT_SUMS; i += 3) {
                double v = (double)sums[i] * heat_sums_unit(s, HEAT_OF_WEIGHTS, 0);
                all += v > 0;
                for (int k = 1; v > 0 && k < c.count; k++)
                    below[k] += v < c.min[k];
            }
        }
    static const double want[] = {0, 0.20, 0.40, 0.60, 0.75, 0.87, 0.95, 0.98, 0.995};
    for (int k = 1; k < c.count; k++) /* limits have two digits */
        assert_double_equal((double)below[k] / (double)all, want[k], 0.03);
    heat_source_free(s);
    atlas_free(a);

    struct error err;
    assert_true(heat_classes_parse(&c, "0.5,1,2e3", &err));
    assert_int_equal(c.count, 3);
    assert_int_equal(heat_classes_of(&c, 0.4), -1);
    assert_int_equal(heat_classes_of(&c, 0.5), 0);
    assert_int_equal(heat_classes_of(&c, 1e9), 2);
    assert_int_equal(heat_classes_of(&c, (double)NAN), -1);
    static const char *const wrong[] = {
        "", "1", "2,1", "1,1", "1,,2", "1,x", "-1,2", ",", "1,2,", "nan,1", "1,2,3,4,5,6,7,8,9,10"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(heat_classes_parse(&c, wrong[i], &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pixels_are_exact),      cmocka_unit_test(windows_have_no_seam),
        cmocka_unit_test(order_does_not_matter), cmocka_unit_test(parents_are_sums_of_children),
        cmocka_unit_test(points_anywhere),       cmocka_unit_test(weights_of_any_size),
        cmocka_unit_test(classes_are_quantiles),
    };
    return unit_run("heat lattice", tests);
}
