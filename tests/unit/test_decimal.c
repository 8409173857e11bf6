/* Exact numbers: reading, arithmetic that binary fractions get wrong, limits that are told. */
#include <stdlib.h>

#include "tests/unit/unit.h"

#include "analysis/decimal.h"

static struct decimal read(const char *text)
{
    struct decimal d;
    if (!decimal_read(&d, text))
        fail_msg("\"%s\" is not read", text);
    return d;
}

static void is_written(const struct decimal *d, const char *decimal, const char *fraction)
{
    struct buf b = {.max = 4096};
    decimal_write(&b, d);
    assert_string_equal(buf_string(&b), decimal);
    buf_clear(&b);
    decimal_write_fraction(&b, d);
    assert_string_equal(buf_string(&b), fraction);
    buf_free(&b);
}

static void reads_what_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *decimal, *fraction;
    } table[] = {{"110", "110", "110"},
                 {"0", "0", "0"},
                 {"000.50", "0.5", "1/2"},
                 {"1,234,567.8", "1234567.8", "6172839/5"},
                 {"0.000006", "0.000006", "3/500000"},
                 {"1.5e-3", "0.0015", "3/2000"},
                 {"2E3", "2000", "2000"},
                 {"１２．５", "12.5", "25/2"},
                 {".5", "0.5", "1/2"},
                 {"+5", "5", "5"},
                 {"7.", "7", "7"},
                 {"4599711.407", "4599711.407", "4599711407/1000"},
                 {"123456789012345678901234567890.123456789",
                  "123456789012345678901234567890.123456789",
                  "123456789012345678901234567890123456789/1000000000"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct decimal d = read(table[i].text);
        is_written(&d, table[i].decimal, table[i].fraction);
    }
}

static void refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const table[] = {"",     "-1",      "1.2.3",    "1,23",  "1,2345", ",123",
                                        "12kg", "1e",      "1e99",     "e5",    ".",      "nan",
                                        "inf",  "0x10",    "1,234,56", "1e1e1", "0,123",  "++1",
                                        "+",    "1.5,000", "1e-",      "一百",  "1 e5x"};
    struct decimal d;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (decimal_read(&d, table[i]))
            fail_msg("\"%s\" is read", table[i]);
    assert_false(decimal_read(&d, NULL));
}

static void ten_tenths_are_one(void **state)
{
    (void)state;
    struct decimal sum = decimal_whole(0), tenth = read("0.1"), one = decimal_whole(1);
    double binary = 0;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(decimal_compare(&sum, &one), -1);
        assert_true(decimal_add(&sum, &sum, &tenth));
        binary += 0.1;
    }
    assert_int_equal(decimal_compare(&sum, &one), 0);
    is_written(&sum, "1", "1");
    assert_true(binary < 1); /* what the check must not do */
}

static void adds_ratios(void **state)
{
    (void)state;
    struct decimal a, b, fifty = read("50"), twenty = read("20"), forty = read("40"), third;
    assert_true(decimal_divide(&a, &twenty, &fifty));
    assert_true(decimal_divide(&b, &forty, &fifty));
    assert_true(decimal_add(&a, &a, &b));
    is_written(&a, "1.2", "6/5");
    third = decimal_whole(3);
    b = decimal_whole(1);
    assert_true(decimal_divide(&third, &b, &third));
    is_written(&third, "0.333333", "1/3");
    b = decimal_whole(2);
    assert_true(decimal_multiply(&third, &third, &b));
    is_written(&third, "0.666667", "2/3");
    b = decimal_whole(0);
    assert_false(decimal_divide(&a, &fifty, &b));
    assert_false(decimal_subtract(&a, &twenty, &fifty));
    assert_true(decimal_subtract(&a, &fifty, &twenty));
    is_written(&a, "30", "30");
}

static void takes_doubles_as_they_are_written(void **state)
{
    (void)state;
    struct decimal d;
    assert_true(decimal_of_double(&d, 0.791));
    is_written(&d, "0.791", "791/1000");
    assert_true(decimal_of_double(&d, 1e-9));
    is_written(&d, "0.000000001", "1/1000000000");
    assert_true(decimal_of_double(&d, 0.45359237));
    is_written(&d, "0.45359237", "45359237/100000000");
    assert_double_equal(decimal_to_double(&d), 0.45359237, 0);
    assert_false(decimal_of_double(&d, -1));
}

/* Long numbers: what is added, multiplied, taken back and divided must come out as it was. */
static void keeps_long_numbers(void **state)
{
    (void)state;
    uint64_t seed = 20261121;
    for (int round = 0; round < 300; round++) {
        struct decimal d[3], sum, product, back;
        for (int i = 0; i < 3; i++) {
            char text[DECIMAL_TEXT_MAX + 1];
            size_t digits = 1 + seed % 70, point = (seed >> 20) % digits;
            for (size_t k = 0; k < digits; k++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                text[k] = k == point && k ? '.' : (char)('0' + (seed >> 33) % 10);
            }
            text[digits] = '\0';
            d[i] = read(text);
        }
        if (decimal_is_zero(&d[1]) || decimal_is_zero(&d[2]))
            continue;
        assert_true(decimal_divide(&d[0], &d[0], &d[2]));
        assert_true(decimal_add(&sum, &d[0], &d[1]));
        assert_true(decimal_subtract(&back, &sum, &d[1]));
        assert_int_equal(decimal_compare(&back, &d[0]), 0);
        assert_true(decimal_multiply(&product, &sum, &d[1]));
        assert_true(decimal_divide(&back, &product, &d[1]));
        assert_int_equal(decimal_compare(&back, &sum), 0);
        assert_int_equal(decimal_compare(&sum, &d[0]), 1);
        assert_double_equal(decimal_to_double(&sum) /
                                (decimal_to_double(&d[0]) + decimal_to_double(&d[1])),
                            1, 1e-14);
    }
}

static void says_when_it_is_full(void **state)
{
    (void)state;
    struct decimal big = read("1e60"), product = decimal_whole(1);
    int times = 0;
    while (decimal_multiply(&product, &product, &big))
        assert_true(++times < 100);
    assert_true(times == 20); /* 10^1200 < 2^4096 < 10^1260 */
    struct buf b = {.max = 4096};
    struct decimal d = read("1e60");
    decimal_write(&b, &d);
    assert_int_equal(b.len, 61);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_written),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(ten_tenths_are_one),
        cmocka_unit_test(adds_ratios),
        cmocka_unit_test(takes_doubles_as_they_are_written),
        cmocka_unit_test(keeps_long_numbers),
        cmocka_unit_test(says_when_it_is_full),
    };
    return unit_run("decimal", tests);
}
