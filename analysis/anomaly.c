/* DESIGN. Two passes over at most twelve values: running sums would save nothing here and lose
 * digits where a large mean stands over a small spread. Whether values are all the same is asked of
 * the values, not of a rounded s. */
#include "analysis/anomaly.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define SPREADS 3.0
#define MAD_TO_S 1.4826 /* of a normal distribution: 1 / its 75th percentile */
#define BAND 0.1        /* where there is no spread */

static double mean_of(const double *v, int n)
{
    double sum = 0, rest = 0;
    for (int i = 0; i < n; i++)
        sum += v[i];
    sum /= n;
    for (int i = 0; i < n; i++)
        rest += v[i] - sum;
    return sum + rest / n;
}

static double deviation_of(const double *v, int n, double mean)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += (v[i] - mean) * (v[i] - mean);
    return sqrt(sum / (n - 1));
}

static double median_of(const double *v, int n)
{
    double sorted[ANOMALY_WINDOW] = {0};
    for (int i = 0; i < n; i++) {
        int k = i;
        for (; k > 0 && sorted[k - 1] > v[i]; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = v[i];
    }
    return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static double mad_of(const double *v, int n, double median)
{
    double off[ANOMALY_WINDOW] = {0};
    for (int i = 0; i < n; i++)
        off[i] = fabs(v[i] - median);
    return median_of(off, n);
}

static bool all_same(const double *v, int n)
{
    for (int i = 1; i < n; i++)
        if (v[i] < v[0] || v[i] > v[0])
            return false;
    return true;
}

/* Smallest value above 0; 1 where there is none. */
static double unit_of(const double *v, int n)
{
    double unit = HUGE_VAL;
    for (int i = 0; i < n; i++)
        if (v[i] > 0 && v[i] < unit)
            unit = v[i];
    return isinf(unit) ? 1 : unit;
}

static double back(double y, double unit, enum anomaly_scale scale)
{
    return scale == ANOMALY_LOG ? unit * expm1(y) : y;
}

/* band: no spread, so +- 10 % of where the values stand. */
static void set_limits(struct anomaly_opinion *o, bool band, double unit, double value,
                       enum anomaly_scale scale)
{
    if (band) {
        double at = back(o->centre, unit, scale);
        o->low = at * (1 - BAND);
        o->high = at * (1 + BAND);
    } else {
        o->low = back(fmax(0, o->centre - SPREADS * o->spread), unit, scale);
        o->high = back(o->centre + SPREADS * o->spread, unit, scale);
    }
    o->kind = value > o->high ? ANOMALY_HIGH : value < o->low ? ANOMALY_LOW : ANOMALY_NONE;
    o->excess = value > o->high ? value - o->high : value < o->low ? o->low - value : 0;
}

void anomaly_judge(struct anomaly *out, const double *previous, int n, double value,
                   enum anomaly_scale scale)
{
    double y[ANOMALY_WINDOW] = {0}, unit = unit_of(previous, n);
    for (int i = 0; i < n; i++)
        y[i] = scale == ANOMALY_LOG ? log1p(previous[i] / unit) : previous[i];
    *out = (struct anomaly){.n = n};
    bool same = all_same(previous, n);
    out->mean.centre = same ? y[0] : mean_of(y, n);
    out->mean.spread = same ? 0 : deviation_of(y, n, out->mean.centre);
    set_limits(&out->mean, same, unit, value, scale);
    out->median.centre = median_of(y, n);
    double mad = mad_of(y, n, out->median.centre);
    out->median.spread = MAD_TO_S * mad;
    set_limits(&out->median, !(mad > 0), unit, value, scale);
}
