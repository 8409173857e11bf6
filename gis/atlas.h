/* atlas.h - the atlas: an immutable, numbered picture of PostGIS in memory.
 *
 * Facilities 0 … drawn-1 have an accepted position and stand in Z-order (Morton order of their Web
 * Mercator position at 32 bits a side), so that the points of any tile are one contiguous range;
 * facilities drawn … count-1 have none and stand by id. Prefix sums over that order give count and
 * sums of any range in O(1). Everything is read-only once built and may be read by any thread.
 * Cost: under 200 bytes a facility. */
#ifndef GIS_ATLAS_H
#define GIS_ATLAS_H

#include <stddef.h>
#include <stdint.h>

#include "gis/db.h"
#include "gis/tile.h"

enum { ATLAS_NO_COUNTY = 0xFFFF, ATLAS_NO_TOWNSHIP = 0xFFFF, ATLAS_NO_INDUSTRY = 0xFFFF };
#define ATLAS_NO_DAY INT32_MIN

enum position_check { /* facility.position_check of the schema, in its order */
                      POSITION_OK,
                      POSITION_COAST,
                      POSITION_OTHER_COUNTY,
                      POSITION_OUTSIDE,
                      POSITION_MISSING,
                      POSITION_UNCHECKED,
                      POSITION_OTHER_ZONE,
                      POSITION_CHECKS
};
extern const char *const position_check_names[POSITION_CHECKS]; /* as in the schema */

enum behaviour { /* holding.behaviour of the schema, in its order */
                 BEHAVIOUR_MANUFACTURE,
                 BEHAVIOUR_IMPORT,
                 BEHAVIOUR_EXPORT,
                 BEHAVIOUR_USE,
                 BEHAVIOUR_STORE,
                 BEHAVIOUR_SELL,
                 BEHAVIOUR_TRANSFER,
                 BEHAVIOUR_DISCARD,
                 BEHAVIOUR_OTHER,
                 BEHAVIOURS
};
extern const char *const behaviour_names[BEHAVIOURS]; /* as in the schema */

enum { ATLAS_AGE_BANDS = 16 };
/* Classes of the radar's age factor: a facility of at least so many years, oldest band first. */
struct atlas_ages {
    uint32_t count;
    struct atlas_age_band {
        int16_t years;
        uint8_t class; /* 1-10 */
    } band[ATLAS_AGE_BANDS];
};

enum facility_size { SIZE_UNKNOWN, SIZE_SME, SIZE_LARGE };

struct atlas_county {
    const char *code, *name, *name_en; /* name_en NULL = not known */
    uint32_t facilities, drawn;
    double bbox[4]; /* west, south, east, north, degrees */
};

struct atlas_township {
    const char *code, *name, *name_en; /* name_en NULL = not known */
    uint16_t county;                   /* index or ATLAS_NO_COUNTY */
    uint32_t facilities, drawn;
};

struct atlas_industry {
    const char *name; /* as reported */
    uint32_t facilities;
    double ratio, factor; /* R (fraction) and v of the intensity UC = R PR v; ratio NaN = none */
};

struct atlas_source {
    const char *name, *title;
};

struct atlas_substance {
    int32_t id;
    const char *cas, *name_zh, *name_en;
    const char *un, *erg_guide; /* NULL = not known */
    int8_t nfpa[3];             /* health, flammability, instability 0-4; -1 = not known */
    int8_t water_reactive;      /* 1 yes, 0 no, -1 not known */
    int8_t toxic_by_inhalation; /* 1 yes, 0 no, -1 not known */
    double export_value;        /* thousand TWD; NaN = none */
    double official[4];  /* imported official class 1-10 of hazard, quantity, incidents, economy;
                            NaN = none */
    uint32_t first, end; /* its rows in atlas.by_substance */
};

/* One substance at one facility. */
struct atlas_stock {
    uint32_t facility;  /* index */
    uint32_t substance; /* index; ATLAS_UNLINKED = named in the report, not linked */
    double quantity_kg; /* largest of the sums by source x behaviour x year, kg; NaN = not known */
};
#define ATLAS_UNLINKED UINT32_MAX

/* One sum: what one source reported of one substance at one facility in one way for one year. */
struct atlas_part {
    uint32_t facility;  /* index */
    uint32_t substance; /* index or ATLAS_UNLINKED */
    uint16_t source;    /* index in sources */
    int16_t year;       /* in which the period ends; 0 = not known */
    uint8_t behaviour;  /* enum behaviour */
    double kg;          /* NaN = no quantity could be read */
};

/* One substance in one incident. */
struct atlas_incident {
    int64_t id;         /* of its record */
    int64_t event;      /* id of the first row about the same: same day, time, title and position */
    uint32_t substance; /* index or ATLAS_UNLINKED */
    int32_t day;        /* since 1970-01-01; ATLAS_NO_DAY = not known */
    uint16_t county;    /* index or ATLAS_NO_COUNTY */
    bool drawn;
    bool uncounted;  /* the radar counts another row in its place, or has no substance of it */
    double lon, lat; /* EPSG:4326 degrees, where drawn */
    uint64_t key;    /* Morton key, where drawn */
};

/* Incidents that a publication counts for a period, without telling each. */
struct atlas_printed {
    uint32_t substance;
    int32_t first, last; /* days since 1970-01-01, both included; ATLAS_NO_DAY = not known */
    double count;
};

/* A national quantity that a source states itself. */
struct atlas_stated {
    uint32_t substance;
    const char *system; /* its name */
    uint8_t behaviour;  /* enum behaviour */
    int16_t year;       /* 0 = not known */
    double kg;
};

