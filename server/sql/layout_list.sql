-- Layout drawings: $1 facility or null, $2 one id or null, $3 limit. Corners: those of an image, beginning
-- with that of its first pixel and going along its first row.
SELECT l.id, l.name, l.form, l.width, l.height, l.pixel, l.floor, l.drawn_on, l.facility_id, f.name, s.name,
       l.image_sha256,
       CASE WHEN l.form = 'image' THEN (SELECT json_agg(json_build_array(round(ST_X(d.geom)::numeric, 8), round(ST_Y(d.geom)::numeric, 8)) ORDER BY d.path)
        FROM ST_DumpPoints(ST_ExteriorRing(ST_GeometryN(l.geom, 1))) d WHERE d.path[1] <= 4)::text END,
       json_build_array(ST_XMin(l.geom), ST_YMin(l.geom), ST_XMax(l.geom), ST_YMax(l.geom))::text
FROM layout l JOIN source s ON s.id = l.source_id LEFT JOIN facility f ON f.id = l.facility_id
WHERE ($1::bigint IS NULL OR l.facility_id = $1::bigint) AND ($2::bigint IS NULL OR l.id = $2::bigint)
ORDER BY l.id DESC LIMIT $3::int
