/* Facilities and areas in the database: identity, positions, history, repeats. */
#include "tests/unit/import_db.h"

#include "gis/buf.h"

static void positions_are_judged(void **state)
{
    (void)state;
    import_ok("areas", "c.geojson", "moi", COUNTIES);
    import_ok("facilities", "f.csv", "test",
              "管制編號,事業名稱,地址,經度,緯度\n"
              "A1,甲,臺北市某路1號,121.2,24.5\n"
              "A2,乙,台北縣某路2號,121.2,24.5\n"   /* old name of 新北市, lies in 臺北市 */
              "A3,丙,新北市某路3號,122.005,24.5\n" /* 500 m off the coast */
              "A4,丁,新北市某路4號,122.5,24.5\n"   /* far off */
              "A5,戊,新北市某路5號,,\n"
              "A6,己,新北市某路6號,24.5,121.2\n"
              "A7,庚,新北市某路7號,1e308,24.5\n"
              "A8,辛,新北市某路8號,nan,24.5\n"
              "A9,壬,,121.7,24.5\n"
              "A10,癸,新北市某路9號,121.7,\n");
    counts(10, 0, 0, 0, 0);
    assert_string_equal(report.crs, "EPSG:4326");
    IS("SELECT string_agg(facility_key || ' ' || position_check || ' ' || coalesce(county_code, "
       "'-') || ' '"
       " || (geom IS NOT NULL)::text, ', ' ORDER BY id) FROM facility",
       "ems:A1 ok 63000 true, ems:A2 other_county 63000 true, ems:A3 coast 65000 true, "
       "ems:A4 outside 65000 false, ems:A5 missing 65000 false, ems:A6 missing 65000 false, "
       "ems:A7 outside 65000 false, ems:A8 missing 65000 false, ems:A9 ok 65000 true, "
       "ems:A10 missing 65000 false");
    IS("SELECT reported_x || ' ' || reported_y || ' ' || reported_crs FROM facility WHERE "
       "facility_key = 'ems:A6'",
       "24.5 121.2 EPSG:4326");
    assert_int_equal(reason("axes_swapped"), 1);
    assert_int_equal(reason("position_outside_region"), 1);
    assert_int_equal(reason("field_ignored"), 2);
    assert_int_equal(remark("positions in another county than the address"), 1);
    assert_int_equal(remark("without a position, not drawn"), 4);
    IS("SELECT count(*) FROM rejected_row", "4");
}

static void order_of_imports_does_not_matter(void **state)
{
    (void)state;
    static const char file[] = "ems_no,name,address,TWD97X,TWD97Y\n"
                               "A1,甲,臺北市某路1號,270000,2710000\n"
                               "A4,丁,新北市某路4號,400000,2710000\n";
    import_ok("facilities", "f.csv", "test", file);
    assert_string_equal(report.crs, "EPSG:3826");
    IS("SELECT string_agg(position_check || ' ' || (geom IS NOT NULL), ',' ORDER BY id) FROM "
       "facility",
       "unchecked true,unchecked true");
    import_ok("areas", "c.geojson", "moi", COUNTIES);
    assert_int_equal(remark("facilities whose position check changed"), 2);
    IS("SELECT string_agg(position_check || ' ' || (geom IS NOT NULL), ',' ORDER BY id) FROM "
       "facility",
       "ok true,outside false");
    /* A border that grows takes it in again, from the position as it was reported. */
    import_ok(
        "areas", "c2.geojson", "moi",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
        "{\"COUNTYCODE\":\"65000\",\"COUNTYNAME\":\"新北市\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[121.5,24],[123,24],[123,25],[121.5,25],[121.5,24]]]}}]}");
    IS("SELECT string_agg(position_check || ' ' || (geom IS NOT NULL), ',' ORDER BY id) FROM "
       "facility",
       "ok true,ok true");
}

