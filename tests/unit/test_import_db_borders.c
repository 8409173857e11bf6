#include "tests/unit/import_db.h"

#include "import/borders.h"

/* Borders with what makes points hard to place: a hole, a piece of islands, a corner shared by
 * three areas, slanting edges, a township that is not in any county. */
static const char borders[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"63000\",\"COUNTYNAME\":\"臺北市\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121,24],[121.5,24.013],[121.47,25.01],"
    "[121.01,25],[121,24]],[[121.2,24.2],[121.2,24.6],[121.37,24.5],[121.3,24.2],[121.2,24.2]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"65000\",\"COUNTYNAME\":\"新北市\"},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[121.5,24.013],[122,24],"
    "[121.9,25],[121.47,25.01],[121.5,24.013]]],[[[121.22,24.3],[121.3,24.3],[121.25,24.45],"
    "[121.22,24.3]]],[[[122.2,24.1],[122.3,24.1],[122.25,24.35],[122.2,24.1]]]]}}]}";

static const char towns[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"TOWNCODE\":\"63000010\",\"TOWNNAME\":\"松山區\","
    "\"COUNTYNAME\":\"臺北市\",\"COUNTYCODE\":\"63000\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[121,24],"
    "[121.25,24.1],[121.2,24.7],[121.01,25],[121,24]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"TOWNCODE\":\"65000010\",\"TOWNNAME\":\"板橋區\","
    "\"COUNTYNAME\":\"新北市\",\"COUNTYCODE\":\"65000\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[122.4,24],"
    "[122.5,24],[122.45,24.2],[122.4,24]]]}}]}";

enum { POINTS = 100000, ON_VERTICES = 20, ON_EDGES = 200 };

/* Random points, the vertices themselves and points on the edges: the same two codes as PostGIS. */
static void as_postgis(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    import_ok("areas", "counties.geojson", "moi", borders);
    import_ok("areas", "towns.geojson", "moi", towns);
    struct borders *b = borders_load(db, &err);
    assert_non_null(b);
    assert_true(borders_known(b));
    char make[1600];
    snprintf(
        make, sizeof make,
        "CREATE TEMP TABLE point (n serial PRIMARY KEY, x float8, y float8, county text, town "
        "text);"
        "SELECT setseed(0.5);"
        "INSERT INTO point (x, y) SELECT 120.9 + 1.7 * random(), 23.9 + 1.2 * random()"
        " FROM generate_series(1, %d);"
        "INSERT INTO point (x, y) SELECT ST_X(d.geom), ST_Y(d.geom)"
        " FROM area_part, ST_DumpPoints(geom) d;"
        "INSERT INTO point (x, y) SELECT ST_X(e.geom), ST_Y(e.geom) FROM area_part,"
        " generate_series(0, %d) i, ST_LineInterpolatePoint(ST_ExteriorRing(area_part.geom),"
        " i / %d.0) e(geom);"
        "UPDATE point p SET county = (SELECT min(a.code) FROM area_part q JOIN area a ON a.id = "
        "q.area_id WHERE q.kind = 'county' AND ST_Intersects(q.geom, ST_SetSRID(ST_MakePoint("
        "p.x, p.y), 4326))), town = (SELECT min(a.code) FROM area_part q JOIN area a ON a.id = "
        "q.area_id WHERE q.kind = 'township' AND ST_Intersects(q.geom, ST_SetSRID(ST_MakePoint("
        "p.x, p.y), 4326)))",
        POINTS, ON_EDGES, ON_EDGES);
    if (!db_exec(db, make, &err))
        fail_msg("%s", db_message(db));
    struct db_result *r = db_run(db, "SELECT x, y, county, town FROM point", &err, DB_NONE);
    assert_non_null(r);
    int inside = 0;
    for (int i = 0; i < db_rows(r); i++) {
        const char *county, *town;
        const char *want_county = db_get_text(r, i, 2), *want_town = db_get_text(r, i, 3);
        double x = db_get_f64(r, i, 0), y = db_get_f64(r, i, 1);
        borders_find(&county, &town, b, x, y);
        if (strcmp(county ? county : "", want_county ? want_county : "") != 0 ||
            strcmp(town ? town : "", want_town ? want_town : "") != 0)
            fail_msg("%.17g %.17g: %s %s, PostGIS says %s %s", x, y, county, town, want_county,
                     want_town);
        inside += county != NULL;
    }
    assert_true(inside > POINTS / 4 && db_rows(r) > POINTS + ON_VERTICES + ON_EDGES);
    db_done(r);
    assert_string_equal(borders_county(b, "台北縣", strlen("台北縣")), "65000");
    assert_string_equal(borders_county(b, "台北市", strlen("台北市")), "63000");
    assert_null(borders_county(b, "桃園市", strlen("桃園市")));
    assert_null(borders_county(b, NULL, 0));
    bool hold;
    assert_true(borders_hold(&hold, b, db, &err) && hold);
    if (!db_exec(db, "DELETE FROM area WHERE kind = 'township'", &err))
        fail_msg("%s", err.text);
    assert_true(borders_hold(&hold, b, db, &err) && !hold);
    borders_free(b);
}

static void without_borders(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    const char *county, *town;
    struct borders *b = borders_load(db, &err);
    assert_non_null(b);
    assert_false(borders_known(b));
    borders_find(&county, &town, b, 121, 24);
    assert_null(county);
    assert_null(town);
    borders_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_postgis, setup, teardown),
        cmocka_unit_test_setup_teardown(without_borders, setup, teardown),
    };
    return import_db_main("import: borders in memory", tests);
}
