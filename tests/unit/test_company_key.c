/* Names and addresses in the form that facilities are matched by. */
#include "import/company_key.h"

#include <string.h>

#include "tests/unit/unit.h"

static void name_is(const char *text, const char *name, const char *plant)
{
    struct buf n = {0}, p = {0};
    company_key(&n, &p, text);
    if (strcmp(buf_string(&n), name) || strcmp(buf_string(&p), plant))
        print_message("%s: %s, %s\n", text, buf_string(&n), buf_string(&p));
    assert_string_equal(buf_string(&n), name);
    assert_string_equal(buf_string(&p), plant);
    buf_free(&n);
    buf_free(&p);
}

static void door_is(const char *address, const char *door)
{
    struct buf b = {0};
    company_door_key(&b, address);
    assert_string_equal(buf_string(&b), door);
    buf_free(&b);
}

static void forms_of_company_go(void **state)
{
    (void)state;
    name_is("台灣積體電路製造股份有限公司十二廠", "台灣積體電路製造", "12");
    name_is("臺灣積體電路製造(股)公司十二A廠", "台灣積體電路製造", "12a");
    name_is("台灣積體電路製造　股份有限公司　（Ｆａｂ１２Ａ廠）", "台灣積體電路製造", "12a");
    name_is("大明化學股份有限公司", "大明化學", "");
    name_is("大明化學（股）公司", "大明化學", "");
    name_is("大明化學有限公司工廠", "大明化學", "");
    name_is("大明企業社", "大明", "");
    name_is("大明化學公司(原大華化工公司)", "大明化學", "");
    name_is("中華電信股份有限公司桃園分公司", "中華電信桃園", "");
    name_is("中油公司高雄分公司", "中油高雄", "");
    name_is("DUPONT TAIWAN CO., LTD.", "duponttaiwan", "");
}

static void plants_are_told_apart(void **state)
{
    (void)state;
    name_is("南亞塑膠工業股份有限公司林口一廠", "南亞塑膠工業林口", "1");
    name_is("南亞塑膠工業股份有限公司林口二廠", "南亞塑膠工業林口", "2");
    name_is("南亞塑膠工業(股)公司林口第二廠", "南亞塑膠工業林口", "2");
    name_is("南亞塑膠工業(股)公司林口廠(二廠)", "南亞塑膠工業林口", "2");
    name_is("南亞塑膠工業(股)公司林口廠(二)", "南亞塑膠工業林口", "2");
    name_is("大明化學股份有限公司二十一廠", "大明化學", "21");
    name_is("大明化學股份有限公司甲廠", "大明化學", "甲");
    name_is("味全一廠", "味全", "1");
    name_is("大明化學股份有限公司K21廠", "大明化學", "k21");
}

static void places_stay_in_the_name(void **state)
{
    (void)state;
    name_is("中油桃園煉油廠", "中油桃園煉油", "");
    name_is("台灣中油股份有限公司桃園煉油廠", "台灣中油桃園煉油", "");
    name_is("大同股份有限公司三峽廠", "大同三峽", "");
    name_is("大同三峽廠", "大同三峽", "");
    name_is("統一企業股份有限公司總廠", "統一企業", "");
    name_is("統一工廠", "統一", "");
    name_is("三一公司", "三一", "");
}

static void strange_names_do_no_harm(void **state)
{
    (void)state;
    char many[5000];
    name_is("", "", "");
    name_is("公司", "公司", "");
    name_is("股份有限公司", "股份", "");
    name_is("廠", "廠", "");
    name_is("一廠", "一", "");
    name_is("十十十十十十廠", "十十十十十十", "");
    name_is("(原", "原", "");
    name_is("(((((", "", "");
    name_is("'; DROP TABLE facility; --", "droptablefacility", "");
    name_is("\xff\xfe大明", "大明", "");
    memset(many, '9', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    struct buf n = {0}, p = {0};
    company_key(&n, &p, many);
    assert_true(n.len > 0 && n.len < sizeof many);
    company_door_key(&n, many);
    assert_int_equal(n.len, 0);
    buf_free(&n);
    buf_free(&p);
}

static void doors(void **state)
{
    (void)state;
    door_is("105臺北市松山區中山里12鄰忠孝東路五段二三六巷一五號3樓", "忠孝東路5段236巷15");
    door_is("台北市松山區忠孝東路５段２３６巷１５號", "忠孝東路5段236巷15");
    door_is("桃園縣中壢市中山路六之二號", "中山路6-2");
    door_is("桃園市中壢區中山路6-2號", "中山路6-2");
    door_is("高雄市小港區中山三路一百二十三號", "中山3路123");
    door_is("雲林縣麥寮鄉三盛村台塑工業園區1號", "台塑工業園區1");
    door_is("彰化縣線西鄉彰濱工業區工業東二路10號", "工業東2路10");
    door_is("彰化縣三民路5號", "三民路5");
    door_is("新竹縣某地段", "");
    door_is("", "");
    door_is("號", "");
    door_is("12號", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_company_go),
        cmocka_unit_test(plants_are_told_apart),
        cmocka_unit_test(places_stay_in_the_name),
        cmocka_unit_test(strange_names_do_no_harm),
        cmocka_unit_test(doors),
    };
    return unit_run("normal forms of companies and doors", tests);
}
