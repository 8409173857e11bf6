/* Damaged CAS numbers, cells of several substances, names that look alike. */
#include "tests/unit/unit.h"

#include "gis/text.h"
#include "import/cas.h"
#include "import/link_similar.h"
#include "import/link_split.h"

static const struct {
    const char *text;
    enum cas_state state;
    const char *numbers; /* ' ' between */
} table[] = {
    {"64-17-5", CAS_RIGHT, "64-17-5"},
    {"0064-17-5", CAS_MENDED, "64-17-5"},
    {"000064-17-5", CAS_MENDED, "64-17-5"},
    {"71-43-02", CAS_MENDED, "71-43-2"},
    {"0071-43-02", CAS_MENDED, "71-43-2"},
    {"7782-50-05", CAS_MENDED, "7782-50-5"},
    {"71-43-03", CAS_NONE, ""},
    {"71-43-12", CAS_NONE, ""},
    {"71-43-002", CAS_NONE, ""},
    {"６４-１７-５", CAS_MENDED, "64-17-5"},
    {"64－17－5", CAS_MENDED, "64-17-5"},
    {"64–17–5", CAS_MENDED, "64-17-5"},
    {"64—17—5", CAS_MENDED, "64-17-5"},
    {"64‐17‐5", CAS_MENDED, "64-17-5"},
    {"64−17−5", CAS_MENDED, "64-17-5"},
    {"64ー17ー5", CAS_MENDED, "64-17-5"},
    {"64.17.5", CAS_MENDED, "64-17-5"},
    {"64/17/5", CAS_MENDED, "64-17-5"},
    {"64 - 17 - 5", CAS_MENDED, "64-17-5"},
    {"64 17 5", CAS_MENDED, "64-17-5"},
    {"64175", CAS_MENDED, "64-17-5"},
    {"64175.0", CAS_MENDED, "64-17-5"},
    {"7647010", CAS_MENDED, "7647-01-0"},
    {"0064175", CAS_MENDED, "64-17-5"},
    {"CAS:64-17-5", CAS_MENDED, "64-17-5"},
    {"CAS No. 64-17-5", CAS_MENDED, "64-17-5"},
    {"CAS NO：64-17-5。", CAS_MENDED, "64-17-5"},
    {"CAS-RN 64-17-5", CAS_MENDED, "64-17-5"},
    {"CAS號碼：64-17-5", CAS_MENDED, "64-17-5"},
    {"64-17-5,", CAS_MENDED, "64-17-5"},
    {"(64-17-5)", CAS_MENDED, "64-17-5"},
    {"=\"64-17-5\"", CAS_MENDED, "64-17-5"},
    {"'64-17-5", CAS_MENDED, "64-17-5"},
    {"1975/5/8", CAS_GUESSED, "75-05-8"},
    {"1975/05/08", CAS_GUESSED, "75-05-8"},
    {"1975-05-08", CAS_GUESSED, "75-05-8"},
    {"2075-05-08", CAS_GUESSED, "75-05-8"},
    {"5/8/1975", CAS_GUESSED, "75-05-8"},
    {"8/5/1975", CAS_GUESSED, "75-05-8"},
    {"1975/5/8 00:00:00", CAS_GUESSED, "75-05-8"},
    {"1975-05-08 00:00:00", CAS_GUESSED, "75-05-8"},
    {"1975年5月8日", CAS_GUESSED, "75-05-8"},
    {"8-May-75", CAS_GUESSED, "75-05-8"},
    {"7440/6/4", CAS_GUESSED, "7440-06-4"},
    {"7440-06-04", CAS_GUESSED, "7440-06-4"},
    {"27522", CAS_GUESSED, "75-05-8"},     /* days since 1900: 1975-05-08 */
    {"2023600", CAS_GUESSED, "7440-06-4"}, /* 7440-06-04 */
    {"6.4175E+04", CAS_GUESSED, "64-17-5"},
    {"7.647010e6", CAS_GUESSED, "7647-01-0"},
    {"7.64701E+06", CAS_SEVERAL, "7647-00-9 7647-01-0"}, /* the last digit was rounded off */
    {"7.65E+06", CAS_NONE, ""},
    {"2067/11/5", CAS_NONE, ""}, /* neither 67-11-5 nor 2067-11-5 has the right check digit */
    {"61306", CAS_NONE, ""},     /* the same day by its number */
    {"1975/5/7", CAS_NONE, ""},
    {"1975/13/8", CAS_NONE, ""},
    {"1975-05-8", CAS_NONE, ""}, /* a wrong CAS number, not a date */
    {"7782-50-6", CAS_NONE, ""},
    {"7782-50-5 7782-50-5", CAS_NONE, ""},
    {"108-88-3,1330-20-7", CAS_NONE, ""},
    {"甲苯", CAS_NONE, ""},
    {"無", CAS_NONE, ""},
    {"-", CAS_NONE, ""},
    {"0", CAS_NONE, ""},
    {"", CAS_NONE, ""},
    {"CAS", CAS_NONE, ""},
    {"99999999999999999999999-99-9", CAS_NONE, ""},
    {"1e99999999999999999999", CAS_NONE, ""},
    {"9999999999/99999999999/9999999999", CAS_NONE, ""},
    {"64-17-5 (95%)", CAS_NONE, ""},
    {"混合物 64-17-5", CAS_NONE, ""},
};

