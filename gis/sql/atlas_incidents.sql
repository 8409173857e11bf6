-- Incidents with a known substance, for the atlas, by id: id, substance id, day (since 1970-01-01), county code,
-- longitude, latitude (EPSG:4326).
SELECT id, substance_id, occurred_on - date '1970-01-01', county_code, ST_X(geom), ST_Y(geom)
FROM incident WHERE substance_id IS NOT NULL ORDER BY id
