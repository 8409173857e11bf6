#include "gis/tile.h"

#include <math.h>

#define WORLD 4294967296.0 /* 2^32 */
#define LAT_MAX 85.05112877980659

static uint32_t to_world(double fraction)
{
    double v = floor(fraction * WORLD);
    return v <= 0 ? 0 : v >= WORLD - 1 ? UINT32_MAX : (uint32_t)v;
}

uint32_t tile_world_x(double lon)
{
    return to_world((lon + 180.0) / 360.0);
}

uint32_t tile_world_y(double lat)
{
    lat = fmax(-LAT_MAX, fmin(LAT_MAX, lat)) * M_PI / 180.0;
    return to_world(0.5 - asinh(tan(lat)) / (2 * M_PI));
}

void tile_world(double *x, double *y, double lon, double lat)
{
    lat = fmax(-LAT_MAX, fmin(LAT_MAX, lat)) * M_PI / 180.0;
    *x = (lon + 180.0) / 360.0 * WORLD;
    *y = (0.5 - asinh(tan(lat)) / (2 * M_PI)) * WORLD;
}

double tile_lon(double world_x)
{
    return world_x / WORLD * 360.0 - 180.0;
}

double tile_lat(double world_y)
{
    return atan(sinh(M_PI * (1 - 2 * world_y / WORLD))) * 180.0 / M_PI;
}

bool tile_valid(struct tile t)
{
    return t.z <= TILE_ZOOM_MAX && t.x >> t.z == 0 && t.y >> t.z == 0;
}

void tile_bounds(double bbox[4], struct tile t)
{
    double size = WORLD / (double)(1u << t.z);
    bbox[0] = tile_lon(t.x * size);
    bbox[1] = tile_lat((t.y + 1) * size);
    bbox[2] = tile_lon((t.x + 1) * size);
    bbox[3] = tile_lat(t.y * size);
}

/* Bits of v spread to the even places. */
static uint64_t spread(uint32_t v)
{
    uint64_t x = v;
    x = (x | x << 16) & 0x0000FFFF0000FFFFu;
    x = (x | x << 8) & 0x00FF00FF00FF00FFu;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0Fu;
    x = (x | x << 2) & 0x3333333333333333u;
    return (x | x << 1) & 0x5555555555555555u;
}

static uint32_t gather(uint64_t x)
{
    x &= 0x5555555555555555u;
    x = (x | x >> 1) & 0x3333333333333333u;
    x = (x | x >> 2) & 0x0F0F0F0F0F0F0F0Fu;
    x = (x | x >> 4) & 0x00FF00FF00FF00FFu;
    x = (x | x >> 8) & 0x0000FFFF0000FFFFu;
    return (uint32_t)(x | x >> 16);
}

uint64_t morton_key(uint32_t x, uint32_t y)
{
    return spread(x) | spread(y) << 1;
}

void morton_xy(uint32_t *x, uint32_t *y, uint64_t key)
{
    *x = gather(key);
    *y = gather(key >> 1);
}

uint64_t morton_first(struct tile t)
{
    return t.z ? morton_key(t.x, t.y) << (64 - 2 * t.z) : 0;
}

uint64_t morton_span(uint32_t z)
{
    return z ? (uint64_t)1 << (64 - 2 * z) : 0;
}

void tile_ground_scale(double *east, double *north, double lat)
{
    double s = sin(lat * M_PI / 180.0), c = cos(lat * M_PI / 180.0);
    double w = 1 - TILE_GRS80_E2 * s * s;
    *east = c / sqrt(w);
    *north = c * (1 - TILE_GRS80_E2) / (w * sqrt(w));
}