static void a_repeated_import_changes_nothing(void **state)
{
    (void)state;
    static const char one[] = "ems_no,name,lon,lat\nA1,甲,121.2,24.5\nA2,乙,121.3,24.5\n";
    static const char two[] = "ems_no,name,lon,lat\nA1,甲,121.2,24.5\nA2,乙二,121.3,24.5\n";
    static const char same[] = "ems_no,name,lon,lat\nA2,乙二,121.3,24.5\nA1,甲,121.2,24.5\n";
    import_ok("facilities", "f.csv", "test", one);
    char number[40], changed[80];
    snprintf(number, sizeof number, "%s", ask("SELECT number FROM atlas_revision"));
    import_ok("facilities", "f.csv", "test", one);
    assert_true(report.same_file);
    assert_int_equal(report.batch, 1);
    IS("SELECT number FROM atlas_revision", number);
    IS("SELECT count(*) FROM import_batch", "1");
    snprintf(changed, sizeof changed, "%s",
             ask("SELECT changed_at FROM facility WHERE facility_key = 'ems:A1'"));
    import_ok("facilities", "f.csv", "test", two);
    counts(0, 1, 1, 0, 0);
    IS("SELECT changed_at FROM facility WHERE facility_key = 'ems:A1'", changed);
    IS("SELECT name FROM facility_alias", "乙");
    IS("SELECT count(*) FROM facility_record WHERE ended_batch_id = 2", "1");
    IS("SELECT search_key FROM facility WHERE facility_key = 'ems:A2'", "乙二 a2 乙");
    /* Another file with the same content: a batch, and nothing for the atlas. */
    snprintf(number, sizeof number, "%s", ask("SELECT number FROM atlas_revision"));
    import_ok("facilities", "g.csv", "test", same);
    counts(0, 0, 2, 0, 0);
    IS("SELECT number FROM atlas_revision", number);
    /* The first file again is a change back, not "the same file". */
    import_ok("facilities", "f.csv", "test", one);
    assert_false(report.same_file);
    counts(0, 1, 1, 0, 0);
}

static void rows_of_one_file_about_one_facility(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "test",
              "管制編號,工廠登記編號,名稱\n"
              "A1,,甲\n"
              "ａ１,,甲\n" /* the same, written in full width */
              "A1,,甲二\n"
              "A1,,甲\n"
              ",99-1,乙\n"
              "B1,99-1,乙\n" /* the factory of the line above */
              ",,丙\n"
              ",,丙\n");
    counts(3, 0, 0, 3, 2);
    assert_int_equal(reason("duplicate_key"), 2);
    IS("SELECT string_agg(facility_key || '=' || name, ', ' ORDER BY id) FROM facility",
       "ems:A1=甲, ems:B1=乙, name:test:丙|=丙");
}

static void sources_share_a_facility(void **state)
{
    (void)state;
    import_ok("facilities", "a.csv", "all",
              "ems_no,name,address,phone,lon,lat,統一編號,資本額\nA1,台灣甲公司,臺北市1號,02-1,121."
              "2,24.5,22099131,1000\n");
    import_ok("facilities", "b.csv", "toxic",
              "ems_no,name,lon,lat,員工人數,統一編號\nA1,甲公司台北廠,,,55,２２０９９１３１\n");
    counts(1, 0, 0, 0, 0);
    assert_int_equal(remark("facilities known already from another source"), 1);
    IS("SELECT count(*) FROM facility", "1");
    IS("SELECT name || '/' || phone || '/' || address || '/' || (geom IS NOT NULL) || '/' || "
       "position_check FROM facility",
       "甲公司台北廠/02-1/臺北市1號/true/unchecked");
    IS("SELECT name || ' of ' || source_id FROM facility_alias", "台灣甲公司 of 1");
    IS("SELECT count(*) FROM facility_record WHERE ended_batch_id IS NULL", "2");
    IS("SELECT business_no || ' ' || paid_in_capital_twd || ' ' || employees FROM operator",
       "22099131 1000 55");
    IS("SELECT string_agg(scheme || '=' || number, ',' ORDER BY scheme) FROM facility_number",
       "business_no=22099131,ems_no=A1");
    /* A number that its source corrects goes; what another source says stays. */
    import_ok("facilities", "a2.csv", "all",
              "ems_no,name,address,phone,lon,lat,統一編號,資本額\nA1,台灣甲公司,,,121.2,24.5,"
              "12345675,1000\n");
    counts(0, 1, 0, 0, 0);
    IS("SELECT string_agg(number, ',' ORDER BY number) FROM facility_number WHERE scheme = "
       "'business_no'",
       "12345675,22099131");
    IS("SELECT coalesce(phone, 'none') || coalesce(address, 'none') FROM facility", "nonenone");
}

static void a_factory_gets_its_control_number(void **state)
{
    (void)state;
    import_ok("facilities", "a.csv", "moea", "工廠登記編號,工廠名稱\n99-1,甲廠\n");
    import_ok("facilities", "b.csv", "epa", "管制編號,工廠登記編號,事業名稱\nA1,99-1,甲廠\n");
    IS("SELECT string_agg(facility_key, ',') FROM facility", "ems:A1");
    import_ok("facilities", "c.csv", "moea", "工廠登記編號,工廠名稱\n99-1,甲廠新名\n");
    counts(0, 1, 0, 0, 0);
    IS("SELECT count(*) || name FROM facility GROUP BY name", "1甲廠新名");
}

