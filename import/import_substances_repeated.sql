-- Rows that a later row of the file says again.
SELECT count(*) FROM stage_substance s JOIN stage_plan p USING (cas)
WHERE s.line <> p.line AND s.row_hash = p.row_hash
