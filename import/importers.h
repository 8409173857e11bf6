/* importers.h - the importers, one a file; a new one is declared here and named in importers.c. */
#ifndef IMPORT_IMPORTERS_H
#define IMPORT_IMPORTERS_H

#include "import/run.h"

extern const struct importer importer_facilities;      /* facilities.c */
extern const struct importer importer_holdings;        /* holdings.c */
extern const struct importer importer_substances;      /* substances.c */
extern const struct importer importer_areas;           /* areas.c */
extern const struct importer importer_layouts;         /* layouts.c */
extern const struct importer importer_places;          /* places.c */
extern const struct importer importer_basins;          /* basins.c */
extern const struct importer importer_rivers;          /* rivers.c */
extern const struct importer importer_sites;           /* sites.c */
extern const struct importer importer_contaminated;    /* contaminated.c */
extern const struct importer importer_stations;        /* stations.c */
extern const struct importer importer_samples;         /* samples.c */
extern const struct importer importer_incidents;       /* incidents.c */
extern const struct importer importer_zones;           /* zones.c */
extern const struct importer importer_facilities;      /* facilities.c */
extern const struct importer importer_holdings;        /* holdings.c */
extern const struct importer importer_substances;      /* substances.c */
extern const struct importer importer_areas;           /* areas.c */
extern const struct importer importer_places;          /* places.c */
extern const struct importer importer_basins;          /* basins.c */
extern const struct importer importer_rivers;          /* rivers.c */
extern const struct importer importer_sites;           /* sites.c */
extern const struct importer importer_contaminated;    /* contaminated.c */
extern const struct importer importer_stations;        /* stations.c */
extern const struct importer importer_thresholds;      /* thresholds.c */
extern const struct importer importer_stocks;          /* stocks.c */
extern const struct importer importer_exports;         /* exports.c */
extern const struct importer importer_national;        /* national.c */
extern const struct importer importer_scores;          /* scores.c */
extern const struct importer importer_industries;      /* industries.c */
extern const struct importer importer_priority;        /* priority.c */
extern const struct importer importer_response_table1; /* response_table1.c */
extern const struct importer importer_response_table2; /* response_table2.c */
extern const struct importer importer_response_table3; /* response_table3.c */
extern const struct importer importer_response_guides; /* response_guides.c */

#endif
