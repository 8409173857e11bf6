/* What several sources say of a substance: facts are added, the higher hazard holds, nothing of one
 * source is lost by another. */
#include "tests/unit/import_db.h"

#include "import/undo.h"

#define RATINGS "cas,health,flammability,instability,special\n"
#define FACTS                                                                                      \
    "SELECT string_agg(concat_ws(' ', cas, name_zh, name_en, un, nfpa_health, nfpa_flammability,"  \
    " nfpa_instability, nfpa_special, ghs_signal, nullif(array_to_string(ghs_pictograms, '+'), "   \
    "''),"                                                                                         \
    " density_kg_l, toxic_item_no), ', ' ORDER BY cas COLLATE \"C\") FROM substance"

static void facts_are_added(void **state)
{
    (void)state;
    import_ok(
        "substances", "s.csv", "first",
        "cas,name_zh,name_en,un,nfpa_health,density_kg_l,toxic_item_no,source\n"
        "67-56-1,甲醇,Methanol,1230,1,0.79,,a book\n71-43-2,苯,Benzene,1114,,0.88,05201,a book\n");
    counts(2, 0, 0, 0, 0);
    /* Only ratings: no name needed, nothing else touched; the higher holds. */
    import_ok("substances", "r.csv", "ratings",
              RATINGS "67-56-1,0,3,0,\n0071432,2,3,0,W\n64-17-5,2,3,0,\n7782-50-6,4,0,0,\n");
    counts(0, 2, 0, 0, 2);
    assert_int_equal(reason("name_missing"), 1);
    assert_int_equal(reason("cas_invalid"), 1);
    assert_int_equal(remark("CAS numbers mended"), 1);
    assert_int_equal(remark("facts of which another source says otherwise"), 1);
    IS(FACTS, "67-56-1 甲醇 Methanol 1230 1 3 0 0.79, 71-43-2 苯 Benzene 1114 2 3 0 W 0.88 05201");
    IS("SELECT citation FROM substance WHERE cas = '67-56-1'", "a book; ratings");
    IS("SELECT string_agg(name, ' ' ORDER BY name COLLATE \"C\") FROM substance_name n JOIN "
       "substance s ON s.id = substance_id WHERE cas = '71-43-2'",
       "05201 1114 71-43-2 Benzene UN1114 苯");
    /* The source of the ratings takes one back. */
    import_ok("substances", "r.csv", "ratings", RATINGS "71-43-2,1,,,\n");
    counts(0, 1, 0, 0, 0);
    IS(FACTS, "67-56-1 甲醇 Methanol 1230 1 3 0 0.79, 71-43-2 苯 Benzene 1114 1 0.88 05201");
    IS("SELECT count(*) || ' ' || count(ended_batch_id) FROM substance_record", "5 1");
    /* The first source sends a file of other columns: what it said in the others stays. */
    import_ok("substances", "s2.csv", "first", "cas,GHS警示語,GHS圖式\n67-56-1,危險,GHS02;GHS06\n");
    counts(0, 1, 0, 0, 0);
    IS(FACTS, "67-56-1 甲醇 Methanol 1230 1 3 0 Danger GHS02+GHS06 0.79, 71-43-2 苯 Benzene 1114 1 "
              "0.88 05201");
}

