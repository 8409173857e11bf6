/* The atlas built from one REPEATABLE READ snapshot of the database: COPY BINARY out, sort by
 * Morton key, prefix sums. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/atlas.h"
#include "gis/buf.h"
#include "gis/mem.h"
#include "sql.h"

struct row { /* a facility as it comes */
    uint64_t key;
    int64_t id;
    double lon, lat;
    uint32_t name;
    uint16_t county;
    int16_t established;
    uint8_t check, size;
    bool drawn;
};

struct stock_row {
    int64_t facility;
    uint32_t substance;
    double kg;
};

struct load {
    struct atlas *a;
    struct buf names;
    struct row *rows;
    size_t row_count, row_cap;
    struct stock_row *stocks;
    size_t stock_count, stock_cap;
};

/* Room for one more element; doubles. */
static void *grow(void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 1024;
    return mem_resize(array, *cap, size);
}

/* Texts of the atlas live in one block; while it grows only offsets are kept, +1 so that 0 is none.
 */
static size_t keep(struct load *l, const char *text, size_t len)
{
    size_t at = l->names.len;
    buf_add(&l->names, text, len);
    buf_char(&l->names, '\0');
    return at;
}

static bool load_revision(struct load *l, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_atlas_revision, err, DB_NONE);
    if (!r)
        return false;
    bool ok = db_rows(r) == 1 || error_set(err, ERROR_DATABASE, "the atlas has no number");
    if (ok) {
        l->a->number = (uint64_t)db_get_i64(r, 0, 0);
        l->a->holdings = (uint64_t)db_get_i64(r, 0, 1);
        snprintf(l->a->tag, sizeof l->a->tag, "a%llu-%.16s", (unsigned long long)l->a->number,
                 db_get_text(r, 0, 2));
    }
    db_done(r);
    return ok;
}

/* A text of the result in the names block; its final address is known when the block is whole, so
 * the caller stores the result of text_at() after loading. */
static size_t keep_field(struct load *l, const struct db_result *r, int row, int column)
{
    const char *text = db_get_text(r, row, column);
    return text ? keep(l, text, strlen(text)) + 1 : 0;
}

struct offsets { /* of the texts of one county or substance, +1; 0 = none */
    size_t text[5];
};

static const char *text_at(const struct atlas *a, size_t offset)
{
    return offset ? a->names + offset - 1 : NULL;
}

static struct offsets *load_counties(struct load *l, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_atlas_counties, err, DB_NONE);
    if (!r)
        return NULL;
    uint32_t n = (uint32_t)db_rows(r);
    struct offsets *texts = mem_zero(n, sizeof *texts);
    l->a->county_count = n;
    l->a->counties = mem_zero(n, sizeof *l->a->counties);
    for (uint32_t i = 0; i < n; i++) {
        for (int c = 0; c < 3; c++)
            texts[i].text[c] = keep_field(l, r, (int)i, c);
        for (int c = 0; c < 4; c++)
            l->a->counties[i].bbox[c] = db_get_f64(r, (int)i, 3 + c);
    }
    db_done(r);
    return texts;
}

static int8_t small_or_unknown(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? -1 : (int8_t)db_get_i64(r, row, column);
}

static struct offsets *load_substances(struct load *l, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_atlas_substances, err, DB_NONE);
    if (!r)
        return NULL;
    uint32_t n = (uint32_t)db_rows(r);
    struct offsets *texts = mem_zero(n, sizeof *texts);
    l->a->substance_count = n;
    l->a->substance = mem_zero(n, sizeof *l->a->substance);
    for (uint32_t i = 0; i < n; i++) {
        struct atlas_substance *s = &l->a->substance[i];
        int row = (int)i;
        s->id = (int32_t)db_get_i64(r, row, 0);
        for (int c = 0; c < 5; c++)
            texts[i].text[c] = keep_field(l, r, row, 1 + c);
        for (int c = 0; c < 3; c++)
            s->nfpa[c] = small_or_unknown(r, row, 6 + c);
        s->water_reactive = small_or_unknown(r, row, 9);
        s->toxic_by_inhalation = small_or_unknown(r, row, 10);
        s->national_kg = db_get_f64(r, row, 11);
        s->export_value = db_get_f64(r, row, 12);
        s->incidents = db_get_f64(r, row, 13);
    }
    db_done(r);
    return texts;
}

static uint16_t county_index(const struct load *l, const struct offsets *counties,
                             const unsigned char *code, int len)
{
    for (uint32_t i = 0; i < l->a->county_count && len > 0; i++) {
        const char *c = l->names.data + counties[i].text[0] - 1;
        if (strlen(c) == (size_t)len && !memcmp(c, code, (size_t)len))
            return (uint16_t)i;
    }
    return ATLAS_NO_COUNTY;
}

struct facility_load {
    struct load *l;
    const struct offsets *counties;
};

