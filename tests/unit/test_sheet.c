/* Tables as CSV, byte for byte, and as XLSX, read back by GDAL and as the XML inside. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "gis/mem.h"
#include "import/gdal.h"
#include "server/command_output.h"

static const struct sheet_column columns[] = {
    {.key = "id", .zh = "編號", .en = "number"},
    {.key = "name", .zh = "名稱", .en = "name", .width = 40, .about = "as its source says it"},
    {.key = "score", .zh = "面積", .en = "area", .decimals = 3},
    {.key = "exact", .zh = "精確值", .en = "exact value"},
    {.key = "day", .zh = "日期", .en = "day"},
    {.key = "at", .zh = "時間", .en = "time (UTC)"},
    {.key = "drawn", .zh = "有位置", .en = "has a position"},
    {.key = NULL}};

static const char *const names[] = {
    "=1+1", "+886-2",     "-5",     "@SUM(A1)", " =cmd|' /C'", "＝HYPERLINK(\"x\")",
    "a,b",  "say \"hi\"", "兩\n行", "",         "臺塑<b>&'",   "\x01x"};
enum { NAMES = sizeof names / sizeof *names };

static struct sheet *make(enum sheet_format format)
{
    struct error err;
    struct sheet *s = sheet_new(format, "試驗", "trial", columns, &err);
    assert_non_null(s);
    for (int i = 0; i < NAMES; i++) {
        sheet_int(s, i ? i : 1234567890123456789);
        sheet_text(s, names[i]);
        sheet_number(s, i == 1 ? (double)NAN : i == 2 ? -0.1 : i / 3.0);
        sheet_decimal(s, i ? "0.1" : "12345678901234567890.10");
        sheet_day(s, i ? 18262 + i : ATLAS_NO_DAY);
        sheet_time(s, 1577836800 + i);
        sheet_bool(s, i % 2);
        assert_true(sheet_row(s));
    }
    sheet_about(s, "權重", "weights", "%d,%d", 40, 60);
    return s;
}

static void csv_is_exact_and_harmless(void **state)
{
    (void)state;
    struct error err;
    struct buf out = {.data = NULL};
    assert_true(sheet_finish(&out, make(SHEET_CSV), &err));
    assert_string_equal(
        buf_string(&out),
        "\xEF\xBB\xBFid,name,score,exact,day,at,drawn\r\n"
        "1234567890123456789,\"'=1+1\",0,12345678901234567890.10,,2020-01-01T00:00:00Z,false\r\n"
        "1,\"'+886-2\",,0.1,2020-01-02,2020-01-01T00:00:01Z,true\r\n"
        "2,\"'-5\",-0.1,0.1,2020-01-03,2020-01-01T00:00:02Z,false\r\n"
        "3,\"'@SUM(A1)\",1,0.1,2020-01-04,2020-01-01T00:00:03Z,true\r\n"
        "4,\"' =cmd|' /C'\",1.3333333333333333,0.1,2020-01-05,2020-01-01T00:00:04Z,false\r\n"
        "5,\"'＝HYPERLINK(\"\"x\"\")\",1.6666666666666667,0.1,2020-01-06,2020-01-01T00:00:05Z,"
        "true\r\n"
        "6,\"a,b\",2,0.1,2020-01-07,2020-01-01T00:00:06Z,false\r\n"
        "7,\"say \"\"hi\"\"\",2.3333333333333335,0.1,2020-01-08,2020-01-01T00:00:07Z,true\r\n"
        "8,\"兩\n行\",2.6666666666666665,0.1,2020-01-09,2020-01-01T00:00:08Z,false\r\n"
        "9,,3,0.1,2020-01-10,2020-01-01T00:00:09Z,true\r\n"
        "10,臺塑<b>&',3.3333333333333335,0.1,2020-01-11,2020-01-01T00:00:10Z,false\r\n"
        "11,\xEF\xBF\xBDx,3.6666666666666665,0.1,2020-01-12,2020-01-01T00:00:11Z,true\r\n");
    buf_free(&out);
}

static void csv_says_what_was_cut(void **state)
{
    (void)state;
    struct error err;
    struct buf out = {.data = NULL};
    struct sheet *s = sheet_new(SHEET_CSV, "試驗", "trial", columns, &err);
    sheet_int(s, 1);
    sheet_row(s); /* what is missing of a row is empty */
    sheet_note(s, "只列前 1 筆", "first row only");
    assert_true(sheet_finish(&out, s, &err));
    const char *rest = strchr(buf_string(&out), '\n') + 1;
    assert_string_equal(rest, "1,,,,,,\r\n只列前 1 筆 first row only,,,,,,\r\n");
    buf_free(&out);
}

