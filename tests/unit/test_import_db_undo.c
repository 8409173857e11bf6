/* Undo of an import: the state before it returns, bit for bit, or it is refused with the reason. */
#include "tests/unit/import_db.h"

#include <signal.h>
#include <sys/wait.h>

#include "import/undo.h"

static struct undo_report undone;

/* Every column of every watched table, generated ones too. */
static const char *state_of_all(void)
{
    static char sums[2][2000];
    static int turn;
    char *out = sums[turn++ % 2];
    size_t at = 0;
    struct error err = {.kind = ERROR_NONE};
    struct db_result *r =
        db_run(db, "SELECT table_name FROM undo_table ORDER BY place", &err, DB_NONE);
    assert_non_null(r);
    assert_true(db_rows(r) >= 13);
    for (int i = 0; i < db_rows(r); i++) {
        char sql[200];
        const char *table = db_get_text(r, i, 0);
        snprintf(sql, sizeof sql,
                 "SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY id), '')) FROM %s t",
                 table);
        at += (size_t)snprintf(out + at, sizeof sums[0] - at, "%s %s\n", table, ask(sql));
    }
    db_done(r);
    return out;
}

static void undo_ok(int64_t batch)
{
    if (!import_undo(&undone, batch, "a test", db, &failure))
        fail_msg("batch %d: %s %s", (int)batch, failure.text, db_message(db));
}

static void undo_refused(int64_t batch, enum error_kind kind, const char *wanted)
{
    if (import_undo(&undone, batch, "a test", db, &failure))
        fail_msg("batch %d was undone", (int)batch);
    assert_int_equal(failure.kind, kind);
    if (!strstr(failure.text, wanted))
        fail_msg("wanted \"%s\", got \"%s\"", wanted, failure.text);
}

/* Imports a file, undoes it, and finds everything as before; imports it again. */
static void there_and_back(const char *kind, const char *name, const char *source, const char *text)
{
    char before[2000], after[2000];
    snprintf(before, sizeof before, "%s", state_of_all());
    import_ok(kind, name, source, text);
    assert_false(report.same_file);
    uint64_t fresh = report.rows_new, changed = report.rows_changed;
    snprintf(after, sizeof after, "%s", state_of_all());
    assert_string_not_equal(before, after);
    char number[40];
    snprintf(number, sizeof number, "%s", ask("SELECT number FROM atlas_revision"));
    undo_ok(report.batch);
    assert_string_equal(state_of_all(), before);
    assert_string_equal(undone.kind, kind);
    assert_string_equal(undone.source, source);
    assert_true(strtoll(ask("SELECT number FROM atlas_revision"), NULL, 10) >
                strtoll(number, NULL, 10));
    IS("SELECT count(*) FROM import_change c JOIN import_batch b ON b.id = c.batch_id"
       " WHERE b.undone_at IS NOT NULL",
       "0");
    import_ok(kind, name, source, text);
    assert_false(report.same_file);
    assert_int_equal(report.rows_new, fresh);
    assert_int_equal(report.rows_changed, changed);
}

#define FACILITIES                                                                                 \
    "ems_no,factory_no,name,address,lon,lat,operator_name,business_no,capital,employees\n"         \
    "A1,99000001,甲廠,台北市一路1號,121.2,24.5,甲公司,12345675,80000000,12\n"           \
    ",99000002,乙廠,新北市二路2號,121.7,24.6,乙公司,,,\n"                               \
    "A3,,丙廠,台北市三路3號,121.9,24.7,甲公司,12345675,,\n"
#define FACILITIES_LATER                                                                           \
    "ems_no,factory_no,name,address,lon,lat,operator_name,business_no,capital,employees\n"         \
    "A1,99000009,甲新廠,台北市一路1號,121.3,24.5000001,甲公司,12345675,90000000,13\n"  \
    "A2,99000002,乙廠,新北市二路2號,121.7,24.6,丁公司,23456786,,\n"                     \
    "A4,,丁廠,台北市四路4號,121.1,24.1,戊公司,,,\n"
