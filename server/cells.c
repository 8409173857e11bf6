#include "server/cells.h"

#include <math.h>
#include <stdio.h>

void cells_text(struct cells *c, const char *text)
{
    if (c->sheet)
        sheet_text(c->sheet, text);
    else
        json_text(c->json, c->column->key, text);
    c->column++;
}

void cells_decimal(struct cells *c, const char *text)
{
    if (c->sheet && text)
        sheet_decimal(c->sheet, text);
    else if (c->sheet)
        sheet_none(c->sheet);
    else
        json_text(c->json, c->column->key, text);
    c->column++;
}

void cells_number(struct cells *c, double value)
{
    if (c->sheet)
        sheet_number(c->sheet, value);
    else if (isfinite(value))
        json_exact(c->json, c->column->key, value);
    else
        json_null(c->json, c->column->key);
    c->column++;
}

void cells_int(struct cells *c, int64_t value)
{
    if (c->sheet)
        sheet_int(c->sheet, value);
    else
        json_int(c->json, c->column->key, value);
    c->column++;
}

void cells_bool(struct cells *c, bool value)
{
    if (c->sheet)
        sheet_bool(c->sheet, value);
    else
        json_bool(c->json, c->column->key, value);
    c->column++;
}

void cells_day(struct cells *c, int32_t day)
{
    if (c->sheet)
        sheet_day(c->sheet, day == INT32_MAX ? ATLAS_NO_DAY : day);
    else
        json_day(c->json, c->column->key, day);
    c->column++;
}
