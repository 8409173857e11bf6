/* DESIGN. Rows come by binary COPY in the order of the table, 60 bytes each are kept, sorted by
 * facility and judged one facility after the other; of what the exact numbers are only their texts
 * stay. A million holdings of 53,000 facilities, half of them on site: 0.4 s here, as much in the
 * database. The statement groups nothing: exact sums of texts in several units are cheaper here
 * than numeric ones there. */
#include "analysis/threshold_list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/threshold_aside.h"
#include "gis/mem.h"
#include "sql.h"

struct raw {
    int64_t facility;
    uint32_t what, source, unit, place, aside;
    int32_t from, to;
    uint32_t quantity; /* offset in quantities */
    bool mixture;
};

struct load {
    struct threshold_list *list;
    struct raw *raws;
    size_t count, cap;
    struct buf quantities;
    struct intern units, places;
    struct threshold_unit *unit; /* of units.count */
    struct threshold_what *whats;
    uint32_t base, what_cap; /* base: whats of the set; reported ones follow */
    struct threshold_row *rows;
    size_t row_cap;
    uint32_t asides; /* of the raws */
};

enum { ROWS_MAX = 50 * 1000 * 1000, WHATS_MAX = 2 * 1000 * 1000 };
static const uint32_t ASIDE = UINT32_MAX; /* what of a row that an import kept aside whole */

static void *grow(void *array, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return array;
    *cap = *cap ? 2 * *cap : 1024;
    return mem_resize(array, *cap, size);
}

const char *threshold_text(const struct threshold_list *l, size_t offset)
{
    return l->texts.data + offset;
}

static size_t keep(struct threshold_list *l, const struct buf *text)
{
    size_t at = l->texts.len;
    buf_add(&l->texts, text->data, text->len);
    buf_char(&l->texts, '\0');
    return at;
}

/* ---- rows ---- */

/* What is reported under a name and linked to nothing: the whats behind those of the set. */
static uint32_t reported(struct load *l, const unsigned char *const *f, const int *len)
{
    struct reported *r = &l->list->reported;
    uint32_t before = r->keys.count, at = reported_put(r, f[2], len[2], f[3], len[3]);
    if (r->keys.count > before) {
        size_t cap = l->what_cap;
        struct threshold_subject subject;
        l->whats = grow(l->whats, l->base + at, &cap, sizeof *l->whats);
        l->what_cap = (uint32_t)cap;
        threshold_set_reported(&l->whats[l->base + at], &subject, l->list->set, reported_key(r, at),
                               reported_name(r, at));
    }
    return l->base + at;
}

static uint32_t number_of(struct intern *texts, const unsigned char *text, int len)
{
    return intern_put(texts, (const char *)text, (size_t)(len > 0 ? len : 0));
}

static bool take_row(void *ctx, const unsigned char *const *f, const int *len, int count,
                     struct error *err)
{
    struct load *l = ctx;
    if (count != 12)
        return error_set(err, ERROR_INTERNAL, "the rows of the check came in another shape");
    if (l->count >= ROWS_MAX || l->list->reported.keys.count >= WHATS_MAX)
        return error_set(err, ERROR_TOO_LARGE, "more than %d reported quantities on site",
                         (int)ROWS_MAX);
    l->raws = grow(l->raws, l->count, &l->cap, sizeof *l->raws);
    struct raw *r = &l->raws[l->count++];
    int64_t substance =
        len[1] > 0 ? threshold_set_substance(l->list->set, db_field_int(f[1], len[1])) : -1;
    *r = (struct raw){.facility = db_field_int(f[0], len[0]),
                      .source = (uint32_t)db_field_int(f[4], len[4]),
                      .from = len[5] > 0 ? (int32_t)db_field_int(f[5], len[5]) : INT32_MIN,
                      .to = len[6] > 0 ? (int32_t)db_field_int(f[6], len[6]) : INT32_MAX,
                      .mixture = db_field_int(f[9], len[9]) != 0};
    r->what = substance >= 0 ? (uint32_t)substance : reported(l, f, len);
    if (l->whats[r->what].rule < 0)
        return true;
    r->unit = number_of(&l->units, f[8], len[8]);
    r->aside = (uint32_t)db_field_int(f[11], len[11]);
    r->place = number_of(&l->places, f[10], len[10]);
    r->quantity = (uint32_t)l->quantities.len;
    buf_add(&l->quantities, f[7], (size_t)(len[7] > 0 ? len[7] : 0));
    buf_char(&l->quantities, '\0');
    return true;
}

