-- Keeps aside what is no border: nothing of an area, outside the region, axes swapped, or a code that
-- stands again further down with other content.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, code, fault,
       CASE fault WHEN 'geometry_empty' THEN 'the border encloses nothing'
                  WHEN 'axes_swapped' THEN 'the coordinates of the border are swapped: latitude stands before longitude'
                  WHEN 'duplicate_key' THEN 'the code stands again further down in the file; the later one was taken'
                  ELSE 'the border is outside the region of Taiwan (longitude 114-123.5, latitude 10-27)' END,
       raw, false
FROM (SELECT s.line, s.code, s.raw,
             CASE WHEN s.fault IS NOT NULL THEN s.fault
                  WHEN ST_IsEmpty(s.geom) THEN 'geometry_empty'
                  WHEN s.geom @ ST_MakeEnvelope(10, 114, 27, 123.5, 4326) THEN 'axes_swapped'
                  WHEN NOT s.geom @ ST_MakeEnvelope(114, 10, 123.5, 27, 4326) THEN 'area_outside_region'
                  WHEN EXISTS (SELECT 1 FROM stage_area o
                               WHERE o.kind = s.kind AND o.code = s.code AND o.line > s.line AND o.fault IS NULL
                                 AND (o.name, o.name_en, o.county_code, ST_AsBinary(o.geom)) IS DISTINCT FROM
                                     (s.name, s.name_en, s.county_code, ST_AsBinary(s.geom))) THEN 'duplicate_key' END AS fault
      FROM stage_area s) f
WHERE fault IS NOT NULL
