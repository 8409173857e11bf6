-- Records of a family by id, page by page, with geometry (RFC 7946: outer rings counterclockwise,
-- 7 decimals), the fields named, and the count of all that match.
-- $1 kind, $2 id after which the page begins, $3 limit, $4 south, $5 north (null = no bbox),
-- $6 west, $7 east, $8 west, $9 east of the part beyond the antimeridian (null = none), $10 name,
-- $11 id, $12 county code, $13 position check (each null = any), $14 names of the fields, {a,b}
WITH matching AS (
    SELECT r.id
    FROM record r
    WHERE r.kind = $1 AND r.ended_batch_id IS NULL
      AND ($4::float8 IS NULL
           OR ST_Intersects(r.geom, ST_MakeEnvelope($6, $4, $7, $5, 4326))
           OR ST_Intersects(r.geom, ST_MakeEnvelope($8, $4, $9, $5, 4326)))
      AND ($10::text IS NULL OR r.name = $10)
      AND ($11::bigint IS NULL OR r.id = $11)
      AND ($12::text IS NULL OR r.county_code = $12)
      AND ($13::text IS NULL OR r.position_check = $13)
)
SELECT r.id, r.name, r.name_en, r.county_code, c.name, r.position_check, s.name,
       (SELECT json_object_agg(k.name, r.fields -> k.name ORDER BY k.n)
        FROM unnest($14::text[]) WITH ORDINALITY k(name, n))::text,
       ST_AsGeoJSON(CASE WHEN ST_Dimension(r.geom) = 2 THEN ST_ForcePolygonCCW(r.geom) ELSE r.geom END, 7, 0),
       (SELECT count(*) FROM matching)
FROM record r
JOIN matching m ON m.id = r.id
JOIN source s ON s.id = r.source_id
LEFT JOIN area c ON c.kind = 'county' AND c.code = r.county_code
WHERE r.id > $2
ORDER BY r.id
LIMIT $3
