/* The answer to quantities given by hand. Days of reports are those of the declaration briefing: a
 * site that reaches a quantity for the first time reports within 10 days (reached on 10 May: 11 to
 * 20 May), and the largest quantity of a half-year is reported in the month after it (July,
 * January). */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "server/cells.h"
#include "server/threshold_hand.h"
#include "server/threshold_json.h"

enum { FIRST_REPORT_DAYS = 10, HALF_YEARS_MAX = 200 };

/* "1.10": at least two places, all where there are more. */
static void write_places(struct buf *out, const struct decimal *d)
{
    size_t start = out->len;
    decimal_write(out, d);
    const char *text = buf_string(out) + start, *point = strchr(text, '.');
    size_t places = point ? strlen(point + 1) : 0;
    if (!point)
        buf_char(out, '.');
    for (; places < 2; places++)
        buf_char(out, '0');
}

static void write_part(struct json *j, const struct threshold_hand *h,
                       const struct threshold_part *p)
{
    struct buf b = {.max = 8192};
    json_open(j, NULL, '{');
    json_open(j, "given", '[');
    for (size_t i = 0; i < h->count; i++)
        if (h->whats[h->rows[i].what].rule == (int32_t)p->rule)
            json_text(j, NULL, h->items[i]);
    json_close(j, ']');
    threshold_json_rule(j, &h->rules[p->rule]);
    if (p->has_amount)
        threshold_json_decimal(j, "amount", &p->amount);
    else
        json_null(j, "amount");
    if (p->has_ratio) {
        threshold_json_decimal(j, "ratio", &p->ratio);
        write_places(&b, &p->ratio);
        json_text(j, "printed", buf_string(&b));
    } else {
        json_null(j, "ratio");
    }
    json_bool(j, "must_report", p->reached);
    json_day(j, "from", p->from);
    json_day(j, "to", p->to);
    threshold_json_flags(j, "flags", p->flags & ~(unsigned)THRESHOLD_UNDATED);
    json_close(j, '}');
    buf_free(&b);
}

static int32_t day_number(int year, int month, int day)
{
    struct tm t = {.tm_year = year - 1900, .tm_mon = month, .tm_mday = day};
    return (int32_t)(timegm(&t) / 86400);
}

static void write_first(struct json *j, const struct threshold_hand *h,
                        const struct threshold_verdict *v)
{
    int32_t day = v->first[h->compare];
    if (day == INT32_MIN) { /* never, or no day is given */
        json_null(j, "first_report");
        return;
    }
    json_open(j, "first_report", '{');
    json_day(j, "reached_on", day);
    json_day(j, "from", day + 1);
    json_day(j, "until", day + FIRST_REPORT_DAYS);
    json_close(j, '}');
}

static bool holds_within(const struct threshold_hand *h, int32_t from, int32_t to)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->rows[i].from <= to && h->rows[i].to >= from)
            return true;
    return false;
}

static void write_half(struct json *j, const struct threshold_hand *h, int year, bool second)
{
    struct threshold_verdict v;
    int32_t from = day_number(year, second ? 6 : 0, 1),
            to = day_number(year + second, second ? 0 : 6, 1) - 1;
    char report[16];
    if (!holds_within(h, from, to))
        return;
    threshold_judge(&v, &h->book, h->rows, h->count, from, to, NULL);
    snprintf(report, sizeof report, "%04d-%s", (year + second) % 10000, second ? "01" : "07");
    json_open(j, NULL, '{');
    json_day(j, "from", from);
    json_day(j, "to", to);
    json_text(j, "answer", threshold_answer_names[threshold_answer(&v, h->compare)]);
    json_text(j, "report_in", threshold_answer(&v, h->compare) == THRESHOLD_REPORT ? report : NULL);
    json_open(j, "items", '[');
    for (uint32_t i = 0; i < v.count; i++)
        write_part(j, h, &v.parts[i]);
    json_close(j, ']');
    threshold_json_decimal(j, "index", &v.sum);
    json_close(j, '}');
    threshold_verdict_free(&v);
}

/* Half-years that days are given of. */
static void write_halves(struct json *j, const struct threshold_hand *h)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < h->count; i++) {
        int32_t from = h->rows[i].from, to = h->rows[i].to;
        if (from != INT32_MIN && from < first)
            first = from;
        if (to != INT32_MAX && to > last)
            last = to;
        if (from != INT32_MIN && from > last)
            last = from;
        if (to != INT32_MAX && to < first)
            first = to;
    }
    json_open(j, "half_years", '[');
    if (first <= last) {
        time_t at = (time_t)first * 86400;
        struct tm t;
        gmtime_r(&at, &t);
        int year = t.tm_year + 1900, count = 0;
        for (; day_number(year, 0, 1) <= last && count < HALF_YEARS_MAX; year++, count += 2) {
            write_half(j, h, year, false);
            write_half(j, h, year, true);
        }
    }
    json_close(j, ']');
}

static void write_left(struct json *j, const struct threshold_hand *h, const char *key, int rule)
{
    json_open(j, key, '[');
    for (size_t i = 0; i < h->count; i++)
        if (h->whats[h->rows[i].what].rule == rule)
            json_text(j, NULL, h->items[i]);
    json_close(j, ']');
}

static void write_sum(struct json *j, const struct threshold_hand *h,
                      const struct threshold_verdict *v)
{
    struct buf b = {.max = 1 << 20};
    threshold_write_arithmetic(&b, v, &h->book);
    if (b.len) {
        threshold_json_decimal(j, "index", &v->sum);
        json_day(j, "index_from", v->sum_from);
        json_day(j, "index_to", v->sum_to);
        json_text(j, "arithmetic", buf_string(&b));
        buf_clear(&b);
        write_places(&b, &v->sum);
        json_text(j, "printed", buf_string(&b));
    } else {
        json_null(j, "index");
    }
    buf_free(&b);
}

void threshold_hand_write(struct json *j, const struct threshold_hand *h)
{
    struct threshold_verdict v;
    threshold_judge(&v, &h->book, h->rows, h->count, INT32_MIN, INT32_MAX, NULL);
    json_open(j, NULL, '{');
    json_text(j, "rule_set", h->set->name);
    json_text(j, "compare", h->compare == THRESHOLD_GE ? "ge" : "gt");
    threshold_json_definition(j, "definition", h->compare);
    json_text(j, "answer", threshold_answer_names[threshold_answer(&v, h->compare)]);
    json_bool(j, "must_report", threshold_answer(&v, h->compare) == THRESHOLD_REPORT);
    json_open(j, "items", '[');
    for (uint32_t i = 0; i < v.count; i++)
        write_part(j, h, &v.parts[i]);
    json_close(j, ']');
    write_sum(j, h, &v);
    threshold_json_flag_words(j, "flag_words", v.flags & ~(unsigned)THRESHOLD_UNDATED);
    write_left(j, h, "not_in_the_list", THRESHOLD_NOT_LISTED);
    write_left(j, h, "several_items", THRESHOLD_UNDECIDED);
    write_left(j, h, "unknown_names", THRESHOLD_UNKNOWN);
    write_first(j, h, &v);
    write_halves(j, h);
    json_close(j, '}');
    threshold_verdict_free(&v);
}