#define HOLDINGS                                                                                   \
    "ems_no,substance,cas,quantity,unit,behaviour,period\n"                                        \
    "A1,氯,7782-50-5,12.5,kg,使用,108\n"                                                        \
    "A1,未知物,,0.1,t,使用,108\n"                                                             \
    "A9,甲醇,,100,L,貯存,108\n"
#define HOLDINGS_LATER                                                                             \
    "ems_no,substance,cas,quantity,unit,behaviour,period\n"                                        \
    "A1,氯,7782-50-5,13.7,kg,使用,108\n"                                                        \
    "A8,甲醇,,50,L,貯存,108\n"
#define SUBSTANCES_LATER                                                                           \
    "cas,name_zh,name_en,synonyms_zh,un,water_reactive,density_kg_l,toxic_item_no,source\n"        \
    "7782-50-5,氯氣,Chlorine,液氯,1017,no,1.4,05101,test\n"                                    \
    "67-56-1,甲醇,Methyl alcohol,木精,1230,no,0.792,,test\n"                                   \
    "108-88-3,未知物,Toluene,甲苯,1294,no,0.87,,test\n"
#define PLACES                                                                                     \
    "類別,編號,名稱,縣市,地址,容量,經度,緯度\n"                                    \
    "醫院,H1,大安醫院,臺北市,一路1號,\"1,200\",121.4,24.5\n"                           \
    "消防分隊,F1,古亭分隊,新北市,二路2號,,121.7,24.6\n"
#define PLACES_LATER                                                                               \
    "類別,編號,名稱,縣市,地址,容量,經度,緯度\n"                                    \
    "醫院,H1,大安醫院,臺北市,一路1號,1300,121.41,24.5\n"                               \
    "學校,S1,國小,新北市,三路3號,,121.7,24.6\n"
/* The border between the two counties lies elsewhere. */
#define COUNTIES_LATER                                                                              \
    "{\"type\":\"FeatureCollection\",\"features\":["                                                \
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"63000\",\"COUNTYNAME\":\"臺北市\"}," \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121,24],[121.25,24],[121.25,25],"        \
    "[121,25],[121,24]]]}},"                                                                        \
    "{\"type\":\"Feature\",\"properties\":{\"COUNTYCODE\":\"65000\",\"COUNTYNAME\":\"新北市\"}," \
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[121.25,24],[122,24],[122,25],"           \
    "[121.25,25],[121.25,24]]]}}]}"

static void the_state_before_returns(void **state)
{
    (void)state;
    there_and_back("facilities", "f.csv", "one", FACILITIES); /* unchecked: no borders yet */
    there_and_back("areas", "c.geojson", "moi", COUNTIES);
    there_and_back("substances", "s.csv", "list", SUBSTANCES);
    there_and_back("holdings", "h.csv", "one", HOLDINGS);
    there_and_back("facilities", "f2.csv", "one", FACILITIES_LATER);
    there_and_back("facilities", "f3.csv", "two", FACILITIES);
    there_and_back("holdings", "h2.csv", "one", HOLDINGS_LATER);
    there_and_back("substances", "s2.csv", "list", SUBSTANCES_LATER); /* links holdings anew */
    there_and_back("areas", "c2.geojson", "moi", COUNTIES_LATER);     /* checks positions anew */
    there_and_back("places", "p.csv", "two", PLACES);
    there_and_back("places", "p2.csv", "two", PLACES_LATER);
    there_and_back("areas", "c3.geojson", "moi", COUNTIES); /* of records, too */
    IS("SELECT count(*) FROM import_batch WHERE undone_by = 'a test'", "12");
}

