-- One tile of points whose position is doubtful (Mapbox Vector Tile): $1 zoom, $2 x, $3 y, $4 how many at the
-- very same point are too many, $5 layer name. Facilities and records of families with points whose check is
-- not ok, or that share their point, or that their import doubts (far from the river that it names). More than
-- 2,000 come as 16 x 16 cells with their count; every point counts in exactly one tile. Samples,
-- incidents and stocks share the place of their site by their nature.
WITH tile AS (
    SELECT ST_TileEnvelope($1::int, $2::int, $3::int) AS exact,
           ST_TileEnvelope($1::int, $2::int, $3::int, margin => 0.0156) AS wide,
           40075016.7 / 2 ^ $1::int / 4096 AS unit),
region AS (SELECT ST_Expand(ST_Transform(tile.wide, 4326), 1e-7) AS box FROM tile),
point AS (
    SELECT 'facilities' AS kind, f.id, f.name, f.name_en, f.position_check AS verdict, f.geom,
           count(*) OVER (PARTITION BY ST_X(f.geom), ST_Y(f.geom)) AS shared, false AS doubted
    FROM region, facility f WHERE f.geom && region.box
    UNION ALL
    SELECT r.kind, r.id, r.name, r.name_en, r.position_check, r.geom,
           CASE WHEN r.kind IN ('samples', 'incidents', 'stocks') THEN 1
                ELSE count(*) OVER (PARTITION BY r.kind, ST_X(r.geom), ST_Y(r.geom)) END,
           EXISTS (SELECT FROM rejected_row n
                   WHERE n.batch_id = r.batch_id AND n.line = r.line AND n.code = 'doubtful_position')
    FROM region, record r
    WHERE r.ended_batch_id IS NULL AND r.position_check <> 'none' AND r.geom && region.box),
found AS MATERIALIZED (
    SELECT p.kind, p.id, p.name, p.name_en, p.verdict, p.shared, m.geom,
           CASE WHEN p.verdict <> 'ok' THEN p.verdict WHEN p.doubted THEN 'far_from_river' ELSE 'shared' END AS class,
           ST_X(m.geom) >= ST_XMin(tile.exact) AND ST_X(m.geom) < ST_XMax(tile.exact)
           AND ST_Y(m.geom) > ST_YMin(tile.exact) AND ST_Y(m.geom) <= ST_YMax(tile.exact) AS inside,
           floor((ST_X(m.geom) - ST_XMin(tile.exact)) / (tile.unit * 256)) AS cell_x,
           floor((ST_Y(m.geom) - ST_YMin(tile.exact)) / (tile.unit * 256)) AS cell_y
    FROM tile, point p CROSS JOIN LATERAL (SELECT ST_Transform(p.geom, 3857) AS geom) m
    WHERE p.verdict <> 'ok' OR p.doubted OR p.shared >= $4::int),
many AS (SELECT count(*) > 2000 AS yes FROM found WHERE inside),
shapes AS (
    SELECT f.id, f.kind, f.name, f.name_en, f.class, f.verdict AS "check", f.shared, NULL::bigint AS count,
           ST_AsMVTGeom(f.geom, tile.exact, 4096, 64, true) AS geom
    FROM tile, many, found f WHERE NOT many.yes
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*),
           ST_AsMVTGeom(ST_Centroid(ST_Collect(f.geom)), (SELECT exact FROM tile), 4096, 0, false)
    FROM many, found f WHERE many.yes AND f.inside GROUP BY f.cell_x, f.cell_y)
SELECT ST_AsMVT(s, $5::text, 4096, 'geom') FROM shapes s WHERE geom IS NOT NULL
