#include "import/drawing_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/drawing.h"

enum { LINES_MAX = 500000, DEPTH_MAX = 16, TEXT_MAX = 500 };

struct lines {
    OGRGeometryH all;
    int count, texts;
    bool many;
};

static void add_lines(struct lines *l, OGRGeometryH g, int depth)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(g));
    if (l->count >= LINES_MAX || depth > DEPTH_MAX) {
        l->many = true;
    } else if (type == wkbLineString) {
        OGRGeometryH flat = OGR_G_Clone(g);
        OGR_G_FlattenTo2D(flat);
        if (OGR_G_GetPointCount(flat) >= 2) {
            OGR_G_AddGeometryDirectly(l->all, OGR_G_ForceToLineString(flat));
            l->count++;
        } else {
            OGR_G_DestroyGeometry(flat);
        }
    } else {
        for (int i = 0; i < OGR_G_GetGeometryCount(g) && !l->many; i++)
            add_lines(l, OGR_G_GetGeometryRef(g, i), depth + 1);
    }
}

/* The value of a part of an OGR style, e.g. a (angle) of LABEL(f:"Arial",t:"x",a:30,s:2g). */
static double style_number(const char *style, const char *part)
{
    const char *at = style ? strstr(style, part) : NULL;
    return at ? strtod(at + strlen(part), NULL) : 0;
}

static void add_text(struct buf *texts, struct lines *l, OGRFeatureH feature, OGRGeometryH g)
{
    int field = OGR_F_GetFieldIndex(feature, "Text");
    const char *text = field >= 0 ? OGR_F_GetFieldAsString(feature, field) : "";
    const char *style = OGR_F_GetStyleString(feature);
    if (!*text || strlen(text) > TEXT_MAX || wkbFlatten(OGR_G_GetGeometryType(g)) != wkbPoint ||
        l->texts == DRAWING_TEXTS_MAX || !text_utf8_valid(text, strlen(text)))
        return;
    l->texts++;
    buf_format(texts, "%.6f\t%.6f\t%.2f\t%.3f\t", OGR_G_GetX(g, 0), OGR_G_GetY(g, 0),
               style_number(style, ",a:"), style_number(style, ",s:"));
    for (; *text; text++)
        buf_char(texts, *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
    buf_char(texts, '\n');
}

OGRGeometryH drawing_lines(struct buf *texts, GDALDatasetH data, struct error *err)
{
    struct lines l = {.all = OGR_G_CreateGeometry(wkbMultiLineString)};
    for (int i = 0; i < GDALDatasetGetLayerCount(data); i++) {
        OGRFeatureH feature;
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        OGR_L_ResetReading(layer);
        while ((feature = OGR_L_GetNextFeature(layer))) {
            OGRGeometryH g = OGR_F_GetGeometryRef(feature);
            OGRGeometryH plain = g ? OGR_G_GetLinearGeometry(g, 0, NULL) : NULL;
            if (plain) {
                add_text(texts, &l, feature, plain);
                add_lines(&l, plain, 0);
                OGR_G_DestroyGeometry(plain);
            }
            OGR_F_Destroy(feature);
        }
    }
    if (l.count && !l.many)
        return l.all;
    OGR_G_DestroyGeometry(l.all);
    error_fill(err, l.many ? ERROR_TOO_LARGE : ERROR_INPUT,
               l.many ? "the drawing has more than %d lines" : "the drawing has no lines",
               LINES_MAX);
    return NULL;
}