/* All of them, newest first, down to the empty tables. */
static void all_the_way_back(void **state)
{
    (void)state;
    char states[6][2000];
    static const char *const files[][2] = {
        {"areas", COUNTIES},    {"facilities", FACILITIES},       {"substances", SUBSTANCES},
        {"holdings", HOLDINGS}, {"substances", SUBSTANCES_LATER}, {"areas", COUNTIES_LATER}};
    int64_t batches[6];
    for (int i = 0; i < 6; i++) {
        snprintf(states[i], sizeof states[i], "%s", state_of_all());
        import_ok(files[i][0], strcmp(files[i][0], "areas") ? "x.csv" : "x.geojson", "one",
                  files[i][1]);
        batches[i] = report.batch;
    }
    for (int i = 5; i >= 0; i--) {
        undo_ok(batches[i]);
        assert_string_equal(state_of_all(), states[i]);
    }
    IS("SELECT count(*) FROM facility", "0");
    IS("SELECT count(*) FROM import_change", "0");
    IS("SELECT count(*) FROM import_batch", "6");
}

static void refused(void **state)
{
    (void)state;
    undo_refused(1, ERROR_NOT_FOUND, "there is no batch 1");
    import_ok("facilities", "f.csv", "one", FACILITIES);
    int64_t first = report.batch;
    import_ok("substances", "s.csv", "list", SUBSTANCES);
    int64_t second = report.batch;
    import_ok("holdings", "h.csv", "one", HOLDINGS);
    int64_t third = report.batch;
    char before[2000];
    snprintf(before, sizeof before, "%s", state_of_all());
    undo_refused(second, ERROR_CONFLICT, "before the later batch that builds on it: ");
    undo_refused(first, ERROR_CONFLICT, " (holdings from one), ");
    undo_refused(first, ERROR_CONFLICT, "undo the newest first");
    assert_string_equal(state_of_all(), before);
    undo_ok(third);
    undo_refused(third, ERROR_CONFLICT, "was undone on ");
    /* One that changed nothing is in nobody's way. */
    import_ok("substances", "none.csv", "list", "cas,name_zh,name_en,source\n1-1-1,x,x,x\n");
    counts(0, 0, 0, 0, 1);
    int64_t nothing = report.batch;
    undo_ok(second);
    undo_ok(first);
    undo_ok(nothing);
    assert_int_equal(undone.removed + undone.restored, 0);
    IS("SELECT count(*) FROM rejected_row", "1"); /* history stays */
}

/* Positions are judged by borders; families and sources do not depend on each other. */
static void records_build_on_borders(void **state)
{
    (void)state;
    import_ok("areas", "c.geojson", "moi", COUNTIES);
    int64_t borders = report.batch;
    import_ok("places", "p.csv", "one", PLACES);
    int64_t one = report.batch;
    import_ok("places", "p.csv", "two", PLACES);
    import_ok("facilities", "f.csv", "one", FACILITIES);
    undo_ok(report.batch);
    undo_refused(borders, ERROR_CONFLICT, "(places from two), ");
    undo_ok(one);
    undo_refused(borders, ERROR_CONFLICT, "(places from two); undo");
    IS("SELECT count(*) FROM record", "2");
    import_ok("sites", "s.csv", "one", "river,site,lon,lat\n淡水河,中正橋,121.4,24.5\n");
    int64_t sites = report.batch;
    import_ok("samples", "m.csv", "two",
              "sample_no,river,site,date,substance,value,unit,lon,lat\n"
              "1,淡水河,中正橋,108/01/02,苯,0.5,ug/L,121.4,24.5\n");
    counts(1, 0, 0, 0, 0);
    undo_refused(sites, ERROR_CONFLICT, "(samples from two); undo");
}

static void the_products_own(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", IMPORT_OWN_SOURCE, SUBSTANCES);
    undo_refused(report.batch, ERROR_CONFLICT, "is the product's own table of substances");
}

/* A file that was undone is not "the latest import", nor does it hide the one before. */
static void again(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "one", FACILITIES);
    int64_t first = report.batch;
    import_ok("facilities", "f2.csv", "one", FACILITIES_LATER);
    undo_ok(report.batch);
    import_ok("facilities", "f.csv", "one", FACILITIES);
    assert_true(report.same_file);
    assert_int_equal(report.batch, first);
    undo_ok(first);
    import_ok("facilities", "f.csv", "one", FACILITIES);
    assert_false(report.same_file);
    counts(3, 0, 0, 0, 0);
}

