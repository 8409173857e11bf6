-- Names that facilities had until now; an alias keeps the source that gave it. A number that stood in
-- for a name (facilities known only from holdings) is no name. The renamed are found first: together with
-- the numbers the planner expects one row and compares every row with every other.
WITH renamed AS MATERIALIZED (
    SELECT f.id, f.name, f.source_id
    FROM stage_plan p JOIN stage_facility s ON s.line = p.line JOIN facility f ON f.id = p.facility_id
    WHERE p.what IN ('joined', 'changed') AND f.name <> s.name)
INSERT INTO facility_alias (facility_id, name, source_id)
SELECT r.id, r.name, r.source_id FROM renamed r
WHERE NOT EXISTS (SELECT 1 FROM facility_number n WHERE n.facility_id = r.id AND n.number = r.name)
ON CONFLICT DO NOTHING
