#include "import/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/date.h"
#include "import/geometry.h"
#include "import/position.h"
#include "import/rule.h"
#include "import/value.h"
#include "sql.h"

enum {
    NAME_MAX_BYTES = 600,
    ADDRESS_MAX_BYTES = 1200,
    TEXT_MAX_BYTES = 4000,
    KEY_MAX_BYTES = 2000
};

static const struct import_rule *rule_of(const struct import_run *run, int field)
{
    return &run->importer->kind.rules[field];
}

/* The field of a role, or -1. */
static int field_of(const struct import_run *run, enum import_role role)
{
    for (int f = 0; run->importer->kind.fields[f].name; f++)
        if (rule_of(run, f)->role == role)
            return f;
    return -1;
}

static bool positions(struct position_fields *p, const struct import_run *run)
{
    *p = (struct position_fields){.lon = field_of(run, IMPORT_ROLE_LON),
                                  .lat = field_of(run, IMPORT_ROLE_LAT),
                                  .x = field_of(run, IMPORT_ROLE_X),
                                  .y = field_of(run, IMPORT_ROLE_Y),
                                  .crs = field_of(run, IMPORT_ROLE_CRS)};
    return p->lon >= 0;
}

static bool is_who(const struct import_rule *rule)
{
    return rule->key || rule->role == IMPORT_ROLE_NAME;
}

/* Of a file that no column of says what its rows are about nothing can come. */
static bool check_keys(const struct import_run *run, struct error *err)
{
    const struct import_field *fields = run->importer->kind.fields;
    for (int f = 0; fields[f].name; f++)
        if ((is_who(rule_of(run, f)) && run->column[f] >= 0) || fields[f].required)
            return true; /* what is required is there: columns.h */
    const struct reader_header *header = reader_header(run->reader);
    error_fill(err, ERROR_INPUT, "no column of the file says what its rows are about: ");
    for (int f = 0, n = 0; fields[f].name; f++)
        if (is_who(rule_of(run, f)))
            error_append(err, "%s%s (%.*s)", n++ ? ", " : "", fields[f].name,
                         (int)strcspn(fields[f].headers, "|"), fields[f].headers);
    error_append(err, "; the file has ");
    for (int i = 0; i < header->count && i < 20; i++)
        error_append(err, "%s%.60s", i ? ", " : "", header->columns[i].text);
    return false;
}

bool record_begin(struct import_run *run, struct error *err)
{
    const struct record_family *family = run->importer->family;
    const struct reader_header *header = reader_header(run->reader);
    struct position_fields p;
    if (!check_keys(run, err) || (family->begin && !family->begin(run, err)))
        return false;
    if (family->geometry == RECORD_NO_GEOMETRY)
        return true;
    if (family->geometry == RECORD_POINT && positions(&p, run))
        return position_begin(run, &p, err);
    if (!header->geometry && family->geometry_wanted)
        return error_set(
            err, ERROR_INPUT, "%s need a file with %s: GeoJSON, GeoPackage, Shapefile, KML …",
            run->importer->kind.name, family->geometry == RECORD_LINE ? "lines" : "areas");
    const char *crs = run->request->crs ? run->request->crs : header->crs;
    return !header->geometry || place_open(&run->place, *crs ? crs : NULL, err);
}

/* ---- values ---- */

static size_t most_bytes(const struct import_rule *rule)
{
    switch (rule->role) {
    case IMPORT_ROLE_NAME:
    case IMPORT_ROLE_NAME_EN: return NAME_MAX_BYTES;
    case IMPORT_ROLE_ADDRESS: return ADDRESS_MAX_BYTES;
    case IMPORT_ROLE_NONE:
    case IMPORT_ROLE_COUNTY:
    case IMPORT_ROLE_LON:
    case IMPORT_ROLE_LAT:
    case IMPORT_ROLE_X:
    case IMPORT_ROLE_Y:
    case IMPORT_ROLE_CRS:
    case IMPORT_ROLE_APART:
    case IMPORT_ROLES: break;
    }
    return rule->key ? NAME_MAX_BYTES : TEXT_MAX_BYTES;
}

