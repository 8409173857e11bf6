/* api.h - route tables of the resources under /api/v1 and /ogc; routes.c lists them. */
#ifndef SERVER_API_H
#define SERVER_API_H

#include "server/route.h"

extern const struct route tile_routes[];         /* api_tiles.c */
extern const struct route heat_tile_routes[];    /* api_heat_tiles.c */
extern const struct route heat_routes[];         /* api_heat.c */
extern const struct route heat_tif_routes[];     /* api_heat_tif.c */
extern const struct route heat_contour_routes[]; /* api_heat_contour.c */
extern const struct route heat_zonal_routes[];   /* api_heat_zonal.c */
extern const struct route heat_compare_routes[]; /* api_heat_compare.c */
extern const struct route radar_routes[];        /* api_radar.c */
extern const struct route region_routes[];       /* api_regions.c: radar scores by region */
extern const struct route run_routes[];          /* api_runs.c: saved radar runs */
extern const struct route explain_routes[];      /* api_radar_explain.c: one score explained */
extern const struct route chart_routes[];        /* api_radar_svg.c: radars as SVG */
extern const struct route stability_routes[];    /* api_radar_sensitivity.c */
extern const struct route facility_routes[];     /* api_facility.c: one facility */
extern const struct route facilities_routes[];   /* api_facilities.c: lists, counties */
extern const struct route choice_routes[];       /* api_choices.c: townships, industries */
extern const struct route search_routes[];       /* api_search.c */
extern const struct route substance_routes[];    /* api_substances.c */
extern const struct route packet_routes[];       /* api_packets.c */
extern const struct route review_routes[];       /* api_reviews.c: doubtful matches */
extern const struct route ogc_routes[];          /* ogc_routes.c */
extern const struct route status_routes[];       /* api_status.c: how the server is */
extern const struct route record_routes[];       /* api_records.c: families of records */
extern const struct route import_routes[];       /* api_imports.c: files sent, jobs */
extern const struct route batch_routes[];        /* api_batches.c: what was published */
extern const struct route kind_routes[];         /* api_kinds.c: what can be imported, templates */
extern const struct route priority_routes[];     /* api_priority.c: companies in their order */
extern const struct route threshold_routes[];    /* api_thresholds.c: regulated quantities */
extern const struct route anomaly_routes[]; /* api_anomalies.c: quantities out of the ordinary */
extern const struct route threshold_assign_routes[]; /* api_threshold_assign.c */
extern const struct route anomaly_allowed_routes[];  /* api_anomaly_allowed.c */
extern const struct route threshold_check_routes[];  /* api_threshold_check.c */
extern const struct route quality_routes[];          /* api_quality.c: how good the data are */
extern const struct route undo_routes[];             /* api_undo.c: an import undone */
extern const struct route layout_routes[];           /* api_layouts.c */
extern const struct route docs_routes[];             /* api_docs.c: /api, /api.html */

#endif
