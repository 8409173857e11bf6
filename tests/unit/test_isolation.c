/* Distances, shapes and the sun: against the guidebook's printed rows and independent sums. */
#include "tests/unit/unit.h"

#include <math.h>
#include <time.h>

#include "analysis/isolation.h"
#include "analysis/sun.h"
#include "analysis/zone.h"
#include "gis/crs.h"

#define ROW(table_, un_, condition_, container_, spill_, time_, wind_, iso, down, more)            \
    {                                                                                              \
        .edition = "ERG 2024", .table = table_, .un = un_, .condition = condition_,                \
        .container = container_, .spill = spill_, .time = time_, .wind = wind_,                    \
        .isolation_m = iso, .downwind_m = down, .at_least = more, .note = ""                       \
    }
#define T1(un, condition, spill, time, iso, down, more)                                            \
    ROW('1', un, condition, "", SPILL_##spill, TIME_##time, WIND_UNKNOWN, iso, down, more)
#define T3(container, time, wind, iso, down, more)                                                 \
    ROW('3', "1017", "", container, SPILL_LARGE, TIME_##time, WIND_##wind, iso, down, more)

/* Emergency Response Guidebook 2024, Tables 1 and 3, as printed. */
static struct isolation_row rows[] = {
    T1("1836", "land", SMALL, DAY, 30, 100, false),
    T1("1836", "land", SMALL, NIGHT, 30, 200, false),
    T1("1836", "land", LARGE, DAY, 30, 300, false),
    T1("1836", "land", LARGE, NIGHT, 30, 500, false),
    T1("1836", "water", SMALL, DAY, 100, 900, false),
    T1("1836", "water", SMALL, NIGHT, 100, 2900, false),
    T1("1836", "water", LARGE, DAY, 600, 7600, false),
    T1("1836", "water", LARGE, NIGHT, 600, 11000, true),
    T1("1726", "water", LARGE, DAY, 30, 500, false),
    T1("1726", "water", LARGE, NIGHT, 30, 1500, false),
    T1("1017", "", SMALL, DAY, 60, 300, false),
    T1("1017", "", SMALL, NIGHT, 60, 1500, false),
    T3("Rail tank car", DAY, LOW, 1000, 9600, false),
    T3("Rail tank car", DAY, MODERATE, 1000, 6300, false),
    T3("Rail tank car", NIGHT, LOW, 1000, 11000, true),
    T3("Rail tank car", NIGHT, MODERATE, 1000, 8900, false),
    T3("Rail tank car", NIGHT, HIGH, 1000, 6500, false),
    T3("Multiple ton cylinders", DAY, LOW, 300, 1900, false),
    T3("Multiple ton cylinders", NIGHT, HIGH, 300, 1300, false),
};
static struct isolation_guide guides[] = {
    {.guide = "111",
     .edition = "ERG 2024",
     .title_zh = "",
     .title_en = "",
     .liquid_m = 100,
     .solid_m = 100,
     .fire_isolation_m = 800,
     .fire_evacuation_m = 800},
    {.guide = "124",
     .edition = "ERG 2024",
     .title_zh = "",
     .title_en = "",
     .liquid_m = 100,
     .solid_m = 100,
     .fire_isolation_m = 800,
     .fire_evacuation_m = 800},
    {.guide = "128",
     .edition = "ERG 2024",
     .title_zh = "",
     .title_en = "",
     .liquid_m = 50,
     .solid_m = 50,
     .large_downwind_m = 300,
     .fire_isolation_m = 800,
     .fire_evacuation_m = 800},
    {.guide = "137",
     .edition = "ERG 2024",
     .title_zh = "",
     .title_en = "",
     .liquid_m = 50,
     .solid_m = 25,
     .fire_isolation_m = 800,
     .fire_evacuation_m = 800},
};
static const struct isolation_tables tables = {
    .rows = rows,
    .row_count = sizeof rows / sizeof *rows,
    .guides = guides,
    .guide_count = sizeof guides / sizeof *guides,
};

static struct isolation choose(struct isolation_question q)
{
    struct isolation out;
    struct error err = {0};
    if (!isolation_choose(&out, &tables, &q, &err))
        fail_msg("%s", err.text);
    return out;
}

static struct isolation_question ask(const char *un, const char *guide, enum isolation_time time,
                                     int on_water)
{
    return (struct isolation_question){.spill = SPILL_LARGE,
                                       .time = time,
                                       .on_water = on_water,
                                       .wind_speed_ms = (double)NAN,
                                       .un = un,
                                       .guide = guide,
                                       .physical_state = "liquid"};
}

static void wants(struct isolation got, enum isolation_basis basis, int iso, int down, bool more)
{
    assert_string_equal(isolation_basis_names[got.basis], isolation_basis_names[basis]);
    assert_int_equal(got.isolation_m, iso);
    assert_int_equal(got.downwind_m, down);
    assert_int_equal(got.at_least, more);
}

static void land_and_water_differ(void **state)
{
    (void)state;
    wants(choose(ask("1836", "137", TIME_NIGHT, 0)), BASIS_TABLE1, 30, 500, false);
    wants(choose(ask("1836", "137", TIME_NIGHT, 1)), BASIS_TABLE1, 600, 11000, true);
    struct isolation unknown = choose(ask("1836", "137", TIME_NIGHT, -1));
    wants(unknown, BASIS_TABLE1, 600, 11000, true);
    assert_true(unknown.largest);
    struct isolation_question small = ask("1836", "137", TIME_DAY, 0);
    small.spill = SPILL_SMALL;
    wants(choose(small), BASIS_TABLE1, 30, 100, false);
    wants(choose(ask("1836", "137", TIME_UNKNOWN, 0)), BASIS_TABLE1, 30, 500, false);
}

static void water_rows_do_not_count_on_land(void **state)
{
    (void)state;
    struct isolation_question q = ask("1726", "137", TIME_DAY, 0);
    q.physical_state = "solid";
    struct isolation land = choose(q);
    wants(land, BASIS_GUIDE, 25, 0, false);
    assert_true(land.listed_otherwise);
    q.on_water = 1;
    wants(choose(q), BASIS_TABLE1, 30, 500, false);
    q.on_water = -1;
    q.physical_state = NULL;
    wants(choose(q), BASIS_TABLE1, 50, 500, false); /* the guide isolates farther than the table */
}

static void table3_for_large_spills_of_its_gases(void **state)
{
    (void)state;
    struct isolation_question q = ask("1017", "124", TIME_NIGHT, -1);
    wants(choose(q), BASIS_TABLE3, 1000, 11000, true); /* nothing known: the largest */
    q.wind_speed_ms = 4.0;                             /* 14.4 km/h */
    wants(choose(q), BASIS_TABLE3, 1000, 8900, false);
    q.wind_speed_ms = 6.0;
    q.container = "Multiple ton cylinders";
    wants(choose(q), BASIS_TABLE3, 300, 1300, false);
    q.container = "bucket";
    struct isolation out;
    struct error err = {0};
    assert_false(isolation_choose(&out, &tables, &q, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "Rail tank car"));
    q.spill = SPILL_SMALL; /* Table 1, where containers mean nothing */
    struct isolation small = choose(q);
    wants(small, BASIS_TABLE1, 60, 1500, false);
    assert_true(small.container_ignored);
}

static void guide_where_no_table(void **state)
{
    (void)state;
    struct isolation_question q = ask("1203", "128", TIME_DAY, -1);
    wants(choose(q), BASIS_GUIDE, 50, 300, false);
    q.spill = SPILL_SMALL;
    wants(choose(q), BASIS_GUIDE, 50, 0, false);
    q = ask(NULL, "137P", TIME_DAY, -1);
    q.physical_state = "solid";
    wants(choose(q), BASIS_GUIDE, 25, 0, false);
    wants(choose(ask(NULL, NULL, TIME_DAY, -1)), BASIS_DEFAULT, 100, 0, false);
    static const struct isolation_tables none = {.row_count = 0};
    struct isolation out;
    q = ask("1017", "124", TIME_DAY, -1);
    assert_true(isolation_choose(&out, &none, &q, NULL)); /* tables not loaded */
    wants(out, BASIS_DEFAULT, 100, 0, false);
}

static void wind_classes(void **state)
{
    (void)state;
    assert_int_equal(isolation_wind_class(9.99 / 3.6), WIND_LOW);
    assert_int_equal(isolation_wind_class(10.01 / 3.6), WIND_MODERATE);
    assert_int_equal(isolation_wind_class(19.99 / 3.6), WIND_MODERATE);
    assert_int_equal(isolation_wind_class(20.01 / 3.6), WIND_HIGH);
    assert_int_equal(isolation_wind_class((double)NAN), WIND_UNKNOWN);
}

/* Twice the signed area in square degrees: positive = counterclockwise. */
static double turn(const struct zone_ring *r)
{
    double sum = 0;
    for (int i = 0; i + 1 < r->count; i++)
        sum += r->lon[i] * r->lat[i + 1] - r->lon[i + 1] * r->lat[i];
    return sum;
}

static void circle_is_a_circle(void **state)
{
    (void)state;
    static const double places[][2] = {{120.3, 22.6}, {118.32, 24.44}, {119.95, 26.16}};
    for (size_t p = 0; p < 3; p++) {
        struct zone_ring ring;
        zone_circle(&ring, places[p][0], places[p][1], 11000);
        assert_true(ring.count >= 73);
        assert_true(ring.lon[0] == ring.lon[ring.count - 1]);
        assert_true(turn(&ring) > 0);
        for (int i = 0; i < ring.count; i++) {
            double d = 0;
            crs_inverse(&d, NULL, places[p][0], places[p][1], ring.lon[i], ring.lat[i]);
            assert_double_equal(d, 11000, 1e-3);
        }
    }
}

/* The square against the plane of EPSG:3826, whose scale and convergence are divided out. */
static void square_lies_downwind(void **state)
{
    (void)state;
    const double lon = 120.3, lat = 22.6, side = 8900;
    for (int to = 0; to < 360; to += 15) {
        struct zone_ring ring;
        zone_square(&ring, lon, lat, to, side);
        assert_int_equal(ring.count, 5);
        assert_true(turn(&ring) > 0);
        double edge[4], middle_lon = 0, middle_lat = 0, d = 0, azimuth = 0;
        for (int i = 0; i < 4; i++) {
            crs_inverse(&edge[i], NULL, ring.lon[i], ring.lat[i], ring.lon[i + 1], ring.lat[i + 1]);
            assert_double_equal(edge[i], side, 0.05);
        }
        crs_inverse(&d, &azimuth, ring.lon[3], ring.lat[3], ring.lon[4], ring.lat[4]);
        crs_direct(&middle_lon, &middle_lat, ring.lon[3], ring.lat[3], azimuth, d / 2);
        crs_inverse(&d, NULL, middle_lon, middle_lat, lon, lat);
        assert_double_equal(d, 0, 0.1); /* the spill is the middle of the upwind side */
        for (int i = 0; i < 4; i++) {   /* corners are inside, points 20 m beyond are not */
            crs_inverse(&d, &azimuth, lon, lat, ring.lon[i], ring.lat[i]);
            assert_true(zone_square_holds(d - 0.2, azimuth, to, side) || i == 0 || i == 3);
            assert_false(zone_square_holds(d + 20, azimuth, to, side));
        }
    }
    assert_true(zone_square_holds(100, 90, 90, 200));
    assert_false(zone_square_holds(100, 270, 90, 200)); /* upwind */
    assert_false(zone_square_holds(110, 0, 90, 200));   /* beside */
    assert_true(zone_square_holds(0, 0, 90, 200));
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month - 1,
                    .tm_mday = day,
                    .tm_hour = hour,
                    .tm_min = minute};
    return (int64_t)timegm(&tm);
}

/* Central Weather Administration, Taipei: 21 June sunrise 05:04, sunset 18:47; 22 December 06:34
 * and 17:09 (UTC+8); asked 4 minutes before and after. */
static void day_and_night(void **state)
{
    (void)state;
    static const int turns[][5] = {/* month, day, hour and minute of UTC, up after */
                                   {6, 20, 21, 4, 1},
                                   {6, 21, 10, 47, 0},
                                   {12, 21, 22, 34, 1},
                                   {12, 22, 9, 9, 0}};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        const int *t = turns[i];
        int64_t at = utc(2026, t[0], t[1], t[2], t[3]);
        assert_int_equal(sun_is_up(121.51, 25.04, at + 240), t[4]);
        assert_int_equal(sun_is_up(121.51, 25.04, at - 240), !t[4]);
    }
    assert_true(sun_is_up(120.3, 22.6, utc(2026, 11, 21, 4, 0)));   /* noon */
    assert_false(sun_is_up(120.3, 22.6, utc(2026, 11, 21, 16, 0))); /* midnight */
    /* 21 June, noon: the sun stands over the Tropic of Cancer. */
    assert_double_equal(sun_zenith(121.0, 23.44, utc(2026, 6, 21, 3, 58)), 0, 0.6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(land_and_water_differ),
        cmocka_unit_test(water_rows_do_not_count_on_land),
        cmocka_unit_test(table3_for_large_spills_of_its_gases),
        cmocka_unit_test(guide_where_no_table),
        cmocka_unit_test(wind_classes),
        cmocka_unit_test(circle_is_a_circle),
        cmocka_unit_test(square_lies_downwind),
        cmocka_unit_test(day_and_night),
    };
    return unit_run("isolation", tests);
}
