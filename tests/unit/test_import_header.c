/* Where the header of a table stands among its first rows, and what its columns are called. */
#include "tests/unit/unit.h"

#include "import/header.h"

static const struct import_field fields[] = {
    {"name", "名稱", "", true}, {"address", "地址", "", false}, {"x", "X座標|座標X", "", false},
    {"y", "Y座標", "", false},  {"year", "年度", "", false},    {NULL, NULL, NULL, false},
};
static const struct import_kind kind = {.name = "test", .about = "", .fields = fields};

/* Rows end at '/', cells at ';'. Answers "first+rows known whole: name;name". */
static void check(const char *sheet, const char *wanted)
{
    static char copy[2000];
    static const char *cells[30][30];
    struct header_row rows[30];
    struct header_found found;
    struct buf got = {.max = 4000}, name = {.max = 4000};
    int count = 0, widest = 0;
    assert_true(strlen(sheet) < sizeof copy);
    memcpy(copy, sheet, strlen(sheet) + 1);
    for (char *row = copy, *next; row; row = next) {
        int n = 0;
        if ((next = strchr(row, '/')))
            *next++ = '\0';
        for (char *cell = row, *end; cell; cell = end) {
            if ((end = strchr(cell, ';')))
                *end++ = '\0';
            cells[count][n++] = *cell ? cell : NULL;
        }
        rows[count] = (struct header_row){.count = n, .cells = cells[count]};
        widest = n > widest ? n : widest;
        count++;
    }
    header_find(&found, rows, count, &kind, NULL, 0);
    buf_format(&got, "%d+%d %d %s: ", found.first, found.rows, found.known,
               found.whole ? "whole" : "part");
    for (int c = 0; c < widest; c++) {
        header_name(&name, rows, &found, c);
        buf_format(&got, "%s%s", c ? ";" : "", buf_string(&name));
    }
    assert_string_equal(buf_string(&got), wanted);
    buf_free(&got);
    buf_free(&name);
}

static void headers_are_found(void **state)
{
    (void)state;
    check("名稱;地址/甲;乙", "0+1 2 whole: 名稱;地址");
    check("一覽表//名稱;地址/甲;乙", "2+1 2 whole: 名稱;地址");
    check("名稱;座標;/;X;Y/甲;1;2", "0+2 3 whole: 名稱;座標 › X;座標 › Y");
    check("題目;;/名稱;座標;/;X;Y/甲;1;2", "1+2 3 whole: 名稱;座標 › X;座標 › Y");
    check("名稱;位置;;/;座標;;地址/;X;Y;/甲;1;2;3",
          "0+3 4 whole: 名稱;位置 › 座標 › X;位置 › 座標 › Y;"
          "位置 › 地址");
    check("名稱;名稱;地址/名稱;X;地址/甲;1;2", "1+1 3 whole: 名稱;X;地址");
    check("foo;bar/名;住", "0+1 0 part: foo;bar");
    check("/foo;bar/1;2", "1+1 0 part: foo;bar");
    check("地址;年度/甲;1", "0+1 2 part: 地址;年度");
    check("", "0+1 0 part: ");
}

static void notes_are_known(void **state)
{
    (void)state;
    assert_true(header_is_note("備註：座標為 TWD67"));
    assert_true(header_is_note("※本表僅供參考"));
    assert_true(header_is_note("資料來源：某局"));
    assert_false(header_is_note("備料廠"));
    assert_false(header_is_note(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_found),
        cmocka_unit_test(notes_are_known),
    };
    return unit_run("import header", tests);
}
