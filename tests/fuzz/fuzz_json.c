/* fuzz_json: any bytes as JSON, whole and line by line. The first byte says how many bytes come at
 * once. Checked: brackets match, texts are UTF-8 without NUL, and what is built again is read
 * again. */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/json_lines.h"

struct bytes {
    const char *at;
    size_t len, part;
};

static bool give(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    struct bytes *b = ctx;
    (void)err;
    *got = b->len < b->part ? b->len : b->part;
    *got = *got < room ? *got : room;
    memcpy(to, b->at, *got);
    b->at += *got;
    b->len -= *got;
    return true;
}

static void check_tokens(struct bytes b)
{
    struct error err;
    struct json_scan *j = json_scan_open(give, &b);
    enum json_token token;
    int depth = 0;
    while ((token = json_scan_next(j, &err)) != JSON_END && token != JSON_FAILED) {
        size_t len;
        const char *text = json_scan_text(j, &len);
        depth += token == JSON_OBJECT || token == JSON_ARRAY;
        depth -= token == JSON_OBJECT_END || token == JSON_ARRAY_END;
        if (depth < 0 || depth > JSON_SCAN_DEPTH_MAX)
            abort();
        if ((token == JSON_TEXT || token == JSON_KEY) &&
            (!text_utf8_valid(text, len) || memchr(text, '\0', len)))
            abort();
    }
    if (token == JSON_END && depth)
        abort();
    json_scan_close(j);
}

static bool rebuild(struct buf *out, struct bytes b)
{
    struct error err;
    struct json_scan *j = json_scan_open(give, &b);
    bool ok = json_scan_value(out, j, json_scan_next(j, &err), &err);
    json_scan_close(j);
    return ok;
}

static bool take(void *ctx, struct json_scan *j, uint64_t line, struct error *err)
{
    uint64_t *last = ctx;
    (void)err;
    if (line <= *last)
        abort();
    *last = line;
    while (json_scan_next(j, NULL) < JSON_END)
        ;
    return true;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    struct buf once = {.max = 1 << 24}, twice = {.max = 1 << 24};
    struct error err;
    uint64_t last = 0;
    if (!len)
        return 0;
    struct bytes b = {(const char *)data + 1, len - 1, (size_t)data[0] + 1}, lines = b;
    check_tokens(b);
    if (rebuild(&once, b) && once.len) {
        struct bytes again = {once.data, once.len, 7};
        if (!rebuild(&twice, again) || once.len != twice.len ||
            memcmp(once.data, twice.data, once.len) != 0)
            abort();
    }
    json_lines(give, &lines, take, &last, &err);
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
