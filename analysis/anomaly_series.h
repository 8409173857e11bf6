/* anomaly_series.h - reported quantities as series: of one facility, substance, behaviour and
 * source, in one unit, over periods of one length. All places of a facility are added for each
 * period. What is not reported is missing, not 0; a reported 0 is a value. */
#ifndef ANALYSIS_ANOMALY_SERIES_H
#define ANALYSIS_ANOMALY_SERIES_H

#include "analysis/reported.h"
#include "gis/db.h"

enum anomaly_unit { ANOMALY_KG, ANOMALY_L, ANOMALY_OTHER };

struct anomaly_what {
    int64_t substance;                   /* id; 0 = linked to none */
    const char *cas, *name_zh, *name_en; /* not linked: name_zh is what the report says */
    const char *reported_key;            /* NULL = a substance */
};

struct anomaly_series {
    int64_t facility;
    uint32_t what, source;
    uint8_t behaviour;     /* enum behaviour of gis/atlas.h */
    uint8_t unit;          /* enum anomaly_unit */
    uint32_t unit_text;    /* in units, for ANOMALY_OTHER */
    int32_t length;        /* months of its periods, or - days where they are no whole months */
    uint32_t first, count; /* of values */
};

struct anomaly_value {
    int32_t from, to; /* days since 1970-01-01 */
    double quantity;  /* in the unit of the series */
};

struct anomaly_source {
    int64_t id;
    const char *name, *title;
};

struct anomaly_data {              /* read-only once loaded */
    int64_t number;                /* of the atlas */
    struct anomaly_series *series; /* by facility, what, behaviour, source, unit, length */
    struct anomaly_value *values;  /* of each series by period */
    struct anomaly_what *whats;
    struct anomaly_source *sources;
    uint32_t series_count, value_count, what_count, source_count;
    int64_t undated, mixtures, unreadable; /* rows that are in no series */
    struct reported reported;
    struct intern units;
    struct db_result *substances, *source_rows; /* texts are theirs */
};

/* One snapshot of the database must be open (REPEATABLE READ). NULL with err. */
struct anomaly_data *anomaly_data_load(struct db *db, struct error *err);
void anomaly_data_free(struct anomaly_data *d); /* NULL allowed */
/* Whole months from day to day, both included (a quarter: 3); else minus the number of days. */
int32_t anomaly_period_length(int32_t from, int32_t to);

#endif
