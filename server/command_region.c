/* hazatlas region: radar scores summed up by county, township or hexagon. */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "server/command.h"
#include "server/command_output.h"
#include "server/radar_flags.h"
#include "server/region_report.h"
#include "server/stop.h"
#include "server/store.h"

struct job {
    struct region_wish wish;
    struct radar_options options;
    const char *format, *output;
};

static bool read_job(struct job *job, const struct command_line *line, struct error *err)
{
    static const char *const formats[] = {"csv", "xlsx", "json", "geojson"};
    const char *runs = command_value(line, "runs");
    bool known = false;
    *job = (struct job){.format = command_value(line, "format"),
                        .output = command_value(line, "output"),
                        .wish.query.county = command_value(line, "county")};
    for (int i = 0; i < 4; i++)
        known |= !strcmp(job->format, formats[i]);
    if (!known)
        return error_set(err, ERROR_INPUT, "--format is csv, xlsx, json or geojson, not \"%.40s\"",
                         job->format);
    return region_wish_by(&job->wish, command_value(line, "by"), err) &&
           region_wish_borders(&job->wish, command_value(line, "borders"), err) &&
           (!runs || region_wish_runs(&job->wish, runs, err)) &&
           radar_flags_options(&job->options, RADAR_FACILITIES, line, err);
}

static bool write_report(const struct job *job, const struct region_report *report, struct db *db,
                         struct error *err)
{
    struct buf out = {.data = NULL};
    enum sheet_format format;
    if (sheet_format_named(&format, job->format)) {
        struct sheet *sheet = region_report_sheet(report, format, err);
        return sheet && sheet_finish_file(job->output, sheet, err);
    }
    bool ok = true;
    if (!strcmp(job->format, "json"))
        region_report_json(&out, report);
    else
        ok = region_report_geojson(&out, report, db, err);
    buf_char(&out, '\n');
    ok = ok && command_output(job->output, &out, err);
    buf_free(&out);
    return ok;
}

static bool do_job(const struct job *job, struct db *db, struct error *err)
{
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
        region_report_free(&report);
    }
    radar_free(radar);
    atlas_free(atlas);
    return ok;
}

static int run(const struct command_line *line)
{
    struct error err = {.kind = ERROR_NONE};
    struct store store;
    struct job job;
    long long size, zoom;
    if (!command_int(&size, line, "size", HEXAGON_SIZE_MIN, HEXAGON_SIZE_MAX) ||
        !command_int(&zoom, line, "zoom", 0, REGION_ZOOM_MAX))
        return EXIT_USAGE;
    if (!read_job(&job, line, &err)) {
        command_fail(&err);
        return EXIT_USAGE;
    }
    job.wish.query.size = (int)size;
    job.wish.zoom = (int)zoom;
    stop_hold();
    if (!store_open(&store, command_value(line, "data"), &err))
        return command_fail(&err);
    bool ok = do_job(&job, store.db, &err);
    store_close(&store);
    return ok ? 0 : command_fail(&err);
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
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .fallback = "-",
     .about = "file to write; - = standard output"},
    {.name = "borders",
     .value = "HOW",
     .fallback = "simplified",
     .about = "of GeoJSON: simplified, full or none"},
    {.name = "zoom",
     .value = "N",
     .fallback = "8",
     .about = "simplified borders stray at most half a pixel of this zoom"},
    RADAR_FLAGS,
    {.name = "data",
     .value = "DIR",
     .fallback = "./var",
     .about = "folder of the private database"},
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
