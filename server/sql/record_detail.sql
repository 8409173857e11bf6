-- One record of a family as its source gives it now. $1 kind, $2 id
SELECT r.id, r.name, r.name_en, r.fields::text, r.position_check, r.county_code, c.name, r.township_code, t.name,
       ST_X(p.at), ST_Y(p.at), ST_GeometryType(r.geom),
       ST_XMin(r.geom), ST_YMin(r.geom), ST_XMax(r.geom), ST_YMax(r.geom),
       s.name, s.title, r.batch_id, b.file_name, r.line,
       to_char(b.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM record r
JOIN source s ON s.id = r.source_id
JOIN import_batch b ON b.id = r.batch_id
LEFT JOIN area c ON c.kind = 'county' AND c.code = r.county_code
LEFT JOIN area t ON t.kind = 'township' AND t.code = r.township_code
LEFT JOIN LATERAL (SELECT CASE WHEN ST_Dimension(r.geom) = 0 THEN r.geom ELSE ST_PointOnSurface(r.geom) END AS at) p ON true
WHERE r.kind = $1 AND r.id = $2 AND r.ended_batch_id IS NULL
