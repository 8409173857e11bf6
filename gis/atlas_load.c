/* The atlas built from one REPEATABLE READ snapshot of the database: COPY BINARY out, sort by
 * Morton key, prefix sums. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gis/atlas_build.h"
#include "gis/mem.h"
#include "sql.h"

static bool load_revision(struct atlas_load *l, struct db *db, struct error *err)
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

static bool take_facility(void *ctx, const unsigned char *const *f, const int *len, int count,
                          struct error *err)
{
    struct atlas_load *l = ctx;
    if (count != 11 || l->row_count >= UINT32_MAX - 1)
        return error_set(err, ERROR_INTERNAL, "the facilities of the atlas came in another shape");
    l->rows = atlas_grow(l->rows, l->row_count, &l->row_cap, sizeof *l->rows);
    struct atlas_row *r = &l->rows[l->row_count++];
    *r = (struct atlas_row){.id = db_field_int(f[0], len[0]),
                            .name = (uint32_t)atlas_keep(l, (const char *)f[1], (size_t)len[1]),
                            .drawn = len[2] == 8 && len[3] == 8,
                            .county = atlas_list_find(l, &l->counties, f[4], len[4]),
                            .check = POSITION_UNCHECKED,
                            .established = len[6] > 0 ? (int16_t)db_field_int(f[6], len[6]) : 0,
                            .size = (uint8_t)db_field_int(f[7], len[7]),
                            .township = atlas_list_find(l, &l->townships, f[8], len[8]),
                            .industry = atlas_list_find(l, &l->industries, f[9], len[9]),
                            .operator_id = len[10] > 0 ? db_field_int(f[10], len[10]) : 0};
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

static int by_place(const void *a, const void *b)
{
    const struct atlas_row *x = a, *y = b;
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
static void set_columns(struct atlas_load *l)
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
    a->township = mem_zero(n, sizeof *a->township);
    a->industry = mem_zero(n, sizeof *a->industry);
    a->substances = mem_zero(n, sizeof *a->substances);
    a->check = mem_zero(n, sizeof *a->check);
    a->size = mem_zero(n, sizeof *a->size);
    a->established = mem_zero(n, sizeof *a->established);
    a->quantity_kg = mem_zero(n, sizeof *a->quantity_kg);
    a->stock_first = mem_zero(n + 1, sizeof *a->stock_first);
    a->by_id = mem_zero(n, sizeof *a->by_id);
    struct id_index *ids = mem_zero(n, sizeof *ids);
    for (size_t i = 0; i < n; i++) {
        const struct atlas_row *r = &l->rows[i];
        if (i < d) {
            a->key[i] = r->key;
            a->lon[i] = r->lon;
            a->lat[i] = r->lat;
        }
        a->id[i] = r->id;
        a->name[i] = r->name;
        a->county[i] = r->county;
        a->township[i] = r->township;
        a->industry[i] = r->industry;
        a->check[i] = r->check;
        a->size[i] = r->size;
        a->established[i] = r->established;
        a->quantity_kg[i] = (double)NAN;
        ids[i] = (struct id_index){r->id, (uint32_t)i};
        if (r->county != ATLAS_NO_COUNTY) {
            a->counties[r->county].facilities++;
            a->counties[r->county].drawn += i < d;
        }
        if (r->township != ATLAS_NO_TOWNSHIP) {
            a->townships[r->township].facilities++;
            a->townships[r->township].drawn += i < d;
        }
        if (r->industry != ATLAS_NO_INDUSTRY)
            a->industries[r->industry].facilities++;
    }
    qsort(ids, n, sizeof *ids, by_number);
    for (size_t i = 0; i < n; i++)
        a->by_id[i] = ids[i].index;
    free(ids);
}

static bool read_all(struct atlas_load *l, struct db *db, struct error *err)
{
    return load_revision(l, db, err) && atlas_load_lists(l, db, err) &&
           db_copy_out(db, SQL_atlas_facilities.text, take_facility, l, err) &&
           atlas_load_parts(l, db, err) && atlas_load_events(l, db, err);
}

struct atlas *atlas_load(struct db *db, struct error *err)
{
    struct atlas_load l = {.a = mem_zero(1, sizeof *l.a), .names = {.max = 0xFFFFFFF0u}};
    bool ok = db_exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
    if (ok) {
        ok = read_all(&l, db, err);
        struct error end;
        db_exec(db, "ROLLBACK", &end);
    }
    if (ok && l.names.overflow)
        ok = error_set(err, ERROR_TOO_LARGE, "the names of the atlas pass 4 GiB");
    if (ok) {
        atlas_set_texts(&l);
        l.a->bytes += l.names.len + l.row_count * 52;
        set_columns(&l);
        atlas_set_companies(&l);
        atlas_set_stocks(&l);
        l.a->bytes += l.a->drawn * 48ul;
        l.a->built_at = time(NULL);
    } else {
        buf_free(&l.names);
        atlas_free(l.a);
        l.a = NULL;
    }
    atlas_lists_free(&l);
    buf_free(&l.unlinked);
    free(l.rows);
    free(l.sums);
    return l.a;
}
