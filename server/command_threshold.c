/* hazatlas threshold: what facilities have on site against the regulated quantities, quantities by
 * hand, and which substance is of which item. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "server/command_job.h"
#include "server/command_output.h"
#include "server/input_file.h"
#include "server/threshold_assign.h"
#include "server/threshold_hand.h"
#include "server/threshold_view.h"

enum { FILE_MAX_BYTES = 1024 * 1024 };

struct job {
    const struct command_line *line;
    const char *action, *what, *rule_set, *format, *output, *county;
    struct buf in; /* the file of check */
    struct threshold_filter filter;
};

/* ---- list ---- */

static bool write_view(const struct job *job, const struct threshold_view *v, struct error *err)
{
    struct buf out = {.data = NULL};
    struct json j = {.out = &out};
    enum sheet_format format;
    if (sheet_format_named(&format, job->format))
        return command_output_sheet(job->output, threshold_view_sheet(v, format, err), err);
    if (!strcmp(job->format, "geojson")) {
        threshold_view_write_geojson(&out, v, NULL);
    } else {
        json_open(&j, NULL, '{');
        threshold_view_write_head(&j, v);
        threshold_view_write_rows(&j, v);
        json_int(&j, "matched", v->count);
        json_close(&j, '}');
    }
    buf_char(&out, '\n');
    return command_output(job->output, &out, err);
}

static bool list(struct job *job, struct db *db, struct error *err)
{
    struct atlas *atlas = atlas_load(db, err);
    struct snapshot *s = atlas ? snapshot_new(atlas) : NULL;
    struct threshold_view v;
    bool ok = s;
    if (ok && job->county && (job->filter.county = atlas_find_county(s->atlas, job->county)) < 0)
        ok = error_set(err, ERROR_INPUT, "no county has the code \"%.40s\"", job->county);
    const struct threshold_list *l =
        ok ? threshold_list_take(s, job->rule_set ? job->rule_set : threshold_default_set, db, err)
           : NULL;
    if (l) {
        threshold_view_make(&v, l, s->atlas, &job->filter, 0, INT64_MAX);
        ok = write_view(job, &v, err);
        threshold_view_free(&v);
        threshold_list_put(s, l);
    }
    snapshot_release(s);
    return l && ok;
}

/* ---- by hand ---- */

static bool read_file(struct buf *out, const char *path, const char *output, struct error *err)
{
    FILE *f = strcmp(path, "-") != 0 ? fopen(path, "rb") : stdin;
    char part[4096];
    size_t n;
    if (!f)
        return error_set(err, ERROR_NOT_FOUND, "%s cannot be opened", path);
    out->max = FILE_MAX_BYTES;
    if (!input_file_kept(output, fileno(f), NULL, 0, err)) {
        if (f != stdin)
            fclose(f);
        return false;
    }
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_add(out, part, n);
    bool ok = !ferror(f);
    if (f != stdin)
        fclose(f);
    if (!ok)
        return error_set(err, ERROR_SYSTEM, "%s cannot be read", path);
    return !out->overflow ||
           error_set(err, ERROR_TOO_LARGE, "%s is larger than %d bytes", path, FILE_MAX_BYTES);
}

static bool check(struct job *job, struct db *db, struct error *err)
{
    struct buf out = {.data = NULL};
    struct json j = {.out = &out};
    struct json_in *document = json_in_parse(buf_string(&job->in), job->in.len, err);
    struct threshold_hand *h =
        document ? threshold_hand_read(json_in_root(document), db, err) : NULL;
    bool ok = h;
    if (ok) {
        threshold_hand_write(&j, h);
        buf_char(&out, '\n');
        ok = command_output(job->output, &out, err);
    }
    threshold_hand_free(h);
    if (document)
        json_in_free(document);
    return ok;
}

/* ---- whose item ---- */

static bool assign(const struct job *job, struct db *db, struct error *err)
{
    const struct command_line *line = job->line;
    const char *soluble = command_value(line, "water-soluble");
    bool cas = text_cas_valid(job->what);
    struct threshold_assign a = {.rule_set = job->rule_set,
                                 .cas = cas ? job->what : NULL,
                                 .reported_name = cas ? NULL : job->what,
                                 .category = command_value(line, "category"),
                                 .item_no = command_value(line, "item-no"),
                                 .item = command_value(line, "item"),
                                 .water_soluble = soluble ? !strcmp(soluble, "yes") : -1,
                                 .by = command_value(line, "by"),
                                 .reason = command_value(line, "reason")};
    int64_t id;
    if (!a.by || !*a.by || !a.reason || !*a.reason)
        return error_set(err, ERROR_INPUT, "--by and --reason are wanted: who decides, and why?");
    if (soluble && strcmp(soluble, "yes") != 0 && strcmp(soluble, "no") != 0)
        return error_set(err, ERROR_INPUT, "--water-soluble is yes or no");
    if (!threshold_assign(&id, &a, db, err))
        return false;
    if (a.category)
        printf("%s is of item %s/%s (assignment %lld).\n", job->what, a.category, a.item_no,
               (long long)id);
    else
        printf("%s is of no item (assignment %lld).\n", job->what, (long long)id);
    return true;
}

