/* DESIGN. Rows of a site are sorted by rule, source, substance and period; equal ones are added to
 * segments. The largest sum over moments is found by a sweep: a sum that is constant between the
 * ends of periods is largest at the first day of one of them, so only first days are asked, with
 * the segments that cover the day. Cost: segments x substances at a time. All sums and comparisons
 * are exact; binary fractions stand only where lists are sorted. */
#include "analysis/threshold.h"

#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"

const char *const threshold_flag_names[THRESHOLD_FLAGS] = {
    "no_quantity", "no_density",    "gas_volume", "unit_unknown",       "quantity_unreadable",
    "mixture",     "several_items", "too_long",   "solubility_unknown", "undated"};
const char *const threshold_answer_names[] = {"report", "undecided", "below"};

struct segment { /* what of one period, all its places added */
    struct decimal amount;
    uint32_t what;
    int32_t from, to;
    uint32_t first_row, end_row; /* in order */
};

struct work {
    const struct threshold_book *book;
    const struct threshold_row *rows;
    uint32_t *order; /* rows that are of a rule */
    size_t count;
    struct segment *segments;
    uint32_t *active; /* indexes of segments */
    uint32_t segment_count;
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
    c = c ? c : compare_ints(x->from, y->from);
    c = c ? c : compare_ints(x->what, y->what);
    c = c ? c : compare_ints(x->to, y->to);
    return c ? c : compare_ints(i, k);
}

struct threshold_unit threshold_unit_of(const char *text)
{
    struct threshold_unit u = {.text = text};
    u.kind = units_find(&u.factor, text);
    return u;
}

/* *amount of a unit in kg or litres: factors are written decimals (0.45359237), so this is exact.
 */
static bool scale(struct decimal *amount, double factor)
{
    struct decimal f;
    if (!(factor < 1) && !(factor > 1))
        return true;
    return decimal_of_double(&f, factor) && decimal_multiply(amount, amount, &f);
}

uint16_t threshold_convert(struct decimal *out, const struct threshold_book *book,
                           const struct threshold_row *row)
{
    const struct threshold_what *what = &book->whats[row->what];
    const struct threshold_rule *rule = what->rule >= 0 ? &book->rules[what->rule] : NULL;
    const struct threshold_unit *unit = &book->units[row->unit];
    if (row->mixture)
        return THRESHOLD_MIXTURE;
    if (!rule)
        return THRESHOLD_SEVERAL;
    if (!decimal_read(out, row->quantity))
        return THRESHOLD_UNREADABLE;
    if (decimal_is_zero(out)) /* none is none in every unit */
        return 0;
    if (unit->kind == UNIT_OTHER || rule->kind == UNIT_OTHER)
        return rule->has_quantity ? THRESHOLD_UNIT : THRESHOLD_NO_QUANTITY;
    if (!scale(out, unit->factor))
        return THRESHOLD_TOO_LONG;
    if (unit->kind == rule->kind)
        return 0;
    if (what->gas && unit->kind == UNIT_VOLUME)
        return THRESHOLD_GAS_VOLUME;
    if (!what->has_density)
        return THRESHOLD_NO_DENSITY;
    bool ok = unit->kind == UNIT_MASS ? decimal_divide(out, out, &what->density)
                                      : decimal_multiply(out, out, &what->density);
    return ok ? 0 : THRESHOLD_TOO_LONG;
}

/* Segments of the rows order[first] … order[end - 1], which are of one rule and source; the flags
 * of those that cannot be summed. */
static uint16_t make_segments(struct work *w, size_t first, size_t end)
{
    uint16_t flags = 0;
    w->segment_count = 0;
    for (size_t i = first; i < end; i++) {
        const struct threshold_row *row = &w->rows[w->order[i]];
        struct segment *last = w->segment_count ? &w->segments[w->segment_count - 1] : NULL;
        struct decimal amount;
        uint16_t why = threshold_convert(&amount, w->book, row);
        flags |= why | w->book->whats[row->what].flags;
        if (row->from == INT32_MIN && row->to == INT32_MAX)
            flags |= THRESHOLD_UNDATED;
        if (why)
            continue;
        if (last && last->what == row->what && last->from == row->from && last->to == row->to) {
            if (!decimal_add(&last->amount, &last->amount, &amount))
                flags |= THRESHOLD_TOO_LONG;
            last->end_row = (uint32_t)i + 1;
            continue;
        }
        w->segments[w->segment_count++] =
            (struct segment){amount, row->what, row->from, row->to, (uint32_t)i, (uint32_t)i + 1};
    }
    return flags;
}

