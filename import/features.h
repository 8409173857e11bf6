/* features.h - in the fenced child: the features of one layer of GDAL's, or the rows of a sheet, to
 * wire records. */
#ifndef IMPORT_FEATURES_H
#define IMPORT_FEATURES_H

#include "gis/buf.h"
#include "import/gdal.h"
#include "import/open.h"
#include "import/wire.h"

enum { FEATURES_SEND_AT = 1 << 18 /* bytes */ };

struct features {
    const struct open_how *how;
    enum encoding encoding; /* of a Shapefile's texts; else UTF-8 */
    OGRLayerH layer;
    OGRFeatureDefnH about;
    int fields;
    int output;
    char **names;    /* of a sheet's columns, owned; NULL = the layer's own */
    char *unwanted;  /* [fields], 1 = left unread; NULL = all are wanted */
    GIntBig skip_to; /* rows of a sheet up to this one are no data */
    struct wire_about said;
    struct buf out, text, converted;
};

/* Sets the layer and what follows from it. */
bool features_take(struct features *f, OGRLayerH layer, struct error *err);
void features_free(struct features *f);
/* "EPSG:3826", "" where there is none (NULL too), "unknown"; code may be used for it. */
const char *features_crs(OGRSpatialReferenceH srs, char *code, size_t size);
/* The header, with a note on what is left unread, then all rows. size: bytes of the file. */
bool features_send(struct features *f, const char *note, uint64_t size, struct error *err);

#endif
