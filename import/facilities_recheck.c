/* DESIGN. Normal forms are computed in C only (gis/text.h) and coordinate systems read by
 * gis/crs.c, so facilities pass through this process, RECHECK_ROWS at a time: read by id, keys and
 * positions out of what was reported, back into stage_place, checked there, written where they
 * differ. */
#include "import/facilities.h"

#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "sql.h"

enum { RECHECK_ROWS = 20000, CODES_MAX = 8 };

struct recheck {
    struct buf rows;
    struct place_reader places[CODES_MAX]; /* one a coordinate system met */
    int codes;
    int64_t last; /* id */
    int taken;
};

static struct place_reader *reader_of(struct recheck *c, const char *code)
{
    for (int i = 0; i < c->codes; i++)
        if (!strcmp(c->places[i].code, code))
            return &c->places[i];
    if (c->codes == CODES_MAX || !place_open(&c->places[c->codes], code, NULL))
        return NULL;
    return &c->places[c->codes++];
}

static char *field_copy(char *to, size_t size, const unsigned char *field, int length)
{
    size_t len = length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
    memcpy(to, field, len);
    to[len] = '\0';
    return length < 0 ? NULL : to;
}

/* id, address, county field, x, y, crs */
static bool take(void *ctx, const unsigned char *const *fields, const int *lengths, int count,
                 struct error *err)
{
    struct recheck *c = ctx;
    char address[1201], county[4001], code[40];
    if (count != 6)
        return error_set(err, ERROR_INTERNAL, "facilities came with %d columns", count);
    c->last = db_field_int(fields[0], lengths[0]);
    c->taken++;
    struct buf key = {.max = 1 << 16};
    if (field_copy(address, sizeof address, fields[1], lengths[1]))
        place_county_key(&key, address);
    stage_i64(&c->rows, c->last);
    stage_bytes(&c->rows, key.len ? key.data : "", key.len);
    import_key(&c->rows, field_copy(county, sizeof county, fields[2], lengths[2]));
    buf_free(&key);
    double lon = 0, lat = 0;
    const char *given = "missing";
    if (field_copy(code, sizeof code, fields[5], lengths[5])) {
        struct place_reader *p = reader_of(c, code);
        enum place_verdict v = p ? place_check(p, &lon, &lat, db_field_f64(fields[3], lengths[3]),
                                               db_field_f64(fields[4], lengths[4]))
                                 : PLACE_OUTSIDE;
        given = v == PLACE_ACCEPTED     ? "accepted"
                : v == PLACE_SWAPPED    ? "missing"
                : v == PLACE_OTHER_ZONE ? "other_zone"
                                        : "outside";
    }
    stage_text(&c->rows, given);
    if (!strcmp(given, "accepted"))
        buf_format(&c->rows, "SRID=4326;POINT(%.17g %.17g)\t", lon, lat);
    else
        stage_null(&c->rows);
    stage_end(&c->rows);
    return true;
}

/* Up to `rows` facilities after c->last. */
static bool recheck_some(int64_t *changed, struct recheck *c, int rows, struct import_run *run,
                         struct error *err)
{
    char copy[512];
    int64_t differ;
    c->taken = 0;
    buf_clear(&c->rows);
    snprintf(copy, sizeof copy,
             "COPY (SELECT f.id, f.address, (SELECT r.fields ->> 'county' FROM facility_record r"
             " WHERE r.facility_id = f.id AND r.ended_batch_id IS NULL AND r.fields ? 'county'"
             " ORDER BY r.id DESC LIMIT 1), f.reported_x, f.reported_y, f.reported_crs"
             " FROM facility f WHERE f.id > %lld ORDER BY f.id LIMIT %d) TO STDOUT (FORMAT binary)",
             (long long)c->last, rows);
    if (!db_copy_out(run->db, copy, take, c, err))
        return false;
    if (!c->taken)
        return true;
    if (!db_exec(run->db, "TRUNCATE stage_place", err) ||
        !stage_copy(
            run->db,
            "COPY stage_place (ref, address_county_key, county_key, given, geom) FROM STDIN",
            &c->rows, err) ||
        !db_exec(run->db, "ANALYZE stage_place", err) ||
        !import_sql(NULL, run, &SQL_import_place_check, err, DB_NONE) ||
        !import_count(&differ, run, &SQL_import_recheck_count, err, DB_NONE))
        return false;
    *changed += differ;
    return !differ || import_sql(NULL, run, &SQL_import_recheck_update, err, DB_NONE);
}

static void free_recheck(struct recheck *c)
{
    for (int i = 0; i < c->codes; i++)
        place_close(&c->places[i]);
    buf_free(&c->rows);
}

bool facilities_recheck_one(int64_t facility, struct import_run *run, struct error *err)
{
    struct recheck c = {.rows.max = 1 << 20, .last = facility - 1};
    int64_t changed = 0;
    bool ok = db_exec(run->db, SQL_import_recheck_stage.text, err) &&
              recheck_some(&changed, &c, 1, run, err);
    free_recheck(&c);
    return ok;
}

bool facilities_recheck(int64_t *changed, struct import_run *run, struct error *err)
{
    struct recheck c = {.rows.max = 64 << 20};
    bool ok = db_exec(run->db, SQL_import_recheck_stage.text, err);
    *changed = 0;
    do
        ok = ok && recheck_some(changed, &c, RECHECK_ROWS, run, err);
    while (ok && c.taken == RECHECK_ROWS);
    free_recheck(&c);
    return ok;
}
