/* What can be said of an import before its file is there. */
#include <string.h>
#include <strings.h>

#include "gis/crs.h"
#include "import/encoding.h"
#include "import/format.h"
#include "import/import.h"

bool import_check_source(const char *name, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
    size_t len = strlen(name);
    if (len && len <= 64 && strspn(name, letters) == len && !strchr("_.-", *name))
        return true;
    return error_set(err, ERROR_INPUT,
                     "a source is named by 1 to 64 of a-z 0-9 _ . -, beginning with a letter or "
                     "digit, e.g. epa_prtr");
}

const struct import_kind *import_find_kind(const char *name, struct error *err)
{
    const struct import_kind *const *kinds = import_kinds();
    for (int i = 0; kinds[i]; i++)
        if (!strcmp(kinds[i]->name, name))
            return kinds[i];
    error_fill(err, ERROR_INPUT, "there is no import of \"%.40s\"; there are ", name);
    for (int i = 0; kinds[i]; i++)
        error_append(err, "%s%s", i ? ", " : "", kinds[i]->name);
    return NULL;
}

static bool check_crs(const char *code, struct error *err)
{
    for (int i = 0; crs_codes[i]; i++)
        if (!strcasecmp(crs_codes[i], code))
            return true;
    error_fill(err, ERROR_INPUT, "there is no coordinate system \"%.40s\" here; there are", code);
    for (int i = 0; crs_codes[i]; i++)
        error_append(err, "%s %s", i ? "," : "", crs_codes[i]);
    return false;
}

static bool check_map(const struct import_kind *kind, const struct import_map *map,
                      struct error *err)
{
    for (const struct import_field *f = kind->fields; f->name; f++)
        if (!strcmp(f->name, map->field))
            return true;
    error_fill(err, ERROR_INPUT, "%s have no field \"%.40s\"; fields are", kind->name, map->field);
    for (const struct import_field *f = kind->fields; f->name; f++)
        error_append(err, "%s %s", f == kind->fields ? "" : ",", f->name);
    return false;
}

bool import_check(const struct import_request *q, struct error *err)
{
    enum encoding known;
    const struct import_kind *kind = import_find_kind(q->kind, err);
    if (!kind || !import_check_source(q->source, err) || !format_find(q->name, err) ||
        (q->crs && !check_crs(q->crs, err)) ||
        (q->encoding && !encoding_find(&known, q->encoding, err)))
        return false;
    for (int i = 0; i < q->map_count; i++)
        if (!check_map(kind, &q->maps[i], err))
            return false;
    return true;
}