static void exec(const char *sql)
{
    if (!db_exec(db, sql, &failure))
        fail_msg("%s: %s", sql, db_message(db));
}

static void kept_for_a_time(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "one", FACILITIES);
    int64_t first = report.batch;
    import_ok("facilities", "f2.csv", "one", FACILITIES_LATER);
    int64_t second = report.batch;
    assert_string_not_equal(ask("SELECT count(*) FROM import_change"), "0");
    exec("UPDATE import_batch SET published_at = now() - interval '91 days'");
    import_ok("areas", "c.geojson", "moi", COUNTIES);
    undo_ok(report.batch);
    undo_refused(second, ERROR_CONFLICT,
                 "can no longer be undone: what an import replaced is kept "
                 "for 90 days");
    undo_refused(first, ERROR_CONFLICT, "can no longer be undone");
    IS("SELECT count(*) FROM import_change", "0");
}

/* Values that JSON or a decimal would lose. */
static void bit_for_bit(void **state)
{
    (void)state;
    exec("CREATE TABLE hazatlas.probe (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
         " f8 float8, f4 real, g geometry, p geometry(Point, 4326), b bytea, t text[], f float8[],"
         " at timestamptz, d date, n numeric, i interval, j jsonb, c text,"
         " twice float8 GENERATED ALWAYS AS (-f8) STORED)");
    exec("SELECT undo_watch('probe', 999, false, false)");
    exec("INSERT INTO probe (f8, f4, g, p, b, t, f, at, d, n, i, j, c) VALUES"
         " (0.1::float8 + 0.2, 0.1, 'SRID=3826;POINTZ(250000.1 2600000.3 -0)',"
         "  ST_SetSRID(ST_MakePoint(121.1 + 1e-14, 0.1 + 0.2), 4326), '\\x00ff5c27',"
         "  ARRAY['', NULL, '\"{,}\\', 'NULL', '許功蓋'], ARRAY['-0', 'NaN', 5e-324]::float8[],"
         "  '2026-02-28 23:59:59.123457+08', '0001-01-01', 1.10, '1 month -3 days 00:00:00.5',"
         "  '{\"x\": 1.50, \"y\": null}', E'a\\n\\t\\\\'),"
         " ('-0', '-0', 'POLYGON EMPTY', NULL, '', '{}', '{}', 'infinity', '-infinity', 'NaN',"
         "  NULL, '[]', ''),"
         " ('NaN', 'Infinity', 'LINESTRING(0 0, 1e308 5e-324)', NULL, NULL, NULL, NULL, NULL, NULL,"
         "  1e-30, NULL, '\"s\"', NULL),"
         " (1.7976931348623157e308, 3.4028235e38, NULL, NULL, NULL, '[0:1]={a,b}', NULL, NULL,"
         "  NULL, NULL, NULL, NULL, NULL),"
         " (5e-324, 1e-45, ST_MakePoint('NaN', 1), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
         "  NULL, NULL)");
    static const char sum[] =
        "SELECT string_agg(encode(float8send(f8) || float4send(f4), 'hex') || coalesce(g::text, "
        "'-')"
        " || coalesce(p::text, '-') || x::text, '|' ORDER BY id) FROM probe x";
    char before[2000];
    snprintf(before, sizeof before, "%s", ask(sum));
    assert_non_null(strstr(before, "8000000000000000")); /* -0 is in it */
    exec("BEGIN; SELECT set_config('hazatlas.batch', '77', true);"
         " UPDATE probe SET f8 = id, g = NULL, t = NULL, at = now() WHERE id < 5;"
         " UPDATE probe SET f8 = 1, p = NULL, b = 'x', f = NULL, j = NULL WHERE id < 3;"
         " DELETE FROM probe WHERE id IN (1, 5);"
         " INSERT INTO probe (c) VALUES ('new'); UPDATE probe SET c = 'newer' WHERE c = 'new';"
         " COMMIT");
    assert_string_not_equal(ask(sum), before);
    IS("SELECT undo_take_out(77, '{\"probe\": [6, 6]}')", "1");
    IS("SELECT undo_put_back(77, '{\"probe\": [6, 6]}')", "5");
    assert_string_equal(ask(sum), before);
    /* Nothing is kept of what no import does. */
    exec("UPDATE probe SET c = 'x'");
    IS("SELECT count(*) FROM import_change WHERE batch_id <> 77", "0");
}

