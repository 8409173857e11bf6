/* /api/v1/counties, townships, industries: what lists can be narrowed to, with how many facilities
 * each has. */
#include "gis/atlas.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/reply.h"

static bool get_counties(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_open(&j, "counties", '[');
    for (uint32_t i = 0; i < a->county_count; i++) {
        const struct atlas_county *c = &a->counties[i];
        json_open(&j, NULL, '{');
        json_text(&j, "code", c->code);
        json_text(&j, "name", c->name);
        json_text(&j, "name_en", c->name_en);
        json_int(&j, "facilities", c->facilities);
        json_int(&j, "drawn", c->drawn);
        json_open(&j, "bbox", '[');
        for (int k = 0; k < 4; k++)
            json_number(&j, NULL, c->bbox[k], 6);
        json_close(&j, ']');
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_int(&j, "atlas", (int64_t)a->number);
    json_close(&j, '}');
    return true;
}

static void put_township(struct json *j, const struct atlas *a, const struct atlas_township *t)
{
    json_open(j, NULL, '{');
    json_text(j, "code", t->code);
    json_text(j, "name", t->name);
    json_text(j, "name_en", t->name_en);
    json_text(j, "county", t->county == ATLAS_NO_COUNTY ? NULL : a->counties[t->county].code);
    json_int(j, "facilities", t->facilities);
    json_int(j, "drawn", t->drawn);
    json_close(j, '}');
}

static bool get_townships(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    int64_t county = -1;
    if (!answer_begin(&done, reply, r, err) || !request_county(&county, r, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_open(&j, "townships", '[');
    for (uint32_t i = 0; i < a->township_count; i++)
        if (county < 0 || a->townships[i].county == county)
            put_township(&j, a, &a->townships[i]);
    json_close(&j, ']');
    json_int(&j, "atlas", (int64_t)a->number);
    json_close(&j, '}');
    return true;
}

static bool get_industries(struct reply *reply, const struct request *r, struct error *err)
{
    bool done;
    if (!answer_begin(&done, reply, r, err))
        return false;
    if (done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    struct json j = reply_json(reply);
    json_open(&j, NULL, '{');
    json_open(&j, "industries", '[');
    for (uint32_t i = 0; i < a->industry_count; i++) {
        json_open(&j, NULL, '{');
        json_text(&j, "name", a->industries[i].name);
        json_int(&j, "facilities", a->industries[i].facilities);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_int(&j, "atlas", (int64_t)a->number);
    json_close(&j, '}');
    return true;
}

static const struct parameter township_parameters[] = {
    {"county", PARAMETER_TEXT, 0, 0, NULL, NULL, "only this county (code, see /api/v1/counties)"},
    {.name = NULL}};

const struct route choice_routes[] = {
    {.method = "GET",
     .pattern = "/api/v1/counties",
     .handler = get_counties,
     .fast = true,
     .summary = "Counties with their number of facilities and their extent (degrees)",
     .answer = "application/json",
     .tag = "facilities"},
    {.method = "GET",
     .pattern = "/api/v1/townships",
     .handler = get_townships,
     .fast = true,
     .parameters = township_parameters,
     .answer = "application/json",
     .tag = "facilities",
     .summary = "Townships with their number of facilities"},
    {.method = "GET",
     .pattern = "/api/v1/industries",
     .handler = get_industries,
     .fast = true,
     .answer = "application/json",
     .tag = "facilities",
     .summary = "Industries as the sources name them, with their number of facilities"},
    {.pattern = NULL}};
