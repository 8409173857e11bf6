/* The route tables, most asked for first. Adding an endpoint: declare its table in api.h, list it
 * below. */
#include "server/api.h"

/* A line each. */
/* clang-format off */
const struct route *const route_tables[] = {
    heat_tile_routes, /* before the layers of any name */
    tile_routes,
    status_routes,
    heat_routes,
    heat_tif_routes,
    heat_contour_routes,
    heat_zonal_routes,
    heat_compare_routes,
    radar_routes,
    region_routes,
    run_routes,
    explain_routes,
    chart_routes,
    stability_routes,
    facility_routes,
    facilities_routes,
    choice_routes,
    search_routes,
    substance_routes,
    packet_routes,
    ogc_routes,
    docs_routes,
    review_routes,
    record_routes,
    layout_routes,
    import_routes,
    batch_routes,
    kind_routes,
    undo_routes,
    quality_routes,
    priority_routes,
    threshold_routes,
    threshold_check_routes,
    threshold_assign_routes,
    anomaly_routes,
    anomaly_allowed_routes,
    NULL,
};
/* clang-format on */
