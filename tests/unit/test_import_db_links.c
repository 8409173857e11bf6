/* Which substance a report means: damaged CAS numbers, cells of several substances, identifiers and
 * names that differ, decisions of a person. */
#include "tests/unit/import_db.h"

#include "import/link.h"

#define HEADER "管制編號,CAS No.,列管編號,物質名稱,英文名稱,運作行為,數量,單位\n"
#define KNOWN                                                                                      \
    "cas,name_zh,name_en,synonyms_zh,synonyms_en,density_kg_l,toxic_item_no\n"                     \
    "108-88-3,甲苯,Toluene,,Methylbenzene,0.87,\n"                                               \
    "1330-20-7,二甲苯,Xylene,,Xylenes,0.86,\n"                                                  \
    "67-64-1,丙酮,Acetone,,,0.79,\n"                                                             \
    "107-06-2,\"1,2-二氯乙烷\",\"1,2-Dichloroethane\",,,1.25,05101\n"                          \
    "75-05-8,乙腈,Acetonitrile,,,0.78,\n"                                                        \
    "7440-06-4,鉑,Platinum,,,,\n"                                                                 \
    "7738-94-5,鉻酸,Chromic acid,,,,\n"                                                          \
    "11115-74-5,鉻酸/鉻酸鹽類,Chromates,鉻酸鹽類,,,\n"

/* line: CAS, rule, confidence, part, quantity, quantity of the mixture */
#define LINKS                                                                                      \
    "SELECT string_agg(concat_ws(' ', line, coalesce(s.cas, '-'), coalesce(substance_link, '-'),"  \
    " round(link_confidence::numeric, 2), CASE WHEN parts > 1 THEN part || '/' || parts || ':' ||" \
    " part_name END, quantity_kg || 'kg', mixture_kg || 'kg mixed'), ', ' ORDER BY line, part)"    \
    " FROM holding h LEFT JOIN substance s ON s.id = h.substance_id"

static void damaged_numbers_are_mended_and_said(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", KNOWN);
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,108-88-3,,,,使用,1,kg\n"
                     "A2,000108-88-3,,,,使用,1,kg\n"
                     "A3,１０８－８８—３,,,,使用,1,kg\n"
                     "A4,108883,,,,使用,1,kg\n"
                     "A5,CAS No.: 108-88-3。,,,,使用,1,kg\n"
                     "A6,1975/5/8,,,,使用,1,kg\n"
                     "A7,7440/6/4,,,,使用,1,kg\n"
                     "A8,27522,,,,使用,1,kg\n"
                     "A9,7440-06-5,,丙酮,,使用,1,kg\n");
    IS(LINKS, "2 108-88-3 cas 1.00 1kg, 3 108-88-3 cas_mended 0.98 1kg, "
              "4 108-88-3 cas_mended 0.98 1kg, 5 108-88-3 cas_mended 0.98 1kg, "
              "6 108-88-3 cas_mended 0.98 1kg, 7 75-05-8 cas_mended 0.80 1kg, "
              "8 7440-06-4 cas_mended 0.80 1kg, 9 75-05-8 cas_mended 0.80 1kg, "
              "10 67-64-1 name_zh 0.90 1kg");
    assert_int_equal(remark("linked by CAS number, mended"), 7);
    assert_int_equal(reason("field_ignored"), 1);
    IS("SELECT string_agg(reported_cas, ' ' ORDER BY line) FROM holding WHERE line IN (3, 7)",
       "000108-88-3 1975/5/8");
    /* The same holding, its number written as it should be. */
    import_ok("holdings", "h2.csv", "test", HEADER "A2,108-88-3,,,,使用,1,kg\n");
    counts(0, 1, 0, 0, 0);
}

