/* Radar scores by region: what is asked for, made. */
#include "server/region_report.h"

#include <string.h>

#include "analysis/radar_run_store.h"
#include "gis/text.h"

bool region_wish_by(struct region_wish *w, const char *text, struct error *err)
{
    for (int i = 0; i < REGION_BYS; i++)
        if (!strcmp(text, region_by_names[i])) {
            w->query.by = (enum region_by)i;
            return true;
        }
    return error_set(err, ERROR_INPUT, "by is county, township or hexagon, not \"%.40s\"", text);
}

bool region_wish_borders(struct region_wish *w, const char *text, struct error *err)
{
    static const char *const names[] = {"simplified", "full", "none"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(text, names[i])) {
            w->borders = (enum region_borders)i;
            return true;
        }
    return error_set(err, ERROR_INPUT, "borders is simplified, full or none, not \"%.40s\"", text);
}

static bool add_run(struct region_wish *w, const char *text, size_t len, struct error *err)
{
    char part[24];
    int64_t id = 0;
    if (len && len < sizeof part) {
        memcpy(part, text, len);
        part[len] = '\0';
    }
    if (!len || len >= sizeof part || !text_to_i64(&id, part) || id <= 0)
        return error_set(err, ERROR_INPUT,
                         "runs wants numbers of saved runs separated by commas, e.g. 12,15");
    if (w->run_count == REGION_RUNS_MAX)
        return error_set(err, ERROR_INPUT, "runs names more than %d runs", REGION_RUNS_MAX);
    for (int i = 0; i < w->run_count; i++)
        if (w->runs[i] == id)
            return error_set(err, ERROR_INPUT, "runs names run %lld twice", (long long)id);
    w->runs[w->run_count++] = id;
    return true;
}

bool region_wish_runs(struct region_wish *w, const char *text, struct error *err)
{
    for (;;) {
        size_t len = strcspn(text, ",");
        if (!add_run(w, text, len, err))
            return false;
        if (!text[len])
            return true;
        text += len + 1;
    }
}

bool region_report_make(struct region_report *out, const struct radar *radar,
                        const struct region_wish *wish, struct db *db, struct error *err)
{
    *out = (struct region_report){.radar = radar, .wish = wish};
    for (int i = 0; i <= wish->run_count; i++) {
        struct radar_run *run =
            i ? radar_run_load(wish->runs[i - 1], db, err) : radar_run_new(radar);
        struct region_table *table = run ? region_summarise(run, &wish->query, err) : NULL;
        out->run[i] = run;
        out->table[i] = table;
        out->count = i + 1;
        if (!table) {
            region_report_free(out);
            return false;
        }
    }
    for (int i = 1; i < out->count; i++)
        region_table_cover(out->table[0], out->table[i]);
    return true;
}

void region_report_free(struct region_report *r)
{
    for (int i = 0; i < r->count; i++) {
        region_table_free(r->table[i]);
        radar_run_free(r->run[i]);
    }
    r->count = 0;
}
