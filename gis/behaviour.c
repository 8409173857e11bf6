#include "gis/behaviour.h"

#include <string.h>

#include "gis/text.h"

static const struct {
    const char *key, *behaviour; /* key: normal form of gis/text.h */
} behaviours[] = {
    {"製造", "manufacture"},
    {"生產", "manufacture"},
    {"製造量", "manufacture"},
    {"生產量", "manufacture"},
    {"輸入", "import"},
    {"進口", "import"},
    {"輸出", "export"},
    {"出口", "export"},
    {"使用", "use"},
    {"使用量", "use"},
    {"貯存", "store"},
    {"儲存", "store"},
    {"貯存量", "store"},
    {"儲存量", "store"},
    {"結餘", "store"},
    {"結餘量", "store"},
    {"庫存", "store"},
    {"庫存量", "store"},
    {"storage", "store"},
    {"stock", "store"},
    {"balance", "store"},
    {"販賣", "sell"},
    {"買賣", "sell"},
    {"運送", "transfer"},
    {"運輸", "transfer"},
    {"廢棄", "discard"},
    {"其他", "other"},
    {"manufacture", "manufacture"},
    {"import", "import"},
    {"export", "export"},
    {"use", "use"},
    {"store", "store"},
    {"sell", "sell"},
    {"transfer", "transfer"},
    {"discard", "discard"},
    {"other", "other"},
};

const char *behaviour_find(const char *text)
{
    struct buf key = {.max = 1 << 16};
    const char *found = NULL;
    text_name_key(&key, text, strlen(text));
    for (size_t i = 0; i < sizeof behaviours / sizeof *behaviours && !found; i++)
        if (!strcmp(behaviours[i].key, buf_string(&key)))
            found = behaviours[i].behaviour;
    buf_free(&key);
    return found;
}
