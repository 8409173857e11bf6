/* hazatlas radar: lists by warning radar score, one score explained or drawn, sensitivity; from the
 * database, without a server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gis/mem.h"
#include "gis/text.h"
#include "server/command_job.h"
#include "server/command_output.h"
#include "server/list_page.h"
#include "server/radar_flags.h"
#include "server/radar_list.h"
#include "server/radar_query.h"
#include "server/reply.h"

enum { OUTPUT_MAX_GB = 8 }; /* of JSON */

enum what { WHAT_SUBSTANCES, WHAT_FACILITIES, WHAT_EXPLAIN, WHAT_CHART, WHAT_SENSITIVITY, WHATS };
static const char *const what_names[WHATS] = {"substances", "facilities", "explain", "chart",
                                              "sensitivity"};

/* The options that are passed on as parameters of a request. */
static const char *const filters[] = {"county", "township", "industry", "cas", "min-score", NULL};

struct job {
    const struct command_line *line;
    enum what what;
    enum radar_of of;
    const char *subject; /* of explain and chart: number of a facility or CAS number */
    const char *format, *output;
    int64_t limit;
    struct radar_options options;
};

/* ---- reading the line ---- */

/* The format that is told, else that of the file's ending, else CSV. */
static bool read_format(struct job *job, struct error *err)
{
    const char *ending = strrchr(job->output, '.');
    job->format = command_value(job->line, "format");
    for (int i = 0; !job->format && ending && list_format_names[i]; i++)
        if (!strcmp(ending + 1, list_format_names[i]))
            job->format = list_format_names[i];
    if (!job->format)
        job->format = "csv";
    bool known = false;
    for (int i = 0; list_format_names[i]; i++)
        known |= !strcmp(job->format, list_format_names[i]);
    if (!known || (job->what == WHAT_SUBSTANCES && !strcmp(job->format, "geojson")))
        return error_set(err, ERROR_INPUT, "--format is csv, xlsx, json%s, not \"%.40s\"",
                         job->what == WHAT_SUBSTANCES ? "" : " or geojson", job->format);
    if (!strcmp(job->format, "xlsx") && !strcmp(job->output, "-") && isatty(STDOUT_FILENO))
        return error_set(err, ERROR_INPUT, "an XLSX wants a file: -o FILE");
    return true;
}

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    const char *limit = command_value(line, "limit");
    *job = (struct job){.line = line,
                        .what = WHATS,
                        .output = command_value(line, "output"),
                        .subject = line->operands[1],
                        .limit = INT64_MAX};
    for (int i = 0; i < WHATS; i++)
        if (!strcmp(line->operands[0], what_names[i]))
            job->what = (enum what)i;
    if (job->what == WHATS)
        return error_set(err, ERROR_INPUT,
                         "there is no \"%.40s\"; there are: substances, facilities, explain ID, "
                         "chart ID, sensitivity",
                         line->operands[0]);
    bool one = job->what == WHAT_EXPLAIN || job->what == WHAT_CHART;
    if (one != (job->subject != NULL))
        return error_set(err, ERROR_INPUT, "%s %s", what_names[job->what],
                         one ? "wants the number of a facility or a CAS number"
                             : "takes no further word");
    bool substance =
        job->what == WHAT_SUBSTANCES || (one && strchr(job->subject, '-')) ||
        (job->what == WHAT_SENSITIVITY && !strcmp(command_value(line, "of"), "substances"));
    job->of = substance ? RADAR_SUBSTANCES : RADAR_FACILITIES;
    if (limit && (!text_to_i64(&job->limit, limit) || job->limit < 1))
        return error_set(err, ERROR_INPUT, "--limit must be a whole number from 1, not \"%.40s\"",
                         limit);
    return radar_flags_options(&job->options, job->of, line, err) &&
           (job->what > WHAT_FACILITIES || read_format(job, err));
}

/* ---- the same as requests ---- */