/* They stand among the rows, so that a facility that has none but them is in the list too. */
static bool take_asides(struct load *l, struct db *db, struct error *err)
{
    struct threshold_asides asides;
    if (!threshold_asides_load(&asides, l->list->set, 0, db, err))
        return false;
    for (uint32_t i = 0; i < asides.count; i++) {
        l->raws = grow(l->raws, l->count, &l->cap, sizeof *l->raws);
        l->raws[l->count++] = (struct raw){.facility = asides.rows[i].facility, .what = ASIDE};
    }
    l->asides = asides.count;
    threshold_asides_free(&asides);
    return true;
}

static int by_facility(const void *a, const void *b)
{
    const struct raw *x = a, *y = b;
    if (x->facility != y->facility)
        return x->facility < y->facility ? -1 : 1;
    return x->what < y->what ? -1 : x->what > y->what;
}

/* ---- one facility ---- */

static size_t keep_decimal(struct threshold_list *list, bool *ends, const struct decimal *d)
{
    struct buf b = {.max = 8192};
    *ends = decimal_write(&b, d);
    size_t at = keep(list, &b);
    buf_free(&b);
    return at;
}

static size_t keep_fraction(struct threshold_list *list, const struct decimal *d)
{
    struct buf b = {.max = 8192};
    decimal_write_fraction(&b, d);
    size_t at = keep(list, &b);
    buf_free(&b);
    return at;
}

static void add_line(struct threshold_list *list, size_t *cap, const struct threshold_part *part)
{
    list->lines = grow(list->lines, list->line_count, cap, sizeof *list->lines);
    struct threshold_line *line = &list->lines[list->line_count++];
    *line = (struct threshold_line){.rule = part->rule,
                                    .source = part->source,
                                    .from = part->from,
                                    .to = part->to,
                                    .flags = part->flags,
                                    .reached = part->reached,
                                    .value = (double)NAN};
    if (part->has_amount)
        line->amount = keep_decimal(list, &line->amount_ends, &part->amount);
    if (!part->has_ratio)
        return;
    line->ratio = keep_decimal(list, &line->ratio_ends, &part->ratio);
    line->fraction = keep_fraction(list, &part->ratio);
    line->value = decimal_to_double(&part->ratio);
}

static void add_site(struct load *l, size_t *site_cap, size_t *line_cap,
                     const struct threshold_verdict *v, const struct threshold_book *book,
                     int64_t facility)
{
    struct threshold_list *list = l->list;
    struct buf b = {.max = 1 << 20};
    list->sites = grow(list->sites, list->site_count, site_cap, sizeof *list->sites);
    struct threshold_site *s = &list->sites[list->site_count++];
    *s = (struct threshold_site){.facility = facility,
                                 .index = UINT32_MAX,
                                 .reached = v->reached,
                                 .flags = v->flags,
                                 .first = list->line_count,
                                 .count = v->count,
                                 .listed = v->listed,
                                 .not_listed = v->not_listed,
                                 .aside = v->aside};
    for (int c = 0; c < 2; c++) {
        s->answer[c] = (uint8_t)threshold_answer(v, (enum threshold_compare)c);
        list->answers[c][s->answer[c]]++;
    }
    for (uint32_t i = 0; i < v->count; i++) {
        add_line(list, line_cap, &v->parts[i]);
        s->largest = fmax(s->largest, list->lines[list->line_count - 1].value);
    }
    threshold_write_arithmetic(&b, v, book);
    if (b.len) {
        s->arithmetic = keep(list, &b);
        s->decimal = keep_decimal(list, &s->decimal_ends, &v->sum);
        s->fraction = keep_fraction(list, &v->sum);
        s->sum = decimal_to_double(&v->sum);
        s->sum_from = v->sum_from;
        s->sum_to = v->sum_to;
    }
    buf_free(&b);
}

