-- Names that facilities had until now; an alias keeps the source that gave it. A number that stood in
-- for a name (facilities known only from holdings) is no name.
INSERT INTO facility_alias (facility_id, name, source_id)
SELECT f.id, f.name, f.source_id
FROM stage_plan p JOIN stage_facility s ON s.line = p.line JOIN facility f ON f.id = p.facility_id
WHERE p.what IN ('joined', 'changed') AND f.name <> s.name
  AND NOT EXISTS (SELECT 1 FROM facility_number n WHERE n.facility_id = f.id AND n.number = f.name)
ON CONFLICT DO NOTHING
