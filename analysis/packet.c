/* DESIGN: a packet is computed once, from one atlas and one moment, stored whole as JSON and given
 * out as it is ever after: what the commander saw can be shown again. Facts come from PostGIS (few
 * rows by index), facilities inside from the atlas in memory; so a packet takes milliseconds. */
#include "analysis/packet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "analysis/packet_parts.h"
#include "analysis/sun.h"
#include "gis/clock.h"
#include "gis/crs.h"
#include "gis/mem.h"
#include "sql.h"

static bool make_id(char id[PACKET_ID_SIZE], struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    int made = 0;
    while (made < PACKET_ID_SIZE - 1) {
        unsigned char bytes[32];
        ssize_t got = getrandom(bytes, sizeof bytes, 0);
        if (got < 0)
            return error_set(err, ERROR_SYSTEM, "no random numbers for the packet's name");
        for (ssize_t i = 0; i < got && made < PACKET_ID_SIZE - 1; i++)
            if (bytes[i] < 252) /* 7 x 36: every letter as likely */
                id[made++] = letters[bytes[i] % 36];
    }
    id[made] = '\0';
    return true;
}

static bool find_place(struct packet *p, struct db *db, struct error *err)
{
    const struct packet_question *q = p->q;
    p->lon = q->lon;
    p->lat = q->lat;
    if (q->facility_id) {
        p->facility = db_query(db, &SQL_packet_facility, err, DB_ARGS(db_i64(q->facility_id)));
        if (!p->facility)
            return false;
        if (db_rows(p->facility) == 0)
            return error_set(err, ERROR_NOT_FOUND, "there is no facility %lld",
                             (long long)q->facility_id);
        if (!q->has_place) {
            p->lon = db_get_f64(p->facility, 0, PACKET_FACILITY_LON);
            p->lat = db_get_f64(p->facility, 0, PACKET_FACILITY_LAT);
            if (isnan(p->lon))
                return error_set(
                    err, ERROR_INPUT,
                    "facility %lld has no accepted position (%s); give lon and lat too",
                    (long long)q->facility_id, db_get_text(p->facility, 0, PACKET_FACILITY_CHECK));
        }
    }
    if (!crs_in_region(p->lon, p->lat))
        return error_set(err, ERROR_INPUT,
                         "%.7g, %.7g (lon, lat) is outside the region served: longitude 114 to "
                         "123.5, latitude 10 to 27%s",
                         p->lon, p->lat,
                         crs_in_region(p->lat, p->lon) ? "; the two seem to be swapped" : "");
    return true;
}

static bool find_substances(struct packet *p, struct db *db, struct error *err)
{
    const struct packet_question *q = p->q;
    if (q->facility_id && !packet_substances_load(&p->held, q->facility_id, db, err))
        return false;
    if (*q->substance && !packet_substances_load_cas(&p->chosen, q->substance, db, err))
        return false;
    if (*q->substance && p->chosen.count == 0)
        return error_set(err, ERROR_INPUT,
                         "substance %s is not known here; leave it out for the largest distances",
                         q->substance);
    if (p->chosen.count)
        p->lead = &p->chosen.items[0];
    else if (p->held.count && p->held.items[0].cas)
        p->lead = &p->held.items[0];
    return true;
}

static bool find_actions(struct packet *p, struct db *db, struct error *err)
{
    char guide[8] = "111";
    if (p->lead && p->lead->erg_guide && strlen(p->lead->erg_guide) < sizeof guide) {
        size_t len = strcspn(p->lead->erg_guide, "P");
        memcpy(guide, p->lead->erg_guide, len);
        guide[len] = '\0';
    }
    p->actions = db_query(db, &SQL_packet_actions, err, DB_ARGS(db_text(guide)));
    return p->actions != NULL;
}

static void draw_zones(struct packet *p)
{
    const struct packet_question *q = p->q;
    p->circle = isnan(q->wind_from_deg) || q->wind_speed_ms < PACKET_CIRCLE_BELOW_MS;
    p->wind_to_deg = fmod(q->wind_from_deg + 180.0, 360.0);
    zone_circle(&p->isolation_ring, p->lon, p->lat, p->distances.best.isolation_m);
    int reach = p->distances.best.downwind_m;
    if (reach && p->circle)
        zone_circle(&p->protective_ring, p->lon, p->lat, reach);
    else if (reach)
        zone_square(&p->protective_ring, p->lon, p->lat, p->wind_to_deg, reach);
}