enum sample_unit { SAMPLE_MG_KG, SAMPLE_UG_L, SAMPLE_UG_M3, SAMPLE_UNITS };
extern const char *const sample_unit_names[SAMPLE_UNITS]; /* mg/kg, µg/L, µg/m³ */

/* A measured concentration of a known substance. */
struct atlas_sample {
    int64_t id; /* of its record */
    uint32_t substance;
    int32_t day;     /* since 1970-01-01; ATLAS_NO_DAY = not known */
    uint16_t county; /* index or ATLAS_NO_COUNTY */
    uint8_t unit;    /* enum sample_unit; SAMPLE_UNITS = not known */
    bool drawn;
    double lon, lat; /* EPSG:4326 degrees, where drawn */
    uint64_t key;    /* Morton key, where drawn */
    double value;    /* 0 = below detection; NaN = could not be read */
};

struct atlas {
    uint64_t number;  /* atlas_revision.number of the same database snapshot */
    char tag[40];     /* "a<number>-<name of the database>", for ETags */
    int64_t built_at; /* Unix time, s */
    uint32_t count;   /* facilities */
    uint32_t drawn;   /* of them with an accepted position */
    uint32_t substance_count, county_count, township_count, industry_count, source_count;
    uint32_t incident_count, incident_drawn, printed_count, stated_count;
    uint32_t sample_count, sample_drawn;
    uint64_t holdings; /* rows of table holding */
    struct atlas_ages ages;

    /* Columns, by facility index */
    uint64_t *key;     /* Morton key, [drawn] */
    double *lon, *lat; /* EPSG:4326 degrees, [drawn] */
    int64_t *id;
    uint32_t *name;        /* offset in names; text is NUL-terminated UTF-8 */
    uint16_t *county;      /* index in counties or ATLAS_NO_COUNTY */
    uint16_t *township;    /* index in townships or ATLAS_NO_TOWNSHIP */
    uint16_t *industry;    /* index in industries or ATLAS_NO_INDUSTRY */
    uint32_t *company;     /* equal = the same operator, or company by name where none is known */
    uint16_t *substances;  /* number of different substances held, linked or not */
    uint8_t *check;        /* enum position_check */
    uint8_t *size;         /* enum facility_size */
    int16_t *established;  /* year, 0 = not known */
    double *quantity_kg;   /* sum of its stocks, kg; NaN = no quantity known */
    uint32_t *stock_first; /* [count + 1]: its rows in stocks */
    uint32_t *by_id;       /* [count]: indexes in order of id */

    /* Prefix sums over drawn facilities, [drawn + 1] */
    double *sum_quantity;    /* kg, unknown counted as 0 */
    uint64_t *sum_x, *sum_y; /* of the 32-bit world coordinates */

    struct atlas_stock *stocks; /* by facility, then substance */
    struct atlas_part *parts;   /* of stocks, in their order */
    uint32_t *part_first;       /* [stocks + 1]: the parts of each stock */
    struct atlas_stock
        *by_substance; /* linked stocks of drawn facilities by substance, then Z-order */
    struct atlas_substance *substance; /* by id */
    struct atlas_county *counties;     /* by code */
    struct atlas_township *townships;  /* by code */
    struct atlas_industry *industries; /* by name, in bytes */
    struct atlas_source *sources;      /* by number */
    struct atlas_incident *incidents;  /* drawn ones first, in Z-order; then by event, id */
    struct atlas_printed *printed;     /* by substance */
    struct atlas_stated *stated;       /* by substance */
    struct atlas_sample *samples;      /* drawn ones first, in Z-order; the others by id */
    char *names;                       /* all texts */
    size_t bytes;                      /* memory held, about */
};

/* Reads a whole atlas in one REPEATABLE READ transaction on db. */
struct atlas *atlas_load(struct db *db, struct error *err);
void atlas_free(struct atlas *a); /* NULL allowed */

/* Drawn facilities whose Morton key lies in the tile: [*first, *end). */
void atlas_range(uint32_t *first, uint32_t *end, const struct atlas *a, struct tile tile);
/* Rows of by_substance of one substance within a range of facilities: [*from, *to). */
void atlas_substance_range(uint32_t *from, uint32_t *to, const struct atlas *a, uint32_t substance,
                           uint32_t first, uint32_t end);
/* Index of a facility by id, of a substance by CAS or id, of a county or township by code, of an
 * industry by its name; -1 = none. */
int64_t atlas_find_facility(const struct atlas *a, int64_t id);
int64_t atlas_find_substance(const struct atlas *a, const char *cas);
int64_t atlas_find_substance_id(const struct atlas *a, int64_t id);
int64_t atlas_find_county(const struct atlas *a, const char *code);
int64_t atlas_find_township(const struct atlas *a, const char *code);
int64_t atlas_find_industry(const struct atlas *a, const char *name);
/* Calls visit(ctx, first, end) for ranges of facilities that together hold every drawn facility in
 * the box of world coordinates x0 … x1, y0 … y1 (both ends included), in Z-order; a range may hold
 * others near the box as well. Cost: O(edge of the box in cells x log count). */
typedef void atlas_visit_range(void *ctx, uint32_t first, uint32_t end);
void atlas_box(const struct atlas *a, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1,
               atlas_visit_range *visit, void *ctx);
/* Calls visit for each drawn facility within radius_m metres on the ground of lon, lat (exact
 * geodesic distance on GRS80), in Z-order, until it returns false. */
typedef bool atlas_visit(void *ctx, uint32_t facility, double distance_m);
void atlas_near(const struct atlas *a, double lon, double lat, double radius_m, atlas_visit *visit,
                void *ctx);

#endif
