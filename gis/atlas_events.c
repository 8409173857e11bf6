/* What the atlas holds besides facilities: incidents, samples, and figures that publications state
 * of substances. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/atlas_build.h"
#include "gis/mem.h"
#include "sql.h"

const char *const sample_unit_names[SAMPLE_UNITS] = {
    [SAMPLE_MG_KG] = "mg/kg",
    [SAMPLE_UG_L] = "µg/L",
    [SAMPLE_UG_M3] = "µg/m³",
};

static int32_t day_of(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? ATLAS_NO_DAY : (int32_t)db_get_i64(r, row, column);
}

static uint16_t county_of(const struct atlas_load *l, const struct db_result *r, int row,
                          int column)
{
    const char *code = db_get_text(r, row, column);
    return code ? atlas_list_find(l, &l->counties, (const unsigned char *)code, (int)strlen(code))
                : ATLAS_NO_COUNTY;
}

/* Index of the substance, which is in the same snapshot; ATLAS_UNLINKED where there is none. */
static uint32_t substance_of(const struct atlas_load *l, const struct db_result *r, int row,
                             int column)
{
    int64_t at =
        db_is_null(r, row, column) ? -1 : atlas_find_substance_id(l->a, db_get_i64(r, row, column));
    return at < 0 ? ATLAS_UNLINKED : (uint32_t)at;
}

static int incident_order(const void *a, const void *b)
{
    const struct atlas_incident *x = a, *y = b;
    if (x->drawn != y->drawn)
        return x->drawn ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->event != y->event)
        return x->event < y->event ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static bool load_incidents(struct atlas_load *l, struct db *db, struct error *err)
{
    struct atlas *a = l->a;
    struct db_result *r = db_query(db, &SQL_atlas_incidents, err, DB_NONE);
    if (!r)
        return false;
    a->incident_count = (uint32_t)db_rows(r);
    a->incidents = mem_zero(a->incident_count, sizeof *a->incidents);
    for (uint32_t i = 0; i < a->incident_count; i++) {
        struct atlas_incident *e = &a->incidents[i];
        int row = (int)i;
        *e = (struct atlas_incident){.id = db_get_i64(r, row, 0),
                                     .event = db_get_i64(r, row, 1),
                                     .substance = substance_of(l, r, row, 2),
                                     .day = day_of(r, row, 3),
                                     .county = county_of(l, r, row, 4),
                                     .drawn = !db_is_null(r, row, 5),
                                     .uncounted = db_is_null(r, row, 7)};
        if (!e->drawn)
            continue;
        e->lon = db_get_f64(r, row, 5);
        e->lat = db_get_f64(r, row, 6);
        e->key = morton_key(tile_world_x(e->lon), tile_world_y(e->lat));
        a->incident_drawn++;
    }
    db_done(r);
    qsort(a->incidents, a->incident_count, sizeof *a->incidents, incident_order);
    return true;
}

static bool load_printed(struct atlas_load *l, struct db *db, struct error *err)
{
    struct atlas *a = l->a;
    struct db_result *r = db_query(db, &SQL_atlas_printed, err, DB_NONE);
    if (!r)
        return false;
    a->printed_count = (uint32_t)db_rows(r);
    a->printed = mem_zero(a->printed_count, sizeof *a->printed);
    for (uint32_t i = 0; i < a->printed_count; i++)
        a->printed[i] = (struct atlas_printed){.substance = substance_of(l, r, (int)i, 0),
                                               .first = day_of(r, (int)i, 1),
                                               .last = day_of(r, (int)i, 2),
                                               .count = db_get_f64(r, (int)i, 3)};
    db_done(r);
    return true;
}

static int behaviour_named(const char *name)
{
    for (int i = 0; i < BEHAVIOURS; i++)
        if (name && !strcmp(name, behaviour_names[i]))
            return i;
    return BEHAVIOUR_OTHER;
}

static bool load_stated(struct atlas_load *l, struct db *db, struct error *err)
{
    struct atlas *a = l->a;
    struct db_result *r = db_query(db, &SQL_atlas_stated, err, DB_NONE);
    if (!r)
        return false;
    a->stated_count = l->stated.count = (uint32_t)db_rows(r);
    a->stated = mem_zero(a->stated_count, sizeof *a->stated);
    l->stated.of = mem_zero(a->stated_count, sizeof *l->stated.of);
    for (uint32_t i = 0; i < a->stated_count; i++) {
        const char *system = db_get_text(r, (int)i, 0);
        l->stated.of[i].text[0] = system ? atlas_keep(l, system, strlen(system)) + 1 : 0;
        a->stated[i] =
            (struct atlas_stated){.substance = substance_of(l, r, (int)i, 1),
                                  .behaviour = (uint8_t)behaviour_named(db_get_text(r, (int)i, 2)),
                                  .year = (int16_t)db_get_i64(r, (int)i, 3),
                                  .kg = db_get_f64(r, (int)i, 4)};
    }
    db_done(r);
    return true;
}

static int sample_order(const void *a, const void *b)
{
    const struct atlas_sample *x = a, *y = b;
    if (x->drawn != y->drawn)
        return x->drawn ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static uint8_t unit_of(const struct db_result *r, int row, int column)
{
    const char *unit = db_get_text(r, row, column);
    uint8_t known = 0;
    while (known < SAMPLE_UNITS && (!unit || strcmp(sample_unit_names[known], unit) != 0))
        known++;
    return known;
}

static bool load_samples(struct atlas_load *l, struct db *db, struct error *err)
{
    struct atlas *a = l->a;
    struct db_result *r = db_query(db, &SQL_atlas_samples, err, DB_NONE);
    if (!r)
        return false;
    a->sample_count = (uint32_t)db_rows(r);
    a->samples = mem_zero(a->sample_count, sizeof *a->samples);
    for (uint32_t i = 0; i < a->sample_count; i++) {
        int row = (int)i;
        struct atlas_sample *s = &a->samples[i];
        *s = (struct atlas_sample){.id = db_get_i64(r, row, 0),
                                   .substance = substance_of(l, r, row, 1),
                                   .day = day_of(r, row, 2),
                                   .county = county_of(l, r, row, 3),
                                   .unit = unit_of(r, row, 4),
                                   .drawn = !db_is_null(r, row, 6),
                                   .value =
                                       db_is_null(r, row, 5) ? (double)NAN : db_get_f64(r, row, 5)};
        if (!s->drawn)
            continue;
        s->lon = db_get_f64(r, row, 6);
        s->lat = db_get_f64(r, row, 7);
        s->key = morton_key(tile_world_x(s->lon), tile_world_y(s->lat));
        a->sample_drawn++;
    }
    db_done(r);
    qsort(a->samples, a->sample_count, sizeof *a->samples, sample_order);
    return true;
}

bool atlas_load_events(struct atlas_load *l, struct db *db, struct error *err)
{
    bool ok = load_incidents(l, db, err) && load_printed(l, db, err) && load_stated(l, db, err) &&
              load_samples(l, db, err);
    l->a->bytes +=
        l->a->incident_count * sizeof *l->a->incidents + l->a->sample_count * sizeof *l->a->samples;
    return ok;
}
