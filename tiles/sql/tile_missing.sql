-- One tile of counties (Mapbox Vector Tile) with their facilities without a position that can be drawn: how
-- many, and their share in percent, which a county without any facility does not have. $1 zoom, $2 x, $3 y,
-- $4 layer name. A second layer <name>_label holds one point a county.
WITH tile AS (
    SELECT ST_TileEnvelope($1::int, $2::int, $3::int) AS exact,
           ST_TileEnvelope($1::int, $2::int, $3::int, margin => 0.0156) AS wide,
           40075016.7 / 2 ^ $1::int / 4096 AS unit),
counted AS (
    SELECT county_code, count(*) AS facilities, count(*) FILTER (WHERE geom IS NULL) AS missing
    FROM facility WHERE county_code IS NOT NULL GROUP BY county_code),
county AS MATERIALIZED (
    SELECT a.id, a.code, a.name, a.name_en, coalesce(c.facilities, 0) AS facilities, coalesce(c.missing, 0) AS missing,
           round(100.0 * c.missing / c.facilities, 2)::float8 AS share, a.geom_3857
    FROM tile, area a LEFT JOIN counted c ON c.county_code = a.code
    WHERE a.kind = 'county' AND a.geom_3857 && tile.wide),
shapes AS (
    SELECT c.id, c.code, c.name, c.name_en, c.facilities, c.missing, c.share,
           ST_AsMVTGeom(ST_SimplifyPreserveTopology(c.geom_3857, tile.unit * 4), tile.exact, 4096, 64, true) AS geom
    FROM tile, county c),
labels AS (
    SELECT c.id, c.code, c.name, c.name_en, c.facilities, c.missing, c.share,
           ST_AsMVTGeom(ST_PointOnSurface(c.geom_3857), tile.exact, 4096, 0, true) AS geom
    FROM tile, county c WHERE c.geom_3857 && tile.exact)
SELECT (SELECT ST_AsMVT(s, $4::text, 4096, 'geom', 'id') FROM shapes s WHERE geom IS NOT NULL)
    || (SELECT ST_AsMVT(l, $4::text || '_label', 4096, 'geom', 'id') FROM labels l WHERE geom IS NOT NULL)
