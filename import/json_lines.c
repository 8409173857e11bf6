#include "import/json_lines.h"

#include <string.h>

enum { PART = 1 << 16 };

/* The bytes of one line as a source. */
struct line {
    const char *at;
    size_t len;
};

static bool give(void *ctx, size_t *got, char *to, size_t room, struct error *err)
{
    struct line *line = ctx;
    (void)err;
    *got = line->len < room ? line->len : room;
    memcpy(to, line->at, *got);
    line->at += *got;
    line->len -= *got;
    return true;
}

static bool take_one(const struct buf *text, uint64_t number, json_line_take *take, void *ctx,
                     struct error *err)
{
    struct line line = {text->len ? text->data : "", text->len};
    bool blank = true;
    for (size_t i = 0; i < text->len; i++)
        blank = blank && strchr(" \t\r", text->data[i]) && text->data[i];
    if (blank)
        return true;
    struct json_scan *j = json_scan_open(give, &line);
    bool ok = take(ctx, j, number, err);
    json_scan_close(j);
    return ok;
}

bool json_lines(json_source *source, void *source_ctx, json_line_take *take, void *ctx,
                struct error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    char part[PART];
    struct buf text = {.max = JSON_LINE_MAX};
    uint64_t number = 1;
    size_t got = 0;
    bool ok = true;
    while (ok && (ok = source(source_ctx, &got, part, sizeof part, err)) && got) {
        const char *at = part, *end = part + got;
        if (number == 1 && !text.len && got >= 3 && !memcmp(part, mark, 3))
            at += 3;
        while (ok && at < end) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            buf_add(&text, at, (size_t)((stop ? stop : end) - at));
            at = stop ? stop + 1 : end;
            if (text.overflow)
                ok = error_set(err, ERROR_TOO_LARGE, "line %llu is longer than %d MiB",
                               (unsigned long long)number, JSON_LINE_MAX >> 20);
            else if (stop) {
                ok = take_one(&text, number++, take, ctx, err);
                buf_clear(&text);
            }
        }
    }
    ok = ok && take_one(&text, number, take, ctx, err);
    buf_free(&text);
    return ok;
}