/* A column that came after the import takes its default where a row has to be made anew. */
static void after_a_migration(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "one", FACILITIES);
    import_ok("facilities", "f2.csv", "one", FACILITIES_LATER);
    exec("ALTER TABLE facility_record ADD COLUMN later text NOT NULL DEFAULT 'd'");
    exec("ALTER TABLE facility ADD COLUMN later text NOT NULL DEFAULT 'd'");
    undo_ok(report.batch);
    IS("SELECT string_agg(name || later, ',' ORDER BY id) FROM facility", "甲廠d,乙廠d,丙廠d");
    IS("SELECT count(*) FROM facility_record WHERE later = 'd' AND ended_batch_id IS NULL", "3");
}

/* Families of `record`: each kind and source on its own; what people decided stays. */
static void records_and_reviews(void **state)
{
    (void)state;
    exec("INSERT INTO source (name, title) VALUES ('a', 'a'), ('b', 'b')");
    exec("INSERT INTO review (subject, left_key, right_key, rule, confidence, detail) VALUES"
         " ('facility', 'old3', 'r', 'x', 0.3, '{}'), ('facility', 'old4', 'r', 'x', 0.3, '{}')");
    static const char add[] =
        "BEGIN; SELECT set_config('hazatlas.batch', '%d', true);"
        "CREATE TEMP TABLE begun AS SELECT undo_positions() AS at;"
        "UPDATE record SET ended_batch_id = %d WHERE ended_batch_id IS NULL AND kind = '%s'"
        " AND source_id = %d;"
        "INSERT INTO record (kind, record_key, name, fields, position_check, row_hash, line,"
        " source_id, batch_id) VALUES ('%s', 'k', 'n', '{}', 'none', '', 1, %d, %d);"
        "UPDATE review SET detail = '{\"seen\": %d}' WHERE left_key = 'old%d';"
        "INSERT INTO review (subject, left_key, right_key, rule, confidence, detail, batch_id)"
        " VALUES ('facility', 'l%d', 'r', 'x', 0.3, '{}', %d), ('substance', 'l%d', 'r', 'x', 0.3,"
        " '{}', %d);"
        "INSERT INTO import_batch (id, source_id, kind, file_name, file_bytes, file_sha256,"
        " rows_read, rows_new, rows_changed, rows_unchanged, rows_repeated, rows_rejected)"
        " OVERRIDING SYSTEM VALUE VALUES (%d, %d, '%s', 'f', 1, '', 1, 1, 0, 0, 0, 0);"
        "UPDATE import_batch SET id_ranges = undo_ranges((SELECT at FROM begun)) WHERE id = %d;"
        "DROP TABLE begun; COMMIT";
    static const struct {
        int batch, source;
        const char *kind;
    } made[] = {{1, 1, "places"}, {2, 1, "samples"}, {3, 2, "places"}, {4, 1, "places"}};
    for (int i = 0; i < 4; i++) {
        char sql[2400];
        int b = made[i].batch, s = made[i].source;
        snprintf(sql, sizeof sql, add, b, b, made[i].kind, s, made[i].kind, s, b, b, b, b, b, b, b,
                 b, s, made[i].kind, b);
        exec(sql);
    }
    exec("DELETE FROM review WHERE batch_id < 4"); /* so that each stands for itself */
    exec("UPDATE review SET status = 'refused', batch_id = NULL WHERE left_key IN ('l4', 'old3')"
         " AND subject = 'facility'");
    undo_refused(1, ERROR_CONFLICT, "4 (places from a); undo the newest first");
    undo_ok(2);
    undo_ok(3);
    undo_ok(4);
    IS("SELECT string_agg(left_key || ' ' || status || detail, ',' ORDER BY left_key) FROM review",
       "l4 refused{},old3 refused{\"seen\": 3},old4 open{}");
    IS("SELECT string_agg(kind || ' ' || batch_id, ',') FROM record WHERE ended_batch_id IS NULL",
       "places 1");
    undo_ok(1);
    IS("SELECT count(*) FROM record", "0");
}

