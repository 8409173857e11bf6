/* Values as files write them: numbers, dates, units, counties, positions, and the hash. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "gis/text.h"
#include "gis/units.h"
#include "import/axis.h"
#include "import/date.h"
#include "import/place.h"
#include "import/sha256.h"
#include "import/stage.h"
#include "import/value.h"

static void registration_numbers(void **state)
{
    (void)state;
    char out[VALUE_NUMBER_MAX], digits[9], cas[VALUE_CAS_MAX];
    assert_true(value_number(out, "ｅ５６００１２３"));
    assert_string_equal(out, "E5600123");
    assert_true(value_number(out, " 99-000 123 "));
    assert_string_equal(out, "99-000123");
    assert_false(value_number(out, "無"));
    assert_false(value_number(out, ""));
    assert_false(value_number(out, "a/b"));
    assert_false(value_number(out, "12345678901234567890123456789012345678901"));
    assert_true(value_digits(digits, 8, "２２０９９１３１"));
    assert_string_equal(digits, "22099131");
    assert_false(value_digits(digits, 8, "2209913"));
    assert_false(value_digits(digits, 8, "2209913x"));
    assert_true(value_cas(cas, "７７８２－５０－５"));
    assert_string_equal(cas, "7782-50-5");
    assert_false(value_cas(cas, "7782-50-6"));
}

static void numbers_and_answers(void **state)
{
    (void)state;
    double d;
    int64_t i;
    int yes;
    assert_true(value_double(&d, "１２．５"));
    assert_double_equal(d, 12.5, 0);
    static const char *const bad[] = {"", "nan", "inf", "1e999", "0x10", "12 kg", "--1"};
    for (size_t n = 0; n < sizeof bad / sizeof *bad; n++)
        assert_false(value_double(&d, bad[n]));
    assert_true(value_double(&d, "1,234.5"));
    assert_double_equal(d, 1234.5, 0);
    assert_true(value_double(&d, "－１２，３４５，６７８"));
    assert_double_equal(d, -12345678, 0);
    assert_true(value_int(&i, "1,000") && i == 1000);
    static const char *const commas[] = {
        "1,00",   ",100",     "1,0000",    "1,234,5",   "1.234,5",   "0,123", "1,,000",
        "1,000,", "1234,567", "1,000.0,0", "12,34,567", "1,234,5.6", ","};
    for (size_t n = 0; n < sizeof commas / sizeof *commas; n++)
        assert_false(value_double(&d, commas[n]));
    assert_true(value_int(&i, "1998"));
    assert_false(value_int(&i, "1998.5"));
    assert_true(value_yes(&yes, "是") && yes == 1);
    assert_true(value_yes(&yes, "NO") && yes == 0);
    assert_false(value_yes(&yes, "maybe"));
}

static void degrees(void **state)
{
    (void)state;
    double d;
    static const struct {
        const char *text;
        double wanted;
    } good[] = {
        {"121°33'12.5\"E", 121 + 33 / 60.0 + 12.5 / 3600},
        {"121 33 12.5", 121 + 33 / 60.0 + 12.5 / 3600},
        {"N25° 2′ 3″", 25 + 2 / 60.0 + 3 / 3600.0},
        {"東經121度33分12.5秒", 121 + 33 / 60.0 + 12.5 / 3600},
        {"１２１：３３：３０", 121 + 33.5 / 60},
        {"121°33.5'", 121 + 33.5 / 60},
        {"121.5°", 121.5},
        {"121.5 E", 121.5},
        {"3° 30' S", -3.5},
        {"25°2'3''", 25 + 2 / 60.0 + 3 / 3600.0},
        {"w 0 30 0", -0.5},
        {"121°33’12.5”", 121 + 33 / 60.0 + 12.5 / 3600},
    };
    static const char *const bad[] = {
        "121.5",      "121",       "",        "121°60'",     "121°33'60\"", "181°",
        "121.5°33'",  "E121°33'E", "250 000", "121 33.5 12", "121 33 12 5", "121°33'12.5\"X",
        "-121 33 12", "°",         "E",       "121 333",     "1e2 3",       "121°E33'",
        "180°0'1\""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!value_degrees(&d, good[i].text))
            fail_msg("%s is refused", good[i].text);
        assert_double_equal(d, good[i].wanted, 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (value_degrees(&d, bad[i]))
            fail_msg("%s is taken", bad[i]);
}

static void trimming(void **state)
{
    (void)state;
    char a[] = " \t\xE3\x80\x80 臺北 廠 \xC2\xA0\n", b[] = " \xE3\x80\x80", c[] = "";
    assert_string_equal(value_trim(a), "臺北 廠");
    assert_null(value_trim(b));
    assert_null(value_trim(c));
}

static void dates(void **state)
{
    (void)state;
    char out[DATE_SIZE];
    static const char *const good[][2] = {
        {"2014-04-01", "2014-04-01"},
        {"2014/4/1", "2014-04-01"},
        {"2014.04.01", "2014-04-01"},
        {"20140401", "2014-04-01"},
        {"2016-02-29", "2016-02-29"},
        {"2014-04-01 12:00", "2014-04-01"},
        {"2014-04-01T00:00:00Z", "2014-04-01"},
        {"108/12/15", "2019-12-15"},
        {"1081215", "2019-12-15"},
        {"108.12.15", "2019-12-15"},
        {"民國108年12月15日", "2019-12-15"},
        {"108年12月15日", "2019-12-15"},
        {"中華民國 99 年 1 月 5 日", "2010-01-05"},
        {"民國99/1/5", "2010-01-05"},
        {"0990105", "2010-01-05"},
        {"民國1年1月1日", "1912-01-01"},
        {"１０８／１２／１５", "2019-12-15"},
        {"2019年12月15日", "2019-12-15"},
        {"109/2/29 08:30", "2020-02-29"},
        {"108-1-1", "2019-01-01"},
        {"98年12月31日", "2009-12-31"},
        {"98年1月1日", "2009-01-01"},
        {"98 年 1 月 1 日", "2009-01-01"},
        {"9年1月1日", "1920-01-01"},
        {"99年1月5日", "2010-01-05"},
        {"98/04/01", "2009-04-01"},
        {"98.12.31", "2009-12-31"},
        {"98-04-01", "2009-04-01"},
        {"９８／４／１", "2009-04-01"},
        {"98/4/1 08:30", "2009-04-01"},
        {"32/1/1", "1943-01-01"},
        {"99/12/15", "2010-12-15"},
        {"980401", "2009-04-01"},
        {"991215", "2010-12-15"},
        {"民國200101", "1931-01-01"},
    };
    static const char *const bad[] = {"",
                                      "2014-13-01",
                                      "2015-02-29",
                                      "2014-04/01",
                                      "14-04-01",
                                      "2014-04",
                                      "2014-4-31",
                                      "2014-04-01x",
                                      "0000-01-01",
                                      "99999999",
                                      "2014-00-10",
                                      "108/2/29",
                                      "1081315",
                                      "1080230",
                                      "民國108年13月1日",
                                      "民國108年2月30日",
                                      "108/12.15",
                                      "民國2019/12/15",
                                      "民國0年1月1日",
                                      "民國前1年1月1日",
                                      "000/1/1",
                                      "108年12月",
                                      "108年12月15",
                                      "民國",
                                      "31/12/15",
                                      "12/04/01",
                                      "31-04-01",
                                      "140401",
                                      "98/13/01",
                                      "98/2/29",
                                      "981301",
                                      "98/04",
                                      "98年",
                                      "9804012",
                                      "108121",
                                      "10812155555",
                                      "民國元年1月1日",
                                      "1/2/3"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(date_parse(out, good[i][0]));
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(out, bad[i]));
}

static void years(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year; /* 0 = none */
    } table[] = {
        {"2009", 2009},
        {"２００９", 2009},
        {"1998", 1998},
        {"民國98年", 2009},
        {"中華民國98年度", 2009},
        {"民國９０年", 2001},
        {"民國 5 年", 1916},
        {"98年", 2009},
        {"9年", 1920},
        {"108", 2019},
        {"098", 2009},
        {"98", 2009},
        {"78", 1989},
        {"32", 1943},
        {"2009年", 2009},
        {"108/12/15", 2019},
        {"0800517", 1991},
        {"98.12.31", 2009},
        {"20140401", 2014},
        {"2014-04-01", 2014},
        {"98年5月1日", 2009},
        {"31", 0},
        {"14", 0},
        {"0", 0},
        {"", 0},
        {"年", 0},
        {"民國", 0},
        {"民國0年", 0},
        {"民國2009年", 0},
        {"500", 0},
        {"2201", 0},
        {"98.5", 0},
        {"-98", 0},
        {"12/04/01", 0},
        {"不詳", 0},
        {"99999999999999999999", 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int year = -1;
        bool ok = date_year(&year, table[i].text);
        if (ok != (table[i].year > 0) || year != table[i].year)
            fail_msg("\"%s\" is read as %d, wanted %d", table[i].text, year, table[i].year);
    }
}

