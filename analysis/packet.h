/* packet.h - an emergency response packet (應變包裹): everything a commander needs about one
 * incident, as one JSON document that is stored and never changed. */
#ifndef ANALYSIS_PACKET_H
#define ANALYSIS_PACKET_H

#include "analysis/isolation.h"
#include "analysis/snapshot.h"
#include "gis/buf.h"

enum {
    PACKET_ID_SIZE = 17,        /* 16 letters and digits, NUL */
    PACKET_NOTE_MAX = 200,      /* characters of a note */
    PACKET_INSIDE_MAX = 200,    /* facilities listed; the total is always said */
    PACKET_CIRCLE_BELOW_MS = 1, /* slower wind has no direction: a circle in place of the square */
};

/* What is known of the incident. */
struct packet_question {
    int64_t facility_id; /* 0 = none named */
    bool has_place;      /* lon, lat are given; they go before the facility's own position */
    double lon, lat;     /* EPSG:4326 degrees */
    char substance[16];  /* CAS number; "" = not known */
    enum isolation_spill spill;
    enum isolation_time time; /* TIME_UNKNOWN: from the sun at that place now */
    double wind_from_deg;     /* clockwise from true north; NaN = not known */
    double wind_speed_ms;     /* NaN = not known */
    int on_water;             /* 1, 0, -1 = not known */
    char container[64];       /* ERG Table 3; "" = not known; only together with a substance */
    char note[4 * PACKET_NOTE_MAX + 1];
};

/* Makes and stores a packet: fills json with the document and id with its name. now: Unix time, s.
 */
bool packet_make(struct buf *json, char id[PACKET_ID_SIZE], const struct packet_question *q,
                 const struct snapshot *snapshot, int64_t now, struct db *db, struct error *err);
/* A stored packet as JSON, and as a GeoJSON FeatureCollection. ERROR_NOT_FOUND if there is none. */
bool packet_load(struct buf *json, const char *id, struct db *db, struct error *err);
bool packet_load_geojson(struct buf *json, const char *id, struct db *db, struct error *err);

#endif
