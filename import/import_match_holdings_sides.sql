-- Facilities as they stand, for the review list.
INSERT INTO stage_side
SELECT f.id, f.facility_key, jsonb_build_object(
    'key', f.facility_key, 'name', f.name, 'address', f.address, 'county', a.name, 'industry', f.industry,
    'lon', ST_X(f.geom), 'lat', ST_Y(f.geom), 'position_check', f.position_check,
    'numbers', (SELECT coalesce(jsonb_agg(jsonb_build_object('scheme', n.scheme, 'number', n.number) ORDER BY n.scheme, n.number), '[]')
                FROM facility_number n WHERE n.facility_id = f.id),
    'names', (SELECT coalesce(jsonb_agg(l.name ORDER BY l.name), '[]') FROM facility_alias l WHERE l.facility_id = f.id),
    'sources', (SELECT coalesce(jsonb_agg(DISTINCT s.name), jsonb_build_array((SELECT o.name FROM source o WHERE o.id = f.source_id)))
                FROM facility_record r JOIN source s ON s.id = r.source_id
                WHERE r.facility_id = f.id AND r.ended_batch_id IS NULL),
    'holdings', (SELECT count(*) FROM holding h WHERE h.facility_id = f.id))
FROM facility f LEFT JOIN area a ON a.kind = 'county' AND a.code = coalesce(f.address_county_code, f.county_code)
WHERE f.id IN (SELECT facility_id FROM stage_pair
               UNION SELECT k.facility_id FROM stage_known k WHERE k.rule LIKE '%\_no\_other\_name')
