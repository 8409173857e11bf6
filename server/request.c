#include "server/request.h"

#include <ctype.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "gis/text.h"
#include "server/app.h"
#include "server/metrics.h"
#include "server/patience.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes %zz (and + where plus is given) in place; checks what comes out. */
static bool decode(char *text, bool plus, const char *what, struct error *err)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        char c = *from;
        if (c == '%') {
            int high = hex_digit(from[1]);
            int low = high < 0 ? -1 : hex_digit(from[2]);
            if (low < 0)
                return error_set(err, ERROR_INPUT,
                                 "the %s has a %% that is not followed by two hexadecimal digits",
                                 what);
            c = (char)(high << 4 | low);
            from += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || c == 0x7f)
            return error_set(err, ERROR_INPUT, "the %s has a control character (0x%02x)", what,
                             (unsigned)(unsigned char)c);
        *to++ = c;
    }
    *to = '\0';
    if (!text_utf8_valid(text, (size_t)(to - text)))
        return error_set(err, ERROR_INPUT, "the %s is not UTF-8", what);
    return true;
}

static bool check_segments(const char *path, struct error *err)
{
    for (const char *at = path; *at;) {
        at++; /* the slash */
        size_t len = strcspn(at, "/");
        if (len == 0 && *at)
            return error_set(err, ERROR_INPUT, "the path has an empty segment (//)");
        if ((len == 1 && at[0] == '.') || (len == 2 && at[0] == '.' && at[1] == '.'))
            return error_set(err, ERROR_INPUT, "the path has a segment that is . or ..");
        at += len;
    }
    return true;
}

static bool take_path(struct request *r, char *path, struct error *err)
{
    r->path = path;
    if (*path != '/')
        return error_set(err, ERROR_INPUT, "the path must begin with /");
    if (strlen(path) > HTTP_PATH_MAX) {
        r->path = "/";
        return error_set(err, ERROR_TOO_LARGE, "the path is longer than %d bytes", HTTP_PATH_MAX);
    }
    return decode(path, false, "path", err) && check_segments(path, err);
}

static bool take_parameter(struct request *r, char *pair, struct error *err)
{
    static char nothing[] = "";
    if (!*pair)
        return true;
    if (r->query_count == HTTP_PARAMETERS_MAX)
        return error_set(err, ERROR_INPUT, "there are more than %d parameters",
                         HTTP_PARAMETERS_MAX);
    char *value = strchr(pair, '=');
    if (value)
        *value++ = '\0';
    else
        value = nothing;
    if (!decode(pair, true, "name of a parameter", err))
        return false;
    if (*value && !decode(value, true, "value of a parameter", err)) {
        error_append(err, ": %.40s", pair);
        return false;
    }
    if (strlen(value) > HTTP_VALUE_MAX)
        return error_set(err, ERROR_INPUT, "parameter %.40s: its value is longer than %d bytes",
                         pair, HTTP_VALUE_MAX);
    r->query[r->query_count].name = pair;
    r->query[r->query_count++].value = value;
    return true;
}

bool request_parse_target(struct request *r, char *target, struct error *err)
{
    r->query_count = 0;
    r->path = "/";
    if (!strncmp(target, "http://", 7) || !strncmp(target, "https://", 8)) {
        target = strchr(target, ':') + 3;
        target += strcspn(target, "/?");
    }
    char *query = strchr(target, '?');
    if (query)
        *query++ = '\0';
    if (!take_path(r, target, err))
        return false;
    for (char *next; query; query = next) {
        next = strchr(query, '&');
        if (next)
            *next++ = '\0';
        if (!take_parameter(r, query, err))
            return false;
    }
    return true;
}

/* ---- the base URL ---- */

static bool plain_port(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits >= 1 && digits <= 5 && !text[digits];
}

/* host[:port] or [v6][:port], of letters that mean nothing in HTML, JSON or a URL. */
static bool plain_host(const char *host)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    if (!host || !*host || strlen(host) > 255)
        return false;
    const char *at = host;
    if (*at == '[') {
        at += 1 + strspn(at + 1, "0123456789abcdefABCDEF:.");
        if (*at++ != ']')
            return false;
    } else {
        while (*at && (strchr(letters, *at) || *at == '.' || *at == '-' || *at == '_'))
            at++;
    }
    if (at == host)
        return false;
    return !*at || (*at == ':' && plain_port(at + 1));
}

