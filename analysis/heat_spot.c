/* DESIGN. Along a row of pixels every kernel but the triangular one is a polynomial of the column
 * where it is not 0 (quartic: degree 4), so a point costs a row two entries, at the ends of its
 * chord, whatever the radius: the polynomial's coefficients are added at the first column and taken
 * away after the last, and one running sum of coefficients a row gives the sum of all kernels at
 * each pixel (the sweep line of Chan et al., SLAM, SIGMOD 2022, in whole numbers).
 *
 * Whole numbers. The polynomial of the column k (counted from the point's own) is rounded to
 * sum e[j] C(k, j) with whole e[j]: C(k, j) is whole, so every pixel gets a whole number that
 * depends on the point and the pixel only. All sums are modulo 2^64, where the order of additions,
 * the column that binomials are counted from (Vandermonde: C(K - m, j) = sum C(K, i) C(-m, j - i))
 * and what is taken away later make no difference; the true sum is known to be within 63 bits.
 *
 * Rounding. e[n], n from the degree down, is the nearest whole number; what is left over, at most
 * 1/2 k^n / n!, is replaced by the polynomial of lower degree that is nearest to it on the chord
 * (Chebyshev), which leaves (1/2) H^n / (n! 2^(n-1)), H = half a chord <= 52 pixels. Together per
 * point and pixel: R = 0.5 uniform, 370 epanechnikov, 2.3e4 quartic, 5.5e5 triweight; at 2.5 km
 * (36 pixels) 180, 5.2e3, 7e4.
 *
 * Bounds. Weights are scaled so that their sum is in [2^61, 2^62) (heat_source.c). A pixel's sum is
 * at most 2^62 + count R < 2^63. Error: n points within the radius of a pixel err by n R at most.
 * The largest pixel is at least 1/12 of the weight of these n (quartic; 1/16 triweight: the mean of
 * their kernels over the disc of twice the radius), so with n equal weights of a million, each at
 * least 2^61 / 1e6 = 2.3e12, the error over the maximum is below 12 R / 2.3e12 = 1.2e-7 (quartic;
 * 5e-7 triweight at 2.5 km, and 4e-6 if a million roundings at 50 pixels all fell the same way).
 * Measured at a million points: 3e-11 to 2e-8 of the maximum. Rejected: pixels rounded one by one
 * (cost grows with the square of the radius), sums of doubles (their last bits depend on the
 * order). */
#include "analysis/heat_spot.h"

#include <math.h>

#include "gis/tile.h"

/* ThreadSanitizer's runtime cannot start with functions that are chosen at load time. */
#if defined(__SANITIZE_THREAD__) || !defined(__x86_64__)
#define VECTOR_VERSIONS
#else
#define VECTOR_VERSIONS __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#endif
#define INLINE static inline __attribute__((always_inline))

/* Metres of Web Mercator for one on the ground in the middle of Taiwan (23.5 N), for the choice of
 * the lattice only. */
#define MIDDLE_SCALE 0.9177
#define WORLD_METRE (2 * M_PI * TILE_EARTH_RADIUS / 4294967296.0)

int heat_lattice_zoom(double radius)
{
    int zoom = HEAT_ZOOM_MIN;
    while (zoom < HEAT_ZOOM_MAX &&
           radius / MIDDLE_SCALE < 25 * WORLD_METRE * (double)(1 << (HEAT_WORLD_ZOOM - zoom)))
        zoom++;
    return zoom;
}

double heat_kernel(enum heat_shape shape, double u2)
{
    double v = 1 - u2;
    if (v < 0)
        return 0;
    switch (shape) {
    case HEAT_QUARTIC: return v * v;
    case HEAT_TRIANGULAR: return 1 - sqrt(u2);
    case HEAT_UNIFORM: return 1;
    case HEAT_TRIWEIGHT: return v * v * v;
    case HEAT_EPANECHNIKOV: return v;
    case HEAT_SHAPES: break;
    }
    return 0;
}

