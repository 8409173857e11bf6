/* packet_parts.h - a packet while it is made; shared by the files packet*.c only. */
#ifndef ANALYSIS_PACKET_PARTS_H
#define ANALYSIS_PACKET_PARTS_H

#include "analysis/packet.h"
#include "analysis/packet_substance.h"
#include "analysis/zone.h"
#include "gis/clock.h"

struct packet_near { /* a facility inside a zone */
    uint32_t index;  /* in the atlas */
    double distance_m;
    bool isolation; /* inside the isolation circle, else only in the protective zone */
};

/* The largest of each distance over the substances that can be in question. */
struct packet_distances {
    struct isolation best;                         /* isolation_m, downwind_m: the largest */
    struct isolation isolation_origin;             /* what gave best.isolation_m */
    bool unknown_counted;                          /* by a substance that is not linked */
    const struct packet_substance *isolation_from; /* NULL = no substance is known */
    const struct packet_substance *downwind_from;
    int candidates;                          /* substances compared */
    int fire_isolation_m, fire_evacuation_m; /* 0 = none */
};

struct packet {
    const struct packet_question *q;
    const struct snapshot *snapshot;
    char id[PACKET_ID_SIZE];
    char created_at[CLOCK_TEXT_MAX]; /* RFC 3339, UTC */
    struct db_result *facility;      /* row of packet_facility.sql; NULL = none */
    double lon, lat;
    struct packet_substances held, chosen;
    struct db_result *actions;           /* rows of packet_actions.sql */
    const struct packet_substance *lead; /* what kills first; NULL = nothing is known */
    struct isolation_tables tables;
    struct packet_distances distances;
    enum isolation_time time;
    bool time_computed;
    bool circle; /* protective zone is a circle: wind not known or too weak */
    double wind_to_deg;
    struct zone_ring isolation_ring, protective_ring; /* count 0 = none */
    struct packet_near *near;
    uint32_t near_count;
};

/* Columns of packet_facility.sql. */
enum {
    PACKET_FACILITY_NAME,
    PACKET_FACILITY_ADDRESS,
    PACKET_FACILITY_NUMBER,
    PACKET_FACILITY_LON,
    PACKET_FACILITY_LAT,
    PACKET_FACILITY_CHECK,
    PACKET_FACILITY_PHONE,
};

/* packet_distance.c: fills distances, and its sentence in both languages. */
bool packet_choose_distances(struct packet *p, struct db *db, struct error *err);
void packet_write_distances(struct json *j, const struct packet *p);
/* packet_warning.c: what to fear, the first line first. */
void packet_write_warnings(struct json *j, const struct packet *p);
/* packet_json.c */
void packet_write(struct json *j, const struct packet *p);

#endif