static void shares_do_not_hinder_the_split(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", KNOWN);
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,,,甲苯（60%）、丙酮（40%）,,使用,1,kg\n"
                     "A2,,,,toluene (60 %); acetone (40%),使用,2,kg\n"
                     "A3,,,60%甲苯+40%丙酮,,使用,3,kg\n"
                     "A4,,,甲苯（工業級）、丙酮（40%）,,使用,4,kg\n");
    IS(LINKS,
       "2 108-88-3 name_zh 0.81 1/2:甲苯 1kg mixed, 2 67-64-1 name_zh 0.81 2/2:丙酮 1kg mixed, "
       "3 108-88-3 name_en 0.81 1/2:toluene 2kg mixed, "
       "3 67-64-1 name_en 0.81 2/2:acetone 2kg mixed, "
       "4 108-88-3 name_zh 0.81 1/2:甲苯 3kg mixed, 4 67-64-1 name_zh 0.81 2/2:丙酮 3kg mixed, "
       "5 - - 4kg");
    IS("SELECT string_agg(DISTINCT reported_name, ',') FROM holding WHERE line = 2",
       "甲苯（60%）、丙酮（40%）");
}

static void cells_of_several_are_split(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", KNOWN);
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,,,甲苯、二甲苯,,使用,2,公噸\n"
                     "A2,,,,toluene; xylene,使用,1,L\n"
                     "A3,\"108-88-3,1330-20-7\",,,,使用,3,kg\n"
                     "A4,,,甲苯與二甲苯混合物,,使用,4,瓶\n"
                     "A5,,,\"甲苯,1,2-二氯乙烷/神祕溶劑\",,使用,5,kg\n"
                     "A6,,,鉻酸/鉻酸鹽類,,使用,6,kg\n"
                     "A7,,,\"1,2-二氯乙烷\",,使用,7,kg\n"
                     "A8,,,甲苯/秘密,,使用,8,kg\n"
                     "A9,67-64-1,,甲苯、二甲苯,,使用,9,kg\n");
    counts(9, 0, 0, 0, 0);
    static const char wanted[] =
        "2 108-88-3 name_zh 0.81 1/2:甲苯 2000kg mixed, 2 1330-20-7 name_zh 0.81 2/2:二甲苯 2000kg "
        "mixed, 3 108-88-3 name_en 0.81 1/2:toluene, 3 1330-20-7 name_en 0.81 2/2:xylene, "
        "4 108-88-3 cas 0.86 1/2:108-88-3 3kg mixed, 4 1330-20-7 cas 0.86 2/2:1330-20-7 3kg mixed, "
        "5 108-88-3 name_zh 0.81 1/2:甲苯, 5 1330-20-7 name_zh 0.81 2/2:二甲苯, "
        "6 108-88-3 name_zh 0.81 1/3:甲苯 5kg mixed, 6 107-06-2 name_zh 0.81 2/3:1,2-二氯乙烷 5kg "
        "mixed, 6 - - 3/3:神祕溶劑 5kg mixed, "
        "7 11115-74-5 name_zh 0.90 6kg, 8 107-06-2 name_zh 0.90 7kg, 9 - - 8kg, "
        "10 67-64-1 cas 1.00 9kg";
    IS(LINKS, wanted);
    assert_int_equal(remark("rows of several substances, split"), 5);
    assert_int_equal(reason("several_substances"), 5);
    IS("SELECT sum(quantity_kg) FROM holding", "30"); /* no part of a mixture counts twice */
    /* Again: nothing new; corrected: all parts follow; named as one: the parts go. */
    import_ok("holdings", "h2.csv", "test",
              HEADER "A1,,,甲苯、二甲苯,,使用,2,公噸\nA3,\"108-88-3,1330-20-7\",,,,使用,1,公噸\n");
    counts(0, 1, 1, 0, 0);
    IS("SELECT string_agg(mixture_kg || ' ' || parts, ',') FROM holding h JOIN facility f ON f.id "
       "= facility_id WHERE facility_key = 'ems:A3'",
       "1000 2,1000 2");
    /* A substance of that name comes, and goes with the source's correction. */
    import_ok("substances", "s2.csv", "other", "cas,name_zh,name_en\n71-43-2,甲苯、二甲苯,X\n");
    IS("SELECT string_agg(s.cas || ' ' || parts || ' ' || coalesce(mixture_kg, quantity_kg), ',') "
       "FROM holding h JOIN substance s ON s.id = substance_id JOIN facility f ON f.id = "
       "facility_id WHERE facility_key = 'ems:A1'",
       "71-43-2 1 2000");
    import_ok("substances", "s3.csv", "other", "cas,name_zh,name_en\n71-43-2,苯,Benzene\n");
    IS("SELECT string_agg(s.cas || ' ' || parts || ' ' || mixture_kg, ',' ORDER BY part) "
       "FROM holding h JOIN substance s ON s.id = substance_id JOIN facility f ON f.id = "
       "facility_id WHERE facility_key = 'ems:A1'",
       "108-88-3 2 2000,1330-20-7 2 2000");
}