static void units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum unit_kind kind;
        double factor; /* kg or litres */
    } table[] = {
        {"公噸", UNIT_MASS, 1000},     {" ＫＧ ", UNIT_MASS, 1},
        {"毫克", UNIT_MASS, 1e-6},     {"M3", UNIT_VOLUME, 1000},
        {"ｍ³", UNIT_VOLUME, 1000},    {"㎥", UNIT_VOLUME, 1000},
        {"仟克", UNIT_MASS, 1},        {"千公斤", UNIT_MASS, 1000},
        {"公斤(kg)", UNIT_MASS, 1},    {"公噸（ｔ）", UNIT_MASS, 1000},
        {"kg.", UNIT_MASS, 1},         {"c.c.", UNIT_VOLUME, 1e-3},
        {"磅", UNIT_MASS, 0.45359237}, {"LBS", UNIT_MASS, 0.45359237},
        {"臺斤", UNIT_MASS, 0.6},      {"μg", UNIT_MASS, 1e-9},
        {"公秉", UNIT_VOLUME, 1000},   {"公　升", UNIT_VOLUME, 1},
        {"瓶", UNIT_OTHER, 0},         {"桶", UNIT_OTHER, 0},
        {"公斤(t)", UNIT_OTHER, 0},    {"kg/年", UNIT_OTHER, 0},
        {"加侖", UNIT_OTHER, 0},       {"(kg)", UNIT_OTHER, 0},
        {"", UNIT_OTHER, 0},           {".", UNIT_OTHER, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double factor;
        if (units_find(&factor, table[i].text) != table[i].kind)
            fail_msg("%s is another kind of unit", table[i].text);
        assert_double_equal(factor, table[i].factor, 0);
    }
}

