/* csv: rows, exact lines and reasons, however the bytes arrive. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "gis/buf.h"
#include "import/csv.h"

struct source {
    const char *text;
    size_t len, at, part; /* part: bytes given at once */
};

static bool give(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    struct source *s = ctx;
    (void)err;
    size_t n = s->len - s->at < s->part ? s->len - s->at : s->part;
    *got = n < room ? n : room;
    memcpy(to, s->text + s->at, *got);
    s->at += *got;
    return true;
}

/* The whole file as "line[a|b] line!code …". */
static void read_all(struct buf *out, const char *text, size_t len, size_t part, int columns)
{
    struct source s = {.text = text, .len = len, .part = part};
    struct csv *csv = csv_open(give, &s);
    struct csv_row row;
    struct error err = {.kind = ERROR_NONE};
    enum csv_got got;
    if (columns)
        csv_set_columns(csv, columns);
    while ((got = csv_next(&row, csv, &err)) != CSV_END) {
        if (got == CSV_FAILED) {
            buf_format(out, "failed: %s", err.text);
            break;
        }
        buf_format(out, "%s%llu", out->len ? " " : "", (unsigned long long)row.line);
        if (got == CSV_BAD) {
            buf_format(out, "!%s", row.code);
            assert_true(row.reason[0] != '\0');
            continue;
        }
        for (int i = 0; i < row.count; i++)
            buf_format(out, "%c%.*s", i ? '|' : '[', (int)row.fields[i].len, row.fields[i].text);
        buf_char(out, ']');
    }
    csv_close(csv);
}

static void check(const char *text, size_t len, int columns, const char *wanted)
{
    static const size_t parts[] = {1, 2, 3, 7, 64, 1 << 20};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buf out = {.max = 1 << 20};
        read_all(&out, text, len, parts[i], columns);
        assert_string_equal(buf_string(&out), wanted);
        buf_free(&out);
    }
}
#define CHECK(text, columns, wanted) check((text), sizeof(text) - 1, (columns), (wanted))

static void plain_and_quoted(void **state)
{
    (void)state;
    CHECK("a,b\n1,2\n", 0, "1[a|b] 2[1|2]");
    CHECK("a,b\r\n1,2", 0, "1[a|b] 2[1|2]");
    CHECK("\xEF\xBB\xBF\"a\",b\n", 0, "1[a|b]");
    CHECK("\"x \"\"y\"\" z\",\"\"\n", 0, "1[x \"y\" z|]");
    CHECK("\"\"\"\"\n\"a\"\"\"\n", 0, "1[\"] 2[a\"]");
    CHECK("a,,\n,,\n", 0, "1[a||] 2[||]");
    CHECK("管制編號,名稱\nA1,臺\n", 0, "1[管制編號|名稱] 2[A1|臺]");
    CHECK("5\" pipe,x\n", 0, "1[5\" pipe|x]");
    CHECK("a\rb,c\n", 0, "1[a\rb|c]");
    CHECK("", 0, "");
    CHECK("a", 0, "1[a]");
    CHECK("\"a\"", 0, "1[a]");
    CHECK("\"a\"\r\n\"b\"\r", 0, "1[a] 2[b]");
}

static void lines_are_exact(void **state)
{
    (void)state;
    CHECK("a,b\n\n\r\n\"x\ny\r\nz\",2\n3,4\n", 0, "1[a|b] 4[x\ny\r\nz|2] 7[3|4]");
}

static void bad_rows_cost_one_row(void **state)
{
    (void)state;
    CHECK("1,2\n3\n4,5,6\n7,8\n", 2, "1[1|2] 2!too_few_fields 3!too_many_fields 4[7|8]");
    CHECK("\"a,b\n1,2\n3,4\n", 2, "1!unbalanced_quote 2[1|2] 3[3|4]");
    CHECK("\"a\"x,b\n1,2\n", 2, "1!unbalanced_quote 2[1|2]");
    CHECK("a,\"b\n\"c\",d\n1,2\n", 2, "1!unbalanced_quote 2[c|d] 3[1|2]");
    CHECK("a,\"b\nlast,\"x", 2, "1!unbalanced_quote 2!unbalanced_quote");
    CHECK("a\0b,c\n1,2\n", 2, "1!nul_byte 2[1|2]");
    CHECK("\xA5\xFA,c\n1,2\n\xC0\x80,3\n\xED\xA0\x80,3\n", 2,
          "1!not_utf8 2[1|2] 3!not_utf8 4!not_utf8");
}

static void other_formats_are_named(void **state)
{
    (void)state;
    CHECK("\xFF\xFE"
          "a\0",
          0, "failed: the file is UTF-16, not what was said");
    CHECK("\x1F\x8B\x08\x00", 0, "failed: the file is gzip; name it .csv.gz");
    CHECK("PK\3\4xxxx", 0, "failed: the file is a ZIP or XLSX, not CSV");
}

static void limits_are_kept(void **state)
{
    (void)state;
    struct buf text = {.max = 1 << 28}, out = {.max = 1 << 20};
    for (int i = 0; i < CSV_FIELD_MAX + 1; i++)
        buf_char(&text, 'x');
    buf_text(&text, ",2\n3,4\n\"");
    for (int i = 0; i < CSV_FIELD_MAX + 1; i++)
        buf_char(&text, 'y');
    buf_text(&text, "\",2\n5,6\n");
    for (int i = 0; i < CSV_COLUMNS_MAX; i++)
        buf_char(&text, ',');
    buf_text(&text, "\n7,8\n");
    read_all(&out, text.data, text.len, 1 << 16, 2);
    assert_string_equal(
        buf_string(&out),
        "1!field_too_large 2[3|4] 3!field_too_large 4[5|6] 5!too_many_columns 6[7|8]");
    buf_clear(&text);
    buf_clear(&out);
    for (int i = 0; i < CSV_ROW_MAX / 8192 + 100; i++) {
        for (int k = 0; k < 8192; k++)
            buf_char(&text, 'z');
        buf_char(&text, ',');
    }
    buf_text(&text, "\n1,2\n");
    read_all(&out, text.data, text.len, 1 << 16, 2);
    assert_string_equal(buf_string(&out), "1!row_too_large 2[1|2]");
    buf_free(&text);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_quoted),      cmocka_unit_test(lines_are_exact),
        cmocka_unit_test(bad_rows_cost_one_row), cmocka_unit_test(other_formats_are_named),
        cmocka_unit_test(limits_are_kept),
    };
    return unit_run("import csv", tests);
}
