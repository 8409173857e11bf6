/* What the names of columns say: which field, which axis, which coordinate system. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "import/axis.h"
#include "import/columns.h"
#include "import/names.h"

static void axes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum axis axis;
        const char *crs; /* NULL = none said */
    } cases[] = {
        {"TWD97X", AXIS_X, "EPSG:3826"},
        {"X座標(TWD67)", AXIS_X, "EPSG:3828"},
        {"TWD67_Y", AXIS_Y, "EPSG:3828"},
        {"二度分帶67X", AXIS_X, "EPSG:3828"},
        {"TM2 橫坐標", AXIS_X, NULL},
        {"縱座標（公尺）", AXIS_Y, NULL},
        {"Ｘ坐標（TWD97,m）", AXIS_X, "EPSG:3826"},
        {"TWD97_119_Y", AXIS_Y, "EPSG:3825"},
        {"TWD67(119)X", AXIS_X, "EPSG:3827"},
        {"WGS84X", AXIS_LON, NULL},
        {"經度(WGS84)", AXIS_LON, NULL},
        {"最大X值", AXIS_NONE, NULL},
        {"xy", AXIS_NONE, NULL},
        {"樣品", AXIS_NONE, NULL},
        {"97", AXIS_NONE, NULL},
        {"", AXIS_NONE, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *key = names_key(cases[i].name, strlen(cases[i].name));
        if (axis_find(key) != cases[i].axis)
            fail_msg("%s is axis %d", cases[i].name, axis_find(key));
        if (cases[i].axis == AXIS_X || cases[i].axis == AXIS_Y) {
            const char *crs = axis_crs(key);
            assert_string_equal(crs ? crs : "-", cases[i].crs ? cases[i].crs : "-");
        }
        free(key);
    }
}

static const struct import_field fields[] = {
    {"name", "名稱|工廠名稱", "", true},
    {"owner", "負責人|rejected_owner|####年值|值(*)|####年值(*)", "", false},
    {"x", "X座標", "", false},
    {"y", "Y座標", "", false},
    {"address", "地址", "", false},
    {NULL, NULL, NULL, false},
};
static const struct import_kind kind = {.name = "test", .about = "", .fields = fields};

/* "name owner x y address" of a header whose names are separated by ';'. */
static void check(const char *header, const char *wanted)
{
    struct error err = {.kind = ERROR_NONE};
    struct reader_field columns[20];
    int column[COLUMNS_FIELDS_MAX];
    char copy[400], got[600] = "";
    struct reader_header h = {.columns = columns};
    assert_true(strlen(header) < sizeof copy);
    memcpy(copy, header, strlen(header) + 1);
    for (char *at = copy, *end; at; at = end) {
        end = strchr(at, ';');
        if (end)
            *end++ = '\0';
        columns[h.count++] = (struct reader_field){at, strlen(at)};
    }
    if (columns_map(column, &kind, &h, NULL, 0, &err))
        snprintf(got, sizeof got, "%d %d %d %d %d", column[0], column[1], column[2], column[3],
                 column[4]);
    else
        snprintf(got, sizeof got, "%s", err.text);
    if (!strstr(got, wanted))
        fail_msg("%s: wanted \"%s\", got \"%s\"", header, wanted, got);
}

static void the_better_name_wins(void **state)
{
    (void)state;
    check("名稱;TWD67X;TWD67Y;TWD97X;TWD97Y", "0 -1 3 4 -1");
    check("名稱;TWD97X;TWD97Y;TWD67X;TWD67Y", "0 -1 1 2 -1");
    check("名稱;TWD67X;TWD67Y", "0 -1 1 2 -1");
    check("名稱;座標 › X;座標 › Y", "0 -1 1 2 -1");
    check("工廠 › 名稱;負責人 › 名稱;工廠 › 地址", "0 -1 -1 -1 2");
    check("甲 › 名稱;乙 › 名稱", "both give name");
    check("甲 › 名稱;乙 › 名稱;名稱", "2 -1 -1 -1 -1");
    check("名稱;X座標;TWD97X", "both give x");
    check("名稱;名稱", "stands twice");
    check("地址", "no column for name");
}

/* A '#' of the table is any digit, (*) anything in brackets. */
static void years_and_units_in_names(void **state)
{
    (void)state;
    check("名稱;2018年值", "0 1 -1 -1 -1");
    check("名稱;值(千元)", "0 1 -1 -1 -1");
    check("名稱;２０１９年值（百萬元）", "0 1 -1 -1 -1");
    check("名稱;18年值", "0 -1 -1 -1 -1");
    check("名稱;20180年值", "0 -1 -1 -1 -1");
    check("名稱;值(千元", "0 -1 -1 -1 -1");
    check("名稱;值(千元)總計", "0 -1 -1 -1 -1");
    check("名稱;2017年值;2018年值", "both give owner");
}

/* The columns that the export of rejected rows adds. */
static void our_columns_are_no_data(void **state)
{
    (void)state;
    char names[100];
    int column[COLUMNS_FIELDS_MAX];
    struct error err = {.kind = ERROR_NONE};
    struct reader_field columns[] = {{"名稱", 6}, {"rejected_owner", 14}, {"Rejected_Line", 13}};
    struct reader_header h = {.columns = columns, .count = 3};
    check("名稱;rejected_owner", "0 -1 -1 -1 -1");
    assert_true(columns_map(column, &kind, &h, NULL, 0, &err));
    assert_int_equal(columns_unused(names, sizeof names, column, &h), 0);
    const struct import_map told = {.field = "owner", .column = "rejected_owner"};
    assert_true(columns_map(column, &kind, &h, &told, 1, &err));
    assert_int_equal(column[1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes),
        cmocka_unit_test(the_better_name_wins),
        cmocka_unit_test(years_and_units_in_names),
        cmocka_unit_test(our_columns_are_no_data),
    };
    return unit_run("import names", tests);
}
