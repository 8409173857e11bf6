/* hazatlas anomaly: reported quantities out of the ordinary. */
#include <string.h>

#include "server/anomaly_view.h"
#include "server/command_job.h"
#include "server/command_output.h"

struct job {
    const char *format, *output, *county;
    struct anomaly_filter filter;
};

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    static const char *const names[] = {"scale",     "method", "allowed", "kind",
                                        "behaviour", "from",   "to"};
    struct job *job = ctx;
    *job = (struct job){.output = command_value(line, "output"),
                        .county = command_value(line, "county"),
                        .filter = anomaly_filter_default};
    job->filter.cas = command_value(line, "cas");
    job->filter.latest = command_value(line, "latest");
    if (!command_output_format(&job->format, line, err))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = command_value(line, names[i]);
        if (value && !anomaly_filter_set(&job->filter, names[i], value, err))
            return false;
    }
    return anomaly_filter_check(&job->filter, err);
}

static bool write_view(const struct job *job, const struct anomaly_view *v, struct error *err)
{
    struct buf out = {.data = NULL};
    struct json j = {.out = &out};
    enum sheet_format format;
    if (sheet_format_named(&format, job->format))
        return command_output_sheet(job->output, anomaly_view_sheet(v, format, err), err);
    if (!strcmp(job->format, "geojson")) {
        anomaly_view_write_geojson(&out, v, NULL);
    } else {
        json_open(&j, NULL, '{');
        anomaly_view_write_head(&j, v);
        anomaly_view_write_rows(&j, v, true);
        json_int(&j, "matched", v->count);
        json_int(&j, "hidden", v->hidden);
        json_close(&j, '}');
    }
    buf_char(&out, '\n');
    return command_output(job->output, &out, err);
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    struct job *job = ctx;
    struct atlas *atlas = atlas_load(db, err);
    struct snapshot *s = atlas ? snapshot_new(atlas) : NULL;
    struct anomaly_view v;
    bool ok = s;
    if (ok && job->county && (job->filter.county = atlas_find_county(s->atlas, job->county)) < 0)
        ok = error_set(err, ERROR_INPUT, "no county has the code \"%.40s\"", job->county);
    if (ok && job->filter.cas && atlas_find_substance(s->atlas, job->filter.cas) < 0)
        ok = error_set(err, ERROR_INPUT, "no substance \"%.40s\" is known here", job->filter.cas);
    const struct anomaly_list *l = ok ? anomaly_list_take(s, job->filter.scale, db, err) : NULL;
    if (l) {
        anomaly_view_make(&v, l, s->atlas, &job->filter, 0, INT64_MAX);
        ok = write_view(job, &v, err);
        anomaly_view_free(&v);
        anomaly_list_put(s, l);
    }
    snapshot_release(s);
    return l && ok;
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct option options[] = {
    {.name = "method",
     .value = "WHO",
     .fallback = "mean",
     .about = "mean (+- 3 s), median (+- 3 x 1.4826 MAD), either or both"},
    {.name = "scale", .value = "SCALE", .fallback = "linear", .about = "linear or log"},
    {.name = "kind", .value = "KIND", .fallback = "all", .about = "high, low or all"},
    {.name = "allowed",
     .value = "HOW",
     .fallback = "hide",
     .about = "those on the whitelist: hide, show or only"},
    {.name = "county", .value = "CODE", .about = "only this county"},
    {.name = "cas", .value = "CAS", .about = "only this substance"},
    {.name = "behaviour", .value = "NAME", .about = "only manufacture, import, use, store …"},
    {.name = "from", .value = "DAY", .about = "only periods that end on this day or later"},
    {.name = "to", .value = "DAY", .about = "only periods that end on this day or before"},
    {.name = "latest", .about = "only the latest value of each series"},
    {.name = "format", .value = "FORMAT", .fallback = "csv", .about = "csv, xlsx, json, geojson"},
    COMMAND_OUTPUT_OPTION,
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_anomaly = {
    .name = "anomaly",
    .summary = "Lists reported quantities that are out of the ordinary",
    .about = "Each quantity is judged by the 12 values (at least 6) that the same facility,\n"
             "substance, behaviour, source and length of period reported before it. Comes out,\n"
             "furthest past its limit first: quantity in kg (L where a series is in litres),\n"
             "limits by mean and by median, who calls it out of the ordinary.",
    .options = options,
    .run = run,
};
