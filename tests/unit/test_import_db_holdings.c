/* Holdings and substances in the database: links, units, periods, repeats; the product's tables. */
#include "tests/unit/import_db.h"

#include <sys/stat.h>

#define HEADER                                                                                     \
    "管制編號,事業名稱,CAS No.,列管編號,物質名稱,英文名稱,運作行為,數量,單位,起始日期,結束日期\n"

static void holdings_are_linked_where_it_is_certain(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", SUBSTANCES);
    counts(5, 0, 0, 0, 0);
    import_ok("holdings", "h.csv", "test",
              HEADER
              "A1,甲,7782-50-5,,whatever,,製造,1.5,公噸,2014-01-01,2014-03-31\n"
              "A1,甲,,05101,,,貯存,20,公斤,2014/1/1,2014/3/31\n"
              "A1,甲,,,液氯,,使用,3,kg,,\n"
              "A1,甲,,,,METHANOL,輸入,10,L,,\n"
              "A1,甲,,,酒精,,使用,1,kg,,\n"          /* two substances bear it */
              "A1,甲,,,苯,Methanol,使用,1,kg,,\n"    /* the names disagree */
              "A1,甲,50-00-0,,苯,,使用,1,kg,,\n"     /* right number, not known: no guess */
              "A1,甲,7782-50-6,,苯,,貯存,2,公克,,\n" /* wrong check digit: the name decides */
              "A2,乙,,,苯,,暴露,5,瓶,,\n");
    counts(9, 0, 0, 0, 0);
    IS("SELECT string_agg(line || ' ' || coalesce(s.cas, '-') || ' ' || coalesce(substance_link, "
       "'-') || ' ' ||"
       " behaviour || ' ' || coalesce(round(quantity_kg::numeric, 3)::text, '-'), ', ' ORDER BY "
       "line)"
       " FROM holding h LEFT JOIN substance s ON s.id = h.substance_id",
       "2 7782-50-5 cas manufacture 1500.000, 3 7782-50-5 code store 20.000, 4 7782-50-5 synonym "
       "use 3.000, "
       "5 67-56-1 name_en import 7.900, 6 - - use 1.000, 7 - - use 1.000, 8 - - use 1.000, "
       "9 71-43-2 name_zh store 0.002, 10 71-43-2 name_zh other -");
    assert_int_equal(remark("linked by CAS number"), 1);
    assert_int_equal(remark("linked by code (列管編號)"), 1);
    assert_int_equal(remark("linked by Chinese name"), 2);
    assert_int_equal(remark("linked by another name"), 1);
    assert_int_equal(remark("linked by English name"), 1);
    assert_int_equal(remark("not linked to a substance"), 3);
    assert_int_equal(remark("quantity not in kilograms"), 1);
    assert_int_equal(remark("facilities known only from holdings"), 2);
    assert_int_equal(remark("not linked: 酒精"), 1);
    assert_int_equal(reason("field_ignored"), 2); /* the CAS number, the behaviour */
    IS("SELECT string_agg(facility_key || name || position_check, ',' ORDER BY id) FROM facility",
       "ems:A1甲missing,ems:A2乙missing");
}

static void order_of_imports_does_not_matter(void **state)
{
    (void)state;
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,甲廠,,,氯氣,,使用,1,公噸,,\nA1,甲廠,,,木精,,使用,10,公升,,\n");
    assert_int_equal(remark("not linked to a substance"), 2);
    import_ok("substances", "s.csv", "test", SUBSTANCES);
    assert_int_equal(remark("stored holdings linked anew"), 2);
    IS("SELECT string_agg(substance_link || ' ' || quantity_kg, ',' ORDER BY line) FROM holding",
       "synonym 1000,synonym 7.9");
    import_ok("facilities", "f.csv", "register",
              "ems_no,name,lon,lat\nA1,甲股份有限公司,121.2,24.5\n");
    IS("SELECT count(*) || name || position_check FROM facility GROUP BY name, position_check",
       "1甲股份有限公司unchecked");
    IS("SELECT name FROM facility_alias", "甲廠");
    /* A name that a second substance comes to bear is certain no more. */
    import_ok("substances", "s2.csv", "test",
              "cas,name_zh,name_en,synonyms_zh\n108-88-3,甲苯,Toluene,木精\n");
    assert_int_equal(remark("stored holdings linked anew"), 1);
    IS("SELECT count(*) FROM holding WHERE substance_id IS NULL", "1");
}

