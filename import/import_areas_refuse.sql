-- Keeps aside what is no border: nothing of an area is left, or a code that stands again further down
-- with other content.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT line, NULL, code, fault,
       CASE fault WHEN 'geometry_empty' THEN 'the border encloses nothing'
                  ELSE 'the code stands again further down in the file; the later one was taken' END,
       raw, false
FROM (SELECT s.line, s.code, s.raw,
             CASE WHEN ST_IsEmpty(s.geom) THEN 'geometry_empty'
                  WHEN EXISTS (SELECT 1 FROM stage_area o
                               WHERE o.kind = s.kind AND o.code = s.code AND o.line > s.line
                                 AND (o.name, o.name_en, o.county_code, ST_AsBinary(o.geom)) IS DISTINCT FROM
                                     (s.name, s.name_en, s.county_code, ST_AsBinary(s.geom))) THEN 'duplicate_key' END AS fault
      FROM stage_area s) f
WHERE fault IS NOT NULL