static void counties_of_addresses(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"臺北市松山區健康路１３１號", "台北市"},
        {"１０５臺北市松山區", "台北市"},
        {"台灣省台北縣板橋市", "台北縣"},
        {"福建省金門縣", "金門縣"},
        {" 桃 園 縣中壢市", "桃園縣"},
        {"中正路1號", ""},
        {"", ""},
        {"市", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {.max = 1000};
        place_county_key(&b, cases[i][0]);
        assert_string_equal(buf_string(&b), cases[i][1]);
        buf_free(&b);
    }
}

static enum place_verdict judge(const char *crs, const char *x, const char *y, char *taken)
{
    struct place_reader p;
    struct error err;
    double lon = 0, lat = 0, a, b;
    assert_true(place_open(&p, crs, &err));
    enum place_verdict verdict = place_read(&p, &lon, &lat, &a, &b, x, y);
    memcpy(taken, p.code, sizeof p.code);
    place_close(&p);
    if (verdict == PLACE_ACCEPTED)
        assert_true(lon > 118 && lon < 123 && lat > 21 && lat < 26);
    return verdict;
}

static void positions(void **state)
{
    (void)state;
    char crs[32];
    assert_int_equal(judge(NULL, "121.5", "25.0", crs), PLACE_ACCEPTED);
    assert_string_equal(crs, "EPSG:4326");
    assert_int_equal(judge(NULL, "250000", "2650000", crs), PLACE_ACCEPTED);
    assert_string_equal(crs, "EPSG:3826");
    assert_int_equal(judge(NULL, "121°33'12.5\"E", "25°2'3\"N", crs), PLACE_ACCEPTED);
    assert_string_equal(crs, "EPSG:4326");
    assert_int_equal(judge("EPSG:3824", "121 33 12.5", "25 2 3", crs), PLACE_ACCEPTED);
    assert_int_equal(judge("EPSG:4326", "25°2'3\"N", "121°33'12.5\"E", crs), PLACE_SWAPPED);
    assert_int_equal(judge("EPSG:4326", "121°33'62\"E", "25°2'3\"N", crs), PLACE_NOT_NUMBER);
    assert_int_equal(judge("EPSG:3826", "121°33'12\"E", "25°2'3\"N", crs), PLACE_NOT_NUMBER);
    assert_int_equal(judge("EPSG:3826", "250 000", "2,650,000", crs), PLACE_ACCEPTED);
    assert_int_equal(judge("EPSG:3828", "249171", "2600206", crs), PLACE_ACCEPTED);
    assert_int_equal(judge("EPSG:3827", "300000", "2600206", crs), PLACE_ACCEPTED);
    assert_int_equal(judge("EPSG:4326", "25.0", "121.5", crs), PLACE_SWAPPED);
    assert_int_equal(judge("EPSG:3826", "2650000", "250000", crs), PLACE_SWAPPED);
    assert_int_equal(judge("EPSG:4326", "0", "0", crs), PLACE_OUTSIDE);
    /* Taipei (121.6 25.05) in zone 119 read as 121 lies at 123.6, at sea. */
    assert_int_equal(judge("EPSG:3826", "512000", "2772200", crs), PLACE_OTHER_ZONE);
    assert_int_equal(judge("EPSG:3828", "512000", "2772200", crs), PLACE_OTHER_ZONE);
    assert_int_equal(judge("EPSG:3825", "512000", "2772200", crs), PLACE_ACCEPTED);
    assert_int_equal(judge("EPSG:3826", "650000", "2772200", crs), PLACE_OUTSIDE);
    assert_int_equal(judge("EPSG:3826", "520000", "2072200", crs), PLACE_OUTSIDE);
    assert_int_equal(judge("EPSG:4326", "123.6", "25.05", crs), PLACE_OUTSIDE);
    assert_int_equal(judge("EPSG:4326", "1e308", "-1e308", crs), PLACE_OUTSIDE);
    assert_int_equal(judge("EPSG:3826", "1e308", "1e308", crs), PLACE_OUTSIDE);
    assert_int_equal(judge("EPSG:4326", "nan", "25", crs), PLACE_NOT_NUMBER);
    assert_int_equal(judge("EPSG:4326", NULL, "25", crs), PLACE_HALF);
    assert_int_equal(judge("EPSG:4326", NULL, NULL, crs), PLACE_MISSING);
}