static void bad_fields_and_rows(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "test",
              "ems_no,name,統一編號,設立年份,員工人數,資本額\n"
              "A1,甲,123,1850,12,5\n"
              "A/2,乙,,,,\n"
              "A3,,,,,\n"
              "A4,丁,,99999,-3,x\n"
              "A5\n"
              "A6,\xA4\xA4,,,,\n"
              "A7,=1+1,,,,\n");
    counts(3, 0, 0, 0, 4);
    assert_int_equal(reason("number_invalid"), 1);
    assert_int_equal(reason("name_missing"), 1);
    assert_int_equal(reason("too_few_fields"), 1);
    assert_int_equal(reason("not_utf8"), 1);
    assert_int_equal(reason("field_ignored"), 4);
    assert_int_equal(remark("fields ignored, rows kept"), 4);
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_true(import_write_rejected(out, report.batch, db, &failure));
    fclose(out);
    assert_true(
        strstr(text, "ems_no,name,統一編號,設立年份,員工人數,資本額,rejected_line,rejected_column,"
                     "rejected_value,rejected_reason,rejected_kept\r\n") == text);
    assert_non_null(strstr(text, "A3,,,,,,4,name,,the row has no name,no\r\n"));
    assert_non_null(strstr(text, "A4,丁,,99999,-3,x,5,設立年份; 員工人數; 資本額,99999; -3; x,"));
    assert_null(strstr(strstr(text, "\nA4,") + 1, "\nA4,"));
    assert_non_null(strstr(text, "A5,,,,,,6,,,"));
    assert_non_null(strstr(text, "A6,\\xA4\\xA4,,,,,7,name,"));
    free(text);
    assert_false(import_write_rejected(stdout, 99, db, &failure));
    assert_int_equal(failure.kind, ERROR_NOT_FOUND);
}

static void headers_are_checked(void **state)
{
    (void)state;
    import_refused("facilities", "f.csv", "ems_no,address\nA1,x\n", "no column for name");
    import_refused("facilities", "f.csv", "ems_no,address\nA1,x\n", "columns are: ems_no, address");
    import_refused("facilities", "f.csv", "ems_no,name,Ｎame\nA1,x,y\n", "stands twice");
    import_refused("facilities", "f.csv", "name,事業名稱\nA1,x\n", "both give name");
    import_refused("facilities", "f.csv", "name,lon\nA1,x\n", "only one column of a pair");
    import_refused("facilities", "f.csv", "name\n", "no rows");
    import_refused("facilities", "f.csv", "", "empty");
    import_refused("nothing", "f.csv", "name\nx\n",
                   "there are facilities, holdings, substances, areas");
    struct import_map maps[] = {{.field = "name", .column = "甲欄"},
                                {.field = "ems_no", .column = "乙欄"}};
    struct import_request q = {
        .kind = "facilities", .name = "f.csv", .source = "test", .maps = maps, .map_count = 2};
    assert_true(import_request(&q, "甲欄,乙欄,name\n廠,A1,other\n"));
    IS("SELECT facility_key || name FROM facility", "ems:A1廠");
    maps[1].column = "丙欄";
    assert_false(import_request(&q, "甲欄,乙欄\n廠,A1\n"));
    assert_non_null(strstr(failure.text, "no column \"丙欄\""));
    maps[1] = (struct import_map){.field = "color", .column = "乙欄"};
    assert_false(import_request(&q, "甲欄,乙欄\n廠,A1\n"));
    assert_non_null(strstr(failure.text, "no field \"color\""));
    q = (struct import_request){.kind = "facilities", .name = "f.csv", .source = "Bad Name"};
    assert_false(import_request(&q, "name\nx\n"));
    q = (struct import_request){
        .kind = "facilities", .name = "f.csv", .source = "x", .crs = "EPSG:1"};
    assert_false(import_request(&q, "name,x,y\nx,1,2\n"));
    IS("SELECT count(*) FROM import_batch", "1");
}

/* Adds a county; ring NULL = geometry as it stands. */
static void add_area(struct buf *b, const char *code, const char *ring, const char *geometry)
{
    buf_format(b,
               "%s{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"%s\",\"COUNTYNAME\":\"%s"
               "縣\"},\"geometry\":",
               b->len ? "," : "{\"type\":\"FeatureCollection\",\"features\":[", code, code);
    if (ring)
        buf_format(b, "{\"type\":\"Polygon\",\"coordinates\":[[%s]]}}", ring);
    else
        buf_format(b, "%s}", geometry ? geometry : "null");
}

