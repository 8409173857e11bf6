-- Samples with a position, a known substance and a concentration that can be compared, for the atlas, by id: id,
-- substance id, day (since 1970-01-01), county code, unit (mg/kg, µg/L, µg/m³), concentration in it (0 = below
-- detection), longitude, latitude (EPSG:4326). The position is taken from record: the view's typed column would be
-- asked of records of other kinds too.
SELECT s.id, s.substance_id, s.sampled_on - date '1970-01-01', s.county_code, s.unit_normal,
       CASE WHEN s.below_detection THEN 0 ELSE s.value_normal END, ST_X(r.geom), ST_Y(r.geom)
FROM sample s JOIN record r ON r.id = s.id
WHERE r.kind = 'samples' AND r.geom IS NOT NULL AND s.substance_id IS NOT NULL AND s.unit_normal IS NOT NULL
  AND (s.below_detection OR s.value_normal IS NOT NULL)
ORDER BY s.id