/* Of the active segments, which stand by what, the largest of each what; in place. */
static uint32_t largest_of_each(struct work *w, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *s = &w->segments[w->active[i]];
        const struct segment *last = kept ? &w->segments[w->active[kept - 1]] : NULL;
        if (!last || last->what != s->what)
            w->active[kept++] = w->active[i];
        else if (decimal_compare(&s->amount, &last->amount) > 0)
            w->active[kept - 1] = w->active[i];
    }
    return kept;
}

static int by_what(const void *a, const void *b, void *ctx)
{
    const struct work *w = ctx;
    const struct segment *x = &w->segments[*(const uint32_t *)a],
                         *y = &w->segments[*(const uint32_t *)b];
    int c = compare_ints(x->what, y->what);
    return c ? c : compare_ints(x->to, y->to);
}

/* The segments that count on a day, in w->active. */
static uint32_t active_on(struct work *w, int32_t day)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->segment_count && w->segments[i].from <= day; i++)
        if (w->segments[i].to >= day)
            w->active[count++] = i;
    qsort_r(w->active, count, sizeof *w->active, by_what, w);
    return largest_of_each(w, count);
}

static bool sum_active(struct decimal *sum, const struct work *w, uint32_t count)
{
    bool ok = true;
    *sum = decimal_whole(0);
    for (uint32_t i = 0; i < count; i++)
        ok &= decimal_add(sum, sum, &w->segments[w->active[i]].amount);
    return ok;
}

/* Sets amount, from and to of the part from the segments. */
static void find_largest(struct threshold_part *part, struct work *w)
{
    int32_t best = 0;
    for (uint32_t i = 0; i < w->segment_count; i++) {
        struct decimal sum;
        if (i && w->segments[i].from == w->segments[i - 1].from)
            continue;
        if (!sum_active(&sum, w, active_on(w, w->segments[i].from)))
            part->flags |= THRESHOLD_TOO_LONG;
        if (part->has_amount && decimal_compare(&sum, &part->amount) <= 0)
            continue;
        part->amount = sum;
        part->has_amount = true;
        best = w->segments[i].from;
    }
    if (!part->has_amount)
        return;
    uint32_t count = active_on(w, best);
    part->from = INT32_MIN;
    part->to = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const struct segment *s = &w->segments[w->active[i]];
        part->from = s->from > part->from ? s->from : part->from;
        part->to = s->to < part->to ? s->to : part->to;
    }
}

/* Rows that are in the amount of the part, whose segments are in w. */
static void mark(uint8_t *counted, struct work *w, const struct threshold_part *part)
{
    uint32_t count = part->has_amount ? active_on(w, part->from) : 0;
    for (uint32_t k = 0; k < count; k++)
        for (uint32_t i = w->segments[w->active[k]].first_row;
             i < w->segments[w->active[k]].end_row; i++) {
            struct decimal amount;
            if (!threshold_convert(&amount, w->book, &w->rows[w->order[i]]))
                counted[w->order[i]] = 1;
        }
}

static void judge_source(struct threshold_part *part, struct work *w, size_t first, size_t end)
{
    const struct threshold_row *row = &w->rows[w->order[first]];
    *part = (struct threshold_part){.rule = (uint32_t)rule_of(w, w->order[first]),
                                    .source = row->source,
                                    .from = INT32_MIN,
                                    .to = INT32_MAX};
    part->amount = part->ratio = decimal_whole(0);
    part->flags |= make_segments(w, first, end);
    find_largest(part, w);
    const struct threshold_rule *rule = &w->book->rules[part->rule];
    if (!rule->has_quantity) {
        part->flags |= THRESHOLD_NO_QUANTITY;
    } else if (part->has_amount) {
        part->has_ratio = decimal_divide(&part->ratio, &part->amount, &rule->quantity);
        part->reached = decimal_compare(&part->amount, &rule->quantity) >= 0;
        if (!part->has_ratio)
            part->flags |= THRESHOLD_TOO_LONG;
    }
}

static bool better(const struct threshold_part *fresh, const struct threshold_part *held)
{
    if (fresh->has_amount != held->has_amount)
        return fresh->has_amount;
    return fresh->has_amount && decimal_compare(&fresh->amount, &held->amount) > 0;
}

static void add_part(struct threshold_verdict *out, const struct threshold_part *part)
{
    out->flags |= part->flags;
    out->reached |= part->reached;
    if (part->has_ratio && !decimal_add(&out->sum, &out->sum, &part->ratio))
        out->too_long = true;
}