static void repeats_and_corrections(void **state)
{
    (void)state;
    static const char one[] = HEADER "A1,甲,,,苯,,使用,1,公噸,2014-01-01,2014-03-31\n"
                                     "A1,甲,,,苯,,使用,1,公噸,2014-01-01,2014-03-31\n"
                                     "A1,甲,,,苯,,使用,1,公噸,2014-04-01,2014-06-30\n"
                                     "A1,甲,,,苯,,使用,2,公噸,2014-04-01,2014-06-30\n";
    import_ok("holdings", "h.csv", "test", one);
    counts(2, 0, 0, 1, 1);
    assert_int_equal(reason("duplicate_key"), 1);
    char number[40];
    snprintf(number, sizeof number, "%s", ask("SELECT number FROM atlas_revision"));
    import_ok("holdings", "h.csv", "test", one);
    assert_true(report.same_file);
    IS("SELECT number FROM atlas_revision", number);
    import_ok("holdings", "h2.csv", "test",
              HEADER "A1,甲,,,苯,,使用,3,公噸,2014-01-01,2014-03-31\n"
                     "A1,甲,,,苯,,使用,2,公噸,2014-04-01,2014-06-30\n");
    counts(0, 1, 1, 0, 0);
    IS("SELECT string_agg(quantity_kg::text, ',' ORDER BY period_start) FROM holding", "3000,2000");
    /* Another source says it too: its own row. */
    import_ok("holdings", "h3.csv", "other",
              HEADER "A1,甲,,,苯,,使用,3,公噸,2014-01-01,2014-03-31\n");
    counts(1, 0, 0, 0, 0);
}

