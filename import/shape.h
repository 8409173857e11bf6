/* shape.h - in the fenced child: what a Shapefile leaves open. Its texts come as they are stored,
 * in an encoding that it may or may not say. */
#ifndef IMPORT_SHAPE_H
#define IMPORT_SHAPE_H

#include "import/features.h"

/* The path of the .shp to read, of those in the archive: the first by name, or the one called
 * how->sheet; the others' names are added to others. */
bool shape_find(char *path, size_t size, const struct open_how *how, struct buf *others);
/* True where the .dbf of that .shp is there. */
bool shape_has_table(const char *path);
/* Sets the encoding of the texts: what is told, what the .cpg says if that is so, what holds for
 * all texts. */
bool shape_encoding(struct features *f, const char *path, struct error *err);

#endif
