/* Facility tiles, decoded by a reader of our own (GDAL and @mapbox/vector-tile read them in the
 * HTTP and browser tests): counts always add up, nothing is dropped. */
#include "tests/unit/atlas_maker.h"
#include "tests/unit/unit.h"

#include "tiles/layer.h"

struct wire {
    const unsigned char *p, *end;
};

static uint64_t varint(struct wire *w)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        assert_true(w->p < w->end);
        v |= (uint64_t)(*w->p & 0x7F) << shift;
        if (!(*w->p++ & 0x80))
            return v;
    }
    fail_msg("varint too long");
    return 0;
}

static struct wire part(struct wire *w)
{
    uint64_t len = varint(w);
    assert_true(len <= (uint64_t)(w->end - w->p));
    struct wire inner = {w->p, w->p + len};
    w->p += len;
    return inner;
}

struct value {
    char kind; /* s, d, u */
    double number;
    char text[64];
};

struct decoded {
    uint64_t singles, cells, points; /* points: singles + sum of counts */
    double quantity, max_score;
    bool sorted_ok;
};

/* Decodes a tile of one layer named facilities; classes are held against these scores' legend. */
static struct decoded decode(const struct buf *b, const struct radar *r)
{
    static char keys[16][32];
    static struct value values[20000];
    static struct wire features[20000];
    size_t nk = 0, nv = 0, nf = 0;
    struct decoded out = {.max_score = -1};
    struct legend_scaled scaled;
    legend_score_scale(&scaled, radar_largest(&r->options));
    struct wire tile = {(const unsigned char *)b->data, (const unsigned char *)b->data + b->len};
    if (!b->len)
        return out;
    assert_int_equal(varint(&tile), 3 << 3 | 2);
    struct wire layer = part(&tile);
    assert_true(tile.p == tile.end);
    uint64_t version = 0, extent = 0;
    char name[32] = "";
    while (layer.p < layer.end) {
        uint64_t tag = varint(&layer);
        if (tag == (15 << 3)) {
            version = varint(&layer);
        } else if (tag == (5 << 3)) {
            extent = varint(&layer);
        } else {
            struct wire w = part(&layer);
            size_t len = (size_t)(w.end - w.p);
            if (tag == (1 << 3 | 2)) {
                memcpy(name, w.p, len);
            } else if (tag == (3 << 3 | 2)) {
                memcpy(keys[nk++], w.p, len);
            } else if (tag == (2 << 3 | 2)) {
                features[nf++] = w;
            } else {
                assert_int_equal(tag, 4 << 3 | 2);
                struct value *v = &values[nv++];
                uint64_t inner = varint(&w);
                memset(v, 0, sizeof *v);
                if (inner == (1 << 3 | 2)) {
                    struct wire text = part(&w);
                    v->kind = 's';
                    memcpy(v->text, text.p, (size_t)(text.end - text.p));
                } else if (inner == (3 << 3 | 1)) {
                    v->kind = 'd';
                    memcpy(&v->number, w.p, 8);
                } else {
                    assert_int_equal(inner, 5 << 3);
                    v->kind = 'u';
                    v->number = (double)varint(&w);
                }
            }
        }
    }
    assert_string_equal(name, "facilities");
    assert_int_equal(version, 2);
    assert_int_equal(extent, 4096);
    for (size_t i = 0; i < nf; i++) {
        struct wire f = features[i];
        bool has_id = false;
        uint64_t count = 0;
        double score = -1, score_class = 0;
        while (f.p < f.end) {
            uint64_t tag = varint(&f);
            if (tag == 1 << 3) {
                has_id = varint(&f) > 0;
            } else if (tag == 3 << 3) {
                assert_int_equal(varint(&f), 1);
            } else if (tag == (4 << 3 | 2)) {
                struct wire g = part(&f);
                assert_int_equal(varint(&g), 9);
                for (int c = 0; c < 2; c++) {
                    uint64_t z = varint(&g);
                    assert_true(z % 2 == 0 && z / 2 < 4096);
                }
                assert_true(g.p == g.end);
            } else {
                assert_int_equal(tag, 2 << 3 | 2);
                struct wire tags = part(&f);
                while (tags.p < tags.end) {
                    uint64_t k = varint(&tags), v = varint(&tags);
                    assert_true(k < nk && v < nv);
                    if (!strcmp(keys[k], "count"))
                        count = (uint64_t)values[v].number;
                    if (!strcmp(keys[k], "quantity_kg"))
                        out.quantity += values[v].number;
                    if (!strcmp(keys[k], "name"))
                        assert_string_equal(values[v].text, "某廠");
                    if (!strcmp(keys[k], "score") || !strcmp(keys[k], "max_score"))
                        score = values[v].number;
                    if (!strcmp(keys[k], "score_class"))
                        score_class = values[v].number;
                }
            }
        }
        int limits = 0;
        for (int c = 0; c < scaled.legend.count; c++)
            limits += score >= scaled.classes[c].min;
        assert_true(score_class == limits);
        out.max_score = fmax(out.max_score, score);
        assert_int_equal(has_id, count == 0);
        out.singles += count == 0;
        out.cells += count > 0;
        out.points += count ? count : 1;
    }
    return out;
}

static struct snapshot snapshot_of(struct atlas *a)
{
    struct snapshot s = {.atlas = a};
    s.radar = radar_build(a, &radar_default_options);
    for (uint32_t i = 0; i < a->count;
         i++) /* scores to aggregate: the made atlas has no substances */
        s.radar->facility_area[i] = (i % 500) / 100.0;
    for (uint32_t i = 0; i < a->drawn; i++)
        s.radar->block_max[i / 64] = fmax(s.radar->block_max[i / 64], s.radar->facility_area[i]);
    return s;
}

