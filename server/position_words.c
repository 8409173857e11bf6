#include "server/position_words.h"

#include <stddef.h>
#include <string.h>

void position_words(struct json *j, const char *check)
{
    static const char *const words[][3] = {
        {"ok", "座標在地址所在縣市內。", "The position lies in the county of the address."},
        {"coast", "座標在海岸線外 1 公里內（港區或界線簡化）。",
         "The position lies up to 1 km off every border: a harbour, or the simplified coast."},
        {"other_county", "座標與地址不在同一縣市，請查證。",
         "The position lies in another county than the address: doubtful."},
        {"outside", "座標在服務範圍外，未繪於地圖。",
         "The position lies outside the region and is not drawn."},
        {"missing", "來源沒有座標，未繪於地圖。", "No position was reported; not drawn."},
        {"unchecked", "匯入時沒有縣市界，座標未經檢查。",
         "Not checked: no borders were loaded at import."},
        {"other_zone",
         "座標與地址縣市恰差經度 2 度：來源將 TM2 119 分帶誤作 121 分帶（或相反），未繪於地圖。",
         "The position is exactly 2 degrees of longitude off the county of the address: the source "
         "took TM2 zone 119 for 121 or the other way round. It is not drawn."},
    };
    json_text(j, "check", check);
    for (size_t i = 0; check && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], check))
            json_both(j, "check_text", words[i][1], words[i][2]);
}
