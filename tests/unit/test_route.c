/* The route table: every row whole, every row reached by its own address, parameters checked. */
#include "tests/unit/unit.h"

#include <string.h>

#include "server/route.h"

static struct request *request(const char *method, const char *path)
{
    static struct request r;
    r = (struct request){.method = method, .path = path, .body = "", .if_none_match = ""};
    return &r;
}

static void each_row(void (*check)(const struct route *r))
{
    for (const struct route *const *table = route_tables; *table; table++)
        for (const struct route *r = *table; r->pattern; r++)
            check(r);
}

static void check_whole(const struct route *r)
{
    assert_true(route_choice("GET|POST|DELETE|PUT", r->method));
    assert_int_equal(r->pattern[0], '/');
    assert_non_null(r->handler);
    assert_true(r->summary && *r->summary);
    assert_true(r->answer && *r->answer);
    assert_true(r->tag && *r->tag);
    assert_null(strstr(r->pattern, "//"));
    for (const struct parameter *p = r->parameters; p && p->name; p++) {
        assert_true(p->about && *p->about);
        assert_true(p->least <= p->most);
        assert_true((p->kind == PARAMETER_CHOICE) == (p->choices != NULL));
        if (p->kind == PARAMETER_CHOICE && p->fallback)
            assert_true(route_choice(p->choices, p->fallback));
        for (const struct parameter *q = r->parameters; q != p; q++)
            assert_string_not_equal(p->name, q->name);
    }
}

static void test_rows_are_whole(void **state)
{
    (void)state;
    each_row(check_whole);
}

/* Each {…} becomes "7": the address must lead to this very row, not to one above it. */
static void check_reached(const struct route *r)
{
    char path[256];
    size_t n = 0;
    int parts = 0;
    for (const char *c = r->pattern; *c; c++) {
        if (*c == '{') {
            c = strchr(c, '}');
            path[n++] = '7';
            parts++;
        } else {
            path[n++] = *c;
        }
    }
    path[n] = '\0';
    struct error err = {.kind = ERROR_NONE};
    struct request *q = request(r->method, path);
    assert_ptr_equal(route_find(q, &err), r);
    for (int i = 0; i < 4; i++)
        if (i < parts)
            assert_string_equal(q->part[i], "7");
        else
            assert_null(q->part[i]);
}

static void test_rows_are_reached(void **state)
{
    (void)state;
    each_row(check_reached);
}

static int rows_seen;

static void check_number(const struct route *r)
{
    assert_int_equal(route_number(r), rows_seen++);
}

static void test_rows_are_numbered(void **state)
{
    (void)state;
    rows_seen = 0;
    each_row(check_number);
    assert_int_equal(rows_seen, route_count());
    static const struct route stranger = {.pattern = NULL};
    assert_int_equal(route_number(&stranger), -1);
}

static void assert_no_route(const char *method, const char *path, enum error_kind kind)
{
    struct error err = {.kind = ERROR_NONE};
    assert_null(route_find(request(method, path), &err));
    assert_int_equal(err.kind, kind);
}

static void test_parts(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct request *r = request("GET", "/tiles/facilities/14/13722/7015.mvt");
    assert_non_null(route_find(r, &err));
    assert_string_equal(r->part[0], "14");
    assert_string_equal(r->part[1], "13722");
    assert_string_equal(r->part[2], "7015");
    r = request("GET", "/tiles/facilities/1/2/3.mvt.mvt"); /* greedy: the name keeps its dots */
    assert_non_null(route_find(r, &err));
    assert_string_equal(r->part[2], "3.mvt");
}

static void test_not_found(void **state)
{
    (void)state;
    assert_no_route("GET", "/nothing", ERROR_NOT_FOUND);
    assert_no_route("GET", "/healthz/", ERROR_NOT_FOUND);
    assert_no_route("GET", "/health", ERROR_NOT_FOUND);
    assert_no_route("GET", "/tiles/facilities/1/2/.mvt", ERROR_NOT_FOUND);
    assert_no_route("GET", "/tiles/facilities/1//3.mvt", ERROR_NOT_FOUND);
    assert_no_route("GET", "/tiles/facilities/1/2/3.mvt/4", ERROR_NOT_FOUND);
    assert_no_route("DELETE", "/healthz", ERROR_METHOD);
    assert_no_route("GET", "/api/v1/packets", ERROR_METHOD);
}