static void systems_that_rows_say(void **state)
{
    (void)state;
    static const struct {
        const char *said, *taken, *other; /* NULL = no contradiction */
    } table[] = {
        {"twd67", "EPSG:3826", "EPSG:3828"},   {"67", "EPSG:3826", "EPSG:3828"},
        {"97", "EPSG:3828", "EPSG:3826"},      {"epsg:3828", "EPSG:3826", "EPSG:3828"},
        {"twd97", "EPSG:3827", "EPSG:3825"},   {"twd97tm2(119)", "EPSG:3826", "EPSG:3825"},
        {"tm2-119", "EPSG:3828", "EPSG:3827"}, {"121分帶", "EPSG:3825", "EPSG:3826"},
        {"twd67", "EPSG:4326", "EPSG:3828"},   {"wgs84", "EPSG:3828", "EPSG:3826"},
        {"虎子山", "EPSG:3826", "EPSG:3828"},  {"twd97", "EPSG:3826", NULL},
        {"twd97tm2121", "EPSG:3826", NULL},    {"twd67", "EPSG:3828", NULL},
        {"wgs84", "EPSG:3826", NULL},          {"twd97", "EPSG:4326", NULL},
        {"twd97tm2(119)", "EPSG:4326", NULL},  {"twd67/twd97", "EPSG:3826", NULL},
        {"二度分帶", "EPSG:3828", NULL},       {"", "EPSG:3826", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *other = axis_other_crs(table[i].said, table[i].taken);
        if (!other != !table[i].other || (other && strcmp(other, table[i].other) != 0))
            fail_msg("%s beside %s gives %s", table[i].said, table[i].taken, other ? other : "-");
    }
}

static void hashes(void **state)
{
    (void)state;
    /* FIPS 180-4 examples, and a million times "a". */
    static const char *const wanted[] = {
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    };
    static const char *const texts[] = {"abc",
                                        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"};
    for (int turn = 0; turn < 6; turn++) {
        int i = turn % 3;
        struct sha256 s;
        unsigned char digest[SHA256_BYTES];
        char hex[SHA256_HEX];
        sha256_begin(&s);
        s.fast = s.fast && turn < 3; /* with the processor's instructions and without */
        for (int n = 0; i == 2 && n < 1000000; n++)
            sha256_add(&s, "a", 1);
        if (i < 2)
            sha256_add(&s, texts[i], strlen(texts[i]));
        sha256_end(digest, &s);
        sha256_hex(hex, digest, sizeof digest);
        assert_string_equal(hex, wanted[i]);
    }
}

/* What is written shortly reads back as the same double, and everything else is left alone. */
static void decimals(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text; /* NULL = not such a number */
    } cases[] = {{0, "0"},           {121.493702, "121.493702"},
                 {-0.5, "-0.5"},     {1e-9, "0.000000001"},
                 {250000, "250000"}, {3999999.999999999, "3999999.999999999"},
                 {1e-10, NULL},      {4e6, NULL},
                 {1.0 / 3, NULL},    {-0.0, NULL},
                 {NAN, NULL},        {INFINITY, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TEXT_DECIMAL_MAX + 1] = "";
        size_t len = text_put_decimal(text, cases[i].value);
        assert_string_equal(text, cases[i].text ? cases[i].text : "");
        assert_int_equal(len, cases[i].text ? strlen(cases[i].text) : 0);
    }
    uint64_t seed = 7;
    for (int i = 0; i < 200000; i++) {
        char text[64], *end;
        double read;
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        double value = (double)(int64_t)(seed >> 12) / (i % 2 ? 1e9 : 4503.599);
        size_t len = text_put_decimal(text, value);
        text[len] = '\0';
        assert_true(!len || strtod(text, &end) == value);
        snprintf(text, sizeof text, "%.*f", i % 12, value / 1e6); /* reading, beside strtod */
        assert_true(text_to_double(&read, text));
        assert_true(read == strtod(text, &end));
    }
}

static void copy_text(void **state)
{
    (void)state;
    struct buf b = {.max = 1000};
    stage_text(&b, "a\\b\tc\nd\re");
    stage_text(&b, NULL);
    stage_text(&b, "");
    stage_f64(&b, NAN);
    stage_i64(&b, -5);
    stage_hex(&b, "\x01\xAB", 2);
    stage_end(&b);
    assert_string_equal(buf_string(&b), "a\\\\b\\tc\\nd\\re\t\\N\t\t\\N\t-5\t01ab\n");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registration_numbers),
        cmocka_unit_test(numbers_and_answers),
        cmocka_unit_test(degrees),
        cmocka_unit_test(trimming),
        cmocka_unit_test(dates),
        cmocka_unit_test(years),
        cmocka_unit_test(units),
        cmocka_unit_test(counties_of_addresses),
        cmocka_unit_test(positions),
        cmocka_unit_test(systems_that_rows_say),
        cmocka_unit_test(hashes),
        cmocka_unit_test(decimals),
        cmocka_unit_test(copy_text),
    };
    return unit_run("import values", tests);
}
