/* anomaly.h - is a reported quantity out of the ordinary (數量異常)? By the values that the same
 * series reported before it, without the value itself: with it inside the window the largest
 * possible z is (n - 1) / sqrt(n) (Shiffler 1988), 2.85 at n = 10, so that nothing up to ten values
 * could ever pass three standard deviations. */
#ifndef ANALYSIS_ANOMALY_H
#define ANALYSIS_ANOMALY_H

enum {
    ANOMALY_WINDOW = 12, /* values looked back at */
    ANOMALY_LEAST = 6    /* fewer are not judged */
};

enum anomaly_kind { ANOMALY_NONE, ANOMALY_HIGH, ANOMALY_LOW };

/* Quantities are skewed: LOG judges ln(1 + x/u), u the smallest value above 0 in the window. */
enum anomaly_scale { ANOMALY_LINEAR, ANOMALY_LOG };

struct anomaly_opinion {
    double centre, spread; /* mean and s (n - 1), or median and 1.4826 MAD; of the values, in LOG of
                              their logarithms */
    double low, high;      /* limits of the value; low is never below 0 */
    double excess;         /* how far past its limit the value is; 0 = within */
    enum anomaly_kind kind;
};

struct anomaly {
    struct anomaly_opinion mean;   /* mean +- 3 s; s = 0: +- 10 % */
    struct anomaly_opinion median; /* median +- 3 x 1.4826 MAD; MAD = 0: +- 10 %. One old spike does
                                      not hide the next from it */
    int n;                         /* values that it was judged by */
};

/* previous: n values, ANOMALY_LEAST to ANOMALY_WINDOW, all >= 0. */
void anomaly_judge(struct anomaly *out, const double *previous, int n, double value,
                   enum anomaly_scale scale);

#endif
