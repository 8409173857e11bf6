/* What the public tier of heat shows, against cells counted here facility by facility, and against
 * who subtracts its maps from each other. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "analysis/heat.h"
#include "analysis/heat_public.h"
#include "gis/crs.h"

enum { HELD = 5 }; /* the substance asked for */

struct place {
    int32_t column, row;
};

static struct crs *plane(void)
{
    struct error err;
    struct crs *crs = crs_open("EPSG:3826", &err);
    assert_non_null(crs);
    return crs;
}

static struct place cell_of(struct crs *crs, double lon, double lat)
{
    double x, y;
    assert_true(crs_from_lonlat(crs, &x, &y, lon, lat));
    return (struct place){(int32_t)floor(x / 2500), (int32_t)floor(y / 2500)};
}

/* Weight of the cell on a map; 0 = it is not shown. */
static double shown(const struct heat_source *s, struct crs *crs, struct place cell)
{
    for (uint32_t i = 0; i < s->count; i++) {
        struct place p = cell_of(crs, s->lon[i], s->lat[i]);
        if (p.column == cell.column && p.row == cell.row)
            return s->weight[i];
    }
    return 0;
}

static struct heat_source *map_of(const struct atlas *a, enum heat_by by, int64_t substance,
                                  bool public_tier)
{
    struct heat_query q;
    heat_query_begin(&q);
    q.by = by;
    q.public_tier = public_tier;
    if (substance >= 0)
        q.substance[q.substance_count++] = (uint32_t)substance;
    return heat_source_new(a, NULL, &q);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What a cell may show, by the operators of its facilities. */
static double allowed(const struct atlas *a, const struct place *at, struct place cell,
                      const double *weight, bool quantity)
{
    enum { OPERATORS = 700 };
    double own[OPERATORS] = {0}, sum = 0;
    bool rest[OPERATORS] = {false};
    int with = 0, without = 0, never = 0;
    for (uint32_t f = 0; f < a->count; f++) {
        if (at[f].column != cell.column || at[f].row != cell.row)
            continue;
        if (weight[f] > 0)
            own[a->company[f]] += weight[f];
        else
            rest[a->company[f]] = true;
    }
    for (int i = 0; i < OPERATORS; i++) {
        with += own[i] > 0;
        without += rest[i];
        never += rest[i] && !(own[i] > 0);
        sum += own[i];
    }
    if (with < 3)
        return 0;
    if (!quantity)
        return (without == 0 || without > 2) && (never == 0 || never > 2) ? sum : 0;
    qsort(own, OPERATORS, sizeof *own, compare_doubles);
    double first = own[OPERATORS - 1], second = own[OPERATORS - 2];
    char text[32];
    snprintf(text, sizeof text, "%.1e", sum); /* 2 significant digits, made another way */
    return sum - first - second >= 0.1 * first ? strtod(text, NULL) : 0;
}

static struct atlas *crowded(void)
{
    struct atlas *a = maker_atlas(3000, 41);
    maker_holdings(a, 40, 9000, 43);
    for (uint32_t f = 0; f < a->count; f++)
        a->company[f] = f % 700;
    for (uint32_t k = 0; k < 9000; k++)
        if (k % 5 < 2)
            a->stocks[k].substance = HELD;
    return a;
}

static void cells_show_what_is_allowed(void **state)
{
    (void)state;
    static const struct {
        enum heat_by by;
        int64_t substance;
    } maps[] = {{HEAT_COUNT, -1}, {HEAT_COUNT, HELD}, {HEAT_QUANTITY, HELD}};
    struct atlas *a = crowded();
    struct crs *crs = plane();
    struct place *at = mem_zero(a->count, sizeof *at);
    double *weight = mem_zero(a->count, sizeof *weight);
    for (uint32_t f = 0; f < a->count; f++)
        at[f] = cell_of(crs, a->lon[f], a->lat[f]);
    for (size_t m = 0; m < sizeof maps / sizeof *maps; m++) {
        struct heat_source *all = map_of(a, maps[m].by, maps[m].substance, false);
        struct heat_source *s = map_of(a, maps[m].by, maps[m].substance, true);
        memset(weight, 0, a->count * sizeof *weight);
        for (uint32_t i = 0; i < all->count; i++)
            weight[all->who[i]] = all->weight[i];
        int cells = 0, hidden = 0;
        double total = 0;
        for (uint32_t f = 0; f < a->count; f++) {
            bool seen = false;
            for (uint32_t g = 0; g < f && !seen; g++)
                seen = at[g].column == at[f].column && at[g].row == at[f].row;
            if (seen)
                continue;
            double want = allowed(a, at, at[f], weight, maps[m].by == HEAT_QUANTITY);
            assert_double_equal(shown(s, crs, at[f]), want, 1e-12 * want);
            cells += want > 0;
            hidden += !(want > 0);
            total += want;
        }
        assert_int_equal(s->count, cells);
        assert_true(s->kind == HEAT_WHO_CELL && cells > 10 && hidden > 10 && s->hidden > 0);
        assert_double_equal(s->total, total, 1e-12 * total);
        for (uint32_t i = 0; i < s->count; i++) {
            double x, y;
            assert_true(crs_from_lonlat(crs, &x, &y, s->lon[i], s->lat[i]));
            assert_double_equal(x / 2500 - floor(x / 2500), 0.5, 1e-4); /* centres only */
            assert_double_equal(y / 2500 - floor(y / 2500), 0.5, 1e-4);
            assert_true(!i || s->key[i] > s->key[i - 1]);
        }
        heat_source_free(all);
        heat_source_free(s);
    }
    free(at);
    free(weight);
    crs_close(crs);
    atlas_free(a);
}

/* `count` facilities of as many operators in one cell, one stock each: of the first three substance
 * 0, of the others substance 1. */
static struct atlas *one_cell(uint32_t count)
{
    static const double kg[] = {100000, 110000, 120000, 60123, 60234, 60345};
    struct atlas *a = maker_atlas(count, 7);
    maker_holdings(a, 2, count, 11);
    for (uint32_t f = 0; f < count; f++) {
        a->lon[f] = 121.1 + 0.0005 * f;
        a->lat[f] = 22.9;
        a->key[f] = morton_key(tile_world_x(a->lon[f]), tile_world_y(a->lat[f]));
        a->stocks[f] = (struct atlas_stock){f, f < 3 ? 0 : 1, kg[f]};
        a->quantity_kg[f] = kg[f];
    }
    return a;
}

/* Three operators hold one substance, a fourth alone another: nothing that the public tier gives
 * tells that the fourth is there, nor its kilograms. */
static void no_two_maps_give_a_fourth_operator(void **state)
{
    (void)state;
    struct atlas *a = one_cell(4);
    struct radar *radar = radar_build(a, &radar_default_options);
    struct crs *crs = plane();
    struct place cell = cell_of(crs, 121.1, 22.9);
    struct heat_source *three = map_of(a, HEAT_QUANTITY, 0, true);
    assert_double_equal(shown(three, crs, cell), 330000, 0);
    heat_source_free(three);
    static const enum heat_by refused[] = {HEAT_QUANTITY,  HEAT_HAZARD,        HEAT_RADAR,
                                           HEAT_INCIDENTS, HEAT_CONCENTRATION, HEAT_INTENSITY};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct heat_query q;
        heat_query_begin(&q);
        q.by = refused[i];
        q.public_tier = true;
        assert_non_null(heat_public_refusal(&q));
        struct heat_source *s = heat_source_new(a, radar, &q);
        assert_int_equal(s->count, 0); /* even where the caller did not ask first */
        heat_source_free(s);
    }
    struct heat_source *all = map_of(a, HEAT_COUNT, -1, true);
    struct heat_source *with = map_of(a, HEAT_COUNT, 0, true);
    struct heat_source *fourth = map_of(a, HEAT_COUNT, 1, true);
    assert_double_equal(shown(all, crs, cell), 4, 0);
    assert_int_equal(with->count, 0); /* 4 - 3 would be the fourth */
    assert_int_equal(fourth->count, 0);
    heat_source_free(all);
    heat_source_free(with);
    heat_source_free(fourth);
    fourth = map_of(a, HEAT_QUANTITY, 1, true);
    assert_int_equal(fourth->count, 0);
    heat_source_free(fourth);
    radar_free(radar);
    atlas_free(a);

    /* Of three others the rest is not one operator's. */
    a = one_cell(6);
    with = map_of(a, HEAT_COUNT, 0, true);
    fourth = map_of(a, HEAT_QUANTITY, 1, true);
    assert_double_equal(shown(with, crs, cell), 3, 0);
    assert_double_equal(shown(fourth, crs, cell), 180000, 0); /* of 180,702 */
    heat_source_free(with);
    heat_source_free(fourth);
    /* Two of them are one operator's: the rest is two operators'. */
    a->company[5] = a->company[4];
    with = map_of(a, HEAT_COUNT, 0, true);
    assert_int_equal(with->count, 0);
    heat_source_free(with);
    /* Who has the substance in one facility and not in another is one of the rest all the same. */
    a->company[5] = a->company[0];
    with = map_of(a, HEAT_COUNT, 0, true);
    assert_int_equal(with->count, 0); /* three of the rest, but only two that never have it */
    heat_source_free(with);
    crs_close(crs);
    atlas_free(a);
}

static void filters_are_refused(void **state)
{
    (void)state;
    struct heat_query q;
    for (int i = 0; i < 6; i++) {
        heat_query_begin(&q);
        q.public_tier = true;
        assert_null(heat_public_refusal(&q));
        switch (i) {
        case 0: q.county = 1; break;
        case 1: q.industry = 0; break;
        case 2: q.behaviours = 1; break;
        case 3: q.from = 2010; break;
        case 4: q.to = 2010; break;
        default: q.substance_count = 2; break;
        }
        assert_non_null(heat_public_refusal(&q));
    }
    heat_query_begin(&q);
    q.by = HEAT_QUANTITY;
    q.substance_count = 1;
    assert_null(heat_public_refusal(&q));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_show_what_is_allowed),
        cmocka_unit_test(no_two_maps_give_a_fourth_operator),
        cmocka_unit_test(filters_are_refused),
    };
    return unit_run("heat public", tests);
}