static void order_of_imports_does_not_matter(void **state)
{
    (void)state;
    import_ok("holdings", "h.csv", "test",
              HEADER "A1,,,甲苯、二甲苯,,使用,2,公噸\nA2,108883,,,,使用,1,L\n");
    IS(LINKS, "2 - - 2000kg, 3 - -");
    import_ok("substances", "s.csv", "test", KNOWN);
    IS(LINKS,
       "2 108-88-3 name_zh 0.81 1/2:甲苯 2000kg mixed, 2 1330-20-7 name_zh 0.81 2/2:二甲苯 2000kg "
       "mixed, 3 108-88-3 cas_mended 0.98 0.87kg");
}

/* A person decides about the pair of these keys. */
static int64_t decide(const char *left, const char *right, const char *status)
{
    struct error err = {.kind = ERROR_NONE};
    int64_t changed = -1;
    struct db_result *r = NULL;
    if (!db_exec(db, "BEGIN", &err) ||
        !(r = db_run(db,
                     "UPDATE review SET status = $3, decided_at = now(), decided_by = 'test'"
                     " WHERE subject = 'substance' AND left_key = $1 AND right_key = $2",
                     &err, DB_ARGS(db_text(left), db_text(right), db_text(status)))) ||
        !link_review_decided(&changed, db, &err) || !db_exec(db, "COMMIT", &err))
        fail_msg("%s %s", err.text, db_message(db));
    assert_int_equal(db_affected(r), 1);
    db_done(r);
    return changed;
}

static void identifier_and_name_that_differ(void **state)
{
    (void)state;
    static const char file[] = HEADER "A1,108-88-3,,二甲苯,,使用,1,kg\n"
                                      "A2,,05101,丙酮,,使用,1,kg\n"
                                      "A3,50-00-0,,丙酮,,使用,1,kg\n"
                                      "A4,108-88-3,,甲苯,Xylene,使用,1,kg\n"
                                      "A5,108-88-3,,沒聽過,,使用,1,kg\n";
    import_ok("substances", "s.csv", "test", KNOWN);
    import_ok("holdings", "h.csv", "test", file);
    IS(LINKS, "2 108-88-3 cas 0.50 1kg, 3 107-06-2 code 0.50 1kg, 4 - - 1kg, "
              "5 108-88-3 cas 1.00 1kg, 6 108-88-3 cas 1.00 1kg");
    assert_int_equal(reason("cas_name_differ"), 1);
    assert_int_equal(reason("code_name_differ"), 1);
    assert_int_equal(reason("cas_not_known"), 1);
    assert_int_equal(remark("identifier and name differ"), 2);
    assert_int_equal(remark("names of substances waiting for review"), 3);
    IS("SELECT string_agg(concat_ws(' ', left_key, right_key, rule, detail->'reported'->>'name', "
       "detail->'substance'->>'name_zh', detail->'named'->>'name_zh'), ', ' ORDER BY left_key) "
       "FROM review",
       "05101|丙酮 107-06-2 code_name_differ 丙酮 1,2-二氯乙烷 丙酮, "
       "108-88-3|二甲苯 108-88-3 cas_name_differ 二甲苯 甲苯 二甲苯, "
       "50-00-0|丙酮 67-64-1 cas_not_known 丙酮 丙酮");
    assert_int_equal(decide("108-88-3|二甲苯", "108-88-3", "refused"), 1);
    assert_int_equal(decide("05101|丙酮", "107-06-2", "confirmed"), 1);
    assert_int_equal(decide("50-00-0|丙酮", "67-64-1", "confirmed"), 1);
    static const char decided[] =
        "2 1330-20-7 review 1.00 1kg, 3 107-06-2 review 1.00 1kg, 4 67-64-1 review 1.00 1kg, "
        "5 108-88-3 cas 1.00 1kg, 6 108-88-3 cas 1.00 1kg";
    IS(LINKS, decided);
    /* The next import, of another source, keeps to it, and asks nobody again. */
    import_ok("holdings", "h.csv", "other", file);
    assert_int_equal(remark("names of substances waiting for review"), 0);
    assert_int_equal(remark("linked by a person's decision"), 3);
    IS("SELECT count(*) FROM holding WHERE substance_link = 'review'", "6");
    /* A decision that is taken back. */
    assert_int_equal(decide("108-88-3|二甲苯", "108-88-3", "open"), 2);
    IS("SELECT count(*) FROM holding WHERE link_confidence = 0.5", "2");
}

