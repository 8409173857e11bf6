-- Counties or townships by code, page by page, with geometry (RFC 7946: outer rings
-- counterclockwise, 7 decimals) and the count of all that match.
-- $1 kind, $2 code after which the page begins, $3 limit, $4 south, $5 north (null = no bbox),
-- $6 west, $7 east, $8 west, $9 east of the part beyond the antimeridian (null = none), $10 name,
-- $11 code, $12 county code (each null = any)
WITH matching AS (
    SELECT a.id
    FROM area a
    WHERE a.kind = $1
      AND ($4::float8 IS NULL
           OR ST_Intersects(a.geom, ST_MakeEnvelope($6, $4, $7, $5, 4326))
           OR ST_Intersects(a.geom, ST_MakeEnvelope($8, $4, $9, $5, 4326)))
      AND ($10::text IS NULL OR a.name = $10)
      AND ($11::text IS NULL OR a.code = $11)
      AND ($12::text IS NULL OR a.county_code = $12)
)
SELECT a.code, a.name, a.name_en, a.county_code, c.name,
       ST_AsGeoJSON(ST_ForcePolygonCCW(a.geom), 7, 0), (SELECT count(*) FROM matching)
FROM area a
JOIN matching m ON m.id = a.id
LEFT JOIN area c ON c.kind = 'county' AND c.code = a.county_code
WHERE a.code COLLATE "C" > $2
ORDER BY a.code COLLATE "C"
LIMIT $3