static bool take_facility(void *ctx, const unsigned char *const *f, const int *len, int count,
                          struct error *err)
{
    struct facility_load *c = ctx;
    struct load *l = c->l;
    if (count != 8 || l->row_count >= UINT32_MAX - 1)
        return error_set(err, ERROR_INTERNAL, "the facilities of the atlas came in another shape");
    l->rows = grow(l->rows, l->row_count, &l->row_cap, sizeof *l->rows);
    struct row *r = &l->rows[l->row_count++];
    *r = (struct row){.id = db_field_int(f[0], len[0]),
                      .name = (uint32_t)keep(l, (const char *)f[1], (size_t)len[1]),
                      .drawn = len[2] == 8 && len[3] == 8,
                      .county = county_index(l, c->counties, f[4], len[4]),
                      .check = POSITION_UNCHECKED,
                      .established = len[6] > 0 ? (int16_t)db_field_int(f[6], len[6]) : 0,
                      .size = (uint8_t)db_field_int(f[7], len[7])};
    for (int i = 0; i < POSITION_CHECKS; i++)
        if (strlen(position_check_names[i]) == (size_t)len[5] &&
            !memcmp(position_check_names[i], f[5], (size_t)len[5]))
            r->check = (uint8_t)i;
    if (r->drawn) {
        r->lon = db_field_f64(f[2], 8);
        r->lat = db_field_f64(f[3], 8);
        r->key = morton_key(tile_world_x(r->lon), tile_world_y(r->lat));
    }
    return true;
}

static bool take_stock(void *ctx, const unsigned char *const *f, const int *len, int count,
                       struct error *err)
{
    struct load *l = ctx;
    if (count != 3 || l->stock_count >= UINT32_MAX - 1)
        return error_set(err, ERROR_INTERNAL, "the stocks of the atlas came in another shape");
    l->stocks = grow(l->stocks, l->stock_count, &l->stock_cap, sizeof *l->stocks);
    int64_t substance = len[1] > 0 ? atlas_find_substance_id(l->a, db_field_int(f[1], len[1])) : -1;
    l->stocks[l->stock_count++] =
        (struct stock_row){.facility = db_field_int(f[0], len[0]),
                           .substance = substance < 0 ? ATLAS_UNLINKED : (uint32_t)substance,
                           .kg = len[2] > 0 ? db_field_f64(f[2], len[2]) : (double)NAN};
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->drawn != y->drawn)
        return x->drawn ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

struct id_index {
    int64_t id;
    uint32_t index;
};

static int by_number(const void *a, const void *b)
{
    const struct id_index *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Rows to columns, in the order of the atlas. */
static void set_columns(struct load *l)
{
    struct atlas *a = l->a;
    size_t n = l->row_count;
    qsort(l->rows, n, sizeof *l->rows, by_place);
    a->count = (uint32_t)n;
    while (a->drawn < n && l->rows[a->drawn].drawn)
        a->drawn++;
    size_t d = a->drawn;
    a->key = mem_zero(d, sizeof *a->key);
    a->lon = mem_zero(d, sizeof *a->lon);
    a->lat = mem_zero(d, sizeof *a->lat);
    a->id = mem_zero(n, sizeof *a->id);
    a->name = mem_zero(n, sizeof *a->name);
    a->county = mem_zero(n, sizeof *a->county);
    a->substances = mem_zero(n, sizeof *a->substances);
    a->check = mem_zero(n, sizeof *a->check);
    a->size = mem_zero(n, sizeof *a->size);
    a->established = mem_zero(n, sizeof *a->established);
    a->quantity_kg = mem_zero(n, sizeof *a->quantity_kg);
    a->stock_first = mem_zero(n + 1, sizeof *a->stock_first);
    a->by_id = mem_zero(n, sizeof *a->by_id);
    struct id_index *ids = mem_zero(n, sizeof *ids);
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &l->rows[i];
        if (i < d) {
            a->key[i] = r->key;
            a->lon[i] = r->lon;
            a->lat[i] = r->lat;
        }
        a->id[i] = r->id;
        a->name[i] = r->name;
        a->county[i] = r->county;
        a->check[i] = r->check;
        a->size[i] = r->size;
        a->established[i] = r->established;
        a->quantity_kg[i] = (double)NAN;
        ids[i] = (struct id_index){r->id, (uint32_t)i};
        if (r->county != ATLAS_NO_COUNTY) {
            a->counties[r->county].facilities++;
            a->counties[r->county].drawn += i < d;
        }
    }
    qsort(ids, n, sizeof *ids, by_number);
    for (size_t i = 0; i < n; i++)
        a->by_id[i] = ids[i].index;
    free(ids);
}

