/* record.h - families of data kept in table record: incidents, samples, zones, places … A family is
 * its columns (import_kind with a rule for each), what geometry its rows have, and, where it needs
 * them, functions of its own. Reading, checking, comparing with what is stored and publishing is
 * the same for all: an importer of a family sets RECORD_IMPORTER beside its kind.
 *
 * A field that cannot be read is left out and said, and the row stays; a key field, a name and a
 * wanted geometry that cannot be read send the row away. */
#ifndef IMPORT_RECORD_H
#define IMPORT_RECORD_H

#include "import/run.h"

#define RECORD_COPY                                                                                \
    "COPY stage_record (line, record_key, name, name_en, address_county_key, county_key, place, "  \
    "geom, row_hash, fields, raw) FROM STDIN"

/* What importers of families have in common. how: record_publish, or a function around it. */
#define RECORD_IMPORTER(how, its_family)                                                           \
    .stage = &SQL_import_record_stage, .table = "stage_record", .copy = RECORD_COPY,               \
    .begin = record_begin, .row = record_row, .publish = (how), .grows = "record",                 \
    .family = (its_family)

enum record_geometry {
    RECORD_NO_GEOMETRY,
    RECORD_POINT, /* of columns or of the file's own points; checked against the counties */
    RECORD_LINE,
    RECORD_AREA, /* repaired where it crosses itself, and said */
    RECORD_SHAPE /* lines or areas */
};

/* A row as understood. Texts live until the next row. */
struct record_row {
    struct record_value {
        const char *text; /* as it is kept: trimmed, ISO date, CAS in its form, word; NULL = none */
        double number;    /* NAN = none or no number */
    } value[COLUMNS_FIELDS_MAX];
    const char *name; /* filled by record.c after check where NULL */
};

struct record_family {
    enum record_geometry geometry;
    bool geometry_wanted; /* a row without is sent away */
    /* After the header; may refuse the columns. NULL allowed. */
    bool (*begin)(struct import_run *run, struct error *err);
    /* After the values of a row are read: may change them, set name, or send the row away by
     * import_reject and false. NULL allowed. */
    bool (*check)(struct import_run *run, struct record_row *r);
    /* Whether a key field is part of this row's key, where a number alone can be. NULL = all. */
    bool (*names_thing)(const struct record_row *r, int field);
    /* Members of its own for record.fields. NULL allowed. */
    void (*more)(struct json *j, struct import_run *run, const struct record_row *r);
    /* In the publishing transaction, before anything is compared: adds to stage_note what it
     * refuses (kept = false) or doubts (kept = true) of stage_record, and may fill
     * stage_record.geom. $1 source. NULL allowed. */
    const struct sql *judge;
    /* After the rows are in: what else hangs on them. NULL allowed. */
    bool (*after)(struct import_run *run, struct error *err);
};

bool record_begin(struct import_run *run, struct error *err);
void record_row(struct import_run *run);
/* record_publish.c */
bool record_publish(struct import_run *run, struct error *err);
/* After areas changed: county, township and position_check of every point anew; *changed = records
 * that changed. */
bool record_recheck(int64_t *changed, struct import_run *run, struct error *err);

#endif