/* Counts, of the rows of one facility, those that no item names; rows stand by what. */
static void count_unlisted(struct load *l, size_t first, size_t end,
                           struct threshold_unlisted *unlisted)
{
    for (size_t i = first; i < end; i++) {
        uint32_t what = l->raws[i].what;
        if (what == ASIDE || l->whats[what].rule >= 0)
            continue;
        unlisted[what].rows++;
        unlisted[what].facilities += i == first || l->raws[i - 1].what != what;
    }
}

static void judge_all(struct load *l, struct threshold_unlisted *unlisted)
{
    struct threshold_list *list = l->list;
    struct threshold_book book = {.rules = list->set->rules,
                                  .whats = l->whats,
                                  .units = l->unit,
                                  .rule_count = list->set->rule_count,
                                  .what_count = l->base + list->reported.keys.count,
                                  .unit_count = l->units.count};
    size_t site_cap = 0, line_cap = 0;
    for (size_t at = 0; at < l->count;) {
        size_t end = at, n = 0;
        uint32_t asides = 0;
        for (; end < l->count && l->raws[end].facility == l->raws[at].facility; end++) {
            const struct raw *r = &l->raws[end];
            if (r->what == ASIDE) {
                asides++;
                continue;
            }
            l->rows = grow(l->rows, n, &l->row_cap, sizeof *l->rows);
            l->rows[n++] = (struct threshold_row){
                r->what, r->source,  r->from,  r->to,   l->quantities.data + r->quantity,
                r->unit, r->mixture, r->place, r->aside};
        }
        struct threshold_verdict v;
        threshold_judge(&v, &book, l->rows, n, INT32_MIN, INT32_MAX, NULL);
        threshold_asides_judge(&v, asides);
        add_site(l, &site_cap, &line_cap, &v, &book, l->raws[at].facility);
        threshold_verdict_free(&v);
        count_unlisted(l, at, end, unlisted);
        at = end;
    }
}

/* ---- the list ---- */

/* Those that must report first, then those that are not decided; largest sum first. */
static int by_rank(const void *a, const void *b)
{
    const struct threshold_site *x = a, *y = b;
    if (x->answer[0] != y->answer[0])
        return x->answer[0] < y->answer[0] ? -1 : 1;
    if (x->sum < y->sum || x->sum > y->sum)
        return x->sum > y->sum ? -1 : 1;
    return x->facility < y->facility ? -1 : x->facility > y->facility;
}

static int by_use(const void *a, const void *b)
{
    const struct threshold_unlisted *x = a, *y = b;
    if (x->facilities != y->facilities)
        return x->facilities > y->facilities ? -1 : 1;
    return x->what < y->what ? -1 : x->what > y->what;
}

static int by_index(const void *a, const void *b, void *ctx)
{
    const struct threshold_site *sites = ctx;
    uint32_t x = sites[*(const uint32_t *)a].index, y = sites[*(const uint32_t *)b].index;
    return x < y ? -1 : x > y;
}

static void place_sites(struct threshold_list *list, const struct atlas *a)
{
    qsort(list->sites, list->site_count, sizeof *list->sites, by_rank);
    list->by_place = mem_zero(list->site_count, sizeof *list->by_place);
    for (uint32_t i = 0; i < list->site_count; i++) {
        int64_t at = atlas_find_facility(a, list->sites[i].facility);
        if (at < 0)
            continue;
        list->sites[i].index = (uint32_t)at;
        if (at < a->drawn)
            list->by_place[list->drawn_count++] = i;
    }
    qsort_r(list->by_place, list->drawn_count, sizeof *list->by_place, by_index, list->sites);
}

static void finish_unlisted(struct load *l, struct threshold_unlisted *unlisted, uint32_t count)
{
    struct threshold_list *list = l->list;
    for (uint32_t i = 0; i < count; i++) {
        unlisted[i].what = i;
        unlisted[i].several = l->whats[i].rule == THRESHOLD_UNDECIDED;
        if (unlisted[i].rows)
            unlisted[list->unlisted_count++] = unlisted[i];
    }
    qsort(unlisted, list->unlisted_count, sizeof *unlisted, by_use);
    list->unlisted = unlisted;
}