static void borders_are_repaired_or_refused(void **state)
{
    (void)state;
    struct buf b = {.max = 1 << 16};
    add_area(&b, "1", "[121,24],[122,25],[122,24],[121,25],[121,24]", NULL);
    add_area(&b, "2", "[24,121],[25,121],[25,122],[24,121]", NULL);
    add_area(&b, "3", "[1e308,24],[122,25],[122,24],[1e308,24]", NULL);
    add_area(&b, "4", "[1,2],[3,2],[3,4],[1,2]", NULL);
    add_area(&b, "5", "[121,24],[121,24],[121,24],[121,24]", NULL);
    add_area(&b, "6", "[121,23],[121.5,23],[121.5,23.5],[121,23]", NULL);
    add_area(&b, "6", "[121,23],[121.5,23],[121.5,23.5],[121,23]", NULL);
    add_area(&b, "7", NULL, "null");
    add_area(&b, "8", NULL, "{\"type\":\"Point\",\"coordinates\":[121,24]}");
    buf_text(&b, "]}");
    import_ok("areas", "c.geojson", "moi", buf_string(&b));
    buf_free(&b);
    counts(2, 0, 0, 1, 6);
    assert_int_equal(remark("borders repaired (they crossed themselves)"), 1);
    assert_int_equal(reason("axes_swapped"), 1);
    assert_int_equal(reason("geometry_outside_region"), 2);
    assert_int_equal(reason("geometry_empty"), 2);
    assert_int_equal(reason("geometry_missing"), 1);
    IS("SELECT string_agg(code || ST_IsValid(geom), ',' ORDER BY code) FROM area", "1true,6true");
    import_refused("areas", "c.csv", "COUNTYCODE,COUNTYNAME\n1,x\n", "need a file with borders");
}

/* The same border in TWD97 and, 828 m west and 207 m south of it in numbers, in TWD67. */
static void borders_in_twd67_are_moved(void **state)
{
    (void)state;
    static const char *const rings[] = {
        "[300000,2700000],[310000,2700000],[310000,2710000],[300000,2700000]",
        "[299172,2700207],[309172,2700207],[309172,2710207],[299172,2700207]"};
    static const char *const codes[] = {"EPSG:3826", "EPSG:3828"};
    for (int i = 0; i < 2; i++) {
        struct buf b = {.max = 1 << 16};
        add_area(&b, i ? "67" : "97", rings[i], NULL);
        buf_text(&b, "]}");
        struct import_request q = {
            .kind = "areas", .name = "c.geojson", .source = "moi", .crs = codes[i]};
        if (!import_request(&q, buf_string(&b)))
            fail_msg("%s", failure.text);
        buf_free(&b);
        counts(1, 0, 0, 0, 0);
        assert_string_equal(report.crs, codes[i]);
    }
    IS("SELECT max(ST_Distance(a.geom_3826, b.geom_3826)) < 10 AND ST_HausdorffDistance("
       "min(a.geom_3826), min(b.geom_3826)) BETWEEN 0.01 AND 10 FROM area a, area b "
       "WHERE a.code = '97' AND b.code = '67'",
       "true");
}

