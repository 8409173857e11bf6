#include "server/route.h"

#include <stdio.h>
#include <string.h>

#include "gis/mem.h"
#include "gis/text.h"

/* Notes where the {…} of the pattern lie in the path; false where the path does not fit. A {…}
 * takes as much as it can without '/' and gives back until the literal after it fits. */
static bool fits(const char *pattern, const char *path, const char *from[4], size_t len[4])
{
    int parts = 0;
    for (;;) {
        while (*pattern && *pattern != '{' && *pattern == *path)
            pattern++, path++;
        if (*pattern != '{')
            return !*pattern && !*path;
        const char *literal = strchr(pattern, '}') + 1;
        size_t literal_len = strcspn(literal, "{");
        size_t n = strcspn(path, "/");
        if (parts == 4)
            return false;
        while (n && (!literal_len ? path[n] != '\0'
                                  : strncmp(path + n, literal, literal_len) != 0 ||
                                        (!literal[literal_len] && path[n + literal_len])))
            n--;
        if (!n)
            return false;
        from[parts] = path;
        len[parts++] = n;
        pattern = literal;
        path += n;
    }
}

static void take_parts(struct request *request, const char *const from[4], const size_t len[4])
{
    char *to = request->part_text;
    for (int i = 0; i < 4; i++) {
        request->part[i] = NULL;
        if (!from[i])
            continue;
        memcpy(to, from[i], len[i]);
        to[len[i]] = '\0';
        request->part[i] = to;
        to += len[i] + 1;
    }
}

const struct route *route_find(struct request *request, struct error *err)
{
    bool other_method = false;
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++) {
            const char *from[4] = {NULL};
            size_t len[4] = {0};
            if (!fits(r->pattern, request->path, from, len))
                continue;
            if (strcmp(r->method, request->method) != 0) {
                other_method = true;
                continue;
            }
            take_parts(request, from, len);
            return r;
        }
    if (other_method)
        error_fill(err, ERROR_METHOD, "%.10s is not possible here", request->method);
    else
        error_fill(err, ERROR_NOT_FOUND,
                   "there is nothing at this address; /api.html lists what is");
    return NULL;
}

void route_methods(char *out, size_t size, const char *path)
{
    size_t used = (size_t)snprintf(out, size, "OPTIONS");
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++) {
            const char *from[4];
            size_t len[4];
            if (fits(r->pattern, path, from, len) && !strstr(out, r->method) && used < size)
                used += (size_t)snprintf(out + used, size - used, ", %s%s", r->method,
                                         strcmp(r->method, "GET") ? "" : ", HEAD");
        }
}

int route_count(void)
{
    int n = 0;
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            n++;
    return n;
}

int route_number(const struct route *route)
{
    int n = 0;
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++, n++)
            if (r == route)
                return n;
    return -1;
}

bool route_heavy(const struct request *request)
{
    (void)request;
    return true;
}

/* ---- parameters ---- */

static bool refuse_unknown(const struct route *route, const char *name, struct error *err)
{
    error_fill(err, ERROR_INPUT, "there is no parameter \"%.60s\" here; ", name);
    if (!route->parameters || !route->parameters->name) {
        error_append(err, "this address takes none");
        return false;
    }
    error_append(err, "known are");
    for (const struct parameter *p = route->parameters; p->name; p++)
        error_append(err, "%s %s", p == route->parameters ? "" : ",", p->name);
    return false;
}

bool route_choice(const char *choices, const char *value)
{
    size_t len = strlen(value);
    for (const char *at = choices; len && *at;) {
        size_t n = strcspn(at, "|");
        if (n == len && !memcmp(at, value, len))
            return true;
        at += n + (at[n] == '|');
    }
    return false;
}

static bool check_one(const struct parameter *p, const struct request *request, const char *value,
                      struct error *err)
{
    bool bounded = p->least != 0 || p->most != 0;
    double number;
    int64_t whole;
    switch (p->kind) {
    case PARAMETER_TEXT:
    case PARAMETER_TEXTS: return true;
    case PARAMETER_CHOICE:
        return route_choice(p->choices, value) ||
               error_set(err, ERROR_INPUT, "parameter %s is \"%.60s\"; it must be one of %s",
                         p->name, value, p->choices);
    case PARAMETER_INTEGER:
        if (bounded)
            return request_int(&whole, request, p->name, (int64_t)p->least, (int64_t)p->most, err);
        return text_to_i64(&whole, value) ||
               error_set(err, ERROR_INPUT, "parameter %s is \"%.60s\"; it must be a whole number",
                         p->name, value);
    case PARAMETER_NUMBER:
        if (bounded)
            return request_double(&number, request, p->name, p->least, p->most, err);
        return text_to_double(&number, value) ||
               error_set(err, ERROR_INPUT, "parameter %s is \"%.60s\"; it must be a number",
                         p->name, value);
    }
    return error_set(err, ERROR_INTERNAL, "parameter %s is of no known kind", p->name);
}

bool route_check(const struct route *route, const struct request *request, struct error *err)
{
    for (int i = 0; i < request->query_count; i++) {
        const struct parameter *p = route->parameters;
        while (p && p->name && strcmp(p->name, request->query[i].name) != 0)
            p++;
        if (!p || !p->name)
            return refuse_unknown(route, request->query[i].name, err);
        for (int k = 0; k < i && p->kind != PARAMETER_TEXTS; k++)
            if (!strcmp(request->query[k].name, p->name))
                return error_set(err, ERROR_INPUT, "parameter %s is given twice", p->name);
        if (!check_one(p, request, request->query[i].value, err))
            return false;
    }
    return true;
}
