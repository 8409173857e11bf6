-- How many facilities the filters of ogc_facilities.sql find.
-- $1 south, $2 north, $3 west, $4 east, $5 west, $6 east of the second part, $7 name, $8 control
-- number, $9 county name, $10 county code, $11 position check (each null = any)
SELECT count(*)
FROM facility f
LEFT JOIN area c ON c.kind = 'county' AND c.code = f.county_code
WHERE ($1::float8 IS NULL
       OR ST_Intersects(f.geom, ST_MakeEnvelope($3, $1, $4, $2, 4326))
       OR ST_Intersects(f.geom, ST_MakeEnvelope($5, $1, $6, $2, 4326)))
  AND ($7::text IS NULL OR f.name = $7)
  AND ($8::text IS NULL OR f.id IN (SELECT facility_id FROM facility_number
                                    WHERE scheme = 'ems_no' AND number = $8))
  AND ($9::text IS NULL OR c.name = $9)
  AND ($10::text IS NULL OR f.county_code = $10)
  AND ($11::text IS NULL OR f.position_check = $11)
