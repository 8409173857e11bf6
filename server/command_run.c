/* hazatlas run: radar runs saved, listed, shown, compared, deleted. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/radar_run_store.h"
#include "gis/text.h"
#include "server/command_job.h"
#include "server/command_output.h"
#include "server/radar_flags.h"
#include "server/run_json.h"
#include "server/run_report.h"

enum action { ACTION_LIST, ACTION_SAVE, ACTION_SHOW, ACTION_COMPARE, ACTION_DELETE, ACTIONS };
static const char *const action_names[ACTIONS] = {"list", "save", "show", "compare", "delete"};

struct job {
    enum action action;
    const char *name, *note, *county, *format, *output;
    int64_t id, other; /* other 0 = now */
    long long limit;
    enum radar_of of;
    bool options_given;
    struct radar_options options;
};

/* ---- reading the line ---- */

static bool read_number(int64_t *out, const char *text, struct error *err)
{
    if (text && text_to_i64(out, text) && *out > 0)
        return true;
    return error_set(err, ERROR_INPUT,
                     "the number of a saved run is wanted, as `hazatlas run list` shows it");
}

static bool read_operands(struct job *job, const struct command_line *line, struct error *err)
{
    const char *first = line->operands[1], *second = line->operands[2];
    bool two = job->action == ACTION_COMPARE;
    if ((second && !two) || (first && job->action == ACTION_LIST))
        return error_set(err, ERROR_INPUT, "%s takes fewer words", action_names[job->action]);
    switch (job->action) {
    case ACTION_LIST: return true;
    case ACTION_SAVE:
        job->name = first;
        return first || error_set(err, ERROR_INPUT, "save wants a name");
    case ACTION_COMPARE:
        if (second && strcmp(second, "now") != 0 && !read_number(&job->other, second, err))
            return false;
        if (job->other && job->options_given)
            return error_set(err, ERROR_INPUT,
                             "saved runs have their own parameters; give some for now only");
        break;
    case ACTION_SHOW:
    case ACTION_DELETE:
    case ACTIONS: break;
    }
    return read_number(&job->id, first, err);
}

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    const char *action = line->operands[0] ? line->operands[0] : "list";
    const char *of = command_value(line, "of");
    enum sheet_format format;
    *job = (struct job){.action = ACTIONS,
                        .note = command_value(line, "note"),
                        .county = command_value(line, "county"),
                        .format = command_value(line, "format"),
                        .output = command_value(line, "output"),
                        .of = strcmp(of, "substances") ? RADAR_FACILITIES : RADAR_SUBSTANCES,
                        .options_given = radar_flags_any(line)};
    if (!command_int(&job->limit, line, "limit", 0, 100000))
        return false;
    for (int i = 0; i < ACTIONS; i++)
        if (!strcmp(action, action_names[i]))
            job->action = (enum action)i;
    if (job->action == ACTIONS)
        return error_set(err, ERROR_INPUT,
                         "list, save NAME, show N, compare N N|now or delete N is wanted");
    if (strcmp(of, "facilities") != 0 && strcmp(of, "substances") != 0)
        return error_set(err, ERROR_INPUT, "--of is facilities or substances");
    if (strcmp(job->format, "json") != 0 && !sheet_format_named(&format, job->format))
        return error_set(err, ERROR_INPUT, "--format is csv, xlsx or json");
    return radar_flags_options(&job->options, RADAR_FACILITIES, line, err) &&
           read_operands(job, line, err);
}

/* ---- doing it ---- */

struct now { /* a run of now with what it stands on */
    struct atlas *atlas;
    struct radar *radar;
    struct radar_run *run;
};

static bool make_now(struct now *now, const struct radar_options *options, struct db *db,
                     struct error *err)
{
    *now = (struct now){.atlas = atlas_load(db, err)};
    if (!now->atlas)
        return false;
    now->radar = radar_build(now->atlas, options);
    now->run = radar_run_new(now->radar);
    return true;
}

static void free_now(struct now *now)
{
    radar_run_free(now->run);
    radar_free(now->radar);
    atlas_free(now->atlas);
}

static void print_head(const struct radar_run_head *h)
{
    char day[32] = "";
    time_t t = (time_t)h->created_at;
    struct tm utc;
    strftime(day, sizeof day, "%Y-%m-%d %H:%M", gmtime_r(&t, &utc));
    printf("%lld  %s UTC  atlas %llu  %u of %u facilities scored  %.1f kB  %s%s%s%s\n",
           (long long)h->id, day, (unsigned long long)h->atlas, h->scored, h->facilities,
           (double)h->bytes / 1000, h->name, *h->parameters ? "  (" : "", h->parameters,
           *h->parameters ? ")" : "");
}

static bool list(struct db *db, struct error *err)
{
    struct radar_run_list runs;
    if (!radar_run_list(&runs, 0, RADAR_RUNS_MAX, db, err))
        return false;
    for (int i = 0; i < runs.count; i++)
        print_head(&runs.heads[i]);
    if (!runs.count)
        puts("No run is saved.");
    radar_run_list_free(&runs);
    return true;
}

