-- Rows whose facility stands again further down in the file with other content: kept aside.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, split_part(s.facility_key, ':', 2), 'duplicate_key',
       'line ' || p.line || ' of the file is about the same facility and says something else; the later line was taken',
       s.raw, false
FROM stage_facility s JOIN stage_plan p USING (facility_key)
WHERE s.line <> p.line AND s.row_hash <> p.row_hash
