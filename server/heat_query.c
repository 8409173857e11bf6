#include "server/heat_query.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/heat_grid.h"
#include "analysis/heat_public.h"
#include "gis/mem.h"
#include "gis/text.h"
#include "server/link.h"
#include "server/radar_json.h"
#include "server/request.h"
#include "tiles/legend.h"

static const char *const unit_names[SAMPLE_UNITS + 1] = {
    [SAMPLE_MG_KG] = "mg/kg", [SAMPLE_UG_L] = "ug/L", [SAMPLE_UG_M3] = "ug/m3"};

static int name_index(const char *const *names, const char *text)
{
    for (int i = 0; names[i]; i++)
        if (!strcmp(names[i], text))
            return i;
    return -1;
}

static bool choose(int *out, const struct request *r, const char *name, const char *const *names,
                   struct error *err)
{
    const char *text = request_query(r, name);
    if (text && (*out = name_index(names, text)) < 0)
        return error_set(err, ERROR_INPUT, "%s: there is no \"%.40s\"", name, text);
    return true;
}

/* The next of "A,B,C", at most size-1 bytes; *text moves on, NULL at the end. False: too long. */
static bool next_name(char *out, size_t size, const char **text)
{
    size_t len = strcspn(*text, ",");
    if (len >= size)
        return false;
    memcpy(out, *text, len);
    out[len] = '\0';
    *text = (*text)[len] ? *text + len + 1 : NULL;
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool parse_substances(struct heat_query *q, const struct request *r, struct error *err)
{
    const char *text = request_query(r, "cas");
    char cas[64];
    while (text) {
        int64_t found = -1;
        if (!next_name(cas, sizeof cas, &text) ||
            (found = atlas_find_substance(r->snapshot->atlas, cas)) < 0)
            return error_set(err, ERROR_INPUT, "cas: no substance \"%.40s\" is known here", cas);
        bool again = false;
        for (int i = 0; i < q->substance_count; i++)
            again = again || q->substance[i] == (uint32_t)found;
        if (again)
            continue;
        if (q->substance_count == HEAT_SUBSTANCES_MAX)
            return error_set(err, ERROR_INPUT, "cas takes at most %d substances",
                             HEAT_SUBSTANCES_MAX);
        q->substance[q->substance_count++] = (uint32_t)found;
    }
    qsort(q->substance, (size_t)q->substance_count, sizeof *q->substance, by_number);
    return true;
}

static bool parse_behaviours(struct heat_query *q, const struct request *r, struct error *err)
{
    const char *text = request_query(r, "behaviour");
    char name[32];
    while (text) {
        int found = -1;
        if (next_name(name, sizeof name, &text))
            for (int i = 0; i < BEHAVIOURS; i++)
                if (!strcmp(behaviour_names[i], name))
                    found = i;
        if (found < 0)
            return error_set(err, ERROR_INPUT,
                             "behaviour takes manufacture, import, export, use, store, sell, "
                             "transfer, discard, other, separated by commas; got \"%.80s\"",
                             request_query(r, "behaviour"));
        q->behaviours |= (uint16_t)(1 << found);
    }
    return true;
}

static bool parse_place_and_time(struct heat_query *q, const struct request *r, struct error *err)
{
    const struct atlas *a = r->snapshot->atlas;
    const char *industry = request_query(r, "industry");
    int64_t from = 0, to = 0;
    if (industry && (q->industry = atlas_find_industry(a, industry)) < 0)
        return error_set(err, ERROR_INPUT, "industry: no facility is of the industry \"%.80s\"",
                         industry);
    if (!request_county(&q->county, r, err) || !request_int(&from, r, "from", 1900, 2200, err) ||
        !request_int(&to, r, "to", 1900, 2200, err))
        return false;
    if (from && to && from > to)
        return error_set(err, ERROR_INPUT, "from is after to (%d, %d)", (int)from, (int)to);
    q->from = (int32_t)from;
    q->to = (int32_t)to;
    return true;
}

/* What does not go together. */
static bool check(const struct heat_query *q, const struct request *r, struct error *err)
{
    bool elsewhere = q->by == HEAT_INCIDENTS || q->by == HEAT_CONCENTRATION;
    if (q->by == HEAT_CONCENTRATION && q->substance_count != 1)
        return error_set(err, ERROR_INPUT,
                         "by=concentration wants one substance (cas): concentrations of several "
                         "have no common mean");
    if (q->by != HEAT_CONCENTRATION && request_query(r, "unit"))
        return error_set(err, ERROR_INPUT, "unit goes with by=concentration only");
    if (elsewhere && (q->behaviours || q->industry >= 0))
        return error_set(err, ERROR_INPUT,
                         "behaviour and industry are of facilities; by=%s knows cas, county, from "
                         "and to",
                         heat_by_names[q->by]);
    if (q->by != HEAT_RADAR && radar_query_any(r))
        return error_set(err, ERROR_INPUT,
                         "weights and the other parameters of the radar go with by=radar only");
    if (!q->public_tier)
        return true;
    const char *refusal = heat_public_refusal(q);
    if (refusal)
        return error_set(err, ERROR_INPUT, "%s", refusal);
    static const char *const fixed[] = {"kernel", "radius", "from", "to"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (request_query(r, fixed[i]))
            return error_set(err, ERROR_INPUT,
                             "%s cannot be chosen with tier=public: differences between maps would "
                             "tell what each hides",
                             fixed[i]);
    return true;
}

bool heat_query_parse(struct heat_query *q, const struct request *r, struct error *err)
{
    int by = HEAT_COUNT, shape = HEAT_QUARTIC, unit = -1;
    heat_query_begin(q);
    const char *tier = request_query(r, "tier");
    if (tier && strcmp(tier, "public") != 0)
        return error_set(err, ERROR_INPUT, "tier is \"public\" or left out, got \"%.40s\"", tier);
    if (!choose(&by, r, "by", heat_by_names, err) ||
        !choose(&shape, r, "kernel", heat_shape_names, err) ||
        !choose(&unit, r, "unit", unit_names, err) ||
        !request_double(&q->radius, r, "radius", HEAT_RADIUS_MIN, HEAT_RADIUS_MAX, err) ||
        !parse_substances(q, r, err) || !parse_behaviours(q, r, err) ||
        !parse_place_and_time(q, r, err))
        return false;
    q->by = (enum heat_by)by;
    q->shape = (enum heat_shape)shape;
    q->unit = unit;
    q->public_tier = tier != NULL;
    if (!check(q, r, err))
        return false;
    return q->by != HEAT_RADAR || radar_query_options(&q->radar, RADAR_FACILITIES, r, err);
}

bool heat_query_parse_text(struct heat_query *q, struct snapshot *snapshot, const char *text,
                           struct error *err)
{
    static const struct parameter known[] = {HEAT_PARAMETERS, {.name = NULL}};
    static const struct route route = {.parameters = known};
    struct request *r = mem_zero(1, sizeof *r);
    char *target = mem_format("/?%s", text);
    r->snapshot = snapshot;
    bool ok = request_parse_target(r, target, err) && route_check(&route, r, err) &&
              heat_query_parse(q, r, err);
    free(target);
    free(r);
    return ok;
}

bool heat_query_slow(const struct request *r)
{
    (void)r;
    return true;
}

/* ---- back into an address ---- */

static void put(struct buf *out, char *sign, const char *name, const char *value)
{
    buf_format(out, "%c%s=", *sign, name);
    link_encode(out, value);
    *sign = '&';
}

static void put_list(struct buf *out, char *sign, const char *name, struct buf *list)
{
    if (list->len)
        put(out, sign, name, buf_string(list));
    buf_free(list);
}

static void put_year(struct buf *out, char *sign, const char *name, int year)
{
    if (year)
        buf_format(out, "%c%s=%d", *sign, name, year), *sign = '&';
}

void heat_query_put(struct buf *out, char *sign, const struct atlas *a, const struct heat_query *q)
{
    struct buf substances = {.data = NULL}, behaviours = {.data = NULL};
    if (q->by != HEAT_COUNT)
        put(out, sign, "by", heat_by_names[q->by]);
    if (q->shape != HEAT_QUARTIC)
        put(out, sign, "kernel", heat_shape_names[q->shape]);
    if (q->radius < HEAT_RADIUS_M || q->radius > HEAT_RADIUS_M) {
        char radius[TEXT_EXACT_MAX];
        text_exact(radius, q->radius);
        put(out, sign, "radius", radius);
    }
    for (int i = 0; i < q->substance_count; i++)
        buf_format(&substances, "%s%s", i ? "," : "", a->substance[q->substance[i]].cas);
    put_list(out, sign, "cas", &substances);
    for (int i = 0; i < BEHAVIOURS; i++)
        if (q->behaviours >> i & 1)
            buf_format(&behaviours, "%s%s", behaviours.len ? "," : "", behaviour_names[i]);
    put_list(out, sign, "behaviour", &behaviours);
    if (q->county >= 0)
        put(out, sign, "county", a->counties[q->county].code);
    if (q->industry >= 0)
        put(out, sign, "industry", a->industries[q->industry].name);
    put_year(out, sign, "from", q->from);
    put_year(out, sign, "to", q->to);
    if (q->by == HEAT_CONCENTRATION && q->unit >= 0)
        put(out, sign, "unit", unit_names[q->unit]);
    if (q->public_tier)
        put(out, sign, "tier", "public");
    if (q->by == HEAT_RADAR)
        radar_query_put(out, sign, &q->radar, RADAR_FACILITIES);
}

/* The public tier tells of one or two as little as its map does: null. */
static void put_left_out(struct json *j, const char *name, uint32_t count, bool public_tier)
{
    if (public_tier && count && count < HEAT_PUBLIC_OPERATORS)
        json_null(j, name);
    else
        json_int(j, name, count);
}

void heat_query_json(struct json *j, const struct heat_source *s)
{
    struct buf query = {.data = NULL};
    char sign = '?';
    const char *zh, *en;
    legend_heat_unit(&zh, &en, s);
    heat_query_put(&query, &sign, s->atlas, &s->query);
    json_text(j, "by", heat_by_names[s->query.by]);
    json_both(j, "unit", zh, en);
    json_text(j, "kernel", heat_shape_names[s->query.shape]);
    json_exact(j, "radius_m", s->query.radius);
    json_int(j, "points", s->count);
    json_exact(j, "total_weight", text_round15(s->total));
    json_text(j, "tier", s->query.public_tier ? "public" : NULL);
    if (s->query.public_tier)
        json_bool(j, "hides", s->hidden > 0);
    json_open(j, "left_out", '{');
    put_left_out(j, "no_position", s->left_out.no_position, s->query.public_tier);
    put_left_out(j, "no_quantity", s->left_out.no_quantity, s->query.public_tier);
    put_left_out(j, "no_factor", s->left_out.no_factor, s->query.public_tier);
    json_close(j, '}');
    json_text(j, "query", buf_string(&query));
    if (s->query.by == HEAT_RADAR)
        radar_json_remarks(j, &s->query.radar, RADAR_FACILITIES);
    buf_free(&query);
}
