/* Concentrations and their units as laboratories write them; names of rivers; times of day. */
#include "tests/unit/unit.h"

#include <math.h>

#include "import/concentration.h"
#include "import/river.h"
#include "import/value.h"

static void values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool below;
        double value, limit; /* -1 = none; a limit of 7 is told elsewhere in the row */
    } good[] = {
        {"0.011", false, 0.011, 7},
        {"１，２３４．５", false, 1234.5, 7},
        {"1.5e-3", false, 0.0015, 7},
        {"0", false, 0, 7},
        {"<0.05", true, -1, 0.05},
        {"＜0.05", true, -1, 0.05},
        {"≦ 0.05", true, -1, 0.05},
        {"<= 1e-4", true, -1, 1e-4},
        {"ND", true, -1, 7},
        {"N.D.", true, -1, 7},
        {"nd<0.05", true, -1, 0.05},
        {"ND(<0.05)", true, -1, 0.05},
        {"N.D. (MDL=0.002)", true, -1, 0.002},
        {"未檢出", true, -1, 7},
        {"未檢出（<0.3）", true, -1, 0.3},
        {"低於偵測極限", true, -1, 7},
        {"小於方法偵測極限值0.2", true, -1, 0.2},
        {"<MDL", true, -1, 7},
        {"Not detected", true, -1, 7},
        {"below detection limit", true, -1, 7},
    };
    static const char *const bad[] = {"",     "-",       "-0.1",   "約0.1", "MDL", "0.05 <",
                                      ">0.1", "0.1 0.2", "<0.1<x", "(",     "NaN", "1,23"};
    struct concentration c;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(concentration_read(&c, good[i].text, 7));
        assert_int_equal(c.below, good[i].below);
        assert_double_equal(c.limit, good[i].limit, 1e-12);
        if (good[i].value < 0)
            assert_true(isnan(c.value));
        else
            assert_double_equal(c.value, good[i].value, 1e-12);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(concentration_read(&c, bad[i], (double)NAN));
        assert_true(isnan(c.value));
    }
}

static void units(void **state)
{
    (void)state;
    static const struct {
        const char *text, *normal, *basis;
        enum matter matter;
        double factor;
    } good[] = {
        {"mg/kg", "mg/kg", NULL, MATTER_SOLID, 1},
        {"mg/kg dw", "mg/kg", "dw", MATTER_SOLID, 1},
        {"mg/kg-乾重", "mg/kg", "dw", MATTER_SOLID, 1},
        {"ng/g (wet weight)", "mg/kg", "ww", MATTER_SOLID, 1e-3},
        {"μg/L", "µg/L", NULL, MATTER_WATER, 1},
        {"µg/L", "µg/L", NULL, MATTER_WATER, 1},
        {"ug/l", "µg/L", NULL, MATTER_UNKNOWN, 1},
        {"毫克/公升", "µg/L", NULL, MATTER_WATER, 1e3},
        {"ng／L", "µg/L", NULL, MATTER_WATER, 1e-3},
        {"ppb", "µg/L", NULL, MATTER_WATER, 1},
        {"ppb", "mg/kg", NULL, MATTER_SOLID, 1e-3},
        {"ppb", "ppb", NULL, MATTER_AIR, 1},
        {"ppm", "µg/L", NULL, MATTER_WATER, 1e3},
        {"mg/m³", "µg/m³", NULL, MATTER_AIR, 1e3},
    };
    struct concentration_unit u;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(concentration_unit(&u, good[i].text, good[i].matter));
        assert_string_equal(u.normal, good[i].normal);
        assert_double_equal(u.factor, good[i].factor, 1e-12);
        assert_int_equal(u.basis != NULL, good[i].basis != NULL);
        if (u.basis)
            assert_string_equal(u.basis, good[i].basis);
    }
    assert_false(concentration_unit(&u, "個", MATTER_WATER));
    assert_false(concentration_unit(&u, "dw", MATTER_SOLID));
    assert_int_equal(concentration_matter("底泥", "河川"), MATTER_SOLID);
    assert_int_equal(concentration_matter("河水", NULL), MATTER_WATER);
    assert_int_equal(concentration_matter(NULL, "地下水"), MATTER_WATER);
    assert_int_equal(concentration_matter("Ambient air", NULL), MATTER_AIR);
    assert_int_equal(concentration_matter(NULL, "河川"), MATTER_UNKNOWN);
}

static void rivers(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"淡水河", "淡水河"},
        {"淡水河本流", "淡水河"},
        {"淡水河流域", "淡水河"},
        {"淡水河水系", "淡水河"},
        {"北港溪（雲）", "北港溪"},
        {"老街溪 支流", "老街溪"},
        {"二仁溪流域水污染管制區", "二仁溪"},
        {"本流", "本流"},
        {"(雲)", "(雲)"},
        {"臺某溪", "台某溪"},
        {"Tamsui River", "tamsui"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf key = {.max = 1 << 16};
        river_key(&key, names[i][0]);
        assert_string_equal(buf_string(&key), names[i][1]);
        buf_free(&key);
    }
}

static void times(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"7:26", "07:26"},     {"07:26:30", "07:26"}, {"0726", "07:26"},        {"726", "07:26"},
        {"７：２６", "07:26"}, {"7時26分", "07:26"},  {"7時26分30秒", "07:26"}, {"7點", "07:00"},
        {"00:00", "00:00"},    {"2359", "23:59"},
    };
    static const char *const bad[] = {"",      "7",       "24:00", "7:60", "7:26:61", "1:2:3:4",
                                      "07265", "上午7時", ":7",    "7::2", "-7:20"};
    char out[VALUE_TIME_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(value_time(out, good[i][0]));
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(value_time(out, bad[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(units),
        cmocka_unit_test(rivers),
        cmocka_unit_test(times),
    };
    return unit_run("concentration", tests);
}
