/* The document of a packet, member by member as the HTTP interface describes it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/packet_parts.h"
#include "gis/mem.h"

static void write_links(struct json *j, const struct packet *p)
{
    static const char *const kinds[] = {"json", "geojson", "html"};
    json_open(j, "links", '{');
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char *url = mem_format("/api/v1/packets/%s.%s", p->id, kinds[i]);
        json_text(j, kinds[i], url);
        free(url);
    }
    json_close(j, '}');
}

static void write_facility(struct json *j, const struct packet *p)
{
    if (!p->facility) {
        json_null(j, "facility");
        return;
    }
    json_open(j, "facility", '{');
    json_int(j, "id", p->q->facility_id);
    json_text(j, "name", db_get_text(p->facility, 0, PACKET_FACILITY_NAME));
    json_text(j, "address", db_get_text(p->facility, 0, PACKET_FACILITY_ADDRESS));
    json_text(j, "number", db_get_text(p->facility, 0, PACKET_FACILITY_NUMBER));
    json_text(j, "phone", db_get_text(p->facility, 0, PACKET_FACILITY_PHONE));
    json_text(j, "position_check", db_get_text(p->facility, 0, PACKET_FACILITY_CHECK));
    json_close(j, '}');
}

static void write_incident(struct json *j, const struct packet *p)
{
    const struct packet_question *q = p->q;
    json_open(j, "incident", '{');
    json_number(j, "lon", p->lon, 7);
    json_number(j, "lat", p->lat, 7);
    write_facility(j, p);
    if (p->chosen.count) {
        json_open(j, "substance", '{');
        packet_substance_write_facts(j, &p->chosen.items[0]);
        json_close(j, '}');
    } else {
        json_null(j, "substance");
    }
    json_text(j, "spill", isolation_spill_names[q->spill]);
    json_text(j, "time", isolation_time_names[p->time]);
    json_number(j, "wind_from_deg", q->wind_from_deg, 2);
    json_number(j, "wind_speed_ms", q->wind_speed_ms, 2);
    if (q->on_water < 0)
        json_null(j, "on_water");
    else
        json_bool(j, "on_water", q->on_water == 1);
    json_text(j, "container", *q->container ? q->container : NULL);
    json_text(j, "note", *q->note ? q->note : NULL);
    json_close(j, '}');
}

static void write_substances(struct json *j, const struct packet *p)
{
    json_open(j, "substances", '[');
    for (int i = 0; i < p->held.count; i++)
        packet_substance_write(j, &p->held.items[i]);
    json_close(j, ']');
    json_int(j, "substances_total", p->held.total);
    json_int(j, "substances_limit", PACKET_SUBSTANCES_MAX);
}

static void write_actions(struct json *j, const struct packet *p)
{
    static const char *const titles[][3] = {
        {"hazard", "危害", "Hazard"},
        {"evacuation", "隔離疏散", "Evacuation"},
        {"protective_clothing", "防護裝備", "Protective clothing"},
        {"fire", "火災", "Fire"},
        {"spill", "洩漏", "Spill"},
        {"first_aid", "急救", "First aid"},
    };
    const char *guide = p->lead && p->lead->erg_guide ? p->lead->erg_guide : "111";
    if (db_rows(p->actions) == 0) {
        json_null(j, "actions");
        return;
    }
    json_open(j, "actions", '{');
    json_text(j, "guide", guide);
    json_text(j, "cas", p->lead ? p->lead->cas : NULL);
    json_bool(j, "default", !(p->lead && p->lead->erg_guide));
    const struct isolation_guide *g = isolation_find_guide(&p->tables, guide);
    if (g)
        json_both(j, "title", g->title_zh, g->title_en);
    else
        json_null(j, "title");
    json_text(j, "edition", g ? g->edition : NULL);
    json_open(j, "topics", '[');
    for (int i = 0; i < db_rows(p->actions); i++) {
        const char *topic = db_get_text(p->actions, i, 0);
        json_open(j, NULL, '{');
        json_text(j, "topic", topic);
        for (size_t k = 0; k < sizeof titles / sizeof *titles; k++)
            if (!strcmp(titles[k][0], topic))
                json_both(j, "title", titles[k][1], titles[k][2]);
        json_text(j, "zh", db_get_text(p->actions, i, 1));
        json_text(j, "en", db_get_text(p->actions, i, 2));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void write_ring(struct json *j, const char *key, const struct zone_ring *ring)
{
    if (!ring->count) {
        json_null(j, key);
        return;
    }
    json_open(j, key, '{');
    json_text(j, "type", "Polygon");
    json_open(j, "coordinates", '[');
    json_open(j, NULL, '[');
    for (int i = 0; i < ring->count; i++) {
        json_open(j, NULL, '[');
        json_number(j, NULL, ring->lon[i], 7);
        json_number(j, NULL, ring->lat[i], 7);
        json_close(j, ']');
    }
    json_close(j, ']');
    json_close(j, ']');
    json_close(j, '}');
}

static void write_zones(struct json *j, const struct packet *p)
{
    json_open(j, "zones", '{');
    write_ring(j, "isolation", &p->isolation_ring);
    write_ring(j, "protective_action", &p->protective_ring);
    json_text(j, "kind", p->circle ? "circle" : "square");
    json_number(j, "wind_to_deg", p->circle ? NAN : p->wind_to_deg, 2);
    json_close(j, '}');
}

static void write_inside(struct json *j, const struct packet *p)
{
    const struct atlas *a = p->snapshot->atlas;
    json_open(j, "inside", '[');
    for (uint32_t i = 0; i < p->near_count && i < PACKET_INSIDE_MAX; i++) {
        const struct packet_near *n = &p->near[i];
        json_open(j, NULL, '{');
        json_int(j, "id", a->id[n->index]);
        json_text(j, "name", a->names + a->name[n->index]);
        json_number(j, "lon", a->lon[n->index], 7);
        json_number(j, "lat", a->lat[n->index], 7);
        json_number(j, "distance_m", n->distance_m, 1);
        json_text(j, "zone", n->isolation ? "isolation" : "protective_action");
        json_exact(j, "score", p->snapshot->radar->facility_area[n->index]);
        json_int(j, "substances", a->substances[n->index]);
        json_bool(j, "incident", a->id[n->index] == p->q->facility_id);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_int(j, "inside_total", p->near_count);
    json_int(j, "inside_limit", PACKET_INSIDE_MAX);
}

void packet_write(struct json *j, const struct packet *p)
{
    json_open(j, NULL, '{');
    json_text(j, "id", p->id);
    json_text(j, "created_at", p->created_at);
    write_links(j, p);
    write_incident(j, p);
    packet_write_warnings(j, p);
    write_substances(j, p);
    write_actions(j, p);
    packet_write_distances(j, p);
    write_zones(j, p);
    write_inside(j, p);
    json_both(j, "planning_estimate",
              "規劃估計值：依公開資料與指南距離計算，以現場指揮官判斷為準。",
              "Planning estimate from public data and guidebook distances; the incident commander "
              "decides.");
    json_int(j, "atlas", (int64_t)p->snapshot->atlas->number);
    json_close(j, '}');
}
