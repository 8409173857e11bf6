/* importers.c - the table of importers: one line each. */
#include "import/importers.h"

const struct importer *const importers[] = {
    &importer_facilities,
    &importer_holdings,
    &importer_substances,
    &importer_areas,
    &importer_places,
    &importer_basins,
    &importer_rivers,
    &importer_sites,
    &importer_contaminated,
    &importer_stations,
    NULL,
};

static const struct import_kind *const kinds[] = {
    &importer_facilities.kind,
    &importer_holdings.kind,
    &importer_substances.kind,
    &importer_areas.kind,
    &importer_places.kind,
    &importer_basins.kind,
    &importer_rivers.kind,
    &importer_sites.kind,
    &importer_contaminated.kind,
    &importer_stations.kind,
    NULL,
};

const struct import_kind *const *import_kinds(void)
{
    return kinds;
}
