-- Rows whose key stands again further down in the file with other content: kept aside.
INSERT INTO stage_note (line, column_name, value, code, reason, row_values, kept)
SELECT s.line, NULL, left(s.record_key, 200), 'duplicate_key',
       'line ' || p.line || ' of the file is about the same thing and says something else; the later line was taken',
       s.raw, false
FROM stage_record s JOIN stage_plan p USING (record_key)
WHERE s.line <> p.line AND s.row_hash <> p.row_hash
