/* The lists of the atlas: counties, townships, industries, sources, substances, each in the order
 * that its statement gives, and their texts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/atlas_build.h"
#include "gis/mem.h"
#include "sql.h"

void *atlas_grow(void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 1024;
    return mem_resize(array, *cap, size);
}

size_t atlas_keep(struct atlas_load *l, const char *text, size_t len)
{
    size_t at = l->names.len;
    buf_add(&l->names, text, len);
    buf_char(&l->names, '\0');
    return at;
}

/* Rows of a list, whose first columns are texts; the caller reads the others and ends with
 * db_done. */
static struct db_result *load_list(struct atlas_list *list, struct atlas_load *l,
                                   const struct sql *sql, int texts, struct db *db,
                                   struct error *err)
{
    struct db_result *r = db_query(db, sql, err, DB_NONE);
    if (!r)
        return NULL;
    list->count = (uint32_t)db_rows(r);
    list->of = mem_zero(list->count, sizeof *list->of);
    for (uint32_t i = 0; i < list->count; i++)
        for (int c = 0; c < texts; c++) {
            const char *text = db_get_text(r, (int)i, c);
            list->of[i].text[c] = text ? atlas_keep(l, text, strlen(text)) + 1 : 0;
        }
    return r;
}

uint16_t atlas_list_find(const struct atlas_load *l, const struct atlas_list *list,
                         const unsigned char *text, int len)
{
    uint32_t lo = 0, hi = list->count;
    while (len > 0 && lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        const char *have = l->names.data + list->of[mid].text[0] - 1;
        size_t have_len = strlen(have), shorter = have_len < (size_t)len ? have_len : (size_t)len;
        int order = memcmp(have, text, shorter);
        if (!order)
            order = have_len < (size_t)len ? -1 : have_len > (size_t)len;
        if (!order)
            return (uint16_t)mid;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return UINT16_MAX; /* as ATLAS_NO_COUNTY and the like */
}

uint16_t atlas_source_index(const struct atlas_load *l, int64_t id)
{
    for (uint32_t i = 0; i < l->sources.count; i++)
        if (l->source_id[i] == id)
            return (uint16_t)i;
    return 0; /* cannot be: a part's source is in the same snapshot */
}

static bool load_counties(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = load_list(&l->counties, l, &SQL_atlas_counties, 3, db, err);
    if (!r)
        return false;
    l->a->county_count = l->counties.count;
    l->a->counties = mem_zero(l->counties.count, sizeof *l->a->counties);
    for (uint32_t i = 0; i < l->counties.count; i++)
        for (int c = 0; c < 4; c++)
            l->a->counties[i].bbox[c] = db_get_f64(r, (int)i, 3 + c);
    db_done(r);
    return true;
}

static bool load_townships(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = load_list(&l->townships, l, &SQL_atlas_townships, 3, db, err);
    if (!r)
        return false;
    l->a->township_count = l->townships.count;
    l->a->townships = mem_zero(l->townships.count, sizeof *l->a->townships);
    for (uint32_t i = 0; i < l->townships.count; i++) {
        const char *county = db_get_text(r, (int)i, 3);
        l->a->townships[i].county =
            county ? atlas_list_find(l, &l->counties, (const unsigned char *)county,
                                     (int)strlen(county))
                   : ATLAS_NO_COUNTY;
    }
    db_done(r);
    return true;
}

static bool load_industries(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = load_list(&l->industries, l, &SQL_atlas_industries, 1, db, err);
    if (!r)
        return false;
    l->a->industry_count = l->industries.count;
    l->a->industries = mem_zero(l->industries.count, sizeof *l->a->industries);
    for (uint32_t i = 0; i < l->industries.count; i++) {
        l->a->industries[i].ratio = db_get_f64(r, (int)i, 1);
        l->a->industries[i].factor = db_get_f64(r, (int)i, 2);
    }
    db_done(r);
    return true;
}

static bool load_sources(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = load_list(&l->sources, l, &SQL_atlas_sources, 2, db, err);
    if (!r)
        return false;
    l->a->source_count = l->sources.count;
    l->a->sources = mem_zero(l->sources.count, sizeof *l->a->sources);
    l->source_id = mem_zero(l->sources.count, sizeof *l->source_id);
    for (uint32_t i = 0; i < l->sources.count; i++)
        l->source_id[i] = (int32_t)db_get_i64(r, (int)i, 2);
    db_done(r);
    return true;
}

static bool load_ages(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = db_query(db, &SQL_atlas_ages, err, DB_NONE);
    if (!r)
        return false;
    struct atlas_ages *ages = &l->a->ages;
    for (int i = 0; i < db_rows(r) && ages->count < ATLAS_AGE_BANDS; i++)
        ages->band[ages->count++] = (struct atlas_age_band){.years = (int16_t)db_get_i64(r, i, 0),
                                                            .class = (uint8_t)db_get_i64(r, i, 1)};
    db_done(r);
    return true;
}

static int8_t small_or_unknown(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? -1 : (int8_t)db_get_i64(r, row, column);
}

static bool load_substances(struct atlas_load *l, struct db *db, struct error *err)
{
    struct db_result *r = load_list(&l->substances, l, &SQL_atlas_substances, 5, db, err);
    if (!r)
        return false;
    uint32_t n = l->substances.count;
    l->a->substance_count = n;
    l->a->substance = mem_zero(n, sizeof *l->a->substance);
    for (uint32_t i = 0; i < n; i++) {
        struct atlas_substance *s = &l->a->substance[i];
        int row = (int)i;
        for (int c = 0; c < 3; c++)
            s->nfpa[c] = small_or_unknown(r, row, 5 + c);
        s->water_reactive = small_or_unknown(r, row, 8);
        s->toxic_by_inhalation = small_or_unknown(r, row, 9);
        s->id = (int32_t)db_get_i64(r, row, 10);
        s->export_value = db_get_f64(r, row, 11);
        for (int c = 0; c < 4; c++)
            s->official[c] = db_get_f64(r, row, 12 + c);
    }
    db_done(r);
    return true;
}

bool atlas_load_lists(struct atlas_load *l, struct db *db, struct error *err)
{
    return load_counties(l, db, err) && load_townships(l, db, err) && load_industries(l, db, err) &&
           load_sources(l, db, err) && load_ages(l, db, err) && load_substances(l, db, err);
}

/* Text c of thing i; NULL = none. */
static const char *text_of(const struct atlas *a, const struct atlas_list *list, uint32_t i, int c)
{
    size_t offset = list->of[i].text[c];
    return offset ? a->names + offset - 1 : NULL;
}

void atlas_set_texts(struct atlas_load *l)
{
    struct atlas *a = l->a;
    a->names = mem_resize(l->names.data, l->names.len + 1, 1);
    for (uint32_t i = 0; i < a->county_count; i++) {
        a->counties[i].code = text_of(a, &l->counties, i, 0);
        a->counties[i].name = text_of(a, &l->counties, i, 1);
        a->counties[i].name_en = text_of(a, &l->counties, i, 2);
    }
    for (uint32_t i = 0; i < a->township_count; i++) {
        a->townships[i].code = text_of(a, &l->townships, i, 0);
        a->townships[i].name = text_of(a, &l->townships, i, 1);
        a->townships[i].name_en = text_of(a, &l->townships, i, 2);
    }
    for (uint32_t i = 0; i < a->industry_count; i++)
        a->industries[i].name = text_of(a, &l->industries, i, 0);
    for (uint32_t i = 0; i < a->source_count; i++) {
        a->sources[i].name = text_of(a, &l->sources, i, 0);
        a->sources[i].title = text_of(a, &l->sources, i, 1);
    }
    for (uint32_t i = 0; i < a->substance_count; i++) {
        struct atlas_substance *s = &a->substance[i];
        const char **field[] = {&s->cas, &s->name_zh, &s->name_en, &s->un, &s->erg_guide};
        for (int c = 0; c < 5; c++)
            *field[c] = text_of(a, &l->substances, i, c);
    }
    for (uint32_t i = 0; i < a->stated_count; i++)
        a->stated[i].system = text_of(a, &l->stated, i, 0);
}

void atlas_lists_free(struct atlas_load *l)
{
    struct atlas_list *lists[] = {&l->counties, &l->townships,  &l->industries,
                                  &l->sources,  &l->substances, &l->stated};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->of);
    free(l->source_id);
}
