/* DESIGN. Rows of a site are sorted by rule, source, substance, place and period; equal ones are
 * added to segments. What is held only grows where a segment begins, so the first days of segments
 * are all the moments that can be the largest, or the first that must be reported; at each of them
 * every rule is summed over the segments that cover it. One walk gives amounts, sum and first day,
 * so they cannot disagree, and a half-year is the same walk over fewer days. Cost: moments x
 * segments, of which most sites have one and a few. All sums and comparisons are exact. */
#include <stdlib.h>

#include "analysis/threshold.h"
#include "gis/mem.h"

struct segment { /* what of one source in one place for one period */
    struct decimal amount;
    uint32_t source, what, place;
    int32_t from, to;
    uint32_t first_row, end_row; /* in order */
};

struct now { /* one rule at the moment */
    struct decimal amount, ratio;
    uint32_t source;
    int32_t from, to;
    bool has, has_ratio;
};

struct work {
    const struct threshold_book *book;
    const struct threshold_row *rows;
    struct threshold_verdict *out;
    uint32_t *order; /* rows that are of a rule and hold on some of the days */
    size_t count;
    struct segment *segments;
    uint32_t segment_count;
    uint32_t *first_segment; /* of each part, and the end */
    struct now *now;         /* of each part */
    int32_t *days;           /* moments */
    int32_t from, to;
};

static int32_t rule_of(const struct work *w, uint32_t row)
{
    return w->book->whats[w->rows[row].what].rule;
}

