/* fuzz_values: any text as a date, a number, degrees, a CAS number, a unit, an axis; and any bytes
 * as WKB. Checked: what is accepted is in its bounds and written as promised. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decimal.h"
#include "gis/text.h"
#include "gis/units.h"
#include "import/axis.h"
#include "import/date.h"
#include "import/geometry.h"
#include "import/value.h"

/* What ends as a decimal reads back as the same number; one that is read as a double, too, is near
 * it. */
static void check_decimal(const char *text)
{
    struct decimal exact, again;
    struct buf out = {.max = 1 << 16};
    double d, e;
    if (!decimal_read(&exact, text))
        return;
    e = decimal_to_double(&exact);
    if (value_double(&d, text) && !(fabs(d - e) <= 1e-14 * d))
        abort();
    if (decimal_write(&out, &exact) && out.len <= DECIMAL_TEXT_MAX &&
        (!decimal_read(&again, buf_string(&out)) || decimal_compare(&exact, &again) != 0))
        abort();
    buf_free(&out);
}

static void check_text(char *text)
{
    char date[DATE_SIZE], number[VALUE_NUMBER_MAX], cas[VALUE_CAS_MAX];
    double d;
    int64_t i;
    int yes;
    if (date_parse(date, text) && (strlen(date) != 10 || date[4] != '-' || date[7] != '-' ||
                                   strcmp(date, "1600") < 0 || strcmp(date, "2201") >= 0))
        abort();
    if (value_number(number, text) && (!*number || strlen(number) >= VALUE_NUMBER_MAX))
        abort();
    if (value_cas(cas, text) && !text_cas_valid(cas))
        abort();
    if (value_double(&d, text) && !isfinite(d))
        abort();
    check_decimal(text);
    if (value_degrees(&d, text) && !(d >= -180 && d <= 180))
        abort();
    if (value_yes(&yes, text) && yes != 0 && yes != 1)
        abort();
    value_int(&i, text);
    if (units_find(&d, text) != UNIT_OTHER && !(d > 0))
        abort();
    axis_find(text);
    axis_crs(text);
    const char *rest = value_trim(text);
    if (rest && !*rest)
        abort();
}

static void check_wkb(const char *data, size_t len)
{
    struct place_reader place;
    struct buf out = {.max = 1 << 24};
    struct geometry_facts facts;
    if (!place_open(&place, "EPSG:4326", NULL))
        abort();
    enum geometry_verdict verdict = geometry_to_lonlat(&out, &facts, &place, data, len);
    if ((verdict == GEOMETRY_ACCEPTED) != (out.len > 0) || verdict >= GEOMETRY_VERDICTS)
        abort();
    if (verdict == GEOMETRY_ACCEPTED) { /* what comes out goes in again as it is */
        struct buf again = {.max = 1 << 24};
        if (geometry_to_lonlat(&again, &facts, &place, out.data, out.len) != GEOMETRY_ACCEPTED ||
            again.len != out.len || memcmp(again.data, out.data, out.len) != 0 || facts.closed)
            abort();
        buf_free(&again);
    }
    place_close(&place);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
    check_wkb((const char *)data, len);
    if (len > 5000 || memchr(data, '\0', len) || !text_utf8_valid((const char *)data, len))
        return 0;
    char *text = malloc(len + 1);
    memcpy(text, data, len);
    text[len] = '\0';
    check_text(text);
    free(text);
    return 0;
}
