#include "analysis/threshold.h"

#include <stdlib.h>
#include <string.h>

const char *const threshold_flag_names[THRESHOLD_FLAGS] = {
    "no_quantity",         "no_density", "gas_volume",    "unit_unknown",
    "quantity_unreadable", "mixture",    "several_items", "too_long",
    "solubility_unknown",  "undated",    "unknown_name",  "rows_kept_aside"};
const char *const threshold_answer_names[THRESHOLD_ANSWERS] = {"report", "undecided", "below",
                                                               "not_listed"};

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

void threshold_verdict_free(struct threshold_verdict *v)
{
    free(v->parts);
    v->parts = NULL;
    v->count = 0;
}

enum threshold_answer threshold_answer(const struct threshold_verdict *v, enum threshold_compare c)
{
    if (v->reports[c])
        return THRESHOLD_REPORT;
    if (v->flags & THRESHOLD_LEFT_OUT)
        return THRESHOLD_OPEN;
    return v->listed ? THRESHOLD_BELOW : THRESHOLD_NONE;
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
        if (!v->parts[i].in_sum)
            continue;
        buf_text(out, first ? "" : " + ");
        write_exact(out, &v->parts[i].at_sum);
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
