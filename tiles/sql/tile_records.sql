-- One tile of a family of records (Mapbox Vector Tile): $1 zoom, $2 x, $3 y, $4 kind, $5 layer name.
-- More than 2,000 points come as 16 x 16 cells with their count, at the middle of what they hold; every
-- point counts in exactly one tile. Lines and areas are simplified to the scale first. Areas have one
-- point each in a second layer <name>_label, so that each name is written once.
WITH tile AS (
    SELECT ST_TileEnvelope($1::int, $2::int, $3::int) AS exact,
           ST_TileEnvelope($1::int, $2::int, $3::int, margin => 0.0156) AS wide,
           40075016.7 / 2 ^ $1::int / 4096 AS unit),
found AS MATERIALIZED (
    SELECT r.id, r.name, r.name_en, coalesce(r.fields ->> 'class', r.fields ->> 'kind') AS class,
           r.position_check AS "check", r.geom_3857 AS geom, ST_Dimension(r.geom_3857) AS dimension,
           ST_X(p.g) >= ST_XMin(tile.exact) AND ST_X(p.g) < ST_XMax(tile.exact)
           AND ST_Y(p.g) > ST_YMin(tile.exact) AND ST_Y(p.g) <= ST_YMax(tile.exact) AS inside,
           floor((ST_X(p.g) - ST_XMin(tile.exact)) / (tile.unit * 256)) AS cell_x,
           floor((ST_Y(p.g) - ST_YMin(tile.exact)) / (tile.unit * 256)) AS cell_y
    FROM tile CROSS JOIN record r
    LEFT JOIN LATERAL (SELECT r.geom_3857 AS g WHERE ST_GeometryType(r.geom_3857) = 'ST_Point') p ON true
    WHERE r.kind = $4 AND r.ended_batch_id IS NULL AND r.geom_3857 && tile.wide),
many AS (SELECT count(*) > 2000 AS yes FROM found WHERE inside),
shapes AS (
    SELECT f.id, f.name, f.name_en, f.class, f."check", NULL::bigint AS count,
           ST_AsMVTGeom(CASE WHEN f.dimension = 0 THEN f.geom
                             ELSE ST_SimplifyPreserveTopology(f.geom, tile.unit * 4) END,
                        tile.exact, 4096, 64, true) AS geom
    FROM tile, many, found f WHERE f.dimension > 0 OR NOT many.yes
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, count(*),
           ST_AsMVTGeom(ST_Centroid(ST_Collect(f.geom)), (SELECT exact FROM tile), 4096, 0, false)
    FROM many, found f WHERE many.yes AND f.inside GROUP BY f.cell_x, f.cell_y),
labels AS (
    SELECT f.id, f.name, f.name_en,
           ST_AsMVTGeom(ST_PointOnSurface(f.geom), tile.exact, 4096, 0, true) AS geom
    FROM tile, found f WHERE f.dimension = 2 AND f.geom && tile.exact)
SELECT (SELECT ST_AsMVT(s, $5::text, 4096, 'geom', 'id') FROM shapes s WHERE geom IS NOT NULL)
    || (SELECT ST_AsMVT(l, $5::text || '_label', 4096, 'geom', 'id') FROM labels l WHERE geom IS NOT NULL)