static void read_is(const char *text, enum cas_state state, const char *numbers)
{
    struct cas_reading r;
    char got[CAS_CANDIDATES_MAX * VALUE_CAS_MAX] = "";
    cas_read(&r, text);
    for (int i = 0; i < r.count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", r.numbers[i]);
    if (r.state != state || strcmp(got, numbers) != 0)
        fail_msg("\"%s\" is read as %d \"%s\", wanted %d \"%s\"", text, r.state, got, state,
                 numbers);
}

static void known_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        read_is(table[i].text, table[i].state, table[i].numbers);
    char out[VALUE_CAS_MAX];
    bool mended;
    assert_true(cas_mend(out, &mended, "64-17-5") && !mended);
    assert_true(cas_mend(out, &mended, "64175") && mended);
    assert_string_equal(out, "64-17-5");
    assert_false(cas_mend(out, &mended, "7.64701E+06"));
}

/* A small generator of its own: the same numbers everywhere. */
static uint64_t seed = 42;
static unsigned next(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 11) % below;
}

static void random_number(char out[VALUE_CAS_MAX], long *first, long *second, long *check)
{
    static const long least[] = {50, 100, 1000, 10000, 100000, 1000000};
    unsigned size = next(6);
    *first = least[size] + (long)next((unsigned)(size ? 9 * least[size] : 50));
    *second = (long)next(100);
    char digits[16];
    snprintf(digits, sizeof digits, "%ld%02ld", *first, *second);
    long sum = 0, place = 1;
    for (size_t i = strlen(digits); i-- > 0;)
        sum += place++ * (digits[i] - '0');
    *check = sum % 10;
    snprintf(out, VALUE_CAS_MAX, "%ld-%02ld-%ld", *first, *second, *check);
}

static bool among(const char *number, const char *text)
{
    struct cas_reading r;
    cas_read(&r, text);
    for (int i = 0; i < r.count; i++)
        if (!strcmp(r.numbers[i], number))
            return true;
    return false;
}

/* Days from 1899-12-30 to a date, counted year by year. */
static long days_to(long year, long month, long day)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    long days = 1;
    for (long y = 1900; y <= year; y++)
        for (int m = 1; m <= (y < year ? 12 : month - 1); m++)
            days += length[m - 1] + (m == 2 && (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)));
    return days + day;
}

static void every_number_is_found_again(void **state)
{
    (void)state;
    static const struct {
        const char *before, *mark, *behind;
    } ways[] = {{"", "-", ""},
                {"00", "-", ""},
                {"", "－", ""},
                {"", "—", ""},
                {"", "−", ""},
                {"", " ", ""},
                {"", "", ""},
                {"CAS No.:", "-", ""},
                {"  ", " - ", " ;"},
                {"'", "-", ""},
                {"=\"", "-", "\""},
                {"", ".", ""},
                {"CAS 編號：", "‐", "。"}};
    int dates = 0;
    for (int i = 0; i < 20000; i++) {
        char number[VALUE_CAS_MAX], text[80];
        long a, b, c;
        random_number(number, &a, &b, &c);
        assert_true(text_cas_valid(number));
        for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
            snprintf(text, sizeof text, "%s%ld%s%02ld%s%ld%s", ways[w].before, a, ways[w].mark, b,
                     ways[w].mark, c, ways[w].behind);
            if (!among(number, text))
                fail_msg("%s is not found in \"%s\"", number, text);
        }
        bool year = (a >= 1900 && a <= 9999) || a < 100;
        if (!year || b < 1 || b > 12 || c < 1)
            continue;
        dates++;
        long full = a < 100 ? 1900 + a : a;
        snprintf(text, sizeof text, "%04ld/%ld/%ld", full, b, c);
        assert_true(among(number, text));
        snprintf(text, sizeof text, "%04ld-%02ld-%02ld 00:00:00", full, b, c);
        assert_true(among(number, text));
        snprintf(text, sizeof text, "%02ld/%02ld/%04ld", b, c, full);
        assert_true(among(number, text));
        snprintf(text, sizeof text, "%ld", days_to(full, b, c));
        if (strlen(text) > 4 && !among(number, text)) /* fewer digits may be any number */
            fail_msg("%s is not found in day %s", number, text);
    }
    assert_true(dates > 100);
}

static void random_text_is_no_number(void **state)
{
    (void)state;
    static const char *const bits[] = {"苯", "a",   "E",  "-",  "/",  ".", ",", " ",  "酸", "7",
                                       "0",  "CAS", "％", "年", "e+", "x", "(", "\"", "12", "－"};
    for (int i = 0; i < 200000; i++) {
        char text[80] = "";
        struct cas_reading r;
        for (unsigned n = next(12); n; n--)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s", bits[next(20)]);
        cas_read(&r, text);
        for (int k = 0; k < r.count; k++)
            assert_true(text_cas_valid(r.numbers[k]));
        /* A letter that belongs to no way of writing a number. */
        if (r.count && (strstr(text, "苯") || strstr(text, "酸") || strchr(text, 'x')))
            fail_msg("\"%s\" is read as %s", text, r.numbers[0]);
    }
}