static pid_t undo_elsewhere(int64_t batch)
{
    pid_t child = fork();
    if (child)
        return child;
    db = open_db(); /* the parent's connection is not ours; it is left alone */
    bool ok = import_undo(&undone, batch, "a test", db, &failure);
    _exit(ok ? 0 : failure.kind == ERROR_CONFLICT ? 3 : 1);
}

static int wait_for(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void until(const char *sql, const char *wanted)
{
    for (int i = 0; i < 600 && strcmp(ask(sql), wanted); i++)
        usleep(50000);
    IS(sql, wanted);
}

/* It waits for our lock on a table that it puts rows back into; it dies there. */
static void killed_in_the_middle(void **state)
{
    (void)state;
    char before[2000], after[2000];
    import_ok("facilities", "f.csv", "one", FACILITIES);
    snprintf(before, sizeof before, "%s", state_of_all());
    import_ok("facilities", "f2.csv", "one", FACILITIES_LATER);
    snprintf(after, sizeof after, "%s", state_of_all());
    struct db *holder = open_db();
    assert_true(db_exec(holder, "BEGIN; LOCK TABLE facility IN EXCLUSIVE MODE", &failure));
    pid_t child = undo_elsewhere(report.batch);
    until("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation ="
          " 'hazatlas.facility'::regclass)",
          "true");
    kill(child, SIGKILL);
    assert_int_equal(wait_for(child), -SIGKILL);
    assert_true(db_exec(holder, "ROLLBACK", &failure));
    db_close(holder);
    until("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hazatlas'"
          " AND datname = current_database()",
          "1");
    assert_string_equal(state_of_all(), after);
    IS("SELECT count(*) FROM import_batch WHERE undone_at IS NOT NULL", "0");
    undo_ok(report.batch);
    assert_string_equal(state_of_all(), before);
}

static void two_at_once(void **state)
{
    (void)state;
    import_ok("facilities", "f.csv", "one", FACILITIES);
    pid_t a = undo_elsewhere(report.batch), b = undo_elsewhere(report.batch);
    int first = wait_for(a), second = wait_for(b);
    assert_int_equal(first + second, 3);
    IS("SELECT count(*) FROM facility", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_state_before_returns, setup, teardown),
        cmocka_unit_test_setup_teardown(all_the_way_back, setup, teardown),
        cmocka_unit_test_setup_teardown(refused, setup, teardown),
        cmocka_unit_test_setup_teardown(records_build_on_borders, setup, teardown),
        cmocka_unit_test_setup_teardown(the_products_own, setup, teardown),
        cmocka_unit_test_setup_teardown(again, setup, teardown),
        cmocka_unit_test_setup_teardown(kept_for_a_time, setup, teardown),
        cmocka_unit_test_setup_teardown(bit_for_bit, setup, teardown),
        cmocka_unit_test_setup_teardown(after_a_migration, setup, teardown),
        cmocka_unit_test_setup_teardown(records_and_reviews, setup, teardown),
        cmocka_unit_test_setup_teardown(killed_in_the_middle, setup, teardown),
        cmocka_unit_test_setup_teardown(two_at_once, setup, teardown),
    };
    return import_db_main("import, undone", tests);
}