static const char *field(OGRFeatureH f, int i)
{
    return OGR_F_GetFieldAsString(f, i);
}

static void xlsx_keeps_types(void **state)
{
    (void)state;
    struct error err;
    char path[] = "/tmp/hazatlas-sheet-test-XXXXXX.xlsx";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    close(fd);
    assert_true(command_output_sheet(path, make(SHEET_XLSX), &err));
    GDALAllRegister();
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(file);
    assert_int_equal(GDALDatasetGetLayerCount(file), 2);
    OGRLayerH list = GDALDatasetGetLayer(file, 0);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(list);
    assert_string_equal(OGR_L_GetName(list), "list");
    assert_string_equal(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, 1)), "名稱\nname");
    assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, 2)), OFTReal);
    assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, 4)), OFTDate);
    assert_int_equal(OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, 5)), OFTDateTime);
    assert_int_equal(OGR_L_GetFeatureCount(list, 1), NAMES);
    for (int i = 0; i < NAMES; i++) {
        OGRFeatureH f = OGR_L_GetNextFeature(list);
        const char *name = names[i][0] == '\x01' ? "\xEF\xBF\xBDx" : names[i];
        assert_string_equal(field(f, 1), name); /* texts are texts, as they are */
        if (i != 1)
            assert_double_equal(OGR_F_GetFieldAsDouble(f, 2), i == 2 ? -0.1 : i / 3.0, 1e-15);
        if (!i) {
            assert_string_equal(field(f, 0), "1234567890123456789");
            assert_string_equal(field(f, 3), "12345678901234567890.10");
        }
        if (i == 5) {
            assert_string_equal(field(f, 4), "2020/01/06");
            assert_string_equal(field(f, 5), "2020/01/01 00:00:05");
        }
        OGR_F_Destroy(f);
    }
    OGRLayerH about = GDALDatasetGetLayer(file, 1);
    assert_string_equal(OGR_L_GetName(about), "about");
    bool weights = false, dictionary = false;
    for (OGRFeatureH f; (f = OGR_L_GetNextFeature(about)); OGR_F_Destroy(f)) {
        weights |= !strcmp(field(f, 1), "weights") && !strcmp(field(f, 2), "40,60");
        dictionary |= !strcmp(field(f, 2), "name: as its source says it");
    }
    assert_true(weights);
    assert_true(dictionary);
    GDALClose(file);
    char *command = mem_format("unzip -p %s 'xl/worksheets/*.xml' | grep -c '<f>'", path);
    FILE *formulas = popen(command, "r");
    int count = -1;
    assert_int_equal(fscanf(formulas, "%d", &count), 1);
    assert_int_equal(count, 0);
    pclose(formulas);
    free(command);
    unlink(path);
}

static void a_file_is_whole_or_not_there(void **state)
{
    (void)state;
    struct error err;
    assert_false(command_output_sheet("/nowhere/at/all.csv", make(SHEET_CSV), &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "/nowhere/at/all.csv"));
}

static void a_table_past_the_cap_is_refused(void **state)
{
    (void)state;
    struct error err;
    struct buf small = {.max = 100};
    assert_false(sheet_finish(&small, make(SHEET_XLSX), &err));
    assert_int_equal(err.kind, ERROR_TOO_LARGE);
    buf_free(&small);
}

/* A spreadsheet has an end; CSV has none. */
static void a_full_table_says_so(void **state)
{
    (void)state;
    static const struct sheet_column one[] = {{.key = "n", .zh = "數", .en = "number"},
                                              {.key = NULL}};
    for (int format = SHEET_CSV; format <= SHEET_XLSX; format++) {
        struct error err;
        struct sheet *s = sheet_new((enum sheet_format)format, "試驗", "trial", one, &err);
        for (int i = 0; i < SHEET_ROWS_MAX; i++) {
            sheet_int(s, i);
            if (!sheet_row(s))
                fail_msg("row %d of %d is refused", i, SHEET_ROWS_MAX);
        }
        sheet_int(s, -1);
        assert_int_equal(sheet_row(s), format == SHEET_CSV);
        sheet_note(s, "滿了", "full");
        struct buf out = {.data = NULL};
        if (!sheet_finish(&out, s, &err))
            fail_msg("%s", err.text);
        assert_true(out.len > 1000000);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_exact_and_harmless),
        cmocka_unit_test(csv_says_what_was_cut),
        cmocka_unit_test(xlsx_keeps_types),
        cmocka_unit_test(a_file_is_whole_or_not_there),
        cmocka_unit_test(a_table_past_the_cap_is_refused),
        cmocka_unit_test(a_full_table_says_so),
    };
    return unit_run("sheet", tests);
}