static bool save(const struct job *job, struct db *db, struct error *err)
{
    struct now now;
    struct radar_run_list saved;
    if (!make_now(&now, &job->options, db, err))
        return false;
    bool ok = radar_run_save(&saved, now.run, job->name, job->note, db, err);
    if (ok) {
        fputs("Saved: ", stdout);
        print_head(&saved.heads[0]);
        radar_run_list_free(&saved);
    }
    free_now(&now);
    return ok;
}

static bool delete_run(const struct job *job, struct db *db, struct error *err)
{
    struct radar_run_list gone;
    if (!radar_run_delete(&gone, job->id, db, err))
        return false;
    fputs("Deleted: ", stdout);
    print_head(&gone.heads[0]);
    radar_run_list_free(&gone);
    return true;
}

static bool show(const struct job *job, struct db *db, struct error *err)
{
    enum sheet_format format;
    struct buf out = {.data = NULL};
    struct radar_run *run = radar_run_load(job->id, db, err);
    bool ok = run;
    if (run && sheet_format_named(&format, job->format)) {
        ok = command_output_sheet(job->output, run_report_sheet(run, NULL, format, err), err);
    } else if (run) {
        run_report_json(&out, run, 0, job->limit);
        buf_char(&out, '\n');
        ok = command_output(job->output, &out, err);
    }
    radar_run_free(run);
    return ok;
}

static bool write_comparison(const struct job *job, const struct radar_run *before,
                             const struct radar_run *after, struct error *err)
{
    enum sheet_format format;
    struct buf out = {.data = NULL};
    struct run_compare *compare = run_compare_new(before, after, job->county);
    struct run_reasons *reasons = run_reasons_new(compare);
    struct run_comparison c = {
        .compare = compare, .reasons = reasons, .of = job->of, .county = job->county};
    bool ok;
    if (sheet_format_named(&format, job->format)) {
        ok = command_output_sheet(job->output, run_comparison_sheet(&c, format, err), err);
    } else {
        run_comparison_json(&out, &c, job->limit);
        buf_char(&out, '\n');
        ok = command_output(job->output, &out, err);
    }
    run_reasons_free(reasons);
    run_compare_free(compare);
    return ok;
}

static bool compare(const struct job *job, struct db *db, struct error *err)
{
    struct now now = {.atlas = NULL};
    struct radar_run *before = radar_run_load(job->id, db, err), *after = NULL;
    bool ok = before;
    if (ok && job->other)
        ok = (after = radar_run_load(job->other, db, err));
    else if (ok)
        ok = make_now(&now, job->options_given ? &job->options : &before->options, db, err);
    if (ok && job->county && !now.atlas)
        ok = (now.atlas = atlas_load(db, err));
    if (ok && job->county && atlas_find_county(now.atlas, job->county) < 0)
        ok = error_set(err, ERROR_INPUT, "no county has the code \"%.40s\"", job->county);
    if (ok)
        ok = write_comparison(job, before, after ? after : now.run, err);
    radar_run_free(before);
    radar_run_free(after);
    free_now(&now);
    return ok;
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    switch (job->action) {
    case ACTION_LIST: return list(db, err);
    case ACTION_SAVE: return save(job, db, err);
    case ACTION_SHOW: return show(job, db, err);
    case ACTION_COMPARE: return compare(job, db, err);
    case ACTION_DELETE: return delete_run(job, db, err);
    case ACTIONS: break;
    }
    return false;
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct operand operands[] = {
    {"ACTION", "list (without an action too), save, show, compare or delete"},
    {"RUN", "save: the name; else the number of a saved run"},
    {"OTHER", "compare: the number of a later run, or now"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "note", .value = "TEXT", .about = "save: what it is for"},
    {.name = "of",
     .value = "WHAT",
     .fallback = "facilities",
     .about = "compare: facilities or substances"},
    {.name = "county", .value = "CODE", .about = "compare: only facilities of this county"},
    {.name = "limit",
     .value = "N",
     .fallback = "50",
     .about = "rows of each list in JSON; tables hold all"},
    {.name = "format",
     .value = "FORMAT",
     .fallback = "csv",
     .about = "show, compare: csv, xlsx or json"},
    {.name = "output",
     .letter = 'o',
     .value = "FILE",
     .fallback = "-",
     .about = "show, compare: file to write; - = standard output"},
    RADAR_FLAGS,
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_run = {
    .name = "run",
    .summary = "Saves warning radar scores under a name and compares them with others or with now",
    .about =
        "A run holds the scores of all facilities and substances of the present atlas, with raw\n"
        "values, classes and class limits; it stays when facilities change or go. compare says "
        "who\n"
        "rose, fell, is new or has gone, and why: parts that add up to the difference, by what a\n"
        "facility reports itself, by the others and the class limits, by the year, by the\n"
        "parameters. A comparison with now has the run's parameters unless others are given.",
    .operands = operands,
    .optional = 3,
    .options = options,
    .run = run,
};
