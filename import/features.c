#include "import/features.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "import/header.h"
#include "import/names.h"
#include "import/reader.h"

/* A field's text; lists are joined by '|', numbers keep all their digits. NULL = no value. */
static const char *field_text(struct features *f, OGRFeatureH feature, int i)
{
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return NULL;
    OGRFieldType type = OGR_Fld_GetType(OGR_FD_GetFieldDefn(f->about, i));
    buf_clear(&f->text);
    if (type == OFTReal) {
        double value = OGR_F_GetFieldAsDouble(feature, i), back;
        char text[40];
        snprintf(text, sizeof text, "%.15g", value);
        if (!text_to_double(&back, text) || back < value || back > value)
            snprintf(text, sizeof text, "%.17g", value);
        buf_text(&f->text, text);
    } else if (type == OFTStringList) {
        char **list = OGR_F_GetFieldAsStringList(feature, i);
        for (int n = 0; list && list[n]; n++) {
            buf_text(&f->text, n ? "|" : "");
            buf_text(&f->text, list[n]);
        }
    } else {
        return OGR_F_GetFieldAsString(feature, i);
    }
    return buf_string(&f->text);
}

static void send_geometry(struct buf *out, OGRFeatureH feature)
{
    OGRGeometryH g = OGR_F_GetGeometryRef(feature);
    if (!g) {
        wire_text(out, NULL, 0);
        return;
    }
    if (OGR_G_HasCurveGeometry(g, 0)) { /* arcs to short lines: what comes after knows no arcs */
        OGR_F_SetGeometryDirectly(feature, OGR_G_GetLinearGeometry(g, 0, NULL));
        g = OGR_F_GetGeometryRef(feature);
    }
    OGR_G_FlattenTo2D(g);
    int size = OGR_G_WkbSize(g);
    char *room;
    wire_u32(out, (uint32_t)size);
    if (size < 0 || !(room = buf_room(out, (size_t)size)))
        return;
    OGR_G_ExportToWkb(g, wkbNDR, (unsigned char *)room);
    out->len += (size_t)size;
    buf_char(out, '\0');
}

/* Where the text is not of its encoding the row is bad, and its bytes are sent as \xHH. */
static bool send_text(struct features *f, const char *text)
{
    struct buf *out = &f->out;
    size_t len = text ? strlen(text) : 0;
    if (!text) {
        wire_text(out, NULL, 0);
        return true;
    }
    if (encoding_text(&f->converted, f->how->kit, f->encoding, text)) {
        wire_text(out, buf_string(&f->converted), f->converted.len);
        return true;
    }
    struct buf shown = {.max = WIRE_RECORD_MAX};
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x80)
            buf_char(&shown, text[i]);
        else
            buf_format(&shown, "\\x%02X", (unsigned char)text[i]);
    wire_text(out, buf_string(&shown), shown.len);
    buf_free(&shown);
    return false;
}

/* ---- rows of sheets ---- */

static const char *sheet_text(OGRFeatureH feature, int i)
{
    return OGR_F_IsFieldSetAndNotNull(feature, i) ? OGR_F_GetFieldAsString(feature, i) : "";
}

/* True for rows above the data, and for empty ones. */
static bool is_passed_over(const struct features *f, OGRFeatureH feature)
{
    if (!f->how->format->sheets)
        return false;
    if (OGR_F_GetFID(feature) <= f->skip_to)
        return true;
    for (int i = 0; i < f->fields; i++)
        if (*sheet_text(feature, i))
            return false;
    return true;
}

/* A note under a table is no row of it; it is kept aside with all it says. */
static bool is_note(const struct features *f, OGRFeatureH feature)
{
    int filled = 0, at = 0;
    if (!f->how->format->sheets || !f->names || f->fields < 3)
        return false;
    for (int i = 0; i < f->fields && filled < 2; i++)
        if (*sheet_text(feature, i)) {
            filled++;
            at = i;
        }
    return filled == 1 && header_is_note(sheet_text(feature, at));
}

