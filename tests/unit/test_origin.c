/* Who may change something here. */
#include "tests/unit/unit.h"

#include "server/origin.h"

static const struct {
    const char *method, *fetch_site, *origin, *host;
    bool allowed;
} cases[] = {
    {"POST", NULL, NULL, "map:8080", true}, /* a program */
    {"POST", "same-origin", "http://map:8080", "map:8080", true},
    {"POST", "none", NULL, "map:8080", true},
    {"POST", "cross-site", "http://evil", "map:8080", false},
    {"POST", "same-site", "http://map:9090", "map:8080", false}, /* another port is another site */
    {"POST", "cross-site", "http://map:8080", "map:8080", false},
    {"DELETE", NULL, "http://evil", "map:8080", false},
    {"DELETE", NULL, "http://map:8080", "map:8080", true},
    {"PUT", NULL, "http://MAP:8080", "map:8080", true},
    {"POST", NULL, "https://map:8080", "map:8080", true}, /* TLS ended before us */
    {"POST", NULL, "http://map", "map:8080", false},
    {"POST", NULL, "http://map:8080.evil", "map:8080", false},
    {"POST", NULL, "null", "map:8080", false},
    {"POST", NULL, "", "map:8080", false},
    {"POST", NULL, "http://map:8080", NULL, false},
    {"POST", NULL, "https://public.example", "inner:80", true}, /* as the proxy tells */
    {"GET", "cross-site", "http://evil", "map:8080", true},
    {"HEAD", "cross-site", "http://evil", "map:8080", true},
    {"OPTIONS", "cross-site", "http://evil", "map:8080", true},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {.kind = ERROR_NONE};
        bool allowed = origin_check(cases[i].method, cases[i].fetch_site, cases[i].origin,
                                    cases[i].host, "https://public.example/haz", &err);
        if (allowed != cases[i].allowed)
            fail_msg("case %zu: %s", i, allowed ? "let through" : "refused");
        assert_int_equal(err.kind, allowed ? ERROR_NONE : ERROR_FORBIDDEN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return unit_run("origin", tests);
}
