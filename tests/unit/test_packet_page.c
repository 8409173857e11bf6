/* The packet's page: hostile names stay text, the first screen comes first, no script, no inline
 * style. */
#include "tests/unit/unit.h"

#include "server/html.h"
#include "server/packet_page.h"

static void escaping(void **state)
{
    (void)state;
    struct buf out = {0};
    html_text(&out, "<b a=\"1\" c='2'>&\x01\x7f氯</b>");
    assert_string_equal(buf_string(&out),
                        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;氯&lt;/b&gt;");
    buf_clear(&out);
    html_text(&out, NULL);
    assert_int_equal(out.len, 0);
    buf_free(&out);
}

#define HOSTILE "</title><script>alert(1)</script>\\\" onload=\\\"x"

static const char packet[] =
    "{\"id\":\"abcdefghijklmnop\",\"created_at\":\"2026-11-21T16:30:00Z\",\"atlas\":7,"
    "\"incident\":{\"lon\":120.3,\"lat\":22.6,\"wind_from_deg\":45,\"wind_speed_ms\":3,"
    "\"note\":\"" HOSTILE "\",\"facility\":{\"name\":\"" HOSTILE "\",\"address\":\"" HOSTILE
    "\",\"number\":\"" HOSTILE "\"},\"substance\":{\"cas\":\"" HOSTILE
    "\",\"nfpa\":{\"special\":\"" HOSTILE "\",\"health\":9}}},"
    "\"warnings\":[{\"severity\":\"danger\",\"zh\":\"一" HOSTILE "\",\"en\":\"one" HOSTILE
    "\"},{\"severity\":\"info\",\"zh\":\"二\",\"en\":\"two\"}],"
    "\"substances\":[{\"name_zh\":\"" HOSTILE "\",\"name_en\":\"" HOSTILE "\",\"un\":\"" HOSTILE
    "\",\"ghs_pictograms\":[\"" HOSTILE "\"],\"nfpa\":{\"health\":3,\"flammability\":null},"
    "\"quantity_kg\":null,\"source\":\"" HOSTILE "\",\"period\":{\"start\":\"" HOSTILE "\"},"
    "\"behaviour\":{\"zh\":\"" HOSTILE "\"},\"linked\":false}],"
    "\"actions\":{\"guide\":\"" HOSTILE "\",\"edition\":\"" HOSTILE
    "\",\"topics\":[{\"zh\":\"" HOSTILE "\",\"title\":{\"zh\":\"" HOSTILE "\"}}]},"
    "\"distances\":{\"isolation_m\":1000,\"downwind_m\":11000,\"at_least\":true,\"edition\":"
    "\"" HOSTILE "\",\"text\":{\"zh\":\"" HOSTILE "\",\"en\":\"" HOSTILE "\"}},"
    "\"planning_estimate\":{\"zh\":\"估計\",\"en\":\"estimate\"},"
    "\"inside\":[{\"name\":\"" HOSTILE "\",\"distance_m\":12.4,\"zone\":\"isolation\"}],"
    "\"inside_total\":300}";

static void hostile_text_stays_text(void **state)
{
    (void)state;
    struct buf out = {0};
    struct error err = {0};
    if (!packet_page(&out, packet, strlen(packet), &err))
        fail_msg("%s", err.text);
    const char *page = buf_string(&out);
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "\" onload"));
    assert_null(strstr(page, "style=\""));
    assert_null(strstr(page, "<style"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)"));
    buf_free(&out);
}

static void first_screen_comes_first(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_true(packet_page(&out, packet, strlen(packet), NULL));
    const char *page = buf_string(&out);
    const char *first = strstr(page, "class=\"danger first\""), *isolate = strstr(page, "1,000 m");
    const char *protect = strstr(page, "≥ 11,000 m"), *wind = strstr(page, "東北風");
    const char *second = strstr(page, "class=\"info\""), *table = strstr(page, "<table");
    assert_true(first && isolate && protect && wind && second && table);
    assert_true(first < isolate && isolate < protect && protect < wind && wind < second);
    assert_true(second < table);
    assert_non_null(strstr(page, "2026-11-22 00:30 (UTC+8)"));
    assert_non_null(strstr(page, "lang=\"zh-Hant-TW\""));
    assert_non_null(strstr(page, "無資料 no data"));
    assert_non_null(strstr(page, "列出最近 1 處"));
    buf_free(&out);
}

static void broken_documents(void **state)
{
    (void)state;
    struct buf out = {0};
    struct error err = {0};
    assert_false(packet_page(&out, "{", 1, &err));
    assert_int_equal(err.kind, ERROR_INTERNAL);
    assert_true(packet_page(&out, "{}", 2, &err)); /* members may be missing */
    assert_true(packet_page(&out, "[1,null]", 8, &err));
    buf_free(&out);
}

static void diamond(void **state)
{
    (void)state;
    struct buf out = {0};
    packet_page_diamond(&out, (const int[]){4, -1, 0}, "W");
    const char *svg = buf_string(&out);
    assert_non_null(strstr(svg, ">4</text>"));
    assert_non_null(strstr(svg, ">?</text>"));
    assert_non_null(strstr(svg, ">0</text>"));
    assert_non_null(strstr(svg, ">W</text>"));
    assert_null(strstr(svg, "style"));
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escaping),
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(first_screen_comes_first),
        cmocka_unit_test(broken_documents),
        cmocka_unit_test(diamond),
    };
    return unit_run("packet page", tests);
}