static void counts_add_up(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(30000, 4);
    struct snapshot s = snapshot_of(a);
    struct error err;
    for (uint32_t z = 0; z <= TILE_ZOOM_MAX; z++)
        for (uint32_t k = 0; k < a->drawn; k += 1999) {
            uint32_t x, y, first, end;
            morton_xy(&x, &y, a->key[k]);
            struct layer_query q = {.filter = radar_filter_none,
                                    .tile = {z, (uint32_t)((uint64_t)x >> (32 - z)),
                                             (uint32_t)((uint64_t)y >> (32 - z))}};
            struct buf b = {.data = NULL};
            assert_true(layer_facilities.render(&b, &s, &q, NULL, &err));
            struct decoded d = decode(&b, s.radar);
            atlas_range(&first, &end, a, q.tile);
            assert_int_equal(d.points, end - first);
            double most = -1;
            for (uint32_t i = first; i < end; i++)
                most = fmax(most, s.radar->facility_area[i]);
            assert_double_equal(d.max_score, most, 0.006);
            assert_true(d.singles + d.cells <= LAYER_SINGLES_MAX);
            if (end - first <= LAYER_SINGLES_MAX)
                assert_int_equal(d.cells, 0);
            buf_free(&b);

            /* The same through the filter's path: everything passes a least score of 0. */
            q.filter.min_score = 0;
            assert_true(layer_facilities.render(&b, &s, &q, NULL, &err));
            struct decoded again = decode(&b, s.radar);
            assert_int_equal(again.points, d.points);
            assert_int_equal(again.cells, d.cells);
            assert_double_equal(again.quantity, d.quantity, 1e-6 * d.quantity + 1e-6);
            q.filter.min_score = 4.5;
            buf_clear(&b);
            assert_true(layer_facilities.render(&b, &s, &q, NULL, &err));
            uint64_t want = 0;
            for (uint32_t i = first; i < end; i++)
                want += s.radar->facility_area[i] >= 4.5;
            assert_int_equal(decode(&b, s.radar).points, want);
            buf_free(&b);
        }
    radar_free(s.radar);
    atlas_free(a);
}

/* Filters and other scores against a plain count over the atlas, as cells and as single points. */
static void filters_agree_with_the_atlas(void **state)
{
    (void)state;
    struct atlas *a = maker_atlas(30000, 8);
    maker_holdings(a, 40, 50000, 9);
    for (uint32_t i = 0; i < a->count; i++) {
        a->township[i] = (uint16_t)(i % 9);
        a->industry[i] = (uint16_t)(i % 4);
    }
    struct snapshot *s = snapshot_new(a);
    struct radar_options o = radar_default_options;
    o.facility = (struct radar_weights){{0.1, 0.2, 0.3, 0.4}};
    const struct radar *r = snapshot_radar(s, &o);
    const struct radar_filter filters[] = {{-1, 3, -1, -1, -HUGE_VAL},
                                           {-1, -1, 2, -1, -HUGE_VAL},
                                           {-1, 3, 2, -1, 2.5},
                                           {-1, -1, -1, 17, -HUGE_VAL},
                                           {-1, 5, -1, 17, 1.5}};
    for (size_t f = 0; f < sizeof filters / sizeof *filters; f++)
        for (uint32_t z = 0; z <= 12; z += 4) {
            uint32_t x, y, first, end, count = 0;
            morton_xy(&x, &y, a->key[a->drawn / 2]);
            struct layer_query q = {.filter = filters[f],
                                    .radar = r,
                                    .tile = {z, (uint32_t)((uint64_t)x >> (32 - z)),
                                             (uint32_t)((uint64_t)y >> (32 - z))}};
            struct buf b = {.data = NULL};
            struct error err;
            assert_true(layer_facilities.render(&b, s, &q, NULL, &err));
            struct decoded d = decode(&b, r);
            double kg = 0, most = -1;
            atlas_range(&first, &end, a, q.tile);
            for (uint32_t i = first; i < end; i++) {
                double of_it = a->quantity_kg[i];
                bool holds = filters[f].substance < 0;
                for (uint32_t k = a->stock_first[i]; k < a->stock_first[i + 1]; k++)
                    if (a->stocks[k].substance == filters[f].substance) {
                        holds = true;
                        of_it = a->stocks[k].quantity_kg;
                    }
                if (!holds || (filters[f].township >= 0 && a->township[i] != filters[f].township) ||
                    (filters[f].industry >= 0 && a->industry[i] != filters[f].industry) ||
                    (isfinite(filters[f].min_score) &&
                     !(r->facility_area[i] >= filters[f].min_score)))
                    continue;
                count++;
                kg += isnan(of_it) ? 0 : of_it;
                most = fmax(most, r->facility_area[i]);
            }
            assert_int_equal(d.points, count);
            assert_double_equal(d.quantity, kg, 1e-9 * kg);
            assert_double_equal(d.max_score, count ? most : -1, 0.0051);
            if (count <= LAYER_SINGLES_MAX)
                assert_int_equal(d.cells, 0);
            buf_free(&b);
        }
    snapshot_radar_put(s, r);
    snapshot_release(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_add_up),
                                       cmocka_unit_test(filters_agree_with_the_atlas)};
    return unit_run("layer", tests);
}
