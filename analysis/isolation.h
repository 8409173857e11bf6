/* isolation.h - which distances the Emergency Response Guidebook gives for a substance and a spill.
 *
 * Order: Table 3 for large spills of its gases, Table 1, the orange guide, and where nothing is
 * known guide 111 (100 m). What is not known is taken as the largest, and `assumed` says so. */
#ifndef ANALYSIS_ISOLATION_H
#define ANALYSIS_ISOLATION_H

#include "gis/db.h"

enum isolation_spill { SPILL_SMALL, SPILL_LARGE };
enum isolation_time { TIME_DAY, TIME_NIGHT, TIME_UNKNOWN };
enum isolation_wind {
    WIND_LOW,
    WIND_MODERATE,
    WIND_HIGH,
    WIND_UNKNOWN
}; /* < 10, 10-20, > 20 km/h */
enum isolation_basis { BASIS_TABLE1, BASIS_TABLE3, BASIS_GUIDE, BASIS_DEFAULT };
extern const char *const isolation_spill_names[];
extern const char *const isolation_time_names[];  /* day, night, unknown */
extern const char *const isolation_wind_names[];  /* low, moderate, high, unknown */
extern const char *const isolation_basis_names[]; /* table1, table3, guide, default */

/* A row of table response_distance. */
struct isolation_row {
    const char *edition, *un, *condition, *container, *note;
    const char *citation; /* where it was printed */
    const char
        *imported_from; /* source of an imported table; "" or NULL = comes with the product */
    char table;         /* '1' or '3' */
    enum isolation_spill spill;
    enum isolation_time time;
    enum isolation_wind wind; /* WIND_UNKNOWN in Table 1 */
    int isolation_m, downwind_m;
    bool at_least;
};

/* A row of table response_guide; 0 = the guide gives none. */
struct isolation_guide {
    const char *guide, *edition, *title_zh, *title_en;
    const char *citation, *imported_from; /* as in isolation_row */
    int liquid_m, solid_m, large_downwind_m, fire_isolation_m, fire_evacuation_m;
};

struct isolation_tables {
    struct db_result *rows_result, *guides_result; /* own the texts; NULL in tests */
    struct isolation_row *rows;
    struct isolation_guide *guides;
    int row_count, guide_count;
};

struct isolation_question {
    enum isolation_spill spill;
    enum isolation_time time;
    int on_water;               /* 1 in water, 0 on land, -1 not known */
    double wind_speed_ms;       /* NaN = not known */
    const char *container;      /* of Table 3; NULL = not known */
    const char *un, *guide;     /* NULL = not known; guide may end in P (131P) */
    const char *physical_state; /* gas, liquid, solid or NULL */
};

struct isolation {
    enum isolation_basis basis;
    int isolation_m;
    int downwind_m;                      /* 0 = none is given */
    bool at_least;                       /* the book prints "11+ km" */
    const struct isolation_row *row;     /* of Table 1 or 3; NULL otherwise */
    const struct isolation_guide *guide; /* of the substance (or 111); NULL if not loaded */
    enum isolation_wind wind;            /* class the speed fell in */
    bool listed_otherwise;               /* in Table 1, but only for spills in water */
    bool container_ignored;              /* one was given, but Table 3 does not apply */
    bool largest;                        /* something was not known: the largest was taken */
    bool isolation_by_guide;             /* row is set, but isolation_m is the guide's */
};

/* uns, guides: PostgreSQL array literals, "{1017,1005}"; guide 111 is always loaded. */
bool isolation_tables_load(struct isolation_tables *out, const char *uns, const char *guides,
                           struct db *db, struct error *err);
void isolation_tables_free(struct isolation_tables *tables);
/* Fails (ERROR_INPUT) only on a container that Table 3 does not list for this UN number. */
bool isolation_choose(struct isolation *out, const struct isolation_tables *tables,
                      const struct isolation_question *q, struct error *err);
enum isolation_wind isolation_wind_class(double speed_ms);
/* NULL if it is not loaded. A trailing P is ignored. */
const struct isolation_guide *isolation_find_guide(const struct isolation_tables *tables,
                                                   const char *guide);

#endif
