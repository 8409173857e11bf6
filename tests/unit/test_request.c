/* Request targets, base URLs, Accept-Encoding, typed parameters, If-None-Match. */
#include "tests/unit/unit.h"

#include "server/reply.h"
#include "server/request.h"

static char text[8192];

static bool parse(struct request *r, const char *target, struct error *err)
{
    *r = (struct request){.method = "GET"};
    *err = (struct error){.kind = ERROR_NONE};
    snprintf(text, sizeof text, "%s", target);
    return request_parse_target(r, text, err);
}

static void assert_refused(const char *target, const char *words)
{
    struct request r;
    struct error err;
    if (parse(&r, target, &err))
        fail_msg("%s was taken as %s", target, r.path);
    assert_true(err.kind == ERROR_INPUT || err.kind == ERROR_TOO_LARGE);
    if (!strstr(err.text, words))
        fail_msg("%s: \"%s\" does not say \"%s\"", target, err.text, words);
}

static void test_path(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"/", "/"},
        {"/tiles/facilities/1/2/3.mvt", "/tiles/facilities/1/2/3.mvt"},
        {"/a%20b", "/a b"},
        {"/%E4%B8%AD", "/中"},
        {"/a%2Fb", "/a/b"},
        {"/%2541", "/%41"}, /* once, not twice */
        {"/a+b", "/a+b"},
        {"/...", "/..."},
        {"/..a/.b", "/..a/.b"},
        {"/a/", "/a/"},
        {"http://host:80/x", "/x"},
        {"https://host", ""},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct request r;
        struct error err;
        bool ok = parse(&r, good[i][0], &err);
        if (!*good[i][1])
            assert_false(ok); /* an origin without a path */
        else if (!ok || strcmp(r.path, good[i][1]) != 0)
            fail_msg("%s: %s", good[i][0], ok ? r.path : err.text);
    }
}

static void test_path_refused(void **state)
{
    (void)state;
    assert_refused("", "begin with /");
    assert_refused("*", "begin with /");
    assert_refused("tiles", "begin with /");
    assert_refused("//", "empty segment");
    assert_refused("//host/x", "empty segment");
    assert_refused("/a//b", "empty segment");
    assert_refused("/a/%2f", "empty segment");
    assert_refused("/..", ". or ..");
    assert_refused("/a/../b", ". or ..");
    assert_refused("/a/..%2fetc%2fpasswd", ". or ..");
    assert_refused("/%2e%2e/x", ". or ..");
    assert_refused("/a/%2E", ". or ..");
    assert_refused("/./", ". or ..");
    assert_refused("/%00", "control character (0x00)");
    assert_refused("/a%0d%0aSet-Cookie:x", "control character");
    assert_refused("/\x7f", "control character");
    assert_refused("/%", "hexadecimal");
    assert_refused("/%4", "hexadecimal");
    assert_refused("/%zz", "hexadecimal");
    assert_refused("/%4g", "hexadecimal");
    assert_refused("/%ff", "UTF-8");
    assert_refused("/%C0%AF", "UTF-8");       /* overlong slash */
    assert_refused("/%ED%A0%80", "UTF-8");    /* surrogate */
    assert_refused("/%F4%90%80%80", "UTF-8"); /* past the last code point */
    char longest[HTTP_PATH_MAX + 3];
    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    longest[HTTP_PATH_MAX] = '\0';
    struct request r;
    struct error err;
    assert_true(parse(&r, longest, &err));
    longest[HTTP_PATH_MAX] = 'a';
    longest[HTTP_PATH_MAX + 1] = '\0';
    assert_refused(longest, "longer than 1024");
}

static void test_query(void **state)
{
    (void)state;
    struct request r;
    struct error err;
    assert_true(parse(&r, "/x?q=%E6%B0%AF+gas&limit=5&&empty=&flag&a%3Db=c%3D%26d?", &err));
    assert_string_equal(r.path, "/x");
    assert_int_equal(r.query_count, 5);
    assert_string_equal(request_query(&r, "q"), "氯 gas");
    assert_string_equal(request_query(&r, "limit"), "5");
    assert_string_equal(request_query(&r, "empty"), "");
    assert_string_equal(request_query(&r, "flag"), "");
    assert_string_equal(request_query(&r, "a=b"), "c=&d?");
    assert_null(request_query(&r, "nothing"));
    assert_true(parse(&r, "/x?", &err));
    assert_int_equal(r.query_count, 0);
}

static void test_query_refused(void **state)
{
    (void)state;
    char many[1024] = "/x?", value[HTTP_VALUE_MAX + 16] = "/x?q=";
    assert_refused("/x?a=%00", "control character");
    assert_refused("/x?a=%0a", "control character");
    assert_refused("/x?a=%", "hexadecimal");
    assert_refused("/x?a=%ff", "UTF-8");
    assert_refused("/x?%ff=1", "UTF-8");
    for (int i = 0; i <= HTTP_PARAMETERS_MAX; i++) {
        size_t used = strlen(many);
        snprintf(many + used, sizeof many - used, "&p%d=1", i);
    }
    assert_refused(many, "more than 32");
    memset(value + 5, 'v', HTTP_VALUE_MAX + 1);
    value[5 + HTTP_VALUE_MAX + 1] = '\0';
    assert_refused(value, "longer than 1024");
}

static void assert_base(const char *wanted, const char *host, const char *proto,
                        const char *forwarded, const char *prefix)
{
    char base[512];
    request_base_url(base, sizeof base, host, proto, forwarded, prefix, 8080);
    assert_string_equal(base, wanted);
}

