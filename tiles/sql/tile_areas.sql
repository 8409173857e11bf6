-- One tile of county or township borders (Mapbox Vector Tile), simplified to the scale first:
-- $1 zoom, $2 x, $3 y, $4 kind (county, township), $5 layer name. A second layer <name>_label holds
-- one point an area, inside it, so that each name is written once.
WITH tile AS (
    SELECT ST_TileEnvelope($1::int, $2::int, $3::int) AS exact,
           ST_TileEnvelope($1::int, $2::int, $3::int, margin => 0.0156) AS wide,
           40075016.7 / 2 ^ $1::int / 4096 AS unit),
shapes AS (
    SELECT a.id, a.code, a.name, a.name_en, a.county_code, c.name AS county,
           ST_AsMVTGeom(ST_SimplifyPreserveTopology(a.geom_3857, tile.unit * 4), tile.exact, 4096, 64, true) AS geom
    FROM tile, area a LEFT JOIN area c ON c.kind = 'county' AND c.code = a.county_code
    WHERE a.kind = $4 AND a.geom_3857 && tile.wide),
labels AS (
    SELECT a.id, a.code, a.name, a.name_en,
           ST_AsMVTGeom(ST_PointOnSurface(a.geom_3857), tile.exact, 4096, 0, true) AS geom
    FROM tile, area a
    WHERE a.kind = $4 AND a.geom_3857 && tile.exact)
SELECT (SELECT ST_AsMVT(s, $5::text, 4096, 'geom', 'id') FROM shapes s WHERE geom IS NOT NULL)
    || (SELECT ST_AsMVT(l, $5::text || '_label', 4096, 'geom', 'id') FROM labels l WHERE geom IS NOT NULL)
