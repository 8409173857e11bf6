#include "analysis/packet_substance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gis/mem.h"
#include "sql.h"

const char *const order_reason_names[] = {"water_reactive", "toxic_by_inhalation", "hazard",
                                          "unlinked"};

static int digit_at(const struct db_result *r, int row, int column)
{
    return db_is_null(r, row, column) ? -1 : (int)db_get_i64(r, row, column);
}

static const char *text_at(const struct db_result *r, int row, int column)
{
    const char *text = db_get_text(r, row, column);
    return text && *text ? text : NULL;
}

enum order_reason packet_substance_reason(const struct packet_substance *s)
{
    if (!s->cas)
        return ORDER_UNLINKED;
    if (s->water_reactive == 1)
        return ORDER_WATER_REACTIVE;
    return s->toxic_by_inhalation == 1 ? ORDER_TOXIC : ORDER_HAZARD;
}

static void read_row(struct packet_substance *s, const struct db_result *r, int i)
{
    *s = (struct packet_substance){
        .cas = text_at(r, i, 0),
        .name_zh = text_at(r, i, 1),
        .name_en = text_at(r, i, 2),
        .un = text_at(r, i, 3),
        .erg_guide = text_at(r, i, 4),
        .guide_zh = text_at(r, i, 5),
        .guide_en = text_at(r, i, 6),
        .nfpa = {digit_at(r, i, 7), digit_at(r, i, 8), digit_at(r, i, 9)},
        .nfpa_special = text_at(r, i, 10),
        .ghs_pictograms = text_at(r, i, 11),
        .ghs_signal = text_at(r, i, 12),
        .water_reactive = digit_at(r, i, 13),
        .toxic_by_inhalation = digit_at(r, i, 14),
        .gases = text_at(r, i, 15),
        .physical_state = text_at(r, i, 16),
        .quantity_kg = db_get_f64(r, i, 17),
        .quantity = text_at(r, i, 18),
        .unit = text_at(r, i, 19),
        .behaviour = text_at(r, i, 20),
        .period_start = text_at(r, i, 21),
        .period_end = text_at(r, i, 22),
        .source = text_at(r, i, 23),
        .source_name = text_at(r, i, 24),
        .overdue = db_get_bool(r, i, 25),
    };
    s->reason = packet_substance_reason(s);
}