static void test_base_url(void **state)
{
    (void)state;
    assert_base("http://127.0.0.1:8080", NULL, NULL, NULL, NULL);
    assert_base("http://map.example", "map.example", NULL, NULL, NULL);
    assert_base("http://localhost:81", "localhost:81", NULL, NULL, NULL);
    assert_base("http://[::1]:81", "[::1]:81", NULL, NULL, NULL);
    assert_base("https://map.example/haz", "10.0.0.1:8080", "https", "map.example", "/haz/");
    assert_base("http://a", "a", "gopher", "", "");
    /* What could break out of an attribute, a string or a header is not used. */
    static const char *const bad[] = {
        "a\"b",     "a<b",  "a b", "a/b", "a:b", "a:",           ":80", "[::1", "[]x",
        "a:123456", "a\\b", "a@b", "a?b", "a#b", "\xE4\xB8\xAD", "a'b", "",     "a:80:80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_base("http://127.0.0.1:8080", bad[i], NULL, NULL, NULL);
        assert_base("http://good", "good", NULL, bad[i], NULL);
    }
    static const char *const bad_prefix[] = {"haz", "//evil", "/a\"b", "/a/../b",
                                             "/",   "/a<",    "/a b"};
    for (size_t i = 0; i < sizeof bad_prefix / sizeof *bad_prefix; i++)
        assert_base("http://good", "good", NULL, NULL, bad_prefix[i]);
}

static void test_gzip(void **state)
{
    (void)state;
    static const char *const yes[] = {"gzip",    "GZIP",       "deflate, gzip;q=0.5, br", "*",
                                      "br,gzip", "gzip;q=1.0", "identity;q=0, *"};
    static const char *const no[] = {"",      "br",    "identity", "gzip;q=0",  "gzip;q=0.000, br",
                                     "*;q=0", "xgzip", "gzipped",  "gzip;q=0,*"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!request_takes_gzip(yes[i]))
            fail_msg("%s takes gzip", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (request_takes_gzip(no[i]))
            fail_msg("%s does not take gzip", no[i]);
    assert_false(request_takes_gzip(NULL));
}

static void test_numbers(void **state)
{
    (void)state;
    struct request r;
    struct error err;
    double lon = 7;
    int64_t limit = 50;
    assert_true(
        parse(&r, "/x?lon=120.5&limit=10&bad=NaN&far=1e999&big=99999999999999999999", &err));
    assert_true(request_double(&lon, &r, "lon", -180, 180, &err));
    assert_double_equal(lon, 120.5, 0);
    assert_true(request_double(&lon, &r, "absent", -180, 180, &err));
    assert_double_equal(lon, 120.5, 0);
    assert_false(request_double(&lon, &r, "lon", 0, 90, &err));
    assert_non_null(strstr(err.text, "lon is \"120.5\""));
    assert_false(request_double(&lon, &r, "bad", 0, 90, &err));
    assert_false(request_double(&lon, &r, "far", 0, 90, &err));
    assert_true(request_int(&limit, &r, "limit", 1, 1000, &err));
    assert_int_equal(limit, 10);
    assert_false(request_int(&limit, &r, "limit", 1, 5, &err));
    assert_false(request_int(&limit, &r, "big", INT64_MIN, INT64_MAX, &err));
    assert_false(request_int(&limit, &r, "lon", 1, 1000, &err));
}

static bool fresh(const char *if_none_match)
{
    struct request r = {.if_none_match = if_none_match};
    struct reply reply = {.status = 200, .etag = "a12-x"};
    return reply_unchanged(&reply, &r) && reply.status == 304;
}

static void test_if_none_match(void **state)
{
    (void)state;
    assert_true(fresh("\"a12-x\""));
    assert_true(fresh("W/\"a12-x\""));
    assert_true(fresh("\"old\", W/\"older\" , \"a12-x\""));
    assert_true(fresh("*"));
    assert_false(fresh(""));
    assert_false(fresh("a12-x"));
    assert_false(fresh("\"a12-x"));
    assert_false(fresh("\"a12-xy\""));
    assert_false(fresh("\"a12-\""));
    assert_false(fresh("\"a12\", \"-x\""));
}

static void test_problem(void **state)
{
    (void)state;
    struct reply reply = {.status = 200};
    struct error err = {.kind = ERROR_INPUT, .text = "<script>\"&"};
    reply_error(&reply, &err, "/x");
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.type, "application/problem+json");
    assert_string_equal(buf_string(&reply.body),
                        "{\"type\":\"about:blank\",\"title\":\"Bad request\",\"status\":400,"
                        "\"detail\":\"<script>\\\"&\",\"instance\":\"/x\"}");
    err = (struct error){.kind = ERROR_INTERNAL, .text = "secret of the house"};
    reply_error(&reply, &err, "/x");
    assert_int_equal(reply.status, 500);
    assert_null(strstr(buf_string(&reply.body), "secret"));
    err = (struct error){.kind = ERROR_NONE}; /* a handler that failed without words */
    reply_error(&reply, &err, "/x");
    assert_int_equal(reply.status, 500);
    reply_free(&reply);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path),     cmocka_unit_test(test_path_refused),
        cmocka_unit_test(test_query),    cmocka_unit_test(test_query_refused),
        cmocka_unit_test(test_base_url), cmocka_unit_test(test_gzip),
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_if_none_match),
        cmocka_unit_test(test_problem),
    };
    return unit_run("request", tests);
}
