/* heat_query.h - the parameters of heat, the same in every endpoint (analysis/heat_source.h says
 * what they mean).
 *
 *   by=count|quantity|hazard|radar|incidents|concentration|intensity   kernel=  radius= (m)
 *   cas=A,B,…   behaviour=use,store   county=   industry=   from=YYYY  to=YYYY   unit= (samples)
 *   tier=public   and with by=radar the parameters of radar_query.h
 *
 * The public tier (analysis/heat_public.h) has one radius and kernel, by=count with one cas or none
 * and by=quantity with one cas: what else is named is refused, not ignored. */
#ifndef SERVER_HEAT_QUERY_H
#define SERVER_HEAT_QUERY_H

#include "analysis/heat_source.h"
#include "gis/json.h"
#include "server/radar_query.h"

#define HEAT_BY_CHOICES "count|quantity|hazard|radar|incidents|concentration|intensity"
#define HEAT_KERNEL_CHOICES "quartic|triangular|uniform|triweight|epanechnikov"
#define HEAT_UNIT_CHOICES "mg/kg|ug/L|ug/m3"

/* Rows of a table of parameters. */
#define HEAT_PARAMETERS                                                                            \
    RADAR_PARAMETER_CHOICE_("by", HEAT_BY_CHOICES, "count",                                        \
                            "what is summed, per km²; concentration: kernel-weighted mean of "    \
                            "samples of one substance, in their unit"),                            \
        RADAR_PARAMETER_CHOICE_("kernel", HEAT_KERNEL_CHOICES, "quartic", "shape of the kernel"),  \
        {"radius",                                                                                 \
         PARAMETER_NUMBER,                                                                         \
         HEAT_RADIUS_MIN,                                                                          \
         HEAT_RADIUS_MAX,                                                                          \
         NULL,                                                                                     \
         "2500",                                                                                   \
         "radius of the kernel, metres on the ground"},                                            \
        RADAR_PARAMETER_TEXT_("cas", NULL,                                                         \
                              "only these substances (CAS, separated by commas, at most 32)"),     \
        RADAR_PARAMETER_TEXT_("behaviour", NULL,                                                   \
                              "only these behaviours (manufacture, import, export, use, store, "   \
                              "sell, transfer, discard, other; separated by commas)"),             \
        RADAR_PARAMETER_TEXT_("county", NULL, "only this county (code, see /api/v1/counties)"),    \
        RADAR_PARAMETER_TEXT_("industry", NULL, "only this industry (its name as reported)"),      \
        {"from", PARAMETER_INTEGER, 1900, 2200, NULL, NULL, "only from this year on"},             \
        {"to", PARAMETER_INTEGER, 1900, 2200, NULL, NULL, "only up to this year"},                 \
        RADAR_PARAMETER_CHOICE_("unit", HEAT_UNIT_CHOICES, NULL,                                   \
                                "by=concentration: samples of this unit; the most frequent one "   \
                                "by default"),                                                     \
        RADAR_PARAMETER_CHOICE_(                                                                   \
            "tier", "public", NULL,                                                                \
            "public: cells of 2.5 km with at least three operators; by=count "                     \
            "(of all, or of one cas where also those without it are none or "                      \
            "at least three), by=quantity of exactly one cas (two significant "                    \
            "digits a cell); nothing else can be chosen"),                                         \
        RADAR_PARAMETERS

/* Fills q from the request's parameters and r->snapshot; others than the above are not looked at.
 */
bool heat_query_parse(struct heat_query *q, const struct request *r, struct error *err);
/* The same from "by=count&cas=50-00-0" (escaped as in an address); others are refused. */
bool heat_query_parse_text(struct heat_query *q, struct snapshot *snapshot, const char *text,
                           struct error *err);
/* For routes of heat: milliseconds on a worker, without a database. */
bool heat_query_slow(const struct request *r);
/* The query in canonical form, escaped for addresses, each part with its sign ('?' or '&') before
 * it; *sign is '&' afterwards where something was put. Parsed again it gives the same query. */
void heat_query_put(struct buf *out, char *sign, const struct atlas *a, const struct heat_query *q);
/* "by", "unit" {zh, en}, "kernel", "radius_m", "points", "total_weight", "tier", "hides" (public:
 * the tier hides points), "left_out" {no_position, no_quantity, no_factor}, "query": what values of
 * a source are. */
void heat_query_json(struct json *j, const struct heat_source *s);

#endif
