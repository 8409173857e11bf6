/* hazatlas region: radar scores summed up by county, township or hexagon. */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "server/command_job.h"
#include "server/command_output.h"
#include "server/radar_flags.h"
#include "server/region_report.h"

struct job {
    struct region_wish wish;
    struct radar_options options;
    const char *format, *output;
};

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    const char *runs = command_value(line, "runs");
    long long size, zoom;
    if (!command_int(&size, line, "size", HEXAGON_SIZE_MIN, HEXAGON_SIZE_MAX) ||
        !command_int(&zoom, line, "zoom", 0, REGION_ZOOM_MAX))
        return false;
    *job =
        (struct job){.output = command_value(line, "output"),
                     .wish = {.query = {.county = command_value(line, "county"), .size = (int)size},
                              .zoom = (int)zoom}};
    return command_output_format(&job->format, line, err) &&
           region_wish_by(&job->wish, command_value(line, "by"), err) &&
           region_wish_borders(&job->wish, command_value(line, "borders"), err) &&
           (!runs || region_wish_runs(&job->wish, runs, err)) &&
           radar_flags_options(&job->options, RADAR_FACILITIES, line, err);
}

static bool write_report(const struct job *job, const struct region_report *report, struct db *db,
                         struct error *err)
{
    struct buf out = {.data = NULL};
    enum sheet_format format;
    if (sheet_format_named(&format, job->format))
        return command_output_sheet(job->output, region_report_sheet(report, format, err), err);
    if (!strcmp(job->format, "json")) {
        region_report_json(&out, report);
    } else if (!region_report_geojson(&out, report, db, err)) {
        buf_free(&out);
        return false;
    }
    buf_char(&out, '\n');
    return command_output(job->output, &out, err);
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    struct region_report report;
    struct atlas *atlas = atlas_load(db, err);
    const char *county = job->wish.query.county;
    if (!atlas)
        return false;
    bool ok = !county || atlas_find_county(atlas, county) >= 0 ||
              error_set(err, ERROR_INPUT, "no county has the code \"%.40s\"", county);
    struct radar *radar = ok ? radar_build(atlas, &job->options) : NULL;
    if (ok)
        ok = region_report_make(&report, radar, &job->wish, db, err);
    if (ok) {
        ok = write_report(job, &report, db, err);
        if (ok && region_report_mixed(&report))
            fputs("hazatlas region: note: a run was made with other parameters than these, so its "
                  "changes are of parameters and of data at once (same_parameters)\n",
                  stderr);
        region_report_free(&report);
    }
    radar_free(radar);
    atlas_free(atlas);
    return ok;
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct option options[] = {
    {.name = "by", .value = "KIND", .fallback = "county", .about = "county, township or hexagon"},
    {.name = "size",
     .value = "METRES",
     .fallback = "5000",
     .about =
         "of hexagons: across flats; their grid is EPSG:3826 from 0, 0, a corner in the north"},
    {.name = "county", .value = "CODE", .about = "only facilities of this county"},
    {.name = "runs", .value = "LIST", .about = "saved runs to compare with, e.g. 12,15"},
    {.name = "format",
     .value = "FORMAT",
     .fallback = "csv",
     .about = "csv, xlsx, json or geojson (EPSG:4326)"},
    COMMAND_OUTPUT_OPTION,
    {.name = "borders",
     .value = "HOW",
     .fallback = "simplified",
     .about = "of GeoJSON: simplified, full or none"},
    {.name = "zoom",
     .value = "N",
     .fallback = "8",
     .about = "simplified borders stray at most half a pixel of this zoom"},
    RADAR_FLAGS,
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_region = {
    .name = "region",
    .summary = "Sums warning radar scores up by county, township or hexagon",
    .about =
        "Comes out, a row a region: facilities, those with a score, sum, mean, maximum and 90th\n"
        "percentile (nearest rank) of the scores, quantity in kg; with --runs the same of saved\n"
        "runs, a row a region and run, and what changed since.",
    .options = options,
    .run = run,
};