/* The rows order[first] … of one rule: one part, of the source that tells most. */
static void judge_rule(struct threshold_verdict *out, struct work *w, size_t first, size_t end,
                       uint8_t *counted)
{
    struct threshold_part *best = &out->parts[out->count++];
    uint16_t flags = 0;
    size_t best_first = first, best_end = first;
    for (size_t at = first; at < end;) {
        size_t next = at + 1;
        while (next < end && w->rows[w->order[next]].source == w->rows[w->order[at]].source)
            next++;
        struct threshold_part part;
        judge_source(&part, w, at, next);
        flags |= part.flags;
        if (at == first || better(&part, best)) {
            *best = part;
            best_first = at;
            best_end = next;
        }
        at = next;
    }
    best->flags = flags;
    if (counted) {
        make_segments(w, best_first, best_end);
        mark(counted, w, best);
    }
    add_part(out, best);
}

static void judge_all(struct threshold_verdict *out, struct work *w, uint8_t *counted)
{
    for (size_t at = 0; at < w->count;) {
        size_t next = at + 1;
        while (next < w->count && rule_of(w, w->order[next]) == rule_of(w, w->order[at]))
            next++;
        judge_rule(out, w, at, next, counted);
        at = next;
    }
    struct decimal one = decimal_whole(1);
    out->sum_to_one = decimal_compare(&out->sum, &one);
    if (out->too_long)
        out->flags |= THRESHOLD_TOO_LONG;
}

void threshold_verdict_free(struct threshold_verdict *v)
{
    free(v->parts);
    v->parts = NULL;
    v->count = 0;
}

enum threshold_answer threshold_answer(const struct threshold_verdict *v, enum threshold_compare c)
{
    if (v->reached || v->sum_to_one > 0 || (v->sum_to_one == 0 && c == THRESHOLD_GE))
        return THRESHOLD_REPORT;
    return v->flags & THRESHOLD_LEFT_OUT ? THRESHOLD_OPEN : THRESHOLD_BELOW;
}

/* What does not end as a decimal is written as the fraction that it is. */
static void write_exact(struct buf *out, const struct decimal *d)
{
    size_t start = out->len;
    if (decimal_write(out, d))
        return;
    out->len = start;
    buf_char(out, '(');
    decimal_write_fraction(out, d);
    buf_char(out, ')');
}

void threshold_write_arithmetic(struct buf *out, const struct threshold_verdict *v,
                                const struct threshold_book *book)
{
    struct buf fraction = {.max = 1 << 16}, decimal = {.max = 1 << 16};
    size_t start = out->len;
    bool first = true;
    for (uint32_t i = 0; i < v->count; i++) {
        if (!v->parts[i].has_ratio)
            continue;
        buf_text(out, first ? "" : " + ");
        write_exact(out, &v->parts[i].amount);
        buf_char(out, '/');
        write_exact(out, &book->rules[v->parts[i].rule].quantity);
        first = false;
    }
    if (!first && !v->too_long) {
        decimal_write_fraction(&fraction, &v->sum);
        bool ends = decimal_write(&decimal, &v->sum);
        if (strcmp(buf_string(out) + start, buf_string(&fraction)) != 0) /* not "11/10 = 11/10" */
            buf_format(out, " = %s", buf_string(&fraction));
        if (strcmp(buf_string(&fraction), buf_string(&decimal)) != 0)
            buf_format(out, " %s %s", ends ? "=" : "≈", buf_string(&decimal));
    }
    buf_free(&fraction);
    buf_free(&decimal);
}

void threshold_judge(struct threshold_verdict *out, const struct threshold_book *book,
                     const struct threshold_row *rows, size_t count, uint8_t *counted)
{
    struct work w = {.book = book, .rows = rows};
    uint32_t different = 0;
    *out = (struct threshold_verdict){.sum = decimal_whole(0)};
    w.order = mem_zero(count, sizeof *w.order);
    for (size_t i = 0; i < count; i++) {
        int32_t rule = book->whats[rows[i].what].rule;
        if (rule >= 0)
            w.order[w.count++] = (uint32_t)i;
        else if (rule == THRESHOLD_UNDECIDED)
            out->flags |= THRESHOLD_SEVERAL;
        else
            out->not_listed++;
    }
    out->listed = (uint32_t)w.count;
    qsort_r(w.order, w.count, sizeof *w.order, by_segment, &w);
    for (size_t i = 0; i < w.count; i++)
        different += !i || rule_of(&w, w.order[i]) != rule_of(&w, w.order[i - 1]);
    out->parts = mem_zero(different, sizeof *out->parts);
    w.segments = mem_zero(w.count, sizeof *w.segments);
    w.active = mem_zero(w.count, sizeof *w.active);
    judge_all(out, &w, counted);
    free(w.active);
    free(w.segments);
    free(w.order);
}