static void several_rows_of_one_number(void **state)
{
    (void)state;
    import_ok("substances", "g.csv", "ghs",
              "cas,name_en,pictograms,signal_word,classification_h\n"
              "50-00-0,formaldehyde; methanal,GHS07,Wng,H302 *;H317\n"
              "50-00-0,formaldehyde … %,GHS06;GHS05,Dgr,H331;H302\n"
              "50-00-0,formaldehyde … %,GHS06;GHS05,Dgr,H331;H302\n"
              "64-17-5,ethanol,GHS02,Dgr,H225;what\n");
    counts(3, 0, 0, 1, 0);
    assert_int_equal(remark("rows beside another of the same CAS number"), 1);
    assert_int_equal(reason("field_ignored"), 1);
    IS("SELECT concat_ws(' ', name_zh, ghs_signal, array_to_string(ghs_pictograms, '+'), "
       "array_to_string(ghs_h, '+')) FROM substance WHERE cas = '50-00-0'",
       "formaldehyde Danger GHS07+GHS06+GHS05 H302+H317+H331");
    IS("SELECT count(*) FROM substance_name n JOIN substance s ON s.id = substance_id WHERE cas = "
       "'50-00-0' AND name IN ('methanal', 'formaldehyde … %')",
       "2");
    /* Fewer rows now: the others end. */
    import_ok("substances", "g2.csv", "ghs",
              "cas,name_en,pictograms,signal_word,classification_h\n"
              "50-00-0,formaldehyde,GHS07,Wng,H302\n");
    IS("SELECT array_to_string(ghs_pictograms, '+') FROM substance WHERE cas = '50-00-0'", "GHS07");
}

static void rows_without_a_number(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test", SUBSTANCES);
    import_ok("substances", "t.csv", "list",
              "toxic_item_no,name_zh,name_en,health\n"
              "05101,氯氣體,,4\n"        /* by its code */
              ",甲醇,Methyl alcohol,1\n" /* by its Chinese name */
              ",酒精,,2\n"               /* two bear it */
              ",苯,Methanol,2\n"         /* the names differ */
              "09999,沒聽過,Unheard,2\n");
    counts(0, 2, 0, 0, 3);
    assert_int_equal(reason("cas_missing"), 3);
    IS("SELECT string_agg(cas || ' ' || nfpa_health, ', ' ORDER BY cas) FROM substance WHERE "
       "nfpa_health IS NOT NULL",
       "67-56-1 1, 7782-50-5 4");
    import_ok("holdings", "h.csv", "test",
              "ems_no,substance_name,behaviour,quantity,unit\nA1,氯氣體,use,1,kg\n");
    IS("SELECT substance_link FROM holding", "synonym");
}

static void source_names_link(void **state)
{
    (void)state;
    import_ok("substances", "s.csv", "test",
              "cas,name_zh,name_en,source_names\n108-88-3,甲苯,Toluene,T-01|甲基苯 ; TOL\n");
    import_ok("holdings", "h.csv", "test",
              "ems_no,substance_name,behaviour,quantity,unit\n"
              "A1,t-01,use,1,kg\nA2,甲基苯,use,1,kg\nA3,TOL,use,1,kg\n");
    assert_int_equal(remark("linked by another name"), 3);
}

static void an_import_of_facts_is_undone(void **state)
{
    (void)state;
    struct undo_report undone;
    char before[2000];
    import_ok("substances", "s.csv", "first", SUBSTANCES);
    snprintf(before, sizeof before, "%s", ask(FACTS));
    import_ok("substances", "r.csv", "ratings", RATINGS "67-56-1,3,3,0,\n71-43-2,2,3,0,W\n");
    assert_string_not_equal(ask(FACTS), before);
    if (!import_undo(&undone, report.batch, "a test", db, &failure))
        fail_msg("%s %s", failure.text, db_message(db));
    IS(FACTS, before);
    IS("SELECT count(*) FROM substance_record", "5");
    import_ok("substances", "r.csv", "ratings", RATINGS "67-56-1,3,3,0,\n71-43-2,2,3,0,W\n");
    counts(0, 2, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(facts_are_added, setup, teardown),
        cmocka_unit_test_setup_teardown(several_rows_of_one_number, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_without_a_number, setup, teardown),
        cmocka_unit_test_setup_teardown(source_names_link, setup, teardown),
        cmocka_unit_test_setup_teardown(an_import_of_facts_is_undone, setup, teardown),
    };
    return import_db_main("substances of several sources", tests);
}
