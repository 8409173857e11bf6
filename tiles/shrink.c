#include "tiles/shrink.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

/* A pixel of the large raster is `to` units, one of the small `from`. */
void shrink_span(struct shrink_span *out, int from, int to, int at)
{
    int64_t begin = (int64_t)at * from, end = begin + from;
    int64_t first = begin / to, last = (end - 1) / to;
    int64_t head = (first + 1) * to < end ? (first + 1) * to - begin : from;
    *out = (struct shrink_span){.first = (int)first,
                                .count = (int)(last - first + 1),
                                .head = (double)head,
                                .whole = to,
                                .tail = (double)(end - last * to)};
}

double shrink_units(const struct shrink_span *s, int at)
{
    return !at ? s->head : at == s->count - 1 ? s->tail : s->whole;
}

void shrink_open(struct shrink *s, int from, int to, bool wide, const double *nodata)
{
    *s = (struct shrink){.from = from, .to = to, .wide = wide, .nodata = nodata};
    s->sum = mem_zero((size_t)from, sizeof *s->sum);
    s->has = nodata ? mem_zero((size_t)from, sizeof *s->has) : NULL;
    s->column = mem_alloc((size_t)to * sizeof *s->column);
    for (int i = 0; i < to; i++)
        shrink_span(&s->column[i], from, to, i);
}

void shrink_close(struct shrink *s)
{
    free(s->sum);
    free(s->has);
    free(s->column);
}

static bool is_none(double value, double nodata)
{
    return isnan(nodata) ? isnan(value) : !(value < nodata || value > nodata);
}

static void add_some(struct shrink *s, const void *row, double units)
{
    const double *wide = row;
    const float *narrow = row;
    double nodata = s->wide ? *s->nodata : (double)(float)*s->nodata;
    for (int i = 0; i < s->from; i++) {
        double v = s->wide ? wide[i] : (double)narrow[i];
        if (is_none(v, nodata))
            continue;
        s->sum[i] += units * v;
        s->has[i] += units;
    }
}

void shrink_add(struct shrink *s, const void *row, double units)
{
    double *restrict sum = s->sum;
    const double *wide = row;
    const float *narrow = row;
    s->rows += units;
    if (s->nodata)
        add_some(s, row, units);
    else if (s->wide)
        for (int i = 0; i < s->from; i++)
            sum[i] += units * wide[i];
    else
        for (int i = 0; i < s->from; i++)
            sum[i] += units * (double)narrow[i];
}

void shrink_put(void *out, struct shrink *s)
{
    double *wide = out;
    float *narrow = out;
    for (int i = 0; i < s->to; i++) {
        const struct shrink_span *c = &s->column[i];
        double value = 0, all = 0;
        for (int k = 0; k < c->count; k++) {
            double units = shrink_units(c, k);
            value += units * s->sum[c->first + k];
            all += units * (s->has ? s->has[c->first + k] : s->rows);
        }
        value = all > 0 ? value / all : *s->nodata; /* without nodata something is there */
        if (s->wide)
            wide[i] = value;
        else
            narrow[i] = (float)value;
    }
    memset(s->sum, 0, (size_t)s->from * sizeof *s->sum);
    if (s->has)
        memset(s->has, 0, (size_t)s->from * sizeof *s->has);
    s->rows = 0;
}