/* False: the row is sent away. */
static bool take_value(struct record_value *v, char small[RULE_VALUE_MAX], struct import_run *run,
                       int field)
{
    char why[200];
    const struct import_rule *rule = rule_of(run, field);
    const char *text = import_value(run, field);
    *v = (struct record_value){.number = NAN};
    if (!text)
        return true;
    if (strlen(text) > most_bytes(rule)) {
        snprintf(why, sizeof why, "longer than %zu bytes", most_bytes(rule));
    } else if (rule_read(&v->text, &v->number, small, rule, text)) {
        return true;
    } else {
        rule_sentence(why, sizeof why, rule);
    }
    *v = (struct record_value){.number = NAN};
    if (is_who(rule)) {
        import_reject(run, field, "value_invalid", "%s", why);
        return false;
    }
    import_note(run, field, "field_ignored", "%s: left out", why);
    return true;
}

/* ---- one row ---- */

static void write_value(struct json *j, const struct import_run *run, int field,
                        const struct record_value *v)
{
    const char *name = run->importer->kind.fields[field].name;
    const struct import_rule *rule = rule_of(run, field);
    if (!v->text && !isfinite(v->number))
        return;
    if (rule->type == IMPORT_LIST)
        rule_write_list(j, name, v->text);
    else if (rule->type == IMPORT_YES)
        json_bool(j, name, v->number > 0);
    else if (v->text)
        json_text(j, name, v->text);
    else
        json_number(j, name, v->number, 12);
}

static bool is_apart(const struct import_rule *rule)
{
    return rule->role >= IMPORT_ROLE_LON && rule->role <= IMPORT_ROLE_APART;
}

static void write_fields(struct import_run *run, const struct record_row *r,
                         const struct position *at)
{
    struct json j = {.out = &run->json};
    buf_clear(&run->json);
    json_open(&j, NULL, '{');
    for (int f = 0; run->importer->kind.fields[f].name; f++)
        if (!is_apart(rule_of(run, f)))
            write_value(&j, run, f, &r->value[f]);
    if (run->importer->family->more)
        run->importer->family->more(&j, run, r);
    if (at && at->reported) {
        json_number(&j, "x", at->x, 9);
        json_number(&j, "y", at->y, 9);
        json_text(&j, "crs", at->crs);
    }
    json_close(&j, '}');
}

/* The key fields in their normal form into run->key; false: none is given, the row is sent away. */
static bool build_key(struct import_run *run, const struct record_row *r)
{
    const struct record_family *family = run->importer->family;
    bool any = false, first = true;
    int key_field = -1;
    buf_clear(&run->key);
    for (int f = 0; run->importer->kind.fields[f].name; f++) {
        const struct record_value *v = &r->value[f];
        if (!rule_of(run, f)->key)
            continue;
        if (!first)
            buf_char(&run->key, '|');
        first = false;
        if (key_field < 0)
            key_field = f;
        if (family->names_thing && !family->names_thing(r, f))
            continue;
        any |= v->text || isfinite(v->number);
        if (v->text)
            text_name_key(&run->key, v->text, strlen(v->text));
        else if (isfinite(v->number))
            buf_format(&run->key, "%.15g", v->number);
    }
    if (!any)
        import_reject(run, key_field, "key_missing", "the row does not say what it is about");
    return any;
}

static void note_closed(struct import_run *run, uint32_t rings)
{
    run->rings_closed += rings;
    import_note(run, -1, "geometry_closed",
                "%lu of the rings did not end where they began; they were closed",
                (unsigned long)rings);
}

/* Lines and areas, in EPSG:4326 as WKB in run->key; false: the row is sent away. */
static bool take_shape(bool *given, struct import_run *run)
{
    struct geometry_facts facts;
    const struct record_family *family = run->importer->family;
    unsigned wanted = family->geometry == RECORD_LINE   ? GEOMETRY_LINES
                      : family->geometry == RECORD_AREA ? GEOMETRY_AREAS
                                                        : GEOMETRY_LINES | GEOMETRY_AREAS;
    *given = false;
    if (family->geometry < RECORD_LINE)
        return true;
    if (!run->row->wkb && !family->geometry_wanted)
        return true;
    enum geometry_verdict verdict =
        geometry_to_lonlat(&run->key, &facts, &run->place, run->row->wkb, run->row->wkb_len);
    *given = verdict == GEOMETRY_ACCEPTED && facts.parts & wanted;
    if (verdict != GEOMETRY_ACCEPTED)
        import_reject(run, -1, geometry_code(verdict), "%s", geometry_sentence(verdict));
    else if (!*given)
        import_reject(run, -1, "geometry_other_kind", "the geometry is no %s",
                      wanted == GEOMETRY_LINES ? "line" : "area");
    else if (facts.closed)
        note_closed(run, facts.closed);
    return *given;
}