/* The row begun there becomes a bad one. fault: the column whose text is not of its encoding; -1:
 * the row is a note on the table. */
static void make_bad(struct features *f, size_t begun, int fault)
{
    char reason[80] = "a note beside the table, not a row of it";
    const char *code = fault < 0                      ? "note_row"
                       : f->encoding == ENCODING_UTF8 ? "not_utf8"
                                                      : "not_in_encoding";
    if (f->out.overflow)
        return;
    if (fault >= 0)
        snprintf(reason, sizeof reason, "the row's text is not %s", encoding_names[f->encoding]);
    f->out.data[begun] = WIRE_BAD;
    wire_text(&f->out, code, strlen(code));
    wire_text(&f->out, reason, strlen(reason));
    wire_u32(&f->out, (uint32_t)(fault + 1));
}

static bool send_feature(struct features *f, OGRFeatureH feature, uint64_t number, uint64_t size,
                         struct error *err)
{
    struct buf *out = &f->out;
    int fault = -1;
    size_t begun = wire_begin(out, WIRE_ROW);
    /* GDAL numbers the rows of a sheet as the sheet does. */
    wire_u64(out, f->how->format->sheets ? (uint64_t)OGR_F_GetFID(feature) : number);
    wire_u64(out, size);
    wire_u32(out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(f, f->unwanted && f->unwanted[i] ? NULL : field_text(f, feature, i)))
            fault = i;
    send_geometry(out, feature);
    if (fault >= 0 || is_note(f, feature))
        make_bad(f, begun, fault);
    wire_end(out, begun);
    if (out->overflow)
        return error_set(err, ERROR_TOO_LARGE, "feature %llu is larger than %d MiB",
                         (unsigned long long)number, WIRE_RECORD_MAX >> 20);
    return out->len < FEATURES_SEND_AT || wire_flush(out, f->output) ||
           error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

/* .prj files often name no EPSG code: Taiwan's own systems are known by their parameters. */
static const char *known_crs(OGRSpatialReferenceH srs)
{
    OGRErr e = OGRERR_NONE;
    const char *projection = OSRGetAttrValue(srs, "PROJECTION", 0);
    double a = OSRGetSemiMajor(srs, &e),
           meridian = OSRGetProjParm(srs, "central_meridian", 0, NULL),
           scale = OSRGetProjParm(srs, "scale_factor", 1, NULL),
           easting = OSRGetProjParm(srs, "false_easting", 0, NULL);
    bool grs80 = fabs(a - 6378137) < 0.5, australian = fabs(a - 6378160) < 0.5;
    if (OSRIsGeographic(srs))
        return grs80 ? "EPSG:4326" : "unknown";
    if (!projection || strcmp(projection, "Transverse_Mercator") != 0 ||
        fabs(scale - 0.9999) > 1e-7 || fabs(easting - 250000) > 0.5 || (!grs80 && !australian))
        return "unknown";
    if (fabs(meridian - 121) < 1e-7)
        return grs80 ? "EPSG:3826" : "EPSG:3828";
    return fabs(meridian - 119) < 1e-7 ? (grs80 ? "EPSG:3825" : "EPSG:3827") : "unknown";
}

const char *features_crs(OGRSpatialReferenceH srs, char *code, size_t size)
{
    if (!srs)
        return "";
    const char *authority = OSRGetAuthorityName(srs, NULL),
               *number = OSRGetAuthorityCode(srs, NULL);
    if (!authority || !number)
        return known_crs(srs);
    if (!strcmp(number, "CRS84"))
        return "EPSG:4326"; /* the same in our order: longitude, latitude */
    snprintf(code, size, "%s:%s", authority, number);
    return code;
}

static bool send_header(struct features *f, const char *note, struct error *err)
{
    char code[64];
    size_t begun = wire_begin(&f->out, WIRE_HEADER);
    bool shape = !strcmp(f->how->format->driver, "ESRI Shapefile");
    f->said.crs = features_crs(OGR_L_GetSpatialRef(f->layer), code, sizeof code);
    f->said.note = note;
    f->said.encoding = shape ? encoding_names[f->encoding] : "";
    f->said.geometry = OGR_L_GetGeomType(f->layer) != wkbNone;
    wire_about(&f->out, &f->said);
    wire_u32(&f->out, (uint32_t)f->fields);
    for (int i = 0; i < f->fields; i++)
        if (!send_text(f, f->names ? f->names[i]
                                   : OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(f->about, i))))
            return error_set(err, ERROR_INPUT, "the name of a column is not %s",
                             encoding_names[f->encoding]);
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

static bool send_layer(struct features *f, uint64_t size, struct error *err)
{
    uint64_t number = 0;
    OGRFeatureH feature;
    OGR_L_ResetReading(f->layer);
    CPLErrorReset();
    while ((feature = OGR_L_GetNextFeature(f->layer))) {
        bool ok = is_passed_over(f, feature) || send_feature(f, feature, ++number, size, err);
        OGR_F_Destroy(feature);
        if (!ok)
            return false;
    }
    if (CPLGetLastErrorType() >= CE_Failure)
        return error_set(err, ERROR_INPUT, "reading stopped after feature %llu: %.200s",
                         (unsigned long long)number, CPLGetLastErrorMsg());
    size_t begun = wire_begin(&f->out, WIRE_END);
    wire_u64(&f->out, number);
    wire_end(&f->out, begun);
    return wire_flush(&f->out, f->output) || error_set(err, ERROR_SYSTEM, "nobody takes the rows");
}

bool features_take(struct features *f, OGRLayerH layer, struct error *err)
{
    f->layer = layer;
    f->about = OGR_L_GetLayerDefn(layer);
    f->fields = OGR_FD_GetFieldCount(f->about);
    return f->fields <= READER_COLUMNS_MAX ||
           error_set(err, ERROR_TOO_LARGE, "there are more than %d columns", READER_COLUMNS_MAX);
}

void features_free(struct features *f)
{
    for (int i = 0; f->names && i < f->fields; i++)
        free(f->names[i]);
    free(f->names);
    free(f->unwanted);
    buf_free(&f->out);
    buf_free(&f->text);
    buf_free(&f->converted);
}

/* Whether a column of this name may be one of those to be mapped (columns.h). A name that is not
 * ASCII may be of another encoding: it may. */
static bool may_be_wanted(const struct open_how *how, const char *name)
{
    bool wanted = false;
    for (const char *c = name; *c; c++)
        wanted |= (unsigned char)*c >= 0x80;
    char *key = names_key(name, strlen(name));
    for (int i = 0; i < how->map_count && !wanted; i++) {
        char *told = names_key(how->maps[i].column, strlen(how->maps[i].column));
        wanted = !strcmp(key, told);
        free(told);
    }
    free(key);
    return wanted;
}

/* Columns that nobody asks for would cost more than the points themselves. */
static void leave_unread(struct features *f)
{
    char **ignored = NULL;
    if (!f->how->lean || f->names || OGR_L_GetGeomType(f->layer) == wkbNone)
        return;
    f->unwanted = mem_zero((size_t)f->fields + 1, 1);
    for (int i = 0; i < f->fields; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(f->about, i));
        f->unwanted[i] = !may_be_wanted(f->how, name);
        if (f->unwanted[i])
            ignored = CSLAddString(ignored, name);
    }
    /* What a driver cannot leave out is left out by us. */
    const char **names = NULL;
    memcpy(&names, &ignored, sizeof names);
    OGR_L_SetIgnoredFields(f->layer, names);
    CSLDestroy(ignored);
}

bool features_send(struct features *f, const char *note, uint64_t size, struct error *err)
{
    leave_unread(f);
    return send_header(f, note, err) && send_layer(f, size, err);
}