static void zones_mixed_up_are_named(void **state)
{
    (void)state;
    static const char file[] =
        "ems_no,name,address,lon,lat\n"
        "A1,甲,臺北市某路1號,123.2,24.5\n" /* 2 degrees east of the county, at sea */
        "A2,乙,臺北市某路2號,119.4,24.5\n" /* west */
        "A3,丙,澎湖縣某路3號,121.7,24.5\n" /* 2 degrees east, in another county */
        "A4,丁,臺北市某路4號,123.3,25.5\n" /* off, moved or not */
        "A5,戊,,123.2,24.5\n"              /* names no county */
        "A6,己,臺北市某路6號,121.7,24.5\n"
        "A7,庚,新北市某路7號,123.4,24.5\n"; /* would lie in another county */
    static const char islands[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
        "{\"COUNTYCODE\":\"10016\",\"COUNTYNAME\":\"澎湖縣\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[119.5,24],[120,24],[120,25],[119.5,25],[119.5,24]]]}}]}";
    import_ok("areas", "c.geojson", "moi", COUNTIES);
    import_ok("areas", "i.geojson", "moi2", islands);
    import_ok("facilities", "f.csv", "test", file);
    counts(7, 0, 0, 0, 0);
    IS("SELECT string_agg(facility_key || ' ' || position_check || ' ' || coalesce(county_code, "
       "'-') || ' ' || (geom IS NOT NULL)::text || ' ' || reported_x, ', ' ORDER BY id) FROM "
       "facility",
       "ems:A1 other_zone 63000 false 123.2, ems:A2 other_zone 63000 false 119.4, "
       "ems:A3 other_zone 10016 false 121.7, ems:A4 outside 63000 false 123.3, "
       "ems:A5 outside - false 123.2, ems:A6 other_county 65000 true 121.7, "
       "ems:A7 outside 65000 false 123.4");
    assert_int_equal(remark("positions in TM2 zone 119 taken for 121 or reverse, not drawn"), 3);
    assert_int_equal(reason("zone_mixed_up"), 3);
    IS("SELECT string_agg(line || ' ' || value, ',' ORDER BY line) FROM rejected_row",
       "2 123.2 24.5,3 119.4 24.5,4 121.7 24.5");
}

static void a_dry_run_changes_nothing(void **state)
{
    (void)state;
    static const char file[] = "管制編號,事業名稱,TWD97X,TWD97Y,員工人數,其他\n"
                               "A1,甲,250000,2650000,\"1,200\",x\nA2,乙,,,many,\nA3,,,,,\n";
    struct import_request q = {
        .kind = "facilities", .name = "f.csv", .source = "test", .dry_run = true};
    char number[40];
    snprintf(number, sizeof number, "%s", ask("SELECT number FROM atlas_revision"));
    if (!import_request(&q, file))
        fail_msg("%s", failure.text);
    counts(2, 0, 0, 0, 1);
    assert_string_equal(report.encoding, "UTF-8");
    assert_string_equal(report.crs, "EPSG:3826");
    assert_string_equal(report.columns,
                        "ems_no = 管制編號, name = 事業名稱, x = TWD97X, y = TWD97Y, "
                        "employees = 員工人數");
    assert_int_equal(report.preview_count, 2);
    assert_non_null(
        strstr(report.preview[0], "line 2: ems_no = A1, name = 甲, employees = 1200, lon = 121"));
    assert_int_equal(reason("name_missing"), 1);
    assert_int_equal(remark("columns not used: 其他"), 1);
    IS("SELECT number FROM atlas_revision", number);
    IS("SELECT (SELECT count(*) FROM facility) + (SELECT count(*) FROM import_batch)"
       " + (SELECT count(*) FROM rejected_row) + (SELECT count(*) FROM source)",
       "0");
    q.dry_run = false;
    assert_true(import_request(&q, file));
    q.dry_run = true;
    assert_true(import_request(&q, file));
    assert_true(report.same_file);
    counts(0, 0, 2, 0, 1);
    IS("SELECT count(*) FROM import_batch", "1");
}

static void big5_is_told_and_kept(void **state)
{
    (void)state;
    static const char file[] = "ems_no,name\nA1,\xB3\x5C\xA5\x5C\xBB\x5C\n";
    import_ok("facilities", "f.csv", "test", file);
    assert_string_equal(report.encoding, "CP950");
    IS("SELECT name FROM facility", "許功蓋");
    IS("SELECT columns ->> '--encoding' FROM import_batch", "CP950");
    import_ok("facilities", "f.csv", "test", file);
    assert_true(report.same_file);
    /* Told otherwise it is another file: its row is refused now, with its bytes. */
    struct import_request q = {
        .kind = "facilities", .name = "f.csv", .source = "test", .encoding = "utf8"};
    assert_true(import_request(&q, file));
    counts(0, 0, 0, 0, 1);
    IS("SELECT row_values ->> 1 FROM rejected_row", "\\xB3\\\\xA5\\\\xBB\\");
    q.encoding = "latin9";
    assert_false(import_request(&q, file));
    assert_non_null(strstr(failure.text, "not known; there are UTF-8, CP950"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(positions_are_judged, setup, teardown),
        cmocka_unit_test_setup_teardown(order_of_imports_does_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(a_repeated_import_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_of_one_file_about_one_facility, setup, teardown),
        cmocka_unit_test_setup_teardown(sources_share_a_facility, setup, teardown),
        cmocka_unit_test_setup_teardown(a_factory_gets_its_control_number, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_fields_and_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(headers_are_checked, setup, teardown),
        cmocka_unit_test_setup_teardown(borders_are_repaired_or_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(borders_in_twd67_are_moved, setup, teardown),
        cmocka_unit_test_setup_teardown(zones_mixed_up_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_dry_run_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(big5_is_told_and_kept, setup, teardown),
    };
    return import_db_main("import facilities and areas", tests);
}