static bool visit_near(void *ctx, uint32_t facility, double distance_m)
{
    struct packet *p = ctx;
    const struct atlas *a = p->snapshot->atlas;
    const struct isolation *d = &p->distances.best;
    bool isolation = distance_m <= d->isolation_m;
    bool protective = p->circle && distance_m <= d->downwind_m;
    if (!isolation && !p->circle && d->downwind_m) {
        double distance = distance_m, azimuth = 0.0;
        crs_inverse(&distance, &azimuth, p->lon, p->lat, a->lon[facility], a->lat[facility]);
        protective = zone_square_holds(distance, azimuth, p->wind_to_deg, d->downwind_m);
    }
    if (!isolation && !protective)
        return true;
    if ((p->near_count & (p->near_count - 1)) == 0) /* grow at powers of two */
        p->near =
            mem_resize(p->near, p->near_count ? 2 * (size_t)p->near_count : 1, sizeof *p->near);
    p->near[p->near_count++] =
        (struct packet_near){.index = facility, .distance_m = distance_m, .isolation = isolation};
    return true;
}

static int compare_near(const void *left, const void *right)
{
    const struct packet_near *a = left, *b = right;
    if (a->distance_m < b->distance_m || a->distance_m > b->distance_m)
        return a->distance_m < b->distance_m ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void find_near(struct packet *p)
{
    const struct isolation *d = &p->distances.best;
    double reach = p->circle ? d->downwind_m : 1.2 * d->downwind_m; /* corner: sqrt(5)/2 = 1.118 */
    atlas_near(p->snapshot->atlas, p->lon, p->lat, fmax(reach, d->isolation_m), visit_near, p);
    if (p->near_count)
        qsort(p->near, p->near_count, sizeof *p->near, compare_near);
}

static bool compute(struct packet *p, int64_t now, struct db *db, struct error *err)
{
    clock_text(p->created_at, now);
    if (!make_id(p->id, err) || !find_place(p, db, err) || !find_substances(p, db, err))
        return false;
    p->time = p->q->time;
    if (p->time == TIME_UNKNOWN) {
        p->time = sun_is_up(p->lon, p->lat, now) ? TIME_DAY : TIME_NIGHT;
        p->time_computed = true;
    }
    if (!packet_choose_distances(p, db, err) || !find_actions(p, db, err))
        return false;
    draw_zones(p);
    find_near(p);
    return true;
}

static bool store(const struct packet *p, struct buf *json, struct db *db, struct error *err)
{
    struct db_value facility = p->q->facility_id ? db_i64(p->q->facility_id) : db_text(NULL);
    struct db_result *r =
        db_query(db, &SQL_packet_insert, err,
                 DB_ARGS(db_text(p->id), db_i64((int64_t)p->snapshot->atlas->number), facility,
                         db_f64(p->lon), db_f64(p->lat), db_text(buf_string(json))));
    db_done(r);
    return r != NULL;
}

bool packet_make(struct buf *json, char id[PACKET_ID_SIZE], const struct packet_question *q,
                 const struct snapshot *snapshot, int64_t now, struct db *db, struct error *err)
{
    struct packet p = {.q = q, .snapshot = snapshot};
    bool ok = compute(&p, now, db, err);
    if (ok) {
        struct json j = {.out = json};
        packet_write(&j, &p);
        ok = json->overflow ? error_set(err, ERROR_INTERNAL, "the packet is too large")
                            : store(&p, json, db, err);
        memcpy(id, p.id, sizeof p.id);
    }
    free(p.near);
    isolation_tables_free(&p.tables);
    packet_substances_free(&p.held);
    packet_substances_free(&p.chosen);
    db_done(p.actions);
    db_done(p.facility);
    return ok;
}

static bool load(struct buf *json, const struct sql *sql, const char *id, struct db *db,
                 struct error *err)
{
    struct db_result *r = db_query(db, sql, err, DB_ARGS(db_text(id)));
    if (!r)
        return false;
    bool found = db_rows(r) == 1;
    if (found)
        buf_text(json, db_get_text(r, 0, 0));
    db_done(r);
    return found || error_set(err, ERROR_NOT_FOUND, "there is no such packet");
}

bool packet_load(struct buf *json, const char *id, struct db *db, struct error *err)
{
    return load(json, &SQL_packet_load, id, db, err);
}

bool packet_load_geojson(struct buf *json, const char *id, struct db *db, struct error *err)
{
    return load(json, &SQL_packet_geojson, id, db, err);
}