/* Stocks by facility and by substance: two counting sorts, each keeping the order it finds. */
static void set_stocks(struct load *l)
{
    struct atlas *a = l->a;
    size_t kept = 0;
    uint32_t *of = mem_zero(l->stock_count, sizeof *of);
    for (size_t i = 0; i < l->stock_count; i++) {
        int64_t f = atlas_find_facility(a, l->stocks[i].facility);
        of[i] = f < 0 ? UINT32_MAX : (uint32_t)f;
        if (f >= 0) {
            a->stock_first[f + 1]++;
            kept++;
        }
    }
    for (uint32_t i = 0; i < a->count; i++)
        a->stock_first[i + 1] += a->stock_first[i];
    a->stocks = mem_zero(kept, sizeof *a->stocks);
    uint32_t *next = mem_zero(a->count, sizeof *next);
    for (size_t i = 0; i < l->stock_count; i++) {
        if (of[i] == UINT32_MAX)
            continue;
        uint32_t f = of[i], at = a->stock_first[f] + next[f]++;
        const struct stock_row *s = &l->stocks[i];
        a->stocks[at] = (struct atlas_stock){f, s->substance, s->kg};
        if (a->substances[f] < UINT16_MAX)
            a->substances[f]++;
        if (!isnan(s->kg))
            a->quantity_kg[f] = (isnan(a->quantity_kg[f]) ? 0 : a->quantity_kg[f]) + s->kg;
    }
    free(next);
    free(of);

    uint32_t *start = mem_zero((size_t)a->substance_count + 1, sizeof *start);
    uint32_t drawn_stocks = a->stock_first[a->drawn];
    for (uint32_t i = 0; i < drawn_stocks; i++)
        if (a->stocks[i].substance != ATLAS_UNLINKED)
            start[a->stocks[i].substance + 1]++;
    for (uint32_t s = 0; s < a->substance_count; s++) {
        start[s + 1] += start[s];
        a->substance[s].first = a->substance[s].end = start[s];
    }
    a->by_substance = mem_zero(start[a->substance_count], sizeof *a->by_substance);
    for (uint32_t i = 0; i < drawn_stocks; i++)
        if (a->stocks[i].substance != ATLAS_UNLINKED)
            a->by_substance[a->substance[a->stocks[i].substance].end++] = a->stocks[i];
    free(start);
    a->bytes += (kept + drawn_stocks) * sizeof *a->stocks;
}

static void set_sums(struct atlas *a)
{
    a->sum_quantity = mem_zero((size_t)a->drawn + 1, sizeof *a->sum_quantity);
    a->sum_x = mem_zero((size_t)a->drawn + 1, sizeof *a->sum_x);
    a->sum_y = mem_zero((size_t)a->drawn + 1, sizeof *a->sum_y);
    for (uint32_t i = 0; i < a->drawn; i++) {
        uint32_t x, y;
        morton_xy(&x, &y, a->key[i]);
        a->sum_x[i + 1] = a->sum_x[i] + x;
        a->sum_y[i + 1] = a->sum_y[i] + y;
        a->sum_quantity[i + 1] =
            a->sum_quantity[i] + (isnan(a->quantity_kg[i]) ? 0 : a->quantity_kg[i]);
    }
}

static bool read_all(struct load *l, struct offsets **counties, struct offsets **substances,
                     struct db *db, struct error *err)
{
    if (!load_revision(l, db, err))
        return false;
    *counties = load_counties(l, db, err);
    if (!*counties)
        return false;
    *substances = load_substances(l, db, err);
    if (!*substances)
        return false;
    struct facility_load c = {.l = l, .counties = *counties};
    return db_copy_out(db, SQL_atlas_facilities.text, take_facility, &c, err) &&
           db_copy_out(db, SQL_atlas_stocks.text, take_stock, l, err);
}

static void set_texts(struct load *l, const struct offsets *counties,
                      const struct offsets *substances)
{
    struct atlas *a = l->a;
    a->names = mem_resize(l->names.data, l->names.len + 1, 1);
    for (uint32_t i = 0; i < a->county_count; i++) {
        a->counties[i].code = text_at(a, counties[i].text[0]);
        a->counties[i].name = text_at(a, counties[i].text[1]);
        a->counties[i].name_en = text_at(a, counties[i].text[2]);
    }
    for (uint32_t i = 0; i < a->substance_count; i++) {
        struct atlas_substance *s = &a->substance[i];
        const char **field[] = {&s->cas, &s->name_zh, &s->name_en, &s->un, &s->erg_guide};
        for (int c = 0; c < 5; c++)
            *field[c] = text_at(a, substances[i].text[c]);
    }
}

struct atlas *atlas_load(struct db *db, struct error *err)
{
    struct load l = {.a = mem_zero(1, sizeof *l.a), .names = {.max = 0xFFFFFFF0u}};
    struct offsets *counties = NULL, *substances = NULL;
    bool ok = db_exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
    if (ok) {
        ok = read_all(&l, &counties, &substances, db, err);
        struct error end;
        db_exec(db, "ROLLBACK", &end);
    }
    if (ok && l.names.overflow)
        ok = error_set(err, ERROR_TOO_LARGE, "the names of the atlas pass 4 GiB");
    if (ok) {
        set_texts(&l, counties, substances);
        set_columns(&l);
        l.a->bytes = l.names.len + l.a->count * 44ul + l.a->drawn * 48ul;
        set_stocks(&l);
        set_sums(l.a);
        l.a->built_at = time(NULL);
    } else {
        buf_free(&l.names);
        atlas_free(l.a);
        l.a = NULL;
    }
    free(counties);
    free(substances);
    free(l.rows);
    free(l.stocks);
    return l.a;
}