struct asked { /* a request that nobody sent */
    struct request request;
    char path[200];
    char *names[HTTP_PARAMETERS_MAX]; /* owned */
};

/* An option as a parameter: --min-score becomes min_score. */
static void pass_on(struct asked *a, const struct command_line *line, const char *option)
{
    const char *value = command_value(line, option);
    struct request *r = &a->request;
    if (!value || r->query_count == HTTP_PARAMETERS_MAX)
        return;
    char *name = mem_copy(option);
    for (char *c = name; *c; c++)
        if (*c == '-')
            *c = '_';
    a->names[r->query_count] = name;
    r->query[r->query_count].name = name;
    r->query[r->query_count++].value = value;
}

static void pass_on_options(struct asked *a, const struct command_line *line)
{
    static const char *const options[] = {
        "weights", "order",    "substance-weights", "substance-order", "angle",
        "rescale", "official", "incidents-from",    "incidents-to",    NULL};
    for (const char *const *o = options; *o; o++)
        pass_on(a, line, *o);
}

static struct request empty_request(struct snapshot *s, struct db *db)
{
    return (struct request){.method = "GET",
                            .path = "/api/v1/radar",
                            .accept = "",
                            .accept_language = "",
                            .if_none_match = "",
                            .base_url = "",
                            .snapshot = s,
                            .db = db};
}

static void free_asked(struct asked *a)
{
    for (int i = 0; i < HTTP_PARAMETERS_MAX; i++)
        free(a->names[i]);
}

/* What the server would answer: explain, chart, sensitivity. */
static bool answer(struct buf *out, const struct job *job, struct snapshot *s, struct db *db,
                   struct error *err)
{
    struct asked a = {.request = empty_request(s, db)};
    struct reply reply = {.status = 200};
    const char *of = job->of == RADAR_FACILITIES ? "facilities" : "substances";
    if (job->what == WHAT_SENSITIVITY)
        snprintf(a.path, sizeof a.path, "/api/v1/radar/sensitivity");
    else
        snprintf(a.path, sizeof a.path, "/api/v1/radar/%s/%.60s%s", of, job->subject,
                 job->what == WHAT_CHART ? ".svg" : "/explain");
    a.request.path = a.path;
    pass_on_options(&a, job->line);
    if (job->what == WHAT_SENSITIVITY) {
        pass_on(&a, job->line, "of");
        pass_on(&a, job->line, "points");
        pass_on(&a, job->line, "top");
    }
    if (job->what == WHAT_CHART)
        pass_on(&a, job->line, "theme");
    const struct route *route = route_find(&a.request, err);
    bool ok =
        route && route_check(route, &a.request, err) && route->handler(&reply, &a.request, err);
    if (ok) {
        *out = reply.body;
        reply.body = (struct buf){.data = NULL};
    }
    reply_free(&reply);
    free_asked(&a);
    return ok;
}

/* ---- lists ---- */

static void write_json(struct buf *out, const struct radar_list *l)
{
    struct json j = {.out = out};
    json_open(&j, NULL, '{');
    radar_list_write_head(&j, l);
    radar_list_write_rows(&j, l);
    json_int(&j, "matched", l->count);
    json_close(&j, '}');
    buf_char(out, '\n');
}

static bool write_list(const struct job *job, const struct radar_list *l, struct error *err)
{
    struct buf out = {.max = (size_t)OUTPUT_MAX_GB << 30};
    enum sheet_format format;
    if (sheet_format_named(&format, job->format))
        return command_output_sheet(job->output, radar_list_sheet(l, format, err), err);
    if (!strcmp(job->format, "json"))
        write_json(&out, l);
    else
        radar_list_write_geojson(&out, l, NULL);
    return command_output(job->output, &out, err);
}

