-- Facilities of the file whose name is none that is stored: made just now, or known under other names.
INSERT INTO stage_match (line, own_key, known_id, name)
SELECT DISTINCT ON (k.facility_key, s.facility_name) s.line, k.facility_key, CASE WHEN NOT k.fresh THEN k.facility_id END,
       s.facility_name
FROM stage_known k JOIN stage_holding s ON s.facility_key = k.facility_key JOIN facility f ON f.id = k.facility_id
WHERE s.facility_name <> coalesce(s.ems_no, s.factory_no) AND s.facility_name <> coalesce(s.factory_no, '')
  AND strpos(k.facility_key, '@') = 0
  AND (k.fresh OR (f.name <> s.facility_name AND NOT EXISTS (
       SELECT 1 FROM facility_alias a WHERE a.facility_id = f.id AND a.name = s.facility_name)))
ORDER BY k.facility_key, s.facility_name, s.line
