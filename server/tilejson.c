#include "server/tilejson.h"

#include "gis/text.h"

static bool parse_number(uint32_t *out, const char *name, const char *text, struct error *err)
{
    int64_t value;
    if (!text_to_i64(&value, text) || value < 0 || value > UINT32_MAX)
        return error_set(err, ERROR_INPUT, "%s of a tile is a whole number, got \"%.40s\"", name,
                         text);
    *out = (uint32_t)value;
    return true;
}

bool tilejson_tile(struct tile *t, const struct request *r, int first, struct error *err)
{
    const char *const *part = &r->part[first];
    if (!parse_number(&t->z, "z", part[0], err) || !parse_number(&t->x, "x", part[1], err) ||
        !parse_number(&t->y, "y", part[2], err))
        return false;
    if (t->z > TILE_ZOOM_MAX)
        return error_set(err, ERROR_INPUT, "z of a tile is 0 to %d, got %u", TILE_ZOOM_MAX, t->z);
    if (!tile_valid(*t))
        return error_set(err, ERROR_INPUT, "x and y of a tile at zoom %u are 0 to %u, got %u/%u",
                         t->z, (1u << t->z) - 1, t->x, t->y);
    return true;
}

void tilejson_begin(struct json *j, const struct layer *layer, const char *url)
{
    json_open(j, NULL, '{');
    json_text(j, "tilejson", "3.0.0");
    json_text(j, "name", layer->title_en);
    json_text(j, "description", layer->about);
    json_text(j, "scheme", "xyz");
    json_open(j, "tiles", '[');
    json_text(j, NULL, url);
    json_close(j, ']');
    json_int(j, "minzoom", layer->minzoom);
    json_int(j, "maxzoom", layer->maxzoom);
    json_raw(j, "bounds", "[114,10,123.5,27]");
    json_raw(j, "center", "[120.95,23.7,7]");
    json_text(j, "attribution", "HazAtlas");
}
