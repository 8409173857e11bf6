/* Contaminated sites (污染場址): soil and groundwater, as the environment agency announces them. */
#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/amount.h"
#include "import/importers.h"
#include "import/position.h"
#include "import/record.h"
#include "import/value.h"
#include "sql.h"

enum {
    SITE_NO,
    NAME,
    SITE_KIND,
    COUNTY,
    TOWNSHIP,
    ADDRESS,
    AREA,
    STATUS,
    ANNOUNCED,
    SOIL,
    GROUNDWATER,
    LON,
    LAT,
    X,
    Y,
    CRS,
    NOTE,
    FIELDS
};

static const struct import_field fields[] = {
    [SITE_NO] = {"site_no", "場址編號|列管編號|污染場址編號|場址代碼", "number of the site", true},
    [NAME] = {"name", "場址名稱|名稱|污染場址名稱", "name, or the land's section and lot", false},
    [SITE_KIND] = {"kind", "場址類型|場址類別|污染場址類型|類型",
                   "factory, petrol station, farmland …", false},
    [COUNTY] = {"county", "縣市|縣市別|縣市名稱|所在縣市", "county", false},
    [TOWNSHIP] = {"township", "鄉鎮市區|鄉鎮|鄉鎮市區名稱", "township", false},
    [ADDRESS] = {"address", "地址|場址地址|住址", "address", false},
    [AREA] = {"area_text", "場址面積|面積|公告面積|area|area_m2",
              "area with its unit; without one square metres", false},
    [STATUS] = {"status", "場址狀態|列管狀態|公告類別|場址公告類別|狀態",
                "how it stands, e.g. 公告為控制場址", false},
    [ANNOUNCED] = {"announced", "公告日期|公告時間|列管日期", "day of the announcement", false},
    [SOIL] = {"soil_pollutants", "土壤污染物|土壤污染物質|土壤",
              "pollutants of the soil, 銅:1740(mg/Kg);鋅:2300(mg/Kg)", false},
    [GROUNDWATER] = {"groundwater_pollutants", "地下水污染物|地下水污染物質|地下水",
                     "pollutants of the groundwater, 苯:0.07(mg/L)", false},
    POSITION_FIELDS(LON, LAT, X, Y, CRS),
    [NOTE] = {"note", "備註|說明", "remarks", false},
    [FIELDS] = {NULL, NULL, NULL, false},
};

static const struct import_rule rules[FIELDS] = {
    [SITE_NO] = {.key = true},
    [NAME] = {.role = IMPORT_ROLE_NAME},
    [SITE_KIND] = {.type = IMPORT_WORD,
                   .words = "factory=工廠|工廠場址|事業;petrol_station=加油站|petrol station;"
                            "farmland=農地|農地場址;illegal_dump=非法棄置場址|非法棄置|棄置場址;"
                            "tank=儲槽|儲槽場址;other=其他|其它"},
    [COUNTY] = {.role = IMPORT_ROLE_COUNTY},
    [ADDRESS] = {.role = IMPORT_ROLE_ADDRESS},
    [ANNOUNCED] = {.type = IMPORT_DATE},
    POSITION_RULES(LON, LAT, X, Y, CRS),
};

static void write_area(struct json *j, struct import_run *run, const char *text)
{
    double value;
    char unit[AMOUNT_UNIT_MAX];
    if (!text)
        return;
    if (!amount_read(&value, unit, text)) {
        if (!amount_unknown(text))
            import_note(run, AREA, "field_ignored",
                        "not a number with a unit of area: kept as text");
        return;
    }
    double factor = *unit ? amount_area(unit) : 1;
    if (factor > 0)
        json_number(j, "area_m2", value * factor, 3);
    else
        import_note(run, AREA, "field_ignored", "not a unit of area: kept as text");
}

/* 銅:1740(mg/Kg), 三氯乙烯, 硝酸鹽氮(以氮計)(NitrateasN):12(mg/L). The value is what stands behind
 * the last colon, where that is one. */
static void write_pollutant(struct json *j, char *item)
{
    double value;
    static const char wide[] = "：";
    char *colon = strrchr(item, ':'), *other = strstr(item, wide);
    if (other && !colon) {
        memset(other, ' ', sizeof wide - 2);
        colon = other + sizeof wide - 2;
    }
    json_open(j, NULL, '{');
    char *bracket = colon ? strchr(colon, '(') : NULL;
    size_t end = bracket ? strlen(bracket) : 0;
    if (colon) {
        *colon++ = '\0';
        if (bracket && end > 2 && bracket[end - 1] == ')') {
            bracket[end - 1] = '\0';
            *bracket++ = '\0';
        }
    }
    json_text(j, "name", value_trim(item));
    char *given = colon ? value_trim(colon) : NULL;
    if (given && value_double(&value, given))
        json_number(j, "value", value, 12);
    else if (given)
        json_text(j, "reported", given);
    if (given && bracket && *bracket)
        json_text(j, "unit", bracket);
    json_close(j, '}');
}

/* Separated by ; ； 、 | or a line: never by a comma, which stands inside names (1,2-二氯乙烷). */
static void write_pollutants(struct json *j, const char *name, const char *text)
{
    static const char *const marks[] = {";", "；", "、", "|", "\n"};
    char item[400];
    json_open(j, name, '[');
    while (text && *text) {
        size_t len = 0, mark = 0;
        for (; text[len] && !mark; len += !mark)
            for (size_t i = 0; i < sizeof marks / sizeof *marks && !mark; i++)
                mark = strncmp(text + len, marks[i], strlen(marks[i])) ? 0 : strlen(marks[i]);
        char whole[sizeof item];
        text_copy(whole, len + 1 < sizeof whole ? len + 1 : sizeof whole, text);
        char *one = value_trim(whole);
        if (one && !amount_unknown(one) && strcmp(one, "無") != 0)
            write_pollutant(j, one);
        text += len + mark;
    }
    json_close(j, ']');
}

static void more(struct json *j, struct import_run *run, const struct record_row *r)
{
    write_area(j, run, r->value[AREA].text);
    write_pollutants(j, "soil", r->value[SOIL].text);
    write_pollutants(j, "groundwater", r->value[GROUNDWATER].text);
}

static const struct record_family family = {.geometry = RECORD_POINT, .more = more};

const struct importer importer_contaminated = {
    .kind = {.name = "contaminated",
             .title_zh = "污染場址",
             .title_en = "Contaminated sites",
             .about = "sites with polluted soil or groundwater, and what was found",
             .fields = fields,
             .rules = rules},
    RECORD_IMPORTER(record_publish, &family),
};
