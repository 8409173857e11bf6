-- Says of drawings whose facility is not known, or lies more than 2 km from them. $1 source
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, k.number, CASE WHEN n.facility_id IS NULL THEN 'facility_unknown' ELSE 'far_from_facility' END,
       CASE WHEN n.facility_id IS NULL THEN 'no facility has the number ' || k.number || '; the drawing is kept and belongs to it when it comes'
            ELSE 'the drawing lies ' || round(ST_Distance(s.geom::geography, f.geom::geography) / 1000) || ' km from ' || f.name || ': wrong number or wrong coordinate system?' END,
       '[]', true
FROM stage_record s
CROSS JOIN LATERAL (SELECT coalesce(s.fields::jsonb ->> 'ems_no', s.fields::jsonb ->> 'factory_no') AS number,
                           CASE WHEN s.fields::jsonb ? 'ems_no' THEN 'ems_no' ELSE 'factory_no' END AS scheme) k
LEFT JOIN facility_number n ON n.scheme = k.scheme AND n.number = k.number
LEFT JOIN facility f ON f.id = n.facility_id
WHERE k.number IS NOT NULL AND $1::int IS NOT NULL
  AND (n.facility_id IS NULL OR ST_Distance(s.geom::geography, f.geom::geography) > 2000)