double heat_kernel_norm(enum heat_shape shape)
{
    static const double over_pi[HEAT_SHAPES] = {[HEAT_QUARTIC] = 3,
                                                [HEAT_TRIANGULAR] = 3,
                                                [HEAT_UNIFORM] = 1,
                                                [HEAT_TRIWEIGHT] = 4,
                                                [HEAT_EPANECHNIKOV] = 2};
    return over_pi[shape] / M_PI;
}

double heat_lattice_reach(double world_y, double radius)
{
    double east, north;
    /* A degree of latitude has more than 110.5 km. */
    tile_ground_scale(&east, &north, fabs(tile_lat(world_y)) + 1.1 * radius / 110500.0);
    return radius / (north * WORLD_METRE) * 1.001;
}

void heat_spot_set(struct heat_spot *s, uint64_t key, double lat, double radius, int zoom)
{
    uint32_t x, y;
    int bits = HEAT_WORLD_ZOOM - zoom;
    uint32_t inside = ((uint32_t)1 << bits) - 1;
    double unit = (double)((uint64_t)1 << bits), east, north;
    morton_xy(&x, &y, key);
    tile_ground_scale(&east, &north, lat);
    s->column = x >> bits;
    s->row = y >> bits;
    s->fx = ((x & inside) + 0.5) / unit;
    s->fy = ((y & inside) + 0.5) / unit;
    s->east = east * unit * WORLD_METRE / radius;
    s->north = north * unit * WORLD_METRE / radius;
    /* d ln(N cos) and d ln(M cos) a radian of Mercator southward; halved: to the middle. */
    double sine = sin(lat * M_PI / 180), e2 = TILE_GRS80_E2;
    double flat = e2 * sine * (1 - sine * sine) / (1 - e2 * sine * sine);
    double half = unit * 2 * M_PI / 4294967296.0 / 2;
    s->east_lean = half * (sine - flat);
    s->north_lean = half * (sine - 3 * flat);
}

/* ---- one kernel on its rows ---- */

bool heat_chords_rows(struct heat_chords *c, const struct heat_spot *s, int64_t top, int64_t height)
{
    double reach = 1 / s->north + 2;
    int most = reach < HEAT_SPOT_REACH ? (int)reach : HEAT_SPOT_REACH;
    int64_t from = top - s->row, to = from + height - 1;
    c->first = from > -most ? (int)from : -most;
    c->count = (to < most ? (int)to : most) - c->first + 1;
    return from <= most && to >= -most;
}

VECTOR_VERSIONS static void find_chords(struct heat_chords *r, const struct heat_spot *s)
{
    double g = 0.5 - s->fx;
    int count = r->count;
    for (int i = 0; i < count; i++) {
        double t = r->first + i + (0.5 - s->fy);
        double n = s->north * (1 + s->north_lean * t) * t, e = s->east * (1 + s->east_lean * t);
        double rest = 1 - n * n, half = sqrt(rest > 0 ? rest : 0) / e;
        half = half < HEAT_SPOT_REACH - 2 ? half : HEAT_SPOT_REACH - 2;
        r->rest[i] = rest;
        r->q[i] = e * e;
        r->half[i] = half;
        r->from[i] = HEAT_SPOT_REACH - (int32_t)(HEAT_SPOT_REACH + half + g);
        /* Out of reach: no column. */
        r->to[i] = rest >= 0 ? (int32_t)(HEAT_SPOT_REACH + half - g) - HEAT_SPOT_REACH
                             : -2 * HEAT_SPOT_REACH;
    }
}

void heat_chords_find(struct heat_chords *c, const struct heat_spot *s)
{
    find_chords(c, s);
}

void heat_choose(uint64_t *out, int64_t n, int terms)
{
    int64_t c = 1;
    out[0] = 1;
    for (int j = 1; j < terms; j++) {
        c = c * (n - j + 1) / j;
        out[j] = (uint64_t)c;
    }
}

