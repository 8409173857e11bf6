/* fuzz_encoding: any bytes as text of each encoding. The first byte says which, and how many bytes
 * come at once. Checked: what comes out is UTF-8 but for the mark of a bad byte, and is all UTF-8
 * where the whole is of that encoding. */
#include <stdlib.h>
#include <string.h>

#include "gis/text.h"
#include "import/encoding.h"

struct bytes {
    const unsigned char *at;
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

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    struct encoding_kit kit;
    struct error err;
    bool holds = false;
    if (!len)
        return 0;
    enum encoding encoding = (enum encoding)(data[0] % ENCODINGS);
    struct bytes b = {data + 1, len - 1, (size_t)(data[0] >> 3) + 1}, again = b;
    struct buf out = {.max = 1 << 24};
    encoding_prepare(&kit);
    if (!encoding_holds(&holds, &kit, encoding, give, &b, &err))
        abort();
    struct encoding_reader *r = encoding_open(&kit, encoding, give, &again, &err);
    for (size_t got = 1; r && got;) {
        char part[64];
        if (!encoding_read(r, &got, part, sizeof part, &err) || got > sizeof part)
            abort();
        buf_add(&out, part, got);
    }
    bool utf8 = text_utf8_valid(out.len ? out.data : "", out.len);
    if (r && holds && !utf8)
        abort();
    encoding_close(r);
    encoding_forget(&kit);
    buf_free(&out);
    return 0;
}
