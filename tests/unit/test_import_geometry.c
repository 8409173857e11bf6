/* Geometries of any type: into EPSG:4326, or named for what is wrong with them. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "import/geometry.h"

/* WKB is built from words: b = byte, u = uint32, d = double, in either byte order. */
static struct buf built = {.max = 1 << 16};

static void put(const void *value, size_t size, bool little)
{
    const char *p = value; /* the machine's order is little-endian here */
    for (size_t i = 0; i < size; i++)
        buf_char(&built, p[little ? i : size - 1 - i]);
}

static void head(uint32_t type, bool little)
{
    buf_char(&built, little);
    put(&type, 4, little);
}

static void count(uint32_t n)
{
    put(&n, 4, true);
}

static void vertices(const double *xy, int n, bool little)
{
    for (int i = 0; i < n; i++)
        put(&xy[i], 8, little);
}
#define V(...)                                                                                     \
    vertices((const double[]){__VA_ARGS__}, (int)(sizeof((double[]){__VA_ARGS__}) / 8), true)

static struct geometry_facts facts;

static enum geometry_verdict judge(struct buf *out, const char *crs)
{
    struct place_reader place;
    assert_true(place_open(&place, crs, NULL));
    enum geometry_verdict verdict = geometry_to_lonlat(out, &facts, &place, built.data, built.len);
    /* No byte less than the whole is accepted, and none is read past the end. */
    for (size_t len = 0; verdict == GEOMETRY_ACCEPTED && len < built.len; len++) {
        struct buf part = {.max = 1 << 16};
        char *cut = len ? malloc(len) : NULL;
        if (cut)
            memcpy(cut, built.data, len);
        assert_int_not_equal(geometry_to_lonlat(&part, NULL, &place, cut, len), GEOMETRY_ACCEPTED);
        free(cut);
        buf_free(&part);
    }
    place_close(&place);
    buf_free(&built);
    built.max = 1 << 16;
    return verdict;
}
#define IS(crs, verdict)                                                                           \
    do {                                                                                           \
        struct buf got = {.max = 1 << 16};                                                         \
        assert_int_equal(judge(&got, (crs)), (verdict));                                           \
        assert_int_equal(got.len != 0, (verdict) == GEOMETRY_ACCEPTED);                            \
        buf_free(&got);                                                                            \
    } while (0)

static double number_at(const struct buf *b, size_t at)
{
    double value;
    assert_true(at + 8 <= b->len);
    memcpy(&value, b->data + at, 8);
    return value;
}

static void twd67_border_is_moved_as_points_are(void **state)
{
    (void)state;
    struct buf out = {.max = 1 << 16};
    double lon = 0, lat = 0;
    struct crs *crs = crs_open("EPSG:3828", NULL);
    assert_true(crs_to_lonlat(crs, &lon, &lat, 250000, 2600000));
    crs_close(crs);
    head(3, true);
    count(1);
    count(4);
    V(250000, 2600000, 260000, 2600000, 260000, 2610000, 250000, 2600000);
    assert_int_equal(judge(&out, "EPSG:3828"), GEOMETRY_ACCEPTED);
    assert_int_equal(out.len, 5 + 4 + 4 + 4 * 16);
    assert_double_equal(number_at(&out, 13), lon, 0);
    assert_double_equal(number_at(&out, 21), lat, 0);
    assert_double_equal(number_at(&out, 13 + 48), lon, 0);
    assert_int_equal(facts.parts, GEOMETRY_AREAS);
    assert_int_equal(facts.vertices, 4);
    assert_int_equal(facts.closed, 0);
    buf_free(&out);
}

static void every_type_and_flag(void **state)
{
    (void)state;
    struct buf out = {.max = 1 << 16};
    head(1, false); /* big-endian */
    vertices((const double[]){121, 24}, 2, false);
    assert_int_equal(judge(&out, NULL), GEOMETRY_ACCEPTED);
    assert_memory_equal(out.data, "\1\1\0\0\0", 5);
    assert_double_equal(number_at(&out, 5), 121, 0);
    head(1 | 0xE0000000U, true); /* extended: SRID, Z, M; the SRID is not believed */
    count(3826);
    V(121, 24, 5, 6);
    assert_int_equal(judge(&out, "EPSG:4326"), GEOMETRY_ACCEPTED);
    assert_int_equal(out.len, 21);
    head(3002, true); /* ISO: Z and M */
    count(2);
    V(121, 24, NAN, 1, 122, 25, 3, 4);
    assert_int_equal(judge(&out, "EPSG:4326"), GEOMETRY_ACCEPTED);
    assert_int_equal(out.len, 5 + 4 + 32);
    assert_int_equal(facts.parts, GEOMETRY_LINES);
    buf_free(&out);

    head(7, true); /* a collection of a multipoint, and of an empty line */
    count(2);
    head(4, true);
    count(1);
    head(1, true);
    V(121, 24);
    head(2, true);
    count(0);
    IS("EPSG:4326", GEOMETRY_ACCEPTED);
    assert_int_equal(facts.parts, GEOMETRY_POINTS);
    head(16, true); /* a TIN of one triangle becomes a multipolygon */
    count(1);
    head(17, true);
    count(1);
    count(4);
    V(121, 24, 122, 24, 122, 25, 121, 24);
    assert_int_equal(judge(&out, "EPSG:4326"), GEOMETRY_ACCEPTED);
    assert_memory_equal(out.data, "\1\6\0\0\0\1\0\0\0\1\3\0\0\0", 14);
    buf_free(&out);
}

