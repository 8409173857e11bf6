/* importers.c - the table of importers: one line each. */
#include "import/importers.h"

#define EACH(X)                                                                                    \
    X(facilities)                                                                                  \
    X(holdings)                                                                                    \
    X(substances)                                                                                  \
    X(areas)                                                                                       \
    X(places)                                                                                      \
    X(basins)                                                                                      \
    X(rivers)                                                                                      \
    X(sites)                                                                                       \
    X(samples)                                                                                     \
    X(incidents)                                                                                   \
    X(zones)                                                                                       \
    X(contaminated)                                                                                \
    X(stations)                                                                                    \
    X(thresholds)                                                                                  \
    X(stocks)                                                                                      \
    X(response_table1)                                                                             \
    X(response_table2)                                                                             \
    X(response_table3)                                                                             \
    X(response_guides)                                                                             \
    X(exports)                                                                                     \
    X(national)                                                                                    \
    X(scores)                                                                                      \
    X(industries)                                                                                  \
    X(priority)                                                                                    \
    X(layouts)

#define IMPORTER(name) &importer_##name,
#define KIND(name) &importer_##name.kind,

const struct importer *const importers[] = {EACH(IMPORTER) NULL};
static const struct import_kind *const kinds[] = {EACH(KIND) NULL};

const struct import_kind *const *import_kinds(void)
{
    return kinds;
}
