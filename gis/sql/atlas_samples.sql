-- Samples with a known substance, for the atlas, by id: id, substance id, day (since 1970-01-01), county code, unit (mg/kg,
-- µg/L, µg/m³; null = not known), concentration in it (0 = below detection; null = could not be read), longitude,
-- latitude (EPSG:4326; null = no position). The position is taken from record: the view's typed column would be asked of
-- records of other kinds too.
SELECT s.id, s.substance_id, s.sampled_on - date '1970-01-01', s.county_code, s.unit_normal,
       CASE WHEN s.below_detection THEN 0 ELSE s.value_normal END, ST_X(r.geom), ST_Y(r.geom)
FROM sample s JOIN record r ON r.id = s.id
WHERE r.kind = 'samples' AND s.substance_id IS NOT NULL
ORDER BY s.id
