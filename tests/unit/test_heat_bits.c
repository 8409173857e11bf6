/* Grids of heat to the last bit: threads, extents, order of points, points taken away. */
#include "tests/unit/heat_maker.h"

static void threads_change_no_bit(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 260000, 2690000};
    struct heat_points p = make_points(5000, box, 3, true);
    struct heat_grid one = {.radius = 2500,
                            .west = 199000,
                            .north = 2691000,
                            .pixel_x = 250,
                            .pixel_y = 250,
                            .width = 250,
                            .height = 370,
                            .threads = 1};
    fill(&one, &p);
    for (int threads = 2; threads < 9; threads += 3) {
        struct heat_grid many = one;
        many.threads = threads;
        fill(&many, &p);
        assert_memory_equal(one.cells, many.cells, sizeof(float) * 250 * 370);
        assert_memory_equal(&one.integral, &many.integral, sizeof one.integral);
        free(many.cells);
    }
    free(one.cells);
    free_points(&p);
}

static void same_part(const struct heat_grid *all, const struct heat_grid *part, int x, int y)
{
    for (int r = 0; r < part->height; r++)
        assert_memory_equal((double *)all->cells + (size_t)(r + y) * (size_t)all->width + x,
                            (double *)part->cells + (size_t)r * (size_t)part->width,
                            (size_t)part->width * sizeof(double));
}

/* Any part of the lattice, the points in any order, on and off multiples of the pixel, in metres
 * and in degrees: the same bits. */
static void extent_and_order_change_no_bit(void **state)
{
    (void)state;
    double metres[4] = {197000, 2597000, 232000, 2627000}, degrees[4] = {120, 23, 120.4, 23.3};
    for (int d = 0; d < 2; d++)
        for (int loose = 0; loose < 2; loose++) {
            struct heat_points p = make_points(3000, d ? degrees : metres, 11, true);
            double size = d ? 100 / 102000.0 : 100, shift = loose ? 0.3371 : 0;
            double west = (floor((d ? 120 : 197000) / size) + shift) * size;
            double north = (floor((d ? 23.3 : 2627000) / size) + shift) * size;
            struct heat_grid all = {.radius = 2500,
                                    .degrees = d,
                                    .west = west,
                                    .north = north,
                                    .pixel_x = size,
                                    .pixel_y = size,
                                    .width = 350,
                                    .height = 300,
                                    .wide = true};
            fill(&all, &p);
            for (size_t i = 0; i < p.count / 2; i++) { /* the other way round */
                size_t k = p.count - 1 - i;
                double x = p.x[i], y = p.y[i], w = p.weight[i];
                p.x[i] = p.x[k], p.y[i] = p.y[k], p.weight[i] = p.weight[k];
                p.x[k] = x, p.y[k] = y, p.weight[k] = w;
            }
            for (int n = 0; n < 4; n++) {
                struct heat_grid part = all;
                int x = 7 + 61 * n, y = 3 + 53 * n;
                part.west = west + x * size;
                part.north = north - y * size;
                part.width = 101;
                part.height = 97;
                fill(&part, &p);
                same_part(&all, &part, x, y);
                free(part.cells);
            }
            free(all.cells);
            free_points(&p);
        }
}

/* Points that are added and taken away again, at places of their own and at those of others. */
static void taking_away_leaves_no_bit(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 220000, 2620000};
    struct heat_points p = make_points(500, box, 4, true), more = {.count = 700};
    struct heat_grid g = {.radius = 3000,
                          .west = 199000,
                          .north = 2621000,
                          .pixel_x = 250,
                          .pixel_y = 250,
                          .width = 88,
                          .height = 88,
                          .wide = true};
    uint64_t seed = 99;
    more.x = mem_zero(700, sizeof(double));
    more.y = mem_zero(700, sizeof(double));
    more.weight = mem_zero(700, sizeof(double));
    for (size_t i = 0; i < 700; i++) {
        size_t k = i < 500 ? i : (i - 500) % 100; /* then 100 that come and go */
        bool own = i >= 500 && k % 2;
        more.x[i] = own ? 200000 + 37.5 * (double)k : p.x[k];
        more.y[i] = own ? 2600000 + 111.25 * (double)k : p.y[k];
        more.weight[i] = i < 500 ? p.weight[i] : 1e9 * (double)(k + 1) / 7;
        if (i >= 600)
            more.weight[i] = -more.weight[i];
    }
    for (size_t i = 699; i > 0; i--) { /* among the others */
        size_t k = (size_t)(random_unit(&seed) * (double)(i + 1));
        double x = more.x[i], y = more.y[i], w = more.weight[i];
        more.x[i] = more.x[k], more.y[i] = more.y[k], more.weight[i] = more.weight[k];
        more.x[k] = x, more.y[k] = y, more.weight[k] = w;
    }
    fill(&g, &p);
    struct heat_grid again = g;
    fill(&again, &more);
    assert_memory_equal(g.cells, again.cells, sizeof(double) * 88 * 88);
    assert_true(g.most > 0);
    free(g.cells);
    free(again.cells);
    free_points(&p);
    free_points(&more);
}

/* So many that threads take several parts and give both the points and their marks back on the
 * way: the sums stay right to the last row, and points that are given leave the same bits. */
static void giving_back_changes_no_bit(void **state)
{
    (void)state;
    double box[4] = {200000, 2600000, 215000, 2690000};
    struct heat_points p = make_points(300000, box, 8, true);
    struct heat_grid g = {.radius = 1200,
                          .west = 198000,
                          .north = 2692000,
                          .pixel_x = 500,
                          .pixel_y = 100,
                          .width = 38,
                          .height = 940,
                          .threads = 3,
                          .wide = true};
    fill(&g, &p);
    compare(&g, &p, 997, 1e-12);
    struct heat_grid again = g;
    p.given = true;
    again.threads = 1;
    fill(&again, &p);
    assert_memory_equal(g.cells, again.cells, sizeof(double) * 38 * 940);
    free(g.cells);
    free(again.cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(extent_and_order_change_no_bit),
        cmocka_unit_test(taking_away_leaves_no_bit),
        cmocka_unit_test(giving_back_changes_no_bit),
    };
    return unit_run("heat to the bit", tests);
}
