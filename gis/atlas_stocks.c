/* Stocks of the atlas with the sums they are made of, by facility and by substance, and what is
 * added up over facilities. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/atlas_build.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "sql.h"

const char *const behaviour_names[BEHAVIOURS] = {
    [BEHAVIOUR_MANUFACTURE] = "manufacture",
    [BEHAVIOUR_IMPORT] = "import",
    [BEHAVIOUR_EXPORT] = "export",
    [BEHAVIOUR_USE] = "use",
    [BEHAVIOUR_STORE] = "store",
    [BEHAVIOUR_SELL] = "sell",
    [BEHAVIOUR_TRANSFER] = "transfer",
    [BEHAVIOUR_DISCARD] = "discard",
    [BEHAVIOUR_OTHER] = "other",
};

static uint8_t behaviour_of(const unsigned char *text, int len)
{
    for (int i = 0; i < BEHAVIOURS; i++)
        if (strlen(behaviour_names[i]) == (size_t)len &&
            !memcmp(behaviour_names[i], text, (size_t)len))
            return (uint8_t)i;
    return BEHAVIOUR_OTHER;
}

static bool take_part(void *ctx, const unsigned char *const *f, const int *len, int count,
                      struct error *err)
{
    struct atlas_load *l = ctx;
    if (count != 7 || l->sum_count >= UINT32_MAX - 1)
        return error_set(err, ERROR_INTERNAL, "the stocks of the atlas came in another shape");
    l->sums = atlas_grow(l->sums, l->sum_count, &l->sum_cap, sizeof *l->sums);
    int64_t substance = len[1] > 0 ? atlas_find_substance_id(l->a, db_field_int(f[1], len[1])) : -1;
    struct atlas_sum *s = &l->sums[l->sum_count];
    *s = (struct atlas_sum){.facility = db_field_int(f[0], len[0]),
                            .substance = substance < 0 ? ATLAS_UNLINKED : (uint32_t)substance,
                            .source = atlas_source_index(l, db_field_int(f[3], len[3])),
                            .behaviour = behaviour_of(f[4], len[4]),
                            .year = len[5] > 0 ? (int16_t)db_field_int(f[5], len[5]) : 0,
                            .kg = len[6] > 0 ? db_field_f64(f[6], len[6]) : (double)NAN};
    size_t named = len[2] > 0 ? (size_t)len[2] : 0;
    s->begins = !l->sum_count || s[-1].facility != s->facility || s[-1].substance != s->substance ||
                l->unlinked.len != named || (named && memcmp(l->unlinked.data, f[2], named) != 0);
    l->unlinked.len = 0;
    if (named)
        buf_add(&l->unlinked, f[2], named);
    l->sum_count++;
    return true;
}

bool atlas_load_parts(struct atlas_load *l, struct db *db, struct error *err)
{
    return db_copy_out(db, SQL_atlas_parts.text, take_part, l, err);
}

/* Stocks and parts in the order of the facilities: a counting sort that keeps the order it finds.
 */
static void by_facility(struct atlas_load *l)
{
    struct atlas *a = l->a;
    uint32_t *of = mem_zero(l->sum_count, sizeof *of);
    uint32_t *part_at = mem_zero((size_t)a->count + 1, sizeof *part_at);
    size_t stocks = 0, parts = 0;
    for (size_t i = 0; i < l->sum_count; i++) {
        int64_t f = atlas_find_facility(a, l->sums[i].facility);
        of[i] = f < 0 ? UINT32_MAX : (uint32_t)f;
        if (f < 0)
            continue;
        part_at[f + 1]++;
        parts++;
        a->stock_first[f + 1] += l->sums[i].begins;
        stocks += l->sums[i].begins;
    }
    for (uint32_t i = 0; i < a->count; i++) {
        a->stock_first[i + 1] += a->stock_first[i];
        part_at[i + 1] += part_at[i];
    }
    a->stocks = mem_zero(stocks, sizeof *a->stocks);
    a->parts = mem_zero(parts, sizeof *a->parts);
    a->part_first = mem_zero(stocks + 1, sizeof *a->part_first);
    a->part_first[stocks] = (uint32_t)parts;
    uint32_t *begun = mem_zero(a->count, sizeof *begun); /* stocks of each facility */
    for (size_t i = 0; i < l->sum_count; i++) {
        if (of[i] == UINT32_MAX)
            continue;
        const struct atlas_sum *s = &l->sums[i];
        uint32_t f = of[i], part = part_at[f]++;
        a->parts[part] = (struct atlas_part){.facility = f,
                                             .substance = s->substance,
                                             .source = s->source,
                                             .year = s->year,
                                             .behaviour = s->behaviour,
                                             .kg = s->kg};
        if (s->begins) {
            uint32_t at = a->stock_first[f] + begun[f]++;
            a->part_first[at] = part;
            a->stocks[at] = (struct atlas_stock){f, s->substance, (double)NAN};
        }
        struct atlas_stock *stock = &a->stocks[a->stock_first[f] + begun[f] - 1];
        stock->quantity_kg = fmax(stock->quantity_kg, s->kg); /* passes NaN by */
    }
    free(begun);
    free(part_at);
    free(of);
    a->bytes += stocks * (sizeof *a->stocks + 4) + parts * sizeof *a->parts;
}

static void by_substance(struct atlas *a)
{
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
    a->bytes += drawn_stocks * sizeof *a->by_substance;
}

static void add_up(struct atlas *a)
{
    for (uint32_t f = 0; f < a->count; f++) {
        uint32_t n = a->stock_first[f + 1] - a->stock_first[f];
        a->substances[f] = n < UINT16_MAX ? (uint16_t)n : UINT16_MAX;
        uint32_t known = 0;
        long double sum = 0;
        for (uint32_t k = a->stock_first[f]; k < a->stock_first[f + 1]; k++)
            if (!isnan(a->stocks[k].quantity_kg)) {
                sum += a->stocks[k].quantity_kg;
                known++;
            }
        if (known)
            a->quantity_kg[f] = known > 1 ? text_round15((double)sum) : (double)sum;
    }
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

void atlas_set_stocks(struct atlas_load *l)
{
    by_facility(l);
    by_substance(l->a);
    add_up(l->a);
}