static int compare_ints(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_segment(const void *a, const void *b, void *ctx)
{
    const struct work *w = ctx;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const struct threshold_row *x = &w->rows[i], *y = &w->rows[k];
    int c = compare_ints(rule_of(w, i), rule_of(w, k));
    c = c ? c : compare_ints(x->source, y->source);
    c = c ? c : compare_ints(x->what, y->what);
    c = c ? c : compare_ints(x->place, y->place);
    c = c ? c : compare_ints(x->from, y->from);
    c = c ? c : compare_ints(x->to, y->to);
    return c ? c : compare_ints(i, k);
}

static int by_day(const void *a, const void *b)
{
    return compare_ints(*(const int32_t *)a, *(const int32_t *)b);
}

/* ---- segments ---- */

static bool same_cell(const struct segment *a, uint32_t source, uint32_t what, uint32_t place)
{
    return a->source == source && a->what == what && a->place == place;
}

/* One row into the segments from first on; the flags of it. */
static uint16_t add_row(struct work *w, uint32_t first, size_t at)
{
    const struct threshold_row *row = &w->rows[w->order[at]];
    struct segment *last = w->segment_count > first ? &w->segments[w->segment_count - 1] : NULL;
    struct decimal amount;
    uint16_t why = threshold_convert(&amount, w->book, row);
    uint16_t flags = why | w->book->whats[row->what].flags;
    if (row->from == INT32_MIN && row->to == INT32_MAX)
        flags |= THRESHOLD_UNDATED;
    if (row->aside)
        flags |= THRESHOLD_KEPT_ASIDE;
    w->out->aside += row->aside;
    if (why)
        return flags;
    if (last && same_cell(last, row->source, row->what, row->place) && last->from == row->from &&
        last->to == row->to) {
        if (!decimal_add(&last->amount, &last->amount, &amount))
            flags |= THRESHOLD_TOO_LONG;
        last->end_row = (uint32_t)at + 1;
        return flags;
    }
    w->segments[w->segment_count++] = (struct segment){.amount = amount,
                                                       .source = row->source,
                                                       .what = row->what,
                                                       .place = row->place,
                                                       .from = row->from,
                                                       .to = row->to,
                                                       .first_row = (uint32_t)at,
                                                       .end_row = (uint32_t)at + 1};
    return flags;
}

static void make_parts(struct work *w)
{
    struct threshold_verdict *out = w->out;
    for (size_t at = 0; at < w->count; at++) {
        int32_t rule = rule_of(w, w->order[at]);
        if (!at || rule != rule_of(w, w->order[at - 1])) {
            w->first_segment[out->count] = w->segment_count;
            out->parts[out->count++] =
                (struct threshold_part){.rule = (uint32_t)rule,
                                        .source = w->rows[w->order[at]].source,
                                        .from = INT32_MIN,
                                        .to = INT32_MAX};
        }
        struct threshold_part *part = &out->parts[out->count - 1];
        part->flags |= add_row(w, w->first_segment[out->count - 1], at);
        if (!w->book->rules[rule].has_quantity)
            part->flags |= THRESHOLD_NO_QUANTITY;
    }
    w->first_segment[out->count] = w->segment_count;
}

/* ---- one moment ---- */

/* Of the segments of one source, substance and place, which begin at *at, the largest that covers
 * the day; NULL = none does. *at goes on to the next ones. */
static const struct segment *held(const struct work *w, uint32_t *at, uint32_t end, int32_t day)
{
    const struct segment *first = &w->segments[*at], *best = NULL;
    for (; *at < end; ++*at) {
        const struct segment *s = &w->segments[*at];
        if (!same_cell(s, first->source, first->what, first->place))
            break;
        if (s->from <= day && s->to >= day &&
            (!best || decimal_compare(&s->amount, &best->amount) > 0))
            best = s;
    }
    return best;
}

/* The sum of one source on a day; *at goes on to the next source. False: too long. */
static bool source_on(struct now *sum, const struct work *w, uint32_t *at, uint32_t end,
                      int32_t day)
{
    bool ok = true;
    *sum = (struct now){.amount = decimal_whole(0),
                        .source = w->segments[*at].source,
                        .from = w->from,
                        .to = w->to};
    while (*at < end && w->segments[*at].source == sum->source) {
        const struct segment *s = held(w, at, end, day);
        if (!s)
            continue;
        ok &= decimal_add(&sum->amount, &sum->amount, &s->amount);
        sum->from = s->from > sum->from ? s->from : sum->from;
        sum->to = s->to < sum->to ? s->to : sum->to;
        sum->has = true;
    }
    return ok;
}

/* The rule on a day, of the source that tells most. */
static void rule_on(struct now *now, struct work *w, uint32_t part, int32_t day)
{
    struct threshold_part *p = &w->out->parts[part];
    const struct threshold_rule *rule = &w->book->rules[p->rule];
    now->has = now->has_ratio = false;
    for (uint32_t at = w->first_segment[part], end = w->first_segment[part + 1]; at < end;) {
        struct now one;
        if (!source_on(&one, w, &at, end, day))
            p->flags |= THRESHOLD_TOO_LONG;
        if (one.has && (!now->has || decimal_compare(&one.amount, &now->amount) > 0))
            *now = one;
    }
    if (!now->has || !rule->has_quantity)
        return;
    now->has_ratio = decimal_divide(&now->ratio, &now->amount, &rule->quantity);
    if (!now->has_ratio)
        p->flags |= THRESHOLD_TOO_LONG;
}

static void keep_largest(struct threshold_part *p, const struct now *now, int32_t day)
{
    if (!now->has || (p->has_amount && decimal_compare(&now->amount, &p->amount) <= 0))
        return;
    p->amount = now->amount;
    p->ratio = now->ratio;
    p->has_amount = true;
    p->has_ratio = now->has_ratio;
    p->source = now->source;
    p->day = day;
    p->from = now->from;
    p->to = now->to;
}

static void keep_sum(struct work *w, const struct decimal *sum)
{
    struct threshold_verdict *out = w->out;
    out->sum = *sum;
    out->sum_from = w->from;
    out->sum_to = w->to;
    for (uint32_t i = 0; i < out->count; i++) {
        const struct now *now = &w->now[i];
        out->parts[i].in_sum = now->has_ratio;
        if (!now->has_ratio)
            continue;
        out->parts[i].at_sum = now->amount;
        out->sum_from = now->from > out->sum_from ? now->from : out->sum_from;
        out->sum_to = now->to < out->sum_to ? now->to : out->sum_to;
    }
}

static void report(struct threshold_verdict *out, enum threshold_compare c, int32_t day)
{
    if (!out->reports[c])
        out->first[c] = day;
    out->reports[c] = true;
}

static void judge_day(struct work *w, int32_t day, bool *has_sum)
{
    struct threshold_verdict *out = w->out;
    struct decimal sum = decimal_whole(0), one = decimal_whole(1);
    bool shares = false, reached = false;
    for (uint32_t i = 0; i < out->count; i++) {
        struct now *now = &w->now[i];
        const struct threshold_rule *rule = &w->book->rules[out->parts[i].rule];
        rule_on(now, w, i, day);
        keep_largest(&out->parts[i], now, day);
        if (now->has && rule->has_quantity && decimal_compare(&now->amount, &rule->quantity) >= 0)
            out->parts[i].reached = reached = true;
        if (now->has_ratio && !decimal_add(&sum, &sum, &now->ratio))
            out->too_long = true;
        shares |= now->has_ratio;
    }
    int to_one = decimal_compare(&sum, &one);
    if (reached || to_one > 0)
        report(out, THRESHOLD_GT, day);
    if (reached || to_one >= 0)
        report(out, THRESHOLD_GE, day);
    if (shares && (!*has_sum || decimal_compare(&sum, &out->sum) > 0)) {
        keep_sum(w, &sum);
        *has_sum = true;
    }
}

/* ---- all moments ---- */

static void mark_segment(uint8_t *counted, const struct work *w, const struct segment *s)
{
    for (uint32_t k = s->first_row; k < s->end_row; k++) {
        struct decimal amount;
        if (!threshold_convert(&amount, w->book, &w->rows[w->order[k]]))
            counted[w->order[k]] = 1;
    }
}

/* Rows that are in the amounts of the parts. */
static void mark(uint8_t *counted, const struct work *w)
{
    for (uint32_t i = 0; i < w->out->count; i++) {
        const struct threshold_part *p = &w->out->parts[i];
        for (uint32_t at = w->first_segment[i]; p->has_amount && at < w->first_segment[i + 1];) {
            const struct segment *s = held(w, &at, w->first_segment[i + 1], p->day);
            if (s && s->source == p->source)
                mark_segment(counted, w, s);
        }
    }
}

static void judge_days(struct work *w)
{
    bool has_sum = false;
    for (uint32_t i = 0; i < w->segment_count; i++)
        w->days[i] = w->segments[i].from > w->from ? w->segments[i].from : w->from;
    qsort(w->days, w->segment_count, sizeof *w->days, by_day);
    for (uint32_t i = 0; i < w->segment_count; i++)
        if (!i || w->days[i] != w->days[i - 1])
            judge_day(w, w->days[i], &has_sum);
    for (uint32_t i = 0; i < w->out->count; i++) {
        w->out->flags |= w->out->parts[i].flags;
        w->out->reached |= w->out->parts[i].reached;
    }
    if (w->out->too_long)
        w->out->flags |= THRESHOLD_TOO_LONG;
}

/* Rows of the days, by rule; how many rules there are. */
static uint32_t order_rows(struct work *w, size_t count)
{
    uint32_t different = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t rule = rule_of(w, (uint32_t)i);
        if (w->rows[i].from > w->to || w->rows[i].to < w->from)
            continue;
        if (rule >= 0)
            w->order[w->count++] = (uint32_t)i;
        else if (rule == THRESHOLD_UNDECIDED)
            w->out->flags |= THRESHOLD_SEVERAL;
        else if (rule == THRESHOLD_UNKNOWN)
            w->out->flags |= THRESHOLD_UNKNOWN_NAME;
        else
            w->out->not_listed++;
    }
    w->out->listed = (uint32_t)w->count;
    qsort_r(w->order, w->count, sizeof *w->order, by_segment, w);
    for (size_t i = 0; i < w->count; i++)
        different += !i || rule_of(w, w->order[i]) != rule_of(w, w->order[i - 1]);
    return different;
}

void threshold_judge(struct threshold_verdict *out, const struct threshold_book *book,
                     const struct threshold_row *rows, size_t count, int32_t from, int32_t to,
                     uint8_t *counted)
{
    struct work w = {.book = book, .rows = rows, .out = out, .from = from, .to = to};
    *out = (struct threshold_verdict){
        .sum = decimal_whole(0), .sum_from = from, .sum_to = to, .first = {INT32_MIN, INT32_MIN}};
    w.order = mem_zero(count, sizeof *w.order);
    uint32_t rules = order_rows(&w, count);
    out->parts = mem_zero(rules, sizeof *out->parts);
    w.now = mem_zero(rules, sizeof *w.now);
    w.first_segment = mem_zero((size_t)rules + 1, sizeof *w.first_segment);
    w.segments = mem_zero(w.count, sizeof *w.segments);
    w.days = mem_zero(w.count, sizeof *w.days);
    make_parts(&w);
    judge_days(&w);
    if (counted)
        mark(counted, &w);
    free(w.days);
    free(w.segments);
    free(w.first_segment);
    free(w.now);
    free(w.order);
}
