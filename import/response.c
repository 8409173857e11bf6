#include "import/response.h"

#include <math.h>
#include <string.h>

#include "gis/text.h"
#include "import/amount.h"

enum { METRES_MAX = 100000 };

bool response_check_edition(struct import_run *run, const struct record_row *r, int field)
{
    const char *text = r->value[field].text;
    for (const char *c = text; c && *c; c++) {
        size_t digits = strspn(c, "0123456789");
        if (digits == 4 && (!strncmp(c, "19", 2) || !strncmp(c, "20", 2) || !strncmp(c, "21", 2)))
            return true;
        if (digits)
            c += digits - 1;
    }
    import_reject(run, field, "edition_missing",
                  "an edition is named with its year, e.g. ERG 2024: the newest is used");
    return false;
}

bool response_check_un(struct import_run *run, struct record_row *r, int field)
{
    const char *text = r->value[field].text;
    if (!text)
        return true;
    const char *un = text;
    if (!strncmp(un, "UN", 2) || !strncmp(un, "un", 2))
        un += 2;
    un += strspn(un, " -");
    r->value[field].text = strcmp(un, "0") ? un : NULL;
    if (!strcmp(un, "0") || (strlen(un) == 4 && strspn(un, "0123456789") == 4))
        return true;
    import_reject(run, field, "value_invalid", "not a UN number of four digits");
    return false;
}

bool response_metres(int *metres, bool *at_least, const char *text, double unit_m)
{
    char plain[40], unit[AMOUNT_UNIT_MAX];
    double value;
    size_t len = 0;
    *at_least = false;
    for (const char *c = text; *c; c++) {
        bool wide = !strncmp(c, "＋", strlen("＋"));
        if (*c == '+' || wide) {
            *at_least = true;
            c += wide ? strlen("＋") - 1 : 0;
        } else if (len + 1 == sizeof plain) {
            return false;
        } else {
            plain[len++] = *c;
        }
    }
    plain[len] = '\0';
    if (!amount_read(&value, unit, plain))
        return false;
    if (*unit)
        unit_m = !strcmp(unit, "km") || !strcmp(unit, "公里")  ? 1000
                 : !strcmp(unit, "m") || !strcmp(unit, "公尺") ? 1
                                                               : (double)NAN;
    value *= unit_m;
    if (!(value >= 0 && value <= METRES_MAX))
        return false;
    *metres = (int)lround(value);
    *at_least |= *metres == RESPONSE_AT_LEAST_M;
    return true;
}

void response_write(struct json *j, const char *spill, const char *time, const char *wind,
                    int isolation_m, int downwind_m, bool at_least)
{
    json_open(j, NULL, '{');
    json_text(j, "spill", spill);
    json_text(j, "time_of_day", time);
    if (wind)
        json_text(j, "wind", wind);
    json_int(j, "isolation_m", isolation_m);
    json_int(j, "downwind_m", downwind_m);
    json_bool(j, "at_least", at_least);
    json_close(j, '}');
}

void response_more(struct json *j, const struct record_row *r, int edition)
{
    json_text(j, "set", r->value[edition].text);
}