static const char *text_of(const struct import_run *run, const struct record_row *r,
                           enum import_role role)
{
    int f = field_of(run, role);
    return f < 0 ? NULL : r->value[f].text;
}

static void stage_position(struct buf *b, const struct position *at, bool shape,
                           const struct buf *wkb)
{
    stage_text(b, at ? at->given : "none");
    if (at && !strcmp(at->given, "accepted"))
        buf_format(b, "SRID=4326;POINT(%.17g %.17g)\t", at->lon, at->lat);
    else if (shape)
        stage_hex(b, wkb->data, wkb->len);
    else
        stage_null(b);
}

/* Of fields and shape; with COPY's tab behind it. */
static void hash_row(struct buf *hash, struct import_run *run, bool shape)
{
    size_t len = run->json.len;
    if (shape)
        buf_add(&run->json, run->key.data, run->key.len);
    stage_hash(hash, &run->json);
    run->json.len = len;
}

/* run->json = the fields; run->key = the shape, if there is one. */
static void stage_values(struct import_run *run, const struct record_row *r, const char *key,
                         const struct position *at, bool shape)
{
    struct buf *b = &run->stage.rows, hash = {.max = 200}, county = {.max = 1 << 16};
    const char *address = text_of(run, r, IMPORT_ROLE_ADDRESS);
    hash_row(&hash, run, shape);
    if (address)
        place_county_key(&county, address);
    stage_i64(b, (int64_t)run->row->line);
    stage_text(b, key);
    stage_text(b, r->name ? r->name : key);
    stage_text(b, text_of(run, r, IMPORT_ROLE_NAME_EN));
    stage_bytes(b, county.len ? county.data : "", county.len);
    import_key(b, text_of(run, r, IMPORT_ROLE_COUNTY));
    stage_position(b, at, shape, &run->key);
    buf_add(b, hash.data, hash.len);
    stage_bytes(b, run->json.data, run->json.len);
    stage_bytes(b, run->raw.data, run->raw.len);
    stage_end(b);
    buf_free(&hash);
    buf_free(&county);
}

static void stage_row(struct import_run *run, const struct record_row *r, const struct position *at)
{
    bool shape;
    char key[KEY_MAX_BYTES + 1];
    if (!build_key(run, r))
        return;
    if (run->key.len > KEY_MAX_BYTES) {
        import_reject(run, -1, "value_invalid", "what names the row is longer than %d bytes",
                      KEY_MAX_BYTES);
        return;
    }
    text_copy(key, sizeof key, buf_string(&run->key));
    write_fields(run, r, at);
    if (take_shape(&shape, run))
        stage_values(run, r, key, at, shape);
}

void record_row(struct import_run *run)
{
    const struct record_family *family = run->importer->family;
    char small[COLUMNS_FIELDS_MAX][RULE_VALUE_MAX];
    struct record_row r = {.name = NULL};
    struct position at = {.given = NULL};
    struct position_fields p;
    for (int f = 0; run->importer->kind.fields[f].name; f++)
        if (!is_apart(rule_of(run, f)) && !take_value(&r.value[f], small[f], run, f))
            return;
    int name = field_of(run, IMPORT_ROLE_NAME);
    bool point = family->geometry == RECORD_POINT && positions(&p, run);
    if (point)
        position_take(&at, run, &p);
    if (family->check && !family->check(run, &r))
        return;
    if (!r.name && name >= 0)
        r.name = r.value[name].text;
    if (!r.name && name >= 0 && run->importer->kind.fields[name].required) {
        import_reject(run, name, "name_missing", "the row has no name");
        return;
    }
    if (point && family->geometry_wanted && strcmp(at.given, "accepted") != 0) {
        import_reject(run, run->column[p.lon] >= 0 ? p.lon : p.x, "position_missing",
                      "the row has no usable position");
        return;
    }
    stage_row(run, &r, point ? &at : NULL);
}
