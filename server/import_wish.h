/* import_wish.h - what a request asks of an import, out of its query. */
#ifndef SERVER_IMPORT_WISH_H
#define SERVER_IMPORT_WISH_H

#include "gis/json.h"
#include "import/import.h"
#include "server/http.h"

enum { WISH_MAPS_MAX = 64, WISH_NAME_MAX = 255 /* bytes of a file's name */ };

struct import_wish {
    struct import_request request; /* its texts lie in the query and in text */
    struct import_map maps[WISH_MAPS_MAX];
    char text[HTTP_PARAMETERS_MAX * (HTTP_VALUE_MAX / 4)];
};

/* Reads and checks kind, source, name, crs, encoding, sheet, map, set, dry_run. w must not be
 * moved. */
bool import_wish_read(struct import_wish *w, const struct request *r, struct error *err);
/* For import_job.options. */
void import_wish_options(struct buf *out, const struct import_wish *w);

#endif
