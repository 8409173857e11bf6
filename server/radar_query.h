/* radar_query.h - the radar's parameters and the filters of facilities in a query, the same in
 * every endpoint (analysis/radar_options.h says what they mean). */
#ifndef SERVER_RADAR_QUERY_H
#define SERVER_RADAR_QUERY_H

#include "analysis/radar_filter.h"
#include "analysis/radar_options.h"
#include "server/http.h"
#include "server/route.h"

#define RADAR_PARAMETER_TEXT_(name, fallback, about)                                               \
    {                                                                                              \
        name, PARAMETER_TEXT, 0, 0, NULL, fallback, about                                          \
    }
#define RADAR_PARAMETER_CHOICE_(name, choices, fallback, about)                                    \
    {                                                                                              \
        name, PARAMETER_CHOICE, 0, 0, choices, fallback, about                                     \
    }

/* Rows of a table of parameters. Where facilities are asked for, of their axes G H I J; in a list
 * of substances `weights` and `order` are of A B C D. */
#define RADAR_PARAMETERS                                                                           \
    RADAR_PARAMETER_TEXT_("weights", "40,30,15,15",                                                \
                          "four numbers >= 0, scaled to 100 %, of the axes G,H,I,J (A,B,C,D in "   \
                          "a list of substances). Where two opposite axes weigh 0 every score is " \
                          "0: all_zero is true and remarks say why"),                              \
        RADAR_PARAMETER_TEXT_("order", NULL,                                                       \
                              "order of the axes round the radar: GHIJ by default (ABCD in a "     \
                              "list of substances)"),                                              \
        RADAR_PARAMETER_TEXT_("substance_weights", "40,30,15,15",                                  \
                              "weights of A,B,C,D, from which G comes"),                           \
        RADAR_PARAMETER_TEXT_("substance_order", "ABCD", "order of the axes of substances"),       \
        RADAR_PARAMETER_CHOICE_("angle", "degrees|published", "degrees",                           \
                                "degrees: sin 90° = 1 as the formula is written; published: "     \
                                "sin(90 rad) as printed"),                                         \
        RADAR_PARAMETER_CHOICE_("rescale", "0|1", "0", "1: G on 0-10 like the other axes"),        \
        RADAR_PARAMETER_CHOICE_("official", "0|1", "1",                                            \
                                "1: imported official classes stand in place of ours"),            \
        RADAR_PARAMETER_TEXT_("incidents_from", NULL, "first day of incidents that count"),        \
        RADAR_PARAMETER_TEXT_("incidents_to", NULL, "last day of incidents that count")

#define FACILITY_FILTER_PARAMETERS                                                                 \
    RADAR_PARAMETER_TEXT_("county", NULL, "only this county (code, see /api/v1/counties)"),        \
        RADAR_PARAMETER_TEXT_("township", NULL, "only this township (code)"),                      \
        RADAR_PARAMETER_TEXT_("industry", NULL, "only this industry (its name as reported)"),      \
        RADAR_PARAMETER_TEXT_("cas", NULL, "only facilities that hold this substance (CAS)"),      \
    {                                                                                              \
        "min_score", PARAMETER_NUMBER, 0, 100, NULL, NULL, "only radar scores from this on"        \
    }

/* As answer_begin (server/answer.h), for the one facility (number) or substance (CAS) that the
 * address names: *index is its place in the atlas unless *done. */
bool radar_query_begin(uint32_t *index, bool *done, struct reply *reply, enum radar_of of,
                       const struct request *r, struct error *err);
/* The options that the request asks for; the defaults where it names none. */
bool radar_query_options(struct radar_options *out, enum radar_of of, const struct request *r,
                         struct error *err);
/* Whether the request names any of them. */
bool radar_query_any(const struct request *r);
/* County, township and industry alone, the rest as radar_filter_none. */
bool radar_query_where(struct radar_filter *out, const struct request *r, struct error *err);
/* The filters, from r->snapshot; what is not named here is an error. */
bool radar_query_filter(struct radar_filter *out, const struct request *r, struct error *err);

/* Options and filters as "&weights=…&county=…" in canonical form, each with its sign ('?' or '&')
 * before it; *sign is '&' afterwards where something was put. Escaped for addresses. */
void radar_query_put(struct buf *out, char *sign, const struct radar_options *o, enum radar_of of);
void radar_query_put_filter(struct buf *out, char *sign, const struct atlas *a,
                            const struct radar_filter *f);

#endif