static bool read_sort(enum radar_sort *out, const char *name, struct error *err)
{
    for (int i = 0; i < RADAR_SORTS; i++)
        if (!strcmp(name, radar_sort_names[i]))
            return *out = (enum radar_sort)i, true;
    return error_set(err, ERROR_INPUT, "--sort is area, mean or geometric, not \"%.40s\"", name);
}

static bool list(const struct job *job, struct snapshot *s, struct db *db, struct error *err)
{
    struct asked a = {.request = empty_request(s, db)};
    struct radar_filter filter;
    struct radar_list l;
    enum radar_sort sort;
    for (const char *const *f = filters; *f; f++)
        pass_on(&a, job->line, *f);
    bool ok = radar_query_filter(&filter, &a.request, err) &&
              read_sort(&sort, command_value(job->line, "sort"), err);
    free_asked(&a);
    if (!ok)
        return false;
    radar_list_make(&l, s, job->of, &job->options, &filter, sort, 0, job->limit);
    ok = write_list(job, &l, err);
    if (ok && strcmp(job->output, "-") != 0)
        printf("%s: %lld of %u %s by warning radar score, atlas %llu\n", job->output,
               (long long)l.end, l.count, what_names[job->what],
               (unsigned long long)s->atlas->number);
    radar_list_free(&l);
    return ok;
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    struct atlas *atlas = atlas_load(db, err);
    if (!atlas)
        return false;
    struct snapshot *s = snapshot_new(atlas);
    struct buf out = {.data = NULL};
    bool ok;
    if (job->what <= WHAT_FACILITIES) {
        ok = list(job, s, db, err);
    } else {
        ok = answer(&out, job, s, db, err);
        if (ok && job->what != WHAT_CHART)
            buf_char(&out, '\n');
        ok = ok && command_output(job->output, &out, err);
    }
    snapshot_release(s);
    return ok;
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct operand operands[] = {
    {"WHAT", "substances, facilities (lists), explain ID, chart ID, sensitivity"},
    {"ID", "of explain and chart: number of a facility, or a CAS number"},
    {NULL, NULL},
};

static const struct option options[] = {
    RADAR_FLAGS,
    {.name = "county", .value = "CODE", .about = "lists: only this county"},
    {.name = "township", .value = "CODE", .about = "lists: only this township"},
    {.name = "industry", .value = "NAME", .about = "lists: only this industry, as reported"},
    {.name = "cas", .value = "CAS", .about = "lists: only facilities that hold this substance"},
    {.name = "min-score", .value = "N", .about = "lists: only scores from this on"},
    {.name = "sort",
     .value = "BY",
     .fallback = "area",
     .about = "lists: area, mean (over all orders of the axes) or geometric"},
    {.name = "limit", .value = "N", .about = "lists: so many rows; all without"},
    {.name = "format",
     .value = "FORMAT",
     .about = "csv, xlsx, json, geojson; by the ending of FILE without, else csv"},
    {.name = "theme", .value = "NAME", .fallback = "day", .about = "of chart: day or night"},
    {.name = "of",
     .value = "WHOSE",
     .fallback = "facilities",
     .about = "of sensitivity: facilities or substances"},
    {.name = "points",
     .value = "N",
     .fallback = "5",
     .about = "of sensitivity: percent points that a weight moves"},
    {.name = "top", .value = "N", .fallback = "100", .about = "of sensitivity: how many first"},
    COMMAND_OUTPUT_OPTION,
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_radar = {
    .name = "radar",
    .summary = "Lists substances and facilities by warning radar score, explains and draws one",
    .about =
        "Comes out: of a list CSV (UTF-8), XLSX with its parameters on a second sheet, JSON or\n"
        "GeoJSON (EPSG:4326), all rows, quantities in kg; explain: JSON with raw values, source\n"
        "rows, class limits and arithmetic; chart: SVG; sensitivity: JSON, how many of the first\n"
        "stay when one weight moves. The same parameters give the same answers as the server.",
    .operands = operands,
    .optional = 1,
    .options = options,
    .run = run,
};
