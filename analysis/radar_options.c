#include "analysis/radar_options.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gis/clock.h"
#include "gis/text.h"

#define DAY_S 86400

const char *const radar_option_names[] = {
    "weights", "order",    "substance_weights", "substance_order", "angle",
    "rescale", "official", "incidents_from",    "incidents_to",    NULL};

/* A weight in percent as the fraction that its text reads back as: what is written, kept and linked
 * gives the very same scores again. */
static double as_written(double percent)
{
    char text[32];
    snprintf(text, sizeof text, "%.15g", percent);
    text_to_double(&percent, text);
    return percent / 100;
}

bool radar_parse_weights(struct radar_weights *out, const char *text, struct error *err)
{
    char part[32];
    double sum = 0;
    for (int i = 0; i < RADAR_AXES; i++) {
        size_t len = strcspn(text, ",");
        double value;
        if ((i < RADAR_AXES - 1) != (text[len] == ','))
            return error_set(err, ERROR_INPUT,
                             "weights wants four numbers separated by commas, e.g. 40,30,15,15; "
                             "got %s than four",
                             text[len] ? "more" : "fewer");
        if (len >= sizeof part)
            return error_set(err, ERROR_INPUT,
                             "weights wants numbers of at most %zu characters, got \"%.40s\"",
                             sizeof part - 1, text);
        memcpy(part, text, len);
        part[len] = '\0';
        if (!text_to_double(&value, part) || value < 0 || value > 1e6)
            return error_set(err, ERROR_INPUT,
                             "weights wants numbers from 0 to 1000000, got \"%s\"", part);
        out->w[i] = value;
        sum += value;
        text += len + (text[len] == ',');
    }
    if (sum <= 0)
        return error_set(err, ERROR_INPUT, "weights must not all be 0");
    for (int i = 0; i < RADAR_AXES; i++)
        out->w[i] = as_written(fabs(sum - 100) < 1e-9 ? out->w[i] : out->w[i] / sum * 100);
    return true;
}

bool radar_parse_angle(enum radar_angle *out, const char *text, struct error *err)
{
    if (!strcmp(text, "degrees"))
        return *out = RADAR_DEGREES, true;
    if (!strcmp(text, "published"))
        return *out = RADAR_PUBLISHED, true;
    return error_set(err, ERROR_INPUT,
                     "angle is \"degrees\" (the formula as written) or \"published\" (as printed)");
}

static char letter_of(enum radar_of of, int axis)
{
    return radar_axis_names[axis + (of == RADAR_FACILITIES ? RADAR_AXES : 0)].key[0];
}

bool radar_parse_order(uint8_t out[RADAR_AXES], enum radar_of of, const char *text,
                       struct error *err)
{
    unsigned seen = 0;
    for (int i = 0; i < RADAR_AXES && text[i]; i++)
        for (int axis = 0; axis < RADAR_AXES; axis++)
            if (text[i] == letter_of(of, axis)) {
                out[i] = (uint8_t)axis;
                seen |= 1u << axis;
            }
    if (seen != 0xF || text[RADAR_AXES])
        return error_set(err, ERROR_INPUT, "order wants each of the letters %s once, got \"%.20s\"",
                         of == RADAR_FACILITIES ? "GHIJ" : "ABCD", text);
    return true;
}

void radar_order_text(char out[RADAR_AXES + 1], enum radar_of of, const uint8_t order[RADAR_AXES])
{
    for (int i = 0; i < RADAR_AXES; i++)
        out[i] = letter_of(of, order[i]);
    out[RADAR_AXES] = '\0';
}

bool radar_parse_day(int32_t *out, const char *name, const char *text, struct error *err)
{
    int64_t part[3];
    char digits[11];
    bool ok = strlen(text) == 10 && text[4] == '-' && text[7] == '-';
    if (ok) {
        memcpy(digits, text, sizeof digits);
        digits[4] = digits[7] = '\0';
        ok = text_to_i64(&part[0], digits) && text_to_i64(&part[1], digits + 5) &&
             text_to_i64(&part[2], digits + 8) && part[0] > 0 && part[1] > 0 && part[2] > 0;
    }
    struct tm day = {.tm_year = 0};
    if (ok) {
        day = (struct tm){
            .tm_year = (int)part[0] - 1900, .tm_mon = (int)part[1] - 1, .tm_mday = (int)part[2]};
        *out = (int32_t)(timegm(&day) / DAY_S); /* 30 February has become 2 March */
        ok = day.tm_mon == part[1] - 1 && day.tm_mday == part[2];
    }
    return ok ||
           error_set(err, ERROR_INPUT, "%s wants a day as YYYY-MM-DD, got \"%.20s\"", name, text);
}

static bool set_switch(bool *out, const char *name, const char *value, struct error *err)
{
    *out = value[0] == '1';
    return ((value[0] == '0' || value[0] == '1') && !value[1]) ||
           error_set(err, ERROR_INPUT, "%s is 0 or 1, got \"%.20s\"", name, value);
}

/* The two of substances are read as the others are; an error says which was meant. */
static bool name_it(bool ok, const char *name, struct error *err)
{
    if (!ok)
        error_append(err, " (%s)", name);
    return ok;
}

