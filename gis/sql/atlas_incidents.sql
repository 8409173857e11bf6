-- Incidents with a known substance, each once, for the atlas, by id: id, substance id, day (since 1970-01-01), county
-- code, longitude, latitude (EPSG:4326).
SELECT id, substance_id, day - date '1970-01-01', county_code, ST_X(geom), ST_Y(geom)
FROM radar_incident ORDER BY id
