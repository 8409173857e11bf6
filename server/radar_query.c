#include "server/radar_query.h"

#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "server/answer.h"

bool radar_query_begin(uint32_t *index, bool *done, struct reply *reply, enum radar_of of,
                       const struct request *r, struct error *err)
{
    const char *subject = r->part[0];
    bool facility = of == RADAR_FACILITIES;
    int64_t id = 0;
    if (facility && (!text_to_i64(&id, subject) || id <= 0))
        return error_set(err, ERROR_INPUT, "\"%.40s\" is not the number of a facility", subject);
    if (!facility && !text_cas_valid(subject))
        return error_set(err, ERROR_INPUT, "\"%.40s\" is not a CAS number", subject);
    if (!answer_begin(done, reply, r, err))
        return false;
    if (*done)
        return true;
    const struct atlas *a = r->snapshot->atlas;
    int64_t found = facility ? atlas_find_facility(a, id) : atlas_find_substance(a, subject);
    *index = (uint32_t)found;
    if (found < 0 && facility)
        return error_set(err, ERROR_NOT_FOUND, "there is no facility %lld", (long long)id);
    return found >= 0 || error_set(err, ERROR_NOT_FOUND, "substance %.20s is not known", subject);
}

bool radar_query_any(const struct request *r)
{
    for (const char *const *name = radar_option_names; *name; name++)
        if (request_query(r, *name))
            return true;
    return false;
}

bool radar_query_options(struct radar_options *out, enum radar_of of, const struct request *r,
                         struct error *err)
{
    *out = radar_default_options;
    for (const char *const *name = radar_option_names; *name; name++) {
        const char *value = request_query(r, *name);
        if (value && !radar_options_set(out, of, *name, value, err))
            return false;
    }
    if (of == RADAR_SUBSTANCES &&
        ((request_query(r, "weights") && request_query(r, "substance_weights")) ||
         (request_query(r, "order") && request_query(r, "substance_order"))))
        return error_set(err, ERROR_INPUT,
                         "of substances weights and substance_weights (order and substance_order) "
                         "are the same; name one of them");
    return radar_options_check(out, err);
}

bool radar_query_where(struct radar_filter *out, const struct request *r, struct error *err)
{
    const struct atlas *a = r->snapshot->atlas;
    const char *township = request_query(r, "township"), *industry = request_query(r, "industry");
    *out = radar_filter_none;
    if (!request_county(&out->county, r, err))
        return false;
    if (township && (out->township = atlas_find_township(a, township)) < 0)
        return error_set(err, ERROR_INPUT, "township: no township has the code \"%.40s\"",
                         township);
    if (industry && (out->industry = atlas_find_industry(a, industry)) < 0)
        return error_set(err, ERROR_INPUT, "industry: no facility is of the industry \"%.80s\"",
                         industry);
    return true;
}

bool radar_query_filter(struct radar_filter *out, const struct request *r, struct error *err)
{
    const char *cas = request_query(r, "cas");
    if (!radar_query_where(out, r, err))
        return false;
    if (cas && (out->substance = atlas_find_substance(r->snapshot->atlas, cas)) < 0)
        return error_set(err, ERROR_INPUT, "cas: no substance \"%.40s\" is known here", cas);
    return request_double(&out->min_score, r, "min_score", 0, 100, err);
}

/* ---- back into an address ---- */

static void begin(struct buf *out, char *sign, const char *name)
{
    buf_char(out, *sign);
    *sign = '&';
    buf_text(out, name);
    buf_char(out, '=');
}

/* Percent-encodes all but the unreserved characters of RFC 3986. */
static void put_escaped(struct buf *out, const char *text)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text; text++)
        if (strchr(safe, *text))
            buf_char(out, *text);
        else
            buf_format(out, "%%%02X", (unsigned char)*text);
}

void radar_query_put(struct buf *out, char *sign, const struct radar_options *o, enum radar_of of)
{
    size_t start = out->len;
    buf_char(out, *sign);
    radar_options_text(out, o, of);
    if (out->len == start + 1)
        out->len = start;
    else
        *sign = '&';
}

void radar_query_put_filter(struct buf *out, char *sign, const struct atlas *a,
                            const struct radar_filter *f)
{
    if (f->substance >= 0) {
        begin(out, sign, "cas");
        put_escaped(out, a->substance[f->substance].cas);
    }
    if (f->county >= 0) {
        begin(out, sign, "county");
        put_escaped(out, a->counties[f->county].code);
    }
    if (f->township >= 0) {
        begin(out, sign, "township");
        put_escaped(out, a->townships[f->township].code);
    }
    if (f->industry >= 0) {
        begin(out, sign, "industry");
        put_escaped(out, a->industries[f->industry].name);
    }
    if (isfinite(f->min_score)) {
        begin(out, sign, "min_score");
        buf_format(out, "%.15g", f->min_score);
    }
}