int heat_chords_count(enum heat_shape shape)
{
    static const int counts[HEAT_SHAPES] = {
        [HEAT_QUARTIC] = 5, [HEAT_UNIFORM] = 1, [HEAT_TRIWEIGHT] = 7, [HEAT_EPANECHNIKOV] = 3};
    return counts[shape];
}

/* ---- polynomials to whole multiples of binomials ---- */

struct polynomial {
    double c0, c1, c2, c3, c4, c5, c6;
};

/* Each takes the nearest whole multiple of C(k, n) out of a polynomial of degree n; what is left of
 * k^n goes to lower powers by its nearest polynomial on -h … h, h2 = h^2 (Chebyshev):
 * k^6 ~ 3/2 h^2 k^4 - 9/16 h^4 k^2 + h^6 / 32, k^5 ~ 5/4 h^2 k^3 - 5/16 h^4 k,
 * k^4 ~ h^2 k^2 - h^4 / 8, k^3 ~ 3/4 h^2 k, k^2 ~ h^2 / 2. */
INLINE double take_6(struct polynomial *p, double h2)
{
    double e = rint(p->c6 * 720);
    double w = e * (1 / 720.0), l = (p->c6 - w) * h2;
    p->c5 += 15 * w;
    p->c4 += 1.5 * l - 85 * w;
    p->c3 += 225 * w;
    p->c2 -= 9 / 16.0 * l * h2 + 274 * w;
    p->c1 += 120 * w;
    p->c0 += l * h2 * h2 * (1 / 32.0);
    return e;
}

INLINE double take_5(struct polynomial *p, double h2)
{
    double e = rint(p->c5 * 120);
    double w = e * (1 / 120.0), l = (p->c5 - w) * h2;
    p->c4 += 10 * w;
    p->c3 += 1.25 * l - 35 * w;
    p->c2 += 50 * w;
    p->c1 -= 5 / 16.0 * l * h2 + 24 * w;
    return e;
}

INLINE double take_4(struct polynomial *p, double h2)
{
    double e = rint(p->c4 * 24);
    double w = e * (1 / 24.0), l = (p->c4 - w) * h2;
    p->c3 += 6 * w;
    p->c2 += l - 11 * w;
    p->c1 += 6 * w;
    p->c0 -= l * h2 * (1 / 8.0);
    return e;
}

INLINE double take_3(struct polynomial *p, double h2)
{
    double e = rint(p->c3 * 6);
    double w = e * (1 / 6.0), l = (p->c3 - w) * h2;
    p->c2 += 3 * w;
    p->c1 += 0.75 * l - 2 * w;
    return e;
}

INLINE double take_2(struct polynomial *p, double h2)
{
    double e = rint(p->c2 * 2);
    double w = e * 0.5, l = (p->c2 - w) * h2;
    p->c1 += w;
    p->c0 += 0.5 * l;
    return e;
}

/* a (rest - q (k + g)^2) to the power of degree / 2 as a polynomial of k. */
INLINE struct polynomial kernel_of(double a, double rest, double q, double g, int degree)
{
    double g2 = g * g;
    if (degree == 2) {
        double x2 = -a * q;
        return (struct polynomial){.c2 = x2, .c1 = 2 * x2 * g, .c0 = a * rest + x2 * g2};
    }
    if (degree == 4) {
        double x4 = a * q * q, x2 = -2 * a * rest * q;
        return (struct polynomial){.c4 = x4,
                                   .c3 = 4 * x4 * g,
                                   .c2 = x2 + 6 * x4 * g2,
                                   .c1 = (2 * x2 + 4 * x4 * g2) * g,
                                   .c0 = a * rest * rest + (x2 + x4 * g2) * g2};
    }
    double x6 = -a * q * q * q, x4 = 3 * a * rest * q * q, x2 = -3 * a * rest * rest * q;
    return (struct polynomial){.c6 = x6,
                               .c5 = 6 * x6 * g,
                               .c4 = x4 + 15 * x6 * g2,
                               .c3 = (4 * x4 + 20 * x6 * g2) * g,
                               .c2 = x2 + (6 * x4 + 15 * x6 * g2) * g2,
                               .c1 = (2 * x2 + (4 * x4 + 6 * x6 * g2) * g2) * g,
                               .c0 = a * rest * rest * rest + (x2 + (x4 + x6 * g2) * g2) * g2};
}