static bool plain_prefix(const char *prefix)
{
    if (!prefix || *prefix != '/' || strlen(prefix) > 128 || strstr(prefix, "//") ||
        strstr(prefix, ".."))
        return false;
    for (const char *c = prefix; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("/-_.~", *c))
            return false;
    return prefix[1] != '\0';
}

void request_base_url(char *out, size_t size, const char *host, const char *proto,
                      const char *forwarded_host, const char *prefix, int port)
{
    const char *scheme = proto && !strcmp(proto, "https") ? "https" : "http";
    const char *path = plain_prefix(prefix) ? prefix : "";
    int path_len = (int)strlen(path);
    if (path_len && path[path_len - 1] == '/')
        path_len--;
    if (plain_host(forwarded_host))
        host = forwarded_host;
    if (plain_host(host))
        snprintf(out, size, "%s://%s%.*s", scheme, host, path_len, path);
    else
        snprintf(out, size, "%s://127.0.0.1:%d%.*s", scheme, port, path_len, path);
}

bool request_takes_gzip(const char *list)
{
    bool any = false;
    for (const char *at = list ? list : ""; *at;) {
        at += strspn(at, " \t,");
        size_t name = strcspn(at, " \t,;"), whole = strcspn(at, ",");
        const char *q = memmem(at, whole, "q=", 2);
        bool refused = q && q[2] == '0' && strspn(q + 2, "0.") >= strcspn(q + 2, " \t,");
        if (name == 4 && !strncasecmp(at, "gzip", 4))
            return !refused;
        if (name == 1 && *at == '*')
            any = !refused;
        at += whole;
    }
    return any;
}

/* ---- the other end ---- */

bool request_gone(const struct request *r)
{
    struct pollfd p = {.fd = r->connection, .events = POLLRDHUP};
    return poll(&p, 1, 0) > 0 && p.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL);
}

static bool gone(void *ctx)
{
    return request_gone(ctx);
}

void request_patience(struct patience *out, const struct request *r)
{
    *out = (struct patience){.gone = r->heavy ? gone : NULL};
    memcpy(&out->ctx, &r, sizeof out->ctx); /* read only */
}

bool request_put_off(struct reply *reply, const struct request *r, int64_t rows)
{
    return reply->put_off = !r->heavy && rows > HTTP_LIGHT_ROWS;
}

bool request_given_up(const struct request *r, struct error *err)
{
    metrics_abandoned(r->app->metrics);
    return error_set(err, ERROR_CONFLICT, "the client hung up");
}

/* ---- typed parameters ---- */

const char *request_query(const struct request *r, const char *name)
{
    for (int i = 0; i < r->query_count; i++)
        if (!strcmp(r->query[i].name, name))
            return r->query[i].value;
    return NULL;
}

bool request_double(double *out, const struct request *r, const char *name, double least,
                    double most, struct error *err)
{
    const char *text = request_query(r, name);
    if (!text)
        return true;
    double value;
    if (!text_to_double(&value, text) || value < least || value > most)
        return error_set(err, ERROR_INPUT,
                         "parameter %s is \"%.60s\"; it must be a number from %.15g "
                         "to %.15g",
                         name, text, least, most);
    *out = value;
    return true;
}

bool request_int(int64_t *out, const struct request *r, const char *name, int64_t least,
                 int64_t most, struct error *err)
{
    const char *text = request_query(r, name);
    if (!text)
        return true;
    int64_t value;
    if (!text_to_i64(&value, text) || value < least || value > most)
        return error_set(err, ERROR_INPUT,
                         "parameter %s is \"%.60s\"; it must be a whole number from %lld to %lld",
                         name, text, (long long)least, (long long)most);
    *out = value;
    return true;
}

bool request_only_with(const struct request *r, const char *name, bool fits, const char *with,
                       struct error *err)
{
    return fits || !request_query(r, name) ||
           error_set(err, ERROR_INPUT, "%s is for %s only; leave it out or ask for that", name,
                     with);
}

bool request_county(int64_t *out, const struct request *r, struct error *err)
{
    const char *code = request_query(r, "county");
    return !code || (*out = atlas_find_county(r->snapshot->atlas, code)) >= 0 ||
           error_set(err, ERROR_INPUT,
                     "county: no county has the code \"%.40s\"; see /api/v1/counties", code);
}