static void test_methods(void **state)
{
    (void)state;
    char methods[64];
    route_methods(methods, sizeof methods, "/healthz");
    assert_string_equal(methods, "OPTIONS, GET, HEAD");
    route_methods(methods, sizeof methods, "/api/v1/packets");
    assert_string_equal(methods, "OPTIONS, POST");
    route_methods(methods, sizeof methods, "/nothing");
    assert_string_equal(methods, "OPTIONS");
}

/* ---- parameters ---- */

static const struct parameter known[] = {
    {"name", PARAMETER_TEXT, 0, 0, NULL, NULL, "text"},
    {"limit", PARAMETER_INTEGER, 1, 1000, NULL, "50", "bounded"},
    {"any", PARAMETER_INTEGER, 0, 0, NULL, NULL, "without bounds"},
    {"lon", PARAMETER_NUMBER, -180, 180, NULL, NULL, "degrees"},
    {"time", PARAMETER_CHOICE, 0, 0, "day|night", "day", "choice"},
    {"map", PARAMETER_TEXTS, 0, 0, NULL, NULL, "several times"},
    {.name = NULL},
};
static const struct route example = {.method = "GET", .pattern = "/x", .parameters = known};

static bool check(const char *name, const char *value, struct error *err)
{
    struct request *r = request("GET", "/x");
    r->query[0].name = name;
    r->query[0].value = value;
    r->query_count = 1;
    return route_check(&example, r, err);
}

static void test_parameters_taken(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"name", ""},
        {"name", "'; DROP TABLE x; --"},
        {"limit", "1"},
        {"limit", "1000"},
        {"any", "-9223372036854775808"},
        {"lon", "-180"},
        {"lon", "1e2"},
        {"time", "night"},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct error err = {.kind = ERROR_NONE};
        if (!check(good[i][0], good[i][1], &err))
            fail_msg("%s=%s: %s", good[i][0], good[i][1], err.text);
    }
}

static void test_parameters_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"nome", "x"},
        {"Name", "x"},
        {"limit", "0"},
        {"limit", "1001"},
        {"limit", "1e2"},
        {"limit", ""},
        {"limit", " 5"},
        {"limit", "5 "},
        {"limit", "0x10"},
        {"limit", "99999999999999999999"},
        {"any", "9223372036854775808"},
        {"any", "NaN"},
        {"lon", "nan"},
        {"lon", "inf"},
        {"lon", "-Infinity"},
        {"lon", "1e999"},
        {"lon", "181"},
        {"lon", "12,5"},
        {"lon", "0x1p3"},
        {"time", "noon"},
        {"time", ""},
        {"time", "day|night"},
        {"time", "da"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = {.kind = ERROR_NONE};
        if (check(bad[i][0], bad[i][1], &err))
            fail_msg("%s=%s was taken", bad[i][0], bad[i][1]);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, bad[i][0]));
    }
}

static void test_unknown_parameter_names_the_known(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    assert_false(check("weights", "1", &err));
    assert_string_equal(
        err.text,
        "there is no parameter \"weights\" here; known are name, limit, any, lon, time, map");
}

static void test_parameters_given_twice(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct request *r = request("GET", "/x");
    r->query_count = 2;
    r->query[0].name = r->query[1].name = "map";
    r->query[0].value = r->query[1].value = "a=b";
    assert_true(route_check(&example, r, &err));
    r->query[0].name = r->query[1].name = "name";
    assert_false(route_check(&example, r, &err));
    assert_string_equal(err.text, "parameter name is given twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_whole),
        cmocka_unit_test(test_rows_are_reached),
        cmocka_unit_test(test_rows_are_numbered),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_not_found),
        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_parameters_taken),
        cmocka_unit_test(test_parameters_refused),
        cmocka_unit_test(test_parameters_given_twice),
        cmocka_unit_test(test_unknown_parameter_names_the_known),
    };
    return unit_run("route", tests);
}