bool radar_options_set(struct radar_options *o, enum radar_of of, const char *name,
                       const char *value, struct error *err)
{
    bool facilities = of == RADAR_FACILITIES;
    if (!strcmp(name, "weights"))
        return radar_parse_weights(facilities ? &o->facility : &o->substance, value, err);
    if (!strcmp(name, "order"))
        return radar_parse_order(facilities ? o->facility_order : o->substance_order, of, value,
                                 err);
    if (!strcmp(name, "substance_weights"))
        return name_it(radar_parse_weights(&o->substance, value, err), name, err);
    if (!strcmp(name, "substance_order"))
        return name_it(radar_parse_order(o->substance_order, RADAR_SUBSTANCES, value, err), name,
                       err);
    if (!strcmp(name, "angle"))
        return radar_parse_angle(&o->angle, value, err);
    if (!strcmp(name, "rescale"))
        return set_switch(&o->rescale, name, value, err);
    if (!strcmp(name, "official"))
        return set_switch(&o->official, name, value, err);
    if (!strcmp(name, "incidents_from"))
        return radar_parse_day(&o->incidents_from, name, value, err);
    if (!strcmp(name, "incidents_to"))
        return radar_parse_day(&o->incidents_to, name, value, err);
    return error_set(err, ERROR_INPUT, "the radar has no option \"%.40s\"", name);
}

bool radar_options_check(const struct radar_options *o, struct error *err)
{
    return o->incidents_from <= o->incidents_to ||
           error_set(err, ERROR_INPUT,
                     "incidents_from is after incidents_to: no incident could count; swap them");
}

/* ---- back to text ---- */

static bool same_weights(const struct radar_weights *a, const struct radar_weights *b)
{
    for (int i = 0; i < RADAR_AXES; i++)
        if (a->w[i] < b->w[i] || a->w[i] > b->w[i])
            return false;
    return true;
}

static bool same_order(const uint8_t a[RADAR_AXES], const uint8_t b[RADAR_AXES])
{
    return !memcmp(a, b, RADAR_AXES);
}

static void put_weights(struct buf *out, const char *name, const struct radar_weights *w)
{
    buf_format(out, "%s=", name);
    for (int i = 0; i < RADAR_AXES; i++)
        buf_format(out, "%s%.15g", i ? "," : "", w->w[i] * 100);
}

static void put_day(struct buf *out, const char *name, int32_t day)
{
    char text[CLOCK_TEXT_MAX];
    clock_day_text(text, day);
    buf_format(out, "%s=%s", name, text);
}

static void put_order(struct buf *out, const char *name, enum radar_of of,
                      const uint8_t order[RADAR_AXES])
{
    char letters[RADAR_AXES + 1];
    radar_order_text(letters, of, order);
    buf_format(out, "%s=%s", name, letters);
}

void radar_options_text(struct buf *out, const struct radar_options *o, enum radar_of of)
{
    const struct radar_options *d = &radar_default_options;
    bool facilities = of == RADAR_FACILITIES;
    size_t start = out->len;
    if (facilities && !same_weights(&o->facility, &d->facility))
        put_weights(out, "&weights", &o->facility);
    if (facilities && !same_order(o->facility_order, d->facility_order))
        put_order(out, "&order", RADAR_FACILITIES, o->facility_order);
    if (!same_weights(&o->substance, &d->substance))
        put_weights(out, facilities ? "&substance_weights" : "&weights", &o->substance);
    if (!same_order(o->substance_order, d->substance_order))
        put_order(out, facilities ? "&substance_order" : "&order", RADAR_SUBSTANCES,
                  o->substance_order);
    if (o->angle != d->angle)
        buf_text(out, "&angle=published");
    if (o->rescale != d->rescale)
        buf_text(out, "&rescale=1");
    if (o->official != d->official)
        buf_text(out, "&official=0");
    if (o->incidents_from != d->incidents_from)
        put_day(out, "&incidents_from", o->incidents_from);
    if (o->incidents_to != d->incidents_to)
        put_day(out, "&incidents_to", o->incidents_to);
    if (out->len > start) { /* the first has no '&' before it */
        memmove(out->data + start, out->data + start + 1, out->len - start - 1);
        out->len--;
    }
}

bool radar_options_equal(const struct radar_options *a, const struct radar_options *b)
{
    return same_weights(&a->substance, &b->substance) && same_weights(&a->facility, &b->facility) &&
           same_order(a->substance_order, b->substance_order) &&
           same_order(a->facility_order, b->facility_order) && a->angle == b->angle &&
           a->incidents_from == b->incidents_from && a->incidents_to == b->incidents_to &&
           a->rescale == b->rescale && a->official == b->official;
}

bool radar_options_parse(struct radar_options *o, enum radar_of of, const char *text,
                         struct error *err)
{
    *o = radar_default_options;
    while (*text) {
        char name[32], value[128];
        size_t len = strcspn(text, "&"), named = strcspn(text, "=");
        if (named >= len || named >= sizeof name || len - named > sizeof value)
            return error_set(err, ERROR_INPUT, "options of a radar are name=value, got \"%.40s\"",
                             text);
        memcpy(name, text, named);
        name[named] = '\0';
        memcpy(value, text + named + 1, len - named - 1);
        value[len - named - 1] = '\0';
        if (!radar_options_set(o, of, name, value, err))
            return false;
        text += len + (text[len] == '&');
    }
    return radar_options_check(o, err);
}
