/* read_json.h - the child's work for plain JSON: a list of objects, wherever in the file it stands
 * ([{…}], {"data": [{…}]}, {"result": {"records": [{…}]}}), or an object a line (JSON Lines), to
 * wire records. Columns are the names of all objects, in the order they come first; a missing name
 * is no value; lists and objects inside are kept as JSON text. */
#ifndef IMPORT_READ_JSON_H
#define IMPORT_READ_JSON_H

#include "import/encoding.h"

struct import_kind;
struct import_map;

struct read_json_how {
    const struct encoding_kit *kit;
    const char *encoding;           /* name; NULL = detect */
    bool gzip, lines;               /* lines: an object a line */
    const char *list;               /* where the list stands, "result.records"; NULL = found out */
    const struct import_kind *kind; /* by whose columns the list is found; NULL = the longest */
    const struct import_map *maps;
    int map_count;
};

/* *geo = this is GeoJSON or TopoJSON by its "type" (of its first line, where lines), or no JSON
 * that begins with { or [, of which GDAL says what is wrong. */
bool read_json_is_geo(bool *geo, int input, const struct read_json_how *how, struct error *err);
/* Returns when all is sent; false with err where the file cannot be read at all. */
bool read_json(int input, const struct read_json_how *how, int output, struct error *err);

#endif
