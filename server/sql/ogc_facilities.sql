-- Facilities by id, page by page, with the filters of OGC API Features.
-- $1 id after which the page begins, $2 limit, $3 south, $4 north (null = no bbox), $5 west, $6 east,
-- $7 west, $8 east of the part beyond the antimeridian (null = none), $9 name, $10 control number,
-- $11 county name, $12 county code, $13 position check (each null = any), $14 one id or null,
-- $15 true = only those with holdings, false = only those without, null = all
SELECT f.id, f.name, f.address, f.industry, f.position_check,
       (SELECT number FROM facility_number n WHERE n.facility_id = f.id
        ORDER BY n.scheme = 'ems_no' DESC, n.scheme = 'factory_no' DESC, n.number LIMIT 1),
       (SELECT min(number) FROM facility_number n WHERE n.facility_id = f.id AND scheme = 'ems_no'),
       c.name, f.county_code, t.name, s.title,
       to_char(f.changed_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), ST_X(f.geom), ST_Y(f.geom)
FROM facility f
JOIN source s ON s.id = f.source_id
LEFT JOIN area c ON c.kind = 'county' AND c.code = f.county_code
LEFT JOIN area t ON t.kind = 'township' AND t.code = f.township_code
WHERE f.id > $1
  AND ($14::bigint IS NULL OR f.id = $14)
  AND ($3::float8 IS NULL
       OR ST_Intersects(f.geom, ST_MakeEnvelope($5, $3, $6, $4, 4326))
       OR ST_Intersects(f.geom, ST_MakeEnvelope($7, $3, $8, $4, 4326)))
  AND ($9::text IS NULL OR f.name = $9)
  AND ($10::text IS NULL OR f.id IN (SELECT facility_id FROM facility_number
                                     WHERE scheme = 'ems_no' AND number = $10))
  AND ($11::text IS NULL OR c.name = $11)
  AND ($12::text IS NULL OR f.county_code = $12)
  AND ($13::text IS NULL OR f.position_check = $13)
  AND ($15::boolean IS NULL
       OR $15 = EXISTS (SELECT FROM holding h WHERE h.facility_id = f.id))
ORDER BY f.id
LIMIT $2
