/* route.h - the route table: every endpoint with the parameters it knows. The same rows match
 * requests, refuse unknown or malformed parameters and write /api (OpenAPI) and /api.html. */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "server/http.h"

enum parameter_kind {
    PARAMETER_TEXT,
    PARAMETER_TEXTS, /* may be given several times */
    PARAMETER_INTEGER,
    PARAMETER_NUMBER,
    PARAMETER_CHOICE
};

struct parameter {
    const char *name;
    enum parameter_kind kind;
    double least, most;   /* for numbers; both 0 = no bounds */
    const char *choices;  /* "day|night" */
    const char *fallback; /* shown as the default; NULL = none */
    const char *about;    /* what, unit, CRS; English */
};

struct route {
    const char *method;
    const char *pattern; /* "/tiles/facilities/{z}/{x}/{y}.mvt": a {…} matches one or more bytes
                            without '/' */
    http_handler *handler;
    const struct body_sink *sink; /* takes the body; NULL = it is kept in memory */
    size_t body_max;              /* bytes of a body that is kept; 0 = HTTP_BODY_MAX */
    int success;                  /* status of the answer where it is not 200, or 201 of a POST */
    bool fast;                    /* runs on the HTTP thread: no database, microseconds */
    bool (*slow)(const struct request *);  /* of a fast route: what has to go to a worker after all,
                                              without a database; NULL = nothing. No snapshot yet */
    bool (*heavy)(const struct request *); /* seconds of a core: has a share of the workers only and
                                              a queue of its own; NULL = never. No snapshot yet */
    const struct parameter *parameters;    /* ends with a NULL name; NULL = none allowed */
    const char *summary;                   /* one English line */
    const char *answer;                    /* media type(s) of the answer */
    const char *tag;                       /* section of the API page */
};

/* All routes; each server/api_*.c, tile, ogc file declares its own table, routes.c lists them. */
extern const struct route
    *const route_tables[]; /* tables end with a NULL pattern; list with NULL */

/* The route of a method and path, filling request->part; NULL with err = 404 or 405. */
const struct route *route_find(struct request *request, struct error *err);
/* "GET, HEAD, OPTIONS": the methods that the path knows. */
void route_methods(char *out, size_t size, const char *path);
/* Routes are numbered from 0 in the order of the tables. */
int route_count(void);
int route_number(const struct route *route);
bool route_heavy(const struct request *request); /* for .heavy: always */
/* Whether value is one of "a|b|c". */
bool route_choice(const char *choices, const char *value);
/* Checks request->query against the route's parameters. */
bool route_check(const struct route *route, const struct request *request, struct error *err);

#endif
