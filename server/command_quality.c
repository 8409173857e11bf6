/* hazatlas quality: how good the stored data are, as tables for a person. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "analysis/quality.h"
#include "gis/text.h"
#include "server/command_job.h"
#include "server/json_in.h"

enum type { TEXT, COUNT, SHARE };

struct column {
    const char *head;
    const char *key, *inner; /* member of a row, or member `inner` of it */
    enum type type;
    int width; /* TEXT: to the left; 0 = the last column, as long as it is */
};

struct table {
    const char *title;
    const char *key, *inner; /* the array in the answer */
    const struct column *columns;
};

static const struct column source_columns[] = {
    {"source", "source", NULL, TEXT, 20},        {"kind", "kind", NULL, TEXT, 13},
    {"imports", "batches", NULL, COUNT, 8},      {"rows in", "rows_in", NULL, COUNT, 10},
    {"published", "published", NULL, COUNT, 10}, {"unchanged", "unchanged", NULL, COUNT, 10},
    {"repeated", "repeated", NULL, COUNT, 9},    {"rejected", "rejected", NULL, COUNT, 9},
    {"usable", "usable_share", NULL, SHARE, 9},  {.head = NULL},
};
static const struct column holding_columns[] = {
    {"source", "source", NULL, TEXT, 20},
    {"holdings", "holdings", NULL, COUNT, 10},
    {"linked", "linked", NULL, COUNT, 10},
    {"share", "linked_share", NULL, SHARE, 9},
    {"by CAS", "by_rule", "cas", COUNT, 8},
    {"by code", "by_rule", "code", COUNT, 8},
    {"names", "names", NULL, COUNT, 8},
    {"linked", "names_linked", NULL, COUNT, 8},
    {"of registered facilities", "of_registered_facilities_share", NULL, SHARE, 26},
    {.head = NULL},
};
static const struct column facility_columns[] = {
    {"source", "source", NULL, TEXT, 20},
    {"facilities", "facilities", NULL, COUNT, 11},
    {"also elsewhere", "linked", NULL, COUNT, 15},
    {"share", "linked_share", NULL, SHARE, 9},
    {.head = NULL},
};
static const struct column position_columns[] = {
    {"what", "kind", NULL, TEXT, 14},
    {"rows", "rows", NULL, COUNT, 9},
    {"ok", "checks", "ok", COUNT, 9},
    {"coast", "checks", "coast", COUNT, 7},
    {"other county", "checks", "other_county", COUNT, 13},
    {"outside", "checks", "outside", COUNT, 8},
    {"other zone", "checks", "other_zone", COUNT, 11},
    {"missing", "checks", "missing", COUNT, 9},
    {"unchecked", "checks", "unchecked", COUNT, 10},
    {"shared", "shared", NULL, COUNT, 8},
    {.head = NULL},
};
static const struct column declaration_columns[] = {
    {"source", "source", NULL, TEXT, 20},
    {"facilities", "facilities", NULL, COUNT, 11},
    {"overdue", "overdue", NULL, COUNT, 9},
    {"undated", "undated", NULL, COUNT, 9},
    {"  latest period until", "latest", NULL, TEXT, 0},
    {.head = NULL},
};
static const struct column validity_columns[] = {
    {"what", "kind", NULL, TEXT, 20},
    {"dated", "dated", NULL, COUNT, 9},
    {"past", "past", NULL, COUNT, 9},
    {"  earliest", "earliest", NULL, TEXT, 0},
    {.head = NULL},
};
static const struct column county_columns[] = {
    {"code", "code", NULL, TEXT, 6},
    {"facilities", "facilities", NULL, COUNT, 11},
    {"no position", "missing", NULL, COUNT, 12},
    {"share", "missing_share", NULL, SHARE, 9},
    {"doubtful", "doubtful", NULL, COUNT, 9},
    {"holdings", "holdings", NULL, COUNT, 9},
    {"unlinked", "holdings_unlinked", NULL, COUNT, 9},
    {"  county", "name", NULL, TEXT, 0},
    {.head = NULL},
};

static const struct table tables[] = {
    {"Sources: what became of the rows of their files (可用率 usable = rows not rejected)",
     "sources", NULL, source_columns},
    {"Holdings: linked to a known substance (整併率)", "holdings", NULL, holding_columns},
    {"Facilities: told of by another source too (整併率)", "facilities", "sources",
     facility_columns},
    {"Positions by check; shared = with many others at the very same point", "positions", NULL,
     position_columns},
    {"Declarations overdue", "overdue", "declarations", declaration_columns},
    {"Past the day until which they hold", "overdue", "validity", validity_columns},
    {"Counties", "counties", NULL, county_columns},
};

