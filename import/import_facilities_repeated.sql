-- Rows that a later row of the file says again word for word.
SELECT count(*) FROM stage_facility s JOIN stage_plan p USING (facility_key)
WHERE s.line <> p.line AND s.row_hash = p.row_hash