/* Two loops, since a rounding and a conversion in one become a call that is no vector code. */
INLINE void find_terms(struct heat_chords *r, const struct heat_spot *s, const uint64_t *shift,
                       int degree)
{
    double a = s->weight, g = 0.5 - s->fx;
    int count = r->count;
    for (int i = 0; i < count; i++) {
        struct polynomial p = kernel_of(a, r->rest[i], r->q[i], g, degree);
        double h = r->half[i] + 0.5, h2 = h * h;
        if (degree >= 6) {
            r->whole[6][i] = take_6(&p, h2);
            r->whole[5][i] = take_5(&p, h2);
        }
        if (degree >= 4) {
            r->whole[4][i] = take_4(&p, h2);
            r->whole[3][i] = take_3(&p, h2);
        }
        r->whole[2][i] = take_2(&p, h2);
        r->whole[1][i] = rint(p.c1);
        r->whole[0][i] = rint(p.c0);
    }
    uint64_t s1 = shift[1], s2 = shift[2], s3 = shift[3], s4 = shift[4], s5 = shift[5];
    uint64_t s6 = shift[6];
    for (int i = 0; i < count; i++) {
        uint64_t e[HEAT_SPOT_TERMS] = {0};
        for (int n = 0; n <= degree; n++)
            e[n] = (uint64_t)(int64_t)r->whole[n][i];
        if (degree >= 6) {
            r->e[6][i] = e[6];
            r->e[5][i] = e[5] + e[6] * s1;
        }
        if (degree >= 4) {
            r->e[4][i] = e[4] + e[5] * s1 + e[6] * s2;
            r->e[3][i] = e[3] + e[4] * s1 + e[5] * s2 + e[6] * s3;
        }
        r->e[2][i] = e[2] + e[3] * s1 + e[4] * s2 + e[5] * s3 + e[6] * s4;
        r->e[1][i] = e[1] + e[2] * s1 + e[3] * s2 + e[4] * s3 + e[5] * s4 + e[6] * s5;
        r->e[0][i] = e[0] + e[1] * s1 + e[2] * s2 + e[3] * s3 + e[4] * s4 + e[5] * s5 + e[6] * s6;
    }
}

VECTOR_VERSIONS static void terms_2(struct heat_chords *c, const struct heat_spot *s,
                                    const uint64_t *shift)
{
    find_terms(c, s, shift, 2);
}

VECTOR_VERSIONS static void terms_4(struct heat_chords *c, const struct heat_spot *s,
                                    const uint64_t *shift)
{
    find_terms(c, s, shift, 4);
}

VECTOR_VERSIONS static void terms_6(struct heat_chords *c, const struct heat_spot *s,
                                    const uint64_t *shift)
{
    find_terms(c, s, shift, 6);
}

void heat_chords_terms(struct heat_chords *c, const struct heat_spot *s, enum heat_shape shape,
                       int64_t origin)
{
    uint64_t shift[HEAT_SPOT_TERMS] = {1};
    if (origin)
        heat_choose(shift, origin, HEAT_SPOT_TERMS);
    switch (shape) {
    case HEAT_QUARTIC: terms_4(c, s, shift); break;
    case HEAT_TRIWEIGHT: terms_6(c, s, shift); break;
    case HEAT_EPANECHNIKOV: terms_2(c, s, shift); break;
    case HEAT_UNIFORM:
        for (int i = 0; i < c->count; i++)
            c->e[0][i] = (uint64_t)llrint(s->weight);
        break;
    case HEAT_TRIANGULAR:
    case HEAT_SHAPES: break;
    }
}
