/* DESIGN. Coordinates become whole micrometres (2^-20 m). With k = size / 2 a row's centres stand
 * 2k apart, so the nearest of one row is an integer division. Whether a point lies above the
 * slanted side between (q, r) and its neighbour in the next row is
 *     y sqrt(3) > k (3r + 2) - |x - x_centre|,
 * whole numbers but for sqrt(3): both sides are squared in 128 bits, so the answer is exact.
 * Rejected: rounding of cube coordinates in double, which near sides depends on the last bits of
 * sqrt(3); ST_HexagonGrid and a join (ten times slower, and points on a side belong to two). */
#include "analysis/hexagon.h"

#include <math.h>

enum { UNITS = 1 << 20 /* a metre */ };

__extension__ typedef __int128 wide; /* the one type that C11 has no name for */

/* y sqrt(3) > m */
static bool above(int64_t y, int64_t m)
{
    wide left = (wide)3 * y * y, right = (wide)m * m;
    if (y >= 0)
        return m < 0 || left > right;
    return m < 0 && left < right;
}

static int64_t floor_div(int64_t a, int64_t b) /* b > 0 */
{
    return a / b - (a % b < 0);
}

struct hexagon hexagon_at(double x, double y, int size)
{
    int64_t k = (int64_t)size * UNITS / 2, px = llround(x * UNITS), py = llround(y * UNITS);
    int64_t r = llround(y / (size * sqrt(3.0) / 2)); /* a guess that is at most one row off */
    int64_t q = floor_div(px - k * r + k, 2 * k);
    for (;;) {
        int64_t dx = px - k * (2 * q + r); /* -k … k - 1 */
        int64_t reach = dx < 0 ? -dx : dx;
        if (above(py, k * (3 * r + 2) - reach)) {
            q -= dx < 0; /* the neighbours above stand at x - k (q - 1) and x + k (q) */
            r++;
        } else if (above(-py, k * (2 - 3 * r) - reach)) {
            q += dx >= 0; /* below: at x - k (q) and x + k (q + 1) */
            r--;
        } else {
            return (struct hexagon){(int32_t)q, (int32_t)r};
        }
        q += floor_div(px - k * (2 * q + r) + k, 2 * k); /* the nearest of that row */
    }
}

void hexagon_centre(double *x, double *y, struct hexagon h, int size)
{
    *x = size / 2.0 * (2 * h.q + h.r);
    *y = size * sqrt(3.0) / 6 * (3 * h.r);
}

void hexagon_corners(double x[HEXAGON_CORNERS], double y[HEXAGON_CORNERS], struct hexagon h,
                     int size)
{
    /* Corners stand on a lattice of k by k / sqrt(3), so each is made of the same whole numbers. */
    static const int dx[HEXAGON_CORNERS] = {1, 0, -1, -1, 0, 1};
    static const int dy[HEXAGON_CORNERS] = {1, 2, 1, -1, -2, -1};
    double east = size / 2.0, north = size * sqrt(3.0) / 6;
    for (int i = 0; i < HEXAGON_CORNERS; i++) {
        x[i] = east * (2 * h.q + h.r + dx[i]);
        y[i] = north * (3 * h.r + dy[i]);
    }
}

int hexagon_compare(struct hexagon a, struct hexagon b)
{
    if (a.r != b.r)
        return a.r < b.r ? -1 : 1;
    return a.q < b.q ? -1 : a.q > b.q;
}
