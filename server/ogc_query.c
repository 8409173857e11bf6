/* Parameters of /items: limit (clamped, never refused above the maximum), bbox (4 or 6 numbers,
 * west > east crosses the antimeridian), datetime, and the token of the next page. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "server/ogc.h"

const struct ogc_query ogc_query_all = {.limit = OGC_LIMIT_DEFAULT,
                                        .matched = -1,
                                        .west = {(double)NAN, (double)NAN},
                                        .east = {(double)NAN, (double)NAN},
                                        .south = (double)NAN,
                                        .north = (double)NAN};

static int split_numbers(double out[6], const char *text)
{
    int count = 0;
    while (count < 6) {
        char part[40];
        size_t len = strcspn(text, ",");
        if (len >= sizeof part)
            return -1;
        memcpy(part, text, len);
        part[len] = '\0';
        if (!text_to_double(&out[count++], part))
            return -1;
        if (!text[len])
            return count;
        text += len + 1;
    }
    return -1;
}

bool ogc_read_bbox(struct ogc_query *q, const char *text, struct error *err)
{
    double n[6];
    int count = split_numbers(n, text);
    if (count != 4 && count != 6)
        return error_set(err, ERROR_INPUT,
                         "bbox is \"%.80s\"; it must be west,south,east,north in degrees (or six "
                         "numbers with heights)",
                         text);
    int half = count / 2;
    double west = n[0], south = n[1], east = n[half], north = n[half + 1];
    if (fabs(west) > 180 || fabs(east) > 180 || fabs(south) > 90 || fabs(north) > 90)
        return error_set(err, ERROR_INPUT, "bbox lies outside -180,-90,180,90");
    if (south > north || (count == 6 && n[2] > n[5]))
        return error_set(err, ERROR_INPUT, "bbox has its lower value after its upper one");
    q->south = south;
    q->north = north;
    q->boxes = west > east ? 2 : 1;
    q->west[0] = west;
    q->east[0] = west > east ? 180.0 : east;
    q->west[1] = west > east ? -180.0 : (double)NAN;
    q->east[1] = west > east ? east : (double)NAN;
    return true;
}

/* Whether text has the form: 0 stands for a digit, all else for itself. */
static bool shaped(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? !isdigit((unsigned char)*text) : *text != *form)
            return false;
    return true;
}

static bool instant(const char *text)
{
    size_t len = strlen(text);
    if (!shaped(text, "0000-00-00"))
        return false;
    int month = 10 * (text[5] - '0') + text[6] - '0', day = 10 * (text[8] - '0') + text[9] - '0';
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    if (len == 10)
        return true;
    if (!shaped(text + 10, "T00:00:00") || strncmp(text + 11, "24", 2) > 0)
        return false;
    const char *rest = text + 19;
    if (*rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        if (!digits)
            return false;
        rest += 1 + digits;
    }
    return !strcmp(rest, "Z") || ((shaped(rest, "+00:00") || shaped(rest, "-00:00")) && !rest[6]);
}

bool ogc_check_datetime(const char *text, struct error *err)
{
    char from[48] = "", to[48] = "";
    const char *slash = strchr(text, '/');
    size_t len = slash ? (size_t)(slash - text) : strlen(text);
    bool ok = len < sizeof from && (!slash || strlen(slash + 1) < sizeof to);
    if (ok) {
        memcpy(from, text, len);
        from[len] = '\0';
        if (slash)
            text_copy(to, sizeof to, slash + 1);
        bool open_from = !*from || !strcmp(from, ".."), open_to = !*to || !strcmp(to, "..");
        ok = slash ? (open_from || instant(from)) && (open_to || instant(to)) : instant(from);
        if (ok && slash && !open_from && !open_to)
            ok = strncmp(from, to, 19) <= 0;
    }
    return ok || error_set(err, ERROR_INPUT,
                           "datetime is \"%.80s\"; it must be a date or time of RFC 3339, or an "
                           "interval from/to with .. for an open end",
                           text);
}

/* "<key>-<count>" as ogc_close_items made it. */
static bool read_token(struct ogc_query *q, const char *token, struct error *err)
{
    const char *dash = strrchr(token, '-');
    size_t len = dash ? (size_t)(dash - token) : 0;
    bool ok =
        len > 0 && len < sizeof q->after && text_to_i64(&q->matched, dash + 1) && q->matched >= 0;
    for (size_t i = 0; ok && i < len; i++)
        ok = isalnum((unsigned char)token[i]);
    if (!ok)
        return error_set(err, ERROR_INPUT, "after is \"%.60s\"; take it from the link next", token);
    memcpy(q->after, token, len);
    q->after[len] = '\0';
    return true;
}

bool ogc_read_query(struct ogc_query *q, const struct request *r, struct error *err)
{
    const char *bbox = request_query(r, "bbox"), *when = request_query(r, "datetime");
    const char *after = request_query(r, "after");
    *q = ogc_query_all;
    if (!request_int(&q->limit, r, "limit", 1, INT64_MAX, err))
        return false;
    if (q->limit > OGC_LIMIT_MAX)
        q->limit = OGC_LIMIT_MAX;
    return (!bbox || ogc_read_bbox(q, bbox, err)) && (!when || ogc_check_datetime(when, err)) &&
           (!after || read_token(q, after, err));
}
