/* mask.h - the polygons of a file as one area, for analyses without a database. */
#ifndef IMPORT_MASK_H
#define IMPORT_MASK_H

#include "gis/area.h"
#include "import/import.h"

struct mask_wish {
    const char *crs;      /* of the file's coordinates; NULL = what the file says */
    const char *to;       /* of the area that comes out */
    const char *encoding; /* NULL = detected */
    const char *sheet;    /* layer; NULL = the largest */
    const struct import_part *parts;
    int part_count;
};

/* fd, name: as reader_open. All polygons of all features; *features = of how many. Lines between
 * vertices are straight in the file's own system: where that is another one, long ones are cut.
 * Fails where the file has no polygon, or a broken one. Free with area_free, also after failure. */
bool mask_read(struct area *out, uint64_t *features, int fd, const char *name,
               const struct mask_wish *wish, struct error *err);

#endif