static void similar_names_are_suggested_only(void **state)
{
    (void)state;
    static const char file[] = HEADER "A1,,,甲笨,,使用,1,kg\n"
                                      "A2,,,\"1,1-二氯乙烷\",,使用,1,kg\n"
                                      "A3,,,,Acetonitril,使用,1,kg\n"
                                      "A4,,,甲醇,,使用,1,kg\n"
                                      "A5,,,溶劑甲,,使用,1,kg\n";
    import_ok("substances", "s.csv", "test", KNOWN);
    import_ok("holdings", "h.csv", "test", file);
    assert_int_equal(remark("not linked to a substance"), 5);
    IS("SELECT string_agg(concat_ws(' ', left_key, right_key, rule), ', ' ORDER BY left_key) FROM "
       "review",
       "acetonitril 75-05-8 similar_name, 甲笨 108-88-3 similar_name");
    assert_int_equal(decide("甲笨", "108-88-3", "confirmed"), 1);
    assert_int_equal(decide("acetonitril", "75-05-8", "refused"), 0);
    IS("SELECT substance_link || link_confidence FROM holding WHERE line = 2", "review1");
    /* A synonym for every source from now on; refused stays refused. */
    import_ok("holdings", "h.csv", "other", file);
    assert_int_equal(remark("linked by a person's decision"), 1);
    assert_int_equal(remark("names of substances waiting for review"), 0);
    assert_int_equal(remark("not linked to a substance"), 4);
    import_ok("substances", "s2.csv", "other", "cas,name_zh,name_en\n67-56-1,甲醇,Methanol\n");
    IS("SELECT count(*) FROM holding WHERE substance_link IS NOT NULL", "4");
}

static void numbers_that_may_be_several(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", KNOWN "7647-01-0,鹽酸,Hydrochloric acid,,,,\n");
    import_ok("holdings", "h.csv", "test", HEADER "A1,7.64701E+06,,不明酸,,使用,1,kg\n");
    IS(LINKS, "2 - - 1kg");
    assert_int_equal(reason("cas_ambiguous"), 1);
    IS("SELECT left_key || ' ' || right_key || ' ' || status FROM review",
       "7.64701e+06 7647-01-0 open");
    assert_int_equal(decide("7.64701e+06", "7647-01-0", "confirmed"), 1);
    IS(LINKS, "2 7647-01-0 review 1.00 1kg");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(damaged_numbers_are_mended_and_said, setup, teardown),
        cmocka_unit_test_setup_teardown(shares_do_not_hinder_the_split, setup, teardown),
        cmocka_unit_test_setup_teardown(cells_of_several_are_split, setup, teardown),
        cmocka_unit_test_setup_teardown(order_of_imports_does_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(identifier_and_name_that_differ, setup, teardown),
        cmocka_unit_test_setup_teardown(similar_names_are_suggested_only, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_that_may_be_several, setup, teardown),
    };
    return import_db_main("links of substances", tests);
}
