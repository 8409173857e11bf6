/* Limits of reported quantities, against figures reckoned by hand and with another program. */
#include <math.h>

#include "tests/unit/unit.h"

#include "analysis/anomaly.h"

static struct anomaly judged(const double *previous, int n, double value, enum anomaly_scale scale)
{
    struct anomaly a;
    anomaly_judge(&a, previous, n, value, scale);
    return a;
}

static void knows_mean_and_deviation(void **state)
{
    (void)state;
    const double v[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct anomaly a = judged(v, 8, 12, ANOMALY_LINEAR);
    assert_double_equal(a.mean.centre, 5, 1e-12);
    assert_double_equal(a.mean.spread, sqrt(32.0 / 7), 1e-12); /* n - 1 */
    assert_double_equal(a.mean.high, 5 + 3 * sqrt(32.0 / 7), 1e-12);
    assert_double_equal(a.mean.low, 0, 0); /* 5 - 6.4 is below 0 */
    assert_int_equal(a.mean.kind, ANOMALY_HIGH);
    assert_double_equal(a.mean.excess, 12 - (5 + 3 * sqrt(32.0 / 7)), 1e-12);
    assert_double_equal(a.median.centre, 4.5, 0);
    assert_double_equal(a.median.spread, 1.4826 * 0.5, 1e-12);
    assert_int_equal(a.median.kind, ANOMALY_HIGH);
    assert_int_equal(a.n, 8);
    assert_int_equal(judged(v, 8, 11.4, ANOMALY_LINEAR).mean.kind, ANOMALY_NONE);
    assert_int_equal(judged(v, 8, 0, ANOMALY_LINEAR).mean.kind, ANOMALY_NONE);
    assert_int_equal(judged(v, 8, 0, ANOMALY_LINEAR).median.kind, ANOMALY_LOW);
}

/* A window that holds the value itself can never alarm up to ten values; ours does. */
static void leaves_the_value_out(void **state)
{
    (void)state;
    for (int n = ANOMALY_LEAST; n <= 10; n++) {
        double v[ANOMALY_WINDOW], sum = 0, square = 0;
        for (int i = 0; i + 1 < n; i++)
            v[i] = 10 + i % 2;
        v[n - 1] = 1e9;
        for (int i = 0; i < n; i++)
            sum += v[i];
        for (int i = 0; i < n; i++)
            square += (v[i] - sum / n) * (v[i] - sum / n);
        assert_true((1e9 - sum / n) / sqrt(square / (n - 1)) < 3); /* the trap */
        if (n - 1 < ANOMALY_LEAST)
            continue;
        struct anomaly a = judged(v, n - 1, 1e9, ANOMALY_LINEAR);
        assert_int_equal(a.mean.kind, ANOMALY_HIGH);
        assert_int_equal(a.median.kind, ANOMALY_HIGH);
    }
}

static void gives_equal_values_a_band(void **state)
{
    (void)state;
    double v[ANOMALY_WINDOW];
    for (int i = 0; i < ANOMALY_WINDOW; i++)
        v[i] = 0.1; /* whose sum in binary is not 1.2 */
    for (int scale = ANOMALY_LINEAR; scale <= ANOMALY_LOG; scale++) {
        struct anomaly a = judged(v, ANOMALY_WINDOW, 0.1, (enum anomaly_scale)scale);
        assert_double_equal(a.mean.spread, 0, 0);
        assert_double_equal(a.mean.low, 0.09, 1e-15);
        assert_double_equal(a.mean.high, 0.11, 1e-15);
        assert_int_equal(a.mean.kind, ANOMALY_NONE);
        assert_int_equal(judged(v, 12, 0.1101, (enum anomaly_scale)scale).mean.kind, ANOMALY_HIGH);
        assert_int_equal(judged(v, 12, 0.0899, (enum anomaly_scale)scale).mean.kind, ANOMALY_LOW);
    }
    const double none[6] = {0};
    assert_int_equal(judged(none, 6, 0, ANOMALY_LINEAR).mean.kind, ANOMALY_NONE);
    assert_int_equal(judged(none, 6, 1e-6, ANOMALY_LINEAR).mean.kind, ANOMALY_HIGH);
    assert_int_equal(judged(none, 6, 1e-6, ANOMALY_LOG).mean.kind, ANOMALY_HIGH);
}

/* Zeros are data, and one old spike hides the next from the mean but not from the median. */
static void has_a_second_opinion(void **state)
{
    (void)state;
    const double v[] = {10, 11, 9, 10, 0, 10, 11, 9, 1000, 10, 9, 11};
    struct anomaly a = judged(v, 12, 500, ANOMALY_LINEAR);
    assert_int_equal(a.mean.kind, ANOMALY_NONE);
    assert_int_equal(a.median.kind, ANOMALY_HIGH);
    assert_double_equal(a.median.centre, 10, 0);
    assert_double_equal(a.median.spread, 1.4826, 1e-12);
    assert_double_equal(a.median.high, 14.4478, 1e-9);
    assert_double_equal(a.median.excess, 500 - 14.4478, 1e-9);
}

static void judges_on_a_log_scale(void **state)
{
    (void)state;
    const double v[] = {1, 3, 1, 3, 1, 3};
    double l2 = log(2), l4 = log(4), mean = (l2 + l4) / 2,
           s = sqrt(6 * (l4 - mean) * (l4 - mean) / 5);
    struct anomaly a = judged(v, 6, 30, ANOMALY_LOG);
    assert_double_equal(a.mean.centre, mean, 1e-12);
    assert_double_equal(a.mean.spread, s, 1e-12);
    assert_double_equal(a.mean.high, expm1(mean + 3 * s), 1e-9);
    assert_int_equal(a.mean.kind, ANOMALY_HIGH);
    /* the unit does not matter: grams or tonnes */
    const double grams[] = {1e6, 3e6, 1e6, 3e6, 1e6, 3e6};
    assert_double_equal(judged(grams, 6, 30e6, ANOMALY_LOG).mean.high / 1e6, a.mean.high, 1e-9);
}

static void keeps_digits(void **state)
{
    (void)state;
    const double v[] = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 1, 1e9 + 2, 1e9 + 3};
    struct anomaly a = judged(v, 6, 1e9 + 10, ANOMALY_LINEAR);
    assert_double_equal(a.mean.spread, sqrt(0.8), 1e-9);
    assert_int_equal(a.mean.kind, ANOMALY_HIGH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_mean_and_deviation),  cmocka_unit_test(leaves_the_value_out),
        cmocka_unit_test(gives_equal_values_a_band), cmocka_unit_test(has_a_second_opinion),
        cmocka_unit_test(judges_on_a_log_scale),     cmocka_unit_test(keeps_digits),
    };
    return unit_run("anomaly", tests);
}
