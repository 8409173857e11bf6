/* The report's own tables: all 25 substance rows of figure 4-119 to 3 decimals and all 22 facility
 * rows of figure 4-121 within their rounding, with the published angle; the formula as written
 * (sin 90 degrees = 1) gives none of them. */
#include "tests/unit/unit.h"

#include <math.h>

#include "analysis/radar_options.h"

static const uint8_t order[] = {0, 1, 2, 3};

struct substance_row {
    const char *cas;
    double axis[RADAR_AXES], printed;
};
struct facility_row {
    double mean, h, i, j, printed;
};

/* Weighted axes A B C D and the printed area. */
static const struct substance_row substances[] = {
#include "tests/unit/radar_substances.inc"
};
/* Displayed mean area (2 decimals), raw H I J, printed area. */
static const struct facility_row facilities[] = {
#include "tests/unit/radar_facilities.inc"
};

static void substances_as_published(void **state)
{
    (void)state;
    size_t n = sizeof substances / sizeof *substances;
    assert_int_equal(n, 25);
    for (size_t i = 0; i < n; i++) {
        double area = radar_area(substances[i].axis, order, RADAR_PUBLISHED);
        assert_double_equal(area, substances[i].printed, 0.0005);
        double written = radar_area(substances[i].axis, order, RADAR_DEGREES);
        assert_double_equal(written * sin(90), area, 1e-12);
        assert_true(fabs(written - substances[i].printed) > 0.0005);
    }
}

static void facilities_as_published(void **state)
{
    (void)state;
    size_t n = sizeof facilities / sizeof *facilities;
    assert_int_equal(n, 22);
    for (size_t i = 0; i < n; i++) {
        const struct facility_row *f = &facilities[i];
        const double *w = radar_default_options.facility.w;
        double low[] = {(f->mean - 0.005) * w[0], f->h * w[1], f->i * w[2], f->j * w[3]};
        double high[] = {(f->mean + 0.005) * w[0], f->h * w[1], f->i * w[2], f->j * w[3]};
        assert_true(radar_area(low, order, RADAR_PUBLISHED) <= f->printed + 0.005);
        assert_true(radar_area(high, order, RADAR_PUBLISHED) >= f->printed - 0.005);
    }
}

static void weights_are_parsed_strictly(void **state)
{
    (void)state;
    struct radar_weights w;
    struct error err;
    assert_true(radar_parse_weights(&w, "40,30,15,15", &err));
    assert_double_equal(w.w[0], 0.4, 1e-12);
    assert_true(radar_parse_weights(&w, "1,1,1,1", &err));
    assert_double_equal(w.w[3], 0.25, 1e-12);
    const char *bad[] = {"",         "1",       "1,2,3",       "1,2,3,4,5",
                         "1,2,3,",   "a,b,c,d", "nan,1,1,1",   "inf,1,1,1",
                         "-1,1,1,1", "0,0,0,0", "1e999,1,1,1", "1, 1,1,1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(radar_parse_weights(&w, bad[i], &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(substances_as_published),
        cmocka_unit_test(facilities_as_published),
        cmocka_unit_test(weights_are_parsed_strictly),
    };
    return unit_run("radar", tests);
}
