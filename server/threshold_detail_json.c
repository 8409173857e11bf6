#include "server/threshold_detail_json.h"

#include <string.h>

#include "server/threshold_json.h"

static void write_part(struct json *j, const struct threshold_part *p,
                       const struct threshold_book *book, const struct threshold_set *titles)
{
    int64_t source = titles ? threshold_set_source(titles, p->source) : -1;
    json_open(j, NULL, '{');
    threshold_json_rule(j, &book->rules[p->rule]);
    if (p->has_amount)
        threshold_json_decimal(j, "amount", &p->amount);
    else
        json_null(j, "amount");
    if (p->has_ratio)
        threshold_json_decimal(j, "ratio", &p->ratio);
    else
        json_null(j, "ratio");
    json_bool(j, "reached", p->reached);
    if (titles)
        json_text(j, "source", source < 0 ? NULL : titles->sources[source].title);
    json_day(j, "from", p->from);
    json_day(j, "to", p->to);
    threshold_json_flags(j, "flags", p->flags);
    json_close(j, '}');
}

void threshold_detail_verdict(struct json *j, const struct threshold_verdict *v,
                              const struct threshold_book *book, enum threshold_compare compare,
                              const struct threshold_set *titles)
{
    struct buf arithmetic = {.max = 1 << 20};
    json_text(j, "answer", threshold_answer_names[threshold_answer(v, compare)]);
    json_bool(j, "reached", v->reached);
    threshold_write_arithmetic(&arithmetic, v, book);
    if (arithmetic.len) {
        threshold_json_decimal(j, "index", &v->sum);
        json_day(j, "index_from", v->sum_from);
        json_day(j, "index_to", v->sum_to);
        json_text(j, "arithmetic", buf_string(&arithmetic));
    } else {
        json_null(j, "index");
        json_null(j, "arithmetic");
    }
    buf_free(&arithmetic);
    json_int(j, "rows_kept_aside", v->aside);
    threshold_json_flags(j, "flags", v->flags);
    threshold_json_flag_words(j, "flag_words", v->flags);
    json_open(j, "items", '[');
    for (uint32_t i = 0; i < v->count; i++)
        write_part(j, &v->parts[i], book, titles);
    json_close(j, ']');
}

void threshold_detail_subject(struct json *j, const struct threshold_subject *s)
{
    json_text(j, "cas", s->cas);
    json_text(j, "name_zh", s->reported_key ? NULL : s->name_zh);
    json_text(j, "name_en", s->name_en);
    json_text(j, "reported_name", s->reported_key ? s->name_zh : NULL);
}

static void write_row(struct json *j, const struct threshold_detail *d, size_t i)
{
    const struct threshold_row *row = &d->rows[i];
    const struct threshold_what *what = &d->whats[row->what];
    const struct threshold_subject *subject = &d->subjects[row->what];
    int64_t source = threshold_set_source(d->set, row->source);
    struct decimal amount;
    uint16_t why =
        what->rule == THRESHOLD_NOT_LISTED ? 0 : threshold_convert(&amount, &d->book, row);
    json_open(j, NULL, '{');
    threshold_detail_subject(j, subject);
    json_text(j, "item", what->rule >= 0 ? d->set->rules[what->rule].item_zh : NULL);
    json_text(j, "item_by", threshold_how_names[subject->how]);
    json_text(j, "item_reason", subject->reason);
    json_text(j, "quantity", row->quantity);
    json_text(j, "unit", d->held[i].unit);
    if (what->rule >= 0 && !why) {
        threshold_json_decimal(j, "amount", &amount);
        json_text(j, "amount_unit", d->set->rules[what->rule].unit);
        if (d->units[row->unit].kind != d->set->rules[what->rule].kind && what->has_density)
            threshold_json_decimal(j, "density_kg_l", &what->density);
    }
    json_bool(j, "counted", d->counted[i]);
    threshold_json_flags(j, "flags", why | (what->rule >= 0 ? what->flags : 0u));
    json_day(j, "from", row->from);
    json_day(j, "to", row->to);
    json_text(j, "behaviour", d->held[i].behaviour);
    json_text(j, "registration", d->held[i].own_key);
    json_text(j, "place", d->held[i].place);
    json_int(j, "rows_kept_aside", row->aside);
    json_text(j, "source", source < 0 ? NULL : d->set->sources[source].title);
    json_int(j, "holding", d->held[i].id);
    json_int(j, "batch", d->held[i].batch);
    json_int(j, "line", d->held[i].line);
    json_close(j, '}');
}

static void write_asides(struct json *j, const struct threshold_detail *d)
{
    json_open(j, "kept_aside", '[');
    for (uint32_t i = 0; i < d->asides.count; i++) {
        const struct threshold_aside *a = &d->asides.rows[i];
        json_open(j, NULL, '{');
        json_text(j, "reported_name", a->name);
        json_text(j, "item", a->rule >= 0 ? d->set->rules[a->rule].item_zh : NULL);
        json_text(j, "behaviour", a->behaviour);
        json_text(j, "column", a->column);
        json_text(j, "value", a->value);
        json_text(j, "reason", a->reason);
        json_text(j, "source", a->source);
        json_int(j, "batch", a->batch);
        json_int(j, "line", a->line);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void threshold_detail_rows(struct json *j, const struct threshold_detail *d)
{
    json_open(j, "rows", '[');
    for (size_t i = 0; i < d->count; i++)
        write_row(j, d, i);
    json_close(j, ']');
    write_asides(j, d);
    json_open(j, "elsewhere", '[');
    for (int i = 0; i < db_rows(d->elsewhere); i++) {
        json_open(j, NULL, '{');
        json_text(j, "source", db_get_text(d->elsewhere, i, 0));
        json_text(j, "behaviour", db_get_text(d->elsewhere, i, 1));
        json_int(j, "rows", db_get_i64(d->elsewhere, i, 2));
        json_int(j, "substances", db_get_i64(d->elsewhere, i, 3));
        json_close(j, '}');
    }
    json_close(j, ']');
}
