-- Facilities made just now from number and name may be known ones of that name: where they lie is not
-- known, so that a person must say. $1 the most facilities that one name may have
INSERT INTO stage_pair (line, facility_id, rule, confidence)
SELECT DISTINCT m.line, f.facility_id, 'name_only', 0.45::real
FROM stage_match m JOIN stage_match_name s ON s.ref = m.line
JOIN (SELECT name_key FROM facility_match WHERE name_key <> '' GROUP BY name_key HAVING count(*) <= $1::int) few
  ON few.name_key = s.name_key
JOIN facility_match f ON f.name_key = s.name_key AND f.plant = s.plant
WHERE m.known_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM stage_known k WHERE k.facility_id = f.facility_id)
