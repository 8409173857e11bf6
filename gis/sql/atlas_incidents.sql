-- Rows about incidents for the atlas, by id: id, smallest id of the rows about the same incident (same day, time, title
-- and position: a row each for its substances), substance id (null = none that is certain), day (since 1970-01-01),
-- county code, longitude, latitude (EPSG:4326; null = no position), and the id once more where the radar counts the row.
SELECT i.id, min(i.id) OVER (PARTITION BY i.occurred_on, i.occurred_at, i.title, i.county_code, i.geom), i.substance_id,
       i.occurred_on - date '1970-01-01', i.county_code, ST_X(i.geom), ST_Y(i.geom), c.id
FROM incident i LEFT JOIN radar_incident c ON c.id = i.id
ORDER BY i.id
