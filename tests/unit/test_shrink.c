/* Means of rasters at smaller sizes: what each pixel covers, the integral, pixels without value. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "tiles/shrink.h"

static void spans_share_out_every_pixel(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {2, 1}, {5, 3}, {799, 400}, {1997, 500}, {3803, 476}};
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) {
        int from = sizes[n][0], to = sizes[n][1];
        double *had = mem_zero((size_t)from, sizeof *had);
        for (int i = 0; i < to; i++) {
            struct shrink_span s;
            double sum = 0;
            shrink_span(&s, from, to, i);
            for (int k = 0; k < s.count; k++) {
                assert_in_range(s.first + k, 0, from - 1);
                had[s.first + k] += shrink_units(&s, k);
                sum += shrink_units(&s, k);
            }
            assert_true(sum == from);
        }
        for (int i = 0; i < from; i++)
            assert_true(had[i] == to);
        free(had);
    }
}

static void halves_of_odd_sizes(void **state)
{
    (void)state;
    struct shrink s;
    const float row[5] = {1, 2, 3, 4, 5}, next[5] = {11, 12, 13, 14, 15};
    float out[3];
    shrink_open(&s, 5, 3, false, NULL);
    shrink_add(&s, row, 2); /* covers 5/3 of a pixel: 1 and 2/3 of the second */
    shrink_put(out, &s);
    assert_true(fabs((double)out[0] - 1.4) < 1e-6);
    assert_true(fabs((double)out[1] - 3) < 1e-6);
    assert_true(fabs((double)out[2] - 4.6) < 1e-6);
    shrink_add(&s, row, 3);
    shrink_add(&s, next, 2);
    shrink_put(out, &s);
    assert_true(fabs((double)out[0] - 5.4) < 1e-6);
    shrink_close(&s);
}

static void pixels_without_value_have_no_part(void **state)
{
    (void)state;
    static const double marks[] = {-9999, -1e300, NAN};
    for (int n = 0; n < 6; n++) {
        struct shrink s;
        bool wide = n % 2;
        double mark = marks[n / 2], row[4] = {mark, mark, 7, mark};
        float narrow[4] = {(float)mark, (float)mark, 7, (float)mark}, out[2];
        double wide_out[2];
        shrink_open(&s, 4, 2, wide, &mark);
        shrink_add(&s, wide ? (void *)row : (void *)narrow, 1);
        shrink_put(wide ? (void *)wide_out : (void *)out, &s);
        shrink_close(&s);
        if (!wide) {
            assert_memory_equal(&out[0], &narrow[0], sizeof *out);
            wide_out[1] = (double)out[1];
        } else {
            assert_memory_equal(&wide_out[0], &mark, sizeof mark);
        }
        assert_true(wide_out[1] == 7);
    }
}

static void integral_is_kept(void **state)
{
    (void)state;
    enum { W = 37, H = 53 };
    double cells[H][W], all = 0;
    for (int i = 0; i < W * H; i++)
        all += cells[i / W][i % W] = i * 37 % 101;
    for (int factor = 2; factor < 64; factor *= 2) {
        int w = (W + factor - 1) / factor, h = (H + factor - 1) / factor;
        double out[W], sum = 0;
        struct shrink s;
        shrink_open(&s, W, w, true, NULL);
        for (int i = 0; i < h; i++) {
            struct shrink_span rows;
            shrink_span(&rows, H, h, i);
            for (int k = 0; k < rows.count; k++)
                shrink_add(&s, cells[rows.first + k], shrink_units(&rows, k));
            shrink_put(out, &s);
            for (int k = 0; k < w; k++)
                sum += out[k];
        }
        shrink_close(&s);
        assert_true(fabs(sum / (w * h) - all / (W * H)) < 1e-12 * all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_share_out_every_pixel),
        cmocka_unit_test(halves_of_odd_sizes),
        cmocka_unit_test(pixels_without_value_have_no_part),
        cmocka_unit_test(integral_is_kept),
    };
    return unit_run("shrink", tests);
}