static bool unassign(const struct job *job, struct db *db, struct error *err)
{
    int64_t id;
    if (!text_to_i64(&id, job->what) || id < 1)
        return error_set(err, ERROR_INPUT, "there is no assignment \"%.40s\"", job->what);
    if (!threshold_unassign(id, db, err))
        return false;
    printf("Assignment %lld is taken back.\n", (long long)id);
    return true;
}

/* ---- the command ---- */

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    const char *action = line->operands[0] ? line->operands[0] : "list";
    *job = (struct job){.line = line,
                        .action = action,
                        .what = line->operands[1],
                        .rule_set = command_value(line, "rule-set"),
                        .output = command_value(line, "output"),
                        .county = command_value(line, "county"),
                        .filter = {.county = -1, .answer = -1}};
    if (!command_output_format(&job->format, line, err))
        return false;
    bool lists = !strcmp(action, "list");
    if (!lists && strcmp(action, "check") != 0 && strcmp(action, "assign") != 0 &&
        strcmp(action, "unassign") != 0)
        return error_set(err, ERROR_INPUT, "list, check FILE, assign CAS or unassign ID is wanted");
    if (lists == (job->what != NULL))
        return error_set(err, ERROR_INPUT, lists ? "list takes nothing more" : "%s what?", action);
    return threshold_view_compare(&job->filter.compare, command_value(line, "compare"), err) &&
           threshold_view_answer(&job->filter.answer, command_value(line, "answer"), err) &&
           (strcmp(action, "check") != 0 || read_file(&job->in, job->what, job->output, err));
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    struct job *job = ctx;
    if (!strcmp(job->action, "check"))
        return check(job, db, err);
    if (!strcmp(job->action, "assign"))
        return assign(job, db, err);
    return !strcmp(job->action, "unassign") ? unassign(job, db, err) : list(job, db, err);
}

static int run(const struct command_line *line)
{
    struct job job;
    int status = command_job(line, read_job, do_job, &job);
    buf_free(&job.in);
    return status;
}

static const struct operand operands[] = {
    {"ACTION", "list (without an action too), check, assign or unassign"},
    {"WHAT", "check: JSON file as for POST /api/v1/thresholds/check (- = standard input); assign: "
             "CAS number or reported name; unassign: number of the assignment"},
    {NULL, NULL},
};

static const struct option options[] = {
    {.name = "compare",
     .value = "HOW",
     .fallback = "gt",
     .about = "sum of shares: gt (more than 1, as the rule says) or ge (at least 1)"},
    {.name = "answer",
     .value = "WHICH",
     .fallback = "all",
     .about = "list report, undecided, below, not_listed or all"},
    {.name = "county", .value = "CODE", .about = "list only this county"},
    {.name = "rule-set", .value = "NAME", .about = "another set than the product's"},
    {.name = "format", .value = "FORMAT", .fallback = "csv", .about = "csv, xlsx, json, geojson"},
    COMMAND_OUTPUT_OPTION,
    {.name = "category", .value = "NO", .about = "assign: category; without it: of no item"},
    {.name = "item-no", .value = "NO", .about = "assign: number in the category"},
    {.name = "item", .value = "NAME", .about = "assign: the item, where the number names several"},
    {.name = "water-soluble", .value = "yes|no", .about = "assign: whether it mixes with water"},
    {.name = "by", .value = "NAME", .about = "assign: who decides"},
    {.name = "reason", .value = "TEXT", .about = "assign: why"},
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_threshold = {
    .name = "threshold",
    .summary = "Checks what facilities have on site against the regulated quantities",
    .about =
        "Comes out, a row a facility: whether it must report, the sum of shares in exact\n"
        "decimals with its arithmetic, quantity and regulated quantity of each item (kg or L),\n"
        "what could not be summed.",
    .optional = 2,
    .operands = operands,
    .options = options,
    .run = run,
};