static void bad_rows(void **state)
{
    (void)state;
    import_ok("holdings", "h.csv", "test",
              HEADER ",甲,,,苯,,使用,1,kg,,\n"
                     "A1,甲,,,,,使用,1,kg,,\n"
                     "A1,甲,,,苯,,使用,,kg,,\n"
                     "A1,甲,,,苯,,使用,-1,kg,,\n"
                     "A1,甲,,,苯,,使用,nan,kg,,\n"
                     "A1,甲,,,苯,,使用,1e12,公噸,,\n"
                     "A1,甲,,,苯,,使用,1,,,\n"
                     "A1,甲,,,苯,,使用,1,kg,2014-02-30,\n"
                     "A1,甲,,,苯,,使用,1,kg,2014-03-01,2014-02-01\n"
                     "A!,甲,,,苯,,使用,1,kg,,\n"
                     "A1,甲,,,苯,,使用,0,kg,,\n");
    counts(1, 0, 0, 0, 10);
    static const char *const codes[] = {"facility_missing", "substance_missing", "quantity_missing",
                                        "unit_missing",     "date_invalid",      "period_reversed",
                                        "number_invalid"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(reason(codes[i]), 1);
    assert_int_equal(reason("quantity_invalid"), 3);
    import_refused("holdings", "h.csv", "物質名稱,運作行為,數量,單位\n苯,使用,1,kg\n",
                   "no column says which facility");
    import_refused("holdings", "h.csv", "管制編號,運作行為,數量,單位\nA1,使用,1,kg\n",
                   "no column says which substance");
}

static void substances_are_found_by_names_and_codes(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", SUBSTANCES);
    IS("SELECT string_agg(language || ':' || name, ' ' ORDER BY language, name COLLATE \"C\") FROM "
       "substance_name n"
       " JOIN substance s ON s.id = n.substance_id WHERE cas = '7782-50-5'",
       "code:05101 code:1017 code:7782-50-5 code:UN1017 en:Chlorine zh:氯 zh:氯氣 zh:液氯");
    import_ok("substances", "s2.csv", "other",
              "cas,name_zh,name_en,synonyms_zh,un,nfpa_health\n"
              "7782-50-5,氯,Chlorine,綠氣,,4\n7782-50-6,假,False,,,\n67-56-1,甲醇,Methanol,,12,9\n,"
              "x,y,,,\n71-43-2,,,,,\n");
    counts(0, 2, 0, 0, 3);
    assert_int_equal(reason("cas_invalid"), 1);
    assert_int_equal(reason("cas_missing"), 1);
    assert_int_equal(reason("name_missing"), 1);
    assert_int_equal(reason("field_ignored"), 2);
    /* Another source adds to what is known and takes nothing away. */
    IS("SELECT un || ' ' || nfpa_health || ' ' || toxic_item_no FROM substance WHERE cas = "
       "'7782-50-5'",
       "1017 4 05101");
    IS("SELECT count(*) FROM substance_name WHERE name IN ('綠氣', '氯氣', '液氯')", "3");
}

static void put_file(const char *folder, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void the_products_tables_load(void **state)
{
    (void)state;
    int loaded;
    if (!import_reference(&loaded, "data", db, &failure))
        fail_msg("%s", failure.text);
    assert_int_equal(loaded, 8);
    IS("SELECT count(*) FROM reference_table", "8");
    IS("SELECT bool_and(n > 0) FROM (SELECT count(*) FROM substance_factor UNION ALL SELECT "
       "count(*) FROM response_distance"
       " UNION ALL SELECT count(*) FROM response_guide UNION ALL SELECT count(*) FROM guide_action "
       "UNION ALL SELECT"
       " count(*) FROM threshold UNION ALL SELECT count(*) FROM substance) t(n)",
       "true");
    assert_true(import_reference(&loaded, "data", db, &failure));
    assert_int_equal(loaded, 0);
    /* A bad row refuses its table and names its place. */
    char folder[] = "/tmp/hazatlas-test-XXXXXX", path[200];
    assert_non_null(mkdtemp(folder));
    put_file(folder, "substances.csv", SUBSTANCES "71-43-3,x,y,,,,,,\n");
    assert_false(import_reference(&loaded, folder, db, &failure));
    assert_non_null(strstr(failure.text, "substances.csv, line 7: cas: not a CAS number"));
    put_file(folder, "substances.csv", SUBSTANCES);
    put_file(folder, "substance_factors.csv",
             "cas,factor,value,unit,period,source\n7782-50-5,incidents,3,count,2018,x\n50-29-3,"
             "incidents,many,,,x\n");
    assert_false(import_reference(&loaded, folder, db, &failure));
    assert_non_null(strstr(failure.text, "substance_factors.csv, line 3, value: \"many\""));
    put_file(folder, "substance_factors.csv",
             "cas,factor,value,unit,period,source\n99-99-9,incidents,3,count,2018,x\n");
    assert_false(import_reference(&loaded, folder, db, &failure));
    assert_non_null(strstr(failure.text, "substance_factors.csv, line 2: there is no substance"));
    snprintf(path, sizeof path, "%s/substances.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/substance_factors.csv", folder);
    unlink(path);
    rmdir(folder);
}

static void years_of_the_republic_and_commas(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", SUBSTANCES);
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,甲,7782-50-5,,,,製造,\"1,234.5\",公噸,108/01/01,108年3月31日\n"
                     "A2,乙,7782-50-5,,,,製造,１２，０００,公斤,1080401,民國108年6月30日\n"
                     "A3,丙,7782-50-5,,,,製造,1,公斤,108/02/29,108/03/31\n"
                     "A4,丁,7782-50-5,,,,製造,\"1,23\",公斤,108/02/28,108/03/31\n");
    counts(2, 0, 0, 0, 2);
    IS("SELECT string_agg(concat_ws(' ', quantity_kg, period_start, period_end), ', ' ORDER BY "
       "line) FROM holding",
       "1234500 2019-01-01 2019-03-31, 12000 2019-04-01 2019-06-30");
    assert_int_equal(reason("date_invalid"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(holdings_are_linked_where_it_is_certain, setup, teardown),
        cmocka_unit_test_setup_teardown(order_of_imports_does_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(repeats_and_corrections, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(substances_are_found_by_names_and_codes, setup, teardown),
        cmocka_unit_test_setup_teardown(years_of_the_republic_and_commas, setup, teardown),
        cmocka_unit_test_setup_teardown(the_products_tables_load, setup, teardown),
    };
    return import_db_main("import holdings and substances", tests);
}