static void rings_are_closed_and_said(void **state)
{
    (void)state;
    struct buf out = {.max = 1 << 16};
    head(3, true);
    count(2);
    count(3);
    V(121, 24, 122, 24, 122, 25);
    count(0); /* a hole of nothing */
    assert_int_equal(judge(&out, "EPSG:4326"), GEOMETRY_ACCEPTED);
    assert_int_equal(facts.closed, 1);
    assert_memory_equal(out.data + 5, "\1\0\0\0\4\0\0\0", 8);
    assert_int_equal(out.len, 13 + 64);
    assert_double_equal(number_at(&out, 13 + 48), 121, 0);
    buf_free(&out);
    head(3, true);
    count(1);
    count(2);
    V(121, 24, 122, 24);
    IS("EPSG:4326", GEOMETRY_BROKEN);
    head(2, true);
    count(1);
    V(121, 24);
    IS("EPSG:4326", GEOMETRY_BROKEN);
}

static void faults_are_named(void **state)
{
    (void)state;
    head(1, true);
    V(NAN, NAN); /* how an empty point is written */
    IS("EPSG:4326", GEOMETRY_EMPTY);
    head(6, true);
    count(0);
    IS("EPSG:4326", GEOMETRY_EMPTY);
    head(1, true);
    V(121, INFINITY);
    IS("EPSG:4326", GEOMETRY_NOT_FINITE);
    head(1, true);
    V(NAN, 24);
    IS("EPSG:3826", GEOMETRY_NOT_FINITE);
    head(2, true);
    count(2);
    V(121, 24, 1e308, -1e308);
    IS("EPSG:3826", GEOMETRY_OUTSIDE);
    head(2, true);
    count(2);
    V(121, 24, 130, 24);
    IS("EPSG:4326", GEOMETRY_OUTSIDE);
    assert_double_equal(facts.x, 130, 0);
    head(2, true);
    count(2);
    V(24, 121, 25, 121);
    IS("EPSG:4326", GEOMETRY_SWAPPED);
    head(2, true);
    count(2);
    V(2600000, 250000, 2610000, 250000);
    IS("EPSG:3828", GEOMETRY_SWAPPED);
    head(2, true);
    count(2);
    V(24, 121, 121, 24);
    IS("EPSG:4326", GEOMETRY_OUTSIDE);
    head(8, true); /* an arc: the reading child makes lines of those */
    count(0);
    IS("EPSG:4326", GEOMETRY_BROKEN);
    head(4, true); /* a multipoint that holds a line */
    count(1);
    head(2, true);
    count(0);
    IS("EPSG:4326", GEOMETRY_BROKEN);
    head(2, true);
    count(0xFFFFFFFF);
    IS("EPSG:4326", GEOMETRY_BROKEN);
    head(1, true);
    V(121, 24, 1); /* more than the geometry */
    IS("EPSG:4326", GEOMETRY_BROKEN);
    struct place_reader place = {.crs = NULL};
    struct buf out = {.max = 10};
    assert_int_equal(geometry_to_lonlat(&out, NULL, &place, NULL, 0), GEOMETRY_MISSING);
    buf_free(&out);
}

static void nesting_ends(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 9; depth++) {
        for (int i = 0; i < depth; i++) {
            head(7, true);
            count(1);
        }
        head(1, true);
        V(121, 24);
        IS("EPSG:4326", depth == 8 ? GEOMETRY_ACCEPTED : GEOMETRY_TOO_LARGE);
    }
    for (int v = 0; v < GEOMETRY_VERDICTS; v++) {
        assert_true(strlen(geometry_code((enum geometry_verdict)v)) < 40);
        assert_true(strlen(geometry_sentence((enum geometry_verdict)v)) > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twd67_border_is_moved_as_points_are),
        cmocka_unit_test(every_type_and_flag),
        cmocka_unit_test(rings_are_closed_and_said),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(nesting_ends),
    };
    return unit_run("import geometry", tests);
}
