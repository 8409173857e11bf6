/* The order of substances, and the warnings' first line. */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/packet_parts.h"

#define UNKNOWN                                                                                    \
    .nfpa = {-1, -1, -1}, .water_reactive = -1, .toxic_by_inhalation = -1,                         \
    .quantity_kg = (double)NAN

static struct packet_substance sample(int which)
{
    switch (which) {
    case 0: return (struct packet_substance){.name_zh = "某物", UNKNOWN};
    case 1:
        return (struct packet_substance){.cas = "67-56-1",
                                         .name_zh = "甲醇",
                                         .name_en = "Methanol",
                                         .nfpa = {1, 3, 0},
                                         .quantity_kg = 5000};
    case 2:
        return (struct packet_substance){.cas = "7664-93-9",
                                         .name_zh = "硫酸",
                                         .name_en = "Sulfuric acid",
                                         .nfpa = {3, 0, 2},
                                         .quantity_kg = 1};
    case 3:
        return (struct packet_substance){.cas = "7782-50-5",
                                         .name_zh = "氯",
                                         .name_en = "Chlorine",
                                         .nfpa = {3, 0, 0},
                                         .toxic_by_inhalation = 1,
                                         .quantity_kg = 10};
    case 4:
        return (struct packet_substance){.cas = "7719-09-7",
                                         .name_zh = "氯化亞碸",
                                         .name_en = "Thionyl chloride",
                                         .nfpa = {3, 0, 2},
                                         .water_reactive = 1,
                                         .toxic_by_inhalation = 1,
                                         .gases = "HCl|SO2",
                                         .quantity_kg = (double)NAN};
    case 5:
        return (struct packet_substance){.cas = "64-17-5",
                                         .name_zh = "乙醇",
                                         .name_en = "Ethanol",
                                         .nfpa = {2, 3, 0},
                                         .quantity_kg = 2};
    default:
        return (struct packet_substance){
            .cas = "50-29-3", .name_zh = "滴滴涕", .name_en = "DDT", UNKNOWN};
    }
}

static void order_is_what_kills_first(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "7719-09-7", /* reacts with water */
        "7782-50-5", /* toxic to breathe */
        "7664-93-9", /* sum 5, health 3 */
        "64-17-5",   /* sum 5, health 2 */
        "67-56-1",   /* sum 4 */
        "50-29-3",   /* nothing known */
        NULL,        /* not linked */
    };
    struct packet_substance list[7];
    for (int shift = 0; shift < 7; shift++) {
        for (int i = 0; i < 7; i++) {
            list[i] = sample((i * 3 + shift) % 7);
            list[i].reason = packet_substance_reason(&list[i]);
        }
        qsort(list, 7, sizeof *list, packet_substance_compare);
        for (int i = 0; i < 7; i++) {
            if (wanted[i])
                assert_string_equal(list[i].cas, wanted[i]);
            else
                assert_null(list[i].cas);
        }
    }
    assert_string_equal(order_reason_names[list[0].reason], "water_reactive");
    assert_string_equal(order_reason_names[list[6].reason], "unlinked");
}

/* The warnings of a packet whose facility holds some substances. */
static char *warnings(struct packet_substance *held, int count, struct packet_substance *chosen,
                      double wind_from)
{
    struct packet_question q = {
        .wind_from_deg = wind_from, .wind_speed_ms = (double)NAN, .has_place = true};
    struct packet p = {.q = &q, .held = {.items = held, .count = count, .total = count}};
    struct buf out = {0};
    struct json j = {.out = &out};
    if (chosen)
        p.chosen = (struct packet_substances){.items = chosen, .count = 1, .total = 1};
    json_open(&j, NULL, '{');
    packet_write_warnings(&j, &p);
    json_close(&j, '}');
    char *text = strdup(buf_string(&out));
    buf_free(&out);
    return text;
}

static void begins(char *got, const char *first)
{
    size_t len = strlen("{\"warnings\":[") + strlen(first);
    assert_true(strlen(got) > len);
    if (strncmp(got + strlen("{\"warnings\":["), first, strlen(first)))
        fail_msg("%s", got);
    free(got);
}

static void first_line(void **state)
{
    (void)state;
    struct packet_substance list[] = {sample(4), sample(3), sample(1)};
    begins(warnings(list, 3, NULL, 0),
           "{\"severity\":\"danger\",\"zh\":\"遇水反應：氯化亞碸（產生 HCl, SO2）。");
    begins(warnings(list + 1, 2, NULL, 0), "{\"severity\":\"danger\",\"zh\":\"吸入致命：氯。");
    begins(warnings(list + 2, 1, NULL, 0), "{\"severity\":\"danger\",\"zh\":\"極易起火：甲醇。");
    begins(warnings(list, 3, &list[2], 0), "{\"severity\":\"danger\",\"zh\":\"極易起火：甲醇。");
    struct packet_substance unlinked = sample(0);
    begins(warnings(&unlinked, 1, NULL, 0),
           "{\"severity\":\"warning\",\"zh\":\"未能連結至已知物質：某物。");
    begins(warnings(NULL, 0, NULL, 0), "{\"severity\":\"warning\",\"zh\":\"無資料：");
}

static void no_data_is_never_safe(void **state)
{
    (void)state;
    char *none = warnings(NULL, 0, NULL, (double)NAN);
    assert_non_null(strstr(none, "does not mean it is safe"));
    assert_non_null(strstr(none, "Wind not known"));
    free(none);
    struct packet_substance old = sample(1), chlorine = sample(3);
    old.overdue = true;
    old.period_end = "2015-12-31";
    char *text = warnings(&old, 1, &chlorine, 90);
    assert_non_null(strstr(text, "2015-12-31"));
    assert_non_null(strstr(text, "do not list this substance"));
    assert_null(strstr(text, "Wind not known"));
    free(text);
}

static void substance_as_json(void **state)
{
    (void)state;
    struct buf out = {0};
    struct json j = {.out = &out};
    struct packet_substance s = sample(0);
    s.quantity = "0.5";
    s.unit = "公噸";
    s.reason = ORDER_UNLINKED;
    packet_substance_write(&j, &s);
    const char *text = buf_string(&out);
    assert_non_null(strstr(text, "\"cas\":null"));
    assert_non_null(strstr(text, "\"quantity_kg\":null"));
    assert_non_null(strstr(text, "\"water_reactive\":null"));
    assert_non_null(strstr(text, "\"health\":null"));
    assert_non_null(strstr(text, "\"reported\":\"0.5 公噸\""));
    assert_non_null(strstr(text, "\"linked\":false"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_what_kills_first),
        cmocka_unit_test(first_line),
        cmocka_unit_test(no_data_is_never_safe),
        cmocka_unit_test(substance_as_json),
    };
    return unit_run("packet", tests);
}
