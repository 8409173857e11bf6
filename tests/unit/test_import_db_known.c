#include "tests/unit/import_db.h"

#include "gis/buf.h"
#include "import/known.h"

/* Rows that a source has said before are passed over; what is reported and stored is the same as if
 * they were not. */
#define HEAD "ems_no,name,address,lon,lat\n"
#define A "A1,甲廠,臺北市松山區一號,121.1,24.1\n"
#define B "B2,乙廠,臺北市松山區二號,121.2,24.2\n"
#define C "C3,丙廠,新北市板橋區三號,121.6,24.3\n"
#define ELSEWHERE "D4,丁廠,新北市板橋區四號,121.3,24.4\n"
#define NOWHERE "E5,戊廠,新北市板橋區五號,,\n"
#define ALL A B C ELSEWHERE NOWHERE

static void import_first(void)
{
    import_ok("areas", "counties.geojson", "moi", COUNTIES);
    import_ok("facilities", "first.csv", "prtr", HEAD ALL);
    counts(5, 0, 0, 0, 0);
}

static void another_order(void **state)
{
    (void)state;
    import_first();
    import_ok("facilities", "second.csv", "prtr", HEAD NOWHERE C ELSEWHERE B A);
    counts(0, 0, 5, 0, 0);
    assert_int_equal(remark("positions in another county than the address"), 1);
    assert_int_equal(remark("without a position, not drawn"), 1);
    IS("SELECT count(*) FROM facility_record", "5");
    IS("SELECT rows_unchanged FROM import_batch ORDER BY id DESC LIMIT 1", "5");
}

static void some_differ(void **state)
{
    (void)state;
    import_first();
    import_ok("facilities", "second.csv", "prtr",
              HEAD A B A
              "C3,丙二廠,新北市板橋區三號,121.6,24.3\nF6,己廠,臺北市,121.4,24.4\n" B ELSEWHERE);
    counts(1, 1, 3, 2, 0);
    IS("SELECT name FROM facility WHERE facility_key = 'ems:C3'", "丙二廠");
    IS("SELECT string_agg(position_check, ',' ORDER BY facility_key) FROM facility",
       "ok,ok,ok,other_county,missing,ok");
    IS("SELECT count(*) FROM facility_record WHERE ended_batch_id IS NOT NULL", "1");
}

/* Two rows about one facility, of which one is known: the later one counts, as ever. */
static void rows_contradict(void **state)
{
    (void)state;
    static const char other[] = "A1,甲二廠,臺北市松山區一號,121.1,24.1\n";
    char text[1000];
    import_first();
    snprintf(text, sizeof text, "%s%s%s", HEAD B, other, A);
    import_ok("facilities", "second.csv", "prtr", text);
    counts(0, 0, 2, 0, 1);
    assert_int_equal(reason("duplicate_key"), 1);
    IS("SELECT line FROM rejected_row", "3");
    IS("SELECT name FROM facility WHERE facility_key = 'ems:A1'", "甲廠");
    snprintf(text, sizeof text, "%s%s%s", HEAD A B, other, C);
    import_ok("facilities", "third.csv", "prtr", text);
    counts(0, 1, 2, 0, 1);
    IS("SELECT line FROM rejected_row ORDER BY id DESC LIMIT 1", "2");
    IS("SELECT name FROM facility WHERE facility_key = 'ems:A1'", "甲二廠");
}

static void other_sources(void **state)
{
    (void)state;
    import_first();
    import_ok("facilities", "second.csv", "epa", HEAD A B);
    counts(2, 0, 0, 0, 0);
    IS("SELECT count(*) FROM facility_record", "7");
}

enum { HASHES = 20000 };

static void hash_of(unsigned char hash[KNOWN_HASH], unsigned n)
{
    uint64_t mixed[2] = {(n + 1) * 0x9E3779B97F4A7C15U, (n + 1) * 0xC2B2AE3D27D4EB4FU};
    if (n % 7 == 0)
        mixed[0] = 0x1234; /* many with the same beginning */
    memcpy(hash, mixed, KNOWN_HASH);
}

/* Every stored hash is found once, and nothing else. */
static void many_hashes(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct known *k = NULL;
    struct buf copy = {.max = 1 << 24};
    unsigned char hash[KNOWN_HASH];
    import_first();
    if (!db_exec(db, "DELETE FROM facility_record; CREATE TEMP TABLE h (n serial, hash bytea);",
                 &err))
        fail_msg("%s", db_message(db));
    for (unsigned n = 0; n < HASHES; n++) {
        hash_of(hash, 2 * n);
        buf_text(&copy, "\\\\x");
        for (int i = 0; i < KNOWN_HASH; i++)
            buf_format(&copy, "%02x", hash[i]);
        buf_char(&copy, '\n');
    }
    if (!db_copy_in_begin(db, "COPY h (hash) FROM STDIN", &err) ||
        !db_copy_in_put(db, copy.data, copy.len, &err) || !db_copy_in_end(db, &err) ||
        !db_exec(
            db,
            "DROP INDEX facility_record_now;"
            "INSERT INTO facility_record (facility_id, source_id, batch_id, line, row_hash, "
            "fields) SELECT f.id, f.source_id, f.batch_id, h.n, h.hash, '{}' FROM h, facility f "
            "WHERE f.facility_key = 'ems:A1'",
            &err))
        fail_msg("%s", db_message(db));
    buf_free(&copy);
    if (!known_load(&k, "prtr", db, &err))
        fail_msg("%s", err.text);
    assert_non_null(k);
    for (unsigned n = 0; n < 2 * HASHES; n++) {
        hash_of(hash, n);
        bool twin = n % 7 == 0 && n % 2; /* differs in its second half only */
        assert_int_equal(known_take(k, hash), n % 2 == 0 && !twin);
    }
    assert_int_equal(known_seen(k), HASHES);
    assert_int_equal(known_again(k), 0);
    hash_of(hash, 14);
    assert_true(known_take(k, hash));
    assert_int_equal(known_again(k), 1);
    known_free(k);
    assert_true(known_load(&k, "nobody", db, &err));
    assert_null(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_order, setup, teardown),
        cmocka_unit_test_setup_teardown(some_differ, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_contradict, setup, teardown),
        cmocka_unit_test_setup_teardown(other_sources, setup, teardown),
        cmocka_unit_test_setup_teardown(many_hashes, setup, teardown),
    };
    return import_db_main("import: rows known already", tests);
}
