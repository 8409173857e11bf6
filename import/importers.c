/* importers.c - the table of importers: one line each. */
#include "import/importers.h"

const struct importer *const importers[] = {
    &importer_facilities, &importer_holdings, &importer_substances, &importer_areas, NULL,
};

enum { IMPORTERS = sizeof importers / sizeof *importers };

static const struct import_kind *const kinds[IMPORTERS] = {
    &importer_facilities.kind,
    &importer_holdings.kind,
    &importer_substances.kind,
    &importer_areas.kind,
    NULL,
};

const struct import_kind *const *import_kinds(void)
{
    return kinds;
}