static void name_subjects(struct load *l)
{
    struct threshold_list *list = l->list;
    list->subjects = mem_zero(l->base + list->reported.keys.count, sizeof *list->subjects);
    memcpy(list->subjects, list->set->subjects, l->base * sizeof *list->subjects);
    for (uint32_t i = 0; i < list->reported.keys.count; i++) {
        struct threshold_what what;
        threshold_set_reported(&what, &list->subjects[l->base + i], list->set,
                               reported_key(&list->reported, i), reported_name(&list->reported, i));
    }
}

static bool make_list(struct load *l, const char *rule_set, const struct atlas *a, struct db *db,
                      struct error *err)
{
    struct threshold_list *list = l->list;
    list->set = threshold_set_load(rule_set, db, err);
    if (!list->set)
        return false;
    l->base = l->what_cap = list->set->what_count;
    l->whats = mem_zero(l->base, sizeof *l->whats);
    memcpy(l->whats, list->set->whats, l->base * sizeof *l->whats);
    buf_char(&list->texts, '\0'); /* offset 0 = no text */
    if (!db_copy_out(db, SQL_threshold_rows.text, take_row, l, err) || !take_asides(l, db, err))
        return false;
    qsort(l->raws, l->count, sizeof *l->raws, by_facility);
    l->unit = mem_zero(l->units.count, sizeof *l->unit);
    for (uint32_t i = 0; i < l->units.count; i++)
        l->unit[i] = threshold_unit_of(intern_text(&l->units, i));
    uint32_t count = l->base + list->reported.keys.count;
    struct threshold_unlisted *unlisted = mem_zero(count, sizeof *unlisted);
    judge_all(l, unlisted);
    finish_unlisted(l, unlisted, count);
    name_subjects(l);
    place_sites(list, a);
    list->rows = (uint32_t)l->count - l->asides;
    if (list->texts.overflow || l->quantities.overflow || l->units.texts.overflow ||
        l->places.texts.overflow || reported_overflow(&list->reported))
        return error_set(err, ERROR_TOO_LARGE, "the texts of the check pass their limit");
    return true;
}

struct order { /* of one list */
    const char *rule_set;
    const struct atlas *atlas;
    struct db *db;
};

static void drop(void *thing)
{
    struct threshold_list *list = thing;
    threshold_set_free(list->set);
    free(list->subjects);
    free(list->sites);
    free(list->by_place);
    free(list->lines);
    free(list->unlisted);
    buf_free(&list->texts);
    reported_free(&list->reported);
    free(list);
}

static void *make(void *ctx, size_t *bytes)
{
    const struct order *o = ctx;
    struct threshold_list *list = mem_zero(1, sizeof *list);
    struct load l = {.list = list, .quantities = {.max = (size_t)2 << 30}};
    list->ok = db_exec(o->db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", &list->err);
    if (list->ok) {
        struct error end;
        list->ok = make_list(&l, o->rule_set, o->atlas, o->db, &list->err);
        db_exec(o->db, "ROLLBACK", &end);
    }
    free(l.raws);
    free(l.rows);
    free(l.unit);
    free(l.whats);
    buf_free(&l.quantities);
    intern_free(&l.units);
    intern_free(&l.places);
    *bytes = sizeof *list + list->site_count * sizeof *list->sites +
             list->line_count * sizeof *list->lines + list->texts.cap +
             reported_bytes(&list->reported);
    return list;
}

const struct threshold_list *threshold_list_take(const struct snapshot *s, const char *rule_set,
                                                 struct db *db, struct error *err)
{
    struct order o = {rule_set, s->atlas, db};
    char key[600];
    snprintf(key, sizeof key, "thresholds?%.560s", rule_set);
    const struct threshold_list *l = memo_take(s->memo, key, make, drop, &o);
    if (l->ok)
        return l;
    *err = l->err;
    memo_forget(s->memo, l);
    memo_put(s->memo, l);
    return NULL;
}

void threshold_list_put(const struct snapshot *s, const struct threshold_list *l)
{
    if (l)
        memo_put(s->memo, l);
}
