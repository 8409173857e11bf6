#include "import/river.h"

#include <string.h>

#include "gis/text.h"

/* True where the form was cut; never to nothing. */
static bool cut_suffix(const char *text, size_t *len)
{
    static const char *const suffixes[] = {"水污染管制區", "集水區", "流域", "水系",
                                           "河系",         "本流",   "主流", "支流",
                                           "幹流",         "river",  "basin"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t n = strlen(suffixes[i]);
        if (*len > n && !memcmp(text + *len - n, suffixes[i], n)) {
            *len -= n;
            return true;
        }
    }
    return false;
}

static bool cut_bracket(const char *text, size_t *len)
{
    size_t at = *len;
    if (!at || text[at - 1] != ')')
        return false;
    while (at && text[at - 1] != '(')
        at--;
    if (at < 2)
        return false;
    *len = at - 1;
    return true;
}

void river_key(struct buf *out, const char *text)
{
    struct buf key = {.max = 1 << 16};
    text_name_key(&key, text, strlen(text));
    size_t len = key.len;
    while (cut_bracket(key.data, &len) || cut_suffix(key.data, &len))
        continue;
    buf_add(out, key.data, len);
    buf_free(&key);
}

void river_write_key(struct json *j, const char *name, const char *text)
{
    struct buf key = {.max = 1 << 16};
    if (text)
        river_key(&key, text);
    if (key.len)
        json_text_n(j, name, key.data, key.len);
    buf_free(&key);
}
