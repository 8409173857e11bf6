#include "server/anomaly_view.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analysis/quality.h"
#include "gis/mem.h"

const struct anomaly_filter anomaly_filter_default = {
    .county = -1, .behaviour = -1, .from = INT32_MIN, .to = INT32_MAX};

/* The number of a word in a list that ends with NULL; -1 = none. */
static int word_number(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(words[i], word))
            return i;
    return -1;
}

static bool read_day(int32_t *out, const char *text)
{
    struct tm day = {.tm_isdst = 0};
    if (!quality_is_day(text) || !strptime(text, "%Y-%m-%d", &day))
        return false;
    *out = (int32_t)(timegm(&day) / 86400);
    return true;
}

bool anomaly_filter_set(struct anomaly_filter *f, const char *name, const char *value,
                        struct error *err)
{
    static const char *const scales[] = {"linear", "log", NULL};
    static const char *const methods[] = {"mean", "median", "either", "both", NULL};
    static const char *const alloweds[] = {"hide", "show", "only", NULL};
    static const char *const kinds[] = {"all", "high", "low", NULL};
    static const char *const yes_no[] = {"no", "yes", NULL};
    const char *behaviours[BEHAVIOURS + 1] = {NULL};
    int at = -1;
    memcpy(behaviours, behaviour_names, sizeof behaviour_names[0] * BEHAVIOURS);
    if (!strcmp(name, "scale") && (at = word_number(scales, value)) >= 0)
        f->scale = (enum anomaly_scale)at;
    else if (!strcmp(name, "method") && (at = word_number(methods, value)) >= 0)
        f->method = (enum anomaly_method)at;
    else if (!strcmp(name, "allowed") && (at = word_number(alloweds, value)) >= 0)
        f->allowed = (enum anomaly_allowed)at;
    else if (!strcmp(name, "kind") && (at = word_number(kinds, value)) >= 0)
        f->kind = (enum anomaly_kind)at;
    else if (!strcmp(name, "latest") && (at = word_number(yes_no, value)) >= 0)
        f->latest = at;
    else if (!strcmp(name, "behaviour") && (at = word_number(behaviours, value)) >= 0)
        f->behaviour = at;
    else if (!strcmp(name, "from"))
        at = read_day(&f->from, value) ? 0 : -1;
    else if (!strcmp(name, "to"))
        at = read_day(&f->to, value) ? 0 : -1;
    return at >= 0 ||
           error_set(err, ERROR_INPUT, "%s: \"%.40s\" is not one of its values%s", name, value,
                     !strcmp(name, "from") || !strcmp(name, "to") ? " (a day such as 2026-02-28)"
                                                                  : "");
}

bool anomaly_filter_check(const struct anomaly_filter *f, struct error *err)
{
    return f->from <= f->to ||
           error_set(err, ERROR_INPUT, "from is after to: no period could match; swap them");
}

/* ---- which rows ---- */

static bool passes(const struct anomaly_view *v, const struct anomaly_hit *h)
{
    const struct anomaly_filter *f = &v->filter;
    const struct anomaly_data *d = v->list->data;
    const struct anomaly_series *s = &d->series[h->series];
    const struct anomaly_value *value = &d->values[s->first + h->at];
    const char *cas = d->whats[s->what].cas;
    return anomaly_hit_by(h, f->method) &&
           (f->kind == ANOMALY_NONE || anomaly_hit_kind(h, f->method) == f->kind) &&
           (f->county < 0 || (h->index != UINT32_MAX && v->atlas->county[h->index] == f->county)) &&
           (!f->facility || s->facility == f->facility) &&
           (!f->cas || (cas && !strcmp(cas, f->cas))) &&
           (f->behaviour < 0 || s->behaviour == f->behaviour) && value->to >= f->from &&
           value->to <= f->to && (!f->latest || h->latest);
}

/* Kilograms first, then litres, then units that are neither; furthest past its limit first. */
static int by_excess(const void *a, const void *b, void *ctx)
{
    const struct anomaly_view *v = ctx;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const struct anomaly_hit *x = &v->list->hits[i], *y = &v->list->hits[k];
    int x_unit = v->list->data->series[x->series].unit,
        y_unit = v->list->data->series[y->series].unit;
    double x_excess = anomaly_hit_excess(x, v->filter.method);
    double y_excess = anomaly_hit_excess(y, v->filter.method);
    if (x_unit != y_unit)
        return x_unit < y_unit ? -1 : 1;
    if (x_excess < y_excess || x_excess > y_excess)
        return x_excess > y_excess ? -1 : 1;
    return i < k ? -1 : i > k;
}

void anomaly_view_make(struct anomaly_view *out, const struct anomaly_list *l,
                       const struct atlas *a, const struct anomaly_filter *f, int64_t after,
                       int64_t limit)
{
    *out = (struct anomaly_view){.list = l, .atlas = a, .filter = *f};
    out->rows = mem_zero(l->hit_count, sizeof *out->rows);
    for (uint32_t i = 0; i < l->hit_count; i++) {
        bool allowed = l->hits[i].allowed >= 0;
        if (!passes(out, &l->hits[i]))
            continue;
        if (f->allowed == ANOMALY_HIDE && allowed)
            out->hidden++;
        else if (f->allowed != ANOMALY_ONLY || allowed)
            out->rows[out->count++] = i;
    }
    qsort_r(out->rows, out->count, sizeof *out->rows, by_excess, out);
    out->after = after < out->count ? after : out->count;
    out->end = limit < out->count - out->after ? out->after + limit : out->count;
}

void anomaly_view_free(struct anomaly_view *v)
{
    free(v->rows);
    v->rows = NULL;
}