static int hazard_sum(const struct packet_substance *s)
{
    int sum = -1; /* nothing known sorts after 0-0-0 */
    for (int i = 0; i < 3; i++)
        if (s->nfpa[i] >= 0)
            sum = (sum < 0 ? 0 : sum) + s->nfpa[i];
    return sum;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

int packet_substance_compare(const void *left, const void *right)
{
    const struct packet_substance *a = left, *b = right;
    if (a->reason != b->reason)
        return a->reason < b->reason ? -1 : 1;
    int sums = hazard_sum(b) - hazard_sum(a);
    if (sums)
        return sums;
    if (a->nfpa[0] != b->nfpa[0])
        return b->nfpa[0] - a->nfpa[0];
    double more = isnan(a->quantity_kg) ? -1.0 : a->quantity_kg;
    double other = isnan(b->quantity_kg) ? -1.0 : b->quantity_kg;
    if (more < other || more > other)
        return more > other ? -1 : 1;
    int order = compare_text(a->cas, b->cas);
    return order ? order : compare_text(a->name_zh, b->name_zh);
}

static bool take(struct packet_substances *out, struct db_result *result)
{
    *out = (struct packet_substances){.result = result};
    if (!result)
        return false;
    out->total = db_rows(result);
    out->items = mem_zero((size_t)out->total + 1, sizeof *out->items);
    for (int i = 0; i < out->total; i++)
        read_row(&out->items[i], result, i);
    qsort(out->items, (size_t)out->total, sizeof *out->items, packet_substance_compare);
    out->count = out->total < PACKET_SUBSTANCES_MAX ? out->total : PACKET_SUBSTANCES_MAX;
    return true;
}

bool packet_substances_load(struct packet_substances *out, int64_t facility_id, struct db *db,
                            struct error *err)
{
    return take(out, db_query(db, &SQL_packet_substances, err, DB_ARGS(db_i64(facility_id))));
}

bool packet_substances_load_cas(struct packet_substances *out, const char *cas, struct db *db,
                                struct error *err)
{
    return take(out, db_query(db, &SQL_packet_substance_cas, err, DB_ARGS(db_text(cas))));
}

void packet_substances_free(struct packet_substances *list)
{
    free(list->items);
    db_done(list->result);
    *list = (struct packet_substances){0};
}

void packet_substance_gases(struct buf *out, const struct packet_substance *s)
{
    for (const char *at = s->gases; at && *at; at++) {
        if (*at == '|')
            buf_text(out, ", ");
        else
            buf_char(out, *at);
    }
}

static void write_flag(struct json *j, const char *key, int flag)
{
    if (flag < 0)
        json_null(j, key);
    else
        json_bool(j, key, flag == 1);
}

static void write_nfpa(struct json *j, const struct packet_substance *s)
{
    static const char *const keys[] = {"health", "flammability", "instability"};
    json_open(j, "nfpa", '{');
    for (int i = 0; i < 3; i++) {
        if (s->nfpa[i] < 0)
            json_null(j, keys[i]);
        else
            json_int(j, keys[i], s->nfpa[i]);
    }
    json_text(j, "special", s->nfpa_special);
    json_close(j, '}');
}

void packet_substance_write_facts(struct json *j, const struct packet_substance *s)
{
    json_text(j, "cas", s->cas);
    json_text(j, "name_zh", s->name_zh);
    json_text(j, "name_en", s->name_en);
    json_text(j, "un", s->un);
    json_text(j, "erg_guide", s->erg_guide);
    if (s->guide_zh)
        json_both(j, "guide_title", s->guide_zh, s->guide_en);
    else
        json_null(j, "guide_title");
    write_nfpa(j, s);
    json_parts(j, "ghs_pictograms", s->ghs_pictograms, ',');
    json_text(j, "ghs_signal", s->ghs_signal);
    write_flag(j, "water_reactive", s->water_reactive);
    struct buf gases = {0};
    packet_substance_gases(&gases, s);
    json_text(j, "water_reactive_gases", gases.len ? buf_string(&gases) : NULL);
    buf_free(&gases);
    write_flag(j, "toxic_by_inhalation", s->toxic_by_inhalation);
    json_text(j, "physical_state", s->physical_state);
}

void packet_behaviour_words(const char **zh, const char **en, const char *behaviour)
{
    static const char *const words[][3] = {
        {"manufacture", "製造", "manufacture"},
        {"import", "輸入", "import"},
        {"export", "輸出", "export"},
        {"use", "使用", "use"},
        {"store", "貯存", "store"},
        {"sell", "販賣", "sell"},
        {"transfer", "運送", "transfer"},
        {"discard", "廢棄", "discard"},
        {"other", "其他", "other"},
    };
    *zh = *en = behaviour;
    for (size_t i = 0; behaviour && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], behaviour)) {
            *zh = words[i][1];
            *en = words[i][2];
        }
}

static void write_behaviour(struct json *j, const char *behaviour)
{
    const char *zh, *en;
    if (!behaviour) {
        json_null(j, "behaviour");
        return;
    }
    packet_behaviour_words(&zh, &en, behaviour);
    json_open(j, "behaviour", '{');
    json_text(j, "key", behaviour);
    json_text(j, "zh", zh);
    json_text(j, "en", en);
    json_close(j, '}');
}

void packet_substance_write(struct json *j, const struct packet_substance *s)
{
    json_open(j, NULL, '{');
    packet_substance_write_facts(j, s);
    json_number(j, "quantity_kg", s->quantity_kg, 6);
    if (s->quantity) {
        char *reported = mem_format("%s %s", s->quantity, s->unit ? s->unit : "");
        json_text(j, "reported", reported);
        free(reported);
    } else {
        json_null(j, "reported");
    }
    write_behaviour(j, s->behaviour);
    if (s->period_end || s->period_start) {
        json_open(j, "period", '{');
        json_text(j, "start", s->period_start);
        json_text(j, "end", s->period_end);
        json_close(j, '}');
    } else {
        json_null(j, "period");
    }
    json_bool(j, "overdue", s->overdue);
    json_text(j, "source", s->source);
    json_text(j, "order_reason", order_reason_names[s->reason]);
    json_bool(j, "linked", s->cas != NULL);
    json_close(j, '}');
}