static void pieces_are(const char *cell, bool numbers, const char *wanted)
{
    struct link_piece p[LINK_PIECES_MAX];
    char got[400] = "";
    int count = link_split(p, cell, numbers);
    for (int i = 0; i < count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", i ? "|" : "", (int)p[i].len,
                 p[i].text);
    if (strcmp(got, wanted) != 0)
        fail_msg("\"%s\" is split into \"%s\", wanted \"%s\"", cell, got, wanted);
}

static void cells_of_several(void **state)
{
    (void)state;
    pieces_are("甲苯、二甲苯", false, "甲苯|二甲苯");
    pieces_are("toluene; xylene", false, "toluene|xylene");
    pieces_are("Toluene and Xylene", false, "Toluene|Xylene");
    pieces_are("甲苯/丙酮", false, "甲苯|丙酮");
    pieces_are("甲苯與二甲苯混合物", false, "甲苯|二甲苯");
    pieces_are("mixture of toluene, xylene", false, "toluene|xylene");
    pieces_are("甲苯 60%、二甲苯(40%)", false, "甲苯|二甲苯");
    pieces_are("甲苯（60%）、丙酮（40%）", false, "甲苯|丙酮");
    pieces_are("toluene (60 %); acetone (40%)", false, "toluene|acetone");
    pieces_are("60%甲苯+40%丙酮", false, "甲苯|丙酮");
    pieces_are("６０％ 甲苯、４０～５０％丙酮", false, "甲苯|丙酮");
    pieces_are("(60%)甲苯;（約 40%）丙酮", false, "甲苯|丙酮");
    pieces_are("甲苯（約６０～７０％）、丙酮 30-40 %", false, "甲苯|丙酮");
    pieces_are("甲苯[60 wt%]、丙酮(40% w/w)", false, "甲苯|丙酮");
    pieces_are("二甲苯(鄰、間、對)(40%)、甲苯60%", false, "二甲苯(鄰、間、對)|甲苯");
    pieces_are("二甲苯(鄰、間、對) 40%、甲苯", false, "二甲苯(鄰、間、對)|甲苯");
    pieces_are("多氯聯苯1254 60%、甲苯", false, "多氯聯苯1254|甲苯");
    pieces_are("鹽酸(37%以上)、甲苯、(60%)", false, "鹽酸|甲苯");
    pieces_are("甲苯（工業級）、100%", false, "");
    pieces_are("108-88-3 (60%), 67-64-1 (40%)", true, "108-88-3|67-64-1");
    pieces_are("甲苯,1,2-二氯乙烷", false, "甲苯|1,2-二氯乙烷");
    pieces_are("1,2-二氯乙烷", false, "");
    pieces_are("1，2-二氯乙烷", false, "");
    pieces_are("N,N-二甲基甲醯胺", false, "");
    pieces_are("N,N'-Methylenebisacrylamide", false, "");
    pieces_are("1,2,4-三氯苯", false, "");
    pieces_are("二甲苯(鄰、間、對)", false, "");
    pieces_are("二甲苯（鄰、間、對）、甲苯", false, "二甲苯（鄰、間、對）|甲苯");
    pieces_are("108-88-3,1330-20-7", true, "108-88-3|1330-20-7");
    pieces_are("7782-50-5,64-17-5", true, "7782-50-5|64-17-5");
    pieces_are("108-88-3 1330-20-7", true, "108-88-3|1330-20-7");
    pieces_are("、、甲苯、", false, "");
    pieces_are("", false, "");
    pieces_are("(", false, "");
    pieces_are("a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u;v;w;x;y", false, "");
}

static void names_that_look_alike(void **state)
{
    (void)state;
    assert_int_equal(link_distance("甲笨", "甲苯"), 1);
    assert_int_equal(link_distance("甲苯", "甲苯"), 0);
    assert_int_equal(link_distance("甲醇", "甲苯"), -1);
    assert_int_equal(link_distance("三氯乙烯", "二氯乙烯"), -1);
    assert_int_equal(link_distance("1,1-二氯乙烷", "1,2-二氯乙烷"), -1);
    assert_int_equal(link_distance("tolune", "toluene"), 2);
    assert_int_equal(link_distance("acetonitril", "acetonitrile"), 2);
    assert_int_equal(link_distance("acetone", "toluene"), -1);
    assert_int_equal(link_distance("", "a"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_damage),
        cmocka_unit_test(every_number_is_found_again),
        cmocka_unit_test(random_text_is_no_number),
        cmocka_unit_test(cells_of_several),
        cmocka_unit_test(names_that_look_alike),
    };
    return unit_run("CAS numbers and names of substances", tests);
}
