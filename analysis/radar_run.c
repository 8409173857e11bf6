/* A run of now, made of the columns of an atlas and its radar: one pass, no database. */
#include "analysis/radar_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/radar_options.h"
#include "analysis/radar_rank.h"
#include "gis/mem.h"

static void set_regions(struct radar_run *run, const struct atlas *a)
{
    run->county_count = a->county_count;
    run->counties = mem_zero((size_t)a->county_count + 1, sizeof *run->counties);
    for (uint32_t i = 0; i < a->county_count; i++) {
        const struct atlas_county *c = &a->counties[i];
        run->counties[i] =
            (struct radar_run_region){c->code, c->name, c->name_en, RADAR_RUN_NO_REGION};
    }
    run->township_count = a->township_count;
    run->townships = mem_zero((size_t)a->township_count + 1, sizeof *run->townships);
    for (uint32_t i = 0; i < a->township_count; i++) {
        const struct atlas_township *t = &a->townships[i];
        run->townships[i] = (struct radar_run_region){t->code, t->name, t->name_en, t->county};
    }
}

static void set_substances(struct radar_run *run, const struct radar *r)
{
    const struct atlas *a = r->atlas;
    struct radar_score score;
    run->substance_count = a->substance_count;
    run->substances = mem_zero((size_t)a->substance_count + 1, sizeof *run->substances);
    for (uint32_t i = 0; i < a->substance_count; i++) {
        struct radar_run_substance *s = &run->substances[i];
        radar_explain_substance(&score, r, i);
        s->cas = a->substance[i].cas;
        s->name_zh = a->substance[i].name_zh;
        s->name_en = a->substance[i].name_en;
        s->area = score.area;
        for (int k = 0; k < RADAR_AXES; k++) {
            s->raw[k] = score.axis[k].raw;
            s->class[k] = score.axis[k].value;
            s->official |= (uint8_t)(score.axis[k].official << k);
        }
    }
}

static void rank_substances(struct radar_run *run, const struct radar *r)
{
    uint32_t count, *order = radar_ranking(&count, r, RADAR_SUBSTANCES, RADAR_BY_AREA, NULL);
    for (uint32_t i = 0; i < count; i++)
        run->substances[order[i]].rank = i + 1;
    free(order);
}

static void set_facility(struct radar_run_facility *f, const struct radar *r, uint32_t i)
{
    const struct atlas *a = r->atlas;
    struct radar_score score;
    radar_explain_facility(&score, r, i);
    f->id = a->id[i];
    f->name = a->names + a->name[i];
    f->county = a->county[i];
    f->township = a->township[i];
    f->established = a->established[i];
    f->size = a->size[i];
    f->h = (uint8_t)score.axis[1].value;
    f->i = (uint8_t)score.axis[2].value;
    f->j = (uint8_t)score.axis[3].value;
    f->lon = i < a->drawn ? a->lon[i] : (double)NAN;
    f->lat = i < a->drawn ? a->lat[i] : (double)NAN;
    f->mean = score.axis[0].raw;
    f->value = score.axis[0].value;
    f->kg = score.axis[1].raw;
    f->area = score.area;
}

static void set_facilities(struct radar_run *run, const struct radar *r)
{
    const struct atlas *a = r->atlas;
    run->facility_count = a->count;
    run->facilities = mem_zero((size_t)a->count + 1, sizeof *run->facilities);
    run->links = mem_zero((size_t)a->stock_first[a->count] + 1, sizeof *run->links);
    for (uint32_t k = 0; k < a->count; k++) {
        uint32_t i = a->by_id[k];
        struct radar_run_facility *f = &run->facilities[k];
        set_facility(f, r, i);
        f->first = run->link_count;
        for (uint32_t s = a->stock_first[i]; s < a->stock_first[i + 1]; s++)
            if (a->stocks[s].substance != ATLAS_UNLINKED)
                run->links[run->link_count++] = a->stocks[s].substance;
        run->head.scored += isnan(f->area) ? 0 : 1;
    }
    run->facilities[a->count].first = run->link_count;
}

static void rank_facilities(struct radar_run *run, const struct radar *r)
{
    const struct atlas *a = r->atlas;
    uint32_t count, *order = radar_ranking(&count, r, RADAR_FACILITIES, RADAR_BY_AREA, NULL);
    uint32_t *rank = mem_zero((size_t)a->count + 1, sizeof *rank); /* by index of the atlas */
    for (uint32_t i = 0; i < count; i++)
        rank[order[i]] = isnan(r->facility_area[order[i]]) ? 0 : i + 1;
    for (uint32_t k = 0; k < a->count; k++)
        run->facilities[k].rank = rank[a->by_id[k]];
    free(rank);
    free(order);
}

struct radar_run *radar_run_new(const struct radar *r)
{
    const struct atlas *a = r->atlas;
    struct radar_run *run = mem_zero(1, sizeof *run);
    struct buf parameters = {.data = NULL};
    radar_options_text(&parameters, &r->options, RADAR_FACILITIES);
    buf_char(&parameters, '\0');
    run->head_texts = parameters.data;
    run->options = r->options;
    memcpy(run->limits, r->limits, sizeof run->limits);
    run->y_max = r->y_max;
    run->year = r->year;
    run->ages = a->ages;
    set_regions(run, a);
    set_substances(run, r);
    set_facilities(run, r);
    rank_substances(run, r);
    rank_facilities(run, r);
    run->head.name = run->head.note = "";
    run->head.parameters = run->head_texts;
    run->head.atlas = a->number;
    run->head.atlas_tag = a->tag;
    run->head.atlas_time = a->built_at;
    run->head.facilities = run->facility_count;
    run->head.substances = run->substance_count;
    return run;
}

void radar_run_free(struct radar_run *run)
{
    if (!run)
        return;
    free(run->counties);
    free(run->townships);
    free(run->substances);
    free(run->facilities);
    free(run->links);
    free(run->texts);
    free(run->head_texts);
    free(run);
}

int64_t radar_run_find(const struct radar_run *run, int64_t id)
{
    uint32_t lo = 0, hi = run->facility_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (run->facilities[mid].id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < run->facility_count && run->facilities[lo].id == id ? (int64_t)lo : -1;
}

int64_t radar_run_find_region(const struct radar_run_region *regions, uint32_t count,
                              const char *code)
{
    uint32_t lo = 0, hi = count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (strcmp(regions[mid].code, code) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < count && !strcmp(regions[lo].code, code) ? (int64_t)lo : -1;
}
