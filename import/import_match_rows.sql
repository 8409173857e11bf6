-- Rows to match: of facilities nobody told of under that key, of those another source told of, and of
-- those whose row changes (only the last row of a key counts). $1 source
INSERT INTO stage_match
SELECT s.line, s.facility_key, f.id, s.name, s.address, s.factory_no, s.ems_no, s.business_no,
       coalesce(a.code, b.code),
       CASE WHEN s.place = 'accepted' THEN ST_Transform(ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326), 3826) END
FROM (SELECT facility_key, max(line) AS line FROM stage_facility GROUP BY facility_key) k
JOIN stage_facility s ON s.line = k.line
LEFT JOIN facility f ON f.facility_key = k.facility_key
LEFT JOIN facility_record r ON r.facility_id = f.id AND r.source_id = $1::int AND r.ended_batch_id IS NULL
LEFT JOIN (SELECT coalesce(l.name_key, c.name_key) AS key, min(c.code) AS code
           FROM area c LEFT JOIN county_alias l ON l.county_key = c.name_key
           WHERE c.kind = 'county' GROUP BY 1) o ON o.key = s.address_county_key
LEFT JOIN area a ON a.kind = 'county' AND a.code = coalesce(o.code,
    (SELECT min(c.code) FROM area c WHERE c.kind = 'county' AND c.name_key IN (s.address_county_key, s.county_key)))
LEFT JOIN LATERAL (SELECT q.code FROM area_part t JOIN area q ON q.id = t.area_id
                   WHERE a.code IS NULL AND t.kind = 'county' AND s.place = 'accepted'
                     AND ST_Intersects(t.geom, ST_SetSRID(ST_MakePoint(s.lon, s.lat), 4326))
                   ORDER BY q.code LIMIT 1) b ON true
WHERE r.id IS NULL OR r.row_hash <> s.row_hash
