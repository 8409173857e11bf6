#include "import/shape.h"

#include <stdio.h>
#include <string.h>

#include "import/view.h"

/* True where every text and column name of the layer is of this encoding. */
static bool layer_holds(struct features *f, enum encoding encoding)
{
    OGRFeatureH feature;
    OGRFeatureDefnH about = OGR_L_GetLayerDefn(f->layer);
    int fields = OGR_FD_GetFieldCount(about);
    bool holds = true;
    for (int i = 0; i < fields && holds; i++)
        holds = encoding_text(&f->converted, f->how->kit, encoding,
                              OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(about, i)));
    OGR_L_ResetReading(f->layer);
    while (holds && (feature = OGR_L_GetNextFeature(f->layer))) {
        for (int i = 0; i < fields && holds; i++)
            if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(about, i)) == OFTString)
                holds = encoding_text(&f->converted, f->how->kit, encoding,
                                      OGR_F_GetFieldAsString(feature, i));
        OGR_F_Destroy(feature);
    }
    OGR_L_ResetReading(f->layer);
    return holds;
}

/* What is told; what the .cpg says if that is so; what holds for all texts. */
bool shape_encoding(struct features *f, const char *path, struct error *err)
{
    static const enum encoding asked[] = {ENCODING_UTF8, ENCODING_CP950};
    char said[32] = "";
    const char *why = "its .cpg says so";
    if (f->how->encoding) {
        wire_note(&f->said, "encoding", f->how->encoding, "as told");
        return encoding_find(&f->encoding, f->how->encoding, err);
    }
    VSILFILE *cpg = VSIFOpenL(CPLResetExtension(path, "cpg"), "rb");
    if (cpg) {
        said[VSIFReadL(said, 1, sizeof said - 1, cpg)] = '\0';
        VSIFCloseL(cpg);
        said[strcspn(said, "\r\n ")] = '\0';
    }
    bool found = *said && encoding_find(&f->encoding, said, NULL) && layer_holds(f, f->encoding);
    for (size_t i = 0; i < sizeof asked / sizeof *asked && !found; i++) {
        why = *said ? "its .cpg says another, but every text is of this"
                    : "it has no .cpg, and every text is of this";
        f->encoding = asked[i];
        found = layer_holds(f, asked[i]);
    }
    if (found)
        wire_note(&f->said, "encoding", encoding_names[f->encoding], why);
    return found ||
           error_set(err, ERROR_INPUT,
                     "the Shapefile's texts are neither UTF-8 nor CP950 throughout; say the "
                     "encoding they are to be read in");
}

/* The .shp to read, of those in the archive: the first by name, or the one called how->sheet. */
bool shape_find(char *path, size_t size, const struct open_how *how, struct buf *others)
{
    char archive[64];
    snprintf(archive, sizeof archive, "/vsizip/" VIEW_FOLDER "%s", view_name());
    char **names = VSIReadDirRecursive(archive);
    *path = '\0';
    for (int i = 0; names && names[i]; i++) {
        const char *base = CPLGetBasename(names[i]);
        if (!EQUAL(CPLGetExtension(names[i]), "shp"))
            continue;
        if (!*path && (!how->sheet || !strcmp(base, how->sheet)))
            snprintf(path, size, "%s/%s", archive, names[i]);
        else {
            buf_text(others, others->len ? ", " : "");
            buf_text(others, base);
        }
    }
    CSLDestroy(names);
    return *path != '\0';
}

bool shape_has_table(const char *path)
{
    VSIStatBufL st;
    return !VSIStatL(CPLResetExtension(path, "dbf"), &st) ||
           !VSIStatL(CPLResetExtension(path, "DBF"), &st);
}