static void print_cell(const struct column *c, const struct json_in_value *row)
{
    const struct json_in_value *v =
        c->inner ? json_in_path(row, c->key, c->inner) : json_in_get(row, c->key);
    int64_t count = 0;
    double share;
    switch (c->type) {
    case TEXT:
        if (c->width)
            printf("%-*.*s ", c->width, c->width, json_in_text(v) ? json_in_text(v) : "-");
        else
            printf("  %s", json_in_text(v) ? json_in_text(v) : "-");
        return;
    case COUNT:
        json_in_integer(&count, v);
        printf("%*" PRId64, c->width, count);
        return;
    case SHARE:
        if (json_in_number(&share, v))
            printf("%*.2f %%", c->width - 2, 100 * share);
        else
            printf("%*s", c->width, "-");
        return;
    }
}

static void print_table(const struct table *t, const struct json_in_value *root)
{
    const struct json_in_value *rows =
        t->inner ? json_in_path(root, t->key, t->inner) : json_in_get(root, t->key);
    printf("\n%s\n", t->title);
    for (const struct column *c = t->columns; c->head; c++)
        printf(c->type == TEXT && c->width ? "%-*s " : "%*s", c->width, c->head);
    fputs("\n", stdout);
    for (size_t i = 0; i < json_in_count(rows); i++) {
        for (const struct column *c = t->columns; c->head; c++)
            print_cell(c, json_in_at(rows, i));
        fputs("\n", stdout);
    }
    if (!json_in_count(rows))
        puts("(none)");
}

static bool print_all(const char *text, size_t len, struct error *err)
{
    struct json_in *document = json_in_parse(text, len, err);
    if (!document)
        return false;
    const struct json_in_value *root = json_in_root(document);
    int64_t atlas = 0, days = 0, shared = 0, several = 0, reviews = 0;
    json_in_integer(&atlas, json_in_get(root, "atlas"));
    json_in_integer(&days, json_in_get(root, "overdue_days"));
    json_in_integer(&shared, json_in_get(root, "shared_by"));
    json_in_integer(&several, json_in_path(root, "facilities", "in_several_sources"));
    json_in_integer(&reviews, json_in_path(root, "facilities", "open_reviews"));
    printf("Atlas %" PRId64 " on %s; overdue after %" PRId64 " days; shared from %" PRId64
           " at one point on.\n%" PRId64 " facilities are known from several sources; %" PRId64
           " doubtful matches wait for a person.\n",
           atlas, json_in_text(json_in_get(root, "today")), days, shared, several, reviews);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        print_table(&tables[i], root);
    json_in_free(document);
    return true;
}

struct job {
    struct quality_question question;
    bool json;
};

static bool read_job(void *ctx, const struct command_line *line, struct error *err)
{
    struct job *job = ctx;
    long long days, shared;
    const char *today = command_value(line, "today");
    (void)err;
    if (!command_int(&days, line, "overdue-days", 0, 36500) ||
        !command_int(&shared, line, "shared", 2, 100000))
        return false;
    quality_question_default(&job->question);
    job->question.overdue_days = days;
    job->question.shared = shared;
    job->json = command_value(line, "json") != NULL;
    if (today)
        text_copy(job->question.today, sizeof job->question.today, today);
    if (!today || quality_is_day(today))
        return true;
    fprintf(stderr, "hazatlas quality: --today must be a day such as 2026-02-28, not \"%s\"\n",
            today);
    return false;
}

static bool do_job(void *ctx, struct db *db, struct error *err)
{
    const struct job *job = ctx;
    struct buf json = {.data = NULL};
    bool ok = quality_write(&json, &job->question, db, err);
    if (ok && job->json)
        puts(buf_string(&json));
    else if (ok)
        ok = print_all(buf_string(&json), json.len, err);
    buf_free(&json);
    return ok;
}

static int run(const struct command_line *line)
{
    struct job job;
    return command_job(line, read_job, do_job, &job);
}

static const struct option options[] = {
    {.name = "today",
     .value = "DAY",
     .about = "day that overdue is counted from, 2026-02-28; without it today in Taiwan"},
    {.name = "overdue-days",
     .value = "N",
     .fallback = "120",
     .about = "overdue when the latest declared period ended more days ago"},
    {.name = "shared",
     .value = "N",
     .fallback = "5",
     .about = "a place is doubtful from so many at the very same point on"},
    {.name = "json", .about = "the answer of /api/v1/quality in place of tables"},
    COMMAND_DATA_OPTION,
    {.name = NULL},
};

const struct command command_quality = {
    .name = "quality",
    .summary = "Shows how good the data are: rows, links, positions, what is overdue",
    .about = "Comes out: for each source what became of its rows, how many are linked, positions\n"
             "by check, overdue declarations, and all of it by county.",
    .options = options,
    .run = run,
};
